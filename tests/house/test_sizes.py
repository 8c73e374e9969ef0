"""The house is kept in small pieces that each tell one story."""

import ast
import subprocess
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def source_files() -> list[Path]:
    return [p for p in tracked("*.py") if "tests" not in p.parts and "benchmarks" not in p.parts]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def function_lengths() -> list[int]:
    lengths = []
    for path in source_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths.append(node.end_lineno - node.lineno + 1 - _docstring_lines(node))
    return sorted(lengths)


def _docstring_lines(node) -> int:
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return 0
    return first.end_lineno - first.lineno + 1


def test_no_module_passes_400_lines():
    long = {str(p.relative_to(ROOT)): lines(p) for p in tracked("*.py", "*.sql") if lines(p) > 400}
    assert not long, f"split these into files that each tell one story: {long}"


def test_median_file_is_short():
    # Every module counts, packages' own too: some of them hold code.
    assert median(lines(p) for p in source_files()) <= 120


def test_functions_are_short():
    lengths = function_lengths()
    assert median(lengths) <= 9, f"median function is {median(lengths)} lines"
    ninetieth = lengths[int(len(lengths) * 0.9)]
    assert ninetieth <= 40, f"a tenth of functions pass {ninetieth} lines"
