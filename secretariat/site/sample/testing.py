"""The sample's programmes of testing, and what the Testing Advisory Group had before it in January and February 2020.

Published are: the programmes and their documents that the group approved in January, and that it approved one of two
required documents in February; that it would take no shortened governance of the June release; the five parts of Core
Release 1.1; that the switching programme is to enter integration testing in April; and that the group agreed to
concurrent testing of the June release and SMETS1 Uplift 1.1, without dependencies between the two. Every day, version,
meeting reference and environment is invented, and so are the steps of the plans.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.oversight.testing.actions import plan_steps
from secretariat.oversight.testing.durations import Days, minimums, shortest
from secretariat.oversight.testing.models import (
    ConcurrentTesting,
    Dependency,
    GovernancePlan,
    TestDocument,
    TestPhase,
    TestProgramme,
)
from secretariat.oversight.testing.procedure import (
    CONCURRENT_TESTING,
    GOVERNANCE_PLANS,
    TEST_DOCUMENTS,
    TEST_PHASES,
)
from secretariat.site.sample.crew import Crew, noon, told

OPERATIONS, SUB_COMMITTEES = "Operations Report, February 2020", "Sub-Committee Report, February 2020"
ANALYST, DCC = "technical.analyst", "dcc.representative"
JUNE, UPLIFT, IOC, MOC, CORE, SWITCHING = (
    "June 2020 SEC Release", "SMETS1 Uplift 1.1", "SMETS1 Initial Operating Capability",
    "SMETS1 Middle Operating Capability", "DCC Core Release 1.1", "Faster Switching",
)  # fmt: skip
CORE_PARTS = (
    "Five urgent change requests: dual fuel installations migrate better; installations with several supplier IDs "
    "migrate; files need no sequence, so that the Measurement Control Centre is not slowed; the check of GSME serial "
    "numbers before migration is relaxed for two makers; and release 5.8.1 of the meter operator's system."
)
PROGRAMMES = (
    (JUNE, "sec release", date(2020, 6, 25), "", SUB_COMMITTEES),
    (UPLIFT, "smets1", None, "", OPERATIONS),
    (IOC, "smets1", None, "Aclara installations: dormant, active and mixed.", SUB_COMMITTEES),
    (MOC, "smets1", None, "Morrison Data Services installations: active and dormant.", SUB_COMMITTEES),
    (CORE, "smets1", None, CORE_PARTS, SUB_COMMITTEES),
    (SWITCHING, "other", None, "The interface to the Centralised Switching Service.", SUB_COMMITTEES),
)
"""Name, kind, when it is to go live, what it brings, and where it is told."""

PHASES = (
    (IOC, "srvt", "SIT B", date(2020, 2, 3), date(2020, 3, 20), "under way"),
    (MOC, "migration", "SIT B", date(2019, 11, 4), date(2020, 1, 10), "over"),
    (MOC, "sit", "SIT A", date(2019, 10, 7), date(2020, 1, 17), "over"),
    (MOC, "regression", "SIT A", date(2020, 2, 3), date(2020, 3, 13), "under way"),
    (JUNE, "sit", "SIT A", date(2020, 3, 16), date(2020, 4, 24), "planned"),
    (JUNE, "uit", "UIT A", date(2020, 4, 27), date(2020, 6, 12), "planned"),
    (UPLIFT, "sit", "SIT B", date(2020, 3, 23), date(2020, 4, 24), "planned"),
    (UPLIFT, "uit", "UIT B", date(2020, 5, 4), date(2020, 5, 29), "planned"),
    (SWITCHING, "sit", "SIT B", date(2020, 4, 27), date(2020, 7, 31), "planned"),
)
NEEDS = (
    (JUNE, "uit", JUNE, "sit", "Users test what was integrated.", ""),
    (UPLIFT, "uit", UPLIFT, "sit", "Users test what was integrated.", ""),
    (SWITCHING, "sit", UPLIFT, "sit", "Both are done in SIT B.", "Invented: the build of the uplift is kept apart."),
)
JANUARY, FEBRUARY = "TAG_39_2201", "TAG_42_2602"


@dataclass(frozen=True)
class Told:
    """A test document as the sample tells it; `meeting` is empty where it is still before the group."""

    programme: str
    phase: str
    kind: str
    title: str
    relates_to: str
    submitted: date
    meeting: str = JANUARY
    required_by: str = ""


DOCUMENTS = (
    Told(IOC, "srvt", "depth and breadth", "Service Request Variant Testing depth and breadth",
         "Aclara dormant, active and mixed", date(2020, 1, 8)),
    Told(MOC, "regression", "depth and breadth", "Regression depth and breadth", "Morrison Data Services",
         date(2020, 1, 8)),
    Told(MOC, "migration", "depth and breadth", "Migration depth and breadth", "Morrison Data Services",
         date(2020, 1, 8)),
    Told(MOC, "migration", "completion", "Migration test completion report", "active and dormant", date(2020, 1, 13)),
    Told(MOC, "sit", "completion", "SIT test completion report", "active and dormant", date(2020, 1, 20)),
    Told(IOC, "srvt", "other", "Invented: first required document", "", date(2020, 2, 5), FEBRUARY, "regulation"),
    Told(MOC, "regression", "other", "Invented: second required document", "", date(2020, 2, 12), "", "regulation"),
)  # fmt: skip


def enter(crew: Crew) -> None:
    """Enters the programmes, their testing, documents and plans, and the proposal of concurrent testing."""
    programmes = {name: _programme(crew, name, *facts) for name, *facts in PROGRAMMES}
    phases = {
        (name, kind): _phase(crew, programmes[name], kind, where, begins, ends)
        for name, kind, where, begins, ends, _ in PHASES
    }
    for name, kind, other, needed, why, mitigation in NEEDS:
        made = Dependency(phase=phases[name, kind], needed=phases[other, needed], why=why, mitigation=mitigation)
        made.invented = True
        journal.enter(made, **told(crew[DCC], noon(date(2020, 1, 27))))
    _proceed(crew, phases, _documents(crew, programmes, phases))
    _plans(crew, phases[JUNE, "sit"])
    _concurrent(crew, programmes)


def _programme(crew: Crew, name: str, kind: str, live: date | None, about: str, source: str) -> TestProgramme:
    made = TestProgramme(name=name, kind=kind, goes_live_on=live, about=about, source=source)
    journal.enter(made, **told(crew[ANALYST], noon(date(2019, 9, 2))))
    return made


def _phase(crew: Crew, programme: TestProgramme, kind: str, environment: str, begins: date, ends: date) -> TestPhase:
    made = TestPhase(programme=programme, kind=kind, environment=environment, begins_on=begins, ends_on=ends)
    made.invented = True
    TEST_PHASES.take("plan", made, **told(crew[DCC], noon(date(2019, 9, 3))))
    return made


def _documents(
    crew: Crew, programmes: Mapping[str, TestProgramme], phases: Mapping[tuple[str, str], TestPhase]
) -> list[tuple[Told, TestDocument]]:
    found = []
    for one in DOCUMENTS:
        made = TestDocument(
            programme=programmes[one.programme], phase=phases[one.programme, one.phase], title=one.title, kind=one.kind,
            version="1.0", relates_to=one.relates_to, required_by=one.required_by, invented=True,
        )  # fmt: skip
        TEST_DOCUMENTS.take("submit", made, **told(crew[DCC], noon(one.submitted)))
        found.append((one, made))
    return found


def _proceed(
    crew: Crew, phases: Mapping[tuple[str, str], TestPhase], documents: list[tuple[Told, TestDocument]]
) -> None:
    """Approvals and testing, each before what waits for it."""
    days = {JANUARY: noon(date(2020, 1, 22)), FEBRUARY: noon(date(2020, 2, 26))}
    waits = [one for one in documents if one[0].kind == "completion"]
    for asked, made in [one for one in documents if one not in waits and one[0].meeting]:
        TEST_DOCUMENTS.take("approve", made, **told(crew[ANALYST], days[asked.meeting]), meeting=asked.meeting)
    for kind in ("sit", "migration"):
        _approach(crew, phases[MOC, kind])
    for name, kind, _, begins, ends, state in PHASES:
        phase = phases[name, kind]
        if state != "planned":
            TEST_PHASES.take("begin", phase, **told(crew[DCC], noon(begins)))
        if state == "over":
            TEST_PHASES.take("end", phase, **told(crew[DCC], noon(ends)))
    for asked, made in waits:
        TEST_DOCUMENTS.take("approve", made, **told(crew[ANALYST], days[asked.meeting]), meeting=asked.meeting)


def _approach(crew: Crew, phase: TestPhase) -> None:
    """The document on which testing of the autumn before rests."""
    made = TestDocument(programme=phase.programme, phase=phase, kind="approach", version="1.0", invented=True)
    made.title = f"Invented: approach to {phase.get_kind_display()}"
    TEST_DOCUMENTS.take("submit", made, **told(crew[DCC], noon(date(2019, 9, 9))))
    TEST_DOCUMENTS.take("approve", made, **told(crew[ANALYST], noon(date(2019, 9, 25))), meeting="TAG_33_2509")


def _plans(crew: Crew, phase: TestPhase) -> None:
    """The shortened plan that the group sent back, and a plan in which every step has its time."""
    dcc = crew[DCC]
    least = minimums(date(2020, 1, 20))
    whole = shortest(date(2020, 2, 10), least, calendar())
    first = Days(date(2020, 2, 24), date(2020, 2, 28))
    short = {"industry review": first}
    for one in least[1:]:
        day = calendar().add(max(days.last for days in short.values()), 1)
        short[one.name] = Days(day, day + timedelta(days=1) if one.days > 1 else day)
    shortened, proposed = (
        GovernancePlan(programme=phase.programme, phase=phase, title=title, invented=True)
        for title in ("Governance as the DCC first proposed it", "Governance with every step at its least")
    )
    GOVERNANCE_PLANS.take("draft", shortened, **told(dcc, noon(date(2020, 1, 13))))
    plan_steps(shortened, short, **told(dcc, noon(date(2020, 1, 13))))
    GOVERNANCE_PLANS.take("present", shortened, **told(dcc, noon(date(2020, 1, 15))))
    GOVERNANCE_PLANS.take(
        "send_back", shortened, **told(crew[ANALYST], noon(date(2020, 1, 22))), meeting=JANUARY,
        concerns="Key steps are too short and too late, and a delay would reach the SMETS1 programmes.",
    )  # fmt: skip
    GOVERNANCE_PLANS.take("draft", proposed, **told(dcc, noon(date(2020, 2, 3))))
    plan_steps(proposed, whole, **told(dcc, noon(date(2020, 2, 3))))
    GOVERNANCE_PLANS.take("present", proposed, **told(dcc, noon(date(2020, 2, 5))))


def _concurrent(crew: Crew, programmes: Mapping[str, TestProgramme]) -> None:
    made = ConcurrentTesting(one=programmes[JUNE], other=programmes[UPLIFT], source=OPERATIONS, invented=True)
    made.case = "Tested together, both programmes carry less risk of being late."
    CONCURRENT_TESTING.take("propose", made, **told(crew[DCC], noon(date(2020, 2, 17))))
    risks = "The risk of delivering both falls, and neither comes to depend on the other."
    day = noon(date(2020, 2, 26))
    CONCURRENT_TESTING.take("agree", made, **told(crew[ANALYST], day), meeting=FEBRUARY, risks=risks)
