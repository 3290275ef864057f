"""The program's own text, read once: what the tests of its shape look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "secretariat"
PUT_ASIDE = {"__pycache__", ".git", ".venv", "var", "build", "dist", "node_modules"}


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of the program."""
    return tuple(sorted(path for path in PACKAGE.rglob("*.py") if not PUT_ASIDE & set(path.parts)))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    """Where something stands, as "secretariat/core/people.py:12"."""
    line = f":{node.lineno}" if isinstance(node, ast.stmt | ast.expr) else ""
    return f"{path.relative_to(ROOT).as_posix()}{line}"


def is_migration(path: Path) -> bool:
    """Whether a file is a migration."""
    return path.parent.name == "migrations"


def nodes(*, migrations: bool = False) -> Iterator[tuple[Path, ast.AST]]:
    """Every node of every file of the program, with its file."""
    for path in modules():
        if migrations or not is_migration(path):
            for node in ast.walk(tree(path)):
                yield path, node


def text_files() -> Iterator[Path]:
    """Every text file that belongs to the project: not what the environment, the tools or a run left."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part not in {".ci", ".gitignore", ".gitattributes"} for part in inside)
        if path.is_file() and not hidden and not PUT_ASIDE & set(inside) and _is_text(path):
            yield path


def _is_text(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True
