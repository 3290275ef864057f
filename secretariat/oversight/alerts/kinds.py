"""The records of alerts that pages and prose lead to: an alert code by its code."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.oversight.alerts.codes import UnknownCodeError, number, written
from secretariat.oversight.alerts.models import AlertCode, DeviceInventory
from secretariat.register.kinds import not_named


def find_code(text: str) -> AlertCode | None:
    """The newest meaning of a code, if the text is one."""
    try:
        code = written(number(text))
    except UnknownCodeError:
        return None
    found: AlertCode | None = AlertCode.objects.filter(code=code).order_by("-from_day").first()
    return found


register("alert code", AlertCode, find_code)
register("device inventory", DeviceInventory, not_named)
