"""What every message and dialog is made of."""
