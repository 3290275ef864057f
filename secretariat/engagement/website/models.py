"""The records of the website: how much it is used, who asks for an account, and the operations contact list."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.core.people import Person
from secretariat.plain.dates import long_date
from secretariat.register.models import Party


class ViewCount(Classified):
    """How often pages of one address were seen on one day."""

    day = models.DateField()
    page = models.CharField(max_length=200)
    views = models.PositiveIntegerField(default=0)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    class Meta:
        ordering = ("-day", "page")
        constraints = (models.UniqueConstraint(fields=["day", "page"], name="one_count_of_a_page_a_day"),)

    def __str__(self) -> str:
        return f"{self.page} on {long_date(self.day)}"

    def get_absolute_url(self) -> str:
        """The list, which has no page for each count."""
        return reverse("view counts")


class VisitCount(Classified):
    """How many visits there were on one day."""

    day = models.DateField(unique=True)
    visits = models.PositiveIntegerField(default=0)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    class Meta:
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"Visits on {long_date(self.day)}"

    def get_absolute_url(self) -> str:
        """The page that says what a visit is; a day's visits have none of their own."""
        return reverse("how visits are counted")


class DaySecret(models.Model):
    """What visitors' marks of one day are made with: made anew every day, and gone with it."""

    day = models.DateField(unique=True)
    secret = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"Secret of {self.day.isoformat()}"


class Visitor(models.Model):
    """The mark of one visitor on one day, and when they last opened a page: only for the day itself."""

    day = models.DateField()
    mark = models.CharField(max_length=64)
    last_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("day",)
        constraints = (models.UniqueConstraint(fields=["day", "mark"], name="one_row_of_a_visitor_a_day"),)

    def __str__(self) -> str:
        return f"A visitor on {self.day.isoformat()}"


ASKED, APPROVED, DECLINED = "asked", "approved", "declined"


class AccountRequestQuerySet(ClassifiedQuerySet):
    """Requests; who was given an account reads the own one."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and those by which the person got the account, up to Amber."""
        rows = super().cleared_for(cleared)
        if cleared.person_id is None:
            return rows
        return rows | self.filter(person_id=cleared.person_id, classification__lte=Class.AMBER)


class AccountRequest(Classified):
    """Somebody asks for an account with which to read what is for parties (rule HLP-12)."""

    name = models.CharField("your name", max_length=200)
    email = models.EmailField("your e-mail address at work")
    organisation = models.CharField(max_length=200, help_text="As it is registered.")
    why = models.TextField("what you need it for", max_length=1000, blank=True)
    asked_on = models.DateField(null=True, blank=True, editable=False)
    decided_on = models.DateField(null=True, blank=True, editable=False)
    reason = models.CharField("why it was declined", max_length=300, blank=True, editable=False)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, editable=False)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, editable=False)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, editable=False)
    classification = models.PositiveSmallIntegerField(
        "class", choices=Class.choices, default=Class.AMBER, editable=False
    )
    audience = models.CharField(max_length=20, blank=True, default="SECAS", editable=False)

    objects: ClassVar[Any] = AccountRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["state", "asked_on"]),)

    def __str__(self) -> str:
        return f"Account for {self.organisation}"

    def get_absolute_url(self) -> str:
        """The request's page."""
        return reverse("account request", args=[self.pk])


LISTED, REMOVED = "listed", "removed"


class Sort(models.TextChoices):
    """What sort of organisation can be reached (rule HLP-11)."""

    SUPPLIER = "supplier", "Supplier"
    NETWORK = "network", "Network operator"
    MANUFACTURER = "manufacturer", "Manufacturer"
    OTHER = "other", "Other"


class OperationsContact(Classified):
    """Whom to reach at an organisation about a Critical Alert, or what affects its customers (rule HLP-11)."""

    organisation = models.CharField(max_length=200)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, help_text="Empty for one that is no party."
    )
    sort = models.CharField("sort of organisation", max_length=20, choices=Sort.choices)
    role = models.CharField("role or desk", max_length=120)
    name = models.CharField("person", max_length=200, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    hours = models.CharField("when it is reached", max_length=120, blank=True)
    affirmed_on = models.DateField("found still right", null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, editable=False)
    classification = models.PositiveSmallIntegerField(
        "class", choices=Class.choices, default=Class.GREEN, editable=False
    )
    audience = models.CharField(max_length=20, blank=True, editable=False)

    owned_by: ClassVar[str] = "party"

    class Meta:
        ordering = ("organisation", "role")
        constraints = (
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(telephone=""),
                name="an_operations_contact_can_be_reached",
                violation_error_message="Give an e-mail address, a telephone number, or both.",
            ),
            models.UniqueConstraint(
                F("organisation"),
                F("role"),
                condition=Q(state=LISTED),
                name="one_operations_contact_of_a_role",
                violation_error_message="This organisation has a contact of this role on the list: amend that one.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role}, {self.organisation}"

    def get_absolute_url(self) -> str:
        """The contact's page."""
        return reverse("operations contact", args=[self.pk])


class Purpose(models.TextChoices):
    """The only two things for which the list may be used (rule HLP-11)."""

    CRITICAL_ALERT = "critical alert", "A Critical Alert after a change of supplier"
    CUSTOMERS = "customers", "An issue that affects customers"


class ContactUse(Classified):
    """Somebody opened the addresses of the list, and said for what (rule HLP-11)."""

    purpose = models.CharField("what you need them for", max_length=20, choices=Purpose.choices)
    matter = models.CharField("which alert or issue", max_length=200)
    used_at = models.DateTimeField(editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    contacts = models.PositiveIntegerField("contacts shown", default=0, editable=False)
    invented = models.BooleanField(default=False, editable=False)
    classification = models.PositiveSmallIntegerField(
        "class", choices=Class.choices, default=Class.AMBER, editable=False
    )
    audience = models.CharField(max_length=20, blank=True, default="SECAS", editable=False)

    class Meta:
        ordering = ("-used_at",)

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.matter}"

    def get_absolute_url(self) -> str:
        """The page of this use."""
        return reverse("contact use", args=[self.pk])
