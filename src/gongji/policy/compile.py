"""From the tables of a rule file to statements: one value, one parameter, one area each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from gongji.policy import clause as clauses
from gongji.policy import schema, topics
from gongji.policy.pack import (
    BINDS,
    HOME,
    HOME_TOPICS,
    NATION,
    UNKNOWN,
    Accrual,
    AtLeast,
    Cap,
    Clause,
    Confidence,
    Dissent,
    Layer,
    PremiumPhase,
    Qualifiers,
    Region,
    Source,
    Statement,
)
from gongji.policy.parameters import Kind, kind_of

REACHES = ("pooling_area", "province", "nation")
"""A reach holds every narrower one: as a set, its gaps join like those of any other set."""

Entry = tuple[str, dict[str, frozenset[str]], Any]
"""(parameter, further qualifiers, value)"""


def compile_layer(files: Iterable[tuple[str, schema.RuleFile]]) -> Layer:
    """Return the layer that the (path, file) pairs make together."""
    regions: dict[str, Region] = {}
    sources: list[Source] = []
    clauses: list[Clause] = []
    statements: list[Statement] = []
    unknowns: dict[str, set[str]] = defaultdict(set)
    for path, file in files:
        region = _region(file.region, path)
        regions[region.code] = region
        by_key = {key: _source(key, table) for key, table in file.source.items()}
        sources += by_key.values()
        for clause, table in _clauses(file, region, by_key):
            clauses.append(clause)
            statements += _statements(clause, table)
        for name in file.unknown:
            area, slash, parameter = name.partition("/")
            unknowns[area if slash else region.code].add(parameter if slash else name)
    return Layer(
        regions=regions,
        sources=tuple(sources),
        clauses=tuple(clauses),
        statements=tuple(statements),
        timelines=_timelines(statements),
        unknowns={area: frozenset(names) for area, names in unknowns.items()},
    )


def _region(table: schema.RegionTable, path: str) -> Region:
    return Region(path=path, **table.model_dump())


def _source(key: str, table: schema.SourceTable) -> Source:
    return Source(key=key, **table.model_dump())


def _clauses(
    file: schema.RuleFile, region: Region, sources: dict[str, Source]
) -> Iterator[tuple[Clause, clauses.Clause]]:
    taken: Counter[str] = Counter()
    for topic, position, table in file.clauses():
        start = table.from_ or table.by
        year = getattr(table, "year", None)
        when = year or start or table.until or table.seen or "undated"
        where = table.area[0] if table.area and len(table.area) == 1 else region.code
        name = f"{where}/{topic}/{when}"
        taken[name] += 1
        yield (
            Clause(
                id=name if taken[name] == 1 else f"{name}.{taken[name]}",
                region=region.code,
                topic=topic,
                position=position,
                path=region.path,
                start=start,
                start_is_exact=table.from_ is not None,
                end=table.until or table.seen,
                end_is_exact=table.until is not None,
                sources=tuple(sources[key] for key in table.source if key in sources),
                confidence=Confidence[table.confidence.upper()],
                note=table.note,
                dissents=tuple(_dissent(entry, sources) for entry in table.dispute),
                binds=table.binds,
            ),
            table,
        )


def _dissent(entry: clauses.Dispute, sources: dict[str, Source]) -> Dissent:
    return Dissent(
        values=dict(entry.model_extra or {}),
        sources=tuple(sources[key] for key in entry.source if key in sources),
        note=entry.note,
    )


def _statements(clause: Clause, table: clauses.Clause) -> Iterator[Statement]:
    when = {
        name: frozenset(words) for name, words in table.when.model_dump(exclude_none=True).items()
    }
    if _speaks_of_home(clause, when):
        when[HOME] = frozenset({HOME})
    for area in table.area or [clause.region]:
        for parameter, further, value in _entries(table):
            qualifiers = tuple(sorted((when | further).items()))
            yield Statement(parameter, area, qualifiers, value, clause)


def _speaks_of_home(clause: Clause, when: dict[str, frozenset[str]]) -> bool:
    """A region's own rules do not travel: a wallet follows them only where a clause names it."""
    return clause.region != NATION and clause.topic in HOME_TOPICS and "mechanism" not in when


def _entries(table: clauses.Clause) -> Iterator[Entry]:
    yield from _not_found(table)
    match table:
        case topics.Purposes():
            yield from ((f"purposes.{word}", {}, True) for word in table.allow or ())
            yield from ((f"purposes.{word}", {}, False) for word in table.deny or ())
        case topics.Limits(beneficiaries=topics.Beneficiaries() as counts):
            yield from _limits(table, counts)
        case topics.Caps():
            if table.model_fields_set & {"amount", "set_by"}:
                yield f"caps.{table.per}", {}, Cap(table.amount, table.of, table.set_by)
        case topics.Premium():
            yield from _premium(table)
        case topics.Accrual():
            if table.model_fields_set & table.parameters():
                yield f"accrual.{table.who}", {}, _accrual(table)
        case _ if kind_of(table.topic) is Kind.COLLECTION:
            yield table.topic, {}, _whole(table)
        case _:
            yield from _fields(table)


