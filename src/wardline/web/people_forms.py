"""The forms of the people page."""

from django import forms

from wardline.institution import current
from wardline.people.models import Person, Unit
from wardline.people.roles import Role, UnitRole
from wardline.registry.steps.set_access import InUnit
from wardline.web.forms import Form


def role_choices() -> list[tuple[str, str]]:
    """The hospital-wide roles, and offices of the institution that are none of them."""
    offices = [(slug, office.name) for slug, office in current().offices.items()]
    return list(dict([*offices, *Role.choices]).items())


def membership_choices() -> list[tuple[str, str]]:
    """Every role in every unit, as `12:author`."""
    return [
        (f"{unit.pk}:{role.value}", f"{unit}: {role.label}")
        for unit in Unit.objects.all()
        for role in UnitRole
    ]


class PersonForm(Form):
    """Who is to sign in."""

    name = forms.CharField(max_length=120)
    email = forms.EmailField(label="Work e-mail address")
    password = forms.CharField(
        label="First password",
        help_text="At least 12 characters. Leave it empty to have one made.",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class AccessForm(Form):
    """What a person may do."""

    roles = forms.MultipleChoiceField(
        label="For the whole hospital",
        choices=role_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    memberships = forms.MultipleChoiceField(
        label="In units",
        choices=membership_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def of(cls, person: Person) -> "AccessForm":
        """The form as the person's access stands."""
        inside = person.memberships.values_list("unit_id", "role")
        return cls(
            initial={
                "roles": list(person.groups.values_list("name", flat=True)),
                "memberships": [f"{unit}:{role}" for unit, role in inside],
            }
        )

    @property
    def in_units(self) -> frozenset[InUnit]:
        """The memberships that were ticked."""
        ticked = (one.split(":") for one in self.cleaned_data["memberships"])
        return frozenset((int(unit), role) for unit, role in ticked)


class UnitForm(Form):
    """A new unit."""

    name = forms.CharField(label="Name of the unit", max_length=120)
