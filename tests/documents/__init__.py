"""The reader and the writer of documents."""
