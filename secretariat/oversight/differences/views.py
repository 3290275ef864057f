"""Pages of differences between parties."""

from __future__ import annotations

from typing import Any, ClassVar, Unpack

from django import forms

from secretariat.core import journal
from secretariat.core.capacities import anyone_signed_in
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, said
from secretariat.core.procedure import Refused, Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.differences.filters import EngagementRulesFilter, PartyDifferenceFilter
from secretariat.oversight.differences.forms import EngagementRulesForm, PartyDifferenceForm
from secretariat.oversight.differences.models import REQUESTED, TAKEN_ON, EngagementRules, PartyDifference
from secretariat.oversight.differences.procedure import (
    DIFFERENCES,
    acknowledged_by,
    its_contact_or_team,
    operations_team,
    position_by,
)
from secretariat.plain.dates import day_words, long_date
from secretariat.plain.workdays import Working


class PartyDifferences(ListPage):
    """Differences that were put to the process."""

    model = PartyDifference
    word, plural = "party difference", "party differences"
    filters = PartyDifferenceFilter
    columns = (
        Column("subject", "Difference", "subject"),
        Column("party", "Asked by", "party__name"),
        Column("other", "With", "other__name"),
        Column("requested", "Requested", "requested_on"),
        Column("ended", "Ended", "ended_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-requested_on"
    about = "Differences on the service that two parties ask to be settled, under the rules of engagement."
    empty = "No difference is there that you may read. A party's contact asks with the button."
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    enters: ClassVar[Who | None] = staticmethod(its_contact_or_team)


class PartyDifferencePage(RecordPage):
    """One difference: both sides, by when who answers, and how it ended."""

    model = PartyDifference
    word, plural = "party difference", "party differences"

    def facts(self, record: PartyDifference) -> list[Fact]:
        """Who, what, the clock that runs, and the end."""
        return [
            Fact("Asked by", str(record.party), record.party.get_absolute_url()),
            Fact("With", str(record.other), record.other.get_absolute_url()),
            Fact("The difference", record.text),
            Fact("What was tried", record.tried),
            Fact("What would settle it", record.wanted),
            *self._clock(record),
            *([Fact("Under", str(record.rules), record.rules.get_absolute_url())] if record.rules else []),
            *said(
                ("The other side's view", record.position), ("Meetings held", record.meetings_held),
                ("Outcome", record.outcome), ("Referred to", record.referred_to),
                ("Ended", day_words(record.ended_on)),
            ),
        ]  # fmt: skip

    def _clock(self, record: PartyDifference) -> list[Fact]:
        """By when the one who has the ball acts."""
        if record.state == REQUESTED:
            return _due("To be taken on or declined by", acknowledged_by(record), "difference.acknowledge_wd")
        if record.state == TAKEN_ON:
            return _due("The other side gives its view by", position_by(record), "difference.position_wd")
        return []


def _due(label: str, working: Working | None, key: str) -> list[Fact]:
    if working is None:
        return []
    doubt = RULEBOOK.entry(key, working.start).doubt
    return [Fact(label, long_date(working.result), note=f"{working.sentence()} {doubt}")]


class PartyDifferenceEntry(EntryPage):
    """The request form."""

    model = PartyDifference
    form_class = PartyDifferenceForm
    word, plural = "party difference", "party differences"
    who: ClassVar[Who] = staticmethod(its_contact_or_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Unpack[journal.Told]) -> None:
        """Asks, for a party that the person speaks for."""
        if not its_contact_or_team(told["by"], record, told["at"]):
            raise Refused("You ask for a party that you speak for.")
        DIFFERENCES.take("request", record, **told)


class EngagementRulesList(ListPage):
    """Versions of the rules of engagement."""

    model = EngagementRules
    word, plural = "rules of engagement", "versions of the rules of engagement"
    filters = EngagementRulesFilter
    columns = (
        Column("version", "Version", "version"),
        Column("from", "From", "from_day"),
        Column("meeting", "Approved at", "meeting"),
        class_column(),
    )
    order = "-from_day"
    day = "from_day"
    about = "How two parties settle a difference on the service: each version of the rules, and from when it holds."
    empty = "No version of the rules is entered."
    enters: ClassVar[Who | None] = staticmethod(operations_team)


class EngagementRulesPage(RecordPage):
    """One version of the rules."""

    model = EngagementRules
    word, plural = "rules of engagement", "versions of the rules of engagement"
    editors: ClassVar[Who | None] = staticmethod(operations_team)

    def facts(self, record: EngagementRules) -> list[Fact]:
        """From when it holds, who approved it, and its words."""
        return [
            Fact("In force from", long_date(record.from_day)),
            *said(("Approved at", record.meeting), ("Told by", record.source), ("What they ask", record.text)),
        ]


class EngagementRulesEntry(EntryPage):
    """Enters or amends a version of the rules."""

    model = EngagementRules
    form_class = EngagementRulesForm
    word, plural = "rules of engagement", "versions of the rules of engagement"
    who: ClassVar[Who] = staticmethod(operations_team)
