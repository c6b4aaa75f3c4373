"""The kinds of members that the coalition counts."""

from enum import StrEnum


class Sector(StrEnum):
    """The seven kinds of members that the Compact's preamble lists, in its order; and unknown."""

    CIVIC = "civic"
    EDUCATION = "education"
    COMMUNITY_BASED = "community_based"
    NONPROFIT = "nonprofit"
    BUSINESS = "business"
    PHILANTHROPIC = "philanthropic"
    COMMUNITY_LEADER = "community_leader"
    UNKNOWN = ""
