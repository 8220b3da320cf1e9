"""Between what people ask for and what they get: what they meant, ways on, lists to search in, where answers go."""
