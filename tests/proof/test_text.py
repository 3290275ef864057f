"""Plain text: which bytes, lines and pages it is made of. All papers here are invented."""

from __future__ import annotations

import random
import time

import pytest

from secretariat.proof.paper import Form, Paragraph
from secretariat.proof.readers import text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_papers_are_saved_in(encoding: str) -> None:
    reading = text.read("The Panel’s paper costs £5 and says so – twice.".encode(encoding))
    assert reading.form is Form.TEXT
    assert reading.blocks == (Paragraph("The Panel’s paper costs £5 and says so – twice.", reading.blocks[0].place),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_from_one_whatever_ends_them(end: str) -> None:
    reading = text.read(end.join(["1. First", "", "It says one thing here.", "", "2. Second"]).encode())
    assert [block.place.line for block in reading.blocks] == [1, 3, 5]


def test_a_form_feed_starts_a_page_and_no_line() -> None:
    reading = text.read(b"It says one thing here.\n\fIt says another thing there.\n")
    assert [(block.place.page, block.place.line) for block in reading.blocks] == [(1, 1), (2, 2)]
    assert reading.pages == 2


@pytest.mark.parametrize("of", [" of 2", ""])
def test_page_numbers_at_the_foot_end_pages(of: str) -> None:
    said = [f"The Panel heard item number {at} of its meeting and noted it." for at in range(1, 13)]
    printed = [*said[:6], f"Page 1{of}", *said[6:], f"Page 2{of}"]
    reading = text.read("\n\n".join(printed).encode())
    assert reading.pages == 2
    assert [block.place.page for block in reading.blocks] == [1] * 6 + [2] * 6


def test_page_numbers_at_the_head_start_pages() -> None:
    said = [f"The Panel heard item number {at} of its meeting and noted it." for at in range(1, 13)]
    printed = ["Report 12/07   Page 1 of 2", *said[:6], "Report 12/07   Page 2 of 2", *said[6:]]
    reading = text.read("\n\n".join(printed).encode())
    assert [block.text for block in reading.blocks if isinstance(block, Paragraph)] == ["Report 12/07", *said]
    assert [block.place.page for block in reading.blocks] == [1] * 7 + [2] * 6


def test_a_single_space_starts_pages_where_form_feeds_were_lost() -> None:
    pages = [[f"The Panel heard item {page}.{at} of its meeting and noted it.\n" for at in range(12)] for page in "12"]
    reading = text.read("\n".join(" " + "\n".join(page) for page in pages).replace("\n\n ", "\n ").encode())
    assert [block.place.page for block in reading.blocks] == [1] * 12 + [2] * 12


def test_an_empty_file_is_an_empty_paper() -> None:
    assert text.read(b"").blocks == ()
    assert text.read(b"\n \n\t\n").blocks == ()


def test_any_bytes_give_a_reading() -> None:
    chance = random.Random(7)
    pieces = ["\f", "\n", "\n\n", "Table 1: x", "Figure 2. y", "Feb", "19", "|", "12/02/2020", "•", "Alpha 1 2 3", "\t"]
    pieces += [
        "a   b   c",
        "1.1 Heading",
        "1 A note of it.",
        "and so on",
        "Page 1 of 2",
        "[a](b)",
        "<a href='",
        "-",
        "O",
    ]
    for _ in range(400):
        text.read("\n".join(chance.choices(pieces, k=chance.randrange(40))).encode())
        text.read(chance.randbytes(200))


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    ["Alpha Beta", "7", "Alpha 1 2 3", "Feb", "SSC 12/02/2020 met", "10 July Event", "• item", "word-", "a    b    c",
     "a\tb", "1 This is a note of it.", "author", "and so it goes on and on", "1.1 Heading", "Table 1: x", "| | |"],
)  # fmt: skip
def test_time_grows_with_the_number_of_lines_and_not_its_square(line: str) -> None:
    def taken(count: int) -> float:
        content = "\n".join([line] * count).encode()
        start = time.process_time()
        text.read(content)
        return time.process_time() - start

    taken(500)
    assert taken(20_000) < 50 * max(taken(2_000), 0.05)
