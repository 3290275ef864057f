"""The meetings of the sample: those that documents tell of, and planned ones, invented save the Panel's of March."""

from __future__ import annotations

from collections.abc import Iterator

from secretariat.plain.dates import local_day
from secretariat.site.sample.crew import RECORDED, Crew
from secretariat.site.sample.facts import Row, facts

COLUMNS = ("body", "date", "number", "extraordinary", "reference", "published", "note", "invented")
HELD = (("TABASC", "2020-03-03", 50, "1", "yes"),)
"""An invented extraordinary meeting, of which minutes are taken."""
EVENTS = ("SEC Party Engagement Day",)
"""Told with the meetings, but no body met."""

PLANNED = (
    ("SECP", "2020-03-13", 78, "no"),
    ("OPSG", "2020-03-10", 30, "yes"),
    ("SSC", "2020-03-11", 96, "yes"),
    ("SECCO", "2020-03-13", "", "yes"),
    ("SMDG", "2020-03-12", "", "yes"),
    ("TAG", "2020-03-18", "", "yes"),
    ("SECPMA", "2020-03-24", 67, "yes"),
    ("SSC", "2020-03-25", 97, "yes"),
    ("SECCB", "2020-03-25", 40, "yes"),
    ("CSC", "2020-03-31", 13, "yes"),
    ("TABASC", "2020-04-02", 51, "yes"),
    ("SECP", "2020-04-17", 79, "yes"),
    ("SECCO", "2020-04-17", "", "yes"),
)
"""Body, day, number, whether invented."""


def enter(crew: Crew) -> None:
    """Loads the meetings of the past, with what was published of each, and those to come."""
    planned = ((body, day, number, 0, "", "", "", made_up) for body, day, number, made_up in PLANNED)
    held = ((body, day, number, extra, "", "", "", made_up) for body, day, number, extra, made_up in HELD)
    crew.load("meetings", "committee.secretary", COLUMNS, [*_told(), *held, *planned])


def _told() -> Iterator[tuple[object, ...]]:
    today = local_day(RECORDED).isoformat()
    for row in facts("meetings"):
        if len(row["date"]) == len(today) and row["date"] <= today and row["body"] not in EVENTS:
            published, note = row["published"], row["about"]
            reference = row["reference"]
            yield row["body"], row["date"], row["number"], _extraordinary(row), reference, published, note, "no"


def _extraordinary(row: Row) -> str:
    """One without a reference is told only in words; a reference says it itself."""
    return "1" if row["note"].startswith("extraordinary") and not row["reference"] else ""
