"""One pydantic contract per extract table the borough receives."""
