"""What programs reach: the steps on the way from high school through college."""

from enum import StrEnum


class WayStep(StrEnum):
    """The steps on a young person's way that a program may serve, in their order."""

    HIGH_SCHOOL = "high_school"
    APPLYING = "applying"
    SUMMER = "summer"
    FIRST_YEAR = "first_year"
    COMPLETING = "completing"
    CAREER = "career"
