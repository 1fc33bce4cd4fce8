"""Cases, sealed by tier, and the steps of their history."""

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
            name="Case",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=20, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("name", waystation.store.fields.SealedField(tier="identity")),
                ("birth_date", waystation.store.fields.SealedField(tier="identity")),
                ("whereabouts", waystation.store.fields.SealedField(tier="movement")),
                ("party_size", waystation.store.fields.SealedField(tier="movement")),
                ("urgency", waystation.store.fields.SealedField(tier="welfare")),
                ("needs", waystation.store.fields.SealedField(tier="welfare")),
                ("note", waystation.store.fields.SealedField(tier="welfare")),
                ("testimony", waystation.store.fields.SealedField(tier="evidence")),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("made", "Made"),
                            ("changed", "Changed"),
                            ("file_kept", "File Kept"),
                            ("closed", "Closed"),
                            ("reopened", "Reopened"),
                        ],
                        max_length=12,
                    ),
                ),
                ("tiers", models.JSONField(default=list)),
                ("fields", models.JSONField(default=list)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-updated_at"], name="cases_case_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="cases_case_version_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.UniqueConstraint(fields=("case", "version"), name="cases_change_once_a_version"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="cases_change_version_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["made", "changed", "file_kept", "closed", "reopened"])),
                name="cases_change_kind_known",
            ),
        ),
    ]
