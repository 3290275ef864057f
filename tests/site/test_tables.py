"""An empty database gets at once the same tables that its history would have given it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.site.own_database import ROOT, own_database


def made(way: str, home: Path) -> dict[str, Any]:
    """What a process makes of an empty database."""
    with own_database(home, f"tables_{os.getpid()}") as known:
        command = [sys.executable, "-m", "tests.site.structure", way]
        done = subprocess.run(command, env=known, check=True, cwd=ROOT, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.database
@pytest.mark.slow
def test_tables_made_at_once_are_those_that_the_migrations_make(tmp_path: Path) -> None:
    (tmp_path / "once").mkdir()
    (tmp_path / "history").mkdir()
    once, history = made("at once", tmp_path / "once"), made("by history", tmp_path / "history")
    assert once.keys() == history.keys()
    assert {name: (once[name], what) for name, what in history.items() if once[name] != what} == {}
