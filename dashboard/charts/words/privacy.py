"""The privacy page in words: what is withheld and why, in the rule's own numbers, and what is kept of whom."""

from django.utils.translation import gettext as _

from metrics.calc.disclosure import COUNTS_FROM, FEW, MOST_IN_A_SMALL_GROUP, VALUES, WIDTH, Scale

from .numbers import count, number_word

#: A term, and what is said of it in one paragraph or more.
Told = tuple[str, ...]


def lead() -> str:
    return _(
        "This board shows how groups of students are doing, and never one student. "
        "A figure that could reveal something about one of them is withheld."
    )


def facts() -> tuple[tuple[str, str, str], ...]:
    """The rule at a glance: a label, a number, and what it counts."""
    students = _("students")
    return (
        (_("Smallest group shown"), count(MOST_IN_A_SMALL_GROUP + 1), students),
        (_("Fewest counted in a share"), count(FEW + 1), students),
        (_("Counts shown from"), count(COUNTS_FROM), students),
        (_("Room around a withheld number"), count(WIDTH), _("students or more")),
    )


def meaning_of_withheld() -> str:
    return _(
        "There is a figure, and it is not shown. The mark and the words are the same whatever the reason, because the "
        "reason could give the figure away. In the state’s files it is a star (*)."
    )


def meaning_of_not_reported() -> str:
    return _("The figure has not been published so far. It will stand here once it is.")


def meaning_of_not_applicable() -> str:
    return _("There is no such figure: the place or the group does not exist, or nobody is in it.")


def meaning_of_zero() -> str:
    return _("Somebody counted, and there are none. That is a figure like any other.")


def rule() -> tuple[Told, ...]:
    few, first, last = number_word(FEW), MOST_IN_A_SMALL_GROUP + 1, COUNTS_FROM - 1
    small = _("Nothing is shown of a group of 1 to {most} students. An empty group has nobody to protect.")
    share = _(
        "A share is withheld when {few} students or fewer are counted in it, or when it leaves out {few} or fewer. "
        "None and all are withheld as well: “25 of 25” says something about each of the 25."
    )
    ends = _(
        "A share of nearly nobody or nearly everybody is withheld. How near is too near depends on the size of the "
        "group; the table has the limits."
    )
    counts = _(
        "From {counts} students on, the number of students is shown beside the share. A group of {first} to {last} "
        "shows its share alone, and that its size is from {first} to {last}."
    )
    others = _(
        "A figure that passes all of this is withheld all the same when somebody could use it to work out one that "
        "does not."
    )
    return (
        (_("Small groups"), small.format(most=MOST_IN_A_SMALL_GROUP)),
        (_("Few students"), share.format(few=few)),
        (_("Near 0 and 100 percent"), ends),
        (_("Numbers of students"), counts.format(counts=COUNTS_FROM, first=first, last=last)),
        (_("What could be worked out"), others),
    )


def sizes(first: int, last: int | None) -> str:
    """From so many students to so many; no last one: from there on."""
    if last is None:
        return _("{first} and more").format(first=count(first))
    return _("{first} to {last}").format(first=count(first), last=count(last))


def shown_between(ends: Scale) -> str:
    return _("above {low}% and below {high}%").format(low=ends.low, high=ends.high)


def printed(ends: Scale) -> str:
    return _("with one decimal") if ends.decimals else _("in whole percent")


def group_name(letter: str) -> str:
    return _("Group {letter}").format(letter=letter)


def too_small(group: str, size: int) -> str:
    return _("{group} has {size} students. A group of 1 to {most} is too small, so nothing is shown of it.").format(
        group=group, size=size, most=MOST_IN_A_SMALL_GROUP
    )


def subtracted(group: str, size: str, part: str) -> str:
    """`size` and `part` are sums, written out."""
    return _("That is not enough. Anybody can subtract: {size} and {part}, and {group} is known.").format(
        group=group, size=size, part=part
    )


def withheld_beside(group: str) -> str:
    return _("So {group} is withheld too, although it is large. The figure of all students stays.").format(group=group)


def looks_alike() -> str:
    return _("Both groups carry the same mark. Which of them is the small one, nobody can tell.")


def checks() -> tuple[str, ...]:
    kept_open = _(
        "Of every withheld number of students, this reader must be left with at least {values} possible answers, the "
        "lowest and the highest at least {width} students apart. Where that is not so, more is withheld until it is. "
        "The finished release is put to the same test once more, and cannot be published while it fails."
    )
    return (
        _(
            "Before each release, the board puts itself in the place of a patient reader: one who has kept everything "
            "that was ever published here, and who adds, subtracts and divides all of it."
        ),
        kept_open.format(values=number_word(VALUES), width=number_word(WIDTH)),
        _(
            "What was public once cannot be made unknown again. So a corrected figure is tested beside the one it "
            "replaces: the difference between the two must not tell of a few students either."
        ),
        _(
            "None of this guards against somebody who knows some of the students, or against what others publish about "
            "them."
        ),
    )


def of_the_state() -> tuple[str, ...]:
    counts = _(
        "A share of the state’s may stand here without its counts. They would tell of 1 to {few} students, or would "
        "help to work out counts that do."
    )
    return (
        _(
            "Figures that a state agency published are shown as it published them. The state has a rule of its own; "
            "what it withheld is withheld here too, with the same mark, and the board does not try to work it out."
        ),
        _(
            "The state publishes some figures in several files. What it withholds in one of them stays withheld here, "
            "whichever other file shows it."
        ),
        counts.format(few=FEW),
    )


def kept() -> tuple[Told, ...]:
    return (
        (
            _("Students"),
            _(
                "No record of any one student. A file of figures that holds names, student numbers, dates of birth or "
                "a line for each student is refused before anything in it is stored."
            ),
            _("The files of figures themselves are read and not kept. Only the figures of groups remain."),
        ),
        (
            _("Readers of these pages"),
            _(
                "No cookies, no trackers, nothing loaded from other sites, and no list of who reads what. Whoever runs "
                "the computers that carry the board may keep technical records of their own."
            ),
        ),
        (
            _("Who asks to join"),
            _(
                "What was written in the form: name, organization, e-mail and what else was filled in. Only the staff "
                "of Achieve Hartford! see it. It is deleted after two years."
            ),
        ),
        (
            _("Contacts of organizations"),
            _(
                "Name, position, e-mail, phone and a note. The staff and the organization itself see them. They are "
                "deleted a year after the contact’s last day; that somebody was the contact, and from when to when, "
                "stays."
            ),
        ),
        (
            _("Staff and members who sign in"),
            _(
                "A cookie while they are signed in. Who entered, approved and published a figure is kept, so that "
                "every figure can be traced. Failed tries to sign in are deleted once a day."
            ),
        ),
    )


def federal_law() -> Told:
    return (
        _("Federal law on education records (FERPA)"),
        _(
            "By its definitions (34 CFR 99.3), information identifies a student also when it does so only together "
            "with other information."
        ),
        _(
            "Records may be released without consent (34 CFR 99.31(b)) when no student can be identified, neither "
            "through a single release nor through several, and with other information that is reasonably available "
            "taken into account. That is why everything published here is tested together."
        ),
    )


def state_law() -> Told:
    return (
        _("Connecticut’s law on student data privacy"),
        _(
            "Sections 10-234aa to 10-234dd of the General Statutes govern the contracts under which boards of "
            "education share information about students with companies and consultants. This board takes in no such "
            "information, only figures of groups."
        ),
    )
