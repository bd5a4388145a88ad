"""Who has how much, what waits, and which peak comes."""
