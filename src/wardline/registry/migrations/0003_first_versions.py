"""What was on record before there were versions is each account's first one."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FIELDS = (
    *("channel", "kind", "name", "url", "handle", "platform_id", "language"),
    *("description", "audience", "fundraising", "official_email", "contacts"),
    *("tags", "notes", "unit_id", "owner_id", "deputy_id"),
)


def first(apps: StateApps, _schema: BaseDatabaseSchemaEditor) -> None:
    Account = apps.get_model("registry", "Account")
    Version = apps.get_model("registry", "Version")
    for account in Account.objects.exclude(state="requested"):
        Version.objects.create(
            account=account,
            number=1,
            state="approved",
            particulars={name: getattr(account, name) for name in FIELDS},
            made_by_id=account.owner_id,
            made_at=account.registered_at,
            decided_at=account.registered_at,
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_the_registry")]
    operations = [migrations.RunPython(first, migrations.RunPython.noop)]
