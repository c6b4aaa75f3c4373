"""To be built."""


def compact_page(*a):
    raise NotImplementedError


def ledger_page(*a):
    raise NotImplementedError
