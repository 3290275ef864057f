"""A party's own home page: what it must do, by when and why, over all rooms."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from pytest_django import DjangoAssertNumQueries

from secretariat.assurance.models import Assessment, Kind, State
from secretariat.change.models import Release
from secretariat.core import duties as core_duties
from secretariat.core.duties import Duty, Weight, in_order
from secretariat.core.people import Capacity, Person, Role
from secretariat.plain.dates import LONDON
from secretariat.post import feed_keys
from secretariat.register.contacts.applying import asked_for
from secretariat.register.contacts.confirming import CONFIRMATIONS, ROUNDS
from secretariat.register.contacts.procedure import DETAILS
from secretariat.register.leaving.models import Leaving
from secretariat.register.leaving.procedure import EXITS
from secretariat.register.models import Confirmation, ConfirmationRound, DetailsChange, Party
from secretariat.register.panel_action.models import PanelAction, Power
from secretariat.register.panel_action.procedure import PANEL_ACTIONS
from secretariat.site.party_duties import outlook, owed
from secretariat.site.party_home import headline
from tests.register.factories import case, cure, dcc, party, told
from tests.site.own import browser, contact
from tests.site.people import AT, client_as, client_of, person_as

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def amber() -> Party:
    return party()


@pytest.fixture
def only_one_room() -> Iterator[list[core_duties.Ask]]:
    """Only the duties that a test declares itself."""
    before = core_duties.DUTIES[:]
    core_duties.DUTIES.clear()
    yield core_duties.DUTIES
    core_duties.DUTIES[:] = before


def whats(of: Party, person: Person, at: datetime = AT) -> list[str]:
    return [duty.what for duty in owed(of, person, at)]


def text(html: str) -> str:
    """The words of a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_with_nothing_open_the_page_says_so_and_shows_no_empty_section(amber: Party) -> None:
    page = browser(amber).get("/my-party/").content.decode()
    assert "Nothing for you this month." in page
    assert "Nothing with a date is known for later." in page
    assert 'class="duties"' not in page


def test_with_nothing_this_month_the_page_says_what_comes_next_and_when(amber: Party) -> None:
    Release.objects.create(name="June 2020 Release", go_live_on=date(2020, 6, 25), kind=Release.Kind.DOCUMENT_ONLY)
    page = text(browser(amber).get("/my-party/").content.decode())
    assert "Nothing for you this month. Next: June 2020 Release goes live, Thu 25 Jun 2020." in page


def test_a_notice_of_default_is_due_at_five_on_its_last_day_with_its_working_and_citation(amber: Party) -> None:
    served = case(amber, "2020-03-05")
    (duty,) = owed(amber, contact(amber), AT)
    assert duty.due == datetime(2020, 3, 10, 17, tzinfo=LONDON)
    assert "3 Working Days after Thu 5 Mar 2020 is Tue 10 Mar 2020, not counting 2 weekend days." in duty.working
    assert duty.citation == "DEF-1, Section M8.1"
    page = browser(amber, "Second").get("/my-party/").content.decode()
    assert "1 thing to do by Tue 31 Mar 2020." in page
    assert "Tue 10 Mar 2020, 17:00" in page
    assert duty.working in page
    assert f'href="{served.get_absolute_url()}"' in page


def test_three_working_days_from_maundy_thursday_run_to_the_thursday_after_easter(amber: Party) -> None:
    at = datetime(2020, 4, 9, 12, tzinfo=LONDON)
    case(amber, "2020-04-09", at=at, recorded=at)
    (duty,) = owed(amber, contact(amber), at)
    assert duty.day == date(2020, 4, 16)
    assert "Good Friday" in duty.working
    assert "Easter Monday" in duty.working


def test_what_is_late_comes_first_and_is_called_late(amber: Party) -> None:
    case(amber, "2020-02-10")
    Release.objects.create(name="June 2020 Release", go_live_on=date(2020, 6, 25), kind=Release.Kind.DOCUMENT_ONLY)
    person = contact(amber)
    found = outlook(amber, person, AT)
    assert [line.late for line in found.lines] == [True, False]
    assert headline(found) == "1 thing to do, and it is late."


