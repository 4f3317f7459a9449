"""The first two steps: the office, and who sets it up."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import Role, Salutation
from koba_desktop.gui.admin.form import RecordForm
from koba_desktop.gui.admin.kinds import Field, NotReadable
from koba_desktop.gui.admin.values import Choice, Codec, Ticks, Wrong
from koba_desktop.gui.first_run.steps import Content, Step
from koba_desktop.i18n import _, pgettext
from koba_desktop.i18n.messages import message
from koba_desktop.i18n.words import word

DISTRICT = "15085"  # Landkreis Harz, whose offices the program was made for
ROLES = (Role.LEAD, Role.ADVISOR, Role.RECEPTION)
"""What whoever sets up the office may be besides its administrator."""


class Required(Codec):
    """A text that has to be there."""

    def decode(self, content: str) -> str:
        if not content.strip():
            raise Wrong("field_missing")
        return content.strip()


class FormStep(Step):
    """A step that is one form. A field in ``follows`` says what others say until somebody types
    there."""

    def __init__(self, fields: tuple[Field, ...], content: Content, parent: QWidget) -> None:
        super().__init__(parent)
        self.form = RecordForm(self)
        self.fields = fields
        self._own: set[str] = set()  # fields of ``follows`` somebody typed in
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        self.form.show_fields(fields)
        self.form.show_content(content)
        self.form.edited.connect(self._on_edited)

    def follows(self, content: Content) -> Content:
        """What fields say that nobody typed in."""
        return {}

    def content(self) -> Content:
        return {**self.form.content(), "own": sorted(self._own)}

    def put(self, content: Content) -> None:
        known = self.form.content()
        self._own = set(content.get("own", ()))
        self.form.show_content({name: content.get(name, known[name]) for name in known})

    def values(self) -> dict[str, Any]:
        """The values typed. Raises NotReadable."""
        content, values, problems = self.form.content(), {}, []
        for field in self.fields:
            try:
                values[field.name] = field.codec.decode(content[field.name])
            except Wrong as wrong:
                problems.append(Problem(wrong.code, wrong.params, field.name))
        if problems:
            raise NotReadable(tuple(problems))
        return values

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each beneath its field (``where``); the first gets the keyboard."""
        texts: dict[str, str] = {}
        for problem in problems:
            texts.setdefault(problem.where, message(problem))
        self.form.show_problems(texts)
        first = next((field.name for field in self.fields if field.name in texts), "")
        if first:
            self.form.go_to(first)

    def start(self) -> None:
        self.form.go_to_first()

    def _on_edited(self, name: str) -> None:
        content = self.form.content()
        if name in self.follows(content):
            typed = bool(str(content[name]).strip())
            (self._own.add if typed else self._own.discard)(name)
        following = {
            field: text
            for field, text in self.follows(content).items()
            if field not in self._own and field != name
        }
        self.form.show_content({**content, **following})
        if self.form.problem(name):
            self.form.show_problems(
                {
                    each.name: self.form.problem(each.name)
                    for each in self.fields
                    if each.name != name
                }
            )
        self.edited.emit()


class OfficeStep(FormStep):
    """Name, address, and what may show in the window of an envelope."""

    def __init__(self, parent: QWidget) -> None:
        fields = (
            Field("name", _("Name"), Required(), hint=_("for example Regionalstelle Halberstadt")),
            Field("short_name", _("Short name"), Required(), hint=_("Used where space is tight.")),
            Field("street", _("Street"), Required()),
            Field("postcode", _("Postcode"), Required()),
            Field("town", _("Town"), Required()),
            Field("phone", _("Phone")),
            Field("email", _("E-mail")),
            Field(
                "return_line",
                _("Return line"),
                Required(),
                hint=_(
                    "Shows in the envelope window, above the address: it must not say who writes, "
                    "so not “Jobcenter” either."
                ),
            ),
            Field(
                "district_key",
                _("District key"),
                Required(),
                hint=_("For the incidence: five digits, for example 15085 for Harz."),
            ),
        )
        empty: Mapping[str, str] = {field.name: "" for field in fields}
        super().__init__(fields, {**empty, "district_key": DISTRICT}, parent)

    def title(self) -> str:
        return _("The office")

    def explanation(self) -> str:
        return _("This stands on letters and in their reply slips. More offices can follow later.")

    def follows(self, content: Content) -> Content:
        street, town = content["street"].strip(), content["town"].strip()
        place = f"{content['postcode'].strip()} {town}".strip()
        return {
            "short_name": town,
            "return_line": " · ".join(part for part in (street, place) if part),
        }


class PersonStep(FormStep):
    """Whoever sits here is the first member of staff, and administers the office."""

    def __init__(self, parent: QWidget) -> None:
        fields = (
            Field(
                "salutation",
                _("Salutation"),
                Choice(tuple((each, word(each)) for each in Salutation)),
            ),
            Field("given_name", _("Given name")),
            Field("family_name", _("Family name"), Required()),
            Field("initials", _("Initials"), Required(), hint=_("Shown on narrow appointments.")),
            Field("phone", _("Phone")),
            Field(
                "roles",
                _("You are also"),
                Ticks(tuple((each, word(each)) for each in ROLES)),
                hint=_("You administer the office. Colleagues are entered in Administration."),
            ),
        )
        content = {
            **{field.name: "" for field in fields},
            "salutation": Salutation.NONE.value,
            "roles": [Role.LEAD.value, Role.ADVISOR.value],
        }
        super().__init__(fields, content, parent)

    def title(self) -> str:
        return pgettext("first start", "You")

    def explanation(self) -> str:
        return _("You are the first member of staff. This login of the PC will work as you.")

    def values(self) -> dict[str, Any]:
        values = super().values()
        return {**values, "roles": (Role.ADMINISTRATOR, *values["roles"])}

    def follows(self, content: Content) -> Content:
        return {"initials": content["family_name"].strip()[:2].upper()}

    def advises(self) -> bool:
        """Whether this person holds consultations."""
        return Role.ADVISOR.value in self.form.content()["roles"]
