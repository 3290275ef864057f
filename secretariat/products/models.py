"""Product lists: what the code obliges to be listed, each published version, and the models of the Central list."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.core.dated import Dated
from secretariat.core.people import Person
from secretariat.register.parties import Party

CENTRAL = "CPL"

SUBMITTED, CHECKING, QUERIED, REJECTED = "submitted", "checking", "queried", "rejected"
CURRENT, EXPIRING, UNDER_REMEDIATION, REMOVED = "current", "expiring", "under remediation", "removed"
"""Where an entry of the Central Products List stands (PRD-25)."""
PENDING = (SUBMITTED, CHECKING, QUERIED)
LISTED = (CURRENT, EXPIRING, UNDER_REMEDIATION)


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
    published_at = models.DateTimeField("published at", null=True, blank=True, editable=False)
    loaded_at = models.DateTimeField("loaded by the DCC at", null=True, blank=True, editable=False)
    holds = models.PositiveIntegerField("rows", null=True, blank=True, editable=False)
    sha256 = models.CharField("hash of its content", max_length=64, blank=True, editable=False)
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
        """The version's page, at an address that its list and number make."""
        return reverse("version of a list", args=[self.list.code.lower(), self.number])

    @property
    def is_kept(self) -> bool:
        """Whether its content is kept here: of a version that only its number and day tell, it is not."""
        return bool(self.sha256)


class DeviceType(models.TextChoices):
    """The physical device types that the Central Products List holds (PRD-11)."""

    ESME = "ESME", "ESME"
    GSME = "GSME", "GSME"
    HUB = "Communications Hub", "Communications Hub"
    HCALCS = "HCALCS", "HCALCS"
    PPMID = "PPMID", "PPMID"
    IHD = "IHD", "IHD"
    SAPC = "SAPC", "SAPC"


class SpecificationName(models.TextChoices):
    """The technical documents that an entry states a version of."""

    SMETS1 = "SMETS1", "SMETS1"
    SMETS2 = "SMETS2", "SMETS2"
    CHTS = "CHTS", "CHTS"
    GBCS = "GBCS", "GBCS"
    PPMIDTS = "PPMIDTS", "PPMIDTS"
    IHDTS = "IHDTS", "IHDTS"
    HCALCSTS = "HCALCSTS", "HCALCSTS"
    SAPCTS = "SAPCTS", "SAPCTS"


class Specification(Classified):
    """One version of a technical specification; its spells say when it is in force (PRD-13)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    name = models.CharField(max_length=10, choices=SpecificationName.choices)
    version = models.CharField(max_length=10, blank=True, help_text="Such as 4.2; empty when it has only one version.")
    label = models.CharField(max_length=24, unique=True, editable=False)
    note = models.CharField(max_length=300, blank=True, help_text="Where this is known from, and what is in doubt.")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("name", "version")

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the label as name and version say it."""
        self.label = f"{self.name} v{self.version}" if self.version else self.name
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("specification", args=[self.pk])

    def in_force_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.spells.on(day).exists()


class SpecificationSpell(Dated):
    """From when until when a version of a specification is in force."""

    specification = models.ForeignKey(Specification, on_delete=models.PROTECT, related_name="spells")
    note = models.CharField(max_length=300, blank=True, help_text="What says so, and what is in doubt.")

    class Meta:
        ordering = ("from_day", "id")
        indexes = (models.Index(fields=["specification", "from_day"]),)

    def __str__(self) -> str:
        return f"{self.specification} from {self.from_day.isoformat()}"


class Scheme(models.TextChoices):
    """The schemes under which a device is assured (PRD-15)."""

    CPA = "CPA", "CPA (Commercial Product Assurance)"
    ZIGBEE = "ZigBee", "ZigBee"
    DLMS = "DLMS", "DLMS"


class CertificateQuerySet(ClassifiedQuerySet):
    """Asks certificates by the day on which they end."""

    def with_end(self) -> Self:
        """Each with `ends_on`, the day of `effective_end`, for filters and orders."""
        return self.annotate(ends_on=Coalesce("expires_on", "renewal_on"))


