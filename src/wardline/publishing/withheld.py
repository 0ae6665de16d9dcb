"""Pictures that went out with patient data, which nobody of the unit may show again."""

from wardline.publishing.models import Revision


def withheld(unit_id: int) -> frozenset[str]:
    """The SHA-256 of every picture in a restricted post of the unit, in any version."""
    rows = Revision.objects.filter(draft__unit=unit_id, draft__restricted=True)
    shown = rows.exclude(pictures=[]).values_list("pictures", flat=True)
    return frozenset(picture["sha256"] for row in shown for picture in row)