def test_a_default_that_runs_stands_there_without_a_day_until_it_is_cured(amber: Party) -> None:
    run = case(amber, "2020-01-06", "2020-01-13")
    person = contact(amber)
    (duty,) = owed(amber, person, AT)
    assert (duty.due, duty.about) == (None, run)
    cure(run, "2020-03-02")
    assert owed(amber, person, AT) == []


def test_a_remedial_plan_is_due_on_the_day_that_the_panel_set(amber: Party) -> None:
    action = PanelAction(case=case(amber, "2020-01-06", "2020-01-13"), power=Power.PLAN, meeting="SECP_76_1701")
    PANEL_ACTIONS.take("resolve", action, day="2020-01-17", due_on="2020-03-20", **told())
    assert [duty.due for duty in owed(amber, contact(amber), AT) if duty.about == action] == [date(2020, 3, 20)]


def test_the_yearly_confirmation_is_due_at_five_on_its_last_day_and_stays_when_it_lapsed(amber: Party) -> None:
    round_ = ConfirmationRound(year=2020)
    ROUNDS.take("open", round_, **told())
    row = Confirmation.objects.get(party=amber)
    CONFIRMATIONS.take("ask", row, **told(by=None))
    person = contact(amber)
    (duty,) = owed(amber, person, AT)
    assert (duty.due, duty.does) == (datetime(2020, 4, 2, 17, tzinfo=LONDON), "Confirm our details")
    assert "20 Working Days after Thu 5 Mar 2020 is Thu 2 Apr 2020" in duty.working
    assert client_of(person).get(duty.href).status_code == 200
    late = datetime(2020, 4, 3, 9, tzinfo=LONDON)
    CONFIRMATIONS.take("lapse", row, by=None, at=late, recorded=late)
    assert [line.late for line in outlook(amber, person, late).lines] == [True]


def test_a_question_about_a_change_of_details_is_to_be_answered(amber: Party) -> None:
    person = contact(amber)
    asked = asked_for(amber, None, {"trading_names": "Amber"}, date(2020, 3, 5))
    change = DetailsChange(party=amber, asked=asked, from_day=date(2020, 3, 5))
    DETAILS.take("submit", change, **told(by=person))
    DETAILS.take("query", change, question="Since when?", **told())
    (duty,) = owed(amber, person, AT)
    assert (duty.why, duty.does, duty.due) == ("Since when?", "Answer", None)
    assert client_of(person).get(duty.href).status_code == 200


def test_who_gives_notice_to_withdraw_settles_what_is_outstanding_and_returns_its_hubs() -> None:
    other = party("Leaving Limited", category="other-sec-party")
    leaving = Leaving(party=other, ground="withdrawal")
    EXITS.take("notify", leaving, day="2020-03-02", **told())
    EXITS.take("count_hubs", leaving, held=12, returned=2, **told())
    found = {duty.what: duty.citation for duty in owed(other, contact(other), AT)}
    assert found["Settle all sums that are outstanding"] == "EXIT-1"
    assert found["Return uninstalled communications hubs to the DCC: 10"] == "EXIT-4, Section F8.7"


def test_booked_fieldwork_comes_and_can_be_moved_until_four_weeks_before(amber: Party) -> None:
    Assessment.objects.create(
        party=amber, kind=Kind.FUSA, opened_on=date(2020, 1, 6), fieldwork_due=date(2020, 4, 20), state=State.BOOKED
    )
    found = owed(amber, contact(amber), AT)
    assert [(duty.weight, duty.due) for duty in found] == [
        (Weight.MAY, date(2020, 3, 23)),
        (Weight.COMES, date(2020, 4, 20)),
    ]
    assert headline(outlook(amber, contact(amber, "Second"), AT)) == "Nothing that you must do this month."


def test_nobody_sees_what_another_party_must_do(amber: Party) -> None:
    other = party("Blue Energy Limited")
    case(other, "2020-03-05")
    assert owed(amber, contact(amber), AT) == []
    assert browser(amber, "Second").get(f"/my-party/{other.key}/").status_code == 404


def test_what_a_person_may_not_read_is_not_told(amber: Party) -> None:
    case(amber, "2020-03-05")
    assert owed(amber, person_as("nobody in particular"), AT) == []


@pytest.mark.parametrize(("role", "answer"), [("public", 302), ("nobody in particular", 403), ("operations", 403)])
def test_the_page_is_for_parties_contacts(amber: Party, role: str, answer: int) -> None:
    client = client_as(role)
    for path in ("/my-party/", f"/my-party/{amber.key}/", f"/my-party/{amber.key}/details/"):
        assert client.get(path).status_code == answer, path


