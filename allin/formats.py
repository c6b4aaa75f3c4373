"""The file formats of every list in the staff area: nothing in them can run when a spreadsheet opens them."""

import re
from typing import Any

from import_export.formats import base_formats
from tablib import Dataset

# A cell that starts with one of these is a formula to a spreadsheet program, whoever typed it. What has a ’ before it
# already gets one more, so that the one that is taken away when the file comes back in is ours.
FORMULA_STARTS = re.compile(r"'*[=+\-@\t\r\n]")


def neutral(cell: Any) -> Any:
    """The cell as text that no program computes. import-export's own switch takes away one leading “=” and no more."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA_STARTS.match(cell) else cell


def neutralized(dataset: Dataset) -> Dataset:
    return Dataset(*([neutral(cell) for cell in row] for row in dataset), headers=dataset.headers, title=dataset.title)


class CSV(base_formats.CSV):
    def export_data(self, dataset: Dataset, **kwargs: Any) -> Any:
        return super().export_data(neutralized(dataset), **kwargs)


class XLSX(base_formats.XLSX):
    def export_data(self, dataset: Dataset, **kwargs: Any) -> Any:
        return super().export_data(neutralized(dataset), **kwargs)
