"""What the parts of an edition have in common."""

from coalition import models
from coalition.roster import shapes


def document(document: models.Document | None) -> shapes.Document | None:
    return None if document is None else known(document)


def known(document: models.Document) -> shapes.Document:
    return shapes.Document(document.title, document.url, document.stated, document.stated_es)


def slug(row: object) -> str:
    """The short name of a row that may not be there."""
    return str(getattr(row, "slug", "") or "")
