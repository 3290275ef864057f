"""What happens to the entries of certificates that end or are withdrawn."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core.classification import Class
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Refused, Rule
from secretariat.plain.dates import LONDON
from secretariat.post.due import take_due
from secretariat.post.following import follow, send_digests
from secretariat.post.models import Message
from secretariat.post.outbox import gather, start_here
from secretariat.products.certificates.actions import answer, ask, renew, tell_all, withdraw
from secretariat.products.certificates.duties import remediating
from secretariat.products.certificates.models import (
    ANSWERED,
    ASKED,
    CHASED,
    CLOSED,
    DECLINED,
    NOTIFIED,
    OPENED,
    PLANS_ASKED,
    REMOVAL_SET,
    PlanRequest,
    Remediation,
)
from secretariat.products.certificates.procedure import (
    PLAN_REQUEST,
    REMEDIATION,
    asked_of_a_supplier,
    carries_listed_entries,
    ends_or_was_withdrawn,
    its_remediation_is_open,
    later_than_the_day_set,
    no_entry_is_listed,
    no_other_is_open,
    suppliers_are_asked,
    suppliers_may_read_the_certificate,
    the_certificate_was_renewed,
    the_day_is_to_come,
    the_day_to_reply_has_passed,
    the_notice_is_written,
    the_silent_were_chased,
    there_is_time_to_reply,
)
from secretariat.products.models import CURRENT, REMOVED, UNDER_REMEDIATION, Certificate, DeviceModel
from secretariat.register.models import Party
from tests.products.certified import END, FEBRUARY, JANUARY, carried, states, when
from tests.products.factories import device, person, version
from tests.register.factories import party
from tests.signing_in import signed_in

DECISION = {"removal_on": "2020-04-08", "decided_in": "SSC paper", "reasons": ""}


@pytest.fixture
def analyst() -> Person:
    return person(team=Team.SECURITY)


def contact(of: Party) -> Person:
    made = Person.objects.create_user(f"contact-{of.pk}@example.org", "Contact")
    Capacity.objects.create(
        person=made, role=Role.PARTY_CONTACT, organisation_id=of.pk, from_day=date(2013, 1, 1), recorded=JANUARY
    )
    return made


def refused(by: Rule) -> Any:
    """That a rule refuses, in its own words."""
    return pytest.raises(Refused, match=re.escape(by.sentence))


def opened(by: Person, at: datetime = JANUARY, **dates: Any) -> Remediation:
    remediation = Remediation(certificate=carried(**(dates or {"expires_on": END})))
    REMEDIATION.take("open", remediation, **when(at, by))
    return remediation


@pytest.mark.django_db
def test_the_case_of_certificates_that_end_on_28_february_2020(analyst: Person) -> None:
    """Request in January, chaser in February to those that had not answered."""
    remediation = opened(analyst)
    assert (remediation.state, remediation.cause, remediation.ends_on) == (OPENED, "end", END)
    assert states() == [UNDER_REMEDIATION] * 2
    parties = [party("Amber Energy Limited"), party("Birch Energy Limited"), party("Cedar Energy Limited")]
    start_here()
    silent, quick, unwilling = ask(remediation, parties, date(2020, 1, 31), **when(JANUARY, analyst))
    assert remediation.state == PLANS_ASKED
    people = {one.pk: contact(one) for one in parties}
    plan = {"plan": "We upgrade.", "devices": 120, "completes_on": date(2020, 3, 31)}
    answer(quick, plan, "plan.txt", b"Upgrade.", **when(JANUARY, people[quick.party_id]))
    PLAN_REQUEST.take("decline", unwilling, reason="We have none.", **when(JANUARY, analyst))
    assert (quick.state, unwilling.state) == (ANSWERED, DECLINED)
    assert quick.file.name == f"plan-{quick.pk}.txt"

    early = datetime(2020, 1, 31, 18, tzinfo=LONDON)
    assert take_due(early, early).taken == 0
    assert take_due(FEBRUARY, FEBRUARY).taken == 1
    assert take_due(FEBRUARY, FEBRUARY).taken == 0
    silent.refresh_from_db()
    assert (silent.state, silent.chased_on, silent.chasers) == (CHASED, date(2020, 2, 10), 1)
    gather(FEBRUARY, FEBRUARY)
    asked, chased = (Message.objects.filter(notice=f"plan_request.{name}") for name in ("ask", "chase"))
    assert asked.count() == 3
    assert [one.person for one in chased] == [people[silent.party_id]]

    PLAN_REQUEST.take("report", quick, remaining=20, note="", **when(FEBRUARY, people[quick.party_id]))
    assert [row.remaining for row in quick.progress.all()] == [20]
    PLAN_REQUEST.take("send_back", quick, reason="By when?", reply_by="2020-02-20", **when(FEBRUARY, analyst))
    assert (quick.state, quick.returned) == (ASKED, "By when?")


@pytest.mark.django_db
def test_the_case_of_certificates_withdrawn_in_2019_and_removed_on_8_april_2020(analyst: Person) -> None:
    """Removal is set, put off by three months, told to all parties, and happens on the day."""
    autumn, winter = datetime(2019, 10, 1, 12, tzinfo=LONDON), datetime(2020, 1, 7, 12, tzinfo=LONDON)
    remediation = opened(analyst, autumn, withdrawn_on=date(2019, 9, 2))
    assert remediation.cause == "withdrawal"
    first = {**DECISION, "removal_on": "2020-01-08"}
    REMEDIATION.take("decide", remediation, **first, **when(autumn, analyst))
    assert remediation.state == REMOVAL_SET
    REMEDIATION.take("allow_longer", remediation, **DECISION, **when(winter, analyst))
    of = party("Amber Energy Limited")
    person_, start = contact(of), start_here()
    notice = tell_all(remediation, "They leave the list.", **when(winter, analyst))
    assert (remediation.state, notice.removal_on, start > 0) == (NOTIFIED, date(2020, 4, 8), True)
    gather(winter, winter)
    message = Message.objects.get(notice="removalnotice.enter")
    assert (message.person, "They leave the list." in message.body) == (person_, True)

    before, on_the_day = datetime(2020, 4, 7, 23, tzinfo=LONDON), datetime(2020, 4, 8, 1, tzinfo=LONDON)
    take_due(before, before)
    assert states() == [UNDER_REMEDIATION] * 2
    for _ in range(2):
        take_due(on_the_day, on_the_day)
    remediation.refresh_from_db()
    assert states() == [REMOVED] * 2
    assert (remediation.state, remediation.outcome, remediation.closed_on) == (CLOSED, "removed", date(2020, 4, 8))
    assert set(DeviceModel.objects.values_list("removal_ground", "removed_on")) == {("withdrawn", date(2020, 4, 8))}


@pytest.mark.django_db
def test_a_renewed_certificate_ends_its_remediation_and_frees_its_entries(analyst: Person) -> None:
    remediation = opened(analyst)
    REMEDIATION.take("decide", remediation, **DECISION, **when(JANUARY, analyst))
    with refused(the_certificate_was_renewed):
        REMEDIATION.take("renew", remediation, **when(FEBRUARY, analyst))
    renew(remediation.certificate, date(2026, 2, 28), for_life=True, **when(FEBRUARY, analyst))
    REMEDIATION.take("renew", remediation, **when(FEBRUARY, analyst))
    assert (remediation.state, remediation.outcome) == (CLOSED, "renewed")
    assert states() == [CURRENT] * 2
    assert set(DeviceModel.objects.values_list("removal_on", flat=True)) == {None}
    assert remediation.certificate.effective_end == date(2026, 2, 28)
    versions = DeviceModel.objects.get(entry_id="9001").versions.all()
    assert [row.content["cpa_renewal_on"] for row in versions] == ["2026-02-28"]


@pytest.mark.django_db
def test_a_remediation_is_opened_once_for_what_ends_and_carries_entries(analyst: Person) -> None:
    held = carried(expires_on=date(2021, 1, 1))
    with refused(ends_or_was_withdrawn):
        REMEDIATION.take("open", Remediation(certificate=held), **when(JANUARY, analyst))
    withdraw(held, date(2020, 1, 14), "Cancelled.", **when(JANUARY, analyst))
    REMEDIATION.take("open", Remediation(certificate=held), **when(JANUARY, analyst))
    with refused(no_other_is_open):
        REMEDIATION.take("open", Remediation(certificate=held), **when(JANUARY, analyst))
    idle = Certificate.objects.create(scheme="CPA", number="CPA-2", holder="Larch Meters", expires_on=END)
    with refused(carries_listed_entries):
        REMEDIATION.take("open", Remediation(certificate=idle), **when(JANUARY, analyst))


@pytest.mark.django_db
def test_each_rule_of_remediation_is_told(analyst: Person) -> None:
    remediation = opened(analyst)
    with refused(suppliers_are_asked):
        REMEDIATION.take("ask", remediation, **when(JANUARY, analyst))
    ask(remediation, [party("Amber Energy Limited")], date(2020, 1, 31), **when(JANUARY, analyst))
    with refused(the_silent_were_chased):
        REMEDIATION.take("decide", remediation, **DECISION, **when(JANUARY, analyst))
    PLAN_REQUEST.take("chase", remediation.requests.get(), **when(FEBRUARY, analyst))
    with refused(the_day_is_to_come):
        REMEDIATION.take("decide", remediation, **{**DECISION, "removal_on": "2020-02-10"}, **when(FEBRUARY, analyst))
    with pytest.raises(Refused, match="once the day of removal is set"):
        tell_all(remediation, "Soon.", **when(FEBRUARY, analyst))
    REMEDIATION.take("decide", remediation, **DECISION, **when(FEBRUARY, analyst))
    with refused(later_than_the_day_set):
        REMEDIATION.take("allow_longer", remediation, **DECISION, **when(FEBRUARY, analyst))
    with refused(the_notice_is_written):
        REMEDIATION.take("notify", remediation, **when(FEBRUARY, analyst))
    with refused(no_entry_is_listed):
        REMEDIATION.take("close", remediation, **when(FEBRUARY, analyst))


@pytest.mark.django_db
def test_each_rule_of_asking_is_told(analyst: Person) -> None:
    remediation, supplier = opened(analyst), party("Amber Energy Limited")
    network = party("Cable Networks Limited", category="electricity-network")
    with refused(asked_of_a_supplier):
        ask(remediation, [network], date(2020, 1, 31), **when(JANUARY, analyst))
    with refused(there_is_time_to_reply):
        ask(remediation, [supplier], date(2020, 1, 15), **when(JANUARY, analyst))
    Certificate.objects.update(classification=Class.AMBER)
    remediation.certificate.refresh_from_db()
    with refused(suppliers_may_read_the_certificate):
        ask(remediation, [supplier], date(2020, 1, 31), **when(JANUARY, analyst))
    Certificate.objects.update(classification=Class.WHITE)
    remediation.certificate.refresh_from_db()
    assert not PlanRequest.objects.exists()
    (request,) = ask(remediation, [supplier], date(2020, 1, 31), **when(JANUARY, analyst))
    with refused(the_day_to_reply_has_passed):
        PLAN_REQUEST.take("chase", request, **when(JANUARY, analyst))
    with pytest.raises(Refused, match="asked for its plan already"):
        ask(remediation, [supplier], date(2020, 1, 31), **when(JANUARY, analyst))
    Remediation.objects.update(state=CLOSED)
    with refused(its_remediation_is_open):
        PLAN_REQUEST.take("chase", request, **when(FEBRUARY, analyst))
    assert take_due(FEBRUARY, FEBRUARY).taken == 0


@pytest.mark.django_db
def test_members_of_the_deciding_body_decide_and_others_do_not(analyst: Person) -> None:
    remediation = opened(analyst)
    of_the_panel = person(Role.COMMITTEE_MEMBER, "")
    Capacity.objects.update_or_create(person=of_the_panel, defaults={"audience": "SECP"})
    with pytest.raises(Refused, match="for others"):
        REMEDIATION.take("decide", remediation, **DECISION, **when(JANUARY, of_the_panel))
    member = Person.objects.create_user("ssc@example.org", "Member")
    told_of = {"role": Role.COMMITTEE_MEMBER, "audience": "SSC", "from_day": date(2013, 1, 1), "recorded": JANUARY}
    Capacity.objects.create(person=member, **told_of)
    REMEDIATION.take("decide", remediation, **DECISION, **when(JANUARY, member))
    assert remediation.state == REMOVAL_SET


@pytest.mark.django_db
def test_a_supplier_reads_and_answers_its_own_request_and_no_other_party_learns_of_it(
    analyst: Person, settings: Any
) -> None:
    settings.CLOCK = FEBRUARY.isoformat()
    remediation, own, other = opened(analyst), party("Amber Energy Limited"), party("Birch Energy Limited")
    (request,) = ask(remediation, [own], date(2020, 2, 20), **when(JANUARY, analyst))
    mine, stranger = contact(own), contact(other)
    assert [duty.due for duty in remediating(own.pk, mine, FEBRUARY)] == [date(2020, 2, 20)]
    page, form = request.get_absolute_url(), f"{request.get_absolute_url()}answer/"
    for address in (page, form, remediation.get_absolute_url()):
        assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(mine).get(remediation.get_absolute_url()).status_code == 404
    assert "Send the plan" in signed_in(mine).get(page).content.decode()
    file = SimpleUploadedFile("plan.csv", b"device,day\n1,2020-03-01\n")
    sent = {"plan": "We replace them.", "devices": "7", "completes_on": "2020-03-31", "file": file}
    assert signed_in(mine).post(form, sent).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.devices, request.file.classification) == (ANSWERED, 7, request.classification)
    assert signed_in(mine).get(f"{page}file/").content == b"device,day\n1,2020-03-01\n"
    for address in (f"{page}file/", request.file.get_absolute_url()):
        assert signed_in(stranger).get(address).status_code == 404
    assert [duty.due for duty in remediating(own.pk, mine, FEBRUARY)] == [date(2020, 3, 31)]


@pytest.mark.django_db
def test_the_team_opens_asks_and_tells_on_pages(analyst: Person, settings: Any) -> None:
    settings.CLOCK = FEBRUARY.isoformat()
    held, supplier, client = carried(expires_on=END), party("Amber Energy Limited"), signed_in(analyst)
    assert client.post("/remediations/new/", {"certificate": held.pk, "note": "Meters"}).status_code == 302
    remediation = Remediation.objects.get()
    base = remediation.get_absolute_url()
    refused = client.post(f"{base}ask/", {"parties": [supplier.pk], "reply_by": "2020-02-10"})
    assert refused.status_code == 422
    assert "checked" in refused.content.decode()
    assert client.post(f"{base}ask/", {"parties": [supplier.pk], "reply_by": "2020-02-11"}).status_code == 302
    PLAN_REQUEST.take("decline", PlanRequest.objects.get(), reason="None.", **when(FEBRUARY, analyst))
    REMEDIATION.take("decide", remediation, **DECISION, **when(FEBRUARY, analyst))
    assert "* 9001: Larch Meters" in client.get(f"{base}notice/").content.decode()
    assert client.post(f"{base}notice/", {"text": "Told."}).status_code == 302
    remediation.refresh_from_db()
    assert remediation.state == NOTIFIED
    calendar = Client().get("/certificate-calendar/?month=2020-02").content.decode()
    assert "CPA CPA-1" in calendar
    assert Client().get("/certificate-calendar/?month=0001-02").status_code == 422
    assert b"DTSTART;VALUE=DATE:20200228" in Client().get("/certificates.ics").content
    typed = {"scheme": "CPA", "number": "CPA-1", "holder": "Larch Meters", "expires_on": "2020-02-29"}
    assert client.post(f"/certificates/{held.pk}/edit/", typed).status_code == 302
    assert Certificate.objects.get().expires_on == date(2020, 2, 29)
    both = client.post(f"/certificates/{held.pk}/edit/", {**typed, "renewal_on": "2020-03-01"})
    assert "has no expiry" in both.content.decode()
    assert (
        client.post(f"/certificates/{held.pk}/withdraw/", {"day": "2020-02-09", "why": "Cancelled."}).status_code == 302
    )
    assert client.post(f"/certificates/{held.pk}/renew/", {"end": "2026-02-09"}).status_code == 422


@pytest.mark.django_db
def test_who_follows_a_maker_is_told_of_its_removals_and_of_no_other(analyst: Person) -> None:
    reader = contact(party("Amber Energy Limited"))
    remediation = opened(analyst)
    page = signed_in(reader).get("/device-models/9001/").content.decode()
    assert "query=manufacturer%3DLarch%2BMeters%26model%3D0A1B" in page
    device("9101", version("CPL", 2, "2019-03-02"), state=CURRENT, manufacturer="Other Meters", firmware="0F")
    follow("device models", "manufacturer=larch meters", "", person=reader, at=JANUARY, recorded=JANUARY)
    REMEDIATION.take("decide", remediation, **DECISION, **when(JANUARY, analyst))
    send_digests(FEBRUARY, FEBRUARY)
    body = Message.objects.get(is_digest=True).body
    assert ("9001" in body, "9002" in body, "9101" in body) == (True, True, False)
