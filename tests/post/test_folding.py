"""What a mail itself says, apart from what it quotes and how it signs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.post.folding import folded, said
from tests.post.corpus_bodies import QUOTED

LINES = st.lists(
    st.sampled_from(
        ["words", "", "> quoted", ">", "-- ", "On Monday, Ann wrote:", "From: Ann", "Sent: now", "To: Ben",
         "Subject: x", "-----Original Message-----", "Sent from my iPhone", "________________", "Le lundi",
         "a écrit :", "\t"]
    ),
    max_size=30,
)  # fmt: skip


@given(LINES)
def test_folding_loses_nothing(lines: list[str]) -> None:
    body = "\n".join(lines)
    assert "\n".join(part.text for part in folded(body)) == body


@given(LINES)
def test_neighbouring_parts_differ_in_kind(lines: list[str]) -> None:
    kinds = [part.kind for part in folded("\n".join(lines))]
    assert all(one != other for one, other in pairwise(kinds))


@pytest.mark.parametrize("name", QUOTED)
def test_what_programs_of_several_makes_quote_is_folded(name: str) -> None:
    body = f"My answer.\n\n{QUOTED[name]}".replace("\r\n", "\n")
    assert said(body) == "My answer."
    assert "earlier words" in "\n".join(part.text for part in folded(body) if part.kind == "quoted")


def test_answers_between_the_quoted_lines_are_said() -> None:
    body = "On Monday, Ann wrote:\n> First?\nYes.\n> Second?\nNo.\n-- \nBen"
    assert said(body) == "Yes.\nNo."
    assert folded(body)[-1].kind == "signature"


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nBen\nA Company",
        "--\nBen",
        "Sent from my iPhone",
        "Get Outlook for Android",
        "This email and any attachments are confidential and intended for the addressee.",
    ],
)
def test_signatures_are_folded(signature: str) -> None:
    assert said(f"Words.\n\n{signature}") == "Words."


@pytest.mark.parametrize(
    "body",
    [
        "From: here to there takes an hour.\nIt is far.",
        "On Monday we wrote to you: nobody answered.",
        "The total is\n-----\n540",
        "I am on leave. Le petit mot.",
        "This message is short.",
    ],
)
def test_what_only_looks_like_a_quotation_is_said(body: str) -> None:
    assert said(body) == body


def test_a_mail_that_only_forwards_says_what_it_forwards() -> None:
    body = QUOTED["forwarded"].replace("\r\n", "\n")
    assert said(body) == body
