"""The shapes of paper: each module has `paper(seed, back=0)`, a clean paper drawn from the seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from benchmarks.proof.content import Content
from benchmarks.proof.shapes import (
    audit,
    budget,
    change,
    minutes,
    newsletter,
    operations,
    performance,
    register,
    slots,
    technical,
)  # fmt: skip

SHAPES: Final[dict[str, Callable[..., Content]]] = {
    "operations": operations.paper,
    "minutes": minutes.paper,
    "newsletter": newsletter.paper,
    "performance": performance.paper,
    "change": change.paper,
    "budget": budget.paper,
    "register": register.paper,
    "technical": technical.paper,
    "slots": slots.paper,
    "audit": audit.paper,
}
MONTHLY: Final = ("operations", "register")
