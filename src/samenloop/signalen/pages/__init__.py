"""What people see of signals and meldingen, by topic; each page calls the room."""
