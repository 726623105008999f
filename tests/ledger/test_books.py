from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.ledger.books import Books, Draft, Posting, Record
from gongji.ledger.errors import (
    AlreadyReversed,
    BrokenLaw,
    KeyConflict,
    NoSuchRecord,
    NotANegation,
    NotReversible,
    Overdrawn,
    Overfull,
    RecordTooLong,
    Unbalanced,
    UnfitDraft,
)
from gongji.ledger.records import LINE_LIMIT, negated
from gongji.ledger.verify import verify
from gongji.words.money import FEN_MAX

Make = Callable[..., Draft]
Write = Callable[..., None]
JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)


def person(do: str, name: str, **attributes: Any) -> Draft:
    fields: dict[str, Any] = {"person": name}
    return Draft(do, JUNE, fields if do == "person-remove" else fields | {"attributes": attributes})


def reverse(seq: int, postings: tuple[Posting, ...], on: date = JULY) -> Draft:
    return Draft("reverse", on, {"record": seq, "reason": "by mistake"}, negated(postings))


def test_a_person_has_the_latest_attributes(path: Path, write: Write) -> None:
    """Setting replaces all of them; a removed person is gone until added again."""
    write(
        person("person-add", "mum", area="430100"),
        person("person-add", "我", area="440300"),
        person("person-set", "mum", area="440300", born="1950-01-02"),
        person("person-add", "dad", area="430100"),
        person("person-remove", "我"),
    )

    with Books.open(path) as books:
        assert books.person("mum") == {"area": "440300", "born": "1950-01-02"}
        assert books.person("我") is None
        assert books.person("nobody") is None
        assert [name for name, _ in books.people()] == ["mum", "dad"]
    write(person("person-add", "我"))
    with Books.open(path) as books:
        assert [name for name, _ in books.people()] == ["mum", "我", "dad"]


def test_balances_are_sums_of_postings(path: Path, write: Write, credit: Make, pay: Make) -> None:
    """A prefix gives every account of a person, also those that stand at zero."""
    write(credit("a", 500), credit("ab", 70), pay("mum", {"a": 500}))

    with Books.open(path) as books:
        assert books.balance("a:current") == 0
        assert books.balances("a:") == {"a:current": 0}
        assert books.balances("") == {
            "a:current": 0,
            "ab:current": 70,
            "credit": -570,
            "provider": 500,
        }


def test_balances_come_in_the_order_in_which_the_accounts_were_first_used(
    path: Path, write: Write, credit: Make, pay: Make
) -> None:
    """Whatever their names are; one that was emptied and filled again keeps its place."""
    write(credit("c", 5), credit("a", 5), pay("mum", {"c": 5}), credit("b", 5), credit("c", 5))

    with Books.open(path) as books:
        people = [account for account in books.balances("") if account.endswith(":current")]

    assert people == ["c:current", "a:current", "b:current"]
    assert verify(path).index == "agrees"


def test_a_binding_holds_from_its_day_to_the_day_before_it_is_closed(
    path: Path, write: Write, bind: Make, unbind: Make
) -> None:
    """The day of the unbinding is no longer within."""
    write(bind("我", "mum", priority=2), unbind("我", "mum", JULY))

    with Books.open(path) as books:
        days = (JUNE - timedelta(1), JUNE, JULY - timedelta(1), JULY)
        assert [len(books.bindings(holder="我", on=day)) for day in days] == [0, 1, 1, 0]
        assert books.binding("我", "mum") is None
        assert books.bindings(holder="我") == []
        (closed,) = books.bindings(holder="我", open_only=False)
        assert (closed.opened, closed.closed, closed.fields["priority"]) == (JUNE, JULY, 2)
        assert (closed.relation, closed.mechanism) == ("parent", "authorisation")


def test_a_binding_that_was_closed_stays_closed_on_its_day(
    path: Path, write: Write, bind: Make, unbind: Make
) -> None:
    """A later unbinding closes what was opened since, and nothing else."""
    august = date(2025, 8, 1)
    write(bind("我", "mum"), unbind("我", "mum", JULY), bind("我", "mum", JULY))
    write(unbind("我", "mum", august))

    with Books.open(path) as books:
        closed = [each.closed for each in books.bindings(open_only=False)]
        assert closed == [JULY, august]


