"""The sample's centralised tracker, of the shape that the Sub-Committee Report of February 2020 tells of.

Published is: fixes for the hubs of both makers of Central and South are found, and the dates to develop, test and
implement them are not confirmed; the main cause in the North could not be shown again in tests. The makers, models,
codes and numbers of every entry are invented.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from secretariat.oversight.tracker.actions import done, hurts, measure, move, plan, report
from secretariat.oversight.tracker.models import BeforeAfter, Impact, PlanDate, TrackerEntry, Work
from secretariat.oversight.tracker.procedure import TRACKER
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party
from secretariat.site.sample.crew import Crew, told

ANALYST, DCC, MEMBER = "technical.analyst", "dcc.representative", "operations.member"
OWN_PARTY = "brackenford-supply-375-limited"
HUB = "Communications Hub"


def enter(crew: Crew) -> None:
    """Enters five entries, each at another place of the way."""
    for maker, code in (("Invented Hubs A", "8F12"), ("Invented Hubs B", "8F3E")):
        _hubs_of_central_and_south(crew, maker, code)
    _hubs_of_the_north(crew)
    _meters_of_a_supplier(crew)
    _a_fault_that_is_gone(crew)


def _by(crew: Crew, who: str, day: date) -> Any:
    return told(crew[who], datetime.combine(day, time(11), tzinfo=LONDON))


def _entry(crew: Crew, day: date, **facts: Any) -> TrackerEntry:
    return report(TrackerEntry(**{"reported_by": "DCC", "invented": True, **facts}), **_by(crew, DCC, day))


def _hubs_of_central_and_south(crew: Crew, maker: str, code: str) -> None:
    """A fix is found; the dates to develop, test and deploy it are yet to be confirmed."""
    words = "The same alert comes from most hubs of the maker many times a day."
    entry = _entry(crew, date(2019, 11, 4), device_type=HUB, manufacturer=maker, model="CH-1", region="C",
                   alert_code=code, behaviour="repeats", description=words, owner="CSP",
                   cause="The firmware raises it anew at each poll.")  # fmt: skip
    TRACKER.take("examine", entry, **_by(crew, ANALYST, date(2019, 11, 6)))
    hurts(entry, Impact(on_whom="The DSP and all Users", what="Capacity to handle alerts is used up.", weight="high"),
          **_by(crew, ANALYST, date(2019, 11, 6)))  # fmt: skip
    for work in Work:
        plan(entry, PlanDate(work=work), **_by(crew, DCC, date(2020, 2, 3)))
    TRACKER.take("plan", entry, **_by(crew, DCC, date(2020, 2, 10)))


def _hubs_of_the_north(crew: Crew) -> None:
    """Under investigation: it could not be made to happen in tests."""
    entry = _entry(crew, date(2019, 12, 2), device_type=HUB, manufacturer="Invented Hubs C", model="CH-7", region="N",
                   alert_code="8F3D", behaviour="storm", owner="CSP",
                   description="Fewer alerts than elsewhere, but the service suffers more from them.")  # fmt: skip
    TRACKER.take("examine", entry, **_by(crew, ANALYST, date(2019, 12, 4)))
    hurts(entry, Impact(on_whom="Users in the North", what="Responses come late.", weight="high"),
          **_by(crew, ANALYST, date(2019, 12, 4)))  # fmt: skip


def _meters_of_a_supplier(crew: Crew) -> None:
    """A supplier's own: the day to deploy moved twice, and each move says why."""
    entry = _entry(crew, date(2019, 9, 16), device_type="ESME", manufacturer="Invented Meters", model="E-20",
                   firmware="00010203", alert_code="81A0", behaviour="false", owner="supplier",
                   owner_party=Party.objects.get(key=OWN_PARTY), cause="A sensor reads a limit as a breach.",
                   description="Integrity warnings from meters that nobody touched.")  # fmt: skip
    TRACKER.take("examine", entry, **_by(crew, ANALYST, date(2019, 9, 18)))
    hurts(entry, Impact(on_whom="The supplier", what="Each warning is looked into by hand.", weight="medium"),
          **_by(crew, ANALYST, date(2019, 9, 18)))  # fmt: skip
    tested = plan(entry, PlanDate(work=Work.TEST, due_on=date(2019, 12, 6)), **_by(crew, DCC, date(2019, 10, 7)))
    deploy = plan(entry, PlanDate(work=Work.DEPLOY, due_on=date(2020, 1, 31)), **_by(crew, DCC, date(2019, 10, 7)))
    TRACKER.take("plan", entry, **_by(crew, DCC, date(2019, 10, 9)))
    done(tested, date(2019, 12, 5), **_by(crew, DCC, date(2019, 12, 6)))
    move(
        deploy, date(2020, 2, 28), "The certificate of the new firmware came late.", **_by(crew, DCC, date(2020, 1, 20))
    )
    move(deploy, date(2020, 3, 27), "A first batch of meters did not come back after the upgrade.",
         **_by(crew, DCC, date(2020, 2, 24)))  # fmt: skip
    TRACKER.take("deploy", entry, **_by(crew, DCC, date(2020, 3, 2)))


def _a_fault_that_is_gone(crew: Crew) -> None:
    """Deployed, measured with devices that were not changed beside it, and recorded as fixed."""
    entry = _entry(crew, date(2019, 6, 3), device_type="GSME", manufacturer="Invented Meters", model="G-4",
                   alert_code="8F1D", behaviour="repeats", owner="manufacturer",
                   description="Loss of supply is told although the battery is full.")  # fmt: skip
    TRACKER.take("examine", entry, **_by(crew, ANALYST, date(2019, 6, 5)))
    hurts(entry, Impact(on_whom="Suppliers", what="Engineers are sent out in vain.", weight="medium"),
          **_by(crew, ANALYST, date(2019, 6, 5)))  # fmt: skip
    deploy = plan(entry, PlanDate(work=Work.DEPLOY, due_on=date(2019, 10, 31)), **_by(crew, DCC, date(2019, 7, 1)))
    for step, day in (("plan", date(2019, 7, 3)), ("deploy", date(2019, 9, 2))):
        TRACKER.take(step, entry, **_by(crew, DCC, day))
    done(deploy, date(2019, 10, 30), **_by(crew, DCC, date(2019, 11, 1)))
    TRACKER.take("watch", entry, **_by(crew, DCC, date(2019, 11, 1)))
    found = BeforeAfter(
        before_from=date(2019, 8, 5), before_to=date(2019, 9, 1), after_from=date(2019, 11, 4),
        after_to=date(2019, 12, 1), alerts_before=84_000, devices_before=30_000, alerts_after=6_300,
        devices_after=29_500, control=1.04, low=0.06, high=0.09, taken_on=date(2019, 12, 9),
    )  # fmt: skip
    measure(entry, found, **_by(crew, ANALYST, date(2019, 12, 9)))
    TRACKER.take("fix", entry, **_by(crew, MEMBER, date(2019, 12, 16)))
