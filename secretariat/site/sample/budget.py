"""The sample's budgets, spend, weeks, expenses, projects and procurement.

Published are the numbers and days of the versions of the budget from 2020, that three years and four categories make
a budget, that the tender documents for the User CIO were reviewed on 19 February 2020 and issued on 28 February, and
the names of the drivers. Every amount, bidder, claim and date besides is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from secretariat.consultations.procedure import CONSULTATIONS
from secretariat.core.people import Person
from secretariat.core.schemes import Heading
from secretariat.effort.budget.actions import Planned, add_version, prepare_consultation
from secretariat.effort.budget.models import BudgetCycle, BudgetMonth
from secretariat.effort.budget.procedure import BUDGET, MONTHS
from secretariat.effort.expenses.actions import add_item, begin
from secretariat.effort.expenses.models import ExpenseClaim, ExpenseItem
from secretariat.effort.expenses.procedure import EXPENSES
from secretariat.effort.models import DRIVERS
from secretariat.effort.procurement import actions as tender
from secretariat.effort.procurement.models import Procurement
from secretariat.effort.procurement.procedure import PROCUREMENT
from secretariat.effort.projects.actions import add_milestone, move, reach
from secretariat.effort.projects.models import Project
from secretariat.effort.projects.procedure import PROJECTS
from secretariat.effort.weeks.models import WeekSheet
from secretariat.effort.weeks.procedure import WEEKS
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.plain.workdays import CLOSE
from secretariat.site.sample.crew import Crew, noon, told
from secretariat.site.sample.timesheets import worker

LEAD, REVIEWER, MEMBER = "operations.lead", "operations.reviewer", "panel.member"
CONTRACT, BODIES = "SECAS contract", "Panel, Board and Sub-Committees"
SECCO, PROJECT = "SECCo professional services", "Projects"
THOUSAND = 1000 * 100
"""A thousand pounds in pence."""
LINES = (
    (CONTRACT, "Core services", 4800), (BODIES, "Meetings and members", 360), (SECCO, "Audit and advice", 240),
    (PROJECT, "Projects of the Panel", 600),
)  # fmt: skip
"""Category, line, and thousands of pounds of the first year."""
VERSIONS = (("0.1", date(2019, 10, 29)), ("0.2", date(2019, 11, 8)), ("0.3", date(2019, 12, 6)),
            ("0.4", date(2019, 12, 23)))  # fmt: skip
"""As published; version 1.0 is of 2 March 2020."""
SPENT = {CONTRACT: 402, BODIES: 29, SECCO: 19, PROJECT: 61}
"""Thousands of pounds a month."""


def enter(crew: Crew) -> None:
    """Enters everything of this part."""
    _in_effect(crew)
    _of_2020(crew)
    crew.load("budget-spend", LEAD, ("reference", "day", "category", "description", "pounds", "invented"), _spend())
    _months(crew)
    _weeks(crew)
    _claims(crew)
    _projects(crew)
    _tender(crew)


def _by(crew: Crew, who: str, day: date) -> Any:
    return told(crew[who], noon(day))


def _planned(growth: int) -> list[Planned]:
    """The lines, grown by so many per cent, and two per cent more in each later year."""
    return [
        Planned(category, name, (first, first * 102 // 100, first * 104 // 100))
        for category, name, first in ((one, name, k * THOUSAND * (100 + growth) // 100) for one, name, k in LINES)
    ]


def _consulted(crew: Crew, cycle: BudgetCycle, opens: date, closes: date) -> None:
    """Before the Panel, then consulted on."""
    closing = datetime.combine(closes, CLOSE, tzinfo=LONDON)
    found = prepare_consultation(cycle, closing, **_by(crew, LEAD, opens))
    CONSULTATIONS.take("open", found, **_by(crew, LEAD, opens))
    BUDGET.take("consult", cycle, **_by(crew, LEAD, opens))
    CONSULTATIONS.take("close", found, **told(crew[LEAD], closing))
    after = datetime.combine(closes, time(18), tzinfo=LONDON)
    CONSULTATIONS.take("conclude", found, outcome="Invented: no Party answered.", **told(crew[LEAD], after))


def _in_effect(crew: Crew) -> None:
    """The budget from 2019, which is in effect: all of it invented."""
    cycle = BudgetCycle(first_year=2019, invented=True)
    BUDGET.take("draft", cycle, **_by(crew, LEAD, date(2018, 10, 30)))
    add_version(cycle, "0.1", date(2018, 10, 30), _planned(0), **_by(crew, LEAD, date(2018, 10, 30)))
    BUDGET.take("put_to_finance_group", cycle, **_by(crew, LEAD, date(2018, 11, 1)))
    BUDGET.take("put_to_panel", cycle, **_by(crew, LEAD, date(2018, 12, 7)))
    _consulted(crew, cycle, date(2019, 1, 2), date(2019, 1, 31))
    add_version(cycle, "1.0", date(2019, 2, 8), _planned(0), **_by(crew, LEAD, date(2019, 2, 8)))
    days: Any = {"approved_on": date(2019, 2, 8), "published_on": date(2019, 2, 15)}
    BUDGET.take("approve", cycle, **_by(crew, MEMBER, date(2019, 2, 15)), **days)
    BUDGET.take("stand", cycle, **_by(crew, LEAD, date(2019, 3, 8)))
    BUDGET.take("take_effect", cycle, **_by(crew, LEAD, date(2019, 4, 1)))


def _of_2020(crew: Crew) -> None:
    """The budget from 2020: approved by the Panel, and until 23 March to be appealed."""
    note = "The versions' numbers and days are published; every amount is invented."
    cycle = BudgetCycle(first_year=2020, invented=True, note=note)
    BUDGET.take("draft", cycle, **_by(crew, LEAD, date(2019, 10, 29)))
    for place, (number, day) in enumerate(VERSIONS):
        less = "Invented: one per cent less in every line." if place else ""
        add_version(cycle, number, day, _planned(5 - place), less, **_by(crew, LEAD, day))
        if number == "0.1":
            BUDGET.take("put_to_finance_group", cycle, **_by(crew, LEAD, day))
        if number == "0.3":
            BUDGET.take("put_to_panel", cycle, **_by(crew, LEAD, day))
    _consulted(crew, cycle, date(2019, 12, 23), date(2020, 1, 31))
    after = "Invented: one per cent less after the consultation."
    add_version(cycle, "1.0", date(2020, 3, 2), _planned(1), after, **_by(crew, LEAD, date(2020, 3, 2)))
    days: Any = {"approved_on": date(2020, 2, 14), "published_on": date(2020, 3, 2)}
    BUDGET.take("approve", cycle, **_by(crew, MEMBER, date(2020, 3, 2)), **days)


def _spend() -> Iterator[tuple[object, ...]]:
    """One amount a month and category from April 2019 to February 2020."""
    for month in Month.range(Month(2019, 4), Month(2020, 2)):
        for place, (category, thousands) in enumerate(SPENT.items(), start=1):
            yield f"INV-{month.iso}-{place}", month.last, category, f"Invoice of {month.label}", thousands * 1000, "yes"


def _months(crew: Crew) -> None:
    """January closed with its explanation, February open."""
    for month, closed_on in ((date(2020, 1, 1), date(2020, 2, 10)), (date(2020, 2, 1), None)):
        accounts = BudgetMonth(month=month, invented=True)
        MONTHS.take("open", accounts, **_by(crew, LEAD, Month.of(month).last))
        if closed_on:
            why = "Invented: two projects began earlier than planned, and end earlier."
            MONTHS.take("explain", accounts, **_by(crew, LEAD, closed_on), category=PROJECT, why=why)
            for category in (BODIES, SECCO):
                MONTHS.take("explain", accounts, **_by(crew, LEAD, closed_on), category=category,
                            why="Invented: fewer meetings and less advice than planned.")  # fmt: skip
            MONTHS.take("close", accounts, **_by(crew, LEAD, closed_on))


def _weeks(crew: Crew) -> None:
    """The closed weeks of two analysts, and the lead's: one closed, one begun."""
    weeks = [(Person.objects.get(email=worker(number)), date(2020, 2, 3)) for number in (1, 2)]
    for person, monday in (*weeks, (crew[LEAD], date(2020, 2, 24))):
        sheet = WeekSheet(worker=person, monday=monday, invented=True)
        WEEKS.take("begin", sheet, **_by(crew, LEAD, monday))
        friday = monday.replace(day=monday.day + 4)
        WEEKS.take(
            "close",
            sheet,
            **_by(crew, LEAD, friday),
            note="Invented: on leave." if person == crew[LEAD] else "Invented: on leave where no day is booked.",
        )
    begun = WeekSheet(worker=crew[LEAD], monday=date(2020, 3, 2), invented=True)
    WEEKS.take("begin", begun, **_by(crew, LEAD, date(2020, 3, 2)))


