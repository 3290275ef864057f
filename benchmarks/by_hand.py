"""The numbers of the February paper by hand-written SQL through a raw `sqlite3` cursor: the floor of the figures.

Each function returns what the figure of its name returns: for a grid the numbers that are not nought by row label and
column, for a listing the first printed value of each row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta

from benchmarks.volume import FEBRUARY

Numbers = dict[tuple[str, str], float]
MONTHS = FEBRUARY.back(13)
FIRST, LAST = FEBRUARY.first.isoformat(), FEBRUARY.last.isoformat()
YEAR = MONTHS[0].first.isoformat()
SINCE, PAPER_DAY = "2020-02-15", "2020-03-06"
ENDS = "WITH ends(day) AS (VALUES " + ", ".join(f"('{month.last}')" for month in MONTHS) + ") "
EMAILS_FROM, EMAILS_UNTIL = (bound.strftime("%Y-%m-%d %H:%M:%S") for bound in FEBRUARY.bounds())
RECONCILED = (
    "In Default at the start", "Entered into Default", "Cured", "Expelled", "In Default at the end",
)  # fmt: skip
LABELS = {
    "large-supplier": "Large Suppliers",
    "small-supplier": "Small Suppliers",
    "electricity-network": "Electricity Networks",
    "gas-network": "Gas Networks",
    "other-sec-party": "Other SEC Parties",
}


def iso(day: str) -> str:
    """The month of a day, as the key of a column."""
    return day[:7]


def with_total(rows: list[tuple[str, float]], column: str, total: str) -> Numbers:
    """One column of numbers and their total."""
    return {(label, column): number for label, number in rows} | {(total, column): sum(number for _, number in rows)}


def accessions(cursor: sqlite3.Cursor) -> list[str]:
    """Parties that acceded in the month, with their category."""
    cursor.execute(
        "SELECT p.name, c.category FROM register_party p JOIN register_categorymembership c ON c.party_id = p.id"
        " AND c.from_day <= p.acceded_on AND (c.to_day IS NULL OR c.to_day >= p.acceded_on)"
        " WHERE p.acceded_on BETWEEN ? AND ? ORDER BY p.acceded_on, p.name, p.id",
        (FIRST, LAST),
    )
    return [name for name, _ in cursor.fetchall()]


def user_entry_completions(cursor: sqlite3.Cursor) -> list[str]:
    """Completions of user entry since the last meeting, with category and roles."""
    cursor.execute(
        "SELECT p.name, c.category, e.completed_on, group_concat(r.name, ', ') FROM register_userentry e"
        " JOIN register_party p ON p.id = e.party_id JOIN register_completedrole d ON d.entry_id = e.id"
        " JOIN register_userrole r ON r.id = d.role_id JOIN register_categorymembership c ON c.party_id = p.id"
        " AND c.from_day <= e.completed_on AND (c.to_day IS NULL OR c.to_day >= e.completed_on)"
        " WHERE e.completed_on BETWEEN ? AND ? GROUP BY e.id ORDER BY e.completed_on, p.name, e.id",
        (SINCE, PAPER_DAY),
    )
    return [row[0] for row in cursor.fetchall()]


def party_statistics(cursor: sqlite3.Cursor) -> Numbers:
    """Accessions, withdrawals and expulsions by month, and parties in default at each month's end."""
    cursor.execute(
        "SELECT 'Accessions', substr(acceded_on, 1, 7) AS month, count(*) FROM register_party"
        " WHERE acceded_on BETWEEN :first AND :last GROUP BY month UNION ALL"
        " SELECT CASE how WHEN 'withdrawn' THEN 'Withdrawals' ELSE 'Expulsions' END, substr(day, 1, 7) AS month,"
        " count(*) FROM register_departure WHERE day BETWEEN :first AND :last GROUP BY how, month",
        {"first": YEAR, "last": LAST},
    )
    numbers: Numbers = {(label, month): number for label, month, number in cursor.fetchall()}
    cursor.execute(
        ENDS + "SELECT day, count(*) FROM ends JOIN register_defaultcase ON entered_on <= day"
        " AND (ended_on IS NULL OR ended_on > day) GROUP BY day"
    )
    return numbers | {("In Default", iso(day)): number for day, number in cursor.fetchall()}


