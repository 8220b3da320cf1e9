"""What can be asked of the digest."""
