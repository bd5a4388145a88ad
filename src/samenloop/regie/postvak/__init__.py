"""Messages that stay inside: who wrote what to whom, and whether it was read."""
