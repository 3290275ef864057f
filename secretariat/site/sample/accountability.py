"""The sample's maintenance, differences, milestones, joint plan, schemes, services and faults of registration data.

Published are: that the rules of engagement for party differences were approved in early 2020; the milestones 1A and 1B
of Release 2.0; which thirteen services can be scheduled, and that 4.3 and 4.4.3 cannot; and that examples of faulty
registration data were asked for. Every scheme, day, meeting, metering point and case is invented.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from secretariat.core import journal
from secretariat.oversight.accountability.models import (
    IncentiveMilestone,
    JointMilestone,
    PanelScore,
    Scheme,
    SchemePart,
)
from secretariat.oversight.accountability.procedure import INCENTIVE_MILESTONES, JOINT_MILESTONES
from secretariat.oversight.differences.models import EngagementRules, PartyDifference
from secretariat.oversight.differences.procedure import DIFFERENCES
from secretariat.oversight.maintenance.models import MaintenanceWindow
from secretariat.oversight.maintenance.procedure import MAINTENANCE
from secretariat.oversight.measures.models import Measure
from secretariat.oversight.registration_data.models import DataIssue, Example
from secretariat.oversight.registration_data.points import check_digit
from secretariat.oversight.registration_data.procedure import DATA_ISSUES
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party
from secretariat.site.sample.crew import PROPOSER, Crew, noon, told

ANALYST, LEAD, DCC = "technical.analyst", "operations.lead", "dcc.representative"
OPERATIONS_2018, SUB_COMMITTEES = "Operations Report, June 2018", "Sub-Committee Report, February 2020"
MATRIX = "Request matrix of the DCC's published parser; names by common account"
CONSULTED = "Newsletter, January 2022"
SURE = "general knowledge, medium"

SCHEDULED = (
    ("4.6.1", "Retrieve Import Daily Read Log"), ("4.6.2", "Retrieve Export Daily Read Log"),
    ("4.8.1", "Read Active Import Profile Data"), ("4.8.2", "Read Reactive Import Profile Data"),
    ("4.8.3", "Read Export Profile Data"), ("4.10", "Read Network Data"),
    ("4.12.1", "Read Maximum Demand Import Registers"), ("4.12.2", "Read Maximum Demand Export Registers"),
    ("4.14", "Read Prepayment Daily Read Log"), ("4.15", "Read Load Limit Data"), ("4.16", "Read Active Power Import"),
    ("4.17", "Retrieve Daily Consumption Log"), ("14.1", "Record Network Data (gas)"),
)  # fmt: skip
OTHERS = (
    ("4.3", "Read Instantaneous Prepay Values", CONSULTED, "sourced"),
    ("4.4.3", "Retrieve Billing Calendar Triggered Billing Data Log", CONSULTED, "sourced"),
    ("5.1", "Create Schedule", CONSULTED, "sourced"),
    ("8.14.1", "Communications Hub Status Update: Install Success", MATRIX, SURE),
    ("8.14.2", "Communications Hub Status Update: Install No SM WAN", MATRIX, SURE),
    ("8.14.3", "Communications Hub Status Update: Fault Return", MATRIX, SURE),
    ("8.14.4", "Communications Hub Status Update: No Fault Return", MATRIX, SURE),
    ("12.1", "Request WAN Matrix", MATRIX, SURE),
    ("12.2", "Device Pre-notification", MATRIX, SURE),
)
KNOWN_FROM = "2016-11-08"
HEADS = ("reference", "name", "on_demand", "future_dated", "scheduled", "from_day", "source", "mark")

WINDOWS = (
    ("Invented: data service upgrade", "", (1, 18, 22), (1, 19, 2), (2019, 12, 16), "held"),
    ("Invented: gateway of the North", "N", (2, 15, 20), (2, 16, 1), (2020, 1, 31), "held"),
    ("Invented: key infrastructure", "", (3, 14, 22), (3, 15, 2), (2020, 2, 10), "announced"),
    ("Invented: gateway of the South", "S", (3, 21, 21), (3, 22, 1), (2020, 2, 17), "cancelled"),
)
"""Title, region, first and last hour of 2020, when it was announced, and what came of it."""

SCHEMES = (
    ("Invented: regime of 2019-20", ("50", "5", "15")),
    ("Invented: the same facts, weighed otherwise", ("15", "15", "40")),
)
"""Each with the weights of what its measures score; the Panel scores the rest, as in the regime that came later."""
SCORED = (("CPM1", "On-demand responses", 96, 99), ("CPM4", "Urgent incidents", 85, 100),
          ("CPM6", "Self-service interface", 98, "99.5"))  # fmt: skip
PANEL_SCORES = (("Customer engagement", "Invented: did it ask early enough?", 2), ("Contract management", "", 0))


def enter(crew: Crew) -> None:
    """Enters all of it."""
    _services(crew)
    _maintenance(crew)
    _difference(crew)
    _milestones(crew)
    _regime(crew)
    _registration_data(crew)


def _services(crew: Crew) -> None:
    rows = [
        (number, name, "", "", "yes", KNOWN_FROM, MATRIX, "general knowledge, medium") for number, name in SCHEDULED
    ]
    rows += [(number, name, "", "", "no", KNOWN_FROM, source, mark) for number, name, source, mark in OTHERS]
    crew.load("service-requests", ANALYST, HEADS, rows)


def _at(told_: tuple[int, int, int]) -> datetime:
    """An hour of a day of 2020."""
    return datetime(2020, *told_, tzinfo=LONDON)


def _maintenance(crew: Crew) -> None:
    dcc = crew[DCC]
    for title, region, first, last, announced, state in WINDOWS:
        made = MaintenanceWindow(title=title, region=region, starts_at=_at(first), ends_at=_at(last), invented=True)
        MAINTENANCE.take("announce", made, **told(dcc, noon(date(*announced))))
        if state == "held":
            held: dict[str, Any] = {"started_at": _at(first), "ended_at": _at(last), "outcome": ""}
            MAINTENANCE.take("hold", made, **told(dcc, noon(made.ends_at.date())), **held)
        elif state == "cancelled":
            MAINTENANCE.take("cancel", made, **told(dcc, noon(date(2020, 3, 2))), reason="Invented: it is not needed.")


def _difference(crew: Crew) -> None:
    rules = EngagementRules(version="1.0", from_day=date(2020, 2, 4), source=SUB_COMMITTEES, meeting="OPSG_29_0402")
    journal.enter(rules, **told(crew[LEAD], noon(rules.from_day)))
    asking, other = Party.objects.get(key="brackenford-supply-375-limited"), Party.objects.get(is_dcc=True)
    made = PartyDifference(party=asking, other=other, subject="Invented: who answers for a failed read", invented=True)
    made.text = "Invented: the party and the DCC differ on where reads are lost."
    made.tried, made.wanted = "Invented: two calls and an incident.", "Invented: one account that both can check."
    DIFFERENCES.take("request", made, **told(crew[PROPOSER], noon(date(2020, 2, 21))))
    DIFFERENCES.take("take_on", made, **told(crew[LEAD], noon(date(2020, 2, 25))))


def _milestones(crew: Crew) -> None:
    """Milestones 1A and 1B of Release 2.0 on their way to the Panel, and the switching programme's of the plan."""
    analyst, dcc = crew[ANALYST], crew[DCC]
    for reference in ("1A", "1B"):
        made = IncentiveMilestone(
            programme="DCC Release 2.0", reference=reference, source=OPERATIONS_2018, invented=True
        )
        made.due_on = date(2018, 5, 31)
        INCENTIVE_MILESTONES.take("set", made, **told(analyst, noon(date(2018, 4, 2))))
        claim: dict[str, Any] = {"claimed_on": date(2018, 5, 31), "evidence": "Invented: the test results."}
        INCENTIVE_MILESTONES.take("claim", made, **told(dcc, noon(date(2018, 6, 1))), **claim)
        for meeting, day in (("OPSG_09_2606", date(2018, 6, 26)), ("TAG_20_2706", date(2018, 6, 27))):
            view: dict[str, Any] = {"meeting": meeting, "achieved": "yes", "reason": "Invented: the evidence bears it."}
            INCENTIVE_MILESTONES.take("view", made, **told(analyst, noon(day)), **view)
    joint = JointMilestone(programme="Faster Switching", name="Entry to Systems Integration Testing", invented=True)
    joint.due_on = date(2020, 4, 27)
    JOINT_MILESTONES.take("enter", joint, **told(crew[LEAD], noon(date(2020, 1, 27))))


