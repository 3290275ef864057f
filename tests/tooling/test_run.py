"""What `run.py` says and decides before anything is installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import run

RESULTS = """<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout: two locks and nothing installed."""
    locks = {name: tmp_path / f"{name}.txt" for name in ("runtime", "dev")}
    for name, path in locks.items():
        path.write_text(f"{name}==1\n")
    monkeypatch.setattr(run, "LOCKS", locks)
    monkeypatch.setattr(run, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(run, "STAMP", tmp_path / "installed")
    return tmp_path


@pytest.fixture
def empty_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which no program can be found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 14)])
def test_an_old_python_is_told_which_one_is_needed(version: tuple[int, ...]) -> None:
    assert "needs Python 3.11 or newer" in run.too_old(version)
    assert f"is {version[0]}.{version[1]}." in run.too_old(version)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_a_new_enough_python_is_told_nothing(version: tuple[int, ...]) -> None:
    assert run.too_old(version) == ""


def install(checkout: Path, lock: str) -> None:
    (checkout / "python").touch()
    (checkout / "installed").write_text(run.fingerprint(lock))


@pytest.mark.parametrize(
    ("present", "wanted", "enough"),
    [("runtime", "runtime", True), ("dev", "dev", True), ("dev", "runtime", True), ("runtime", "dev", False)],
)
def test_the_dev_lock_serves_for_runtime_and_not_the_other_way(
    checkout: Path, present: str, wanted: str, enough: bool
) -> None:
    install(checkout, present)
    assert run.is_installed(wanted) is enough


def test_a_changed_lock_is_installed_again(checkout: Path) -> None:
    install(checkout, "dev")
    (checkout / "dev.txt").write_text("dev==2\n")
    assert not run.is_installed("dev")


@pytest.mark.parametrize("lost", ["python", "installed"])
def test_an_interrupted_or_broken_install_is_done_again(checkout: Path, lost: str) -> None:
    install(checkout, "dev")
    (checkout / lost).unlink()
    assert not run.is_installed("dev")


def test_a_failed_install_leaves_no_stamp(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(checkout, "runtime")
    monkeypatch.setattr(run, "ROOT", checkout)
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1))
    with pytest.raises(run.Stop, match=r"could not install dev\.txt"):
        run.install("dev")
    assert not (checkout / "installed").exists()


@pytest.mark.usefixtures("empty_path")
def test_a_python_without_ensurepip_lacks_the_venv_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert run.missing_for_setup() == ["python3-venv"]


@pytest.mark.usefixtures("empty_path")
def test_no_browser_on_the_path_lacks_chromium() -> None:
    assert "chromium" in run.missing_for_browser()


@pytest.mark.usefixtures("empty_path")
def test_the_chromium_variable_names_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/opt/chromium")
    assert "chromium" not in run.missing_for_browser()


@pytest.mark.usefixtures("empty_path")
def test_who_may_not_install_is_told_the_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.provide(["chromium", "libatomic1"]) is False
    assert "Run: sudo apt-get update && sudo apt-get install -y chromium libatomic1" in capsys.readouterr().out


def test_nothing_missing_installs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a program was run"))
    assert run.provide([]) is True


@pytest.mark.parametrize(("user", "prefix"), [(0, []), (1000, None)])
def test_only_root_installs_without_sudo(monkeypatch: pytest.MonkeyPatch, user: int, prefix: list[str] | None) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert run.apt_prefix() == prefix


def test_the_tally_counts_errors_as_failures(tmp_path: Path) -> None:
    results = tmp_path / "results.xml"
    results.write_text(RESULTS)
    assert run.tally(results, status=1) == Counter(passed=5, failed=2, skipped=2)


def test_a_run_without_results_is_a_failure(tmp_path: Path) -> None:
    assert run.tally(tmp_path / "none.xml", status=4) == Counter(failed=1)


def test_a_run_that_chose_no_tests_is_no_failure(tmp_path: Path) -> None:
    assert run.tally(tmp_path / "none.xml", status=5) == Counter()


def test_the_closing_line_sums_both_runs() -> None:
    both = Counter(passed=5, failed=2, skipped=2) + Counter(passed=3)
    assert run.closing_line(both) == "8 passed, 2 failed, 2 skipped"


@pytest.mark.parametrize(("in_ci", "expected"), [("true", Counter(failed=1)), ("", Counter(skipped=1))])
def test_a_missing_postgresql_fails_in_ci_and_is_a_named_skip_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], in_ci: str, expected: Counter[str]
) -> None:
    monkeypatch.setenv("CI", in_ci)
    monkeypatch.setattr(run, "call", lambda command: os.EX_UNAVAILABLE)
    assert run.run_tests("PostgreSQL", ["python"], []) == expected
    assert "no PostgreSQL. Run: sudo apt-get update && sudo apt-get install -y postgresql" in capsys.readouterr().out


def test_a_check_of_an_unknown_name_is_refused() -> None:
    with pytest.raises(run.Stop, match="no check called spelling; there are lint, "):
        run.check(["spelling"])


def test_all_failed_checks_are_named_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "prepare", lambda lock: None)
    monkeypatch.setattr(run, "call", lambda command, **_: int(command[0] in {"ruff", "mypy"}))
    assert run.check([]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "run.py: checks failed: lint, format, types"


def test_no_command_prints_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main([]) == 2
    told = capsys.readouterr().out
    assert all(f"run.py {name}" in told for name in run.COMMANDS)


@pytest.mark.parametrize("lock", ["runtime", "dev"])
def test_every_locked_package_has_its_hashes_and_no_address(lock: str) -> None:
    text = run.LOCKS[lock].read_text()
    assert "://" not in text
    assert "--index-url" not in text
    packages = text.replace("\\\n", " ").splitlines()
    assert packages
    assert all("--hash=sha256:" in package for package in packages)


def test_the_runtime_lock_is_a_part_of_the_dev_lock() -> None:
    runtime, dev = (set(run.LOCKS[lock].read_text().split()) for lock in ("runtime", "dev"))
    assert {word for word in runtime if "==" in word} <= dev


def test_run_py_needs_only_the_standard_library() -> None:
    ran = subprocess.run([sys.executable, "-I", "-S", run.__file__], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "python3 run.py demo" in ran.stdout
