"""What leaves the snapshot as files: open data, and tables for the board and the department."""
