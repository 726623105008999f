"""The rule files: their schema, loading, checking, layering and resolving as of a date."""
