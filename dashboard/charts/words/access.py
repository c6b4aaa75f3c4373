"""The accessibility statement in words: what the site is held to, how that is checked, and what is still wrong."""

from django.utils.translation import gettext as _


def lead() -> str:
    return _(
        "Everybody shall be able to use this site: on a phone, by keyboard, enlarged, read aloud, in print, in English "
        "or Spanish, with scripts or without."
    )


def standard() -> tuple[str, ...]:
    return (
        _("The measure is WCAG 2.2, levels A and AA, of the World Wide Web Consortium."),
        _(
            "Every chart says in words what it shows, and the same numbers stand in a table. A mark never differs from "
            "another one by its colour alone."
        ),
    )


def checks() -> tuple[tuple[str, str], ...]:
    """What is checked before each change goes live, and how."""
    return (
        (
            _("Rules that a program can check"),
            _("Every public page, in both languages, narrow and wide, light, dark and in the colours of high "
              "contrast."),
        ),
        (
            _("Keyboard"),
            _("The main tasks are done by keyboard alone in a real browser: the focus can be seen and is never "
              "caught."),
        ),
        (
            _("Without scripts"),
            _("The main tasks are done with scripts switched off. All words are there without them."),
        ),
        (
            _("Size"),
            _("Nothing runs out of a page 320 pixels wide, which is a page of 1280 enlarged four times, and nothing is "
              "lost when lines and letters are set further apart."),
        ),
        (_("Reading"), _("The sentences that the board makes itself are kept at a reading level of grade 8 or below.")),
    )  # fmt: skip


def faults() -> tuple[tuple[str, str], ...]:
    """What is known to be wrong or not tried, and what helps meanwhile."""
    return (
        (
            _("Not yet tried with people"),
            _("Nobody who uses a screen reader every day has tried the site so far. It was checked by programs and by "
              "reading its outline."),
        ),
        (
            _("One browser"),
            _("The checks run in Chromium. Firefox and Safari have not been gone through page by page."),
        ),
        (
            _("The chart to explore"),
            _("The chart that opens with “Explore this chart” can be left by keyboard, but its points cannot be walked "
              "through one by one. The table below it has the same numbers."),
        ),
        (
            _("Some words in English"),
            _("Notes on single figures and reasons of corrections are in English only. They are marked as English, so "
              "that a screen reader speaks them as such."),
        ),
        (
            _("Linked documents"),
            _("Documents of other publishers, such as the state’s files, may not be accessible. The figures taken from "
              "them are on this board."),
        ),
    )  # fmt: skip


def contact() -> str:
    return _(
        "Does something not work for you? Tell the staff of Achieve Hartford! what you wanted to do and what you use. "
        "They will send you the figures in a form that works."
    )
