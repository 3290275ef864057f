"""Modules are named after what they hold."""

from __future__ import annotations

import pytest

from tests.architecture.sources import modules, place

SAYS_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "handler",
    "handlers",
    "service",
    "services",
}
SAYS_NOTHING |= {"common", "misc"}


def say_nothing(stems: list[str]) -> list[str]:
    return [stem for stem in stems if SAYS_NOTHING & set(stem.split("_"))]


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [place(path) for path in modules() if say_nothing([path.stem, path.parent.name])] == []


@pytest.mark.parametrize("stem", ["utils", "mail_utils", "service"])
def test_a_name_that_says_nothing_is_found(stem: str) -> None:
    assert say_nothing([stem]) == [stem]
