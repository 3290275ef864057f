"""`python -m benchmarks.proof [--quick] [--misses FILE]`: how well the paper checker finds what was put in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.proof.course import PAGE, measure
from benchmarks.proof.table import told


def main(arguments: list[str]) -> int:
    """Measures, prints the table and writes it to the docs; a quick or partial run only prints. Returns 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.proof", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few papers, Markdown and text only; nothing is written")
    parser.add_argument("--papers", type=int, default=0, help="how many seeds a shape and form; nothing is written")
    parser.add_argument("--forms", default="", help="Markdown,HTML,Word,PDF,text; nothing is written")
    parser.add_argument("--misses", type=Path, help="write every fault missed and every false alarm to this file")
    asked = parser.parse_args(arguments)
    forms = tuple(asked.forms.split(",")) if asked.forms else ()
    tally = measure(quick=asked.quick, seeds=asked.papers, forms=forms)
    page = told(tally)
    print(page)
    if asked.misses:
        asked.misses.write_text(
            "\n".join(["# Missed", *tally.missed, "", "# False", *tally.false, "", "# Unreadable", *tally.unreadable])
            + "\n"
        )
    if not (asked.quick or asked.papers or forms):
        PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
