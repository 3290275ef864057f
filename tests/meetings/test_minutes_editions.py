"""The public edition and the headlines: what is White in minutes, and nothing that tells of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from secretariat.core.classification import Class
from secretariat.core.files import StoredFile
from secretariat.core.journal import Event
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.meetings.actions.models import Action
from secretariat.meetings.attending.models import Attendance
from secretariat.meetings.minutes.actions import put_right
from secretariat.meetings.minutes.models import Edition, Minute, Minutes
from secretariat.meetings.minutes.projection import headlines_document, minutes_document
from secretariat.meetings.minutes.publishing import FORMS, written
from secretariat.meetings.models import MeetingDocument
from secretariat.papers.document import to_json
from secretariat.post.notices import NOTICES
from tests.meetings.minuting import (
    CIRCULATED_ON,
    HELD_ON,
    NEXT_ON,
    by_secretary,
    commented,
    decision,
    instant,
    item,
    meeting,
    member,
    next_meeting,
    published,
    row,
    take,
    text,
    whole,
)
from tests.register.factories import person
from tests.signing_in import signed_in
from tests.unpacked import unpacked

pytestmark = pytest.mark.django_db


def test_confidential_parts_are_absent_from_the_public_edition() -> None:
    minutes = published(whole())
    edition = Edition.objects.get(meeting=minutes.meeting, kind="minutes", classification=Class.WHITE)
    for form in FORMS:
        file = edition.form(form)
        told = unpacked(file.read()).decode(errors="replace").replace("\n", " ")
        assert "Decided White." in told, form
        for hidden in ("Green", "Amber", "Red", "Owner Name", "TABASC-A", "TABASC-R", "TABASC-G"):
            assert hidden not in told + file.name, (form, hidden)


@pytest.mark.parametrize("level", [Class.WHITE, Class.GREEN, Class.AMBER])
def test_each_edition_holds_what_is_of_its_class_and_below(level: Class) -> None:
    told = to_json(minutes_document(whole(), level))
    for other in Class:
        assert (f"Decided {other.label}." in told) == (other <= level)
        assert (f"Title {other.label}" in told) == (other <= level)


def answers() -> Iterator[tuple[str, bytes]]:
    """Everything of the minutes that the public can fetch."""
    client, key = Client(), meeting().pk
    listed = [f"/{plural}{form}" for plural in ("minutes", "decisions-of-bodies", "actions") for form in ("/", ".csv")]
    listed += [f"/{plural}{form}" for plural in ("minutes", "actions") for form in (".atom", ".ics")]
    editions = [f"/editions/{key}/{kind}/white{form}" for kind in ("minutes", "headlines")
                for form in ("/", ".html", ".pdf", ".docx")]  # fmt: skip
    for address in (*listed, *editions, f"/minutes/{key}/", meeting().get_absolute_url()):
        answer = client.get(address)
        assert answer.status_code == 200, address
        yield address, answer.content


def white_documents(minutes: Minutes) -> list[bytes]:
    """The public edition and the headlines, in every form."""
    minutes = Minutes.objects.get(pk=minutes.pk)
    both = (minutes_document(minutes, Class.WHITE), headlines_document(minutes))
    return [written(document, form) for document in both for form in FORMS]


def disturb_confidential_rows() -> None:
    """Whatever can happen to rows, items and actions above Green: other words, another class, more, fewer, none."""
    for made in Minute.objects.filter(published_class__gte=Class.AMBER, kind="decision").order_by("pk"):
        put_right(made, {"text": "Other words\n\nof two paragraphs.", "outcome": "rejected"}, **by_secretary())
    first = Minute.objects.get(published_class=Class.AMBER, kind="decision")
    put_right(first, {"published_class": Class.RED}, recipients=[member()], **by_secretary())
    inserted = item("Title Amber, second", Class.AMBER)
    inserted.position = 0
    inserted.save()
    decision("Decided more.", Class.AMBER, item=inserted)
    row("Before all.", Class.RED, recipients=[member()])
    row("To do more.", Class.AMBER, "action", owner={"team": "change"}, days=3)
    meeting().agenda.filter(classification=Class.RED).update(title="Renamed")
    Minute.objects.get(text="Discussed Amber.").delete()


def test_the_public_edition_and_headlines_are_byte_identical_whatever_happens_to_an_amber_or_red_row() -> None:
    minutes = whole()
    before = white_documents(minutes)
    disturb_confidential_rows()
    assert white_documents(minutes) == before
    row("A White row.", item=meeting().agenda.get(title="Title White"))
    assert white_documents(minutes) != before


def written_and_published(*, confidential: bool) -> dict[str, bytes]:
    """What the public fetches of minutes with two White rows, and with confidential rows among them; then undone."""
    with transaction.atomic():
        on = item("Title White")
        if confidential:
            secret = item("Title Amber", Class.AMBER)
            decision("Canary Amber.", Class.AMBER, item=secret)
            row("Canary to do.", Class.AMBER, "action", item=secret, owner={"team": "technical"}, days=10)
            decision("Canary Red.", Class.RED, item=on, recipients=[member()])
        decision("Decided White.", item=on)
        row("To do White.", kind="action", item=on, owner={"team": "technical"}, days=10)
        take("publish_headlines", Minutes.objects.get(), HELD_ON)
        published(Minutes.objects.get())
        told = dict(answers())
        transaction.set_rollback(True)
    return told


def test_all_that_the_public_fetches_is_byte_identical_with_and_without_the_confidential_rows() -> None:
    meeting(), next_meeting(), member()
    without, among = (written_and_published(confidential=confidential) for confidential in (False, True))
    assert b"Decided White." in without[f"/editions/{meeting().pk}/minutes/white/"]
    for address, content in without.items():
        assert b"Canary" not in among[address], address
        if not address.endswith((".atom", ".ics")):
            assert unkeyed(among[address]) == unkeyed(content), address


def unkeyed(content: bytes) -> bytes:
    """An answer without what every answer has of its own: the token of its forms, ids of stored files and of items.

    A database need not give the id of what was undone again.
    """
    kept = b"".join(part for part in content.splitlines() if b"csrf" not in part and b"/files/" not in part)
    return re.sub(rb"/agenda-items/\d+/", b"/agenda-items/", kept)


def test_headlines_are_the_white_rows_in_their_own_words_until_they_are_edited() -> None:
    minutes = whole()
    chatter = row("Tea was taken.")
    told = to_json(headlines_document(minutes))
    assert "Decided White." in told
    assert "Tea was taken." in told
    assert "Decided Green." not in told
    first = Minute.objects.get(text="Decided White.")
    put_right(first, {"headline": "The body decided."}, **by_secretary())
    put_right(chatter, {"in_headlines": False}, **by_secretary())
    told = to_json(headlines_document(minutes))
    assert "The body decided." in told
    assert "Decided White." not in told
    assert "Tea was taken." not in told
    assert "Decided White." in to_json(minutes_document(minutes, Class.WHITE))


def test_who_was_there_is_told_to_the_body_and_not_to_the_public() -> None:
    minutes = decision("The budget.").minutes
    Attendance.objects.create(meeting=meeting(), name="Guest Name", capacity="guest", state="present")
    assert "Guest Name" in to_json(minutes_document(minutes, Class.AMBER))
    for level in (Class.WHITE, Class.GREEN):
        assert "Guest Name" not in to_json(minutes_document(minutes, level))


def test_what_is_sent_of_minutes_leads_to_their_page_and_holds_nothing_of_them() -> None:
    made = row("Canary.")
    take("circulate", made.minutes, CIRCULATED_ON)
    event = Event.objects.get(name="minutes.circulate")
    for name in ("minutes.circulate", "minutes.chase"):
        (notice,) = NOTICES[name]
        subject, body = notice.written(event, made.minutes, member(), instant(NEXT_ON))
        assert "Minutes of TABASC_50_0602" in subject
        assert made.get_absolute_url() in body
        assert "Canary" not in subject + body
    made.refresh_from_db()
    one = commented(made)
    for name in ("minutes_comment.make", "minutes_comment.accept"):
        (notice,) = NOTICES[name]
        assert one.text in notice.written(event, one, member(), instant(NEXT_ON))[1]


def test_a_headline_follows_the_minutes_where_it_was_not_edited() -> None:
    made = decision("The bugdet.")
    put_right(made, {"text": "The budget."}, **by_secretary())
    assert "The budget." in to_json(headlines_document(made.minutes))


def test_only_a_white_row_has_a_headline() -> None:
    made = decision("Canary.", Class.GREEN)
    with pytest.raises(ValidationError, match="Only a White row"):
        put_right(made, {"headline": "Told."}, **by_secretary())
    with pytest.raises(Refused, match="Headlines are what is White in the minutes"):
        take("publish_headlines", made.minutes)


def test_headlines_are_published_before_the_minutes_and_again_in_their_place() -> None:
    minutes = whole()
    take("publish_headlines", minutes, HELD_ON)
    document = MeetingDocument.objects.get(meeting=meeting(), kind="headlines")
    assert (document.classification, document.published_on) == (Class.WHITE, HELD_ON)
    public = Client()
    address = f"/editions/{meeting().pk}/headlines/white/"
    assert "Decided White." in text(public, address)
    assert "Decided Green." not in text(public, address)
    assert public.get(f"/minutes/{meeting().pk}/").status_code == 404
    put_right(Minute.objects.get(text="Decided White."), {"headline": "Decided anew."}, **by_secretary())
    assert "Decided anew." not in text(public, address)
    take("publish_headlines", minutes)
    assert "Decided anew." in text(public, address)
    assert MeetingDocument.objects.filter(kind="headlines").count() == 1


def test_published_minutes_are_read_by_class() -> None:
    minutes = published(whole())
    party, key = person(Role.PARTY_CONTACT), meeting().pk
    for who, level in ((None, Class.WHITE), (party, Class.GREEN), (member(), Class.AMBER)):
        client = signed_in(who)
        page = text(client, minutes.get_absolute_url())
        for other in Class:
            assert (f"Decided {other.label}." in page) == (other <= level), (who, other)
        for other in (Class.WHITE, Class.GREEN, Class.AMBER):
            status = client.get(f"/editions/{key}/minutes/{other.label.lower()}/").status_code
            assert status == (200 if other <= level else 404), (who, other)


def test_a_document_is_listed_for_the_public_edition_and_for_the_class_that_the_bodys_minutes_have() -> None:
    published(whole())
    listed = MeetingDocument.objects.filter(kind="minutes").values_list("classification", flat=True)
    assert set(listed) == {Class.WHITE, meeting().committee.minutes_class}


def test_minutes_without_a_white_row_stay_out_of_the_publics_sight() -> None:
    decision("Canary.", Class.AMBER)
    published(Minutes.objects.get())
    assert Minutes.objects.get().classification == Class.AMBER
    assert not Edition.objects.filter(classification=Class.WHITE).exists()
    assert "Canary" not in text(Client(), "/minutes/")
    assert not StoredFile.objects.visible_to(None, instant(NEXT_ON)).exists()


def test_an_action_is_read_by_parties_when_the_white_minutes_are_published_and_never_by_the_public() -> None:
    row("To do.", kind="action", owner={"team": "technical"}, days=10)
    published(Minutes.objects.get())
    assert Action.objects.get().classification == Class.GREEN


def test_the_public_edition_names_no_person() -> None:
    row("To do.", kind="action", owner={"person": member(name="Owner Name")}, days=10)
    minutes = Minutes.objects.get()
    assert "Owner Name" not in to_json(minutes_document(minutes, Class.WHITE))
    assert "Owner Name" in to_json(minutes_document(minutes, Class.AMBER))


def test_published_forms_are_the_same_bytes_when_they_are_made_again() -> None:
    minutes = published(whole())
    edition = Edition.objects.get(kind="minutes", classification=Class.WHITE)
    document = minutes_document(minutes, Class.WHITE)
    for form in FORMS:
        assert edition.form(form).read() == written(document, form)
