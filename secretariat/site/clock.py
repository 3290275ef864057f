"""The clock at the edge: the only place besides commands that reads the time.

A sample administration stands still at the instant its records tell of; `SECRETARIAT_CLOCK` or a file
`clock` in the home folder sets it.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present instant, or the one at which a sample administration stands still."""
    fixed = fixed_at()
    return fixed if fixed is not None else timezone.now()


def fixed_at() -> datetime | None:
    """The instant at which the clock stands still; None when it runs."""
    text = settings.CLOCK
    kept = settings.HOME / "clock"
    if not text and kept.exists():
        text = kept.read_text(encoding="ascii").strip()
    return datetime.fromisoformat(text) if text else None
