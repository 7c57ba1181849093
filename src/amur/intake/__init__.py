"""Bytes -> records: lists, payments, CSVs of names. Every record keeps where it came from."""
