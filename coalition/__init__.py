"""The coalition: who signed, what they promised, what they do."""
