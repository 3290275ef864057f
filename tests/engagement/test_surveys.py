"""Surveys: who is asked and why, that nobody answers twice, and that an anonymous answer is nobody's."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from secretariat.core.figures import Span
from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.engagement.events.actions import tell_attendance
from secretariat.engagement.surveys import actions
from secretariat.engagement.surveys.asked import people
from secretariat.engagement.surveys.export import table
from secretariat.engagement.surveys.figures import results, survey_answers
from secretariat.engagement.surveys.links import key_of
from secretariat.engagement.surveys.models import Invitee, OptIn, Sheet, Survey, SurveyQuestion
from secretariat.engagement.surveys.procedure import SURVEYS
from secretariat.plain.months import Month
from secretariat.post.due import take_due
from secretariat.post.models import Message
from secretariat.post.outbox import drain, gather
from tests.consultations.factories import contact, london, party, person, told
from tests.engagement.gatherings import AFTER, BEFORE, CLOSES, asking, guest, members, opened, organiser, survey

pytestmark = pytest.mark.django_db
NOON = "2020-02-12"
SECRET = "Only I would say xylophone"


@pytest.fixture(autouse=True)
def keys_in_a_folder_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT, settings.SEALING_KEYS = tmp_path / "files", tmp_path / "keys"


def take(step: str, of: Survey, when: str = BEFORE, /, **facts: Any) -> None:
    SURVEYS.take(step, of, **told(organiser(), when), **facts)


def refused(sentence: str, step: str, of: Survey, when: str = BEFORE, /, **facts: Any) -> None:
    with pytest.raises(Refused, match=sentence):
        take(step, of, when, **facts)


def answer(of: Survey, name: str, when: str = NOON, **answers: str) -> None:
    invitee = Invitee.objects.get(survey=of, person__name=name)
    said = {key.removeprefix("q"): value for key, value in answers.items()} or {"1": "4", "8": f"Words of {name}"}
    actions.answer(invitee, said, **told(invitee.person, when))


def answered_by_all(of: Survey) -> None:
    for row in of.invitees.select_related("person"):
        answer(of, row.person.name)


def test_the_members_of_a_body_are_asked_with_the_questions_of_its_kind(mailoutbox: list[Any]) -> None:
    members(6)
    person("Other")
    made = survey()
    assert [one.why for one in people(made, london(BEFORE))] == ["Member of SSC"] * 6
    assert made.questions.count() == 8
    take("open", made)
    gather(london(BEFORE), london(BEFORE))
    drain(london(BEFORE))
    assert len(mailoutbox) == 6
    row = Invitee.objects.get(person__name="Member1")
    sent = next(one for one in mailoutbox if one.to == [row.person.email])
    assert key_of(row) in sent.body
    assert "anonymous" in sent.body


def test_nobody_answers_twice_or_after_the_closing_instant() -> None:
    made = asking()
    answer(made, "Member1", CLOSES)
    with pytest.raises(Refused, match="answered already"):
        answer(made, "Member1", CLOSES)
    with pytest.raises(Refused, match="does not take answers now"):
        answer(made, "Member2", AFTER)
    row = Invitee.objects.get(person__name="Member3")
    with pytest.raises(Refused, match="does not take answers now"):
        actions.answer(row, {"1": "4"}, by=None, at=london(NOON), recorded=london(AFTER))
    assert made.sheets.count() == 1


@pytest.mark.parametrize(
    ("answers", "why"), [({"q1": "6"}, "does not offer"), ({"q9": "5"}, "at least one"), ({"q8": "Words"}, "must be")]
)
def test_an_answer_that_cannot_be_taken_spends_nothing(answers: dict[str, str], why: str) -> None:
    members(6)
    made = survey()
    SurveyQuestion.objects.filter(survey=made, number=2).update(required=why == "must be")
    take("open", made)
    events = Event.objects.count()
    with pytest.raises(Refused, match=why):
        answer(made, "Member1", **answers)
    assert not Invitee.objects.filter(has_answered=True).exists()
    assert (Sheet.objects.count(), Event.objects.count()) == (0, events)


def test_an_anonymous_answer_stands_nowhere_but_on_its_sheet() -> None:
    made = asking()
    answer(made, "Member1", q8=SECRET)
    holders = [
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("secretariat.")
        and SECRET in json.dumps(list(model._base_manager.values()), default=str)
    ]
    assert holders == ["engagement.sheet"]


def test_an_anonymous_sheet_has_no_link_no_time_and_no_event() -> None:
    made = asking()
    answer(made, "Member1", q8=SECRET)
    fields = {field.name for field in Sheet._meta.get_fields()}
    assert fields == {"id", "survey", "anonymous", "invitee", "category", "answers"}
    sheet = Sheet.objects.get()
    assert (sheet.invitee, sheet.category) == (None, "")
    assert not Event.objects.filter(kind="engagement.sheet").exists()
    [event] = Event.objects.filter(name="invitee.answer")
    assert event.facts == {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(invitee=Invitee.objects.first())


def test_the_order_of_answering_is_lost() -> None:
    made = asking(12)
    seen: set[int] = set()
    for number in range(1, 13):
        answer(made, f"Member{number}", q8=str(number))
        numbers = set(Sheet.objects.values_list("pk", flat=True))
        assert not numbers & seen
        seen |= numbers
    by_number = [int(answers["8"]) for answers in Sheet.objects.order_by("pk").values_list("answers", flat=True)]
    assert sorted(by_number) == list(range(1, 13))
    assert by_number != list(range(1, 13))


def test_a_category_that_few_are_asked_of_does_not_stand_on_the_sheet() -> None:
    for number in range(1, 6):
        contact(f"Small{number}", party(f"Small {number} Limited"))
    contact("Large1", party("Large Limited", "large-supplier"))
    made = survey(body="", invited=["small-supplier", "large-supplier"], by_category=True)
    take("open", made)
    answered_by_all(made)
    assert sorted(Sheet.objects.values_list("category", flat=True)) == ["", *["small-supplier"] * 5]


def test_a_named_survey_says_so_and_keeps_whose_answers_are_whose() -> None:
    made = asking(2, anonymous=False)
    assert "Your name stands beside your answers" in made.promise
    answer(made, "Member1", q8=SECRET)
    assert Sheet.objects.get().invitee == Invitee.objects.get(person__name="Member1")
    take_due(london(AFTER), london(AFTER))
    made.refresh_from_db()
    heads, rows = table(made)
    assert (heads[0], rows[0][0], rows[0][8]) == ("Who", "Member1", SECRET)


def test_nothing_of_what_too_few_answered_is_told() -> None:
    made = asking()
    for number in range(1, 5):
        answer(made, f"Member{number}")
    with pytest.raises(Refused, match="once the survey is closed"):
        table(made)
    take_due(london(AFTER), london(AFTER))
    made.refresh_from_db()
    with pytest.raises(Refused, match="Fewer than 5"):
        table(made)
    assert all(one.why_not for one in results(made))
    refused("Too few have answered: what so few say would tell who said it", "publish", made, AFTER, commentary="")


def test_results_are_read_once_published_and_nothing_before_the_closing(client: Client) -> None:
    made = asking()
    answered_by_all(made)
    address = f"/surveys/{made.pk}/results/"
    client.force_login(organiser())
    assert client.get(address).status_code == 404
    refused("closed after its closing instant", "close", made, CLOSES)
    take("close", made, AFTER)
    page = client.get(address).content.decode()
    assert "on average 4.0 of 5" in page
    assert "<svg" in page
    member = Person.objects.get(name="Member1")
    client.force_login(member)
    assert client.get(address).status_code == 404
    take("publish", made, AFTER, commentary="We meet less often.")
    assert "We meet less often." in client.get(address).content.decode()
    assert b"4,6" in client.get(f"/surveys/{made.pk}/results.csv").content
    assert client.get(f"/surveys/{made.pk}/sheets.csv").status_code == 403
    grid = survey_answers.grid(Span.of(Month(2020, 3)))
    assert [grid.cell("effectiveness", key).value for key in ("surveys", "asked", "answered")] == [1, 6, 6]


def test_an_export_holds_every_answer_with_formulas_defused(client: Client) -> None:
    made = asking()
    for number in range(1, 7):
        answer(made, f"Member{number}", q1="3", q8="=1+1")
    take("close", made, AFTER)
    client.force_login(organiser())
    assert client.get(f"/surveys/{made.pk}/sheets.csv").content.decode().count("'=1+1") == 6
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/surveys/{made.pk}/sheets.xlsx").content))
    rows = list(book.worksheets[0].values)
    assert (len(rows), rows[0][0], rows[1][1], rows[1][8]) == (7, "Party Category", "3", "'=1+1")


def test_a_survey_is_answered_by_the_link_of_the_mail_and_only_once(client: Client, settings: Any) -> None:
    settings.CLOCK = "2020-02-12T12:00:00+00:00"
    made = asking()
    row = Invitee.objects.get(person__name="Member1")
    address = f"/surveys/own/{key_of(row)}/"
    assert made.promise.encode()[:30] in client.get(address).content
    assert client.post(address, {"q1": "9"}).status_code == 422
    assert client.post(address, {"q1": "5", "q8": SECRET}).status_code == 302
    assert Event.objects.get(name="invitee.answer").by is None
    page = client.get(address).content.decode()
    assert "You have answered" in page
    assert SECRET not in page
    assert client.get(f"/surveys/own/{row.pk + 1}.{key_of(row).partition('.')[2]}/").status_code == 404
    client.force_login(Person.objects.get(name="Member2"))
    assert client.post(f"/surveys/{made.pk}/answer/", {"q1": "5"}).status_code == 302
    client.force_login(person("Stranger"))
    assert client.get(f"/surveys/{made.pk}/answer/").status_code == 404


def test_only_who_opted_in_is_asked_and_the_telephone_number_is_forgotten() -> None:
    made = survey(kind="satisfaction", body="", by_opt_in=True, anonymous=False)
    ann, ben = contact("Ann", party()), contact("Ben", party())
    with pytest.raises(Refused, match="does not take opt-ins"):
        actions.opt_in(OptIn(survey=made, person=ann), **told(ann, BEFORE))
    refused("wait until somebody has opted in", "open", made)
    take("call", made)
    for who in (ann, ben):
        actions.opt_in(OptIn(survey=made, person=who, party=party(), telephone="01632 960001"), **told(who, BEFORE))
    with pytest.raises(Refused, match="opted in already"):
        actions.opt_in(OptIn(survey=made, person=ann), **told(ann, BEFORE))
    wish = OptIn.objects.get(person=ben)
    actions.opt_out(wish, **told(ben, BEFORE))
    with pytest.raises(Refused, match="withdrawn already"):
        actions.opt_out(wish, **told(ben, BEFORE))
    take("open", made)
    with pytest.raises(Refused, match="You need not answer"):
        actions.opt_out(OptIn.objects.get(person=ann), **told(ann, BEFORE))
    assert list(made.invitees.values_list("person__name", "why")) == [("Ann", "Opted in")]
    assert OptIn.objects.get(person=ann).telephone == "01632 960001"
    take("close", made, AFTER)
    assert OptIn.objects.get(person=ann).telephone == ""
    assert not Event.objects.filter(facts__icontains="960001").exists()


def test_a_survey_that_goes_by_no_opt_in_takes_none() -> None:
    refused("asks those who opt in", "call", survey())


def test_a_survey_opens_only_when_it_can_be_answered_and_told() -> None:
    members(4)
    refused("asks at least as many", "open", survey())
    refused("A survey has at least one question before it is opened", "open", survey(kind="other"))
    refused("closes after it is opened", "open", survey(), AFTER)
    refused("Nobody would be asked", "open", survey(body=""))


def test_who_has_not_answered_is_reminded_once() -> None:
    made = asking()
    answer(made, "Member1")
    refused("Working Days before the closing", "remind", made, "2020-03-02 12:00")
    at = london("2020-03-03 09:00")
    take_due(at, at)
    take_due(at, at)
    gather(at, at)
    assert Message.objects.filter(notice="survey.remind").count() == 5
    made.refresh_from_db()
    refused("Who has not answered was reminded already", "remind", made, "2020-03-03")


def test_a_survey_is_extended_to_a_later_closing_only() -> None:
    made = asking()
    refused("it closes, and to a later closing", "extend", made, closes_at="2020-03-05 17:00", why="Holidays")
    take("extend", made, closes_at="2020-03-13 17:00", why="Holidays")
    answer(made, "Member1", "2020-03-13 17:00")
    with pytest.raises(ValidationError, match="questions stand"):
        made.questions.get(number=1).full_clean()


def test_a_survey_that_is_dropped_keeps_no_answers() -> None:
    made = asking()
    answer(made, "Member1")
    take("drop", made, why="The wrong questions.")
    assert not Sheet.objects.exists()


def test_who_came_to_an_event_is_asked_about_it() -> None:
    here = opened(None)
    for name in ("Ann", "Ben"):
        guest(name, here)
    rows = {row.person.name: row.pk for row in here.registrations.all()}
    came = told(organiser(), "2020-03-10 16:00")
    from_event = survey(kind="feedback", body="", event=here, anonymous=False)
    assert people(from_event, london(BEFORE)) == []
    tell_attendance(here, [rows["Ann"]], **came)
    assert [one.person.name for one in people(from_event, london(BEFORE))] == ["Ann"]


def test_a_question_with_a_choice_offers_two_answers() -> None:
    made = survey()
    question = SurveyQuestion(survey=made, number=9, text="Which?", asks="choice", options=["One", "One"])
    with pytest.raises(ValidationError, match="two different answers"):
        question.full_clean()
