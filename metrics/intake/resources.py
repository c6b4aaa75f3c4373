"""What staff take out of the lists: the columns of the tidy layout, so that an export can come back in."""

from decimal import Decimal

from import_export import fields, resources

from metrics.calc.rates import plain, published
from metrics.models import Indicator, Observation, PublishedCell

from .layouts import TIDY

#: Column order of every file of figures.
COLUMNS = ("indicator", "place", "group", "period", "value", "numerator", "denominator", "status", "source", "note")


def as_printed(value: Decimal | None, indicator: Indicator) -> str:
    """The value with at least the decimals its publisher prints; a value that says more keeps all it says."""
    if value is None:
        return ""
    exact = plain(value)
    return str(exact if -int(exact.as_tuple().exponent) > indicator.decimals else published(value, indicator.decimals))


class ObservationResource(resources.ModelResource):
    """Observations in the tidy layout."""

    indicator = fields.Field("indicator__slug", "indicator")
    place = fields.Field("place__code", "place")
    group = fields.Field("group__slug", "group")
    source = fields.Field("source__slug", "source")

    def dehydrate_value(self, observation: Observation) -> str:
        return as_printed(observation.value, observation.indicator)

    class Meta:
        model = Observation
        name = TIDY.name
        fields = COLUMNS
        export_order = COLUMNS


class PublishedCellResource(resources.ModelResource):
    """Published figures in the tidy layout, with the releases they were shown in."""

    def dehydrate_value(self, cell: PublishedCell) -> str:
        return as_printed(cell.value, cell.observation.indicator)

    class Meta:
        model = PublishedCell
        fields = (*COLUMNS, "reason", "first_release", "last_release")
        export_order = fields
