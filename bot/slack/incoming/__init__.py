"""What Slack delivers, before it is a request: its shape, and whether it came before."""