def test_bindings_come_in_the_order_of_their_days(
    path: Path, write: Write, bind: Make, unbind: Make
) -> None:
    """Those of one day come as recorded; each side and both can be asked for."""
    write(bind("a", "x", JULY), bind("b", "x", JUNE), bind("a", "y", JUNE), bind("a", "z", JUNE))
    write(unbind("a", "z", JULY))

    with Books.open(path) as books:
        assert [each.seq for each in books.bindings()] == [2, 3, 1]
        assert [each.seq for each in books.bindings(holder="a")] == [3, 1]
        assert [each.seq for each in books.bindings(beneficiary="x")] == [2, 1]
        assert [each.seq for each in books.bindings(holder="a", on=JUNE)] == [3, 4]
        opened_by = books.bindings(holder="a", on=JUNE, open_only=False)
        assert [each.seq for each in opened_by] == [3, 4]
        assert books.bound_ever("a") == {"x", "y", "z"}
        assert books.bound_ever("x") == frozenset()
        found = books.binding("b", "x")
        assert found is not None
        assert found.seq == 2


def test_spent_counts_days_inclusively_and_by_every_side(
    path: Path, write: Write, credit: Make, pay: Make
) -> None:
    """Holder, beneficiary, purpose and days each narrow the sum."""
    write(
        credit("a", 10_000),
        credit("b", 10_000),
        pay("x", {"a": 100, "b": 20}),
        pay("x", {"a": 3}, JULY),
        pay("y", {"a": 4000}, JULY, "outpatient"),
    )

    with Books.open(path) as books:
        assert books.spent(since=JUNE, until=JULY) == 4123
        assert books.spent(holder="a", since=JUNE, until=JULY) == 4103
        assert books.spent(beneficiary="x", since=JUNE, until=JULY) == 123
        assert books.spent(holder="a", beneficiary="x", since=JUNE, until=JUNE) == 100
        assert books.spent(holder="a", since=JUNE + timedelta(1), until=JULY) == 4003
        assert books.spent(purpose="outpatient", since=JUNE, until=JULY - timedelta(1)) == 0


def test_a_reversal_takes_a_payment_out_of_what_was_spent_and_paid(
    path: Path, write: Write, credit: Make, pay: Make
) -> None:
    """It counts on the day of the payment, and the premium may be paid again."""
    payment = pay("mum", {"我": 40_000}, JUNE, "resident_premium", 2026)
    write(credit("我", 50_000), payment)
    with Books.open(path) as books:
        assert books.premiums("mum", "resident_premium", 2026) == [2]
        assert books.premiums("mum", "resident_premium", 2025) == []

    write(reverse(2, payment.postings))

    with Books.open(path) as books:
        assert books.reversed_by(2) == 3
        assert books.reversed_by(1) is None
        assert books.premiums("mum", "resident_premium", 2026) == []
        assert books.spent(holder="我", since=JUNE, until=JUNE) == 0
        assert books.balance("我:current") == 50_000
        assert [each.seq for each in books.history(person="mum")] == [2, 3]
        assert [each.seq for each in books.history(purpose="resident_premium")] == [2, 3]


def test_history_narrows_by_person_day_purpose_and_number(
    path: Path, write: Write, credit: Make, pay: Make, bind: Make
) -> None:
    """A person is found as actor and in postings; the limit keeps the newest, newest last."""
    cash = Draft("anything", JULY, {}, (Posting("cash:dad", -5), Posting("provider", 5)))
    write(credit("我", 500), bind("我", "mum"), pay("mum", {"我": 5}, JULY), cash)

    def found(**asked: Any) -> list[int]:
        return [record.seq for record in books.history(**asked)]

    with Books.open(path) as books:
        assert found() == [1, 2, 3, 4]
        assert found(person="我") == [1, 2, 3]
        assert found(person="mum") == [2, 3]
        assert found(person="dad") == [4]
        assert found(person="nobody") == []
        assert found(since=JULY) == [3, 4]
        assert found(until=JUNE) == [1, 2]
        assert found(purpose="pharmacy") == [3]
        assert found(person="我", limit=2) == [2, 3]
        assert found(limit=0) == []


