"""Files that come by mail: what is kept apart, what is left in the mail and named, and how it is handed out."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from secretariat.core.people import Role
from secretariat.post.hidden import told_apart
from secretariat.post.keeping import OUTLOOKS_OWN, why_left
from secretariat.post.mail_in import take_in
from secretariat.post.models import IncomingMail
from tests.helpdesk.factories import NOON, person

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Board\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", JPEG),
        ("A.JPEG", JPEG),
        ("a.gif", b"GIF89a.."),
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 "),
        ("a.tif", b"II*\0...."),
        ("a.bmp", b"BM......"),
        ("meeting.ics", CALENDAR),
        ("meeting.ics", b"\xef\xbb\xbf" + CALENDAR),
        ("told.eml", b"From: a@example.org\r\nSubject: x\r\n\r\nwords"),
        ("told.msg", OLE + b"\0" * 600 + OUTLOOKS_OWN),
        ("old.csv", "Gebühr\r\n1\r\n".encode("latin-1")),
        ("unicode.txt", "Gebühr".encode("utf-16")),
    ],
)
def test_pictures_invitations_messages_and_texts_of_any_character_set_are_kept(name: str, content: bytes) -> None:
    assert why_left(name, content) == ""


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("run.exe", b"MZ", "may be programs"),
        ("drawing.svg", b"<svg onload=x()>", "may be programs"),
        ("macros.xlsm", b"PK", "may be programs"),
        ("README", b"words", "without an ending"),
        ("photo.jpg", b"MZ\x90", "not hold what its ending says"),
        ("photo.webp", b"RIFF\x10\0\0\0WAVE", "not hold what its ending says"),
        ("report.msg", OLE + b"Macros", "not hold what its ending says"),
        ("meeting.ics", b"MZ", "not hold what its ending says"),
        ("told.eml", b"\0\0", "not hold what its ending says"),
        ("facts.csv", b"a\0b", "not hold what its ending says"),
        ("empty.png", b"", "empty"),
    ],
)
def test_everything_else_is_left_with_a_reason(name: str, content: bytes, reason: str) -> None:
    assert reason in why_left(name, content)


def test_what_is_too_large_is_left(settings: Any) -> None:
    settings.FILE_LIMIT = 2**20
    assert why_left("a.jpg", JPEG + b"\0" * 2**20) == "It is larger than 1 MiB."


@pytest.mark.django_db
def test_a_picture_an_invitation_and_a_forwarded_mail_are_downloads_that_no_browser_opens(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "First asked", "b@example.org"
    inner.set_content("inside")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "ann@example.org", "See these"
    mail.set_content("words")
    mail.add_attachment(JPEG, maintype="image", subtype="jpeg", filename="photo.jpg")
    mail.add_attachment(CALENDAR, maintype="text", subtype="calendar", filename="board.ics")
    mail.add_attachment(inner)
    take_in(mail.as_bytes(), "", NOON, NOON)
    kept = IncomingMail.objects.get()
    assert sorted(file.name for file in kept.files.all()) == ["First asked.eml", "board.ics", "photo.jpg"]
    assert (kept.refused, "Invitation: Board" in kept.body, "inside" in kept.body) == ([], True, True)
    client.force_login(person(Role.SECRETARIAT, "helpdesk"))
    for file in kept.files.all():
        answer = client.get(file.get_absolute_url())
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox"
        assert b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("html", "shown", "hidden"),
    [
        ("<p>a<span style='display: none'>no</span>b</p>", "<p>ab</p>", "no"),
        ('<div STYLE="font-size:0px">x <b>y</b> z</div>w', "w", "x y z"),
        ("<div hidden>x<div>y</div>z</div>w", "w", "x y z"),
        ("<p style='font-size:0.9em'>a</p>", "<p style='font-size:0.9em'>a</p>", ""),
        ("<p style='display:none'>never closed", "<p style='display:none'>never closed", ""),
        ("<p>nothing is hidden here</p>", "<p>nothing is hidden here</p>", ""),
        ("<br style='display:none'>a", "<br style='display:none'>a", ""),
    ],
)
def test_words_that_html_hides_are_told_apart(html: str, shown: str, hidden: str) -> None:
    assert told_apart(html) == (shown, hidden)
