from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_seal_the_journal"),
    ]

    operations = [
        migrations.AddField(
            model_name="capacity",
            name="ended",
            field=models.DateTimeField(
                blank=True,
                help_text="When it was ended at once, within its last day.",
                null=True,
                verbose_name="ended at",
            ),
        ),
        migrations.AddField(
            model_name="capacity",
            name="leads",
            field=models.BooleanField(
                default=False,
                help_text="For a party's contact: invites and removes the party's others.",
                verbose_name="invites colleagues",
            ),
        ),
        migrations.AddIndex(
            model_name="capacity",
            index=models.Index(fields=["organisation_id", "from_day"], name="core_capaci_organis_6750a0_idx"),
        ),
    ]
