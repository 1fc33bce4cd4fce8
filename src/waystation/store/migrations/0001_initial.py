"""Records, their keys, and files."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=32)),
                ("team_id", models.UUIDField(null=True)),
                ("created_at", models.DateTimeField()),
                ("hold", models.BooleanField(default=False)),
                ("hold_by", models.UUIDField(null=True)),
                ("shredded_at", models.DateTimeField(null=True)),
                ("shredded_by", models.UUIDField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", ""), _negated=True), name="store_record_has_a_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hold", True), ("hold_by__isnull", False)),
                            models.Q(("hold", False), ("hold_by", None)),
                            _connector="OR",
                        ),
                        name="store_record_hold_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shredded_at", None), ("shredded_by", None)),
                            models.Q(("shredded_at__isnull", False), ("shredded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="store_record_shredded_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hold", False), ("shredded_at", None), _connector="OR"),
                        name="store_record_held_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("tier", models.CharField(max_length=8)),
                ("version", models.PositiveIntegerField()),
                ("tag", models.BinaryField()),
                ("sealed", models.BinaryField()),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("record", "tier", "version", "tag"), name="store_grant_once"),
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ("evidence", "identity", "movement", "welfare"))),
                        name="store_grant_tier_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="store_grant_version_from_1"),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length("tag"), 32),
                        name="store_grant_tag_length",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("tier", models.CharField(max_length=8)),
                ("name_sealed", models.BinaryField()),
                ("size_sealed", models.BinaryField()),
                ("key_sealed", models.BinaryField()),
                ("key_version", models.PositiveIntegerField()),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="store.record"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ("evidence", "identity", "movement", "welfare"))),
                        name="store_sealedfile_tier_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key_version__gte", 1)), name="store_sealedfile_key_version_from_1"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TierKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("tier", models.CharField(max_length=8)),
                ("version", models.PositiveIntegerField()),
                ("commitment", models.BinaryField()),
                ("box_public", models.BinaryField()),
                ("held_sealed", models.BinaryField()),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("signature", models.BinaryField()),
                ("stale", models.BooleanField(default=False)),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("record", "tier", "version"), name="store_tierkey_once"),
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ("evidence", "identity", "movement", "welfare"))),
                        name="store_tierkey_tier_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="store_tierkey_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("commitment"), 32
                        ),
                        name="store_tierkey_commitment_length",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("box_public"), 32
                        ),
                        name="store_tierkey_box_public_length",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("signature"), 64
                        ),
                        name="store_tierkey_signature_length",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("tier", models.CharField(max_length=8)),
                ("version", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("signature", models.BinaryField()),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ("evidence", "identity", "movement", "welfare"))),
                        name="store_withdrawal_tier_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="store_withdrawal_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("signature"), 64
                        ),
                        name="store_withdrawal_signature_length",
                    ),
                ],
            },
        ),
    ]
