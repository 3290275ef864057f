"""A small code to be read: two sections of which one changed, will change, varies for a time and may change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.core.classification import Class
from secretariat.legaltext.models import PENDING, Document, Draft, DraftEdit
from secretariat.legaltext.text import Clause, Edit
from secretariat.plain.dates import LONDON
from tests.legaltext.factories import NOON, section, version

TODAY = date(2020, 3, 5)
CLOCK = datetime(2020, 3, 5, 12, tzinfo=LONDON).isoformat()
FIRST, SECOND, LATER = date(2018, 2, 22), date(2019, 6, 27), date(2020, 6, 25)
BEFORE, BETWEEN, AFTER = date(2017, 1, 1), date(2018, 12, 24), date(2020, 7, 1)
NOTIFY = (
    "The DCC shall notify the Panel of each Outage within {} Working Days after the Outage, as Section H3.2(a) says."
)


def made(uid: str, place: str, body: str = "", **more: str) -> Clause:
    """A clause; a number and a parent as told."""
    told = {"parent": "", "kind": "clause", "number": "", "heading": "", **more}
    return Clause(uid=uid, place=place, body=body, **told)


PART = made("h3", "c", number="H3", kind="part", heading="Outages")
TELL = made("tell", "c", NOTIFY.format(10), number="H3.1", parent="h3", heading="Telling of outages")
LIST = made("list", "f", "Each User shall:", number="H3.2", parent="h3")
ITEM = made("item", "c", "keep a log; and", number="(a)", parent="list")
GONE = made("gone", "m", "This is **bold** & an <old> clause.", number="H4")
TABLE = made("table", "p", "| Step | Who |\n|---|---|\n| 1 | the DCC |", kind="table", heading="Steps")
SHORTER = made("tell", "c", NOTIFY.format(8), number="H3.1", parent="h3", heading="Telling of outages")
LONGER = made("tell", "c", NOTIFY.format(12), number="H3.1", parent="h3", heading="Telling of outages")


def meant(term: str, place: str, body: str) -> Clause:
    """A definition."""
    return made(term.lower().replace(" ", "-"), place, f"**{term}** {body}", kind="definition", heading=term)


TERMS = (
    meant("DCC", "c", "means the licensed body."), meant("Outage", "f", "means that the DCC does not answer."),
    meant("Panel", "i", "means the governing body."), meant("User", "m", "means who uses Section H."),
    meant("Working Day", "p", "means a day of work."),
)  # fmt: skip


def put(*clauses: Clause) -> list[Edit]:
    """Edits that put clauses in."""
    return [Edit(None, one) for one in clauses]


def code() -> Document:
    """Section H and Section A; returns Section H.

    From 2018 with H3.1 of 10 Working Days and an H4; from 2019 without H4; from June 2020 with 8 Working Days.
    """
    general = section("A", title="Definitions", position=1)
    services = section("H", title="DCC Services", position=8)
    version(general, "1.0", FIRST, put(*TERMS))
    version(services, "1.0", FIRST, put(PART, TELL, LIST, ITEM, GONE, TABLE), note="First of all.")
    version(services, "2.0", SECOND, [Edit(GONE, None)])
    version(services, "3.0", LATER, [Edit(TELL, SHORTER)])
    return services


def draft(of: Document, edit: Edit | None = None, title: str = "More time to tell", **more: Any) -> Draft:
    """A pending draft of one step: to tell within 12 Working Days."""
    told = {"classification": Class.WHITE, "state": PENDING, **more}
    found: Draft = Draft.objects.create(document=of, title=title, recorded=NOON, **told)
    DraftEdit.of(found, edit or Edit(TELL, LONGER), 1, recorded=NOON).save()
    return found
