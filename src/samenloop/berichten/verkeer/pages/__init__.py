"""Pages about the traffic."""
