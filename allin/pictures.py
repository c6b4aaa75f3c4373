"""Pictures that people hand in, drawn anew: whatever else was in the file is gone. Kept by whoever asked for it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
PNG, JPEG = "image/png", "image/jpeg"
#: How a file of each kind begins.
BEGINNINGS = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


class UnusablePicture(Exception):
    """Why a file is no picture that can be taken: one sentence for who sent it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of our own making, and its size in pixels."""

    data: bytes
    width: int
    height: int


def kind_of(data: bytes) -> str:
    """PNG or JPEG by how it begins; empty for anything else."""
    return next((kind for beginning, kind in BEGINNINGS if data.startswith(beginning)), "")


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, not yet unpacked. Whatever its decoder stumbles over meanwhile is UnusablePicture."""
    try:
        yield Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnusablePicture(_too_many()) from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise UnusablePicture(_("The picture is damaged; open it and save it again.")) from None


def drawn_anew(data: bytes, *, box: tuple[int, int], pixels: int, kind: str) -> Drawn:
    """The picture, upright and as large as fits the box, as PNG or as JPEG on white.

    `pixels`: what it may unpack to. Raises UnusablePicture.
    """
    with opened(data) as picture:
        if picture.width * picture.height > pixels:
            raise UnusablePicture(_too_many())
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
        upright.thumbnail(box, Image.Resampling.LANCZOS)
        clean = Image.new("RGBA", upright.size, None if kind == PNG else "white")
        clean.paste(upright, mask=None if kind == PNG else upright)
        out = io.BytesIO()
        if kind == PNG:
            clean.save(out, "PNG", optimize=True)
        else:
            clean.convert("RGB").save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return Drawn(out.getvalue(), *clean.size)


def _too_many() -> str:
    return _("The picture has too many pixels; make it smaller and send it again.")
