"""Finding records of the same child: clean, link on numbers, train, compare, choose, keep."""
