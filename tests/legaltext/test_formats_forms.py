"""Akoma Ntoso and JSON come back exactly; Markdown, HTML and PDF lose no word; bad files say what is wrong."""

from __future__ import annotations

import html.parser
import io
import json
import re
from datetime import date
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import HealthCheck, assume, given, settings
from lxml import etree

from secretariat.legaltext.formats.akoma_ntoso import SPACE, akoma_ntoso
from secretariat.legaltext.formats.akoma_ntoso_reading import read_akoma_ntoso
from secretariat.legaltext.formats.editions import Edition
from secretariat.legaltext.formats.forms import FORMS
from secretariat.legaltext.formats.html import fragment, page
from secretariat.legaltext.formats.markdown import markdown
from secretariat.legaltext.formats.marks import settled
from secretariat.legaltext.formats.pdf import pdf
from secretariat.legaltext.formats.plain_json import plain_json, read_json
from secretariat.legaltext.text import Clause, Text, in_order
from tests.legaltext.formats_texts import shape, texts

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

SMALL = in_order([
    Clause("h1", "", "g", "part", "H1", "Eligibility", ""),
    Clause("h1-1", "h1", "g", "clause", "H1.1", "", "The **DCC** shall act within *ten* Working Days & tell <all>."),
    Clause("h1-1-a", "h1-1", "g", "clause", "(a)", "Notice", "First line\nsecond line.\n\nAnother paragraph."),
    Clause("dcc", "h1", "p", "definition", "", "DCC", "**DCC** means a company."),
    Clause("times", "h1", "t", "table", "Table 1", "Times", "| Who | When |\n|---|---|\n| **DCC** | a\\|b |"),
    Clause("flow", "h1", "v", "figure", "Figure 1", "", "![The flow of messages](flow.png)"),
])  # fmt: skip


def edition(text: Text) -> Edition:
    return Edition("section-h", "Section H: Services", "5.14", date(2018, 2, 22), text, "Invented.")


@SLOW
@given(texts())
def test_a_text_comes_back_from_akoma_ntoso_places_and_all(text: Text) -> None:
    assume(text.clauses)
    came = read_akoma_ntoso(akoma_ntoso(edition(text)))
    assert came.text == settled(text)
    assert came.carried == {clause.uid for clause in text.clauses}
    assert came.title == "Section H: Services"


@SLOW
@given(texts())
def test_a_text_comes_back_from_json_to_the_byte(text: Text) -> None:
    assert read_json(plain_json(edition(text))).text.canonical == text.canonical


@SLOW
@given(texts())
def test_html_holds_every_word_and_no_mark_of_the_text_becomes_one_of_the_page(text: Text) -> None:
    made = str(fragment(text))
    words = _Words()
    words.feed(made)
    for clause in settled(text).clauses:
        for said in (clause.number, clause.heading):
            assert _letters(said) in words.letters
    assert set(re.findall(r"<(\w+)", made)) <= {
        "div", "p", "span", "strong", "em", "br", "table", "thead", "tbody", "tr", "th", "td",
        "h2", "h3", "h4", "h5", "h6",
    }  # fmt: skip


@settings(SLOW, max_examples=30)
@given(texts())
def test_any_text_makes_a_pdf_and_no_heading_skips_a_level(text: Text) -> None:
    assert pdf(edition(text)).startswith(b"%PDF")
    levels = [int(level) for level in re.findall(r"<h([1-6])>", page(edition(text)).decode())]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


