"""What became of the promises, in words: the five states, how many kept one, and why nothing is said yet."""

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

TONES = {
    State.COMPLETE: "good",
    State.SUBSTANTIAL: "good",
    State.LIMITED: "good",
    State.NOT_STARTED: "bad",
    State.NO_EVIDENCE: "bad",
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


def binds_heading(binds: Binds) -> str:
    return {
        Binds.EVERYONE: _("Everyone who signed"),
        Binds.PROGRAM_PROVIDER: _("Program providers also"),
        Binds.PHILANTHROPIC: _("Philanthropic organizations also"),
    }[binds]


def numbered(number: str, short: str) -> str:
    """A commitment in a list to choose from: 6: Contact"""
    return _("{number}: {short}").format(number=number, short=short)


def version_name(number: int) -> str:
    return _("Version {number}").format(number=number)


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
        Evidence.DATA: _("Follows from data: whether figures were shared for the year."),
        Evidence.MEETINGS: _("Follows from data: the meetings attended in the year."),
    }[evidence]


def of_how_many(covered: Coverage) -> str:
    """4 of 7; the sentence goes on with what those who kept it did."""
    return _("{kept} of {bound}").format(kept=count(covered.kept), bound=count(covered.bound))


def unsaid(covered: Coverage, binds: Binds, *, over: int | None = None, is_only_version: bool = True) -> str:
    """In place of the count while there is none. `over`: the year that is spoken of, when it lies in the past.

    Who has not signed this version may have signed another one.
    """
    if covered.bound:
        return state_words(None)
    if over is not None:
        return _("Bound nobody in {year}").format(year=over)
    return {
        Binds.EVERYONE: _("Binds nobody yet"),
        Binds.PROGRAM_PROVIDER: _("No program provider has signed yet"),
        Binds.PHILANTHROPIC: _("No philanthropic organization has signed yet"),
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


def bar_description(covered: Coverage) -> str:
    """The bar in words: 4 kept it, 1 in part, 1 not, 1 not assessed yet."""
    under_way = dict(covered.states)[State.LIMITED]
    return _("{kept} kept it, {part} in part, {rest} not, {open} not assessed yet.").format(
        kept=count(covered.kept),
        part=count(under_way),
        rest=count(covered.assessed - covered.kept - under_way),
        open=count(covered.open),
    )


# --- The ledger -------------------------------------------------------------------------------------------------------


def what_came_of_it(bound: int, assessed: int, kept: int) -> Headline:
    """What came of it? 34 of 59 kept."""
    question = _("What came of it?")
    if not assessed:
        return Headline(question, _("Not assessed yet."), "void")
    answer = _("{kept} of {bound} kept.").format(kept=count(kept), bound=count(bound))
    return Headline(question, answer, "bad" if kept < assessed else "void" if assessed < bound else "good")


def what_came_of_it_lead(year: int, organizations: int, promises: int, unassessed: int) -> str:
    """How the promises of a year are counted."""
    if not organizations:
        return _("In {year} the Compact bound nobody.").format(year=year)
    text = ngettext(
        "In {year} the Compact bound one organization to {promises}.",
        "In {year} the Compact bound {number} organizations to {promises}.",
        organizations,
    )
    sentences = [text.format(year=year, number=number_word(organizations), promises=promises_words(promises))]
    if unassessed == promises:
        sentences.append(_("None has been assessed in public yet."))
    elif unassessed:
        text = ngettext("One has not been assessed yet.", "{number} have not been assessed yet.", unassessed)
        sentences.append(first_letter_up(text.format(number=number_word(unassessed))))
    return " ".join(sentences)


def shown_below(version: int) -> str:
    """When several versions bound somebody in the year: the marks are those of one of them."""
    return _("Below stand the promises of version {number}.").format(number=version)


def promises_words(number: int) -> str:
    return ngettext("one promise", "{number} promises", number).format(number=count(number))


def tally(organizations: int, promises: int) -> str:
    """8 organizations, 59 promises."""
    whose = ngettext("{number} organization", "{number} organizations", organizations).format(
        number=count(organizations)
    )
    return _("{organizations}, {promises}:").format(organizations=whose, promises=promises_words(promises))


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


def assessed_on(day: str) -> str:
    return _("Assessed {day}.").format(day=day)


def follow_from_data(numbers: str, how_many: int) -> str:
    """Which commitments nobody's opinion is asked about; empty when there is none."""
    if not how_many:
        return ""
    return ngettext(
        "Commitment {numbers} needs no opinion: it follows from data.",
        "Commitments {numbers} need no opinion: they follow from data.",
        how_many,
    ).format(numbers=numbers)
