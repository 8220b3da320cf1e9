"""What follows a change: one effect a file, paid from the outbox."""
