"""Terms of law and of agreement: counted by rule, suspended, extended, escalated."""