def opening(kind: str, due: date | None, holder: str = "我") -> Draft:
    """Return the draft of an act that leaves something open."""
    opens = {"kind": kind, "due": due.isoformat() if due else None}
    return Draft("anything", JUNE, {"holder": holder, "opens": opens})


def closing(*seqs: int) -> Draft:
    return Draft("anything", JULY, {"closes": list(seqs)})


def test_what_is_open_can_be_asked_for_by_kind_holder_and_day(path: Path, write: Write) -> None:
    """Due on the day or before; what has no day is never due, but open."""
    write(
        opening("transfer", JULY),
        opening("transfer", JULY, "dad"),
        opening("transfer", JUNE),
        opening("transfer", None),
        opening("claim", JUNE),
    )

    with Books.open(path) as books:
        assert books.open_items("transfer") == [1, 2, 3, 4]
        assert books.open_items("transfer", holder="dad") == [2]
        assert books.open_items("transfer", due=JULY - timedelta(1)) == [3]
        assert books.open_items("transfer", due=JULY) == [1, 2, 3]
        assert books.open_items("transfer", holder="我", due=JULY) == [1, 3]
        assert books.open_items("claim") == [5]
        assert books.open_items("debit") == []


def test_what_was_opened_is_closed_by_whoever_names_it(path: Path, write: Write) -> None:
    """Several at once; what is closed already or was never open is no matter."""
    write(*(opening("transfer", JULY) for _time in range(4)))

    write(closing(1, 3), closing(3, 99))

    with Books.open(path) as books:
        assert books.open_items("transfer") == [2, 4]
    assert verify(path).sound


def test_what_is_reversed_is_open_no_more(path: Path, write: Write) -> None:
    """As if it had not been done."""
    postings = (Posting("cash:mum", -5), Posting("premium", 5))
    write(replace(opening("claim", None), postings=postings))

    write(reverse(1, postings))

    with Books.open(path) as books:
        assert books.open_items("claim") == []


def test_what_is_open_does_not_hang_on_the_index(path: Path, write: Write) -> None:
    """It is read anew from the records."""
    write(opening("transfer", JULY), opening("transfer", JULY), closing(1))

    path.with_name("family.jsonl.index").unlink()

    with Books.open(path) as books:
        assert books.open_items("transfer", due=JULY) == [2]


def test_any_record_can_end_bindings(path: Path, write: Write, bind: Make) -> None:
    """Those of the pairs that it names, from its day on; others go on."""
    write(bind("我", "mum"), bind("我", "dad"), bind("dad", "我"), bind("dad", "mum"))

    moved = person("person-set", "我", area="310000")
    write(replace(moved, on=JULY, fields={**moved.fields, "ends": [["我", "mum"], ["dad", "我"]]}))

    with Books.open(path) as books:
        days = (JULY - timedelta(1), JULY)
        open_on = [[each.seq for each in books.bindings(on=day)] for day in days]
        assert open_on == [[1, 2, 3, 4], [2, 4]]
        closed = [each.closed for each in books.bindings(open_only=False)]
        assert closed == [JULY, None, JULY, None]
    assert verify(path).sound


def test_an_unknown_act_moves_money_and_no_more(path: Path, write: Write) -> None:
    """A later version's act needs no change of the ledger."""
    moved = (Posting("我:wallet", 5), Posting("credit", -5))
    write(Draft("discover", JUNE, {"holder": ["not", "a", "name"], "purpose": 7}, moved))

    with Books.open(path) as books:
        assert books.balance("我:wallet") == 5
        assert [record.do for record in books.history(person="我")] == ["discover"]
    assert verify(path).sound


