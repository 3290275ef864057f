"""The Operations Report: the monthly paper on the administrator's work for the Panel.

Its sections are those of the published reports of June 2018 and February 2020. Sections that came or went
between the two carry the months from which and until which they belong; where the month itself is not
known it is inferred, and docs/published-differences.md says so.
"""

from __future__ import annotations

from secretariat.assurance.figures import assessment_counters
from secretariat.change.figures import proposals_by_month
from secretariat.core.classification import Class
from secretariat.core.people import Team
from secretariat.core.rulebook import RULEBOOK
from secretariat.effort.figures import days_by_driver
from secretariat.engagement.figures import portal_users, website_statistics
from secretariat.helpdesk.figures import helpdesk_emails
from secretariat.papers import charts
from secretariat.papers import document as doc
from secretariat.papers.assembly import Assembly
from secretariat.papers.report import Attached, Part, Report, publish
from secretariat.papers.tables import days_table, grid_table, listing_table
from secretariat.plain.months import Month
from secretariat.products.figures import product_lists
from secretariat.products.models import ProductList
from secretariat.register.figures import (
    accessions,
    default_reconciliation,
    parties,
    party_statistics,
    user_entry_completions,
    voting_groups,
)
from secretariat.reports.meetings_table import meetings_table

DAYS_ARE_WHOLE_FROM = Month(2019, 1)
PORTAL_SINCE = Month(2019, 1)
WEBSITE_UNTIL = Month(2018, 12)


def _accessions(assembly: Assembly, part: Part) -> list[doc.Block]:
    table = listing_table(
        assembly, accessions, "Parties who have acceded to the SEC", empty="No Party acceded in the month."
    )
    return [*assembly.narrative(part), table]


def _user_entry(assembly: Assembly, part: Part) -> list[doc.Block]:
    table = listing_table(
        assembly, user_entry_completions, "UEP completion since the last Panel meeting", span=assembly.since,
        empty="No Party has completed the User Entry Process since the last Panel meeting.",
    )  # fmt: skip
    return [*assembly.narrative(part), table]


def _membership(assembly: Assembly, part: Part) -> list[doc.Block]:
    statistics = grid_table(assembly, party_statistics, "SEC Party statistics, by month")
    groups = assembly.grid(voting_groups)
    rows = [row for row in groups.rows if row.key not in groups.totals]
    values = [groups.cell(row.key).value for row in rows]
    labels = [row.label for row in rows]
    alt = (
        "Voting groups by Party Category: "
        + ", ".join(f"{label} {value}" for label, value in zip(labels, values, strict=True))
        + "."
    )
    spec = charts.breakdown(labels, [int(value or 0) for value in values])
    data = grid_table(
        assembly, voting_groups, "Voting groups by Party Category (excluding the DCC)", corner="Party Category"
    )
    chart = doc.Chart(
        "Breakdown of SEC Party Voting Groups (excluding the DCC)",
        alt,
        spec,
        data,
        source=assembly.source(voting_groups),
    )
    return [*assembly.narrative(part), statistics, _totals(assembly), chart]


def _totals(assembly: Assembly) -> doc.Paragraph:
    """Parties and Voting Groups at the end of the month, with the words of the convention in force for the DCC."""
    inside = RULEBOOK.switch("report.dcc_in_voting_groups", assembly.month.last)
    runs: doc.Runs = (
        doc.Text(f"At the end of {assembly.month.label} the code had "),
        assembly.number(parties, "parties"),
        doc.Text(" Parties in "),
        assembly.number(parties, "voting_groups"),
        doc.Text(f" Voting Groups, {'counting the DCC as one of each' if inside else 'plus the DCC'}."),
    )
    return doc.Paragraph(runs)


def _defaults(assembly: Assembly, part: Part) -> list[doc.Block]:
    """The narrative, and a note by itself when the month does not reconcile (rule DEF-11)."""
    remarks = assembly.grid(default_reconciliation).remarks
    return [*assembly.narrative(part), *(doc.Paragraph((doc.Text(remark),), "note") for remark in remarks)]


def _change(assembly: Assembly, part: Part) -> list[doc.Block]:
    grid = assembly.grid(proposals_by_month)
    months = [column.label for column in grid.columns]
    raised = [_plain(grid.cell("raised", column.key).value) for column in grid.columns]
    open_ = [_plain(grid.cell("open", column.key).value) for column in grid.columns]
    alt = (
        f"Proposals raised each month as bars and open at each month's end as a line, {months[0]} to {months[-1]}; "
        f"in {months[-1]} {raised[-1]} were raised and {open_[-1]} were open."
    )
    caption = f"Proposals raised (bars) and open (line) over {len(months)} months"
    spec = charts.bars_and_line(months, raised, open_, "Raised", "Open")
    data = grid_table(assembly, proposals_by_month, caption)
    narrative = assembly.narrative(part)
    return [*narrative, doc.Chart(caption, alt, spec, data, source=assembly.source(proposals_by_month))]


def _plain(value: object) -> int | None:
    return int(str(value)) if value is not None else None


def _products(assembly: Assembly, part: Part) -> list[doc.Block]:
    rows = tuple(
        (
            doc.Cell(((doc.Text(str(row)),),), header=True),
            doc.Cell(((doc.Text(f"SEC Section {row.obligation_reference}"),), (doc.Text(row.obligation),))),
            doc.Cell((_update(assembly, row),)),
        )
        for row in ProductList.objects.all()
    )
    table = doc.Table(
        "The SEC product lists", ("List", "SEC obligation", "Update"), rows, source=assembly.source(product_lists)
    )
    return [*assembly.narrative(part), table]


