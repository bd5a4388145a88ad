"""Signals come in, are weighed, and become a melding or not; reporters hear of it."""
