"""PDF, set by typst: numbered pages with a running foot, ruled tables, raised footnote marks with a list at the end."""

from __future__ import annotations

import re

import typst

from benchmarks.proof.content import Block, Chart, Content, Grid, Head, Items, Note, Said
from benchmarks.proof.forms.written import Written, mark_of, shown

_PAGE = """#set page(paper: "a4", margin: 2cm, footer: context [
  {name} #h(1fr) Page #counter(page).display("1 of 1", both: true)
])
#set text(size: 10.5pt)
#set par(spacing: 1em)
"""


def write(content: Content) -> Written:
    """The paper as a PDF."""
    made = _PAGE.replace("{name}", _plain(content.shape.capitalize() + " paper")) + "\n\n".join(
        map(_block, (*content.blocks, *content.notes))
    )
    return Written(typst.compile(made.encode()))


def _plain(text: str) -> str:
    return re.sub(r"([\\#*_$<>@`~\[\]/=+\-])", r"\\\1", text)


def _say(text: str) -> str:
    return shown(text, lambda mark: f"#super[{mark}]", _plain)


def _block(block: Block) -> str:
    if isinstance(block, Head):
        number = f"{block.number} " if block.number else ""
        return f"#heading(level: {block.level + 1})[{number}{_plain(block.text)}]"
    if isinstance(block, Said):
        return f"*{_plain(block.label)}:* {_say(block.text)}"
    if isinstance(block, Items):
        return "\n\n".join(
            f"#h(1em){_plain(mark_of(block.marks, at))} {_say(text)}" for at, text in enumerate(block.texts)
        )
    if isinstance(block, Grid):
        size = "7pt" if len(block.head) > 8 else "9.5pt"
        cells = ", ".join(f"[{_say(cell)}]" for row in [block.head, *block.rows] for cell in row)
        caption = f"\n\n#align(center)[Table {block.number}: {_plain(block.caption)}]" if block.number else ""
        return (
            f"#block(breakable: false)[#set text(size: {size})\n#table(columns: {len(block.head)}, {cells}){caption}]"
        )
    if isinstance(block, Chart):
        labels = " #linebreak() ".join(f"{_plain(name)} {value}" for name, value in block.labels)
        return f"#block(breakable: false)[{labels}\n\n#align(center)[Figure {block.number}: {_plain(block.caption)}]]"
    if isinstance(block, Note):
        return f"#text(size: 8pt)[{block.mark} {_say(block.text)}]"
    return _say(block.text)
