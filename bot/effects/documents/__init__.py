"""What follows for documents."""
