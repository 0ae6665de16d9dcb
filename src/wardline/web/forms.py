"""Forms as the design system draws them, and the sign-in form."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField

FRAMES: dict[type[forms.Widget], str] = {
    forms.CheckboxInput: "usa-checkbox",
    forms.CheckboxSelectMultiple: "usa-checkbox",
    forms.RadioSelect: "usa-radio",
    forms.Select: "usa-select",
    forms.Textarea: "usa-textarea",
}
"""What the design system calls each widget; all others are `usa-input`."""


class Field(forms.BoundField):
    """A field of a form whose widget has the design system's class."""

    @property
    def frame(self) -> str:
        """The design system's name of the widget, for `parts/field.html`."""
        return FRAMES.get(type(self.field.widget), "usa-input")

    @property
    def optional(self) -> bool:
        """Whether to say that it may be left empty."""
        return not (
            self.field.required or self.name in getattr(self.form, "conditional", ())
        )

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add the class that the design system styles."""
        boxed = self.frame in {"usa-checkbox", "usa-radio"}
        name = f"{self.frame}__input" if boxed else self.frame
        return {"class": name, **super().build_widget_attrs(attrs, widget)}


class Form(forms.Form):
    """A form whose fields `parts/field.html` can draw."""

    bound_field_class = Field
    conditional: ClassVar[frozenset[str]] = frozenset()
    """Fields that are needed for some choices, and so are not called optional."""
    # The server says in words what is missing, with what was typed still there.
    use_required_attribute = False


class SignInForm(AuthenticationForm):
    """E-mail address and password."""

    bound_field_class = Field
    use_required_attribute = False
    username = UsernameField(
        label="Work e-mail address", widget=forms.EmailInput(attrs={"autofocus": True})
    )
    error_messages = {
        "invalid_login": (
            "That e-mail address and password do not belong together. Check both; "
            "capital letters count in the password."
        ),
        "inactive": "This sign-in is closed. Ask your Wardline administrator.",
    }
