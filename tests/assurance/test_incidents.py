"""Notices of incidents and vulnerabilities: who reads them, their clocks, and what may be shared of them (SEC-15)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.assurance.incidents import readers
from secretariat.assurance.incidents.actions import name_readers
from secretariat.assurance.incidents.clocks import Clock, clocks, has_run_out
from secretariat.assurance.incidents.models import CLOSED, SHARED, Advisory, SecurityNotice
from secretariat.assurance.incidents.notices import its_readers, the_team, who_notified
from secretariat.assurance.incidents.procedure import SECURITY_NOTICES, names_in, overdue_notices
from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Appointment, Constituency, Seat
from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.workdays import default_calendar
from secretariat.post.due import take_due
from tests.assurance.factories import LATER, london, party, person, security_person

FOUND, REPORTED = "2020-02-17 08:00", "2020-02-17 11:00"
DAYS = default_calendar()
BACKEND = "django.contrib.auth.backends.ModelBackend"


# Clocks


def notice(**told: Any) -> SecurityNotice:
    return SecurityNotice(kind="incident", clause="G2.11", title="Words", text="More words.", **told)


def test_a_notice_is_acknowledged_within_24_hours_and_assessed_within_five_working_days() -> None:
    first, second = clocks(notice(reported_at=london(REPORTED)), DAYS)
    assert (first.due, first.working) == (london("2020-02-18 11:00"), "24 hours after Mon 17 Feb 2020, 11:00.")
    assert second.due == london("2020-02-24 17:00")
    assert second.working.startswith("5 Working Days after Mon 17 Feb 2020")
    assert first.rule.mark == second.rule.mark == "setting"
    assert clocks(notice()) == []


@pytest.mark.parametrize(
    ("done", "at", "standing"),
    [(None, "2020-02-18 11:00", "running"), (None, "2020-02-18 11:01", "late"),
     ("2020-02-18 11:00", "2020-03-05", "done in time"), ("2020-02-18 11:01", "2020-03-05", "done late")],
)  # fmt: skip
def test_a_clock_says_how_it_stands(done: str | None, at: str, standing: str) -> None:
    rule = RULEBOOK.entry("incident.acknowledge_hours", LATER)
    when: datetime | None = london(done) if done else None
    assert Clock("It", london("2020-02-18 11:00"), when, "", rule).standing(london(at)) == standing


def test_an_assessment_on_the_last_day_is_in_time() -> None:
    told = {"reported_at": london(REPORTED), "acknowledged_at": london(REPORTED)}
    assert not has_run_out(notice(**told, assessed_on=date(2020, 2, 24)), LATER, DAYS)
    assert clocks(notice(**told, assessed_on=date(2020, 2, 24)), DAYS)[1].standing(LATER) == "done in time"
    assert has_run_out(notice(**told), LATER, DAYS)


# Who reads


def chair(body: str) -> Person:
    committee = Committee.objects.get_or_create(code=body, defaults={"name": body, "short_name": body, "position": 70})[
        0
    ]
    seat = Seat(committee=committee, title="Chair", constituency=Constituency.CHAIR, from_day=date(2019, 1, 1))
    seat.recorded = LATER
    seat.save()
    held = person(Role.COMMITTEE_MEMBER, audience=body)
    Appointment(seat=seat, person=held, from_day=date(2019, 1, 1), recorded=LATER).save()
    return held


def reported(on: str = REPORTED, **told: Any) -> SecurityNotice:
    of = party()
    found = Person.objects.filter(email__contains="reporter").first()
    who = found or person(Role.PARTY_CONTACT, organisation_id=of.pk, audience="reporter")
    made = notice(party=of, found_at=london(FOUND), reported_by=who)
    for name, value in told.items():
        setattr(made, name, value)
    SECURITY_NOTICES.take("report", made, by=who, at=london(on), recorded=LATER)
    return made


def take(name: str, made: SecurityNotice, on: str = "2020-02-18", by: Person | None = None, **facts: Any) -> Event:
    who = by or security_person()
    return SECURITY_NOTICES.take(name, made, by=who, at=london(on), recorded=LATER, **facts)


@pytest.mark.django_db
def test_a_notice_is_for_the_notifier_the_security_team_and_the_chair_of_the_ssc_and_for_nobody_else() -> None:
    team, chairs, pma = security_person(), chair("SSC"), chair("SECPMA")
    others = [
        person(Role.COMMITTEE_MEMBER, audience="SECP"),
        person(Role.SECRETARIAT, Team.OPERATIONS),
        person(Role.PARTY_CONTACT, organisation_id=party().pk, leads=True),
        person(Role.DCC, audience="DCC"),
    ]
    made = reported()
    assert made.reported_by is not None
    assert set(readers.named(made)) == {made.reported_by, team, chairs}
    rows: Any = SecurityNotice.objects.all()
    assert [one for one in (None, pma, *others) if rows.visible_to(one, LATER).exists()] == []
    assert all(rows.visible_to(one, LATER).exists() for one in (made.reported_by, team, chairs))
    assert Event.objects.filter(kind="assurance.securitynotice").exclude(classification=Class.RED).count() == 0


@pytest.mark.django_db
def test_a_compromised_key_is_told_to_the_chair_of_the_smki_pma_at_once_or_when_it_is_found() -> None:
    security_person()
    pma = chair("SECPMA")
    assert pma in readers.named(reported(keys_compromised=True))
    made = reported()
    assert pma not in readers.named(made)
    take("find_key_compromised", made)
    assert pma in readers.named(made)
    with pytest.raises(Refused, match="That a key is compromised was told already"):
        take("find_key_compromised", made)


@pytest.mark.django_db
def test_a_notice_is_always_red() -> None:
    made = notice(party=party(), found_at=london(FOUND), classification=Class.AMBER)
    with pytest.raises(Refused, match="is Red"):
        SECURITY_NOTICES.take("report", made, by=security_person(), at=london(REPORTED), recorded=LATER)
    assert SecurityNotice.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "why"),
    [({"found_at": london("2020-02-17 11:01")}, "notified was found before it was notified"),
     ({"clause": "G9.9"}, "says under which clause of Section G it is given")],
)  # fmt: skip
def test_a_notice_that_cannot_be_is_refused(told: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        reported(**told)


@pytest.mark.django_db
def test_only_a_reader_of_the_security_team_goes_on_and_names_further_readers() -> None:
    security_person()
    made = reported()
    late = person(Role.SECRETARIAT, Team.SECURITY, audience="late")
    with pytest.raises(Refused, match="is for others"):
        take("acknowledge", made, by=late)
    told = {"by": security_person(), "at": london("2020-02-18"), "recorded": LATER}
    name_readers(made, [late], **told)
    take("acknowledge", made, by=late)
    for people, why in (([late], "read this already"), ([gone()], "can no longer sign in")):
        with pytest.raises(Refused, match=why):
            name_readers(made, people, **told)
    named = Event.objects.get(name="security_notice.name_readers")
    assert named.facts == {"readers": [late.pk]}


def gone() -> Person:
    one = person(Role.SECRETARIAT, Team.CHANGE)
    one.is_active = False
    one.save()
    return one


# What follows


@pytest.mark.django_db
def test_the_team_is_reminded_once_a_day_while_a_clock_has_run_out() -> None:
    security_person()
    made = reported()
    in_time, late, next_day = (london(text) for text in ("2020-02-18 11:00", "2020-02-18 12:00", "2020-02-19"))
    assert list(overdue_notices(in_time)) == []
    assert take_due(late, LATER).taken == 1
    made.refresh_from_db()
    assert list(overdue_notices(late)) == []
    with pytest.raises(Refused, match="A reminder follows once a clock has run out"):
        SECURITY_NOTICES.take("remind", made, by=None, at=late, recorded=LATER)
    assert [due.step for due in overdue_notices(next_day)] == ["remind"]
    take("acknowledge", made, "2020-02-19")
    assert list(overdue_notices(next_day)) == []


def assessed() -> SecurityNotice:
    security_person()
    made = reported()
    take("acknowledge", made)
    take("assess", made, "2020-02-20", severity="high", assessment="It could happen again.")
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    ["At Alder Energy Limited a laptop was lost.", "At ALDER  energy limited a laptop was lost.",
     "Alder lost a laptop.", "Ask party contact..reporter.{pk} about it."],
)  # fmt: skip
def test_an_advisory_that_names_somebody_is_refused(text: str) -> None:
    made = assessed()
    with pytest.raises(Refused, match="names no party and nobody who notified"):
        take("share", made, title="A laptop", text=text.format(pk=made.party_id))
    assert Advisory.objects.count() == 0


@pytest.mark.django_db
def test_an_advisory_tells_all_parties_what_was_learnt_and_leads_back_to_nobody() -> None:
    made = assessed()
    take("share", made, title="Lost laptops", text="Wipe a laptop that is lost. Older ones cannot be wiped.")
    advisory = Advisory.objects.get()
    assert (made.state, made.advisory, advisory.severity) == (SHARED, advisory, "high")
    other = person(Role.PARTY_CONTACT, organisation_id=party("Birch Energy Limited").pk)
    assert Advisory.objects.visible_to(other, LATER).exists()
    entered = Event.objects.get(kind="assurance.advisory")
    assert (entered.by, entered.facts) == (None, {})
    take("close", made, "2020-03-02", outcome="The laptop was found.")
    assert (made.state, made.closed_on) == (CLOSED, date(2020, 3, 2))


@pytest.mark.django_db
def test_common_words_of_names_name_nobody() -> None:
    made = notice(party=party("Smart Energy Supply Limited"))
    assert names_in(made, "Suppliers of energy should keep the supply of smart meters in mind.") == []
    assert names_in(made, "It was Smart Energy Supply Limited.") == ["Smart Energy Supply Limited"]


@pytest.mark.django_db
def test_mail_about_a_notice_goes_to_its_readers_alone() -> None:
    team = security_person()
    made = reported()
    event = Event.objects.get(name="security_notice.report")
    assert set(its_readers(event, made, LATER)) == {team}
    assert list(who_notified(event, made, LATER)) == [made.reported_by]
    person(Role.SECRETARIAT, Team.SECURITY, audience="late")
    assert list(the_team(event, made, LATER)) == [team]


@pytest.mark.django_db
def test_the_secure_form_reports_for_the_own_party_only(client: Client, settings: Any) -> None:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = LATER.isoformat(), []
    security_person()
    own, other = party(), party("Birch Energy Limited")
    client.force_login(person(Role.PARTY_CONTACT, organisation_id=own.pk), BACKEND)
    path = reverse("security notice-new")
    form = client.get(path).content.decode()
    assert own.name in form
    assert other.name not in form
    told = {"party": other.pk, "kind": "incident", "clause": "G2.11", "found_at": "2020-03-05 09:00",
            "title": "Lost", "text": "A laptop with a very particular sticker."}  # fmt: skip
    refused = client.post(path, told)
    assert refused.status_code == 422
    assert "very particular sticker" in refused.content.decode()
    assert client.post(path, told | {"party": own.pk}).status_code == 302
    made = SecurityNotice.objects.get()
    assert client.get(made.get_absolute_url()).status_code == 200
    client.force_login(person(Role.SECRETARIAT, Team.OPERATIONS), BACKEND)
    assert client.get(made.get_absolute_url()).status_code == 404
    assert "very particular" not in client.get("/security-notices/").content.decode()
    names = reverse("name readers of a notice", args=[made.pk])
    assert client.get(names).status_code == 404
