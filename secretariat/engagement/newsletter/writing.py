"""A newsletter as HTML for mail programs, as HTML for a page, and as plain text: three walks over one document.

Mail programs drop style sheets, floats and scripts, so the mail is laid out by tables with the style on each element;
those that read no `max-width` are given a table of that width in a comment, which no other reads. The page has the
site's own style, and none here.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from secretariat.papers.document import Block, Bullets, Chart, Document, Inline, Item, Paragraph, Runs, Section, Table
from secretariat.papers.wording import LANGUAGE, absolute, clean
from secretariat.plain.dates import plain_date

WIDTH = 76
IN_LISTS = 120
"""Letters that a list of mail has room for after the subject."""
GREETING = "welcome"
FONT = "font-family:Arial,Helvetica,sans-serif;color:#1d2a30;"
MAIL: Mapping[str, str] = {
    "h2": f"{FONT}font-size:20px;line-height:26px;margin:28px 0 8px 0;",
    "h3": f"{FONT}font-size:17px;line-height:23px;margin:20px 0 6px 0;",
    "p": f"{FONT}font-size:16px;line-height:24px;margin:0 0 12px 0;word-break:break-word;",
    "ul": f"{FONT}font-size:16px;line-height:24px;margin:0 0 12px 22px;padding:0;",
    "li": "margin:0 0 6px 0;word-break:break-word;",
    "table": f"{FONT}font-size:16px;line-height:22px;border-collapse:collapse;width:100%;margin:0 0 12px 0;",
    "th": "text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid #c8d0d4;",
    "td": "text-align:left;vertical-align:top;padding:6px 0 6px 0;border-bottom:1px solid #c8d0d4;",
    "a": "color:#0b5c7a;text-decoration:underline;",
}
_FRAME = Markup(
    '<!DOCTYPE html>\n<html lang="{language}" dir="ltr">\n<head>\n'
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n</head>\n'
    '<body style="margin:0;padding:0;background-color:#ffffff;">\n'
    '<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;">'
    "{inside}</div>\n"
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff">\n'
    '<tr><td align="center">\n'
    '<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td>'
    "<![endif]-->\n"
    '<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" '
    'style="width:100%;max-width:600px;background-color:#ffffff;">\n'
    '<tr><td align="left" style="padding:16px;text-align:left;">\n'
    '<h1 style="{head}">{title}</h1>\n<p style="{p}">{day}. <a href="{page}" style="{a}">Read it as a page</a></p>\n'
    '{body}\n<hr style="border:0;border-top:1px solid #c8d0d4;margin:28px 0 12px 0;">\n'
    '<p style="{p}">{why} <a href="{choices}" style="{a}">Choose what comes to you</a>, or '
    '<a href="{end}" style="{a}">unsubscribe</a>.</p>\n<p style="{p}">{sender}</p>\n'
    "</td></tr>\n</table>\n<!--[if mso]></td></tr></table><![endif]-->\n"
    "</td></tr>\n</table>\n</body>\n</html>\n"
)


@dataclass(frozen=True)
class Foot:
    """What stands under a newsletter of one reader: why it came, and the reader's own links."""

    page: str
    why: str
    choices: str
    end: str


def mail(document: Document, foot: Foot, base_url: str) -> str:
    """The newsletter as HTML that mail programs leave whole."""
    told = {"page": foot.page, "why": foot.why, "choices": foot.choices, "end": foot.end}
    return str(
        _FRAME.format(
            language=LANGUAGE,
            title=clean(document.front.title),
            day=plain_date(document.front.day),
            inside=told_inside(document),
            body=_Pen(MAIL, base_url).sections(document.sections),
            sender=document.front.author,
            head=f"{FONT}font-size:26px;line-height:32px;margin:0 0 4px 0;",
            p=MAIL["p"],
            a=MAIL["a"],
            **told,
        )
    )


def told_inside(document: Document) -> str:
    """What lists of mail show after the subject: the parts that it holds, as many as there is room for."""
    titles = [clean(section.title) for section in document.sections if section.key != GREETING] or ["News of the code"]
    return textwrap.shorten("; ".join(titles), IN_LISTS, placeholder=" and more") + "."


def page(document: Document) -> Markup:
    """The newsletter's parts as HTML for a page of the site."""
    return _Pen({}, "").sections(document.sections)


