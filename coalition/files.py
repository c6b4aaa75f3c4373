"""Files that are handed in: looked at by their content, never by their name, and kept in the database."""

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from coalition.actions.errors import CoalitionError
from coalition.models import StoredFile

MEGABYTE = 1024 * 1024
MAX_EVIDENCE = 5 * MEGABYTE
MAX_LOGO = 1 * MEGABYTE
#: Pixels a logo may unpack to: four bytes each, a few times over while it is drawn.
MAX_LOGO_PIXELS = 8_000_000
#: What a logo is drawn into, in pixels.
LOGO_BOX = (400, 200)

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
#: How a file of each kind begins.
BEGINNINGS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


def store_evidence(*, name: str, data: bytes, by: User) -> StoredFile:
    """Keeps a PDF, PNG or JPEG as it is. Raises CoalitionError with one sentence for anything else."""
    check_size(len(data), MAX_EVIDENCE)
    kind = _kind(data)
    if not kind:
        raise CoalitionError(_("This is not a PDF, PNG or JPEG; send one of these."), field="file")
    if kind != PDF:
        with _picture(data) as picture:
            picture.verify()  # a photograph is not unpacked here: it may have fifty million pixels
    return _stored(name, kind, data, by)


def store_logo(*, name: str, data: bytes, by: User) -> StoredFile:
    """Keeps a picture drawn anew as a PNG that fits the box: whatever else was in the file is gone."""
    check_size(len(data), MAX_LOGO)
    if _kind(data) not in (PNG, JPEG):
        raise CoalitionError(_("This is not a picture that can be a logo; send a PNG or JPEG."), field="file")
    with _picture(data) as picture:
        if picture.width * picture.height > MAX_LOGO_PIXELS:
            raise CoalitionError(_too_many(), field="file")
        drawn = _drawn_anew(picture)
    return _stored(name, PNG, drawn, by)


def check_size(size: int, most: int) -> None:
    """Raises CoalitionError for a file of `size` bytes when it is empty or larger than `most`."""
    if size == 0:
        raise CoalitionError(_("The file is empty."), field="file")
    if size > most:
        sentence = _("The file has {size} MB; at most {most} MB are taken.")
        raise CoalitionError(sentence.format(size=-(-size // MEGABYTE), most=most // MEGABYTE), field="file")


def _kind(data: bytes) -> str:
    return next((kind for beginning, kind in BEGINNINGS if data.startswith(beginning)), "")


@contextmanager
def _picture(data: bytes) -> Iterator[Image.Image]:
    """The picture, not yet unpacked; whatever its decoder stumbles over meanwhile becomes one sentence."""
    try:
        yield Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise CoalitionError(_too_many(), field="file") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise CoalitionError(_("The picture is damaged; open it and save it again."), field="file") from None


def _too_many() -> str:
    return _("The picture has too many pixels; make it smaller and send it again.")


def _drawn_anew(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail(LOGO_BOX, Image.Resampling.LANCZOS)
    clean = Image.new("RGBA", upright.size)
    clean.paste(upright)
    drawn = io.BytesIO()
    clean.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


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
