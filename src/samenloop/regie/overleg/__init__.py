"""The case conference: what was shared with whom for how long, and what was decided."""
