"""HTML: table captions in `<caption>`, figures with their labels, footnotes as superscripts and a list at the end."""

from __future__ import annotations

from html import escape

from benchmarks.proof.content import Block, Chart, Content, Grid, Head, Items, Note, Said
from benchmarks.proof.forms.written import Written, shown

_TOP = '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
_LISTS = {"bullet": "<ul>", "letter": '<ol type="a">', "number": "<ol>"}


def write(content: Content) -> Written:
    """The paper as a page."""
    title = next(escape(block.text) for block in content.blocks if isinstance(block, Head))
    notes = "".join(map(_block, content.notes))
    body = "\n".join(map(_block, content.blocks))
    made = f"{_TOP}<title>{title}</title></head>\n<body>\n<main>\n{body}\n"
    return Written(
        (
            made + (f'<section class="footnotes">{notes}</section>\n' if notes else "") + "</main></body></html>\n"
        ).encode()
    )


def _say(text: str) -> str:
    return shown(text, lambda mark: f'<sup><a href="#fn{mark}">{mark}</a></sup>', escape)


def _block(block: Block) -> str:
    if isinstance(block, Head):
        number = f"{block.number} " if block.number else ""
        return f"<h{block.level + 1}>{number}{escape(block.text)}</h{block.level + 1}>"
    if isinstance(block, Said):
        return f"<p><strong>{block.label}:</strong> {_say(block.text)}</p>"
    if isinstance(block, Items):
        opened = _LISTS[block.marks]
        return opened + "\n" + "".join(f"<li>{_say(text)}</li>\n" for text in block.texts) + f"</{opened[1:3]}>"
    if isinstance(block, Grid):
        caption = f"<caption>Table {block.number}: {escape(block.caption)}</caption>\n" if block.number else ""
        head = "".join(f"<th>{escape(cell)}</th>" for cell in block.head)
        rows = "\n".join("<tr>" + "".join(f"<td>{_say(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
        return f"<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>"
    if isinstance(block, Chart):
        return figure(block)
    if isinstance(block, Note):
        return f'<p id="fn{block.mark}"><sup>{block.mark}</sup> {_say(block.text)}</p>'
    return f"<p>{_say(block.text)}</p>"


def figure(chart: Chart) -> str:
    """A drawn figure with its data in a table, as pages that all can read have it; no line of it is blank."""
    rows = "\n".join(f"<tr><th>{escape(name)}</th><td>{value}</td></tr>" for name, value in chart.labels)
    caption = f"<figcaption>Figure {chart.number}: {escape(chart.caption)}</figcaption>"
    return f'<figure>\n{caption}\n<svg role="img"></svg>\n<table><tbody>\n{rows}\n</tbody></table>\n</figure>'
