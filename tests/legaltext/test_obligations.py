"""Who must do what by when, as patterns pull it out of clauses."""

from __future__ import annotations

import pytest

from secretariat.legaltext.checking.obligations import Duty, duties
from tests.legaltext.test_checking import clause, made


def of(*bodies: str) -> list[Duty]:
    return list(duties(made(*(clause(f"c{place}", body) for place, body in enumerate(bodies)))))


@pytest.mark.parametrize(
    ("body", "role", "action", "limit"),
    [
        ("The DCC shall notify the Panel within 5 Working Days after receipt.", "DCC", "notify the Panel",
         "within 5 Working Days after receipt"),
        ("Within ten (10) Working Days of an Incident, the Panel shall publish it.", "Panel", "publish it",
         "within 10 Working Days of an Incident"),
        ("Each Party must, no later than one month before the Release, tell the DCC.", "Party", "tell the DCC",
         "within 1 month before the Release"),
        ("Supplier Parties shall give at least 20 Working Days’ notice of a visit.", "Supplier Party", "give",
         "at least 20 Working Days notice of a visit"),
        ("Where a User asks, the Code Administrator is required to answer.", "Code Administrator", "answer", ""),
        ("Each Party that is a Supplier shall keep a log.", "Party", "keep a log", ""),
        ("The Registration Data Provider shall send it within 24 hours of Section H3.4 being met and shall say so.",
         "Registration Data Provider", "send it and shall say so", "within 24 hours of Section H3.4 being met"),
    ],
)  # fmt: skip
def test_an_obligation_is_a_role_an_action_and_a_limit(body: str, role: str, action: str, limit: str) -> None:
    (one,) = of(body)
    assert (one.role, one.action, str(one.limit or "")) == (role, action, limit)
    assert (one.words, one.is_not) == (body, False)


@pytest.mark.parametrize(
    "body", ["A User shall not disclose it.", "No User shall disclose it.", "A User may not disclose it."]
)
def test_what_a_role_must_not_do_is_an_obligation_too(body: str) -> None:
    (one,) = of(body)
    assert (one.role, one.is_not, one.action) == ("User", True, "disclose it")


@pytest.mark.parametrize(
    "body",
    [
        "This Section shall apply to all.",
        "The Certificate shall be issued within 5 Working Days.",
        "The DCC may notify the Panel.",
        "the notice shall say so.",
        "Nothing here binds anybody.",
    ],
)
def test_what_binds_no_role_is_none(body: str) -> None:
    assert of(body) == []


def test_each_sentence_has_its_own_obligation() -> None:
    told = of("The DCC shall publish it. The Panel shall read it.\nEach User shall keep it.")
    assert [one.role for one in told] == ["DCC", "Panel", "User"]


def test_the_items_of_a_list_go_on_from_the_words_above_them() -> None:
    text = made(
        clause("x", "Where it fails, the DCC shall:", number="4.1"),
        clause("a", "tell the Panel within 2 Working Days; and", number="(a)", parent="x"),
        clause("b", "mend it.", number="(b)", parent="x"),
    )
    told = list(duties(text))
    assert [(one.number, one.role, one.action, str(one.limit or "")) for one in told] == [
        ("4.1(a)", "DCC", "tell the Panel", "within 2 Working Days"), ("4.1(b)", "DCC", "mend it", ""),
    ]  # fmt: skip
    assert told[1].words == "Where it fails, the DCC shall mend it."


def test_the_same_event_is_told_by_its_words_whatever_the_small_ones() -> None:
    first, second, third = of(
        "The DCC shall notify the Panel within 5 Working Days after receipt of the notice.",
        "The DCC shall notify Panels within 8 Working Days after the receipt of a notice.",
        "The DCC shall notify the Panel within 8 Working Days after receipt of the plan.",
    )
    assert first.event == second.event != third.event
