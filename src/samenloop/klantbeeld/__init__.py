"""One view of a person and gezin over own records and outside sources."""