def _regime(crew: Crew) -> None:
    """Two schemes on the facts that the performance returns told: one score each, and between what it lies."""
    analyst, day = crew[ANALYST], noon(date(2020, 3, 2))
    for name, weights in SCHEMES:
        made = Scheme(name=name, from_day=date(2019, 4, 1), to_day=date(2020, 3, 31), at_risk=Decimal(7_000_000))
        made.source, made.mark, made.invented = "Invented, after the shape of the regime from 2021", "setting", True
        journal.enter(made, **told(analyst, day))
        for (code, part, floor, ceiling), weight in zip(SCORED, weights, strict=True):
            row = SchemePart(scheme=made, category="System performance", name=part, weight=Decimal(str(weight)))
            row.measure, row.floor, row.ceiling = (
                Measure.objects.get(code=code),
                Decimal(str(floor)),
                Decimal(str(ceiling)),
            )
            row.invented = True
            journal.enter(row, **told(analyst, day))
        for category, question, score in PANEL_SCORES:
            row = SchemePart(scheme=made, category=category, name=category, weight=Decimal(15), invented=True)
            journal.enter(row, **told(analyst, day))
            if question:
                given = PanelScore(part=row, question=question, score=score, reason="Invented.", invented=True)
                given.given_on, given.meeting = date(2020, 2, 14), "SECP_77_1402"
                journal.enter(given, **told(analyst, noon(given.given_on)))


def _registration_data(crew: Crew) -> None:
    analyst = crew[ANALYST]
    made = DataIssue(title="Incomplete addresses stop installations", fault="address", source=SUB_COMMITTEES)
    made.text, made.affects = (
        "The address of the premises is incomplete or missing.",
        "The WAN matrix finds no premises.",
    )
    made.invented = True
    DATA_ISSUES.take("raise", made, **told(crew[DCC], noon(date(2020, 1, 20))))
    DATA_ISSUES.take("examine", made, **told(analyst, noon(date(2020, 1, 22))))
    for number in ("990001000001", "990001000002"):
        point = f"{number}{check_digit(number)}"
        example = Example(issue=made, point=point, told_on=date(2020, 2, 3), note="Invented.", invented=True)
        journal.enter(example, **told(analyst, noon(date(2020, 2, 3))))
    owned: dict[str, Any] = {"owner": "The registration data provider", "due_on": date(2020, 4, 30)}
    owned["cause"] = "Invented: the source has no postcode for new premises."
    DATA_ISSUES.take("assign", made, **told(analyst, noon(date(2020, 2, 10))), **owned)
