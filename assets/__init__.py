"""Styles and scripts the browser loads; all from here, none from another host."""
