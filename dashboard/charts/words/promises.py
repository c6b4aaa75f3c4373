"""What became of the promises, in words: the five states, how many kept one, and why nothing is said yet."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.rules.ledger import Coverage, Evidence, State
from coalition.rules.roles import Binds

from .badges import Badge
from .headline import Headline
from .numbers import count, first_letter_up, number_word

#: The mark of a commitment that does not bind an organization; every other mark is a state's, or `unassessed`.
NO_PROMISE = "none"
UNASSESSED = "unassessed"
#: Why a word that follows from data is said anew, as it is recorded.
CHANGED = "What it follows from has changed."

TONES = {
    State.COMPLETE: "good",
    State.SUBSTANTIAL: "good",
    State.LIMITED: "good",
    State.NOT_STARTED: "bad",
    State.NO_EVIDENCE: "void",  # it does not say that nothing was done
    None: "void",
}


def state_words(state: State | None) -> str:
    """The Open Government Partnership's five words; None: nothing has been said in public yet."""
    return {
        State.COMPLETE: _("Complete"),
        State.SUBSTANTIAL: _("Substantial"),
        State.LIMITED: _("Limited"),
        State.NOT_STARTED: _("Not started"),
        State.NO_EVIDENCE: _("No evidence"),
        None: _("Not assessed yet"),
    }[state]


def state_meaning(state: State | None) -> str:
    return {
        State.COMPLETE: _("All of what was promised was done in the year."),
        State.SUBSTANTIAL: _("Most of it was done."),
        State.LIMITED: _("A part of it was done."),
        State.NOT_STARTED: _("Work on it had not begun."),
        State.NO_EVIDENCE: _("Nothing was found either way. It does not say that nothing was done."),
        None: _("Nobody has looked yet, or the organization’s time to reply is still running."),
    }[state]


def badge(state: State | None) -> Badge:
    return Badge(state.value if state else UNASSESSED, state_words(state), TONES[state])


def no_promise() -> Badge:
    """Where a commitment does not bind an organization."""
    return Badge(NO_PROMISE, _("Does not apply"), "void")


def no_promise_meaning() -> str:
    return _("The commitment does not bind this organization.")


# --- The Compact ------------------------------------------------------------------------------------------------------


def what_promised(number: int) -> Headline:
    """What did they promise? Nine things."""
    if not number:
        return Headline(_("What did they promise?"), _("Not on record."), "void")
    text = ngettext("{number} thing.", "{number} things.", number)
    return Headline(_("What did they promise?"), first_letter_up(text.format(number=number_word(number))), "good")


def what_promised_lead(everyone: int, providers: int, funders: int) -> str:
    said = [
        (
            everyone,
            ngettext(
                "One commitment binds everyone who signed.", "{number} commitments bind everyone who signed.", everyone
            ),
        ),
        (
            providers,
            ngettext("Program providers take on one more.", "Program providers take on {number} more.", providers),
        ),
        (
            funders,
            ngettext(
                "Philanthropic organizations take on one more.",
                "Philanthropic organizations take on {number} more.",
                funders,
            ),
        ),
    ]
    return " ".join(first_letter_up(text.format(number=number_word(number))) for number, text in said if number)


def shown_beside_current(shown: int, current: int) -> str:
    """When a version is shown that is not the one that is signed now."""
    return _("This is version {shown}; the current one is version {current}.").format(shown=shown, current=current)


def version_standing(number: int, current: int | None) -> str:
    """Beside a version: whether it is the one that is signed now. Without a current one nothing can be compared."""
    if current is None:
        return _("not in force")
    if number == current:
        return _("the current one")
    return _("an earlier one") if number < current else _("a newer one, not yet in force")


def binds_heading(binds: Binds) -> str:
    return {
        Binds.EVERYONE: _("Everyone who signed"),
        Binds.PROGRAM_PROVIDER: _("Program providers also"),
        Binds.PHILANTHROPIC: _("Philanthropic organizations also"),
    }[binds]


def numbered(number: str, short: str) -> str:
    """A commitment in a list to choose from: 6: Contact"""
    return _("{number}: {short}").format(number=number, short=short)


def stand_by_it(number: int) -> str:
    """How many signed a version and have not withdrawn."""
    if not number:
        return _("Nobody stands by it now.")
    text = ngettext("One organization stands by it.", "{number} organizations stand by it.", number)
    return first_letter_up(text.format(number=number_word(number)))


def rests_on(evidence: Evidence) -> str:
    return {
        Evidence.JUDGEMENT: _("Judged from the evidence."),
        Evidence.CONTACT: _("Follows from data: whether a contact is named."),
        Evidence.DATA: _("Follows from data: whether figures were shared for the school year ending that year."),
        Evidence.MEETINGS: _("Follows from data: the meetings attended in the year."),
    }[evidence]


