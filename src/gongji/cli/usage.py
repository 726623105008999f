"""What was wrong with a command line, in our words: the parser's own are English alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from gongji.render.language import N_, _
from gongji.words.text import clean

_SEE_HELP: Final = N_("see `{command} --help`")

USAGE: Final[Mapping[str, tuple[str, str]]] = {
    "usage.command-unknown": (N_("no such command `{name}`"), _SEE_HELP),
    "usage.option-unknown": (N_("no such option `{name}`"), _SEE_HELP),
    "usage.option-value": (N_("`{name}` needs a value after it"), _SEE_HELP),
    "usage.option-alone": (N_("`{name}` takes no value"), _SEE_HELP),
    "usage.missing": (N_("`{name}` is missing"), _SEE_HELP),
    "usage.extra": (N_("too much is given: `{text}`"), _SEE_HELP),
    "usage.value": (N_("`{name}`: {message}"), _SEE_HELP),
}
"""What is wrong and the next step, by code. Help that was not asked for is no error."""

HELP: Final = "usage.help"

DID_YOU_MEAN: Final = N_("did you mean {names}?")
WITHOUT_SIGN: Final = N_("an amount is positive: write it without a sign, such as 12.50")

NEXT_STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "usage.command-unknown": (DID_YOU_MEAN,),
    "usage.option-unknown": (DID_YOU_MEAN, WITHOUT_SIGN),
}
"""What else the next step may be, by code."""

_EXTRA = "Got unexpected extra argument(s) ("


def told_of(error: Any) -> dict[str, Any]:
    """Return code, message and hint of an error of the parser."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return {"code": HELP, "message": str(error.format_message()), "hint": None}
    code, given = _read(error)
    values = {name: clean(text) for name, text in given.items()}
    cause, hint = USAGE[code]
    if code == "usage.value" and not values["name"]:
        cause = "{message}"
    message = _(cause).format_map(values)
    return {"code": code, "message": message, "hint": _hint(error, hint)}


def _read(error: Any) -> tuple[str, dict[str, str]]:
    """Return the code, and the values of its sentence."""
    name, message = _name(error), str(error.message)
    match type(error).__name__:
        case "NoSuchCommand":
            return "usage.command-unknown", {"name": message}
        case "MissingParameter":
            return "usage.missing", {"name": name}
        case "NoSuchOption":
            return "usage.option-unknown", {"name": str(error.option_name)}
        case "BadOptionUsage":
            kind = "value" if " requires " in message else "alone"
            return f"usage.option-{kind}", {"name": str(error.option_name)}
        case "UsageError" if message.startswith(_EXTRA):
            return "usage.extra", {"text": message.removeprefix(_EXTRA).rstrip(")")}
        case "UsageError" if message == "Missing command.":
            return "usage.missing", {"name": "COMMAND"}
        case _:
            return "usage.value", {"name": name, "message": _value(message)}


def _hint(error: Any, template: str) -> str:
    """Return the next step: an amount without its sign, a near option, or where the help is."""
    if re.match(r"-[.\d]", str(getattr(error, "option_name", ""))):
        return _(WITHOUT_SIGN)
    near = getattr(error, "possibilities", None)
    if near:
        return _(DID_YOU_MEAN).format(names=", ".join(f"`{name}`" for name in sorted(near)))
    context = getattr(error, "ctx", None)
    return _(template).format(command="gongji" if context is None else context.command_path)


def _name(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    if parameter.param_type_name == "argument":
        return str(parameter.human_readable_name).upper()
    return str(parameter.opts[0])


def _value(message: str) -> str:
    text = message.rstrip(".")
    if text.endswith("is not a valid integer") or text.endswith("is not a valid int"):
        return _("not a whole number")
    return text
