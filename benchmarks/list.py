"""The proposals list (50 of 5,000, signed out) and its JSON, against a raw `sqlite3` cursor and one f-string."""

from __future__ import annotations

import json
from functools import partial

from benchmarks.measure import paired, show
from benchmarks.volume import PROPOSALS, fill
from benchmarks.web import FLOOR, PATHS, SITE, fetch, how, line, loaded, served

GOALS = {"page": "1/10", "JSON": "1/14"}


def run(*, quick: bool) -> None:
    """Prints requests a second of floor and site, and the goal as a fraction of the floor."""
    fill()
    runs, seconds = (2, 2) if quick else (5, 5)
    sizes = ",".join(str(size) for size in sizes_of_site())
    with loaded(SITE) as site, loaded(FLOOR, SECRETARIAT_FLOOR_SIZES=sizes) as floor:
        pairs = {
            name: paired(partial(floor, path, seconds), partial(site, path, seconds), runs)
            for name, path in PATHS.items()
        }
    heads = (f"list of proposals, {how()}", "raw cursor and f-string", "site", "ratio", "goal")
    rows = ((*line(f"{name}, 50 of {PROPOSALS:,}", pair), GOALS[name]) for name, pair in pairs.items())
    show("The list of proposals, requests a second", heads, rows)


def sizes_of_site() -> list[int]:
    """The sizes of the site's page and JSON in bytes. Raises SystemExit when they do not hold fifty rows."""
    with served(SITE) as address:
        page, answer = (fetch(address + PATHS[name]) for name in ("page", "JSON"))
    known = json.loads(answer)
    if page.count(b"<tr>") != 51 or len(known["items"]) != 50 or known["count"] != PROPOSALS:
        raise SystemExit("The site does not list fifty proposals of all.")
    return [len(page), len(answer)]
