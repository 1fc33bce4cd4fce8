"""What is judged is a case's step, never one traveller's: the column that was always empty goes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_closed_cases")]

    operations = [migrations.RemoveField("judgement", "traveller")]
