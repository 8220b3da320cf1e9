"""What is remembered of production."""
