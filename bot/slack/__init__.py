"""What is seen and said: everything that knows slack_bolt or slack_sdk."""
