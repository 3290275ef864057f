"""The sample's consultations, all of them invented: one open in March 2020, one concluded, and one of another body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from secretariat.change.models import Proposal
from secretariat.consultations.actions import Said, Typed, save_draft, submit
from secretariat.consultations.models import Clarification, Consultation, Kind, Point, Question
from secretariat.consultations.procedure import CLARIFICATIONS, CONSULTATIONS
from secretariat.consultations.responding import POINTS
from secretariat.core import journal
from secretariat.core.kinds import kind_of
from secretariat.core.people import Role
from secretariat.plain.dates import LONDON
from secretariat.plain.workdays import CLOSE
from secretariat.register.models import Party
from secretariat.site.sample.board_cases import CONSULTED_UNTIL
from secretariat.site.sample.crew import PROPOSER, RECORDED, Crew, SignIn, noon, told

Asked = tuple[str, str]
"""A question, and what it asks for."""

LARGE, NETWORK = "respondent.large", "respondent.network"
RESPONDENTS = (
    SignIn(LARGE, "Sample Respondent, Large Supplier", Role.PARTY_CONTACT, party="alderbrook-energy-001-limited"),
    SignIn(NETWORK, "Sample Respondent, Networks", Role.PARTY_CONTACT,
           party="alderbrook-electricity-networks-101-limited"),
)  # fmt: skip
"""They do not sign in: they are there for what they said."""

QUESTIONS: tuple[Asked, ...] = (
    ("Does the proposed solution solve the problem?", Question.Asks.YES_NO),
    ("What would it cost your organisation?", Question.Asks.TEXT),
    ("Which objectives would it serve better?", Question.Asks.TEXT),
)
REPORT_QUESTIONS: tuple[Asked, ...] = (
    ("Should the modification be approved?", Question.Asks.YES_NO),
    ("Does the legal text deliver the solution?", Question.Asks.YES_NO),
)


@dataclass(frozen=True)
class Sent:
    """What one respondent said: who, on which day, and by question the choice and the words."""

    who: str
    day: date
    said: Mapping[int, tuple[str, str]]
    confidential: tuple[int, ...] = ()


NOW = (
    Sent(LARGE, date(2020, 3, 4), {1: ("yes", "Invented: it solves it for new meters."),
                                   2: ("", "Invented: about £20,000 once, to change our systems."),
                                   3: ("", "Invented: objective (a).")}, confidential=(2,)),
    Sent(NETWORK, date(2020, 3, 6), {1: ("no", "Invented: meters already installed are left out."),
                                     2: ("", "Invented: none.")}),
)  # fmt: skip
BEFORE = (
    Sent(LARGE, date(2020, 2, 5), {1: ("yes", "Invented: approve it, with the June release."),
                                   2: ("no", "Invented: the second clause names the wrong section.")}),
    Sent(NETWORK, date(2020, 2, 7), {1: ("yes", "Invented: we see no cost to us."), 2: ("yes", "")}),
)  # fmt: skip
ANSWERS = (
    (Point.Disposition.NOTED, "Invented: the June release is the one aimed at."),
    (Point.Disposition.ACCEPTED, "Invented: the clause now names the right section."),
    (Point.Disposition.NOTED, "Invented: thank you; the report says so."),
)
"""What became of each point of the concluded consultation, in the order in which they were raised."""


def enter(crew: Crew) -> None:
    """Enters the respondents, then the three consultations."""
    for person in RESPONDENTS:
        crew.add(person, signs_in=False)
    _concluded(crew)
    _open(crew)
    _listed(crew)


def _opened(crew: Crew, kind: Kind, number: int, opens: date, closes: date, questions: Sequence[Asked]) -> Consultation:
    """A consultation about a proposal, opened at nine and closing at 17:00 by the customary days."""
    proposal, analyst = Proposal.objects.get(number=number), crew["change.analyst"]
    at = datetime.combine(opens, time(9), tzinfo=LONDON)
    made = Consultation(
        kind=kind, title=f"{proposal.reference} {kind.label}", body="Panel", about_kind=kind_of(proposal),
        about_id=proposal.pk, opens_at=at, closes_at=datetime.combine(closes, CLOSE, tzinfo=LONDON), invented=True,
        introduction="Invented: what is proposed, for whom, and what we would like to know of you.",
    )  # fmt: skip
    CONSULTATIONS.take("draft", made, **told(analyst, at))
    for order, (text, asks) in enumerate(questions, start=1):
        question = Question(consultation=made, number=order, text=text, asks=asks)
        journal.enter(question, **told(analyst, at))
    CONSULTATIONS.take("open", made, **told(analyst, at))
    return made


def _respond(crew: Crew, about: Consultation, sent: Sent, party: str = "") -> None:
    """Saves a draft; it is sent where no party is named, as that of the person's own."""
    person, at = crew[sent.who], noon(sent.day)
    keys = {one.address: one.party for one in RESPONDENTS}
    whose = Party.objects.get(key=party or keys[sent.who])
    numbers = dict(about.questions.values_list("number", "pk"))
    answers = {
        numbers[number]: Said(choice, text, confidential=number in sent.confidential)
        for number, (choice, text) in sent.said.items()
    }
    draft = save_draft(about, whose, Typed(answers), 0, by=person, at=at, recorded=at)
    journal.amend(draft, {"invented": True}, by=person, at=at, recorded=at)
    if not party:
        submit(draft, by=person, at=at, recorded=at)


