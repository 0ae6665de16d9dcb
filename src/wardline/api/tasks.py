"""`/api/registry/tasks`: what people have to do about accounts."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from wardline.api.registry_schema import (
    REFUSED,
    CloseIn,
    Id,
    TaskOut,
    TasksIn,
    TasksOut,
    page,
)
from wardline.api.tokens import ScopedToken, actor_of
from wardline.registry.models import Task
from wardline.registry.readable import readable
from wardline.registry.steps.tasks import close_task

router = Router(tags=["registry"])


@router.get(
    "/tasks", response={200: TasksOut, **REFUSED}, auth=ScopedToken("registry:read")
)
def tasks(request: HttpRequest, wanted: Query[TasksIn]) -> dict[str, Any]:
    """The tasks of the accounts that one may read, by when they are due."""
    mine = readable(actor_of(request)).values("pk")
    rows = Task.objects.filter(account__in=mine)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.account:
        rows = rows.filter(account=wanted.account)
    count, some = page(rows, wanted)
    return {"count": count, "items": list(some)}


@router.post(
    "/tasks/{pk}/close",
    response={200: TaskOut, **REFUSED},
    auth=ScopedToken("registry:keep"),
)
def close(request: HttpRequest, pk: Id, given: CloseIn) -> Task:
    """Close it as done, or drop it."""
    task = get_object_or_404(Task.objects.select_related("account"), pk=pk)
    close_task(actor_of(request), task, done=given.done)
    return task
