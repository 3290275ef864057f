"""The seven DCC User Roles (rule UEP-1)."""

from django.db import migrations

ROLES = (
    "Import Supplier",
    "Export Supplier",
    "Gas Supplier",
    "Electricity Distributor",
    "Gas Transporter",
    "Registered Supplier Agent",
    "Other User",
)


def enter(apps, schema_editor):
    """Enters the roles in their order."""
    role = apps.get_model("register", "UserRole")
    role.objects.bulk_create(role(name=name, position=place) for place, name in enumerate(ROLES, start=1))


def remove(apps, schema_editor):
    """Takes them out again."""
    apps.get_model("register", "UserRole").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(enter, remove)]
