"""What follows for production."""
