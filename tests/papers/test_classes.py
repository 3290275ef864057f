"""What is Red of a paper lies sealed, its class is raised by one and lowered by two, and no White byte tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from secretariat.core import journal, sealed
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.core.views import OPENED
from secretariat.papers import document as doc
from secretariat.papers.actions import add_passage, begin, reclassify, restate
from secretariat.papers.appendices import supply
from secretariat.papers.assembly import Assembly
from secretariat.papers.current import open_matters
from secretariat.papers.issuing import frozen_document
from secretariat.papers.models import AcceptedFinding, Paper, PaperEdition, Passage
from secretariat.papers.procedure import PAPER, PASSAGE, lower_class
from secretariat.papers.proofing import accept
from secretariat.papers.readers import named, named_to_every, red_passages
from secretariat.papers.report import REPORTS, Attached, Part, Report
from secretariat.proof.findings import Finding, Kind, Severity
from secretariat.proof.paper import Place
from tests.kept import everything
from tests.papers import world
from tests.papers.world import AT, FEBRUARY, told
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
FIRST, SECOND, ANNEX = "Invented: zq-heron nests.", "Invented: zq-egret nests.", "Invented: zq-bittern nests."
"""Words that no other text holds."""

REPORT = Report(
    name="classed",
    title="Classed Report",
    body="SECP",
    paper_number=19,
    action="For Information",
    purpose="What happened in [[month]].",
    recommendation="**NOTE** this paper.",
    classification=Class.WHITE,
    attachments=(Attached("Appendix A", "Findings", Class.RED, "SECP", Team.SECURITY),),
    editions=(Class.AMBER, Class.RED),
    parts=(Part("entry", "Entry", Team.SECURITY), Part("exit", "Exit", Team.SECURITY)),
)
REPORTS[REPORT.name] = REPORT


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Files and keys of its own; the clock stands still."""
    settings.CLOCK, settings.FILES_ROOT = AT.isoformat(), tmp_path / "files"
    settings.SEALING_KEYS = str(tmp_path / "sealing_keys")


@pytest.fixture
def lead() -> Person:
    return world.person("lead", team=Team.OPERATIONS)


@pytest.fixture
def analyst() -> Person:
    return world.person("analyst", team=Team.SECURITY)


@pytest.fixture
def colleague() -> Person:
    return world.person("colleague", team=Team.SECURITY)


@pytest.fixture
def member() -> Person:
    return world.person("member", role=Role.COMMITTEE_MEMBER, audience="SECP")


@pytest.fixture
def paper(lead: Person) -> Paper:
    world.panel_meeting(date(2020, 2, 14), 77)
    meeting = world.panel_meeting(date(2020, 3, 13), 78)
    return begin(REPORT, FEBRUARY, meeting, author="Team", **told(lead))


@pytest.fixture
def passage(paper: Paper, analyst: Person) -> Passage:
    add_passage(paper, "entry", "paragraph", "For all.", **told(analyst))
    return add_passage(paper, "entry", "paragraph", FIRST, **told(analyst))


def change(passage: Passage, level: int, by: Person, *readers: Person) -> str:
    return reclassify(passage, level, readers, "It names somebody.", passage.revision, **told(by))


def rewritten(passage: Passage, text: str, by: Person) -> None:
    PASSAGE.take("rewrite", passage, **told(by), text=text, kind="paragraph", revision=passage.revision)


def white(paper: Paper) -> str:
    return doc.to_json(Assembly(paper).document())


def issued(paper: Paper, lead: Person) -> Paper:
    if not paper.attachments.exclude(file=None).exists():
        journal.amend(paper.attachments.get(), {"not_supplied": "none"}, **told(lead))
    PAPER.take("review", paper, **told(world.person("reviewer", team=Team.OPERATIONS)))
    PAPER.take("sign_off", paper, **told(lead))
    PAPER.take("issue", paper, **told(lead))
    return paper


def test_neither_database_nor_files_nor_journal_hold_a_word_of_it(paper, passage, lead, analyst, member) -> None:
    found = Finding("a", "figure-total", Kind.TOTALS, Severity.QUERY, Place(), FIRST, f"{FIRST} It is odd.")
    accept(paper, found, "It may stand.", **told(lead))
    rewritten(passage, SECOND, analyst)
    change(passage, Class.RED, analyst, member)
    supply(paper.attachments.get(), "zq-bittern.txt", ANNEX.encode(), [member], **told(analyst))
    issue = issued(paper, lead).issue
    red = issue.editions.get()
    assert (red.classification, SECOND in red.html.read().decode()) == (Class.RED, True)
    assert "papers_passage" in everything()
    assert "zq-" not in everything()


