"""What is counted of the Panel's actions, and of defaults by their ground, guarded where numbers are small."""

from __future__ import annotations

from collections import Counter, defaultdict

from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, Unknown, figure
from secretariat.core.rulebook import RULEBOOK
from secretariat.register.defaults import DefaultCase, Limb
from secretariat.register.panel_action.models import PanelAction, Power

VALUE = Head("value", "Number")


@figure("panel_actions", title="What the Panel did in Events of Default", unit="actions")
def panel_actions(span: Span) -> Grid:
    """The Panel's resolutions of the span by what they are, those rescinded later included (rule DEF-3)."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    rows = PanelAction.objects.filter(resolved_on__range=(span.first, span.last))
    for power, pk in rows.order_by("pk").values_list("power", "pk"):
        found[power].append(pk)
    heads = (*(Head(power.value.replace(" ", "-"), str(power.label)) for power in Power), Head("total", "Total"))
    cells = {
        (power.value.replace(" ", "-"), VALUE.key): Cell(
            len(found[power.value]), Records(PanelAction, {"pk__in": found[power.value]})
        )
        for power in Power
    }
    cells["total", VALUE.key] = Cell(sum(len(pks) for pks in found.values()), Sum(tuple(cells)))
    return Grid(heads, (VALUE,), cells, totals=("total",))


@figure("defaults_by_limb", title="Events of Default by their ground", unit="parties")
def defaults_by_limb(span: Span) -> Grid:
    """Defaults that began in the span by limb of M8.1, told only when no number could name a party.

    When one limb has so few that somebody could be recognised, no limb is told, since the others and the total would
    give it away; the total is, since the Panel publishes it each month (rule DEF-7).
    """
    least = RULEBOOK.number("figures.least_number_in_a_breakdown", span.last)
    entered = {"entered_on__range": (span.first, span.last)}
    numbers = Counter(DefaultCase.objects.filter(**entered).values_list("limb", flat=True))
    why = Unknown(f"A ground with fewer than {least}: none is told, so that nobody can be recognised.")
    told = all(number >= least for number in numbers.values())
    cells = {
        (limb.value, VALUE.key): Cell(numbers[limb.value], Records(DefaultCase, {**entered, "limb": limb.value}))
        if told
        else Cell(None, why)
        for limb in Limb
    }
    heads = (*(Head(limb.value, str(limb.label)) for limb in Limb), Head("total", "Total"))
    cells["total", VALUE.key] = Cell(sum(numbers.values()), Records(DefaultCase, entered))
    return Grid(heads, (VALUE,), cells)
