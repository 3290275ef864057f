"""The bodies at a glance of the code as it stood when this administration began."""

from datetime import date

from django.db import migrations

GOVERNANCE = "SEC Governance Meetings"
TRANSITIONAL = "Transitional meetings"
OTHER = "Other meetings"
WHITE, AMBER, RED = 0, 2, 3
HEADLINES = "Headlines"
DOCUMENTS = "Meeting documentation"
PAPER = "A paper on transitional governance in the Panel's pack"

# code, name, short name, group, reports to, meets, output, class of minutes, told when none, from
BODIES = (
    ("SECP", "SEC Panel", "SEC Panel", GOVERNANCE, "", "Monthly, on a Friday",
     "Packs in White and Green, headlines, minutes", WHITE, False, None),
    ("SECCO", "SECCo Board", "SECCo Board", GOVERNANCE, "The shareholders", "Monthly, on the Panel's day",
     "Nothing: proceedings and minutes are confidential", RED, False, None),
    ("TABASC", "Technical Architecture and Business Architecture Sub-Committee", "TABASC", GOVERNANCE, "SECP",
     "Monthly, on a Thursday", "Headlines, minutes", WHITE, False, None),
    ("SECCB", "Change Board", "Change Board", GOVERNANCE, "SECP", "Monthly, and more when needed",
     DOCUMENTS, WHITE, False, date(2013, 12, 1)),
    ("CSC", "Change Sub-Committee", "CSC", GOVERNANCE, "SECP", "Monthly",
     DOCUMENTS, WHITE, False, date(2018, 11, 1)),
    ("WG", "Working Group", "Working Group", GOVERNANCE, "CSC", "As modifications need, later monthly",
     "Summaries", WHITE, True, None),
    ("SSC", "Security Sub-Committee", "SSC", GOVERNANCE, "SECP", "Twice a month, mostly on a Wednesday",
     "Headlines of what is not confidential", AMBER, False, None),
    ("SECPMA", "SMKI Policy Management Authority", "SMKI PMA", GOVERNANCE, "SECP", "Monthly",
     HEADLINES, AMBER, False, None),
    ("OPSG", "Operations Group", "OPSG", GOVERNANCE, "SECP", "Monthly, and more when needed",
     "Headlines, sometimes minutes", WHITE, False, date(2017, 7, 1)),
    ("TAG", "Testing Advisory Group", "TAG", GOVERNANCE, "SECP", "One to three times a month",
     "Nothing: minutes are Amber", AMBER, False, None),
    ("MQH", "Modifications Question Hour", "Modifications Question Hour", OTHER, "", "Monthly, a call on a Monday",
     "", WHITE, True, None),
    ("SPF", "SEC Privacy Forum", "SEC Privacy Forum", OTHER, "", "As needed", "", WHITE, False, date(2018, 6, 19)),
    ("CIOP", "CIO Procurement sub-group", "CIO Procurement", OTHER, "SSC", "As needed", "", AMBER, False, None),
    ("PFCG", "Panel Finance and Contracts Group", "PFCG", OTHER, "SECP", "", "", RED, False, None),
    ("SMDASC", "Smart Metering Device Assurance Sub-Committee", "SMDASC", OTHER, "SECP", "Every two months",
     "", WHITE, False, None),
    ("SWG", "Strategic Working Group", "Strategic Working Group", OTHER, "", "", "", WHITE, False, None),
    ("IMF", "Implementation Managers Forum", "Implementation Managers Forum", TRANSITIONAL, "The department",
     "Monthly", PAPER, WHITE, False, None),
    ("SMDG", "Smart Metering Delivery Group", "Smart Metering Delivery Group", TRANSITIONAL, "The department",
     "Monthly", PAPER, WHITE, False, None),
    ("TBDG", "Technical and Business Design Group", "Technical and Business Design Group", TRANSITIONAL,
     "The department", "Monthly", PAPER, WHITE, False, None),
    ("TDEG", "Test Design and Execution Group", "Test Design and Execution Group", TRANSITIONAL,
     "The DCC", "Monthly", PAPER, WHITE, False, None),
    ("CACOP", "Code Administration Code of Practice Forum", "CACoP Forum", OTHER, "", "Monthly",
     "", WHITE, False, None),
)  # fmt: skip
FIELDS = (
    "code", "name", "short_name", "group", "reports_to", "meets", "output",
    "minutes_class", "told_when_none", "from_day",
)  # fmt: skip


def enter(apps, schema_editor):
    """Enters the bodies in their order."""
    committee = apps.get_model("committees", "Committee")
    committee.objects.bulk_create(
        committee(position=10 * place, classification=WHITE, **dict(zip(FIELDS, body, strict=True)))
        for place, body in enumerate(BODIES, start=1)
    )


def remove(apps, schema_editor):
    """Takes them out again."""
    apps.get_model("committees", "Committee").objects.filter(code__in=[body[0] for body in BODIES]).delete()


class Migration(migrations.Migration):
    dependencies = [("committees", "0001_initial")]
    operations = [migrations.RunPython(enter, remove)]
