"""Readers, contract checks, quarantine, pseudonyms and the load ledger."""
