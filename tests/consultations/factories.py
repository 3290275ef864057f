"""Small facts for tests of the consultations room."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.consultations.actions import Said, Typed, save_draft, submit
from secretariat.consultations.models import Consultation, Kind, Question, Response
from secretariat.consultations.procedure import CONSULTATIONS
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.plain.dates import LONDON
from secretariat.register.models import CategoryMembership, Party

OPENED, CLOSES, AFTER = "2020-03-17 09:00", "2020-04-07 17:00", "2020-04-08 10:00"


def london(text: str) -> datetime:
    """An instant on the London clock; noon when only a day is given."""
    return datetime.fromisoformat(text if " " in text else f"{text} 12:00").replace(tzinfo=LONDON)


def told(by: Person | None, at: str) -> dict[str, Any]:
    """Who acts, here and at an instant."""
    return {"by": by, "at": london(at), "recorded": london(at)}


def person(name: str, role: str = "", **more: Any) -> Person:
    """A person, with a capacity from 2013 when a role is given; the same one when asked for again."""
    found = Person.objects.filter(email=f"{name.lower()}@example.org").first()
    if found is not None:
        return found
    made = Person.objects.create_user(f"{name.lower()}@example.org", name)
    if role:
        Capacity.objects.create(
            person=made, role=role, from_day=date(2013, 9, 23), recorded=london("2013-09-23"), **more
        )
    return made


def staff() -> Person:
    """The change team's person."""
    return person("Clerk", Role.SECRETARIAT, team=Team.CHANGE)


def party(name: str = "Amber Energy Limited", category: str = "small-supplier") -> Party:
    """A party in a category since 2015; the same one when asked for again."""
    key = name.lower().replace(" ", "-")
    found = Party.objects.filter(key=key).first()
    if found is not None:
        return found
    made: Party = Party.objects.create(
        key=key, name=name, acceded_on=date(2015, 1, 1), state="party", is_dcc=category == "dcc"
    )
    CategoryMembership.objects.create(
        party=made, category=category, from_day=date(2015, 1, 1), recorded=london("2015-01-01")
    )
    return made


def contact(name: str, of: Party, *, leads: bool = False) -> Person:
    """A contact of a party; a leading one submits for it."""
    return person(name, Role.PARTY_CONTACT, organisation_id=of.pk, leads=leads)


def drafted(kind: str = Kind.REPORT, questions: int = 2, **more: Any) -> Consultation:
    """A consultation in preparation, with questions of which the first is of yes or no."""
    values = {"title": "Should it be made?", "body": "SECP", "opens_at": london(OPENED), "closes_at": london(CLOSES)}
    made = Consultation(kind=kind, **(values | more))
    CONSULTATIONS.take("draft", made, **told(staff(), "2020-03-16"))
    for number in range(1, questions + 1):
        asks = Question.Asks.YES_NO if number == 1 else Question.Asks.TEXT
        Question.objects.create(consultation=made, number=number, text=f"Is {number} right?", asks=asks)
    return made


def opened(**more: Any) -> Consultation:
    """A consultation open since 17 March 2020, 09:00, until 7 April 2020, 17:00."""
    made = drafted(**more)
    CONSULTATIONS.take("open", made, **told(staff(), OPENED))
    return made


def closed(consultation: Consultation) -> Consultation:
    """The same consultation after its closing."""
    CONSULTATIONS.take("close", consultation, by=None, at=london(CLOSES), recorded=london(AFTER))
    return consultation


def typed(consultation: Consultation, *texts: str, choice: str = "yes", text: str = "", **more: Any) -> Typed:
    """What was typed: a text for each question, the choice for the first."""
    questions = list(consultation.questions.all())
    answers = {one.pk: Said(text=said) for one, said in zip(questions, texts, strict=False)}
    if questions and choice:
        first = questions[0]
        answers[first.pk] = Said(choice=choice, text=texts[0] if texts else "")
    return Typed(answers, text, **more)


def saved(
    consultation: Consultation, of: Party | None, by: Person, *texts: str, at: str = "2020-03-20", version: int = 0,
    **more: Any,
) -> Response:  # fmt: skip
    """A saved draft."""
    when = london(at)
    return save_draft(consultation, of, typed(consultation, *texts, **more), version, by=by, at=when, recorded=when)


def sent(consultation: Consultation, of: Party | None, by: Person, *texts: str, at: str = "2020-03-20", **more: Any
         ) -> Response:  # fmt: skip
    """A response that was sent."""
    draft = saved(consultation, of, by, *texts, at=at, **more)
    return submit(draft, by=by, at=london(at), recorded=london(at))
