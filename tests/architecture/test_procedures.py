"""Every procedure can be read, and every rule of it is exercised."""

from __future__ import annotations

import re
import sys
from functools import cache

import pytest

from secretariat.core.kinds import kind_of
from secretariat.core.procedure import NEW, PROCEDURES, Procedure, Rule, Step, who_sentence
from tests.architecture.sources import ROOT

every_procedure = pytest.mark.parametrize(
    "procedure", sorted(PROCEDURES.values(), key=lambda one: one.name), ids=lambda one: one.name
)
STEPS = [(procedure, step) for procedure in PROCEDURES.values() for step in procedure.steps.values()]
every_step = pytest.mark.parametrize(
    ("procedure", "step"), STEPS, ids=[f"{procedure.name}.{step.name}" for procedure, step in STEPS]
)
RULES = {(procedure.name, rule.name): (procedure, rule) for procedure, step in STEPS for rule in step.rules}
every_rule = pytest.mark.parametrize(
    ("procedure", "rule"), [RULES[key] for key in sorted(RULES)], ids=[f"{of}.{name}" for of, name in sorted(RULES)]
)
"""The rules of each procedure: one that two procedures have, or two of one name, are to be refused in both."""
BEGUN_BY_ITSELF = {"message": "queued"}
"""Nobody takes a first step of a message: the outbox makes it, queued, from an event of the journal."""
SENTENCE = re.compile(r"[A-Z“].*[.)]", re.DOTALL)


RUN = 5


def words(text: str) -> list[str]:
    """The words of a text or of a name, in small letters."""
    return re.findall(r"[a-z0-9]+", text.lower())


@cache
def texts_of_tests() -> dict[str, str]:
    """The files of all tests, these apart, each with its words between single spaces."""
    files = [path for path in sorted((ROOT / "tests").rglob("*.py")) if path.parent.name != "architecture"]
    texts = [path.read_text(encoding="utf-8") for path in files]
    return {text: f" {' '.join(words(text))} " for text in texts}


@cache
def files_about(procedure: Procedure) -> list[str]:
    """The words of the test files that name a procedure: by the name under which a room holds it, or by its record."""
    rooms = [module for name, module in sys.modules.items() if name.startswith("secretariat.")]
    held = {name for module in rooms for name, value in vars(module).items() if value is procedure}
    named = re.compile(rf"\b({'|'.join(sorted({procedure.model.__name__, *held}))})\b")
    return [told for text, told in texts_of_tests().items() if named.search(text)]


def is_named(procedure: Procedure, rule: Rule) -> bool:
    """Whether a test names the rule: by its name, or by a run of its sentence's words.

    Of a name that several procedures have, a test of this one.
    """
    shared = sum(name == rule.name for _, name in RULES) > 1
    told = files_about(procedure) if shared else list(texts_of_tests().values())
    sentence = words(rule.sentence)
    runs = [sentence[start : start + RUN] for start in range(max(1, len(sentence) - RUN + 1))]
    return any(f" {' '.join(run)} " in text for run in [words(rule.name), *runs] for text in told)


def test_there_are_procedures() -> None:
    assert STEPS


@every_rule
def test_a_rule_has_a_citation_and_a_sentence(procedure: Procedure, rule: Rule) -> None:
    assert rule.citation.strip()
    assert SENTENCE.fullmatch(rule.sentence), rule.sentence


@every_rule
def test_a_rule_is_exercised(procedure: Procedure, rule: Rule) -> None:
    assert is_named(procedure, rule), f"no test of {procedure.name} names the rule {rule.name}: {rule.sentence}"


@every_step
def test_a_step_says_who_may_take_it(procedure: Procedure, step: Step) -> None:
    assert SENTENCE.fullmatch(who_sentence(step.who)), who_sentence(step.who)


@every_procedure
def test_every_state_can_be_reached(procedure: Procedure) -> None:
    reached = {BEGUN_BY_ITSELF.get(procedure.name, NEW)}
    for _ in procedure.steps:
        reached |= {step.target for step in procedure.steps.values() if step.target and reached & set(step.origins)}
    assert set(procedure.states) <= reached


@every_procedure
def test_a_record_begins_before_its_first_step(procedure: Procedure) -> None:
    beginning = BEGUN_BY_ITSELF.get(procedure.name, NEW)
    assert procedure.model._meta.get_field("state").get_default() == beginning
    assert any(beginning in step.origins for step in procedure.steps.values())


@every_procedure
def test_states_are_as_long_as_their_column_allows(procedure: Procedure) -> None:
    longest = procedure.model._meta.get_field("state").max_length
    assert all(len(state) <= (longest or 0) for state in procedure.states)


def test_no_two_procedures_move_one_kind_of_record_or_share_a_name() -> None:
    assert len({procedure.name for procedure in PROCEDURES.values()}) == len(PROCEDURES)
    assert all(kind_of(procedure.model) == kind for kind, procedure in PROCEDURES.items())
