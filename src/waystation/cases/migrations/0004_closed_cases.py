"""Whose time is over is asked on every home page of whoever may let cases go: few are closed, and only those are looked at."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_pair_answer")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=("closed_at",), condition=Q(closed_at__isnull=False), name="cases_case_closed"),
        ),
    ]
