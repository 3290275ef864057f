"""`secretariat proof`: its words, its exit status, and what it never loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from secretariat.cli import main
from secretariat.proof import RULES

FAULTY = """\
# Votes

| Group | Votes |
|---|---|
| Red | 12 |
| Green | 30 |
| Blue | 8 |
| Total | 51 |
"""
CLEAN = FAULTY.replace("51", "50")
OFFLINE = """
import socket, sys
def refuse(*_, **__): raise AssertionError("a socket was opened")
socket.socket = socket.create_connection = refuse
from secretariat.cli import main
status = main(sys.argv[1:])
loaded = {"django", "secretariat.core", "secretariat.papers", "secretariat.site"} & set(sys.modules)
assert not loaded, loaded
sys.exit(status)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a clean and a faulty paper."""
    (tmp_path / "clean.md").write_text(CLEAN)
    (tmp_path / "faulty.md").write_text(FAULTY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def accept(path: Path, rule: str = "column-total", reason: str = "As printed by the source.") -> None:
    path.write_text(f'[[accepted]]\nrule = "{rule}"\ntext = "51"\nreason = "{reason}"\n')


def test_nothing_wrong_is_status_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["proof", "clean.md"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 errors, 0 queries in 1 paper"


def test_an_error_is_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["proof", "faulty.md"]) == 1
    told = capsys.readouterr().out
    assert "column-total" in told
    assert told.splitlines()[-1].startswith("1 error")


def test_a_file_that_cannot_be_read_is_status_2_and_the_others_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["proof", "none.md", "faulty.md"]) == 2
    told = capsys.readouterr()
    assert "none.md cannot be opened" in told.err
    assert "column-total" in told.out
    assert told.out.splitlines()[-1].endswith("1 file could not be read")


def test_a_form_that_is_not_known_is_told_with_those_that_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "sums.ods").write_text("x")
    assert main(["proof", "sums.ods"]) == 2
    assert ".docx" in capsys.readouterr().err


def test_without_a_file_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["proof"]) == 2
    assert "secretariat proof report.docx" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--format", "xml"], ["--read-on", "soon"]])
def test_wrong_words_are_status_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["proof", "clean.md", *words])
    assert stopped.value.code == 2


@pytest.mark.parametrize("words", [["--only", "sums"], ["--skip", "column-total,sums"], ["--explain", "sums"]])
def test_a_rule_that_is_not_there_is_named(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["proof", "clean.md", *words]) == 2
    assert "no rule “sums”" in capsys.readouterr().err


def test_a_rule_can_be_skipped_or_asked_alone() -> None:
    assert main(["proof", "faulty.md", "--skip", "column-total"]) == 0
    assert main(["proof", "faulty.md", "--only", "caption-number"]) == 0
    assert main(["proof", "faulty.md", "--only", "column-total,caption-number"]) == 1


def test_the_rules_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["proof", "--rules"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(RULES)
    assert main(["proof", "--explain", "column-total"]) == 0
    assert RULES["column-total"].about in capsys.readouterr().out


def test_a_configuration_in_the_working_directory_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accept(folder / "proof.toml")
    assert main(["proof", "faulty.md"]) == 0
    assert "1 accepted with a reason" in capsys.readouterr().out


def test_a_configuration_elsewhere_is_read_when_named(folder: Path) -> None:
    accept(folder / "ours.toml")
    assert main(["proof", "faulty.md"]) == 1
    assert main(["proof", "faulty.md", "--config", "ours.toml"]) == 0


def test_the_command_line_goes_before_the_configuration(folder: Path) -> None:
    (folder / "proof.toml").write_text('off = ["column-total"]\n')
    assert main(["proof", "faulty.md"]) == 0
    assert main(["proof", "faulty.md", "--only", "column-total"]) == 1


@pytest.mark.parametrize("config", ["missing.toml", "proof.toml"])
def test_a_configuration_that_is_none_is_status_2(
    folder: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    accept(folder / "proof.toml", reason=" ")
    assert main(["proof", "clean.md", "--config", config]) == 2
    assert config in capsys.readouterr().err


def test_json_and_sarif_are_nothing_but_that(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["proof", "faulty.md", "none.md", "--format", "json"]) == 2
    assert [found["rule"] for found in json.loads(capsys.readouterr().out)] == ["column-total"]
    assert main(["proof", "faulty.md", "--format", "sarif"]) == 1
    assert len(json.loads(capsys.readouterr().out)["runs"][0]["results"]) == 1


def test_two_papers_are_compared_with_each_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = "# Report for {0} 2021\n\nTable 1: Enquiries\n\n| | Jan 21 | Feb 21 | Mar 21 |\n|---|---|---|---|\n{1}"
    rows = "| Billing | 12 | 15 | 9 |\n| Metering | 40 | 38 | 41 |\n"
    (folder / "february.md").write_text(table.format("February", rows))
    (folder / "march.md").write_text(table.format("March", rows.replace("15", "51")))
    assert main(["proof", "february.md", "march.md", "--only", "overlapping-series"]) == 1
    assert "Billing: Feb 21 51" in capsys.readouterr().out


def test_a_previous_paper_that_cannot_be_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["proof", "clean.md", "--previous", "none.md"]) == 2
    assert "none.md" in capsys.readouterr().err


def test_the_day_of_reading_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    main(["proof", "clean.md", "--read-on", "2020-03-13"])
    assert "read on 13 March 2020" in capsys.readouterr().out


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Output and errors go to a terminal, as far as the program can tell."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)


def test_colour_and_progress_are_for_terminals(capsys: pytest.CaptureFixture[str]) -> None:
    main(["proof", "faulty.md"])
    told = capsys.readouterr()
    assert "\x1b" not in told.out
    assert told.err == ""


def test_on_a_terminal_there_are_both(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    on_terminal(monkeypatch)
    main(["proof", "faulty.md", "clean.md"])
    told = capsys.readouterr()
    assert "\x1b[1;31merror" in told.out
    assert "reading clean.md (2 of 2)" in told.err


@pytest.mark.parametrize(("words", "no_color"), [(["--no-colour"], None), ([], "1")])
def test_colour_can_be_refused(
    words: list[str], no_color: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_terminal(monkeypatch)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    main(["proof", "faulty.md", *words])
    assert "\x1b" not in capsys.readouterr().out


def alone(*words: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own that has no sockets, and fails if it loads Django or a room above."""
    path = [str(Path(__file__).resolve().parents[2]), *sys.path]
    return subprocess.run(
        [sys.executable, "-c", OFFLINE, *words], capture_output=True, text=True, check=False,
        env={"PYTHONPATH": ":".join(path)},
    )  # fmt: skip


def test_it_loads_no_django_and_opens_no_socket() -> None:
    done = alone("proof", "faulty.md", "clean.md", "--format", "sarif")
    assert done.stderr == ""
    assert done.returncode == 1
    assert json.loads(done.stdout)["version"] == "2.1.0"


def test_the_command_line_loads_the_checker_only_when_it_is_asked() -> None:
    program = "import sys; from secretariat.cli import parser; parser(); sys.exit('secretariat.proof' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=False, cwd=Path(__file__).resolve().parents[2])
    assert done.returncode == 0
