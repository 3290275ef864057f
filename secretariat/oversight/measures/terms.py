"""The words by which measures are told apart: whose they are, of what they are a share, and who reports them."""

from __future__ import annotations

from django.db import models

from secretariat.oversight.regions import Region


class Family(models.TextChoices):
    """Whose measures they are."""

    CODE = "code", "Code Performance Measure"
    PROVIDER = "provider", "Service Provider Performance Measure"


class Basis(models.TextChoices):
    """What a level is a share of."""

    EVENTS = "events", "Events within their time"
    AVAILABILITY = "availability", "Minutes available"
    SAMPLE = "sample", "Test commands within their time"


class Period(models.TextChoices):
    """How long a period is reported on."""

    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"


class Provider(models.TextChoices):
    """Who reports a level."""

    DCC = "DCC", "DCC"
    DSP = "DSP", "Data service provider"
    CSPN = "CSPN", "Communications service provider North"
    CSPC = "CSPC", "Communications service provider Central"
    CSPS = "CSPS", "Communications service provider South"
    S1SP = "S1SP", "SMETS1 service provider"
    TSP = "TSP", "Trusted service provider"


OF_REGION = {Provider.CSPN: Region.NORTH, Provider.CSPC: Region.CENTRAL, Provider.CSPS: Region.SOUTH}
"""The region that a provider serves."""
