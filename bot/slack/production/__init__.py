"""What is seen and said of production."""
