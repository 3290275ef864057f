"""The Transitional Governance Update: what the department's and the DCC's groups did, for the Panel's Green pack.

The groups are not the code's: they publish nothing of their own here, and the administrator attends them. Parties read
this paper and the public does not (INF-2; the newsletter of January 2022 sends them to the Green pack for it). No such
paper was read: what it tells of each group, and in which order, is the sample's own.
"""

from __future__ import annotations

from secretariat.committees.models import TRANSITIONAL, Committee
from secretariat.core.classification import Class
from secretariat.core.people import Team
from secretariat.meetings.models import HELD, PLANNED, Meeting
from secretariat.oversight.smets1.figures import smets1_migrations
from secretariat.oversight.testing.figures import documents_tested
from secretariat.papers import document as doc
from secretariat.papers.assembly import Assembly
from secretariat.papers.report import Part, Report, publish
from secretariat.papers.tables import grid_table, text_cell
from secretariat.plain.dates import plain_date
from secretariat.reports.highlights import group_part

NOT_KNOWN = "Not known yet"


def _overview(assembly: Assembly, part: Part) -> list[doc.Block]:
    """Each transitional group: whose it is, when it met since the last paper and when it meets next."""
    span = assembly.since_paper
    bodies = Committee.objects.between(span.first, span.last).filter(group=TRANSITIONAL)
    shown = bodies.filter(classification__lte=assembly.open_class).order_by("position", "code")
    rows = tuple(_group(assembly, body) for body in shown)
    heads = ("Group", "Whose it is", "Met since the last paper", "Meets next")
    table = doc.Table("The transitional groups", heads, rows, empty="There is no transitional group any more.")
    return [*assembly.narrative(part), table]


def _group(assembly: Assembly, body: Committee) -> tuple[doc.Cell, ...]:
    span = assembly.since_paper
    rows = Meeting.objects.filter(committee=body, classification__lte=assembly.open_class).order_by("day")
    met = _days(list(rows.filter(state=HELD, day__range=(span.first, span.last))), "No meeting")
    coming = _days(list(rows.filter(state__in=(PLANNED, HELD), day__gt=span.last)[:1]), NOT_KNOWN)
    name = doc.Cell(((doc.Link(body.name, body.get_absolute_url()),),), header=True)
    return name, text_cell(body.reports_to), met, coming


def _days(meetings: list[Meeting], none: str) -> doc.Cell:
    lines: tuple[doc.Runs, ...] = tuple((doc.Link(plain_date(one.day), one.get_absolute_url()),) for one in meetings)
    return doc.Cell(lines or ((doc.Text(none),),))


def _enrolment(assembly: Assembly, part: Part) -> list[doc.Block]:
    table = grid_table(assembly, smets1_migrations, "SMETS1 installations migrated", corner="Combination")
    return [*assembly.narrative(part), table]


def _testing(assembly: Assembly, part: Part) -> list[doc.Block]:
    caption = f"Test documents before the Testing Advisory Group in {assembly.month.label}"
    return [*assembly.narrative(part), grid_table(assembly, documents_tested, caption, corner="Document")]


TRANSITIONAL_UPDATE = publish(
    Report(
        name="transitional",
        title="Transitional Governance Update",
        body="SECP",
        paper_number=31,
        action="For Information",
        purpose=(
            "This paper tells the Panel and SEC Parties what the transitional groups of the department and of the DCC "
            "did since the last one, and how far what they steer has come in [[month]]."
        ),
        recommendation="The Panel is asked to **NOTE** the contents of this paper.",
        classification=Class.GREEN,
        editions=(Class.AMBER,),
        parts=(
            Part(
                "groups", "The transitional groups", Team.COMMITTEES, _overview,
                parts=(
                    Part("imf", "Implementation Managers Forum (IMF)", Team.COMMITTEES, group_part("IMF", "IMF")),
                    Part("smdg", "Smart Metering Delivery Group (SMDG)", Team.COMMITTEES, group_part("SMDG", "SMDG")),
                    Part("tbdg", "Technical and Business Design Group (TBDG)", Team.TECHNICAL,
                         group_part("TBDG", "TBDG")),
                    Part("tdeg", "Test Design and Execution Group (TDEG)", Team.TECHNICAL, group_part("TDEG", "TDEG")),
                ),
            ),
            Part(
                "programme", "How far the programme has come", Team.TECHNICAL,
                parts=(
                    Part("enrolment", "Enrolment of SMETS1 devices", Team.TECHNICAL, _enrolment),
                    Part("documents", "Testing", Team.TECHNICAL, _testing),
                ),
            ),
            Part("ahead", "What lies ahead", Team.COMMITTEES),
        ),
    )
)  # fmt: skip
