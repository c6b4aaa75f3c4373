"""What a large file costs on its way in: rows a second and memory, beside django-import-export's own way, in one run.

`make bench` runs it on SQLite and on PostgreSQL. It makes a database of its own and leaves nothing behind.
"""

import argparse
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path
from typing import IO, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allin.settings")

import django

django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from import_export import fields, resources, widgets
from tablib import Dataset

from metrics.intake import actions
from metrics.models import Group, Indicator, Observation, Place, Source

HEADER = "indicator,place,group,period,value,numerator,denominator,status,source,note"
YEARS = range(1990, 2027)
#: Rows that the library's own way is asked to import: at a few hundred a second more would take the whole day.
FEW = 1000


def rows(number: int) -> Iterator[str]:
    """So many different figures, each with counts that agree with its rate."""
    indicators = Indicator.objects.filter(unit="percent", year_axis__in=["class", "school"]).order_by("slug")
    places = Place.objects.filter(kind="district").order_by("code")
    groups = Group.objects.order_by("slug")
    keys = product(
        indicators.values_list("slug", "source__slug"),
        places.values_list("code", flat=True),
        groups.values_list("slug", flat=True),
        YEARS,
    )
    for at, ((slug, source), place, group, year) in enumerate(islice(keys, number)):
        above, below = 100 + at % 400, 500
        yield f"{slug},{place},{group},{year},{above / 5:.1f},{above},{below},final,{source},"


def file_of(number: int) -> bytes:
    return "\n".join([HEADER, *rows(number)]).encode()


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = act()
    return time.perf_counter() - began, done


class Library(resources.ModelResource):
    """The same table as django-import-export imports it by default: row by row, names found by foreign-key widgets."""

    indicator = fields.Field("indicator", "indicator", widgets.ForeignKeyWidget(Indicator, "slug"))
    place = fields.Field("place", "place", widgets.ForeignKeyWidget(Place, "code"))
    group = fields.Field("group", "group", widgets.ForeignKeyWidget(Group, "slug"))
    source = fields.Field("source", "source", widgets.ForeignKeyWidget(Source, "slug"))

    class Meta:
        model = Observation
        fields = (
            "indicator",
            "place",
            "group",
            "period",
            "value",
            "numerator",
            "denominator",
            "status",
            "source",
            "note",
        )
        import_id_fields = ("indicator", "place", "group", "period")

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        instance.recorded_by_id, instance.recorded_at = self.by, self.when


def library(data: bytes, by: User) -> float:
    from django.utils import timezone

    table = Dataset().load(data.decode(), format="csv")
    resource_ = Library()
    resource_.by, resource_.when = by.pk, timezone.now()
    seconds, result = timed(lambda: resource_.import_data(table, raise_errors=True))
    assert result.totals["new"] == len(table), result.totals
    Observation.objects.all()._raw_delete("default")
    return seconds


class Memory(threading.Thread):
    """The most that this process and the one that reads for it held at a time, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.own = self.child = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.05):
            self.own = max(self.own, held("self"))
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
            self.child = max([self.child, *map(held, children)])


def held(process: str) -> int:
    """Its memory at this moment, in MB; 0 when it has just ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) // 1024 if found else 0


def ours(number: int, by: User) -> dict[str, float]:
    memory = Memory()
    with tempfile.TemporaryFile() as file:
        file.writelines(f"{line}\n".encode() for line in [HEADER, *rows(number)])
        memory.start()
        read, received = timed(lambda: actions.receive(name="bench.csv", data=from_start(file), by=by))
        assert received.batch.problems.count() == 0, received.batch.problems.first()
        taken, made = timed(lambda: actions.accept(batch=received.batch, by=by))
        assert made == number
        again, known = timed(lambda: actions.receive(name="again.csv", data=from_start(file), by=by))
        assert known.known
        memory.over.set()
        memory.join()
    return {"receive": read, "accept": taken, "again": again, "own": memory.own, "child": memory.child}


def from_start(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    sizes = parser.parse_args().sizes
    call_command("migrate", verbosity=0)
    call_command("seed", "fixtures/definitions", verbosity=0)
    by = User.objects.create_user("bench")
    slow = library(file_of(FEW), by) / FEW
    print(f"{connection.vendor}: django-import-export, its own way: {1 / slow:,.0f} rows/s ({FEW:,} rows)")
    print("      rows  receive s  accept s   both s   rows/s  times  again s    MB  + MB")
    for size in sizes:
        cost = ours(size, by)
        both = cost["receive"] + cost["accept"]
        print(
            f"{size:>10,}{cost['receive']:>11.2f}{cost['accept']:>10.2f}{both:>9.2f}{size / both:>9,.0f}"
            f"{slow / (both / size):>7.0f}{cost['again']:>9.2f}{cost['own']:>6}{cost['child']:>6}"
        )
        with CaptureQueriesContext(connection):
            for table in ("stagedrow", "problem", "batch", "observation", "sourcefile"):
                with connection.cursor() as cursor:
                    cursor.execute(f"DELETE FROM metrics_{table}")


if __name__ == "__main__":
    main()
