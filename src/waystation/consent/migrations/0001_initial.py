"""Answers about purposes, and what took them back."""

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
            name="Consent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("traveller_id", models.UUIDField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("contact", "contact"),
                            ("casework", "casework"),
                            ("sharing", "sharing"),
                            ("movement", "movement"),
                            ("medical", "medical"),
                            ("evidence", "evidence"),
                            ("publication", "publication"),
                        ],
                        max_length=12,
                    ),
                ),
                ("partner_id", models.UUIDField(null=True)),
                ("answer", models.CharField(choices=[("given", "given"), ("refused", "refused")], max_length=8)),
                ("said_by", models.CharField(choices=[("self", "self"), ("guardian", "guardian")], max_length=8)),
                (
                    "capacity",
                    models.CharField(
                        choices=[("able", "able"), ("supported", "supported"), ("not_able", "not_able")], max_length=10
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("guardian", waystation.store.fields.SealedField(tier="identity")),
                ("shared_with", waystation.store.fields.SealedField(tier="welfare")),
                ("withheld", waystation.store.fields.SealedField(tier="welfare")),
                ("words", waystation.store.fields.SealedField(tier="welfare")),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["record", "traveller_id", "-recorded_at"], name="consent_newest_first")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "purpose__in",
                                ["contact", "casework", "sharing", "movement", "medical", "evidence", "publication"],
                            )
                        ),
                        name="consent_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["given", "refused"])), name="consent_answer_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("said_by__in", ["self", "guardian"])), name="consent_said_by_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__in", ["able", "supported", "not_able"])),
                        name="consent_capacity_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gt", models.F("starts_at")), _connector="OR"),
                        name="consent_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "given"), ("capacity", "not_able"), ("said_by", "self"), _negated=True
                        ),
                        name="consent_needs_capacity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("partner_id", None), ("purpose", "sharing"), _connector="OR"),
                        name="consent_partner_only_to_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("consent_id", models.UUIDField(unique=True)),
                ("said_by", models.CharField(choices=[("self", "self"), ("guardian", "guardian")], max_length=8)),
                ("withdrawn_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("words", waystation.store.fields.SealedField(tier="welfare")),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("said_by__in", ["self", "guardian"])), name="consent_withdrawn_by_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn_at__lte", models.F("recorded_at"))),
                        name="consent_withdrawn_not_in_the_future",
                    ),
                ],
            },
        ),
    ]
