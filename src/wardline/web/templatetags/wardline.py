"""How pages say states, times, offices and titles."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from wardline.audit.states import Stateful
from wardline.channels.redline import Segment
from wardline.institution import current
from wardline.people.access import Actor
from wardline.people.roles import Role
from wardline.publishing.models import Clearance, Draft
from wardline.web.marks import Piece, Span
from wardline.web.outcomes import said
from wardline.web.words import ACTIONS, SEVERITIES, WORDS

register = template.Library()


@register.simple_tag
def state(row: Stateful) -> SafeString:
    """The state of a draft, clearance or publication in words."""
    words, tone = (
        said(row) if isinstance(row, Draft) else WORDS[row.graph.noun][row.state]
    )
    return format_html('<span class="wl-state wl-state--{}">{}</span>', tone, words)


@register.simple_tag
def when(at: datetime) -> SafeString:
    """A time in the hospital's zone, with the zone: "Nov 22, 2026, 2:30 PM EST"."""
    words = date_format(timezone.localtime(at), "M j, Y, g:i A T")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), words)


@register.simple_tag(takes_context=True)
def title(context: Context, draft: Draft) -> str:
    """The draft's title, for those who may read it."""
    return title_for(context["user"].actor, draft)


@register.simple_tag
def ago(at: datetime) -> str:
    """How long ago, in its largest unit: "3 hours ago"."""
    now = timezone.now()
    if now - at < timedelta(minutes=1):
        return "just now"
    return f"{timesince(at, now, depth=1)} ago"


@register.filter
def lasted(length: timedelta) -> str:
    """A length of time in its largest unit: "3 hours"."""
    if length < timedelta(minutes=1):
        return "less than a minute"
    now = timezone.now()
    return timesince(now - length, now, depth=1)


@register.simple_tag
def marked(pieces: Sequence[Piece]) -> SafeString:
    """A text with its marks, each ending with the number of its finding."""
    return _text(
        format_html('<mark class="wl-mark wl-mark--{}">{}{}</mark>', *parts)
        if parts[0]
        else parts[1]
        for parts in ((one.severity, one.text, _numbers(one.ends)) for one in pieces)
    )


@register.simple_tag
def redlined(segments: Sequence[Segment]) -> SafeString:
    """What changed, word by word, said to those who cannot see the line."""
    said = {"del": "removed: ", "ins": "added: "}
    return _text(
        format_html(
            '<{0}><span class="usa-sr-only">{1}</span>{2}</{0}>',
            one.kind,
            said[one.kind],
            one.text,
        )
        if one.kind in said
        else one.text
        for one in segments
    )


@register.simple_tag
def decider(row: Clearance) -> str:
    """Who decided it, and for whom they stood in or by which link."""
    return f"{row.decided_by or ''} {row.decided_as}".strip()


@register.filter
def office(slug: str) -> str:
    """An office's name; its slug where the institution no longer has it."""
    known = current().offices.get(slug)
    return known.name if known else slug


@register.filter
def role(name: str) -> str:
    """A hospital-wide role in words: an office, or what `Role` calls it."""
    return Role(name).label if name in Role else office(name)


@register.filter
def severity(value: str) -> str:
    """A finding's severity in words."""
    return SEVERITIES[value]


@register.filter
def done(action: str) -> str:
    """An audit action in words."""
    return ACTIONS.get(action, action)


def title_for(actor: Actor, draft: Draft) -> str:
    """The title, but never that of a restricted draft to others than Privacy."""
    if draft.restricted and not actor.has(Role.PRIVACY):
        return f"Post {draft.pk}, withheld: it holds patient data"
    return draft.title


def _text(parts: Iterable[str]) -> SafeString:
    """A run of text in which white space counts, however its template is laid out."""
    inside = format_html_join("", "{}", ((part,) for part in parts))
    return format_html('<span class="wl-text">{}</span>', inside)


def _numbers(ends: Iterable[Span]) -> SafeString:
    return format_html_join(
        "",
        '<a class="wl-mark__number" href="#finding-{0}"'
        ' aria-label="{1}, finding {0}">{0}</a>',
        ((span.number, SEVERITIES[span.severity]) for span in ends),
    )
