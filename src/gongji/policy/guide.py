"""What the rules say of doing one thing in one area: where, who, how, when, and what nobody says.

A value is asked for every mechanism in use there and for every group that a clause sets apart; what
is the same for all of them is kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongji.policy.guide_parts import (
    ABOUT_MOVED_MONEY,
    DOES,
    MIXED_UP,
    MOVING,
    NAMES_RULES,
    NEEDED,
    PARTS,
    RULES_ABOUT,
)
from gongji.policy.pack import NATION, Confidence, Pack, Qualifiers, Region, Statement
from gongji.policy.resolve import Query, Ruling, collect, qualifiers_of, resolve
from gongji.words.areas import province_of
from gongji.words.mechanisms import MECHANISMS, WALLET_MECHANISMS
from gongji.words.purposes import PREMIUMS

_HOME = tuple(code for code in MECHANISMS.codes if code not in WALLET_MECHANISMS)
_WALLET = tuple(code for code in MECHANISMS.codes if code in WALLET_MECHANISMS)
_ACTS = {"bind": "bind", "wallet": "transfer", "reverse": "reverse"}
"""The act that clauses speak of under `when`, where it is not plain use."""
_HOLDS_ANYWHERE = frozenset({"retire"})
"""The actions to which it does not matter by which mechanism a relative is paid for."""


@dataclass(frozen=True, slots=True)
class Said:
    """One value, or one thing not known. `when` is what sets it apart from its neighbours."""

    parameter: str
    when: Qualifiers
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a guide; `year` is the year of benefit where the part is about one."""

    name: str
    said: tuple[Said, ...]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide to `action` in `area` on the day `on`.

    `region` is None where no rule file covers the area. `mechanisms` are those that somebody speaks
    of and that are not known to be closed; their states are the part `ways`. The values of the
    topics channel, materials and standing are mappings; the part `names` is on 亲情账户.
    `does_it` is whether the channels are known to serve the action itself. `elsewhere` are the
    areas within this one with clauses of their own.
    """

    action: str
    area: str
    on: date
    region: Region | None
    mechanisms: tuple[str, ...]
    parts: tuple[Part, ...]
    unknown: tuple[Said, ...]
    does_it: bool
    elsewhere: tuple[str, ...]

    @property
    def tells_names(self) -> bool:
        """Whether people take 亲情账户 for 家庭共济 when they do this."""
        return self.action in MIXED_UP

    def value(self, parameter: str) -> object:
        """Return the value meant for everybody, or None where there is none."""
        said = (each for part in self.parts for each in part.said)
        plain = (each for each in said if each.parameter == parameter and not each.when)
        return next((each.ruling.value for each in plain if each.ruling.known), None)


@dataclass(frozen=True, slots=True)
class _Scene:
    """Who asks what: the contexts are one query for each mechanism."""

    pack: Pack
    action: str
    area: str
    on: date
    contexts: tuple[Query, ...]


def guide_to(pack: Pack, action: str, area: str, on: date) -> Guide:
    """Return the guide to `action` (a key of PARTS) in the area on the day."""
    ways = _ways(pack, action, area, on)
    mechanisms = tuple(way.parameter.partition(".")[2] for way in ways if _may_be_open(way.ruling))
    among = mechanisms or (_WALLET if action == "wallet" else _HOME)
    scene = _Scene(pack, action, area, on, tuple(_context(action, code) for code in among))
    asked = [_part(scene, name, parameters) for name, parameters in _parameters(scene, mechanisms)]
    asked += [
        _part(_of_year(scene, year), "prices", PARTS[action]["prices"], year)
        for year in (on.year, on.year + 1)
        if "prices" in PARTS[action]
    ]
    channels, does_it = _channels(scene)
    materials = _materials(scene)
    collected = {"channels": channels, "materials": materials, **_standing(scene)}
    return Guide(
        action=action,
        area=area,
        on=on,
        region=pack.region(province_of(area)),
        mechanisms=mechanisms,
        parts=(*_shown(ways, action), *_in_order(action, asked, collected)),
        unknown=tuple(_not_known(scene, asked, channels, materials)),
        does_it=does_it,
        elsewhere=_elsewhere(scene),
    )


def _ways(pack: Pack, action: str, area: str, on: date) -> tuple[Said, ...]:
    names = _WALLET if action == "wallet" else _HOME
    rulings = [resolve(pack, f"mechanism.{name}", area, {}, on) for name in names]
    return tuple(Said(each.parameter, (), each) for each in rulings if each.why != "silent")


def _shown(ways: tuple[Said, ...], action: str) -> tuple[Part, ...]:
    return (Part("ways", ways),) if ways and action not in _HOLDS_ANYWHERE else ()


def _may_be_open(ruling: Ruling) -> bool:
    return not (ruling.known and ruling.value == "not_live")


def _context(action: str, mechanism: str) -> dict[str, frozenset[str]]:
    context = {
        "mechanism": frozenset({mechanism}),
        "action": frozenset({_ACTS.get(action, "use")}),
    }
    if action in ("premium", "reverse"):
        context["purpose"] = frozenset({"resident_premium"})
    return context


def _of_year(scene: _Scene, year: int) -> _Scene:
    contexts = tuple({**context, "year": frozenset({str(year)})} for context in scene.contexts[:1])
    return _Scene(scene.pack, scene.action, scene.area, scene.on, contexts)


def _parameters(
    scene: _Scene, mechanisms: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((name, asked) for name, asked in PARTS[scene.action].items() if name != "prices")
    if "family_pool" in mechanisms and scene.action == "pay":
        yield "moving", MOVING


def _part(scene: _Scene, name: str, parameters: Iterable[str], year: int | None = None) -> Part:
    """Return everything said of the parameters; limits.each stands for one a relation."""
    spoken = (
        one for parameter in parameters for one in _one_by_one(scene.pack, parameter, scene.area)
    )
    return Part(name, tuple(said for one in spoken for said in _said(scene, one)), year=year)


def _one_by_one(pack: Pack, parameter: str, area: str) -> list[str]:
    if parameter != "limits.each":
        return [parameter]
    names = {
        name for layer in pack.layers for name in layer.timelines if name.startswith(parameter)
    }
    return sorted(name for name in names if qualifiers_of(pack, name, area))


def _said(scene: _Scene, parameter: str) -> list[Said]:
    """Return what holds of the parameter, each value once with the mechanisms it is for."""
    found: list[tuple[Qualifiers, Ruling, list[str]]] = []
    for context in scene.contexts:
        (mechanism,) = context["mechanism"]
        for when, ruling in _variants(scene, parameter, context):
            same = next((each for each in found if each[:2] == (when, ruling)), None)
            if same is None:
                same = (when, ruling, [])
                found.append(same)
            same[2].append(mechanism)
    return [
        Said(parameter, _with_mechanisms(when, mechanisms, len(scene.contexts)), ruling)
        for when, ruling, mechanisms in found
    ]


def _with_mechanisms(when: Qualifiers, mechanisms: list[str], all_of_them: int) -> Qualifiers:
    if len(mechanisms) == all_of_them:
        return when
    return (*when, ("mechanism", frozenset(mechanisms)))


def _variants(scene: _Scene, parameter: str, context: Query) -> Iterator[tuple[Qualifiers, Ruling]]:
    """Yield what holds for everybody, then what holds for those whom a clause sets apart."""
    general = resolve(scene.pack, parameter, scene.area, context, scene.on)
    special = [
        (rest, resolve(scene.pack, parameter, scene.area, {**dict(rest), **context}, scene.on))
        for rest in _set_apart(scene, parameter, context)
    ]
    special = [
        (rest, ruling)
        for rest, ruling in special
        if (ruling.value, ruling.clauses) != (general.value, general.clauses)
    ]
    if not _leave_nothing_over(special):
        yield (), general
    yield from special


def _leave_nothing_over(special: list[tuple[Qualifiers, Ruling]]) -> bool:
    """Whether the special values cover everybody who is insured in one province."""
    distances = [
        word
        for rest, ruling in special
        if ruling.known and [name for name, _words in rest] == ["distance"]
        for word in dict(rest)["distance"]
    ]
    return {"pooling_area", "province"} <= set(distances)


def _set_apart(scene: _Scene, parameter: str, context: Query) -> list[Qualifiers]:
    """Return the qualifiers under which clauses speak, without those that the context settles."""
    fitting = (
        when
        for when in qualifiers_of(scene.pack, parameter, scene.area)
        if all(words & context.get(name, words) for name, words in when)
    )
    rests = (tuple(pair for pair in when if pair[0] not in context) for when in fitting)
    return [rest for rest in dict.fromkeys(rests) if rest and not _is_of_a_premium(rest)]


def _is_of_a_premium(when: Qualifiers) -> bool:
    return dict(when).get("purpose", frozenset({""})) <= PREMIUMS


def _telling(part: Part) -> tuple[Said, ...]:
    """Leave out the least that a price can be where the price itself is known."""
    if not _has_price(part):
        return part.said
    return tuple(said for said in part.said if said.parameter != "premium.price_at_least")


def _has_price(part: Part) -> bool:
    return any(
        said.ruling.known
        and (
            said.parameter == "premium.price"
            or (
                said.parameter == "premium.phases"
                and any(phase.fen is not None for phase in said.ruling.value)
            )
        )
        for said in part.said
    )


def _not_known(
    scene: _Scene, parts: Iterable[Part], channels: tuple[Said, ...], materials: tuple[Said, ...]
) -> Iterator[Said]:
    if not channels:
        yield _nobody_says(scene, "channel.name")
    if "materials" in PARTS[scene.action] and not materials:
        yield _nobody_says(scene, "materials.items")
    for part in parts:
        year = () if part.year is None else (("year", frozenset({str(part.year)})),)
        for said in part.said:
            if not said.ruling.known and _is_worth_telling(said, part, scene):
                yield Said(said.parameter, (*said.when, *year), said.ruling)


def _is_worth_telling(said: Said, part: Part, scene: _Scene) -> bool:
    if said.parameter == "premium.price" and _has_price(part):
        return False
    if said.ruling.why != "silent":
        return True
    if any(each.ruling.known for each in part.said if each.parameter == said.parameter):
        return False
    moves = any(not context["mechanism"] <= {"authorisation"} for context in scene.contexts)
    return said.parameter in NEEDED and (moves or said.parameter not in ABOUT_MOVED_MONEY)


def _nobody_says(scene: _Scene, parameter: str) -> Said:
    ruling = resolve(scene.pack, parameter, scene.area, scene.contexts[0], scene.on)
    return Said(parameter, (), ruling)


def _collected(scene: _Scene, topic: str, contexts: Iterable[Query]) -> tuple[Said, ...]:
    """Return what a collecting topic says under any of the contexts, each thing once."""
    found = (
        statement
        for context in contexts
        for statement in collect(scene.pack, topic, scene.area, context, scene.on)
    )
    once = {(each.clause.id, each.value): each for each in found}
    return tuple(
        Said(topic, _apart_from(scene, each), _ruling(each, scene.area)) for each in once.values()
    )


def _apart_from(scene: _Scene, statement: Statement) -> Qualifiers:
    """Return the mechanisms that a statement is for, where it is not for all that are asked of."""
    mechanisms = dict(statement.when).get("mechanism")
    if mechanisms is None or all(context["mechanism"] <= mechanisms for context in scene.contexts):
        return ()
    return (("mechanism", mechanisms),)


def _ruling(statement: Statement, area: str) -> Ruling:
    """Return a statement of a collecting topic as a ruling, with the doubts that any would have."""
    clause = statement.clause
    inherited = clause.region == NATION and area != NATION
    marks = {
        "undated": clause.undated,
        "inherited": inherited,
        "disputed": bool(clause.dissents),
    }
    weak = clause.undated or inherited
    return Ruling(
        statement.parameter,
        area,
        dict(statement.value),
        clauses=(clause,),
        confidence=min(clause.confidence, Confidence.MEDIUM) if weak else clause.confidence,
        marks=frozenset(name for name, holds in marks.items() if holds),
    )


def _channels(scene: _Scene) -> tuple[tuple[Said, ...], bool]:
    """Return the channels of use and whether they are known to serve the action itself.

    Whoever binds or unbinds is shown the national channels of the wallet as well.
    """
    among = scene.contexts
    if scene.action in ("bind", "unbind"):
        among += tuple(_context(scene.action, mechanism) for mechanism in _WALLET)
    channels = _collected(scene, "channel", among)
    for place, does in enumerate(DOES[scene.action]):
        fitting = tuple(
            each for each in channels if does & set(each.ruling.value.get("does", does))
        )
        if fitting:
            return fitting, place == 0
    return (), True


def _materials(scene: _Scene) -> tuple[Said, ...]:
    wanted = "materials" in PARTS[scene.action]
    return _collected(scene, "materials", scene.contexts) if wanted else ()


def _standing(scene: _Scene) -> dict[str, tuple[Said, ...]]:
    """Return the rules in words that are about the action, those on 亲情账户 by themselves."""
    rules = _collected(scene, "standing", scene.contexts)
    names = tuple(rule for rule in rules if _is_about_names(rule))
    rest = tuple(each for each in rules if each not in names and _is_about(each, scene.action))
    return {"names": names if scene.action in MIXED_UP else (), "standing": rest}


def _words_of(rule: Said) -> frozenset[str]:
    return frozenset(rule.ruling.value["rule"].split("_"))


def _is_national(rule: Said) -> bool:
    return rule.ruling.clauses[0].region == NATION


def _is_about_names(rule: Said) -> bool:
    """Whether the rule tells 亲情账户 from 家庭共济: the nation's two, and any local one."""
    if _is_national(rule):
        return rule.ruling.value["rule"] in NAMES_RULES
    return {"credential", "account"} <= _words_of(rule) or {"family", "accounts"} <= _words_of(rule)


