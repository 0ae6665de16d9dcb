from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("publishing", "0003_released"),
    ]

    operations = [
        migrations.AddField(
            model_name="linkcheck",
            name="fingerprint",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
