"""What every shipped rule file keeps to beyond the format: one test a promise, for each file."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest

from gongji.policy.clause import Clause
from gongji.policy.pack import NATION
from gongji.policy.reading import shipped_rules
from gongji.policy.topics import TOPICS
from gongji.words.area_table import AREAS
from gongji.words.areas import province_of
from gongji.words.mechanisms import WALLET_MECHANISMS

Table = dict[str, Any]

FILES = {path.stem: path for path in sorted(shipped_rules().glob("*.toml"))}
REGIONS = [name for name in FILES if not name.startswith(NATION)]
ABOUT = {*Clause.about, "from"}
"""The keys of a clause that are no values."""
PLACES = re.compile("|".join(sorted({row[2] for row in AREAS}, key=len, reverse=True)))
SENTENCE_ENDS = re.compile(r"[。；！？\n]")
LONG = 25
"""Characters of a sentence that two authors do not write alike by chance."""
ALIKE = 0.6
"""The share from which on two files say the same."""
NO_PRICE_KNOWN_FROM = 2027
"""The first year of benefit of which no price had been published when the files were reviewed."""

each_file = pytest.mark.parametrize("name", FILES)


@cache
def tables(name: str) -> Table:
    """Return the file as it is written, without the loader's checks."""
    return tomllib.loads(FILES[name].read_text("utf-8"))


def clauses(file: Table) -> Iterator[tuple[type[Clause], Table]]:
    """Yield every clause and the model of its topic."""
    for topic in TOPICS:
        yield from ((topic, clause) for clause in file.get(topic.topic, ()))


def values(clause: Table) -> Table:
    """Return what the clause says: what it sets, and for which year, group or period."""
    return {key: value for key, value in clause.items() if key not in ABOUT}


def notes(file: Table) -> Iterator[str]:
    """Yield every note: of clauses and of the voices against them."""
    for _topic, clause in clauses(file):
        for table in (clause, *clause.get("dispute", ())):
            if "note" in table:
                yield table["note"]


def statements(file: Table) -> set[str]:
    """Return what the file says, without where, when and by whom, all places being alike."""
    return {
        PLACES.sub("某地", json.dumps(said, ensure_ascii=False, default=str))
        for topic, clause in clauses(file)
        for said in ([topic.topic, clause.get("when"), *value] for value in values(clause).items())
    }


def is_copy(file: Table, other: Table, known: set[str]) -> bool:
    """Whether the two say the same beyond what is `known`, in the same words but for the places."""
    said = (statements(file) - known, statements(other) - known)
    words = [{PLACES.sub("某地", note) for note in notes(each)} for each in (file, other)]
    return _overlap(*said) > ALIKE and _overlap(*words) > ALIKE


def _overlap(one: set[str], other: set[str]) -> float:
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 1.0


@each_file
def test_a_file_is_named_for_its_region(name: str) -> None:
    region = tables(name)["region"]

    assert name == f"{region['code']}-{region['pinyin']}"


@each_file
def test_a_file_tells_an_editor_its_schema_first(name: str) -> None:
    first = FILES[name].read_text("utf-8").partition("\n")[0]

    assert first == "#:schema ./rule-file.schema.json"


@each_file
def test_every_value_has_a_source(name: str) -> None:
    """Only a clause that sets nothing and lists what was not found needs none."""
    bare = [
        clause
        for topic, clause in clauses(tables(name))
        if not clause.get("source")
        if topic.parameters() & clause.keys() or not clause.get("unknown")
    ]

    assert bare == []


@pytest.mark.parametrize("language", ["summary", "summary_en"])
def test_every_region_has_a_summary_of_its_own(language: str) -> None:
    by_text = defaultdict(list)
    for name in FILES:
        by_text[tables(name)["region"][language].strip()].append(name)

    assert "" not in by_text
    assert [names for names in by_text.values() if len(names) > 1] == []


@pytest.mark.parametrize("name", REGIONS)
def test_every_area_lies_in_the_region(name: str) -> None:
    """The areas of clauses and those of the list of unknowns. The nation may name any."""
    file = tables(name)
    named = [area for _topic, clause in clauses(file) for area in clause.get("area", ())]
    named += [entry.partition("/")[0] for entry in file.get("unknown", ()) if "/" in entry]

    strangers = [area for area in named if province_of(area) != file["region"]["code"]]

    assert strangers == []


@each_file
def test_no_premium_of_2027_has_a_price(name: str) -> None:
    """Last year's price is never carried over; a floor is no price known either."""
    priced = [
        clause
        for clause in tables(name).get("premium", ())
        if clause["year"] >= NO_PRICE_KNOWN_FROM
        for table in (clause, *clause.get("phases", ()))
        if {"price", "price_at_least"} & table.keys()
    ]

    assert priced == []


def test_no_file_is_a_copy_of_another() -> None:
    """With other names, but the same statements in the same words."""
    [nation] = (tables(name) for name in FILES if name not in REGIONS)
    known = statements(nation)

    copies = [
        pair
        for pair in combinations(REGIONS, 2)
        if is_copy(tables(pair[0]), tables(pair[1]), known)
    ]

    assert copies == []


@pytest.mark.parametrize("name", REGIONS)
def test_a_copy_with_other_names_would_be_found(name: str) -> None:
    """Whatever place every name of a place is replaced by."""
    forged = tomllib.loads(PLACES.sub("鹤岗", FILES[name].read_text("utf-8")))

    assert is_copy(tables(name), forged, set())


def test_no_long_sentence_of_the_notes_stands_in_two_files() -> None:
    """Not even with other names: it is the nation's to say, or was copied without reading."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in FILES:
        for note in notes(tables(name)):
            for sentence in SENTENCE_ENDS.split(note):
                found[PLACES.sub("某地", sentence.strip())].add(name)

    shared = {text: names for text, names in found.items() if len(text) >= LONG and len(names) > 1}

    assert shared == {}


def test_the_roll_out_of_the_wallets_stands_once_in_the_nations_file() -> None:
    """A province has the same state in two clauses only where it had another in between."""
    repeated = [
        (mechanism, area, state)
        for (mechanism, area), spells in national_spells().items()
        for (_start, state), (_next, following) in pairwise(spells)
        if state == following
    ]

    assert repeated == []


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_does_not_repeat_the_nations_list_of_wallets(name: str) -> None:
    """For the whole region it may only know another state, or an earlier day."""
    file = tables(name)
    code = file["region"]["code"]

    repeated = [
        clause
        for clause in file.get("mechanism", ())
        for mechanism in WALLET_MECHANISMS
        if code in clause.get("area", [code]) and mechanism in clause
        for start, state in national_spells().get((mechanism, code), ())
        if state == clause[mechanism] and start <= start_of(clause)
    ]

    assert repeated == []


@cache
def national_spells() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return the nation's (first day, state) in order, by mechanism and province."""
    [nation] = (tables(name) for name in FILES if name not in REGIONS)
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for clause in nation["mechanism"]:
        for mechanism in WALLET_MECHANISMS:
            for area in clause.get("area", ()) if mechanism in clause else ():
                found[mechanism, area].append((start_of(clause), clause[mechanism]))
    return {key: sorted(spells) for key, spells in found.items()}


def start_of(clause: Table) -> str:
    """Return the first day of the clause, "" where it is not known."""
    return str(clause.get("from") or clause.get("by") or "")
