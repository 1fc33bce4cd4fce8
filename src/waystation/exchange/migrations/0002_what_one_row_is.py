from django.db import migrations, models


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
    ]