def test_what_is_red_of_a_paper_is_opened_by_those_named_and_each_opening_is_journalled(
    paper, passage, lead, analyst, member
) -> None:
    change(passage, Class.RED, analyst, member)
    red = issued(paper, lead).issue.editions.get()
    files = (red.content, red.html, red.pdf, red.docx)
    assert {bool(file.sealed and not file.sha256) for file in files} == {True}
    readable = StoredFile.objects.filter(classification=Class.RED)
    assert [readable.visible_to(who, AT).count() for who in (member, analyst, lead)] == [4, 4, 0]
    address = red.html.get_absolute_url()
    page = signed_in(member).get(address)
    assert FIRST not in page.content.decode()
    assert "Nobody has opened it yet." in page.content.decode()
    answer = signed_in(member).post(address)
    assert (FIRST in answer.content.decode(), answer["Cache-Control"]) == (True, "no-store, private")
    (event,) = Event.objects.filter(name=OPENED)
    assert (event.by, event.facts, event.classification) == (member, {}, Class.RED)
    assert signed_in(lead).post(address).status_code == 404
    assert member.name in signed_in(analyst).get(address).content.decode()


def test_a_sealed_file_that_does_not_open_says_why_and_no_opening_is_told(paper, analyst, member) -> None:
    file = supply(paper.attachments.get(), "a.txt", ANNEX.encode(), [member], **told(analyst))
    assert file.name == "classed-2020-02-appendix-a.txt"
    Path(sealed.settings.SEALING_KEYS).unlink()
    sealed.add_key()
    answer = signed_in(member).post(file.get_absolute_url())
    assert (answer.status_code, "Put that key back" in answer.content.decode()) == (503, True)
    assert not Event.objects.filter(name=OPENED).exists()


def test_sealing_anew_covers_files_words_and_what_they_printed(paper, passage, lead, analyst, member) -> None:
    rewritten(passage, "[[month]]", analyst)
    change(passage, Class.RED, analyst, member)
    red = issued(paper, lead).issue.editions.get()
    before, new = red.pdf.read(), sealed.add_key()
    assert sealed.reseal() >= 4
    assert set(sealed.keys_in_use()) == {new}
    kept = Passage.objects.get(pk=passage.pk)
    assert (red.pdf.read(), kept.text, kept.seen) == (before, "[[month]]", {"month": "February 2020"})
    assert kept.earlier == [{"revision": 1, "text": FIRST}]


def test_a_paragraph_raised_to_red_leaves_every_other_edition_at_once(paper, passage, analyst, member) -> None:
    change(passage, Class.AMBER, analyst)
    assert FIRST not in white(paper)
    assert FIRST in doc.to_json(Assembly(paper, Class.AMBER).document())
    change(passage, Class.RED, analyst, member)
    assert FIRST not in doc.to_json(Assembly(paper, Class.AMBER).document())
    assert FIRST in doc.to_json(Assembly(paper, Class.RED).document())
    assert named(passage) == {analyst.pk, member.pk}


def _changes(passage: Passage, analyst: Person, colleague: Person, member: Person) -> Iterator[None]:
    """Everything that can be done to a paragraph above White."""
    yield rewritten(passage, "[[accessions]] of them.", analyst)
    yield change(passage, Class.RED, analyst, colleague) and None
    yield rewritten(passage, SECOND, analyst)
    yield change(passage, Class.RED, analyst, member) and None
    yield change(passage, Class.AMBER, analyst) and None
    yield PASSAGE.take("lower_class", passage, **told(colleague)) and None
    yield PASSAGE.take("remove", passage, **told(analyst), revision=passage.revision) and None


def test_no_white_byte_changes_whatever_is_raised_lowered_or_written_above(
    paper, passage, analyst, colleague, member
) -> None:
    change(passage, Class.AMBER, analyst)
    before = white(paper)
    for _ in _changes(passage, analyst, colleague, member):
        assert white(paper) == before
    assert '"label":"3"' in before


def test_lowering_was_asked_for_by_one_and_another_agrees(paper, passage, analyst, colleague, member) -> None:
    with pytest.raises(Refused, match="not above the one that the paragraph has"):
        PASSAGE.take("raise_class", passage, **told(analyst), classification=Class.WHITE, reason="x",
                     revision=passage.revision)  # fmt: skip
    change(passage, Class.RED, analyst, member, colleague)
    with pytest.raises(Refused, match="Nobody asked to lower"):
        PASSAGE.take("lower_class", passage, **told(colleague))
    assert change(passage, Class.WHITE, analyst) == "ask_to_lower"
    assert (passage.classification, lower_class(passage)) == (Class.RED, Class.WHITE)
    with pytest.raises(Refused, match="not the person who asked"):
        PASSAGE.take("lower_class", passage, **told(analyst))
    PASSAGE.take("lower_class", passage, **told(colleague))
    assert (passage.classification, passage.audience, named(passage)) == (Class.WHITE, "", set())
    assert FIRST in white(paper)
    with pytest.raises(Refused, match="not below the one that the paragraph has"):
        PASSAGE.take("ask_to_lower", passage, **told(analyst), classification=Class.RED, reason="x",
                     revision=passage.revision)  # fmt: skip


