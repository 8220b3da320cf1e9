"""Real processes that are killed, doubled and cut off."""
