"""The command `secretariat proof`: its words, and what it does with them."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from secretariat.plain.dates import parse_day
from secretariat.proof import output, settings
from secretariat.proof.checking import Checked, judged
from secretariat.proof.findings import RULES
from secretariat.proof.paper import Paper, UnreadableError
from secretariat.proof.reading import ENDINGS, Source, read
from secretariat.proof.settings import Settings, SettingsError

FINE: Final = 0
ERRORS: Final = 1
WRONG: Final = 2
_WITHOUT_FILE: Final = (
    "Name the papers to check, such as: secretariat proof report.docx\n"
    f"It reads {', '.join(ENDINGS)}. Two or more papers are also compared with each other; last month's paper goes\n"
    "with --previous. “secretariat proof --rules” lists what is looked for.\n"
)
_ALSO: Final = """\
Status: 0 nothing is wrong, or queries only; 1 there are errors; 2 a file cannot be read, or the words are wrong.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's words."""
    parser.epilog = _ALSO
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", type=Path, help=f"a paper: {', '.join(ENDINGS)}")
    add("--format", choices=("text", "json", "sarif"), default="text", help="text for people, or json or sarif")
    add("--previous", type=Path, metavar="FILE", help="the paper before the first, to compare it with")
    add("--read-on", type=_day, metavar="DATE", help="the day on which it is read, such as 2020-03-13")
    add("--config", type=Path, metavar="FILE", help=f"rules and accepted findings; {settings.FILE} if it is here")
    add("--only", type=_names, metavar="RULES", help="ask these rules only, separated by commas")
    add("--skip", type=_names, metavar="RULES", help="leave these rules out, separated by commas")
    add("--rules", action="store_true", help="list the rules and end")
    add("--explain", metavar="RULE", help="tell what a rule looks at and end")
    add("--no-colour", "--no-color", action="store_true", help="plain text on a terminal too")


def run(asked: argparse.Namespace) -> int:
    """Checks the files and tells what was found; returns the exit status."""
    if asked.rules:
        return _say(output.rule_list())
    if asked.explain is not None:
        return _explain(asked.explain)
    if not asked.files:
        return _complain(_WITHOUT_FILE)
    try:
        on = _settings(asked)
    except SettingsError as error:
        return _complain(f"{error}\n")
    return _check(asked, on)


def _check(asked: argparse.Namespace, on: Settings) -> int:
    """A file that cannot be read is told; the others are checked all the same."""
    files = list(dict.fromkeys(asked.files))
    reading = _Reading(len(files) + (asked.previous is not None))
    papers = {path: paper for path in files if (paper := reading.paper(path, asked.read_on)) is not None}
    previous = reading.paper(asked.previous) if asked.previous is not None else None
    checked = judged(list(papers.values()), previous if files[0] in papers else None, on)
    colour = not asked.no_colour and "NO_COLOR" not in os.environ and sys.stdout.isatty()
    _say(_told(checked, asked.format, colour=colour, failed=reading.failed))
    if reading.failed:
        return WRONG
    return ERRORS if checked.errors else FINE


def _told(checked: Checked, form: str, *, colour: bool, failed: int) -> str:
    if form == "json":
        return output.as_json(checked)
    return output.as_sarif(checked) if form == "sarif" else output.text(checked, colour=colour, failed=failed)


class _Reading:
    """Reads papers one after another; says on a terminal which, and on standard error which could not be read."""

    def __init__(self, files: int) -> None:
        self._files, self._at, self.failed = files, 0, 0
        self._terminal = sys.stderr.isatty()

    def paper(self, path: Path, read_on: date | None = None) -> Paper | None:
        """The paper in the file, or None, which counts as failed."""
        self._at += 1
        self._line(f"reading {output.clean(path.name)} ({self._at} of {self._files})")
        try:
            return read(Source.of(path), read_on=read_on)
        except UnreadableError as error:
            self.failed += 1
            self._line("")
            _complain(f"{output.clean(str(error))}\n")
            return None
        finally:
            self._line("")

    def _line(self, text: str) -> None:
        if self._terminal:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()


def _settings(asked: argparse.Namespace) -> Settings:
    """What the configuration says, narrowed by the command line. Raises SettingsError."""
    here = Path(settings.FILE)
    path = asked.config or (here if here.is_file() else None)
    said = settings.load(path) if path is not None else Settings()
    only = settings.named(asked.only, "--only") if asked.only is not None else said.only
    skip = settings.named(asked.skip, "--skip") if asked.skip is not None else frozenset()
    return replace(said, only=only, off=(said.off | skip) - (only if asked.only is not None else frozenset()))


def _explain(name: str) -> int:
    if name not in RULES:
        return _complain(f"There is no rule “{output.clean(name)}”. “secretariat proof --rules” lists them.\n")
    return _say(output.rule_page(RULES[name]))


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _say(text: str) -> int:
    sys.stdout.write(text)
    return FINE


def _complain(text: str) -> int:
    sys.stderr.write(text)
    return WRONG
