"""Counts of profile and select by DuckDB's SQL, polars and numpy; a process for each, see bench/coverage.

usage: peers.py WHO COMMAND FILE; prints the counts as JSON, by model (or pair) and factor.
"""

import json
import math
import sys

MODELS = [f"model-{m}" for m in range(10)]
PAIRS = [(i, j) for i in range(10) for j in range(10) if i != j]
FACTORS = {"profile": [2 ** (k / 2) for k in range(33)], "select": [4.0, 16.0]}


def logs(command):
    return [math.log(n) for n in FACTORS[command]]


def grouped(rows, width):
    return [list(row[-width:]) for row in rows]


def duckdb_profile(file, form="filter"):
    """One filtered count for each factor; or "bucket": one group for each factor, the fastest that was found."""
    import duckdb

    ratio = "reference_log_prob - log_prob"
    sums = "count(*), sum(-log_prob), sum(tokens), sum(r)"
    rows = f"(SELECT *, {ratio} AS r FROM '{file}')"
    connection = duckdb.connect(config={"threads": 1})
    if form == "filter":
        counts = ", ".join(f"count(*) FILTER (r >= {t!r})" for t in logs("profile"))
        query = f"SELECT model, {sums}, {counts} FROM {rows} GROUP BY model ORDER BY model"
        return grouped(connection.execute(query).fetchall(), 33)
    width = math.log(2) / 2
    query = f"SELECT model, least(32, floor(r / {width!r})) AS k, {sums} FROM {rows} GROUP BY ALL"
    counts = {model: [0] * 33 for model in MODELS}
    for model, bucket, rows_in, *_ in connection.execute(query).fetchall():
        for k in range(int(bucket) + 1):
            counts[model][k] += rows_in
    return [counts[model] for model in MODELS]


def duckdb_checked(file):
    """With what profile checks: every example once under every model, with one prompt and one reference."""
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    wrong = connection.execute(
        f"""SELECT count(*) FROM (SELECT example_id FROM '{file}' GROUP BY example_id
        HAVING count(*) <> 10 OR count(DISTINCT model) <> 10 OR min(prompt_id) <> max(prompt_id)
          OR min(reference_log_prob) <> max(reference_log_prob) OR NOT bool_and(log_prob <= 0))"""
    ).fetchone()
    assert wrong == (0,)
    return duckdb_profile(file)


def duckdb_select(file, form="filter"):
    """One filtered count for each pair and factor; or "sum": a sum of comparisons, the fastest that was found."""
    import duckdb

    columns = ", ".join(f"max(log_prob) FILTER (model = '{m}') AS q{k}" for k, m in enumerate(MODELS))
    count = "count(*) FILTER ({})" if form == "filter" else "sum(({})::INT)"
    counts = ", ".join(count.format(f"q{j} - q{i} >= {t!r}") for i, j in PAIRS for t in logs("select"))
    query = f"SELECT {counts} FROM (SELECT example_id, {columns} FROM '{file}' GROUP BY example_id)"
    row = duckdb.connect(config={"threads": 1}).execute(query).fetchone()
    return [[int(row[2 * p]), int(row[2 * p + 1])] for p in range(len(PAIRS))]


def polars_profile(file):
    import polars as pl

    ratio = pl.col("reference_log_prob") - pl.col("log_prob")
    rows = (
        pl.scan_parquet(file)
        .group_by("model")
        .agg(
            pl.col("log_prob").sum().alias("nll"),
            pl.col("tokens").sum(),
            ratio.sum().alias("kl"),
            *[(ratio >= t).sum().alias(f"n{k}") for k, t in enumerate(logs("profile"))],
        )
        .sort("model")
        .collect()
    )
    return grouped(rows.rows(), 33)


def polars_select(file):
    import polars as pl

    wide = pl.read_parquet(file, columns=["example_id", "model", "log_prob"]).pivot(
        on="model", index="example_id", values="log_prob"
    )
    row = wide.select(
        ((pl.col(MODELS[j]) - pl.col(MODELS[i])) >= t).sum().alias(f"{i},{j},{t}")
        for i, j in PAIRS
        for t in logs("select")
    ).row(0)
    return [[row[2 * p], row[2 * p + 1]] for p in range(len(PAIRS))]


def numpy_columns(file, columns):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(
        file, columns=columns, read_dictionary=[c for c in columns if c.endswith("_id") or c == "model"], use_threads=False
    )
    return {name: table.column(name).combine_chunks() for name in columns}


def codes(column):
    """Numbers of the names, in the order of the names."""
    import numpy

    chunk = column.unify_dictionaries().chunk(0) if hasattr(column, "unify_dictionaries") else column
    names = chunk.dictionary.to_pylist()
    rank = numpy.empty(len(names), dtype=numpy.int64)
    rank[sorted(range(len(names)), key=names.__getitem__)] = numpy.arange(len(names))
    return rank[chunk.indices.to_numpy()]


def numpy_profile(file):
    import numpy

    columns = numpy_columns(file, ["model", "log_prob", "reference_log_prob", "tokens"])
    model = codes(columns["model"])
    log_prob = columns["log_prob"].to_numpy()
    ratio = columns["reference_log_prob"].to_numpy() - log_prob
    reached = numpy.searchsorted(logs("profile"), ratio, side="right")
    counts = numpy.bincount(model * 34 + reached, minlength=340).reshape(10, 34)
    for numbers in (log_prob, ratio, columns["tokens"].to_numpy()):
        numpy.bincount(model, weights=numbers)
    return counts[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:].tolist()


def numpy_select(file):
    import numpy

    columns = numpy_columns(file, ["example_id", "model", "log_prob"])
    model, example = codes(columns["model"]), codes(columns["example_id"])
    wide = numpy.empty((10, example.max() + 1))
    wide[model, example] = columns["log_prob"].to_numpy()
    return [[int(numpy.count_nonzero(wide[j] - wide[i] >= t)) for t in logs("select")] for i, j in PAIRS]


WORK = {
    "duckdb": {"profile": duckdb_profile, "select": duckdb_select},
    "duckdb-best": {
        "profile": lambda file: duckdb_profile(file, "bucket"),
        "select": lambda file: duckdb_select(file, "sum"),
    },
    "duckdb-checked": {"profile": duckdb_checked},
    "polars": {"profile": polars_profile, "select": polars_select},
    "numpy": {"profile": numpy_profile, "select": numpy_select},
}

if __name__ == "__main__":
    who, command, path = sys.argv[1:]
    print(json.dumps(WORK[who][command](path)))
