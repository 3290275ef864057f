"""Publishing at random: applying all versions from the first gives each later one, and every day answers for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from secretariat.core.procedure import Refused
from secretariat.legaltext.models import CauseKind, Document, DocumentVersion
from secretariat.legaltext.publishing.models import ItemKind
from secretariat.legaltext.standing import text_in, text_of
from secretariat.legaltext.text import Clause, Edit, Text, apply, between, in_order
from secretariat.plain.dates import LONDON
from tests.legaltext.publishing import (
    EMPTY,
    SINCE,
    document,
    draft,
    first_version,
    gather,
    plain_text,
    planned,
    published,
)

pytestmark = pytest.mark.django_db

DAYS = 1000
BEGINS = date(2021, 1, 4)


@dataclass(frozen=True)
class Laid:
    """A version as this test itself remembers it: what it leaves of each clause, its days, and when it was known."""

    key: int
    first: date
    last: date | None
    known: datetime
    replaces: int | None
    leaves: dict[str, Clause | None]


def expected(laid: list[Laid], day: date, known: datetime) -> Text:
    """The text of a day by the plainest means: what counts is laid one on the other."""
    seen = [one for one in laid if one.known <= known]
    gone = {one.replaces for one in seen}
    there: dict[str, Clause | None] = {}
    for one in sorted(seen, key=lambda one: (one.first, one.key)):
        if one.key not in gone and one.first <= day and (one.last is None or day <= one.last):
            there |= one.leaves
    return in_order(clause for clause in there.values() if clause is not None)


def some_edits(text: Text, chance: Random, step: int) -> list[Edit]:
    """A rewording, at times a new clause at the end, and at times one taken out."""
    below = [clause for clause in text.clauses if clause.parent]
    chosen = chance.sample(below, 2)
    made = [Edit(chosen[0], replace(chosen[0], body=f"{chosen[0].body} Within {step} days – “so”."))]
    if chance.random() < 0.4 and len(below) > 4:
        made.append(Edit(chosen[1], None))
    if chance.random() < 0.6:
        last = below[-1]
        new = Clause(
            f"n-{step}", last.parent, between(last.place, ""), "clause", f"H{50 + step}", "", f"New in {step}."
        )
        made.append(Edit(None, new))
    return made


def at_random(of: Document, chance: Random) -> Iterator[Laid]:
    """Publishes fourteen versions: text for good and for a time, and the ends of what is for a time."""
    variations: list[DocumentVersion] = []
    yield remembered(of.versions.get())
    for step in range(1, 15):
        day = BEGINS + timedelta(days=25 * step)
        at = datetime(2021, 1, 1, 9, tzinfo=LONDON) + timedelta(days=25 * step - 10)
        plan = planned(f"{40 + step}.0", day)
        number = f"{1 + step}.0"
        open_ = [one for one in variations if one.to_day is not None and one.effective_from < day < one.to_day]
        if open_ and chance.random() < 0.6:
            varied = variations.pop(variations.index(open_[0]))
            kind = chance.choice((ItemKind.EXTENSION, ItemKind.CANCELLATION))
            assert varied.to_day is not None
            more: dict[str, Any] = {}
            if kind == ItemKind.EXTENSION:
                more = {"to_day": varied.to_day + timedelta(days=20)}
            gather(plan, document=of, varied=varied, number=number, kind=kind, cause_kind=CauseKind.DIRECTION, **more)
        else:
            more = {}
            if chance.random() < 0.4:
                more = {"kind": ItemKind.VARIATION, "to_day": day + timedelta(days=chance.randint(5, 90))}
            gather(plan, draft(of, *some_edits(text_of(of, day), chance, step)), number=number, **more)
        try:
            published(plan, at)
        except Refused:
            continue
        made = of.versions.get(number=number)
        if made.to_day is not None and made.replaces is None:
            variations.append(made)
        yield remembered(made)


def remembered(version: DocumentVersion) -> Laid:
    """What a version leaves, as it was written."""
    leaves: dict[str, Clause | None] = {row.uid: row.clause if row.present else None for row in version.clauses.all()}
    first, last, known = version.effective_from, version.to_day, version.recorded
    return Laid(version.pk, first, last, known, version.replaces_id, leaves)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.one_database) for seed in (2, 3))])
def test_a_thousand_days_and_instants_answer_as_the_versions_laid_on_each_other(seed: int) -> None:
    chance, section = Random(seed), document()
    first_version(section, plain_text("H", 9))
    laid = list(at_random(section, chance))
    assert len(laid) > 8
    assert any(one.last for one in laid)
    assert any(one.replaces for one in laid)
    first = datetime(2015, 1, 1, tzinfo=LONDON)
    for _ in range(DAYS // 3):
        day = BEGINS + timedelta(days=chance.randint(-30, 480))
        known = laid[0].known + timedelta(days=chance.randint(-30, 2400), hours=chance.randint(0, 23))
        assert text_of(section, day, known).canonical == expected(laid, day, known).canonical, (day, known)
    assert text_of(section, SINCE, first) == EMPTY


def test_applying_all_versions_from_the_first_gives_each_later_one_byte_for_byte() -> None:
    section: Any = document()
    first_version(section, plain_text("H", 6))
    chance, text = Random(7), text_of(section, SINCE)
    replayed = text
    for step in range(1, 12):
        day = BEGINS + timedelta(days=step)
        plan = planned(f"{40 + step}.0", day)
        gather(plan, draft(section, *some_edits(text_of(section, day), chance, step)), number=f"{step}.1")
        published(plan, datetime(2021, 1, 1, 9 + step, tzinfo=LONDON))
        version = section.versions.get(number=f"{step}.1")
        edits = [
            Edit(replayed.by_uid.get(row.uid), row.clause if row.present else None)
            for row in version.clauses.order_by("pk")
        ]
        replayed = apply(replayed, edits)
        assert replayed.canonical == text_in(version).canonical == text_of(section, day).canonical
    for version in section.versions.order_by("order"):
        assert text_in(version).canonical == text_of(section, version.effective_from).canonical
