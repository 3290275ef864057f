"""An invented operations report, shaped like a published one and as hard to set. Every name and figure is invented."""

from __future__ import annotations

from datetime import date

from secretariat.papers import charts
from secretariat.papers.document import (
    Attachment,
    Bullets,
    Cell,
    Chart,
    Document,
    Front,
    Item,
    Link,
    Number,
    Paragraph,
    Runs,
    Section,
    Source,
    Table,
    Text,
    numbered,
)

MONTHS = tuple(
    f"{name} {year}"
    for name, year in zip(
        ("Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"),
        ("19",) * 11 + ("20",) * 2,
        strict=True,
    )
)
HOSTILE = '<script>alert("1")</script> #sys.inputs *not bold* \\ $x$ [#read("/etc/passwd")] & {{ 7 }}'
CATEGORIES = (
    "Accessions",
    "Sub-Committees",
    "Modification Consultation Correspondence",
    "Party contact detail changes",
    "General Queries",
    "Panel and Board Correspondence",
    "Modifications",
    "User CIO Assessments",
    "Engagement Days",
    "Other",
)


def words(text: str) -> Runs:
    """Plain words as runs."""
    return (Text(text),)


def cell(text: str, header: bool = False, rows: int = 1) -> Cell:
    """A cell of words, one run a line."""
    return Cell(tuple(words(line) for line in text.split("\n")), header=header, rows=rows)


def figure(value: int, href: str = "", source: int = 0) -> Cell:
    """A cell with one number that opens what it counted."""
    return Cell(((Number(f"{value:,}", href, source),),), numeric=True)


