"""Template tags of the staff area."""
