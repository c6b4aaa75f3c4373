"""The coalition in words: who signed, which sectors they come from, which part each plays."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.rules.roles import Role

from .headline import Headline
from .numbers import first_letter_up, number_word


def sector_name(sector: str) -> str:
    """One of the Compact's seven kinds of members, in the plural as the Compact lists them; or that it is not known."""
    return {
        "civic": _("Policymakers and civic leaders"),
        "education": _("Education institutions"),
        "community_based": _("Community-based organizations"),
        "nonprofit": _("Non-profits"),
        "business": _("Businesses"),
        "philanthropic": _("Philanthropic agencies"),
        "community_leader": _("Community leaders"),
    }.get(sector) or _("Sector not known yet")


def role_name(role: Role) -> str:
    """The part one organization plays."""
    return {
        Role.BACKBONE: _("Backbone organization"),
        Role.STEERING_COMMITTEE: _("Steering Committee"),
        Role.SIGNATORY: _("Signatory"),
        Role.MEMBER: _("Member"),
        Role.PROGRAM_PROVIDER: _("Program provider"),
        Role.PHILANTHROPIC: _("Philanthropic organization"),
    }[role]


def role_heading(role: Role) -> str:
    """Over those who play it."""
    return {
        Role.BACKBONE: _("Backbone organization"),
        Role.STEERING_COMMITTEE: _("Steering Committee"),
        Role.SIGNATORY: _("Signatories"),
        Role.MEMBER: _("Members"),
        Role.PROGRAM_PROVIDER: _("Program providers"),
        Role.PHILANTHROPIC: _("Philanthropic organizations"),
    }[role]


def role_note(role: Role) -> str:
    """What the part is."""
    return {
        Role.BACKBONE: _("Staffs the coalition and publishes this board."),
        Role.STEERING_COMMITTEE: _("Hears what action teams propose and decides on it."),
        Role.SIGNATORY: _("Signed the Compact."),
        Role.MEMBER: _("Take part in the coalition’s work."),
        Role.PROGRAM_PROVIDER: _("Run programs for students. By signing they also promise to share their data."),
        Role.PHILANTHROPIC: _("Make grants. By signing they also promise to weigh their fit with the goals."),
    }[role]


def listed(names: Iterable[str]) -> str:
    """1, 2 and 3"""
    *most, last = names
    return _("{most} and {last}").format(most=", ".join(most), last=last) if most else last


# --- Who signed -------------------------------------------------------------------------------------------------------


def who_signed(number: int) -> Headline:
    """Who signed? Seven organizations."""
    if not number:
        return Headline(_("Who signed?"), _("Nobody yet."), "void")
    text = ngettext("{number} organization.", "{number} organizations.", number)
    return Headline(_("Who signed?"), first_letter_up(text.format(number=number_word(number))), "good")


def who_signed_lead(sectors: int, of: int, *, never: int, withdrew: int) -> str:
    """How many of the sectors the signers come from, and how many take part beside them.

    `never` of those have no signature on record; `withdrew` of them signed once and took it back.
    """
    parts = []
    if sectors:
        text = ngettext(
            "They come from one of the {of} kinds of organizations that the Compact calls on.",
            "They come from {number} of the {of} kinds of organizations that the Compact calls on.",
            sectors,
        )
        parts.append(text.format(number=number_word(sectors), of=number_word(of)))
    beside = (
        (
            never,
            ngettext(
                "One more is on record as taking part, without a signature.",
                "{number} more are on record as taking part, without a signature.",
                never,
            ),
        ),
        (
            withdrew,
            ngettext(
                "One more takes part that signed and has withdrawn.",
                "{number} more take part that signed and have withdrawn.",
                withdrew,
            ),
        ),
    )
    parts += [first_letter_up(text.format(number=number_word(number))) for number, text in beside if number]
    return " ".join(parts)


def since_label(*, is_exact: bool) -> str:
    """Before the day a part began; where only a document of some time names it, it may have begun earlier."""
    return _("Since:") if is_exact else _("On record since:")


def signed_label(*, withdrew: bool) -> str:
    """Over the day of the signature that counts now, or of its withdrawal."""
    return _("Withdrew") if withdrew else _("Signed")


