"""The four product lists that the code obliges to be kept, in the order of the monthly paper."""

from django.db import migrations

SUPPLIED = "The DCC keeps the list current and supplies it; the Panel puts it on the website."
LISTS = (
    ("CPL", "Central Products List", "F2.1", "The Panel keeps a list of the certified products.", "Panel"),
    ("PPCL", "SMETS1 Pending Product Combinations List", "F2.10A(b)", SUPPLIED, "DCC"),
    ("EPCL", "SMETS1 Eligible Product Combinations List", "F2.10A(a)", SUPPLIED, "DCC"),
    ("DPL", "Deployed Products List", "F2.10", SUPPLIED, "DCC"),
)


def add(apps, schema_editor):
    product_list = apps.get_model("products", "ProductList")
    product_list.objects.bulk_create(
        product_list(
            code=code,
            name=name,
            obligation_reference=reference,
            obligation=obligation,
            created_by=created_by,
            published_by="Panel",
            position=position,
        )
        for position, (code, name, reference, obligation, created_by) in enumerate(LISTS, start=1)
    )


def remove(apps, schema_editor):
    codes = [row[0] for row in LISTS]
    apps.get_model("products", "ProductList").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("products", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
