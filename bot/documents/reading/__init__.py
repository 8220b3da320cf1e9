"""What a document says: from lines to items, step by step."""
