"""The forms of every family that a table can have."""

from tests.intake.forms import Column, Form


def keyed(*keys: str) -> tuple[Column, ...]:
    names = {
        "district": "District", "code": "District Code", "school": "School", "school code": "School Code",
        "group": "Race/Ethnicity",
    }  # fmt: skip
    return tuple(Column(names[key], key) for key in keys)


def graduation(number: str, digit: int) -> tuple[Column, ...]:
    slug = f"graduation-{digit}yr"
    return (
        Column(f"{number}-Year Cohort Count", denominators=(slug,)),
        Column("Graduation Count", numerators=(slug,), band="Graduates"),
        Column("Graduation Rate", value=slug, band="Graduates"),
    )


STAYED, LEFT = "still-enrolled-4yr", "other-leavers-4yr"
SPENT = {
    "spending-instruction": "Instructional Staff and Services",
    "spending-plant": "Plant Operation and Management",
    "spending-per-pupil": "Total Expenditures",
}
LEVELS = ("Level 1Not Met", "Level 4Exceeded")
SUBJECTS = {"ELA": "ela", "Math": "math"}
YEARS = ("2012-13", "2013-14", "2014-15")

FORMS = (
    *(
        Form(
            f"edsight-graduation-{digit}yr",
            (*keyed("district", "code", "group"), *graduation(number, digit)),
            ((f"{number}-Year Graduation Rates, 2018-19",), ("All Districts, Race/Ethnicity",), ()),
            "2018-19",
        )
        for number, digit in (("Four", 4), ("Five", 5), ("Six", 6))
    ),
    Form(
        "edsight-graduation-4yr",
        (
            *keyed("district", "code"),
            Column("Four-Year Cohort Count", denominators=(STAYED, LEFT)),
            *(
                Column(name, value=value, numerators=above, band="Non-Graduates")
                for name, value, above in (
                    ("Still Enrolled Count", "", (STAYED,)),
                    ("Still Enrolled Rate", STAYED, ()),
                    ("Other Count", "", (LEFT,)),
                    ("Other Rate", LEFT, ()),
                )
            ),
        ),
        (("Four-Year Graduation Rates, 2018-19",), ("All Districts, All Students",), ()),
        "2018-19",
        name="non-graduates",
    ),
    Form(
        "edsight-graduation-4yr",
        (*keyed("district", "code", "school", "school code"), *graduation("Four", 4)),
        (("Four-Year Graduation Rates, 2013-14",), ("All Districts, All Schools, All Students",), ()),
        "2013-14",
        name="schools",
    ),
    Form(
        "edsight-graduation-4yr",
        (
            *keyed("district", "group"),
            *(
                Column(year, value="graduation-4yr", year=year, band="Four-Year Graduation Rate by Year")
                for year in YEARS
            ),
        ),
        (("Four-Year Graduation Rates, Trend",), ("All Districts, Race/Ethnicity",), ()),
        name="trend",
    ),
    Form(
        "edsight-graduation-page",
        (
            Column("District", "district"),
            Column("fiscal_year", "year"),
            Column("cohort_count", denominators=("graduation-4yr",)),
            Column("graduation_count", numerators=("graduation-4yr",)),
            Column("graduation_rate", value="graduation-4yr"),
        ),
    ),
    Form(
        "edsight-college-entrance",
        (
            *keyed("district", "code", "group"),
            Column("Entrance(%)", value="college-entrance"),
            Column("Persistence(%)", value="college-persistence"),
        ),
        (
            ("College Entrance and Persistence, 2012-13",),
            ("All Districts, Race/Ethnicity",),
            (),
            ("Notes:",),
            ("* In this report, year means class.",),
            (),
        ),
        "2012-13",
    ),
    Form(
        "edsight-chronic-absence",
        (*keyed("district", "code"), Column("% Chronically Absent", value="chronic-absence")),
        (("Chronic Absenteeism, 2011-12",), (", All Students",), ()),
        "2011-12",
    ),
    Form(
        "edsight-chronic-absence",
        (
            *keyed("district", "code"),
            Column("Student Count", numerators=("chronic-absence",), band="Chronically Absent"),
            Column("%", value="chronic-absence", band="Chronically Absent"),
        ),
        (("Chronic Absenteeism, 2018-19",), ("All Districts, All Students",), ()),
        "2018-19",
        name="absence with counts",
    ),
    Form(
        "edsight-suspension",
        (*keyed("district", "code"), Column("Count", numerators=("suspension",)), Column("%", value="suspension")),
        year="2015-16",
    ),
    Form(
        "edsight-spending",
        (Column("Type", "district"), *(Column(name, value=slug) for slug, name in SPENT.items())),
        (("Per Pupil Expenditures, 2012-13",), ("All Districts",), ()),
        "2012-13",
    ),
    Form(
        "edsight-spending-trend",
        (
            Column("District", "district"),
            Column("Type", "by"),
            *(Column(year, value="{}", year=year, band="Year") for year in YEARS),
        ),
        (("Per Pupil Expenditures, Trend",), ("All Districts",), ()),
        by={name: slug for slug, name in SPENT.items()},
    ),
    Form(
        "edsight-smarter-balanced",
        (
            *keyed("district", "code"),
            Column("Subject", "by"),
            Column("Total Numberof Students", denominators=("sbac-{}-participation",)),
            Column("Total NumberTested", numerators=("sbac-{}-participation",)),
            Column("Smarter BalancedParticipationRate", value="sbac-{}-participation"),
            Column("Total Number with Scored Tests", denominators=("sbac-{}-level-1", "sbac-{}-level-4")),
            *(
                part
                for level, band in ((1, LEVELS[0]), (4, LEVELS[1]))
                for part in (
                    Column(f"{band} Count", numerators=(f"sbac-{{}}-level-{level}",), band=band),
                    Column("%", value=f"sbac-{{}}-level-{level}", band=band),
                )
            ),
        ),
        (
            ("Smarter Balanced Assessments, 2014-15",),
            ("All Districts, ELA and Math, All Grades Combined, All Students",),
            (),
        ),
        "2014-15",
        by=SUBJECTS,
    ),
    Form(
        "edsight-enrollment",
        (*keyed("district", "code"), Column("Count", value="enrollment")),
        (("Student Counts by District and Year",), ("All Districts",), ("2007-08",), ()),
        "2007-08",
    ),
    Form(
        "edsight-enrollment",
        (
            *keyed("district", "code"),
            *(Column(group, value="enrollment", group=group, band="Race") for group in ("Asian", "White")),
            Column("Total", value="enrollment", band="Race"),
        ),
        (("Student Counts by District and Race",), ("All Districts",), ("2015-16",), ()),
        "2015-16",
        name="enrollment by race",
    ),
    Form(
        "edsight-enrollment-state",
        (
            Column("Grade", "group"),
            *(Column(group, value="enrollment", group=group, band="Gender") for group in ("Female", "Male")),
            Column("Total", value="enrollment", band="Gender"),
        ),
        (("Student Counts by Grade and Gender",), ("State of Connecticut",), ("2010-11",), ()),
        "2010-11",
        place="State of Connecticut",
    ),
    Form(
        "edsight-enrollment-page",
        (
            Column("District", "district"),
            Column("District Code", "code"),
            Column("School Year", "year"),
            Column("Student Count", value="enrollment"),
        ),
    ),
    Form(
        "ctopendata-attendance",
        (
            Column("District code", "code"),
            Column("District name", "district"),
            Column("Category"),
            Column("Student group", "group"),
            Column("2022-2023 student count - year to date"),
            Column(
                "2022-2023 attendance rate - year to date",
                value="attendance",
                year="2022-2023",
                fraction=True,
                provisional=True,
            ),
            Column("2021-2022 student count"),
            Column("2021-2022 attendance rate", value="attendance", year="2021-2022", fraction=True),
            Column("Reporting period", always="May-23"),
            Column("Update date", always="6/16/23"),
        ),
    ),
)
