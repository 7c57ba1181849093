"""Benchmarks: corpora, runners, committed raw results. Run as `python -m bench.NAME`."""
