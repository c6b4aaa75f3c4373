"""What anybody can read about one organization today: everything of it that the latest edition shows, in words."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalition import roster
from coalition.models import HeldRole, Organization, Sector, State
from coalition.roster import Assessment, Contribution, Grant, Program, RoleHeld, SignatureLine, When
from coalition.roster import Organization as PublicOrganization


@dataclass(frozen=True, slots=True)
class PublicPart:
    """`organization` None: the edition shows nothing of it. What it does and did is told in sentences."""

    organization: PublicOrganization | None
    sector: str
    roles: tuple[str, ...]
    signatures: tuple[str, ...]
    words: tuple[str, ...]
    programs: tuple[Program, ...]
    teams: tuple[str, ...]
    gifts: tuple[str, ...]


def public_part(organization: Organization) -> PublicPart:
    """One query, and one more when the edition is new to this process."""
    coalition, slug = roster.edition().coalition, organization.slug
    one = next((one for one in coalition.organizations if one.slug == slug), None)
    gifts: tuple[Contribution | Grant, ...] = (*coalition.contributions, *coalition.grants)
    return PublicPart(
        one,
        str(Sector(one.sector).label) if one and one.sector else "",
        tuple(_role(held) for held in one.roles) if one else (),
        tuple(_signature(line) for line in one.signatures) if one else (),
        tuple(_word(word) for word in coalition.assessments if word.organization == slug),
        tuple(program for program in coalition.programs if program.organization == slug),
        tuple(team.name for team in coalition.teams if any(member.organization == slug for member in team.members)),
        tuple(_gift(gift) for gift in gifts if gift.organization == slug),
    )


def _role(held: RoleHeld) -> str:
    values = {"role": HeldRole(held.role).label, "since": _when(held.since)}
    if held.until is None:
        return _("{role}, since: {since}").format(**values)
    return _("{role}, since: {since}, until {until}").format(**values, until=date_format(held.until))


def _signature(line: SignatureLine) -> str:
    values = {"version": line.version, "when": _when(line.when), "office": line.office}
    if line.withdrew:
        return _("Took its signature under version {version} back: {when}").format(**values)
    if line.office:
        return _("Signed version {version} of the Compact: {when}, {office}").format(**values)
    return _("Signed version {version} of the Compact: {when}").format(**values)


def _word(word: Assessment) -> str:
    values = {"number": word.commitment, "year": word.year, "state": State(word.state).label}
    if word.reply:
        return _("Commitment {number}, {year}: {state}, with your reply").format(**values)
    return _("Commitment {number}, {year}: {state}").format(**values)


def _gift(gift: Contribution | Grant) -> str:
    what = gift.what.en if isinstance(gift, Contribution) else f"{gift.recipient}: {gift.purpose.en}"
    return f"{gift.year}, {what}"


def _when(moment: When) -> str:
    return str(date_format(moment.day)) if moment.day else moment.text
