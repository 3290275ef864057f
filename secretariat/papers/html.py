"""A paper as HTML: a fragment for a page of the site, or one file that stands by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import resources

from markupsafe import Markup, escape

from secretariat.papers import charts, wording
from secretariat.papers.document import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Front,
    Inline,
    Item,
    Number,
    Paragraph,
    Runs,
    Section,
    Source,
    Table,
    Text,
)
from secretariat.papers.layout import DENSE_COLUMNS, numeric_columns

PROSE_LENGTH = 60  # a table with a longer line than this is mostly words and keeps a readable width on a phone

LINE, NOTHING = Markup("\n"), Markup()
_PAGE = Markup(
    '<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n<style>\n{style}</style>\n'
    "</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
)
_BODY = Markup('<article class="paper" lang="{language}">\n{front}\n{contents}\n{sections}{annex}\n</article>')
_SURROUND = (
    "html { background: #ffffff; } body { margin: 0; padding: 2rem 1.25rem 4rem; }\n"
    "@media (prefers-color-scheme: dark) { html { background: #12181c; } }\n"
    "@media print { html { background: #ffffff; } body { padding: 0; } }\n"
)


def body(document: Document, base_url: str = "") -> str:
    """The paper as an <article>, to be put into the site's layout with the sheet papers/paper.css.

    Links to paths of the site get `base_url` before them; links that are neither that nor http(s) become plain
    words. The title is the page's h1.
    """
    return str(_body(document, base_url))


def page(document: Document, base_url: str = "") -> bytes:
    """The paper as one UTF-8 file with its style inside it, that needs nothing else and no script."""
    front = document.front
    title = f"{front.title} ({front.reference})" if front.reference else front.title
    whole = _PAGE.format(
        language=wording.LANGUAGE,
        title=wording.clean(title),
        style=Markup(style()),  # the package's own sheet  # nosec B704
        body=_body(document, base_url),
    )
    return whole.encode()


@cache
def style() -> str:
    """The style sheet of a paper that stands by itself."""
    sheet = resources.files("secretariat.papers") / "static" / "papers" / "paper.css"
    return _SURROUND + sheet.read_text(encoding="utf-8")


def _body(document: Document, base_url: str) -> Markup:
    walk = _Walk(base_url, {source.number for source in document.sources})
    return _BODY.format(
        language=wording.LANGUAGE,
        front=_front(document.front),
        contents=_contents(wording.entries(document)),
        sections=_join(walk.section(section, 2) for section in document.sections),
        annex=walk.annex(document.sources) if document.sources else "",
    )


def _join(parts: Iterable[Markup], between: Markup = LINE) -> Markup:
    return between.join(parts)


def _text(text: str) -> Markup:
    return escape(wording.clean(text))


def _front(front: Front) -> Markup:
    rows = _join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(label, _front_value(label, value, front))
        for label, value in wording.front_rows(front)
    )
    statement = Markup('<p class="paper-statement">{}</p>').format(_text(front.class_statement))
    return Markup('<header class="paper-front">\n<h1>{}</h1>\n<dl>{}</dl>\n{}{}</header>').format(
        _text(front.title), rows, statement if front.class_statement else "", _attachments(front)
    )


def _front_value(label: str, value: str, front: Front) -> Markup:
    if label == "Classification":
        colour = "".join(letter for letter in value.lower() if letter.isalpha())
        return Markup('<span class="paper-class paper-class-{}">{}</span>').format(colour, _text(value))
    if label == "Date":
        return Markup('<time datetime="{}">{}</time>').format(front.day.isoformat(), value)
    return _text(value)


def _attachments(front: Front) -> Markup:
    if not front.attachments:
        return Markup()
    items = _join(Markup("<li>{}</li>").format(_text(line)) for line in wording.attachment_lines(front))
    return Markup("\n<h2>Attachments</h2>\n<ul>{}</ul>\n").format(items)


def _contents(entries: tuple[wording.Entry, ...]) -> Markup:
    if not entries:
        return Markup()
    return Markup(
        '<nav class="paper-contents" aria-labelledby="paper-contents">\n<h2 id="paper-contents">{}</h2>\n{}\n</nav>'
    ).format(wording.CONTENTS_TITLE, _contents_list(entries, 1))


def _contents_list(entries: tuple[wording.Entry, ...], level: int) -> Markup:
    starts = [at for at, entry in enumerate(entries) if entry.level == level]
    items = []
    for start, end in zip(starts, [*starts[1:], len(entries)], strict=True):
        below = entries[start + 1 : end]
        inner = _contents_list(below, level + 1) if below else ""
        link = Markup('<a href="#{}">{}<span>{}</span></a>')
        entry = entries[start]
        items.append(
            Markup("<li>{}{}</li>").format(link.format(entry.key, _label(entry.label), _text(entry.title)), inner)
        )
    return Markup("<ol>{}</ol>").format(_join(items))


def _label(label: str) -> Markup:
    return Markup('<span class="paper-label">{}</span> ').format(label) if label else Markup()


class _Walk:
    """The walk over the tree, knowing where links lead and which entries the annex has."""

    def __init__(self, base_url: str, sources: set[int]) -> None:
        self._base_url = base_url
        self._sources = sources
        self._writers: dict[type, Callable[..., Markup]] = {
            Paragraph: self._paragraph,
            Bullets: self._bullets,
            Table: self._table,
            Chart: self._chart,
        }

    def section(self, section: Section, level: int) -> Markup:
        """A section and all below it, its heading on `level`."""
        tag = f"h{min(level, 6)}"
        heading = Markup("<{0}>{1}{2}</{0}>").format(tag, _label(section.label), _text(section.title))
        blocks = _join(self._block(block, level) for block in section.blocks)
        return Markup('<section id="{}">\n{}\n{}\n</section>').format(section.key, heading, blocks)

    def annex(self, sources: tuple[Source, ...]) -> Markup:
        """The annex of sources, one row an entry, each row with its own anchor."""
        section = wording.annex_section(sources)
        paragraph, table = section.blocks
        assert isinstance(paragraph, Paragraph)
        assert isinstance(table, Table)
        keys = [wording.source_key(source.number) for source in sources]
        rows = _join(
            Markup('<tr id="{}">{}</tr>').format(key, _join((self._cell(cell) for cell in row), NOTHING))
            for key, row in zip(keys, table.rows, strict=True)
        )
        return Markup(
            '\n<section id="{}">\n<h2 id="{}-title">{}</h2>\n{}\n<div class="paper-scroll" tabindex="0" role="region" '
            'aria-labelledby="{}-title"><table class="prose">{}\n<tbody>{}</tbody></table></div>\n</section>'
        ).format(section.key, section.key, section.title, self._paragraph(paragraph), section.key, _head(table), rows)

    def _block(self, block: Block, level: int) -> Markup:
        if isinstance(block, Section):
            return self.section(block, level + 1)
        return self._writers[type(block)](block)

    def _paragraph(self, paragraph: Paragraph) -> Markup:
        kind = Markup(' class="note"') if paragraph.kind == "note" else Markup()
        return Markup("<p{}>{}</p>").format(kind, self._runs(paragraph.runs))

    def _bullets(self, bullets: Bullets) -> Markup:
        return self._items(bullets.items)

    def _items(self, items: tuple[Item, ...]) -> Markup:
        lines = (
            Markup("<li>{}{}</li>").format(self._runs(item.runs), self._items(item.items) if item.items else "")
            for item in items
        )
        return Markup("<ul>{}</ul>").format(_join(lines))

    def _table(self, table: Table) -> Markup:
        return self._grid(table) + self._notes(table)

    def _grid(self, table: Table) -> Markup:
        name = f"table-{table.number}" if table.number else ""
        look = Markup('<div class="paper-scroll" tabindex="0" role="region" aria-label="{}"{}>').format(
            wording.caption(table), Markup(' id="{}"').format(name) if name else ""
        )
        kind = _kind(table)
        return Markup("{}<table{}>\n<caption>{}</caption>\n{}\n{}</table></div>").format(
            look,
            Markup(' class="{}"').format(kind) if kind else "",
            _text(wording.caption(table)),
            _head(table),
            self._rows(table),
        )

    def _rows(self, table: Table) -> Markup:
        if not table.rows:
            cell = Markup('<td colspan="{}">{}</td>').format(len(table.head), _text(table.empty))
            return Markup("<tbody><tr>{}</tr></tbody>").format(cell)
        split = len(table.rows) - table.totals
        body, totals = table.rows[:split], table.rows[split:]
        written = Markup("<tbody>{}</tbody>").format(_join(self._row(row) for row in body))
        if totals:
            written += Markup("\n<tfoot>{}</tfoot>").format(_join(self._row(row) for row in totals))
        return written

    def _row(self, row: tuple[Cell, ...]) -> Markup:
        return Markup("<tr>{}</tr>").format(_join((self._cell(cell) for cell in row), NOTHING))

    def _cell(self, cell: Cell) -> Markup:
        tag = "th" if cell.header else "td"
        scope = Markup(' scope="{}"').format("rowgroup" if cell.rows > 1 else "row") if cell.header else ""
        span = Markup(' rowspan="{}"').format(cell.rows) if cell.rows > 1 else ""
        look = Markup(' class="numeric"') if cell.numeric else ""
        return Markup("<{0}{1}{2}{3}>{4}</{0}>").format(tag, scope, span, look, self._cell_lines(cell.lines))

    def _cell_lines(self, lines: tuple[Runs, ...]) -> Markup:
        if len(lines) == 1:
            return self._runs(lines[0])
        return _join((Markup("<span>{}</span>").format(self._runs(line)) for line in lines), NOTHING)

    def _notes(self, block: Table | Chart) -> Markup:
        notes = block.notes if isinstance(block, Table) else ()
        written = [Markup('<p class="note">{}</p>').format(self._runs(note)) for note in notes]
        if block.source in self._sources:
            link = Markup('<a href="#{}">{}</a>').format(
                wording.source_key(block.source), wording.source_words(block.source)
            )
            written.append(Markup('<p class="note">Source: {}</p>').format(link))
        return Markup("\n") + _join(written) if written else Markup()

    def _chart(self, chart: Chart) -> Markup:
        drawing = charts.svg(chart.spec, chart.alt, theme="page")
        return Markup(
            '<figure{}>\n<figcaption>{}</figcaption>\n<div class="paper-scroll" tabindex="0" role="region" '
            'aria-label="{}">{}</div>\n<details><summary>Figures behind this chart</summary>{}</details>{}\n</figure>'
        ).format(
            Markup(' id="figure-{}"').format(chart.number) if chart.number else "",
            _text(wording.caption(chart)),
            wording.clean(wording.caption_prefix(chart) or chart.caption),
            Markup(drawing),  # Vega and `svg` escape every text  # nosec B704
            self._table(chart.data),
            self._notes(chart),
        )

    def _runs(self, runs: Runs) -> Markup:
        return _join((self._run(run) for run in runs), NOTHING)

    def _run(self, run: Inline) -> Markup:
        if isinstance(run, Text):
            return Markup("<strong>{}</strong>").format(_text(run.text)) if run.strong else _text(run.text)
        if isinstance(run, Number):
            anchor = f"#{wording.source_key(run.source)}" if run.source in self._sources else ""
            return self._link(run.text, run.href, anchor=anchor, look="number")
        return self._link(run.text, run.href)

    def _link(self, text: str, href: str, anchor: str = "", look: str = "") -> Markup:
        address = wording.target(href, self._base_url) or anchor
        if not address:
            return _text(text)
        kind = Markup(' class="{}"').format(look) if look else ""
        return Markup('<a{} href="{}">{}</a>').format(kind, address, _text(text))


def _kind(table: Table) -> str:
    if len(table.head) >= DENSE_COLUMNS:
        return "dense"
    lines = (line for row in table.rows for cell in row for line in cell.lines)
    return "prose" if any(len(wording.plain(line)) > PROSE_LENGTH for line in lines) else ""


def _head(table: Table) -> Markup:
    cells = _join(
        (_head_cell(title, numeric) for title, numeric in zip(table.head, numeric_columns(table), strict=True)), NOTHING
    )
    return Markup("<thead><tr>{}</tr></thead>").format(cells)


def _head_cell(title: str, numeric: bool) -> Markup:
    look = Markup(' class="numeric"') if numeric else ""
    if not title.strip():
        return Markup("<td{}></td>").format(look)
    return Markup('<th scope="col"{}>{}</th>').format(look, _text(title))
