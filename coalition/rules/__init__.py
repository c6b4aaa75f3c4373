"""The coalition's rules: standard library only, no database, no clock."""
