"""Texts and versions as at a day and as known at an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from secretariat.core.journal import history as events_of
from secretariat.core.procedure import Refused
from secretariat.legaltext.models import Cause, ClauseText, Document, DocumentVersion
from secretariat.legaltext.numbers import order_of
from secretariat.legaltext.recording import add_version
from secretariat.legaltext.standing import history, text_in, text_of, texts_of, turning_days, versions_on
from secretariat.legaltext.text import Clause, Edit, Text, apply, edits, in_order

pytestmark = pytest.mark.django_db
JANUARY, MARCH, JUNE, DECEMBER = date(2020, 1, 2), date(2020, 3, 2), date(2020, 6, 25), date(2020, 12, 1)


def known(day: date) -> datetime:
    """Noon of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def clause(uid: str, body: str = "", parent: str = "", place: str = "i") -> Clause:
    """A small clause."""
    return Clause(uid, parent, place, "clause", uid.upper(), "", body)


def document(code: str = "section-h") -> Document:
    """A document without versions."""
    kind, letter = code.split("-")
    return Document.objects.create(code=code, kind=kind, letter=letter.upper(), title="Services")


def add(
    of: Document, number: str, day: date, *changes: Edit, said: date | None = None, **fields: Any
) -> DocumentVersion:
    """Adds a version, known since `said` or else since it took effect."""
    at = known(said or day)
    version = DocumentVersion(document=of, number=number, effective_from=day, **fields)
    return add_version(version, changes, [Cause(kind="modification")], by=None, at=at, recorded=at)


def bodies(text: Text) -> dict[str, str]:
    """What each clause says."""
    return {one.uid: one.body for one in text.clauses}


def test_a_text_is_what_the_versions_until_its_day_have_made() -> None:
    h = document()
    one, two, more = clause("h1", "One"), clause("h2", "Two", place="j"), clause("h1a", "New", parent="h1")
    add(h, "1.0", JANUARY, Edit(None, one), Edit(None, two))
    add(h, "2.0", MARCH, Edit(one, clause("h1", "Uno")), Edit(None, more))
    add(h, "3.0", JUNE, Edit(two, None))
    assert text_of(h, date(2020, 1, 1)).clauses == ()
    assert bodies(text_of(h, JANUARY)) == {"h1": "One", "h2": "Two"}
    assert bodies(text_of(h, JUNE.replace(day=24))) == {"h1": "Uno", "h1a": "New", "h2": "Two"}
    assert bodies(text_of(h, DECEMBER)) == {"h1": "Uno", "h1a": "New"}


def test_a_text_answers_by_what_was_known_at_an_instant() -> None:
    h = document()
    one = clause("h1", "One")
    add(h, "1.0", JANUARY, Edit(None, one))
    add(h, "2.0", MARCH, Edit(one, clause("h1", "Uno")), said=JUNE)
    assert bodies(text_of(h, MARCH)) == {"h1": "Uno"}
    assert bodies(text_of(h, MARCH, known(MARCH))) == {"h1": "One"}
    assert bodies(text_of(h, MARCH, known(JUNE))) == {"h1": "Uno"}


def test_a_variation_for_a_time_lapses_and_what_came_under_it_stands() -> None:
    h = document()
    one = clause("h1", "One")
    add(h, "1.0", JANUARY, Edit(None, one))
    add(h, "1.1", MARCH, Edit(one, clause("h1", "Varied")), to_day=date(2020, 4, 30))
    assert bodies(text_of(h, date(2020, 4, 30))) == {"h1": "Varied"}
    assert bodies(text_of(h, date(2020, 5, 1))) == {"h1": "One"}
    assert versions_on(MARCH)["section-h"].number == "1.1"
    assert versions_on(JUNE)["section-h"].number == "1.0"
    assert turning_days(h) == [JANUARY, MARCH, date(2020, 5, 1)]


def test_a_version_that_replaces_another_counts_in_its_stead_from_when_it_is_known() -> None:
    h = document()
    one, varied = clause("h1", "One"), clause("h1", "Varied")
    add(h, "1.0", JANUARY, Edit(None, one))
    first = add(h, "1.1", MARCH, Edit(one, varied), to_day=date(2020, 12, 31))
    add(h, "1.2", MARCH, Edit(one, varied), said=date(2020, 4, 1), to_day=date(2020, 4, 30), replaces=first)
    assert bodies(text_of(h, JUNE)) == {"h1": "One"}
    assert bodies(text_of(h, JUNE, known(MARCH))) == {"h1": "Varied"}


