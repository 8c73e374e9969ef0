"""Statistical methods as pure functions over arrays and frames."""
