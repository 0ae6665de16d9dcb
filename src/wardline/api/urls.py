"""The addresses of the API."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.types import DictStrAny
from pydantic_core import from_json
from typing_extensions import override

from wardline.api import (
    about,
    account_lists,
    accounts,
    check,
    errors,
    health,
    look_alikes,
    posts,
    registry,
    tasks,
    triage,
    verify,
    versions,
)


class StrictParser(Parser):
    """Reads JSON in UTF-8 only; lone surrogates and deep nesting are errors."""

    @override
    def parse_body(self, request: HttpRequest) -> DictStrAny:
        body: DictStrAny = from_json(request.body, allow_inf_nan=False)
        return body


# No documentation page: ninja's needs inline scripts, which the site's policy forbids.
api = NinjaAPI(title="Wardline", version="1", docs_url=None, parser=StrictParser())
api.add_router("", check.router)
api.add_router("", triage.router)
api.add_router("", verify.router)
api.add_router("", accounts.router)
api.add_router("", posts.router)
for resource in (registry, about, versions, tasks, look_alikes, account_lists):
    api.add_router("/registry", resource.router)
errors.install(api)

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/health", health.show, name="health"),
    path("api/", api.urls),
    path("healthz", health.show, name="healthz"),
    path(".well-known/wardline-keys.json", verify.keys, name="verify-keys"),
]
