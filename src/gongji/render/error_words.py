"""What the placeholders of errors stand for, and why some errors are errors at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongji.render.language import N_

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "area": N_("an area"),
    "beneficiary": N_("the relative's short name"),
    "born": N_("the day of birth"),
    "by": N_("the number of the record that took it back"),
    "candidates": N_("what may be written"),
    "cause": N_("why, as the system says it"),
    "code": N_("the code of the region"),
    "column": N_("the column, counted from 1"),
    "command": N_("the command"),
    "day": N_("a day"),
    "do": N_("what the record does"),
    "end": N_("a last day"),
    "example": N_("an example"),
    "field": N_("the field at fault"),
    "format": N_("the number of the format"),
    "found": N_("what stands there"),
    "group": N_("the groups that have a price"),
    "holder": N_("the holder's short name"),
    "holders": N_("the holders who could pay"),
    "key": N_("the key, option or argument"),
    "kind": N_("what kind of word was asked for"),
    "known": N_("what may stand there"),
    "limit": N_("the limit"),
    "line": N_("the line, counted from 1"),
    "message": N_("what is wrong with it"),
    "month": N_("a month"),
    "name": N_("a person's short name"),
    "names": N_("what comes nearest to it"),
    "near": N_("what comes nearest to it"),
    "newest": N_("the day of the newest source"),
    "number": N_("a number that the same fault always has"),
    "offset": N_("where the line begins, in bytes"),
    "on": N_("the day of the command"),
    "option": N_("an option"),
    "other": N_("the other clause"),
    "parameter": N_("a parameter of the rules"),
    "path": N_("a path"),
    "price": N_("the price, in yuan"),
    "reason": N_("why, as the system says it"),
    "record": N_("the number of a record"),
    "region": N_("the region of the file"),
    "reserved": N_("what is reserved, in yuan"),
    "reviewed": N_("the day that the file states"),
    "seconds": N_("how long was waited"),
    "seq": N_("the number of a record"),
    "since": N_("a first day"),
    "start": N_("a first day"),
    "text": N_("what was written"),
    "tiers": N_("the tiers that have a price"),
    "until": N_("a last day"),
    "url": N_("an address"),
    "wanted": N_("what belongs there"),
    "words": N_("what may be written"),
    "year": N_("a year of benefit"),
    "yuan": N_("an amount of yuan"),
}
"""What a placeholder stands for."""

_NAMED: Final = N_("an option, an argument or a command")
_SOURCE: Final = N_("the key of a source")
_READER: Final = N_("why, as the reader of the file says it")
_COUNT: Final = N_("how many entries there are")

ELSEWHERE: Final[Mapping[str, Mapping[str, str]]] = {
    **{
        code: {"name": _NAMED}
        for code in (
            *("usage.command-unknown", "usage.option-unknown", "usage.option-value"),
            *("usage.option-alone", "usage.missing", "usage.value"),
        )
    },
    **{
        code: {"key": _SOURCE}
        for code in ("rule.source-unknown", "rule.source-near", "rule.source-unused")
    },
    "head.unexpected": {"found": N_("the ledger's head now")},
    "ledger.damaged-ledger": {"cause": N_("in what way the line is damaged")},
    "ledger.key-conflict": {
        "key": N_("what was given with `--key`"),
        "field": N_("the option or argument that differs"),
    },
    "rule.length": {"found": _COUNT, "wanted": _COUNT},
    "rule.region-twice": {"other": N_("the other file")},
    "rule.toml": {"cause": _READER},
}
"""What a placeholder stands for where it is something else than usual, by code."""

_IDENTITY: Final = N_(
    "The last character of an identity number follows from the others (GB 11643), so one wrong"
    " digit is found. The number itself is neither printed nor stored: a mask and a keyed digest"
    " are kept."
)
_ADDED_TO: Final = N_(
    "The ledger is only added to. What is taken back stays, and a further record undoes it; so it"
    " can be undone once."
)
_ONE_VALUE: Final = N_("Of two values one would be lost without a word.")
_BY_THE_RULES: Final = N_(
    "This is an answer, not an error: the rules say no (3) or do not say (4), and nothing was"
    " written. The checks behind it are printed with it. Where a check is unknown and you know"
    " better, `--assume CHECK` goes on as if it had passed, and the record says so."
)
_RULES_PUT_IN: Final = N_(
    "What comes in each month is a rule of the region. Where a source gives it only in part, the"
    " answer is not known rather than a guess; an amount that you know can always be named."
)
_WORDS: Final = N_(
    "Areas, relations, purposes and insurances are understood as code, in English and in Chinese."
    " A bare digit is no relation: the schemes of digits in use contradict one another. Name the"
    " scheme before it, such as `gbt4761:50`."
)
_QUOTA: Final = N_(
    "Only a wallet quota is set aside beforehand; by authorisation nothing moves before a bill is"
    " paid, and a family pool or a wallet is filled with `gongji transfer`."
)
_POOL: Final = N_(
    "A family pool is shared: what was put into it is its members' to use. Whether it may go back"
    " before the pool ends is a rule of the region."
)
_EXACT: Final = N_(
    "Amounts are read strictly, so that none is taken for another: digits and at most two decimals,"
    " without sign, separator, exponent or full-width digit. Money is kept in whole fen."
)
_ONE_ANSWER: Final = N_(
    "Two clauses that hold on the same day for the same area must not say different things: the"
    " answer would hang on their order."
)
_DATES: Final = N_(
    "`from` and `until` are days that a source names. `by` and `seen` are days on which it was seen"
    " to hold: it began then at the latest, or still held."
)

WHY: Final[Mapping[str, str]] = {
    "batch.options": N_(
        "Every line of a batch is a whole request. A fact given beside it would have to be taken"
        " for all lines or for none."
    ),
    "bind.over": N_(
        "A binding with a last day is no longer in force after it. It ends in the ledger when"
        " `gongji settle` records it, so that what was set aside for it goes back at once."
    ),
    "bind.self": N_(
        "A binding leads from the holder of an account to a relative; what an account pays of its"
        " owner's needs none."
    ),
    "accept.too-late": N_(
        "What nobody accepts in time goes back to the sender; `gongji settle` writes that record."
    ),
    "credit.accrued": N_("A month accrues once, whoever asks."),
    "credit.base-missing": N_(
        "What comes in is a share of the base of contribution, which differs from person to person"
        " and stands in no rule."
    ),
    "error.check": N_(
        "A check answers pass, fail or unknown, with the clause that says so. Its answer is part"
        " of a decision and no error."
    ),
    "fault.unexpected": N_(
        "Nothing that is typed or read should cause it, so it is worth a report. `--debug` prints"
        " where it happened; look through that first, for it may show names or paths."
    ),
    "head.unexpected": N_(
        "The head is the hash of the last record, and each record holds the hash of the one before"
        " it. Another head means that records were added, or that the file is another one."
    ),
    "id.birth": _IDENTITY,
    "id.check-digit": _IDENTITY,
    "id.form": _IDENTITY,
    "ledger.already-reversed": _ADDED_TO,
    "ledger.append-failed": N_(
        "A record is acknowledged only once it is safe on the disk. One that is not is taken out"
        " of the file again; where even that fails, the message says so, and the next command that"
        " writes sets aside what is left of it."
    ),
    "ledger.changed-underneath": N_(
        "What was decided rests on the records that were read. If others stand there now, adding"
        " to them could spend the same money twice."
    ),
    "ledger.damaged-ledger": N_(
        "Every line ends in its own hash and holds that of the line before it. A line that does not"
        " fit was changed after it was written, or the disk has lost it. Nothing is added to a"
        " damaged ledger, because what is added would rest on the damage."
    ),
    "ledger.key-conflict": N_(
        "A key makes a command safe to repeat: the same key and content give the first record"
        " again. The same key with other content is two commands under one name."
    ),
    "ledger.ledger-busy": N_("Only one process writes at a time, so that no money is spent twice."),
    "ledger.newer-ledger": N_("An older program would misread what it does not know."),
    "ledger.not-reversible": _ADDED_TO,
    "ledger.overdrawn": N_("No account of a person goes below zero: what pays must be there."),
    "ledger.unsuitable-ledger": N_(
        "A link could lead a writer elsewhere, and a pipe or a device keeps nothing."
    ),
    "line.byte-order-mark": N_("It would become a part of what follows it."),
    "line.key-twice": _ONE_VALUE,
    "line.not-an-integer": N_(
        "A number with a fraction is no exact amount once a program has read it; a text is."
    ),
    "line.too-long": N_(
        "A line is held in memory as a whole. A longer one is passed over, and the rest goes on."
    ),
    "money.decimals": _EXACT,
    "money.negative": _EXACT,
    "money.not-a-number": _EXACT,
    "name.reserved": N_("These words are accounts of the ledger that belong to nobody."),
    "output.ledger": N_("An export in the place of the ledger would destroy it."),
    "output.unwritable": N_(
        "The answer comes after the record: what was asked for may have been done all the same."
    ),
    "pay.choose": N_(
        "In some regions the payer says at the counter whose account pays. The program does not"
        " guess it."
    ),
    "pay.no-binding": N_("It is a no: the bill would have to be paid in cash."),
    "pay.not-bound": N_("It is a no: that account does not pay for this person."),
    "pay.price-other": N_(
        "A premium has one price for a year, an area and a group, and is paid whole."
    ),
    "person.no-account": N_(
        "Employee insurance (职工医保) has personal accounts, resident insurance (居民医保) has"
        " none."
    ),
    "person.owed": N_("What is under way or set aside must come to somebody."),
    "person.was-there": N_(
        "Nothing in the ledger is changed. A second person of that name could not be told from the"
        " first."
    ),
    "quota.none": _QUOTA,
    "quota.other-mechanism": _QUOTA,
    "record.not-reversible": _ADDED_TO,
    "record.reversed": _ADDED_TO,
    "request.balance-mismatch": N_(
        "A personal account is money of the current year and carry-over of past years; two of the"
        " three amounts say the third."
    ),
    "request.known-from-ledger": N_(
        "Of two people of the ledger the books know who is insured where and how much there is. To"
        " ask what would be otherwise, ask by options alone, without names."
    ),
    "request.type": N_(
        "In JSON an amount is a text or a whole number, a truth is true or false, a count is a"
        " whole number: nothing is taken for something else."
    ),
    "request.word-form": N_("Tiers and groups are words of the region's rule file."),
    "release.not-back": _POOL,
    "release.not-known": _POOL,
    "rule.binds-missing": N_(
        "The nation's text answers for itself or for the regions that are silent, and the two are"
        " not the same: an inherited rule is marked and trusted less."
    ),
    "rule.confidence-missing": N_(
        "An answer is as sure as the weakest clause that it rests on, so each must say how sure it"
        " is."
    ),
    "rule.date-text": N_("TOML has dates of its own; a text would not be checked as one."),
    "rule.dates-from-by": _DATES,
    "rule.dates-until-seen": _DATES,
    "rule.end-missing": _DATES,
    "rule.gap": N_(
        "On the days in a gap the answer is not known. Say what held then, or that nobody knows."
    ),
    "rule.key-near": N_("A misspelt key would be passed over, and its rule with it."),
    "rule.key-unknown": N_("An unknown key would be passed over, and its rule with it."),
    "rule.money": N_("As a text an amount stays exact; a number with a fraction does not."),
    "rule.overlap": _ONE_ANSWER,
    "rule.premium-dated": N_(
        "The year is the year of benefit, never that of the notice; the window has days of its own."
    ),
    "rule.reviewed-early": N_(
        "Whoever reads the file must be able to see up to which day its sources were read."
    ),
    "rule.source-missing": N_("A value that nobody can look up is a guess."),
    "rule.source-unused": N_("A source that nothing cites was forgotten, or its clause was."),
    "rule.tie": _ONE_ANSWER,
    "rule.unknown-elsewhere": N_(
        "What was looked for and not found is knowledge too, but only under the name by which it is"
        " asked for."
    ),
    "settlement.failed": N_("A failed call settles nothing, whatever amounts stand in it."),
    "settlement.taken-back": N_(
        "The platform takes a settlement back by one with negative amounts. In the ledger that is a"
        " reversal of the record."
    ),
    "settlement.twice": _ONE_VALUE,
    "text.control": N_(
        "A record is kept for good and shown by terminals and other programs. A character that does"
        " not show could hide or turn around what stands beside it."
    ),
    "transfer.no-relation": N_(
        "Whether money may go to a relative depends on what the two are to each other."
    ),
    "word.ambiguous": N_("A guess would decide under the rules of the wrong place."),
    "word.unknown": _WORDS,
    **dict.fromkeys(
        (
            *("bind.refused", "unbind.refused", "pay.nobody", "pay.nothing-drawn"),
            *("pay.price-by-group", "pay.price-by-tier"),
            *("transfer.refused", "claim.refused", "reverse.refused"),
        ),
        _BY_THE_RULES,
    ),
    **dict.fromkeys(
        ("credit.not-said", "credit.average-pension", "credit.by-age", "credit.nothing"),
        _RULES_PUT_IN,
    ),
}
"""Why it is so, for the errors of which the message does not say it, by code."""
