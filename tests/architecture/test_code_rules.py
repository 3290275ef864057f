"""The tables of the code's rules are whole, and what they say is held by the program is there and cites its rule."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from secretariat.core.figures import FIGURES
from secretariat.core.procedure import PROCEDURES, Procedure
from secretariat.core.rule_tables import CodeRule, RuleTable, read, rule_tables
from secretariat.core.rulebook import RULEBOOK
from secretariat.post.notices import NOTICES
from tests.architecture.sources import ROOT

PACKAGE = ROOT / "secretariat"
TABLES = {table.room: table for table in rule_tables()}
ROOMS = {"register": ("register",), "change": ("change", "consultations"),
         "meetings": ("committees", "meetings", "oversight"), "legaltext": ("legaltext",), "assurance": ("assurance",),
         "products": ("products",), "engagement": ("engagement", "helpdesk")}  # fmt: skip
"""The rooms of which each table tells the rules: a change is also consulted on, and bodies meet; and govern testing."""
RANGES = {
    "PTY": chain(range(1, 7), range(10, 13), range(20, 29), range(30, 34), range(40, 46)),
    "DEF": range(1, 12),
    "EXIT": range(1, 7),
    "UEP": range(1, 9),
    "CHG": range(1, 11),
    "MOD": chain(range(1, 8), (10,), range(20, 23)),
    "OLD": range(1, 10),
    "NEW": chain(range(1, 12), ("11a", "11b"), range(12, 15)),
    "CB": range(1, 7),
    "DEC": range(1, 5),
    "IRP": range(1, 5),
    "REL": range(1, 8),
    "REP": range(1, 3),
    "XC": range(1, 4),
    "GOV": chain(range(1, 15), range(20, 25)),
    "ELE": range(1, 8),
    "REF": range(1, 5),
    "INF": range(1, 7),
    "DOC": range(1, 9),
    "PRD": chain((1,), range(10, 17), range(20, 26), range(30, 34)),
    "SEC": chain(range(1, 16), (20,), range(30, 34), (40,)),
    "PRV": range(1, 7),
    "HLP": range(1, 15),
}
NUMBERS = {family: [f"{family}-{number}" for number in numbers] for family, numbers in RANGES.items()}
KNOWN = set(chain.from_iterable(NUMBERS.values()))
CITATION = re.compile(rf"\b(?:{'|'.join(RANGES)})-\d+[ab]?\b")
RULES = [rule for table in TABLES.values() for rule in table.rules]
HELD = [rule for rule in RULES if rule.held_by]
ROW = "[PTY-1]\nsays = 'A.'\nmark = 'sourced'\n"
HEAD = "title = 'Rules'\nabout = 'Rules'\n[families]\nPTY = 'Parties'\n"


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
    models = (model for room in chain.from_iterable(ROOMS.values()) for model in apps.get_app_config(room).get_models())
    return frozenset(constraint.name for model in models for constraint in model._meta.constraints)


def _code(name: str) -> str | None:
    """The docstring of a module, class, function or method; of a constant, its value and the sentence below it."""
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
        if isinstance(node, ast.Assign | ast.AnnAssign) and _assigned(node) == names[0]:
            return " ".join(ast.unparse(one) for one in tree.body[place : place + 2] if one is node or _is_text(one))
    return None


def _assigned(node: ast.Assign | ast.AnnAssign) -> str:
    return ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@cache
def cited() -> tuple[tuple[str, str], ...]:
    """Every citation of these rules in the program, with its file."""
    return tuple(_cited())


def _cited() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.*")):
        told = path.suffix in (".py", ".html", ".txt", ".toml") and path.name != "rules.toml"
        if told and "migrations" not in path.parts:
            for number in CITATION.findall(path.read_text(encoding="utf-8")):
                yield number, path.relative_to(ROOT).as_posix()


def test_every_room_with_rules_has_its_table() -> None:
    assert set(TABLES) == set(ROOMS)


def test_every_family_stands_in_one_table() -> None:
    assert sorted(chain.from_iterable(table.families for table in TABLES.values())) == sorted(RANGES)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.room)
def test_every_rule_of_the_ranges_is_told_once_in_order_and_no_other(table: RuleTable) -> None:
    expected = chain.from_iterable(NUMBERS[family] for family in table.families)
    assert [rule.number for rule in table.rules] == list(expected)


@pytest.mark.parametrize("rule", HELD, ids=lambda rule: rule.number)
def test_what_is_said_to_hold_a_rule_is_there(rule: CodeRule) -> None:
    named = [(place, name) for place, names in rule.held_by.items() for name in names]
    assert [name for place, name in named if text_of(place, name) is None] == []


@pytest.mark.parametrize("rule", HELD, ids=lambda rule: rule.number)
def test_something_that_holds_a_rule_cites_it(rule: CodeRule) -> None:
    texts = [text_of(place, name) or "" for place, names in rule.held_by.items() for name in names]
    assert rule.number in {number for text in texts for number in CITATION.findall(text)}


def test_no_citation_names_a_rule_that_no_table_has() -> None:
    assert [(number, path) for number, path in cited() if number not in KNOWN] == []


def test_no_rule_that_is_left_out_is_cited_as_if_it_were_held() -> None:
    left_out = {rule.number for rule in RULES if not rule.held_by}
    assert [(number, path) for number, path in cited() if number in left_out] == []


def test_every_reason_is_a_sentence() -> None:
    told = [text for rule in RULES for text in (rule.says, rule.left_out) if text]
    assert [text for text in told if not text.endswith(".") or not text[0].isupper()] == []


@pytest.mark.parametrize(
    ("room", "least"),
    [
        ("register", 60),
        ("change", 100),
        ("meetings", 40),
        ("legaltext", 5),
        ("assurance", 60),
        ("products", 20),
        ("engagement", 20),
    ],
)
def test_every_rule_laid_on_a_step_is_named_where_its_numbers_are_told(room: str, least: int) -> None:
    """Those that hold one step for each stage are told by their steps."""
    named = {(rule.number, name) for rule in RULES for name in rule.held_by.get("rules", ())}
    own = [one for one in PROCEDURES.values() if one.model._meta.app_label in ROOMS[room]]
    laid = {(number, f"{one.name}.{rule.name}") for one in own for step in one.steps.values() for rule in step.rules
            for number in CITATION.findall(rule.citation) if not rule.name.startswith("withdrawn_in_")}  # fmt: skip
    assert len(laid) >= least
    assert sorted(laid - named) == []


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
    [(HEAD + ROW, "neither held"),
     (HEAD + "[PTY-1]\nsays = 'A.'\nmark = 'surely'\nleft_out = 'B.'\n", "how sure"),
     (HEAD + ROW + "views = ['x']\n", "unknown views"),
     (HEAD + ROW.replace("PTY", "GOV") + "left_out = 'B.'\n", "GOV-1 is of no family"),
     (HEAD.partition("[")[0] + ROW + "left_out = 'B.'\n", "need title, about, families")],
)  # fmt: skip
def test_a_table_that_is_not_whole_is_refused(text: str, word: str, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=word):
        read(tmp_path / "rules.toml")


def test_a_table_counts_how_its_rules_stand(tmp_path: Path) -> None:
    text = HEAD + ROW + "code = ['x']\n" + ROW.replace("1", "2") + "code = ['x']\nleft_out = 'B.'\n"
    (tmp_path / "rules.toml").write_text(text + ROW.replace("1", "3") + "left_out = 'B.'\n", encoding="utf-8")
    assert read(tmp_path / "rules.toml").counted == "1 implemented, 1 in part, 1 left out"
