"""What members give: in money and in kind, promised and delivered."""

from enum import StrEnum


class Kind(StrEnum):
    FISCAL = "fiscal"
    IN_KIND = "in_kind"
