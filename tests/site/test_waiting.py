"""Waiting on a person: the records whose main step that person may take."""

from __future__ import annotations

import pytest

from secretariat.core.procedure import PROCEDURES
from secretariat.site.composed import waiting_on
from tests.site.people import AT, person_as

pytestmark = pytest.mark.django_db


def test_one_query_for_each_procedure_however_many_records(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    person = person_as("operations")
    person.acts_as("secretariat", AT)
    with django_assert_max_num_queries(len(PROCEDURES)):
        assert waiting_on(person, AT) == []
