"""What mail programs break: a check of a mail's HTML for constructs that do not survive them. It reads text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from secretariat.engagement.newsletter.calls import Finding

REMOVED = {
    "audio": "it does not play",
    "base": "it is dropped, and addresses break",
    "button": "it does nothing",
    "canvas": "it stays empty",
    "embed": "it is removed",
    "form": "it is removed, or warned of",
    "frame": "it is removed",
    "frameset": "it is removed",
    "iframe": "it is removed",
    "input": "it is removed",
    "link": "the style sheet is not fetched",
    "math": "it is not drawn",
    "object": "it is removed",
    "script": "it is removed, and may bring the mail into quarantine",
    "select": "it is removed",
    "style": "some programs drop it whole",
    "svg": "most programs do not draw it",
    "textarea": "it is removed",
    "video": "it does not play",
}
"""Elements that mail programs remove or ignore, and what becomes of them."""

LOST_STYLES = re.compile(
    r"(?:^|;)\s*(?P<name>position|float|clear|transform|animation[\w-]*|transition|background-image|box-shadow|"
    r"filter|grid[\w-]*|flex[\w-]*|gap|@import|behavior|clip-path|object-fit|opacity)\s*:"
    r"|(?P<display>display\s*:\s*(?:flex|grid|inline-flex|inline-grid))|(?P<negative>margin[\w-]*\s*:[^;]*-\d)"
    r"|(?P<fetched>url\s*\()|(?P<sum>calc\s*\(|var\s*\()|(?P<important>!\s*important)"
    r"|(?P<colour>\b(?:rgba|hsla?)\s*\()|(?P<unit>\b[\d.]+(?:rem|vw|vh|vmin|vmax)\b)"
    r"|(?P<bare>line-height\s*:\s*[\d.]+\s*(?:;|$))",
    re.IGNORECASE,
)
"""Properties and values that some widely used mail program ignores or strips."""
PADDED = {"td", "th", "body"}
"""Where every mail program keeps a distance to the inside; that of other elements is lost in some."""
_PADDING = re.compile(r"padding[\w-]*\s*:[^;]*[1-9]", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_MAX_WIDTH = re.compile(r"max-width\s*:", re.IGNORECASE)

CLIPPED_BYTES = 102_000
"""What the strictest of the large mail services shows before it cuts a message off."""
WIDEST = 600
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
VAGUE = {"here", "click here", "link", "more", "read more", "this"}


def check_mail(html: str) -> list[Finding]:
    """Everything in a mail's HTML that mail programs break, or that readers with other programs cannot use."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found = [*reader.found, *reader.missing()]
    if (size := len(html.encode())) > CLIPPED_BYTES:
        found.append(_broken("mail-size", f"{size:,} bytes", f"Mail is cut off after {CLIPPED_BYTES:,} bytes."))
    return list(dict.fromkeys(found))


def _broken(rule: str, words: str, message: str) -> Finding:
    return Finding(rule, words[:300], message, serious=True)


