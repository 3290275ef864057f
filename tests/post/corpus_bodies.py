"""The rest of the corpus: bodies, files, invitations, what programs write, and what mail servers send back."""

from __future__ import annotations

import io
import struct
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from email.message import EmailMessage

from tests.post.corpus import CRLF, Made, Row, bare, family, mail, mixed, text, with_file


@family
def structures() -> Iterator[Row]:
    """Parts in parts, without end, without beginning, and of kinds that few programs write."""
    yield "a boundary that never closes", mixed(text(), end=False), {}
    yield "no boundary named", mail("", "--x\r\n\r\nWORD\r\n--x--", "multipart/mixed"), {"where": "nowhere"}
    yield "another boundary than named", mixed(text()).replace("--zz", "--yy"), {"where": "nowhere"}
    yield "an empty boundary", mixed(text(), boundary=""), {"where": "nowhere"}
    yield "a boundary of 2,000 letters", mixed(text(), boundary="z" * 2000), {}
    yield "a boundary of signs", mixed(text(), boundary="=_(.*)+[a-z]?"), {}
    yield "no parts", mixed(), {"where": "nowhere"}
    yield "text before and after the parts", mixed(text()).replace("--zz", "preamble\r\n--zz", 1) + "epilogue", {}
    for depth in (5, 30):
        yield f"nested {depth} deep", _nested(depth), {}
    for depth in (45, 200, 2000):
        yield f"nested {depth} deep", _nested(depth), {"where": "nowhere"}
    yield "3,000 parts", mixed(*[text("x")] * 3000, text()), {}
    yield "3,000 files", mixed(text(), *[text("x", "image/png")] * 3000), {}
    yield "3,000 empty parts", mixed(*[""] * 3000, text()), {}
    yield "only HTML to choose", mixed(text("<p>WORD</p>", "text/html"), kind="multipart/alternative"), {}
    empty = (text("  \r\n"), text("<p>WORD</p>", "text/html"))
    yield "an empty plain text beside HTML", mixed(*empty, kind="multipart/alternative"), {}
    both = (text("<p>other</p>", "text/html"), text())
    yield "HTML before the plain text", mixed(*both, kind="multipart/alternative"), {}
    related = text("<img src=cid:x>WORD", "text/html") + "\r\n--zz\r\n" + text("\x89PNG", "image/png")
    yield "pictures beside HTML", mixed(related, kind="multipart/related"), {}
    yield "a digest", mixed("\r\nSubject: one\r\n\r\nWORD", kind="multipart/digest"), {}
    yield "signed", mixed(text(), text("-----BEGIN PGP", "application/pgp-signature"), kind="multipart/signed"), {}
    yield (
        "encrypted",
        mixed(text("Version: 1", "application/pgp-encrypted"), kind="multipart/encrypted"),
        {"where": "nowhere"},
    )
    yield (
        "S/MIME",
        mail("Content-Disposition: attachment; filename=smime.p7m", "TUlN", "application/pkcs7-mime"),
        {"where": "nowhere"},
    )
    yield (
        "a part of a message",
        mail("", "\r\nWORD", 'message/partial; id="x"; number=1; total=2'),
        {"where": "nowhere"},
    )
    outside = "message/external-body; access-type=URL; URL=http://127.0.0.1/x"
    yield "a body that lies elsewhere", mail("", f"Content-Type: text/html{CRLF}{CRLF}", outside), {"where": "nowhere"}
    for kind in (
        "text",
        "text/",
        "/plain",
        "text/plain/x",
        "TEXT/PLAIN",
        "text/plain;;;;",
        "",
        "text/x-unknown",
        "*/*",
    ):
        where = "nowhere" if kind == "text/x-unknown" else "body"
        yield f"of the kind {kind!r}", mail("", "WORD", kind), {"where": where}
    for depth in (1, 3, 10):
        yield f"forwarded {depth} times", _forwarded(depth), {}
    yield "forwarded 40 times", _forwarded(40), {"where": "nowhere"}
    yield "forwarded 1,500 times", _forwarded(1500), {"where": "nowhere"}
    yield "forwarded in base64", _in_base64, {}
    yield "forwarded nothing", mixed(text(), "Content-Type: message/rfc822\r\n\r\n"), {}


