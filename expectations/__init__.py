"""Expectation suites for a batch of extracts, and their runner."""
