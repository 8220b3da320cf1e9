"""What follows a change: the worker and its effects on a real database."""
