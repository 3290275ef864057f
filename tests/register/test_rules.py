"""The table of the code's rules is whole, and what it says is held by the program is there and cites its rule."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from secretariat.core.figures import FIGURES
from secretariat.core.procedure import PROCEDURES, Procedure
from secretariat.core.rulebook import RULEBOOK
from secretariat.post.notices import NOTICES
from secretariat.register import rules
from secretariat.register.rules import RegisterRule, register_rules
from tests.architecture.sources import ROOT

PACKAGE = ROOT / "secretariat"
RANGES = {
    "PTY": [*range(1, 7), *range(10, 13), *range(20, 29), *range(30, 34), *range(40, 46)],
    "DEF": range(1, 12),
    "EXIT": range(1, 7),
    "UEP": range(1, 9),
    "CHG": range(1, 11),
}
NUMBERS = {f"{family}-{number}" for family, numbers in RANGES.items() for number in numbers}
CITATION = re.compile(r"\b(?:PTY|DEF|EXIT|UEP|CHG)-\d+\b")
HELD = [rule for rule in register_rules() if rule.held_by]


@pytest.fixture(autouse=True)
def _discovered() -> None:
    """The addresses bring every figure, procedure and notice with them."""
    assert get_resolver().url_patterns


def text_of(place: str, name: str) -> str | None:
    """What a named part of the program says of itself, its citations among it; None where there is no such part."""
    return {
        "steps": _step,
        "rules": _rule,
        "figures": lambda told: FIGURES[told].rule if told in FIGURES else None,
        "rulebook": lambda told: RULEBOOK.entries[told][0].meaning if told in RULEBOOK.entries else None,
        "constraints": lambda told: "" if told in _constraints() else None,
        "notices": lambda told: "" if NOTICES.get(told) else None,
        "code": _code,
    }[place](name)


def _procedure(name: str) -> Procedure | None:
    return next((one for one in PROCEDURES.values() if one.name == name.partition(".")[0]), None)


def _step(name: str) -> str | None:
    procedure = _procedure(name)
    step = procedure.steps.get(name.partition(".")[2]) if procedure else None
    return " ".join(rule.citation for rule in step.rules) if step else None


def _rule(name: str) -> str | None:
    procedure = _procedure(name)
    steps = procedure.steps.values() if procedure else ()
    found = {rule.name: rule.citation for step in steps for rule in step.rules}
    return found.get(name.partition(".")[2])


@cache
def _constraints() -> frozenset[str]:
    models = apps.get_app_config("register").get_models()
    return frozenset(constraint.name for model in models for constraint in model._meta.constraints)


def _code(name: str) -> str | None:
    """The docstring of a module, class, function or method; of a constant, the sentence below it."""
    parts = name.split(".")
    for place in range(len(parts), 0, -1):
        path = PACKAGE.joinpath(*parts[:place]).with_suffix(".py")
        if path.is_file():
            return _documented(ast.parse(path.read_text(encoding="utf-8")), parts[place:])
    return None


def _documented(tree: ast.Module | ast.ClassDef, names: list[str]) -> str | None:
    if not names:
        return ast.get_docstring(tree) or ""
    for place, node in enumerate(tree.body):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == names[0]:
            return _documented(node, names[1:]) if isinstance(node, ast.ClassDef) else ast.get_docstring(node) or ""
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == names[0]:
            below = tree.body[place + 1]
            return ast.unparse(below) if isinstance(below, ast.Expr) else ""
    return None


def cited() -> Iterator[tuple[str, str]]:
    """Every citation of these rules in the program, with its file."""
    for path in sorted(PACKAGE.rglob("*.*")):
        if path.suffix in (".py", ".html", ".txt", ".toml") and "migrations" not in path.parts and path != rules.FILE:
            for number in CITATION.findall(path.read_text(encoding="utf-8")):
                yield number, path.relative_to(ROOT).as_posix()


def test_every_rule_of_the_ranges_is_told_once_and_no_other() -> None:
    assert [rule.number for rule in register_rules()] == sorted(NUMBERS, key=lambda number: (
        list(RANGES).index(number.partition("-")[0]), int(number.partition("-")[2])))  # fmt: skip


@pytest.mark.parametrize("rule", HELD, ids=lambda rule: rule.number)
def test_what_is_said_to_hold_a_rule_is_there(rule: RegisterRule) -> None:
    named = [(place, name) for place, names in rule.held_by.items() for name in names]
    assert [name for place, name in named if text_of(place, name) is None] == []


@pytest.mark.parametrize("rule", HELD, ids=lambda rule: rule.number)
def test_something_that_holds_a_rule_cites_it(rule: RegisterRule) -> None:
    texts = [text_of(place, name) or "" for place, names in rule.held_by.items() for name in names]
    assert rule.number in {number for text in texts for number in CITATION.findall(text)}


def test_no_citation_names_a_rule_that_the_table_does_not_have() -> None:
    assert [(number, path) for number, path in cited() if number not in NUMBERS] == []


def test_no_rule_that_is_left_out_is_cited_as_if_it_were_held() -> None:
    left_out = {rule.number for rule in register_rules() if not rule.held_by}
    assert [(number, path) for number, path in cited() if number in left_out] == []


def test_every_reason_is_a_sentence() -> None:
    told = [text for rule in register_rules() for text in (rule.says, rule.left_out) if text]
    assert [text for text in told if not text.endswith(".") or not text[0].isupper()] == []


def test_every_step_rule_of_the_register_stands_in_the_table() -> None:
    """A rule laid on a step cites numbers of which the table tells that they are held."""
    held = {rule.number for rule in HELD}
    own = [one for one in PROCEDURES.values() if one.model._meta.app_label == "register"]
    laid = {number for one in own for step in one.steps.values() for rule in step.rules
            for number in CITATION.findall(rule.citation)}  # fmt: skip
    assert len(own) >= 10
    assert laid <= held


@pytest.mark.parametrize(
    ("place", "name"),
    [("steps", "application.vanish"), ("rules", "party.nothing_of_the_kind"), ("figures", "absent"),
     ("rulebook", "no.such.key"), ("constraints", "none_such"), ("notices", "party.vanish"),
     ("code", "register.parties.Nobody"), ("code", "register.nowhere.Nothing"), ("steps", "absent.step")],
)  # fmt: skip
def test_a_part_that_is_not_there_is_found_out(place: str, name: str) -> None:
    assert text_of(place, name) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [("[PTY-1]\nsays = 'A.'\nmark = 'sourced'\n", "neither held"),
     ("[PTY-1]\nsays = 'A.'\nmark = 'surely'\nleft_out = 'B.'\n", "how sure"),
     ("[PTY-1]\nsays = 'A.'\nmark = 'sourced'\nviews = ['x']\n", "unknown views")],
)  # fmt: skip
def test_a_row_that_is_not_whole_is_refused(
    text: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "FILE", tmp_path / "rules.toml")
    (tmp_path / "rules.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=word):
        register_rules.__wrapped__()
