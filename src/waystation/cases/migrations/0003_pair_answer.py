"""What people said of two cases that look like one person's."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import waystation.store.fields


def sealed(tier: str) -> waystation.store.fields.SealedField:
    return waystation.store.fields.SealedField(tier=tier)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_case_desk")]

    operations = [
        migrations.CreateModel(
            name="PairAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(null=True)),
                ("other", sealed("welfare")),
                ("answer", sealed("welfare")),
                ("reason", sealed("welfare")),
                ("before", sealed("welfare")),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AddConstraint(
            "pairanswer",
            models.CheckConstraint(condition=Q(version__gte=1), name="cases_pairanswer_version_from_1"),
        ),
        migrations.AddConstraint(
            "pairanswer",
            models.CheckConstraint(condition=Q(version=1, gone_at=None), name="cases_pairanswer_as_it_was_said"),
        ),
    ]
