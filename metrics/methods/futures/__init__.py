"""How a projection of children by need and setting is made, step by step.

history (what was seen, checked) → rates (pooled) → drift (level, trend, spread) → walk (thousands
of futures at once) → summary (ranges). `metrics.methods.projection` is the way in.
"""
