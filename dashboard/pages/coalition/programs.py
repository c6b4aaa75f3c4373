"""To be built."""


def programs_page(*a):
    raise NotImplementedError
