"""Every metric's executable specification, run through the real engine."""

import pytest

from metrics.catalogue import load_catalogue
from metrics.measure.example import run_example
from models.borough import load_borough

CASES = [
    pytest.param(file, example, id=f"{file.metric.id}: {example['example']}")
    for file in load_catalogue()
    for example in file.examples
]


@pytest.fixture(scope="module")
def profile():
    return load_borough("rotherham")


@pytest.mark.parametrize(("file", "example"), CASES)
def test_specification(file, example, profile):
    assert run_example(file, example, profile) == []


@pytest.mark.parametrize("file", load_catalogue(), ids=lambda file: file.metric.id)
def test_every_metric_has_a_specification(file):
    assert file.examples, f"write {file.path.with_suffix('.spec.yaml').name}"
