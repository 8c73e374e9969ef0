"""A simulated borough, written in the layouts suppliers really send."""

from data.synthetic.generate import generate

__all__ = ["generate"]