def _nested(depth: int) -> str:
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"{CRLF}{CRLF}--b{n}{CRLF}' for n in range(depth))
    return f"From: a@example.org{CRLF}{opened}Content-Type: text/plain{CRLF}{CRLF}WORD{CRLF}"


def _forwarded(depth: int) -> str:
    return "".join(f"Subject: Fwd {n}{CRLF}Content-Type: message/rfc822{CRLF}{CRLF}" for n in range(depth)) + mail()


def _in_base64(word: str) -> str:
    inner = b64encode(mail().replace("WORD", word).encode()).decode()
    return mixed(
        text("see below"), f"Content-Type: message/rfc822{CRLF}Content-Transfer-Encoding: base64{CRLF}{CRLF}{inner}"
    )


@family
def pages() -> Iterator[Row]:
    """HTML that would do something if anybody let it, or that never ends."""
    bodies = {
        "a script": "<script>alert('EXECUTED')</script>WORD",
        "an order in a picture": "<img src=x onerror=EXECUTED()>WORD",
        "an SVG": "<svg/onload=EXECUTED()>WORD",
        "a style": "<style>@import 'http://127.0.0.1/EXECUTED'</style>WORD",
        "a form": "<form action=http://127.0.0.1><input name=p value=EXECUTED>WORD</form>",
        "an object": "<object data=x></object>WORD",
        "a refresh": "<meta http-equiv=refresh content='0;url=http://127.0.0.1'>WORD",
        "a frame": "<iframe src=//x></iframe>WORD",
        "a base": "<base href=http://127.0.0.1/>WORD",
        "a script link": "<a href='javascript:EXECUTED()'>WORD</a>",
        "data": "<a href='data:text/html,EXECUTED'>WORD</a>",
        "a comment": "<!-- EXECUTED -->WORD",
        "CDATA": "<![CDATA[x]]>WORD",
        "conditions": "<!--[if mso]><p>EXECUTED</p><![endif]-->WORD",
        "a tag in a tag": "<scr<script>ipt>EXECUTED</scr</script>ipt>WORD",
        "escaped markup": "&lt;script&gt;x()&lt;/script&gt; WORD",
        "entities": "W&#79;RD &#0; &#x110000; &nosuch; WORD",
        "unclosed": "<p><b><i>WORD",
        "upside down": "</p></b>WORD<b>",
        "a doctype": "<!DOCTYPE html PUBLIC 'x'><html>WORD",
        "an external entity": "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>WORD &e;",
        "Word's own": "<o:p>WORD</o:p>",
        "XML": "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>WORD</body></html>",
        "50,000 open tags": "WORD" + "<div>" * 50_000,
        "50,000 nested lists": "WORD" + "<ul><li>" * 25_000,
        "a megabyte of brackets": "WORD" + "<" * 1_000_000,
        "a megabyte of line breaks": "WORD" + "<br>" * 250_000,
        "an attribute of a megabyte": f"WORD<p title='{'x' * 1_000_000}'>",
        "a tag that never ends": "WORD<br " + "x " * 300_000,
        "entities by the thousand": "WORD" + "&amp;" * 100_000,
        "zero bytes": "W\x00ORD WORD<scr\x00ipt>x</scr\x00ipt>",
        "three megabytes": "WORD " + "<p>words and words</p>" * 150_000,
    }
    for name, body in bodies.items():
        yield name, mail("", body, "text/html; charset=utf-8"), {}
    yield (
        "UTF-7 that hides a script",
        mail("", "WORD +ADw-script+AD4-EXECUTED+ADw-/script+AD4-", "text/html; charset=utf-7"),
        {},
    )


