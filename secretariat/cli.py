"""The command line: thin over the same functions as the site. What needs no database never loads Django."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

_NEEDS_SITE: Final = "This command needs the site: pip install 'secretariat[site]'\n"
_NEEDS_READERS: Final = "This command needs what reads papers: pip install 'secretariat[proof]'\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 refused or errors found, 2 wrong words."""
    asked = parser().parse_args(arguments)
    return int(asked.run(asked) or 0)


class _Command(argparse.ArgumentParser):
    """A command's parser; one with much to load learns its words only when it is the command that is asked."""

    learn: Callable[[argparse.ArgumentParser], None] | None = None

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What argparse does, once the words are known."""
        learn, self.learn = self.learn, None
        if learn is not None:
            learn(self)
        return super().parse_known_args(args, namespace)


def parser() -> argparse.ArgumentParser:
    """Every command with its words."""
    top = argparse.ArgumentParser(
        prog="secretariat", description="The working system of an industry-code administrator."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND", parser_class=_Command)

    def command(name: str, run: Any, help_: str) -> _Command:
        made = commands.add_parser(name, help=help_, description=help_)
        made.set_defaults(run=run)
        return made

    demo = command("demo", _django("demo"), "Builds the sample administration, writes its report and serves it.")
    demo.add_argument("--no-serve", action="store_true", help="build and write only")
    _where(demo)
    command("init", _django("init"), "Makes or upgrades the database and asks for the first administrator.")
    _where(command("serve", _serve, "Serves what is there."))
    load = command("load", _django("load"), "Previews or loads a CSV or XLSX file: all rows or none.")
    load.add_argument("kind", metavar="KIND", help="what the file holds; 'secretariat load list -' names the kinds")
    load.add_argument("file", metavar="FILE")
    load.add_argument("--dry-run", action="store_true", help="preview only")
    readings = command("readings", _django("readings"), "Takes alerts or the inventory of devices in: all or nothing.")
    readings.add_argument("file", metavar="FILE", type=Path, help="CSV or Parquet")
    readings.add_argument("month", metavar="MONTH", help="such as 2020-02, or the word inventory")
    readings.add_argument("--day", type=date.fromisoformat, help="of a month that comes day by day")
    readings.add_argument("--london", action="store_true", help="times without an offset are by the clock in London")
    readings.add_argument("--restates", action="store_true", help="replace what was taken in of the same days")
    report = command("report", _django("report"), "Writes a report of a month as files.")
    report.add_argument("name", metavar="NAME", help="such as operations")
    report.add_argument("period", metavar="PERIOD", help="such as 2020-02")
    report.add_argument("--to", default="html,pdf,docx,json", help="forms, separated by commas")
    report.add_argument("--out", type=Path, default=Path(), help="folder for the files")
    report.add_argument("--no-annex", action="store_true", help="leave the annex of sources out of PDF and Word")
    command("proof", None, "Checks papers: what does not add up, contradicts itself or is stale.").learn = _proof
    days = command("workdays", _workdays, "Counts Working Days and shows the working, day by day.")
    days.add_argument("start", metavar="DAY", help="such as 2017-06-22")
    days.add_argument("count", metavar="COUNT", type=int, help="such as +10; below nought counts back")
    tick = command("tick", _django("tick"), "Takes the steps that time alone causes and drains the outbox.")
    tick.add_argument("--at", help="an instant such as 2020-03-06T17:00+00:00; now, unless told")
    mail_in = command("mail-in", _django("mail_in"), "Takes in one e-mail from the standard input.")
    mail_in.add_argument("--mailbox", default="", help="the address of ours to which it was sent")
    verify = command("verify", _django("verify"), "Walks the journal's hash chain.")
    verify.add_argument("--seal", type=Path, help="write the chain's head to a seal file, or check one that exists")
    sealing = command("reseal", _django("reseal"), "Puts everything that is sealed under the newest sealing key.")
    sealing.add_argument("--new-key", action="store_true", help="make a new key first")
    command("backup", _django("backup"), "Database and files in one file, consistent while in use.").add_argument(
        "file", type=Path
    )
    command("restore", _django("restore"), "Puts a backup back into an empty home folder.").add_argument(
        "file", type=Path
    )
    return top


def _where(made: argparse.ArgumentParser) -> None:
    made.add_argument("--host", default="127.0.0.1")
    made.add_argument("--port", type=int, default=8000)


def _has_site() -> bool:
    """Whether the site is installed; says so where it is not, and which settings are its own where it is."""
    if find_spec("django") is None:
        sys.stderr.write(_NEEDS_SITE)
        return False
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.site.settings")
    return True


def _serve(asked: argparse.Namespace) -> int:
    """The web server, which loads Django in a process of its own."""
    return int(import_module("secretariat.site.serving").serve(asked)) if _has_site() else 2


def _django(name: str) -> Any:
    """A command that needs the record: Django is loaded only when it is run."""

    def run(asked: argparse.Namespace) -> int:
        if not _has_site():
            return 2
        if name == "demo":
            os.environ["SECRETARIAT_DEMO"] = "1"
        import_module("django").setup()
        result = getattr(import_module("secretariat.site.commands"), name)(asked)
        return int(result or 0)

    return run


def _proof(made: argparse.ArgumentParser) -> None:
    """The checker's words and what runs it; loads no Django, and the checker only now."""
    try:
        checker = import_module("secretariat.proof.command")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "secretariat":
            raise
        made.exit(2, _NEEDS_READERS)
    checker.add_arguments(made)
    made.set_defaults(run=checker.run)


def _workdays(asked: argparse.Namespace) -> int:
    """The date with its working; needs no database."""
    dates, workdays = import_module("secretariat.plain.dates"), import_module("secretariat.plain.workdays")
    try:
        working = workdays.default_calendar().working(dates.parse_day(asked.start), asked.count)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"{line}\n" for line in working.lines) + f"{working.sentence()}\n")
    return 0
