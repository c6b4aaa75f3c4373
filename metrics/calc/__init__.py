"""The formulas. Standard library only: no Django, no pandas, no clock, no input or output."""
