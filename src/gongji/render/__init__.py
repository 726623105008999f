"""What people and programs read: sentences in two languages, verdicts, rules, tables, JSON."""
