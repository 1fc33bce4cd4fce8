"""What is judged is a case's step, never one traveller's: the column that was always empty goes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_pair_answer")]

    operations = [migrations.RemoveField("judgement", "traveller")]
