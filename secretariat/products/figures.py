"""What the products room counts: versions of each product list, and the models that the Central list gained."""

from __future__ import annotations

from django.db.models import Count, Q

from secretariat.core.figures import Cell, Grid, Head, Records, Span, Unknown, figure
from secretariat.products.models import CENTRAL, DeviceModel, ListVersion, ProductList

SMETS2 = "SMETS2"
COLUMNS = (Head("versions", "Versions published"), Head("models_added", "SMETS2 device models added"))


@figure("product_lists", title="Product lists", unit="versions and device models")
def product_lists(span: Span) -> Grid:
    """How many versions of each product list were published in the span, nought included: that no new version
    came is itself reported (PRD-1). For the Central Products List also how many SMETS2 device models those
    versions added; the other lists do not hold device models here.
    """
    in_span = Q(versions__published_on__range=(span.first, span.last))
    counts = list(ProductList.objects.order_by("position").annotate(found=Count("versions", filter=in_span)))
    added = _models_added(span)
    models = Cell(added.queryset.count(), added)
    none = Cell(None, Unknown("Only the Central Products List counts device models."))
    cells = {}
    for row in counts:
        key = row.code.lower()
        cells[(key, "versions")] = Cell(row.found, _versions(row.code, span))
        cells[(key, "models_added")] = models if row.code == CENTRAL else none
    return Grid(tuple(Head(row.code.lower(), str(row)) for row in counts), COLUMNS, cells)


def _versions(code: str, span: Span) -> Records:
    return Records(ListVersion, {"list__code": code, "published_on__range": (span.first, span.last)})


def _models_added(span: Span) -> Records:
    when = {"added_in__published_on__range": (span.first, span.last)}
    return Records(DeviceModel, {"technical_specification__startswith": SMETS2, **when})
