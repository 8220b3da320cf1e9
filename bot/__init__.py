"""Onewip: a Slack bot for teams that finish things."""
