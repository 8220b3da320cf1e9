"""A Slack in a box: the Web API, Socket Mode and a page, on 127.0.0.1."""
