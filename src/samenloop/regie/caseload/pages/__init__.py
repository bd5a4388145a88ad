"""What a team leader sees: the board, a proposal to divide, and the coming year."""
