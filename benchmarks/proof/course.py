"""The benchmark's course: clean papers of every shape in every form, then the same papers with faults."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Final

from benchmarks.proof.faults import INJECTORS
from benchmarks.proof.faults_between import BETWEEN
from benchmarks.proof.forms import FORMS
from benchmarks.proof.scoring import SEED, Tally, clean, faulty
from benchmarks.proof.shapes import MONTHLY, SHAPES
from benchmarks.proof.table import told

PAGE: Final = Path(__file__).parents[2] / "docs" / "proof-performance.md"
SEEDS: Final = {"Markdown": 5, "text": 5, "HTML": 3, "Word": 3, "PDF": 3}
A_PAPER: Final = 3
QUICK_SEEDS: Final = 2
QUICK_A_PAPER: Final = 6


def measure(*, quick: bool = False, seeds: int = 0, forms: tuple[str, ...] = (), first: int = SEED) -> Tally:
    """The tally of clean and faulty papers; every fault's rule is tried on every shape and seed that can have it."""
    tally = Tally()
    for form in forms or (("Markdown", "text") if quick else tuple(FORMS)):
        for shape in SHAPES:
            for seed in range(first, first + (seeds or (QUICK_SEEDS if quick else SEEDS[form]))):
                known = clean(shape, form, seed, tally)
                for rules in _together(shape, seed, QUICK_A_PAPER if quick else A_PAPER):
                    faulty(shape, form, seed, rules, known, tally)
    return tally


def run(*, quick: bool) -> None:
    """Prints the page that `measure` makes, and writes it to the docs unless the run is quick."""
    page = told(measure(quick=quick))
    print(page)
    if not quick:
        PAGE.write_text(page, encoding="utf-8")


def _together(shape: str, seed: int, many: int) -> list[list[str]]:
    """Every rule once, a few to a paper, in an order drawn from the seed."""
    rules = [*INJECTORS, *(BETWEEN if shape in MONTHLY else ())]
    Random(f"together {shape} {seed}").shuffle(rules)
    return [rules[at : at + many] for at in range(0, len(rules), many)]
