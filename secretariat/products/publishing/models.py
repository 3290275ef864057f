"""The content of the versions of a list, how a version is prepared, and what the DCC tells besides (PRD-1, PRD-30)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.core.files import StoredFile
from secretariat.core.people import Person
from secretariat.plain.months import Month
from secretariat.products.models import CENTRAL, ListVersion, ProductList
from secretariat.register.parties import Party

if TYPE_CHECKING:
    from secretariat.core.classification import Reader

PREPARED, PUBLISHED, LOADED, WITHDRAWN = "prepared", "published", "loaded", "withdrawn"
"""Where a version stands from its preparation on."""
RECEIVED, ENDORSED, APPROVED, REFUSED = "received", "endorsed", "approved", "refused"
"""Where a report of combinations stands."""
ASKED, DETERMINED = "asked", "determined"
"""Where a request stands to determine whether testing is needed; it may be withdrawn too."""


class ListRowQuerySet(models.QuerySet[Any]):
    """Asks the rows of a list by version."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """The rows of the lists that a person may read at an instant."""
        return self.filter(list__in=ProductList.objects.visible_to(person, at))

    def held_by(self, version: ListVersion) -> Self:
        """The rows that a version holds."""
        ended = Q(to_number__isnull=True) | Q(to_number__gte=version.number)
        return self.filter(ended, list_id=version.list_id, from_number__lte=version.number)


class ListRow(models.Model):
    """One row of a list, from the version that first held it so until the last one that did; its words never change."""

    list = models.ForeignKey(ProductList, on_delete=models.PROTECT, related_name="rows")
    key = models.CharField(max_length=200)
    content = models.JSONField()
    from_number = models.PositiveIntegerField("from version")
    to_number = models.PositiveIntegerField("until version", null=True, blank=True)

    objects: ClassVar[Any] = ListRowQuerySet.as_manager()

    class Meta:
        ordering = ("list_id", "key", "from_number")
        indexes = (models.Index(fields=["list", "to_number"]),)
        constraints = (
            models.UniqueConstraint(fields=["list", "key", "from_number"], name="a_row_begins_once_in_a_version"),
            models.CheckConstraint(
                condition=Q(to_number__isnull=True) | Q(to_number__gte=models.F("from_number")),
                name="a_row_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.list.code} {self.key}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("list row", args=[self.pk])


class VersionFile(models.Model):
    """A file of a published version, or the signature over one; read as its file is read."""

    version = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=10, help_text="Its ending, such as csv or csv.sig.")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("version_id", "name")
        constraints = (models.UniqueConstraint(fields=["version", "name"], name="one_file_of_a_kind_of_a_version"),)

    def __str__(self) -> str:
        return f"{self.version}.{self.name}"


def nothing_found() -> list[Any]:
    """What is to note of a version whose rows were not looked at yet."""
    return []


class PreparedVersion(Classified):
    """A version of a list from its preparation to its publication, and until the DCC has loaded it (PRD-16, PRD-30).

    A version of the Central list is made of its entries as they stand; one of another list, of the DCC's file.
    """

    list = models.ForeignKey(ProductList, on_delete=models.PROTECT, related_name="prepared")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True, help_text="What readers are told of this version.")
    findings = models.JSONField(default=nothing_found, editable=False)
    holds = models.PositiveIntegerField("rows", default=0, editable=False)
    digest = models.CharField("hash of what was prepared", max_length=64, blank=True, editable=False)
    prepared_on = models.DateField("prepared on", null=True, editable=False)
    published_as = models.OneToOneField(
        ListVersion, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="prepared"
    )
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "prepared list version"
        ordering = ("-id",)
        indexes = (models.Index(fields=["list", "state"]),)

    def __str__(self) -> str:
        return str(self.published_as) if self.published_as else f"{self.list.code}, prepared"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("prepared list version", args=[self.pk])


class MonthlyReturn(Classified):
    """That no new version of a list was supplied in a month, which is itself reported (PRD-1)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    list = models.ForeignKey(ProductList, on_delete=models.PROTECT, related_name="returns")
    month = models.DateField(help_text="Its first day.")
    note = models.CharField(max_length=300, blank=True)
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "month without a new version"
        ordering = ("-month", "list_id")
        constraints = (
            models.UniqueConstraint(
                fields=["list", "month"], name="one_return_of_a_list_a_month",
                violation_error_message="It is recorded already that this month brought no new version.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"No new version of the {self.list.code} in {Month.of(self.month).label}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("month without a version", args=[self.pk])

    def clean(self) -> None:
        """Told by its first day, and of a list of which no version was published in it. Raises ValidationError."""
        super().clean()
        typed: date | None = self.month
        if typed is None or not self.list_id:
            return
        month = Month.of(typed)
        self.month = month.first
        found = ListVersion.objects.filter(list_id=self.list_id, published_on__range=(month.first, month.last))
        if (version := found.select_related("list").first()) is not None:
            raise ValidationError(f"{version} was published in {month.label}.")


class CombinationReport(Classified):
    """A numbered report in which the DCC proposes combinations of SMETS1 devices for the eligible list (PRD-32)."""

    number = models.PositiveIntegerField(unique=True)
    received_on = models.DateField("received on")
    proposes = models.CharField("what it proposes", max_length=500, blank=True)
    endorsed_in = models.CharField("endorsed by", max_length=200, blank=True, editable=False)
    endorsed_kind = models.CharField(max_length=60, blank=True, editable=False)
    endorsed_id = models.BigIntegerField(null=True, blank=True, editable=False)
    approved_in = models.CharField("approved by", max_length=200, blank=True, editable=False)
    approved_kind = models.CharField(max_length=60, blank=True, editable=False)
    approved_id = models.BigIntegerField(null=True, blank=True, editable=False)
    refused_because = models.CharField("why it was refused", max_length=500, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "EPCL report"
        ordering = ("-number",)
        constraints = (models.CheckConstraint(condition=Q(number__gte=1), name="reports_count_from_one"),)

    def __str__(self) -> str:
        return f"EPCL Report {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("combination report", args=[self.pk])


class AskersOwn(ClassifiedQuerySet):
    """Requests, which those who made them may read whatever their capacity."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and up to Amber the reader's own."""
        rows = super().cleared_for(cleared)
        if cleared.person_id is None:
            return rows
        return rows | self.filter(asked_by_id=cleared.person_id, classification__lte=Class.AMBER)


class TestingRequest(Classified):
    """A request that the DCC determine whether a combination of devices needs testing (H14.36A, PRD-33)."""

    __test__ = False

    models_named = models.CharField(
        "device models", max_length=200, help_text="The CPL Entry IDs of the combination, such as 9001; 9005."
    )
    provider = models.CharField("communications service provider", max_length=80)
    why = models.TextField("why it is asked", max_length=2000, blank=True)
    asked_by = models.ForeignKey(Person, editable=False, null=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(
        Party, editable=False, null=True, blank=True, on_delete=models.PROTECT, related_name="testing_requests"
    )
    asked_on = models.DateField("asked on", null=True, editable=False)
    needed = models.BooleanField("testing is needed", null=True, editable=False)
    reasons = models.TextField("the DCC's reasons", max_length=2000, blank=True, editable=False)
    determined_on = models.DateField("determined on", null=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party"
    objects: ClassVar[Any] = AskersOwn.as_manager()

    class Meta:
        verbose_name = "request to determine testing"
        ordering = ("-asked_on", "-id")
        indexes = (models.Index(fields=["state", "asked_on"]),)

    def __str__(self) -> str:
        return f"{self.models_named} with {self.provider}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("testing request", args=[self.pk])


def newest(of: ProductList, day: date | None = None) -> ListVersion | None:
    """The version of a list with the highest number, of those published by a day where one is told."""
    rows: Any = ListVersion.objects.filter(list=of, **({"published_on__lte": day} if day else {}))
    found: ListVersion | None = rows.select_related("list").order_by("-number").first()
    return found


def newest_kept(of: ProductList) -> ListVersion | None:
    """The newest version of a list whose content is kept here."""
    rows: Any = ListVersion.objects.filter(list=of).exclude(sha256="")
    found: ListVersion | None = rows.select_related("list").order_by("-number").first()
    return found


def is_central(of: ProductList) -> bool:
    """Whether it is the Central Products List, which is made here and not by the DCC."""
    return of.code == CENTRAL
