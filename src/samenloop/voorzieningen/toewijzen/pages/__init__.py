"""The pages of applications, decisions, allocations and requests."""
