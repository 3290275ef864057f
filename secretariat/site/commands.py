"""The commands that work on the record."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from secretariat.core import journal, sealed
from secretariat.core.load import LOADS, Loading, Prepared, preview
from secretariat.core.load import load as load_file
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.engagement.website.counting import forget
from secretariat.oversight.readings.actions import receive_rows
from secretariat.oversight.readings.ingest import NotTaken, take_inventory
from secretariat.oversight.readings.models import AlertExtract, Clock
from secretariat.oversight.readings.place import opened_store
from secretariat.papers import document as doc
from secretariat.papers.assembly import Assembly
from secretariat.papers.frozen import frozen_figures, written
from secretariat.papers.issuing import rendered
from secretariat.papers.models import Paper
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month
from secretariat.post.arrivals import TAKERS
from secretariat.post.mail_in import take_in
from secretariat.post.tick import tick as take_tick
from secretariat.site import keeping
from secretariat.site.clock import now
from secretariat.site.sample.build import build
from secretariat.site.serving import serve
from secretariat.site.tables import make_or_upgrade


def say(*lines: str) -> None:
    """Prints lines."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def complain(*lines: str) -> int:
    """Prints lines where errors go and returns the exit status of a refusal."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    return 1


def demo(asked: argparse.Namespace) -> int:
    """Builds the sample administration if it is not there, writes its report, and serves it."""
    out = settings.HOME / "reports"
    if not (settings.HOME / "demo").exists():
        say("Building the sample administration of the Smart Energy Code …")
        migrate()
        build(say)
        at = now()
        take_tick(at=at, recorded=at)
    paper = Paper.objects.get(key="operations-2020-02")
    write_paper(paper, ["html", "pdf", "docx", "json"], out, annex=True)
    say("", "The Operations Report for February 2020, written from its records:")
    say(*(f"  {path}" for path in sorted(out.glob("operations-2020-02.*"))))
    say("", (settings.HOME / "demo").read_text(encoding="utf-8"))
    return 0 if asked.no_serve else serve(asked)


def migrate() -> None:
    """Makes or upgrades the database."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    make_or_upgrade()


def init(asked: argparse.Namespace) -> int:
    """Makes or upgrades the database; asks for the first administrator when there is nobody."""
    migrate()
    say(
        f"The database is ready in {settings.HOME}." if not os.environ.get("DATABASE_URL") else "The database is ready."
    )
    if Person.objects.exists():
        return 0
    email = os.environ.get("SECRETARIAT_ADMIN_EMAIL") or input("E-mail address of the first administrator: ").strip()
    name = os.environ.get("SECRETARIAT_ADMIN_NAME") or input("Name: ").strip()
    password = os.environ.get("SECRETARIAT_ADMIN_PASSWORD") or getpass.getpass("Password (at least 12 characters): ")
    if len(password) < 12:
        return complain("The password is shorter than 12 characters. Nobody was added.")
    person = Person.objects.create_user(email, name, password)
    at = now()
    row = Capacity(person=person, role=Role.SECRETARIAT, team=Team.OPERATIONS, from_day=at.date(), recorded=at)
    journal.enter(row, by=None, at=at, recorded=at)
    say(f"{person} can sign in, and lead operations. 'secretariat serve' starts the site.")
    return 0


def load(asked: argparse.Namespace) -> int:
    """Previews or loads a file; prints what was accepted, what is refused and why."""
    if asked.kind not in LOADS:
        return complain(f"Files of the kind {asked.kind!r} are not taken. Known: {', '.join(sorted(LOADS))}.")
    path = Path(asked.file)
    if not path.is_file():
        return complain(f"There is no file {path}.")
    at = now()
    loading = Loading(None, at, at)
    try:
        prepared = preview(LOADS[asked.kind], path.name, path.read_bytes(), loading)
        _print_prepared(prepared)
        if prepared.refused:
            return complain("Nothing was loaded.")
        if asked.dry_run:
            say("A preview only: nothing was loaded.")
            return 0
        load_file(LOADS[asked.kind], path.name, path.read_bytes(), loading)
    except Refused as refusal:
        return complain(*refusal.messages, "Nothing was loaded.")
    say("Loaded.")
    return 0


def readings(asked: argparse.Namespace) -> int:
    """Takes alerts of a month or a day, or the inventory of devices, into measurement data; prints what was told."""
    if not asked.file.is_file():
        return complain(f"There is no file {asked.file}.")
    at = now()
    try:
        if asked.month == "inventory":
            say(f"{take_inventory(opened_store(), asked.file):,} rows of the inventory.")
            return 0
        record = AlertExtract(month=Month.parse(asked.month).first, day=asked.day, restates=asked.restates)
        record.clock = Clock.LONDON if asked.london else Clock.UNIVERSAL
        receive_rows(record, asked.file, by=None, at=at, recorded=at)
    except (NotTaken, Refused, ValidationError, ValueError) as refusal:
        return complain(*getattr(refusal, "messages", [str(refusal)]), "Nothing was taken in.")
    say(f"{record.rows:,} messages.", *record.findings)
    return 0


