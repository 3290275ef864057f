"""The form of a list's filters: drawn once where it never differs, anew where it does."""

from __future__ import annotations

import pytest
from django.test import Client

from secretariat.change.filters import ProposalFilter
from secretariat.committees.models import Committee
from secretariat.meetings.filters import MeetingFilter
from secretariat.papers.filters import PaperFilter
from secretariat.site.forms import is_fixed

pytestmark = pytest.mark.django_db


def page(path: str) -> str:
    return Client().get(path).content.decode()


def test_a_body_entered_since_is_offered_at_once() -> None:
    assert "Brand New Group" not in page("/meetings/")
    Committee.objects.create(code="BNG", name="Brand New Group", short_name="Brand New Group", position=999)
    assert "Brand New Group" in page("/meetings/")


def test_what_one_reader_asked_is_not_shown_to_the_next() -> None:
    untouched = page("/proposals/")
    asked = page("/proposals/?stage=open&text=privacy")
    assert 'value="privacy"' in asked
    assert '<option value="open" selected>' in asked
    assert "privacy" not in page("/proposals/")
    assert page("/proposals/") == untouched


def test_a_filter_filled_in_wrongly_says_why_and_an_untouched_one_says_nothing() -> None:
    assert "Error:" in page("/proposals/?raised=never")
    assert "Error:" not in page("/proposals/")


@pytest.mark.parametrize(("filters", "fixed"), [(ProposalFilter, True), (MeetingFilter, False), (PaperFilter, False)])
def test_a_form_is_fixed_unless_its_choices_are_records_or_reckoned(filters: type, fixed: bool) -> None:
    assert is_fixed(filters) is fixed
