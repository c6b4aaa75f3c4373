"""Files that are handed in: looked at by their content, never by their name, and kept in the database."""

import hashlib
import re

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from allin.pictures import JPEG, MEGABYTE, PNG, UnusablePicture, drawn_anew, kind_of, opened
from coalition.actions.errors import CoalitionError
from coalition.models import StoredFile

MAX_EVIDENCE = 5 * MEGABYTE
MAX_LOGO = 1 * MEGABYTE
#: Pixels a logo may unpack to: four bytes each, a few times over while it is drawn.
MAX_LOGO_PIXELS = 8_000_000
#: What a logo is drawn into, in pixels.
LOGO_BOX = (400, 200)

__all__ = [
    "JPEG",
    "MAX_EVIDENCE",
    "MAX_LOGO",
    "MEGABYTE",
    "PDF",
    "PNG",
    "check_size",
    "store_evidence",
    "store_logo",
]

PDF, PDF_BEGINS = "application/pdf", b"%PDF-"


def store_evidence(*, name: str, data: bytes, by: User) -> StoredFile:
    """Keeps a PDF, PNG or JPEG as it is. Raises CoalitionError with one sentence for anything else."""
    check_size(len(data), MAX_EVIDENCE)
    kind = PDF if data.startswith(PDF_BEGINS) else kind_of(data)
    if not kind:
        raise CoalitionError(_("This is not a PDF, PNG or JPEG; send one of these."), field="file")
    if kind != PDF:
        try:
            with opened(data) as picture:
                picture.verify()  # a photograph is not unpacked here: it may have fifty million pixels
        except UnusablePicture as problem:
            raise CoalitionError(str(problem), field="file") from None
    return _stored(name, kind, data, by)


def store_logo(*, name: str, data: bytes, by: User) -> StoredFile:
    """Keeps a picture drawn anew as a PNG that fits the box: whatever else was in the file is gone."""
    check_size(len(data), MAX_LOGO)
    if not kind_of(data):
        raise CoalitionError(_("This is not a picture that can be a logo; send a PNG or JPEG."), field="file")
    try:
        drawn = drawn_anew(data, box=LOGO_BOX, pixels=MAX_LOGO_PIXELS, kind=PNG)
    except UnusablePicture as problem:
        raise CoalitionError(str(problem), field="file") from None
    return _stored(name, PNG, drawn.data, by)


def check_size(size: int, most: int) -> None:
    """Raises CoalitionError for a file of `size` bytes when it is empty or larger than `most`."""
    if size == 0:
        raise CoalitionError(_("The file is empty."), field="file")
    if size > most:
        sentence = _("The file has {size} MB; at most {most} MB are taken.")
        raise CoalitionError(sentence.format(size=-(-size // MEGABYTE), most=most // MEGABYTE), field="file")


def _stored(name: str, kind: str, data: bytes, by: User) -> StoredFile:
    """The row that holds these bytes; the same bytes are kept once."""
    kept, _created = StoredFile.objects.get_or_create(
        sha256=hashlib.sha256(data).hexdigest(),
        defaults={
            "name": _file_name(name),
            "content_type": kind,
            "data": data,
            "stored_by": by,
            "stored_at": timezone.now(),
        },
    )
    return kept


def _file_name(name: str) -> str:
    """The last part of the name, as any database, header and page can hold it."""
    last = name.encode("utf-8", "replace").decode().replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[\x00-\x1f\x7f\"<>]", "", last).strip()[-120:] or "file"
