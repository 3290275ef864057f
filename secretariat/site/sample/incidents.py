"""The sample's incidents of the central service: the causes that grew old, and the major incidents of early 2020.

Published, in the Sub-Committee Report of February 2020, are two of the causes, that four of five fell, which two fell
most, that each has a lead, what the count of one misses, and that the Operations Group looks at the categories of major
incidents. Every incident, every number of them and the other causes are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from secretariat.core import journal
from secretariat.oversight.incidents.actions import tell_coverage
from secretariat.oversight.incidents.learning import LESSONS, REVIEWS
from secretariat.oversight.incidents.models import AgedCategory, Coverage, Incident, Lesson, MajorReview, Problem, Side
from secretariat.oversight.incidents.procedure import INCIDENTS, PROBLEMS
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party
from secretariat.site.sample.crew import Crew, told

DCC, GROUP = "dcc.representative", "operations.member"
SOURCE = "Sub-Committee Report, February 2020"
DNO, VARIANT = "Incorrect or no credentials (DNO)", "Incorrect CH variant installed"
CAVEAT = "Its incidents are those that one network operator raised; how far the fault goes they do not tell."
CAUSES: tuple[tuple[str, int, int], ...] = (
    (DNO, 52, 31), (VARIANT, 44, 28), ("Device not joined to the home network", 30, 26),
    ("Inventory entry not updated by the User", 25, 23), ("Firmware not activated by the User", 12, 14),
)  # fmt: skip
"""Each cause with how many of its incidents had grown old at the end of January and of February; numbers invented."""
COLUMNS = ("reference", "title", "raised_at", "category", "side", "party", "assignee", "region", "service", "cause",
           "resolved_at", "closed_at", "invented")  # fmt: skip
REGIONS = ("N", "C", "S")
SUPPLIERS = 9
WORKED_ON = 40
AUTUMN, FEBRUARY = datetime(2019, 10, 7, 9, tzinfo=LONDON), datetime(2020, 2, 3, 9, tzinfo=LONDON)
LEAP_DAY = datetime(2020, 2, 29, 18, tzinfo=LONDON)


def enter(crew: Crew) -> None:
    """Enters the causes, the incidents that grew old, those of February that the DCC resolved, and three major ones."""
    _causes(crew)
    crew.load("service-incidents", DCC, COLUMNS, [*_aged(), *_resolved()])
    _majors(crew)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def _causes(crew: Crew) -> None:
    for name, _, _ in CAUSES:
        published = name in (DNO, VARIANT)
        cause = AgedCategory(name=name, side=Side.USER, lead="A lead within DCC Service Management",
                             source=SOURCE if published else "", caveat=CAVEAT if name == DNO else "",
                             invented=not published)  # fmt: skip
        journal.enter(cause, **told(crew[DCC], _at("2020-02-04 10:00")))
        if name == DNO:
            report = Coverage(title="Report of all meters affected", promised_for=date(2020, 2, 29), source=SOURCE)
            tell_coverage(cause, report, **told(crew[DCC], _at("2020-02-04 11:00")))


def _aged() -> Iterator[tuple[object, ...]]:
    """The incidents of each cause: those old in January, of which some were resolved in February, and new ones."""
    parties = list(Party.objects.filter(left_on=None).order_by("key").values_list("key", flat=True)[:SUPPLIERS])
    number = 0
    for place, (name, january, february) in enumerate(CAUSES):
        for nth in range(max(january, february)):
            number += 1
            raised = AUTUMN + timedelta(days=(nth * 7 + place * 11) % 95, hours=nth % 8)
            if nth >= january:
                raised = FEBRUARY + timedelta(days=nth - january)
            done = FEBRUARY + timedelta(days=nth % 24) if nth < january - february else None
            yield (f"INC0000001{number:05}", f"{name}: installation {number}", f"{raised:%Y-%m-%d %H:%M}", 3 + nth % 3,
                   "user", parties[number % len(parties)], "Their operations", REGIONS[nth % 3], "Installation",
                   name, f"{done:%Y-%m-%d %H:%M}" if done else "", "", "yes")  # fmt: skip


def _resolved() -> Iterator[tuple[object, ...]]:
    """Incidents that the DCC or a provider resolved in February, one in eight of them too late."""
    for number in range(WORKED_ON):
        category = 2 + number % 4
        raised = FEBRUARY + timedelta(days=number % 20, hours=number % 9)
        hours = {2: 20, 3: 60, 4: 100, 5: 200}[category] * (2 if number % 8 == 1 else 1)
        done = min(raised + timedelta(hours=hours), LEAP_DAY)
        side = "provider" if number % 3 else "dcc"
        yield (f"INC0000002{number:05}", f"Service requests of region {REGIONS[number % 3]} delayed",
               f"{raised:%Y-%m-%d %H:%M}", category, side, "", "Service desk", REGIONS[number % 3], "Data service", "",
               f"{done:%Y-%m-%d %H:%M}", f"{done + timedelta(hours=20):%Y-%m-%d %H:%M}", "yes")  # fmt: skip


def _logged(crew: Crew, reference: str, title: str, raised: str, category: int, **more: Any) -> Incident:
    incident = Incident(
        reference=reference, title=title, raised_at=_at(raised), category=category, invented=True, **more
    )
    INCIDENTS.take("log", incident, **told(crew[DCC], _at(raised)))
    return incident


def _take(crew: Crew, name: str, incident: Incident, at: str, by: str = DCC, **facts: Any) -> None:
    INCIDENTS.take(name, incident, **told(crew[by], _at(at)), **facts)


def _majors(crew: Crew) -> None:
    """One reviewed with a lesson whose day moved, one whose category was disputed, and one that is open."""
    _reviewed(crew)
    disputed = _logged(crew, "INC000000300002", "Alerts of the North delayed", "2020-01-27 06:10", 2, region="N",
                       side="provider", assignee="Provider of the North")  # fmt: skip
    _take(crew, "resolve", disputed, "2020-01-27 15:30", resolution="A queue was emptied.")
    _take(crew, "recategorise", disputed, "2020-02-04 11:30", GROUP, category="1", decided_by="Operations Group",
          why="Every User of the region was affected for the whole morning.")  # fmt: skip
    still = _logged(crew, "INC000000300003", "Service responses lost after a release", "2020-03-08 21:05", 1,
                    service="Data service")  # fmt: skip
    _take(crew, "respond", still, "2020-03-08 21:12")


def _reviewed(crew: Crew) -> None:
    problem = Problem(reference="PBI000000000101", title="Message queues fill after a restart", invented=True,
                      raised_on=date(2020, 1, 16))  # fmt: skip
    PROBLEMS.take("investigate", problem, **told(crew[DCC], _at("2020-01-16 09:00")))
    PROBLEMS.take("understand", problem, cause="A limit was not set again after the restart.",
                  workaround="Set it by hand.", **told(crew[DCC], _at("2020-01-24 16:00")))  # fmt: skip
    incident = _logged(crew, "INC000000300001", "On-demand service requests refused", "2020-01-15 07:40", 1,
                       service="Data service", problem=problem)  # fmt: skip
    _take(crew, "respond", incident, "2020-01-15 07:48")
    _take(crew, "resolve", incident, "2020-01-15 13:20", resolution="The queues were restarted.")
    _take(crew, "close", incident, "2020-01-17 10:00")
    review = MajorReview(incident=incident, invented=True)
    REVIEWS.take("open", review, **told(crew[DCC], _at("2020-01-17 11:00")))
    REVIEWS.take("summarise", review, summary="A limit was not set again after a restart.",
                 **told(crew[DCC], _at("2020-01-21 15:00")))  # fmt: skip
    REVIEWS.take("report", review, findings="The restart procedure leaves the limit out, and no check finds it.",
                 **told(crew[DCC], _at("2020-02-13 15:00")))  # fmt: skip
    lesson = Lesson(review=review, text="Check the limit of every queue after a restart.", owner="DCC operations",
                    due_on=date(2020, 2, 28), invented=True)  # fmt: skip
    LESSONS.take("agree", lesson, **told(crew[GROUP], _at("2020-02-18 11:00")))
    LESSONS.take("move", lesson, due_on="2020-03-27", why="The check is part of the next maintenance.",
                 **told(crew[DCC], _at("2020-02-27 16:00")))  # fmt: skip