def test_who_speaks_for_two_parties_chooses(amber: Party) -> None:
    other = party("Blue Energy Limited")
    contact(amber, "Both")
    client = client_of(contact(other, "Both"))
    page = client.get("/my-party/").content.decode()
    assert f'href="/my-party/{amber.key}/"' in page
    assert f'href="/my-party/{other.key}/"' in page
    assert "Another party" in client.get(f"/my-party/{other.key}/").content.decode()


def test_the_home_page_links_to_the_own_party_first(amber: Party) -> None:
    page = browser(amber).get("/").content.decode()
    assert page.index(f'href="/my-party/{amber.key}/"') < page.index("Waiting on you")


def test_the_partys_own_main_step_waits_with_its_link(amber: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    def the_party(person: Person | None, record: object, at: datetime) -> bool:
        """The party."""
        return person is not None and person.acts_as(Role.PARTY_CONTACT, at)

    action = PanelAction(case=case(amber, "2020-01-06", "2020-01-13"), power=Power.TELL_PARTY, meeting="SECP_76_1701")
    PANEL_ACTIONS.take("resolve", action, day="2020-01-17", due_on=None, **told())
    step = PANEL_ACTIONS.steps["carry_out"]
    monkeypatch.setitem(PANEL_ACTIONS.steps, "carry_out", type(step)(**{**vars(step), "who": the_party}))
    (duty,) = [duty for duty in owed(amber, contact(amber), AT) if duty.about == action]
    assert duty.href == f"/steps/register.panelaction/{action.pk}/carry_out/"


def test_a_row_of_a_list_with_a_day_to_come_is_shown_as_coming(amber: Party) -> None:
    at = AT - timedelta(days=800)
    found = [duty for duty in owed(amber, contact(amber, since="2013-01-01"), at) if duty.weight is Weight.COMES]
    assert found == []
    Assessment.objects.create(party=amber, kind=Kind.VUSA, opened_on=date(2020, 3, 16), state=State.REQUESTED)
    (duty,) = owed(amber, contact(amber, "Second"), AT)
    assert (duty.what[:11], duty.due, duty.weight) == ("Assessment:", date(2020, 3, 16), Weight.COMES)


def test_what_a_room_tells_of_a_record_goes_before_what_its_list_says(amber: Party) -> None:
    made = Assessment.objects.create(party=amber, kind=Kind.SSA, opened_on=date(2020, 3, 16), state=State.REQUESTED)
    assert [duty.what for duty in owed(amber, contact(amber), AT) if duty.about == made] == [
        "Do your Security Self-Assessment and send it in"
    ]


def test_who_is_the_last_with_access_is_told_to_name_a_colleague(amber: Party) -> None:
    person = contact(amber, to_day=date(2020, 3, 31))
    assert set(whats(amber, person)) == {"Your access ends", "Name a colleague who can sign in"}
    contact(amber, "Second")
    assert whats(amber, person) == ["Your access ends"]


def test_duties_stand_in_order_late_then_without_a_day_then_by_date(amber: Party) -> None:
    def due(what: str, when: date | datetime | None, weight: Weight = Weight.MUST) -> Duty:
        return Duty(what, amber, when, weight=weight, name=what)

    noon, five = (datetime(2020, 3, 9, hour, tzinfo=LONDON) for hour in (12, 17))
    found = [
        due("on the day", date(2020, 3, 9)), due("at five", five), due("at noon", noon), due("open", None),
        due("late", date(2020, 3, 5)), due("today", date(2020, 3, 6)), due("gone", date(2020, 3, 5), Weight.COMES),
    ]  # fmt: skip
    assert [one.what for one in in_order(found, AT)] == ["late", "open", "today", "at noon", "at five", "on the day"]


def test_a_room_makes_its_duties_known_by_one_function(amber: Party, only_one_room: list[core_duties.Ask]) -> None:
    @core_duties.duties
    def ask(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
        yield Duty(f"For {party_id}", amber)

    assert whats(amber, contact(amber)) == [f"For {amber.pk}"]


def test_at_most_six_lines_stand_before_the_rest(amber: Party) -> None:
    for number in range(9):
        day = date(2020, 6, 1) + timedelta(days=number)
        Release.objects.create(name=f"Release {number}", go_live_on=day, kind=Release.Kind.DOCUMENT_ONLY)
    page = browser(amber).get("/my-party/").content.decode()
    assert "3 more, later" in page
    assert page.index("Release 5 goes live") < page.index("3 more, later") < page.index("Release 6 goes live")


def test_the_queries_do_not_grow_with_what_is_open(
    amber: Party, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(amber)
    client.get("/my-party/")
    for number in range(20):
        Assessment.objects.create(
            party=amber, kind=Kind.FUSA, opened_on=date(2020, 1, 1) + timedelta(days=number),
            fieldwork_due=date(2020, 4, 20), state=State.BOOKED,
        )  # fmt: skip
    with django_assert_max_num_queries(125):
        assert client.get("/my-party/").status_code == 200


def test_the_calendar_holds_each_dated_duty_at_its_instant(amber: Party) -> None:
    served = case(amber, "2020-03-05")
    case(party("Blue Energy Limited"), "2020-03-05")
    answer = browser(amber).get(f"/my-party/{amber.key}/duties.ics")
    found: Any = icalendar.Calendar.from_ical(answer.content)
    (event,) = found.walk("VEVENT")
    assert event["dtstart"].dt == datetime(2020, 3, 10, 17, tzinfo=LONDON)
    assert f"register.defaultcase-{served.pk}@" in event["uid"]
    assert answer["Cache-Control"] == "private"


def test_the_feed_holds_duties_without_a_day_too(amber: Party) -> None:
    case(amber, "2020-01-06", "2020-01-13")
    feed = ET.fromstring(browser(amber).get(f"/my-party/{amber.key}/duties.atom").content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == [
        "Cure the default: (c) unpaid Charges"
    ]
    assert browser(amber, "Second").get(f"/my-party/{amber.key}/duties.csv").status_code == 404


def test_a_private_address_opens_without_signing_in_until_the_key_or_the_capacity_ends(amber: Party) -> None:
    case(amber, "2020-03-05")
    person = contact(amber)
    answer = client_of(person).post(f"/my-party/{amber.key}/private-address/")
    found = re.search(r"http://localhost:8000(/feeds/\S+\.ics)", answer.content.decode())
    assert found is not None
    assert answer["Cache-Control"] == "no-store"
    public = client_as("public")
    assert b"BEGIN:VEVENT" in public.get(found[1]).content
    assert public.get(found[1].replace(amber.key, party("Blue Energy Limited").key)).status_code == 404
    Capacity.objects.filter(person=person).update(to_day=date(2020, 3, 5))
    assert public.get(found[1]).status_code == 404
    Capacity.objects.filter(person=person).update(to_day=None)
    feed_keys.revoke(person, at=AT, recorded=AT)
    assert public.get(found[1]).status_code == 404


def test_our_details_hold_our_own_rows_and_nobody_elses(amber: Party) -> None:
    other = party("Blue Energy Limited")
    case(amber, "2020-01-06", "2020-01-13")
    theirs = case(other, "2020-01-06", "2020-01-13")
    page = browser(amber).get(f"/my-party/{amber.key}/details/").content.decode()
    assert "Small Supplier" in page
    assert "Default cases" in page
    assert "Blue Energy" not in page
    assert f'href="{theirs.get_absolute_url()}"' not in page
    assert "Test notifications" not in page
    assert "Accede" in page


def test_the_files_hold_what_is_ours_alone(amber: Party) -> None:
    other = party("Blue Energy Limited")
    case(amber, "2020-01-06", "2020-01-13")
    case(other, "2020-01-06", "2020-01-13")
    client = browser(amber)
    told = client.get(f"/my-party/{amber.key}/files/default-cases.csv").content.decode()
    assert "Amber Energy Limited" in told
    assert "Blue Energy Limited" not in told
    assert client.get(f"/my-party/{amber.key}/files/default-cases.xlsx").status_code == 200
    for name in ("journal.csv", "meetings.csv", "default-cases.atom", "none-such.csv"):
        assert client.get(f"/my-party/{amber.key}/files/{name}").status_code == 404, name
    assert client.get(f"/my-party/{other.key}/files/default-cases.csv").status_code == 404


def test_the_dccs_own_page_opens_too() -> None:
    one = dcc()
    assert browser(one).get("/my-party/").status_code == 200
