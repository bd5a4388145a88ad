"""Tasks that wait for each other, and what they hold up."""
