"""Where places are built: the parts of the provision planner."""
