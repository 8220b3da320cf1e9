"""The Slack in a box."""
