"""Writes the pages of this folder that are read off the program: `.venv/bin/python docs/generate.py`.

Procedures, permissions, figures, the rulebook and the kinds of file are told once, in the program; these pages
repeat them for readers of the documentation. A test compares the pages with what this would write.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.site.settings")
if not apps.ready:
    django.setup()

from django.urls import URLPattern, URLResolver, get_resolver

from secretariat.core.figures import FIGURES
from secretariat.core.lists import ListPage
from secretariat.core.load import LOADS
from secretariat.core.pages import Page, RecordPage
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import NEW, PROCEDURES, Procedure, Step, who_sentence
from secretariat.core.rulebook import RULEBOOK, Entry

FOLDER = Path(__file__).resolve().parent
MADE = "<!-- Written by docs/generate.py. Change the program, not this page. -->\n"
AT = datetime(2020, 3, 5, 12, tzinfo=UTC)
"""Any instant at which every capacity below is in force: guards of pages do not depend on it."""


def main() -> None:
    """Writes every page, and takes away pages of procedures that are gone."""
    made = pages()
    for path in (FOLDER / "procedures").glob("*.md"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def pages() -> dict[Path, str]:
    """Every page that is read off the program, by its path."""
    procedures = sorted(PROCEDURES.values(), key=lambda one: one.name)
    made = {FOLDER / "procedures" / f"{_file(one.name)}.md": procedure_page(one) for one in procedures}
    made[FOLDER / "permissions.md"] = permissions_page(procedures)
    made[FOLDER / "figures.md"] = figures_page()
    made[FOLDER / "rulebook.md"] = rulebook_page()
    made[FOLDER / "loads.md"] = loads_page()
    return made


def _file(name: str) -> str:
    return name.replace(" ", "-").replace("_", "-")


def _page(title: str, lead: str, *parts: str) -> str:
    return "\n".join([MADE + f"\n# {title}\n", f"{lead}\n", *(f"{part.rstrip()}\n" for part in parts)])


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A Markdown table."""
    told = list(heads)
    lines = [f"| {' | '.join(told)} |", f"|{'---|' * len(told)}"]
    lines += [f"| {' | '.join(_cell(value) for value in row)} |" for row in rows]
    return "\n".join(lines)


def _cell(value: Any) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# Procedures


def procedure_page(procedure: Procedure) -> str:
    """One procedure: its states, a diagram, its steps and its rules."""
    word = str(procedure.model._meta.verbose_name)
    states = "\n".join(f"{place}. {state}" for place, state in enumerate(procedure.states, start=1))
    rules = [(rule.citation, rule.sentence) for rule in _rules(procedure)]
    return _page(
        _capital(procedure.name.replace("_", " ")),
        f"How the state of a {word} changes. The table stands in `{_source(procedure)}`.",
        f"## States\n\n{states}",
        f"```mermaid\n{diagram(procedure)}\n```",
        "## Steps\n\n" + table(["step", "from", "to", "who may", "rules"], _steps(procedure)),
        "## Rules\n\nWhat a person is told when a rule does not hold, with its citation.\n\n"
        + (table(["citation", "rule"], rules) if rules else "No rule is laid on these steps."),
    )


def _source(procedure: Procedure) -> str:
    return f"{procedure.model.__module__.rsplit('.', 1)[0].replace('.', '/')}/procedure.py"


def _rules(procedure: Procedure) -> list[Any]:
    return list(dict.fromkeys(rule for step in procedure.steps.values() for rule in step.rules))


def _steps(procedure: Procedure) -> Iterator[list[str]]:
    for step in procedure.steps.values():
        sources = ", ".join(source or "not begun" for source in step.origins)
        cited = "; ".join(dict.fromkeys(rule.citation for rule in step.rules))
        yield [
            f"**{step.label}** (`{step.name}`)",
            sources,
            step.target or "stays",
            who_sentence(step.who),
            cited or "none",
        ]


def diagram(procedure: Procedure) -> str:
    """The procedure as a Mermaid state diagram."""
    keys = {state: f"s{place}" for place, state in enumerate(procedure.states, start=1)} | {NEW: "[*]"}
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{state}" as {keys[state]}' for state in procedure.states]
    for step in procedure.steps.values():
        lines += [f"    {keys[source]} --> {_to(step, source, keys)}: {step.label}" for source in step.origins]
    return "\n".join(lines)


def _to(step: Step, source: str, keys: dict[str, str]) -> str:
    return keys[source if step.target is None else step.target]


# Permissions