def voting_groups(cursor: sqlite3.Cursor) -> Numbers:
    """Voting Groups with a member at the month's end, by category."""
    cursor.execute(
        "SELECT g.category, count(DISTINCT g.id) FROM register_groupmembership m JOIN register_votinggroup g"
        " ON g.id = m.group_id JOIN register_party p ON p.id = m.party_id WHERE m.from_day <= :day"
        " AND (m.to_day IS NULL OR m.to_day >= :day) AND p.acceded_on <= :day"
        " AND (p.left_on IS NULL OR p.left_on > :day) AND g.category <> 'dcc' GROUP BY g.category",
        {"day": LAST},
    )
    return with_total([(LABELS[category], number) for category, number in cursor.fetchall()], "value", "Total")


def parties(cursor: sqlite3.Cursor) -> Numbers:
    """Parties at the month's end, and the Voting Groups with a member among them, the DCC's included."""
    cursor.execute(
        "SELECT count(*), (SELECT count(DISTINCT m.group_id) FROM register_groupmembership m JOIN register_party p"
        " ON p.id = m.party_id WHERE m.from_day <= :day AND (m.to_day IS NULL OR m.to_day >= :day)"
        " AND p.acceded_on <= :day AND (p.left_on IS NULL OR p.left_on > :day)) FROM register_party"
        " WHERE acceded_on <= :day AND (left_on IS NULL OR left_on > :day)",
        {"day": LAST},
    )
    number, groups = cursor.fetchone()
    return {("Parties", "value"): number, ("Voting Groups", "value"): groups}


def default_reconciliation(cursor: sqlite3.Cursor) -> Numbers:
    """Parties in default before the month, those that entered, were cured or expelled in it, and at its end."""
    cursor.execute(
        "SELECT sum(entered_on < :first AND (ended_on IS NULL OR ended_on >= :first)),"
        " sum(entered_on BETWEEN :first AND :last), sum(outcome = 'cured' AND ended_on BETWEEN :first AND :last),"
        " (SELECT count(*) FROM register_departure WHERE how = 'expelled' AND day BETWEEN :first AND :last),"
        " sum(entered_on <= :last AND (ended_on IS NULL OR ended_on > :last)) FROM register_defaultcase",
        {"first": FIRST, "last": LAST},
    )
    return {(label, "value"): number for label, number in zip(RECONCILED, cursor.fetchone(), strict=True)}


def proposals_by_month(cursor: sqlite3.Cursor) -> Numbers:
    """Proposals raised in each month and open at its end."""
    cursor.execute(
        "SELECT substr(raised_on, 1, 7) AS month, count(*) FROM change_proposal WHERE raised_on BETWEEN ? AND ?"
        " GROUP BY month",
        (YEAR, LAST),
    )
    numbers: Numbers = {("Raised", month): number for month, number in cursor.fetchall()}
    open_at = ", ".join(
        f"sum(from_day <= '{month.last}' AND (to_day IS NULL OR to_day >= '{month.last}'))" for month in MONTHS
    )
    cursor.execute(
        f"SELECT {open_at} FROM change_stagespell WHERE stage IN ('development', 'refinement', 'report', 'decision')"
    )
    ends = zip(MONTHS, cursor.fetchone(), strict=True)
    return numbers | {("Open at the end of the month", month.iso): number for month, number in ends}


def product_lists(cursor: sqlite3.Cursor) -> Numbers:
    """Versions of each product list in the month, and the SMETS2 device models that they added."""
    cursor.execute(
        "SELECT l.name || ' (' || l.code || ')', l.code, count(v.id) FROM products_productlist l LEFT JOIN"
        " products_listversion v ON v.list_id = l.id AND v.published_on BETWEEN ? AND ? GROUP BY l.id",
        (FIRST, LAST),
    )
    rows = cursor.fetchall()
    cursor.execute(
        "SELECT count(*) FROM products_devicemodel m JOIN products_listversion v ON v.id = m.added_in_id"
        " WHERE v.published_on BETWEEN ? AND ? AND m.technical_specification LIKE 'SMETS2%'",
        (FIRST, LAST),
    )
    (added,) = cursor.fetchone()
    numbers: Numbers = {(label, "versions"): number for label, _, number in rows}
    return numbers | {(label, "models_added"): added for label, code, _ in rows if code == "CPL"}


