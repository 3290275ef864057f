"""The sample code's history: it follows on itself, and the record gives back every day of it."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.classification import Class
from secretariat.legaltext.models import PENDING, CodeVersion, Document, DocumentVersion, Draft
from secretariat.legaltext.standing import text_in, text_of, texts_of, versions_on
from secretariat.legaltext.text import Text, apply
from secretariat.site.sample.code_history import PUBLISHED, changes
from secretariat.site.sample.crew import SECRETARIAT, Crew, noon
from secretariat.site.sample.legal_text import VARIED, VARIED_UNTIL, enter


def test_every_version_follows_on_the_one_before_and_changes_something() -> None:
    standing: dict[str, Text] = {}
    for change in changes(20_000):
        before = standing.get(change.code, Text(()))
        standing[change.code] = apply(before, change.edits)
        assert standing[change.code].canonical != before.canonical
    assert len(standing) == 25


def test_history_is_the_same_each_time() -> None:
    assert list(changes(20_000)) == list(changes(20_000))


@pytest.mark.django_db
def test_the_record_gives_back_the_sample_on_any_of_its_days(settings: object, tmp_path: object) -> None:
    settings.FILES_ROOT = tmp_path  # type: ignore[attr-defined]
    crew = Crew()
    for person in SECRETARIAT:
        crew.add(person)
    enter(crew)
    standing: dict[str, Text] = {}
    by_day: dict[date, dict[str, Text]] = {}
    for change in changes():
        standing[change.code] = apply(standing.get(change.code, Text(())), change.edits)
        by_day[change.published.day] = dict(standing)
    for day, expected in by_day.items():
        found = texts_of(day, kind__in=("section", "schedule", "appendix"))
        assert {code: text.canonical for code, text in found.items()} == {
            code: text.canonical for code, text in expected.items()
        }
    _check_versions()
    _check_variation(by_day)
    assert Draft.objects.filter(state=PENDING, classification=Class.GREEN).count() == 2
    assert not Document.objects.filter(invented=False).exists()
    assert not DocumentVersion.objects.filter(invented=False).exists()


def _check_versions() -> None:
    assert list(CodeVersion.objects.values_list("number", flat=True)) == [
        one.number for one in reversed(PUBLISHED)
    ]  # fmt: skip
    assert len(versions_on(date(2016, 8, 17))) == 0
    assert len(versions_on(date(2016, 8, 18))) == 25
    assert len(versions_on(date(2020, 3, 9))) == 31
    last = DocumentVersion.objects.filter(effective_from=date(2020, 11, 29))[0]
    assert text_in(last).clauses == text_of(last.document, date(2021, 1, 1)).clauses


def _check_variation(by_day: dict[date, dict[str, Text]]) -> None:
    h = Document.objects.get(code=VARIED)
    varied, after = text_of(h, VARIED_UNTIL), text_of(h, date(2020, 5, 30))
    assert after.canonical == by_day[date(2020, 2, 27)][VARIED].canonical
    assert varied.canonical != after.canonical
    assert text_of(h, VARIED_UNTIL, noon(date(2020, 2, 18))).canonical == after.canonical
