"""What people do with the coalition's records: keyword-only verbs, atomic, each with `by=`."""
