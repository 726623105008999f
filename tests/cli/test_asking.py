"""gongji balance and history: what can be drawn on, what was paid in all, receipts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Answer, Gongji
from tests.cli.test_commands import CHINESE, MOVING, ON, QUOTA, WRITING, without_names

ID_NUMBER = "11010519491231002X"
BILL = ("pay-for", "爸爸", "100", "--purpose", "药店", *ON)
PREMIUM = ("pay-for", "妈妈", "--purpose", "resident_premium", *MOVING)


def recorded(gongji: Gongji, *command: str) -> str:
    """Return the number of the record that a command writes."""
    return str(gongji(*command, "--json").data["seq"])


def receipt(gongji: Gongji, record: str) -> dict[str, Any]:
    return gongji("history", "--receipt", record, "--json").data


def usable(gongji: Gongji, name: str, purpose: str = "pharmacy") -> dict[str, str | None]:
    """Return what a bill of the person may draw on, by holder."""
    relatives = gongji("balance", name, *MOVING, "--json").data["relatives"]
    return {one["holder"]: one["usable"] for one in relatives if one["purpose"] == purpose}


def test_a_balance_names_each_holder_and_why_or_why_not(family: Gongji) -> None:
    """A hundred yuan must remain in each account; of hospital stays the rules say nothing."""
    assert family("balance", "妈妈", *ON).lines == [
        "no money in any account",
        "relatives' money for a bill of 妈妈 on 2025-01-02",
        "  我, by authorisation as parent: up to 700.00 of 800.00 yuan (outpatient, pharmacy)",
        "  我, by authorisation as parent: not known (inpatient)",
        "    no clause allows or denies this purpose: inpatient",
        "  哥哥, by authorisation as parent: up to 150.00 of 250.00 yuan (outpatient, pharmacy)",
        "  哥哥, by authorisation as parent: not known (inpatient)",
        "    no clause allows or denies this purpose: inpatient",
    ]


def test_the_balance_as_json_holds_the_decision_behind_each_number(family: Gongji) -> None:
    """An unknown is null, and the decision says which check it was."""
    data = family("balance", "妈妈", *ON, "--json").data
    told = {(one["holder"], one["purpose"]): one for one in data["relatives"]}

    yes, unknown = told["我", "pharmacy"], told["我", "inpatient"]
    assert (data["schema"], data["person"], data["on"]) == (
        "gongji.balance/1",
        "妈妈",
        "2025-01-02",
    )
    assert (yes["usable"], yes["decision"]["verdict"]) == ("700.00", "eligible")
    assert yes["accounts"] == {"我:current": "500.00", "我:carryover": "300.00"}
    assert (yes["mechanism"], yes["relation"]) == ("authorisation", "parent")
    assert "420000/funds/2020-01-01" in yes["decision"]["clauses"]
    assert (unknown["usable"], unknown["accounts"]) == (None, {})
    assert [one["check"] for one in unknown["decision"]["failing"]] == ["purpose"]
    assert data["rules"].startswith("sha256:")


def test_a_balance_is_asked_under_the_rules_of_the_day(family: Gongji) -> None:
    """Before there were rules nothing is known of them; before the binding nobody is bound."""
    early = family("balance", "妈妈", "--on", "2019-01-01", "--json").data

    assert early["relatives"] == []
    assert family("balance", *ON, "--rules", "/nowhere/at/all").code != 0


def test_a_balance_shows_pools_quotas_and_wallets(family: Gongji) -> None:
    """Whose contribution, what was set aside, what was sent and accepted."""
    pool = ("bind", "哥哥", "爸爸", "--relation", "parent", "--mechanism", "family_pool", *MOVING)
    for command in (pool, ("transfer", "哥哥", "80", "--to", "pool", *MOVING)):
        assert family(*command).code == 0
    assert family("accept", recorded(family, *WRITING["transfer"]), *ON).code == 0

    said = family("balance", *MOVING).lines

    assert "哥哥    family pool 哥哥           80.00" in said
    assert "妈妈    insurance wallet           80.00" in said
    at = next(n for n, line in enumerate(said) if line.startswith("  哥哥, by family pool"))
    assert said[at] == (
        "  哥哥, by family pool as parent: up to 80.00 of 80.00 yuan (outpatient, pharmacy)"
    )
    assert said[at + 1] == "    of 哥哥: 80.00 yuan"
    assert not any(line.startswith("我") and "waits" in line for line in said)


def test_a_quota_that_is_used_up_no_longer_stands_among_the_accounts(family: Gongji) -> None:
    """As JSON it stands there, empty."""
    for command in (QUOTA, WRITING["reserve"]):
        assert family(*command).code == 0
    before = family("balance", "哥哥", *MOVING), usable(family, "爸爸")
    assert family(*WRITING["release"]).code == 0
    after = family("balance", "哥哥", *MOVING), usable(family, "爸爸")

    told = [(("set aside" in said.out), quota["哥哥"]) for said, quota in (before, after)]
    assert told == [(True, "50.00"), (False, "0.00")]
    accounts = family("balance", "哥哥", *MOVING, "--json").data["accounts"]
    assert accounts["quota:爸爸"] == "0.00"


def test_a_history_ends_with_what_was_paid_in_all(family: Gongji) -> None:
    """After an empty line; where nothing was paid there is no such end."""
    before = family("history").lines
    family(*BILL)
    family("pay-for", "妈妈", "50", "--purpose", "门诊", *ON)

    said = family("history").lines
    alone = family("history", "--totals").lines

    assert "" not in before
    assert said[said.index("") + 1 :] == alone
    assert alone == [
        "year  person  purpose     yuan    how",
        "2025  妈妈    outpatient  50.00   我 (authorisation) 50.00",
        "2025  爸爸    pharmacy    100.00  own account 25.00 + 我 (authorisation) 75.00",
        "2025  in all              150.00  own account 25.00 + 我 (authorisation) 125.00",
    ]


def test_totals_are_one_object(family: Gongji) -> None:
    """With what was asked, the groups and the years."""
    family(*BILL)
    asked = ("--from", "2025-01-01", "--to", "2025-12-31", "--purpose", "药店")

    data = family("history", "爸爸", *asked, "--totals", "--json").data

    split = {
        "paid": "100.00",
        "own": "25.00",
        "relatives": [{"holder": "我", "mechanism": "authorisation", "amount": "75.00"}],
        "wallet": "0.00",
        "cash": "0.00",
        "claimed": "0.00",
    }
    assert data == {
        "schema": "gongji.totals/1",
        "person": "爸爸",
        "from": "2025-01-01",
        "to": "2025-12-31",
        "purpose": "pharmacy",
        "groups": [{"year": 2025, "person": "爸爸", "purpose": "pharmacy", **split}],
        "years": [{"year": 2025, **split}],
    }


def test_totals_follow_the_filters_and_leave_out_what_was_taken_back(family: Gongji) -> None:
    """Of a person, of a purpose, of days."""
    first = recorded(family, *BILL)
    family("pay-for", "妈妈", "50", "--purpose", "门诊", *ON)

    def groups(*asked: str) -> list[str]:
        found = family("history", *asked, "--totals", "--json").data["groups"]
        return [f"{one['person']} {one['paid']}" for one in found]

    both = ["妈妈 50.00", "爸爸 100.00"]
    assert groups() == groups("我") == both
    assert groups("--purpose", "门诊") == groups("妈妈") == both[:1]
    assert groups("--from", "2025-01-03") == []
    assert family("reverse", first, "--reason", "mistyped", *ON).code == 0
    assert groups() == both[:1]
    assert family("history", "--totals", "--purpose", "疫苗").lines == ["nothing was paid"]


def test_a_receipt_has_the_platforms_names_beside_the_words(family: Gongji) -> None:
    """Who, for whom, what, when, how much from where, under what, and that it is no voucher."""
    record = family(*BILL, "--json").data

    said = family("history", "--receipt", str(record["seq"])).lines

    assert said[:8] == [
        "receipt of record 8: payment, 2025-01-02",
        "  100.00 yuan for 爸爸: pharmacy",
        "  own account 25.00",
        "  我 (authorisation) 75.00",
        "in the platform's settlement message",
        "  own share (psn_part_amt): 100.00 yuan",
        "  from personal accounts (acct_pay): 100.00 yuan",
        "  of that from relatives' accounts (acct_mulaid_pay): 75.00 yuan",
    ]
    assert said[8] == "  in cash (psn_cash_pay): 0.00 yuan"
    assert said[9].startswith("under 420000/funds/2020-01-01, ")
    assert said[10:] == [
        f"hash of the record: {record['hash']}",
        "this is a simulation and no voucher of any office (12393)",
    ]


def test_a_receipt_as_json_is_one_object(family: Gongji) -> None:
    """Amounts of the platform by its own names."""
    record = family(*BILL, "--json").data

    told = receipt(family, str(record["seq"]))

    assert (told["schema"], told["record"], told["hash"]) == (
        "gongji.receipt/1",
        8,
        record["hash"],
    )
    assert (told["beneficiary"], told["purpose"], told["on"]) == ("爸爸", "pharmacy", "2025-01-02")
    assert (told["paid"], told["own"], told["cash"]) == ("100.00", "25.00", "0.00")
    assert told["platform"] == {
        "psn_part_amt": "100.00",
        "acct_pay": "100.00",
        "acct_mulaid_pay": "75.00",
        "psn_cash_pay": "0.00",
    }
    assert told["rules"] == record["rules"]
    assert (told["awaits"], told["closed_by"], told["reversed_by"]) == (None, None, None)
    assert told["simulation"] is True


def test_a_receipt_says_by_what_it_was_taken_back(family: Gongji) -> None:
    """So that nobody shows it as paid."""
    record = recorded(family, *BILL)
    by = recorded(family, "reverse", record, "--reason", "mistyped", *ON)

    assert f"taken back by record {by}" in family("history", "--receipt", record).lines
    assert receipt(family, record)["reversed_by"] == int(by)


def test_a_premium_and_its_claim_point_at_each_other(family: Gongji) -> None:
    """Neither has the fields of a bill."""
    paid = recorded(family, *PREMIUM)
    waits = family("history", "--receipt", paid).lines
    claimed = recorded(family, "claim", paid, *MOVING)

    premium, back = (family("history", "--receipt", one).lines for one in (paid, claimed))

    assert "我 has not paid it back yet" in waits
    assert f"followed by record {claimed}: claim, 2025-01-02" in premium
    assert back[1:3] == [
        "  400.00 yuan to the bank card of 我 for 妈妈: resident-insurance premium of 2025",
        "  我 (authorisation) 400.00",
    ]
    assert f"paid in cash by record {paid}" in back
    assert {receipt(family, one)["platform"] is None for one in (paid, claimed)} == {True}
    assert receipt(family, claimed)["pays_back"] == int(paid)


def test_a_transfer_has_a_receipt(family: Gongji) -> None:
    """Into a pool, or to a wallet, where it waits to be accepted."""
    sent = recorded(family, *WRITING["transfer"])
    waits = family("history", "--receipt", sent).lines
    family("accept", sent, *ON)
    taken = family("history", "--receipt", sent).lines

    assert waits[1:3] == [
        "  80.00 yuan of 我 to the wallet of 妈妈",
        "  我 (wallet transfer) 80.00",
    ]
    assert "not accepted yet" in waits
    assert "followed by record 9: acceptance, 2025-01-02" in taken


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_receipt_is_in_both_languages(family: Gongji, language: str) -> None:
    """English holds no Chinese but names, Chinese no English sentence."""
    records = [recorded(family, *command) for command in (BILL, WRITING["transfer"], PREMIUM)]
    records.append(recorded(family, "claim", records[-1], *MOVING))

    for record in records:
        said = without_names(family("history", "--receipt", record, "--lang", language).out)

        assert bool(CHINESE.search(said)) == (language == "zh")


def test_a_receipt_holds_no_identity_number(family: Gongji) -> None:
    """Neither whole nor as the ledger keeps it."""
    assert family("person", "set", "爸爸", "--id-number", ID_NUMBER, *ON).code == 0
    kept = family("person", "show", "爸爸", *ON, "--json").data["id"]
    record = recorded(family, *BILL)

    told = [family("history", "--receipt", record, *more).out for more in ((), ("--json",))]

    for text in told:
        assert ID_NUMBER not in text
        assert kept["digest"] not in text


def _error(answer: Answer) -> tuple[int, str]:
    return answer.code, answer.error["code"]


@pytest.mark.parametrize(
    ("arguments", "code", "name"),
    [
        (("--receipt", "5"), 2, "receipt.none"),
        (("--receipt", "99"), 2, "record.unknown"),
        (("--receipt", "x"), 2, "usage.value"),
        (("--receipt", "8", "--totals"), 2, "usage.value"),
        (("--receipt", "8", "--purpose", "药店"), 2, "usage.value"),
        (("爸爸", "--receipt", "8"), 2, "usage.value"),
        (("--totals", "--purpose", "weather"), 2, "word.unknown"),
        (("谁", "--totals"), 2, "person.unknown"),
    ],
)
def test_what_cannot_be_asked_is_named(
    family: Gongji, untouched: None, arguments: tuple[str, ...], code: int, name: str
) -> None:
    """As JSON and in words, with what to do about it."""
    told, said = family("history", *arguments, "--json"), family("history", *arguments)

    assert _error(told) == (code, name)
    assert said.code == code
    assert said.err.startswith(f"error[{name}]: ")
    assert "hint: " in said.err