def _fields(table: clauses.Clause) -> Iterator[Entry]:
    for name in sorted(table.parameters() & table.model_fields_set):
        parameter = f"{table.topic}.{name}"
        value = getattr(table, name)
        if name == "reach":
            value = frozenset(REACHES[: REACHES.index(value) + 1])
        elif isinstance(value, topics.AtLeast):
            value = AtLeast(value.at_least)
        elif isinstance(value, list):
            value = frozenset(value) if kind_of(parameter) is Kind.SET else tuple(value)
        yield parameter, {}, value


def _limits(table: topics.Limits, counts: topics.Beneficiaries) -> Iterator[Entry]:
    for name, count in (("holders", table.holders), ("beneficiaries", counts.total)):
        if count is not None:
            known = AtLeast(count.at_least) if isinstance(count, topics.AtLeast) else count
            yield f"limits.{name}", {}, known
    if counts.cumulative is not None:
        yield "limits.cumulative", {}, counts.cumulative
    for relation, number in counts.each.items():
        yield f"limits.each.{relation}", {}, number


def _not_found(table: clauses.Clause) -> Iterator[Entry]:
    for name in table.unknown or ():
        match table:
            case topics.Premium():
                yield f"premium.{name}", _premium_of_whom(table), UNKNOWN
            case topics.Caps():
                yield f"caps.{table.per}", {}, UNKNOWN
            case topics.Accrual():
                yield f"accrual.{table.who}", {}, UNKNOWN
            case _:
                yield f"{table.topic}.{name}", {}, UNKNOWN


def _accrual(table: topics.Accrual) -> Accrual:
    bands = tuple((band.from_age, band.amount) for band in table.bands or ())
    return Accrual(table.rate, table.amount, table.deduction, table.pension_share, bands)


def _premium(table: topics.Premium) -> Iterator[Entry]:
    who = _premium_of_whom(table)
    phases = _phases(table)
    if phases:
        yield "premium.phases", who, phases
    if table.price is not None:
        yield "premium.price", who, table.price
    for name in ("price_at_least", "accounts_from", "accounts_until", "subsidy"):
        if name in table.model_fields_set:
            yield f"premium.{name}", who, getattr(table, name)


def _premium_of_whom(table: topics.Premium) -> dict[str, frozenset[str]]:
    words = {"year": [str(table.year)], "purpose": [table.purpose]}
    words |= {"group": table.group or [], "tier": table.tier or []}
    return {name: frozenset(each) for name, each in words.items() if each}


def _phases(table: topics.Premium) -> tuple[PremiumPhase, ...]:
    if table.phases is not None:
        last = len(table.phases) - 1
        return tuple(
            _phase(phase, phase.price, may_be_endless=0 < at == last)
            for at, phase in enumerate(table.phases)
        )
    if not {"opens", "opens_by", "closes"} & table.model_fields_set:
        return ()
    window = topics.Phase(opens=table.opens, opens_by=table.opens_by, closes=table.closes)
    return (_phase(window, table.price, may_be_endless=False),)


def _phase(phase: topics.Phase, fen: int | None, *, may_be_endless: bool) -> PremiumPhase:
    return PremiumPhase(
        opens=phase.opens or phase.opens_by,
        opens_is_exact=phase.opens_by is None,
        closes=phase.closes,
        endless=may_be_endless and phase.closes is None,
        fen=fen,
        wait_months=phase.wait_months,
        wait_days=phase.wait_days,
        days=None if phase.days is None else (phase.days[0], phase.days[1]),
    )


def _whole(table: clauses.Clause) -> tuple[tuple[str, Any], ...]:
    own = type(table).model_fields.keys() - clauses.Clause.model_fields.keys()
    return tuple(
        (name, tuple(value) if isinstance(value, list) else value)
        for name in sorted(own)
        if (value := getattr(table, name)) is not None
    )


def _timelines(
    statements: Iterable[Statement],
) -> dict[str, dict[str, dict[Qualifiers, tuple[Statement, ...]]]]:
    heap: dict[str, dict[str, dict[Qualifiers, list[Statement]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for statement in statements:
        key = _binding_key(statement)
        heap[statement.parameter][statement.area][key].append(statement)
    return {
        parameter: {
            area: {when: tuple(sorted(group, key=_order)) for when, group in groups.items()}
            for area, groups in areas.items()
        }
        for parameter, areas in heap.items()
    }


def _binding_key(statement: Statement) -> Qualifiers:
    """National clauses that bind the nation alone stand on a timeline of their own."""
    if statement.clause.binds != "nation":
        return statement.when
    return (*statement.when, (BINDS, frozenset({NATION})))


def _order(statement: Statement) -> str:
    start = statement.clause.start
    return "" if start is None else start.isoformat()
