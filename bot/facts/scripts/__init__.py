"""Facts that a command prints."""
