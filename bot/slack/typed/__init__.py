"""What people type: what they meant by it, what can be typed, and what a list to search in offers."""
