"""What can be asked of a board."""
