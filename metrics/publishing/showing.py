"""The act itself: what a release gathered becomes public, or what a release showed stops being so."""

from typing import Any

from django.db import connections
from django.db.models import F, IntegerField, Max, QuerySet, TextField, Value
from django.utils.translation import gettext as _

from metrics.models import PublishedCell, Release
from metrics.models.releases import CellFields

from .freezing import content_sha256
from .gathering import difference
from .problems import NothingToPublish, PublishingError

#: What a cell carries from one table to the other.
_CARRIED = [*(field.name for field in CellFields._meta.local_fields), "observation"]
_COLUMNS = {field.name: str(field.column) for field in PublishedCell._meta.local_fields}


def next_number() -> int:
    """Numbers are given once; one that was withdrawn keeps its own."""
    last: int | None = Release.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def show(release: Release) -> None:
    """Makes a release public: its number, its cells, its hash. The caller saves it, in the same transaction.

    Raises NothingToPublish, and PublishingError when the public board is no longer the one it was compared with.
    """
    newest = Release.objects.published().first()
    if release.base != (newest.number if newest else 0):
        raise PublishingError(_("The public board has changed since these figures were gathered; gather them again."))
    if not difference(release):
        raise NothingToPublish(_("What stands is what is public already; nothing was published."))
    number = next_number()
    ended = release.coming.exclude(replaces=None).values("replaces")
    PublishedCell.objects.filter(pk__in=ended).update(last_release=number - 1)
    _begin(release.coming.filter(is_gone=False), number)
    release.coming.all()._raw_delete(release.coming.db)
    _seal(release, number)


def take_back(release: Release, restored: Release, *, reason: str) -> None:
    """Ends what the newest release began to show, and shows what it replaced again, as the release `restored`."""
    number = next_number()
    before = Release.objects.published().exclude(pk=release.pk).first()
    restored.base = before.number if before else 0
    restored.definitions = (before or release).definitions
    PublishedCell.objects.filter(first_release=number - 1).update(last_release=number - 1)
    if before:
        replaced = PublishedCell.objects.filter(last_release=number - 2)
        _begin(replaced, number, reason=reason)
    _seal(restored, number)


def _begin(cells: QuerySet[Any], number: int, *, reason: str | None = None) -> None:
    """Copies cells into the table the public reads, from release `number` on, in one statement."""
    said: dict[str, Any] = {name: F(name) for name in _CARRIED} | {"first_release": Value(number, IntegerField())}
    if reason is not None:
        said["reason"] = Value(reason, TextField())
    sql, parameters = cells.order_by().values_list(*said.values()).query.sql_with_params()
    connection = connections[cells.db]
    columns = ", ".join(connection.ops.quote_name(_COLUMNS[name]) for name in said)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {PublishedCell._meta.db_table} ({columns}) {sql}", parameters)


def _seal(release: Release, number: int) -> None:
    """Its number, and the hash of what it shows."""
    if release.definitions is None:  # they are frozen with its figures
        raise PublishingError(_("This release has no definitions; gather its figures again."))
    release.number = number
    release.content_sha256 = content_sha256(number, release.definitions.body)
