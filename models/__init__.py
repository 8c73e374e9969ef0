"""Contracts: extracts, code sets, metrics, observations, settings and the tables of the stores."""
