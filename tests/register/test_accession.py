"""How an organisation applies and is admitted, from the first half-typed answer to the welcome."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.journal import Event, history, verify
from secretariat.register.accession import actions
from secretariat.register.accession.procedure import APPLICATIONS
from secretariat.register.models import Application, Party, ShortenedBar
from tests.register.applying import (
    ANSWERS,
    before_the_board,
    draft,
    executed,
    gone,
    on,
    reviewed,
    sent,
)
from tests.register.factories import party, refused

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("same", [{"legal_name": "AMBER Energy Limited"}, {"company_number": "0999"}])
def test_applicant_is_no_party(same: dict[str, str]) -> None:
    party(company_number="0999")
    made = draft(**same)
    with refused("is a party already does not apply"):
        APPLICATIONS.take("submit", made, **on("2020-01-06", by=None))
    assert made.state == "draft"


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
