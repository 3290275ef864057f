"""Which alerts mean nothing, what would remain without them, and what a throttling policy would have held back."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pyarrow as pa
from django import forms

from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.alerts.asking import ALL, ask
from secretariat.oversight.alerts.codes import UnknownCodeError, number
from secretariat.oversight.alerts.meanings import called, meanings
from secretariat.oversight.alerts.names import known_names, region_name
from secretariat.oversight.alerts.question_page import CodeField, MonthForm, MonthsForm, QuestionPage, of_the_work
from secretariat.oversight.alerts.shown import Column, Line, Shown, ratio, share
from secretariat.oversight.alerts.throttling import Policy, Sent, simulate
from secretariat.oversight.alerts.volume_pages import CODE, MESSAGES, MOST_BARS
from secretariat.oversight.readings.questions import Desk
from secretariat.papers import charts
from secretariat.plain.months import Month

REMOVED = pa.schema([("model_id", pa.int32()), ("fw_id", pa.int32()), ("alert_code", pa.int32())])
MOST_REPLAYED = 500_000


class SetField(forms.CharField):
    """A set to remove: one line a member, its model, firmware and code, with * for all."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[tuple[int, int, int]]:
        """The members as numbers."""
        wrong, members = [], []
        for text in str(super().clean(value)).splitlines():
            if not text.strip():
                continue
            try:
                members.append(_member(text))
            except ValueError as error:
                wrong.append(f"{text}: {error}")
        if wrong:
            raise forms.ValidationError(wrong)
        return members


def _member(text: str) -> tuple[int, int, int]:
    parts = text.replace(",", " ").split()
    if not 1 <= len(parts) <= 3 or not parts[0].isdecimal():
        raise ValueError("Give the number of a model, then of a firmware and a code, or *.")
    firmware, code = (*parts[1:], "*", "*")[:2]
    if firmware != "*" and not firmware.isdecimal():
        raise ValueError("A firmware is a number, or *.")
    return int(parts[0]), ALL if firmware == "*" else int(firmware), ALL if code == "*" else number(code)


class RemovalForm(MonthsForm):
    """Months, and what is removed."""

    removed = SetField(
        required=False, label="Without", help_text="A line each: model, firmware and code, such as 12 * 8F3E."
    )


class PolicyForm(MonthForm):
    """A month, a code, and a policy; what is left empty is as the rulebook has it."""

    code = CodeField(required=False, label="Code", help_text="Empty for all.")
    window = forms.IntegerField(min_value=1, required=False, label="Window in seconds")
    threshold = forms.IntegerField(min_value=1, required=False, label="Messages allowed in it")
    forward = forms.IntegerField(min_value=1, required=False, label="Then one in so many seconds")
    excluded = forms.CharField(required=False, label="Never throttled", help_text="Codes with spaces between.")

    def clean_excluded(self) -> frozenset[int] | None:
        """The numbers of the codes; None where nothing is said."""
        text = self.cleaned_data["excluded"]
        try:
            return frozenset(number(code) for code in text.replace(",", " ").split()) if text else None
        except UnknownCodeError as error:
            raise forms.ValidationError(str(error)) from error


class SpuriousAlerts(QuestionPage):
    """Firmware that sends a code far more often than its peers."""

    who: ClassVar[Who] = staticmethod(of_the_work)
    name, slug = "spurious alerts", "spurious"
    title = "Spurious alerts"
    about = "Firmware that sends an alert far more often than other firmware of the same type of device."
    definition = (
        "For one type of device and one code, each firmware's messages per installed device are compared with the "
        "median of its peers. It is told here when it stands above the median by so many times the median absolute "
        "deviation, and above so many times the median, with enough messages and devices; the rulebook has the numbers."
    )
    form_class = MonthForm

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """The firmware found, with its rate and that of its peers."""
        day = Month.parse(asked["month"]).last
        limits: dict[str, Any] = {
            name: RULEBOOK.number(f"alerts.spurious.{key}", day)
            for name, key in (
                ("least", "alerts"), ("least_installed", "installed"), ("spreads", "spreads"), ("times", "times")
            )
        }  # fmt: skip
        found = desk.ask("q3", month=asked["month"], **limits)
        known, names, rows = meanings(day), known_names(), found.rows.to_pylist()
        told = [
            Line((names.model(one["model_id"]), names.firmware(one["fw_id"]), called(one["alert_code"], known),
                  one["n"], one["installed"], one["rate"], one["middle"], one["spread"])) for one in rows
        ]  # fmt: skip
        columns = (
            Column("model", "Model", numeric=False), Column("firmware", "Firmware", numeric=False), CODE, MESSAGES,
            Column("installed", "Devices installed"), Column("rate", "Per device", printed=ratio()),
            Column("median", "Median of its peers", printed=ratio(4)), Column("spread", "Spread", printed=ratio(4)),
        )  # fmt: skip
        top = told[:MOST_BARS]
        labels = [f"{one.values[0]}, {one.values[1]}, {one.values[2]}" for one in top]
        caption = "Messages of spurious alerts in the month"
        spec = charts.breakdown(labels, [one.values[3] for one in top]) if top else None
        empty = "No firmware stands out in this month."
        return Shown(columns, told, (found,), caption, caption, spec, empty=empty)


