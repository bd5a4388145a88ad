"""The pages of tasks, and of the day."""
