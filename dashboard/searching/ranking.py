"""Documents in the order in which they answer a question, by the full text search of the database.

There are a few hundred of them, and they are words of releases and editions, not rows: they are handed to the
database with the question, and no index has to be kept in step. PostgreSQL stems the words of either language; SQLite
has FTS5, which stems English. Accents make no difference: many keyboards have none.
"""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from contextlib import closing

from django.db import connection
from django.utils.translation import get_language

from .documents import Document

#: Words of a question that are looked for; a longer one is cut.
MOST_WORDS = 8
_WORD = re.compile(r"\w+")
_DICTIONARIES = {"en": "english", "es": "spanish"}
#: Words so common that they find nothing by themselves.
_SMALL = {
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "how",
    "in", "is", "it", "of", "on", "or", "the", "to", "what", "who", "with",
    "al", "como", "con", "cual", "de", "del", "el", "en", "es", "la", "las", "lo", "los", "para",
    "por", "que", "quien", "se", "sin", "su", "un", "una", "e", "o", "y",
}  # fmt: skip

#: A short title that holds the words goes before a long one; then whatever says them most.
_POSTGRESQL = """
SELECT n FROM (
  SELECT (d ->> 0)::int AS n,
    setweight(to_tsvector(%(dictionary)s::regconfig, d ->> 1), 'A') AS title,
    setweight(to_tsvector(%(dictionary)s::regconfig, d ->> 2), 'C') AS text
  FROM jsonb_array_elements(%(documents)s::jsonb) AS d
) AS documents, to_tsquery(%(dictionary)s::regconfig, %(question)s) AS question
WHERE (title || text) @@ question
ORDER BY ts_rank(title, question, 2) DESC, ts_rank(title || text, question, 1) DESC, n
"""


def rank(question: str, documents: Sequence[Document]) -> list[Document]:
    """Those that hold every word of the question, or one that begins with it; the best first."""
    words = words_of(question)
    if not words:
        return []
    texts = [(folded(one.title.text), folded(f"{one.text.text} {one.more}")) for one in documents]
    found = _in_postgresql(words, texts) if connection.vendor == "postgresql" else _in_sqlite(words, texts)
    return [documents[number] for number in found]


def words_of(question: str) -> tuple[str, ...]:
    """The words that are looked for: without accents, in small letters, without the smallest ones."""
    words = _WORD.findall(folded(question))[: MOST_WORDS * 4]
    return tuple(dict.fromkeys(word for word in words if word not in _SMALL))[:MOST_WORDS]


def folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.replace("\0", ""))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def _in_postgresql(words: Sequence[str], texts: Sequence[tuple[str, str]]) -> list[int]:
    asked = {
        "dictionary": _DICTIONARIES[get_language() or "en"],
        "documents": json.dumps([(number, *text) for number, text in enumerate(texts)]),
        "question": " & ".join(f"{word}:*" for word in words),
    }
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL, asked)
        return [row[0] for row in cursor.fetchall()]


def _in_sqlite(words: Sequence[str], texts: Sequence[tuple[str, str]]) -> list[int]:
    """In a database of its own, in memory: what is only looked for is written nowhere."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE documents USING fts5(title, text, tokenize='porter unicode61')")
        database.executemany(
            "INSERT INTO documents(rowid, title, text) VALUES (?, ?, ?)",
            ((number, *text) for number, text in enumerate(texts, start=1)),
        )
        question = " ".join(f'"{word}"*' for word in words)
        rows = database.execute(
            "SELECT rowid FROM documents WHERE documents MATCH ? ORDER BY bm25(documents, 10.0, 1.0), rowid",
            (question,),
        )
        return [row[0] - 1 for row in rows]
