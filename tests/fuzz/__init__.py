"""Payloads of every kind, right and wrong, through the bot as it runs."""