def _item(sort: str, day: date, description: str, pence: int | None, **more: Any) -> ExpenseItem:
    told_of: Any = {"sort": sort, "day": day, "description": f"Invented: {description}", "pence": pence}
    return ExpenseItem(**told_of, **more)


def _claims(crew: Crew) -> None:
    """A Panel member's: one paid, one that waits to be checked."""
    receipt = ("receipt.txt", b"An invented receipt.\n")
    paid = begin(ExpenseClaim(purpose="Panel of 14 February", body="SECP", invented=True),
                 **_by(crew, MEMBER, date(2020, 2, 17)))  # fmt: skip
    add_item(paid, _item("rail", date(2020, 2, 14), "train there and back", 6430), receipt,
             **_by(crew, MEMBER, date(2020, 2, 17)))  # fmt: skip
    add_item(paid, _item("mileage", date(2020, 2, 14), "to the station", None, tenths=124), None,
             **_by(crew, MEMBER, date(2020, 2, 17)))  # fmt: skip
    EXPENSES.take("submit", paid, **_by(crew, MEMBER, date(2020, 2, 17)))
    EXPENSES.take("check", paid, **_by(crew, REVIEWER, date(2020, 2, 18)))
    EXPENSES.take("approve", paid, **_by(crew, LEAD, date(2020, 2, 19)))
    EXPENSES.take("pay", paid, **_by(crew, REVIEWER, date(2020, 2, 21)), paid_on=date(2020, 2, 21), payment="BACS 0221")
    why = "Invented: no cheaper room within a mile on that night."
    waits = begin(ExpenseClaim(purpose="Workshop of 4 March", invented=True, beyond_why=why),
                  **_by(crew, MEMBER, date(2020, 3, 5)))  # fmt: skip
    add_item(waits, _item("accommodation", date(2020, 3, 3), "one night", 17200), receipt,
             **_by(crew, MEMBER, date(2020, 3, 5)))  # fmt: skip
    EXPENSES.take("submit", waits, **_by(crew, MEMBER, date(2020, 3, 5)))


