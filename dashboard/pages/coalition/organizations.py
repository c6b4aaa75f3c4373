"""To be built."""


def coalition_page(*a):
    raise NotImplementedError


def organization_page(*a):
    raise NotImplementedError
