"""The ground floor: values and habits that every room shares.

Value types (a BSN, a period, an amount), the clock, the errors, facts with time
twice, and the start of the database. Knows nothing of the social domain's rooms.
"""
