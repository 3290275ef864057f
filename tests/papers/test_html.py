"""A paper in HTML: escaped, addressed, and built so that a screen reader can find its way."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser

import pytest

from secretariat.papers import html
from secretariat.papers.document import Cell, Document, Link, Number, Paragraph, Section, Table, Text, numbered
from tests.papers import sample

VOID = {"meta", "path", "line", "br", "link", "img"}


class Outline(HTMLParser):
    """Collects the tags with their attributes and the words, and checks that tags close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def outline(document: Document, base_url: str = "") -> Outline:
    return Outline(html.body(document, base_url))


def one_block(*runs: Text | Link | Number) -> Document:
    return Document(sample.front(), (Section("only", "Only", (Paragraph(runs),)),))


def test_what_looks_like_markup_comes_out_as_text() -> None:
    found = outline(sample.document())
    assert found.of("script") == []
    assert sample.HOSTILE in found.words


@pytest.mark.parametrize(
    ("href", "base", "expected"),
    [
        ("/parties/?a=1&b=2", "", "/parties/?a=1&b=2"),
        ("/parties/", "https://example.org/", "https://example.org/parties/"),
        ("https://example.org/x", "https://elsewhere.example", "https://example.org/x"),
        ("javascript:alert(1)", "", None),
        (" JavaScript:alert(1)", "https://example.org", None),
        ("java\tscript:alert(1)", "", None),
        ("data:text/html,x", "", None),
        ("//evil.example/", "", None),
        ("/\\evil.example/", "", None),
        ("https://", "", None),
        ('/x" onclick="y', "", '/x" onclick="y'),
    ],
)
def test_links_lead_only_to_web_addresses_and_paths_of_the_site(href: str, base: str, expected: str | None) -> None:
    found = outline(one_block(Link("words", href)), base)
    links = [link["href"] for link in found.of("a") if not (link["href"] or "").startswith("#")]
    assert links == ([] if expected is None else [expected])
    assert "words" in found.words
    assert all(set(link) <= {"href", "class"} for link in found.of("a"))


def test_a_number_opens_what_it_counted_or_else_its_entry_in_the_annex() -> None:
    source = sample.document().sources[:1]
    number = Paragraph((Number("12", "/parties/", 1), Number("13", "", 1), Number("14", "", 9)))
    found = outline(Document(sample.front(), (Section("only", "Only", (number,)),), source))
    assert [link["href"] for link in found.of("a") if link.get("class") == "number"] == ["/parties/", "#source-1"]
    assert [row["id"] for row in found.of("tr") if "id" in row] == ["source-1"]


def test_every_anchor_that_the_paper_links_to_is_in_it_once() -> None:
    found = outline(sample.document())
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    wanted = {(link["href"] or "")[1:] for link in found.of("a") if (link["href"] or "").startswith("#")}
    assert {"entry", "membership", "helpdesk", "paper-sources", "source-1"} <= wanted <= set(ids)


def test_tables_have_captions_scopes_totals_and_spans() -> None:
    found = outline(sample.document())
    assert [caption for caption in found.words if caption.startswith("Table ")] == [
        "Table 1: User Entry Process completed",
        "Table 2: Parties that left",
        "Table 3: Party statistics over thirteen months",
        "Table 4: The product lists",
        "Table 5: Division of effort by driver",
        "Table 6: Enquiries by e-mail",
        "Table 7: Meetings hosted and attended",
    ]
    assert {heading["scope"] for heading in found.of("th")} == {"col", "row", "rowgroup"}
    assert [heading["rowspan"] for heading in found.of("th") if "rowspan" in heading] == ["5", "10", "10"]
    assert len(found.of("tfoot")) == 2
    assert {"class": "numeric"} in found.of("td")
    assert "No Party left in the month." in found.words


def test_a_chart_is_a_figure_with_its_caption_its_name_and_its_numbers() -> None:
    found = outline(sample.document())
    assert [figure["id"] for figure in found.of("figure")] == ["figure-1", "figure-2", "figure-3"]
    assert [drawing["aria-label"] for drawing in found.of("svg")] == [
        chart.alt for chart in (sample.voting_groups(), sample.proposals(), sample.website())
    ]
    assert len(found.of("details")) == 3
    assert "Figure 1: Voting Groups by Party Category" in found.words


def test_headings_go_down_one_level_at_a_time_with_their_labels() -> None:
    found = outline(sample.document())
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert {"3", "3.1", "3.2", "4.3"} <= set(found.words)


def test_the_front_matter_says_all_that_a_paper_must() -> None:
    words = " ".join(outline(sample.document()).words)
    for wanted in ("SECP_78_0603_99", "For Information", "White", "Secretariat team", "6 March 2020", "subject to"):
        assert wanted in words
    assert "Appendix A: Testing notifications (Amber)" in words
    assert "Version" in words


def test_a_whole_page_needs_nothing_else() -> None:
    text = html.page(sample.document()).decode()
    found = Outline(text.removeprefix("<!doctype html>"))
    assert found.of("html") == [{"lang": "en-GB"}]
    assert found.of("link") == found.of("script") == found.of("img") == []
    assert "Operations Report – February 2020 (SECP_78_0603_99)" in found.words
    assert "@media print" in text
    assert "prefers-color-scheme: dark" in text
    assert "url(" not in text.split("</style>")[0]


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert html.page(sample.document()) == html.page(sample.document())


def test_a_row_that_does_not_fill_its_columns_is_refused() -> None:
    table = Table("Short", ("a", "b"), ((Cell(((Text("1"),),)),),))
    with pytest.raises(ValueError, match="Short"):
        html.body(numbered(Document(sample.front(), (Section("only", "Only", (table,)),))))
