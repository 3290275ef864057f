"""Appendices are supplied under their own class, and a paper says more to the readers of a class above its own."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.papers import document as doc
from secretariat.papers.actions import add_passage, begin
from secretariat.papers.appendices import compose, may_supply, possible_readers, supply
from secretariat.papers.assembly import Assembly
from secretariat.papers.issuing import frozen_document
from secretariat.papers.models import Attachment, Paper
from secretariat.papers.procedure import PAPER
from secretariat.papers.report import REPORTS, Attached, Part, Report
from tests.papers import world
from tests.papers.world import AT, FEBRUARY, told

pytestmark = pytest.mark.django_db
SECRET = {"words": "Invented: a finding."}
"""What stands behind the Red appendix; a test changes it."""

REPORT = Report(
    name="sealed",
    title="Sealed Report",
    body="SECP",
    paper_number=19,
    action="For Information",
    purpose="What happened in [[month]].",
    recommendation="**NOTE** this paper.",
    classification=Class.WHITE,
    attachments=(
        Attached("Appendix A", "Findings", Class.RED, "SECP", Team.SECURITY,
                 lambda assembly, by, at: [doc.Paragraph((doc.Text(SECRET["words"]),))]),
    ),
    lag=1,
    editions=(Class.AMBER,),
    parts=(Part("entry", "Entry", Team.SECURITY),),
)  # fmt: skip
REPORTS[REPORT.name] = REPORT


@pytest.fixture
def lead() -> Person:
    return world.person("lead", team=Team.OPERATIONS)


@pytest.fixture
def analyst() -> Person:
    return world.person("analyst", team=Team.SECURITY)


@pytest.fixture
def member() -> Person:
    return world.person("member", role=Role.COMMITTEE_MEMBER, audience="SECP")


@pytest.fixture
def paper(lead: Person, analyst: Person) -> Paper:
    world.panel_meeting(date(2020, 2, 14), 77)
    meeting = world.panel_meeting(date(2020, 3, 13), 78)
    return begin(REPORT, FEBRUARY, meeting, author="Team", **told(lead))


@pytest.fixture
def appendix(paper: Paper) -> Attachment:
    return paper.attachments.get()


def issued(paper: Paper, lead: Person) -> Paper:
    PAPER.take("review", paper, **told(world.person("reviewer", team=Team.OPERATIONS)))
    PAPER.take("sign_off", paper, **told(lead))
    PAPER.take("issue", paper, **told(lead))
    return paper


def readers_of(file: StoredFile, *people: Person) -> set[Person]:
    return {one for one in people if StoredFile.objects.visible_to(one, AT).filter(pk=file.pk).exists()}


def test_a_paper_is_named_by_one_month_and_reports_on_the_month_before(paper: Paper) -> None:
    assembly = Assembly(paper)
    assert (paper.key, assembly.month.iso) == ("sealed-2020-02", "2020-01")
    assert assembly.document().front.title == "Sealed Report: February 2020"
    assert "January 2020" in str(assembly.document().sections[0])


def test_what_is_told_once_runs_from_the_last_papers_day_to_this_ones(paper: Paper) -> None:
    assert str(Assembly(paper).since_paper) == "2020-02-08..2020-03-06"


def test_a_red_appendix_is_read_by_the_named_and_by_who_supplied_it(appendix, lead, analyst, member) -> None:
    other = world.person("other", role=Role.COMMITTEE_MEMBER, audience="SECP")
    file = compose(appendix, [member], **told(analyst))
    assert readers_of(file, lead, analyst, member, other) == {analyst, member}
    assert (file.classification, file.suffix) == (Class.RED, ".pdf")
    assert appendix.file == file


def test_what_is_red_is_for_named_readers_only(appendix, analyst) -> None:
    with pytest.raises(Refused, match="name at least one"):
        supply(appendix, "a.txt", b"words", [], **told(analyst))
    assert not StoredFile.objects.exists()


def test_only_its_team_composes_an_appendix(appendix, analyst, member) -> None:
    stranger = world.person("stranger", team=Team.HELPDESK)
    assert may_supply(analyst, appendix, AT)
    with pytest.raises(Refused, match="supplied by the team"):
        compose(appendix, [member], **told(stranger))


def test_an_appendix_that_the_record_does_not_hold_is_not_composed(lead) -> None:
    small = world.begun(lead=lead).attachments.get()
    with pytest.raises(Refused, match="handed in as a file"):
        compose(small, [], **told(lead))


def test_an_appendix_is_supplied_to_a_draft_only(paper, appendix, lead, analyst, member) -> None:
    compose(appendix, [member], **told(analyst))
    issued(paper, lead)
    with pytest.raises(Refused, match="no longer a draft"):
        supply(Attachment.objects.get(), "a.txt", b"words", [member], **told(analyst))


def test_who_can_be_named_is_of_the_body_or_of_the_team(appendix, lead, analyst, member) -> None:
    world.person("outsider", role=Role.COMMITTEE_MEMBER, audience="SSC")
    assert set(possible_readers(appendix, AT)) == {analyst, member}


def test_changing_what_is_red_leaves_every_byte_of_the_white_paper_identical(
    paper, appendix, lead, analyst, member, monkeypatch
) -> None:
    compose(appendix, [member], **told(analyst))
    before = doc.to_json(Assembly(paper).document())
    monkeypatch.setitem(SECRET, "words", "Invented: another finding, longer than the one before it.")
    changed = compose(appendix, [member, lead], **told(analyst))
    assert doc.to_json(Assembly(paper).document()) == before
    assert StoredFile.objects.exclude(pk=changed.pk).get().read() != changed.read()


def test_the_paper_is_issued_in_its_class_so_a_red_paragraph_is_refused(paper, analyst) -> None:
    with pytest.raises(Refused, match="Red stands in an appendix"):
        add_passage(paper, "entry", "paragraph", "Secret.", classification=Class.RED, **told(analyst))


def test_an_edition_is_kept_for_readers_of_a_class_above_and_is_marked(paper, lead, analyst, member) -> None:
    journal.amend(paper.attachments.get(), {"not_supplied": "none"}, **told(lead))
    add_passage(paper, "entry", "paragraph", "For all.", **told(analyst))
    add_passage(paper, "entry", "paragraph", "For few.", classification=Class.AMBER, **told(analyst))
    issue = issued(paper, lead).issue
    amber = issue.editions.get()
    assert "For few." not in issue.content.read().decode()
    assert "[Amber] " in amber.content.read().decode()
    assert frozen_document(amber).front.classification == "Amber"
    address = f"/papers/{paper.key}/read/?edition=amber"
    assert Client().get(address).status_code == 404
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert "For few." in client.get(address).content.decode()
    assert "As Amber readers read it" in client.get(paper.get_absolute_url()).content.decode()
    assert client.get(f"/papers/{paper.key}.html?edition=amber").status_code == 200
    assert client.get(f"/papers/{paper.key}/read/?edition=red").status_code == 404


def test_nothing_more_to_say_makes_no_edition(paper, lead, analyst) -> None:
    journal.amend(paper.attachments.get(), {"not_supplied": "none"}, **told(lead))
    add_passage(paper, "entry", "paragraph", "For all.", **told(analyst))
    assert not issued(paper, lead).issue.editions.exists()


def test_the_page_composes_hands_in_and_asks_for_readers(paper, appendix, analyst, member) -> None:
    client, address = Client(), f"/papers/{paper.key}/attachments/{appendix.pk}/"
    client.force_login(analyst, backend="django.contrib.auth.backends.ModelBackend")
    assert "Compose it from the record" in client.get(address).content.decode()
    unnamed = client.post(address, {"composed": "on"})
    assert (unnamed.status_code, "name at least one" in unnamed.content.decode()) == (422, True)
    both = client.post(address, {"composed": "on", "not_supplied": "none", "readers": [member.pk]})
    assert "Give either the file or the reason" in both.content.decode()
    assert client.post(address, {"composed": "on", "readers": [member.pk]}).status_code == 302
    handed = {"file": SimpleUploadedFile("a.txt", b"Invented words."), "readers": [member.pk]}
    assert client.post(address, handed).status_code == 302
    appendix.refresh_from_db()
    assert appendix.file is not None
    assert readers_of(appendix.file, member, analyst) == {member, analyst}
    stranger = Client()
    stranger.force_login(world.person("stranger", team=Team.HELPDESK),
                         backend="django.contrib.auth.backends.ModelBackend")  # fmt: skip
    assert stranger.get(address).status_code == 404