def test_the_same_key_and_content_lead_to_the_first_record(
    path: Path, write: Write, credit: Make
) -> None:
    """A retry is a success and writes nothing."""
    write(credit("我", 100, key="k"), credit("我", 100))
    before = path.read_bytes()

    with Books.open(path) as books, books.writing():
        again = books.append(credit("我", 100, key="k"))
        assert (again.record.seq, again.repeated) == (1, True)
        assert books.by_key("k") == again.record
        assert books.by_key("other") is None

    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"do": "debit"}, "do"),
        ({"on": JULY}, "on"),
        ({"fields": {"person": "我", "to": "carryover"}}, "to"),
        ({"fields": {"person": "我"}}, "to"),
        ({"fields": {"person": "我", "to": "current", "note": None}}, "note"),
        ({"postings": ()}, "postings"),
    ],
)
def test_the_same_key_and_other_content_is_a_conflict_naming_the_field(
    path: Path, write: Write, credit: Make, change: dict[str, Any], field: str
) -> None:
    """The first differing field is named, unless the draft calls it volatile."""
    write(credit("我", 100, key="k"))
    other = replace(credit("我", 100, key="k"), **change)

    with Books.open(path) as books, books.writing():
        with pytest.raises(KeyConflict) as caught:
            books.append(other)
        assert (caught.value.key, caught.value.field) == ("k", field)
        assert books.append(replace(other, volatile=(field,))).repeated


def test_a_repeat_is_found_by_what_was_asked(path: Path, write: Write, credit: Make) -> None:
    """The command's own arguments are compared, since balances have changed in between."""
    request = {"beneficiary": "mum", "amount": "1.00", "from": ["我"]}
    draft = credit("我", 100, key="k")
    write(replace(draft, fields={**draft.fields, "request": request}))

    with Books.open(path) as books:
        found = books.find_repeat("k", {**request, "from": ("我",)})
        assert found is not None
        assert found.seq == 1
        assert books.find_repeat("new", request) is None
        with pytest.raises(KeyConflict) as caught:
            books.find_repeat("k", {**request, "amount": "2.00"})
        assert caught.value.field == "amount"


def test_a_preview_is_the_record_that_would_be_written(
    path: Path, write: Write, credit: Make
) -> None:
    """Nothing is written by it, and it refuses what an append refuses."""
    write(credit("我", 100))
    before = path.read_bytes()

    with Books.open(path) as books:
        shown = books.preview(credit("我", 7))
        with pytest.raises(Overdrawn):
            books.preview(credit("我", -101))
        assert path.read_bytes() == before
        with books.writing():
            assert books.append(credit("我", 7)).record == shown


def test_appending_is_for_the_inside_of_writing(path: Path, write: Write, credit: Make) -> None:
    """Without the lock there is no append, also after the session has ended."""
    write(credit("我", 100))

    with Books.open(path) as books:
        with books.writing():
            books.append(credit("我", 1))
        with pytest.raises(RuntimeError):
            books.append(credit("我", 1))
        assert books.head.seq == 2


def test_a_record_that_breaks_a_law_is_not_written(
    path: Path, write: Write, credit: Make, pay: Make
) -> None:
    """The books refuse what their verification would find."""
    first, undone = credit("我", 100), pay("mum", {"我": 60})
    write(first, undone, reverse(2, undone.postings))
    before = path.read_bytes()
    broken: list[tuple[Draft, type[BrokenLaw]]] = [
        (Draft("credit", JUNE, {}, (Posting("credit", -1),)), Unbalanced),
        (pay("mum", {"我": 101}), Overdrawn),
        (pay("mum", {"我": 60, "mum": 1}), Overdrawn),
        (reverse(9, ()), NoSuchRecord),
        (reverse(4, ()), NoSuchRecord),
        (reverse(2, undone.postings), AlreadyReversed),
        (reverse(1, ()), NotANegation),
        (reverse(3, negated(undone.postings)), NotReversible),
    ]

    with Books.open(path) as books, books.writing():
        for draft, law in broken:
            with pytest.raises(law):
                books.append(draft)

    assert path.read_bytes() == before


def test_a_reversal_posts_beside_the_negation_what_it_states(
    path: Path, write: Write, credit: Make, pay: Make
) -> None:
    """To the fen and to the account; what is stated and not posted is no negation either."""
    payment = pay("mum", {"我": 60})
    write(credit("我", 100), payment)
    stated = [
        {"account": "我:current", "amount": "-0.50"},
        {"account": "我:carryover", "amount": "0.50"},
    ]
    moved = (Posting("provider", -60), Posting("我:current", 10), Posting("我:carryover", 50))
    fields = {"record": 2, "reason": "by mistake"}

    with Books.open(path) as books, books.writing():
        for draft in (
            Draft("reverse", JULY, fields, moved),
            replace(reverse(2, payment.postings), fields={**fields, "diverted": stated}),
        ):
            with pytest.raises(NotANegation):
                books.append(draft)
        books.append(Draft("reverse", JULY, {**fields, "diverted": stated}, moved))

    assert verify(path).sound


