"""Published national statistics, read into one shape."""
