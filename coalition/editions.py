"""Publishing the coalition's pages: what stands becomes one edition, in one act; the only writer of editions."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.models import Edition
from coalition.roster.shapes import Coalition

from .compiling import coalition

#: Letters of an edition's public sentence, at most.
SUMMARY_LENGTH = 400

_encode = msgspec.json.Encoder(order="deterministic").encode


class EditionError(Exception):
    """An edition cannot be published. The message is one sentence for the person who asked for it."""


class NothingToPublish(EditionError):
    """What stands is what is public already."""


@dataclass(frozen=True, slots=True)
class Line:
    """One difference: which kind of thing, which one, and what each public field says before and after.

    `before` None: it is new; `after` None: it would be gone. Both are the field's public value as JSON text.
    """

    kind: str
    name: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What publishing now would change for the public."""

    lines: tuple[Line, ...]
    digest: str

    def __bool__(self) -> bool:
        return bool(self.lines)


def freeze() -> str:
    """The coalition as it stands, as canonical JSON: the same coalition always gives the same text."""
    return _encode(coalition()).decode()


def compare() -> Difference:
    """What the public would see change if the coalition were published now."""
    return _difference(Edition.objects.first(), freeze())


def _difference(latest: Edition | None, text: str) -> Difference:
    before = msgspec.json.decode(latest.content) if latest else msgspec.to_builtins(Coalition())
    lines = tuple(_lines(before, msgspec.json.decode(text)))
    return Difference(lines, hashlib.sha256(text.encode()).hexdigest()[:16])


def publish(*, by: User, summary: str, seen: str | None = None) -> Edition:
    """Shows the coalition as it stands to the public. `seen` is the digest of the difference that was looked at.

    Raises NothingToPublish when nothing would change, EditionError when the summary is missing or too long, or
    something changed since `seen`.
    """
    summary = summary.strip()
    if not summary:
        raise EditionError(_("Say in one sentence what changes; it is shown to the public."))
    if len(summary) > SUMMARY_LENGTH:
        raise EditionError(_("The sentence is longer than {most} letters.").format(most=SUMMARY_LENGTH))
    try:
        with transaction.atomic():
            return _publish(by, summary, seen)
    except IntegrityError:
        raise EditionError(_("Somebody else is publishing at this moment; look again in a minute.")) from None


def _publish(by: User, summary: str, seen: str | None) -> Edition:
    # First the edition that is public, then what stands: who publishes meanwhile takes the number, and this one fails.
    latest = Edition.objects.first()
    text = freeze()
    difference = _difference(latest, text)
    if seen is not None and seen != difference.digest:
        raise EditionError(_("Something changed since you opened this page; look at it again."))
    if not difference:
        raise NothingToPublish(_("What stands is what is public already; nothing was published."))
    return Edition.objects.create(
        number=latest.number + 1 if latest else 1,
        summary=summary,
        published_by=by,
        published_at=timezone.now(),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        content=text,
    )


#: What names a row of each list, for people and for finding it again.
NAMES: dict[str, tuple[str, ...]] = {
    "compacts": ("number",),
    "organizations": ("slug",),
    "moved": (),
    "assessments": ("organization", "version", "commitment", "year"),
    "teams": ("slug",),
    "plans": ("year",),
    "contributions": ("organization", "year", "kind", "what"),
    "grants": ("organization", "recipient", "year", "purpose"),
    "programs": ("slug",),
}


def _lines(before: dict[str, list[object]], after: dict[str, list[object]]) -> Iterator[Line]:
    for kind in NAMES:
        old, new = _by_name(kind, before.get(kind, [])), _by_name(kind, after.get(kind, []))
        for name in [*old, *(name for name in new if name not in old)]:
            if name not in new:
                yield Line(kind, name, "", _said(old[name]), None)
            elif name not in old:
                yield Line(kind, name, "", None, _said(new[name]))
            elif old[name] != new[name]:
                yield from _fields(kind, name, old[name], new[name])


def _by_name(kind: str, rows: list[object]) -> dict[str, object]:
    named: dict[str, object] = {}
    for row in rows:
        if isinstance(row, dict):
            parts = [row[field]["en"] if isinstance(row[field], dict) else row[field] for field in NAMES[kind]]
        else:
            parts = list(row) if isinstance(row, list) else [row]
        name = ", ".join(str(part) for part in parts)
        while name in named:  # the same thing given twice in a year is two rows
            name += " ·"
        named[name] = row
    return named


def _fields(kind: str, name: str, old: object, new: object) -> Iterator[Line]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield Line(kind, name, "", _said(old), _said(new))
        return
    for field in {**old, **new}:
        if old.get(field) != new.get(field):
            yield Line(kind, name, field, _said(old.get(field)), _said(new.get(field)))


def _said(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
