"""What is seen and said, through the real Bolt app."""
