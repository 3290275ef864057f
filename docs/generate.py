"""Writes the pages of this folder that are read off the program: `.venv/bin/python docs/generate.py`.

Procedures, permissions, figures, the rulebook, the kinds of file and the checker's rules are told once, in the
program; these pages repeat them for readers of the documentation. A test compares the pages with what this would write.
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
from secretariat.core.rule_tables import CodeRule, RuleTable, rule_tables
from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.proof import RULES, Kind, Rule

FOLDER = Path(__file__).resolve().parent
MADE = "<!-- Written by docs/generate.py. Change the program, not this page. -->\n"
AT = datetime(2020, 3, 5, 12, tzinfo=UTC)
"""Any instant at which every capacity below is in force: guards of pages do not depend on it."""


def main() -> None:
    """Writes every page, and takes away pages of procedures and rules that are gone."""
    made = pages()
    for path in [*(FOLDER / "procedures").glob("*.md"), *(FOLDER / "proof").glob("*.md")]:
        if path not in made:
            path.unlink()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def pages() -> dict[Path, str]:
    """Every page that is read off the program, by its path."""
    assert get_resolver().url_patterns, "the addresses bring every procedure with them"
    procedures = sorted(PROCEDURES.values(), key=lambda one: one.name)
    made = {FOLDER / "procedures" / f"{_file(one.name)}.md": procedure_page(one) for one in procedures}
    made[FOLDER / "permissions.md"] = permissions_page(procedures)
    made[FOLDER / "figures.md"] = figures_page()
    made[FOLDER / "rulebook.md"] = rulebook_page()
    made |= {FOLDER / f"{_file(table.title.lower())}.md": rule_table_page(table) for table in rule_tables()}
    made[FOLDER / "loads.md"] = loads_page()
    made |= {FOLDER / "proof" / f"{name}.md": rule_page(rule) for name, rule in RULES.items()}
    made[FOLDER / "proof" / "README.md"] = rules_page()
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
    folder = FOLDER.parent / procedure.model.__module__.rsplit(".", 1)[0].replace(".", "/")
    table = re.compile(rf"Procedure\(\s*\"{procedure.name}\"")
    found = (path for path in sorted(folder.rglob("*.py")) if table.search(path.read_text(encoding="utf-8")))
    return next(found, folder / "procedure.py").relative_to(FOLDER.parent).as_posix()


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
        "Figures", "Every figure, printed in papers or on its page. Each number opens to the records behind it.", *parts
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


def rule_table_page(told: RuleTable) -> str:
    """Every rule of the code that concerns a room: what holds it, or why it is left out."""
    heads = ["rule", "what it says", "held by", "left out, and why", "how sure"]
    parts = [
        f"## {title}\n\n" + table(heads, [_code_rule(rule) for rule in told.rules if rule.family == family])
        for family, title in told.families.items()
    ]
    return _page(
        told.title,
        f"{told.about}, by their numbers in the citations of the program, in our own words: {told.counted}. "
        f"They stand in `secretariat/{told.room}/rules.toml`; `tests/architecture/test_code_rules.py` finds a part "
        "that is not there, that does not cite its rule, or a citation without a rule.",
        *parts,
    )


def _code_rule(rule: CodeRule) -> list[str]:
    held = [f"{place}: {', '.join(f'`{name}`' for name in names)}" for place, names in rule.held_by.items()]
    return [rule.number, rule.says, "; ".join(held) or "nothing", rule.left_out, rule.doubt]


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


# The paper checker

SCOPES = {
    "paper": "each paper by itself",
    "previous": "a paper and the one before it, with `--previous FILE`",
    "papers": "two or more papers together",
}
SEVERITIES = {"error": "arithmetic, or a contradiction that can be proved", "query": "worth a look"}
USE = """## Using it

```sh
secretariat proof report.docx                      # one paper
secretariat proof march.pdf --previous february.pdf
secretariat proof january.md february.md march.md  # also compared with each other
secretariat proof report.docx --format json        # or sarif
```

It reads Word, PDF, HTML, Markdown and plain text, needs no database, no account and no network, and installs alone:
`pip install 'secretariat[proof]'`. The status is 0 when nothing is wrong or there are queries only, 1 when there are
errors, and 2 when a file cannot be read or the words are wrong; the other files are still checked.

`--read-on DATE` says on which day the paper is read, which decides what lies ahead; unless told, that is the day of
its meeting, or else its own date.

## Switching off and accepting

`--skip RULES` leaves rules out and `--only RULES` asks no others, both separated by commas. What holds every time
stands in `proof.toml` in the working directory, or in the file that `--config` names:

```toml
off = ["two-names"]

[[accepted]]
rule = "column-total"
text = "Total: 1,571"
file = "operations-*.docx"
reason = "Published so; the source's own total."
```

An accepted finding is one of that rule whose words contain `text`, in a file of that name if there is one. The reason
is needed. Accepted findings are counted, not listed; SARIF has them as suppressed.

## Formats

`text` is for people, in colour on a terminal unless `NO_COLOR` is set or `--no-colour` given. `json` is a list of
objects with `file`, `rule`, `kind`, `severity`, `page`, `line`, `text`, `message` and `suggestion`; page and line are
0 where the form has none. `sarif` is SARIF 2.1.0: an error has level `error`, a query `note`.

## As a library

```python
from pathlib import Path

from secretariat.proof import Settings, check

checked = check(Path("report.docx"), settings=Settings(off=frozenset({"two-names"})))
for finding in checked.errors:
    print(finding.place, finding.rule, finding.text, finding.message)
```

`check` takes any number of paths, or `Source(name, content)` for bytes already in hand, and `previous=` and
`read_on=`. It raises `UnreadableError` for a file that cannot be read. `checked.papers` are the papers as they were
understood."""


def rules_page() -> str:
    """How the checker is used, and every rule by kind."""
    by_kind = {kind: [rule for rule in RULES.values() if rule.kind is kind] for kind in Kind}
    parts = [
        f"### {_capital(kind.value)}\n\n"
        + table(["rule", "severity", "what holds"], [[_link(one), one.severity.value, one.title] for one in rules])
        for kind, rules in by_kind.items()
        if rules
    ]
    severities = "; ".join(f"{word}: {meaning}" for word, meaning in SEVERITIES.items())
    lead = (
        "`secretariat proof` finds mistakes in papers that are already written, whoever wrote them, in whatever form."
    )
    return _page("The paper checker", lead, USE, f"## Rules\n\nSeverities are {severities}.", *parts)


def _link(rule: Rule) -> str:
    return f"[{rule.name}]({rule.name}.md)"


def rule_page(rule: Rule) -> str:
    """One rule: its docstring, and what it is about."""
    title, _, rest = rule.about.partition("\n")
    told = [
        ["kind", rule.kind.value],
        ["severity", f"{rule.severity.value}: {SEVERITIES[rule.severity.value]}"],
        ["looks at", SCOPES[rule.scope]],
    ]
    off = f"Leave it out with `--skip {rule.name}`. [All rules](README.md)"
    return _page(rule.name, title, table(["", ""], told), rest.strip(), off)


if __name__ == "__main__":
    main()