def _projects(crew: Crew) -> None:
    """Two projects under way, and one proposed."""
    for title, driver, days in (("Data Quality", "Data Quality", 220), ("SEC Digitisation", "SEC Digitisation", 400),
                                ("Meter Splitting", "Meter Splitting", 60)):  # fmt: skip
        project = Project(title=title, lead=crew[LEAD], planned_days=days, invented=True)
        project.driver = (
            Heading.objects.filter(scheme__subject=DRIVERS, name=driver).order_by("-scheme__from_day").first()
        )
        project.purpose = "Invented: what the driver of this name is booked for."
        PROJECTS.take("propose", project, **_by(crew, LEAD, date(2019, 9, 2)))
        plan = add_milestone(project, "Plan agreed", date(2019, 10, 31), **_by(crew, LEAD, date(2019, 9, 2)))
        result = add_milestone(project, "Result before the Panel", date(2020, 2, 28),
                               **_by(crew, LEAD, date(2019, 9, 2)))  # fmt: skip
        if title != "Meter Splitting":
            PROJECTS.take("start", project, **_by(crew, LEAD, date(2019, 9, 16)))
            reach(plan, date(2019, 10, 30), **_by(crew, LEAD, date(2019, 10, 31)))
        if title == "Data Quality":
            move(result, date(2020, 4, 17), "Invented: the first extract was not complete.",
                 **_by(crew, LEAD, date(2020, 2, 20)))  # fmt: skip


def _tender(crew: Crew) -> None:
    """The tender for the User CIO: issued, one question answered, and one bid sealed until 27 March."""
    opens_at = datetime(2020, 3, 27, 12, tzinfo=LONDON)
    made = Procurement(title="User Competent Independent Organisation", opens_at=opens_at, invented=True)
    PROCUREMENT.take("prepare", made, **_by(crew, LEAD, date(2020, 2, 3)))
    for version, day in (("0.1", date(2020, 2, 3)), ("1.0", date(2020, 2, 18))):
        words = f"An invented invitation, version {version}.\n".encode()
        name = f"invitation-{version}.txt"
        tender.add_document(made, "Invitation to tender", version, name, words, **_by(crew, LEAD, day))
    for name, weight in (("Quality", 60), ("Price", 40)):
        tender.add_criterion(made, name, weight, **_by(crew, LEAD, date(2020, 2, 18)))
    PROCUREMENT.take("approve_documents", made, **_by(crew, MEMBER, date(2020, 2, 19)))
    PROCUREMENT.take("issue", made, **_by(crew, LEAD, date(2020, 2, 28)))
    for who in (REVIEWER, "security.analyst"):
        tender.name_evaluator(made, crew[who], **_by(crew, LEAD, date(2020, 3, 2)))
        tender.declare(made, "", **_by(crew, who, date(2020, 3, 3)))
    tender.answer(made, "Invented Assessors Limited", date(2020, 3, 3), "Invented: may assessors be named later?",
                  "Invented: yes, with their qualifications.", **_by(crew, LEAD, date(2020, 3, 4)))  # fmt: skip
    tender.receive(made, "Invented Assessors Limited", 98_000_00, "bid.txt", b"An invented bid.\n",
                   **_by(crew, LEAD, date(2020, 3, 5)))  # fmt: skip
