"""The journal: nothing past is changed, and a change made past the guard is found where it was made."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secretariat.core import journal
from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.classification import Class
from secretariat.core.journal import START, Entry, Event
from secretariat.core.people import Person

pytestmark = pytest.mark.django_db

AT = datetime(2020, 3, 5, 12, tzinfo=UTC)


def holiday(number: int = 1) -> ProclaimedHoliday:
    made, _ = ProclaimedHoliday.objects.get_or_create(
        day=date(2022, 6, 1) + timedelta(days=number), defaults={"name": f"Day {number}", "source": "s", "recorded": AT}
    )
    return made


def chain(count: int = 5) -> list[Event]:
    return [
        journal.record("proclaimedholiday.enter", holiday(), by=None, at=AT, recorded=AT, number=number)
        for number in range(count)
    ]


def unsealed(statement: str, *values: Any) -> None:
    """Changes the journal as somebody would who owns the database: the guard off, the change, the guard on again."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name in ("journal_no_change",) if postgresql else ("journal_no_update", "journal_no_delete"):
            cursor.execute(f"DROP TRIGGER {name}" + (" ON core_event" if postgresql else ""))
        cursor.execute(statement, values)
        for guard in journal.POSTGRESQL_GUARD[1:] if postgresql else journal.SQLITE_GUARD:
            cursor.execute(guard)


def breaks() -> list[int]:
    return [found.event_id for found in journal.verify()]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_event SET name = 'other'",
        "UPDATE core_event SET facts = '{}'",
        "UPDATE core_event SET hash = hash",
        "DELETE FROM core_event",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_event(statement: str) -> None:
    chain(2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.filter(name="proclaimedholiday.enter").count() == 2


def test_neither_models_nor_querysets_get_past_the_guard() -> None:
    first, *_ = chain(2)
    first.name = "other"
    for write in (first.save, first.delete, lambda: Event.objects.update(name="other"), Event.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            write()
    assert breaks() == []


def test_a_journal_as_it_was_written_holds() -> None:
    rows = chain(5)
    assert breaks() == []
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]


def test_the_first_event_follows_nothing() -> None:
    assert not Event.objects.exists()
    assert chain(1)[0].previous == START


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "other"),
        ("at", AT + timedelta(microseconds=1)),
        ("recorded", AT - timedelta(days=1)),
        ("subject_id", 999),
        ("kind", "core.other"),
        ("facts", '{"number": 7}'),
        ("classification", Class.WHITE),
        ("audience", "SSC"),
        ("imported", True),
    ],
)
def test_a_changed_event_is_found_where_it_stands(column: str, value: Any) -> None:
    rows = chain(5)
    unsealed(f"UPDATE core_event SET {column} = %s WHERE id = %s", value, rows[2].pk)
    assert breaks() == [rows[2].pk]


def test_an_event_given_to_somebody_else_is_found() -> None:
    person = Person.objects.create_user("a@example.org", "A")
    rows = chain(3)
    unsealed("UPDATE core_event SET by_id = %s WHERE id = %s", person.pk, rows[1].pk)
    assert breaks() == [rows[1].pk]


def test_a_changed_event_with_its_hash_made_anew_is_found_at_the_next_one() -> None:
    rows = chain(5)
    forged = Event.objects.get(pk=rows[2].pk)
    forged.name = "other"
    unsealed("UPDATE core_event SET name = 'other', hash = %s WHERE id = %s", forged.reckoned(), forged.pk)
    assert breaks() == [rows[3].pk]


def test_a_deleted_event_is_found_at_the_one_after_it() -> None:
    rows = chain(5)
    unsealed("DELETE FROM core_event WHERE id = %s", rows[2].pk)
    assert breaks() == [rows[3].pk]


def test_a_deleted_last_event_is_told_by_the_head_that_the_seal_states() -> None:
    rows = chain(3)
    sealed = journal.head()
    assert sealed == (Event.objects.count(), rows[-1].hash)
    unsealed("DELETE FROM core_event WHERE id = %s", rows[-1].pk)
    assert breaks() == []
    assert journal.head() != sealed


def test_an_event_put_in_between_is_found() -> None:
    rows = chain(4)
    unsealed("UPDATE core_event SET id = id + 100 WHERE id >= %s", rows[2].pk)
    forged = Event.objects.get(pk=rows[1].pk)
    forged.pk, forged.previous = None, rows[1].hash
    forged.hash = forged.reckoned()
    forged.pk = rows[2].pk
    forged.save(force_insert=True)
    assert breaks() == [rows[2].pk + 100]


