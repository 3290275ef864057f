"""The published summary: what was said without what is confidential, and how much was said with everything counted.

This is the one place from which others read what was responded (rule INF-6): only of a concluded consultation, never a
confidential word, and never the name of who asked not to be named.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from secretariat.consultations.models import CONCLUDED, Consultation, Question
from secretariat.consultations.responses import DISPOSED, LATE, SUBMITTED, Answer, Point, Response
from secretariat.core.people import Person
from secretariat.plain.dates import local_day
from secretariat.register.parties import Category, CategoryMembership

UNNAMED = "A respondent who asked not to be named"
NO_PARTY = "No party"


@dataclass(frozen=True, order=True)
class Voice:
    """What one respondent said, as it may be published; in order of names, so that the order tells of nobody."""

    name: str
    choice: str
    text: str


@dataclass(frozen=True)
class Asked:
    """One question with how it was answered. `counts` holds every answer that counts, the confidential ones too."""

    question: Question
    answered: int
    counts: tuple[tuple[str, int], ...]
    voices: tuple[Voice, ...]
    withheld: int


@dataclass(frozen=True, order=True)
class Disposed:
    """One point as it may be published; in order of names too."""

    name: str
    text: str
    disposition: str
    reply: str


@dataclass(frozen=True)
class Summary:
    """What is published of a concluded consultation."""

    responses: int
    late: int
    confidential: int
    by_category: tuple[tuple[str, int], ...]
    questions: tuple[Asked, ...]
    remarks: tuple[Voice, ...]
    remarks_withheld: int
    dispositions: tuple[tuple[str, int], ...]
    points: tuple[Disposed, ...]
    points_withheld: int
    outcome: str = field(default="")


def published(consultation: Consultation) -> Summary | None:
    """The published summary of a consultation; none before it is concluded."""
    if consultation.state != CONCLUDED:
        return None
    rows = list(
        Response.objects.filter(consultation=consultation, state__in=(SUBMITTED, LATE)).select_related(
            "party", "respondent"
        )
    )
    standing = [row for row in rows if row.state == SUBMITTED]
    said = [row for row in standing if row.text.strip()]
    points = list(Point.objects.standing().filter(response__consultation=consultation).select_related(
        "response__party", "response__respondent", "answer"))  # fmt: skip
    shown = [point for point in points if not point.is_confidential]
    return Summary(
        responses=len(standing),
        late=len(rows) - len(standing),
        confidential=sum(row.confidential for row in standing),
        by_category=_by_category(standing),
        questions=_questions(consultation, standing),
        remarks=tuple(sorted(Voice(_name(row), "", row.text) for row in said if not row.confidential)),
        remarks_withheld=sum(row.confidential for row in said),
        dispositions=_dispositions(points),
        points=tuple(sorted(Disposed(_name(point.response, hidden=point.is_anonymous), point.text,
                                     point.get_disposition_display(), point.reply) for point in shown)),
        points_withheld=len(points) - len(shown),
        outcome=consultation.outcome,
    )  # fmt: skip


def _name(response: Response, *, hidden: bool = False) -> str:
    return UNNAMED if hidden or response.anonymous else response.who


def _by_category(rows: list[Response]) -> tuple[tuple[str, int], ...]:
    categories = _categories({row.party_id for row in rows if row.party_id})
    counted: Counter[str] = Counter()
    for row in rows:
        day = local_day(row.submitted_at) if row.submitted_at else date.max
        spells = categories.get(row.party_id or 0, [])
        found = next((word for word, first, last in spells if first <= day <= (last or date.max)), "")
        counted[str(Category(found).label) if found else NO_PARTY] += 1
    order = [*(str(one.label) for one in Category), NO_PARTY]
    return tuple((label, counted[label]) for label in order if counted[label])


def _categories(parties: set[int]) -> dict[int, list[tuple[str, date, date | None]]]:
    found: dict[int, list[tuple[str, date, date | None]]] = defaultdict(list)
    rows = CategoryMembership.objects.filter(party__in=parties)
    for party, category, first, last in rows.values_list("party", "category", "from_day", "to_day"):
        found[party].append((category, first, last))
    return found


def _questions(consultation: Consultation, standing: list[Response]) -> tuple[Asked, ...]:
    by_id = {row.pk: row for row in standing}
    answers: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(response__in=by_id).exclude(text="", choice=""):
        answers[answer.question_id].append(answer)
    return tuple(_asked(question, answers[question.pk], by_id) for question in consultation.questions.all())


def _asked(question: Question, answers: list[Answer], by_id: dict[int, Response]) -> Asked:
    shown = [one for one in answers if not (one.confidential or by_id[one.response_id].confidential)]
    voices = (
        Voice(_name(by_id[one.response_id], hidden=one.anonymous), one.get_choice_display(), one.text) for one in shown
    )
    counted = Counter(one.get_choice_display() for one in answers if one.choice)
    counts = tuple((str(label), counted[str(label)]) for label in Answer.Choice.labels)
    is_choice = question.asks == Question.Asks.YES_NO
    return Asked(question, len(answers), counts if is_choice else (), tuple(sorted(voices)), len(answers) - len(shown))


def _dispositions(points: list[Point]) -> tuple[tuple[str, int], ...]:
    counted = Counter(point.disposition for point in points if point.state == DISPOSED)
    return tuple((str(one.label), counted[one.value]) for one in Point.Disposition)


def own_points(consultation: Consultation, person: Person | None, at: datetime) -> list[Point]:
    """The points that a person, or their party, raised, with what became of them; none before the conclusion.

    The secretariat's people see here what they raised as a party's contact, not what they read as the secretariat.
    """
    if person is None or consultation.state != CONCLUDED:
        return []
    rows: Any = Point.objects.standing().raised_by(person, at).filter(response__consultation=consultation)
    return list(rows.select_related("response__party", "answer__question"))
