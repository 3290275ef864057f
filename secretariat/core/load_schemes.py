"""Loading dated schemes: each file holds whole schemes, one heading a row, in the order in which they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from secretariat.core import journal
from secretariat.core.columns import day, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.core.schemes import Heading, Scheme
from secretariat.core.series import heading_key
from secretariat.plain.dates import long_date

Told = tuple[str, str, tuple[str, ...]]
"""Group, name and the names of the headings it continues."""


@dataclass
class Draft:
    """One scheme as the file tells it, or as the record already has it."""

    subject: str
    name: str
    from_day: date
    to_day: date | None
    source: str
    lines: list[Line] = field(default_factory=list)
    headings: list[Told] = field(default_factory=list)
    saved: Scheme | None = None

    def overlaps(self, other: Draft) -> bool:
        """Whether both are of one subject and in force on one day."""
        if self.subject != other.subject:
            return False
        return (self.to_day or date.max) >= other.from_day and (other.to_day or date.max) >= self.from_day

    @property
    def dates(self) -> str:
        """From when until when."""
        until = f"until {long_date(self.to_day)}" if self.to_day else "until further notice"
        return f"from {long_date(self.from_day)} {until}"


def names(text: str) -> tuple[str, ...]:
    """Parser of several names, separated by semicolons."""
    return tuple(words(part) for part in text.split(";") if part.strip())


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """What the file would do: whole schemes are new, or there already word for word, or refused."""
    known = [_as_draft(scheme) for scheme in Scheme.objects.prefetch_related("headings__continues")]
    prepared = Prepared()
    drafts = _drafts(lines, prepared)
    by_start = {(draft.subject, draft.from_day): draft for draft in known}
    new = []
    for draft in drafts:
        prepared.refused += _faults(draft)
        there = by_start.get((draft.subject, draft.from_day))
        if there is None:
            new.append(draft)
        elif _same(draft, there):
            prepared.repeated += [line.row for line in draft.lines]
        else:
            reason = f"the scheme of {draft.subject} {there.dates} is already there with other content."
            prepared.refused += [line.refuse("scheme", reason) for line in draft.lines]
    for draft in new:
        prepared.refused += _misfits(draft, known, new)
    prepared.accepted = sorted(new, key=lambda draft: draft.from_day)
    return prepared


def _drafts(lines: list[Line], prepared: Prepared) -> list[Draft]:
    """The schemes of the file; a row that tells its scheme's name, end or source otherwise is refused."""
    drafts: dict[tuple[str, date], Draft] = {}
    for line in lines:
        told = Draft(line["subject"], line["scheme"], line["from"], line["to"], line["source"])
        draft = drafts.setdefault((told.subject, told.from_day), told)
        if (draft.name, draft.to_day, draft.source) != (told.name, told.to_day, told.source):
            prepared.refused.append(line.refuse("scheme", "the scheme's first row tells another name, end or source."))
        draft.lines.append(line)
        draft.headings.append((line["group"], line["heading"], line["continues"]))
    return list(drafts.values())


def _as_draft(scheme: Scheme) -> Draft:
    headings = [
        (heading.group, heading.name, tuple(earlier.name for earlier in heading.continues.all()))
        for heading in scheme.headings.all()
    ]
    told = (scheme.subject, scheme.name, scheme.from_day, scheme.to_day, scheme.source)
    return Draft(*told, headings=headings, saved=scheme)


def _same(draft: Draft, there: Draft) -> bool:
    """An end that the file leaves open may since have been set by the scheme that followed."""
    ends_alike = draft.to_day is None or draft.to_day == there.to_day
    if not ends_alike or (draft.name, draft.source) != (there.name, there.source):
        return False
    if [told[:2] for told in draft.headings] != [told[:2] for told in there.headings]:
        return False
    pairs = zip(draft.headings, there.headings, strict=True)
    return all(not told[2] or set(told[2]) == set(kept[2]) for told, kept in pairs)


