"""The pages of the documentation that repeat the program say what it says, and no link in them is dead."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.sources import ROOT

DOCS = ROOT / "docs"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`((?:secretariat|tests|docs|benchmarks)/[\w/.-]+)`")


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def written() -> list[Path]:
    return sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def test_the_pages_read_off_the_program_are_fresh(generate: ModuleType) -> None:
    made = generate.pages()
    stale = [
        path.relative_to(ROOT).as_posix()
        for path, text in made.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: .venv/bin/python docs/generate.py"


def test_no_page_is_kept_of_a_procedure_that_is_gone(generate: ModuleType) -> None:
    assert set((DOCS / "procedures").glob("*.md")) == {
        path for path in generate.pages() if path.parent.name == "procedures"
    }


def test_every_rule_of_the_checker_has_a_page_and_no_rule_that_is_gone_has(generate: ModuleType) -> None:
    pages = {path.stem for path in (DOCS / "proof").glob("*.md")}
    assert pages == {*generate.RULES, "README"}


def test_every_rule_of_the_checker_says_what_it_looks_at_and_gives_an_example(generate: ModuleType) -> None:
    short = [
        name for name, rule in generate.RULES.items() if "Example" not in rule.about or not rule.title.endswith(".")
    ]
    assert short == []


def test_the_matrix_tells_guarded_pages_from_open_ones(generate: ModuleType) -> None:
    rows = [line for line in generate.pages()[DOCS / "permissions.md"].splitlines() if line.startswith("| `/")]
    cells = {row.split("|")[1].strip(" `"): [cell.strip() for cell in row.split("|")[2:-1]] for row in rows}
    assert set(cells["/rulebook/"]) == {"yes"}
    assert cells["/journal/"][0] == ""
    assert cells["/journal/"][-1] == "yes"


@pytest.mark.parametrize("page", written(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_link_of_a_page_is_dead(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", written(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_of_the_program_that_a_page_names_is_there(page: Path) -> None:
    named = CODE.findall(page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []
