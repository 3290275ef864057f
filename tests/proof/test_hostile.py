"""No file, however broken or spiteful, crashes, hangs or fools a reader, and none makes it fetch anything."""

from __future__ import annotations

import io
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secretariat.proof import Source, check
from secretariat.proof.paper import Reading, UnreadableError
from secretariat.proof.readers import html, markdown, pdf, text, word
from tests.proof import build

READERS: Final[dict[str, Callable[[bytes], Reading]]] = {
    "docx": word.read, "html": html.read, "md": markdown.read, "pdf": pdf.read, "txt": text.read,
}  # fmt: skip
LONGEST: Final = 20.0  # seconds, on a slow and busy machine

HTML: Final = (
    b"<!doctype html><title>T</title><main><h1>1 Report</h1><p>Two calls<sup><a href='#n'>1</a></sup>.<ul><li>a<ul>"
    b"<li>b</ul></ul><table><caption>Table 1: Calls</caption><tr><th rowspan=2>K<th colspan=2>V<tr><td>1<td>2</table>"
    b"<figure><figcaption>Figure 1: F</figcaption><table><tr><td>a<td>1</table></figure><ol><li id=n>Note</ol></main>"
)
MARKDOWN: Final = (
    b"---\nTitle: T\n---\n# 1 Report\n\nTwo calls[^1] on *4 May 2020*.\n\n- a\n  - b\n\n1. c\n\nTable 1: Calls\n\n"
    b"| K | V |\n|---|---|\n| a | 1 |\n\n26 May\t<a href='#'>One</a>\n27 May\t<p>Two</p>\n\n[^1]: Note.\n"
)
TEXT: Final = b"Report\n\n1 Purpose\n\nTable 1: Calls\nMonth\nCalls\nJan\n4\nTotal\n4\n\x0cThe 2 calls.\n\n  - one\n"
BODY: Final = (
    build.p("Report", "Title") + build.p("Purpose", more='<w:outlineLvl w:val="0"/>') + build.p("Table 1: Calls")
    + "<w:tbl><w:tr><w:tc>" + build.p("K") + '</w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + build.p("V")
    + "</w:tc></w:tr><w:tr><w:tc>" + build.p("a") + "</w:tc><w:tc>" + build.p("1") + "</w:tc></w:tr></w:tbl>"
    + '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>SEQ Table</w:instrText></w:r><w:ins>'
    + build.r("x") + '</w:ins><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
)  # fmt: skip
SEEDS: Final = {
    "docx": build.docx(BODY), "html": HTML, "md": MARKDOWN, "pdf": build.pdf("Report", "Two calls."), "txt": TEXT,
}  # fmt: skip

