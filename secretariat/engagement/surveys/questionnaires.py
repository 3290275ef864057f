"""Questionnaires to begin with, in this administration's own words; each can be changed before a survey opens."""

from __future__ import annotations

from typing import Any

from secretariat.engagement.surveys.models import Kind

SCALE, YES_NO, WORDS = "scale", "yes or no", "words"

QUESTIONNAIRES: dict[str, tuple[tuple[str, str], ...]] = {
    Kind.SATISFACTION: (
        ("How satisfied are you with the administration of the code as a whole?", SCALE),
        ("How well were your questions to the helpdesk answered?", SCALE),
        ("How easily do you find what you look for on the website?", SCALE),
        ("How clear are the papers and newsletters that we send you?", SCALE),
        ("How well do we support you in raising and following changes to the code?", SCALE),
        ("Did you come to one of our events in the last twelve months?", YES_NO),
        ("What should we do better?", WORDS),
    ),
    Kind.EFFECTIVENESS: (
        ("The body has the members and the knowledge that its tasks need.", SCALE),
        ("The papers come in time, and say what is to be decided.", SCALE),
        ("The time of meetings is used for what matters most.", SCALE),
        ("The chair gives every member room to speak.", SCALE),
        ("Conflicts of interest are declared and handled well.", SCALE),
        ("Decisions are followed through until they are done.", SCALE),
        ("The secretariat supports the body well.", SCALE),
        ("What should the body do differently?", WORDS),
    ),
    Kind.FEEDBACK: (
        ("The event was worth my time.", SCALE),
        ("I could follow what was said and shown.", SCALE),
        ("There was room for my questions.", SCALE),
        ("Would you come again?", YES_NO),
        ("What should we do differently next time?", WORDS),
    ),
}
"""By kind of survey: each question, and what it asks for."""


def questions_of(kind: str) -> list[dict[str, Any]]:
    """The fields of the questions that a survey of a kind begins with; none for a kind without a questionnaire."""
    told = QUESTIONNAIRES.get(kind, ())
    return [{"number": number, "text": text, "asks": asks} for number, (text, asks) in enumerate(told, start=1)]
