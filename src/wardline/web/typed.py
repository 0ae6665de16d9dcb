"""What stands in the editor: its words with findings and help, and its posts as seen."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import msgspec
from django.utils import timezone

from wardline.institution import current
from wardline.people.models import Unit
from wardline.publishing.content import Content
from wardline.publishing.gate import Matter, requirements
from wardline.publishing.models import Draft, Revision
from wardline.publishing.screen import GAP, screen, screen_elsewhere
from wardline.publishing.templates import is_cleared_template
from wardline.screening import Finding
from wardline.web.draft_form import LONGEST, DraftForm
from wardline.web.elsewhere import others
from wardline.web.fixes import Help, helps
from wardline.web.mending import Place, places
from wardline.web.pictures import unit_picture_url
from wardline.web.previews import Preview, previews
from wardline.web.screened import Screened, screened


@dataclass(frozen=True, slots=True)
class Typed:
    """What the editor shows beside the form; `screened` is None for an empty text."""

    screened: Screened | None
    previews: Sequence[Preview]


def typed(
    form: DraftForm, unit: Unit, draft: Draft | None, post: Mapping[str, str]
) -> Typed:
    """Screen and lay out what stands in the form; nothing is stored."""
    content = form.typed
    if not (content.title.strip() or content.text.strip() or content.pictures):
        return Typed(None, ())
    first, *own = places(content)
    revision = _revision(draft or Draft(unit=unit), content, first.kind)

    def picture_at(sha256: str) -> str:
        return unit_picture_url(unit.slug, sha256)

    beside = {each.account: _offered(each, revision, post) for each in own}
    shown = screened(
        content.title,
        content.text,
        revision.findings,
        needed=requirements(_matter(revision, content, unit), current()),
        helps=_offered(first, revision, post),
        others=others(revision, picture_at, beside),
    )
    if max(map(len, (content.text, *revision.variants.values()))) > LONGEST:
        return Typed(shown, ())
    return Typed(shown, previews(revision, content.accounts, picture_at))


def _offered(place: Place, revision: Revision, post: Mapping[str, str]) -> list[Help]:
    """The help for what was found in one text, its buttons named for that text."""
    text, found = revision.text, revision.findings
    if pk := place.account:
        text = revision.variants[pk]
        found = revision.findings_elsewhere.get(f"account:{pk}", [])
    offered = helps(
        revision.title + GAP + text,
        place.context,
        msgspec.convert(found, list[Finding]),
        place.pressed(post),
    )
    return [replace(one, name=one.name and one.name + place.suffix) for one in offered]


def _matter(revision: Revision, content: Content, unit: Unit) -> Matter:
    """What decides who would be asked to clear it."""
    draft = revision.draft
    return Matter(
        findings=revision.every_finding,
        also_ask=content.also_ask,
        unit=unit,
        accounts=content.accounts,
        when=timezone.now(),
        reply=draft.is_reply,
        approved_words=is_cleared_template(draft, content.text),
        correction=bool(draft.corrects_id),
    )


def _revision(draft: Draft, content: Content, kind: str) -> Revision:
    """The revision that saving would make, not stored."""
    return Revision(
        draft=draft,
        title=content.title,
        text=content.text,
        variants=content.own_texts,
        pictures=[asdict(picture) for picture in content.pictures],
        account_ids=[account.pk for account in content.accounts],
        findings=screen(content.title, content.text, kind, reply=draft.is_reply)[0],
        findings_elsewhere=screen_elsewhere(content, reply=draft.is_reply),
    )
