"""The colours of the board, by token; the one place in Python that knows them. static/css/base.css holds the same.

ink text and promises · ink2 secondary text and the path · rep reported · ground before the start · miss, misst what is
missing (mark, text) · void what is unknown · edge, hair lines · paper, wash grounds
"""

from collections.abc import Mapping
from types import MappingProxyType

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#ffffff",
        "wash": "#eef2f7",
        "ink": "#141b26",
        "ink2": "#485364",
        "edge": "#727e90",
        "hair": "#d5dce6",
        "rep": "#1d439b",
        "ground": "#bccbe9",
        "miss": "#d1511a",
        "misst": "#ab3a0b",
        "void": "#737d8b",
    }
)
DARK: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#0f141c",
        "wash": "#18202b",
        "ink": "#eef2f7",
        "ink2": "#b2bdcb",
        "edge": "#7b8797",
        "hair": "#2c3745",
        "rep": "#8db2ff",
        "ground": "#2f4677",
        "miss": "#ff8d52",
        "misst": "#ffa675",
        "void": "#8a95a4",
    }
)
PRINT: Mapping[str, str] = MappingProxyType(
    {**LIGHT, "wash": "#ffffff", "ink": "#000000", "ink2": "#3a4350", "edge": "#6a7585", "hair": "#c4ccd8"}
)

#: Fonts for pictures that cannot load the page's own.
SANS = "Public Sans, system-ui, Segoe UI, Roboto, sans-serif"
