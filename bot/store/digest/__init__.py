"""What is remembered of digests."""
