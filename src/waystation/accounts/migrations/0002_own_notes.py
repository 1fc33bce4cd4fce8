import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What people keep for themselves alone."""

    dependencies = (("accounts", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="OwnNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("sealed", models.BinaryField()),
                ("kept_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
            ],
            options={
                "constraints": (
                    models.CheckConstraint(
                        condition=models.Q(("kind", ""), _negated=True), name="accounts_ownnote_has_a_kind"
                    ),
                )
            },
        ),
    )
