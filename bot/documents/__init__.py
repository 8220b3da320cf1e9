"""Markdown in and out: the documents that teams keep beside the board."""
