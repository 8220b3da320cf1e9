"""What is seen and said of the digest."""
