"""The Sub-Committee Report: what each Sub-Committee did, for the Panel that it reports to (rule GOV-22).

Its sections are those of the published report of February 2020. Figures are of the month reported on, the one before
the month by which the paper is named; meetings are told from the day of the last paper to this one's, so that each is
told once. What was found in assessments stands in a Red appendix and nowhere else (rule INF-3).
"""

from __future__ import annotations

from datetime import datetime

from secretariat.assurance.models import Assessment, Frame, MilestoneKind
from secretariat.assurance.observations.models import Observation, Severity, State
from secretariat.assurance.observations.naming import is_named
from secretariat.core.classification import Class
from secretariat.core.people import Person, Team
from secretariat.core.procedure import Refused
from secretariat.oversight.measures.figures import measures_missed
from secretariat.oversight.testing.models import APPROVED, TestDocument
from secretariat.papers import document as doc
from secretariat.papers.assembly import Assembly
from secretariat.papers.report import Attached, Layout, Part, Report, publish
from secretariat.papers.tables import grid_table, text_cell
from secretariat.plain.dates import plain_date
from secretariat.reports.highlights import group_part, interests_section

APPENDIX = "Appendix A"
STATUSES = (MilestoneKind.ASSURANCE_STATUS, MilestoneKind.COMPLIANCE_STATUS)


def _highlights(body: str, name: str) -> Layout:
    """The section of one body, and the proposals that it watches."""
    told = group_part(body, name)

    def layout(assembly: Assembly, part: Part) -> list[doc.Block]:
        return [*told(assembly, part), *interests_section(assembly, body, name)]

    return layout


def _service(assembly: Assembly, part: Part) -> list[doc.Block]:
    table = grid_table(
        assembly, measures_missed, "Code Performance Measures over the last twelve months", corner="Measure"
    )
    return [*assembly.narrative(part), table]


def _testing(assembly: Assembly, part: Part) -> list[doc.Block]:
    """What the group minuted and, for those who may read of them, the test documents that it approved (GOV-24)."""
    told = _highlights("TAG", "TAG")(assembly, part)
    span = assembly.since_paper
    rows = TestDocument.objects.filter(state=APPROVED, decided_on__range=(span.first, span.last))
    shown = rows.filter(classification__lte=assembly.open_class).select_related("programme")
    cells = tuple(_document(one) for one in shown.order_by("programme__name", "title", "pk"))
    if not cells:
        return told
    heads = ("Programme", "Document", "Installations", "Approved on")
    table = doc.Table("Test documents approved since the last paper", heads, cells)
    return [*told, doc.Section("tag-documents", "Test documents approved (Amber)", (table,))]


def _document(one: TestDocument) -> tuple[doc.Cell, ...]:
    link = doc.Link(one.title, one.get_absolute_url())
    day = plain_date(one.decided_on) if one.decided_on else ""
    return text_cell(str(one.programme), header=True), doc.Cell(((link,),)), text_cell(one.relates_to), text_cell(day)


def cases_decided(assembly: Assembly) -> list[Assessment]:
    """The security assessments that were given a status in the month reported on, in the order of the days."""
    days = (assembly.span.first, assembly.span.last)
    rows = Assessment.objects.filter(frame=Frame.SECURITY, milestones__kind__in=STATUSES, milestones__day__range=days)
    return list(rows.select_related("party").distinct().order_by("opened_on", "pk"))


def found_in_assessments(assembly: Assembly, by: Person | None, at: datetime) -> list[doc.Block]:
    """Each case given a status in the month, with what was found. Raises Refused for who is not named to every case."""
    cases = cases_decided(assembly)
    if not all(is_named(by, case) for case in cases):
        raise Refused("Only who is named to every case decided in the month composes this appendix.")
    if not cases:
        return [doc.Paragraph((doc.Text(f"No status was set in {assembly.month.label}."),))]
    return [_case(assembly, place, case, by, at) for place, case in enumerate(cases, start=1)]


def _case(assembly: Assembly, place: int, case: Assessment, by: Person | None, at: datetime) -> doc.Section:
    days = (assembly.span.first, assembly.span.last)
    status = case.milestones.filter(kind__in=STATUSES, day__range=days).latest("day")
    told = f"{case.get_kind_display()}{', initial' if case.initial else ''}. Status set on "
    runs: doc.Runs = (doc.Text(f"{told}{plain_date(status.day)}: "), doc.Text(str(status.detail), strong=True))
    found = Observation.objects.filter(assessment=case, number__isnull=False).exclude(state=State.WITHDRAWN)
    rows = tuple(_observation(one) for one in found.visible_to(by, at).order_by("number"))
    heads = ("No.", "Obligation", "Severity", "What was found", "What the party will do", "Due by")
    table = doc.Table("Non-compliances identified", heads, rows, empty="None was identified.")
    return doc.Section(f"case-{place}", case.party.name, (doc.Paragraph(runs), table))


def _observation(one: Observation) -> tuple[doc.Cell, ...]:
    due = plain_date(one.due) if one.due else ""
    action = one.action or "Not answered yet"
    words = (str(one.number), f"SEC Section {one.obligation}", Severity(one.severity).label, one.text, action, due)
    return tuple(text_cell(word) for word in words)


SUB_COMMITTEE = publish(
    Report(
        name="sub-committee",
        title="SEC Panel Sub-Committee Report",
        body="SECP",
        paper_number=19,
        action="For Information",
        purpose=(
            "This paper tells the Panel what its Sub-Committees did since the last one: the issues that they weighed, "
            "what they decided, and what they wish to bring to the Panel’s attention. Figures are of [[month]]."
        ),
        recommendation="The Panel is asked to **NOTE** the contents of this paper.",
        classification=Class.WHITE,
        attachments=(
            Attached(
                APPENDIX, "User Security Assessments: identified non-compliances", Class.RED, "SECP", Team.SECURITY,
                found_in_assessments,
            ),
        ),
        lag=1,
        editions=(Class.AMBER, Class.RED),
        parts=(
            Part(
                "opsg", "Operations Group", Team.TECHNICAL,
                parts=(
                    Part("opsg-highlights", "Operations Group highlights", Team.TECHNICAL,
                         _highlights("OPSG", "Operations Group")),
                    Part("opsg-service", "The central service in figures", Team.TECHNICAL, _service),
                ),
            ),
            Part(
                "security", "Security Sub-Committee and SMKI PMA", Team.SECURITY,
                parts=(
                    Part("statuses", "Assurance Status decisions", Team.SECURITY),
                    Part("verification", "Verification assessments", Team.SECURITY),
                    Part("letters", "Director’s Letters", Team.SECURITY),
                    Part("self-assessments", "Security Self-Assessments", Team.SECURITY),
                    Part("ssc-highlights", "Security Sub-Committee highlights", Team.SECURITY,
                         _highlights("SSC", "Security Sub-Committee")),
                    Part("pma-highlights", "SMKI PMA highlights", Team.SECURITY, _highlights("SECPMA", "SMKI PMA")),
                ),
            ),
            Part(
                "technical",
                "Technical Architecture and Business Architecture Sub-Committee (TABASC) and Testing Advisory Group "
                "(TAG)",
                Team.TECHNICAL,
                parts=(
                    Part("tabasc-highlights", "TABASC highlights", Team.TECHNICAL, _highlights("TABASC", "TABASC")),
                    Part("tag-highlights", "TAG highlights", Team.TECHNICAL, _testing),
                ),
            ),
        ),
    )
)  # fmt: skip
