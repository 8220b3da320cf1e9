"""The command line, as programs and people call it."""
