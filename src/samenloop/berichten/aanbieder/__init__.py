"""A provider that speaks the standard: for trying out, and to prove our own side."""
