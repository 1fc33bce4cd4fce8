"""Screens, the procedure for children, complaints, looks at houses."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import waystation.store.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("store", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("received_at", models.DateTimeField()),
                ("acknowledge_by", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("complainant", waystation.store.fields.SealedField(tier="identity")),
                ("contact", waystation.store.fields.SealedField(tier="identity")),
                ("origin", waystation.store.fields.SealedField(tier="evidence")),
                ("gravity", waystation.store.fields.SealedField(tier="evidence")),
                ("about", waystation.store.fields.SealedField(tier="evidence")),
                ("kept_away", waystation.store.fields.SealedField(tier="evidence")),
                ("about_words", waystation.store.fields.SealedField(tier="evidence")),
                ("words", waystation.store.fields.SealedField(tier="evidence")),
                ("wish", waystation.store.fields.SealedField(tier="evidence")),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ComplaintStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("acknowledged", "acknowledged"),
                            ("noted", "noted"),
                            ("handed_over", "handed_over"),
                            ("answered", "answered"),
                        ],
                        max_length=12,
                    ),
                ),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("outcome", waystation.store.fields.SealedField(tier="evidence")),
                ("words", waystation.store.fields.SealedField(tier="evidence")),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="safeguarding.complaint"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HouseCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("by", models.UUIDField()),
                ("checked_at", models.DateTimeField()),
                ("next_by", models.DateTimeField()),
                ("kind", waystation.store.fields.SealedField(tier="welfare")),
                ("name", waystation.store.fields.SealedField(tier="welfare")),
                ("answers", waystation.store.fields.SealedField(tier="welfare")),
                ("words", waystation.store.fields.SealedField(tier="welfare")),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CheckFollow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.UUIDField(null=True)),
                ("finding", waystation.store.fields.SealedField(tier="welfare")),
                ("done_words", waystation.store.fields.SealedField(tier="welfare")),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
                (
                    "check_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="safeguarding.housecheck",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("traveller_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(choices=[("bia", "bia"), ("bid", "bid"), ("override", "override")], max_length=8),
                ),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("panel_size", models.PositiveSmallIntegerField(null=True)),
                ("recommendation", waystation.store.fields.SealedField(tier="welfare")),
                ("members", waystation.store.fields.SealedField(tier="welfare")),
                ("covers", waystation.store.fields.SealedField(tier="welfare")),
                ("words", waystation.store.fields.SealedField(tier="welfare")),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("written_by", models.UUIDField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("verdict", waystation.store.fields.SealedField(tier="welfare")),
                ("why", waystation.store.fields.SealedField(tier="welfare")),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="safeguarding.paper"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Qualification",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("valid_from", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("issuer", waystation.store.fields.SealedField(tier="identity")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Screen",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("traveller_id", models.UUIDField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("indicators", waystation.store.fields.SealedField(tier="welfare")),
                ("acts", waystation.store.fields.SealedField(tier="welfare")),
                ("recruitment", waystation.store.fields.SealedField(tier="welfare")),
                ("recruited_where", waystation.store.fields.SealedField(tier="welfare")),
                ("means", waystation.store.fields.SealedField(tier="welfare")),
                ("exploitation", waystation.store.fields.SealedField(tier="welfare")),
                ("industries", waystation.store.fields.SealedField(tier="welfare")),
                ("sex_exploitation", waystation.store.fields.SealedField(tier="welfare")),
                ("exploited_where", waystation.store.fields.SealedField(tier="welfare")),
                ("words", waystation.store.fields.SealedField(tier="welfare")),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StatusDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("traveller_id", models.UUIDField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("status", waystation.store.fields.SealedField(tier="welfare")),
                ("decided_by_kind", waystation.store.fields.SealedField(tier="welfare")),
                ("decided_by", waystation.store.fields.SealedField(tier="welfare")),
                ("why", waystation.store.fields.SealedField(tier="welfare")),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChildFacts",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("traveller_id", models.UUIDField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("age", waystation.store.fields.SealedField(tier="welfare")),
                ("care", waystation.store.fields.SealedField(tier="welfare")),
                ("care_evidence", waystation.store.fields.SealedField(tier="welfare")),
                ("care_grade", waystation.store.fields.SealedField(tier="welfare")),
                ("mother", waystation.store.fields.SealedField(tier="welfare")),
                ("father", waystation.store.fields.SealedField(tier="welfare")),
                ("parents_evidence", waystation.store.fields.SealedField(tier="welfare")),
                ("parents_grade", waystation.store.fields.SealedField(tier="welfare")),
                (
                    "record",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["record", "traveller_id", "-at"], name="safeguarding_facts_newest")],
            },
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("acknowledge_by__gt", models.F("received_at")), ("answer_by__gte", models.F("acknowledge_by"))
                ),
                name="safeguarding_complaint_deadlines_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("acknowledged_at", None), ("acknowledged_at__gte", models.F("received_at")), _connector="OR"
                ),
                name="safeguarding_complaint_acknowledged_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at", None),
                    models.Q(("acknowledged_at__isnull", False), ("closed_at__gte", models.F("acknowledged_at"))),
                    _connector="OR",
                ),
                name="safeguarding_complaint_answered_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["received", "acknowledged", "noted", "handed_over", "answered"])),
                name="safeguarding_complaint_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ("received", "acknowledged", "answered"))),
                fields=("complaint", "kind"),
                name="safeguarding_complaint_step_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="housecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_by__gt", models.F("checked_at"))), name="safeguarding_check_comes_again"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkfollow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("done_by", None)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="safeguarding_follow_up_done_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkfollow",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("at"))), name="safeguarding_follow_up_due_later"
            ),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["record", "traveller_id", "-at"], name="safeguarding_paper_newest"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["bia", "bid", "override"])), name="safeguarding_paper_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "bid"), ("panel_size__gte", 3), ("panel_size__isnull", False)),
                    models.Q(models.Q(("kind", "bid"), _negated=True), ("panel_size", None)),
                    _connector="OR",
                ),
                name="safeguarding_panel_of_three",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("written_by")), _negated=True),
                name="safeguarding_paper_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("valid_from"))),
                name="safeguarding_qualification_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("person")), _negated=True),
                name="safeguarding_qualification_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="screen",
            index=models.Index(fields=["record", "traveller_id", "-at"], name="safeguarding_screen_newest"),
        ),
        migrations.AddIndex(
            model_name="statusdecision",
            index=models.Index(fields=["record", "traveller_id", "-at"], name="safeguarding_status_newest"),
        ),
    ]
