"""What alerts followed: a change of firmware, a meter's activation at a hub, the central service's maintenance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.core.pages import reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.alerts.asking import ALL, ask
from secretariat.oversight.alerts.codes import number
from secretariat.oversight.alerts.firmware_effect import Effect, Watched, compare
from secretariat.oversight.alerts.inventory import ELECTRICITY_METER
from secretariat.oversight.alerts.lost import Loss, Window, losses
from secretariat.oversight.alerts.names import Names, known_names
from secretariat.oversight.alerts.outages import Activation, Outage, shares, suspected
from secretariat.oversight.alerts.pictures import Bar, intervals
from secretariat.oversight.alerts.question_page import CodeField, MonthForm, MonthsForm, QuestionPage, of_the_work
from secretariat.oversight.alerts.shown import Column, Line, Shown, ratio, share
from secretariat.oversight.alerts.volume_pages import MOST_BARS, hour_of
from secretariat.oversight.maintenance.models import CANCELLED, MaintenanceWindow
from secretariat.oversight.readings.layout import DAY, REGIONS, bounds, moment
from secretariat.oversight.readings.questions import Answer, Desk
from secretariat.papers import charts
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.months import Month

MODEL = Column("model", "Model", numeric=False)
FIRMWARE = Column("firmware", "Firmware", numeric=False)


class EffectForm(MonthsForm):
    """Months, the firmware to look at, and a code."""

    firmware = forms.IntegerField(min_value=1, required=False, label="Firmware", help_text="Its number, from the list.")
    code = CodeField(required=False, label="Code", help_text="Empty for all.")


class FirmwareChanges(QuestionPage):
    """Before and after a change of firmware."""

    who: ClassVar[Who] = staticmethod(of_the_work)
    name, slug = "alerts and firmware", "firmware"
    title = "Before and after a change of firmware"
    about = "Whether new firmware made a difference, beside devices of the model that kept theirs."
    definition = (
        "Each device is compared with itself: its messages a day in the days before its own change and after it; the "
        "rulebook says how many days. Devices of the same model that kept their firmware are compared around the "
        "middle of the changes. The interval holds 95 in 100 of the ratios when devices are drawn again."
    )
    form_class = EffectForm

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """The firmware that devices changed to, or the effect of one."""
        found = ask(desk, "firmware_changes", first=asked["first"], last=asked["last"])
        rows, names = found.rows.to_pylist(), known_names()
        chosen = next((one for one in rows if one["fw_id"] == asked["firmware"]), None)
        if chosen:
            return _effect(desk, chosen, asked, names)
        told = [
            Line((names.firmware(one["fw_id"]), names.model(one["model_id"]), one["devices"],
                  moment(one["first_at"]).date(), moment(one["last_at"]).date()),
                 f"{reverse(self.name)}?first={asked['first']}&last={asked['last']}&firmware={one['fw_id']}")
            for one in rows
        ]  # fmt: skip
        columns = (
            FIRMWARE, MODEL, Column("devices", "Devices that changed"), Column("from", "From", numeric=False),
            Column("to", "To", numeric=False),
        )  # fmt: skip
        return Shown(columns, told, (found,), empty="No device changed its firmware in these months.")


def _effect(desk: Desk, chosen: dict[str, Any], asked: dict[str, Any], names: Names) -> Shown:
    days = RULEBOOK.number("alerts.firmware.days", Month.parse(asked["last"]).last)
    held = [Month.parse(month) for month in desk.manifest.months("alerts")]
    given = {
        "reach": days * DAY, "code": asked["code"], "fw_id": chosen["fw_id"], "model_id": chosen["model_id"],
        "middle": chosen["middle"], "data_from": bounds(held[0])[0], "data_to": bounds(held[-1])[1],
        "first": asked["first"], "last": asked["last"],
    }  # fmt: skip
    changed, kept = ask(desk, "changed_devices", **given), ask(desk, "kept_devices", **given)
    found = compare(_watched(changed), _watched(kept), seed=chosen["fw_id"])
    told = [Line(_row("Devices that changed", found.changed)), Line(_row("Devices that kept theirs", found.control))]
    named = (("Changed", found.changed), ("Kept", found.control))
    bars = [Bar(label, one.low, one.ratio, one.high) for label, one in named
            if one.low is not None and one.ratio is not None and one.high is not None]  # fmt: skip
    if found.net is not None and found.low is not None and found.high is not None:
        bars.append(Bar("The change alone", found.low, found.net, found.high))
    columns = (
        Column("group", "Group", numeric=False), Column("devices", "Devices"),
        Column("before", "Messages a device and day before", printed=ratio(4)),
        Column("after", "After", printed=ratio(4)), Column("ratio", "After over before", printed=ratio()),
        Column("low", "Interval from", printed=ratio()), Column("high", "to", printed=ratio()),
        Column("says", "Which says", numeric=False),
    )  # fmt: skip
    alone = (
        f"The change alone, over the control group: {found.net:.2f}, interval {found.low:.2f} to {found.high:.2f}."
        if found.net is not None and found.low is not None and found.high is not None
        else "The control group is too small to say what the change alone did."
    )
    caption = f"{names.firmware(chosen['fw_id'])} of {names.model(chosen['model_id'])}: messages after over before"
    spec = intervals(bars, "After over before") if bars else None
    remarks = (alone, f"Days compared on either side: {days}.")
    return Shown(columns, told, (changed, kept), caption, caption, spec, remarks)


def _watched(answer: Answer) -> list[Watched]:
    return [
        Watched(one["earlier"], one["later"], one["watched_before"] / DAY, one["watched_after"] / DAY)
        for one in answer.rows.to_pylist()
        if one["watched_before"] > 0 and one["watched_after"] > 0
    ]


def _row(group: str, one: Effect) -> tuple[Any, ...]:
    return (group, one.devices, one.before_a_day, one.after_a_day, one.ratio, one.low, one.high, one.says)


class FalseOutages(QuestionPage):
    """Power outage alerts soon after a meter's change of firmware."""

    who: ClassVar[Who] = staticmethod(of_the_work)
    name, slug = "false outage alerts", "false-outages"
    title = "Power outage alerts after a change of firmware"
    about = "Outages that hubs reported soon after their meter changed firmware, and that may have been none."
    definition = (
        "An outage alert is suspected where an electricity meter of the same home changed its firmware in the minutes "
        "before; the rulebook says how many. Told are, by firmware, the changes and those that an alert followed."
    )

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """Changes of firmware and the outage alerts after them, by firmware."""
        minutes = RULEBOOK.number("alerts.false_outage.minutes", Month.parse(asked["last"]).last)
        given = {"first": asked["first"], "last": asked["last"], "device_type": ELECTRICITY_METER}
        changes = ask(desk, "activations", **given)
        alerts = ask(desk, "outages_after", **given, code=number("AD1"))
        activations = [
            Activation(one["hub_key"], one["from_at"], str(one["model_id"]), str(one["fw_id"]))
            for one in changes.rows.to_pylist()
        ]
        outages = [Outage(one["hub_key"], one["received"]) for one in alerts.rows.to_pylist()]
        found, names = suspected(activations, outages, minutes=minutes), known_names()
        told = [
            Line((names.firmware(int(one.firmware)), names.model(int(one.model)),
                  one.activations, one.followed, one.share))
            for one in shares(activations, found)
        ]  # fmt: skip
        columns = (
            FIRMWARE, MODEL, Column("changes", "Changes"), Column("followed", "Followed by an outage alert"),
            Column("share", "Share", printed=share),
        )  # fmt: skip
        top = [one for one in told[:MOST_BARS] if one.values[3]]
        spec = charts.breakdown([one.values[0] for one in top], [one.values[3] for one in top]) if top else None
        caption = "Changes of firmware that an outage alert followed"
        remarks = (f"{len(found):,} outage alerts came within {minutes} minutes of a change.",)
        empty = "No electricity meter changed its firmware in these months."
        return Shown(columns, told, (changes, alerts), caption, caption, spec, remarks, empty)


