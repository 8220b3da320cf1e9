"""What is true of documents beside a board: merging, and dates from versions."""
