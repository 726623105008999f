"""gongji rules path, schema, new: where the rule files are, what they look like, how to begin."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.cli.exit import ExitCode
from gongji.cli.session import AsJson, day_of, fact, show, show_json
from gongji.cli.shape import command
from gongji.render import stream
from gongji.render.language import _

app = typer.Typer()


@command(
    app,
    "path",
    _("Print the folder of the shipped rules."),
    """
    gongji rules path
    ls "$(gongji rules path)"
    """,
)
def print_path(as_json: AsJson = False) -> int:
    """Print the folder of the rules that come with the program."""
    from gongji.policy.reading import shipped_rules

    path = str(shipped_rules())
    show({"schema": "gongji.rules-path/1", "path": path}, [path], as_json=as_json)
    return ExitCode.YES


@command(
    app,
    "schema",
    _("Print the JSON Schema of a rule file."),
    """
    gongji rules schema > rules/rule-file.schema.json
    gongji rules schema | jq '."$defs".Funds'
    """,
)
def print_schema(as_json: AsJson = False) -> int:
    """Print the JSON Schema; editors find it by the first line of a rule file."""
    import json

    from gongji.render.rule_file_schema import schema_text

    text = schema_text()
    if as_json:
        show_json(json.loads(text))
    else:
        stream.data(text)
    return ExitCode.YES


@command(
    app,
    "new",
    _("Print a rule file to begin with."),
    """
    gongji rules new 浙江 > mine/330000-zhejiang.toml
    gongji rules new 330000 --json | jq -r .text
    """,
)
def print_scaffold(
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("a province, as code or name"))],
    as_json: AsJson = False,
) -> int:
    """Print a sound rule file for a region, new or laid over its own: a source and a clause."""
    from gongji.policy.scaffold import scaffold
    from gongji.words.areas import area_name, pinyin_name, province_of

    region = fact("holder.area", code, "CODE")
    if province_of(region) != region:
        raise typer.BadParameter(
            _("a rule file covers a province: `{code}` is none").format(code=code)
        )
    pinyin = pinyin_name(region).lower()
    name = f"{region}-{pinyin}.toml"
    text = scaffold(region, area_name(region), pinyin, day_of(None))
    if as_json:
        show_json({"schema": "gongji.scaffold/1", "region": region, "name": name, "text": text})
    else:
        stream.data(text)
        stream.say(_next_step(region, name))
    return ExitCode.YES


def _next_step(region: str, name: str) -> str:
    from gongji.policy.reading import load, shipped_rules

    told = _("save it as {name}, fill it in, and run `gongji rules check`")
    if load([shipped_rules()]).region(region) is not None:
        told = _(
            "the rules of {region} are here already: save it as {name} in a folder of your own,"
            " and lay it over them with `--rules`"
        )
    return told.format(region=region, name=name)
