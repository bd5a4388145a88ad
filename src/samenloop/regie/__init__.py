"""Steering the work: the cases of a team and what type each had when.

What comes in is a case that opens, changes type or closes; what goes out is the
caseload. Process steps, tasks and terms stand here too, once they exist.
"""
