"""A slice of the paper checker's benchmark, so that a rule which grows blind or noisy fails here."""

from __future__ import annotations

import pytest

from benchmarks.proof.course import measure
from benchmarks.proof.scoring import Tally
from benchmarks.proof.table import WORDS_A_PAGE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tally() -> Tally:
    return measure(quick=True)


def test_every_paper_written_for_the_benchmark_can_be_read(tally: Tally) -> None:
    assert not tally.unreadable


def test_a_clean_paper_has_at_most_one_false_alarm_a_page(tally: Tally) -> None:
    pages = sum(tally.clean_words.values()) / WORDS_A_PAGE
    assert pages > 30
    assert sum(tally.alarms.values()) / pages <= 1, "\n".join(tally.false)


@pytest.mark.parametrize("form", ["Markdown", "text"])
def test_at_least_nine_faults_in_ten_are_found(tally: Tally, form: str) -> None:
    put_in, found = (
        sum(many for (each, _), many in counted.items() if each == form) for counted in (tally.put_in, tally.found)
    )
    assert put_in > 250
    assert found / put_in >= 0.9, "\n".join(tally.missed)