class LostAlerts(QuestionPage):
    """Alerts expected and received while the central service was maintained."""

    name, slug = "alerts in maintenance", "maintenance"
    title = "Alerts lost in maintenance"
    about = "What was to be expected while the central service was maintained, and what came."
    definition = (
        "Expected is the mean of the same hours of the week in the weeks before, outside other maintenance; the "
        "rulebook says how many weeks. What comes above expectation in as many hours afterwards was held back and is "
        "not missing. Less than twice the spread of those weeks may be chance."
    )
    form_class = MonthForm

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """Each window of the month with expected, received and missing."""
        month = Month.parse(asked["month"])
        weeks = RULEBOOK.number("alerts.maintenance.weeks", month.last)
        windows = self._windows(month, weeks)
        rows: list[tuple[MaintenanceWindow, Loss]] = []
        asked_of: list[Answer] = []
        for region in sorted({one.region for one in windows}):
            found = _hours(desk, month, REGIONS.get(region, ALL), weeks)
            kept = [one for one in windows if one.region in ("", region) or not region]
            told = losses(_hourly(desk, found), [_window(one) for one in kept], weeks=weeks)
            rows += [(one, loss) for one, loss in zip(kept, told, strict=True)
                     if one.region == region and Month.of(local_day(one.starts_at)) == month]  # fmt: skip
            asked_of.append(found)
        return _lost(rows, tuple(asked_of))

    def _windows(self, month: Month, weeks: int) -> list[MaintenanceWindow]:
        """The windows of the month that the person may read, and those in the weeks that it is compared with."""
        earliest = moment(bounds(month)[0]) - timedelta(weeks=weeks)
        rows = MaintenanceWindow.objects.visible_to(reader(self.request), self.request.at)
        found = rows.exclude(state=CANCELLED).filter(starts_at__lt=moment(bounds(month)[1]), ends_at__gt=earliest)
        return list(found.order_by("starts_at", "pk"))


