"""What is counted of consultations."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from secretariat.consultations.models import unanswered


def points_left(record: models.Model, at: datetime) -> dict[int, int]:
    """How many points lack an answer in each consultation about a record that is over, by the consultation's id."""
    by_consultation = unanswered(record, at).order_by().values_list("response__consultation")
    return dict(by_consultation.annotate(number=models.Count("pk")))
