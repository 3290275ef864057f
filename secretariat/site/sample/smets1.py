"""The sample's SMETS1 combinations on their way into the service.

Published are the names of the combinations, the recommendation to the Panel on one of them with its sixth criterion
Amber (Sub-Committee Report, February 2020), and that 68,400 installations were migrated by 18 February 2020. How these
divide over combinations and months, the other criteria and every rating of them are invented.
"""

from __future__ import annotations

from datetime import datetime

from secretariat.core import journal
from secretariat.oversight.smets1.models import Cohort, Combination, Criterion, LiveServiceAssessment, Mode
from secretariat.oversight.smets1.procedure import LIVE_SERVICE
from secretariat.plain.dates import LONDON
from secretariat.site.sample.crew import RECORDED, SINCE, Crew, told

DCC, GROUP = "dcc.representative", "operations.member"
REPORT = "Sub-Committee Report, February 2020"
COHORTS = (
    ("IOC", "Initial Operating Capability", "Aclara, Honeywell Elster, Itron"),
    ("MOC", "Middle Operating Capability", "Morrison Data Services, Secure"),
    ("FOC", "Final Operating Capability", "Landis+Gyr, EDMI"),
)
COMBINATIONS = (
    ("Elster Active", "IOC", Mode.ACTIVE), ("Aclara dormant", "IOC", Mode.DORMANT),
    ("Aclara active", "IOC", Mode.ACTIVE), ("Aclara mixed", "IOC", Mode.MIXED),
    ("MDS active", "MOC", Mode.ACTIVE), ("MDS dormant", "MOC", Mode.DORMANT),
)  # fmt: skip
RETURNS = (
    ("Aclara dormant", "2019-10-01", "2019-10-31", 4_100), ("Aclara dormant", "2019-11-01", "2019-11-30", 9_300),
    ("Aclara dormant", "2019-12-01", "2019-12-31", 8_200), ("Aclara dormant", "2020-01-01", "2020-01-31", 21_700),
    ("Aclara mixed", "2020-01-01", "2020-01-31", 6_400), ("Aclara dormant", "2020-02-01", "2020-02-18", 12_500),
    ("Aclara mixed", "2020-02-01", "2020-02-18", 6_200),
)  # fmt: skip
"""How many installations of each were migrated: 68,400 are published (tomorrowuk.net), the parts are invented."""
COLUMNS = ("combination", "first_day", "last_day", "attempted", "migrated", "failed_no_wan_before",
           "failed_no_wan_during", "failed_attempts", "source", "invented")  # fmt: skip


def enter(crew: Crew) -> None:
    """Enters cohorts, combinations, what was migrated, the criteria, and the assessment of February 2020."""
    _combinations(crew)
    crew.load("smets1-migrations", DCC, COLUMNS, [_returned(*row) for row in RETURNS])
    _assess(crew, _criteria(crew))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def _combinations(crew: Crew) -> None:
    cohorts = {}
    for code, name, makers in COHORTS:
        cohorts[code] = Cohort(code=code, name=name, makers=makers)
        journal.enter(cohorts[code], **told(crew[DCC], RECORDED))
    for name, code, mode in COMBINATIONS:
        made = Combination(name=name, cohort=cohorts[code], mode=mode, source=REPORT)
        journal.enter(made, **told(crew[DCC], RECORDED))


def _returned(name: str, first: str, last: str, migrated: int) -> tuple[object, ...]:
    """A return of which one installation in twenty failed, for reasons in fixed shares."""
    failed = migrated // 19
    before, during = failed // 2, failed // 4
    return (name, first, last, migrated + failed, migrated, before, during, failed - before - during, "", "yes")


def _criteria(crew: Crew) -> list[Criterion]:
    """Six criteria, of which one is named in a publication."""
    found = []
    for number in range(1, 7):
        named = number == 6
        made = Criterion(
            code=f"LSC{number}", name="Service stability" if named else "Not named in a publication", position=number,
            source=REPORT if named else "", verified=named, invented=not named, from_day=SINCE, recorded=RECORDED,
        )  # fmt: skip
        journal.enter(made, **told(crew[DCC], RECORDED))
        found.append(made)
    return found


def _assess(crew: Crew, criteria: list[Criterion]) -> None:
    """The DCC rates all Green; the Operations Group rates the sixth Amber and recommends the combination."""
    made = LiveServiceAssessment(combination=Combination.objects.get(name="Elster Active"))
    by = told(crew[DCC], _at("2020-01-28 10:00"))
    LIVE_SERVICE.take("open", made, **by)
    for one in criteria:
        LIVE_SERVICE.take("rate", made, criterion=one.pk, light="green", reason="", rated_by="The DCC",
                          evidence="Its report to the Operations Group (invented)", **by)  # fmt: skip
    LIVE_SERVICE.take("submit", made, **by)
    group = told(crew[GROUP], _at("2020-02-04 12:00"))
    LIVE_SERVICE.take("rate", made, criterion=criteria[-1].pk, light="amber", rated_by="Operations Group", evidence="",
                      reason="Major incidents across the service of the DCC in the last weeks.", **group)  # fmt: skip
    LIVE_SERVICE.take("endorse", made, decision="SECP_77_1402_04", **group,
                      recommendation="Add the combination to the list of eligible ones; LSC6 is Amber.")  # fmt: skip
