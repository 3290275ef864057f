"""Checks of legal text: what they find in small texts, and that they find nothing where nothing is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from secretariat.legaltext.checking.findings import CHECKS, Finding, brought_in, check
from secretariat.legaltext.checking.numbering import Numbering
from secretariat.legaltext.checking.references import Code, Target, references
from secretariat.legaltext.checking.terms import Terms
from secretariat.legaltext.text import Clause, Text, in_order, places
from secretariat.site.sample.code_text import texts as sample_texts


def clause(uid: str, body: str = "", **told: Any) -> dict[str, Any]:
    return {"uid": uid, "body": body, "parent": "", "kind": "clause", "number": "", "heading": "", **told}


def made(*told: dict[str, Any]) -> Text:
    """A text of clauses in the order in which they are told."""
    return in_order(Clause(place=place, **one) for place, one in zip(places(len(told)), told, strict=True))


def defined(*terms: str) -> list[dict[str, Any]]:
    return [
        clause(f"d{place}", f"**{term}** means what it says.", kind="definition", heading=term)
        for place, term in enumerate(terms)
    ]


def found(name: str, *told: dict[str, Any], **others: Text) -> list[Finding]:
    """What one check finds in a text that is Section H, among others."""
    texts = {"section-h": made(*told), **{code.replace("_", "-"): text for code, text in others.items()}}
    return [one for one in check(texts) if one.check == name]


H3 = (
    clause("p", number="H3", kind="part"),
    clause("a", number="H3.4", parent="p", body="Words:"),
    clause("b", number="(a)", parent="a", body="one;"),
    clause("c", number="(i)", parent="b", body="two."),
)


# Numbers


def test_a_clause_is_cited_by_the_numbers_above_it() -> None:
    assert dict(Numbering(made(*H3)).full) == {"p": "H3", "a": "H3.4", "b": "H3.4(a)", "c": "H3.4(a)(i)"}


def test_what_lies_below_a_definition_has_no_number_of_its_own() -> None:
    text = made(
        clause("p", number="A1", kind="part"),
        clause("d", parent="p", kind="definition", heading="Party"),
        clause("i", parent="d", number="(a)"),
    )
    assert Numbering(text).full["i"] == ""


# Cross-references


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("See Section H3.4(a).", [("Section H3.4(a)", "section-h", "H3.4(a)")]),
        ("under Section H", [("Section H", "section-h", "")]),
        ("Clause 4.2 of Appendix AB.", [("Clause 4.2 of Appendix AB", "appendix-ab", "4.2")]),
        ("in Schedule 5, and", [("Schedule 5", "schedule-5", "")]),
        ("Clause 4.2(b) applies", [("Clause 4.2(b)", "", "4.2(b)")]),
        ("as paragraph (b)(i) says", [("paragraph (b)(i)", "", "(b)(i)")]),
        ("Sections H1 and G2.1", [("Sections H1", "section-h", "H1"), ("G2.1", "section-g", "G2.1")]),
        ("Clauses 1.1, 1.2 and 1.3 of Appendix B", [
            ("Clauses 1.1", "appendix-b", "1.1"), ("1.2", "appendix-b", "1.2"), ("1.3", "appendix-b", "1.3"),
            ("Appendix B", "appendix-b", ""),
        ]),
        ("Clause 4.2 and 5 Working Days", [("Clause 4.2", "", "4.2")]),
        ("Section 88 of the Utilities Act 2000", []),
        ("Schedule 4 to the Electricity Act", []),
        ("Section headings and Clauses in general", []),
        ("Appendices AB and AC", [("Appendices AB", "appendix-ab", ""), ("AC", "appendix-ac", "")]),
    ],
)  # fmt: skip
def test_cross_references_are_found_as_printed(body: str, told: list[tuple[str, str, str]]) -> None:
    seen = references(body)
    assert [(one.words, one.document, one.number) for one in seen] == told
    assert all(body[one.start : one.end] == one.words for one in seen)


def test_a_reference_leads_to_the_clause_that_has_the_number() -> None:
    text = made(*H3, clause("x", "Section H3.4(a)(i), paragraph (a) and Section H"))
    assert Code({"section-h": text}).targets("section-h", "x") == {Target("section-h", "c"), Target("section-h", "")}
    below = made(*H3[:-1], clause("c", "as in paragraph (a)", number="(i)", parent="b"))
    assert Code({"section-h": below}).targets("section-h", "c") == {Target("section-h", "b")}


def test_a_clause_of_a_section_is_found_from_another_document() -> None:
    code = Code({"section-h": made(*H3), "appendix-ab": made(clause("x", "under Clause H3.4", number="1"))})
    assert code.targets("appendix-ab", "x") == {Target("section-h", "a")}


@pytest.mark.parametrize(
    "body", ["See Section H9.9.", "See Schedule 99.", "See Clause 7 of Appendix Z.", "paragraph (z)"]
)
def test_a_reference_to_what_is_not_there_is_told(body: str) -> None:
    (one,) = found("reference", *H3, clause("x", body, number="H4"))
    assert (one.uid, one.number, one.stops) == ("x", "H4", True)
    assert one.about in body


# Terms


def test_the_longest_term_is_used_in_the_singular_or_the_plural() -> None:
    terms = Terms.of({"section-a": made(*defined("Party", "Supplier Party", "Working Day"))})
    body = "Supplier Parties and each Party's Working Days; a party."
    assert [(one.term, body[one.start : one.end]) for one in terms.uses(body)] == [
        ("Supplier Party", "Supplier Parties"), ("Party", "Party"), ("Working Day", "Working Days"),
    ]  # fmt: skip


def test_a_term_means_what_its_own_document_says_then_what_the_general_definitions_say() -> None:
    texts = {code: made(*defined("Party")) for code in ("schedule-8", "section-a", "appendix-b")}
    terms = Terms.of(texts)
    meant = [terms.meant("Party", code) for code in ("appendix-b", "section-h")]
    assert [one.document for one in meant if one] == ["appendix-b", "section-a"]
    assert terms.meant("Panel", "section-h") is None


def test_capitalised_words_that_nothing_defines_are_told_once_with_how_often() -> None:
    told = found(
        "undefined", *defined("Panel"), clause("x", "The Panel asks the Data Keeper. The Data Keeper answers."),
        clause("y", "Tell the Data Keeper in January.", number="H1"),
    )  # fmt: skip
    assert [(one.about, one.uid, one.message) for one in told] == [
        ("Data Keeper", "x", "“Data Keeper” is defined in no document; it is used 3 times.")
    ]
    assert told[0].others == (("section-h", "y"),)
    assert not told[0].stops


@pytest.mark.parametrize(
    "body", ["Words begin a sentence.", "See Section H3 of Great Britain.", "| Step | Who |\n|---|---|\n| One | Two |"]
)
def test_what_only_begins_with_a_capital_is_no_term(body: str) -> None:
    assert not found("undefined", clause("x", body), clause("h", number="H3", body="words begin the section."))


def test_a_term_that_no_clause_uses_is_told_where_it_is_defined() -> None:
    told = found("unused", *defined("Panel", "Party"), clause("x", "each Party"))
    assert [(one.about, one.uid) for one in told] == [("Panel", "d0")]


def test_a_term_defined_twice_in_one_document_is_told_and_in_two_documents_is_not() -> None:
    told = found("twice", *defined("Party"), clause("x", "a person (a “**Party**”)"), section_a=made(*defined("Party")))
    assert [(one.uid, one.others) for one in told] == [("x", (("section-h", "d0"),))]


# Numbers, order, limits


def test_two_clauses_of_one_number_are_told_and_two_lists_may_both_have_an_a() -> None:
    told = found(
        "number", clause("x", number="H1"), clause("xa", number="(a)", parent="x"), clause("y", number="H1"),
        clause("ya", number="(a)", parent="y"), clause("yb", number="(a).", parent="y"),
    )  # fmt: skip
    assert [(one.uid, one.others) for one in told] == [
        ("y", (("section-h", "x"),)), ("yb", (("section-h", "ya"),)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "numbers",
    [("H3.2", "H3.1"), ("(a)", "(c)", "(b)"), ("(ii)", "(i)"), ("1.10", "1.9"), ("4B", "4A")],
)  # fmt: skip
def test_a_number_that_stands_after_a_higher_one_is_told(numbers: tuple[str, ...]) -> None:
    told = found("order", *(clause(f"c{place}", number=number) for place, number in enumerate(numbers)))
    assert [one.about for one in told] == [numbers[-1]]


@pytest.mark.parametrize(
    "numbers",
    [("1.9", "1.10"), ("(h)", "(i)", "(j)"), ("(iv)", "(v)", "(ix)"), ("(z)", "(aa)"), ("4", "4A", "5"), ("B1", "A2")],
)
def test_numbers_in_their_order_are_not_told(numbers: tuple[str, ...]) -> None:
    assert not found("order", *(clause(f"c{place}", number=number) for place, number in enumerate(numbers)))


@pytest.mark.parametrize(
    ("words", "late"),
    [
        ("On completion of the step in Clause 5.3, the DCC shall act.", True),
        ("Having completed the checks set out in Clause 5.3, act.", True),
        ("Following the steps in Clause 5.1, act.", False),
        ("The step in Clause 5.3 comes later.", False),
    ],
)
def test_a_step_that_rests_on_a_later_one_is_told(words: str, late: bool) -> None:
    told = found("order", *(clause(f"c{one}", number=f"5.{one}", body=words if one == 2 else "") for one in (1, 2, 3)))
    assert [one.uid for one in told] == (["c2"] if late else [])


NOTICE = "The DCC shall notify the Panel of each outage {} {} Working Days {} the outage."


def test_two_limits_for_one_event_are_told_on_both_clauses_across_documents() -> None:
    texts = {
        "section-h": made(clause("x", NOTICE.format("within", 10, "after"), number="H1")),
        "appendix-ag": made(clause("y", NOTICE.format("no later than", 8, "after"), number="4.2")),
    }
    told = check(texts)
    limits = [one for one in told if one.check == "limits"]
    assert [(one.document, one.others) for one in limits] == [
        ("section-h", (("appendix-ag", "y"),)), ("appendix-ag", (("section-h", "x"),)),
    ]  # fmt: skip
    assert limits[0].message.endswith("4.2 of Appendix ag says within 8 Working Days after the outage.")
    assert [one.document for one in check(texts, only={"appendix-ag"}) if one.check == "limits"] == ["appendix-ag"]


@pytest.mark.parametrize(
    "other",
    [
        NOTICE.format("within", 10, "after"),
        NOTICE.format("within", 8, "before"),
        NOTICE.format("at least", 8, "after"),
        "The Panel shall notify the DCC of each outage within 8 Working Days after the outage.",
        "The DCC shall notify the Panel of each test within 8 Working Days after the outage.",
    ],
)
def test_another_role_action_or_event_may_have_another_limit(other: str) -> None:
    assert not found("limits", clause("x", NOTICE.format("within", 10, "after")), clause("y", other))


# All together


def test_findings_stand_in_reading_order_and_each_check_tells_what_it_looks_for() -> None:
    told = check({"section-h": made(*H3, clause("x", "Schedule 9"), clause("y", "Schedule 8", number="H3"))})
    assert [(one.uid, one.check) for one in told] == [("x", "reference"), ("y", "number"), ("y", "reference")]
    assert {one.check for one in told} <= CHECKS.keys()
    assert all(one.meaning.endswith(".") for one in CHECKS.values())


def test_a_change_is_told_what_it_brings_in_also_elsewhere_and_not_what_was_there() -> None:
    before = {
        "section-h": made(clause("x", "Schedule 9", number="H1"), clause("y", "words", number="H2")),
        "section-g": made(clause("z", "Section H2", number="G1")),
    }
    after = {**before, "section-h": made(clause("x", "Schedule 9 and Schedule 10", number="H1"))}
    assert [(one.document, one.about) for one in brought_in(before, after)] == [
        ("section-h", "Schedule 10"), ("section-g", "Section H2"),
    ]  # fmt: skip
    assert brought_in(before, before) == []


def test_nothing_is_wrong_with_the_sample_code() -> None:
    code = {key: text for key, (_title, text) in sample_texts(words=20_000).items()}
    assert [one for one in check(code) if one.check != "unused"] == []