def test_an_edit_made_for_another_text_is_refused_and_nothing_is_saved() -> None:
    h = document()
    add(h, "1.0", JANUARY, Edit(None, clause("h1", "One")))
    with pytest.raises(Refused, match="H1 has been changed since"):
        add(h, "2.0", MARCH, Edit(clause("h1", "Another"), clause("h1", "Uno")))
    assert h.versions.count() == 1


def test_a_version_that_would_leave_a_later_text_in_pieces_is_refused() -> None:
    h = document()
    add(h, "1.0", JANUARY, Edit(None, clause("h1")))
    add(h, "1.1", MARCH, Edit(None, clause("h2")), to_day=date(2020, 4, 30))
    with pytest.raises(Refused, match="From 2020-05-01 the text would not hold together"):
        add(h, "2.0", date(2020, 4, 1), Edit(None, clause("h2a", parent="h2")))
    assert ClauseText.objects.filter(uid="h2a").count() == 0


def test_a_version_leaves_an_event_with_its_causes() -> None:
    version = add(document(), "1.0", JANUARY, Edit(None, clause("h1")))
    event = events_of(version).get()
    assert (event.name, event.facts) == ("documentversion.enter", {"clauses": 1, "causes": ["Modification"]})


def test_the_history_of_a_clause_has_a_row_for_each_version_that_changed_it() -> None:
    h = document()
    one, two = clause("h1", "One"), clause("h1", "Two")
    add(h, "1.0", JANUARY, Edit(None, one), Edit(None, clause("h2")))
    add(h, "2.0", MARCH, Edit(one, two))
    add(h, "3.0", JUNE, Edit(two, None))
    rows = [(row.version.number, row.present, row.body) for row in history(h, "h1")]
    assert rows == [("1.0", True, "One"), ("2.0", True, "Two"), ("3.0", False, "Two")]


def test_version_numbers_follow_each_other_by_value_across_both_schemes() -> None:
    numbers = ["61.0", "5.14", "5.4", "4.15", "5.23", "27.0", "5.3"]
    assert sorted(numbers, key=order_of) == ["4.15", "5.3", "5.4", "5.14", "5.23", "27.0", "61.0"]
    with pytest.raises(ValueError, match="no version number"):
        order_of("v5")


def test_of_two_versions_of_one_day_the_higher_number_stands() -> None:
    h = document()
    one, two = clause("h1", "One"), clause("h1", "Two")
    add(h, "5.4", JANUARY, Edit(None, one))
    add(h, "5.14", JANUARY, Edit(one, two))
    assert bodies(text_of(h, JANUARY)) == {"h1": "Two"}
    assert versions_on(JANUARY)["section-h"].number == "5.14"


def test_the_whole_code_and_the_versions_in_force_take_one_query_each() -> None:
    for letter in "bcdefg":
        of = document(f"section-{letter}")
        for step in range(3):
            add(of, f"{step + 1}.0", date(2020, 1, step + 1), Edit(None, clause(f"{letter}{step}")))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = texts_of(MARCH)
        versions = versions_on(MARCH)
    assert len(asked) == 2
    assert {code: len(text.clauses) for code, text in found.items()} == dict.fromkeys(versions, 3)
    assert set(texts_of(MARCH, kind="section")) == set(versions)
    assert texts_of(MARCH, kind="appendix") == {}


def test_any_of_a_thousand_days_gives_the_text_that_applying_the_versions_gives() -> None:
    chance, h = Random(7), document()
    days = sorted(chance.sample(range(730), 12))
    made: list[tuple[date, Text]] = [(date(2018, 1, 1), in_order([]))]
    for number, offset in enumerate(days, start=1):
        day = date.fromordinal(date(2019, 1, 1).toordinal() + offset)
        old = made[-1][1]
        new = _changed(old, chance, number)
        version = add(h, f"{number}.0", day, *edits(old, new))
        assert text_in(version).canonical == new.canonical
        made.append((day, new))
    for _ in range(1000):
        day = date.fromordinal(date(2018, 6, 1).toordinal() + chance.randrange(1200))
        expected = next(text for first, text in reversed(made) if first <= day)
        assert text_of(h, day).canonical == expected.canonical
    assert apply(in_order([]), edits(in_order([]), made[-1][1])).canonical == made[-1][1].canonical


def _changed(old: Text, chance: Random, number: int) -> Text:
    """Some clauses reworded, one out, two in."""
    kept = [one for one in old.clauses if chance.random() > 0.1]
    kept = [clause(one.uid, f"Reworded {number}", place=one.place) if chance.random() < 0.3 else one for one in kept]
    return in_order([*kept, *(clause(f"n{number}x{new}", "New", place=chance.choice("abcde")) for new in range(2))])
