"""Pages of the live-service criteria, and of the assessments of combinations against them."""

from __future__ import annotations

from typing import Any, ClassVar

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, about, reader, said
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.incidents.models import UNSOLVED, Incident
from secretariat.oversight.incidents.who import dcc_or_team
from secretariat.oversight.smets1.filters import CriterionFilter, LiveServiceFilter
from secretariat.oversight.smets1.forms import CriterionForm, LiveServiceForm
from secretariat.oversight.smets1.models import Criterion, LiveServiceAssessment, Rating
from secretariat.oversight.smets1.ratings import current_ratings, in_force
from secretariat.plain.dates import day_words, instant, long_date


class Criteria(ListPage):
    """The live-service criteria."""

    model = Criterion
    word, plural = "live service criterion", "live service criteria"
    filters = CriterionFilter
    columns = (
        Column("code", "Code", "code"),
        Column("name", "Name", "name"),
        Column("from", "From", "from_day"),
        Column("until", "Until", "to_day"),
        Column("verified", "Verified", "verified"),
        Column("source", "Told in", "source"),
    )
    order = "position"
    order_words = "in their order"
    about = "What a combination must meet to go live. Those that no document was seen to name are unverified."
    empty = "No criterion is entered yet."
    enters: ClassVar[Who | None] = staticmethod(dcc_or_team)


class CriterionPage(RecordPage):
    """One criterion."""

    model = Criterion
    word, plural = "live service criterion", "live service criteria"
    editors: ClassVar[Who | None] = staticmethod(dcc_or_team)

    def facts(self, record: Criterion) -> list[Fact]:
        """What it asks, since when, and how sure that is."""
        return [
            Fact("Code", record.code),
            *said(("What it asks", record.says)),
            Fact("In force from", long_date(record.from_day)),
            *said(("Until", day_words(record.to_day)), ("Told in", record.source)),
            Fact("Verified", "yes" if record.verified else "no: no document was seen that names it"),
        ]


class CriterionEntry(EntryPage):
    """Enters or amends a criterion."""

    model = Criterion
    form_class = CriterionForm
    word, plural = "live service criterion", "live service criteria"
    who: ClassVar[Who] = staticmethod(dcc_or_team)


class LiveServiceAssessments(ListPage):
    """Assessments of combinations against the live-service criteria."""

    model = LiveServiceAssessment
    word, plural = "live service assessment", "live service assessments"
    filters = LiveServiceFilter
    columns = (
        Column("combination", "Combination", "combination__name"),
        Column("cohort", "Cohort", "combination__cohort__code"),
        Column("opened", "Opened", "opened_on"),
        Column("endorsed", "Endorsed at", "endorsed_in"),
        Column("decided", "Decided at", "decided_in"),
        Column("live", "Live since", "live_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-opened_on"
    day = "opened_on"
    about = "Whether each combination may go live, what the Panel was recommended, and how it goes since."
    empty = "No combination is assessed that you may read of."
    news = ("live_service_assessment.open", "live_service_assessment.endorse", "live_service_assessment.approve")
    enters: ClassVar[Who | None] = staticmethod(dcc_or_team)


class LiveServicePage(RecordPage):
    """One assessment: its ratings with their reasons, the recommendation, and what was seen since it went live."""

    model = LiveServiceAssessment
    word, plural = "live service assessment", "live service assessments"

    def facts(self, record: LiveServiceAssessment) -> list[Fact]:
        """What is assessed, what was recommended and decided, and since when it is live."""
        report, of = record.report, record.combination
        return [
            Fact("Combination", str(of), of.get_absolute_url()),
            *([Fact("Proposed in", str(report), report.get_absolute_url())] if report else []),
            *said(("Opened", day_words(record.opened_on)),
                  ("Recommendation to the Panel", record.recommendation)),
            *self._where("Endorsed at", record.endorsed_in, record.endorsed_kind, record.endorsed_id),
            *self._where("Decided at", record.decided_in, record.decided_kind, record.decided_id),
            *said(("Why it was refused", record.refused_because),
                  ("Live since", day_words(record.live_on)),
                  ("Monitoring ended", day_words(record.settled_on)),
                  ("What monitoring found", record.outcome)),
        ]  # fmt: skip

    def _where(self, label: str, words: str, kind: str, record_id: int | None) -> list[Fact]:
        """Where it was decided, with a link where the words name a record; its own page guards it."""
        found = about(kind, record_id) if kind and record_id is not None else None
        return [Fact(label, words, found.get_absolute_url() if found is not None else "")] if words else []

    def related(self, record: LiveServiceAssessment) -> list[Related]:
        """Every criterion with its rating, the ratings before, the open major incidents, and what was seen."""
        now = current_ratings(record)
        criteria = in_force(self.request.at)
        criteria += [one.criterion for one in now.values() if one.criterion not in criteria]
        rated: list[tuple[Any, ...]] = [(one, *_rated(now.get(one.pk))) for one in criteria]
        before: list[tuple[Any, ...]] = [
            (instant(one.from_at), one.criterion.code, one.get_light_display(), one.reason, one.rated_by)
            for one in record.ratings.select_related("criterion") if one != now.get(one.criterion_id)
        ]  # fmt: skip
        seen: list[tuple[Any, ...]] = [
            (long_date(one.day), one.get_light_display(), one.words) for one in record.watches.all()
        ]
        return [
            Related("Criteria", ("Criterion", "Rating", "Reason", "Rated by", "Evidence"), rated, "None is in force."),
            Related("Earlier ratings", ("Rated", "Criterion", "Rating", "Reason", "By"), before, "None was changed."),
            Related("Major incidents that are open", ("Incident", "Raised", "State"), self._majors(),
                    "No major incident is open that you may read."),
            Related("Since it went live", ("Day", "How it goes", "What was seen"), seen, "Nothing was recorded yet."),
        ]  # fmt: skip

    def _majors(self) -> list[tuple[Any, ...]]:
        limit = RULEBOOK.number("service_incident.major_category", self.request.at)
        rows: Any = Incident.objects.filter(state__in=UNSOLVED, category__lte=limit)
        readable = rows.visible_to(reader(self.request), self.request.at)
        return [(one, instant(one.raised_at), one.state) for one in readable]


def _rated(one: Rating | None) -> tuple[str, str, str, str]:
    return (one.get_light_display(), one.reason, one.rated_by, one.evidence) if one else ("not rated", "", "", "")


class LiveServiceEntry(EntryPage):
    """Opens an assessment."""

    model = LiveServiceAssessment
    form_class = LiveServiceForm
    word, plural = "live service assessment", "live service assessments"
    who: ClassVar[Who] = staticmethod(dcc_or_team)
    begins = "open"
