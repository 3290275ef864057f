"""A state is written by a step of a procedure, and by nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import nodes, place

WRITER = "secretariat/core/procedure.py"
IMPORTERS = ("/load.py", "/site/sample/")
"""Files of records that begin in a state of the past: saved in bulk, each with an event marked as imported."""


def writes_of_state(node: ast.AST) -> Iterator[str]:
    """How a node writes a state: an assignment, setattr, or an update in the database."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        flat = [part for target in targets for part in ast.walk(target)]
        if any(isinstance(part, ast.Attribute) and part.attr == "state" for part in flat):
            yield "assigns .state"
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in {"update", "aupdate"} and any(word.arg == "state" for word in node.keywords):
            yield "updates state"
        words = [part.value for part in node.args if isinstance(part, ast.Constant)]
        if called in {"setattr", "__setattr__"} and "state" in words:
            yield "sets state"
        if called == "bulk_update" and any(
            isinstance(part, ast.Constant) and part.value == "state" for part in ast.walk(node)
        ):
            yield "updates state in bulk"


def makes_in_a_state(node: ast.AST) -> bool:
    """Whether a node makes a record that is in a state from the start, past its first step."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return (name[:1].isupper() or name in {"create", "get_or_create", "update_or_create"}) and any(
        word.arg == "state" for word in node.keywords
    )


def is_queried(node: ast.AST) -> bool:
    """Q and When ask and write nothing; Taken is what the API answers."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Q", "When", "Taken"}


def test_only_a_procedure_writes_a_state() -> None:
    found = [f"{place(path, node)} {how}" for path, node in nodes() for how in writes_of_state(node)]
    assert [one for one in found if not one.startswith(WRITER)] == []
    assert any(one.startswith(WRITER) for one in found)


def test_only_an_import_makes_a_record_in_a_later_state() -> None:
    found = [place(path, node) for path, node in nodes() if makes_in_a_state(node) and not is_queried(node)]
    assert [one for one in found if not any(part in one for part in IMPORTERS)] == []


@pytest.mark.parametrize(
    "line",
    [
        "party.state = 'left'",
        "a, b.state = 1, 2",
        "Party.objects.update(state='left')",
        "setattr(party, 'state', 'left')",
        "Party.objects.bulk_update(rows, ['state'])",
    ],
)
def test_every_way_to_write_a_state_is_found(line: str) -> None:
    assert [how for node in ast.walk(ast.parse(line)) for how in writes_of_state(node)]


def test_reading_a_state_is_not_taken_for_writing() -> None:
    asked = ast.parse("if party.state == 'left': rows.filter(state='left').update(name='x')")
    assert not [how for node in ast.walk(asked) for how in writes_of_state(node)]
