"""Figures: what is measured, where each number comes from, and what is public."""
