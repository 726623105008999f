"""What people do in a household: each act asks the engine and plans one record; none writes.

An act is a function from the books as they stand, the rules and what was asked to a plan, or it
raises Refused (the rules say no, or do not know) or Misfit (what was asked does not fit the books).
What is only asked of the books stands beside them: what a person can draw on, totals, receipts.
"""
