"""Word: what goes out comes back, with its identities."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from secretariat.legaltext.formats.akoma_ntoso import akoma_ntoso
from secretariat.legaltext.formats.akoma_ntoso_reading import read_akoma_ntoso
from secretariat.legaltext.formats.editions import Edition
from secretariat.legaltext.formats.identities import bookmark_name, identity
from secretariat.legaltext.formats.marks import blocks, body_of, marked, runs, settled
from secretariat.legaltext.formats.word_reading import read_word
from secretariat.legaltext.formats.word_writing import word
from secretariat.legaltext.redlines.compare import redline
from secretariat.legaltext.redlines.word import word as redline_word
from secretariat.legaltext.text import Clause, Text, in_order
from secretariat.site.sample.code_text import texts as sample_texts
from tests.legaltext.formats_files import DOT, saved
from tests.legaltext.formats_texts import BODIES, UIDS, WORDS, shape, texts

DAY = date(2018, 2, 22)
SLOW = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
"""A file takes too long to make for a failure to be made smaller by hundreds of tries."""


def edition(text: Text, statement: str = "Invented.") -> Edition:
    return Edition("section-h", "Section H: Services", "5.14", DAY, text, statement)


@SLOW
@given(texts())
def test_a_text_comes_back_from_word_as_it_went_with_its_identities(text: Text) -> None:
    assume(text.clauses)
    came = read_word(word(edition(text)))
    assert shape(came.text) == shape(settled(text))
    assert came.carried == {clause.uid for clause in text.clauses}
    assert came.title == "Section H: Services"


@given(BODIES)
def test_a_settled_body_is_settled_for_good(body: str) -> None:
    once = body_of(blocks(body))
    assert body_of(blocks(once)) == once


@given(WORDS)
def test_marks_are_found_and_written_alike(words: str) -> None:
    assert runs(marked(runs(words))) == runs(words)


@given(UIDS)
def test_an_identity_comes_back_from_its_bookmark_whatever_is_in_it(uids: list[str]) -> None:
    names = {bookmark_name(uid).lower() for uid in uids if bookmark_name(uid)}
    assert len(names) == sum(1 for uid in uids if bookmark_name(uid))
    assert all(identity(bookmark_name(uid)) in {uid, ""} for uid in uids)
    assert all(len(name) <= 40 and name.isascii() for name in names)


def test_a_redline_in_word_is_read_as_the_new_text_when_accepted_and_the_old_when_rejected() -> None:
    titles = list(sample_texts(words=3_000, documents=2).values())
    old = settled(titles[0][1])
    new = _worked_on(old)
    content = redline_word(redline(old, new), "Section H", author="Drafter", at=datetime(2020, 2, 3, 9, tzinfo=UTC))
    assert shape(read_word(content).text) == shape(new)
    assert shape(read_word(content, accepted=False).text) == shape(old)
    assert {change.who for change in read_word(content).changes} == {"Drafter"}


@settings(SLOW, max_examples=25)
@given(texts(), texts())
def test_any_two_texts_come_back_from_their_redline_in_word(one: Text, other: Text) -> None:
    """Rejecting leaves no bookmark at the old place of a clause that moved, so identities are those of the new text."""
    assume(one.clauses and other.clauses)
    old, new = settled(one), settled(other)
    content = redline_word(redline(old, new), "Section H", author="Drafter", at=datetime(2020, 2, 3, 9, tzinfo=UTC))
    assert shape(read_word(content).text) == shape(new)
    assert [told[2:] for told in shape(read_word(content, accepted=False).text)] == [told[2:] for told in shape(old)]


def _worked_on(text: Text) -> Text:
    """The text with words changed, a clause taken out, another put in, and a row more in the first table."""
    leaves = [clause for clause in text.clauses if not text.children.get(clause.uid) and clause.kind == "clause"]
    changed, gone = leaves[2], leaves[5]
    table = next(clause for clause in text.clauses if clause.kind == "table")
    came = replace(changed, uid="brought-in", place=changed.place + "i", body="The **Panel** shall say so.")
    now = {
        **text.by_uid,
        changed.uid: replace(changed, body=changed.body.replace("shall", "must") + " At once."),
        table.uid: replace(table, body=table.body + "\n" + table.body.split("\n")[-1].replace("shall", "may")),
        came.uid: came,
    }
    del now[gone.uid]
    return in_order(now.values())


def test_every_document_of_the_sample_code_comes_back_from_word_and_akoma_ntoso() -> None:
    for code, (title, text) in sample_texts(words=12_000).items():
        made = Edition(code, title, "1.0", DAY, text)
        assert read_akoma_ntoso(akoma_ntoso(made)).text == text
        assert shape(read_word(word(made)).text) == shape(text)


def test_a_picture_goes_out_and_comes_back_under_its_name() -> None:
    text = in_order([Clause("f", "", "i", "figure", "Figure 1", "Flow", "![Who tells whom](flow.png)")])
    came = read_word(word(Edition("section-h", "H", "1.0", DAY, text, figures={"flow.png": DOT})))
    assert shape(came.text) == shape(text)
    assert came.figures == {"flow.png": DOT}


def test_a_clause_typed_in_word_in_the_style_of_others_is_a_new_clause_among_them() -> None:
    one, two = Clause("one", "", "g", "clause", "1", "", "First."), Clause("two", "", "p", "clause", "2", "", "Last.")
    text = in_order([one, two])
    made = docx.Document(BytesIO(word(edition(text))))
    first = next(each for each in made.paragraphs if each.text.startswith("1\t"))
    made.paragraphs[-1].insert_paragraph_before("Between.", style=first.style)
    came = read_word(saved(made))
    assert [(one.uid, one.kind, one.body) for one in came.text.clauses] == [
        ("one", "clause", "First."), ("new-1", "clause", "Between."), ("two", "clause", "Last."),
    ]  # fmt: skip
    assert came.carried == {"one", "two"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed.")
def test_a_file_saved_again_by_libreoffice_still_holds_the_text_and_its_identities(tmp_path: Path) -> None:
    _, text = sample_texts(words=3_000, documents=2)["section-a"]
    (tmp_path / "in.docx").write_bytes(word(edition(text)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out"), "in.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    came = read_word((tmp_path / "out" / "in.docx").read_bytes())
    assert shape(came.text) == shape(text)
