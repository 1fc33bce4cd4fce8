"""The organisation, its teams and people, marks and leaves."""

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
            name="HoneyMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(max_length=32, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", waystation.store.fields.SealedField(tier="identity")),
                ("roles", models.JSONField(default=list)),
                ("active", models.BooleanField(default=True)),
                ("box_public", models.BinaryField(max_length=32)),
                ("sign_public", models.BinaryField(max_length=32)),
                ("admitted_by", models.UUIDField()),
                ("card_signature", models.BinaryField(max_length=64)),
                ("escrow", models.BinaryField()),
                ("joined_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                ("since_seq", models.BigIntegerField(default=0)),
                ("until_seq", models.BigIntegerField(null=True)),
                ("standing_by", models.UUIDField()),
                ("standing_signature", models.BinaryField(max_length=64)),
                ("language", models.CharField(default="en", max_length=2)),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SeenAlert",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.person")),
            ],
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", waystation.store.fields.SealedField(tier="identity")),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="person",
            name="team",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="people", to="accounts.team"
            ),
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", waystation.store.fields.SealedField(tier="identity")),
                ("honey_key", waystation.store.fields.SealedField(tier="identity")),
                ("share_marks", waystation.store.fields.SealedField(tier="identity")),
                ("root_public", models.BinaryField(max_length=32)),
                ("root_signature", models.BinaryField(max_length=64)),
                ("recovery_box_public", models.BinaryField(max_length=32)),
                ("recovery_sign_public", models.BinaryField(max_length=32)),
                ("recovery_age_recipient", models.CharField(max_length=62)),
                ("recovery_confirmed_at", models.DateTimeField(null=True)),
                ("founded_at", models.DateTimeField()),
                ("language", models.CharField(default="en", max_length=2)),
                ("openings_per_hour", models.PositiveIntegerField(default=30)),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", uuid.UUID("00000000-0000-0000-0000-000000000001"))),
                        name="accounts_organisation_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("openings_per_hour__gte", 1), ("openings_per_hour__lte", 1000)),
                        name="accounts_openings_per_hour_1_to_1000",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ("en", "ko"))), name="accounts_organisation_language"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("box_public", models.BinaryField(max_length=32)),
                ("sign_public", models.BinaryField(max_length=32)),
                ("admitted_by", models.UUIDField()),
                ("card_signature", models.BinaryField(max_length=64)),
                ("since_seq", models.BigIntegerField()),
                ("until_seq", models.BigIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="former_cards", to="accounts.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_seq__gte", models.F("since_seq"))),
                        name="accounts_former_card_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("purpose", models.CharField(max_length=10)),
                ("record_id", models.UUIDField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("given_at", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("signature", models.BinaryField(max_length=64, null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leave_given",
                        to="accounts.person",
                    ),
                ),
                (
                    "for_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="leave_asked", to="accounts.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ("openings", "shred", "release"))),
                        name="accounts_leave_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("by", None),
                                ("given_at", None),
                                ("signature", None),
                                ("until", None),
                                ("used_at", None),
                            ),
                            models.Q(
                                ("by__isnull", False),
                                ("given_at__isnull", False),
                                ("signature__isnull", False),
                                ("until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_leave_given_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by", None), models.Q(("by", models.F("for_person")), _negated=True), _connector="OR"
                        ),
                        name="accounts_leave_by_another",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("active", True), ("left_at", None), ("until_seq", None)),
                    models.Q(("active", False), ("left_at__isnull", False), ("until_seq__isnull", False)),
                    _connector="OR",
                ),
                name="accounts_person_is_here_or_left",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ("en", "ko"))), name="accounts_person_language"
            ),
        ),
    ]
