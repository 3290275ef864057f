"""From the review of an application to its agreement, the ways out of it, and who may take each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.core.people import Person, Role
from secretariat.register.accession import actions
from secretariat.register.accession.kinds import find_application
from secretariat.register.accession.links import actor, key_of, opened
from secretariat.register.accession.procedure import APPLICATIONS, open_question, reply
from secretariat.register.models import Application, Party, Refusal
from tests.register.applying import (
    PDF,
    before_the_board,
    draft,
    executed,
    invoiced,
    issued,
    on,
    returned,
    reviewed,
    sent,
)
from tests.register.factories import group, party, person, refused

pytestmark = pytest.mark.django_db


def test_a_question_is_asked_and_answered_and_the_reply_is_counted_anew() -> None:
    made = sent("2020-01-06")
    APPLICATIONS.take("query", made, question="Which licence?", **on("2020-01-07"))
    assert reply(made) is None
    actions.answer(made, "None.", **on("2020-01-09", by=None))
    question = made.questions.get()
    assert (question.text, question.answer, question.answered_on) == ("Which licence?", "None.", date(2020, 1, 9))
    due = reply(made)
    assert (made.state, open_question(made)) == ("under review", None)
    assert due is not None
    assert due.result == date(2020, 1, 13)


def test_open_question_is_answered() -> None:
    made = reviewed()
    APPLICATIONS.take("query", made, question="Which licence?", **on("2020-01-07"))
    with refused("What was asked has no answer yet"):
        APPLICATIONS.take("answer", made, **on("2020-01-08", by=made.applicant))
    with refused("What was asked has no answer yet"):
        actions.answer(made, "  ", **on("2020-01-08", by=made.applicant))
    assert (made.state, made.questions.get().answer) == ("more information", "")


def test_an_answer_told_on_the_telephone_is_noted_by_party_support() -> None:
    made = reviewed()
    APPLICATIONS.take("query", made, question="Which licence?", **on("2020-01-07"))
    APPLICATIONS.take("note_answer", made, answer="None, by telephone.", **on("2020-01-08"))
    assert (made.state, made.questions.get().answer) == ("under review", "None, by telephone.")


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2020-01-06T16:59", "2020-01-08"), ("2020-01-06T17:01", "2020-01-09"), ("2020-01-11T10:00", "2020-01-15"),
        ("2020-04-09T12:00", "2020-04-15"),
    ],
)  # fmt: skip
def test_the_usual_reply_is_two_working_days_from_the_day_on_which_it_counts(at: str, due: str) -> None:
    made = draft()
    told = on(at[:10], by=None)
    hour, minute = int(at[11:13]), int(at[14:])
    APPLICATIONS.take("submit", made, **{**told, "at": told["at"].replace(hour=hour, minute=minute)})
    working = reply(made)
    assert working is not None
    assert working.result == date.fromisoformat(due)
    assert "2 Working Days after" in working.sentence()


def test_the_invoice_asks_for_the_fee_and_for_a_share_where_one_is_taken() -> None:
    made = invoiced()
    assert (made.fee, made.share, made.due) == (Decimal(540), Decimal(0), Decimal(540))
    other = invoiced(invoice="INV-2", legal_name="Other Example Limited", company_number="2", wants_share=True)
    assert (other.share, other.due) == (Decimal(1), Decimal(541))


def test_what_is_due_is_paid() -> None:
    made = invoiced()
    for amount in ("539.99", "541"):
        with refused("sum paid is that of the invoice"):
            APPLICATIONS.take("pay", made, amount=amount, **on("2020-01-10"))
    APPLICATIONS.take("pay", made, amount="540.00", **on("2020-01-10"))
    assert made.paid_on == date(2020, 1, 10)


def test_an_invoice_number_is_given_once() -> None:
    invoiced()
    with refused("has this invoice number"):
        invoiced(invoice="inv-1", legal_name="Other Example Limited", company_number="2")


def test_follows_what_went_before() -> None:
    made = invoiced("2020-01-07")
    with refused("on the day of the step before it, or later"):
        APPLICATIONS.take("pay", made, amount=540, **on("2020-01-06"))


def test_signed_agreement_is_here() -> None:
    made = issued()
    with refused("hand in the signed file"):
        APPLICATIONS.take("return_agreement", made, undated=True, **on("2020-01-20"))


def test_it_is_undated() -> None:
    made = issued()
    with refused("signed but undated"):
        actions.return_agreement(made, "signed.pdf", PDF, undated=False, **on("2020-01-20", by=None))
    assert (made.state, made.agreement_id) == ("agreement issued", None)


def test_a_signed_agreement_is_kept_amber_and_one_that_is_no_document_is_not_taken() -> None:
    made = returned()
    assert made.agreement is not None
    assert (made.agreement.read(), made.agreement.classification, made.agreement.audience) == (PDF, 2, "SECCO")
    other = issued(invoice="INV-2", legal_name="Other Example Limited", company_number="2")
    with pytest.raises(ValidationError, match="not hold what its ending says"):
        actions.return_agreement(other, "signed.pdf", b"no document", undated=True, **on("2020-01-20", by=None))


@pytest.mark.parametrize(("day", "in_time"), [("2020-02-07", True), ("2020-02-08", False)])
def test_board_is_advised_in_time(day: str, *, in_time: bool) -> None:
    made = returned()
    if in_time:
        APPLICATIONS.take("refer", made, board_day="2020-02-14", **on(day))
        return
    with refused("at least a week before it meets"):
        APPLICATIONS.take("refer", made, board_day="2020-02-14", **on(day))


def test_what_the_board_puts_off_goes_before_a_later_one() -> None:
    made = before_the_board()
    APPLICATIONS.take("put_off", made, reason="No quorum", **on("2020-02-14"))
    assert (made.state, made.board_day) == ("agreement returned", None)
    APPLICATIONS.take("refer", made, board_day="2020-03-13", **on("2020-02-17"))


def test_the_register_has_admitted_it() -> None:
    made = before_the_board()
    with refused("when the register has admitted the party"):
        APPLICATIONS.take("execute", made, **on("2020-02-14"))
    made.held = False
    assert not any(
        one.step.name == "execute" for one in APPLICATIONS.open_steps(made, person(), on("2020-02-14")["at"])
    )


def test_an_executed_agreement_admits_the_party_on_the_boards_day_or_later_and_not_before_it_comes() -> None:
    made = before_the_board()
    with refused("on its day or later"):
        actions.execute(made, day=date(2020, 2, 13), voting_group=None, **on("2020-02-14"))
    with refused("has not come yet"):
        actions.execute(made, day=date(2020, 2, 15), voting_group=None, **on("2020-02-14"))
    assert not Party.objects.exists()


def test_the_execution_joins_a_voting_group_of_the_category() -> None:
    family = group("Example Family", "other-sec-party")
    made = before_the_board()
    new = actions.execute(made, day=date(2020, 2, 14), voting_group=family, **on("2020-02-14"))
    assert new.group_on(date(2020, 2, 14)) == family


def test_signifier_is_the_registers() -> None:
    made = executed()
    Party.objects.update(signifier="CEDR")
    with refused("the one that the register holds"):
        APPLICATIONS.take("allocate", made, signifier="OTHR", **on("2020-02-17"))
    APPLICATIONS.take("allocate", made, signifier="CEDR", **on("2020-02-17"))
    assert made.signifier == "CEDR"


@pytest.mark.parametrize("begun", [draft, sent, invoiced, before_the_board])
def test_an_applicant_withdraws_at_any_time_before_the_execution(begun: Any) -> None:
    made = begun()
    APPLICATIONS.take("withdraw", made, reason="", **on("2020-02-01", by=made.applicant))
    assert (made.state, made.outcome, made.closed_on) == ("withdrawn", "withdrawn", date(2020, 2, 1))


def test_nobody_withdraws_once_it_is_executed() -> None:
    with refused("not possible here"):
        APPLICATIONS.take("withdraw", executed(), reason="", **on("2020-02-17"))


def test_the_ground_holds() -> None:
    made = returned()
    for ground in ("party", "expelled", "incomplete"):
        with refused("ground of refusal is one that the record shows"):
            APPLICATIONS.take("refuse", made, ground=ground, note="No.", **on("2020-02-03"))
    assert not Refusal.objects.exists()
    party("Other Name Limited", "2020-02-03", company_number="01234567")
    APPLICATIONS.take("refuse", made, ground="party", note="Acceded under another name.", **on("2020-02-03"))
    assert (made.state, made.outcome, made.refusal.ground) == ("refused", "refused", "party")


def test_a_form_or_fee_that_stays_incomplete_is_a_ground() -> None:
    made = invoiced()
    APPLICATIONS.take("refuse", made, ground="incomplete", note="The fee was not paid.", **on("2020-03-02"))
    assert str(made.refusal) == "Cedar Example Limited, Mon 2 Mar 2020"


def test_the_applicants_steps_are_the_applicants_and_the_others_are_party_supports() -> None:
    made = draft()
    made.held = False
    stranger = Person.objects.create_user("stranger@example.test", "Stranger")
    for who in (stranger, None, person(team="helpdesk")):
        with refused("is for others"):
            APPLICATIONS.take("submit", made, **on("2020-01-06", by=who))
    APPLICATIONS.take("submit", made, **on("2020-01-06", by=made.applicant))
    with refused("is for others"):
        APPLICATIONS.take("review", made, **on("2020-01-06", by=made.applicant))


def test_who_holds_the_link_acts_as_the_applicant_and_a_link_made_anew_ends_the_one_before() -> None:
    made = draft()
    key = key_of(made)
    held = opened(key)
    assert held == made
    assert key not in str(Application.objects.values().get())
    APPLICATIONS.take("renew_link", made, **on("2020-01-07"))
    assert opened(key) is None
    assert opened(key_of(made)) == made


def test_nothing_is_laid_at_the_door_of_somebody_whose_address_was_only_typed() -> None:
    known = person()
    made = draft(contact_email=known.email)
    assert made.applicant == known
    assert actor(made, None) is None
    assert actor(made, known) == known
    mere = draft(legal_name="Other Example Limited")
    assert actor(mere, None) == mere.applicant


def test_an_applicant_reads_the_own_application_and_no_other() -> None:
    mine, other = draft(), draft(legal_name="Other Example Limited", contact_email="kim@example.test")
    at = on("2020-01-07")["at"]
    assert list(Application.objects.all().visible_to(mine.applicant, at)) == [mine]
    assert set(Application.objects.all().visible_to(person(), at)) == {mine, other}
    assert not Application.objects.all().visible_to(None, at)


def test_an_application_belongs_to_the_party_that_it_became() -> None:
    made = executed()
    own = person(Role.PARTY_CONTACT, "own", organisation_id=made.party_id)
    other = person(Role.PARTY_CONTACT, "other", organisation_id=10**6)
    at = on("2020-02-17")["at"]
    assert list(Application.objects.all().visible_to(own, at)) == [made]
    assert not Application.objects.all().visible_to(other, at)


def test_an_application_is_found_by_its_reference() -> None:
    made = draft()
    assert find_application(made.reference) == made
    assert find_application("APP-99999") is None
    assert find_application("APP-1") is None
