"""To be built."""


def teams_page(*a):
    raise NotImplementedError


def team_page(*a):
    raise NotImplementedError


def plan_page(*a):
    raise NotImplementedError
