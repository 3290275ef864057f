"""How an organisation applies and is admitted, from the first half-typed answer to the welcome."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.core.figures import Span, Unknown
from secretariat.core.journal import Event, history, verify
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.plain.months import Month
from secretariat.register.accession import actions
from secretariat.register.accession.figures import applicants_that_will_accede, applications
from secretariat.register.accession.kinds import find_application
from secretariat.register.accession.links import actor, key_of, opened
from secretariat.register.accession.procedure import APPLICATIONS, open_question, reply
from secretariat.register.accession.timeline import latest_start, timeline, usual_board_day
from secretariat.register.figures import accessions
from secretariat.register.models import Application, Departure, Party, Refusal, ShortenedBar
from tests.register.applying import (
    ANSWERS,
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
from tests.register.factories import expel, group, keep, party, person

pytestmark = pytest.mark.django_db


def refused(words: str) -> Any:
    """That a step is refused with these words."""
    return pytest.raises(Refused, match=words)


def test_an_applicant_applies_is_reviewed_pays_signs_is_admitted_and_welcomed() -> None:
    made = executed()
    new = made.party
    assert new is not None
    assert (new.name, new.acceded_on, new.state) == ("Cedar Example Limited", date(2020, 2, 14), "party")
    assert new.category_on(date(2020, 2, 14)) == "other-sec-party"
    APPLICATIONS.take("allocate", made, signifier="CEDR", identifier_range="", **on("2020-02-17"))
    APPLICATIONS.take("welcome", made, **on("2020-02-18"))
    assert (made.state, made.outcome, made.closed_on) == ("welcomed", "executed", date(2020, 2, 14))
    states = [event.facts["state"]["new"] for event in history(made) if event.name != "application.amend"]
    assert states == [
        "draft", "submitted", "under review", "fee invoiced", "fee paid", "agreement issued", "agreement returned",
        "with the Board", "executed", "identifiers allocated", "welcomed",
    ]  # fmt: skip
    assert list(verify()) == []


# Eligibility


@pytest.mark.parametrize("same", [{"legal_name": "AMBER Energy Limited"}, {"company_number": "0999"}])
def test_applicant_is_no_party(same: dict[str, str]) -> None:
    party(company_number="0999")
    made = draft(**same)
    with refused("is a party already does not apply"):
        APPLICATIONS.take("submit", made, **on("2020-01-06", by=None))
    assert made.state == "draft"


def gone(day: str) -> Departure:
    """The departure of a party that was expelled on a day."""
    old = party("Cedar Example Limited", category="other-sec-party", company_number="01234567")
    expel(old, day)
    found: Departure = Departure.objects.get(party=old)
    return found


def test_no_bar_runs() -> None:
    gone("2019-03-02")
    made = draft("2020-03-01")
    with refused("applies again after 12 months"):
        APPLICATIONS.take("submit", made, **on("2020-03-01", by=None))
    APPLICATIONS.take("submit", made, **on("2020-03-02", by=None))
    assert made.state == "submitted"


def test_the_panel_may_shorten_the_bar_for_applying_and_for_acceding() -> None:
    departure = gone("2019-12-02")
    bar = ShortenedBar(
        departure=departure, ends_on=date(2020, 1, 6), meeting="SECP_76_1001", decided_on=date(2019, 12, 13)
    )  # fmt: skip
    actions.shorten_bar(bar, **on("2020-01-05"))
    made = executed()
    assert made.party is not None
    assert made.party != departure.party


def test_a_bar_is_shortened_for_who_was_expelled_after_it_and_to_a_day_that_is_sooner() -> None:
    departure = gone("2019-12-02")
    told = {"departure": departure, "meeting": "SECP_76_1001"}
    with refused("may shorten the time, which runs to Wed 2 Dec 2020"):
        later = ShortenedBar(ends_on=date(2020, 12, 2), decided_on=date(2019, 12, 13), **told)
        actions.shorten_bar(later, **on("2020-01-05"))
    with refused("decides after the expulsion"):
        early = ShortenedBar(ends_on=date(2020, 1, 6), decided_on=date(2019, 12, 1), **told)
        actions.shorten_bar(early, **on("2020-01-05"))
    departure.how = "withdrawn"
    with refused("Only who was expelled"):
        actions.shorten_bar(ShortenedBar(ends_on=date(2020, 1, 6), decided_on=date(2019, 12, 13), **told),
                            **on("2020-01-05"))  # fmt: skip
    assert not ShortenedBar.objects.exists()


def test_entitlement_is_asked_again_at_the_execution_and_then_nothing_is_written() -> None:
    made = before_the_board()
    party("Other Name Limited", "2020-02-03", company_number="01234567")
    before = (Event.objects.count(), Party.objects.count())
    with refused("is a party already does not accede again"):
        actions.execute(made, day=date(2020, 2, 14), voting_group=None, **on("2020-02-14"))
    assert (Event.objects.count(), Party.objects.count()) == before
    assert (made.state, made.party_id) == ("with the Board", None)


# Answers


@pytest.mark.parametrize("left", ["address", "category", "contact_name", "contact_phone", "company_number"])
def test_everything_is_answered(left: str) -> None:
    made = draft(**{left: ""})
    with refused("when each question has an answer"):
        APPLICATIONS.take("submit", made, **on("2020-01-06", by=None))


def test_a_natural_person_has_no_company_number_and_may_apply() -> None:
    assert sent(applicant_is="person", company_number="").state == "submitted"


@pytest.mark.parametrize(
    ("held", "wished", "category", "fits"),
    [
        ([], [], "other-sec-party", True),
        ([], [], "small-supplier", False),
        (["gas-supply"], [], "small-supplier", True),
        (["gas-supply"], [], "other-sec-party", False),
        (["electricity-distribution"], [], "electricity-network", True),
        (["gas-transporter"], [], "gas-network", True),
        (["gas-transporter"], [], "electricity-network", False),
        (["gas-transporter"], ["gas-supply"], "small-supplier", False),
        ([], ["electricity-supply"], "small-supplier", True),
        ([], ["electricity-supply"], "other-sec-party", True),
    ],
)
def test_category_follows_the_licence(held: list[str], wished: list[str], category: str, *, fits: bool) -> None:
    made = draft(licences_held=held, licences_wished=wished, category=category, premises=10, wants_share=True)
    if fits:
        APPLICATIONS.take("submit", made, **on("2020-01-06", by=None))
        return
    with refused("licences held decide the Party Category"):
        APPLICATIONS.take("submit", made, **on("2020-01-06", by=None))


@pytest.mark.parametrize(
    ("category", "premises", "fits"),
    [
        ("large-supplier", 250_000, True), ("small-supplier", 249_999, True), ("small-supplier", 0, True),
        ("small-supplier", 250_000, False), ("large-supplier", 249_999, False), ("small-supplier", None, False),
    ],
)  # fmt: skip
def test_size_follows_the_premises(category: str, premises: int | None, *, fits: bool) -> None:
    made = draft(licences_held=["gas-supply"], category=category, premises=premises, wants_share=True)
    if fits:
        APPLICATIONS.take("submit", made, **on("2020-01-06", by=None))
        return
    with refused("how many domestic premises"):
        APPLICATIONS.take("submit", made, **on("2020-01-06", by=None))


def test_licence_holder_takes_a_share() -> None:
    made = draft(licences_held=["gas-transporter"], category="gas-network")
    with refused("holder of a licence takes a share"):
        APPLICATIONS.take("submit", made, **on("2020-01-06", by=None))


def test_half_typed_answers_are_kept_and_the_journal_says_only_which_changed() -> None:
    made = draft()
    typed = {"premises": "about ten", "contact_phone": "020"}
    actions.save_answers(made, {"contact_phone": "020"}, typed, **on("2020-01-07", by=None))
    made = Application.objects.get()
    assert (made.typed, made.contact_phone) == (typed, "020")
    event = Event.objects.get(name="application.amend")
    assert event.facts == {"particulars": ["contact_phone"]}
    actions.save_answers(made, {"contact_phone": "020"}, typed, **on("2020-01-08", by=None))
    assert Event.objects.filter(name="application.amend").count() == 1


def test_no_personal_data_of_the_contact_is_in_the_journal() -> None:
    made = reviewed()
    APPLICATIONS.take("query", made, question="Which licence?", **on("2020-01-07"))
    actions.answer(made, "Ask Sam on 020 7946 0000", **on("2020-01-08", by=None))
    told = " ".join(str(event.facts) for event in Event.objects.all())
    assert "Sam" not in told
    assert "7946" not in told
    assert "sam@" not in told


def test_answers_stand_once_they_are_sent() -> None:
    made = sent()
    with refused("so its answers stand"):
        actions.save_answers(made, {"address": "elsewhere"}, {}, **on("2020-01-07", by=None))
    assert Application.objects.get().address == ANSWERS["address"]


def test_another_address_of_the_contact_is_sent_the_link() -> None:
    made = draft()
    actions.save_answers(made, {"contact_email": "kim@example.test"}, {}, **on("2020-01-07", by=None))
    assert made.applicant is not None
    assert made.applicant.email == "kim@example.test"
    assert Event.objects.filter(name="application.send_link").count() == 1


def test_one_application_of_a_name_is_under_way_at_a_time() -> None:
    sent()
    with refused("of this name is under way already"):
        sent()


# Review, fee and agreement


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


# Side exits


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


# Who may


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


# Figures


def flow(month: Month) -> dict[str, Any]:
    """The flow of a month, row by row."""
    grid = applications.grid(Span.of(month))
    assert grid.remarks == ()
    return {key: cell.value for (key, _), cell in grid.cells.items()}


def named(name: str) -> dict[str, str]:
    """Answers of another organisation."""
    return {"legal_name": f"{name} Example Limited", "company_number": name, "invoice": f"INV-{name}"}


def test_applications_reconcile_from_the_start_to_the_end_of_the_month() -> None:
    keep("applications", "2019-01-01")
    executed(**named("Elm"))
    unpaid = invoiced(**named("Fir"))
    APPLICATIONS.take("refuse", unpaid, ground="incomplete", note="No fee.", **on("2020-02-29"))
    left = sent("2020-02-01", legal_name="Ash Example Limited", company_number="3")
    APPLICATIONS.take("withdraw", left, reason="", **on("2020-02-29", by=left.applicant))
    sent("2020-02-29", legal_name="Oak Example Limited", company_number="4")
    gone = draft(legal_name="Yew Example Limited", company_number="5")
    APPLICATIONS.take("withdraw", gone, reason="", **on("2020-02-10", by=gone.applicant))
    assert flow(Month(2020, 1)) == {
        "start": 0, "received": 2, "refused": 0, "withdrawn": 0, "executed": 0, "end": 2,
    }  # fmt: skip
    assert flow(Month(2020, 2)) == {
        "start": 2, "received": 2, "refused": 1, "withdrawn": 1, "executed": 1, "end": 1,
    }  # fmt: skip
    assert flow(Month(2020, 3))["start"] == 1


def test_months_in_which_applications_were_not_kept_are_not_known() -> None:
    keep("applications", "2020-02-02")
    assert all(isinstance(cell.counted, Unknown) for cell in applications.grid(Span.of(Month(2020, 2))).cells.values())


def test_who_will_accede_and_who_acceded_are_two_figures(django_assert_max_num_queries: Any) -> None:
    returned(**named("Elm"))
    before_the_board(**named("Fir"))
    issued(**named("Ash"))
    executed(**named("Oak"))
    february, january = Span.of(Month(2020, 2)), Span.of(Month(2020, 1))
    with django_assert_max_num_queries(2):
        listing = applicants_that_will_accede.listing(february)
    assert [row.values for row in listing.rows] == [
        ("Elm Example Limited", "Other SEC Party"), ("Fir Example Limited", "Other SEC Party"),
    ]  # fmt: skip
    assert "subject to execution" in listing.remarks[0]
    assert len(applicants_that_will_accede.listing(january).rows) == 3
    assert not applicants_that_will_accede.listing(Span.of(Month(2019, 12))).rows
    assert [row.values[0] for row in accessions.listing(february).rows] == ["Oak Example Limited"]


# The way there


def test_the_way_to_a_board_is_reckoned_day_by_day() -> None:
    way = timeline(date(2020, 1, 6))
    assert [line.day for line in way.milestones] == [
        date(2020, 1, 6), date(2020, 1, 8), date(2020, 1, 15), date(2020, 2, 7), date(2020, 2, 14),
    ]  # fmt: skip
    assert (way.in_reach, way.latest_start) == (True, date(2020, 1, 29))


def test_a_board_that_is_too_soon_is_out_of_reach_and_the_last_day_to_apply_reaches_it() -> None:
    board = date(2020, 2, 14)
    last = latest_start(board)
    assert timeline(last, board).in_reach
    assert timeline(last).board_day == board
    assert not timeline(date(2020, 1, 30), board).in_reach
    assert timeline(date(2020, 1, 30)).board_day == date(2020, 3, 13)


@pytest.mark.parametrize(
    ("month", "day"), [(Month(2018, 7), 13), (Month(2020, 2), 14), (Month(2020, 3), 13), (Month(2020, 5), 15)]
)
def test_the_board_usually_meets_on_the_second_friday_and_after_a_holiday_on_the_next(month: Month, day: int) -> None:
    assert usual_board_day(month) == date(month.year, month.month, day)


def test_applying_on_easter_saturday_counts_from_the_tuesday_after() -> None:
    way = timeline(date(2020, 4, 11))
    assert "counts on the next one" in way.milestones[0].why
    assert way.milestones[1].day == date(2020, 4, 16)
