"""The first page of the members' area: what waits for the organization, and what the public reads about it."""

from dataclasses import dataclass
from datetime import date

from coalition.models import Organization

from .programs import YearLine, program_pages
from .promises import Said, waiting_words
from .public import PublicPart, public_part


@dataclass(frozen=True, slots=True)
class HomePage:
    """
    replies    words that wait for a reply, most urgent first
    returned   years whose figures came back with a comment
    due        years that are over without figures
    """

    replies: tuple[Said, ...]
    returned: tuple[YearLine, ...]
    due: tuple[YearLine, ...]
    public: PublicPart

    @property
    def nothing_waits(self) -> bool:
        return not (self.replies or self.returned or self.due)


def home_page(organization: Organization, on: date) -> HomePage:
    lines = [line for page in program_pages(organization, on) for line in page.years]
    returned = tuple(line for line in lines if line.returned)
    due = tuple(line for line in lines if line.due and not line.returned)
    return HomePage(waiting_words(organization, on), returned, due, public_part(organization))
