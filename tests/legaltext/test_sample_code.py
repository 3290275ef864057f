"""The sample code: of the size asked for, the same each time, and sound."""

from __future__ import annotations

import re
from functools import cache

import pytest

from secretariat.legaltext.text import Text
from secretariat.site.sample.code_text import governed, texts, titles, word_count

REFERENCE = re.compile(r"Section ([A-Z])([0-9]+\.[0-9]+)|Clause ([0-9.]+) of ((?:Schedule|Appendix) [A-Z0-9]+)")
LIMIT = re.compile(r"within ([0-9]+) Working Days? after (.+?)[.;,|]", re.IGNORECASE)


@cache
def small() -> dict[str, tuple[str, Text]]:
    """A code of 25 documents, as small as is worth checking."""
    return texts(20_000)


def bodies() -> str:
    """All that it says."""
    return "\n".join(clause.body for _, text in small().values() for clause in text.clauses)


def test_the_sample_has_the_documents_and_the_words_that_are_promised() -> None:
    made = texts()
    words = sum(word_count(text) for _, text in made.values())
    assert len(made) == 25
    assert 60_000 <= words < 75_000
    assert made["appendix-ab"][0] == "Service Request Processing Document"


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others() -> None:
    again, other = texts(20_000), texts(20_000, seed=2)
    assert [text.canonical for _, text in again.values()] == [text.canonical for _, text in small().values()]
    assert other["section-h"][1].canonical != small()["section-h"][1].canonical


def test_documents_come_in_the_codes_own_order() -> None:
    codes = [title.code for title in titles()]
    assert codes.index("section-x") < codes.index("schedule-5") < codes.index("schedule-9")
    assert codes.index("schedule-9") < codes.index("appendix-b") < codes.index("appendix-ab")
    with pytest.raises(ValueError, match="from 1 to"):
        titles(99)


def test_every_cross_reference_leads_to_a_clause() -> None:
    assert_they_lead_somewhere(small(), bodies())


def test_documents_beside_the_code_refer_to_clauses_of_the_code() -> None:
    made = governed()
    assert made["release-management-policy"][0] == "Release Management Policy"
    assert_they_lead_somewhere(texts(), "\n".join(one.body for _, text in made.values() for one in text.clauses))


def assert_they_lead_somewhere(code_of_all: dict[str, tuple[str, Text]], words: str) -> None:
    """Every cross-reference in some words is to a clause of a code."""
    numbers = {code: {clause.number for clause in text.clauses} for code, (_, text) in code_of_all.items()}
    found = list(REFERENCE.finditer(words))
    assert len(found) > 20
    for match in found:
        section, clause, number, document = match.groups()
        code = f"section-{section.lower()}" if section else document.lower().replace(" ", "-")
        assert (f"{section}{clause}" if section else number) in numbers[code], match[0]


def test_every_term_is_defined_once_and_used() -> None:
    terms = [c.heading for _, text in small().values() for c in text.clauses if c.kind == "definition"]
    assert len(terms) == len(set(terms)) > 100
    rest = re.sub(r"\*\*.+?\*\*", "", bodies())
    assert [term for term in terms if term not in rest] == []


def test_one_event_has_one_limit() -> None:
    limits: dict[str, set[str]] = {}
    for limit, event in LIMIT.findall(bodies()):
        limits.setdefault(event, set()).add(limit)
    assert len(limits) > 100
    assert {event for event, found in limits.items() if len(found) > 1} == set()


def test_numbers_are_given_once_and_in_order() -> None:
    for _, text in small().values():
        numbers = [clause.number for clause in text.clauses if re.fullmatch(r"[A-Z]?[0-9]+\.[0-9]+", clause.number)]
        keys = [tuple(int(part) for part in re.findall("[0-9]+", number)) for number in numbers]
        assert keys == sorted(set(keys))
