"""What is seen and said of the bot itself."""
