"""What if: levers worked on published futures, in arithmetic that pages and reports share."""
