"""gongji transfer, accept, reserve and release."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Answer, Gongji
from tests.cli.test_commands import MOVING, ON, QUOTA

SEND = ("transfer", "我", "妈妈", "80", "--to", "wallet", "--relation", "妈妈")
POOL = ("transfer", "哥哥", "80", "--to", "pool")
MORROW = ("--on", "2025-01-03")


def accounts(gongji: Gongji, name: str) -> dict[str, str]:
    found: dict[str, str] = gongji("balance", name, *ON, "--json").data["accounts"]
    return found


def reasons(answer: Answer) -> set[str]:
    """Return the reasons of what did not pass, of a refusal to move money."""
    data = answer.data
    assert (data["schema"], data["ok"]) == ("gongji.refusal/1", False)
    assert data["code"] == "transfer.refused"
    (told,) = data["decisions"]
    return {reason["reason"] for reason in told["reasons"] if reason["outcome"] != "pass"}


def test_a_transfer_says_how_and_until_when_it_is_accepted(family: Gongji) -> None:
    """The command that it names does it."""
    told = family(*SEND, *MOVING).lines

    assert told == ["80.00 yuan wait for 妈妈: `gongji accept 8` before tomorrow"]
    assert family("accept", "8", *ON).lines == ["record 8 is accepted"]
    assert accounts(family, "妈妈") == {"wallet": "80.00"}


def test_what_was_sent_and_accepted_pays_a_bill(family: Gongji) -> None:
    """Where the relatives' accounts do not, before cash."""
    record = family(*SEND, *MOVING, "--json").data["seq"]
    family("accept", str(record), *ON)
    for holder in ("我", "哥哥"):
        assert family("unbind", holder, "妈妈", *ON).code == 0

    paid = family("pay-for", "妈妈", "100", "--purpose", "药店", *ON, "--json").data

    assert (paid["draws"], paid["wallet"], paid["cash"]) == ([], "80.00", "20.00")


def test_a_pool_is_filled_and_pays(family: Gongji) -> None:
    """For whoever is a member; the hundred yuan that must remain stay in the account."""
    bind = ("bind", "哥哥", "爸爸", "--relation", "parent", "--mechanism", "family_pool", *MOVING)
    assert family(*bind).code == 0
    too_much = family(*POOL[:2], "150.01", *POOL[3:], *MOVING, "--json")
    filled = family(*POOL[:2], "150", *POOL[3:], *MOVING)

    paid = family(
        "pay-for", "爸爸", "100", "--purpose", "药店", "--from", "哥哥", *MOVING, "--json"
    )

    assert (too_much.code, reasons(too_much)) == (3, {"funds.not-in-full"})
    assert filled.lines == ["150.00 yuan of 哥哥 are in the family pool: record 9"]
    assert paid.data["draws"] == [
        {"holder": "哥哥", "account": "哥哥:pool:哥哥", "amount": "75.00"}
    ]
    assert accounts(family, "哥哥")["pool:哥哥"] == "75.00"


def test_a_quota_is_set_aside_drawn_on_and_given_back(family: Gongji) -> None:
    """Each step says what it did."""
    assert family(*QUOTA).code == 0

    reserved = family("reserve", "哥哥", "爸爸", "50", *MOVING)
    pay = ("pay-for", "爸爸", "55", "--purpose", "药店", "--from", "哥哥")
    paid = family(*pay, *MOVING, "--json").data
    part = family("release", "哥哥", "爸爸", "15.5", *MOVING)
    rest = family("release", "哥哥", "爸爸", *MOVING)

    assert reserved.lines == ["50.00 yuan of 哥哥 are set aside for 爸爸"]
    assert [draw["amount"] for draw in paid["draws"]] == ["30.00"]
    assert part.lines == ["15.50 yuan are 哥哥's again"]
    assert rest.lines == ["4.50 yuan are 哥哥's again"]
    assert accounts(family, "哥哥")["quota:爸爸"] == "0.00"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (("--at", "22:00"), "transfer.closed"),
        (("--at", "05:59"), "transfer.closed"),
        (("--relation", "sibling"), "relation.fail"),
    ],
)
def test_what_the_rules_do_not_allow_is_3(
    family: Gongji, untouched: None, more: tuple[str, ...], reason: str
) -> None:
    """The reasons are those of the decision."""
    answer = family(*SEND, *more, *MOVING, "--json")

    assert answer.code == 3
    assert reason in reasons(answer)


def test_too_much_at_once_and_a_second_that_waits_are_3(family: Gongji) -> None:
    """Each by its own reason, and in words by a sentence."""
    too_much = family(*SEND[:3], "2000.01", *SEND[4:], *MOVING, "--json")
    assert family(*SEND, *MOVING).code == 0

    second, said = family(*SEND, *MOVING, "--json"), family(*SEND, *MOVING)

    assert {"transfer.too-much"} <= reasons(too_much)
    assert reasons(second) == {"transfer.pending"}
    assert (too_much.code, second.code, said.code) == (3, 3, 3)
    assert said.lines[0] == "nothing was moved"


