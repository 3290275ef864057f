"""How a survey is prepared, opened, closed and published (rule HLP-10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from secretariat.core.calendar import calendar
from secretariat.core.facts import a_line, a_text, an_instant
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.surveys.asked import ask_all, people
from secretariat.engagement.surveys.figures import least, results
from secretariat.engagement.surveys.models import (
    CLOSED,
    DRAFT,
    DROPPED,
    OPEN,
    OPT_IN,
    PUBLISHED,
    Survey,
    survey_keeper,
)
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]


def keeper_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's party support team or committees team; when its time has come, time alone."""
    return person is None or survey_keeper(person, record, at)


@rule("HLP-10")
def it_goes_by_opt_in(survey: Survey, at: datetime) -> bool:
    """Only a survey that asks those who opt in takes opt-ins."""
    return survey.by_opt_in


@rule("HLP-10")
def it_has_questions(survey: Survey, at: datetime) -> bool:
    """A survey has at least one question before it is opened."""
    return bool(survey.questions.exists())


@rule("HLP-10")
def it_closes_later(survey: Survey, at: datetime) -> bool:
    """A survey closes after it is opened."""
    return survey.closes_at > at


@rule("HLP-10")
def somebody_is_asked(survey: Survey, at: datetime) -> bool:
    """Nobody would be asked: name a body, an event or Party Categories, or wait until somebody has opted in."""
    return bool(people(survey, at))


@rule("House rule: anonymity")
def enough_are_asked(survey: Survey, at: datetime) -> bool:
    """An anonymous survey asks at least as many as its results need: of fewer, nothing could ever be told."""
    return not survey.anonymous or len(people(survey, at)) >= least(survey)


@rule("HLP-10")
def the_closing_has_passed(survey: Survey, at: datetime) -> bool:
    """A survey is closed after its closing instant: an answer at that very instant still counts."""
    return at > survey.closes_at


@rule("HLP-10")
def the_new_closing_is_later(survey: Survey, at: datetime, facts: Facts) -> bool:
    """A survey is extended before it closes, and to a later closing."""
    return bool(at <= survey.closes_at < facts["closes_at"])


@rule("House rule: reminders")
def nobody_was_reminded(survey: Survey, at: datetime) -> bool:
    """Who has not answered was reminded already: one reminder is enough."""
    return survey.reminded_at is None


@rule("House rule: reminders")
def it_closes_soon(survey: Survey, at: datetime) -> bool:
    """Who has not answered is reminded a set number of Working Days before the closing, and not after it."""
    days = RULEBOOK.number("engagement.survey_reminder_wd", at)
    begins = calendar().add(local_day(survey.closes_at), -days)
    return begins <= local_day(at) and at <= survey.closes_at


@rule("House rule: anonymity")
def enough_have_answered(survey: Survey, at: datetime) -> bool:
    """Too few have answered: what so few say would tell who said it, so it is not published."""
    return bool(survey.sheets.count() >= least(survey))


def _open(survey: Survey, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    facts["asked"] = ask_all(survey, at, recorded)


def _extend(survey: Survey, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    survey.closes_at, survey.reminded_at = facts["closes_at"], None


def _reminded(survey: Survey, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    survey.reminded_at = at


def _close(survey: Survey, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Nobody is telephoned any more, so that nobody's number is kept."""
    survey.opt_ins.update(telephone="")
    facts["answered"] = survey.sheets.count()


def _publish(survey: Survey, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    survey.commentary = facts["commentary"]
    survey.results = [one.stored() for one in results(survey)]


def _drop(survey: Survey, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """What was answered to a survey that is dropped is for nobody to read."""
    survey.sheets.all().delete()
    survey.opt_ins.update(telephone="")


SURVEYS = Procedure(
    "survey",
    Survey,
    Step("prepare", NEW, DRAFT, who=survey_keeper),
    Step("call", DRAFT, OPT_IN, who=survey_keeper, rules=(it_goes_by_opt_in, it_closes_later),
         says="Ask who wants to take part"),
    Step("open", (DRAFT, OPT_IN), OPEN, who=survey_keeper, primary=True, change=_open,
         rules=(it_has_questions, it_closes_later, somebody_is_asked, enough_are_asked)),
    Step("remind", OPEN, None, who=keeper_or_clock, rules=(nobody_was_reminded, it_closes_soon), change=_reminded,
         says="Remind those who have not answered"),
    Step("extend", OPEN, None, who=survey_keeper, rules=(the_new_closing_is_later,),
         facts={"closes_at": an_instant(help_text="Such as 2020-03-17 17:00, London time."), "why": a_line()},
         change=_extend),
    Step("close", OPEN, CLOSED, who=keeper_or_clock, rules=(the_closing_has_passed,), change=_close),
    Step("publish", CLOSED, PUBLISHED, who=survey_keeper, rules=(enough_have_answered,), primary=True,
         facts={"commentary": a_text(None, "What we make of it", required=False)}, change=_publish,
         says="Publish the results"),
    Step("drop", (DRAFT, OPT_IN, OPEN), DROPPED, who=survey_keeper, facts={"why": a_line()}, change=_drop),
)  # fmt: skip


@register
def due(at: datetime) -> Iterator[Due]:
    """What time causes: the closing, and one reminder before it."""
    for survey in Survey.objects.filter(state=OPEN):
        if the_closing_has_passed(survey, at):
            yield Due(SURVEYS, "close", survey)
        elif nobody_was_reminded(survey, at) and it_closes_soon(survey, at):
            yield Due(SURVEYS, "remind", survey)
