"""Reading e-mail: whatever is malformed, something readable comes out and nothing dangerous does."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.post.invites import told
from secretariat.post.parts import from_html, in_charset
from secretariat.post.reading import BODY_LIMIT, FORWARD, read, unreadable
from secretariat.post.winmail import opened
from tests.post.corpus_bodies import EVENT, winmail


def letter(body: bytes = b"Hello", head: str = "", kind: str = "text/plain; charset=utf-8") -> bytes:
    return (f"From: A Person <a@example.org>\r\nContent-Type: {kind}\r\n{head}\r\n").encode() + body


def test_encoded_headers_and_both_dates_are_read() -> None:
    head = (
        "Subject: =?utf-8?q?=C2=A3540_fee?=\r\nTo: post@example.org\r\nMessage-ID: <1@x>\r\n"
        "Date: Mon, 17 Feb 2020 09:30:00 +0100\r\nIn-Reply-To: <0@x>\r\nReferences: <a@x>\r\n <0@x>\r\n"
    )
    found = read(letter(head=head))
    assert (found.subject, found.to, found.message_id) == ("£540 fee", "post@example.org", "<1@x>")
    assert (found.from_name, found.from_address) == ("A Person", "a@example.org")
    assert found.sent == datetime(2020, 2, 17, 8, 30, tzinfo=UTC)
    assert (found.in_reply_to, found.references) == ("<0@x>", ["<a@x>", "<0@x>"])


def test_a_message_without_an_id_gets_one_from_its_bytes() -> None:
    assert read(letter()).message_id == read(letter()).message_id
    assert read(letter()).message_id.endswith("@no-message-id>")
    assert read(letter(b"Other")).message_id != read(letter()).message_id


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-7x", "ascii"])
def test_a_wrong_charset_still_gives_text(charset: str) -> None:
    assert "price" in read(letter(b"price \xa3 540", kind=f"text/plain; charset={charset}")).body


def test_wrong_headers_are_read_as_far_as_they_go() -> None:
    raw = b"From: \xff\xfe <>\r\nSubject: =?bad?q?x?= \x80\r\nDate: yesterday\r\n\r\nBody"
    found = read(raw)
    assert found.body == "Body"
    assert found.sent is None


def test_html_is_reduced_to_its_words() -> None:
    raw = letter(b"<p>One &amp; two</p><script>alert(1)</script><style>p{}</style><p>Three<br>four", kind="text/html")
    assert read(raw).body == "One & two\nThree\nfour"
    assert from_html("a<img src=x onerror=alert(1)>b") == "ab"


def test_of_alternatives_the_plain_text_is_taken() -> None:
    mail = EmailMessage()
    mail["From"] = "a@example.org"
    mail.set_content("plain words")
    mail.add_alternative("<p>html words</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="../../etc/a paper.pdf")
    found = read(mail.as_bytes())
    assert found.body == "plain words"
    assert [one.name for one in found.attachments] == ["a paper.pdf"]


def test_the_texts_of_nested_parts_stand_one_after_the_other() -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner.set_content("inner")
    inner.add_alternative("<b>inner</b>", subtype="html")
    outer.make_mixed()
    outer.attach(inner)
    foot = EmailMessage()
    foot.set_content("foot")
    outer.attach(foot)
    assert read(outer.as_bytes()).body == "inner\n\nfoot"


def test_nesting_without_end_is_cut_and_said() -> None:
    depth = 60
    opened = "".join(
        f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n' for level in range(depth)
    )
    raw = f"From: a@b.c\r\n{opened}Content-Type: text/plain\r\n\r\ndeep\r\n".encode()
    found = read(raw)
    assert found.body == ""
    assert "nested" in found.refused[0]["reason"]


def test_a_multipart_that_is_none_loses_no_attachment_in_an_error() -> None:
    assert read(letter(b"no boundary here", kind="multipart/mixed")).attachments == []


def test_a_forwarded_message_is_read_after_the_text_with_its_head_and_its_files() -> None:
    mail, inner, innermost = EmailMessage(), EmailMessage(), EmailMessage()
    innermost["Subject"] = "Third"
    innermost.set_content("deepest")
    innermost.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="deep.pdf")
    inner["Subject"], inner["From"] = "Second", "b@example.org"
    inner.set_content("inside")
    inner.add_attachment(innermost)
    mail.set_content("see below")
    mail.add_attachment(inner)
    found = read(mail.as_bytes())
    assert found.body == (
        f"see below\n\n{FORWARD}\nFrom: b@example.org\nSubject: Second\n\ninside\n\n"
        f"{FORWARD}\nSubject: Third\n\ndeepest"
    )
    assert [one.name for one in found.attachments] == ["Second.eml", "deep.pdf"]
    assert found.attachments[0].content.startswith(b"Subject: Second")


@pytest.mark.parametrize(
    ("head", "automatic"),
    [
        ("", False),
        ("Auto-Submitted: no\r\n", False),
        ("Auto-Submitted: auto-replied; x=y\r\n", True),
        ("Precedence: bulk\r\n", True),
        ("X-Autoreply: yes\r\n", True),
    ],
)
def test_what_a_program_sent_is_marked(head: str, automatic: bool) -> None:
    assert bool(read(letter(head=head)).automatic) is automatic


def test_control_characters_are_taken_out() -> None:
    found = read(letter(b"a\x00b\x1b[31mc", head="Subject: x\x00y\r\n"))
    assert found.body == "ab[31mc"
    assert found.subject == "xy"


def test_a_text_that_is_too_long_is_cut_and_said() -> None:
    found = read(letter(b"x" * (BODY_LIMIT + 1)))
    assert len(found.body) == BODY_LIMIT
    assert found.refused[0]["name"] == "the text"


@pytest.mark.parametrize("name", ['a"b\r\nc.pdf', "..", "con/../../x.pdf", "\\\\host\\x.pdf", "é.pdf"])
def test_names_of_files_hold_no_folder_quote_or_line_end(name: str) -> None:
    mail = EmailMessage()
    mail.set_content("x")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename=name.replace("\r\n", " "))
    found = read(mail.as_bytes()).attachments[0].name
    assert not set(found) & set('/\\"\r\n')
    assert found.endswith(".pdf")


def test_bytes_that_cannot_be_read_are_kept_as_such() -> None:
    found = unreadable(b"\x00", "why")
    assert (found.subject, found.refused[0]["reason"]) == ("(unreadable message)", "why")


def test_an_invitation_is_told_in_lines_and_nothing_of_it_is_accepted() -> None:
    event = EVENT.replace("WORD", "Review")
    assert told(f"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n{event}END:VCALENDAR") == (
        "Invitation: Review and more\nFrom: 2020-03-06 10:00 UTC\nTo: 2020-03-06 11:00 (Europe/London)\n"
        "Where: Room 1, London\nOrganiser: ann@example.org"
    )
    assert told("no calendar at all") == ""


def test_what_outlook_packed_comes_out_under_its_long_name_with_the_text() -> None:
    found = opened(winmail("A long name of a paper.csv", b"a,b\r\n", b"Words\0"))
    assert (found.text, found.files) == ("Words", [("A long name of a paper.csv", b"a,b\r\n")])
    with pytest.raises(ValueError, match="Outlook"):
        opened(b"other bytes")


@given(st.binary(max_size=400), st.integers(6, 200))
def test_whatever_stands_in_a_packed_file_reading_it_ends(rubbish: bytes, cut: int) -> None:
    whole = winmail("a.txt", b"Words")
    found = opened(whole[:cut] + rubbish)
    assert sum(len(content) for _, content in found.files) <= len(whole) + len(rubbish)


def test_latin_text_that_calls_itself_something_else_is_read_as_windows_writes_it() -> None:
    assert in_charset(b"\x93quoted\x94 \xa3", "iso-8859-1") == "“quoted” £"
    assert in_charset(b"\xa3 540", "martian") == "£ 540"
    assert in_charset("Grüße".encode(), "us-ascii") == "Grüße"
