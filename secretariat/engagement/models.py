"""Who uses the portal, and how much the website is used (rules HLP-9 and HLP-12)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.schemes import Heading
from secretariat.plain.dates import long_date
from secretariat.plain.months import Month

CATEGORIES = "portal user categories"
"""The subject of the schemes whose headings are categories of portal users."""


class PortalUser(Classified):
    """One account on the portal, from the day it was registered until the day it was closed."""

    code = models.CharField("account code", max_length=40, unique=True)
    category = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="portal_users")
    registered_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True, help_text="The first day without the account.")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    class Meta:
        ordering = ("code",)
        indexes = (models.Index(fields=["registered_on", "closed_on", "category"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("registered_on")),
                name="portal_user_closed_after_registered",
                violation_error_message="An account is not closed before it is registered.",
            ),
        )

    def __str__(self) -> str:
        return f"Portal user {self.code}"

    def get_absolute_url(self) -> str:
        """The account's page."""
        return reverse("portal user", args=[self.code])

    def clean(self) -> None:
        """Raises ValidationError for a category that was not in force when the account was registered."""
        if None in (self.category_id, self.registered_on):
            return
        if not categories(self.registered_on).filter(pk=self.category_id).exists():
            raise ValidationError({"category": f"This category is not in force on {long_date(self.registered_on)}."})


def categories(day: date) -> models.QuerySet[Heading]:
    """The categories of portal users in force on a day."""
    until = Q(scheme__to_day__isnull=True) | Q(scheme__to_day__gte=day)
    return Heading.objects.filter(until, scheme__subject=CATEGORIES, scheme__from_day__lte=day)


class WebsiteMonth(Classified):
    """How the website was used in one month; a visit is one active period of one visitor."""

    month = models.DateField(unique=True, help_text="First day of the month.")
    visits = models.PositiveIntegerField()
    page_views = models.PositiveIntegerField()
    new_visitors = models.PositiveIntegerField(null=True, blank=True)
    returning_visitors = models.PositiveIntegerField(null=True, blank=True)
    counted = models.BooleanField("counted by the website itself", default=False, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("-month",)
        constraints = (
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="website_month_is_a_first_day",
                violation_error_message="A month is kept by its first day.",
            ),
        )

    def __str__(self) -> str:
        return f"Website in {Month.of(self.month).label}"

    def get_absolute_url(self) -> str:
        """The month's page."""
        return reverse("website month", args=[self.month.isoformat()])


# The parts of the room, so that Django finds their models from here.
from secretariat.engagement.events import models as events  # noqa: E402, F401
from secretariat.engagement.guidance import models as guidance  # noqa: E402, F401
from secretariat.engagement.newsletter import models as newsletter  # noqa: E402, F401
from secretariat.engagement.subscribing import models as subscribing  # noqa: E402, F401
from secretariat.engagement.surveys import models as surveys  # noqa: E402, F401
from secretariat.engagement.website import models as website  # noqa: E402, F401
