"""Each test begins with nobody's requests counted: the API's rates are kept in the cache."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_requests_counted() -> None:
    cache.clear()
