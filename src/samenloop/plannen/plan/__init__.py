"""The plan of a family: goals in its own words, agreements, and who does what."""
