from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class Migration(migrations.Migration):
    """Grants that are found by a hint. Those that stand have none: whoever holds their key hands them over at the next unlocking."""

    dependencies = (("store", "0001_initial"),)

    operations = (
        migrations.AddField(model_name="grant", name="hint", field=models.BinaryField(null=True)),
        migrations.AddIndex(
            model_name="tierkey",
            index=models.Index(
                condition=models.Q(("stale", True)), fields=["record", "tier"], name="store_tierkey_owed"
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(fields=("hint",), name="store_grant_hint_once"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(hint=None) | models.Q(Exact(Length("hint"), 32)), name="store_grant_hint_length"
            ),
        ),
    )