def test_two_events_that_change_places_are_found() -> None:
    rows = chain(5)
    one, two = rows[1].pk, rows[2].pk
    for old, new in ((one, 10_000), (two, one), (10_000, two)):
        unsealed("UPDATE core_event SET id = %s WHERE id = %s", new, old)
    assert breaks() == [one, two, rows[3].pk]


def test_an_event_is_written_only_with_what_it_records(transactional_db: None) -> None:
    made = holiday()
    with pytest.raises(transaction.TransactionManagementError):
        journal.record("proclaimedholiday.enter", made, by=None, at=AT, recorded=AT)
    assert not Event.objects.exists()


def test_events_in_bulk_chain_on_to_single_ones() -> None:
    first = chain(2)[-1]
    told = [Entry("x.load", holiday(n), None, AT, AT, {"n": n}, imported=True) for n in range(1200)]
    rows = journal.record_all(told)
    last = journal.record("x.enter", holiday(), by=None, at=AT, recorded=AT)
    assert rows[0].previous == first.hash
    assert last.previous == rows[-1].hash
    assert breaks() == []


def test_records_in_bulk_leave_an_imported_event_each() -> None:
    made = [
        ProclaimedHoliday(day=date(2023, 1, 1) + timedelta(days=n), name=f"D{n}", source="s", recorded=AT)
        for n in range(5)
    ]
    saved = journal.enter_all(made, by=None, at=AT, recorded=AT)
    events = Event.objects.filter(name="proclaimedholiday.load")
    assert [event.subject_id for event in events] == [row.pk for row in saved]
    assert all(event.imported for event in events)


def test_a_change_that_changes_nothing_leaves_no_event() -> None:
    made = holiday()
    assert journal.amend(made, {"name": made.name}, by=None, at=AT, recorded=AT) is None
    assert not Event.objects.exists()


def test_an_amendment_tells_old_and_new() -> None:
    made = holiday()
    event = journal.amend(made, {"name": "Coronation", "source": "s"}, by=None, at=AT, recorded=AT)
    assert event is not None
    assert event.facts == {"name": {"old": "Day 1", "new": "Coronation"}}
    assert ProclaimedHoliday.objects.get(pk=made.pk).name == "Coronation"


def test_an_event_has_the_class_of_what_it_is_about() -> None:
    made = holiday()
    ProclaimedHoliday.objects.filter(pk=made.pk).update(classification=Class.AMBER, audience="SSC")
    made.refresh_from_db()
    event = journal.record("x.y", made, by=None, at=AT, recorded=AT)
    assert (event.classification, event.audience) == (Class.AMBER, "SSC")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("1.50"), "1.50"),
        (1e16, "1e+16"),
        (date(2020, 2, 29), "2020-02-29"),
        (datetime(2020, 7, 1, 12, tzinfo=UTC), "2020-07-01T12:00:00.000000+00:00"),
        ((1, None, True), [1, None, True]),
        ({1: {"a": date(2020, 1, 1)}}, {"1": {"a": "2020-01-01"}}),
        (Class.AMBER, 2),
        (timedelta(hours=1), "1:00:00"),
    ],
)
def test_a_fact_is_kept_as_json_holds_it(value: Any, kept: Any) -> None:
    assert journal.storable(value) == kept


def test_a_person_in_a_fact_is_held_by_reference_and_any_other_record_with_its_label() -> None:
    person = Person.objects.create_user("a@example.org", "A Name")
    assert journal.storable(person) == {"kind": "core.person", "id": person.pk, "label": ""}
    assert journal.storable(holiday())["label"] == "Day 1 (2022-06-02)"


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
facts = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | text | st.floats(allow_nan=True) | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.dictionaries(text, facts, max_size=4), at=st.datetimes(timezones=st.timezones()))
def test_whatever_the_facts_the_chain_holds_when_it_is_read_again(
    db: None, facts: dict[str, Any], at: datetime
) -> None:
    try:
        at.astimezone(UTC)
    except OverflowError:
        return
    with transaction.atomic():
        journal.record_all([Entry("x.y", holiday(), None, at, AT, facts)])
    assert breaks() == []
