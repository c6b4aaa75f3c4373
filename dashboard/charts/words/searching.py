"""What the search says of what it found."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .numbers import count


def found(number: int, question: str) -> str:
    if number == 0:
        return _("Nothing was found for “{question}”.").format(question=question)
    text = ngettext("{number} page for “{question}”", "{number} pages for “{question}”", number)
    return text.format(number=count(number), question=question)


def near(word: str) -> str:
    return _("Did you mean “{word}”?").format(word=word)
