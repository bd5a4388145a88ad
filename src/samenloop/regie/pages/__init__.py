"""The pages of the cases and the teams; each says what one must be allowed to do."""
