"""The dictionary of alert codes, as it comes with the program: nothing in it is invented, its doubts are marked."""

from __future__ import annotations

from pathlib import Path

from secretariat.oversight.alerts import load
from secretariat.site.sample.crew import Crew


def enter(crew: Crew) -> None:
    """Loads the dictionary."""
    content = (Path(load.__file__).parent / "codes.csv").read_bytes()
    crew.load_file("alert-codes", "technical.analyst", content)