def of_how_many(covered: Coverage) -> str:
    """4 of 7; the sentence goes on with what those who kept it did.

    Only those who were assessed are counted: of the others nobody knows. While some are open and none of the assessed
    kept it, there is nothing to count yet but how many were assessed.
    """
    if covered.open and not covered.kept:
        return _of(covered.assessed, covered.bound)
    return _of(covered.kept, covered.assessed)


def of_whom(covered: Coverage) -> str:
    """Between the count and what they did, while some are open: 4 of 6 assessed: …"""
    if not covered.open:
        return ""
    if not covered.kept:
        return _("assessed so far")
    return ngettext("assessed:", "assessed:", covered.assessed)


def besides(covered: Coverage) -> str:
    """After it: … named a contact; 1 not assessed yet."""
    return counted(covered.open, None) if covered.open else ""


def from_data(evidence: str) -> str:
    """What a word that follows from data rests on, in the reader's language; it is recorded in English."""
    counted_of = re.fullmatch(r"(Meetings attended|Programs that shared): (\d+) of (\d+)\.", evidence)
    if counted_of is None:
        said = {"A contact is named.": _("A contact is named."), CHANGED: _("What it follows from has changed.")}
        return said.get(evidence, evidence)
    what, part, whole = counted_of.groups()
    text = {
        "Meetings attended": _("Meetings attended: {part} of {whole}."),
        "Programs that shared": _("Programs that shared: {part} of {whole}."),
    }[what]
    return text.format(part=part, whole=whole)


def _of(part: int, whole: int) -> str:
    return _("{kept} of {bound}").format(kept=count(part), bound=count(whole))


def unsaid(covered: Coverage, binds: Binds, *, over: int | None = None, is_only_version: bool = True) -> str:
    """In place of the count while there is none. `over`: the year that is spoken of, when it lies in the past.

    Who does not stand by this version may have signed another one, or have signed it and withdrawn.
    """
    if covered.bound:
        return state_words(None)
    if over is not None:
        return _("Bound nobody in {year}").format(year=over)
    return {
        Binds.EVERYONE: _("Binds nobody now"),
        Binds.PROGRAM_PROVIDER: _("Binds no program provider now"),
        Binds.PHILANTHROPIC: _("Binds no philanthropic organization now"),
    }[binds if is_only_version else Binds.EVERYONE]


def binds_how_many(covered: Coverage, binds: Binds, *, over: int | None = None) -> str:
    """Under it: whom the commitment binds or, in a year that is over, bound."""
    if not covered.bound:
        return ""
    if over is not None:
        return _bound_how_many(covered.bound, binds, over)
    text = {
        Binds.EVERYONE: ngettext("Binds one signer.", "Binds {number} signers.", covered.bound),
        Binds.PROGRAM_PROVIDER: ngettext(
            "Binds one signer, a program provider.", "Binds {number} signers, all program providers.", covered.bound
        ),
        Binds.PHILANTHROPIC: ngettext(
            "Binds one signer, a philanthropic organization.",
            "Binds {number} signers, all philanthropic organizations.",
            covered.bound,
        ),
    }[binds]
    return text.format(number=number_word(covered.bound))


def _bound_how_many(number: int, binds: Binds, year: int) -> str:
    text = {
        Binds.EVERYONE: ngettext("Bound one signer in {year}.", "Bound {number} signers in {year}.", number),
        Binds.PROGRAM_PROVIDER: ngettext(
            "Bound one signer in {year}, a program provider.",
            "Bound {number} signers in {year}, all program providers.",
            number,
        ),
        Binds.PHILANTHROPIC: ngettext(
            "Bound one signer in {year}, a philanthropic organization.",
            "Bound {number} signers in {year}, all philanthropic organizations.",
            number,
        ),
    }[binds]
    return text.format(number=number_word(number), year=year)


def counted(number: int, state: State | None) -> str:
    """34 complete"""
    text = {
        State.COMPLETE: ngettext("{number} complete", "{number} complete", number),
        State.SUBSTANTIAL: ngettext("{number} substantial", "{number} substantial", number),
        State.LIMITED: ngettext("{number} limited", "{number} limited", number),
        State.NOT_STARTED: ngettext("{number} not started", "{number} not started", number),
        State.NO_EVIDENCE: ngettext("{number} without evidence", "{number} without evidence", number),
        None: ngettext("{number} not assessed yet", "{number} not assessed yet", number),
    }[state]
    return text.format(number=count(number))


def bar_description(covered: Coverage) -> str:
    """The bar in words: 4 kept it, 1 in part, 1 not; of 1 there is no evidence, 1 is not assessed yet."""
    states = dict(covered.states)
    return _("{kept} kept it, {part} in part, {rest} not; {without} without evidence, {open} not assessed yet.").format(
        kept=count(covered.kept),
        part=count(states[State.LIMITED]),
        rest=count(states[State.NOT_STARTED]),
        without=count(states[State.NO_EVIDENCE]),
        open=count(covered.open),
    )
