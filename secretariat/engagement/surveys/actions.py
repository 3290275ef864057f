"""What is done about a survey besides its steps: preparing its questions, opting in, and answering."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.engagement.surveys.models import OPT_IN, Invitee, OptIn, Survey, SurveyQuestion
from secretariat.engagement.surveys.procedure import SURVEYS
from secretariat.engagement.surveys.questionnaires import questions_of
from secretariat.engagement.surveys.sheets import keep_sheet
from secretariat.plain.dates import instant, local_day


def prepare(survey: Survey, *, with_questions: bool = True, **told: Unpack[Told]) -> Survey:
    """Prepares a survey, with the questions that those of its kind begin with where that is asked. Raises Refused."""
    with transaction.atomic():
        SURVEYS.take("prepare", survey, **told)
        for fields in questions_of(survey.kind) if with_questions else ():
            journal.enter(SurveyQuestion(survey=survey, **fields), **told)
    return survey


def opt_in(wish: OptIn, **told: Unpack[Told]) -> OptIn:
    """Notes that somebody wants to be asked. Raises Refused while none is taken, and where they opted in already."""
    with transaction.atomic():
        survey = Survey.objects.select_for_update().get(pk=wish.survey_id)
        if survey.state != OPT_IN:
            raise Refused("This survey does not take opt-ins now.")
        if survey.opt_ins.filter(person=wish.person, withdrawn_on__isnull=True).exists():
            raise Refused("You opted in already.")
        wish.given_on = local_day(told["at"])
        journal.enter(wish, **told)
    return wish


def opt_out(wish: OptIn, **told: Unpack[Told]) -> None:
    """Ends an opt-in, and forgets the telephone number. Raises Refused where it has ended, or the survey has begun."""
    with transaction.atomic():
        row = OptIn.objects.select_for_update().get(pk=wish.pk)
        if row.withdrawn_on is not None:
            raise Refused("It is withdrawn already.")
        if row.survey.state != OPT_IN:
            raise Refused("Who is asked stands once the survey is open. You need not answer.")
        row.withdrawn_on, row.telephone = local_day(told["at"]), ""
        journal.save_checked(row, update_fields=["withdrawn_on", "telephone"])
        journal.record("optin.withdraw", row, **told)


def answer(
    invitee: Invitee, answers: Mapping[str, Any], *, by: Person | None, at: datetime, recorded: datetime
) -> None:
    """Takes the answers of somebody asked, once: from then on it is known that they answered and, of an anonymous
    survey, not what. Nothing of the answers is in the journal.

    Raises Refused after the closing, a second time, and for answers that a question does not offer.
    """
    with transaction.atomic():
        survey = Survey.objects.select_for_update().get(pk=invitee.survey_id)
        if at != recorded or not survey.is_open(at):
            raise Refused(f"The survey does not take answers now. It closes at {instant(survey.closes_at)}.")
        kept = checked(survey, answers)
        keep_sheet(mark_answered(survey, invitee, by=by, at=at, recorded=recorded), kept)
    invitee.has_answered = True


def mark_answered(survey: Survey, invitee: Invitee, **told: Unpack[Told]) -> Invitee:
    """Writes down that somebody asked has answered, and returns their row. Raises Refused a second time.

    Call it in the transaction that keeps the answers.
    """
    row: Invitee = Invitee.objects.select_for_update().get(pk=invitee.pk)
    if row.has_answered:
        raise Refused("That was answered already. An answer stands once it is sent.")
    row.survey, row.has_answered = survey, True
    journal.save_checked(row, update_fields=["has_answered"])
    journal.record("invitee.answer", row, **told)
    return row


def checked(survey: Survey, answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers by the numbers of the questions. Raises Refused with a sentence for each that cannot be taken."""
    kept, wrong = {}, []
    for question in survey.questions.order_by("number"):
        said = str(answers.get(str(question.number)) or "").strip()
        if said and question.answers and said not in question.answers:
            wrong.append(f"Question {question.number} does not offer this answer.")
        elif not said and question.required:
            wrong.append(f"Question {question.number} must be answered.")
        elif said:
            kept[str(question.number)] = said
    if not wrong and not kept:
        wrong.append("Answer at least one question.")
    if wrong:
        raise Refused(*wrong)
    return kept
