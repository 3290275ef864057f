"""A paper's life: drafted, affirmed, reviewed, signed off, issued, found to differ, restated."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.papers import issuing
from secretariat.papers.actions import add_passage, begin, restate
from secretariat.papers.assembly import Assembly
from secretariat.papers.current import changes, open_matters
from secretariat.papers.frozen import differences
from secretariat.papers.issuing import frozen_document, issued_figures, rendered
from secretariat.papers.models import Issue, Paper, Passage
from secretariat.papers.narrative import Field, UnknownField
from secretariat.papers.procedure import PAPER, PASSAGE
from secretariat.register.models import Party
from tests.papers import world
from tests.papers.world import AT, FEBRUARY, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper() -> Paper:
    world.accede("Neon Example Limited", date(2020, 2, 3))
    return world.begun()


@pytest.fixture
def lead() -> Person:
    return Person.objects.get(email="lead@example.org")


@pytest.fixture
def reviewer() -> Person:
    return world.person("reviewer", team=Team.OPERATIONS)


def written(paper: Paper, text: str, lead: Person) -> Passage:
    return add_passage(paper, "entry", "paragraph", text, **told(lead))


def issued(paper: Paper, lead: Person, reviewer: Person) -> Issue:
    attachment = paper.attachments.get()
    journal.amend(attachment, {"not_supplied": "nothing to report"}, **told(lead))
    PAPER.take("review", paper, **told(reviewer))
    PAPER.take("sign_off", paper, **told(lead))
    PAPER.take("issue", paper, **told(lead))
    return paper.issue


def test_live_fields_print_figures_dates_references_and_names(paper, lead):
    passage = written(
        paper, "[[accessions|Count:accession,accessions]] in [[month]]: [[party:neon-example-limited]].", lead
    )
    words = "".join(run.text for run in Assembly(paper).words(passage))
    assert words == "One accession in February 2020: Neon Example Limited."
    assert passage.seen == {
        "accessions|Count:accession,accessions": "One accession",
        "month": "February 2020",
        "party:neon-example-limited": "Neon Example Limited",
    }


def test_paper_day_is_five_working_days_before_the_meeting(paper):
    assert Assembly(paper).day == date(2020, 3, 6)
    assert paper.reference == "SECP_78_1303_30"


def test_since_the_last_panel_meeting_runs_from_that_meeting_to_the_papers_date(paper):
    assert str(Assembly(paper).since) == "2020-02-15..2020-03-06"


@pytest.mark.parametrize(
    "field", ["no_such_figure", "party:nobody", "accessions/nowhere", "date:2020-02-30", "accessions@never"]
)
def test_a_field_that_names_nothing_is_refused(paper, lead, field):
    before = Event.objects.count()
    with pytest.raises(Refused, match="names nothing in the record"):
        written(paper, f"It was [[{field}]].", lead)
    assert Event.objects.count() == before
    assert not paper.passages.exists()


def test_every_field_is_known_also_means_not_above_the_papers_class(paper):
    hidden = world.begun_before(paper)
    with pytest.raises(UnknownField, match="Amber and may not stand in a White paper"):
        Assembly(paper).resolve(Field.read(f"paper:{hidden.key}"))


def test_every_paragraph_is_current_before_review_so_a_carried_one_is_affirmed_or_changed(paper, lead, reviewer):
    written(paper, "[[accessions]] acceded.", lead)
    issued(paper, lead, reviewer)
    march = begin(world.REPORT, FEBRUARY.plus(1), world.panel_meeting(date(2020, 4, 17), 79), author="x", **told(lead))
    carried = march.passages.get()
    assert (carried.state, carried.carried_from.paper) == ("carried", paper)
    assert [(one.old, one.new) for one in changes(carried, Assembly(march))] == [("1", "0")]
    with pytest.raises(Refused, match="carried over"):
        PAPER.take("review", march, **told(reviewer))
    assert march.state == "draft"
    PASSAGE.take("affirm", carried, **told(lead), revision=carried.revision)
    assert carried.seen == {"accessions": "0"}
    PAPER.take("review", march, **told(reviewer))
    assert march.state == "reviewed"


def test_a_paragraph_whose_field_changed_is_flagged_with_old_and_new(paper, lead, reviewer):
    written(paper, "[[accessions]] acceded.", lead)
    world.accede("Late Example Limited", date(2020, 2, 20))
    (matter,) = open_matters(paper)
    assert (matter.old, matter.new) == ("1", "2")
    with pytest.raises(Refused, match="field that changed"):
        PAPER.take("review", paper, **told(reviewer))


def test_is_latest_revision_or_the_second_of_two_people_is_told_and_loses_nothing(paper, lead):
    passage = written(paper, "First.", lead)
    seen_by_both = passage.revision
    PASSAGE.take("rewrite", passage, **told(lead), text="Second.", kind="paragraph", revision=seen_by_both)
    with pytest.raises(Refused, match="Somebody changed this paragraph"):
        PASSAGE.take("rewrite", passage, **told(lead), text="Third.", kind="paragraph", revision=seen_by_both)
    passage.refresh_from_db()
    assert passage.text == "Second."
    client = Client()
    client.force_login(lead, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(
        f"/papers/{paper.key}/sections/entry/",
        {"verb": "rewrite", "passage": passage.pk, "text": "Third.", "kind": "paragraph", "revision": seen_by_both},
    )
    assert answer.status_code == 409
    assert "Third." in answer.content.decode()
    assert "Second." in answer.content.decode()


def test_only_the_sections_owner_or_operations_writes(paper, lead):
    passage = written(paper, "Words.", lead)
    stranger = world.person("analyst", team=Team.CHANGE)
    with pytest.raises(Refused, match="for others"):
        PASSAGE.take("affirm", passage, **told(stranger), revision=passage.revision)
    owner = Person.objects.get(email="support@example.org")
    PASSAGE.take("affirm", passage, **told(owner), revision=passage.revision)
    assert passage.state == "affirmed"


def test_paper_is_being_written_or_nothing_in_it_changes(paper, lead, reviewer):
    passage = written(paper, "Words.", lead)
    issued(paper, lead, reviewer)
    with pytest.raises(Refused, match="no longer a draft"):
        PASSAGE.take("remove", passage, **told(lead), revision=passage.revision)


def test_the_reviewer_does_not_sign_off(paper, lead, reviewer):
    written(paper, "Words.", lead)
    PAPER.take("review", paper, **told(reviewer))
    with pytest.raises(Refused, match="not the person who reviewed it"):
        PAPER.take("sign_off", paper, **told(reviewer))
    PAPER.take("sign_off", paper, **told(lead))
    assert paper.state == "signed off"


def test_attachments_are_there_before_issue(paper, lead, reviewer):
    PAPER.take("review", paper, **told(reviewer))
    PAPER.take("sign_off", paper, **told(lead))
    with pytest.raises(Refused, match="An appendix has no file"):
        PAPER.take("issue", paper, **told(lead))
    assert not Issue.objects.exists()
    assert paper.state == "signed off"


def test_issuing_the_same_frozen_paper_twice_gives_byte_identical_files(paper, lead, reviewer):
    written(paper, "[[accessions]] acceded.", lead)
    issue = issued(paper, lead, reviewer)
    again = rendered(issue.content.read())
    assert again["html"] == issue.html.read()
    assert again["pdf"] == issue.pdf.read()
    assert again["docx"] == issue.docx.read()


def test_an_issued_paper_shows_what_would_differ_and_never_changes_by_itself(paper, lead, reviewer):
    written(paper, "[[accessions]] acceded.", lead)
    issue = issued(paper, lead, reviewer)
    before = issue.html.read()
    assert differences(issued_figures(issue)) == []
    late = world.accede("Late Example Limited", date(2020, 2, 20))
    found = {(one.figure, one.row): one for one in differences(issued_figures(issue))}
    assert set(found) == {("accessions", ""), ("party_statistics", "accessions")}
    statistic = found[("party_statistics", "accessions")]
    assert (statistic.issued, statistic.today, statistic.came) == ("1", "2", (late.pk,))
    assert issue.html.read() == before
    assert "Late Example" not in before.decode()


def test_a_restated_paper_is_a_new_version_with_the_old_one_kept(paper, lead, reviewer):
    written(paper, "[[accessions]] acceded.", lead)
    old = issued(paper, lead, reviewer)
    world.accede("Late Example Limited", date(2020, 2, 20))
    new = restate(paper, reason="An accession was recorded late.", **told(lead))
    paper.refresh_from_db()
    assert (paper.state, new.version, new.restates, new.state) == ("restated", 2, paper, "draft")
    passage = new.passages.get()
    PASSAGE.take("affirm", passage, **told(lead), revision=passage.revision)
    assert issued(new, lead, reviewer).pdf.read() != old.pdf.read()
    assert frozen_document(old).front.version == 1


def test_an_amber_paragraph_leaves_the_white_edition_identical(paper, lead):
    written(paper, "For all.", lead)
    white = Assembly(paper).document()
    hidden = Passage(
        paper=paper, part="entry", position=9, text="For few: 42.", classification=Class.AMBER, audience="SECP"
    )
    PASSAGE.take("write", hidden, **told(lead))
    assert Assembly(paper).document() == white
    hidden_again = Assembly(paper, edition=Class.AMBER).document()
    assert "For few" in str(hidden_again)


def test_a_refused_issue_leaves_nothing_behind(paper, lead, reviewer, monkeypatch):
    journal.amend(paper.attachments.get(), {"not_supplied": "none"}, **told(lead))
    PAPER.take("review", paper, **told(reviewer))
    PAPER.take("sign_off", paper, **told(lead))
    events = Event.objects.count()

    def breaks(*_: object) -> bytes:
        raise OSError("the disk is full")

    monkeypatch.setattr(issuing.pdf, "pdf", breaks)
    with pytest.raises(OSError, match="disk"):
        PAPER.take("issue", paper, **told(lead))
    paper = Paper.objects.get(pk=paper.pk)
    assert (paper.state, Issue.objects.count(), Event.objects.count()) == ("signed off", 0, events)


def test_a_draft_is_the_secretariats_and_an_issued_paper_is_everybodys(paper, lead, reviewer):
    contact = world.person("contact", role=Role.PARTY_CONTACT)
    assert not Paper.objects.visible_to(contact, AT).exists()
    assert Client().get(paper.get_absolute_url()).status_code == 404
    issued(paper, lead, reviewer)
    assert Paper.objects.visible_to(None, AT).get() == paper
    client = Client()
    assert client.get(paper.get_absolute_url()).status_code == 200
    read = client.get(f"/papers/{paper.key}/read/")
    assert read.status_code == 200
    for form in ("html", "pdf", "docx", "json"):
        assert client.get(f"/papers/{paper.key}.{form}").status_code == 200
    assert client.get(f"/papers/{paper.key}/differences/").status_code == 200


def test_every_number_of_an_issued_paper_opens_for_everybody(paper, lead, reviewer):
    written(paper, "[[accessions]] acceded.", lead)
    issued(paper, lead, reviewer)
    client = Client()
    opened = client.get(f"/papers/{paper.key}/figures/party_statistics/2020-02/?row=accessions&column=2020-02")
    assert opened.status_code == 200
    assert "Neon Example Limited" in opened.content.decode()
    whole = client.get(f"/papers/{paper.key}/figures/accessions/2020-02/")
    assert "Neon Example Limited" in whole.content.decode()
    assert client.get(f"/papers/{paper.key}/figures/parties/2020-02/").status_code == 404


def test_a_part_outside_its_months_is_not_in_the_paper(paper):
    titles = [section.title for section in Assembly(paper).document().sections]
    assert titles == ["Purpose", "Recommendation", "Entry"]


def test_what_differs_names_no_record_to_those_who_may_not_read_it(paper, lead, reviewer):
    issued(paper, lead, reviewer)
    late = world.accede("Late Example Limited", date(2020, 2, 20))
    address = f"/papers/{paper.key}/differences/"
    assert "Late Example Limited" in Client().get(address).content.decode()
    Party.objects.filter(pk=late.pk).update(classification=Class.AMBER)
    public = Client().get(address).content.decode()
    assert "Late Example Limited" not in public
    assert "you may not read" in public
    cleared = Client()
    cleared.force_login(lead, backend="django.contrib.auth.backends.ModelBackend")
    assert "Late Example Limited" in cleared.get(address).content.decode()
