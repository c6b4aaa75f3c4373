"""Exports of the state's site with a column or a heading added, lost, moved or put together wrongly."""

import pytest

from tests.intake.hostile import HARTFORD, STATE_LINE, STATE_STORED, case, check, edsight

pytestmark = [pytest.mark.django_db, pytest.mark.read]

FULL = '"District","District Code","Race/Ethnicity","Four-Year Cohort Count","Graduation Count","Graduation Rate"'
NO_COLUMN = "Above its columns the file says"
ALL = '"District","District Code","Four-Year Cohort Count","Graduation Count","Graduation Rate"'


def of_all(
    *lines: str, title: str = "Four-Year Graduation Rates, 2025-26", scope: str = "All Districts, All Students"
) -> str:
    return edsight(*lines, title=title, scope=scope, band='"",,,"Graduates",', header=ALL)


COLUMNS = [
    case("as it should be", edsight(STATE_LINE), STATE_STORED),
    case(
        "columns in another order",
        edsight(
            f'331,80.1,413,{HARTFORD},"Black or African American"',
            band=None,
            header='"Graduation Count","Graduation Rate","Four-Year Cohort Count",'
            '"District","District Code","Race/Ethnicity"',
        ),
        STATE_STORED,
    ),
    case(
        "words of the header glued together",
        edsight(
            STATE_LINE,
            header='"District","DistrictCode","Race/ Ethnicity","Four-Year  CohortCount",'
            '"GraduationCount","GraduationRate"',
        ),
        STATE_STORED,
    ),
    case(
        "a line end in a name of the header",
        edsight(
            STATE_LINE,
            header=FULL.replace("Cohort ", "Cohort\n").replace("ion ", "ion\n"),
        ),
        STATE_STORED,
    ),
    case(
        "an extra column",
        edsight(
            f"{STATE_LINE},17",
            header=FULL + ',"Happiness"',
        ),
        whole="its column “Happiness” is not known",
    ),
    case(
        "an extra column without a name",
        edsight(
            f"{STATE_LINE},17",
            header=FULL + ',""',
        ),
        whole="Line 6 has a cell in column 7, and the header does not name that column.",
    ),
    case(
        "an empty column at the end",
        edsight(
            f"{STATE_LINE},",
            header=FULL + ",",
        ),
        STATE_STORED,
    ),
    case(
        "no column of codes",
        edsight(
            '"Hartford School District","Black or African American",413,331,80.1',
            band=None,
            header='"District","Race/Ethnicity","Four-Year Cohort Count","Graduation Count","Graduation Rate"',
        ),
        STATE_STORED,
    ),
    case(
        "no column of rates",
        edsight(
            f'{HARTFORD},"Black or African American",413,331',
            band=None,
            header='"District","District Code","Race/Ethnicity","Four-Year Cohort Count","Graduation Count"',
        ),
        whole="is not a table of figures",
    ),
    case(
        "no columns of counts",
        edsight(
            f'{HARTFORD},"Black or African American",80.1',
            band=None,
            header='"District","District Code","Race/Ethnicity","Graduation Rate"',
        ),
        "graduation-4yr 0640011 black 2021 80.1 –/– final",
    ),
    case(
        "no column of districts",
        edsight(
            '"Black or African American",413,331,80.1',
            band=None,
            header='"Race/Ethnicity","Four-Year Cohort Count","Graduation Count","Graduation Rate"',
        ),
        whole="is not a table of figures",
    ),
    case(
        "a column twice",
        edsight(
            f"{STATE_LINE},80.2",
            header=FULL + ',"Graduation Rate"',
        ),
        whole="its column “Graduation Rate” is not known",
    ),
    case(
        "groups by two names at once",
        edsight(
            f'{HARTFORD},"White","Female",100,90,90.0',
            band=None,
            header=FULL.replace('"Four', '"Gender","Four'),
        ),
        whole="its column “Gender” is not known",
    ),
    case(
        "a line with a cell too many",
        edsight(f"{STATE_LINE},17"),
        whole="Line 6 has 7 cells, the header in line 5 has 6",
    ),
    case(
        "a line that was cut",
        edsight(STATE_LINE, f'{HARTFORD},"White",100'),
        STATE_STORED,
        refuses="Line 7: the cell is empty",
    ),
    case(
        "a name cut at its comma",
        edsight('New Beginnings Inc., Family Academy District,"0000013","White",100,90,90.0'),
        whole="Line 6 has 7 cells",
    ),
]

