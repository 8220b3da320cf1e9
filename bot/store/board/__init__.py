"""What is remembered of a board."""
