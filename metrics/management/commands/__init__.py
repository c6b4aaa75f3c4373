"""The doors from the command line: seed, receive, publish."""
