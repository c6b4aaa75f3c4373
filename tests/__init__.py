"""Everything that is checked; run it with `make test`."""