def _update(assembly: Assembly, row: ProductList) -> doc.Runs:
    key, name = row.code.lower(), assembly.month.label
    grid = assembly.grid(product_lists)
    if grid.cell(key, "versions").value == 0:
        none = assembly.number(product_lists, key, "versions", style="Count:new version,new version")
        return (none, doc.Text(f" was provided in {name}."))
    versions = assembly.number(product_lists, key, "versions", style="Count:new version,new versions")
    models = grid.cells.get((key, "models_added"))
    if models is None or models.value is None:
        return (versions, doc.Text(f" in {name}."))
    added = assembly.number(product_lists, key, "models_added", style="count:new Device Model,new Device Models")
    return (versions, doc.Text(f" in {name}, adding "), added, doc.Text("."))


def _security(assembly: Assembly, part: Part) -> list[doc.Block]:
    grid = assembly.grid(assessment_counters)
    counters = tuple(
        doc.Item((doc.Text(f"{row.label}: "), assembly.number(assessment_counters, row.key, grid.columns[0].key)))
        for row in grid.rows
    )
    overview = doc.Bullets((doc.Item((doc.Text(f"User assessment activity in {assembly.month.label}:"),), counters),))
    return [*assembly.narrative(part), overview]


def _effort(assembly: Assembly, part: Part) -> list[doc.Block]:
    places = 0 if assembly.month >= DAYS_ARE_WHOLE_FROM else 2
    grid = assembly.grid(days_by_driver)
    total = assembly.number(days_by_driver, grid.totals[-1], grid.columns[0].key, places=places)
    opening: doc.Runs = (
        doc.Text(f"The total number of resource days in {assembly.month.label} was "), total,
        doc.Text(". The division of effort within the month is shown by driver below."),
    )  # fmt: skip
    table = days_table(assembly, days_by_driver, "Division of effort by driver (days worked)", places)
    return [doc.Paragraph(opening), *assembly.narrative(part), table]


def _helpdesk(assembly: Assembly, part: Part) -> list[doc.Block]:
    columns = len(assembly.grid(helpdesk_emails).columns)
    table = grid_table(
        assembly, helpdesk_emails, f"Helpdesk e-mails by category over {columns} months", corner="Category"
    )
    return [*assembly.narrative(part), table]


def _portal(assembly: Assembly, part: Part) -> list[doc.Block]:
    table = grid_table(assembly, portal_users, "Number of CodeWorks users by category", corner="User category")
    return [*assembly.narrative(part), table]


def _website(assembly: Assembly, part: Part) -> list[doc.Block]:
    grid = assembly.grid(website_statistics)
    months = [column.label for column in grid.columns]
    series = {row.label: [_plain(grid.cell(row.key, column.key).value) for column in grid.columns] for row in grid.rows}
    caption = f"SEC Website usage over {len(months)} months"
    table = grid_table(assembly, website_statistics, "SEC Website statistics")
    chart = doc.Chart(
        caption, f"Visits and page views of the SEC Website by month, {months[0]} to {months[-1]}.",
        charts.lines(months, series), grid_table(assembly, website_statistics, caption),
        source=assembly.source(website_statistics),
    )  # fmt: skip
    return [*assembly.narrative(part), table, chart]


def _meetings(assembly: Assembly, part: Part) -> list[doc.Block]:
    return [*assembly.narrative(part), meetings_table(assembly)]


OPERATIONS = publish(
    Report(
        name="operations",
        title="Operations Report",
        body="SECP",
        paper_number=30,
        action="For Information",
        purpose=(
            "This monthly paper tells the Panel what the administrator did in support of the code in [[month]], with "
            "the days worked by driver. Every figure in it is counted from the record, or names the published paper "
            "that it was taken from."
        ),
        recommendation="The Panel is asked to **NOTE** the contents of this paper.",
        classification=Class.WHITE,
        attachments=(
            Attached(
                "Appendix A",
                "DCC testing notifications: UEPT, SREPT and SMETS1 Eligibility Testing",
                Class.AMBER,
                "SECP",
            ),
        ),
        parts=(
            Part(
                "market", "Market Entry and Exit", Team.PARTY_SUPPORT,
                parts=(
                    Part("accessions", "Accessions", Team.PARTY_SUPPORT, _accessions),
                    Part("defaults", "Events of Default", Team.PARTY_SUPPORT, _defaults),
                    Part("user-entry", "User Entry Process (UEP) completion", Team.PARTY_SUPPORT, _user_entry),
                    Part("testing", "Testing update", Team.PARTY_SUPPORT),
                    Part("membership", "Membership", Team.PARTY_SUPPORT, _membership),
                ),
            ),
            Part(
                "highlights", "Monthly highlights", Team.OPERATIONS,
                parts=(
                    Part("change", "Change management", Team.CHANGE, _change),
                    Part("technical", "Technical support", Team.TECHNICAL, _products),
                    Part("tabasc", "TABASC", Team.TECHNICAL),
                    Part("tag", "TAG", Team.TECHNICAL),
                    Part("opsg", "OPSG", Team.TECHNICAL),
                    Part("security", "Security, privacy and SMKI PMA", Team.SECURITY, _security),
                    Part("party-support", "Party support", Team.PARTY_SUPPORT),
                    Part("cross-code", "Cross-code: the Code Administration Code of Practice (CACoP)", Team.CHANGE),
                ),
            ),
            Part("effort", "Time devoted by service area", Team.OPERATIONS, _effort),
            Part("helpdesk", "Helpdesk activities", Team.HELPDESK, _helpdesk),
            Part("portal", "CodeWorks statistics", Team.PARTY_SUPPORT, _portal, since=PORTAL_SINCE),
            Part("website", "SEC Website statistics", Team.PARTY_SUPPORT, _website, until=WEBSITE_UNTIL),
            Part("meetings", "SEC meeting details", Team.COMMITTEES, _meetings),
        ),
    )
)  # fmt: skip
