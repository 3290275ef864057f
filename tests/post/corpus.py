"""More than three hundred awkward e-mails, the same at every run. All of it is invented.

Each carries a word of its own, and says where that word must be found again once the mail is read.
"""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial
from quopri import encodestring
from typing import Any

CRLF = "\r\n"
Made = str | bytes | EmailMessage | Callable[[str], "Made"]
Row = tuple[str, Made, dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """One awkward mail: `where` is body, subject, name (of a file), file (its content), refused or nowhere."""

    name: str
    raw: bytes
    word: str
    where: str = "body"
    automatic: bool = False
    bounces: bool = False


FAMILIES: list[Callable[[], Iterator[Row]]] = []


def family(made: Callable[[], Iterator[Row]]) -> Callable[[], Iterator[Row]]:
    """Adds a family of mails: a name, the mail with WORD where its own word belongs (or made of it), what to expect."""
    FAMILIES.append(made)
    return made


def corpus() -> list[Case]:
    """Every mail, with its own word put in."""
    cases: list[Case] = []
    for made in FAMILIES:
        for name, content, expected in made():
            word = f"QX{len(cases):04d}XQ"
            cases.append(Case(f"{made.__name__}: {name}", _bytes(content, word), word, **expected))
    return cases


def _bytes(content: Made, word: str) -> bytes:
    if callable(content):
        return _bytes(content(word), word)
    if isinstance(content, EmailMessage):
        return content.as_bytes()
    return (content if isinstance(content, bytes) else content.encode()).replace(b"WORD", word.encode())


def mail(head: str = "", body: str = "WORD", kind: str = "text/plain; charset=utf-8") -> str:
    """A mail with these header lines besides the usual."""
    more = "".join(f"{line}{CRLF}" for line in head.split("\n") if line)
    return f"From: Ann <ann@example.org>{CRLF}Subject: Awkward{CRLF}Content-Type: {kind}{CRLF}{more}{CRLF}{body}"


def bare(head: str, body: str = "WORD") -> str:
    """A mail with nothing in its head but these lines."""
    return head.replace("\n", CRLF) + CRLF + CRLF + body


def with_file(content: bytes, name: str, kind: str = "application/octet-stream", text: str = "see the file") -> Made:
    """A mail with one file."""
    made = EmailMessage()
    made["From"], made["Subject"] = "ann@example.org", "Awkward"
    made.set_content(text)
    main, _, sub = kind.partition("/")
    made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    made.set_boundary("==zz==")
    return made.as_bytes()


def mixed(*parts: str, kind: str = "multipart/mixed", boundary: str = "zz", end: bool = True) -> str:
    """A mail of these parts, each with its own head."""
    inner = "".join(f"--{boundary}{CRLF}{part}{CRLF}" for part in parts) + (f"--{boundary}--{CRLF}" if end else "")
    return mail("", inner, f'{kind}; boundary="{boundary}"')


def text(body: str = "WORD", kind: str = "text/plain", head: str = "") -> str:
    """A part that is a text."""
    return f"Content-Type: {kind}{CRLF}{head}{CRLF}{body}"


TEXTS = {
    "utf-8": "Grüße £ € 漢字",
    "iso-8859-1": "Grüße £",
    "windows-1252": "“quoted” £ €",
    "iso-8859-15": "€ œuvre",
    "iso-8859-2": "žluťoučký kůň",
    "iso-8859-5": "Привет",
    "koi8-r": "Привет",
    "windows-1251": "Привет",
    "iso-8859-7": "Ελλάδα",
    "iso-8859-9": "İstanbul",
    "windows-1250": "žluťoučký",
    "gb2312": "你好",
    "gb18030": "你好",
    "big5": "你好",
    "shift_jis": "こんにちは",
    "iso-2022-jp": "こんにちは",
    "euc-jp": "こんにちは",
    "euc-kr": "안녕",
    "ks_c_5601-1987": "안녕",
    "utf-16": "Grüße",
    "utf-32": "Grüße",
    "mac-roman": "Grüße",
    "cp850": "Grüße",
    "tis-620": "สวัสดี",
}


def _encoded(charset: str, way: str, said: str, word: str) -> bytes:
    codec = "euc-kr" if charset.startswith("ks_c") else charset
    content = f"{said}{CRLF}{word}{CRLF}".encode(codec)
    if way != "8bit":
        content = encodebytes(content) if way == "base64" else encodestring(content)
    return mail(f"Content-Transfer-Encoding: {way}", "", f"text/plain; charset={charset}").encode() + content


@family
def charsets() -> Iterator[Row]:
    """Every character set that mail is met in, in each way of carrying it."""
    for charset, said in TEXTS.items():
        for way in ("8bit", "base64", "quoted-printable"):
            yield f"{charset} {way}", partial(_encoded, charset, way, said), {}


@family
def wrong_charsets() -> Iterator[Row]:
    """Character sets that are none, are misspelt, or are a trap of the language that reads them."""
    names = "martian utf8 UTF_8 'utf-8' x-unknown unknown-8bit default ascii us-ascii latin1 ansi_x3.110-1983 8bit"
    traps = (
        "punycode puny-code idna unicode_escape raw_unicode_escape undefined rot13 hex base64 zlib bz2 uu mbcs utf-7"
    )
    for name in [*names.split(), *traps.split()]:
        yield name, mail("", "WORD \u00a3", f"text/plain; charset={name}"), {}
    yield "empty", mail("", "WORD", 'text/plain; charset=""'), {}
    yield "of 10,000 letters", mail("", "WORD", f"text/plain; charset={'x' * 10_000}"), {}
    yield "encoded", mail("", "WORD", "text/plain; charset*=us-ascii'en'utf-8"), {}
    yield "twice", mail("", "WORD", "text/plain; charset=utf-8; charset=ascii"), {}
    yield "latin as utf-8", mail().encode() + b" \xa3 \xe9", {}


@family
def transfer_encodings() -> Iterator[Row]:
    """Ways of carrying bytes that are cut short, mixed up or unknown."""
    yield "base64 without its end", lambda word: _way("base64", encodebytes(f"{word} more".encode()).rstrip(b"=\n")), {}
    yield "base64 with rubbish", lambda word: _way("base64", b"!!" + encodebytes(word.encode() + b" more")), {}
    yield "base64 on one line", lambda w: _way("base64", encodebytes(w.encode() * 200).replace(b"\n", b"")), {}
    yield "base64 that is text", _way("base64", b"WORD is not encoded at all, it says."), {"where": "nowhere"}
    yield "quoted-printable with bad escapes", _way("quoted-printable", b"=ZZ WORD =4 =\r\n=\r\n="), {}
    yield "quoted-printable lower case", _way("quoted-printable", b"=c3=bc WORD"), {}
    for name in ("x-unknown", "7 bit", "BASE-64", "", "8bit; x=y", "binary"):
        yield f"named {name!r}", _way(name, b"WORD \xc3\xbc"), {}
    yield "uuencode", _way("x-uuencode", b"begin 644 x\r\n#0V%T\r\n`\r\nend\r\n"), {"where": "nowhere"}


def _way(name: str, content: bytes) -> bytes:
    return mail(f"Content-Transfer-Encoding: {name}", "").encode() + content


@family
def heads() -> Iterator[Row]:
    """Heads that are missing, doubled, endless, misleading or made to break what reads them."""
    yield "nothing but a body", b"\r\n\r\nWORD", {}
    yield "no head at all", b"WORD", {"where": "nowhere"}
    yield "empty", b"", {"where": "nowhere"}
    yield "one line end", b"\n", {"where": "nowhere"}
    yield "zeroes", b"\x00" * 4096, {"where": "nowhere"}
    yield "every byte", bytes(range(256)) * 16, {"where": "nowhere"}
    yield "line feeds only", mail().replace(CRLF, "\n"), {}
    yield "carriage returns only", mail().replace(CRLF, "\r"), {}
    yield "from a mailbox file", "From ann@example.org Mon Feb 17 09:30:00 2020\r\n" + mail(), {}
    yield "begins with a byte order mark", b"\xef\xbb\xbf" + mail().encode(), {}
    yield "zero bytes in it", mail("X-Null: a\x00b", "a\x00 WORD \x00"), {}
    yield "eight bits in the head", bare("From: J\xfcrgen <j@example.org>\nSubject: WORD \xa3").encode("latin-1"), {}
    for number in (2, 3, 50):
        yield f"{number} of each header", mail("From: b@example.org\nSubject: again\nMessage-ID: <d@x>\n" * number), {}
    yield "ten thousand headers", mail("\n".join(f"X-{n}: {n}" for n in range(10_000))), {}
    yield "a header of a megabyte", mail(f"X-Long: {'a ' * 500_000}"), {}
    yield "a subject of 100,000 letters", bare(f"From: a@example.org\nSubject: WORD {'x' * 100_000}"), {}
    yield "a header folded 5,000 times", bare(f"From: a@example.org\nSubject: WORD{(CRLF + ' x') * 5000}"), {}
    yield "spaces before the colon", bare("From : a@example.org\nSubject : WORD"), {"where": "nowhere"}
    yield "a line without colon", bare("From: a@example.org\nthis is no header\nSubject: x", "WORD"), {}
    yield "an empty name", bare(": x\nFrom: a@example.org"), {}
    subjects = {
        "encoded": "=?utf-8?q?WORD_=C2=A3?=",
        "two words": "=?utf-8?q?WO?= =?utf-8?q?RD?=",
        "bad encoding": "=?utf-8?x?WORD?=",
        "no such set": "=?martian?q?WORD?=",
        "punycode": "=?punycode?q?WORD?=",
        "no end": "=?utf-8?q?WORD",
        "an empty word": "=?utf-8?q??= WORD",
        "a line end inside": "=?utf-8?q?WORD=0D=0ABcc:_all@example.org?=",
        "terminal orders": "=?utf-8?q?WORD=1B[31m=07?=",
        "turned round": "WORD \u202egpj.exe",
        "emoji": "WORD 🎉👩‍👩‍👧",
        "markup": "WORD <script>alert(1)</script>",
        "template": "WORD {{ 7*7 }} {% x %} ${7*7}",
        "formula": "=WORD+cmd|' /C x'!A0",
        "sql": "WORD'); DROP TABLE post_message;--",
        "half a surrogate": "WORD \\ud800",
        "tabs": "\tWORD\t\t",
        "many encoded words": " ".join(["=?utf-8?q?a?="] * 500) + " WORD",
    }
    for name, subject in subjects.items():
        yield f"subject {name}", bare(f"From: a@example.org\nSubject: {subject}", "text"), _subject(name)
    senders = (
        "",
        "<>",
        "Ann",
        "ann@",
        "@example.org",
        "a@b@c",
        "Ann <ann@example.org",
        "ann@example.org>",
        '"Ann" "B" <a@example.org>',
        "=?utf-8?q?J=C3=BCrgen?= <j@example.org>",
        '"ann@good.example" <evil@bad.example>',
        "undisclosed-recipients:;",
        "Group: a@example.org, b@example.org;",
        "(" * 500 + "ann@example.org",
        "a@example.org" + ", b@example.org" * 5000,
        "ann@[127.0.0.1]",
        '"a\\"b"@example.org',
        "ann@exämple.org",
        "ann @ example . org",
        "mailto:ann@example.org",
        "<" * 3000,
        '"' + "\\" * 3000,
        "ann@example.org\r\n\tfolded",
        "'; DROP TABLE x; --@example.org",
    )
    for sender in senders:
        yield f"from {sender[:30]!r}", bare(f"From: {sender}\nSubject: x", "WORD").encode("utf-8", "replace"), {}
    dates = (
        "",
        "yesterday",
        "Mon, 99 Foo 2020 99:99:99 +9999",
        "Mon, 17 Feb 2020 09:30:00",
        "0",
        "-1",
        "9" * 400,
        "Mon, 17 Feb 0001 00:00:00 +0000",
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "Mon, 17 Feb 2020 24:60:61 +0000",
        "2020-02-17T09:30:00Z",
        "Mon, 17 Feb 20 09:30 GMT",
        "Mon, 17 Feb 2020 09:30:00 +0100 (CET) x",
        "17 Feb",
    )
    for date in dates:
        yield f"date {date[:30]!r}", mail(f"Date: {date}"), {}
    ids = (
        "",
        "x",
        "<>",
        "<x>",
        "<@>",
        "< a@b >",
        "<a@b> <c@d>",
        f"<{'a' * 500}@x>",
        "<a\x00b@x>",
        "<ä@x>",
        "<a@b",
        "a@b",
        "<a@b@c>",
        "=?utf-8?q?<a@b>?=",
        "<a@x>\r\n <b@x>",
    )
    for one in ids:
        yield f"id {one[:20]!r}", mail(f"Message-ID: {one}\nIn-Reply-To: {one}\nReferences: {one * 3}"), {}
    yield "ten thousand references", mail("References: " + " ".join(f"<{n}@x>" for n in range(10_000))), {}


def _subject(name: str) -> dict[str, Any]:
    return {"where": "nowhere" if name in ("two words", "many encoded words") else "subject"}
