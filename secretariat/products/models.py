"""Product lists: what the code obliges to be listed, each published version, and the models of the Central list."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified

CENTRAL = "CPL"


class ProductList(Classified):
    """One list that the code obliges somebody to keep (section 7.1 of the rules)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    obligation_reference = models.CharField(max_length=60, help_text="Where the code obliges it, such as F2.1.")
    obligation = models.CharField(max_length=300, help_text="What is obliged, in our own words.")
    created_by = models.CharField("who creates it", max_length=60)
    published_by = models.CharField("who publishes it", max_length=60)
    position = models.PositiveSmallIntegerField(default=0, help_text="Its place in the monthly paper.")

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def get_absolute_url(self) -> str:
        """The list's page."""
        return reverse("product list", args=[self.code])


class ListVersion(Classified):
    """One version of a product list, from the day it was published (PRD-30)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    list = models.ForeignKey(ProductList, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published_on = models.DateField("published on")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-published_on", "-number")
        indexes = (models.Index(fields=["list", "published_on"]), models.Index(fields=["published_on"]))
        constraints = (
            models.UniqueConstraint(
                fields=["list", "number"],
                name="one_number_once_per_list",
                violation_error_message="This list already has a version with this number.",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_count_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.list.code} version {self.number}"

    def get_absolute_url(self) -> str:
        """The version's page."""
        return reverse("list version", args=[self.pk])


class DeviceType(models.TextChoices):
    """The physical device types that the Central Products List holds (PRD-11)."""

    ESME = "ESME", "ESME"
    GSME = "GSME", "GSME"
    HUB = "Communications Hub", "Communications Hub"
    HCALCS = "HCALCS", "HCALCS"
    PPMID = "PPMID", "PPMID"
    IHD = "IHD", "IHD"
    SAPC = "SAPC", "SAPC"


class DeviceModel(Classified):
    """One device model of the Central Products List, and the version that first held it (PRD-10, PRD-11)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    entry_id = models.CharField("CPL Entry ID", max_length=20, unique=True)
    device_type = models.CharField(max_length=20, choices=DeviceType.choices)
    technical_specification = models.CharField(max_length=20, help_text="Such as SMETS2 v4.2.")
    manufacturer = models.CharField(max_length=120)
    model = models.CharField(max_length=60)
    firmware = models.CharField("firmware version", max_length=40)
    added_in = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="models_added")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("entry_id",)
        indexes = (models.Index(fields=["device_type"]), models.Index(fields=["added_in", "technical_specification"]))

    def __str__(self) -> str:
        return f"{self.manufacturer} {self.model} (CPL Entry ID {self.entry_id})"

    def get_absolute_url(self) -> str:
        """The model's page."""
        return reverse("device model", args=[self.entry_id])

    def clean(self) -> None:
        """Only versions of the Central Products List hold device models. Raises ValidationError."""
        super().clean()
        if self.added_in_id is not None and self.added_in.list.code != CENTRAL:
            raise ValidationError({"added_in": "Only a version of the Central Products List adds device models."})
