"""What a case desk keeps: requests, travellers, households, contacts, tasks, flags, judgements, decisions and what happened.

Rows that are there stay as they are: nobody holds a key while this runs, so nothing sealed can be moved. A case without a
summary counts as one at its first step, until the next service that works on it seals one.
"""

import uuid
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import waystation.store.fields

KINDS = ["made", "changed", "file_kept", "closed", "reopened", "worked"]

SEALED: dict[str, dict[str, str]] = {
    "Contact": {
        "whose": "identity",
        "way": "welfare",
        "address": "identity",
        "safe_time": "welfare",
        "caution": "welfare",
    },
    "Decision": dict.fromkeys(
        ("outcome", "reason", "words", "review_on", "answer", "answer_words", "language", "letter"), "welfare"
    ),
    "Document": dict.fromkeys(("kind", "traveller"), "welfare"),
    "Event": {"told": "welfare"},
    "Exit": dict.fromkeys(("outcome", "on", "words"), "welfare"),
    "Flag": dict.fromkeys(("reason", "words", "until"), "welfare"),
    "Household": dict.fromkeys(("kind", "members", "inseparable", "not_consenting"), "welfare"),
    "Judgement": dict.fromkeys(("subject", "traveller", "result", "reason", "words"), "welfare"),
    "Note": {"text": "welfare"},
    "Referral": dict.fromkeys(("kind", "service", "to", "words", "consented", "answer", "answered_on"), "welfare"),
    "Request": {
        "asker": "welfare",
        "asker_name": "identity",
        "for_whom": "identity",
        "answer_way": "welfare",
        "answer_address": "identity",
        "answer_time": "welfare",
        "language": "welfare",
        "heads": "welfare",
        "region": "movement",
        "danger": "welfare",
        "deadline": "welfare",
        "contact_consent": "welfare",
    },
    "Task": dict.fromkeys(("what", "words", "owner", "due", "done_on", "done_by"), "welfare"),
    "Traveller": {
        **dict.fromkeys(("names", "birth", "gender"), "identity"),
        **dict.fromkeys(
            ("age_band", "mobility", "needs", "medical", "languages", "accompanied_by", "relation"), "welfare"
        ),
    },
}
"""The sealed columns of each new table, by tier."""

READABLE: dict[str, list[tuple[str, Any]]] = {
    "Decision": [
        ("recommended_by", models.UUIDField()),
        ("recommended_at", models.DateTimeField()),
        ("decided_by", models.UUIDField(null=True)),
        ("decided_at", models.DateTimeField(null=True)),
    ],
    "Document": [("file_id", models.UUIDField())],
    "Event": [("case_version", models.PositiveIntegerField())],
}
"""Readable columns beside those that all have."""

CONSTRAINTS: dict[str, list[Any]] = {
    "decision": [
        models.CheckConstraint(
            condition=Q(decided_by=None, decided_at=None) | Q(decided_by__isnull=False, decided_at__isnull=False),
            name="cases_decision_signed_whole",
        ),
        models.CheckConstraint(
            condition=Q(decided_by=None) | ~Q(decided_by=F("recommended_by")), name="cases_decision_by_two_people"
        ),
    ],
    "document": [models.UniqueConstraint(fields=("file_id",), name="cases_document_once_a_file")],
    "event": [models.UniqueConstraint(fields=("record", "case_version"), name="cases_event_once_a_version")],
    "request": [
        models.UniqueConstraint(fields=("record",), name="cases_request_once_a_case"),
        models.CheckConstraint(condition=Q(version=1), name="cases_request_as_it_was_said"),
    ],
}


def sealed(tier: str) -> waystation.store.fields.SealedField:
    return waystation.store.fields.SealedField(tier=tier)


def table(name: str) -> migrations.CreateModel:
    record = models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.record")
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("version", models.PositiveIntegerField(default=1)),
            ("by", models.UUIDField()),
            ("at", models.DateTimeField()),
            ("gone_at", models.DateTimeField(null=True)),
            *READABLE.get(name, []),
            *((column, sealed(tier)) for column, tier in SEALED[name].items()),
            ("record", record),
        ],
        options={"abstract": False},
    )


def version_from_1(name: str) -> migrations.AddConstraint:
    check = models.CheckConstraint(condition=Q(version__gte=1), name=f"cases_{name}_version_from_1")
    return migrations.AddConstraint(model_name=name, constraint=check)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("store", "0001_initial"),
    ]

    operations = [
        migrations.AddField("case", "summary", sealed("welfare")),
        migrations.AddField("case", "outline", sealed("movement")),
        migrations.RemoveConstraint("change", "cases_change_kind_known"),
        migrations.AlterField(
            "change",
            "kind",
            models.CharField(choices=[(kind, kind.replace("_", " ").title()) for kind in KINDS], max_length=12),
        ),
        migrations.AddConstraint(
            "change", models.CheckConstraint(condition=Q(kind__in=KINDS), name="cases_change_kind_known")
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("person_id", models.UUIDField()),
                ("form", models.CharField(max_length=40)),
                ("about", models.UUIDField(default=uuid.UUID(int=0))),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            "draft", models.UniqueConstraint(fields=("person_id", "form", "about"), name="cases_draft_once_a_form")
        ),
        migrations.AddConstraint("draft", models.CheckConstraint(condition=~Q(form=""), name="cases_draft_of_a_form")),
        *(table(name) for name in SEALED),
        *(version_from_1(name.lower()) for name in SEALED),
        *(migrations.AddConstraint(name, each) for name, found in CONSTRAINTS.items() for each in found),
    ]
