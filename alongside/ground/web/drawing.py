"""How Django's fields become the Design System's."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from alongside.ground.web.forms import DateField, DateWidget, PoundsField

LONG = 10  # choices: more of them stand small, and in two columns where there is room


@dataclass(frozen=True)
class Part:
    """What one field is drawn with: the kind of macro and its parameters."""

    kind: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Behind:
    """The fields of a form that stand behind a press (`Form.more`), what is pressed, and whether they stand open."""

    names: tuple[str, ...]
    words: str
    is_open: bool


def behind(form: forms.BaseForm) -> Behind:
    """What few need of a form, of ours or of a library: open where it says something else than usual, or was refused."""
    names: tuple[str, ...] = getattr(form, "more", ())
    said = [(form[name].value() or "", form.fields[name].initial or "") for name in names]
    is_open = any(str(value) != str(usual) for value, usual in said) or not form.errors.keys().isdisjoint(names)
    return Behind(names, getattr(form, "more_words", ""), is_open)


def errors(form: forms.BaseForm) -> list[dict[str, str]]:
    """The lines of the error summary, each leading to its field."""
    lines = [{"text": str(error), "href": "#"} for error in form.non_field_errors()]
    for bound in form:
        target = f"#{bound.id_for_label or bound.auto_id}" if not isinstance(bound.field, DateField) else f"#{bound.auto_id}-day"
        lines += [{"text": str(error), "href": target} for error in bound.errors]
    return lines


def field(bound: forms.BoundField, classes: str = "", label_classes: str = "", rows: int = 5) -> Part:
    """How a field is drawn: its kind, and the Design System's parameters for it."""
    asked: Any = bound.field
    widget, identity = asked.widget, str(bound.id_for_label or bound.auto_id)
    if bound.is_hidden:
        return Part("hidden", {})
    shown_with = getattr(bound.form, "shown_with", {}).get(bound.name, "")
    needs_no_word = bound.field.required or shown_with or bound.name in getattr(bound.form, "sometimes", ())
    is_ticked = isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple)
    optional = "" if needs_no_word or is_ticked else " (optional)"
    label = {"text": f"{bound.label}{optional}", "classes": label_classes or "govuk-label--s"}
    params: dict[str, Any] = {"id": identity, "name": bound.html_name, "classes": classes}
    if shown_with:
        params["formGroup"] = {"classes": " ".join(f"al-shown-with--{one}" for one in shown_with.split()), "attributes": {}}
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {"text": str(bound.errors[0])}
    value = bound.value()
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _choices(bound, params, label)
    if isinstance(widget, forms.CheckboxInput):
        item = {"value": "on", "text": bound.label, "checked": bool(value), "id": identity, "hint": params.pop("hint", None)}
        return Part("checkboxes", params | {"idPrefix": identity, "items": [item]})
    if isinstance(widget, DateWidget):
        return _date(bound, params, label)
    params["label"] = label
    if isinstance(widget, forms.Select):
        items = [{"value": str(key), "text": str(text), "selected": str(key) == str(value or "")} for key, text in asked.choices]
        return Part("select", params | {"items": items})
    if isinstance(widget, forms.FileInput):
        return Part("file", params)
    if isinstance(widget, forms.PasswordInput):
        return Part("password", params | {"autocomplete": widget.attrs.get("autocomplete", "current-password")})
    params["value"] = "" if value is None else str(value)
    if isinstance(widget, forms.Textarea):
        if asked.max_length:
            return Part("counted", params | {"rows": rows, "maxlength": asked.max_length})
        return Part("textarea", params | {"rows": rows})
    for name in ("autocomplete", "inputmode", "spellcheck"):
        if name in widget.attrs:
            params[name] = widget.attrs[name]
    if isinstance(widget, forms.EmailInput):
        params |= {"type": "email", "autocomplete": widget.attrs.get("autocomplete", "email"), "spellcheck": False}
    if isinstance(bound.field, PoundsField):
        params |= {"prefix": {"text": "£"}, "inputmode": "decimal", "classes": classes or "govuk-input--width-10"}
    if isinstance(bound.field, forms.IntegerField):
        params |= {"inputmode": "numeric", "classes": classes or "govuk-input--width-5"}
    return Part("input", params)


def _choices(bound: forms.BoundField, params: dict[str, Any], label: dict[str, str]) -> Part:
    asked: Any = bound.field
    many = isinstance(asked.widget, forms.CheckboxSelectMultiple)
    value = bound.value()
    chosen = {str(one) for one in value or []} if many else {"" if value is None else str(value)}
    hints = getattr(bound.field, "choice_hints", {})
    items = [
        {
            "value": str(key),
            "text": str(text),
            "checked": str(key) in chosen,
            "id": bound.auto_id if index == 0 else f"{bound.auto_id}-{index}",
            **({"hint": {"text": hints[key]}} if key in hints else {}),
        }
        for index, (key, text) in enumerate(asked.choices)
        if str(key) != "" or not asked.required
    ]
    legend = {"legend": {"text": label["text"], "classes": label["classes"].replace("label", "fieldset__legend")}}
    kind = "checkboxes" if many else "radios"
    first = getattr(asked, "unfolded", len(items))
    if min(len(items), first) > LONG:
        params["classes"] += f" govuk-{kind}--small al-many"
    params |= {"idPrefix": bound.auto_id, "items": items[:first], "fieldset": legend}
    return Part(kind, params | {"more": items[first:], "is_open": any(one["checked"] for one in items[first:])})


def _date(bound: forms.BoundField, params: dict[str, Any], label: dict[str, str]) -> Part:
    value = bound.value()
    texts = bound.field.widget.decompress(value) if isinstance(value, date) or not value else list(value)
    wrong = " govuk-input--error" if bound.errors else ""
    items = [
        {
            "name": f"{bound.html_name}_{name}",
            "id": f"{bound.auto_id}-{name}",
            "label": name.capitalize(),
            "value": text or "",
            "classes": f"govuk-input--width-{4 if name == 'year' else 2}{wrong}",
        }
        for name, text in zip(("day", "month", "year"), texts, strict=True)
    ]
    legend = {"legend": {"text": label["text"], "classes": label["classes"].replace("label", "fieldset__legend")}}
    return Part("date", params | {"items": items, "fieldset": legend})
