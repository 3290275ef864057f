"""Markdown: headings with #, pipe tables with their caption under them, footnotes as `[^1]`, figures as HTML."""

from __future__ import annotations

from benchmarks.proof.content import Block, Chart, Content, Grid, Head, Items, Note, Said, printed
from benchmarks.proof.forms.html import figure
from benchmarks.proof.forms.written import Lines, Written, mark_of, shown


def write(content: Content) -> Written:
    """The paper in Markdown."""
    lines = Lines()
    for block in (*content.blocks, *content.notes):
        lines.add(block, _block(block))
    return lines.written()


def _say(text: str) -> str:
    return shown(text, "[^{}]".format)


def _block(block: Block) -> list[str]:
    if isinstance(block, Head):
        return [
            "#" * (block.level + 1)
            + " "
            + (f"{block.number}. " if "." not in block.number and block.number else f"{block.number} ").lstrip()
            + block.text
        ]
    if isinstance(block, Said):
        return [f"**{block.label}:** {_say(block.text)}"]
    if isinstance(block, Items):
        return [
            f"{'-' if block.marks == 'bullet' else mark_of(block.marks, at)} {_say(text)}"
            for at, text in enumerate(block.texts)
        ]
    if isinstance(block, Grid):
        rows = [block.head, ["---"] * len(block.head), *block.rows]
        caption = ["", f"Table {block.number}: {block.caption}"] if block.number else []
        return ["| " + " | ".join(map(_say, row)) + " |" for row in rows] + caption
    if isinstance(block, Chart):
        return figure(block).split("\n")
    if isinstance(block, Note):
        return [f"[^{block.mark}]: {_say(block.text)}"]
    return [_say(block.text)] if block.text else [printed(block)]
