"""What can be asked of documents."""
