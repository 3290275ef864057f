"""Awkward mail in bulk: none lost, nothing carried out, nothing without bounds, and what programs write is known."""

from __future__ import annotations

import re
import socket
import time
from typing import Any

import pytest

from secretariat.post.parts import from_html
from secretariat.post.reading import BODY_LIMIT, FILES_LIMIT, Letter, read
from tests.post import corpus_bodies
from tests.post.corpus import Case, corpus

CASES = corpus()
TAGS = re.compile(r"<\s*(?:script|iframe|img|svg|object|form|meta|style|base|link)\b", re.IGNORECASE)
SECONDS = 3.0


@pytest.fixture(scope="module")
def letters() -> dict[str, Letter]:
    """Every mail read, while nothing can be reached over a network."""

    def refuse(*_: object, **__: object) -> Any:
        raise AssertionError("reading a mail opened a connection")

    real, socket.socket = socket.socket, refuse  # type: ignore[misc, assignment]
    try:
        return {case.name: _timed(case) for case in CASES}
    finally:
        socket.socket = real  # type: ignore[misc]


def _timed(case: Case) -> Letter:
    began = time.process_time()
    letter = read(case.raw)
    took = time.process_time() - began
    assert took < SECONDS, f"{case.name} took {took:.1f} s"
    return letter


def test_the_corpus_holds_three_hundred_different_mails_and_is_the_same_at_every_run() -> None:
    assert len({case.raw for case in CASES}) >= 300
    assert len({case.name for case in CASES}) == len(CASES)
    assert [case.raw for case in corpus()] == [case.raw for case in CASES]
    assert len(corpus_bodies.QUOTED) > 10


def test_no_word_of_any_mail_is_lost(letters: dict[str, Letter]) -> None:
    lost = [case.name for case in CASES if case.where != "nowhere" and not _found(case, letters[case.name])]
    assert lost == []


def _found(case: Case, letter: Letter) -> bool:
    names = [file.name for file in letter.attachments]
    kept: dict[str, Any] = {
        "body": letter.body + letter.subject,
        "subject": letter.subject,
        "name": " ".join(names),
        "refused": " ".join(part["reason"] for part in letter.refused),
        "file": b" ".join(file.content for file in letter.attachments).decode("latin-1"),
    }
    return case.word in kept[case.where]


def test_nothing_of_any_mail_can_be_carried_out_or_lead_elsewhere(letters: dict[str, Letter]) -> None:
    pages = [case.name for case in CASES if case.name.startswith(("pages: ", "hiding: "))]
    escaped = {"pages: escaped markup"}
    assert [name for name in pages if TAGS.search(letters[name].body) and name not in escaped] == []
    assert [name for name in pages if "EXECUTED()" in letters[name].body] == []
    names = [(name, file.name) for name, letter in letters.items() for file in letter.attachments]
    assert [row for row in names if set(row[1]) & set('/\\"<>;:\r\n\x00\u202e') or row[1].startswith(".")] == []
    told = "".join(letter.subject + letter.from_name + letter.from_address + letter.body for letter in letters.values())
    assert not set(told) & {chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127)}


def test_whatever_comes_is_kept_within_bounds(letters: dict[str, Letter]) -> None:
    for name, letter in letters.items():
        assert len(letter.body) <= BODY_LIMIT, name
        assert len(letter.attachments) <= FILES_LIMIT, name
        assert len(letter.subject) <= 300, name
        assert 0 < len(letter.message_id) <= 255, name
        assert len(letter.from_address) <= 320, name


def test_what_was_left_out_for_its_bounds_is_told(letters: dict[str, Letter]) -> None:
    reasons = {name: " ".join(one["reason"] for one in letter.refused) for name, letter in letters.items()}
    assert "nested more than" in reasons["structures: nested 200 deep"]
    assert "first 100 files" in reasons["structures: 3,000 files"]
    assert "forwarded" in reasons["structures: forwarded 40 times"]
    assert "characters are kept" in reasons["conversations: a text of a megabyte"]
    assert "HTML hides them" in reasons["hiding: by hidden"]
    assert "packed form" in reasons["files: winmail.dat that is none"]


def test_what_programs_write_is_known_and_what_people_write_is_not_taken_for_it(letters: dict[str, Letter]) -> None:
    wrong = [case.name for case in CASES if bool(letters[case.name].automatic) != case.automatic]
    assert wrong == []


def test_mail_that_came_back_is_understood_and_nothing_else_is_taken_for_it(letters: dict[str, Letter]) -> None:
    wrong = [case.name for case in CASES if bool(letters[case.name].report) != case.bounces]
    assert wrong == []


def test_texts_in_every_character_set_are_read_as_they_were_written(letters: dict[str, Letter]) -> None:
    from tests.post.corpus import TEXTS  # noqa: PLC0415 - only this test compares the texts

    for charset, text in TEXTS.items():
        for way in ("8bit", "base64", "quoted-printable"):
            if way == "8bit" and charset in ("utf-16", "utf-32"):
                continue
            assert text in letters[f"charsets: {charset} {way}"].body, (charset, way)


def test_escaped_markup_stays_words() -> None:
    assert from_html("&lt;b&gt;bold&lt;/b&gt;") == "<b>bold</b>"