def test_what_was_asked_is_void_once_the_paragraph_reads_otherwise(passage, analyst, colleague, member) -> None:
    change(passage, Class.RED, analyst, member, colleague)
    change(passage, Class.WHITE, analyst)
    rewritten(passage, SECOND, analyst)
    assert lower_class(passage) is None
    with pytest.raises(Refused, match="as it now reads"):
        PASSAGE.take("lower_class", passage, **told(colleague))


def test_what_is_red_has_named_readers_of_the_body_or_of_its_writers(passage, lead, analyst, member) -> None:
    stranger = world.person("stranger", role=Role.COMMITTEE_MEMBER, audience="SSC")
    for readers in ((), (stranger,)):
        with pytest.raises(Refused, match="What is Red is for named readers only"):
            change(passage, Class.RED, analyst, *readers)
    with pytest.raises(Refused, match="only to what is Red"):
        change(passage, Class.WHITE, analyst, member)
    change(passage, Class.RED, analyst, member)
    with pytest.raises(Refused, match="is for others"):
        rewritten(passage, SECOND, lead)
    assert change(passage, Class.RED, analyst, lead) == "name_readers"
    rewritten(passage, SECOND, lead)


def test_the_paper_is_issued_in_that_class_or_it_is_refused(lead) -> None:
    small = world.begun(lead=lead)
    one = add_passage(small, "entry", "paragraph", FIRST, **told(lead))
    with pytest.raises(Refused, match="not issued in the class asked for"):
        change(one, Class.RED, lead, lead)
    change(one, Class.AMBER, lead)
    with pytest.raises(Refused, match="not issued in the class asked for"):
        change(one, Class.GREEN, lead)


def test_the_red_edition_has_a_reader_or_the_paper_is_not_reviewed(paper, passage, analyst, colleague, member) -> None:
    add_passage(paper, "entry", "paragraph", "Mine.", classification=Class.RED, **told(colleague))
    change(passage, Class.RED, analyst, member)
    reviewer = world.person("reviewer", team=Team.OPERATIONS)
    with pytest.raises(Refused, match="Nobody is named to every Red paragraph"):
        PAPER.take("review", paper, **told(reviewer))
    change(passage, Class.RED, analyst, colleague)
    assert named_to_every(red_passages(paper)) == {colleague.pk}
    PAPER.take("review", paper, **told(reviewer))


def test_the_class_of_a_paragraph_is_changed_before_issue_only(paper, passage, lead, analyst) -> None:
    issued(paper, lead)
    with pytest.raises(Refused, match="no longer a draft"):
        change(passage, Class.AMBER, analyst)


def test_its_fields_may_stand_there_before_a_class_is_lowered(paper, passage, lead, analyst) -> None:
    """An Amber record is named in Amber words; a Red one nowhere, and nobody is told that there is one."""
    draft = world.begun_before(paper)
    with pytest.raises(Refused, match="above the paper's class"):
        rewritten(passage, f"[[paper:{draft.key}]]", analyst)
    change(passage, Class.AMBER, analyst)
    rewritten(passage, f"[[paper:{draft.key}]]", analyst)
    assert open_matters(paper) == []
    with pytest.raises(Refused, match="something above the class asked for"):
        change(passage, Class.WHITE, analyst)
    Paper.objects.filter(pk=draft.pk).update(classification=Class.RED)
    (matter,) = open_matters(paper)
    assert matter.reason == f"“paper:{draft.key}” names nothing in the record."
    with pytest.raises(Refused, match="names nothing in the record"):
        rewritten(passage, f"[[paper:{draft.key}]] again", analyst)


def test_who_is_not_named_meets_nothing_of_a_red_paragraph_at_the_desk(paper, passage, lead, analyst, member) -> None:
    desk, section = f"/papers/{paper.key}/", f"/papers/{paper.key}/sections/entry/"
    client, about = signed_in(lead), f"/papers/paragraphs/{passage.pk}/class/"
    assert FIRST in client.get(section).content.decode()
    change(passage, Class.RED, analyst, member)
    Passage.objects.filter(pk=passage.pk).update(state="carried")
    assert FIRST not in client.get(section).content.decode()
    assert "paragraph 2" not in client.get(desk).content.decode()
    posted = {"verb": "affirm", "passage": passage.pk, "revision": passage.revision}
    assert {client.get(about).status_code, client.post(section, posted).status_code} == {404}
    draft = f"/papers/{paper.key}/read/?edition=red"
    assert client.get(draft).status_code == 404
    assert FIRST in signed_in(analyst).get(draft).content.decode()
    assert FIRST in signed_in(analyst).get(section).content.decode()


