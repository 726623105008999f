"""The words that every room shares: relations, areas, purposes, money, days and names.

Pure: no file, no clock, no output. Each word is read by one function and has one meaning.
"""
