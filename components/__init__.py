"""Shared charts, tables and layout."""