HEADINGS = [
    case("no heading", edsight(STATE_LINE).partition("\r\n\r\n")[2], whole="looks like a file of"),
    case(
        "another report's heading",
        edsight(STATE_LINE, title="Chronic Absenteeism, 2020-21"),
        whole="looks like a file of",
    ),
    case("a heading nobody knows", edsight(STATE_LINE, title="Happiness, 2020-21"), whole="is not a table of figures"),
    case(
        "two years in the heading",
        edsight(STATE_LINE, scope="All Districts, Race/Ethnicity, 2019-20"),
        whole="Above its columns the file names more than one year",
    ),
    case(
        "two years in the heading and one in the name",
        edsight(STATE_LINE, scope="All Districts, Race/Ethnicity, 2019-20"),
        whole="Above its columns the file names more than one year",
        file="grad 2020-21.csv",
    ),
    case(
        "the same year twice, in two spellings",
        edsight(STATE_LINE, scope="All Districts, Race/Ethnicity, 2020-2021"),
        STATE_STORED,
    ),
    case(
        "the year 1776 in the heading",
        edsight(STATE_LINE, title="Four-Year Graduation Rates, 1776-77"),
        whole="is not a table of figures",
    ),
    case(
        "two school years as one",
        edsight(STATE_LINE, title="Four-Year Graduation Rates, 2019-21"),
        refuses="Line 6: “2019-21” is not one school year.",
    ),
    case(
        "no year in the heading",
        edsight(STATE_LINE, title="Four-Year Graduation Rates"),
        whole="The file does not say which year it is about",
    ),
    case(
        "the year in the name only",
        edsight(STATE_LINE, title="Four-Year Graduation Rates"),
        STATE_STORED,
        file="grad 2020-21.csv",
        remarks="The file itself does not say which year it is about; its name says 2020-21.",
    ),
    case(
        "two years in the name",
        edsight(STATE_LINE, title="Four-Year Graduation Rates"),
        whole="The file does not say which year",
        file="grad 2019-20 and 2020-21.csv",
    ),
    case(
        "a year of the name that is none",
        edsight(STATE_LINE, title="Four-Year Graduation Rates"),
        whole="The file does not say which year",
        file="grad 1776.csv",
    ),
    case("another year in the name than in the heading", edsight(STATE_LINE), STATE_STORED, file="grad 2018-19.csv"),
    case(
        "students of one group in the heading and no column for them",
        of_all(f"{HARTFORD},413,331,80.1", scope="All Districts, Black Students"),
        whole=NO_COLUMN,
    ),
    case(
        "girls in the heading and no column for them",
        of_all(f"{HARTFORD},413,331,80.1", scope="All Districts, Female"),
        whole=NO_COLUMN,
    ),
    case(
        "a group in the heading and its column gone",
        of_all(f"{HARTFORD},413,331,80.1", scope="All Districts, Race/Ethnicity"),
        whole=NO_COLUMN,
    ),
    case(
        "a filter beside a column of groups",
        edsight(STATE_LINE, scope="All Districts, Race/Ethnicity, English Learners Only"),
        whole=NO_COLUMN,
    ),
    case(
        "a filter in a line of its own",
        edsight(STATE_LINE, scope='All Districts, Race/Ethnicity"\r\n"Grade 9 only'),
        whole=NO_COLUMN,
    ),
    case(
        "all students",
        of_all(f"{HARTFORD},1000,801,80.1"),
        "graduation-4yr 0640011 all-students 2026 80.1 801/1000 final",
    ),
    case(
        "one district in the heading",
        of_all(f"{HARTFORD},1000,801,80.1", scope="Hartford School District, All Students"),
        "graduation-4yr 0640011 all-students 2026 80.1 801/1000 final",
    ),
    case(
        "the year column of one year and the heading of another",
        '"Four-Year Graduation Rates, 2018-19"\n\nDistrict,fiscal_year,cohort_count,graduation_count,graduation_rate\n'
        "Hartford School District,2026,1000,801,80.1\n",
        whole="looks like a file of",
    ),
]


@pytest.mark.parametrize("one", [*COLUMNS, *HEADINGS], ids=str)
def test_an_export_is_read_by_its_own_words_or_refused_with_the_reason(one, admin_user, monkeypatch):
    check(one, admin_user, monkeypatch)
