"""What is true of the digest: when it is due, what it says, who is asked."""
