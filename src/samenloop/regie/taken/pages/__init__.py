"""The pages of tasks, and of the day they make up."""
