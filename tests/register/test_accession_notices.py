"""Who hears of an application, in which words, and that a private link stands in the mail and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from secretariat.core.people import Role
from secretariat.post.models import Message
from secretariat.post.notices import PRIVATE_LINK
from secretariat.post.outbox import drain, gather
from secretariat.register.accession import actions
from secretariat.register.accession.procedure import APPLICATIONS
from tests.register.applying import ANSWERS, address, before_the_board, draft, executed, invoiced, issued, on, reviewed
from tests.register.applying import RECORDED as AT
from tests.register.factories import party, person

pytestmark = pytest.mark.django_db


def written() -> dict[str, list[str]]:
    """Who was written to, by notice."""
    gather(AT, AT)
    told: dict[str, list[str]] = {}
    for message in Message.objects.order_by("person__email"):
        told.setdefault(message.notice, []).append(message.person.email)
    return told


def body(notice: str) -> str:
    """The words of the only message of a notice."""
    return Message.objects.get(notice=notice).body


def readers() -> None:
    """A contact of a party, and the Authority."""
    person(Role.PARTY_CONTACT, "one", organisation_id=party("Old Example Limited").pk)
    person(Role.AUTHORITY, "observer")
    gather(AT, AT)
    Message.objects.all().delete()


def test_the_applicant_hears_at_every_turn() -> None:
    executed()
    told = written()
    own = [ANSWERS["contact_email"]]
    for step in ("start", "submit", "accept", "issue", "refer", "execute"):
        assert told[f"application.{step}"] == own, step
    assert "540.00 pounds" in body("application.accept")
    assert "leave the date open" in body("application.issue")
    assert "Fri 14 Feb 2020" in body("application.execute")


def test_a_question_reaches_the_applicant_in_its_own_words() -> None:
    made = reviewed()
    APPLICATIONS.take("query", made, question="Which licence do you hold?", **on("2020-01-07"))
    written()
    assert "Which licence do you hold?" in body("application.query")


def test_an_admission_is_told_to_all_parties_and_the_authority() -> None:
    readers()
    made = executed()
    told = written()
    assert told["party.accede"] == ["authority-observer@example.test", "party_contact-one@example.test"]
    words = Message.objects.filter(notice="party.accede")[0].body
    assert made.legal_name in words
    assert "Sam" not in words


def test_a_refusal_is_told_to_the_applicant_all_parties_and_the_authority() -> None:
    readers()
    made = invoiced()
    APPLICATIONS.take("refuse", made, ground="incomplete", note="The fee was not paid.", **on("2020-03-02"))
    told = written()
    assert told["refusal.enter"] == ["authority-observer@example.test", "party_contact-one@example.test"]
    assert told["application.refuse"] == [ANSWERS["contact_email"]]
    assert "You may take this to the Authority" in body("application.refuse")


def test_nobody_else_hears_of_an_application_that_is_under_way() -> None:
    readers()
    before_the_board()
    assert {email for emails in written().values() for email in emails} == {ANSWERS["contact_email"]}


def test_the_link_stands_in_the_mail_and_not_in_the_record(mailoutbox: list[Any]) -> None:
    made = draft()
    gather(AT, AT)
    assert PRIVATE_LINK in body("application.start")
    drain(AT)
    (mail,) = mailoutbox
    assert mail.to == [ANSWERS["contact_email"]]
    assert f"http://localhost:8000{address(made)}" in mail.body
    assert PRIVATE_LINK not in mail.body
    assert address(made) not in Message.objects.get().body


def test_a_name_that_looks_like_the_place_of_the_link_gives_it_to_nobody_else(mailoutbox: list[Any]) -> None:
    readers()
    made = executed(legal_name=f"Cedar {PRIVATE_LINK}")
    gather(AT, AT)
    drain(AT)
    others = [mail for mail in mailoutbox if mail.to != [ANSWERS["contact_email"]]]
    assert others
    assert not any(address(made) in mail.body for mail in others)


def test_a_lost_link_is_sent_to_whom_it_belongs_and_a_new_one_when_it_is_made_anew() -> None:
    made = issued()
    assert actions.send_links("SAM@example.test", at=AT, recorded=AT) == 1
    assert actions.send_links("nobody@example.test", at=AT, recorded=AT) == 0
    APPLICATIONS.take("renew_link", made, **on("2020-01-21"))
    told = written()
    assert told["application.send_link"] == told["application.renew_link"] == [ANSWERS["contact_email"]]