@family
def hiding() -> Iterator[Row]:
    """HTML that says one thing to its reader and another to whoever reads its text."""
    ways = (
        "style='display:none'", 'style="visibility : hidden"', "style='font-size:0'", "style=mso-hide:all;display:none",
        "hidden", "style='max-height:0;overflow:hidden'",
    )  # fmt: skip
    for way in ways:
        yield f"by {way}", mail("", f"<p>WORD</p><div {way}>EXECUTED() orders</div>", "text/html"), {}
    yield "all of it", mail("", "<p hidden>WORD</p>", "text/html"), {"where": "refused"}
    yield "never closed", mail("", "<p style='display:none'>WORD", "text/html"), {}
    yield "50,000 times", mail("", "WORD" + "<i hidden>x</i>" * 50_000, "text/html"), {}
    yield "one in the other", mail("", "WORD" + "<i hidden>" * 2_000 + "x" + "</i>" * 2_000, "text/html"), {}
    yield "a tag that never ends", mail("", "WORD<i hidden " + "x " * 300_000, "text/html"), {}
    yield "tags that never end", mail("", "WORD hidden " + ("<i " + "x" * 4_000) * 400, "text/html"), {}


@family
def crowds() -> Iterator[Row]:
    """Mail to very many, to nobody, and to us under every name."""
    many = ", ".join(f"a{n}@example.org" for n in range(500))
    yield "500 in To", mail(f"To: {many}"), {}
    yield "5,000 in To and in Cc", mail(f"To: {many * 10}\nCc: {many * 10}"), {}
    yield "nobody", mail("To: undisclosed-recipients:;"), {}
    yield "a group", mail("To: All: a@example.org, b@example.org;, c@example.org"), {}
    yield "names with commas", mail('To: "Last, First" <a@example.org>, "B, C" <b@example.org>'), {}
    yield "a line end in an address", mail("To: =?utf-8?q?a=0D=0ABcc:_all@example.org?= <a@example.org>"), {}


@family
def references() -> Iterator[Row]:
    """Numbers of ours where they prove nothing."""
    for name, subject in {
        "in a forwarded subject": "Fwd: [ENQ-000001] A question",
        "two of them": "ENQ-000001 and ENQ-000002",
        "ten thousand": " ".join(f"ENQ-{n:06d}" for n in range(10_000)),
        "in another alphabet": "\u0415NQ-000001",
        "with digits of another alphabet": "ENQ-\u0660\u0660\u0660\u0660\u0660\u0661",
    }.items():
        yield name, bare(f"From: eve@example.org\nSubject: {subject}"), {}
    yield "in a quoted text", mail("", f"WORD{CRLF}> [ENQ-000001] A question"), {}
    yield (
        "in a forwarded mail",
        mixed(text(), f"Content-Type: message/rfc822{CRLF}{CRLF}" + bare("Subject: ENQ-000001", "x")),
        {},
    )
    yield "an answer to itself", mail("Message-ID: <a@x>\nIn-Reply-To: <a@x>\nReferences: <a@x>"), {}
    yield "a ring", mail("Message-ID: <a@x>\nIn-Reply-To: <b@x>\nReferences: <b@x> <a@x> <b@x>"), {}


