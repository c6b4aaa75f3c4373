"""To be built."""


def contributions_page(*a):
    raise NotImplementedError