def test_the_page_raises_asks_and_agrees(paper, passage, analyst, colleague, member) -> None:
    about, section = f"/papers/paragraphs/{passage.pk}/class/", f"/papers/{paper.key}/sections/entry/"
    mine, other = signed_in(analyst), signed_in(colleague)
    assert "now White" in mine.get(about).content.decode()
    posted = {"classification": Class.RED, "reason": "It names somebody.", "revision": passage.revision}
    assert mine.post(about, posted).status_code == 422
    assert mine.post(about, posted | {"readers": [member.pk, colleague.pk]}).status_code == 302
    posted |= {"classification": Class.AMBER, "revision": passage.revision + 1}
    assert mine.post(about, posted).status_code == 302
    assert "A second person has to agree" in mine.get(section).content.decode()
    assert "Agree to lower its class" in other.get(section).content.decode()
    assert other.post(f"/steps/papers.passage/{passage.pk}/lower_class/").status_code == 302
    passage.refresh_from_db()
    assert (passage.classification, passage.audience) == (Class.AMBER, "SECP")


def test_next_months_red_paragraph_has_the_same_readers(paper, passage, lead, analyst, member) -> None:
    change(passage, Class.RED, analyst, member)
    issued(paper, lead)
    march = begin(REPORT, FEBRUARY.plus(1), world.panel_meeting(date(2020, 4, 17), 79), author="x", **told(lead))
    carried = march.passages.get(classification=Class.RED)
    assert named(carried) == {analyst.pk, member.pk}


def test_numbers_rise_by_one_in_every_edition_so_that_no_gap_tells_of_what_is_above(
    paper, passage, lead, analyst, member, monkeypatch
) -> None:
    """A table that only Amber readers see stands between two that all see; its number is another table's for them."""

    def layout(assembly: Assembly, part: Part) -> list[doc.Block]:
        above = assembly.edition > Class.WHITE
        captions = ("First", *(("Hidden",) if above else ()), "Last")
        return [doc.Section(name.lower(), name, (doc.Table(name, ("A",), ()),)) for name in captions]

    monkeypatch.setitem(REPORTS, "classed", replace(REPORT, parts=(Part("entry", "Entry", Team.SECURITY, layout),)))
    seen = {level: Assembly(paper, level).document().sections[2].blocks for level in (Class.WHITE, Class.AMBER)}
    told_ = {level: [(one.label, one.title, one.blocks[0].number) for one in found] for level, found in seen.items()}
    assert told_[Class.WHITE] == [("3.1", "First", 1), ("3.2", "Last", 2)]
    assert told_[Class.AMBER] == [("3.1", "First", 1), ("3.2", "Hidden", 2), ("3.3", "Last", 3)]


def test_a_number_of_an_edition_above_opens_to_its_readers_and_to_nobody_else(paper, passage, lead, analyst, member):
    change(passage, Class.AMBER, analyst)
    rewritten(passage, "[[accessions]] of them.", analyst)
    issued(paper, lead)
    span = Assembly(paper).span
    assert str(span) == "2020-02"
    address = f"/papers/{paper.key}/figures/accessions/{span}/"
    assert (Client().get(address).status_code, signed_in(member).get(address).status_code) == (404, 200)


def test_a_paper_is_issued_once_and_a_restated_one_keeps_its_named_readers(
    paper, passage, lead, analyst, member
) -> None:
    change(passage, Class.RED, analyst, member)
    old = issued(paper, lead).issue.editions.get()
    with pytest.raises(Refused, match="not possible here"):
        PAPER.take("issue", paper, **told(lead))
    with pytest.raises(Refused):
        begin(REPORT, FEBRUARY, paper.meeting, author="x", **told(lead))
    new = restate(paper, reason="A word was wrong.", **told(lead))
    assert named(new.passages.get(classification=Class.RED)) == {analyst.pk, member.pk}
    assert PaperEdition.objects.visible_to(member, AT).get() == old


def test_an_empty_section_says_that_it_is_meant_to_be(paper, passage, analyst, member) -> None:
    change(passage, Class.RED, analyst, member)
    (_, _, entry, exit_) = Assembly(paper).document().sections
    assert "Nothing is reported here" in str(exit_.blocks)
    assert "Nothing is reported here" not in str(entry.blocks)


def test_an_edition_that_says_no_more_than_the_one_below_it_is_not_made(paper, passage, lead, analyst) -> None:
    change(passage, Class.AMBER, analyst)
    issue = issued(paper, lead).issue
    assert [one.classification for one in PaperEdition.objects.filter(issue=issue)] == [Class.AMBER]
    assert frozen_document(issue.editions.get()).front.classification == "Amber"
    assert not AcceptedFinding.objects.exists()