def _faults(draft: Draft) -> Iterator[Refusal]:
    keys: dict[str, int] = {}
    for line in draft.lines:
        key = heading_key(line["group"], line["heading"])
        if key in keys:
            yield line.refuse("heading", f"“{line['heading']}” stands in the scheme already, in row {keys[key]}.")
        keys.setdefault(key, line.row)
    if draft.to_day is not None and draft.to_day < draft.from_day:
        yield draft.lines[0].refuse("to", "the scheme ends before it begins.")


def _misfits(draft: Draft, known: list[Draft], new: list[Draft]) -> Iterator[Refusal]:
    """Refusals of a new scheme that overlaps another, or continues headings that the one before it lacks."""
    for other in [*known, *new]:
        if other is not draft and draft.overlaps(other) and not _ends(draft, other):
            yield draft.lines[0].refuse("from", f"overlaps “{other.name}”, in force {other.dates}.")
    earlier = _before(draft, [*known, *new])
    there = {name for _, name, _ in earlier.headings} if earlier else set()
    for line in draft.lines:
        for name in line["continues"]:
            if name not in there:
                where = f"“{earlier.name}”" if earlier else "any earlier scheme"
                yield line.refuse("continues", f"“{name}” is not a heading of {where}.")


def _ends(draft: Draft, other: Draft) -> bool:
    """A kept scheme without an end is ended by the one that begins after it."""
    return other.saved is not None and other.to_day is None and other.from_day < draft.from_day


def _before(draft: Draft, drafts: Iterable[Draft]) -> Draft | None:
    earlier = [one for one in drafts if one.subject == draft.subject and one.from_day < draft.from_day]
    return max(earlier, key=lambda one: one.from_day, default=None)


def write(accepted: list[Draft], loading: Loading) -> None:
    """Saves new schemes, oldest first, and ends the open one before each."""
    told = loading.told
    for draft in accepted:
        earlier = _latest_before(draft)
        if earlier is not None and earlier.to_day is None:
            journal.amend(earlier, {"to_day": draft.from_day - timedelta(days=1)}, **told)
        scheme = Scheme(
            subject=draft.subject,
            name=draft.name,
            source=draft.source,
            from_day=draft.from_day,
            to_day=draft.to_day,
            recorded=loading.recorded,
        )
        journal.enter(scheme, verb="load", headings=[list(heading) for heading in draft.headings], **told)
        _save_headings(scheme, draft, earlier)


def _latest_before(draft: Draft) -> Scheme | None:
    earlier = Scheme.objects.filter(subject=draft.subject, from_day__lt=draft.from_day)
    found: Scheme | None = earlier.order_by("-from_day").first()
    return found


def _save_headings(scheme: Scheme, draft: Draft, earlier: Scheme | None) -> None:
    """A heading that tells nothing of what it continues continues the earlier heading of its own name."""
    headings = Heading.objects.bulk_create(
        Heading(scheme=scheme, group=group, name=name, position=position)
        for position, (group, name, _) in enumerate(draft.headings, start=1)
    )
    before: dict[str, list[int]] = {}
    for row in earlier.headings.all() if earlier else ():
        before.setdefault(row.name, []).append(row.pk)
    through = Heading.continues.through
    through.objects.bulk_create(
        through(from_heading_id=heading.pk, to_heading_id=pk)
        for heading, (_, name, continues) in zip(headings, draft.headings, strict=True)
        for one in continues or (name,)
        for pk in before.get(one, ())
    )


SCHEMES = takes(
    LoadKind(
        "schemes",
        "Dated schemes of headings",
        (
            Column("subject", words, "what the headings are of, such as enquiry categories"),
            Column("scheme", words, "the scheme's name"),
            Column("from", day, "the first day on which it is in force"),
            Column("to", day, "the last day on which it is in force; empty until further notice", required=False),
            Column("group", words, "the printed group in which the heading stands", required=False, default=""),
            Column("heading", words, "the heading as it is printed"),
            Column(
                "continues",
                names,
                "the headings of the scheme before that it continues, separated by semicolons; "
                "empty for the one of the same name",
                required=False,
                default=(),
            ),
            Column("source", words, "the document that prints the scheme", required=False, default=""),
        ),
        prepare,
        write,
    )
)
