"""The sample's security assessments, all invented: as many steps in February 2020 as published, and 73 parties being
assessed at its end; with them the papers of the cases, and what happened to some in the first days of March.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from secretariat.assurance.cases.models import Answer, CasePaper, Condition, PaperKind
from secretariat.assurance.cases.procedure import CONDITIONS
from secretariat.assurance.models import Assessment, AssessmentMilestone
from secretariat.assurance.procedure import ASSESSMENT
from secretariat.core import journal
from secretariat.plain.workdays import default_calendar
from secretariat.site.sample import parties
from secretariat.site.sample.crew import RECORDED, Crew, noon, told
from secretariat.site.sample.facts import facts_of

COLUMNS = (
    "party", "kind", "initial", "opened_on", "closed_on", "fieldwork_due", "state", "since", "invented",
)  # fmt: skip
MILESTONES = ("party", "kind", "opened_on", "milestone", "day", "detail")
FIRST_SSC, SECOND_SSC = date(2020, 2, 12), date(2020, 2, 26)
EARLIER_SSC, JANUARY_SSC = date(2019, 12, 18), date(2020, 1, 22)
CLOSING = date(2020, 2, 28)
ASSURANCE = ("Approved", "Approved", "Approved, subject to steps", "Deferred")
COMPLIANCE = ("Compliant subject to remediation", "Compliant", "Compliant subject to remediation")
AUDITED = ("validation_1", "fieldwork", "report", "prepared")
DAYS_BEFORE_REVIEW = {"validation_1": 75, "fieldwork": 45, "report": 21, "prepared": 7}
BOOKED_AHEAD, FIELDWORK_LASTS = timedelta(weeks=12), timedelta(days=7)
MARCH = tuple(noon(date(2020, 3, day)) for day in (2, 3, 4))


@dataclass
class Told:
    """One assessment of the file, with the milestones that it reached."""

    kind: str
    opened_on: date
    state: str
    reached: tuple[tuple[str, date, str], ...] = ()
    initial: bool = False
    closed_on: date | None = None
    fieldwork_due: date | None = None
    since: date | None = None

    @property
    def days(self) -> tuple[object, ...]:
        """The days of the file: opened, closed, and for which fieldwork is booked."""
        return (self.opened_on, self.closed_on or "", self.fieldwork_due or "")


def enter(crew: Crew) -> None:
    """Loads the assessments, one a party, then their milestones and papers, and takes some a step further."""
    keys = [party.key for party in parties.invented() if party.category in (parties.SMALL, parties.OTHER)]
    rows = list(zip(keys, assessments(), strict=False))
    crew.load(
        "assessments",
        "security.analyst",
        COLUMNS,
        [
            (key, one.kind, "yes" if one.initial else "no", *one.days, one.state, one.since or "", "yes")
            for key, one in rows
        ],
    )
    crew.load(
        "assessment-milestones",
        "security.analyst",
        MILESTONES,
        [(key, one.kind, one.opened_on, *reached) for key, one in rows for reached in one.reached],
    )
    _papers(crew)
    _some_in_march(crew)


PAPERS = {"report": PaperKind.FINAL, "directors_letter": PaperKind.LETTER}
"""The milestones that came with a paper."""


def _papers(crew: Crew) -> None:
    """The reports and letters behind the milestones; each response came a fortnight after its report."""
    rows = AssessmentMilestone.objects.filter(kind__in=PAPERS).select_related("assessment").order_by("day", "pk")
    made = []
    for row in rows:
        answer = (Answer.AGREED, row.day) if row.kind == "directors_letter" else (Answer.NONE, None)
        made.append(_paper(row.assessment, PAPERS[row.kind], row.day, *answer))
        if row.kind == "report":
            made.append(_paper(row.assessment, PaperKind.RESPONSE, row.day + timedelta(days=14)))
    journal.enter_all(made, **told(crew["security.analyst"], RECORDED))


def _paper(
    case: Assessment, kind: PaperKind, day: date, answer: Answer = Answer.NONE, on: date | None = None
) -> CasePaper:
    made = CasePaper(assessment=case, kind=kind, number=1, received_on=day, answer=answer, answered_on=on)
    made.recorded, made.audience = RECORDED, case.audience
    return made


STEPS = (("Test the recovery of backups.", date(2020, 5, 29)), ("Name a security lead.", date(2020, 3, 31)))


def _some_in_march(crew: Crew) -> None:
    """A condition offered and one to be met, a plan agreed, a follow-up, fieldwork moved, and one in two phases."""
    analyst, member, at = crew["security.analyst"], crew["ssc.member"], MARCH
    subject = _with_status("Approved, subject to steps")
    for text, due in STEPS:
        condition = Condition(assessment=subject, text=text, due=due, invented=True)
        CONDITIONS.take("impose", condition, **told(member, at[0]))
    CONDITIONS.take("offer", condition, evidence="A letter of the board", **told(analyst, at[1]))
    planned = _with_status(COMPLIANCE[0])
    ASSESSMENT.take("submit_plan", planned, reference="Invented plan 1", **told(analyst, at[0]))
    ASSESSMENT.take("agree_plan", planned, **told(member, at[2]))
    deferred = _with_status("Deferred")
    again = Assessment(
        party=deferred.party, kind="follow-up", follows=deferred, opened_on=date(2020, 3, 2), invented=True
    )
    ASSESSMENT.take("request", again, **told(analyst, at[0]))
    booked = Assessment.objects.filter(state="booked", invented=True).order_by("fieldwork_due", "pk")
    moved, phased = booked[0], booked.filter(initial=True)[1]
    day, reason = date(2020, 5, 11), "Invented: the party moves its systems in April."
    ASSESSMENT.take("move", moved, fieldwork_due=day, reason=reason, **told(analyst, at[1]))
    ASSESSMENT.take("split", phased, second_phase_due=date(2020, 7, 6), **told(analyst, at[1]))


def _with_status(status: str) -> Assessment:
    """The first assessment of the sample that was given a status and is not closed."""
    rows = Assessment.objects.filter(milestones__detail=status, state="decided", invented=True)
    found: Assessment = rows.order_by("opened_on", "pk")[0]
    return found


def counted() -> dict[str, int]:
    """The published counts of February 2020."""
    return {row["measure"]: int(row["value"]) for row in facts_of("activity_counts", "2020-02")}


def assessments() -> list[Told]:
    """Every assessment of the sample; its party's only one."""
    counts = counted()
    decided = [
        *_decided("FUSA", counts["assurance statuses set (initial FUSA)"], initial=True),
        *_decided("FUSA", counts["compliance statuses set (FUSA)"]),
        *_decided("VUSA", counts["compliance statuses set (VUSA)"]),
        *_reviewed(counts["security self-assessments reviewed"]),
    ]
    waiting = counts["assessments prepared for SSC review"] - len(decided)
    found = [
        *decided,
        *(_under_way("VUSA", "prepared", place) for place in range(waiting)),
        *(_under_way("FUSA", "fieldwork", place) for place in range(counts["fieldwork assessments completed"])),
        *(_under_way("FUSA", "validation_1", p) for p in range(counts["first-stage validations of FUSA completed"])),
        *(_under_way("VUSA", "validation_1", p) for p in range(counts["first-stage validations of VUSA completed"])),
        *(_letter(place) for place in range(counts["director's letters approved"])),
    ]
    january = list(_of_january())
    still = sum(one.closed_on is None for one in (*found, *january))
    begun = (_begun(place) for place in range(counts["parties being assessed"] - still))
    return [*found, *begun, *january]