def _window(one: MaintenanceWindow) -> Window:
    begins, ends = one.started_at or one.starts_at, one.ended_at or one.ends_at
    return Window(begins.astimezone(UTC), ends.astimezone(UTC), one.title)


def _hours(desk: Desk, month: Month, region: int, weeks: int) -> Answer:
    first, end = bounds(month)
    begin = first - weeks * 7 * DAY
    given = {"from_hour": begin // (DAY // 24), "to_hour": end // (DAY // 24), "region": region, "code": ALL}
    return ask(desk, "by_hour", rollup="cube_h", lead=2 + weeks // 4, month=month.iso, **given)


def _hourly(desk: Desk, found: Answer) -> dict[datetime, int]:
    """Alerts by hour; an hour of a month that the data hold counts with nought where it had none."""
    counted = {hour_of(one["hour"]): one["n"] for one in found.rows.to_pylist()}
    held = set(desk.manifest.months("alerts"))
    hours = map(hour_of, range(int(found.parameters["from_hour"]), int(found.parameters["to_hour"])))
    return {hour: counted.get(hour, 0) for hour in hours if f"{hour:%Y-%m}" in held}


def _lost(rows: list[tuple[MaintenanceWindow, Loss]], asked: tuple[Answer, ...]) -> Shown:
    told = [
        Line((one.title, one.part, one.starts_at, one.ends_at, loss.expected, loss.received, loss.later, loss.missing,
              _says(loss)), one.get_absolute_url())
        for one, loss in rows
    ]  # fmt: skip
    columns = (
        Column("window", "Maintenance", numeric=False), Column("part", "Part of the service", numeric=False),
        Column("from", "From", numeric=False), Column("to", "To", numeric=False),
        Column("expected", "Expected", printed=ratio(0)), Column("received", "Received"),
        Column("later", "More than usual after it", printed=ratio(0)), Column("missing", "Missing", printed=ratio(0)),
        Column("says", "Which says", numeric=False),
    )  # fmt: skip
    known = [(one, loss) for one, loss in rows if loss.expected is not None]
    spec = None
    if known:
        labels = [long_date(local_day(one.starts_at)) for one, _ in known]
        expected = [round(loss.expected or 0) for _, loss in known]
        spec = charts.bars_and_line(labels, [loss.received for _, loss in known], expected, "Received", "Expected")
    caption = "Alerts received and expected in maintenance"
    empty = "No maintenance of this month is entered that you may read."
    return Shown(columns, told, asked, caption, caption, spec, empty=empty)


def _says(loss: Loss) -> str:
    if loss.expected is None:
        return "too few weeks to compare"
    return "alerts are missing" if loss.is_plain else "no loss can be told"