@dataclass(frozen=True)
class _Pen:
    """Writes the parts of a document with a style on each element, or with none."""

    looks: Mapping[str, str]
    base_url: str

    def sections(self, sections: Iterable[Section]) -> Markup:
        return Markup("\n").join(self.section(section, 2) for section in sections)

    def section(self, section: Section, level: int) -> Markup:
        name = "h2" if level == 2 else "h3"
        anchor = "" if self.looks else Markup(' id="{}"').format(section.key)
        head = self.tag(name, escape(clean(section.title)), anchor) if section.title else Markup()
        return Markup("\n").join((head, *(self.block(block, level) for block in section.blocks)))

    def block(self, block: Block, level: int) -> Markup:
        if isinstance(block, Section):
            return self.section(block, level + 1)
        if isinstance(block, Paragraph):
            return self.tag("p", self.runs(block.runs))
        if isinstance(block, Bullets):
            return self.items(block.items)
        return self.table(block.data if isinstance(block, Chart) else block)

    def items(self, items: tuple[Item, ...]) -> Markup:
        lines = (self.runs(item.runs) + (self.items(item.items) if item.items else Markup()) for item in items)
        return self.tag("ul", Markup("\n").join(self.tag("li", line) for line in lines))

    def table(self, table: Table) -> Markup:
        heads = Markup().join(self.tag("th", escape(text), Markup(' scope="col"')) for text in table.head)
        rows = [Markup("<tr>{}</tr>").format(heads)] if any(table.head) else []
        for row in table.rows:
            cells = (
                self.tag("th" if cell.header else "td", Markup("<br>").join(map(self.runs, cell.lines)),
                         Markup(' scope="row"') if cell.header else "")
                for cell in row
            )  # fmt: skip
            rows.append(Markup("<tr>{}</tr>").format(Markup().join(cells)))
        named = Markup(' aria-label="{}"').format(clean(table.caption))
        return self.tag("table", Markup("\n").join(rows), named)

    def runs(self, runs: Runs) -> Markup:
        return Markup().join(self.run(run) for run in runs)

    def run(self, run: Inline) -> Markup:
        words, href = escape(clean(run.text)), getattr(run, "href", "")
        address = absolute(href, self.base_url) if self.base_url else clean(href)
        if address.startswith(("http://", "https://", "/")) and not address.startswith("//"):
            return self.tag("a", words, Markup(' href="{}"').format(address))
        return Markup("<strong>{}</strong>").format(words) if getattr(run, "strong", False) else words

    def tag(self, name: str, inside: Markup, more: str | Markup = "") -> Markup:
        look = Markup(' style="{}"').format(self.looks[name]) if name in self.looks else ""
        return Markup("<{name}{more}{look}>{inside}</{name}>").format(
            name=Markup(name),  # noqa: S704 - one of ours  # nosec B704
            more=more,
            look=look,
            inside=inside,
        )


def text(document: Document, foot: Foot, base_url: str) -> str:
    """The newsletter as plain text, each address in full after its words."""
    lines = [document.front.title.upper(), f"{plain_date(document.front.day)}. As a page: {foot.page}"]
    for section in document.sections:
        lines += _section_lines(section, base_url, "=")
    lines += ["", foot.why, f"Choose what comes to you: {foot.choices}", f"Unsubscribe: {foot.end}", ""]
    return "\n".join(lines)


def _section_lines(section: Section, base_url: str, rule: str) -> list[str]:
    lines = ["", clean(section.title), rule * len(section.title)] if section.title else []
    for block in section.blocks:
        lines += _block_lines(block, base_url)
    return lines


def _block_lines(block: Block, base_url: str) -> list[str]:
    if isinstance(block, Section):
        return _section_lines(block, base_url, "-")
    if isinstance(block, Paragraph):
        return ["", *_wrapped(_words(block.runs, base_url))]
    if isinstance(block, Bullets):
        return ["", *(line for item in block.items for line in _item_lines(item, base_url, "* "))]
    table = block.data if isinstance(block, Chart) else block
    rows = [": ".join(" ".join(_words(line, base_url) for line in cell.lines) for cell in row) for row in table.rows]
    return ["", *(line for row in rows for line in _wrapped(row, "  "))]


def _item_lines(item: Item, base_url: str, mark: str) -> list[str]:
    own = _wrapped(_words(item.runs, base_url), " " * len(mark), mark)
    return [*own, *(line for below in item.items for line in _item_lines(below, base_url, f"  {mark}"))]


def _wrapped(words: str, indent: str = "", first: str = "") -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _words(runs: Runs, base_url: str) -> str:
    said = []
    for run in runs:
        address = absolute(getattr(run, "href", ""), base_url)
        said.append(f"{clean(run.text)} <{address}>" if address and address != run.text else clean(run.text))
    return "".join(said)