def plain_table(caption: str, head: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    """A table of words, the first cell of each row its header."""
    return Table(caption, head, tuple((cell(row[0], header=True), *(cell(text) for text in row[1:])) for row in rows))


def counts(row: int) -> list[int]:
    """Thirteen invented monthly counts, some of them over a thousand."""
    return [(row * 337 + month * 71 + row * month * 13) % (40 + 160 * row) for month in range(13)]


def membership() -> Table:
    rows = (("Accessions", 0), ("In Default", 1), ("Withdrawals", 2), ("Expulsions", 3))
    return Table(
        "Party statistics over thirteen months",
        ("", *MONTHS),
        tuple(
            (
                cell(name, header=True),
                *(
                    figure(value % 11, f"/parties/?what={at}&month={month}", 1)
                    for month, value in enumerate(counts(at + 1))
                ),
            )
            for name, at in rows
        ),
        notes=(
            words("In Default counts the Parties in default on the last day of the month (invented)."),
            (Text("Restated", strong=True), Text(": the figure of August was 3 in the paper of that month.")),
        ),
        source=1,
    )


def helpdesk() -> Table:
    values = [counts(at + 1) for at in range(len(CATEGORIES))]
    rows = [
        (cell(name, header=True), *(figure(value, f"/helpdesk/?category={at}", 2) for value in values[at]))
        for at, name in enumerate(CATEGORIES)
    ]
    totals = (cell("Total", header=True), *(figure(sum(column)) for column in zip(*values, strict=True)))
    return Table("Enquiries by e-mail", ("", *MONTHS), (*rows, totals), totals=1, source=2)


def effort() -> Table:
    services = (
        "Committee Support",
        "Security and Privacy",
        "Change Management",
        "Party Support and Engagement",
        "Technical and Operational activities",
    )
    projects = (
        "Smarter Markets",
        "Annual Security Obligations",
        "Data Quality",
        "Digitisation",
        "Transfer of issues",
        "Operational Metrics Review",
        "Half-Hourly Settlement",
        "Meter Splitting",
        "Last Resort",
        "Document Review",
    )
    rows: list[tuple[Cell, ...]] = []
    total = 0
    for group, drivers, base in (("Services", services, 60), ("Projects", projects, 1)):
        for at, driver in enumerate(drivers):
            total += base + at * 3
            span = (cell(group, header=True, rows=len(drivers)),) if at == 0 else ()
            rows.append((*span, cell(driver), figure(base + at * 3, f"/effort/{group}/{at}/", 3)))
    rows.append((cell("Grand Total", header=True), cell(""), figure(total)))
    return Table("Division of effort by driver", ("", "Driver", "Days"), tuple(rows), totals=1, source=3)


def product_lists() -> Table:
    obligation = (
        "Section F2.{n}\nThe body named in the code keeps a list of the products of this kind, brings it up to date"
        " whenever a product is added or taken off, and gives it to the Panel, which publishes it on the website."
    )
    update = "{n} new versions were made in the month, which added {m} Device Models of the second generation."
    names = (
        "Central Products List (CPL)",
        "SMETS1 Pending Product Combinations List (PPCL)",
        "SMETS1 Eligible Product Combinations List (EPCL)",
        "Deployed Products List (DPL)",
    )
    return plain_table(
        "The product lists",
        ("List name", "Obligation", "Update"),
        *((name, obligation.format(n=at), update.format(n=at + 2, m=7 * at + 3)) for at, name in enumerate(names)),
    )


def meetings() -> Table:
    bodies = (
        "SEC Panel",
        "SECCo Board",
        "Technical Architecture and Business Architecture Sub-Committee (TABASC)",
        "Change Board",
        "Change Sub-Committee (CSC)",
        "Working Group",
        "Security Sub-Committee (SSC)",
        "SMKI PMA",
        "Operations Group (OPSG)",
        "Testing Advisory Group (TAG)",
    )
    rows: list[tuple[Cell, ...]] = []
    for at, name in enumerate(bodies):
        days = range(3 + 2 * at, 4 + 2 * at + at % 4)
        summary: list[Runs] = [words(f"Meetings held: {len(days)}. The {name} took its regular business (invented).")]
        summary += [
            (Link(f"BODY_{30 + at}_{day:02}02 - Meeting Headlines", f"/meetings/{at}/{day}/headlines.pdf"),)
            for day in days
        ]
        span = (cell("SEC Governance Meetings", header=True, rows=len(bodies)),) if at == 0 else ()
        dates = tuple(words(f"{day:02}/02/2020") for day in days)
        rows.append((*span, cell(name), Cell(dates), Cell(tuple(summary))))
    return Table("Meetings hosted and attended", ("Category", "Meeting", "Meeting date(s)", "Summary"), tuple(rows))


def bar_table(caption: str, head: tuple[str, ...], labels: tuple[str, ...], *columns: list[int]) -> Table:
    rows = tuple(
        (cell(label, header=True), *(figure(value) for value in values))
        for label, *values in zip(labels, *columns, strict=True)
    )
    return Table(caption, head, rows)


def voting_groups() -> Chart:
    labels = ("Large Suppliers", "Small Suppliers", "Electricity Networks", "Gas Networks", "Other SEC Parties")
    values = [14, 97, 17, 12, 103]
    return Chart(
        "Voting Groups by Party Category",
        "Bar chart of 243 Voting Groups: Other SEC Parties 103, Small Suppliers 97, the rest below 20 each.",
        charts.breakdown(labels, values),
        bar_table("Voting Groups", ("Party Category", "Voting Groups"), labels, values),
        source=4,
    )


def proposals() -> Chart:
    raised, opened = [3, 5, 2, 8, 6, 4, 9, 3, 7, 12, 4, 6, 5], [41, 43, 44, 48, 50, 47, 52, 51, 50, 53, 55, 49, 50]
    return Chart(
        "Proposals raised (bars) and open (line)",
        "Proposals raised ran between 2 and 12 a month; those open rose from 41 to 50.",
        charts.bars_and_line(MONTHS, raised, opened, "Raised", "Open"),
        bar_table("Proposals", ("Month", "Raised", "Open"), MONTHS, raised, opened),
    )


def website() -> Chart:
    visits, views = [4000 + 310 * at for at in range(13)], [14200 - 420 * at for at in range(13)]
    return Chart(
        "Website visits and page views",
        "Visits rose from 4,000 to 7,720 a month while page views fell from 14,200 to 9,160.",
        charts.lines(MONTHS, {"Visits": visits, "Page views": views}),
        bar_table("Website", ("Month", "Visits", "Page views"), MONTHS, visits, views),
    )


def security() -> Bullets:
    counters = (
        "Fieldwork Assessments completed",
        "first stage validations completed",
        "Assurance Statuses set",
        "Director's Letters approved",
    )
    items = tuple(
        Item((Number(str(at + 2), f"/assurance/{at}/", 5), Text(f" {name};"))) for at, name in enumerate(counters)
    )
    deeper = Item(words("observations closed, of which:"), (Item(words("three before their date; and")),))
    return Bullets(
        (
            Item(words("We hosted two meetings of the sub-committee and one exercise (invented).")),
            Item(words("An overview of assessments is given below:"), (*items, deeper)),
            Item((Text("Version 1.20 of the framework is "), Link("on the website", "https://example.org/a?b=1&c=2"))),
        )
    )


def highlights() -> Section:
    return Section(
        "highlights",
        "Monthly Highlights",
        (
            Section("change", "Change Management Update", (proposals(), Bullets((Item(words(HOSTILE)),)))),
            Section("technical", "Technical Support Update", (product_lists(),)),
            Section("security", "Security and Privacy Update", (security(),)),
        ),
    )


def entry() -> Section:
    uep = plain_table(
        "User Entry Process completed",
        ("SEC Party", "Party Category", "DCC User role(s)", "Date of completion"),
        ("Invented Metering Limited", "Other SEC Party", "Other User", "19/02/2020"),
        ("Made-up Gas & Power Limited", "Small Supplier", "Import Supplier, Gas Supplier", "17/02/2020"),
    )
    nothing = Table("Parties that left", ("Party", "Day"), (), empty="No Party left in the month.")
    closing: Runs = (
        Text("At the end of the month there were "),
        Number("330", "/parties/?at=2020-02-29", 4),
        Text(" Parties."),
    )
    return Section(
        "entry",
        "Market Entry and Exit",
        (
            Paragraph(words("This section says who entered the market, and who left it, in the month (invented).")),
            Section("uep", "User Entry Process completed", (uep, nothing)),
            Section("membership", "Membership", (membership(), Paragraph(closing), voting_groups())),
        ),
    )


def front() -> Front:
    return Front(
        title="Operations Report – February 2020",
        reference="SECP_78_0603_99",
        action="For Information",
        classification="White",
        class_statement="This invented paper is White: anyone may read it and pass it on, subject to copyright.",
        author="Secretariat team",
        day=date(2020, 3, 6),
        attachments=(Attachment("Appendix A", "Testing notifications", "Amber"),),
        version=2,
        administrator="Example Code Administrator",
    )


def document() -> Document:
    """The whole invented report, numbered."""
    kinds = ("Party statistics", "Enquiries", "Days worked", "Parties and Voting Groups", "Assessments")
    sources = tuple(
        Source(
            at,
            f"{kind} of the month",
            f"Rule FIG-{at}: counted on the last day",
            f"The {kind.lower()} register",
            f"/figures/{at}/",
        )
        for at, kind in enumerate(kinds, start=1)
    )
    purpose = "This paper tells the Panel, month by month, what was done for the code and what it took (invented)."
    sections = (
        Section("purpose", "Purpose", (Paragraph(words(purpose)),)),
        Section(
            "recommendation",
            "Recommendation",
            (Paragraph((Text("The Panel is asked to "), Text("NOTE", strong=True), Text(" this paper."))),),
        ),
        entry(),
        highlights(),
        Section(
            "effort",
            "Time Devoted by Service Area",
            (
                Paragraph(words("Days worked in the month, by driver (invented).")),
                effort(),
                Paragraph(words("Days are rounded one by one, so a total may differ from the sum."), kind="note"),
            ),
        ),
        Section("helpdesk", "Helpdesk Activities", (helpdesk(),)),
        Section("website", "Website", (website(),)),
        Section("meetings", "Meeting Details", (meetings(),)),
    )
    return numbered(Document(front(), sections, sources))
