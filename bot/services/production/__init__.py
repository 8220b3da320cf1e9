"""What can be asked of production."""
