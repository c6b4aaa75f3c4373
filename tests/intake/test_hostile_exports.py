"""Exports of the state's site: what stands below the header, and what may not."""

import pytest

from tests.intake.hostile import HARTFORD, STATE_LINE, STATE_STORED, case, check, edsight

pytestmark = [pytest.mark.django_db, pytest.mark.read]

ANSONIA = '"Ansonia School District","=""0020011"""'
WHITE = f'{HARTFORD},"White",100,90,90.0'
WHITE_STORED = "graduation-4yr 0640011 white 2021 90 90/100 final"
FOOTNOTES = "Lines of text below the table were left out"
SUSPENSION = f'"District","District Code","Count","%"\n{HARTFORD},100,12.5\n'
SUSPENDED = "suspension 0640011 all-students 2024 12.5 100/– final"
UNTITLED = "The file says nothing above its columns; by them it is: EdSight, suspension rates."
CTDATA = '"District","FIPS","Year","Race","Variable","Measure Type","Value"'


def ctdata(*lines: str) -> str:
    """A long table of CTData; a line is the variable, its unit and the value."""
    return "\n".join(
        [
            CTDATA,
            *(f'"Hartford School District","0901","2021","Black or African American",{line}' for line in lines),
            "",
        ]
    )


BODIES = [
    case(
        "the error that the site sends",
        "The query you have run did not contain any results.\n",
        whole="The state’s site sent an error in place of a file",
    ),
    case(
        "the error below a heading",
        '"Chronic Absenteeism, 2020-21"\n\n"The query you have run did not contain any results. Please try again."\n',
        whole="The state’s site sent an error in place of a file",
    ),
    case("a page of the site", "<html><head><title>EdSight</title></head></html>", whole="a web page"),
    case(
        "footnotes below the table",
        edsight(
            STATE_LINE,
            "",
            '"* Suppressed to protect privacy."',
            '"Note: counts of fewer than six students are not shown."',
        ),
        STATE_STORED,
        remarks=FOOTNOTES,
    ),
    case(
        "the day of the export below the table",
        edsight(STATE_LINE, "", '"Report generated on 11/21/2026"'),
        STATE_STORED,
        remarks=FOOTNOTES,
    ),
    case(
        "a total below the table",
        edsight(STATE_LINE, '"Total",,"Black or African American",413,331,80.1'),
        STATE_STORED,
        remarks="The total of all lines was left out",
    ),
    case(
        "a total without a name",
        edsight(STATE_LINE, ',,"Black or African American",413,331,80.1'),
        STATE_STORED,
        refuses="Line 7: the line does not say which district it is about.",
    ),
    case("blank lines between the lines", edsight(STATE_LINE, "", ",,,,,", WHITE), STATE_STORED, WHITE_STORED),
    case(
        "a second table of another year below the first",
        edsight(STATE_LINE) + edsight(WHITE, title="Four-Year Graduation Rates, 2019-20"),
        whole="Line 9 begins another table; send each table as a file of its own.",
    ),
    case(
        "a second table of another kind below the first",
        edsight(STATE_LINE) + SUSPENSION,
        whole="Line 9 begins another table",
    ),
    case(
        "the header again on a second page",
        edsight(STATE_LINE, edsight().split("\r\n")[4], WHITE),
        whole="Line 7 begins another table",
    ),
    case(
        "a table of our own below a state table",
        edsight(STATE_LINE) + "indicator,place,group,period,value,status,source\n",
        whole="Line 9 begins another table",
    ),
]

