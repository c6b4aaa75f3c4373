"""Makes the files that a page needs and this repository does not hold: the two typefaces, cut to the letters of English
and Spanish, and the style sheet that plotly.js would otherwise inject against our security policy (`make assets`).
"""

import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allin.settings")

from django.conf import settings

from allin.assets import plotly_bundle

LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "áéíóúüñÁÉÍÓÚÜÑ¿¡ªº“”‘’–—…×÷−±√·•«»§¶%‰°©®½¼¾€′″\u00a0\u00ad\u202f"
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum", "lnum"]

# Package, its file, the weights kept (one number: fixed; two: the range a page may use), the name it is served by.
FACES: list[tuple[str, str, float | tuple[float, float], str]] = [
    ("fontpkg_public_sans", "PublicSans[wght].ttf", (400, 700), "public-sans"),
    ("fontpkg_domine", "Domine[wght].ttf", 600, "domine"),
]


# The same faces for print: package, file, weight, name.
PRINT: list[tuple[str, str, float, str]] = [
    ("fontpkg_public_sans", "PublicSans[wght].ttf", 400, "PublicSans"),
    ("fontpkg_public_sans", "PublicSans[wght].ttf", 700, "PublicSans"),
    ("fontpkg_domine", "Domine[wght].ttf", 600, "Domine"),
]


def build_face(package: str, file: str, weight: float | tuple[float, float], name: str, folder: Path) -> None:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {package} is not installed; run make run or make test, which install it.")
    source = Path(spec.origin).parent
    # Timestamps stay as they are: the same input gives the same bytes, and so the same hashed name.
    font = instantiateVariableFont(TTFont(source / "files" / file, recalcTimestamp=False), {"wght": weight})
    options = Options(layout_features=FEATURES, flavor="woff2", name_IDs=[0, 1, 2, 13, 14], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(folder / f"{name}.woff2")
    (folder / f"{name}-LICENSE.txt").write_bytes((source / "LICENSE").read_bytes())


def build_print_face(package: str, file: str, weight: float, name: str, folder: Path) -> None:
    """One weight of a face as a file of its own: what sets cards and reports takes no variable fonts."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {package} is not installed; run make run or make test, which install it.")
    source = Path(spec.origin).parent / "files" / file
    font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weight})
    font["OS/2"].usWeightClass = int(weight)
    font.save(folder / f"{name}-{weight:g}.ttf")


def plotly_rules(script: str) -> list[tuple[str, str]]:
    """Selector and declarations of each rule that the bundle hands to addStyleRule, in the order of its style sheet."""
    table = re.search(r'\{("X,X div":.*?)\};for\(', script)
    if table is None:
        raise SystemExit("plotly.js no longer holds its style rules where they were; see static/build.py.")
    pair = re.compile(r"""(?:"([^"]*)"|(\w+)):(?:"([^"\\]*)"|'([^'\\]*)')(?:,|$)""")
    rules, position = [], 0
    while position < len(table[1]):
        rule = pair.match(table[1], position)
        if rule is None:
            raise SystemExit(f"A style rule of plotly.js cannot be read: {table[1][position : position + 60]}")
        selector = (rule[1] or rule[2]).replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")
        rules.append((selector, rule[3] or rule[4]))
        position = rule.end()
    # addStyleRule inserts each one above those before it, so the last of the table comes first in the sheet.
    return rules[::-1]


def build_plotly_css(folder: Path) -> None:
    rules = plotly_rules(plotly_bundle().read_text(encoding="utf-8"))
    lines = [f"{selector} {{ {declarations} }}" for selector, declarations in rules]
    head = (
        "/* The rules that plotly.js (MIT licence, Plotly, Inc.) injects, as a file, so that none need be injected. */"
    )
    (folder / "plotly.css").write_text("\n".join([head, *lines, ""]), encoding="utf-8")


def main() -> None:
    target = Path(settings.STATE_DIR) / "assets"
    fonts, vendor = target / "fonts", target / "vendor"
    for folder in (fonts, vendor):
        folder.mkdir(parents=True, exist_ok=True)
    for package, file, weight, name in FACES:
        build_face(package, file, weight, name, fonts)
    faces = Path(settings.STATE_DIR) / "faces"
    faces.mkdir(parents=True, exist_ok=True)
    for print_face in PRINT:
        build_print_face(*print_face, faces)
    build_plotly_css(vendor)
    for path in sorted(target.rglob("*.*")):
        print(f"{path.stat().st_size:>8,} bytes  {path.relative_to(target)}")


if __name__ == "__main__":
    main()
