"""The rules by which a municipality puts signals in order."""
