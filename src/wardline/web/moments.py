"""A day, a time and a zone to fill in, which together are one moment."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms

from wardline.institution import current
from wardline.publishing.errors import PublishingError
from wardline.publishing.times import TwiceError, utc_of, zone_of
from wardline.web.forms import Form


@cache
def zones() -> list[tuple[str, str]]:
    """Every IANA zone that has a place in its name, the hospital's own first."""
    home = current().timezone
    others = sorted(name for name in available_timezones() if "/" in name)
    names = [home, *(each for each in others if each != home)]
    return [(name, name.replace("_", " ")) for name in names]


class MomentForm(Form):
    """When; where the clocks show that time twice, it asks which of the two."""

    conditional = frozenset({"date", "time", "which"})
    date = forms.DateField(
        error_messages={"required": "Choose the day."},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    time = forms.TimeField(
        error_messages={"required": "Choose the time."},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    zone = forms.ChoiceField(label="Time zone", choices=zones)
    which = forms.TypedChoiceField(
        label="Which one?", coerce=int, required=False, widget=forms.RadioSelect
    )

    def __init__(
        self, data: Mapping[str, Any] | None, at: tuple[datetime, str] | None = None
    ) -> None:
        super().__init__(data, initial=wall_clock(*at) if at else {})
        self.fields["which"].choices = [(0, "The first"), (1, "The second")]  # type: ignore[attr-defined]
        self.twice = False
        self._at: datetime | None = None

    def clean(self) -> dict[str, Any]:
        """Find the moment, where day, time and zone are there."""
        given = self.cleaned_data
        if given.get("date") and given.get("time") and given.get("zone"):
            self._find(given)
        return given

    @property
    def at(self) -> datetime:
        """The moment in UTC, once the form is valid."""
        if self._at is None:
            raise ValueError("The form is not valid.")
        return self._at

    def _find(self, given: dict[str, Any]) -> None:
        local = datetime.combine(given["date"], given["time"])
        fold = given["which"] if given.get("which") in {0, 1} else None
        try:
            self._at = utc_of(local, given["zone"], fold=fold)
        except TwiceError as error:
            self.twice = True
            self.fields["which"].choices = [(0, error.first), (1, error.second)]  # type: ignore[attr-defined]
            self.add_error("which", str(error))
        except PublishingError as error:
            self.add_error("time", str(error))


def wall_clock(at: datetime, zone: str) -> dict[str, Any]:
    """What the form shows for a moment: day, time, zone, and which of two it is."""
    zone = zone if zone in dict(zones()) else current().timezone
    local = at.astimezone(zone_of(zone))
    return {
        "date": local.date(),
        "time": local.time(),
        "zone": zone,
        "which": local.fold,
    }
