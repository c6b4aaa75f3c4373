"""The families of files that the state and its data collaborative publish."""

from .declared import GROUPS, YEAR, Family, Measure, gettext_noop

#: The source of what trend reports repeat: rates without counts, of years that have reports of their own.
TRENDS = "edsight-trends"

DISTRICT = {"district": "district|organization|districtname", "code": "districtcode|organizationcode"}
SCHOOL = {"school": "school|schoolname", "school code": "schoolcode"}
GROUPED = {"group": GROUPS}


def _graduation(years: str, number: int) -> Family:
    """One of the state's graduation reports: its “grad” and “nongrad” files, by district or school, and its trends."""
    cohort = f"{years}yearcohortcount"
    measures = [
        Measure(
            f"graduation-{number}yr",
            value=rf"(?:graduates>)?graduationrate|{years}yeargraduationratebyyear>{YEAR}",
            numerator="(?:graduates>)?graduationcount",
            denominator=cohort,
        ),
        Measure(
            f"still-enrolled-{number}yr",
            value="(?:nongraduates>)?stillenrolledrate",
            numerator="(?:nongraduates>)?stillenrolledcount",
            denominator=cohort,
        ),
        Measure(
            f"other-leavers-{number}yr",
            value="(?:nongraduates>)?otherrate",
            numerator="(?:nongraduates>)?othercount",
            denominator=cohort,
        ),
    ]
    return Family(
        f"edsight-graduation-{number}yr",
        f"EdSight, {years}-year graduation rates",
        "edsight-graduation-4yr" if number == 4 else "edsight-graduation-5-6yr",
        keys={**DISTRICT, **SCHOOL, **GROUPED},
        heading=f"{years}yeargraduationrates?",
        scopes="nongraduates|graduates",
        measures=tuple(measures),
        trends=TRENDS,
    )


#: In all 1,091 cells where it makes a difference, of districts, schools and the state, groups and years, this report
#: has the figures of one heading under the other; the yearly reports and their counts show it.
NON_GRADUATES_TREND = Family(
    "edsight-non-graduates-trend",
    "EdSight, four-year rates of those who did not graduate, over the years",
    TRENDS,
    keys={**DISTRICT, **SCHOOL, **GROUPED},
    heading="fouryeargraduationrates?",
    scopes="nongraduates|graduates",
    measures=(
        Measure("still-enrolled-4yr", rf"fouryearotherratebyyear>{YEAR}"),
        Measure("other-leavers-4yr", rf"fouryearstillenrolledratebyyear>{YEAR}"),
    ),
    fault=gettext_noop(
        "The state’s trend report of non-graduates has its two headings exchanged: the figures under “Still Enrolled” "
        "are those of “Other”, and the other way round. Send its yearly reports; they also have the counts."
    ),
)


GRADUATION_2020 = Family(
    "edsight-graduation-page",
    "EdSight, four-year graduation rates, as read from its page",
    "edsight-graduation-4yr-2020-2025",
    keys={**DISTRICT, "year": "fiscalyear"},
    needs=("district", "year"),
    measures=(Measure("graduation-4yr", "graduationrate", "graduationcount", "cohortcount"),),
    echo=True,
)

COLLEGE = Family(
    "edsight-college-entrance",
    "EdSight, college entrance and persistence",
    "edsight-college-entrance",
    keys={**DISTRICT, **SCHOOL, **GROUPED},
    heading="collegeentranceandpersistence",
    measures=(
        Measure("college-entrance", rf"(?:{YEAR}>)?entrancepercent"),
        Measure("college-persistence", rf"(?:{YEAR}>)?persistencepercent"),
    ),
    trends=TRENDS,
)

ABSENCE = Family(
    "edsight-chronic-absence",
    "EdSight, chronic absenteeism",
    "edsight-chronic-absence",
    keys={**DISTRICT, **SCHOOL, **GROUPED},
    heading="chronicabsenteeism",
    measures=(
        Measure(
            "chronic-absence",
            rf"(?:{YEAR}>)?(?:percentchronicallyabsent|chronicallyabsent>percent|chronicallyabsentpercent)",
            numerator="(?:chronicallyabsent>)?studentcount",
        ),
    ),
)

SUSPENSION = Family(
    "edsight-suspension",
    "EdSight, suspension rates",
    "edsight-suspension",
    keys={**DISTRICT, **GROUPED},
    needs=("district", "code"),
    heading="(?:suspensionrates?)?",  # the files that were found have none
    measures=(Measure("suspension", rf"(?:{YEAR}>)?percent", numerator=rf"(?:{YEAR}>)?count"),),
    trends=TRENDS,
)

_SPENDING = {
    "spending-instruction": "instructionalstaffandservices",
    "spending-supplies": "instructionalsuppliesandequipment",
    "spending-media": "instructionandeducationalmediaservices",
    "spending-student-support": "studentsupportservices",
    "spending-administration": "administrationandsupportservices",
    "spending-plant": "plantoperationandm(?:anagement|aintenance)",
    "spending-transportation": "transportation",
    "spending-other": "other",
    "spending-per-pupil": "totalexpenditures|total",
}

SPENDING = Family(
    "edsight-spending",
    "EdSight, spending per pupil",
    "edsight-spending",
    keys={"district": "type|district"},
    heading="perpupilexpenditures",
    measures=tuple(Measure(indicator, function) for indicator, function in _SPENDING.items()),
)

