"""The parts of an e-mail: its texts and its files, in any character set and within bounds."""

from __future__ import annotations

import codecs
import html
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message as Mail
from pathlib import PurePosixPath

import nh3

from secretariat.post.delivery_reports import STATUS_TYPES
from secretariat.post.headers import decoded_words, plain
from secretariat.post.hidden import told_apart

HTML_LIMIT = 2_000_000
DEPTH_LIMIT = 40
REPORT_LIMIT = 5_000
HIDDEN_TOLD = 200
BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/li|/tr|/h[1-6]|/blockquote)\b[^>]{0,2000}>")
USUAL = re.compile(
    r"(?i)</?(?:div|span|p|br|a|b|i|u|strong|em|font|center|table|tbody|thead|tr|td|th|ul|ol|li|h[1-6]|blockquote|"
    r"o:p|section|small|sup|sub)(?:\s[^<>]{0,5000})?/?>"
)
"""Tags that only arrange words; whatever else there is, the cleaner takes out."""
TAG = re.compile(r"<[^<>]{0,5000}>")
TAGS_LIMIT = 5_000
REPORTS = (*STATUS_TYPES, "message/disposition-notification", "message/feedback-report", "text/rfc822-headers")
FORWARDED = ("message/rfc822", "message/global")
SAME_AS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "iso-8859-8-i": "iso-8859-8",
    "unicode": "utf-16",
}
"""What writers mean by these names (as the WHATWG's encoding standard has it)."""
NOT_TEXT = ("punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined")
"""Character sets of Python's own that no mail is written in, and of which some take for ever."""


def parsed(raw: bytes) -> Mail:
    """The mail in these bytes, with no character set that reading it would trip over.

    Raises RecursionError when its parts are nested deeper than the parser follows.
    """
    mail = message_from_bytes(raw, policy=policy.compat32)
    waiting: list[Mail] = [mail]
    while waiting:
        part = waiting.pop()
        if _codec(str(part.get_param("charset", ""))) in NOT_TEXT:
            part.set_param("charset", "utf-8")
        waiting += inner_parts(part) if part.is_multipart() else []
    return mail


def is_file(part: Mail) -> bool:
    """Whether a part is a file rather than text to read or a holder of parts."""
    if part.get_content_maintype() == "multipart":
        return False
    named = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    main, _, sub = part.get_content_type().partition("/")
    said = f"{main}/{sub}" in ("text/plain", "text/html", *REPORTS) or not main or sub in ("", "*")
    return named or not said


def texts(part: Mail, refused: list[dict[str, str]], depth: int = 0) -> Iterator[str]:
    """The texts of a message in order; of alternatives the plain one, of HTML its text alone."""
    if depth > DEPTH_LIMIT:
        refused.append({"name": "a part of the text", "reason": f"It is nested more than {DEPTH_LIMIT} deep."})
        return
    if part.get_content_maintype() != "multipart":
        if not is_file(part):
            yield _text(part, refused)
        return
    inner = inner_parts(part)
    if part.get_content_type() == "multipart/alternative":
        inner = sorted(inner, key=lambda one: one.get_content_type() != "text/plain")
        found = (list(texts(one, refused, depth + 1)) for one in inner)
        yield from next((some for some in found if any(text.strip() for text in some)), [])
        return
    for one in inner:
        yield from texts(one, refused, depth + 1)


def files_of(part: Mail, depth: int = 0) -> Iterator[Mail]:
    """The parts that are files, in order."""
    if depth > DEPTH_LIMIT:
        return
    if is_file(part):
        yield part
    elif part.get_content_maintype() == "multipart":
        for one in inner_parts(part):
            yield from files_of(one, depth + 1)


def inner_parts(part: Mail) -> list[Mail]:
    """The parts that a part holds."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Mail)] if isinstance(payload, list) else []


def forwarded(part: Mail) -> Mail | None:
    """The message that a part forwards, even when it was encoded as none should be; None when there is none."""
    inner = next(iter(inner_parts(part)), None)
    if inner is None or str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return inner
    try:
        return parsed(b64decode(str(inner.get_payload())))
    except (NotBase64, ValueError, RecursionError):
        return inner


def content_of(part: Mail) -> bytes:
    """The bytes of a part."""
    if part.get_content_maintype() == "message":
        return b"\r\n".join(one.as_bytes() for one in inner_parts(part))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Mail, refused: list[dict[str, str]]) -> str:
    if part.get_content_maintype() == "message":
        return plain("\n".join(one.as_string() for one in inner_parts(part)[:20]))[:REPORT_LIMIT]
    text = in_charset(content_of(part), str(part.get_content_charset() or "utf-8"))
    if part.get_content_type() != "text/html":
        return plain(text)
    shown, hidden = told_apart(text[:HTML_LIMIT])
    if hidden:
        words = plain(html.unescape(hidden))[:HIDDEN_TOLD]
        refused.append({"name": "words hidden from the reader", "reason": f"Its HTML hides them: “{words}”"})
    return plain(from_html(shown))


def in_charset(content: bytes, charset: str) -> str:
    """Bytes as text: as they say, else as UTF-8, else as Windows writes in the West; never an error."""
    named = charset.strip().strip("'\"").lower()
    meant = SAME_AS.get(named, named)
    for one in ("utf-8" if _codec(meant) in NOT_TEXT else meant, "utf-8"):
        try:
            return content.decode(one)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _codec(charset: str) -> str:
    """The name under which Python knows a character set, however it is spelt; nothing when it knows none."""
    try:
        return codecs.lookup(charset).name.replace("-", "_")
    except (LookupError, ValueError):
        return ""


def from_html(text: str) -> str:
    """The words of an HTML text, line by line; scripts, styles and every tag are gone."""
    broken = USUAL.sub("", BREAKS.sub("\n", text[:HTML_LIMIT]))
    # Thousands of tags one in the other take the cleaner minutes; what is left of their scripts is only words.
    cleaned = TAG.sub(" ", broken) if broken.count("<") > TAGS_LIMIT else nh3.clean(broken, tags=set())
    words = html.unescape(cleaned)
    lines = [" ".join(line.split()) for line in words.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def file_name(part: Mail, number: int) -> str:
    """A name without folders or signs that an address or a header would trip over."""
    try:
        given = part.get_filename() or ""
    except (LookupError, ValueError):
        given = ""
    ending = (part.get_content_type().rpartition("/")[2] or "bin")[:10]
    return safe_name(decoded_words(given), f"part-{number}.{re.sub(r'[^a-z0-9]', '', ending) or 'bin'}")


def safe_name(given: str, otherwise: str) -> str:
    """A given name made safe, or another one when nothing of it is left."""
    last = PurePosixPath(given.replace("\\", "/")).name
    safe = re.sub(r"[^\w .()+,-]", "_", plain(last)).strip(" .")
    stem, dot, ending = safe.rpartition(".")
    if not safe:
        return otherwise
    return f"{stem[:150]}.{ending[:20]}" if dot else safe[:170]