def permissions_page(procedures: list[Procedure]) -> str:
    """Every page against who may open it, and every step with who may take it."""
    readers = _readers()
    rows = [[f"`{path}`", *("yes" if view.who(person, None, AT) else "" for person in readers.values())]
            for path, view in own_pages()]  # fmt: skip
    steps = [
        [procedure.name.replace("_", " "), step.label, who_sentence(step.who)]
        for procedure in procedures
        for step in procedure.steps.values()
    ]
    return _page(
        "Permissions",
        "Who may open a page, who may write through it, and who may take a step. Opening a page shows only what "
        "the person may read: that is decided row by row, by class, body, organisation and named recipients.",
        "## Pages\n\n" + table(["address", *readers], rows),
        "## Entering and amending\n\n" + table(["list or record", "who may"], _editors()),
        "## Steps\n\nA step may also depend on the record: the sentence says how.\n\n"
        + table(["procedure", "step", "who may"], steps),
    )


def _readers() -> dict[str, Person | None]:
    """Nobody, somebody of each role, and somebody of each team of the secretariat."""
    people: dict[str, Person | None] = {"anyone": None}
    for role in Role:
        if role != Role.SECRETARIAT:
            people[str(role.label).lower()] = _acting(role)
    return people | {f"{team.label.lower()} team": _acting(Role.SECRETARIAT, team) for team in Team}


def _acting(role: str, team: str = "") -> Person:
    person = Person(email="reader@example.org", name="Reader")
    vars(person)["_capacities"] = {AT.date(): [Capacity(role=role, team=team)]}
    return person


def own_pages() -> Iterator[tuple[str, type[Page]]]:
    """The address and view of every page, in the order of the addresses."""
    found = [(path, pattern.callback.view_class) for path, pattern in _patterns("/", get_resolver().url_patterns)
             if hasattr(pattern.callback, "view_class")]  # fmt: skip
    yield from sorted(((path, view) for path, view in found if issubclass(view, Page)), key=lambda one: one[0])


def _patterns(base: str, patterns: list[Any]) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = base + _readable(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _patterns(path, pattern.url_patterns)
        else:
            yield path, pattern


def _readable(pattern: str) -> str:
    """An address pattern with its arguments in angle brackets: "papers/<key>/"."""
    named = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", re.sub(r"<\w+:(\w+)>", r"<\1>", pattern))
    return re.sub(r"\(\?:(.*)\)\?", r"[\1]", named.strip("^$")).replace("\\", "")


def _editors() -> list[list[str]]:
    told: dict[str, str] = {}
    for _, view in own_pages():
        entering: Callable[..., bool] | None = None
        if issubclass(view, ListPage) and view.enters is not None:
            entering, what = view.enters, f"enter: {view.plural}"
        elif issubclass(view, RecordPage) and view.editors is not None:
            entering, what = view.editors, f"amend: {view.word}"
        if entering is not None:
            told[what] = who_sentence(entering)
    return [[what, who] for what, who in sorted(told.items())]


# Figures, rulebook, kinds of file


def figures_page() -> str:
    """Every figure: its name, title, unit and what it counts."""
    by_room: dict[str, list[Any]] = {}
    for figure in sorted(FIGURES.values(), key=lambda one: (one.room, one.name)):
        by_room.setdefault(figure.room, []).append(figure)
    parts = [
        f"## {_capital(room)}\n\n"
        + table(
            ["name", "title", "unit", "what it counts"],
            [[f"`{one.name}`", one.title, one.unit, one.rule] for one in told],
        )
        for room, told in by_room.items()
    ]
    return _page(
        "Figures", "Every figure that a paper prints. Each of its numbers opens to the records behind it.", *parts
    )


def rulebook_page() -> str:
    """Every key of the rulebook with its dated values."""
    rows = [_value(key, entry) for key, entries in sorted(RULEBOOK.entries.items()) for entry in entries]
    heads = ["key", "meaning", "value", "from", "source", "how sure"]
    lead = (
        "Numbers and settings that the code's text or this administration sets, from `secretariat/rulebook/sec.toml`."
    )
    return _page("Rulebook", lead, table(heads, rows))


def _value(key: str, entry: Entry) -> list[str]:
    source = f"{entry.source}. {entry.note}" if entry.note else entry.source
    return [f"`{key}`", entry.meaning, str(entry.value), entry.effective_from.isoformat(), source, entry.doubt]


def loads_page() -> str:
    """Every kind of file with its columns."""
    parts = [
        f"## {kind.title}\n\n`secretariat load {name} FILE`\n\n"
        + table(
            ["column", "needed", "what it holds"],
            [
                [f"`{column.name}`", "yes" if column.required else "may be empty", _capital(column.help)]
                for column in kind.columns
            ],
        )
        for name, kind in sorted(LOADS.items())
    ]
    lead = (
        "Kinds of CSV (UTF-8) and XLSX file. The first row names the columns, in any order. A file is loaded whole or "
        "not at all, and loading it again changes nothing."
    )
    return _page("Files to load", lead, *parts)


if __name__ == "__main__":
    main()
