"""What an office looks at in its queue: the form above it, and what it leaves."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from wardline.people.access import Actor
from wardline.people.models import Unit
from wardline.publishing.models import Clearance, Revision
from wardline.registry.models import Account
from wardline.web.forms import Form
from wardline.web.screened import reasons_in_words

OVERDUE = "overdue"
AGES = (
    ("", "Any"),
    ("1", "More than a day"),
    ("3", "More than 3 days"),
    ("7", "More than a week"),
    (OVERDUE, "Overdue"),
)


class QueueFilter(Form):
    """Its choices are what waits now; what is none of them filters nothing."""

    unit = forms.ChoiceField(required=False)
    account = forms.ChoiceField(required=False)
    topic = forms.ChoiceField(label="Asked because of", required=False)
    age = forms.ChoiceField(label="Waiting for", choices=AGES, required=False)
    mine = forms.BooleanField(label="Only what I may decide", required=False)

    def __init__(self, data: Mapping[str, Any], rows: QuerySet[Clearance]) -> None:
        super().__init__(data)
        self.reasons = dict(rows.values_list("pk", "called_by"))
        drafts = rows.order_by().values("draft")
        units = Unit.objects.filter(drafts__in=drafts).distinct()
        accounts = Account.objects.filter(drafts__in=drafts).distinct()
        fields: dict[str, Any] = self.fields
        fields["unit"].choices = _any((each.slug, each.name) for each in units)
        fields["account"].choices = _any(
            (str(each.pk), str(each)) for each in accounts.order_by("name")
        )
        called_by = {reason for each in self.reasons.values() for reason in each}
        fields["topic"].choices = _any(
            sorted({_topic(each): _words(each) for each in called_by}.items())
        )

    @property
    def on(self) -> bool:
        """Whether anything is filtered."""
        return self.is_valid() and any(self.cleaned_data.values())

    def of(self, rows: QuerySet[Clearance], actor: Actor) -> QuerySet[Clearance]:
        """What is left of the rows."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        for name, keep in _KEEP.items():
            if name in given:
                rows = keep(rows, given[name])
        if "topic" in given:
            rows = rows.filter(pk__in=self._of_topic(given["topic"]))
        if "mine" in given:
            written = Revision.objects.filter(editor=actor.id).values("draft")
            rows = rows.exclude(draft__in=written)
        return rows

    def _of_topic(self, topic: str) -> list[int]:
        return [
            pk
            for pk, called_by in self.reasons.items()
            if topic in {_topic(reason) for reason in called_by}
        ]


def overdue(rows: QuerySet[Clearance]) -> QuerySet[Clearance]:
    """Those whose time is over."""
    return rows.filter(due_at__lte=timezone.now())


def _aged(rows: QuerySet[Clearance], age: str) -> QuerySet[Clearance]:
    if age == OVERDUE:
        return overdue(rows)
    return rows.filter(requested_at__lt=timezone.now() - timedelta(days=int(age)))


_KEEP: Mapping[str, Callable[[QuerySet[Clearance], str], QuerySet[Clearance]]] = {
    "unit": lambda rows, slug: rows.filter(draft__unit__slug=slug),
    "account": lambda rows, pk: rows.filter(draft__accounts=int(pk)),
    "age": _aged,
}


def _any(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", "Any"), *choices]


def _topic(reason: str) -> str:
    """A rule's topic, or the reason itself: the author, the routine, a route."""
    return reason.partition("/")[0]


def _words(reason: str) -> str:
    return reasons_in_words([reason])[0]