def mail_in(asked: argparse.Namespace) -> int:
    """Takes in one e-mail from the standard input; 75 tells a mail server to keep it and to come again."""
    at = now()
    try:
        done = take_in(sys.stdin.buffer.read(), asked.mailbox, at, at)
    except (OSError, DatabaseError) as error:
        complain(f"The message could not be kept now ({type(error).__name__}). Send it again later.")
        return os.EX_TEMPFAIL
    problems = [*done.problems, *(problem for taker in TAKERS for problem in taker(at, at))]
    if problems:
        complain(*problems, "It is kept and is tried again by the next tick.")
    return 0


def _print_prepared(prepared: Prepared) -> None:
    say(prepared.sentence)
    say(*(f"  refused: {refusal}" for refusal in prepared.refused))


def report(asked: argparse.Namespace) -> int:
    """Writes a month's paper as files: as issued, or as it stands."""
    forms = [form.strip() for form in asked.to.split(",") if form.strip()]
    unknown = sorted(set(forms) - {"html", "pdf", "docx", "json"})
    if unknown:
        return complain(f"Reports are written as html, pdf, docx or json, not as {', '.join(unknown)}.")
    try:
        month = Month.parse(asked.period)
    except ValueError as error:
        return complain(str(error))
    paper = Paper.objects.filter(report_name=asked.name, first_day=month.first).order_by("version").last()
    if paper is None:
        return complain(f"There is no {asked.name} paper for {month.label}. Start it on the site, under Papers.")
    for path in write_paper(paper, forms, asked.out, annex=not asked.no_annex):
        say(str(path))
    return 0


def write_paper(paper: Paper, forms: list[str], out: Path, *, annex: bool) -> list[Path]:
    """Writes the paper's files into a folder and returns their paths."""
    out.mkdir(parents=True, exist_ok=True)
    issue = getattr(paper, "issue", None)
    if issue is not None and annex:
        files = {form: getattr(issue, "figures" if form == "json" else form).read() for form in forms}
    else:
        files = _drawn(paper, forms, annex)
    paths = []
    for form, content in files.items():
        path = out / f"{paper.key}{'' if issue else '-draft'}.{form}"
        path.write_bytes(content)
        paths.append(path)
    return paths


def _drawn(paper: Paper, forms: list[str], annex: bool) -> dict[str, bytes]:
    assembly = Assembly(paper)
    issue = getattr(paper, "issue", None)
    content = issue.content.read() if issue is not None else doc.to_json(assembly.document()).encode()
    files = rendered(content, annex, [form for form in forms if form != "json"])
    if "json" in forms:
        files["json"] = issue.figures.read() if issue is not None else written(frozen_figures(assembly))
    return files


def tick(asked: argparse.Namespace) -> int:
    """Takes what time alone causes; safe to run twice."""
    at = datetime.fromisoformat(asked.at) if asked.at else now()
    if at.tzinfo is None:
        return complain("Give the instant with its offset, such as 2020-03-06T17:00+00:00.")
    forget(local_day(at))
    say(json.dumps(take_tick(at=at, recorded=at)))
    return 0


def verify(asked: argparse.Namespace) -> int:
    """Walks the chain; with a seal, compares or writes the head."""
    breaks = list(journal.verify())
    if breaks:
        return complain(*(f"Event {one.event_id}: {one.reason}." for one in breaks), "The journal does not hold.")
    if closed := list(sealed.unopenable()):
        return complain(*closed, "The journal holds; not everything that is sealed opens.")
    count, head = journal.head()
    say(f"The journal holds: {count:,} events, head {head}.")
    return keeping.seal(asked.seal, count, head, say, complain) if asked.seal else 0


def backup(asked: argparse.Namespace) -> int:
    """Writes database and files into one file."""
    if asked.file.exists():
        return complain(f"{asked.file} exists; a backup does not overwrite.")
    size = keeping.backup(asked.file)
    say(f"{asked.file}: {size:,} bytes.", *keeping.about_keys())
    return 0


def reseal(asked: argparse.Namespace) -> int:
    """Seals everything anew with the newest key, a new one when asked for; older keys can then be taken away."""
    try:
        if asked.new_key:
            say(f"The new sealing key is {sealed.add_key()}.")
        count = sealed.reseal()
    except sealed.Unsealable as reason:
        return complain(str(reason), "What was sealed anew stays so: do it again when this is put right.")
    *older, newest = sealed.key_names() or ["none"]
    say(f"{count:,} files and texts are sealed with the key {newest}.")
    if older:
        say(f"Nothing here needs {', '.join(older)} any more. Backups made before now do: keep those keys with them.")
    return 0


def restore(asked: argparse.Namespace) -> int:
    """Puts a backup back, into a home folder that holds no database."""
    try:
        keeping.restore(asked.file)
    except ValueError as error:
        return complain(str(error))
    say(f"Restored into {settings.HOME}. 'secretariat verify' checks the journal.", *keeping.about_keys())
    return 0
