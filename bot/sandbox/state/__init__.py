"""What the workspace in the box is made of: people, channels, messages, modals."""