class _Reader(HTMLParser):
    """Walks the elements once and remembers what is wrong with them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Finding] = []
        self.open: list[str] = []
        self.grounds: list[bool] = []
        self.title = self.first = ""
        self.heads: list[int] = []
        self.titled = self.language = self.charset = False
        self.words: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in REMOVED:
            self.found.append(_broken("mail-element", f"<{tag}>", f"Mail programs: {REMOVED[tag]}."))
        self.found += [*_style(tag, told), *_handlers(tag, told), *_addresses(tag, told)]
        own_ground = tag != "body" and ("bgcolor" in told or bool(_GROUND.search(told.get("style", ""))))
        if not own_ground and not any(self.grounds):
            self.found += list(_ground(tag, told.get("style", "")))
        if tag == "table":
            self.found += list(_table(told, nested="table" in self.open))
        if tag == "img":
            self.found += list(_image(told))
        self._note(tag, told)
        if tag not in VOID:
            self.open.append(tag)
            self.grounds.append(own_ground)

    def _note(self, tag: str, told: dict[str, str]) -> None:
        self.language |= tag == "html" and bool(told.get("lang"))
        said = f"{told.get('charset', '')} {told.get('content', '')}".lower()
        self.charset |= tag == "meta" and "utf-8" in said
        self.titled |= tag == "title"
        if re.fullmatch(r"h[1-6]", tag):
            self._head(int(tag[1]))
        if tag == "a":
            self.words = []

    def _head(self, level: int) -> None:
        if self.heads and level > self.heads[-1] + 1:
            said = f"<h{level}> follows <h{self.heads[-1]}>"
            self.found.append(_broken("mail-headings", said, "A level of headings is left out."))
        self.heads.append(level)

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.words.append(data)
        if "title" in self.open:
            self.title += data
        elif "body" in self.open and not self.first:
            self.first = data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.words is not None:
            said = " ".join("".join(self.words).split())
            if not said or said.lower() in VAGUE:
                self.found.append(_broken("mail-link-words", said or "(no words)", "Say where the link leads."))
            self.words = None
        if tag in VOID:
            return
        if tag not in self.open:
            self.found.append(_broken("mail-nesting", f"</{tag}>", "It closes what is not open."))
            return
        while (last := self._close()) != tag:
            self.found.append(_broken("mail-nesting", f"<{last}>", f"It is not closed before </{tag}>."))

    def _close(self) -> str:
        self.grounds.pop()
        return self.open.pop()

    def missing(self) -> Iterator[Finding]:
        """What the whole mail lacks."""
        if self.open:
            yield _broken("mail-nesting", f"<{self.open[-1]}>", "It is never closed.")
        for is_there, what in ((self.language, "language"), (self.charset, "utf-8"), (self.titled, "title")):
            if not is_there:
                yield _broken("mail-document", what, f"The mail does not name its {what}.")
        if self.title and self.first.startswith(self.title):
            yield _broken("mail-preview", self.first, "Lists of mail show the subject, then the first words: say more.")


def _style(tag: str, told: dict[str, str]) -> Iterator[Finding]:
    style = told.get("style", "")
    if tag not in PADDED and (padding := _PADDING.search(style)):
        yield _broken("mail-style", f"<{tag}> {padding.group(0)}", "Some mail programs pad the cells of tables only.")
    if _MAX_WIDTH.search(style) and not told.get("width"):
        yield _broken("mail-width", f"<{tag}> max-width", "Some mail programs know a width as an attribute only.")
    if "background" in told:
        yield _broken("mail-style", f"<{tag} background>", "Some mail programs show no picture behind the text.")
    for match in LOST_STYLES.finditer(style):
        yield _broken("mail-style", f"<{tag}> {match.group(0).strip('; ')}", "Some mail programs ignore this style.")


def _ground(tag: str, style: str) -> Iterator[Finding]:
    if _COLOUR.search(style) and not _HIDDEN.search(style):
        said = "A colour of the text without one behind it cannot be read where the mail is shown dark."
        yield _broken("mail-dark", f"<{tag}> color", said)


def _handlers(tag: str, told: dict[str, str]) -> Iterator[Finding]:
    for name in told:
        if name.startswith("on"):
            yield _broken("mail-script", f"<{tag} {name}>", "Scripts do not run in mail.")
        if name in ("class", "id") and tag != "html":
            yield _broken("mail-style", f"<{tag} {name}>", "There is no style sheet that it could name.")


def _addresses(tag: str, told: dict[str, str]) -> Iterator[Finding]:
    address = told.get("href") if tag == "a" else told.get("src")
    if address is not None and not re.match(r"(?:https?://|mailto:|tel:|cid:)", address):
        yield _broken("mail-address", address, "An address in a mail is written in full.")


def _image(told: dict[str, str]) -> Iterator[Finding]:
    named = told.get("src", "")
    if "alt" not in told:
        yield _broken("mail-image", named, "It has no words that stand for it: most programs block images at first.")
    if not (told.get("width") and told.get("height")):
        yield _broken("mail-image", named, "It has no width and height, so the text jumps.")
    if named.startswith("data:"):
        yield _broken("mail-image", named[:40], "Images inside the text are removed.")


def _table(told: dict[str, str], *, nested: bool) -> Iterator[Finding]:
    width = told.get("width", "")
    if width.isdigit() and int(width) > WIDEST:
        yield _broken("mail-width", f"width {width}", f"Mail is read at {WIDEST} pixels at most.")
    is_layout = "cellpadding" in told or "cellspacing" in told
    if is_layout and told.get("role") != "presentation":
        yield _broken("mail-table", "<table>", "A table that only lays out says so with role=presentation.")
