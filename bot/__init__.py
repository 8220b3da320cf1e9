"""Onewip: a Slack bot for teams that finish things."""

__version__ = "0.1.0"
