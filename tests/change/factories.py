"""Small facts for tests of the change room."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from secretariat.change.actions import raise_proposal
from secretariat.change.models import Body, Path, Proposal, Raiser, Release
from secretariat.change.procedure import CHANGE
from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.published import Keeping, Publication, PublishedFigure
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party

LATER = datetime(2022, 1, 1, 12, tzinfo=LONDON)


def london(text: str) -> datetime:
    """An instant on the London clock, such as 2020-02-03 09:15; noon when only a day is given."""
    return datetime.fromisoformat(text if " " in text else f"{text} 12:00").replace(tzinfo=LONDON)


def person(role: str, team: str = "", **more: Any) -> Person:
    """A person with one capacity since 2013."""
    made = Person.objects.create_user(f"{role}.{team or 'any'}@example.org".replace(" ", "-"), f"{role} {team}")
    Capacity.objects.create(person=made, role=role, team=team, from_day=date(2013, 9, 23), recorded=LATER, **more)
    return made


def change_person() -> Person:
    """The change team's person; made once."""
    found = Person.objects.filter(email="secretariat.change@example.org").first()
    return found or person(Role.SECRETARIAT, Team.CHANGE)


def party(name: str = "Alder Energy Limited") -> Party:
    """A party."""
    key = name.lower().replace(" ", "-")
    made: Party = Party.objects.create(key=key, name=name, acceded_on=date(2015, 1, 1), state="party")
    return made


def raised(on: str, number: int | None = None, title: str = "A change", **more: Any) -> Proposal:
    """A proposal raised at noon on a day, by its own first step."""
    told = {"proposer_name": "Alder Energy Limited", "path": Path.SELF_GOVERNANCE} | more
    if told["path"] == Path.FAST_TRACK:
        told = {"raised_as": Raiser.PANEL} | told
    made = Proposal(title=title, **told)
    if number is not None:
        made.number = number
    at = london(on)
    raise_proposal(made, by=change_person(), at=at, recorded=max(at, LATER))
    return made


def take(name: str, proposal: Proposal, on: str, **facts: Any) -> Event:
    """One step at noon on a day, or at an instant."""
    return CHANGE.take(name, proposal, by=change_person(), at=london(on), recorded=LATER, **facts)


def converted(on: str, raised_on: str = "2019-06-03", **more: Any) -> Proposal:
    """A Modification Proposal in the Refinement Process since a day."""
    made = raised(raised_on, **more)
    take("convert", made, on, decided_by=Body.PANEL)
    return made


def report_approved(proposal: Proposal, on: str) -> None:
    """The Modification Report approved for consultation by the body of the day."""
    take("approve_report", proposal, on, decided_by=RULEBOOK.text("change.approves_report", london(on)))


def before_the_panel(proposal: Proposal, on: str) -> None:
    """The Initial Modification Report, recorded on the day of its Panel."""
    take("initial_report", proposal, on, panel_on=date.fromisoformat(on[:10]))


def in_report(**more: Any) -> Proposal:
    """A proposal in the Report Phase since 12 August 2019, its report approved for consultation."""
    made = converted("2019-07-12", **more)
    take("report", made, "2019-08-12")
    report_approved(made, "2019-08-12")
    return made


def in_decision(on: str, raised_on: str = "2019-06-03", **more: Any) -> Proposal:
    """A proposal that awaits its decision since a day; converted and reported on that day too."""
    made = converted(on, raised_on, **more)
    take("report", made, on)
    report_approved(made, on)
    closed = date.fromisoformat(on) - timedelta(days=1)
    take("vote", made, on, consultation_closed=closed)
    return made


def release(name: str = "February 2020", go_live: str = "2020-02-27") -> Release:
    """A document-only release."""
    made: Release = Release.objects.create(
        name=name, go_live_on=date.fromisoformat(go_live), kind=Release.Kind.DOCUMENT_ONLY
    )
    return made


def keep(since: str) -> None:
    """Says from which day proposals are kept."""
    Keeping.objects.create(matter="proposals", since=date.fromisoformat(since))


def printed(figure: str, month: str, row: str, value: int) -> PublishedFigure:
    """A printed number of a publication."""
    publication, _ = Publication.objects.get_or_create(slug="a-report", defaults={"title": "A report"})
    made: PublishedFigure = PublishedFigure.objects.create(
        publication=publication, figure=figure, month=date.fromisoformat(f"{month}-01"), row=row, value=value
    )
    return made
