"""What a journey knows of the running board."""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Site:
    """A running board: its address and the demo accounts (user name → password)."""

    url: str
    accounts: dict[str, str]


def wait_for(url: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The board did not answer at {url} within 30 seconds.")
