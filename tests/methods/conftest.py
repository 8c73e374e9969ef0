"""No time limit per example: a busy machine is no fault of a method."""

from hypothesis import HealthCheck, settings

settings.register_profile("methods", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("methods")
