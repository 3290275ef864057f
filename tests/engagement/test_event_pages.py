"""Pages of events and surveys: the organiser's way from a plan to who came, and a guest's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core.people import Person
from secretariat.engagement.events.models import EngagementEvent, EventSession, Registration
from secretariat.engagement.surveys.models import OptIn, Survey, SurveyQuestion
from secretariat.engagement.surveys.procedure import SURVEYS
from tests.consultations.factories import contact, london, party, person, told
from tests.engagement.gatherings import BEFORE, BEGINS, asking, event, guest, members, opened, organiser, survey

pytestmark = pytest.mark.django_db
PLAN = {
    "kind": "webinar", "title": "Credit cover", "summary": "", "begins_at": "2020-03-10 10:00", "place": "Online",
    "ends_at": "2020-03-10 11:00", "capacity": "1", "registers_until": "", "invited": ["small-supplier", "others"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_a_day_in_february(settings: Any, tmp_path: Any) -> None:
    settings.CLOCK = "2020-02-10T10:00:00+00:00"
    settings.FILES_ROOT, settings.SEALING_KEYS = tmp_path / "files", tmp_path / "keys"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(organiser())
    return client


def test_an_event_is_planned_opened_and_changed_by_forms(desk: Client) -> None:
    assert desk.post("/engagement-events/new/", PLAN | {"ends_at": "2020-03-10 09:00"}).status_code == 422
    assert desk.post("/engagement-events/new/", PLAN).status_code == 302
    here = EngagementEvent.objects.get()
    page = f"/engagement-events/{here.pk}/"
    hours = {"begins_at": "2020-03-10 10:00", "ends_at": "2020-03-10 10:30"}
    assert desk.post(f"{page}session/", {"title": "Basics", "room": "", "capacity": "", **hours}).status_code == 302
    late = hours | {"ends_at": "2020-03-10 12:00"}
    assert desk.post(f"{page}session/", {"title": "Late", "room": "", "capacity": "", **late}).status_code == 422
    assert desk.post(f"/steps/engagement.engagementevent/{here.pk}/open/", {}).status_code == 302
    assert b'name="begins_at"' not in desk.get(f"{page}edit/").content
    guest("Ann", here)
    assert desk.post(f"{page}places/", {"capacity": "0"}).status_code == 422
    assert desk.post(f"{page}places/", {"capacity": "3"}).status_code == 302
    shown = desk.get(page).content.decode()
    assert "2 of 3 left" in shown
    assert "Basics" in shown
    assert "Badges" in shown


def test_a_guest_registers_and_withdraws_signed_in(client: Client) -> None:
    here = opened(1)
    small = party("Small Limited")
    who = contact("Ann", small)
    client.force_login(who)
    page = f"/engagement-events/{here.pk}/register/"
    assert client.post(page, {"party": small.pk, "organisation": "", "needs": "A ramp"}).status_code == 302
    row = Registration.objects.get()
    assert (row.state, row.party, row.needs) == ("has a place", small, "A ramp")
    assert client.post(page, {"party": small.pk}).status_code in (404, 422)
    own = client.get(f"/registrations/{row.pk}/").content.decode()
    assert "Withdraw" in own
    assert client.post(f"/registrations/{row.pk}/withdraw/").status_code == 302
    assert Registration.objects.get().state == "withdrawn"


def test_a_guest_chooses_sessions_and_nobody_chooses_for_another(client: Client) -> None:
    here = opened(3)
    room = EventSession.objects.create(
        event=here, title="Left", capacity=1, begins_at=london(BEGINS), ends_at=london("2020-03-10 11:00")
    )
    first, second = guest("Ann", here), guest("Ben", here)
    for row, status in ((first, 302), (second, 422)):
        client.force_login(row.person)
        assert client.post(f"/registrations/{row.pk}/sessions/", {"sessions": [room.pk]}).status_code == status
    assert client.get(f"/registrations/{first.pk}/sessions/").status_code == 404
    assert list(room.registrations.all()) == [first]


def test_a_form_of_the_public_may_not_be_sent_too_often(client: Client, settings: Any) -> None:
    settings.API_RATES = {**settings.API_RATES, "applications": "1/h"}
    here = opened()
    page = f"/engagement-events/{here.pk}/register/"
    typed = {"name": "Zoe", "email": "zoe@example.com", "organisation": "", "needs": ""}
    assert client.post(page, typed, REMOTE_ADDR="192.0.2.77").status_code == 302
    answer = client.post(page, typed | {"name": "Yan", "email": "yan@example.com"}, REMOTE_ADDR="192.0.2.77")
    assert answer.status_code == 422
    assert "yan@example.com" in answer.content.decode()
    assert not Person.objects.filter(email="yan@example.com").exists()


def test_who_is_invited_is_shown_with_the_reason_before_anything_is_sent(desk: Client) -> None:
    here = opened(invited=["small-supplier"])
    contact("Ann", party("Small Limited"))
    page = desk.get(f"/engagement-events/{here.pk}/guests/").content.decode()
    assert "Contact of Small Limited, Small Supplier" in page
    assert not here.invitations.exists()


def test_who_came_is_marked_on_one_page_and_badges_and_materials_are_at_hand(desk: Client, settings: Any) -> None:
    here = opened(None)
    rows = [guest(name, here) for name in ("Ann", "Ben")]
    page = f"/engagement-events/{here.pk}/"
    assert desk.get(f"{page}badges.pdf").content.startswith(b"%PDF")
    assert desk.post(f"{page}attendance/", {"came": [rows[0].pk]}).status_code == 422
    settings.CLOCK = "2020-03-10T16:30:00+00:00"
    assert desk.post(f"{page}attendance/", {"came": [rows[0].pk]}).status_code == 302
    assert sorted(Registration.objects.values_list("state", flat=True)) == ["attended", "did not come"]
    assert desk.post(f"/steps/engagement.engagementevent/{here.pk}/hold/", {}).status_code == 302
    sent = {"title": "Slides", "rank": "0", "file": SimpleUploadedFile("slides.txt", b"Words.")}
    assert desk.post(f"{page}material/", sent).status_code == 302
    assert "Slides" in Client().get(page).content.decode()


@pytest.mark.parametrize("page", ["guests", "session", "places", "attendance", "material", "badges.pdf"])
def test_the_organisers_pages_are_theirs(client: Client, page: str) -> None:
    here = opened()
    address = f"/engagement-events/{here.pk}/{page}{'' if '.' in page else '/'}"
    assert client.get(address).status_code == 302
    client.force_login(person("Stranger"))
    assert client.get(address).status_code == 403


def test_a_planned_event_has_no_calendar_file_and_takes_no_registration(desk: Client) -> None:
    here = event()
    assert desk.get(f"/engagement-events/{here.pk}/event.ics").status_code == 404
    assert desk.get(f"/engagement-events/{here.pk}/register/").status_code == 404


def test_a_survey_is_prepared_with_a_questionnaire_and_its_questions_changed(desk: Client) -> None:
    members(6)
    typed = {"kind": "effectiveness", "title": "How we work", "body": "SSC", "closes_at": "2020-03-06 17:00",
             "anonymous": "on", "with_questions": "on"}  # fmt: skip
    assert desk.post("/surveys/new/", typed).status_code == 302
    made = Survey.objects.get()
    page = f"/surveys/{made.pk}/"
    assert made.questions.count() == 8
    choice = {"number": "9", "text": "Which day?", "asks": "choice", "options": "Monday\nTuesday\n\nMonday"}
    assert desk.post(f"{page}questions/new/", choice).status_code == 302
    assert SurveyQuestion.objects.get(number=9).options == ["Monday", "Tuesday"]
    assert desk.post(f"{page}questions/9/", choice | {"options": "Monday"}).status_code == 422
    assert desk.post(f"{page}questions/9/", choice | {"text": "Which of these?"}).status_code == 302
    assert SurveyQuestion.objects.get(number=9).text == "Which of these?"
    assert desk.get(f"{page}questions/99/").status_code == 404
    assert "Member of SSC" in desk.get(f"{page}asked/").content.decode()
    assert desk.post(f"/steps/engagement.survey/{made.pk}/open/", {}).status_code == 302
    assert "0 of 6" in desk.get(page).content.decode()
    assert b'name="anonymous"' not in desk.get(f"{page}edit/").content


def test_an_opt_in_is_given_and_taken_back_by_its_person(client: Client) -> None:
    made = survey(kind="satisfaction", body="", by_opt_in=True, anonymous=False)
    SURVEYS.take("call", made, **told(organiser(), BEFORE))
    small = party()
    client.force_login(contact("Ann", small))
    page = f"/surveys/{made.pk}/take-part/"
    assert client.post(page, {"party": small.pk, "telephone": "01632 960001"}).status_code == 302
    assert client.post(page, {"party": small.pk, "telephone": ""}).status_code == 422
    wish = OptIn.objects.get()
    assert "Withdraw" in client.get(f"/opt-ins/{wish.pk}/").content.decode()
    client.force_login(contact("Ben", small))
    assert client.get(f"/opt-ins/{wish.pk}/withdraw/").status_code == 404
    client.force_login(wish.person)
    assert client.post(f"/opt-ins/{wish.pk}/withdraw/").status_code == 302
    assert OptIn.objects.get().telephone == ""


def test_who_is_asked_is_the_secretariats_to_read_and_says_nothing_of_answers(desk: Client) -> None:
    made = asking()
    assert desk.get(f"/invitees.csv?survey={made.pk}").content.decode().count("Member of SSC") == 6
    assert "Member" not in Client().get("/invitees.csv").content.decode()
