"""The ledger for other programs: from records to pieces of text, one at a time, in any length."""
