"""Disclosure control and the published snapshot."""
