"""Filters for the pages of the klantbeeld."""
