"""Commands of the coalition app."""
