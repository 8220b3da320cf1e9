"""What the bot may call: the Web API's methods, and response URLs."""
