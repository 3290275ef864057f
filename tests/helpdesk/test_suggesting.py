"""Suggestions of categories by counts of words, and questions that come again."""

from __future__ import annotations

from secretariat.helpdesk.repeated import Asked, repeated
from secretariat.helpdesk.suggesting import learn, suggest, words_of

ACCESSION, CHANGE = 1, 2
LEARNT = learn(
    [("How to accede", ACCESSION)] * 6 + [("Fee to accede", ACCESSION)] * 3 + [("Fee of a modification", CHANGE)] * 4
)


def test_common_words_and_short_ones_tell_nothing() -> None:
    assert words_of("Dear all, please can you help with the ACCESSION fee") == {"help", "accession", "fee"}


def test_a_category_is_suggested_with_the_counts_that_speak_for_it() -> None:
    first, *_ = suggest("When can we accede?", LEARNT)
    assert (first.category, first.percent) == (ACCESSION, 100)
    assert first.reason == "Answered enquiries with its words stood here: “accede” in 9 of 9."


def test_a_word_of_two_categories_suggests_both_in_the_order_of_their_shares() -> None:
    both = suggest("The fee", LEARNT)
    assert [one.category for one in both] == [CHANGE, ACCESSION]
    assert "“fee” in 4 of 7" in both[0].reason


def test_nothing_is_suggested_by_words_that_were_hardly_ever_seen() -> None:
    assert suggest("A seldom word", learn([("seldom", ACCESSION)] * 2)) == []
    assert suggest("", LEARNT) == []


def test_no_more_than_three_are_suggested() -> None:
    counts = learn([("fee", category) for category in range(6) for _ in range(3)])
    assert [one.category for one in suggest("fee", counts)] == [0, 1, 2]


def test_questions_with_the_same_words_in_one_category_are_one_and_the_most_frequent_comes_first() -> None:
    asked = [
        Asked("ENQ-000009", "RE: Change of address", "Contacts"),
        Asked("ENQ-000008", "Address: change of it", "Contacts"),
        Asked("ENQ-000007", "Change of address", "Accessions"),
        Asked("ENQ-000006", "Fee invoice", "Accessions"),
        Asked("ENQ-000005", "Invoice for the fee", "Accessions"),
        Asked("ENQ-000004", "Re: Fwd: fee invoice", "Accessions"),
        Asked("ENQ-000003", "Hello", "Accessions"),
        Asked("ENQ-000002", "Hello", "Accessions"),
    ]
    found = repeated(asked, 2)
    assert [(one.subject, one.category, one.numbers) for one in found] == [
        ("Fee invoice", "Accessions", ("ENQ-000006", "ENQ-000005", "ENQ-000004")),
        ("Change of address", "Contacts", ("ENQ-000009", "ENQ-000008")),
    ]
    assert [one.subject for one in repeated(asked, 3)] == ["Fee invoice"]
