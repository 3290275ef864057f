"""The files that the assurance room takes: assessments, and the milestones that they reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from secretariat.assurance.cases.stages import ORDER, REACHED_IN, rewrite
from secretariat.assurance.cases.statuses import values
from secretariat.assurance.models import ENDED, OUTCOMES, Assessment, AssessmentMilestone, Kind, MilestoneKind, State
from secretariat.core import journal
from secretariat.core.columns import INVENTED, day, one_of, words, yes_or_no
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.plain.dates import local_day
from secretariat.register.models import Party

Key = tuple[int, str, date]
Reached = dict[str, tuple[date, str]]

BY_THE_AUDITOR = (MilestoneKind.VALIDATION_1, MilestoneKind.FIELDWORK, MilestoneKind.REPORT)


def _parties() -> dict[str, Party]:
    rows = list(Party.objects.order_by("pk"))
    return {row.name.lower(): row for row in rows} | {row.key: row for row in rows}


def _named(line: Line, parties: dict[str, Party]) -> Party | None:
    return parties.get(line["party"].lower())


def _no_party(line: Line) -> Refusal:
    return line.refuse("party", f"There is no party “{line['party']}”. Load the parties first.")


def write_assessments(records: list[Any], loading: Loading) -> None:
    """Saves assessments, and where each stands since when, as far as the file says it."""
    saved = journal.enter_all(records, **loading.told)
    told = {row.pk: row.since for row in saved if row.since}
    rewrite([row.pk for row in saved], loading.recorded, told)


def write_milestones(records: list[Any], loading: Loading) -> None:
    """Saves milestones, and where their cases stood when."""
    journal.enter_all(records, **loading.told)
    rewrite({row.assessment_id for row in records}, loading.recorded)


def prepare_assessments(lines: list[Line], loading: Loading) -> Prepared:
    """Assessments to add; the same one is already there, one of the same kind and day that differs is refused."""
    parties, today = _parties(), local_day(loading.at)
    known = {(row.party_id, row.kind, row.opened_on): row for row in Assessment.objects.all()}
    prepared, seen = Prepared(), dict[Key, int]()
    for line in lines:
        party = _named(line, parties)
        if party is None:
            prepared.refused.append(_no_party(line))
            continue
        key = (party.pk, line["kind"], line["opened_on"])
        row = Assessment(party=party, **{name: line[name] for name in TOLD})
        row.since = line["since"]
        row.clean()
        refusals = list(_wrong_assessment(line, today))
        if key in seen:
            refusals.append(line.refuse("opened_on", f"This assessment is in row {seen[key]} too."))
        elif key in known and _told(known[key]) != _told(row):
            refusals.append(line.refuse("opened_on", "This assessment is already there with other content."))
        seen.setdefault(key, line.row)
        prepared.refused += refusals
        if not refusals and key in known:
            prepared.repeated.append(line.row)
        elif not refusals:
            prepared.accepted.append(row)
    return prepared


TOLD = ("kind", "initial", "opened_on", "closed_on", "fieldwork_due", "state", "invented")


def _told(row: Assessment) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in TOLD)


def _wrong_assessment(line: Line, today: date) -> Iterator[Refusal]:
    opened, closed = line["opened_on"], line["closed_on"]
    if opened > today:
        yield line.refuse("opened_on", "The day is still to come.")
    if closed is not None and closed > today:
        yield line.refuse("closed_on", "The day is still to come.")
    if closed is not None and closed < opened:
        yield line.refuse("closed_on", "An assessment cannot be closed before it was opened.")
    if (closed is not None) != (line["state"] in ENDED):
        yield line.refuse("state", "An assessment is closed when it has a day of closing, and only then.")
    if line["since"] is not None and not opened <= line["since"] <= today:
        yield line.refuse("since", "It came to where it stands after it was opened, and not on a day to come.")
    if line["initial"] and line["kind"] != Kind.FUSA:
        yield line.refuse("initial", "Only a Full User Security Assessment can be the initial one.")


@dataclass
class Held:
    """An assessment and what it has reached, already there or earlier in the file."""

    assessment: Assessment
    kept: Reached
    reached: Reached


def _held() -> dict[Key, Held]:
    found = {}
    for row in Assessment.objects.select_related("party", "follows").prefetch_related("milestones"):
        kept = {milestone.kind: (milestone.day, milestone.detail) for milestone in row.milestones.all()}
        found[(row.party_id, row.kind, row.opened_on)] = Held(row, kept, dict(kept))
    return found


def prepare_milestones(lines: list[Line], loading: Loading) -> Prepared:
    """Milestones to add; the same one is already there, the same on another day or with other detail is refused."""
    parties, held, today = _parties(), _held(), local_day(loading.at)
    prepared = Prepared()
    for line in sorted(lines, key=lambda line: (line["day"], list(MilestoneKind).index(line["milestone"]))):
        party = _named(line, parties)
        found = held.get((party.pk, line["kind"], line["opened_on"])) if party else None
        if found is None:
            prepared.refused.append(_no_assessment(line) if party else _no_party(line))
            continue
        kind, told = line["milestone"], (line["day"], line["detail"])
        if kind in found.kept and found.kept[kind] == told:
            prepared.repeated.append(line.row)
            del found.kept[kind]
            continue
        refusals = list(_wrong_milestone(line, found, today))
        prepared.refused += refusals
        if not refusals:
            found.reached[kind] = told
            prepared.accepted.append(_milestone(found.assessment, *told, kind))
    return prepared


def _no_assessment(line: Line) -> Refusal:
    what = f"{line['kind']} of {line['party']}, opened {line['opened_on'].isoformat()}"
    return line.refuse("opened_on", f"There is no {what}. Load the assessments first.")


def _milestone(assessment: Assessment, when: date, detail: str, kind: str) -> AssessmentMilestone:
    milestone = AssessmentMilestone(assessment=assessment, kind=kind, day=when, detail=detail)
    milestone.classification, milestone.audience = assessment.classification, assessment.audience
    return milestone


def _wrong_milestone(line: Line, held: Held, today: date) -> Iterator[Refusal]:
    assessment, kind, when = held.assessment, line["milestone"], line["day"]
    if kind in held.reached:
        yield line.refuse("milestone", "This assessment has already reached this milestone, or it is here twice.")
    if when > today:
        yield line.refuse("day", "The day is still to come.")
    if when < assessment.opened_on:
        yield line.refuse("day", "A milestone cannot be dated before the assessment was opened.")
    if assessment.closed_on is not None and when > assessment.closed_on:
        yield line.refuse("day", "A milestone cannot be dated after the assessment was closed.")
    if ORDER.index(REACHED_IN[kind]) > ORDER.index(State(assessment.state)):
        yield line.refuse("milestone", f"The assessment is only {State(assessment.state).label.lower()}.")
    if kind in BY_THE_AUDITOR and assessment.is_self_assessed:
        yield line.refuse("milestone", "A self-assessment has no validation, fieldwork or report.")
    yield from _wrong_outcome(line, assessment)
    yield from _out_of_order(line, held.reached)


def _wrong_outcome(line: Line, assessment: Assessment) -> Iterator[Refusal]:
    kind = MilestoneKind(line["milestone"])
    if kind in OUTCOMES and kind != assessment.outcome:
        due = assessment.outcome.label
        yield line.refuse("milestone", f"For this assessment the review ends in “{due}” (SEC-8).")
        return
    known = values(kind, line["day"])
    if known and line["detail"] not in known:
        yield line.refuse("detail", f"The status is one of: {'; '.join(known)}.")
    if not known and line["detail"]:
        yield line.refuse("detail", "Only a status has a detail; findings are not kept here.")


def _out_of_order(line: Line, reached: Reached) -> Iterator[Refusal]:
    place = ORDER.index(REACHED_IN[line["milestone"]])
    for kind, (when, _) in reached.items():
        other = ORDER.index(REACHED_IN[kind])
        if (other < place and when > line["day"]) or (other > place and when < line["day"]):
            label = MilestoneKind(kind).label
            yield line.refuse("day", f"A milestone cannot be dated before the one it follows: “{label}” is on {when}.")


KINDS = dict(zip(Kind.values, Kind.values, strict=True))
STATES = {state.value: state.value for state in State} | {state.label: state.value for state in State}
MILESTONES = {kind.value: kind.value for kind in MilestoneKind}

ASSESSMENTS = takes(
    LoadKind(
        "assessments",
        "Security and privacy assessments",
        (
            Column("party", words, "the party's key or legal name"),
            Column("kind", one_of(KINDS), "FUSA, VUSA, SSA or follow-up; of privacy FPA, PSA, RSPA or ad-hoc"),
            Column("initial", yes_or_no, "yes for the party's first FUSA, else no", required=False, default=False),
            Column("opened_on", day, "the day of the request"),
            Column("closed_on", day, "the day of closing", required=False),
            Column("fieldwork_due", day, "the day for which fieldwork is booked", required=False),
            Column("state", one_of(STATES), "where it stands"),
            Column("since", day, "the day on which it came to where it stands", required=False),
            INVENTED,
        ),
        prepare_assessments,
        write_assessments,
    )
)

ASSESSMENT_MILESTONES = takes(
    LoadKind(
        "assessment-milestones",
        "Milestones of assessments",
        (
            Column("party", words, "the party's key or legal name"),
            Column("kind", one_of(KINDS), "the kind of assessment"),
            Column("opened_on", day, "the day on which the assessment was opened"),
            Column("milestone", one_of(MILESTONES), "what was reached"),
            Column("day", day, "the day on which it was reached"),
            Column("detail", words, "the value of a status", required=False, default=""),
        ),
        prepare_milestones,
        write_milestones,
    )
)