LINES = [
    case(
        "a star for a rate",
        edsight(f'{HARTFORD},"Asian",25,"*","*"'),
        "graduation-4yr 0640011 asian 2021 – –/25 suppressed",
    ),
    case(
        "a star for a rate beside a count that gives it away",
        edsight(f'{HARTFORD},"Asian",25,22,"*"'),
        "graduation-4yr 0640011 asian 2021 – –/25 suppressed",
    ),
    case(
        "a star for everything",
        edsight(f'{HARTFORD},"Asian","*","*","*"'),
        "graduation-4yr 0640011 asian 2021 – –/– suppressed",
    ),
    case(
        "a star for a count alone",
        edsight(f'{HARTFORD},"Black or African American",413,"*",80.1'),
        "graduation-4yr 0640011 black 2021 80.1 –/413 final",
    ),
    case(
        "no such group",
        edsight(f'{HARTFORD},"Asian",N/A,N/A,N/A'),
        "graduation-4yr 0640011 asian 2021 – –/– not_applicable",
    ),
    case(
        "an empty rate",
        edsight(f'{HARTFORD},"Asian",25,22,'),
        refuses="Line 6: the cell is empty, and the file does not say why",
    ),
    case("zero", edsight(f'{HARTFORD},"Asian",25,0,0.0'), "graduation-4yr 0640011 asian 2021 0 0/25 final"),
    case("NA for a rate", edsight(f'{HARTFORD},"Asian",25,NA,NA'), refuses="Line 6: the cell says NA"),
    case(
        "a rate that its counts contradict",
        edsight(f'{HARTFORD},"Asian",25,22,98.0'),
        refuses="Line 6: 98.0 contradicts its counts: 22 of 25 is 88.0 percent.",
    ),
    case(
        "thousands with a comma",
        edsight(f'{HARTFORD},"Asian","1,194","1,019",85.3'),
        "graduation-4yr 0640011 asian 2021 85.3 1019/1194 final",
    ),
    case(
        "counts as fractions",
        edsight(f'{HARTFORD},"Asian",25.0,22.0,88.0'),
        "graduation-4yr 0640011 asian 2021 88 22/25 final",
    ),
    case("a rate with its sign", edsight(f'{HARTFORD},"Asian",25,22,88.0%'), refuses="Line 6: 88.0% is not a number"),
    case(
        "a rate as a fraction", edsight(f'{HARTFORD},"Asian",25,22,0.88'), refuses="Line 6: 0.88 contradicts its counts"
    ),
    case(
        "the code of another district",
        edsight('"Hartford School District","=""0020011""","White",100,90,90.0'),
        refuses="Line 6: the code 0020011 is that of Ansonia School District, the name is that of Hartford",
    ),
    case(
        "a code that lost its zeros",
        edsight('"Ansonia School District",20011,"White",100,90,90.0'),
        "graduation-4yr 0020011 white 2021 90 90/100 final",
    ),
    case(
        "a code as a fraction",
        edsight('"Ansonia School District",20011.0,"White",100,90,90.0'),
        "graduation-4yr 0020011 white 2021 90 90/100 final",
    ),
    case(
        "a code that is nobody's",
        edsight('"Springfield School District","=""9990011""","White",100,90,90.0'),
        refuses="Line 6: this place is not among those the board follows.",
    ),
    case("an empty code", edsight('"Hartford School District","","White",100,90,90.0'), WHITE_STORED),
    case(
        "a group of the wrong column",
        edsight(f'{HARTFORD},"Grade 9 girls",100,90,90.0'),
        refuses="Line 6: this group is not known",
    ),
    case("a letter for a group", edsight(f'{HARTFORD},"N",100,90,90.0'), refuses="Line 6: this group is not known"),
    case("a line twice", edsight(STATE_LINE, STATE_LINE), STATE_STORED, refuses="Line 7: repeats line 6"),
    case(
        "two lines that contradict each other",
        edsight(STATE_LINE, f'{HARTFORD},"Black or African American",413,330,79.9'),
        refuses=("Line 6: contradicts line 7", "Line 7: contradicts line 6"),
    ),
    case(
        "a file without a title",
        SUSPENSION,
        SUSPENDED,
        file="suspension 2023-24.csv",
        remarks=(UNTITLED, "its name says 2023-24"),
    ),
    case("a file without a title and without a year", SUSPENSION, whole="The file does not say which year it is about"),
    case(
        "a download's day in the name for a year",
        SUSPENSION,
        file="suspension 2026-11-21.csv",
        whole="The file does not say which year it is about",
    ),
]

TIDY = [
    case(
        "a long table",
        ctdata(
            '"Four-Year Graduation Rate","Percent","80.1"',
            '"Four-Year Graduation Count","Number","331"',
            '"Total Cohort Count","Number","413"',
        ),
        STATE_STORED,
    ),
    case(
        "a long table in another order",
        ctdata(
            '"Total Cohort Count","Number","413"',
            '"Four-Year Graduation Count","Number","331"',
            '"Four-Year Graduation Rate","Percent","80.1"',
        ),
        STATE_STORED,
    ),
    case(
        "-9999 in a long table",
        ctdata('"Four-Year Graduation Rate","Percent","-9999"', '"Total Cohort Count","Number","413"'),
        "graduation-4yr 0640011 black 2021 – –/413 suppressed",
    ),
    case(
        "-6666 in a long table",
        ctdata('"Four-Year Graduation Rate","Percent","-6666"'),
        "graduation-4yr 0640011 black 2021 – –/– not_yet_available",
    ),
    case(
        "a rate twice in a long table",
        ctdata('"Four-Year Graduation Rate","Percent","80.1"', '"Four-Year Graduation Rate","Percent","80.1"'),
        "graduation-4yr 0640011 black 2021 80.1 –/– final",
        refuses="Line 3: repeats line 2",
    ),
    case(
        "two rates in a long table",
        ctdata('"Four-Year Graduation Rate","Percent","80.1"', '"Four-Year Graduation Rate","Percent","80.2"'),
        refuses=("Line 2: contradicts line 3", "Line 3: contradicts line 2"),
    ),
    case(
        "counts without a rate in a long table",
        ctdata('"Four-Year Graduation Count","Number","331"', '"Total Cohort Count","Number","413"'),
        whole="has a header and no figures under it",
    ),
    case(
        "a measure that is none in a long table",
        ctdata('"Four-Year Graduation Rate","Percent","80.1"', '"Happiness","Percent","80.1"'),
        "graduation-4yr 0640011 black 2021 80.1 –/– final",
        refuses="Line 3: what stands in the column “Variable” is not known.",
    ),
]


ATTENDANCE = "District code,District name,Student group,2022-2023 attendance rate - year to date"
LACKING = [
    case(
        "rates of the year to date without the month they were reported in",
        f"{ATTENDANCE}\n640011,Hartford School District,White,0.8734\n",
        "attendance 0640011 white 2023 87.34 –/– provisional “Year to date.”",
        remarks="The file says nothing above its columns",
    ),
    case(
        "a table of grades that says of nobody where",
        '"Student Counts by Grade and Gender"\n"2010-11"\n\n'
        '"","Gender",,\n"Grade","Female","Male","Total"\n"Grade 9",1,2,3\n',
        whole="The file does not say which place it is about",
    ),
]


@pytest.mark.parametrize("one", [*BODIES, *LINES, *TIDY, *LACKING], ids=str)
def test_an_export_is_read_whole_or_refused_with_the_reason(one, admin_user, monkeypatch):
    check(one, admin_user, monkeypatch)
