"""Pure decisions: facts, rules and a date in; verdicts and allocations out."""
