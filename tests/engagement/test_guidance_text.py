"""Markdown as a page, the check of who can read it, and when an article is looked at again: plain values."""

from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.engagement.guidance.accessible import RULES, findings, stopping
from secretariat.engagement.guidance.markup import ATTRIBUTES, TAGS, headings, html, plain
from secretariat.engagement.guidance.review import is_to_be_reminded, months_later, next_review
from secretariat.plain.workdays import default_calendar

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '<a href="https://example.org" onclick="x()">x</a>',
    "![x](javascript:alert(1))",
    '[x](https://example.org "onmouseover=alert(1)")',
    "<svg/onload=alert(1)>",
    "`<script>`",
    "<style>body{}</style>",
)


class _Read(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = _Read()
    reader.feed(page)
    return reader.found


@given(st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=40)), max_size=6).map("\n\n".join))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_only_harmless_elements_come_out(text: str) -> None:
    for tag, attributes in elements(html(text)):
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | {"rel", "title"}
        target = (attributes.get("href") or attributes.get("src") or "").lower()
        assert not target.startswith(("javascript:", "data:", "vbscript:"))


def test_raw_html_stands_as_it_was_typed() -> None:
    assert "&lt;script&gt;" in html("<script>alert(1)</script>")


def test_headings_have_addresses_of_their_own() -> None:
    text = "## How to apply\n\nWords.\n\n## How to apply\n\n### Fees & more"
    assert [one.anchor for one in headings(text)] == ["how-to-apply", "how-to-apply-2", "fees-more"]
    assert ("h3", {"id": "fees-more"}) in elements(html(text))


def test_a_text_among_others_stands_deeper_and_has_no_addresses() -> None:
    assert elements(html("## One\n\n#### Two", deeper=2)) == [("h4", {}), ("h6", {})]


def test_table_heads_are_heads_of_columns() -> None:
    assert ("th", {"scope": "col"}) in elements(html("| Fee | Year |\n|---|---|\n| 540 | 2019 |"))


def test_the_first_place_of_an_abbreviation_is_explained_and_no_other() -> None:
    page = html("## SMKI\n\nSMKI and [SMKI](/x/), SMKI again; not XSMKI.", {"SMKI": "Key Infrastructure"})
    assert page.count("<abbr") == 1
    assert '<p><abbr title="Key Infrastructure">SMKI</abbr> and' in page


def test_an_abbreviation_is_not_explained_within_a_word_or_a_link() -> None:
    assert "<abbr" not in html("[DCC](/dcc/) and DCC-like", {"DCC": "Company"})


def test_the_plain_words_have_no_marks() -> None:
    assert plain("## A\n\n**b** and [c](/d/)\n\n- e") == "A b and c e"


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("# Title", "headings", 1),
        ("## One\n\n#### Three", "headings", 3),
        ("### Two", "headings", 1),
        ("Words.\n\n##", "headings", 3),
        ("[click here](/a/)", "link words", 1),
        ("[Read more…](/a/)\n\n[Here.](/b/)", "link words", 3),
        ("[https://example.org/a](https://example.org/a)", "link words", 1),
        ("[](/a/)", "link words", 1),
        ("[The form](/a/) and [the form](/b/)", "link words", 1),
        ("[The form]()", "links", 1),
        ("[The form](ftp://example.org/a)", "links", 1),
        ("![](/files/1/a.png)", "pictures", 1),
        ("![map.png](/files/1/map.png)", "pictures", 1),
        ("![A map](https://example.org/map.png)", "pictures", 1),
        ("| | Fee |\n|---|---|\n| a | 1 |", "tables", 1),
        ("Words <b>here</b>.", "HTML", 1),
    ],
)
def test_what_keeps_people_from_reading_is_found_at_its_line(text: str, rule: str, line: int) -> None:
    assert (rule, line) in [(one.rule, one.line) for one in stopping(text)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("**How to apply**\n\nWords.", "headings"),
        ("PLEASE DO NOT SEND THIS TO US", "capitals"),
        (f"![{'long ' * 60}](/files/1/a.png)", "pictures"),
    ],
)
def test_some_findings_are_advice_only(text: str, rule: str) -> None:
    assert [one.rule for one in findings(text)] == [rule]
    assert stopping(text) == []


def test_a_good_text_has_no_findings() -> None:
    text = (
        "Who may apply.\n\n## Before you begin\n\nRead [Section B of the code](/code/b/).\n\n### Fees\n\n"
        "| Year | Fee |\n|---|---|\n| 2019 | £540 |\n\n![The form's first page](/files/1/form.png)\n\n"
        "## After\n\n**Note:** the DCC, SMKI PMA and SEC say `a < b`."
    )
    assert findings(text) == []


def test_every_rule_of_the_check_finds_something_here() -> None:
    bad = "# T\n\n**B**\n\n[here]() [](/a/)\n\n![](x)\n\n| |\n|---|\n| a |\n\n<i>x</i>\n\nTHIS IS ALL TOO LOUD NOW"
    rules = {one.rule for one in findings(bad)}
    assert rules == {"headings", "link words", "links", "pictures", "tables", "HTML", "capitals"}
    assert len(RULES) == 8


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2019, 3, 6), 12, date(2020, 3, 6)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_what_ends_sooner_is_looked_at_on_its_last_day() -> None:
    today = date(2020, 3, 6)
    assert next_review(today, 12, date(2020, 7, 31)) == date(2020, 7, 31)
    assert next_review(today, 12, date(2022, 7, 31)) == date(2021, 3, 6)
    assert next_review(today, 12, date(2019, 7, 31)) == date(2021, 3, 6)
    assert next_review(today, 12, None) == date(2021, 3, 6)


@pytest.mark.parametrize(
    ("review", "reminded", "day", "is_due"),
    [
        (None, None, date(2020, 3, 6), False),
        (date(2020, 3, 6), None, date(2020, 3, 5), False),
        (date(2020, 3, 6), None, date(2020, 3, 6), True),
        (date(2020, 3, 6), date(2020, 3, 6), date(2020, 3, 19), False),
        (date(2020, 3, 6), date(2020, 3, 6), date(2020, 3, 20), True),
        (date(2020, 3, 6), date(2019, 3, 6), date(2020, 3, 6), True),
    ],
)
def test_the_owner_is_reminded_when_it_is_due_and_again_after_ten_working_days(
    review: date | None, reminded: date | None, day: date, is_due: bool
) -> None:
    assert is_to_be_reminded(review, reminded, day, 10, default_calendar()) is is_due


def test_a_review_is_never_before_the_day_it_is_reckoned_from() -> None:
    start = date(2020, 1, 1)
    days = [start + timedelta(days=number) for number in range(366)]
    assert all(next_review(day, 12, until) > day for day in days for until in (None, day, day + timedelta(days=1)))