@family
def files() -> Iterator[Row]:
    """Files with names that lead elsewhere, and contents that grow when they are opened."""
    names = (
        "../../etc/passwd",
        "..\\..\\x.pdf",
        "C:\\Windows\\x.exe",
        "/etc/x",
        ".htaccess",
        "..",
        "con.pdf",
        "a" * 500 + ".pdf",
        "x\u202efdp.exe",
        "x.pdf.exe",
        "x.exe ",
        "x\ty.pdf",
        'a"b.pdf',
        "a;b.pdf",
        "<script>.pdf",
        "a%00.pdf",
        "a\\b/c:d.pdf",
        "é漢.pdf",
    )
    for name in names:
        yield f"named {name[:20]!r}", _named(name), {"where": "file"}
    for head in (
        "filename*=utf-8''WORD%20a.pdf",
        'filename*0="WORD"; filename*1=".pdf"',
        'filename="=?utf-8?q?WORD.pdf?="',
        "filename*=martian'x'WORD.pdf",
        "filename=WORD",
        "filename*=''WORD.pdf",
    ):
        yield f"name told as {head[:24]}", mixed(text("see"), _part(head)), {"where": "name"}
    for head in ('filename=""', "filename*=utf-8''%FF%FE", "filename*0*=x; filename*2*=y", "filename"):
        yield f"name told as {head[:24]}", mixed(text("see"), _part(head)), {"where": "file"}
    for name, content in _archives():
        yield name, with_file(content, f"{name.replace(' ', '-')}.zip", text="WORD"), {}
        yield f"{name} as a workbook", with_file(content, "WORD.xlsx"), {"where": "name"}
    yield "a program", with_file(b"MZ\x90\x00", "WORD.exe"), {"where": "name"}
    yield "a link", with_file(b"[InternetShortcut]\r\nURL=file://x", "WORD.url"), {"where": "name"}
    yield (
        "a sheet with orders",
        with_file(b"a,b\r\n=cmd|' /C calc'!A0,1\r\n", "WORD.csv", "text/csv"),
        {"where": "name"},
    )
    yield "a card", lambda w: with_file(f"BEGIN:VCARD\r\nFN:{w}\r\n".encode(), "x.vcf", "text/vcard"), {"where": "file"}
    yield "a page as a file", with_file(b"<script>EXECUTED</script>", "WORD.html", "text/html"), {"where": "name"}
    yield "empty", with_file(b"", "WORD.pdf"), {"where": "name"}
    yield "five megabytes", with_file(b"0123456789abcde\n" * 327_680, "WORD.txt", "text/plain"), {"where": "name"}
    whole = winmail("a.txt", b"WORD inside")
    yield "winmail.dat", lambda word: _winmail(winmail("a.txt", word.encode())), {"where": "file"}
    yield (
        "winmail.dat under another kind",
        lambda w: with_file(winmail("b.txt", w.encode()), "winmail.dat"),
        {"where": "file"},
    )
    yield "winmail.dat with the text only in it", lambda w: _winmail(winmail("b.txt", b"x", w.encode()), ""), {}
    yield "winmail.dat that is none", _winmail(b"not Outlook's at all", "WORD"), {}
    for place in range(7, len(whole), 12):
        yield f"winmail.dat cut at {place}", _winmail(whole[:place], "WORD"), {}
    yield "winmail.dat of endless objects", _winmail(whole[:6] + b"\x01" * 400_000, "WORD"), {}
    greedy = struct.pack("<IH", 0x223E9F78, 1) + struct.pack("<BIII", 1, 0x00069003, 4, 0xFFFFFFFF) + b"xx"
    yield "winmail.dat with four thousand million properties", _winmail(greedy * 50, "WORD"), {}


def _named(name: str) -> Made:
    return lambda word: with_file(f"%PDF {word}".encode(), name, "application/pdf")


def _part(disposition: str) -> str:
    return f"Content-Type: application/pdf{CRLF}Content-Disposition: attachment; {disposition}{CRLF}{CRLF}%PDF WORD"