def _is_about(rule: Said, action: str) -> bool:
    """Whether a standing rule is about the action; a local one about none is told to all users."""
    words = _words_of(rule)
    if words & RULES_ABOUT[action]:
        return True
    placed = any(words & about for about in RULES_ABOUT.values())
    return not placed and not _is_national(rule) and action in MIXED_UP


def _in_order(
    action: str, asked: list[Part], collected: Mapping[str, tuple[Said, ...]]
) -> Iterator[Part]:
    """Yield the parts that say something in reading order, the general steps' empty one too."""
    for name in dict.fromkeys((*PARTS[action], "moving", "names", "standing")):
        for part in [part for part in asked if part.name == name] or [Part(name, ())]:
            known = tuple(said for said in _telling(part) if said.ruling.known)
            said = known + collected.get(name, ())
            if said or name == "steps" or (name == "names" and action in MIXED_UP):
                yield Part(name, said, part.year)


def _elsewhere(scene: _Scene) -> tuple[str, ...]:
    """Return the areas within a province that have clauses of their own on what is asked."""
    if scene.area == NATION or province_of(scene.area) != scene.area:
        return ()
    asked = {name for names in PARTS[scene.action].values() for name in names} | {"channel"}
    areas = {
        area
        for layer in scene.pack.layers
        for parameter in asked & layer.timelines.keys()
        for area in layer.timelines[parameter]
    }
    return tuple(sorted(each for each in areas - {scene.area} if province_of(each) == scene.area))
