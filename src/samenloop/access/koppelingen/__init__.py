"""Programs of other organisations that may report and ask."""