def _of_january() -> Iterator[Told]:
    """Given a status or reviewed in January 2020, as the Sub-Committee Report of February tells it."""
    counts = {row["measure"]: int(row["value"]) for row in facts_of("activity_counts", "2020-01")}
    told_of = (("initial FUSA reviewed", "assurance_status", "Approved"),
               ("second or later FUSA reviewed", "compliance_status", COMPLIANCE[0]))  # fmt: skip
    for measure, outcome, status in told_of:
        for place in range(counts[measure]):
            reached = (*_until(JANUARY_SSC, "prepared"), (outcome, JANUARY_SSC, status))
            initial = outcome == "assurance_status"
            yield Told("FUSA", date(2019, 10, 7 + place), "decided", reached, initial=initial)
    for place in range(counts["security self-assessments reviewed"]):
        reached = (("prepared", JANUARY_SSC - timedelta(days=7), ""), ("reviewed", JANUARY_SSC, ""))
        yield Told("SSA", date(2019, 12, 2 + place), "closed", reached, closed_on=date(2020, 1, 31))


def _decided(kind: str, number: int, *, initial: bool = False) -> Iterator[Told]:
    """Given a status in February, at one of the two meetings; closed at the month's end where nothing is to be done."""
    values = ASSURANCE if initial else COMPLIANCE
    outcome = "assurance_status" if initial else "compliance_status"
    for place in range(number):
        review, status = (FIRST_SSC, SECOND_SSC)[place % 2], values[place % len(values)]
        closed = CLOSING if status in ("Approved", "Compliant") else None
        reached = (*_until(review, "prepared"), (outcome, review, status))
        state = "closed" if closed else "decided"
        yield Told(kind, review - timedelta(days=110 + place), state, reached, initial=initial, closed_on=closed)


