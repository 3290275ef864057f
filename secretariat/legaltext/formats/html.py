"""A text as HTML: a fragment for a page of the site, or one file that stands by itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Final

from markupsafe import Markup, escape

from secretariat.legaltext.formats.editions import Edition, deep, heading_levels
from secretariat.legaltext.formats.marks import Block, Grid, Picture, Runs, Words, blocks, settled, shown_heading
from secretariat.legaltext.text import Clause, Text

LANGUAGE: Final = "en-GB"
DEEPEST: Final = 6
_PAGE: Final = Markup(
    '<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
    "<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{lines}\n{text}\n</main>\n</body>\n</html>\n"
)


def page(edition: Edition) -> bytes:
    """The edition as one UTF-8 file with its style inside it, that needs nothing else and no script.

    Every clause has its identity as `id`, so that `#` and the identity leads to it.
    """
    lines = Markup("\n").join(Markup('<p class="code-front">{}</p>').format(line) for line in edition.lines)
    made = _PAGE.format(
        language=LANGUAGE,
        title=edition.title,
        style=Markup(_style()),  # the package's own sheet  # noqa: S704  # nosec B704
        lines=lines,
        text=fragment(edition.text),
    )
    return made.encode()


@cache
def _style() -> str:
    return (resources.files("secretariat.legaltext") / "formats" / "code.css").read_text(encoding="utf-8")


def fragment(text: Text) -> Markup:
    """The text as HTML without anything around it; its headings begin at <h2>."""
    text = settled(text)
    levels = heading_levels(text)
    parts = [_clause(clause, depth, levels.get(clause.uid, 0)) for depth, clause in deep(text)]
    return Markup('<div class="code-text">\n{}\n</div>').format(Markup("\n").join(parts))


def _clause(clause: Clause, depth: int, level: int) -> Markup:
    said = Markup("").join(block(one) for one in blocks(clause.body))
    number = Markup('<span class="code-number">{}</span> ').format(clause.number) if clause.number else Markup("")
    if level:
        head = Markup("<h{0}>{1}{2}</h{0}>").format(min(level + 1, DEEPEST), number, clause.heading)
    else:
        told = shown_heading(clause)
        heading = Markup('<strong class="code-heading">{}</strong>').format(told) if told else Markup("")
        head = Markup('<div class="code-label">{}{}</div>').format(number, heading) if number or heading else Markup("")
    return Markup('<div class="code-{} code-depth-{}" id="{}">{}<div class="code-words">{}</div></div>').format(
        clause.kind, min(depth, DEEPEST), clause.uid, head, said
    )


def block(one: Block) -> Markup:
    """One block of a clause's body as HTML; all words escaped."""
    if isinstance(one, Words):
        return Markup("<p>{}</p>").format(inline(one.runs))
    if isinstance(one, Picture):
        return Markup('<p class="code-figure">{} ({})</p>').format(one.caption, one.name)
    return _table(one)


def inline(runs: Runs) -> Markup:
    """Runs as HTML, line breaks as <br>."""
    made = []
    for run in runs:
        words = Markup("<br>").join(escape(line) for line in run.text.split("\n"))
        tag = "strong" if run.strong else "em" if run.slanted else ""
        made.append(Markup("<{0}>{1}</{0}>").format(tag, words) if tag else words)
    return Markup("").join(made)


def _table(table: Grid) -> Markup:
    head = Markup("<thead><tr>{}</tr></thead>").format(_cells('<th scope="col">{}</th>', table.rows[0]))
    body = Markup("").join(Markup("<tr>{}</tr>").format(_cells("<td>{}</td>", row)) for row in table.rows[1:])
    return Markup('<div class="code-table"><table>{}<tbody>{}</tbody></table></div>').format(head, body)


def _cells(form: str, row: Iterable[Runs]) -> Markup:
    made = Markup(form)  # one of the two forms above  # noqa: S704  # nosec B704
    return Markup("").join(made.format(inline(cell)) for cell in row)
