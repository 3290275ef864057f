"""The sample is built alike every time, also after a build that was killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
LATE = "enquiries, timesheets"
"""What a build says when most of its records are made."""


def command(home: Path, *words: str, seed: int = 0) -> subprocess.Popen[str]:
    """Starts the command line in a home of its own, on SQLite, outside the tests' environment."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("SECRETARIAT_", "DATABASE_"))}
    known |= {"SECRETARIAT_HOME": str(home), "PYTHONUNBUFFERED": "1", "PYTHONHASHSEED": str(seed)}
    return subprocess.Popen(
        [sys.executable, "-m", "secretariat", *words], env=known, cwd=ROOT, text=True, stdout=subprocess.PIPE
    )


def said(process: subprocess.Popen[str]) -> str:
    text, _ = process.communicate(timeout=300)
    assert process.returncode == 0, text
    return text


def test_two_builds_give_the_same_journal_though_one_was_killed_half_way(tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    said(command(whole, "demo", "--no-serve", seed=1))
    process = command(killed, "demo", "--no-serve", seed=2)
    assert process.stdout is not None
    assert any(LATE in line for line in process.stdout)
    process.kill()
    process.communicate()
    assert not (killed / "demo").exists()
    assert "0 events" in said(command(killed, "verify"))
    said(command(killed, "demo", "--no-serve", seed=2))
    assert (killed / "demo").exists()
    assert said(command(whole, "verify")) == said(command(killed, "verify"))