def _reviewed(number: int) -> Iterator[Told]:
    for place in range(number):
        reached = (("prepared", SECOND_SSC - timedelta(days=7), ""), ("reviewed", SECOND_SSC, ""))
        yield Told("SSA", date(2020, 1, 13 + place), "closed", reached, closed_on=CLOSING)


def _letter(place: int) -> Told:
    """Given a Compliance Status in December, its Director's Letter approved in February, and closed."""
    status = ("compliance_status", EARLIER_SSC, COMPLIANCE[0])
    letter = ("directors_letter", (FIRST_SSC, SECOND_SSC)[place % 2], "")
    reached = (*_until(EARLIER_SSC, "prepared"), status, letter)
    return Told("VUSA", date(2019, 8, 19 + place), "closed", reached, closed_on=CLOSING)


def _under_way(kind: str, last: str, place: int) -> Told:
    """Its last milestone reached in February, nothing decided."""
    day = default_calendar().add(date(2020, 2, 3), place)
    review = day + timedelta(days=DAYS_BEFORE_REVIEW[last])
    state = {"validation_1": "validated"}.get(last, last)
    opened = review - timedelta(days=110 + place)
    made = Told(kind, opened, state, tuple(_until(review, last)), initial=kind == "FUSA" and place % 2 == 0)
    made.fieldwork_due = review - timedelta(days=DAYS_BEFORE_REVIEW["fieldwork"]) - FIELDWORK_LASTS
    return made


def _begun(place: int) -> Told:
    """Asked for, booked, or decided earlier and waiting for its Director's Letter."""
    if place % 3 == 0:
        decided = ("compliance_status", EARLIER_SSC, COMPLIANCE[0])
        reached = (*_until(EARLIER_SSC, "prepared"), decided)
        return Told("VUSA", date(2019, 7, 29) + timedelta(days=place), "decided", reached)
    opened, initial = date(2020, 1, 6) + timedelta(days=place), place % 4 == 0
    if place % 3 == 1:
        return Told("FUSA", opened, "requested", initial=initial)
    since, due = min(opened + timedelta(days=10), CLOSING), _working_day(opened + BOOKED_AHEAD)
    return Told("FUSA", opened, "booked", initial=initial, since=since, fieldwork_due=due)


def _until(review: date, last: str) -> Iterator[tuple[str, date, str]]:
    """The milestones up to one, at their distances before a review, none on a day off."""
    for name in AUDITED[: AUDITED.index(last) + 1]:
        yield name, _working_day(review - timedelta(days=DAYS_BEFORE_REVIEW[name])), ""


def _working_day(day: date) -> date:
    """The day itself, or the Working Day before it."""
    days = default_calendar()
    return day if days.is_working_day(day) else days.add(day, -1)
