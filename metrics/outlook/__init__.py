"""Looking ahead from the warehouse: need, places and money, as futures and their ranges."""
