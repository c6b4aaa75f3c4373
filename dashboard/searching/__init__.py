"""The search of the site: everything that is public by its name, found by the full text of the database."""

from .documents import Document, documents
from .ranking import rank, words_of

__all__ = ["Document", "documents", "rank", "words_of"]
