"""What an installation pulls in: the paper checker comes without the web framework."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import run
from secretariat import cli
from secretariat.proof.output import DOCS

PROJECT = tomllib.loads((run.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
THE_SITE = {"django", "django-ninja", "granian", "psycopg", "pydantic", "typst", "whitenoise"}


def needed(lines: list[str], extras: tuple[str, ...] = ("",)) -> list[Requirement]:
    """The requirements that hold here, under these extras."""
    found = [Requirement(line) for line in lines]
    return [
        one for one in found if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras)
    ]


def closure(lines: list[str]) -> set[str]:
    """The names of all packages that the requirements pull in, by what is installed here."""
    waiting, names = needed(lines), set()
    asked: set[str] = set()
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        names.add(name)
        if str(one) in asked:
            continue
        asked.add(str(one))
        if name == PROJECT["name"]:
            waiting += [each for extra in one.extras for each in needed(EXTRAS[extra])]
            continue
        try:
            waiting += needed(requires(name) or [], ("", *one.extras))
        except PackageNotFoundError:  # pragma: no cover - the environment holds every lock
            pytest.fail(f"{name} is not installed")
    return names


def test_the_checker_pulls_in_no_web_framework() -> None:
    pulled = closure([*PROJECT["dependencies"], *EXTRAS["proof"]])
    assert {"lxml", "markdown-it-py", "pypdfium2"} <= pulled
    assert not {name for name in pulled if "django" in name}
    assert not pulled & THE_SITE


def test_the_base_pulls_in_next_to_nothing() -> None:
    assert closure(PROJECT["dependencies"]) == {"tzdata"}


def test_the_site_pulls_in_all_that_it_needs_and_the_checker() -> None:
    assert THE_SITE | closure(EXTRAS["proof"]) <= closure([*PROJECT["dependencies"], *EXTRAS["site"]])


def test_the_locks_hold_what_the_site_pulls_in() -> None:
    for lock in run.LOCKS.values():
        locked = {canonicalize_name(word.partition("==")[0]) for word in lock.read_text().split() if "==" in word}
        assert closure(EXTRAS["site"]) - {PROJECT["name"]} <= locked


def test_the_documentation_has_one_address() -> None:
    assert DOCS.startswith(PROJECT["urls"]["Documentation"])


def test_a_command_of_the_site_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "find_spec", lambda _: None)
    assert cli.main(["verify"]) == 2
    assert capsys.readouterr().err == "This command needs the site: pip install 'secretariat[site]'\n"


def test_the_checker_without_its_readers_says_what_to_install() -> None:
    program = "import sys; sys.modules['lxml'] = None; from secretariat.cli import main; main(['proof', 'x.md'])"
    done = subprocess.run([sys.executable, "-c", program], cwd=run.ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "This command needs what reads papers: pip install 'secretariat[proof]'\n",
    )
