"""mechanism-live, scope, provider."""

from __future__ import annotations

import pytest

from tests.engine.cases import OPEN, decision, found, told

WUHAN, HONGSHAN, HUANGSHI, HUBEI, SHENZHEN = "420100", "420111", "420200", "420000", "440300"
NO_SCOPE = OPEN.replace('[[scope]]\nfrom = 2020-01-01\nreach = "nation"\n', "")
NO_STATE = OPEN.replace('[[mechanism]]\nfrom = 2020-01-01\nauthorisation = "live"\n', "")


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ('[[mechanism]]\nfrom = 2025-06-01\nauthorisation = "live"', "pass mechanism.live"),
        ('[[mechanism]]\nby = 2025-05-20\nauthorisation = "not_live"', "fail mechanism.not-live"),
        ('[[mechanism]]\nby = 2025-05-20\nauthorisation = "partial"', "unknown mechanism.partial"),
        ('[[mechanism]]\nby = 2025-01-20\nauthorisation = "not_live"', "unknown mechanism.faded"),
        ('[[mechanism]]\nfrom = 2025-06-02\nauthorisation = "live"', "unknown mechanism.silent"),
        ('[[mechanism]]\nunknown = ["authorisation"]', "unknown mechanism.not-found"),
    ],
)
def test_mechanism_live(rules: str, expected: str) -> None:
    """Live passes, not live fails, and anything else is not known, with the word for why."""
    assert told(found("mechanism-live", decision(rules, {}, base=NO_STATE))) == expected


def test_a_place_of_which_no_clause_says_how_it_is_done_is_not_known() -> None:
    """No clause means unknown: there is no candidate, and the answer still says why."""
    answer = decision("", {}, base=NO_STATE)

    assert told(found("mechanism-live", answer)) == "unknown mechanism.none-known"
    assert answer.verdict == "unknown"


WALLETS = {
    ("live", "live"): "pass mechanism.live",
    ("live", "not_live"): "fail mechanism.not-live",
    ("not_live", "live"): "fail mechanism.not-live",
    ("partial", "not_live"): "fail mechanism.not-live",
    ("live", "partial"): "unknown mechanism.partial",
    ("partial", "live"): "unknown mechanism.partial",
}


@pytest.mark.parametrize(("states", "expected"), WALLETS.items())
def test_a_wallet_must_be_live_at_both_ends(states: tuple[str, str], expected: str) -> None:
    """Wallets must be live at both ends."""
    rules = [f'[[mechanism]]\nwallet_quota = "{state}"\n' for state in states]

    answer = decision(rules[0], {"beneficiary": {"area": SHENZHEN}}, guangdong=rules[1])

    assert told(found("mechanism-live", answer, "wallet_quota")) == expected


SCOPES = [
    ("pooling_area", WUHAN, HONGSHAN, "pass scope.pass"),
    ("pooling_area", WUHAN, HUANGSHI, "fail scope.fail"),
    ("pooling_area", WUHAN, SHENZHEN, "fail scope.fail"),
    ("pooling_area", WUHAN, HUBEI, "unknown scope.city-not-known missing=beneficiary.area"),
    (
        "pooling_area",
        HUBEI,
        HUBEI,
        "unknown scope.city-not-known missing=holder.area,beneficiary.area",
    ),
    ("province", WUHAN, HUANGSHI, "pass scope.pass"),
    ("province", HUBEI, HUBEI, "pass scope.pass"),
    ("province", WUHAN, SHENZHEN, "fail scope.fail"),
    ("nation", WUHAN, SHENZHEN, "pass scope.pass"),
]


@pytest.mark.parametrize(("reach", "holder", "beneficiary", "expected"), SCOPES)
def test_scope(reach: str, holder: str, beneficiary: str, expected: str) -> None:
    """A reach covers every distance within it; a city that is not known leaves it open."""
    facts = {"holder": {"area": holder}, "beneficiary": {"area": beneficiary}}

    answer = decision(f'[[scope]]\nreach = "{reach}"\n', facts, base=NO_SCOPE)

    assert told(found("scope", answer)) == expected


def test_a_scope_of_which_no_clause_speaks_is_not_known() -> None:
    """Scope is a permission: silence is unknown, and no fact would settle it."""
    check = found("scope", decision("", {"holder": {"area": HUBEI}}, base=NO_SCOPE))

    assert told(check) == "unknown scope.not-known"


PROVIDER = '[[provider]]\nreach = "pooling_area"\n'


@pytest.mark.parametrize(
    ("rules", "holder", "place", "expected"),
    [
        ("", WUHAN, SHENZHEN, "pass provider.not-ruled"),
        (PROVIDER, WUHAN, HONGSHAN, "pass provider.pass"),
        (PROVIDER, WUHAN, HUANGSHI, "fail provider.fail"),
        (PROVIDER, WUHAN, None, "pass provider.assumed assumed=provider_area"),
        (PROVIDER, WUHAN, HUBEI, "unknown provider.unknown missing=provider_area"),
        (PROVIDER, HUBEI, WUHAN, "unknown provider.unknown missing=holder.area"),
    ],
)
def test_provider(rules: str, holder: str, place: str | None, expected: str) -> None:
    """The bill arises within reach of the holder's area; the fact that is missing is named."""
    facts = {"holder": {"area": holder}, "provider_area": place}

    assert told(found("provider", decision(rules, facts))) == expected
