"""What was wrong with a command line, in our words: the parser's own are English alone."""

from __future__ import annotations

import re
from typing import Any

from gongji.render.language import _


def usage_message(error: Any) -> str:
    """Return what the parser's error says, in the language of the reader."""
    name = _name(error)
    match type(error).__name__:
        case "MissingParameter":
            return _("`{name}` is missing").format(name=name)
        case "NoSuchOption":
            return _("no such option `{name}`").format(name=error.option_name)
        case "BadParameter" if name:
            return _("`{name}`: {message}").format(name=name, message=_value(error))
        case _:
            return str(error.format_message()).rstrip(".").removeprefix("Invalid value: ")


def usage_hint(error: Any) -> str | None:
    """Return the next step: an amount without its sign, a near option, or where the help is."""
    if re.match(r"-[.\d]", str(getattr(error, "option_name", ""))):
        return _("an amount is positive: write it without a sign, such as 12.50")
    near = getattr(error, "possibilities", None)
    if near:
        names = ", ".join(f"`{name}`" for name in sorted(near))
        return _("did you mean {names}?").format(names=names)
    context = getattr(error, "ctx", None)
    if context is None:
        return _("see `{command} --help`").format(command="gongji")
    return _("see `{command} --help`").format(command=context.command_path)


def _name(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    if parameter.param_type_name == "argument":
        return str(parameter.human_readable_name).upper()
    return str(parameter.opts[0])


def _value(error: Any) -> str:
    text = str(error.message).rstrip(".")
    if text.endswith("is not a valid integer") or text.endswith("is not a valid int"):
        return _("not a whole number")
    return text
