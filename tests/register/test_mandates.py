"""By when licences force parties to be Users, who is behind, and how long becoming one takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.duties import Weight
from secretariat.core.figures import Span
from secretariat.core.people import Role
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.months import Month
from secretariat.plain.workdays import OutsideCalendarError
from secretariat.register.contacts.licences import Licence
from secretariat.register.contacts.supply import SupplyMeasure
from secretariat.register.models import Mandate, Party, UserRole
from secretariat.register.user_entry.actions import open_entry
from secretariat.register.user_entry.due import book_by, booking, reckoned
from secretariat.register.user_entry.duties import entering, mandated
from secretariat.register.user_entry.figures import mandates_behind
from secretariat.register.user_entry.models import RoleEntry
from secretariat.register.user_entry.procedure import ROLE_ENTRIES
from secretariat.register.user_entry.timeline import timeline
from tests.register.factories import NOON, party, person, roles, told, user_entry

pytestmark = pytest.mark.django_db

FEBRUARY = Span.of(Month(2020, 2))
TODAY = date(2020, 3, 5)


def mandate(rule: str = "small_domestic", **more: Any) -> Mandate:
    """A mandate of the rulebook, met by entry as Import or Gas Supplier."""
    facts = {"name": rule, "category": "small-supplier", "supply": "", "rule": f"mandate.{rule}", **more}
    names = facts.pop("roles", ("Import Supplier", "Gas Supplier"))
    made = Mandate(**facts)
    journal.enter(made, **told())
    made.roles.set(roles(*names))
    return made


def supplies(of: Party, premises: int, day: str = "2019-01-07") -> None:
    """A confirmed measure of the domestic premises that a party supplies."""
    SupplyMeasure.objects.create(
        party=of, premises=premises, measured_on=date.fromisoformat(day), state="confirmed", proposes=""
    )


def old(name: str = "Amber Energy Limited", **more: Any) -> Party:
    """A small supplier of 2015."""
    return party(name, "2015-01-12", **more)


def behind(day: date = TODAY) -> list[str]:
    """Who is behind on a day."""
    return [due.party.name for due in reckoned(day).behind(day)]


def test_the_days_of_the_rulebook_are_as_published_and_the_uncertain_one_is_marked() -> None:
    found = {key: RULEBOOK.entry(f"mandate.{key}", TODAY) for key in
             ("small_domestic", "electricity_networks", "small_non_domestic", "new_supplier")}  # fmt: skip
    assert [entry.value for entry in found.values()] == ["2017-11-25", "2018-01-21", "2018-08-31", 12]
    assert [entry.verified for entry in found.values()] == [True, True, False, False]


def test_the_day_itself_is_in_time_and_the_day_after_is_behind() -> None:
    mandate()
    old()
    assert behind(date(2017, 11, 25)) == []
    assert behind(date(2017, 11, 26)) == ["Amber Energy Limited"]


def test_who_completed_any_of_the_roles_is_not_behind_from_then_on() -> None:
    mandate()
    user_entry(old(), "2018-02-05", "Gas Supplier")
    user_entry(old("Blue Limited"), "2018-02-05", "Other User")
    assert behind(date(2018, 2, 4)) == ["Amber Energy Limited", "Blue Limited"]
    assert behind(date(2018, 2, 5)) == ["Blue Limited"]


def test_a_fixed_day_binds_who_was_of_the_category_on_it() -> None:
    mandate()
    party("Later Limited", "2018-01-08")
    old("Network Limited", category="electricity-network")
    old("Large Limited", category="large-supplier")
    assert reckoned(TODAY).dues == ()


def test_a_mandate_of_domestic_or_non_domestic_suppliers_binds_by_the_last_confirmed_measure() -> None:
    mandate(supply="domestic")
    mandate("small_non_domestic", supply="non-domestic")
    homes, works, silent = old("Homes Limited"), old("Works Limited"), old("Silent Limited")
    supplies(homes, 0, "2018-01-08")
    supplies(homes, 9000, "2019-01-07")
    supplies(works, 0)
    SupplyMeasure.objects.create(party=silent, premises=5, measured_on=date(2019, 1, 7), state="told")
    found = reckoned(TODAY)
    assert {(due.party.name, due.mandate.name) for due in found.dues} == {
        ("Homes Limited", "small_domestic"),
        ("Works Limited", "small_non_domestic"),
    }
    assert [one.name for one in found.unknown] == ["Silent Limited"]
    assert {due.party.name: due.mandate.name for due in reckoned(date(2018, 6, 1)).dues} == {
        "Homes Limited": "small_non_domestic"
    }


def test_months_run_from_the_accession_by_the_calendar_and_only_for_anchor_days_in_their_range() -> None:
    mandate("new_supplier", anchor="accession", anchored_from=date(2017, 11, 26))
    old()
    party("Leap Limited", "2020-02-29")
    party("New Limited", "2018-03-05")
    assert {due.party.name: (due.day, due.working) for due in reckoned(TODAY).dues} == {
        "Leap Limited": (
            date(2021, 2, 28),
            "12 calendar months after Sat 29 Feb 2020, the day of accession, is Sun 28 Feb 2021.",
        ),
        "New Limited": (
            date(2019, 3, 5),
            "12 calendar months after Mon 5 Mar 2018, the day of accession, is Tue 5 Mar 2019.",
        ),
    }
    assert behind() == ["New Limited"]


def test_months_run_from_the_first_licence_of_the_category() -> None:
    mandate("new_supplier", anchor="licence")
    one, without = old(), old("Unlicensed Limited")
    for kind, day in (("gas supply", date(2018, 5, 31)), ("electricity supply", date(2017, 6, 30)),
                      ("gas transporter", date(2016, 1, 1))):  # fmt: skip
        Licence.objects.create(party=one, kind=kind, number=kind, from_day=day, recorded=NOON)
    assert [(due.party, due.day) for due in reckoned(TODAY).dues] == [(one, date(2018, 6, 30))]
    assert reckoned(TODAY, without).dues == ()


def test_a_mandate_that_the_rulebook_does_not_have_is_refused() -> None:
    for rule in ("nothing", "../x"):
        with pytest.raises(ValidationError, match="no mandate of this key"):
            mandate(rule)
    with pytest.raises(ValidationError, match="no mandate of this key"):
        journal.enter(Mandate(name="n", category="small-supplier", rule="panel.papers_wd"), **told())


def test_the_last_safe_day_to_book_is_counted_back_with_each_lead_and_lies_on_a_working_day() -> None:
    lines = booking(date(2020, 6, 30))
    assert [(line.by, line.lead) for line in lines] == [
        (date(2020, 6, 16), "10 Working Days"),
        (date(2020, 5, 26), "15 Working Days"),
        (date(2020, 5, 1), "15 Working Days"),
        (date(2020, 4, 17), "10 Working Days"),
        (date(2020, 1, 24), "12 weeks"),
    ]
    assert book_by(date(2020, 6, 30)) == date(2020, 1, 24)
    assert {entry.mark for line in lines for entry in line.entries} == {"setting", "sourced"}


def test_a_day_twelve_weeks_before_that_is_a_holiday_gives_way_to_the_working_day_before() -> None:
    assert booking(date(2020, 6, 9))[-2].by == date(2020, 3, 25)
    assert book_by(date(2020, 6, 9)) == date(2019, 12, 31)
    assert book_by(date(2020, 6, 3)) == book_by(date(2020, 6, 2)) == date(2019, 12, 24)


def test_beyond_the_known_holidays_nothing_is_counted_back() -> None:
    assert booking(date(2500, 1, 1)) == ()
    assert book_by(date(2500, 1, 1)) is None


def test_who_is_behind_is_listed_once_with_the_first_day_and_what_is_not_known_is_said() -> None:
    mandate(supply="domestic")
    mandate("small_non_domestic")
    supplies(old(), 10, "2017-01-09")
    old("Silent Limited")
    listing = mandates_behind.listing(FEBRUARY)
    assert [row.values[:3] for row in listing.rows] == [
        ("Amber Energy Limited", "small_domestic; small_non_domestic", "25/11/2017"),
        ("Silent Limited", "small_non_domestic", "31/08/2018"),
    ]
    assert listing.rows[1].values[3].endswith("The day is not verified.")
    assert listing.remarks == (
        "Of 1 supplier no measure of supply is confirmed: whether a mandate binds it is not known.",
    )
    assert mandates_behind.listing(Span.of(Month(2017, 11))).rows[0].values[0] == "Amber Energy Limited"
    assert mandates_behind.listing(Span(date(2017, 11, 1), date(2017, 11, 25))).rows == ()


def test_reckoning_asks_no_more_for_many_parties(django_assert_max_num_queries: Any) -> None:
    mandate("new_supplier", anchor="licence")
    mandate(supply="domestic")
    for number in range(8):
        supplies(old(f"Party {number} Limited"), number)
    with django_assert_max_num_queries(9):
        reckoned(TODAY)


def test_those_behind_are_listed_for_the_secretariat_filtered_and_as_files(client: Client) -> None:
    made = mandate()
    old("Late Limited")
    address = reverse("behind their mandate")
    assert client.get(address).status_code == 302
    client.force_login(person(Role.PARTY_CONTACT, "some"))
    assert client.get(address).status_code == 403
    client.force_login(person())
    page = client.get(address).content.decode()
    assert "Late Limited" in page
    assert "Sat 25 Nov 2017" in page
    for asked, found in (
        (f"?mandate={made.pk}", True),
        ("?category=small-supplier", True),
        ("?category=gas-network", False),
    ):
        assert (b"Late Limited" in client.get(address + asked).content) is found
        assert (b"Late Limited" in client.get(f"/behind-their-mandate.csv{asked}").content) is found
    assert client.get("/behind-their-mandate.xlsx").content[:2] == b"PK"
    assert client.get("/behind-their-mandate.pdf").status_code == 404


def test_mandates_are_public_and_party_support_enters_one(client: Client) -> None:
    form = {"name": "Small domestic suppliers", "category": "small-supplier", "supply": "domestic",
            "rule": "mandate.small_domestic", "roles": [UserRole.objects.get(name="Import Supplier").pk]}  # fmt: skip
    assert client.post("/mandates/new/", form).status_code == 302
    assert not Mandate.objects.exists()
    client.force_login(person())
    assert client.post("/mandates/new/", {**form, "rule": "mandate.none"}).status_code == 422
    assert client.post("/mandates/new/", form).status_code == 302
    client.logout()
    page = client.get(Mandate.objects.get().get_absolute_url()).content.decode()
    assert "Sat 25 Nov 2017" in page
    assert "Import Supplier" in page
    assert b"Small domestic suppliers" in client.get("/mandates/").content


def test_the_partys_grid_shows_its_mandate_with_the_working(client: Client) -> None:
    mandate()
    one = old()
    address = reverse("party user entry", args=[one.key])
    assert "The last safe day to book" not in client.get(address).content.decode()
    client.force_login(person(Role.PARTY_CONTACT, "other", organisation_id=one.pk + 1))
    assert "The last safe day to book" not in client.get(address).content.decode()
    client.force_login(person(Role.PARTY_CONTACT, "own", organisation_id=one.pk))
    page = client.get(address).content.decode()
    assert "The last safe day to book" in page
    assert "Sat 25 Nov 2017" in page


def test_a_partys_home_tells_its_mandate_the_day_to_book_and_what_its_entries_need() -> None:
    mandate("new_supplier", anchor="accession")
    one = party("New Limited", "2019-12-02")
    own = person(Role.PARTY_CONTACT, "own", organisation_id=one.pk)
    due, book = mandated(one.pk, own, NOON)
    assert (due.what, due.day) == ("Be a User: Import Supplier, Gas Supplier", date(2020, 12, 2))
    assert (book.what, book.day) == ("Book your security assessment", book_by(date(2020, 12, 2)))
    entry = open_entry(RoleEntry(party=one, role=roles("Gas Supplier")[0]), day="2020-01-06", **told())
    (needs,) = entering(one.pk, own, NOON)
    assert (needs.weight, "User Entry Process Tests" in needs.what) == (Weight.MAY, True)
    assert list(entering(one.pk, None, NOON)) == []
    entry.requirements.exclude(state="not needed").update(day=TODAY)
    for row in entry.requirements.filter(state="open"):
        type(row).objects.filter(pk=row.pk).update(state="confirmed")
    assert [duty.what for duty in entering(one.pk, own, NOON)] == ["Send the evidence form: Gas Supplier"]
    assert [duty.name for duty in mandated(one.pk, own, NOON)] == [""]
    ROLE_ENTRIES.take("receive", entry, day="2020-03-05", reference="x", note="", **told())
    assert list(entering(one.pk, own, NOON)) == []
    ROLE_ENTRIES.take("query", entry, day="2020-03-05", query="Who signed?", **told())
    assert [duty.why for duty in entering(one.pk, own, NOON)] == ["Who signed?"]
    user_entry(one, "2020-03-05", "Gas Supplier")
    assert list(mandated(one.pk, own, NOON)) == []


def test_the_timeline_follows_each_step_with_the_next_and_ends_with_the_longest() -> None:
    way = {line.what: line for line in timeline(date(2020, 1, 6))}
    details, user_id, srept, smki, uept, security, credit, complete, live = way.values()
    chain = (details, user_id, srept, smki, uept)
    assert details.begins == security.begins == credit.begins == date(2020, 1, 6)
    assert [line.begins for line in chain[1:]] == [line.ends for line in chain[:-1]]
    assert (details.ends, user_id.ends) == (date(2020, 1, 13), date(2020, 1, 20))
    assert complete.begins == max(uept.ends, security.ends)
    assert live.begins == complete.ends
    assert [words for words, _ in security.takes] == [
        "12 weeks",
        "10 Working Days",
        "15 Working Days",
        "15 Working Days",
    ]


def test_the_timeline_of_an_other_user_has_the_privacy_assessment() -> None:
    other, plain = roles("Other User")[0], roles("Gas Supplier")[0]
    privacy = "Book and go through your Full Privacy Assessment"
    assert privacy in [line.what for line in timeline(TODAY, other)]
    assert privacy not in [line.what for line in timeline(TODAY, plain)]
    with pytest.raises(OutsideCalendarError):
        timeline(date(2500, 1, 1))


def test_the_guide_is_public_and_reckons_from_the_day_chosen(client: Client) -> None:
    page = client.get("/becoming-a-user/").content.decode()
    for words in ("Who may hold which role", "Security Sub-Committee", "You can be live by"):
        assert words in page
    chosen = client.get("/becoming-a-user/?start=2020-01-06").content.decode()
    assert "Mon 13 Jan 2020" in chosen
    for bad in ("tomorrow", "2500-01-01", ""):
        answer = client.get(f"/becoming-a-user/?start={bad}")
        assert (answer.status_code, b"You can be live by" in answer.content) == (200, False)
