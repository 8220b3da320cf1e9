"""Prod facts: checkable statements about production, one kind a file."""