SPENDING_TREND = Family(
    "edsight-spending-trend",
    "EdSight, spending per pupil over the years",
    TRENDS,
    keys={"district": "district", "by": "type"},
    needs=("district", "by"),
    heading="perpupilexpenditures",
    fill_down=("district",),
    measures=tuple(Measure(indicator, f"year>{YEAR}", when=function) for indicator, function in _SPENDING.items()),
)

_LEVELS = {
    "sbac-{}-level-1": "level1notmet",
    "sbac-{}-level-2": "level2approaching",
    "sbac-{}-level-3": "level3met",
    "sbac-{}-level-4": "level4exceeded",
    "sbac-{}": "level34metorexceeded",
}
_SUBJECTS = {"ela": "ela|englishlanguagearts", "math": "math|mathematics"}

SMARTER_BALANCED = Family(
    "edsight-smarter-balanced",
    "EdSight, Smarter Balanced assessments",
    "edsight-smarter-balanced",
    keys={**DISTRICT, **SCHOOL, **GROUPED, "by": "subject"},
    needs=("district", "by"),
    heading="smarterbalancedassessments?",
    scopes="elaandmath|ela|math|allgradescombined",
    measures=(
        *(
            Measure(
                indicator.format(subject),
                f"{level}>percent",
                numerator=f"{level}>{level}count",
                denominator="totalnumberwithscoredtests",
                when=name,
            )
            for subject, name in _SUBJECTS.items()
            for indicator, level in _LEVELS.items()
        ),
        *(
            Measure(
                f"sbac-{subject}-participation",
                "smarterbalancedparticipationrate",
                numerator="totalnumbertested",
                denominator="totalnumberofstudents",
                when=name,
            )
            for subject, name in _SUBJECTS.items()
        ),
    ),
)

ENROLLMENT = Family(
    "edsight-enrollment",
    "EdSight, student counts by district",
    "edsight-enrollment",
    keys=DISTRICT,
    heading="studentcountsbydistrictand(?:year|race|raceethnicity|gender)",
    measures=(Measure("enrollment", "count|total|(?:race|gender)>(?P<group>.+)"),),
)

ENROLLMENT_STATE = Family(
    "edsight-enrollment-state",
    "EdSight, student counts of the state by grade",
    "edsight-enrollment",
    keys={"group": "grade"},
    needs=("group",),
    heading="studentcountsbygradeandgender",
    measures=(Measure("enrollment", "gender>(?P<group>.+)"),),
)

ENROLLMENT_PAGE = Family(
    "edsight-enrollment-page",
    "EdSight, student counts as its page exports them",
    "edsight-enrollment",
    keys={**DISTRICT, **SCHOOL, **GROUPED, "year": "schoolyear"},
    needs=("district", "year"),
    measures=(Measure("enrollment", "studentcount"),),
)

CTDATA_GRADUATION = Family(
    "ctdata-graduation",
    "CTData, four-year graduation rates",
    "ctdata-graduation-4yr",
    keys={
        **DISTRICT, **GROUPED, "year": "year", "variable": "variable", "unit": "measuretype", "value": "value",
    },
    needs=("district", "year", "variable", "unit", "value"),
    ignored="fips",
    measures=(
        Measure(
            "graduation-4yr",
            "fouryeargraduationrate>percent",
            "fouryeargraduationcount>number",
            "totalcohortcount>number",
        ),
        Measure(
            "still-enrolled-4yr",
            "stillenrolledafterfouryearsrate>percent",
            "stillenrolledafterfouryearscount>number",
            "totalcohortcount>number",
        ),
        Measure("other-leavers-4yr", "otherrate>percent", "othercount>number", "totalcohortcount>number"),
    ),
)  # fmt: skip

CTDATA_ABSENCE = Family(
    "ctdata-chronic-absence",
    "CTData, chronic absenteeism",
    "ctdata-chronic-absence",
    keys=CTDATA_GRADUATION.keys,
    needs=CTDATA_GRADUATION.needs,
    ignored="fips",
    measures=(
        Measure("chronic-absence", "chronicallyabsentstudents>percent", "chronicallyabsentstudents>number"),
    ),
)  # fmt: skip

ATTENDANCE = Family(
    "ctopendata-attendance",
    "data.ct.gov, school attendance by student group",
    "ctopendata-attendance",
    keys={**DISTRICT, "group": "studentgroup"},
    needs=("district", "code", "group"),
    ignored=rf"category|updatedate|{YEAR}studentcount(?:yeartodate)?|reportingperiod",
    measures=(
        Measure("attendance", rf"{YEAR}attendancerate(?P<provisional>yeartodate)?", fraction=True),
    ),
    note="Year to date[, as reported in {reportingperiod}].",
)  # fmt: skip

FAMILIES = (
    _graduation("four", 4),
    _graduation("five", 5),
    _graduation("six", 6),
    NON_GRADUATES_TREND,
    GRADUATION_2020,
    COLLEGE,
    ABSENCE,
    SUSPENSION,
    SPENDING,
    SPENDING_TREND,
    SMARTER_BALANCED,
    ENROLLMENT,
    ENROLLMENT_STATE,
    ENROLLMENT_PAGE,
    CTDATA_GRADUATION,
    CTDATA_ABSENCE,
    ATTENDANCE,
)
