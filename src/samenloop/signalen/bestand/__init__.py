"""Signals that arrive as a file."""
