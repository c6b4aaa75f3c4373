"""The coalition's part of the back office."""
