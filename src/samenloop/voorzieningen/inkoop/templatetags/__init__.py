"""What templates of the chain need to show."""
