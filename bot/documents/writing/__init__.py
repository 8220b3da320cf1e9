"""The board as a document: from items to lines, and only those that changed."""
