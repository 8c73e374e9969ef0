"""Charts: one file per form, one way to put a plot on a page."""
