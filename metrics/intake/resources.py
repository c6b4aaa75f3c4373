"""What staff take out of the lists: the columns of the tidy layout, so that an export can come back in."""

from import_export import fields, resources

from metrics.models import Observation, PublishedCell

from .layouts import TIDY

#: Column order of every file of figures.
COLUMNS = ("indicator", "place", "group", "period", "value", "numerator", "denominator", "status", "source", "note")


class ObservationResource(resources.ModelResource):
    """Observations in the tidy layout."""

    indicator = fields.Field("indicator__slug", "indicator")
    place = fields.Field("place__code", "place")
    group = fields.Field("group__slug", "group")
    source = fields.Field("source__slug", "source")

    class Meta:
        model = Observation
        name = TIDY.name
        fields = COLUMNS
        export_order = COLUMNS


class PublishedCellResource(resources.ModelResource):
    """Published figures in the tidy layout, with the releases they were shown in."""

    class Meta:
        model = PublishedCell
        fields = (*COLUMNS, "reason", "first_release", "last_release")
        export_order = fields