class WithoutASet(QuestionPage):
    """What would remain without some models' alerts."""

    who: ClassVar[Who] = staticmethod(of_the_work)
    name, slug = "alerts without a set", "without"
    title = "Remove a set: what remains"
    about = "How many alerts would remain, region by region, if those of some models were mended."
    definition = (
        "All messages of the months by region, and those that are of none of the members of the set. A member is a "
        "model, or one of its firmware, with one code or all. As many may come back under other causes."
    )
    form_class = RemovalForm

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """All messages and those that remain, by month and region."""
        members = [dict(zip(REMOVED.names, member, strict=True)) for member in asked["removed"]]
        desk.runner.register("removed", pa.Table.from_pylist(members, schema=REMOVED))
        found = desk.ask("q12", first=asked["first"], last=asked["last"])
        rows = found.rows.to_pylist()
        told = [
            Line((Month.parse(one["month"]).short, region_name(one["region"]), one["n"], one["remains"],
                  one["share_removed"])) for one in rows
        ]  # fmt: skip
        columns = (
            Column("month", "Month", numeric=False), Column("region", "Region", numeric=False), MESSAGES,
            Column("remains", "Remain"), Column("removed", "Removed", printed=share),
        )  # fmt: skip
        caption = "Messages a month, and those that remain"
        return Shown(columns, told, (found,), caption, caption, _remaining(rows), _removed_in_all(rows))


def _remaining(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    months = sorted({one["month"] for one in rows})
    if not months:
        return None
    total, remains = (
        [sum(o[name] for o in rows if o["month"] == month) for month in months] for name in ("n", "remains")
    )
    return charts.bars_and_line([Month.parse(month).short for month in months], total, remains, "All", "Remain")


def _removed_in_all(rows: list[dict[str, Any]]) -> list[str]:
    total, remains = sum(one["n"] for one in rows), sum(one["remains"] for one in rows)
    if not total:
        return []
    return [f"The set makes {total - remains:,} of {total:,} messages, {100 * (total - remains) / total:.1f} %."]


class ThrottlingPolicy(QuestionPage):
    """A throttling policy played through."""

    name, slug = "throttling policy", "throttling"
    title = "A throttling policy, played through"
    about = "What would have been held back in a month under a policy of your choice."
    definition = (
        "The messages of each device and code are played through in order of receipt. Up to the threshold within the "
        "window all go on; beyond it one in each forwarding period does. Excluded codes always go on. What devices did "
        "not send because they were throttled already cannot be played through."
    )
    form_class = PolicyForm

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """Messages, those that go on, and those held back, by code."""
        day = Month.parse(asked["month"]).last
        policy = policy_of(asked, day)
        found = ask(desk, "frequent", month=asked["month"], code=asked["code"], threshold=policy.threshold)
        total = ask(desk, "by_code", rollup="cube_h", month=asked["month"], region=ALL)
        if found.rows.num_rows > MOST_REPLAYED:
            return Shown((CODE,), [], (found,), empty="There are too many messages to play through; choose one code.")
        columns = (found.rows.column(name).to_pylist() for name in ("device_key", "alert_code", "received", "weight"))
        played = {one.code: one for one in simulate(map(Sent, *columns), policy)}
        known = meanings(day)
        told = [
            Line((called(row["alert_code"], known), row["n"], row["n"] - saved, saved, saved / row["n"], len(devices)))
            for row in total.rows.to_pylist()
            if asked["code"] in (ALL, row["alert_code"])
            for one in [played.get(row["alert_code"])]
            for saved, devices in [(one.saved, one.devices) if one else (0, set())]
        ]
        told.sort(key=lambda line: (-line.values[3], line.values[0]))
        return self._told(told, (found, total), policy)

    def _told(self, told: list[Line], asked: tuple[Any, ...], policy: Policy) -> Shown:
        columns = (
            CODE, MESSAGES, Column("forwarded", "Go on"), Column("saved", "Held back"),
            Column("share", "Share held back", printed=share), Column("devices", "Devices held back"),
        )  # fmt: skip
        top = [one for one in told[:MOST_BARS] if one.values[3]]
        spec = charts.breakdown([one.values[0] for one in top], [one.values[3] for one in top]) if top else None
        messages, saved = (sum(one.values[place] for one in told) for place in (1, 3))
        held = f", {100 * saved / messages:.1f} %" if messages else ""
        remarks = [
            f"{saved:,} of {messages:,} messages would have been held back{held}.",
            f"The policy: {policy.threshold:,} messages in {policy.window:,} seconds, then one in "
            f"{policy.forward_every:,} seconds; {len(policy.excluded)} codes excluded.",
        ]
        caption = "Messages held back, by code"
        return Shown(columns, told, asked, caption, caption, spec, remarks)


def policy_of(asked: dict[str, Any], day: date) -> Policy:
    """The policy asked for; what is not said is the rulebook's on that day."""
    excluded = RULEBOOK.text("alerts.throttling.excluded", day)
    return Policy(
        asked["window"] or RULEBOOK.number("alerts.throttling.window_seconds", day),
        asked["threshold"] or RULEBOOK.number("alerts.throttling.threshold", day),
        asked["forward"] or RULEBOOK.number("alerts.throttling.forward_seconds", day),
        asked["excluded"] if asked["excluded"] is not None else frozenset(map(number, excluded.split("|"))),
    )
