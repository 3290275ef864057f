"""Loading published baselines: printed numbers with their document, and from when records are kept of a matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.columns import day, words, yes_or_no
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.core.published import Keeping, Publication, PublishedFigure
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.months import Month

NUMBER = re.compile(r"(?P<sign>-?)(?P<plain>[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,12})(?P<rest>\.[0-9]+)?")
FIGURE = re.compile(r"[a-z][a-z0-9_]*")
LIMITS = {"publication": 80, "title": 200, "figure": 60, "row": 120, "note": 300, "matter": 60}
Key = tuple[str, str, date, str, bool]


def slug(text: str) -> str:
    """Parser of a publication's short name. Raises ValueError that says what it may hold."""
    try:
        validate_slug(text)
    except ValidationError:
        raise ValueError(f"“{text}” is not a short name: use letters, numbers and hyphens.") from None
    return text.lower()


def figure_name(text: str) -> str:
    """Parser of a figure's name. Raises ValueError that says what it may hold."""
    if not FIGURE.fullmatch(text):
        raise ValueError(f"“{text}” is not a figure's name: small letters and underscores, such as helpdesk_emails.")
    return text


def amount(text: str) -> Decimal:
    """Parser of a printed number: commas between thousands, at most two decimals, none below nought."""
    match = NUMBER.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is not a number, such as 1,439 or 500.87.")
    if match["sign"]:
        raise ValueError(f"{text} is below nought.")
    if len(match["rest"] or "") > 3:
        raise ValueError(f"{text} has more than two decimals.")
    found = Decimal(text.replace(",", ""))
    if found >= 10**12:
        raise ValueError(f"{text} is larger than any number that is kept here.")
    return found


def prepare_figures(lines: list[Line], loading: Loading) -> Prepared:
    """The publications and printed numbers that a file would add; a total is kept apart from its parts."""
    prepared = Prepared()
    publications = {row.slug: row for row in Publication.objects.all()}
    printed = PublishedFigure.objects.filter(publication__slug__in={line["publication"] for line in lines})
    known = {_key(row.publication.slug, row): row for row in printed.select_related("publication")}
    first: dict[str, Line] = {}
    seen: dict[Key, int] = {}
    for line in lines:
        publication = _publication(line, publications)
        refused = [*_too_long(line), *_wrong_document(line, publication, first, loading)]
        first.setdefault(line["publication"], line)
        row = _figure(line, publication)
        key = _key(line["publication"], row)
        if key in seen:
            refused.append(line.refuse("row", f"this number is printed in row {seen[key]} too."))
        elif key in known and not _same(known[key], row):
            there = f"{known[key].value.normalize():f}"
            refused.append(line.refuse("value", f"is already there as {there}, or with another note."))
        seen.setdefault(key, line.row)
        prepared.refused += refused
        if not refused and key in known:
            prepared.repeated.append(line.row)
        elif not refused:
            prepared.accepted.append(row)
    return prepared


def _publication(line: Line, known: dict[str, Publication]) -> Publication:
    name = line["publication"]
    if name not in known:
        known[name] = Publication(slug=name, title=line["title"], day=line["published_on"], classification=Class.WHITE)
    return known[name]


def _figure(line: Line, publication: Publication) -> PublishedFigure:
    return PublishedFigure(
        publication=publication,
        figure=line["figure"],
        month=line["month"].first,
        row=line["row"],
        value=line["value"],
        is_total=line["total"],
        note=line["note"],
        classification=Class.WHITE,
    )


def _key(publication: str, row: PublishedFigure) -> Key:
    return publication, row.figure, row.month, row.row, row.is_total


def _same(there: PublishedFigure, row: PublishedFigure) -> bool:
    return (there.value, there.note) == (row.value, row.note)


def _too_long(line: Line) -> Iterator[Refusal]:
    for column in line.values.keys() & LIMITS.keys():
        if len(line[column]) > LIMITS[column]:
            yield line.refuse(column, f"is longer than {LIMITS[column]} characters.")


def _wrong_document(
    line: Line, publication: Publication, first: dict[str, Line], loading: Loading
) -> Iterator[Refusal]:
    published = line["published_on"]
    if (publication.title, publication.day) != (line["title"], published):
        before = first.get(line["publication"])
        where = f"row {before.row}" if before else "the record"
        yield line.refuse("publication", f"{where} tells another title or day of {line['publication']}.")
    if published is not None and published > local_day(loading.at):
        yield line.refuse("published_on", f"{long_date(published)} is still to come.")
    if line["month"].first > (published or local_day(loading.at)):
        yield line.refuse("month", f"{line['month'].label} had not begun when the document was published.")


def write_figures(accepted: list[PublishedFigure], loading: Loading) -> None:
    """Saves new publications, then the numbers, in bulk, each with an event."""
    told = loading.told
    new = {row.publication.slug: row.publication for row in accepted if row.publication.pk is None}
    journal.enter_all(list(new.values()), **told)
    for row in accepted:
        row.publication = row.publication  # takes over the id that a new publication has got since
    journal.enter_all(accepted, **told)


def prepare_keeping(lines: list[Line], loading: Loading) -> Prepared:
    """From when records are kept of a matter: said once, and not said otherwise later."""
    prepared = Prepared()
    known = dict(Keeping.objects.values_list("matter", "since"))
    seen: dict[str, int] = {}
    for line in lines:
        matter, since = line["matter"], line["since"]
        refused = [*_too_long(line)]
        if since > local_day(loading.at):
            refused.append(line.refuse("since", f"{long_date(since)} is still to come."))
        if matter in seen:
            refused.append(line.refuse("matter", f"“{matter}” stands in row {seen[matter]} too."))
        elif known.get(matter, since) != since:
            refused.append(line.refuse("since", f"“{matter}” is kept since {long_date(known[matter])} already."))
        seen.setdefault(matter, line.row)
        prepared.refused += refused
        if not refused and matter in known:
            prepared.repeated.append(line.row)
        elif not refused:
            prepared.accepted.append(Keeping(matter=matter, since=since))
    return prepared


FIGURES_PRINTED = takes(
    LoadKind(
        "figures",
        "Published figures",
        (
            Column("publication", slug, "the document's short name, such as operations-report-2018-06"),
            Column("title", words, "the document's title"),
            Column("published_on", day, "the day of publication, where it is known", required=False),
            Column("figure", figure_name, "the name of the figure that it prints, such as helpdesk_emails"),
            Column("month", Month.parse, "the month that the number is of, such as 2018-06"),
            Column("row", words, "the printed row; empty where there is one only", required=False, default=""),
            Column("value", amount, "the number as printed"),
            Column("total", yes_or_no, "yes for a printed total", required=False, default=False),
            Column("note", words, "what the document says of it, in a few words", required=False, default=""),
        ),
        prepare_figures,
        write_figures,
    )
)
KEEPING = takes(
    LoadKind(
        "keeping",
        "From when records are kept",
        (
            Column("matter", words, "what is kept, such as enquiries"),
            Column("since", day, "the first day of which every record is here"),
        ),
        prepare_keeping,
    )
)
