"""The log: its entries, its end, its keys."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import waystation.store.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("store", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=40)),
                ("signer", models.UUIDField()),
                ("payload", models.BinaryField()),
                ("previous", models.BinaryField(max_length=32, unique=True)),
                ("digest", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["signer", "kind", "at"], name="audit_entry_by_signer"),
                    models.Index(fields=["at"], name="audit_entry_by_time"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="audit_entry_counted_from_1")
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(default=0)),
                ("digest", models.BinaryField(max_length=32)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_head_is_one")],
            },
        ),
        migrations.CreateModel(
            name="LogBox",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(unique=True)),
                ("box_public", models.BinaryField(max_length=32)),
                ("box_secret", waystation.store.fields.SealedField(tier="evidence")),
                ("key_version", models.PositiveIntegerField()),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("signature", models.BinaryField(max_length=64)),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="audit_box_counted_from_1")
                ],
            },
        ),
    ]
