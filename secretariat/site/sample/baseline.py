"""What was published before the sample's own records begin, the headings under which it was printed, and from when
records are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from secretariat.site.sample.crew import Crew
from secretariat.site.sample.facts import content, facts

RECORDED_FROM = "2020-02"
"""The first month that the sample's own records tell; what was printed of it is not loaded beside them."""

PUBLISHED = datetime(2020, 3, 6, 8, 0, tzinfo=UTC)
"""When the printed figures were taken in: on the day of the newest document that prints them."""

COLUMNS = ("publication", "title", "published_on", "figure", "month", "row", "value", "total", "note")
Number = tuple[str, str, str, str, str, str, str]
"""Document, figure, month, row, value, whether it is a total, note."""


def enter(crew: Crew) -> None:
    """Loads the schemes, what is kept, and every printed figure that the record does not count itself."""
    crew.load_file("schemes", "operations.lead", content("schemes"))
    crew.load_file("keeping", "operations.lead", content("keeping"))
    documents = {row["publication"]: row for row in facts("publications")}
    rows = [_row(documents[number[0]], number) for number in printed() if number[2] < RECORDED_FROM]
    crew.load("figures", "operations.lead", COLUMNS, rows, at=PUBLISHED)


def _row(document: dict[str, str], number: Number) -> tuple[str, ...]:
    return (document["publication"], document["title"], document["published_on"], *number[1:])


def printed() -> Iterator[Number]:
    """Every printed number of the facts that a figure can stand on."""
    yield from _party_statistics()
    yield from _parties()
    yield from _parts("helpdesk_emails", "helpdesk_emails", "category", "emails")
    yield from _helpdesk_totals()
    yield from _parts("days_by_driver", "effort_days", "driver", "days")
    for row in facts("effort_published_totals"):
        yield _total("days_by_driver", row, row["days_published_total"])
    for row in facts("website_statistics"):
        for name in ("visits", "page_views"):
            yield _part("website_statistics", row, name, row[name])
    yield from _counts()


def _part(figure: str, row: dict[str, str], name: str, value: str, note: str = "") -> Number:
    return row["source"].split(" ")[0], figure, row["month"], name, value, "no", note


def _total(figure: str, row: dict[str, str], value: str) -> Number:
    return row["source"], figure, row["month"], "Total", value, "yes", ""


def _parts(figure: str, file: str, name: str, value: str) -> Iterator[Number]:
    return (_part(figure, row, row[name], row[value]) for row in facts(file))


def _party_statistics() -> Iterator[Number]:
    notes = {(row["month"], row["row"]): row["note"] for row in facts("party_statistics_notes")}
    for row in facts("party_statistics"):
        for name in ("accessions", "in_default", "withdrawals", "expulsions"):
            yield _part("party_statistics", row, name, row[name], notes.get((row["month"], name), ""))


def _parties() -> Iterator[Number]:
    for row in facts("party_totals"):
        for name in ("parties", "voting_groups"):
            if row[name]:
                yield _part("party_totals", row, name, row[name])
        if row["voting_groups"]:
            yield _total("voting_groups", row, row["voting_groups"])
    for row in facts("voting_groups"):
        _, _, note = row["source"].partition(" ")
        yield _part("voting_groups", row, row["party_category"], row["voting_groups"], note.strip("()"))


def _helpdesk_totals() -> Iterator[Number]:
    for row in facts("helpdesk_published_totals"):
        yield _total("helpdesk_emails", row, row["emails_published_total"])
        if row["telephone"]:
            yield _part("helpdesk_channels", row, "email", row["emails_published_total"])
            yield _part("helpdesk_channels", row, "telephone", row["telephone"])


COUNTED = {
    ("website", "new visitors"): ("website_visitors", "new"),
    ("website", "returning visitors"): ("website_visitors", "returning"),
    ("proposals", "open in the Refinement Process"): ("open_proposals", "refinement"),
    ("testing", "parties completing UEPT since the last Panel meeting"): ("testing_notifications", "uept"),
    ("user assessments", "assurance statuses set"): ("assessment_counters", "assurance_set"),
    ("user assessments", "security self-assessments reviewed"): ("assessment_counters", "ssa_reviewed"),
    ("user assessments", "director's letters reviewed"): ("assessment_counters", "directors_letters"),
}
"""The figure and row of each published count of one month; counts that no figure has stay in their file."""


def _counts() -> Iterable[Number]:
    for row in facts("activity_counts"):
        counted = COUNTED.get((row["subject"], row["measure"]))
        if counted is not None:
            yield _part(counted[0], row, counted[1], row["value"])