def test_a_record_longer_than_a_line_may_be_is_not_written(
    path: Path, write: Write, credit: Make
) -> None:
    """The error names the limit."""
    write(credit("我", 100))
    before = path.read_bytes()

    with Books.open(path) as books, books.writing(), pytest.raises(RecordTooLong) as caught:
        books.append(Draft("note", JUNE, {"text": "x" * LINE_LIMIT}))

    assert str(LINE_LIMIT) in str(caught.value)
    assert path.read_bytes() == before


def test_no_account_stands_beyond_the_largest_amount(
    path: Path, write: Write, credit: Make
) -> None:
    """Neither by one record nor by several; a sum that the index could not hold never comes up."""
    write(credit("我", FEN_MAX - 1))

    with Books.open(path) as books, books.writing():
        books.append(credit("我", 1))
        for fen in (1, FEN_MAX, 10**20):
            with pytest.raises(Overfull):
                books.append(credit("我", fen))
        assert (books.balance("我:current"), books.balance("credit")) == (FEN_MAX, -FEN_MAX)

    assert verify(path).sound


def test_a_draft_that_no_reader_could_read_is_not_written(
    path: Path, write: Write, credit: Make
) -> None:
    """Every written line can be read again."""
    write(credit("我", 100))
    before = path.read_bytes()
    unfit = [
        (Draft("note", JUNE, {"prev": ""}), "prev"),
        (Draft("note", date(1066, 10, 14), {}), "on"),
        (Draft("bind", JUNE, {"holder": "我"}), "beneficiary"),
        (Draft("", JUNE, {}), "do"),
    ]

    with Books.open(path) as books, books.writing():
        for draft, field in unfit:
            with pytest.raises(UnfitDraft) as caught:
                books.append(draft)
            assert caught.value.field == field
        with pytest.raises(RecordTooLong):
            books.append(Draft("note", JUNE, {"text": "x" * LINE_LIMIT}))

    assert path.read_bytes() == before


def test_no_name_stands_in_the_sentence_of_an_overdraft(
    path: Path, write: Write, credit: Make, pay: Make
) -> None:
    """The account is an argument of the error; its sentence may reach a log."""
    write(credit("某人", 100))

    with Books.open(path) as books, pytest.raises(Overdrawn) as caught:
        books.preview(pay("mum", {"某人": 250}))

    assert (caught.value.account, caught.value.fen) == ("某人:current", -150)
    assert "某人" not in str(caught.value)
    assert "-1.50" in str(caught.value)


NAMES = st.sampled_from(["我", "mum", "dad"])
DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 6))
STEPS = st.one_of(
    st.tuples(st.just("credit"), NAMES, st.integers(1, 500), DAYS),
    st.tuples(st.just("pay"), NAMES, NAMES, st.integers(1, 300), DAYS, st.none() | st.just(2026)),
    st.tuples(st.just("bind"), NAMES, NAMES, DAYS),
    st.tuples(st.just("unbind"), NAMES, NAMES, DAYS),
    st.tuples(st.just("reverse"), st.integers(1, 12), DAYS),
    st.tuples(st.just("set"), NAMES, st.integers()),
    st.tuples(st.just("remove"), NAMES),
    st.tuples(st.just("reopen"), st.booleans()),
)


