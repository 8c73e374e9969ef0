"""Board pack and statutory tables."""
