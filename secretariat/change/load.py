"""The files that the change room takes: proposals with the stages they passed through, and releases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from secretariat.change.models import Body, Path, Proposal, Release, Stage, StageSpell, is_old_shape, label
from secretariat.change.procedure import CHANGE
from secretariat.change.releases.states import LIVE, PLANNED
from secretariat.core import journal
from secretariat.core.columns import INVENTED, day, one_of, words, yes_or_no
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.core.rulebook import UnknownRule
from secretariat.plain.dates import local_day
from secretariat.plain.references import ProposalReference, parse_proposal
from secretariat.register.models import Party

SAME_IN_EVERY_ROW = ("reference", "title", "proposer", "raised_on", "path", "on_hold", "release", "invented")
LIMITS = {"title": 250, "proposer": 200}
FIRST_STAGES = (Stage.DEVELOPMENT, Stage.REFINEMENT, Stage.REPORT)
MOVES = {(origin, step.target) for step in CHANGE.steps.values() for origin in step.origins if step.target and origin}
"""Which stage can follow which, read off the procedure."""

Key = tuple[int, str]


@dataclass(frozen=True)
class Loaded:
    """A proposal and its stages, ready to be saved."""

    proposal: Proposal
    spells: tuple[StageSpell, ...]

    def __str__(self) -> str:
        return f"{self.proposal}: {', '.join(str(spell) for spell in self.spells)}"

    @property
    def content(self) -> tuple[Any, ...]:
        """All that the file tells of it, to be compared with what is already there."""
        told = self.proposal
        return (
            *(told.reference, told.title, told.proposer_id, told.proposer_name, told.raised_on, told.path),
            *(told.on_hold, told.release_id, told.invented),
            tuple((spell.stage, spell.from_day, spell.to_day, spell.decided_by) for spell in self.spells),
        )


@dataclass(frozen=True)
class Known:
    """What is already there, read once: parties by key and by name, releases by name, proposals by number."""

    parties: dict[str, tuple[int, str]]
    releases: dict[str, Release]
    proposals: dict[Key, tuple[Any, ...]]

    @classmethod
    def now(cls) -> Known:
        """Four queries, however long the file."""
        rows = list(Party.objects.order_by("pk").values_list("pk", "key", "name"))
        parties = {name.lower(): (pk, name) for pk, _, name in rows} | {key: (pk, name) for pk, key, name in rows}
        releases = {release.name.lower(): release for release in Release.objects.all()}
        proposals = Proposal.objects.prefetch_related("spells")
        held = {(row.number, row.suffix): Loaded(row, tuple(row.spells.all())).content for row in proposals}
        return cls(parties, releases, held)


def prepare_proposals(lines: list[Line], loading: Loading) -> Prepared:
    """Proposals to add, one for the rows that share a label; one already there with the same content is repeated."""
    known, prepared = Known.now(), Prepared()
    by_number: dict[Key, list[Line]] = {}
    for line in lines:
        by_number.setdefault((line["reference"].number, line["reference"].suffix), []).append(line)
    for key, rows in by_number.items():
        rows.sort(key=lambda line: line["from"])
        refusals = [*_wrong(rows, known, local_day(loading.at))]
        prepared.refused += refusals
        if refusals:
            continue
        loaded = _loaded(rows, known, loading)
        if key not in known.proposals:
            prepared.accepted.append(loaded)
        elif known.proposals[key] == loaded.content:
            prepared.repeated += [line.row for line in rows]
        else:
            reason = f"{loaded.proposal.reference} is already there with other content; it moves by its steps."
            prepared.refused.append(rows[0].refuse("reference", reason))
    return prepared


def _wrong(rows: list[Line], known: Known, today: date) -> Iterator[Refusal]:
    first = rows[0]
    for line in rows:
        yield from _wrong_row(line, first, today)
    for name, limit in LIMITS.items():
        if len(first[name]) > limit:
            yield first.refuse(name, f"This is longer than {limit} characters.")
    yield from _wrong_stages(rows)
    yield from _wrong_label(rows)
    yield from _wrong_release(rows, known)


def _wrong_row(line: Line, first: Line, today: date) -> Iterator[Refusal]:
    for name in SAME_IN_EVERY_ROW:
        if line[name] != first[name]:
            yield line.refuse(name, f"This differs from row {first.row}, which tells of the same proposal.")
    for name in ("raised_on", "from"):
        if line[name] > today:
            yield line.refuse(name, "The day is still to come.")


def _wrong_stages(rows: list[Line]) -> Iterator[Refusal]:
    first = rows[0]
    if first["from"] != first["raised_on"]:
        yield first.refuse("from", "The first stage begins on the day on which the proposal was raised.")
    if first["stage"] not in FIRST_STAGES:
        yield first.refuse("stage", f"A proposal does not begin with {Stage(first['stage']).label}.")
    for before, line in pairwise(rows):
        if (before["stage"], before["from"]) == (line["stage"], line["from"]):
            yield line.refuse("stage", f"This stage is in row {before.row} too.")
        elif not _follows(before["stage"], line["stage"], first["raised_on"]):
            came, went = Stage(before["stage"]).label, Stage(line["stage"]).label
            yield line.refuse("stage", f"{went} does not follow {came} (row {before.row}).")


def _follows(before: str, stage: str, raised_on: date) -> bool:
    """The Panel refuses at once only what was raised in the old shape (OLD-7)."""
    refused = (before, stage) == (Stage.DEVELOPMENT, Stage.REJECTED)
    return (before, stage) in MOVES and (not refused or _is_old(raised_on))


def _is_old(raised_on: date) -> bool:
    try:
        return is_old_shape(raised_on)
    except UnknownRule:
        return False


def _wrong_label(rows: list[Line]) -> Iterator[Refusal]:
    first, typed = rows[0], rows[0]["reference"]
    try:
        right = label(typed.number, typed.suffix, first["raised_on"], _converted_on(rows))
    except (UnknownRule, ValueError) as error:
        yield first.refuse("raised_on", str(error.args[0]))
        return
    if str(typed) != right:
        yield first.refuse("reference", f"By its dates and stages this proposal is {right}, not {typed}.")
    varies = first["path"] == Path.AUTHORITY_LED and first["stage"] == Stage.REPORT
    if not is_old_shape(first["raised_on"]) and first["stage"] != Stage.DEVELOPMENT and not varies:
        yield first.refuse("stage", "Since 1 November 2018 a proposal begins in the Development Stage.")


def _wrong_release(rows: list[Line], known: Known) -> Iterator[Refusal]:
    name, last = rows[0]["release"], rows[-1]
    if not name:
        return
    release = known.releases.get(name.lower())
    if release is None:
        yield rows[0].refuse("release", f"There is no release “{name}”. Load the releases first.")
    elif last["stage"] != Stage.IMPLEMENTED:
        yield rows[0].refuse("release", "Only an implemented modification has a release.")
    elif last["from"] < release.go_live_on:
        yield last.refuse("from", f"{release} went live later, on {release.go_live_on.isoformat()}.")


def _converted_on(rows: list[Line]) -> date | None:
    """The day on which a Draft Proposal left the Development Stage otherwise than by withdrawal."""
    if is_old_shape(rows[0]["raised_on"]):
        return None
    after = (line["from"] for line in rows if line["stage"] not in (Stage.DEVELOPMENT, Stage.WITHDRAWN))
    return next(after, None)


def _loaded(rows: list[Line], known: Known, loading: Loading) -> Loaded:
    first, reference = rows[0], rows[0]["reference"]
    release = known.releases[first["release"].lower()] if first["release"] else None
    proposer_id, proposer_name = known.parties.get(first["proposer"].lower(), (None, first["proposer"]))
    proposal = Proposal(
        number=reference.number,
        suffix=reference.suffix,
        reference=str(reference),
        title=first["title"],
        proposer_id=proposer_id,
        proposer_name=proposer_name,
        raised_on=first["raised_on"],
        converted_on=_converted_on(rows),
        state=rows[-1]["stage"],
        path=first["path"],
        on_hold=first["on_hold"],
        release=release,
        invented=first["invented"],
    )
    ends = [*(line["from"] - timedelta(days=1) for line in rows[1:]), None]
    spells = tuple(
        StageSpell(
            proposal=proposal,
            stage=line["stage"],
            from_day=line["from"],
            to_day=end,
            decided_by=line["decided_by"],
            recorded=loading.recorded,
        )
        for line, end in zip(rows, ends, strict=True)
    )
    return Loaded(proposal, spells)


def write_proposals(accepted: list[Loaded], loading: Loading) -> None:
    """Saves proposals, then their stages, each with its event."""
    told = loading.told
    journal.enter_all([loaded.proposal for loaded in accepted], **told)
    journal.enter_all([spell for loaded in accepted for spell in loaded.spells], **told)


def prepare_releases(lines: list[Line], loading: Loading) -> Prepared:
    """Releases to add; one already there with the same content is repeated, with other content refused."""
    known = {release.name.lower(): release for release in Release.objects.all()}
    prepared, seen = Prepared(), dict[str, int]()
    for line in lines:
        name = line["name"].lower()
        told = {column: line[column] for column in ("name", "go_live_on", "kind", "invented")}
        row = Release(**told, state=LIVE if line["go_live_on"] <= local_day(loading.at) else PLANNED)
        if name in seen:
            prepared.refused.append(line.refuse("name", f"This release is in row {seen[name]} too."))
        elif len(line["name"]) > 80:
            prepared.refused.append(line.refuse("name", "This is longer than 80 characters."))
        elif name not in known:
            prepared.accepted.append(row)
        elif _same_release(known[name], row):
            prepared.repeated.append(line.row)
        else:
            prepared.refused.append(line.refuse("name", "This release is already there with other content."))
        seen.setdefault(name, line.row)
    return prepared


def _same_release(one: Release, other: Release) -> bool:
    return (one.go_live_on, one.kind, one.invented) == (other.go_live_on, other.kind, other.invented)


def _reference(text: str) -> ProposalReference:
    return parse_proposal(text)


STAGES = {stage.value: stage.value for stage in Stage} | {stage.label: stage.value for stage in Stage}
PATHS = dict(zip(Path.values, Path.values, strict=True))
BODIES = {body.value: body.value for body in Body} | {body.label: body.value for body in Body}

PROPOSALS = takes(
    LoadKind(
        "proposals",
        "Proposals and their stages, one row a stage",
        (
            Column("reference", _reference, "the proposal's present label, such as SECMP0046 or MP079"),
            Column("title", words, "the title"),
            Column("proposer", words, "the proposer's name, or a party's key"),
            Column("raised_on", day, "the day on which it was raised"),
            Column("stage", one_of(STAGES), "the stage"),
            Column("from", day, "the day on which the stage began"),
            Column("decided_by", one_of(BODIES), "the body that decided on the stage", required=False, default=""),
            Column("path", one_of(PATHS), "the path", required=False, default=""),
            Column("release", words, "the release that implemented it", required=False, default=""),
            Column("on_hold", yes_or_no, "yes or no", required=False, default=False),
            INVENTED,
        ),
        prepare_proposals,
        write_proposals,
    )
)

RELEASES = takes(
    LoadKind(
        "releases",
        "Releases of the code",
        (
            Column("name", words, "the release's name, such as February 2020 SEC Release"),
            Column("go_live_on", day, "the day on which it goes live"),
            Column("kind", one_of(dict(zip(Release.Kind.values, Release.Kind.values, strict=True))), "the kind"),
            INVENTED,
        ),
        prepare_releases,
    )
)
