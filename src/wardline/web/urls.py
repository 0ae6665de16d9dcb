"""The addresses of the pages."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import URLPattern, path

from wardline.web import dashboard
from wardline.web.forms import SignInForm

urlpatterns: list[URLPattern] = [
    path("", dashboard.show, name="dashboard"),
    path(
        "sign-in",
        LoginView.as_view(
            template_name="registration/sign_in.html",
            authentication_form=SignInForm,
            redirect_authenticated_user=True,
        ),
        name="sign-in",
    ),
    path("sign-out", LogoutView.as_view(), name="sign-out"),
]