class Certificate(Classified):
    """An assurance certificate; one that is held for life has a renewal date and no expiry (PRD-23)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    scheme = models.CharField(max_length=8, choices=Scheme.choices)
    number = models.CharField("number or reference", max_length=60)
    holder = models.CharField("manufacturer", max_length=120)
    firmware = models.CharField(
        "firmware shown on it", max_length=120, blank=True, help_text="As the certificate shows it; several by commas."
    )
    issued_on = models.DateField("issued on", null=True, blank=True)
    expires_on = models.DateField("expires on", null=True, blank=True)
    renewal_on = models.DateField("to be renewed by", null=True, blank=True)
    withdrawn_on = models.DateField("withdrawn on", null=True, blank=True)
    withdrawal = models.CharField("why it was withdrawn", max_length=300, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("scheme", "number")
        indexes = (models.Index(fields=["expires_on"]), models.Index(fields=["renewal_on"]))
        constraints = (
            models.UniqueConstraint(
                fields=["scheme", "number"],
                name="one_certificate_of_a_number",
                violation_error_message="A certificate of this scheme with this number is recorded already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("certificate", args=[self.pk])

    @property
    def effective_end(self) -> date | None:
        """The last day on which it holds: its expiry, or else its renewal date; none when it has neither (PRD-23)."""
        return self.expires_on or self.renewal_on

    def holds_on(self, day: date) -> bool:
        """Whether it was issued, has not ended and is not withdrawn on a day."""
        begun = self.issued_on is None or self.issued_on <= day
        lasts = self.effective_end is None or day <= self.effective_end
        return begun and lasts and (self.withdrawn_on is None or day < self.withdrawn_on)


class FirmwareForm(models.TextChoices):
    """How a manufacturer writes its firmware versions; always in the same way (PRD-11)."""

    HEX = "hex", "Hexadecimal"
    BCD = "BCD", "Binary coded decimal"


class Origin(models.TextChoices):
    """Where an entry comes from: SMETS1 entries are submitted by the DCC (PRD-11)."""

    SMETS1 = "SMETS1", "SMETS1 (submitted by the DCC)"
    SMETS2 = "SMETS2+", "SMETS2+"


class RemovalGround(models.TextChoices):
    """Why an entry is taken off the list (PRD-20)."""

    EXPIRED = "expired", "The CPA certificate has expired or was not renewed"
    WITHDRAWN = "withdrawn", "The CPA certificate was withdrawn or cancelled"
    REQUEST = "request", "The submitter asks for it"
    WRONG = "wrong entry", "The entry is wrong"
    SPECIFICATION = "specification", "The version of the technical specification is no longer valid"


class DeviceModelQuerySet(ClassifiedQuerySet):
    """Device models; one that is not on the list yet may be read by who submitted it."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and the reader's own submissions up to Amber."""
        rows = super().cleared_for(cleared)
        if cleared.person_id is None:
            return rows
        own = self.filter(submitted_by_id=cleared.person_id, classification__lte=Class.AMBER)
        return rows | own

    def listed(self) -> Self:
        """Those on the list now, whatever is under way about them."""
        return self.filter(state__in=LISTED)

    def ever_listed(self) -> Self:
        """Those that are or were on the list."""
        return self.filter(state__in=(*LISTED, REMOVED))

    def listed_on(self, day: date) -> Self:
        """Those on the list on a day: accepted by then and not removed by then."""
        return self.ever_listed().filter(
            Q(removed_on__isnull=True) | Q(removed_on__gt=day),
            Q(accepted_on__lte=day) | Q(accepted_on__isnull=True, added_in__published_on__lte=day),
        )


