from django.db import migrations, models

import waystation.store.fields
import waystation.store.tiers


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="export",
            name="what",
            field=models.CharField(default="cases", max_length=20),
        ),
        migrations.RemoveField(model_name="importline", name="name_before"),
        migrations.RemoveField(model_name="importline", name="where_before"),
        *(
            migrations.AddField(
                model_name="importline",
                name=f"{tier}_before",
                field=waystation.store.fields.SealedJson(null=True, tier=waystation.store.tiers.Tier(tier)),
            )
            for tier in ("identity", "movement", "welfare")
        ),
    ]