@pytest.mark.parametrize(
    ("arguments", "code", "name"),
    [
        (("transfer", "我", "80"), 2, "usage.missing"),
        (("transfer", "我", "80", "--to", "pocket"), 2, "word.none-of"),
        (("transfer", "我", "80", "--to", "wallet"), 2, "command.parties"),
        (("transfer", "我", "--to", "pool"), 2, "usage.missing"),
        (("transfer", "我", "妈妈", "80", "--to", "pool"), 2, "command.parties"),
        (("transfer", "我", "妈妈", "80", "90", "--to", "wallet"), 2, "usage.value"),
        ((*SEND[:3], "eighty", *SEND[4:]), 2, "money.not-a-number"),
        ((*SEND[:3], "0", *SEND[4:]), 2, "amount.zero"),
        ((*SEND, "--at", "25:00"), 2, "time.form"),
        ((*SEND, "--at", "22"), 2, "time.form"),
        ((*SEND[:-1], "stranger"), 2, "word.unknown"),
        ((*SEND, "--assume", "weather"), 2, "word.no-check"),
        (("transfer", "谁", "80", "--to", "pool"), 2, "person.unknown"),
        (("transfer", "我", "a:b", "80", "--to", "wallet"), 2, "name.character"),
        (("transfer", "我", "我", "80", "--to", "wallet"), 2, "bind.self"),
        (("transfer", "我", "哥哥", "80", "--to", "wallet"), 2, "transfer.no-relation"),
        (POOL, 6, "transfer.no-family"),
        (("accept", "5"), 6, "accept.nothing"),
        (("accept", "99"), 2, "record.unknown"),
        (("accept", "x"), 2, "usage.value"),
        (("reserve", "我", "妈妈", "50"), 6, "quota.other-mechanism"),
        (("reserve", "哥哥", "爸爸", "50"), 6, "quota.none"),
        (("reserve", "我", "妈妈", "0"), 2, "amount.zero"),
        (("reserve", "我", "妈妈"), 2, "usage.missing"),
        (("release", "我", "妈妈"), 6, "quota.other-mechanism"),
        (("release", "哥哥", "爸爸"), 6, "quota.none"),
    ],
)
def test_what_cannot_be_done_is_named(
    family: Gongji, untouched: None, arguments: tuple[str, ...], code: int, name: str
) -> None:
    """As JSON and in words, with a hint that has nothing left to fill in."""
    more = ON if arguments[0] == "accept" else MOVING

    told, said = family(*arguments, *more, "--json"), family(*arguments, *more)

    assert (told.code, said.code, told.error["code"]) == (code, code, name)
    assert (said.out, said.err.startswith(f"error[{name}]: ")) == ("", True)
    assert "{" not in said.err


def test_who_has_no_quota_is_told_how_to_make_one(family: Gongji) -> None:
    """With the mechanism, which no binding has by itself."""
    hint = family("reserve", "哥哥", "爸爸", "50", *MOVING, "--json").error["hint"]

    assert "gongji bind 哥哥 爸爸" in hint
    assert "--mechanism wallet_quota" in hint


def test_what_comes_too_late_is_6(family: Gongji) -> None:
    """A transfer of the day before; more than is reserved."""
    assert family(*SEND, *MOVING).code == family(*QUOTA).code == 0

    late = family("accept", "8", *MORROW, "--json")
    too_much = family("release", "哥哥", "爸爸", "1", *MOVING, "--json")

    assert (late.code, late.error["code"]) == (6, "accept.too-late")
    assert "2025-01-03" in late.error["message"]
    assert (too_much.code, too_much.error["code"]) == (6, "release.too-much")


def test_a_wallet_quota_of_which_the_start_is_not_known_is_4(gongji: Gongji) -> None:
    """Under the shipped rules: until somebody assumes that it is live there."""
    on = ("--on", "2026-11-01")
    for line in (
        "person add 我 --area 420100 --insurance employee --current 500 --carryover 300",
        "person add 妈妈 --area 440300 --insurance resident",
    ):
        assert gongji(*line.split(), *on).code == 0
    bind = ("bind", "我", "妈妈", "--relation", "parent", "--mechanism", "wallet_quota", *on)
    live = ("--assume", "mechanism-live")
    reserve = ("reserve", "我", "妈妈", "600", *on)

    stopped = gongji(*bind)
    assert gongji(*bind, *live).code == 0
    refused = gongji(*reserve, "--json")
    done = gongji(*reserve, *live, "--json")

    assert stopped.code == 4
    assert (refused.code, refused.data["verdict"]) == (4, "unknown")
    assert {reason.partition(".")[0] for reason in reasons(refused)} == {"mechanism"}
    assert done.code == 0
    assert "check:mechanism-live" in done.data["decision"]["assumed"]
    assert accounts(gongji, "我")["quota:妈妈"] == "600.00"


def test_a_wallet_crosses_provinces_under_the_shipped_rules(gongji: Gongji) -> None:
    """Where both are live; two thousand yuan at most, and not at night."""
    on = ("--on", "2025-06-01")
    for line in (
        "person add 我 --area 420100 --insurance employee --current 9000 --carryover 0",
        "person add 妈妈 --area 370100 --insurance resident",
    ):
        assert gongji(*line.split(), *on).code == 0
    send = ("transfer", "我", "妈妈")
    wallet = ("--to", "wallet", "--relation", "妈妈", *on)

    too_much = gongji(*send, "2000.01", *wallet, "--at", "10:00", "--json")
    at_night = gongji(*send, "2000", *wallet, "--at", "22:00", "--json")
    sent = gongji(*send, "2000", *wallet, "--at", "10:00", "--json")

    assert (too_much.code, reasons(too_much)) == (3, {"transfer.too-much"})
    assert (at_night.code, reasons(at_night)) == (3, {"transfer.closed"})
    assert (sent.code, sent.data["opens"]["due"]) == (0, "2025-06-02")
