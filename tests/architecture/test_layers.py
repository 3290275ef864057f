"""Rooms import only from rooms below them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.sources import PACKAGE, ROOT


def test_no_room_imports_from_a_room_above_it() -> None:
    program = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    asked = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert "0 broken" in asked.stdout


def test_every_room_stands_in_a_layer() -> None:
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][
        0
    ]
    assert layers["exhaustive"]
    known = {name.strip(" ()") for line in layers["layers"] for name in line.split("|")}
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} - {"rulebook"}
    assert rooms <= known