def assessment_counters(cursor: sqlite3.Cursor) -> Numbers:
    """Milestones reached in the month by kind, and the parties being assessed at its end."""
    cursor.execute(
        "SELECT m.kind, a.kind, count(*) FROM assurance_assessmentmilestone m JOIN assurance_assessment a"
        " ON a.id = m.assessment_id WHERE m.day BETWEEN ? AND ? GROUP BY m.kind, a.kind",
        (FIRST, LAST),
    )
    found = {(what, of): number for what, of, number in cursor.fetchall()}
    cursor.execute(
        "SELECT count(DISTINCT party_id) FROM assurance_assessment WHERE opened_on <= :day"
        " AND (closed_on IS NULL OR closed_on > :day)",
        {"day": LAST},
    )
    (assessed,) = cursor.fetchone()
    counted = {
        "Fieldwork Assessments completed": sum(n for (what, _), n in found.items() if what == "fieldwork"),
        "First-stage validations of FUSAs completed": found.get(("validation_1", "FUSA"), 0),
        "First-stage validations of VUSAs completed": found.get(("validation_1", "VUSA"), 0),
        "Assessments prepared for SSC review": sum(n for (what, _), n in found.items() if what == "prepared"),
        "Parties currently being assessed": assessed,
    }
    return {(label, "value"): number for label, number in counted.items()}


def days_by_driver(cursor: sqlite3.Cursor) -> Numbers:
    """Days worked in the month by driver."""
    cursor.execute(
        "SELECT h.name, sum(e.hundredths) / 100.0 FROM effort_dayentry e JOIN core_heading h ON h.id = e.driver_id"
        " WHERE e.day BETWEEN ? AND ? GROUP BY h.id",
        (FIRST, LAST),
    )
    return with_total(cursor.fetchall(), FEBRUARY.iso, "Grand Total")


def helpdesk_emails(cursor: sqlite3.Cursor) -> Numbers:
    """E-mails of the month by category, and those of the twelve months before as printed."""
    cursor.execute(
        "SELECT h.name, count(*) FROM helpdesk_enquiry e JOIN core_heading h ON h.id = e.category_id"
        " WHERE e.channel = 'email' AND e.received >= ? AND e.received < ? GROUP BY h.id",
        (EMAILS_FROM, EMAILS_UNTIL),
    )
    numbers = with_total(cursor.fetchall(), FEBRUARY.iso, "Total")
    cursor.execute(
        "SELECT CASE WHEN is_total THEN 'Total' ELSE row END, month, value FROM core_publishedfigure"
        " WHERE figure = 'helpdesk_emails' AND month BETWEEN ? AND ?",
        (YEAR, (FEBRUARY.first - timedelta(days=1)).isoformat()),
    )
    return numbers | {(label, iso(month)): float(value) for label, month, value in cursor.fetchall()}


def portal_users(cursor: sqlite3.Cursor) -> Numbers:
    """Portal accounts at the month's end by category."""
    cursor.execute(
        "SELECT h.name, count(*) FROM engagement_portaluser u JOIN core_heading h ON h.id = u.category_id"
        " WHERE u.registered_on <= :day AND (u.closed_on IS NULL OR u.closed_on > :day) GROUP BY h.id",
        {"day": LAST},
    )
    return with_total(cursor.fetchall(), FEBRUARY.iso, "Total number of users")


def website_statistics(cursor: sqlite3.Cursor) -> Numbers:
    """Visits and page views by month."""
    cursor.execute(
        "SELECT month, visits, page_views FROM engagement_websitemonth WHERE month BETWEEN ? AND ?", (YEAR, LAST)
    )
    rows = cursor.fetchall()
    visits: Numbers = {("Visits", iso(month)): number for month, number, _ in rows}
    return visits | {("Page views", iso(month)): number for month, _, number in rows}


def meetings_held(cursor: sqlite3.Cursor) -> list[str]:
    """The meetings of the month in the order of their bodies, with their documents."""
    cursor.execute(
        'SELECT c."group", c.short_name, m.day, group_concat(d.kind) FROM meetings_meeting m'
        " JOIN committees_committee c ON c.id = m.committee_id LEFT JOIN meetings_meetingdocument d"
        " ON d.meeting_id = m.id WHERE m.day BETWEEN ? AND ? AND m.state = 'held'"
        " GROUP BY m.id ORDER BY c.position, c.code, m.day",
        (FIRST, LAST),
    )
    return [row[0] for row in cursor.fetchall()]


COUNTS: dict[str, Callable[[sqlite3.Cursor], Numbers | list[str]]] = {
    one.__name__: one
    for one in (
        accessions, user_entry_completions, party_statistics, voting_groups, parties, default_reconciliation,
        proposals_by_month, product_lists, assessment_counters, days_by_driver, helpdesk_emails, portal_users,
        website_statistics, meetings_held,
    )
}  # fmt: skip
"""The figures that the paper prints, by name."""