def _concluded(crew: Crew) -> None:
    """The Modification Report Consultation on MP081: two responses, every point answered, and published."""
    analyst = crew["change.analyst"]
    made = _opened(crew, Kind.REPORT, 81, date(2020, 1, 20), CONSULTED_UNTIL, REPORT_QUESTIONS)
    for sent in BEFORE:
        _respond(crew, made, sent)
    CONSULTATIONS.take("close", made, **told(analyst, datetime.combine(CONSULTED_UNTIL, CLOSE, tzinfo=LONDON)))
    points = Point.objects.filter(response__consultation=made).order_by("pk")
    for point, (disposition, answer) in zip(points, ANSWERS, strict=True):
        journal.amend(point, {"invented": True}, **told(analyst, noon(date(2020, 2, 18))))
        when = told(analyst, noon(date(2020, 2, 18)))
        POINTS.take("dispose", point, disposition=disposition, answer=answer, **when)
    outcome = "Invented: both respondents would approve it; one clause of the legal text was put right."
    CONSULTATIONS.take("conclude", made, outcome=outcome, **told(analyst, noon(date(2020, 2, 20))))


def _open(crew: Crew) -> None:
    """The Refinement Consultation on MP080: two responses, one draft, and a question that was answered for all."""
    made = _opened(crew, Kind.REFINEMENT, 80, date(2020, 2, 24), date(2020, 3, 16), QUESTIONS)
    asked = Clarification(
        consultation=made, question="Invented: are meters meant that were installed before 2018?",
        asked_by=crew[NETWORK], asked_at=noon(date(2020, 2, 27)), invented=True,
    )  # fmt: skip
    CLARIFICATIONS.take("ask", asked, **told(crew[NETWORK], asked.asked_at))
    answer = "Invented: yes, of every age."
    CLARIFICATIONS.take("answer", asked, answer=answer, **told(crew["change.analyst"], noon(date(2020, 2, 28))))
    for sent in NOW:
        _respond(crew, made, sent)
    begun = Sent(PROPOSER, date(2020, 3, 6), {1: ("yes", "Invented: yes, but we are still asking our field teams.")})
    _respond(crew, made, begun, party="brackenford-supply-375-limited")


def _listed(crew: Crew) -> None:
    made = Consultation(
        kind=Kind.OTHER, title="Invented: faster switching", body="Another code's panel",
        is_others=True, address="https://other-code.example.org/consultations/1", closes_at=noon(date(2020, 3, 27)),
        invented=True,
    )  # fmt: skip
    CONSULTATIONS.take("list", made, **told(crew["change.analyst"], RECORDED))
