"""The coalition's pages: one frozen dataclass each, made of the edition."""
