"""What the bot is sent: commands, clicks, submissions and events, over Socket Mode."""
