"""Where documents live: a directory, a git checkout, a repository on GitHub; one kind a file."""
