"""The key infrastructure: certificates that expire, decisions on recovery, and documents that are approved (SEC-40)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.assurance.pma.models import (
    APPROVED,
    CARRIED_OUT,
    CLOSED,
    CURRENT,
    DECIDED,
    EXPIRED,
    EXPIRING,
    QUERIED,
    REFUSED,
    REPLACED,
    REVOKED,
    SUBMITTED,
    WITHDRAWN,
    KeyCertificate,
    PmaDocument,
    Recovery,
)
from secretariat.assurance.pma.procedure import (
    KEY_CERTIFICATES,
    PMA_DOCUMENTS,
    RECOVERIES,
    answered_by,
    certificates_due,
    decided_by,
)
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Procedure, Refused
from secretariat.post.due import take_due
from tests.assurance.factories import LATER, london, person, security_person

pytestmark = pytest.mark.django_db


def take(procedure: Procedure, name: str, made: Any, on: str, by: Person | None = None, **facts: Any) -> None:
    procedure.take(name, made, by=by or security_person(), at=london(on), recorded=LATER, **facts)


def certificate(serial: str = "0A1B", expires: str = "2020-06-30", kind: str = "device root") -> KeyCertificate:
    made = KeyCertificate(name=f"Root {serial}", kind=kind, serial=serial, valid_from=date(2015, 7, 1))
    made.expires_on = date.fromisoformat(expires)
    take(KEY_CERTIFICATES, "enter", made, "2019-12-02")
    return made


def test_a_certificate_is_watched_ninety_days_before_it_expires_and_expires_when_its_last_day_is_over() -> None:
    made = certificate(expires="2020-05-18")
    assert list(certificates_due(london("2020-02-17"))) == []
    assert [due.step for due in certificates_due(london("2020-02-18"))] == ["watch"]
    assert take_due(london("2020-02-18"), LATER).refused == []
    made.refresh_from_db()
    assert made.state == EXPIRING
    assert list(certificates_due(london("2020-05-18"))) == []
    assert [due.step for due in certificates_due(london("2020-05-19"))] == ["expire"]


def test_a_certificate_that_time_passed_by_expires_on_its_own_day() -> None:
    made = certificate(expires="2020-01-31")
    take_due(london("2020-02-20"), LATER)
    made.refresh_from_db()
    assert (made.state, made.ended_on) == (EXPIRED, date(2020, 1, 31))


@pytest.mark.parametrize(
    ("step", "why"),
    [("watch", "is watched so many days before it expires"), ("expire", "expires once its last day is over")],
)
def test_time_alone_moves_a_certificate_and_not_too_early(step: str, why: str) -> None:
    made = certificate()
    with pytest.raises(Refused, match=why):
        KEY_CERTIFICATES.take(step, made, by=None, at=london("2020-02-18"), recorded=LATER)
    with pytest.raises(Refused, match="is for others"):
        take(KEY_CERTIFICATES, step, made, "2020-02-18")


def test_a_certificate_is_replaced_by_a_valid_one_of_its_kind() -> None:
    made, other, new = certificate(), certificate("0A1C", kind="recovery"), certificate("0A1D", "2030-06-30")
    for wrong in (made, other):
        with pytest.raises(Refused, match="replaced by another of its kind"):
            take(KEY_CERTIFICATES, "replace", made, "2020-02-18", successor=wrong.pk)
    take(KEY_CERTIFICATES, "replace", made, "2020-02-18", successor=new.pk)
    assert (made.state, made.replaced_by, made.ended_on) == (REPLACED, new, date(2020, 2, 18))
    take(KEY_CERTIFICATES, "revoke", new, "2020-02-19", person(Role.DCC, audience="DCC"), reason="It is compromised.")
    assert (new.state, other.state) == (REVOKED, CURRENT)


def recovery() -> Recovery:
    made = Recovery(title="A root key", cause="compromised", text="Words.")
    take(RECOVERIES, "open", made, "2020-02-17 09:00", person(Role.DCC, audience="DCC"))
    return made


KEY = {"use": "recovery key", "reasons": "It reaches every device."}


def test_the_body_decides_which_key_is_used_within_a_day_and_nobody_else_does() -> None:
    made = recovery()
    assert decided_by(made) == london("2020-02-18 09:00")
    take(RECOVERIES, "advise", made, "2020-02-17 11:00", use="contingency key", reasons="It is at hand.")
    for other in (security_person(), person(Role.COMMITTEE_MEMBER, audience="SSC")):
        with pytest.raises(Refused, match="is for others"):
            take(RECOVERIES, "decide", made, "2020-02-17 15:00", other, **KEY)
    take(RECOVERIES, "decide", made, "2020-02-17 15:00", person(Role.COMMITTEE_MEMBER, audience="SECPMA"), **KEY)
    assert (made.state, made.use, made.advice, made.decided_by) == (
        DECIDED, "recovery key", "contingency key", "SECPMA",
    )  # fmt: skip


def test_a_key_that_is_to_be_used_is_used_before_the_case_is_closed() -> None:
    made, member = recovery(), person(Role.COMMITTEE_MEMBER, audience="SECPMA")
    take(RECOVERIES, "decide", made, "2020-02-17 15:00", member, **KEY)
    with pytest.raises(Refused, match="closed once that was carried out"):
        take(RECOVERIES, "close", made, "2020-02-18")
    take(RECOVERIES, "carry_out", made, "2020-02-19")
    assert made.state == CARRIED_OUT
    take(RECOVERIES, "close", made, "2020-03-02", lessons="Practise it.")
    assert (made.state, made.lessons) == (CLOSED, "Practise it.")


def test_where_neither_key_is_used_there_is_nothing_to_carry_out() -> None:
    made, member = recovery(), person(Role.COMMITTEE_MEMBER, audience="SECPMA")
    take(RECOVERIES, "decide", made, "2020-02-17 15:00", member, use="neither", reasons="No device is reached.")
    with pytest.raises(Refused, match="there is nothing to carry out"):
        take(RECOVERIES, "carry_out", made, "2020-02-18")
    take(RECOVERIES, "close", made, "2020-02-18")
    assert made.state == CLOSED


def document(version: str = "1.0") -> PmaDocument:
    made = PmaDocument(title="Device certificate policy", kind="certificate policy", version=version)
    take(PMA_DOCUMENTS, "submit", made, "2020-01-27", person_of_the_dcc())
    return made


def person_of_the_dcc() -> Person:
    return Person.objects.filter(email__startswith="dcc").first() or person(Role.DCC, audience="DCC")


def test_a_document_is_queried_answered_and_approved_at_a_meeting_of_the_body() -> None:
    made = document()
    due = answered_by(made)
    assert due is not None
    assert due.result == date(2020, 2, 24)
    take(PMA_DOCUMENTS, "query", made, "2020-01-30", query="Which keys?")
    assert made.state == QUERIED
    take(PMA_DOCUMENTS, "answer", made, "2020-02-03", person_of_the_dcc(), answer="All of them.")
    assert (made.state, made.submitted_on) == (SUBMITTED, date(2020, 1, 27))
    with pytest.raises(Refused, match="at a meeting of the SMKI PMA"):
        take(PMA_DOCUMENTS, "approve", made, "2020-02-25", meeting="SSC_97_1202")
    take(PMA_DOCUMENTS, "approve", made, "2020-02-25", meeting="SECPMA_66_2502")
    assert (made.state, made.decided_on) == (APPROVED, date(2020, 2, 25))


def test_a_version_is_put_to_the_body_once_unless_it_was_refused_or_withdrawn() -> None:
    first = document()
    with pytest.raises(Refused, match="put to the body already"):
        document()
    take(PMA_DOCUMENTS, "refuse", first, "2020-02-25", meeting="SECPMA_66_2502", reason="It says too little.")
    again = document()
    take(PMA_DOCUMENTS, "withdraw", again, "2020-02-26", person_of_the_dcc(), reason="A new version follows.")
    assert (first.state, again.state, document().state) == (REFUSED, WITHDRAWN, SUBMITTED)


def test_the_body_and_the_operator_read_the_infrastructure_and_other_bodies_and_parties_do_not() -> None:
    certificate()
    readers = {
        "pma": person(Role.COMMITTEE_MEMBER, audience="SECPMA"),
        "dcc": person_of_the_dcc(),
        "team": security_person(),
        "ssc": person(Role.COMMITTEE_MEMBER, audience="SSC"),
        "party": person(Role.PARTY_CONTACT, organisation_id=1),
        "nobody": None,
    }
    sees = {name: KeyCertificate.objects.visible_to(one, LATER).exists() for name, one in readers.items()}
    assert [name for name, yes in sees.items() if yes] == ["pma", "dcc", "team"]
