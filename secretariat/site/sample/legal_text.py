"""The sample's code in the record: documents, their versions since 2016, a variation for a time, and drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.legaltext.drafting.actions import begin, edit
from secretariat.legaltext.drafting.values import newest_version
from secretariat.legaltext.models import Cause, CodeVersion, Document, DocumentVersion, Draft
from secretariat.legaltext.recording import add_version
from secretariat.legaltext.standing import text_in, text_of
from secretariat.legaltext.text import Edit, Text, edits
from secretariat.site.sample.code_history import KNOWN_BY, PUBLISHED, Published, changes
from secretariat.site.sample.code_text import governed, titles
from secretariat.site.sample.code_words import GOVERNED
from secretariat.site.sample.crew import RECORDED, Crew, noon, told

ANALYST = "change.analyst"
VARIED, VARIED_FROM, VARIED_UNTIL = "section-h", date(2020, 3, 2), date(2020, 5, 29)
DRAFTED = ("section-h", "appendix-ab")
GOVERNED_SINCE = date(2019, 4, 1)


def enter(crew: Crew) -> None:
    """Enters the code, the documents beside it, and two drafts."""
    columns = ("code", "kind", "letter", "title", "owner", "position", "invented")
    crew.load("documents", ANALYST, columns, _documents())
    documents = {row.code: row for row in Document.objects.all()}
    for change in changes():
        _add(documents[change.code], change.number, change.published, change.edits, crew[ANALYST])
    for published in PUBLISHED:
        _publish(published, crew[ANALYST])
    _vary(documents[VARIED], crew[ANALYST])
    for code, (_, text) in governed().items():
        _begin_governed(documents[code], text, crew[ANALYST])
    for code in DRAFTED:
        _draft(documents[code], crew[ANALYST])


def _documents() -> Iterator[tuple[object, ...]]:
    for position, title in enumerate([*titles(), *GOVERNED], start=1):
        yield title.code, title.kind, title.letter, title.title, title.owner, position, "yes"


def _posted(day: date) -> date | None:
    return day if day <= RECORDED.date() else None


def _add(of: Document, number: str, published: Published, made: tuple[Edit, ...], by: Person) -> None:
    """A version of a document, known from when it was notified."""
    day = published.day
    version = DocumentVersion(
        document=of,
        number=number,
        effective_from=day,
        notified_on=published.notified_on,
        posted_on=_posted(day),
        invented=True,
    )
    at = noon(published.notified_on)
    causes = [Cause(kind=kind, reference=reference) for kind, reference in published.causes]
    add_version(version, made, causes, by=by, at=at, recorded=at)


def _publish(published: Published, by: Person) -> None:
    day = published.day
    row = CodeVersion(
        scheme=published.scheme, number=published.number, effective_from=day, notified_on=published.notified_on,
        posted_on=_posted(day), note=published.note, invented=True, recorded=noon(published.notified_on),
    )  # fmt: skip
    journal.enter(row, by=by, at=row.recorded, recorded=row.recorded)


def _vary(of: Document, by: Person) -> None:
    """An invented direction by which one clause reads otherwise for three months."""
    text = text_of(of, VARIED_FROM)
    clause = next(one for one in text.clauses if one.kind == "clause" and one.heading and one.body.endswith("."))
    varied = replace(clause, body=f"{clause.body} Until this variation ends, twice the time is allowed.")
    version = DocumentVersion(
        document=of, number="6.1", effective_from=VARIED_FROM, to_day=VARIED_UNTIL, notified_on=KNOWN_BY,
        posted_on=VARIED_FROM, note="A variation for a time; it lapses by itself.", invented=True,
    )  # fmt: skip
    cause = Cause(kind="variation", reference="Sample direction of February 2020")
    at = noon(KNOWN_BY)
    add_version(version, [Edit(clause, varied)], [cause], by=by, at=at, recorded=at)


def _begin_governed(of: Document, text: Text, by: Person) -> None:
    version = DocumentVersion(document=of, number="1.0", effective_from=GOVERNED_SINCE, invented=True)
    at = noon(GOVERNED_SINCE)
    add_version(version, edits(Text(()), text), [Cause(kind="first")], by=by, at=at, recorded=at)


def _draft(of: Document, by: Person) -> None:
    """A pending draft that rewords one clause of the newest version."""
    baseline = newest_version(of)
    if baseline is None:
        return
    text = text_in(baseline)
    clause = [one for one in text.clauses if one.kind == "clause" and one.heading][-1]
    draft = Draft(document=of, baseline=baseline, title=f"Clearer words in {of.reference}", invented=True)
    begin(draft, **told(by, RECORDED))
    after = replace(clause, body=f"{clause.body} Its date is stated with it.")
    edit(draft, [Edit(clause, after)], "Readers asked which day is meant.", **told(by, RECORDED))
