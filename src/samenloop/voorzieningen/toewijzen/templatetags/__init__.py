"""What templates of this room need to show."""
