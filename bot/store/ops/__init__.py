"""What is kept of the bot itself, and how the database as a whole is."""
