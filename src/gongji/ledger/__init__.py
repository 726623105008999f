"""The ledger: a journal that is the truth, an index derived from it, and their verification.

No policy: this room stores, indexes and verifies what others decided, and reads no clock.
`books.Books` and `verify.verify` are its two doors.
"""
