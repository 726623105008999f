"""Many questions at once: the same engine, one answer for every line."""
