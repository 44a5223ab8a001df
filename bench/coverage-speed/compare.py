"""Runs profile and select and their peers in turn and prints ratios; see bench/coverage.

usage: compare.py ROOT EXAMPLES REPEATS
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile

import duckdb

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = """
COPY (SELECT 'ex-' || i AS example_id, 'prompt-' || i AS prompt_id, 'model-' || m AS model,
    -(40 + hash(i) % 1000 / 50.0 + m * 0.3 + hash(i * 100 + m) % 10000 / 3333.0)::DOUBLE AS log_prob,
    (20 + hash(i) % 50)::INTEGER AS tokens,
    -(40 + hash(i) % 1000 / 50.0)::DOUBLE AS reference_log_prob
  FROM range({}) r(i), range(10) s(m) ORDER BY {}) TO '{}' (FORMAT parquet)
"""
ORDERS = {"example": "i, m", "model": "m, i"}
ROWS = [
    ("profile", "tailwalk", "profile, with all its checks, intervals and quantiles"),
    ("profile", "duckdb", "DuckDB, a filtered count for each N"),
    ("profile", "duckdb-best", "DuckDB, a group for each N"),
    ("profile", "duckdb-checked", "DuckDB, a filtered count for each N, and the checks"),
    ("profile", "polars", "polars"),
    ("profile", "numpy", "numpy"),
    ("select", "tailwalk", "select --n 4,16, with all its checks and tests"),
    ("select", "duckdb", "DuckDB, a filtered count for each pair"),
    ("select", "duckdb-best", "DuckDB, a sum of comparisons for each pair"),
    ("select", "polars", "polars"),
    ("select", "numpy", "numpy"),
]


def words(root, command, who, file):
    if who != "tailwalk":
        return [sys.executable, os.path.join(HERE, "peers.py"), who, command, file]
    factors = ["--n", "4,16"] if command == "select" else []
    return [os.path.join(root, "tailwalk"), command, "--scores", file, "--json", "--quiet", *factors]


def run(root, command, who, file):
    """Processor seconds, largest memory in MB, and the counts."""
    environment = dict(os.environ, POLARS_MAX_THREADS="1")
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(words(root, command, who, file), stdout=out, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{who} {command} ended with {process.returncode}")
        out.seek(0)
        counts = json.loads(out.read())
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, counts


def counted(command, who, answer, examples):
    """The counts at factors above 1; at 1 only Tailwalk counts differences by rounding as ties."""
    if who != "tailwalk":
        return [row[1:] for row in answer] if command == "profile" else answer
    if command == "profile":
        return [[round(p["coverage"] * examples) for p in m["points"][1:]] for m in answer["models"]]
    results = answer["results"]
    size = len(results[0]["matrix"])
    return [
        [round(result["matrix"][i][j] * examples) for result in results]
        for i in range(size)
        for j in range(size)
        if i != j
    ]


def measure(root, files, examples, repeats):
    large, small = files
    taken = {(command, who): ([], [], [], []) for command, who, _ in ROWS}
    for _ in range(repeats):
        for command, who, _ in ROWS:
            cpu, memory, answer = run(root, command, who, large)
            start, base, _ = run(root, command, who, small)
            for numbers, number in zip(taken[command, who], (cpu, start, memory, base)):
                numbers.append(number)
            check(command, who, counted(command, who, answer, examples))
    return {key: [statistics.median(numbers) for numbers in four] for key, four in taken.items()}


KNOWN = {}


def check(command, who, counts):
    if KNOWN.setdefault(command, counts) != counts:
        sys.exit(f"{who} {command}: other counts")


def report(order, taken):
    lines = []
    for command, who, title in ROWS:
        cpu, start, memory, _ = taken[command, who]
        net = cpu - start
        ratios = {"command": command, "order": order, "who": who}
        for base in ("duckdb", "duckdb-best", "polars"):
            other = taken[command, base]
            ratios["cpu_to_" + base] = round(net / (other[0] - other[1]), 2)
            ratios["memory_to_" + base] = round(memory / other[2], 2)
        ratios["cpu_with_start_to_duckdb"] = round(cpu / taken[command, "duckdb"][0], 2)
        lines.append(ratios)
        print(
            f"| {title} | {order} | {ratios['cpu_to_duckdb']:.2f} | {ratios['cpu_to_duckdb-best']:.2f}"
            f" | {ratios['cpu_with_start_to_duckdb']:.2f} | {ratios['memory_to_polars']:.2f} |",
            flush=True,
        )
    return lines


def main():
    root, examples, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    print("| what | ordered by | CPU to DuckDB's filtered counts | CPU to DuckDB's fastest | with start | memory to polars |")
    print("|---|---|---|---|---|---|")
    lines = []
    with tempfile.TemporaryDirectory(prefix="coverage-speed") as folder:
        for order, sql in ORDERS.items():
            files = []
            for size in (examples, 2):
                file = os.path.join(folder, f"{size}.parquet")
                duckdb.connect(config={"memory_limit": "2GB"}).execute(TABLE.format(size, sql, file))
                files.append(file)
            KNOWN.clear()
            lines += report(order, measure(root, files, examples, repeats))
    print(json.dumps({"examples": examples, "models": 10, "repeats": repeats, "ratios": lines}))


if __name__ == "__main__":
    main()
