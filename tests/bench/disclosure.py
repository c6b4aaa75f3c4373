"""What the disclosure rule costs, and whether a reader gets through it, over as many invented tables as one likes.

    .venv/bin/python tests/bench/disclosure.py 2000 1     # 2,000 tables of one release each
    .venv/bin/python tests/bench/disclosure.py 700 3      # 700 tables of three releases

Prints tables that a reader could narrow, the share of harmless figures lost, and seconds a decision.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allin.settings")

import django

django.setup()

from metrics.calc.disclosure import audit, decide
from metrics.publishing.solver import Highs
from tests.publishing import test_disclosure_attack as attack


def main(tables: int, releases: int) -> None:
    seconds: list[float] = []

    def timed(*arguments: object, **options: object) -> object:
        begun = time.perf_counter()
        made = decide(*arguments, **options)
        seconds.append(time.perf_counter() - begun)
        return made

    vars(attack)["decide"] = timed
    told, narrowed, lost = 0, 0, list[float]()
    for seed in range(tables):
        story = attack.Story.of(seed, releases)
        told += bool(story.given_away())
        narrowed += bool(audit(story.releases, solver=Highs)[1])
        lost += story.lost
    print(f"{tables} tables of {releases} release(s): a reader narrows {told}, the auditor finds {narrowed}")
    print(f"harmless figures lost: median {statistics.median(lost):.0%}, mean {statistics.mean(lost):.0%}")
    print(f"a decision: median {statistics.median(seconds):.3f} s, longest {max(seconds):.2f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
