"""Why a whole file is refused. This room speaks no language: who shows a sentence translates it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..layouts.declared import gettext_noop

__all__ = ["PERSONAL", "TOO_MUCH", "Remark", "UnreadableFile", "gettext_noop"]


class UnreadableFile(Exception):
    """The whole file is refused: one sentence for the person who sent it, as a template and its values."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values

    def sentence(self, translate: Callable[[str], str]) -> str:
        return translate(self.template).format(**self.values)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a file that was read: a template and its values, like a refusal's."""

    template: str
    values: dict[str, Any]

    def sentence(self, translate: Callable[[str], str]) -> str:
        return translate(self.template).format(**self.values)


PERSONAL = gettext_noop(
    "Line {line} looks like it tells about a single person (a Social Security number, an e-mail address or "
    "a full date); such a file is not taken."
)
TOO_MUCH = gettext_noop("The file took more time or memory than a table of figures needs; it was not read.")