def sectors_finding(without: int, of: int) -> str:
    """Two of the seven sectors have no signatory"""
    if not without:
        return _("Every sector has a signatory")
    if without == of:
        return _("No sector has a signatory")
    text = ngettext(
        "{number} of the {of} sectors has no signatory",
        "{number} of the {of} sectors have no signatory",
        without,
    )
    return first_letter_up(text.format(number=number_word(without), of=number_word(of)))


def unconfirmed_sectors(number: int) -> str:
    """Said under the sectors; empty when every one of them is confirmed."""
    if not number:
        return ""
    text = ngettext(
        "The sector of one organization is not confirmed; its page says what is unsure.",
        "The sectors of {number} organizations are not confirmed; the page of each says what is unsure.",
        number,
    )
    return text.format(number=number_word(number))


def withdrew(day: str) -> str:
    return _("Withdrew its signature on {day}").format(day=day)


def withdrew_some_day() -> str:
    return _("Withdrew its signature")


def left_role(role: Role, day: str) -> str:
    return _("{role} until {day}").format(role=role_name(role), day=day)


# --- One organization -------------------------------------------------------------------------------------------------


def membership(*, stands: bool, withdrew: bool, takes_part: bool) -> str:
    """The first sentence about an organization."""
    if stands:
        return _("It signed the Compact.")
    if withdrew:
        return _("It signed the Compact and has withdrawn its signature.")
    if takes_part:
        return _("It takes part in the coalition. No signature of the Compact is on record.")
    return _("It was part of the coalition. No signature of the Compact is on record.")


def no_other_part(*, before: bool) -> str:
    """In place of the parts it plays now; `before`: it played one that is over."""
    return _("No other part any more") if before else _("No other part on record")


def bound_by(number: int) -> str:
    """After it: how many commitments follow from the signature."""
    text = ngettext("One commitment follows from that.", "{number} commitments follow from that.", number)
    return first_letter_up(text.format(number=number_word(number)))


def promises_finding(number: int, assessed: int, kept: int) -> str:
    """Over what one organization promised. Until all of it is assessed, only what is assessed is counted."""
    if not assessed:
        text = ngettext("One promise, not assessed yet", "{number} promises, none assessed yet", number)
        return first_letter_up(text.format(number=number_word(number)))
    if assessed < number:
        return _part_assessed(number, assessed, kept)
    if number == 1:
        return _("One promise, kept") if kept else _("One promise, not kept")
    text = _("{kept} of {number} promises kept")
    return first_letter_up(text.format(kept=number_word(kept) if kept else _("none"), number=number_word(number)))


def _part_assessed(number: int, assessed: int, kept: int) -> str:
    """Of nine promises, five are assessed and three of them kept"""
    text = ngettext(
        "Of {number} promises, one is assessed so far",
        "Of {number} promises, {assessed} are assessed so far",
        assessed,
    )
    if kept == assessed:
        text = ngettext(
            "Of {number} promises, one is assessed and kept",
            "Of {number} promises, {assessed} are assessed and all of them kept",
            assessed,
        )
    elif kept:
        text = ngettext(
            "Of {number} promises, {assessed} are assessed and one of them kept",
            "Of {number} promises, {assessed} are assessed and {kept} of them kept",
            kept,
        )
    return text.format(number=number_word(number), assessed=number_word(assessed), kept=number_word(kept))


def unassessed_version(number: int, version: int) -> str:
    """The same, when something was said of promises that do not bind it any more."""
    text = ngettext(
        "One promise of version {version}, not assessed yet",
        "{number} promises of version {version}, none assessed yet",
        number,
    )
    return first_letter_up(text.format(number=number_word(number), version=version))


def signed_version(version: int, *, withdrew: bool) -> str:
    """One event on the record of an organization."""
    if withdrew:
        return _("Withdrew its signature from the Compact, version {number}").format(number=version)
    return _("Signed the Compact, version {number}").format(number=version)


def part_in_team(*, is_lead: bool, is_over: bool) -> str:
    """Beside a team: what the organization is or was in it."""
    if is_lead:
        return _("Led the team") if is_over else _("Leads the team")
    return _("Was a member") if is_over else _("Member")
