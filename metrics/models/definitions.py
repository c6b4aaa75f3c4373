"""What is measured, for whom and where."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from metrics.calc import cells

from .managers import NaturalKeyManager

#: What the board's pages are about. These rows are always there; their codes cannot be changed.
ALL_STUDENTS = "all-students"
HARTFORD = "0640011"
CONNECTICUT = "00000CT"
REST_OF_STATE = "00000CT-0640011"
#: The stages that programs report, in their order. `metrics.intake.layouts.stages` says what each of them counts.
PROGRAM_STAGES = ("program-served", "program-accepted", "program-enrolled", "program-persisted", "program-completed")


class Dimension(models.Model):
    """A way to break a figure down: race and ethnicity, gender, English learner …"""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80, help_text=_("Shown above the groups on the goal pages."))
    name_es = models.CharField(_("name, in Spanish"), max_length=80, blank=True, help_text=_("Public."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = NaturalKeyManager("slug")

    class Meta:
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Group(models.Model):
    """A group of students within one breakdown."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True, help_text=_("Used in files. Do not rename."))
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="groups", verbose_name=_("breakdown"))
    name = models.CharField(_("name"), max_length=120, help_text=_("Public. Use the source's own name, in full."))
    name_es = models.CharField(_("name, in Spanish"), max_length=120, blank=True, help_text=_("Public."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = NaturalKeyManager("slug")

    class Meta:
        verbose_name = _("student group")
        verbose_name_plural = _("student groups")
        ordering = ["dimension__position", "position", "slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class GroupAlias(models.Model):
    """Another spelling of a group, as a file prints it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="aliases", verbose_name=_("student group"))
    spelling = models.CharField(_("spelling in files"), max_length=120, unique=True)

    objects = NaturalKeyManager("spelling")

    class Meta:
        verbose_name = _("spelling of a student group")
        verbose_name_plural = _("spellings of student groups")
        ordering = ["spelling"]

    def __str__(self) -> str:
        return self.spelling

    def natural_key(self) -> tuple[str]:
        return (self.spelling,)


class Place(models.Model):
    """A district, a school, the state, the state without Hartford, or a program. Files are joined on codes."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("district")
        SCHOOL = "school", _("school")
        STATE = "state", _("state")
        STATE_WITHOUT_HARTFORD = "state_without_hartford", _("state without Hartford")
        PROGRAM = "program", _("program of a provider")

    code = models.CharField(_("code"), max_length=20, unique=True, help_text=_("The state's own code. Do not change."))
    name = models.CharField(_("name"), max_length=120, help_text=_("Public."))
    name_es = models.CharField(
        _("name, in Spanish"),
        max_length=120,
        blank=True,
        help_text=_("Public. Leave empty where it is a proper name, which stays as it is."),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    district = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="schools",
        verbose_name=_("district of the school"),
        help_text=_("Of a school: files that give no code name it together with its district."),
    )

    objects = NaturalKeyManager("code")

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class PlaceAlias(models.Model):
    """Another spelling or code of a place, as a file prints it."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="aliases", verbose_name=_("place"))
    spelling = models.CharField(_("spelling in files"), max_length=160, unique=True)

    objects = NaturalKeyManager("spelling")

    class Meta:
        verbose_name = _("spelling of a place")
        verbose_name_plural = _("spellings of places")
        ordering = ["spelling"]

    def __str__(self) -> str:
        return self.spelling

    def natural_key(self) -> tuple[str]:
        return (self.spelling,)


class Indicator(models.Model):
    """One definition of one figure. A different denominator is a different indicator."""

    class Unit(models.TextChoices):
        PERCENT = cells.Unit.PERCENT.value, _("percent")
        DOLLARS = cells.Unit.DOLLARS.value, _("dollars")
        STUDENTS = cells.Unit.STUDENTS.value, _("students")

    class YearAxis(models.TextChoices):
        CLASS = cells.YearAxis.CLASS.value, _("graduating class")
        SCHOOL = cells.YearAxis.SCHOOL.value, _("school year")
        REPORT = cells.YearAxis.REPORT.value, _("year of the report")

    class Theme(models.TextChoices):
        GRADUATION = cells.Theme.GRADUATION.value, _("finishing high school")
        COLLEGE = cells.Theme.COLLEGE.value, _("college: readiness, enrollment, degrees")
        ACHIEVEMENT = cells.Theme.ACHIEVEMENT.value, _("student achievement")
        ATTENDANCE = cells.Theme.ATTENDANCE.value, _("attendance and discipline")
        STUDENTS = cells.Theme.STUDENTS.value, _("who the students are")
        SPENDING = cells.Theme.SPENDING.value, _("spending")

    slug = models.SlugField(_("short name"), max_length=60, unique=True, help_text=_("Used in files. Do not rename."))
    name = models.CharField(_("name"), max_length=120, help_text=_("Public."))
    name_es = models.CharField(_("name, in Spanish"), max_length=140, blank=True, help_text=_("Public."))
    theme = models.CharField(
        _("theme"),
        max_length=20,
        choices=Theme,
        blank=True,
        help_text=_("Under which head it stands among the indicators. Empty: under “Other”."),
    )
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    decimals = models.PositiveSmallIntegerField(
        _("decimals"), validators=[MaxValueValidator(4)], help_text=_("As many as the publisher prints.")
    )
    higher_is_better = models.BooleanField(
        _("higher is better"), null=True, blank=True, help_text=_("Unknown: neither is better.")
    )
    numerator = models.TextField(_("numerator, in words"), max_length=300, help_text=_("Public: who is counted."))
    numerator_es = models.TextField(
        _("numerator, in Spanish"), max_length=400, blank=True, help_text=_("Public: who is counted.")
    )
    denominator = models.TextField(_("denominator, in words"), max_length=300, help_text=_("Public: out of whom."))
    denominator_es = models.TextField(
        _("denominator, in Spanish"), max_length=400, blank=True, help_text=_("Public: out of whom.")
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_(
            "The share of the same students that comes before this one: who stayed in college is part of who came. "
            "A figure above the one of that share is refused."
        ),
    )
    year_axis = models.CharField(_("the year means"), max_length=10, choices=YearAxis)
    source = models.ForeignKey("Source", models.PROTECT, related_name="indicators", verbose_name=_("source"))
    frequency = models.CharField(_("how often it appears"), max_length=80, blank=True)
    lag_months = models.PositiveSmallIntegerField(
        _("normal lag in months"),
        null=True,
        blank=True,
        help_text=_("From the end of the year a figure is about to its publication."),
    )
    limits = models.TextField(_("known limits"), blank=True, help_text=_("Public."))
    limits_es = models.TextField(_("known limits, in Spanish"), blank=True, help_text=_("Public."))

    objects = NaturalKeyManager("slug")

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A part and its whole are shares of the same students in the same year, and nothing is a part of itself."""
        whole, seen = self.part_of, {self.slug}
        if whole and {self.unit, whole.unit} != {self.Unit.PERCENT}:
            raise ValidationError({"part_of": _("Only a share can be part of another share.")})
        if whole and whole.year_axis != self.year_axis:
            raise ValidationError({"part_of": _("The years of the two mean different things.")})
        while whole:
            if whole.slug in seen:
                raise ValidationError({"part_of": _("An indicator cannot be part of itself.")})
            seen.add(whole.slug)
            whole = whole.part_of

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
