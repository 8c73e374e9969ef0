"""Measuring: from the warehouse's rows to observations, the same way for every metric."""

from metrics.measure.run import MeasureReport, explain, measure_all, measure_metric, prepare

__all__ = ["MeasureReport", "explain", "measure_all", "measure_metric", "prepare"]
