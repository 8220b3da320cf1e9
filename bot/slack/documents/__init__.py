"""What is seen and said of documents."""