bounded = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@contextmanager
def in_time() -> Iterator[None]:
    """Fails when what is inside takes longer than a reader may on a file of a few megabytes."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < LONGEST


def read(form: str, content: bytes) -> Reading | None:
    """What the reader of a form makes of the bytes: a reading, or None with a sentence why not. Nothing else."""
    refused = ""
    with in_time():
        try:
            reading = READERS[form](content)
        except UnreadableError as error:
            reading, refused = None, str(error)
    assert isinstance(reading, Reading) or refused.endswith(".")
    return reading


Change = tuple[int, int, bytes]


def mutated(content: bytes, changes: list[Change]) -> bytes:
    """The bytes with pieces replaced: at a place in thousandths, so many bytes left out, others put in."""
    for at, left_out, put_in in changes:
        place = len(content) * at // 1000
        content = content[:place] + put_in + content[place + left_out :]
    return content


odd = st.sampled_from([
    b"<", b">", b"&#x110000;", b"<![CDATA[", b"<!--", b"]]>", b"\x00", b"\xff\xfe", b"<table><tr>", b"</w:p>",
    b"<w:tbl>", b"99999999999999999999", b"-1", b"|", b"\t\n\t", b"[^1]:", b"\\", b"<li><ul>", b"%PDF", b"endobj",
    b"stream", b"\n\n", "\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH JOINER}٣".encode(), b"\xc3(", b'w:val="-5"',
    b"<sup>", b"1 0 R",
])  # fmt: skip
changed = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, 60), st.one_of(st.binary(max_size=12), odd)), min_size=1, max_size=6
)


@pytest.mark.parametrize("form", READERS)
def test_the_seeds_themselves_are_readable(form: str) -> None:
    reading = read(form, SEEDS[form])
    assert reading is not None
    assert reading.blocks


@pytest.mark.parametrize("form", READERS)
@bounded
@given(content=st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(form: str, content: bytes) -> None:
    read(form, content)


@pytest.mark.parametrize("form", READERS)
@bounded
@given(changes=changed)
def test_damaged_files_are_read_or_refused(form: str, changes: list[Change]) -> None:
    read(form, mutated(SEEDS[form], changes))


@bounded
@given(part=st.sampled_from(["word/document.xml", "word/numbering.xml", "[Content_Types].xml",
                             "word/_rels/document.xml.rels", "_rels/.rels"]), changes=changed)  # fmt: skip
def test_damaged_parts_of_a_whole_word_file_are_read_or_refused(part: str, changes: list[Change]) -> None:
    with zipfile.ZipFile(io.BytesIO(SEEDS["docx"])) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    read("docx", build.zipped(files | {part: mutated(files.get(part, BODY.encode()), changes)}))


tags = st.sampled_from([
    "tbl", "tr", "tc", "p", "r", "t", "sdt", "sdtContent", "ins", "del", "hyperlink", "fldSimple", "txbxContent",
    "drawing", "numPr", "pPr", "rPr", "tcPr", "vMerge",
])  # fmt: skip
trees = st.recursive(
    st.sampled_from(["", "<w:t>5</w:t>", "<w:tab/>", '<w:fldChar w:fldCharType="end"/>', '<w:gridSpan w:val="9"/>']),
    lambda inner: st.builds("".join, st.lists(st.builds("<w:{0}>{1}</w:{0}>".format, tags, inner), max_size=4)),
    max_leaves=25,
)


@bounded
@given(body=trees)
def test_word_elements_in_any_order_are_read_or_refused(body: str) -> None:
    read("docx", build.docx(body))


shown = st.sampled_from([
    "table", "tr", "td", "th", "thead", "tfoot", "caption", "ul", "ol", "li", "dl", "dt", "dd", "p", "div", "sup", "a",
    "figure", "figcaption", "h2", "span", "br", "main", "b",
])  # fmt: skip
forms = st.sampled_from(["<{}>", "</{}>", "<{} id=x href='#x' rowspan=3>", "12", " w "])
soup = st.lists(st.builds(str.format, forms, shown), max_size=60)


@bounded
@given(tags=soup)
def test_tags_in_any_order_are_read_or_refused(tags: list[str]) -> None:
    page = "".join(tags).encode()
    read("html", page)
    read("md", page)


@pytest.mark.parametrize("form", READERS)
@settings(bounded, max_examples=25)
@given(changes=changed)
def test_the_rules_bear_whatever_was_read(form: str, changes: list[Change]) -> None:
    with in_time():
        try:
            checked = check(Source(f"paper.{form}", mutated(SEEDS[form], changes)))
        except UnreadableError:
            return
    assert checked.papers


LONG: Final = {
    "html": [
        b"<div>" * 50_000, b"<b>" * 50_000, b"<table><tr><td>" * 20_000, b"<ul><li>" * 20_000, b"<p>x" * 50_000,
        b"<a href='#a'>x" * 30_000, b"<sup>1</sup>" * 30_000, b"<span>A</span>" * 30_000, b"<figure>" * 20_000 + b"x",
        b"<table>" + b"<tr><td colspan=99999 rowspan=99999>x" * 20_000, b"<p " + b"a='b' " * 100_000 + b">x",
        b"&amp;" * 300_000, b"<p>" + b"x" * 5_000_000, b"<h1>" + b"1." * 200_000 + b"x</h1>",
        b"<table>" + b"<tr>" * 60_000 + b"<td>x", b"<dl>" + b"<dt>a<dd>b" * 20_000, b"<table>" + b"<th>x" * 30_000,
    ],
    "md": [
        b"> " * 20_000 + b"x", b"- " * 20_000 + b"x", b"[" * 50_000, b"*a " * 30_000, b"[a](" * 25_000, b"`" * 100_001,
        b"<a " * 30_000, b"a\tb\n" * 10_000, b"|a" * 30_000 + b"\n" + b"|-" * 30_000, b"![" * 30_000,
        b"[^1]" * 25_000, b"**a_" * 25_000, b"\\" * 100_000, b"- a\n" * 15_000, b"<p>\n\n" * 30_000, b"&#" * 50_000,
        b"a\n" * 100_000, b"<![CDATA[" * 20_000, b"<!--" * 30_000, b"[a]: <" * 30_000, b"~" * 100_000,
        b"a: b\n" * 30_000, b"---\n" + b"a: b\n" * 50_000, b"* " * 3_000 + b"\n" * 50_000, b"`a``b" * 25_000,
        b"[^" * 40_000, b"|a|b|\n|-|-|\n" + b"|1|2|\n" * 10_000,
    ],
    "txt": [
        b"x" * 3_000_000, b"(" * 300_000, b"1 " * 200_000, b"\n" * 500_000, b"Table 1\n" * 15_000, b"a\tb\n" * 15_000,
        b"1\n" * 15_000, b" " * 1_000_000 + b"x", b"\x0c" * 50_000 + b"x", b"1.1.1." * 100_000, b"Total\n" * 15_000,
    ],
}  # fmt: skip


@pytest.mark.parametrize(("form", "at"), [(form, at) for form, kept in LONG.items() for at in range(len(kept))])
def test_no_repetition_makes_a_reader_slow(form: str, at: int) -> None:
    read(form, LONG[form][at])


DEEP: Final = {
    "tables": "<w:tbl><w:tr><w:tc>" * 60 + build.p("x") + "</w:tc></w:tr></w:tbl>" * 60,
    "grids": f"<w:tbl><w:tr><w:tc>{build.p('y')}</w:tc><w:tc>" * 60 + build.p("x") + "</w:tc></w:tr></w:tbl>" * 60,
    "controls": "<w:sdt><w:sdtContent>" * 90 + build.p("x") + "</w:sdtContent></w:sdt>" * 90,
    "links": "<w:p>" + "<w:hyperlink>" * 200 + build.r("x") + "</w:hyperlink>" * 200 + "</w:p>",
    "boxes": "<w:p><w:r><w:drawing><w:txbxContent>" * 45 + "</w:txbxContent></w:drawing></w:r></w:p>" * 45,
    "anything": "<w:ins>" * 50_000 + "</w:ins>" * 50_000,
    "fields": "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + build.r("x") + "</w:p>",
    "numbers": build.p("x", more='<w:numPr><w:ilvl w:val="99"/><w:numId w:val="-7"/></w:numPr>') * 50,
    "spans": "<w:tbl>" + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr></w:tc></w:tr>' * 3_000 + "</w:tbl>",
    "runs": "<w:p>" + build.r("x") * 20_000 + "</w:p>",
    "notes": "<w:p>" + "".join(f'<w:r><w:footnoteReference w:id="{at}"/></w:r>' for at in range(8_000)) + "</w:p>",
    "tabs": "<w:p>" + build.r("x", bold=True) + "<w:r>" + "<w:tab/>" * 50_000 + "</w:r></w:p>",
}  # fmt: skip


@pytest.mark.parametrize("shape", DEEP)
def test_word_files_nested_or_repeated_without_end_are_read_or_refused(shape: str) -> None:
    read("docx", build.docx(DEEP[shape]))


def test_styles_and_lists_that_lead_back_to_themselves_end() -> None:
    styles = (
        '<w:root><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    numbering = (
        '<w:root><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="A"/><w:styleLink w:val="A"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    more = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    assert read("docx", build.docx(build.p("x", "A", more=more), styles=styles, numbering=numbering)) is not None


def bombed(name: str, size: int) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", "<Relationships/>")
        with archive.open(name, "w") as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
    return kept.getvalue()


@pytest.mark.parametrize("name", ["word/document.xml", "word/media/image1.png"])
def test_a_small_file_that_unpacks_to_a_large_one_is_refused(name: str) -> None:
    content = bombed(name, 80_000_000)
    assert len(content) < 200_000
    with in_time(), pytest.raises(UnreadableError, match="too large"):
        word.read(content)


def test_a_file_of_very_many_parts_is_refused() -> None:
    content = build.zipped({f"word/part{at}.xml": "x" for at in range(5_000)})
    with pytest.raises(UnreadableError, match="too large"):
        word.read(content)


def test_a_part_that_says_it_is_smaller_than_it_is_is_refused() -> None:
    content = bombed("word/document.xml", 30_000_000)
    lying = content.replace((30_000_000).to_bytes(4, "little"), (900).to_bytes(4, "little"))
    assert lying != content
    assert read("docx", lying) is None


LAUGHS: Final = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(12))
    + "]>"
)


@pytest.mark.parametrize("use", ["<w:t>&m;</w:t>", '<w:t w:val="&m;">x</w:t>'])
def test_entities_that_multiply_are_refused_in_word(use: str) -> None:
    with zipfile.ZipFile(io.BytesIO(build.docx("<w:p><w:r>USE</w:r></w:p>"))) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        files["word/document.xml"] = LAUGHS + archive.read("word/document.xml").decode().replace("USE", use)
    assert read("docx", build.zipped(files)) is None


@pytest.mark.parametrize("form", ["html", "md"])
def test_entities_that_multiply_stay_as_they_are_on_a_page(form: str) -> None:
    reading = read(form, (LAUGHS + "<p title='&m;'>before &m; after</p>").encode())
    assert reading is None or len(repr(reading)) < 10_000


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A door on this machine that nobody may knock at."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        door.settimeout(0)
        yield door


@pytest.mark.parametrize("form", READERS)
def test_nothing_is_fetched_and_no_other_file_is_opened(form: str, listening: socket.socket, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
    for target in (secret.as_uri(), address, f"{address}.dtd"):
        content = reaching(form, target)
        reading = read(form, content)
        assert "hidden words" not in repr(reading)
    with pytest.raises(BlockingIOError):
        listening.accept()


def reaching(form: str, target: str) -> bytes:
    """A file of a form that points at a target in every way that a program might follow."""
    declared = f'<!DOCTYPE x SYSTEM "{target}" [<!ENTITY e SYSTEM "{target}"><!ENTITY % p SYSTEM "{target}">%p;]>'
    page = (
        f"<html><head><base href='{target}'><link rel=stylesheet href='{target}'><meta http-equiv=refresh "
        f"content='0;url={target}'></head><body><p>Words &e;</p><img src='{target}'><iframe src='{target}'></iframe>"
        f"<object data='{target}'></object><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{target}'/>"
    )
    if form == "docx":
        outside = f'<Relationship Id="rOut" Type="x/hyperlink" Target="{target}" TargetMode="External"/>'
        drawn = '<w:p><w:hyperlink r:id="rOut"><w:r><w:t>x</w:t></w:r></w:hyperlink><w:r><w:t>&amp;e;</w:t></w:r></w:p>'
        with zipfile.ZipFile(io.BytesIO(build.docx(drawn, relations=outside))) as archive:
            files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        whole = str(files["word/document.xml"], "utf-8") if isinstance(files["word/document.xml"], bytes) else ""
        return build.zipped(files | {"word/document.xml": declared + whole.replace("&amp;e;", "&e;")})
    if form == "pdf":
        action = f"/OpenAction << /S /URI /URI ({target}) >>".encode()
        return build.pdf("Words").replace(b"/Type /Catalog", b"/Type /Catalog " + action)
    return (declared + page if form != "txt" else f"Words {target}\n").encode()


def test_a_word_file_with_declarations_of_its_own_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    with pytest.raises(UnreadableError, match="entities"):
        word.read(reaching("docx", secret.as_uri()))


def test_links_are_told_and_never_followed() -> None:
    reading = read("html", b"<p><a href='http://127.0.0.1:9/x'>here</a></p>")
    assert reading is not None
    assert [link.target for link in reading.links] == ["http://127.0.0.1:9/x"]
