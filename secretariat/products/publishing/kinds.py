"""The records of publishing that pages and references lead to."""

from __future__ import annotations

import re

from secretariat.core.kinds import register
from secretariat.products.publishing.models import (
    CombinationReport,
    ListRow,
    MonthlyReturn,
    PreparedVersion,
    TestingRequest,
)

_REPORT = re.compile(r"EPCL Report (?P<number>[0-9]{1,6})", re.IGNORECASE)


def not_named(text: str) -> None:
    """Nothing: these have no reference in prose."""


def combination_report(text: str) -> CombinationReport | None:
    """The report that "EPCL Report 23" names."""
    match = _REPORT.fullmatch(text.strip())
    return CombinationReport.objects.filter(number=int(match["number"])).first() if match else None


register("prepared list version", PreparedVersion, not_named)
register("list row", ListRow, not_named)
register("month without a version", MonthlyReturn, not_named)
register("combination report", CombinationReport, combination_report)
register("testing request", TestingRequest, not_named)
