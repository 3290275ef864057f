"""The page that tells what was measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from benchmarks.proof.content import word
from benchmarks.proof.forms import FORMS
from benchmarks.proof.scoring import KIND_OF, SEED, Tally
from benchmarks.proof.shapes import SHAPES

WORDS_A_PAGE: Final = 400
_FORM_HEADS: Final = (
    "Form", "Clean papers", "Pages", "False alarms", "A page", "Faulty papers", "Faults", "Recall", "Noticed",
    "Precision",
)  # fmt: skip
_INTRO: Final = """# How well the paper checker finds mistakes

Made by `python -m benchmarks.proof`; do not edit. Papers of {shapes} shapes are written from seeds ({seed} and on),
each correct by construction, in five forms. Faults that a tired author makes are put into copies of them, up to three
to a paper, at places drawn from the seed; what the checker then says is held against what was put in. A fault counts
as found when a finding of its kind, at least as grave as its rule, stands in its block or names its words; *noticed*
also counts what was told more mildly than that. On a clean paper every finding is a false alarm. A page is 400 words.
Of a rule's findings on clean and faulty papers, precision is the share that point at a fault.

The shapes are those of `benchmarks/proof/shapes/`. Their words vary less than those of real papers do, so these shares
are what to hold later versions against rather than a promise about the next paper.
"""


def told(tally: Tally) -> str:
    """The whole page in Markdown."""
    forms = [form for form in FORMS if tally.clean_papers[form]]
    return (
        "\n".join(
            [_INTRO.format(seed=SEED, shapes=word(len(SHAPES))), *_summary(tally, forms), "", *_by_rule(tally, forms)]
        )
        + "\n"
    )


def _summary(tally: Tally, forms: Sequence[str]) -> list[str]:
    rows = [_form(tally, [form], form) for form in forms]
    return ["## By form", "", *_table(_FORM_HEADS, [*rows, _form(tally, forms, "All")])]


def _form(tally: Tally, forms: Sequence[str], name: str) -> list[str]:
    pages = sum(tally.clean_words[form] for form in forms) / WORDS_A_PAGE
    put_in, found, noticed, true, stray, alarms = (
        sum(count for (form, _), count in counted.items() if form in forms) for counted in _counted(tally)
    )
    shares = [_share(found, put_in), _share(noticed, put_in), _share(true, true + stray + alarms)]
    clean, faulty = (sum(papers[form] for form in forms) for papers in (tally.clean_papers, tally.faulty_papers))
    return [name, str(clean), f"{pages:.0f}", str(alarms), f"{alarms / pages:.2f}", str(faulty), str(put_in), *shares]


def _by_rule(tally: Tally, forms: Sequence[str]) -> list[str]:
    rows = [_rule(tally, forms, rule) for rule in KIND_OF]
    others = sorted({rule for _, rule in [*tally.alarms, *tally.stray]} - set(KIND_OF))
    heads = ["Rule", "Kind", "Faults", "Recall", "Noticed", *forms, "False alarms", "Precision"]
    return ["## By rule", "", *_table(heads, [*rows, *(_rule(tally, forms, rule) for rule in others)])]


def _rule(tally: Tally, forms: Sequence[str], rule: str) -> list[str]:
    put_in, found, noticed, true, stray, alarms = (
        sum(counted[form, rule] for form in forms) for counted in _counted(tally)
    )
    each = [_share(tally.found[form, rule], tally.put_in[form, rule]) for form in forms]
    shares = [_share(found, put_in), _share(noticed, put_in), *each]
    return [rule, str(KIND_OF.get(rule, "")), str(put_in), *shares, str(alarms), _share(true, true + stray + alarms)]


def _counted(tally: Tally) -> tuple[Counter[tuple[str, str]], ...]:
    return tally.put_in, tally.found, tally.noticed, tally.true, tally.stray, tally.alarms


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]
