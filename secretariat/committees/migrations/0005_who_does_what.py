"""Links bodies to those above them, tells who set security statuses when, and carries earlier appointments on."""

from datetime import UTC, date, datetime

from django.db import migrations

DUTY = "Setting security assurance and compliance statuses"
PANEL_SINCE, SUB_COMMITTEE_SINCE = date(2013, 9, 23), date(2017, 8, 1)
FILLED = {"consumer": "nominated", "dcc": "nominated", "chair": "appointed"}
CLOSED_AT = datetime(2020, 3, 1, tzinfo=UTC)


def carry(apps, schema_editor):
    """Fills the new columns from what the rows tell, and enters the duty (rule GOV-20)."""
    bodies = apps.get_model("committees", "Committee").objects
    for body in bodies.exclude(reports_to=""):
        above = bodies.filter(code=body.reports_to).first()
        if above is not None:
            bodies.filter(pk=body.pk).update(parent=above)
    seats = apps.get_model("committees", "Seat").objects
    for constituency, filling in FILLED.items():
        seats.filter(constituency=constituency).update(filling=filling)
    appointments = apps.get_model("committees", "Appointment").objects.filter(state="")
    appointments.update(state="in office")
    panel, security = bodies.filter(code="SECP").first(), bodies.filter(code="SSC").first()
    if panel is None or security is None:
        return
    apps.get_model("committees", "Duty").objects.create(
        what=DUTY,
        committee=panel,
        from_day=PANEL_SINCE,
        recorded=CLOSED_AT,
        classification=0,
        mark="inferred",
        source="Newsletter of August 2017: the Panel handed the setting of statuses on",
    )
    apps.get_model("committees", "Delegation").objects.create(
        from_body=panel,
        to_body=security,
        duty=DUTY,
        from_day=SUB_COMMITTEE_SINCE,
        recorded=CLOSED_AT,
        what="Sets security assurance and compliance statuses instead of recommending them to the Panel",
        how="delegated",
        classification=0,
    )


def forget(apps, schema_editor):
    """Takes the duty out again."""
    apps.get_model("committees", "Delegation").objects.filter(duty=DUTY).delete()
    apps.get_model("committees", "Duty").objects.filter(what=DUTY).delete()


class Migration(migrations.Migration):
    dependencies = [("committees", "0004_seats_and_elections")]
    operations = [migrations.RunPython(carry, forget)]
