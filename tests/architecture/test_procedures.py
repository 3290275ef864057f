"""Every procedure can be read, and every rule of it is exercised."""

from __future__ import annotations

import re
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
RULES = {rule.name: rule for _, step in STEPS for rule in step.rules}
every_rule = pytest.mark.parametrize("rule", [RULES[name] for name in sorted(RULES)], ids=lambda one: one.name)
BEGUN_BY_ITSELF = {"message": "queued"}
"""Nobody takes a first step of a message: the outbox makes it, queued, from an event of the journal."""
SENTENCE = re.compile(r"[A-Z“].*[.)]", re.DOTALL)


RUN = 5


def words(text: str) -> list[str]:
    """The words of a text or of a name, in small letters."""
    return re.findall(r"[a-z0-9]+", text.lower())


@cache
def text_of_tests() -> str:
    """The words of all tests, these apart, between single spaces."""
    files = [path for path in sorted((ROOT / "tests").rglob("*.py")) if path.parent.name != "architecture"]
    return " " + " ".join(word for path in files for word in words(path.read_text(encoding="utf-8"))) + " "


def is_named(rule: Rule) -> bool:
    """Whether a test names the rule: by its name, or by a run of its sentence's words."""
    sentence = words(rule.sentence)
    runs = [sentence[start : start + RUN] for start in range(max(1, len(sentence) - RUN + 1))]
    return any(f" {' '.join(run)} " in text_of_tests() for run in [words(rule.name), *runs])


def test_there_are_procedures() -> None:
    assert STEPS


@every_rule
def test_a_rule_has_a_citation_and_a_sentence(rule: Rule) -> None:
    assert rule.citation.strip()
    assert SENTENCE.fullmatch(rule.sentence), rule.sentence


@every_rule
def test_a_rule_is_exercised(rule: Rule) -> None:
    assert is_named(rule), f"no test names the rule {rule.name}: {rule.sentence}"


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
