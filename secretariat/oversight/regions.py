"""The parts of the estate that the central service is watched in: three regions, and SMETS1 as a fourth population."""

from __future__ import annotations

from django.db import models


class Region(models.TextChoices):
    """A region of the Communications Service Providers; SMETS1 devices have providers of their own."""

    NORTH = "N", "North"
    CENTRAL = "C", "Central"
    SOUTH = "S", "South"
    SMETS1 = "SMETS1", "SMETS1"
