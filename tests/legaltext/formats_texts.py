"""Texts of every shape for the tests of the forms: nested, with tables, figures, marks and odd characters."""

from __future__ import annotations

from hypothesis import strategies as st

from secretariat.legaltext.text import KINDS, Clause, Text, in_order, places

ODD = "aZ 9.,;()[]|*_-#<>&\"'\\`~$@é€ßΩ中😀\u00a0\u2011\u200b\t\x07\x1f\ufffe!{}%+=/:"
WORDS = st.one_of(
    st.sampled_from(
        [
            "The **DCC** shall act.",
            "within *ten* Working Days",
            "“**Term**” means it",
            "Section H3.4",
            "1. no list",
            "# no",
        ]
    ),
    st.text(ODD, max_size=24),
    st.text(max_size=12),
)
CELLS = st.one_of(st.sampled_from(["", "one", "**Term**", "a\\|b", "1<br>2", "*x* y"]), st.text("ab *<&|", max_size=6))


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A pipe table, written as somebody may have typed it."""
    width = draw(st.integers(1, 3))
    cells = st.lists(CELLS.map(lambda cell: cell.replace("|", "\\|")), min_size=width, max_size=width)
    rows = ["|" + "|".join(row) + "|" for row in draw(st.lists(cells, min_size=1, max_size=3))]
    return "\n".join([rows[0], "|" + "---|" * width, *rows[1:]])


FIGURES = st.builds("![{}]({}.png)".format, st.text("Ab c,é", max_size=8), st.sampled_from(["flow", "map"]))
BODIES = st.lists(st.one_of(WORDS, WORDS, tables(), FIGURES), max_size=3).map("\n\n".join)
UIDS = st.lists(st.from_regex(r"[a-zA-Z0-9.é_-]{1,9}", fullmatch=True), unique=True, max_size=8)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text of up to eight clauses."""
    made: list[Clause] = []
    uids = draw(UIDS)
    ranks = places(len(uids))
    for uid, place in zip(uids, ranks, strict=True):
        parent = draw(st.sampled_from(["", *(one.uid for one in made)]))
        number = draw(st.sampled_from(["", "H3.4", "(a)", "•", "Table 1"]))
        made.append(Clause(uid, parent, place, draw(st.sampled_from(KINDS)), number, draw(WORDS), draw(BODIES)))
    return in_order(made)


def shape(text: Text) -> list[tuple[str, ...]]:
    """All that Word can carry: everything but the places, which only have their order."""
    return [(one.uid, one.parent, one.kind, one.number, one.heading, one.body) for one in text.clauses]
