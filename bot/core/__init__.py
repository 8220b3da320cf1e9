"""What may happen: the rules of the board, pure."""
