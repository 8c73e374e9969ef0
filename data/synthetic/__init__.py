"""A simulated borough, written in the layouts suppliers really send."""
