"""What can be typed or clicked: a file a family, and the table of them all."""
