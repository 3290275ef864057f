"""Imports stand at the top, and no room reaches another by signals or by name."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.sources import is_migration, nodes, place

LAZY = {"secretariat/cli.py": "loads Django only when a command needs the record"}
BY_NAME = {"apps.get_model", "get_model"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.db.backends.signals")


def local_imports(function: ast.AST) -> list[ast.stmt]:
    """The imports inside a function."""
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return []
    return [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]


def listens(node: ast.AST) -> bool:
    """Whether a node imports or connects to a signal."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith(SIGNALS) or (node.module or "").endswith(".signals")
    if isinstance(node, ast.Import):
        return any(name.name.startswith(SIGNALS) for name in node.names)
    return False


def asks_by_name(node: ast.AST) -> bool:
    """Whether a node asks for a model by its name."""
    return isinstance(node, ast.Call) and ".".join(ast.unparse(node.func).split(".")[-2:]) in BY_NAME


def test_no_import_stands_inside_a_function() -> None:
    found = {place(path, inner) for path, node in nodes() for inner in local_imports(node)}
    assert sorted(one for one in found if one.split(":")[0] not in LAZY) == []


def test_nothing_listens_to_signals() -> None:
    assert [place(path, node) for path, node in nodes() if listens(node)] == []


def test_no_model_is_asked_for_by_name() -> None:
    assert [place(path, node) for path, node in nodes() if asks_by_name(node) and not is_migration(path)] == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("def f():\n    import json", local_imports),
        ("from django.db.models.signals import post_save", listens),
        ("apps.get_model('core', 'Person')", asks_by_name),
    ],
)
def test_what_is_forbidden_is_found(line: str, found: object) -> None:
    assert any(found(node) for node in ast.walk(ast.parse(line)))  # type: ignore[operator]
