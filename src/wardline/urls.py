"""Every address of the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wardline.api.urls")),
    path("", include("wardline.web.urls")),
]