class DeviceModel(Classified):
    """One entry of the Central Products List: a device model, and what the list tells of it (PRD-10, PRD-11).

    Its content over time is kept in its entry versions; `added_in` is the version of the list that first held it.
    """

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    entry_id = models.CharField("CPL Entry ID", max_length=20, unique=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.SMETS2)
    device_type = models.CharField(max_length=20, choices=DeviceType.choices)
    technical_specification = models.CharField(max_length=24, help_text="Such as SMETS2 v4.2.")
    gbcs_version = models.CharField("GBCS version", max_length=24, blank=True, help_text="Such as GBCS v2.0.")
    manufacturer = models.CharField(max_length=120)
    manufacturer_identifier = models.CharField(max_length=4, blank=True, help_text="Two octets in hexadecimal.")
    model = models.CharField(max_length=60)
    model_identifier = models.CharField(max_length=4, blank=True, help_text="Two octets in hexadecimal.")
    hardware_version = models.CharField(max_length=40, blank=True, help_text="In hexadecimal.")
    firmware = models.CharField("firmware version", max_length=40, help_text="Four octets.")
    firmware_form = models.CharField(
        "firmware version written in", max_length=3, choices=FirmwareForm.choices, default=FirmwareForm.HEX
    )
    image_hash = models.CharField("manufacturer image hash", max_length=64, blank=True, help_text="64 hex digits.")
    signer = models.CharField("who signed the image", max_length=120, blank=True, help_text="If the image is signed.")
    signer_valid_from = models.DateField("signer's certificate valid from", null=True, blank=True)
    signer_valid_until = models.DateField("signer's certificate valid until", null=True, blank=True)
    certificates = models.ManyToManyField(Certificate, blank=True, related_name="entries")
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="successors", verbose_name="can be upgraded from"
    )
    submitter = models.CharField(max_length=120, blank=True, help_text="Who asks for the entry, by name.")
    submitted_by = models.ForeignKey(
        Person, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="device_models"
    )
    submitted_on = models.DateField("submitted on", null=True, blank=True, editable=False)
    accepted_on = models.DateField("accepted on", null=True, blank=True, editable=False)
    query = models.TextField("what was asked", max_length=2000, blank=True, editable=False)
    refusal = models.TextField("why it was rejected", max_length=2000, blank=True, editable=False)
    added_in = models.ForeignKey(
        ListVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="models_added",
        verbose_name="first held by",
    )  # fmt: skip
    removal_ground = models.CharField(
        "ground of removal", max_length=14, choices=RemovalGround.choices, blank=True, editable=False
    )
    removal_reason = models.CharField("reason of removal", max_length=300, blank=True, editable=False)
    removal_on = models.DateField("to be removed on", null=True, blank=True, editable=False)
    removed_on = models.DateField("removed on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party"
    objects: ClassVar[Any] = DeviceModelQuerySet.as_manager()

    class Meta:
        ordering = ("entry_id",)
        indexes = (
            models.Index(fields=["device_type"]),
            models.Index(fields=["added_in", "technical_specification"]),
            models.Index(fields=["state", "removal_on"]),
            models.Index(fields=["manufacturer", "model"]),
            models.Index(fields=["manufacturer_identifier", "model_identifier"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["device_type", "manufacturer_identifier", "model_identifier", "hardware_version", "firmware"],
                condition=Q(state__in=LISTED) & ~Q(manufacturer_identifier="") & ~Q(model_identifier=""),
                name="a_device_model_is_listed_once",
                violation_error_message="This device model is on the list already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.manufacturer} {self.model} (CPL Entry ID {self.entry_id})"

    def get_absolute_url(self) -> str:
        """The entry's page."""
        return reverse("device model", args=[self.entry_id])

    def clean(self) -> None:
        """Only versions of the Central Products List hold device models. Raises ValidationError."""
        super().clean()
        if self.added_in is not None and self.added_in.list.code != CENTRAL:
            raise ValidationError({"added_in": "Only a version of the Central Products List adds device models."})


# The parts of the room, so that Django finds their models from here.
from secretariat.products.certificates import models as certificates  # noqa: E402, F401
from secretariat.products.entries import models as entries  # noqa: E402, F401
from secretariat.products.publishing import models as publishing  # noqa: E402, F401