class _Words(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.letters = ""

    def handle_data(self, data: str) -> None:
        self.letters += _letters(data)


def _letters(words: str) -> str:
    return "".join(character for character in words if character.isalnum())


def test_markdown_is_what_a_reader_expects() -> None:
    assert markdown(edition(SMALL)).decode() == (
        "# Section H: Services\n\n*Version 5.14, as at 22 February 2018*\n\n*Invented.*\n\n## H1 Eligibility\n\n"
        "**H1.1** The **DCC** shall act within *ten* Working Days & tell \\<all>.\n\n"
        "**(a)** **Notice** First line\nsecond line.\n\nAnother paragraph.\n\n**DCC** means a company.\n\n"
        "**Table 1** **Times**\n\n| Who | When |\n|---|---|\n| **DCC** | a\\|b |\n\n"
        "**Figure 1**\n\n![The flow of messages](flow.png)\n"
    )


def test_html_says_what_is_heading_table_and_term() -> None:
    made = page(edition(SMALL)).decode()
    assert '<h2><span class="code-number">H1</span> Eligibility</h2>' in made
    assert 'id="h1-1"' in made
    assert "The <strong>DCC</strong> shall act within <em>ten</em> Working Days &amp; tell &lt;all&gt;." in made
    assert '<th scope="col">Who</th>' in made
    assert "First line<br>second line." in made


def test_the_pdf_is_tagged_and_holds_every_word() -> None:
    made = pdf(edition(SMALL))
    document = pypdfium2.PdfDocument(io.BytesIO(made))
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    for said in ("Section H: Services", "H1.1", "Days & tell <all>", "Another paragraph", "Table 1", "a|b", "flow"):
        assert said in words
    assert b"/MarkInfo" in made


@pytest.mark.parametrize("ending", FORMS)
def test_the_same_edition_gives_the_same_bytes_in_every_form(ending: str) -> None:
    assert FORMS[ending].write(edition(SMALL)) == FORMS[ending].write(edition(SMALL))


def test_akoma_ntoso_has_the_elements_and_metadata_of_the_standard() -> None:
    root = etree.fromstring(akoma_ntoso(edition(SMALL)))
    found = {each.tag.removeprefix(f"{{{SPACE}}}") for each in root.iter()}
    assert {"akomaNtoso", "act", "meta", "FRBRWork", "FRBRExpression", "FRBRManifestation", "body", "part"} <= found
    clause = next(each for each in root.iter(f"{{{SPACE}}}clause") if each.get("eId") == "h1-1")
    assert [each.tag.removeprefix(f"{{{SPACE}}}") for each in clause] == ["num", "intro", "clause"]


def test_akoma_ntoso_marks_the_cross_references_that_lead_somewhere() -> None:
    said = "See Section H1.1, **Section H1**, Section H9.9, Clause 2 of Appendix AB and H1.1."
    text = in_order([*SMALL.clauses, Clause("see", "h1", "w", "clause", "H1.2", "", said)])
    root = etree.fromstring(akoma_ntoso(edition(text)))
    assert [(each.text, each.get("href")) for each in root.iter(f"{{{SPACE}}}ref")] == [
        ("Section H1.1", "#h1-1"), ("Section H1", "#h1"), ("Clause 2 of Appendix AB", "/akn/gb/act/code/appendix-ab"),
    ]  # fmt: skip


OTHERS = b"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act"><meta/><body>
  <chapter eId="chp_1"><num>1</num><heading>Duties</heading>
    <section eId="sec_1"><num>1.</num>
      <subsection eId="sec_1__subsec_1"><num>(1)</num><intro><p>The <term>Panel</term>
          shall:</p></intro>
        <paragraph eId="sec_1__para_a"><num>(a)</num><content><p>report;</p></content></paragraph>
        <wrapUp><p>at once.</p></wrapUp>
      </subsection>
      <subsection eId="sec_1__subsec_1"><content><table><tr><td><p>One</p><p>two</p></td><td>three</td></tr></table>
      </content></subsection>
    </section>
  </chapter></body></act></akomaNtoso>"""


def test_an_akoma_ntoso_file_of_others_keeps_its_hierarchy_and_every_word() -> None:
    came = read_akoma_ntoso(OTHERS)
    assert [shown[2:] for shown in shape(came.text)] == [
        ("part", "1", "Duties", ""),
        ("part", "1.", "", ""),
        ("clause", "(1)", "", "The Panel shall:"),
        ("clause", "(a)", "", "report;"),
        ("paragraph", "", "", "at once."),
        ("clause", "", "", "| One<br>two | three |\n|---|---|"),
    ]
    uids = [clause.uid for clause in came.text.clauses]
    assert uids == ["chp_1", "sec_1", "sec_1__subsec_1", "sec_1__para_a", "new-1", "new-2"]
    assert came.carried == {*uids[:4]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "well-formed|not an XML"),
        (b"<a><b></a>", "line 1"),
        (b"<html/>", "begins with <html>"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><akomaNtoso>&x;</akomaNtoso>', "document type"),
        (b"<akomaNtoso><act><body/></act></akomaNtoso>", "holds no clause"),
        (b"<akomaNtoso><body>" + b"<part>" * 70 + b"</part>" * 70 + b"</body></akomaNtoso>", "nested more than 60"),
    ],
)
def test_a_bad_akoma_ntoso_file_says_what_is_wrong_and_where(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_akoma_ntoso(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "line 1"),
        (b"\xff", "UTF-8"),
        (b"[]", "holds no legal text"),
        (b'{"form": "legal text, 1", "clauses": [{"uid": "a"}]}', "Clause 1: it wants the fields uid, parent"),
    ],
)
def test_a_bad_json_file_says_what_is_wrong_and_where(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_json(content)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("uid", "a b", "no identity"),
        ("uid", "a" * 61, "no identity"),
        ("place", "Z", "no place"),
        ("place", "a0", "no place"),
        ("number", "1" * 41, "at most 40"),
        ("heading", "h" * 301, "300"),
        ("kind", "verse", "a clause is one of"),
        ("parent", "nobody", "hang on no clause"),
    ],
)
def test_json_that_the_record_cannot_hold_is_refused(field: str, value: str, said: str) -> None:
    told = json.loads(plain_json(edition(SMALL)))
    told["clauses"][0][field] = value
    with pytest.raises(ValueError, match=said):
        read_json(json.dumps(told).encode())


def test_a_number_or_heading_too_long_for_the_record_is_moved_into_the_words() -> None:
    long = OTHERS.replace(b"<num>(a)</num>", b"<num>" + b"9" * 50 + b"</num><heading>" + b"so " * 150 + b"</heading>")
    [clause] = [one for one in read_akoma_ntoso(long).text.clauses if one.uid == "sec_1__para_a"]
    assert (clause.number, clause.heading) == ("", "")
    assert clause.body == "9" * 50 + " " + ("so " * 150).strip() + "\n\nreport;"


def test_places_of_a_file_that_are_no_places_are_made_anew() -> None:
    twice = akoma_ntoso(edition(SMALL)).replace(b's:place="t"', b's:place="p"').replace(b's:place="v"', b's:place="Z!"')
    assert [shown[:2] for shown in shape(read_akoma_ntoso(twice).text)] == [shown[:2] for shown in shape(SMALL)]


def test_json_tells_the_document_its_version_and_its_day() -> None:
    told = json.loads(plain_json(edition(SMALL)))
    assert (told["document"], told["version"], told["day"]) == ("section-h", "5.14", "2018-02-22")