class Model:
    """The books as a list of drafts; every answer is worked out from all of them."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []

    def reversed(self) -> dict[int, int]:
        return {
            draft.fields["record"]: seq
            for seq, draft in enumerate(self.drafts, 1)
            if draft.do == "reverse"
        }

    def balances(self) -> dict[str, int]:
        sums: Counter[str] = Counter()
        for draft in self.drafts:
            for posting in draft.postings:
                sums[posting.account] += posting.fen
        return dict(sums)

    def people(self) -> dict[str, dict[str, Any]]:
        latest: dict[str, Any] = {}
        for draft in self.drafts:
            if draft.do.startswith("person-"):
                latest[draft.fields["person"]] = draft.fields.get("attributes")
        return {name: attributes for name, attributes in latest.items() if attributes is not None}

    def payments(self) -> dict[int, Draft]:
        return {
            seq: draft
            for seq, draft in enumerate(self.drafts, 1)
            if draft.do == "pay-for" and seq not in self.reversed()
        }

    def bindings(self) -> list[tuple[int, date, date | None]]:
        closed: dict[int, date | None] = {}
        for seq, draft in enumerate(self.drafts, 1):
            if draft.do == "bind":
                closed[seq] = None
            if draft.do == "unbind":
                pair = (draft.fields["holder"], draft.fields["beneficiary"])
                closed |= dict.fromkeys(self.open_of(pair, closed), draft.on)
        return sorted(
            ((seq, self.drafts[seq - 1].on, end) for seq, end in closed.items()),
            key=lambda each: (each[1], each[0]),
        )

    def open_of(self, pair: tuple[str, str], closed: dict[int, date | None]) -> list[int]:
        return [
            seq
            for seq, end in closed.items()
            if end is None
            and pair
            == (self.drafts[seq - 1].fields["holder"], self.drafts[seq - 1].fields["beneficiary"])
        ]


def agree(books: Books, model: Model) -> None:
    assert books.head.seq == len(model.drafts)
    assert books.balances("") == model.balances()
    assert dict(books.people()) == model.people()
    found = [(each.seq, each.opened, each.closed) for each in books.bindings(open_only=False)]
    assert found == model.bindings()
    for seq in range(1, len(model.drafts) + 1):
        assert books.reversed_by(seq) == model.reversed().get(seq)
    for name in ("我", "mum", "dad"):
        drawn = [
            (draft.on, int(draft.fields["draws"][0]["amount"].replace(".", "")))
            for draft in model.payments().values()
            if draft.fields["draws"][0]["holder"] == name
        ]
        for day in (date(2025, 1, 1), date(2025, 1, 3)):
            total = sum(fen for on, fen in drawn if day <= on <= date(2025, 1, 5))
            assert books.spent(holder=name, since=day, until=date(2025, 1, 5)) == total
        assert books.premiums(name, "resident_premium", 2026) == [
            seq
            for seq, draft in model.payments().items()
            if draft.fields["beneficiary"] == name and draft.fields["year"] == 2026
        ]


@given(steps=st.lists(STEPS, max_size=14))
def test_the_books_agree_with_a_plain_list(
    steps: list[tuple[Any, ...]], credit: Make, pay: Make, bind: Make, unbind: Make
) -> None:
    """Through any acts, reopenings and losses of the index, every answer is that of the list."""
    model = Model()

    def draft_of(do: str, *given: Any) -> Draft:
        if do == "pay":
            holder, beneficiary, fen, on, year = given
            purpose = "pharmacy" if year is None else "resident_premium"
            return pay(beneficiary, {holder: fen}, on, purpose, year)
        if do == "reverse":
            seq, on = given
            known = seq <= len(model.drafts)
            return reverse(seq, model.drafts[seq - 1].postings if known else (), on)
        if do == "set":
            return person("person-set", given[0], lucky=given[1])
        if do == "remove":
            return person("person-remove", given[0])
        makes: dict[str, Make] = {"credit": credit, "bind": bind, "unbind": unbind}
        return makes[do](*given)

    with TemporaryDirectory() as folder:
        path = Path(folder) / "family.jsonl"
        books = Books.open(path, create=True)
        for do, *given_ in steps:
            if do == "reopen":
                books.close()
                if given_[0]:
                    path.with_name("family.jsonl.index").unlink()
                books = Books.open(path)
                continue
            draft = draft_of(do, *given_)
            try:
                with books.writing():
                    written: Record = books.append(draft).record
            except BrokenLaw:
                continue
            model.drafts.append(draft)
            assert (written.fields, written.postings) == (draft.fields, draft.postings)
        agree(books, model)
        books.close()
        assert verify(path).problems == ()
