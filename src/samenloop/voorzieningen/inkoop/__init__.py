"""Purchasing: with whom the municipality has which products at what price.

Contracts and the books of products come in; consultants compare, decisions and invoices
are checked against them.
"""
