"""What is known of the database as a whole."""
