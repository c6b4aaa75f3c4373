"""What the columns of a provider's sheet count, and which of its lines count the same students twice."""

from dataclasses import dataclass

from metrics.calc.cells import Unit


@dataclass(frozen=True, slots=True)
class Stage:
    """One column of the sheet, as the indicator that the board makes of it.

    within   the columns whose students it counts some of
    *_es     the same in Spanish
    """

    column: str
    slug: str
    name: str
    unit: Unit
    higher_is_better: bool | None
    numerator: str
    denominator: str
    within: tuple[str, ...] = ()
    name_es: str = ""
    numerator_es: str = ""
    denominator_es: str = ""


#: Every rate is out of those served. Who persisted or completed had enrolled; nobody needs to be accepted to enroll
#: (a community college takes everybody), and a certificate of one year is completed without coming back for a second.
STAGES = (
    Stage(
        "served",
        "program-served",
        "Students served",
        Unit.STUDENTS,
        None,
        "Students the program served in the school year, each counted once",
        "a number of students, not a rate",
        name_es="Estudiantes atendidos",
        numerator_es="Estudiantes que el programa atendió en el año escolar, cada uno contado una vez",
        denominator_es="un número de estudiantes, no una tasa",
    ),
    Stage(
        "accepted",
        "program-accepted",
        "Accepted by a college",
        Unit.PERCENT,
        True,
        "Students served who were accepted by at least one college",
        "all students the program served in the school year",
        within=("served",),
        name_es="Aceptados por una universidad",
        numerator_es="Estudiantes atendidos que al menos una universidad aceptó",
        denominator_es="todos los estudiantes que el programa atendió en el año escolar",
    ),
    Stage(
        "enrolled",
        "program-enrolled",
        "Enrolled in college",
        Unit.PERCENT,
        True,
        "Students served who enrolled in a college",
        "all students the program served in the school year",
        within=("served",),
        name_es="Matriculados en la universidad",
        numerator_es="Estudiantes atendidos que se matricularon en una universidad",
        denominator_es="todos los estudiantes que el programa atendió en el año escolar",
    ),
    Stage(
        "persisted",
        "program-persisted",
        "Persisted in college",
        Unit.PERCENT,
        True,
        "Students served who had enrolled in a college and came back for the following year",
        "all students the program served in the school year",
        within=("served", "enrolled"),
        name_es="Siguieron en la universidad",
        numerator_es="Estudiantes atendidos que se habían matriculado en una universidad y volvieron al año siguiente",
        denominator_es="todos los estudiantes que el programa atendió en el año escolar",
    ),
    Stage(
        "completed",
        "program-completed",
        "Completed college",
        Unit.PERCENT,
        True,
        "Students served who completed a degree or certificate",
        "all students the program served in the school year",
        within=("served", "enrolled"),
        name_es="Terminaron la universidad",
        numerator_es="Estudiantes atendidos que obtuvieron un título o certificado",
        denominator_es="todos los estudiantes que el programa atendió en el año escolar",
    ),
)
#: Said publicly of each of them.
LIMITS = (
    "As the provider counts. Programs choose and serve different students, so their figures do not compare. "
    "Small groups are withheld by the board’s own rule."
)
LIMITS_ES = (
    "Como las cuenta el proveedor. Los programas eligen y atienden a estudiantes distintos, así que sus cifras no se "
    "comparan. Los grupos pequeños no se muestran, por la regla del propio tablero."
)
#: The source that defines them; the figures themselves name the provider.
SOURCE = "program-providers"
SOURCE_PUBLISHER = "ALL IN! Coalition"
SOURCE_TITLE = "Figures that program providers share"

_MEALS = frozenset({"free-meals", "reduced-meals", "free-or-reduced-meals", "not-meal-eligible"})
_NEEDS = _MEALS | {
    "english-learners",
    "not-english-learners",
    "special-education",
    "not-special-education",
    "homeless",
}
#: A group, and those that count some of its students again, or by definition none of them. A sheet has the one or the
#: others: their difference would be the number of a group that nobody looked at. (Students without a home are
#: eligible for free meals; high needs are English learners, students with disabilities and those eligible for meals.)
OVERLAPS = {
    "free-or-reduced-meals": frozenset({"free-meals", "reduced-meals"}),
    "homeless": _MEALS,
    "all-other-races": frozenset({"american-indian", "asian", "pacific-islander", "two-or-more-races"}),
    "high-needs": _NEEDS,
    "not-high-needs": _NEEDS,
}
