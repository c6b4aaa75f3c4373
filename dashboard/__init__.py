"""Pages, charts and words for the public. The dashboard owns no number."""
