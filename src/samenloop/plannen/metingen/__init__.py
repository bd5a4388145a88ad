"""Self-sufficiency measured with an instrument that is data, over time."""
