"""What is written of a version: its log, its archive and its files, and who reads what is gathered."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from secretariat.core.classification import Class
from secretariat.legaltext.models import (
    CauseKind,
)
from secretariat.legaltext.publishing.archive import CONTENTS, sha256
from secretariat.legaltext.publishing.edition import archived, differences, edition, kept
from secretariat.legaltext.publishing.log import document_log
from secretariat.legaltext.publishing.models import ItemKind, PlannedItem
from secretariat.legaltext.standing import text_of
from tests.legaltext.publishing import (
    DAY,
    EVE,
    LATER,
    NOON,
    a_word,
    document,
    first_version,
    gather,
    plain_text,
    planned,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def section() -> Any:
    """Section H with five clauses."""
    made = document()
    first_version(made)
    return made


def test_the_log_tells_of_each_document_its_version_and_its_route(section: Any) -> None:
    listed = document("appendix-ab", position=9)
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    gather(plan, kind=ItemKind.NUMBER, document=listed, number="7.0", cause_kind=CauseKind.REDESIGNATION, reference="")
    published(plan)
    lines = [line.values for line in document_log(DAY)]
    assert [line[0] for line in lines] == ["Section H", "Appendix AB"]
    assert [line[2] for line in lines] == ["2.0", "7.0"]
    assert [line[7:10] for line in lines] == [("yes", "yes", "no"), ("no", "no", "yes")]
    assert [line[10] for line in lines] == ["Modification MP001", "Re-designation"]
    assert [line.values[2] for line in document_log(EVE)] == ["1.0"]


def test_the_log_takes_the_same_number_of_queries_for_any_number_of_documents(
    django_assert_max_num_queries: Any,
) -> None:
    for letter in "ABCDEFGHIJ":
        first_version(document(f"section-{letter.lower()}"), plain_text(letter, 1))
    with django_assert_max_num_queries(3):
        assert len(document_log(DAY)) == 10


def test_a_publication_made_again_is_the_same_byte_for_byte(section: Any) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    published(plan)
    version = plan.published_as
    assert version is not None
    with time_machine.travel(datetime(2031, 5, 6, 7, 8, tzinfo=NOON.tzinfo)):
        first, made = archived(version), edition(plan, version)
        assert differences(plan, version) == []
    later = planned("41.0", DAY + timedelta(days=30))
    gather(later, a_word(section, "h-3", "promptly", DAY), number="3.0")
    published(later, LATER)
    assert edition(plan, version) == made == kept(version)
    assert archived(version) == first


def test_a_kept_file_that_would_come_out_otherwise_is_named(section: Any) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    published(plan)
    assert plan.published_as is not None
    plan.cause = "Another cause"
    assert differences(plan, plan.published_as) == ["notes.html", "notes.pdf"]


def test_the_archive_names_the_hash_of_each_file(section: Any) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    version = published(plan).published_as
    assert version is not None
    archive = zipfile.ZipFile(io.BytesIO(archived(version)))
    names = archive.namelist()
    assert names == sorted(names)
    assert set(names) == {
        CONTENTS, "document-log.csv", "document-log.xlsx", "notes.html", "notes.pdf", "redlines/section-h.docx",
        "redlines/section-h.html", "texts/section-h.docx", "texts/section-h.json",
    }  # fmt: skip
    assert "promptly" in archive.read("redlines/section-h.html").decode().partition("put in: ")[2]
    told_hashes = json.loads(archive.read(CONTENTS))
    assert told_hashes == {name: sha256(archive.read(name)) for name in names if name != CONTENTS}


def test_the_files_hold_nothing_of_a_document_that_is_not_white(section: Any) -> None:
    secret = document("appendix-z", classification=Class.GREEN, title="Quiet words")
    first_version(secret, plain_text("Z", 2, "whisper"))
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    gather(plan, a_word(secret, "z-1", "softly", classification=Class.GREEN), number="2.0")
    version = published(plan).published_as
    assert version is not None
    assert text_of(secret, DAY).by_uid["z-1"].body.endswith("softly.")
    files = kept(version)
    assert not any("appendix-z" in name for name in files)
    assert b"Quiet words" not in files["document-log.csv"] + files["notes.html"]


def test_a_gathered_draft_is_read_by_nobody_who_may_not_read_it(section: Any) -> None:
    plan = planned()
    item = gather(plan, a_word(section, "h-2", "x", classification=Class.AMBER, audience="SECP"))
    assert (item.classification, item.audience) == (Class.AMBER, "SECP")
    published(plan)
    assert PlannedItem.objects.get().classification == Class.WHITE
