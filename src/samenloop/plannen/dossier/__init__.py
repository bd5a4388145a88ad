"""What was written down: contacts, conversations, notes, documents, one time line."""
