"""Samenloop: an open information system for the Dutch social domain."""
