"""The addresses of the pages."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import URLPattern, path

from wardline.web import (
    accounts,
    audit,
    check,
    clearances,
    dashboard,
    draft_actions,
    drafts,
    editor,
    people,
    public,
    publications,
)
from wardline.web.forms import SignInForm

sign_in = LoginView.as_view(
    template_name="registration/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)

urlpatterns: list[URLPattern] = [
    path("", dashboard.show, name="dashboard"),
    path("sign-in", sign_in, name="sign-in"),
    path("check", check.show, name="check"),
    path("corrections/<str:public_id>", public.show, name="corrections"),
    path("accounts", accounts.index, name="accounts"),
    path("accounts/register", accounts.register, name="register-account"),
    path("accounts/<int:pk>", accounts.show, name="account"),
    path("accounts/<int:pk>/change", accounts.change, name="change-account"),
    path("accounts/<int:pk>/sign-in", accounts.store, name="store-credential"),
    path("audit", audit.show, name="audit"),
    path("people", people.index, name="people"),
    path("people/add", people.add, name="add-person"),
    path("people/<int:pk>", people.show, name="person"),
    path("people/<int:pk>/password", people.password, name="set-password"),
    path("people/<int:pk>/access", people.access, name="set-access"),
    path("people/<int:pk>/standing", people.standing, name="set-standing"),
    path("people/units", people.units, name="units"),
    path("sign-out", LogoutView.as_view(), name="sign-out"),
    path("drafts", drafts.index, name="drafts"),
    path("drafts/new", editor.choose_unit, name="choose-unit"),
    path("drafts/new/<slug:slug>", editor.new, name="new-draft"),
    path("drafts/<int:pk>", draft_actions.show, name="draft"),
    path("drafts/<int:pk>/edit", editor.edit, name="edit-draft"),
    path("drafts/<int:pk>/submit", draft_actions.ask, name="submit-draft"),
    path("drafts/<int:pk>/schedule", draft_actions.set_time, name="schedule-draft"),
    path(
        "drafts/<int:pk>/unschedule", draft_actions.take_back, name="unschedule-draft"
    ),
    path("drafts/<int:pk>/cancel", draft_actions.give_up, name="cancel-draft"),
    path("drafts/<int:pk>/correct", draft_actions.correct, name="correct-draft"),
    path("drafts/<int:pk>/withdraw", draft_actions.take_down, name="withdraw-draft"),
    path(
        "drafts/<int:pk>/publications",
        draft_actions.show_publications,
        name="draft-publications",
    ),
    path("publications", publications.index, name="publications"),
    path("publications/<int:pk>", publications.show, name="publication"),
    path("publications/<int:pk>/posted", publications.record, name="record-posted"),
    path("publications/<int:pk>/again", publications.again, name="try-again"),
    path("queue/<slug:office>", clearances.queue, name="queue"),
    path("clearances/<int:pk>", clearances.decide, name="clearance"),
]
