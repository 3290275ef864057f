"""Answers that were taken by telephone: entered one by one, or all at once from an agency's file (rule HLP-10).

Who entered them stands in the journal. A sheet of an anonymous survey is nobody's here too: a file of its answers names
nobody, and who answered is told beside it, in any order. No file is kept, for what it says stands on the sheets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, preview
from secretariat.core.procedure import Refused
from secretariat.engagement.surveys.actions import checked, mark_answered
from secretariat.engagement.surveys.figures import LABELS
from secretariat.engagement.surveys.models import CLOSED, OPEN, Invitee, Survey, SurveyQuestion
from secretariat.engagement.surveys.sheets import Answers, keep_anonymous, keep_sheet
from secretariat.plain.dates import instant

WHO, CATEGORY = "who", "category"


@dataclass(frozen=True)
class Said:
    """One row of a file: the answers, of whom where the survey is not anonymous, and else of which Party Category."""

    answers: Answers
    invitee: Invitee | None = None
    category: str = ""


def take_down(invitee: Invitee, answers: Answers, **told: Unpack[Told]) -> None:
    """Enters what somebody asked said by telephone.

    Raises Refused for what cannot be answered, a second time, and for what was not said while the survey was open.
    """
    with transaction.atomic():
        survey = _held(invitee.survey, told["at"])
        kept = checked(survey, answers)
        keep_sheet(mark_answered(survey, invitee, **told), kept)
        journal.record("survey.enter_answers", survey, **told, answers=1, taken="by telephone")


def _held(survey: Survey, at: datetime) -> Survey:
    """The survey as it stands, held still. Raises Refused unless answers taken at an instant can still be entered."""
    row: Survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if row.state not in (OPEN, CLOSED):
        raise Refused("Answers are entered from the opening of a survey until its results are published.")
    asked = row.invitees.order_by("recorded").values_list("recorded", flat=True).first()
    if asked is None or not asked <= at <= row.closes_at:
        closes = instant(row.closes_at)
        raise Refused(f"Tell when it was said: after the survey opened, and at its closing, {closes}, at the latest.")
    return row


def load_answers(survey: Survey, name: str, content: bytes, who: Iterable[str], **told: Unpack[Told]) -> Prepared:
    """Enters every row of a file, or none, and returns what became of the rows.

    `who` are the addresses of those who gave the answers of an anonymous survey, in any order. Raises Refused with a
    sentence for each row that cannot be taken.
    """
    with transaction.atomic():
        row = _held(survey, told["at"])
        prepared = preview(file_of(row), name, content, Loading(told["by"], told["at"], told["recorded"]))
        refused = [str(one) for one in prepared.refused]
        people, wrong = _people(row, who, prepared.accepted) if row.anonymous else ([], [])
        if refused or wrong:
            raise Refused(*refused, *wrong)
        _keep(row, prepared.accepted, people, told)
    return prepared


def _keep(survey: Survey, accepted: Sequence[Said], people: Sequence[Invitee], told: Told) -> None:
    for invitee in people:
        mark_answered(survey, invitee, **told)
    if survey.anonymous:
        keep_anonymous(survey, [(one.category, one.answers) for one in accepted])
    for one in accepted:
        if one.invitee is not None:
            keep_sheet(mark_answered(survey, one.invitee, **told), one.answers)
    if accepted:
        journal.record("survey.enter_answers", survey, **told, answers=len(accepted), taken="from a file")


def file_of(survey: Survey) -> LoadKind:
    """The file of answers that a survey takes: a column a question, and whose they are unless it is anonymous."""
    first = []
    if not survey.anonymous:
        first = [Column(WHO, str.lower, "the e-mail address at which they were asked")]
    elif survey.by_category:
        first = [Column(CATEGORY, _category, "the Party Category; empty for none", required=False, default="")]
    questions = [
        Column(f"q{one.number}", _reads(one), f"the answer to: {one.text}", one.required)
        for one in survey.questions.order_by("number")
    ]

    def prepare(lines: list[Line], loading: Loading) -> Prepared:
        return _prepared(survey, lines)

    return LoadKind("survey-answers", f"Answers to {survey}", (*first, *questions), prepare, _elsewhere)


def _elsewhere(accepted: list[Any], loading: Loading) -> None:
    """Answers are kept with who gave them, which a file of an anonymous survey does not say."""
    raise Refused("Answers are loaded from the page of their survey.")


def _reads(question: SurveyQuestion) -> Callable[[str], str]:
    """The parser of the answers to a question. Raises ValueError naming what it offers."""

    def said(text: str) -> str:
        known = {answer.lower(): answer for answer in question.answers}
        if not known:
            return text
        if text.lower() not in known:
            raise ValueError(f"“{text}” is not one of {', '.join(question.answers)}.")
        return known[text.lower()]

    return said


def _category(text: str) -> str:
    known = {label.lower(): key for key, label in LABELS.items()}
    if text.lower() not in known:
        raise ValueError(f"“{text}” is not one of {', '.join(LABELS.values())}.")
    return known[text.lower()]


def _prepared(survey: Survey, lines: list[Line]) -> Prepared:
    prepared = Prepared()
    asked = {one.person.email.lower(): one for one in survey.invitees.select_related("person")}
    there = dict(survey.sheets.filter(invitee__isnull=False).values_list("invitee", "answers"))
    in_file: dict[str, int] = {}
    for line in lines:
        answers = {name.removeprefix("q"): said for name, said in line.values.items() if said and name[:1] == "q"}
        who = "" if survey.anonymous else line[WHO]
        if not answers:
            prepared.refused.append(line.refuse("", "answers no question."))
        elif survey.anonymous:
            prepared.accepted.append(Said(answers, category=line.values.get(CATEGORY, "")))
        elif who in in_file:
            prepared.refused.append(line.refuse(WHO, f"{who} stands in row {in_file[who]} already."))
        elif who not in asked:
            prepared.refused.append(line.refuse(WHO, f"{who} is not asked by this survey."))
        elif not asked[who].has_answered:
            prepared.accepted.append(Said(answers, asked[who]))
        elif there.get(asked[who].pk) == answers:
            prepared.repeated.append(line.row)
        else:
            prepared.refused.append(line.refuse(WHO, f"{who} has answered already, and otherwise."))
        in_file.setdefault(who, line.row)
    return prepared


def _people(survey: Survey, who: Iterable[str], accepted: Sequence[Said]) -> tuple[list[Invitee], list[str]]:
    """Those who gave the answers of an anonymous survey, and why that cannot be."""
    addresses = list(dict.fromkeys(one.strip().lower() for one in who if one.strip()))
    asked = {one.person.email.lower(): one for one in survey.invitees.select_related("person")}
    wrong = [f"{one} is not asked by this survey." for one in addresses if one not in asked]
    people = [asked[one] for one in addresses if one in asked]
    wrong += [f"{one.person.email} has answered already." for one in people if one.has_answered]
    if len(addresses) != len(accepted):
        wrong.append(f"The file has {len(accepted)} rows that can be taken, and {len(addresses)} people are named.")
    elif survey.by_category and Counter(one.category for one in accepted) != Counter(one.category for one in people):
        wrong.append("The Party Categories in the file are not those of the people named.")
    return people, wrong
