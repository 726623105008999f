"""The sentence of every reason of a check, of every absent fact taken as given, of every refusal.

Placeholders are the values of the check; `side` and `counted` are added by gongji.render.wording.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongji.render.language import N_

_ASK = N_("ask the local insurance office (12393)")
_ASK_OR_ASSUME = N_(
    "ask the local insurance office (12393); a command goes on with `--assume` and this check"
)
_OTHER_HOLDER = N_("look for another holder in the family")

REASONS: Final[Mapping[str, tuple[str, str | None]]] = {
    "insurance.pass": (
        N_("the {side}'s insurance ({insurance}) is among those that take part ({wanted})"),
        None,
    ),
    "insurance.fail": (
        N_("the {side}'s insurance ({insurance}) is not among those that take part ({wanted})"),
        N_("ask a relative with employee insurance to be the holder, or enrol the relative first"),
    ),
    "insurance.not-known": (
        N_("no clause says whether the {side}'s insurance ({insurance}) takes part"),
        _ASK,
    ),
    "insurance.no-account": (
        N_("the holder pays for the pooled fund alone and has no personal account"),
        _OTHER_HOLDER,
    ),
    "insurance.tier-right": (N_("tier {tier} has a personal account (so have: {tiers})"), None),
    "insurance.tier-wrong": (
        N_("tier {tier} has no personal account (these have: {tiers})"),
        _OTHER_HOLDER,
    ),
    "status.pass": (N_("the {side}'s insurance is {status}, as it must be ({wanted})"), None),
    "status.fail": (
        N_("the {side}'s insurance is {status}, and must be {wanted}"),
        N_("pay what is owed or have the insurance continued, then ask again"),
    ),
    "status.not-ruled": (
        N_("no clause says what state the {side}'s insurance must be in ({status} now)"),
        None,
    ),
    "status.group-excluded": (
        N_("the {side} belongs to a group that takes no part ({group})"),
        N_("look for another holder or relative"),
    ),
    "mechanism.live": (N_("{mechanism} is in use in {area}"), None),
    "mechanism.not-live": (
        N_("{mechanism} is not in use in {area}"),
        N_("ask about another mechanism (`--mechanism`) or a later day (`--on`)"),
    ),
    "mechanism.silent": (N_("no clause says whether {mechanism} is in use in {area}"), _ASK),
    "mechanism.not-found": (
        N_("it was looked for and not found whether {mechanism} is in use in {area}"),
        _ASK,
    ),
    "mechanism.gap": (
        N_("whether {mechanism} is in use in {area} is open on this day, between two clauses"),
        _ASK,
    ),
    "mechanism.faded": (
        N_("what was last seen of {mechanism} in {area} is too old to rely on"),
        _ASK,
    ),
    "mechanism.partial": (
        N_("{mechanism} is in use in some places only, and nobody says whether in {area}"),
        N_("name the city (`--holder-area`, `--beneficiary-area`), or ask the office (12393)"),
    ),
    "mechanism.none-known": (
        N_("no clause says by which mechanism it is done in {area}"),
        N_("name a mechanism (`--mechanism`), or ask the office (12393)"),
    ),
    "scope.pass": (
        N_(
            "the holder is insured in {holder_area} and the relative in {beneficiary_area}"
            " ({apart}), as the rule allows"
        ),
        None,
    ),
    "scope.fail": (
        N_(
            "the holder is insured in {holder_area} and the relative in {beneficiary_area}"
            " ({apart}), farther apart than the rule allows"
        ),
        N_("wallets cross provinces: ask about `--mechanism wallet_transfer` or `wallet_quota`"),
    ),
    "scope.not-known": (
        N_(
            "no clause says whether the two may be insured in {holder_area} and {beneficiary_area}"
            " ({apart})"
        ),
        _ASK,
    ),
    "scope.city-not-known": (
        N_(
            "whether {holder_area} and {beneficiary_area} are near enough hangs on the city"
            " ({apart})"
        ),
        N_("name the city (`--holder-area`, `--beneficiary-area`)"),
    ),
    "relation.pass": (N_("{relation} is among the relatives who count ({relations})"), None),
    "relation.fail": (
        N_("{relation} is not among the relatives who count ({relations})"),
        N_("look for a holder to whom this person is one of those relatives"),
    ),
    "relation.not-known": (N_("no clause says whether {relation} counts as a relative"), _ASK),
    "limit.pass": (N_("{counted}: {count} already, and the limit is {limit}"), None),
    "limit.fail": (
        N_("{counted}: {count} already, and the limit of {limit} is reached"),
        N_(
            "end a binding that is no longer needed (it still counts where all persons ever bound"
            " are counted), or look for another holder"
        ),
    ),
    "limit.none": (N_("{counted}: stated to have no limit"), None),
    "limit.at-least": (N_("{counted}: {count} already, and {limit} may be"), None),
    "limit.more-not-known": (
        N_("{counted}: {count} already; {limit} may be, and of more nobody says"),
        _ASK_OR_ASSUME,
    ),
    "limit.not-known": (
        N_("{counted}: {count} already, and the limit is not known"),
        _ASK_OR_ASSUME,
    ),
    "limit.not-ruled": (N_("{counted}: no clause names a limit"), None),
    "roles.free": (N_("a person may be holder and beneficiary at once"), None),
    "roles.not-ruled": (
        N_("no clause says whether a person may be holder and beneficiary at once"),
        None,
    ),
    "roles.both": (
        N_("nobody may be holder and beneficiary at once, and {fact}"),
        N_("end the other binding first, or look for another holder"),
    ),
    "roles.one": (N_("neither of the two is holder and beneficiary at once"), None),
    "consent.not-ruled": (N_("no clause asks the relative to agree in person"), None),
    "consent.given": (
        N_("the relative agrees in person, as asked from the age of {from_age}"),
        None,
    ),
    "consent.age-not-known": (
        N_("the relative has not agreed, which is asked from the age of {from_age}"),
        N_("give the relative's age (`--beneficiary-age`)"),
    ),
    "consent.not-needed": (
        N_("the relative is younger than {from_age} and need not agree in person"),
        None,
    ),
    "consent.withheld": (
        N_("the relative has not agreed in person, which is asked from the age of {from_age}"),
        N_("let the relative agree in person (face check)"),
    ),
    "binding.exists": (N_("the two are bound"), None),
    "binding.none": (N_("the two are not bound"), N_("bind them first (`gongji bind`)")),
    "binding.could-be": (N_("the two could be bound"), None),
    "binding.over": (
        N_("the binding held until {until}, the last day of its term"),
        N_("end it with `gongji settle`, then bind anew"),
    ),
    "binding.not-yet": (
        N_("the binding is not in force before {effective}"),
        N_("come back then, or look for another holder"),
    ),
    "binding.maybe-not-yet": (
        N_("whether the binding is in force hangs on the hour; it surely is from {effective} on"),
        N_("name the time of day (`--at`), or come back then"),
    ),
    "binding.switched-off": (
        N_("the holder has left it off: {switches}"),
        N_("let the holder switch it on: unbind, and bind anew with it"),
    ),
    "binding.can-be-made": (N_("nothing stands against how the binding is made"), None),
    "binding.holder-starts": (
        N_("only the holder may start a binding there"),
        N_("let the holder do it (`--by holder`)"),
    ),
    "binding.starter-not-known": (
        N_("no clause says whether the relative may start a binding"),
        N_("let the holder do it (`--by holder`), or ask the office (12393)"),
    ),
    "binding.proof-missing": (
        N_("what is asked for there: {proof}; what is given: {evidence}"),
        N_("see `gongji guide bind` for the papers, and name them with `--evidence`"),
    ),
    "binding.no-term": (
        N_("a binding has no last day of its own there, so it cannot end on {until}"),
        N_("leave `--until` out, and end it with `gongji unbind`"),
    ),
    "binding.term-too-long": (
        N_("a binding made now lasts until {last}, and {until} is later"),
        N_("choose an earlier day (`--until {last}`)"),
    ),
    "binding.no-switches": (
        N_("no clause knows such a switch there"),
        N_("leave `--switch` out"),
    ),
    "binding.too-soon": (
        N_(
            "the two may be bound again from {day} on, {days} days after their binding ended"
            " ({ended})"
        ),
        N_("ask about that day (`--on {day}`)"),
    ),
    "binding.can-be-ended": (N_("nothing stands against ending the binding"), None),
    "binding.holder-ends": (
        N_("only the holder may end a binding there"),
        N_("ask the holder to end it (`--by holder`)"),
    ),
    "binding.ender-not-known": (
        N_("no clause says whether the relative may end a binding"),
        N_("ask the holder to end it (`--by holder`), or ask the office (12393)"),
    ),
    "purpose.pass": (N_("the account may be used for this purpose: {purpose}"), None),
    "purpose.fail": (
        N_("the account may not be used for this purpose: {purpose}"),
        N_("pay in cash, or ask about another mechanism (`--mechanism`)"),
    ),
    "purpose.not-known": (
        N_("no clause allows or denies this purpose: {purpose}"),
        _ASK,
    ),
    "provider.not-ruled": (N_("no clause says where the bill may arise"), None),
    "provider.assumed": (N_("the bill is taken to arise where it may"), None),
    "provider.pass": (
        N_("a bill in {provider_area} is within reach of an account of {holder_area}"),
        None,
    ),
    "provider.fail": (
        N_("a bill in {provider_area} is out of reach of an account of {holder_area}"),
        N_("use a hospital or pharmacy nearer to where the holder is insured"),
    ),
    "provider.unknown": (
        N_(
            "whether a bill in {provider_area} is within reach of an account of {holder_area} is"
            " not known"
        ),
        N_("name the city of the hospital or pharmacy (`--provider-area`)"),
    ),
    "funds.later": (N_("the account pays on a later day, and need not hold it now"), None),
    "funds.assumed": (N_("the balance is taken to suffice"), None),
    "funds.carryover-not-known": (
        N_("only carry-over of past years may be used, and how much there is was not said"),
        N_("give the carry-over (`--holder-carryover`)"),
    ),
    "funds.balance-not-known": (
        N_("how much the account holds was not said"),
        N_("give the balance (`--holder-balance`)"),
    ),
    "funds.carryover-empty": (
        N_(
            "only carry-over of past years may be used, and none is usable ({keep} yuan must"
            " remain, {gate} yuan are needed to start)"
        ),
        N_("wait until money is carried over into the next year, or look for another holder"),
    ),
    "funds.none": (
        N_("the rules leave {usable} yuan of the account to be used"),
        N_("wait for the next credit, or look for another holder"),
    ),
    "funds.not-in-full": (
        N_("{usable} yuan may be used, and {wanted} yuan must be paid in full"),
        N_("wait until the account holds enough, look for another holder, or pay in cash"),
    ),
    "funds.set-aside-empty": (
        N_("no money is set aside beforehand"),
        N_("move some first (`gongji transfer … --to pool`, `gongji reserve`)"),
    ),
    "funds.set-aside-short": (
        N_("{usable} yuan are set aside, and {wanted} yuan must be paid in full"),
        N_("move more first (`gongji transfer … --to pool`, `gongji reserve`), or pay in cash"),
    ),
    "funds.pass": (N_("{usable} yuan may be used"), None),
    "funds.own-account-first": (
        N_("the relative's own account must be empty first, and holds {own} yuan"),
        N_("use up the relative's own account first"),
    ),
    "cap.set-by-holder": (N_("the holder sets the cap"), None),
    "cap.not-ruled": (N_("no clause caps a payment"), None),
    "cap.zero": (
        N_("the cap is {cap} yuan, which leaves nothing to pay with"),
        N_("let the holder raise the cap or authorise an amount"),
    ),
    "cap.used-up": (
        N_("the cap of {cap} yuan ({per}) is used up"),
        N_("wait for the next period, look for another holder in the family, or pay in cash"),
    ),
    "cap.not-in-full": (
        N_("the cap is {cap} yuan, and {wanted} yuan must be paid in full"),
        N_("let the holder raise the cap, or pay in cash"),
    ),
    "cap.pass": (N_("up to {cap} yuan may be paid"), None),
    "cap.people": (
        N_("the holder has paid for {count} other people this year, and {limit} are allowed"),
        N_("look for another holder in the family, or pay in cash"),
    ),
    "window.year-over": (
        N_("{on} lies after {year}, and what the premium buys ends with that year"),
        N_("ask about this year or the next (`--year`)"),
    ),
    "window.year-not-paid": (
        N_("accounts pay for {years} only, and {year} is not among them on {on}"),
        N_("ask about such a year (`--year`), or pay in cash"),
    ),
    "window.way-not-offered": (
        N_("no clause offers this way of paying the premium of {year}: {mode}"),
        N_("leave the way of payment out: the rules name one"),
    ),
    "window.accounts-over": (
        N_("accounts could pay the premium of {year} until {day}"),
        N_("pay in cash while the window is open, or ask about the next year (`--year`)"),
    ),
    "window.accounts-not-open": (
        N_("accounts can pay the premium of {year} from {day} on"),
        N_("ask about that day (`--on {day}`); whoever cannot wait pays in cash"),
    ),
    "window.not-ruled": (N_("no clause names the window for the premium of {year}"), None),
    "window.open": (N_("{on} lies in the window for the premium of {year}"), None),
    "window.open-wait-months": (
        N_(
            "{on} lies in the window for the premium of {year}; benefits begin {months} months"
            " after payment"
        ),
        None,
    ),
    "window.open-wait-days": (
        N_(
            "{on} lies in the window for the premium of {year}; benefits begin {days} days after"
            " payment"
        ),
        None,
    ),
    "window.late": (
        N_(
            "{on} lies after the collection window for the premium of {year}, and accounts pay in"
            " it alone"
        ),
        N_("pay in cash, which may cost more and wait for benefits; an account may pay next year"),
    ),
    "window.not-open": (
        N_("the window for the premium of {year} opens on {opens}, and it is {on}"),
        N_("ask about that day (`--on {opens}`)"),
    ),
    "window.day-of-month": (
        N_(
            "the premium of {year} is collected from day {first} to day {last} of a month, and it"
            " is {on}"
        ),
        N_("ask about one of those days (`--on`)"),
    ),
    "window.end-not-known": (
        N_("the ends of the window for the premium of {year} are not all known"),
        None,
    ),
    "window.closed": (
        N_(
            "{on} lies outside the window for the premium of {year} (first day {opens}, last day"
            " {closes})"
        ),
        N_("ask about a day in the window (`--on`) or the next year (`--year`)"),
    ),
    "window.claim-not-known": (
        N_("no clause says whether a premium paid in cash can be claimed from an account"),
        _ASK,
    ),
    "window.claim-not-the-mode": (
        N_("nothing can be claimed where the premium is paid in this way: {mode}"),
        N_("pay the premium from the account instead (`gongji pay-for`)"),
    ),
    "window.claim-open": (N_("a premium paid in cash can be claimed from the account"), None),
    "window.claim-pass": (N_("it can be claimed since {day}, {days} days after payment"), None),
    "window.claim-fail": (
        N_("it can be claimed from {day} on, {days} days after payment"),
        N_("ask about that day (`--on {day}`)"),
    ),
    "window.claim-late": (
        N_(
            "{on} lies outside the collection window for the premium of {year}, and only in it can"
            " it be claimed"
        ),
        N_(
            "claim within the window next time; ask the local insurance office (12393) for this one"
        ),
    ),
    "due.price-not-known": (N_("the price of the premium of {year} is not known"), None),
    "due.price-by-group": (
        N_(
            "the price of the premium of {year} goes by group, and the relative's is not one of:"
            " {group}"
        ),
        None,
    ),
    "due.price-by-tier": (
        N_(
            "the price of the premium of {year} goes by tier, and the relative's is not one of:"
            " {tiers}"
        ),
        None,
    ),
    "due.pass": (N_("the premium of {year} is {price} yuan"), None),
    "due.fail": (
        N_("the premium of {year} is {price} yuan: nothing is owed"),
        N_("nothing needs to be paid; see to it that the relative is enrolled"),
    ),
    "duplicate.paid": (
        N_("the premium of {year} is paid already"),
        N_("nothing needs to be paid; for money paid twice ask the office (12393)"),
    ),
    "duplicate.none": (N_("the premium of {year} is not paid yet"), None),
    "duplicate.ordered": (
        N_("the premium of {year} is ordered already, by record {record}"),
        N_("wait for `gongji settle`, or take the order back with `gongji reverse {record}`"),
    ),
    "duplicate.by-the-month": (
        N_("an employee's premium is paid by the month: what was paid before does not matter"),
        None,
    ),
    "prior.not-ruled": (N_("no clause asks for insurance in the year before"), None),
    "prior.pass": (N_("the relative was insured there the year before, as asked"), None),
    "prior.fail": (
        N_("the relative was not insured there the year before, which is asked"),
        N_("pay this year's premium in cash; an account may pay the next"),
    ),
    "transfer.not-ruled": (N_("no clause limits transfers"), None),
    "transfer.pass": (N_("the transfer keeps within the limits"), None),
    "transfer.too-much": (
        N_("{amount} yuan are more than a transfer may hold ({most} yuan)"),
        N_("split the amount over several transfers"),
    ),
    "transfer.too-little": (
        N_("{amount} yuan are less than a transfer must hold ({least} yuan)"),
        N_("move more at once"),
    ),
    "transfer.too-often": (
        N_("{times} transfers were made today, and {limit} are allowed a day"),
        N_("go on tomorrow"),
    ),
    "transfer.too-often-a-month": (
        N_("{times} transfers were made this month already, and the limit is {limit}"),
        N_("wait until next month"),
    ),
    "transfer.pending": (
        N_("an earlier transfer waits to be accepted"),
        N_("have it accepted (`gongji accept`), or wait until it is returned"),
    ),
    "transfer.closed": (
        N_("transfers are closed from {from} to {until}, and it is {at}"),
        N_("come back from {until} on"),
    ),
    "transfer.no-wallet": (
        N_("the {side} has no insurance wallet"),
        N_("open the wallet in the national insurance app first"),
    ),
    "reversal.not-known": (
        N_("no clause says whether a premium paid from an account can be taken back"),
        _ASK,
    ),
    "reversal.never": (N_("a premium paid from an account cannot be taken back"), _ASK),
    "reversal.too-early": (
        N_("{hours} hours have passed since payment, and it takes {after}"),
        N_("come back once that time has passed"),
    ),
    "reversal.window-over": (
        N_("{on} lies outside the window for the premium of {year}, and only in it is it returned"),
        _ASK,
    ),
    "reversal.year-over": (N_("the premium could be taken back until {day}"), _ASK),
    "reversal.cleared": (
        N_("the month-end run has cleared the payment, and it is taken back only before that"),
        _ASK,
    ),
    "reversal.benefit-used": (
        N_("the relative has used a benefit, and the premium is taken back only before that"),
        _ASK,
    ),
    "reversal.benefit-begun": (
        N_("benefits began on {day}, and the premium is taken back only before that"),
        _ASK,
    ),
    "reversal.before": (N_("the premium can be taken back {before}"), None),
    "reversal.for-reasons": (
        N_("the premium can be taken back for one of these reasons: {reasons}"),
        None,
    ),
    "reversal.pass": (N_("the premium can be taken back"), None),
    "confidence.too-low": (
        N_("the clause is of {confidence} confidence, and at least {least} was asked for"),
        N_("ask for less (`--min-confidence`), or ask the office (12393)"),
    ),
}
"""By reason: the sentence, and for a fail or an unknown what the person could do."""

ASSUMED: Final[Mapping[str, str]] = {
    "amount": N_("the amount keeps within the limits"),
    "at": N_("transfers are open at the time of day"),
    "bound": N_("the two could be bound"),
    "hours_since_payment": N_("enough hours have passed since payment"),
    "paid_on": N_("enough days have passed since payment"),
    "provider_area": N_("the bill arises within reach"),
    "transfers_today": N_("no transfer was made today"),
    "holder.balance": N_("the holder's balance suffices"),
    "holder.beneficiaries": N_("the holder has bound no other relative"),
    "holder.beneficiaries_cumulative": N_("the holder has never bound another person"),
    "holder.by_relation": N_("the holder has bound no other relative of this relation"),
    "holder.is_beneficiary": N_("nobody has bound the holder"),
    "holder.status": N_("the holder's insurance is active"),
    "holder.tier": N_("the holder's tier has a personal account"),
    "holder.wallet": N_("the holder has or opens an insurance wallet"),
    "beneficiary.accepted": N_("the relative agrees"),
    "beneficiary.holders": N_("no other holder has bound the relative"),
    "beneficiary.is_holder": N_("the relative has bound nobody"),
    "beneficiary.premium_paid": N_("the relative's premium is not paid yet"),
    "beneficiary.prior_year_insured": N_("the relative was insured there the year before"),
    "beneficiary.status": N_("the relative's insurance is active"),
    "beneficiary.wallet": N_("the relative has or opens an insurance wallet"),
}
"""What is taken as given where a fact is absent, by the key of the fact."""

REQUEST_ERRORS: Final[Mapping[str, tuple[str, str]]] = {
    "request.key-unknown": (
        N_("unknown key `{key}`"),
        N_("`gongji check-eligibility --help` lists the keys as options"),
    ),
    "request.key-near": (N_("unknown key `{key}`"), N_("did you mean `{near}`?")),
    "request.key-missing": (N_("`{key}` is missing"), N_("give `{key}` (option `{option}`)")),
    "request.type": (N_("`{key}` is not {wanted}"), N_("write {wanted}")),
    "request.too-long": (
        N_("`{key}` is longer than {limit} characters"),
        N_("shorten it"),
    ),
    "request.not-an-object": (
        N_("the request is no JSON object"),
        N_('write {{"relation": "parent", …}}, one object a line'),
    ),
    "request.balance-mismatch": (
        N_("the balance is not the sum of current money and carry-over"),
        N_("give two of `holder.balance`, `holder.current` and `holder.carryover`"),
    ),
    "request.count-range": (
        N_("`{key}` is not between 0 and {limit}"),
        N_("write a whole number in that range"),
    ),
    "request.year-range": (N_("`{key}` is no year from 1900 to 2999"), N_("write four digits")),
    "request.word-form": (
        N_("`{text}` is no word for `{key}`"),
        N_("write small letters, digits and `_`, such as special_outpatient"),
    ),
    "word.unknown": (N_("`{text}` is no {kind}"), N_("did you mean: {candidates}")),
    "word.unknown-listed": (N_("`{text}` is no {kind}"), N_("write one of: {words}")),
    "word.unknown-area": (
        N_("`{text}` is no {kind}"),
        N_("write six digits, or a province or city in Chinese or pinyin"),
    ),
    "word.ambiguous": (N_("`{text}` may be more than one {kind}"), N_("write one: {candidates}")),
    "money.empty": (N_("the amount of `{key}` is empty"), N_("write yuan such as 12.50")),
    "money.not-a-number": (
        N_("`{text}` is no amount of yuan"),
        N_("write yuan such as 12.50, without signs or separators"),
    ),
    "money.negative": (N_("`{text}` is negative"), N_("write an amount of 0 or more")),
    "money.decimals": (
        N_("`{text}` has more than two decimals"),
        N_("write yuan such as 12.50"),
    ),
    "money.too-large": (N_("`{text}` is too large"), N_("write at most 14 digits of yuan")),
    "day.form": (N_("`{text}` is no day"), N_("write YYYY-MM-DD, such as 2025-06-01")),
    "time.form": (N_("`{text}` is no time of day"), N_("write HH:MM, such as 09:30")),
}
"""Sentence and hint of every refusal of a request, by code.

An unknown word without a near one asks for a word of its list, or for an area.
"""