def _archives() -> Iterator[tuple[str, bytes]]:
    zeroes = zipped({"zeroes": b"\0" * 20_000_000})
    yield "a bomb", zeroes
    yield "a bomb in a bomb", zipped({f"{n}.zip": zeroes for n in range(10)})
    yield "ten thousand entries", zipped({str(n): b"" for n in range(10_000)})
    yield "names that lead elsewhere", zipped({"../../x": b"x", "/etc/x": b"x"})
    yield "half an archive", zeroes[: len(zeroes) // 2]
    yield "a workbook that is a bomb", zipped({"xl/workbook.xml": b"<a>" * 3_000_000})


def zipped(entries: dict[str, bytes]) -> bytes:
    """An archive of these entries."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def winmail(name: str, content: bytes, body: bytes = b"") -> bytes:
    """A winmail.dat with one file and, where it is given, the text."""
    objects = [(2, 0x00069002, b"\1\0" + b"\0" * 12), (2, 0x00018010, b"SHORT.TXT\0"), (2, 0x0006800F, content)]
    long_name = name.encode("utf-16-le") + b"\0\0"
    filled = long_name + b"\0" * (-len(long_name) % 4)
    prop = struct.pack("<IHHII", 1, 31, 0x3707, 1, len(long_name)) + filled
    objects = [(1, 0x0002800C, body), *objects] if body else objects
    packed = [
        struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
        for level, kind, data in [*objects, (2, 0x00069005, prop)]
    ]
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(packed)


def _winmail(content: bytes, said: str = "see the file") -> Made:
    return with_file(content, "winmail.dat", "application/ms-tnef", said)


@family
def invitations() -> Iterator[Row]:
    """Calendar entries of every method, and some that are none."""
    for method in ("REQUEST", "CANCEL", "REPLY", "COUNTER", "PUBLISH", "", "NONSENSE"):
        yield f"method {method!r}", _invited(f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\n{EVENT}END:VCALENDAR"), {}
    yield "folded", _invited(f"BEGIN:VCALENDAR\r\n{EVENT}".replace("SUMMARY:WO", "SUMMARY:\r\n WO")), {}
    yield "without an event", _invited("BEGIN:VCALENDAR\r\nEND:VCALENDAR"), {"where": "nowhere"}
    yield "ten thousand repeats", _invited(f"BEGIN:VCALENDAR\r\n{EVENT * 10_000}"), {}
    yield "every second for ever", _invited(EVENT.replace("END:V", "RRULE:FREQ=SECONDLY\r\nEND:V")), {}
    yield "times that are none", _invited(EVENT.replace("20200306T100000Z", "99999999T999999Z")), {}
    yield (
        "forwarded with an invitation",
        mixed(text(), f"Content-Type: message/rfc822{CRLF}{CRLF}" + _invited(EVENT)),
        {},
    )
    yield (
        "in a set that is none",
        mixed(text(), text(f"BEGIN:VCALENDAR\r\n{EVENT}", "text/calendar; charset=martian")),
        {},
    )
    yield "as a file", lambda w: with_file(EVENT.replace("WORD", w).encode(), "meeting.ics", text="x"), {}
    yield "that rings", _invited(EVENT + "BEGIN:VALARM\r\nACTION:PROCEDURE\r\nATTACH:file:///x\r\nEND:VALARM"), {}


EVENT = (
    "BEGIN:VEVENT\r\nSUMMARY:WORD and more\r\nDTSTART:20200306T100000Z\r\nDTEND;TZID=Europe/London:20200306T110000\r\n"
    "LOCATION:Room 1\\, London\r\nORGANIZER;CN=Ann:mailto:ann@example.org\r\nEND:VEVENT\r\n"
)


def _invited(content: str) -> str:
    return mixed(text("x"), text(content, "text/calendar; method=REQUEST"), kind="multipart/alternative")


@family
def programs() -> Iterator[Row]:
    """What programs write by themselves, so that no program may answer it."""
    heads = (
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated",
        "Auto-Submitted: auto-notified; owner=x",
        "auto-submitted: AUTO-REPLIED",
        "Precedence: bulk",
        "Precedence: junk",
        "Precedence: list",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Autorespond: x",
        "X-Loop: x",
        "List-Id: <x.example.org>",
        "List-Unsubscribe: <https://example.org>",
        "Return-Path: <>",
    )
    for head in heads:
        yield head, mail(head), {"automatic": True}
    senders = (
        "MAILER-DAEMON@example.org",
        "postmaster@example.org",
        "no-reply@example.org",
        "noreply+1@example.org",
        "bounce-7@example.org",
    )
    for sender in senders:
        yield sender, bare(f"From: {sender}\nSubject: x"), {"automatic": True}
    subjects = (
        "Automatic reply: WORD",
        "Out of office: WORD",
        "Out of Office AutoReply: WORD",
        "Automatische Antwort: WORD",
        "AutoReply: x",
    )
    for subject in subjects:
        yield subject, bare(f"From: a@example.org\nSubject: {subject}"), {"automatic": True}
    for head in ("Auto-Submitted: no", "Precedence: first-class", "X-Auto-Response-Suppress: OOF"):
        yield head, mail(head), {}
    yield (
        "a person asks about the office",
        bare("From: a@example.org\nSubject: Out of office hours, whom do I call?"),
        {},
    )
    yield (
        "a receipt",
        mixed(
            text(),
            "Content-Type: message/disposition-notification\r\n\r\nDisposition: displayed",
            kind="multipart/report",
        ),
        {"automatic": True},
    )


@family
def returned() -> Iterator[Row]:
    """What mail servers of several makes send back."""
    both: dict[str, object] = {"automatic": True, "bounces": True}
    for code, action in (
        ("5.1.1", "failed"),
        ("5.2.2", "failed"),
        ("4.4.7", "failed"),
        ("5.7.1", "Failed"),
        ("5.0.0", "FAILED"),
    ):
        yield f"{action} {code}", report(code, action), both
    for action in ("delayed", "delivered", "relayed", "expanded", ""):
        yield f"action {action!r}", report("4.0.0", action), {"automatic": True}
    exim = "From: Mailer-Daemon@example.org\nX-Failed-Recipients: gone@example.org\nSubject: Mail delivery failed"
    yield "Exim's", bare(exim, "WORD 550 5.1.1 no such user"), both
    qmail = (
        "WORD Hi. This is the qmail-send program.\r\n\r\n<gone@example.org>:\r\nSorry, no mailbox here. (#5.1.1)\r\n"
    )
    yield "qmail's", bare("From: MAILER-DAEMON@example.org\nSubject: failure notice", qmail), both
    yield (
        "with no part that says so",
        bare("From: MAILER-DAEMON@example.org\nSubject: failure notice"),
        {"automatic": True},
    )
    yield "cut in the middle", report("5.1.1", "failed")[:420] + "WORD", {**both, "where": "nowhere"}
    yield "of ten thousand addresses", report("5.1.1", "failed", 10_000), both


def report(code: str, action: str, addresses: int = 1, original: str = "<sent@example.org>", to: str = "gone") -> str:
    """A report of non-delivery as RFC 3464 has it."""
    status = "".join(
        f"{CRLF}Final-Recipient: rfc822; {to}{n or ''}@example.org{CRLF}Action: {action}{CRLF}Status: {code}{CRLF}"
        f"Diagnostic-Code: smtp; 550 {code} no such person{CRLF}"
        for n in range(addresses)
    )
    return mixed(
        text("WORD could not be delivered"),
        text(f"Reporting-MTA: dns; mail.example.org{CRLF}{status}", "message/delivery-status"),
        text(f"Message-ID: {original}{CRLF}Subject: a{CRLF}", "text/rfc822-headers"),
        kind="multipart/report; report-type=delivery-status",
    )


@family
def conversations() -> Iterator[Row]:
    """Answers as programs of several makes quote them."""
    for name, quoted in QUOTED.items():
        yield name, mail("In-Reply-To: <1@example.org>", f"WORD{CRLF}{CRLF}{quoted.replace(chr(10), CRLF)}"), {}
    long_ = EmailMessage()
    long_["From"], long_["Subject"] = "ann@example.org", "x"
    long_.set_content("WORD\n" + "> quoted\n" * 20_000)
    yield "20,000 quoted lines", lambda word: long_.as_bytes().replace(b"WORD", word.encode()), {}
    yield "a text of a megabyte", mail("", "WORD " + "words " * 200_000), {}


QUOTED = {
    "marked": "On Mon, 17 Feb 2020 at 09:30, Ben <ben@example.org> wrote:\n> earlier words",
    "marked and folded": "On Mon, 17 Feb 2020 at 09:30, Ben of Somewhere\n<ben@example.org> wrote:\n\n> earlier words",
    "unmarked": "On 17/02/2020 09:30, Ben wrote:\nearlier words",
    "Outlook's": "From: Ben <ben@example.org>\nSent: 17 February 2020\nTo: Ann\nSubject: RE: x\n\nearlier words",
    "Outlook's with a rule": "________________\nFrom: Ben\nSent: Monday\nTo: Ann\nSubject: x\n\nearlier words",
    "old Outlook's": "-----Original Message-----\nFrom: Ben\n\nearlier words",
    "German": "Am 17.02.2020 um 09:30 schrieb Ben <ben@example.org>:\n> earlier words",
    "French": "Le lun. 17 févr. 2020 à 09:30, Ben a écrit :\n> earlier words",
    "German Outlook's": "Von: Ben\nGesendet: Montag\nAn: Ann\nBetreff: x\n\nearlier words",
    "forwarded": "---------- Forwarded message ---------\nFrom: Ben\n\nearlier words",
    "Apple's": "Begin forwarded message:\n\nFrom: Ben\nearlier words",
    "only marks": "> earlier words\n>> and before",
}
"""Answers that all quote the words "earlier words"."""
