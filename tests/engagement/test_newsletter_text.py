"""The newsletter as values: calls that close too soon, what mail programs break, and the two ways it is written."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from secretariat.engagement.newsletter.calls import Call, too_late, typed_calls
from secretariat.engagement.newsletter.composing import Composed, says_something
from secretariat.engagement.newsletter.constructs import CLIPPED_BYTES, LOST_STYLES, REMOVED, check_mail
from secretariat.engagement.newsletter.fields import linked
from secretariat.engagement.newsletter.writing import Foot, mail, page, text
from secretariat.engagement.subscribing.models import Topic, every_topic
from secretariat.papers.document import Bullets, Cell, Document, Front, Item, Link, Paragraph, Section, Table, Text
from secretariat.plain.dates import LONDON

DAY = date(2020, 3, 19)
NOON = datetime(2020, 3, 19, 12, tzinfo=LONDON)
SITE = "https://code.example"
FOOT = Foot(f"{SITE}/newsletters/2020-03-19/", "Why: <you> asked.", f"{SITE}/choose/k/", f"{SITE}/end/k/")
TABLE = Table("Key dates", ("Date", "What"), ((Cell(((Text("1 April"),),), header=True), Cell(((Text("It"),),))),))
WHOLE = Composed(
    Document(
        Front("Newsletter, March <2020>", "", "", "White", "", "SECAS", DAY),
        (
            Section("welcome", "Welcome", (Section("welcome-1", "", (Paragraph((Text("Hello."),)),)),)),
            Section(
                "refinement",
                "Refinement Consultations",
                (
                    Bullets(
                        (Item((Link("MP078 ‘A & B’", "/proposals/MP078/"), Text(". By "), Text("5pm", strong=True))),)
                    ),
                    Section("refinement-7", "For networks", (Paragraph((Text("Only networks read this."),)),)),
                ),
            ),
            Section("dates", "Key dates", (TABLE,)),
        ),
    ),
    {"refinement-7": ["network"]},
)
GOOD = mail(WHOLE.edition(every_topic(), "network"), FOOT, SITE)


def rules(html: str) -> set[str]:
    return {finding.rule for finding in check_mail(html)}


def test_a_call_that_closed_before_the_newsletter_is_sent_must_be_taken_out() -> None:
    over = list(too_late([Call(NOON, "Respond on MP078")], NOON, 3))
    assert [(one.rule, one.serious) for one in over] == [("call-is-over", True)]
    assert "12:00 on 19 March 2020" in over[0].message


def test_a_call_that_closes_within_the_days_of_the_rulebook_is_questioned_and_a_later_one_is_not() -> None:
    soon, later = Call(NOON + timedelta(days=3, seconds=-1), "Soon"), Call(NOON + timedelta(days=3), "Later")
    assert [(one.rule, one.words, one.serious) for one in too_late([later, soon], NOON, 3)] == [
        ("call-closes-soon", "Soon", False)
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Please respond by 28 February 2020.", "typed-call-is-over"),
        ("Registration closes on 20th March.", "typed-call-closes-soon"),
        ("Views are invited until 22 March 2020.", None),
        ("The Panel met on 28 February 2020.", None),
        ("Apply by 3 January.", "typed-call-is-over"),
        ("Respond by 31 February 2020.", None),
    ],
)
def test_a_typed_day_by_which_something_is_asked_is_watched(sentence: str, found: str | None) -> None:
    rules_ = [one.rule for one in typed_calls(sentence, DAY, 3)]
    assert rules_ == ([found] if found else [])


def test_a_day_without_a_year_is_the_one_nearest_to_the_newsletter() -> None:
    assert not list(typed_calls("Submit by 5 January.", date(2019, 12, 19), 3))


def test_the_mail_as_it_is_written_has_nothing_that_mail_programs_break() -> None:
    assert check_mail(GOOD) == []


@pytest.mark.parametrize("element", sorted(REMOVED))
def test_an_element_that_mail_programs_remove_is_found(element: str) -> None:
    assert "mail-element" in rules(GOOD.replace("<h2", f"<{element}></{element}><h2", 1))


@pytest.mark.parametrize(
    "style",
    ["position:absolute", "color:red; float: left", "display:flex", "display : GRID", "margin:0 -4px 0 0",
     "background:url(x.png)", "background-image:none", "width:calc(100% - 1px)", "opacity:.5", "gap:3px",
     "line-height:1.5", "font-size:16px;line-height:2;", "margin:0 !important", "width:50vw", "font-size:1.2rem",
     "background-color:rgba(0,0,0,.5)", "padding:4px", "padding-left:12px"],
)  # fmt: skip
def test_a_style_that_mail_programs_ignore_is_found(style: str) -> None:
    assert rules(GOOD.replace("<h2", f'<p style="{style}">x</p><h2', 1)) == {"mail-style"}


def test_a_style_that_they_keep_is_left_alone() -> None:
    kept = "padding:6px;border-collapse:collapse;background-color:#fff;margin:0 0 4px 0;line-height:24px"
    assert not LOST_STYLES.search(kept)
    assert rules(GOOD.replace("<h2", f'<table><tr><td style="{kept}">x</td></tr></table><h2', 1)) == set()


@pytest.mark.parametrize(
    ("put_in", "rule"),
    [
        ('<p onclick="x()">x</p>', "mail-script"),
        ('<p class="lead">x</p>', "mail-style"),
        ('<a href="/proposals/">proposals</a>', "mail-address"),
        ('<a href="javascript:x()">proposals</a>', "mail-address"),
        ('<a href="https://code.example/">here</a>', "mail-link-words"),
        ('<a href="https://code.example/"> </a>', "mail-link-words"),
        ('<img src="https://code.example/a.png" width="9" height="9">', "mail-image"),
        ('<img src="https://code.example/a.png" alt="A">', "mail-image"),
        ('<img src="data:image/png;base64,xx" alt="A" width="9" height="9">', "mail-image"),
        ('<table width="800"><tr><td>x</td></tr></table>', "mail-width"),
        ('<table cellpadding="0"><tr><td>x</td></tr></table>', "mail-table"),
        ('<table style="max-width:600px"><tr><td>x</td></tr></table>', "mail-width"),
        ('<table background="https://code.example/a.png"><tr><td>x</td></tr></table>', "mail-style"),
        ("<h4>x</h4>", "mail-headings"),
        ("<p><b>x</p>", "mail-nesting"),
        ("</div>", "mail-nesting"),
    ],
)
def test_what_else_breaks_in_mail_is_found(put_in: str, rule: str) -> None:
    assert rule in rules(GOOD.replace("<h2", f"{put_in}<h2", 1))


@pytest.mark.parametrize("ground", [' bgcolor="#ffffff"', "background-color:#ffffff;"])
def test_a_colour_without_one_behind_it_is_found_since_it_vanishes_where_mail_is_shown_dark(ground: str) -> None:
    assert "mail-dark" not in rules(GOOD.replace(ground, ""))
    bare = GOOD.replace(' bgcolor="#ffffff"', "").replace(
        "max-width:600px;background-color:#ffffff;", "max-width:600px;"
    )
    assert "mail-dark" in rules(bare)


def test_a_mail_begins_with_what_lists_of_mail_show_after_the_subject() -> None:
    begins = GOOD.index("<div"), GOOD.index("</div>")
    assert GOOD[begins[0] : begins[1]].endswith(">Refinement Consultations; Key dates.")
    assert rules(GOOD[: begins[0]] + GOOD[begins[1] + 6 :]) == {"mail-preview"}


def test_a_mail_names_its_language_charset_and_title_and_is_not_clipped() -> None:
    assert {one.words for one in check_mail("<html><body></body></html>")} == {"language", "utf-8", "title"}
    assert "mail-size" in rules(GOOD.replace("Hello.", "Hello. " * (CLIPPED_BYTES // 7)))


def test_an_edition_holds_the_topics_chosen_and_no_paragraph_that_is_for_others() -> None:
    change = WHOLE.edition([Topic.CHANGE])
    assert [section.key for section in change.sections] == ["welcome", "refinement"]
    assert "Only networks" not in text(change, FOOT, SITE)
    assert "Only networks" in text(WHOLE.edition([Topic.CHANGE], "network"), FOOT, SITE)


def test_an_edition_of_a_greeting_alone_says_nothing() -> None:
    assert not says_something(WHOLE.edition([Topic.EVENTS]))
    assert says_something(WHOLE.edition([Topic.DATES]))


def test_text_mail_and_page_say_the_same_and_escape_what_they_say() -> None:
    edition = WHOLE.edition(every_topic())
    said, shown = text(edition, FOOT, SITE), str(page(edition))
    assert "MP078 ‘A & B’ <https://code.example/proposals/MP078/>. By 5pm" in said
    assert '<a href="/proposals/MP078/">MP078 ‘A &amp; B’</a>. By <strong>5pm</strong>' in shown
    assert "https://code.example/proposals/MP078/" in GOOD
    assert "Newsletter, March &lt;2020&gt;" in GOOD
    assert "Why: &lt;you&gt; asked." in GOOD
    assert "style=" not in shown
    assert "1 April: It" in said
    assert said.count(FOOT.end) == 1


def test_addresses_in_words_become_links_and_a_script_does_not() -> None:
    runs = linked(Text("See [the guide](https://a.example/b?c=1), https://c.example/d. [x](javascript:y)"))
    assert [run.href for run in runs if isinstance(run, Link)] == ["https://a.example/b?c=1", "https://c.example/d"]
    assert runs[-1].text == ". [x](javascript:y)"
