"""Pages of planned and published versions, of the Document Log and of governed documents: who sees what."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client

from secretariat.core.classification import Class
from secretariat.core.load import LOADS, Loading, load, preview
from secretariat.core.people import Role, Team
from secretariat.legaltext.governed.models import Circulation, DraftComment, Review
from secretariat.legaltext.models import PENDING, DocumentVersion
from secretariat.legaltext.publishing.edition import archived
from secretariat.legaltext.publishing.models import CHECKED, PLANNED, PUBLISHED, PlannedItem, PlannedVersion
from secretariat.post.following import follow
from secretariat.post.models import Message
from secretariat.post.outbox import gather as gather_mail
from tests.committees.factories import someone
from tests.legaltext.publishing import (
    NOON,
    TODAY,
    a_word,
    document,
    drafter,
    first_version,
    gather,
    plain_text,
    planned,
    published,
)
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

DAY = "2021-06-24"


@pytest.fixture(autouse=True)
def at_noon(settings: Any) -> None:
    """The pages are asked at one instant."""
    settings.CLOCK = NOON.isoformat()
    settings.MFA_REQUIRED_ROLES = []


@pytest.fixture
def section() -> Any:
    """Section H."""
    made = document()
    first_version(made)
    return made


def test_a_version_is_planned_filled_checked_and_published_through_the_pages(section: Any) -> None:
    client, draft = signed_in(drafter()), a_word(section, "h-2", "promptly")
    assert b'value="1.0"' in client.get("/planned-code-versions/new/").content
    told = {"number": "40.0", "effective_from": DAY, "cause": "June 2021 Release", "note": ""}
    assert client.post("/planned-code-versions/new/", told).status_code == 302
    plan = PlannedVersion.objects.get()
    page = f"/planned-code-versions/{plan.pk}/"
    item = {"kind": "text", "draft": draft.pk, "number": "2.0", "cause_kind": "modification", "order": 1}
    assert client.post(f"{page}gather/", item).status_code == 302
    assert b"Section H" in client.get(page).content
    rehearsal = client.get(f"{page}rehearse/").content
    assert b"Title of section-h" in rehearsal
    assert b"cannot be published" not in rehearsal
    step = f"/steps/legaltext.plannedversion/{plan.pk}"
    for name, state in (("check", CHECKED), ("reopen", PLANNED), ("check", CHECKED), ("publish", PUBLISHED)):
        assert client.post(f"{step}/{name}/").status_code == 302
        plan.refresh_from_db()
        assert plan.state == state
    assert b"byte by byte" in client.get(f"{page}again/").content
    assert DocumentVersion.objects.filter(number="2.0").exists()


def test_what_was_typed_is_kept_and_the_reason_told(section: Any) -> None:
    client = signed_in(drafter())
    refused = client.post("/planned-code-versions/new/", {"number": "5.24", "effective_from": DAY, "cause": "A cause"})
    assert refused.status_code == 422
    assert b"DOC-2" in refused.content
    assert b'value="5.24"' in refused.content
    plan = planned()
    empty = client.post(f"/planned-code-versions/{plan.pk}/gather/", {"kind": "text", "number": "2.0", "order": 1})
    assert empty.status_code == 422
    assert b"Choose the draft" in empty.content


def test_a_conflict_is_told_on_the_rehearsal(section: Any) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    gather(plan, a_word(section, "h-2", "in writing"))
    shown = signed_in(drafter()).get(f"/planned-code-versions/{plan.pk}/rehearse/").content
    assert b"Both change H2" in shown


@pytest.mark.parametrize("path", ["gather/", "rehearse/", "again/", "edit/"])
def test_planning_is_for_the_change_team(section: Any, path: str, client: Client) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    published(plan)
    assert client.get(f"/planned-code-versions/{plan.pk}/{path}").status_code == 302
    other = signed_in(someone("Helper", Role.SECRETARIAT, team=Team.HELPDESK))
    assert other.get(f"/planned-code-versions/{plan.pk}/{path}").status_code == 403


def test_a_plan_is_not_public_and_what_is_published_is(section: Any, client: Client) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    page = f"/planned-code-versions/{plan.pk}/"
    assert client.get(page).status_code == 404
    published(plan)
    version = plan.published_as
    assert version is not None
    assert client.get(page).status_code == 200
    shown = client.get(version.get_absolute_url()).content
    assert b"code-40.0.zip" in shown
    assert b"redlines/section-h.html" in shown
    archive = client.get(f"/code-versions/{version.pk}/archive.zip")
    assert archive.content == archived(version)
    assert zipfile.ZipFile(io.BytesIO(archive.content)).testzip() is None
    assert client.get("/code-versions/999/archive.zip").status_code == 404


def test_the_log_is_of_the_day_asked_for_in_every_form(section: Any, client: Client) -> None:
    first_version(document("appendix-z", classification=Class.GREEN), plain_text("Z"))
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    published(plan)
    assert b"2.0" not in client.get("/document-log.csv").content
    lines = client.get(f"/document-log.csv?on={DAY}").content.decode().splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [["section-h", "Title of section-h", "2.0"]]
    assert lines[1].split(",")[-4:-1] == ["True", "True", "False"]
    assert b"2.0" not in client.get(f"/document-log.csv?on={DAY}&known=2021-02-01").content
    assert b"2.0" not in client.get(f"/document-log.csv?on={DAY}&designation=true").content
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/document-log.xlsx?on={DAY}").content))
    assert [cell.value for cell in book.worksheets[0][2]][2] == "2.0"
    page = client.get(f"/document-log/?on={DAY}").content
    assert b"Title of section-h" in page
    assert b"appendix-z" not in page
    assert b"appendix-z" in signed_in(drafter()).get("/document-log/").content


def test_the_log_takes_no_more_queries_for_more_documents(
    section: Any, client: Client, django_assert_num_queries: Any
) -> None:
    client.get("/document-log/")
    with django_assert_num_queries(3) as one:
        client.get("/document-log/")
    for letter in "ABCDEF":
        first_version(document(f"section-{letter.lower()}"), plain_text(letter, 1))
    with django_assert_num_queries(len(one)):
        client.get("/document-log/")


def test_a_change_is_taken_out_on_its_own_page(section: Any) -> None:
    plan = planned()
    item = gather(plan, a_word(section, "h-2", "promptly"))
    client = signed_in(drafter())
    assert b"A change" in client.get(item.get_absolute_url()).content
    assert client.post(f"/steps/legaltext.planneditem/{item.pk}/take_out/").status_code == 302
    assert not plan.gathered.exists()
    assert b"Section H" in client.get("/planned-changes/").content


def test_an_amber_draft_is_not_told_of_in_the_plan(section: Any) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly", title="Quiet", classification=Class.AMBER, audience="SSC"))
    contact = signed_in(someone("A contact", Role.PARTY_CONTACT))
    page = contact.get(plan.get_absolute_url())
    assert page.status_code == 200
    assert b"Quiet" not in page.content
    assert contact.get(PlannedItem.objects.get().get_absolute_url()).status_code == 404
    assert b"Quiet" in signed_in(drafter()).get(plan.get_absolute_url()).content


def test_followers_hear_of_a_publication(section: Any) -> None:
    reader = someone("A follower")
    someone("Another")
    follow("code versions", "", "", person=reader, at=NOON, recorded=NOON)
    gather_mail(NOON, NOON)
    before = Message.objects.count()
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    published(plan, NOON + timedelta(hours=1))
    gather_mail(NOON + timedelta(hours=2), NOON + timedelta(hours=2))
    told = Message.objects.order_by("pk")[before:]
    assert [(one.person, one.subject) for one in told] == [
        (reader, "Version 40.0 of the code, in effect from Thu 24 Jun 2021")
    ]


def test_governed_documents_are_listed_with_their_version(client: Client) -> None:
    policy = document("policy-r", kind="policy", letter="", title="Release policy", owner="TABASC")
    first_version(policy, plain_text("R"))
    first_version(document())
    lines = client.get("/governed-documents.csv").content.decode().splitlines()
    assert [line.split(",")[:4] for line in lines[1:]] == [["Release policy", "policy", "TABASC", "1.0"]]
    assert b"Release policy" in client.get("/governed-documents/").content


def test_a_review_is_asked_and_answered_through_the_pages() -> None:
    policy = document("policy-r", kind="policy", letter="", title="Release policy", owner="TABASC")
    first_version(policy, plain_text("R"))
    client = signed_in(drafter())
    made = client.post("/reviews-of-documents/new/", {"document": policy.pk, "due_on": TODAY.isoformat()})
    assert made.status_code == 302
    review = Review.objects.get()
    member = signed_in(someone("Member of TABASC", audience="TABASC"))
    assert b"It is still true" in member.get(review.get_absolute_url()).content
    assert member.post(f"/steps/legaltext.review/{review.pk}/confirm/", {"answer": "Yes."}).status_code == 302
    assert b"Yes." in client.get(review.get_absolute_url()).content
    assert b"still true" in client.get("/reviews-of-documents.csv").content


def test_a_draft_is_sent_out_and_commented_on_through_the_pages(client: Client) -> None:
    policy = document("policy-r", kind="policy", letter="", title="Release policy", owner="TABASC")
    first_version(policy, plain_text("R"))
    draft = a_word(policy, "r-2", "promptly", state=PENDING)
    staff = signed_in(drafter())
    asked = {"draft": draft.pk, "closes_on": "", "asked": "Is it so?"}
    assert staff.post("/drafts-for-comment/new/", asked).status_code == 302
    circulation = Circulation.objects.get()
    page = circulation.get_absolute_url()
    member = signed_in(someone("Member of TABASC", audience="TABASC"))
    assert b"Is it so?" in member.get(page).content
    assert member.get(f"{page}comment/").status_code == 200
    assert member.post(f"{page}comment/", {"number": "R2", "text": ""}).status_code == 422
    assert member.post(f"{page}comment/", {"number": "R2", "text": "How promptly?"}).status_code == 302
    assert b"How promptly?" in staff.get(page).content
    assert b"How promptly?" in staff.get(DraftComment.objects.get().get_absolute_url()).content
    assert b"How promptly?" in staff.get("/comments-on-drafts/").content
    assert client.get(page).status_code == 404
    assert client.get(f"{page}comment/").status_code == 302


def test_several_drafts_are_gathered_at_once_with_the_next_numbers(section: Any) -> None:
    other = document("section-g")
    first_version(other, plain_text("G"), number="8.2")
    amber = a_word(other, "g-3", "quietly", classification=Class.AMBER, audience="SSC")
    drafts = [a_word(section, "h-2", "promptly"), a_word(other, "g-1", "x"), a_word(other, "g-2", "y")]
    plan, client = planned(), signed_in(drafter())
    gather(plan, amber, number="9.0")
    page = f"/planned-code-versions/{plan.pk}/drafts/"
    told = {"drafts": [one.pk for one in drafts], "cause_kind": "modification", "reference": "MP002"}
    assert client.post(page, {**told, "drafts": []}).status_code == 422
    assert client.post(page, told).status_code == 302
    numbers = [(item.document.code, item.number) for item in plan.gathered]
    assert numbers == [("section-g", "9.0"), ("section-g", "9.0"), ("section-g", "9.0"), ("section-h", "2.0")]
    assert b"A change" not in client.get(page).content
    published(plan)
    assert DocumentVersion.objects.get(document=other, number="9.0").causes.count() == 3


HISTORY = """number,effective_from,note
4.15,2016-08-18,
5.3,2017-01-26,
5.14,2018-02-22,
5.19,2018-06-25,
5.23,2018-10-04,
27.0,2020-11-29,
40.0,2021-06-24,
43.0,2021-07-30,
45.0,2021-09-01,
61.0,2022-06-30,June 2022 Release
62.0,2022-07-18,
"""


def test_the_history_of_both_schemes_is_loaded_and_again_without_doubling(client: Client) -> None:
    loading, kind = Loading(drafter(), NOON, NOON), LOADS["code-versions"]
    assert load(kind, "h.csv", HISTORY.encode(), loading).sentence == "11 accepted, 0 already there, 0 refused."
    assert load(kind, "h.csv", HISTORY.encode(), loading).sentence == "0 accepted, 11 already there, 0 refused."
    lines = client.get("/code-versions.csv?sort=").content.decode().splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == [row.split(",")[0] for row in HISTORY.splitlines()[:0:-1]]


@pytest.mark.parametrize(
    ("row", "reason"),
    [("5.24,2021-03-01,", "not of the scheme"), ("5.4,2018-03-01,", "does not follow"),
     ("28.0,2022-08-01,", "does not follow"), ("63.0,2022-07-01,", "does not follow"),
     ("5.14,2018-02-23,", "row 4 too"), ("June,2018-02-23,", "no version number")],
)  # fmt: skip
def test_a_number_out_of_its_place_is_refused(row: str, reason: str) -> None:
    found = preview(LOADS["code-versions"], "h.csv", f"{HISTORY}{row}\n".encode(), Loading(drafter(), NOON, NOON))
    assert [reason in one.reason for one in found.refused] == [True]
