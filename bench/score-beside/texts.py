"""Prompts and responses that bench/score scores, from examples/austen.jsonl."""

import json

MANY, SHARED, LONG = "40 short responses", "16 short responses to one prompt", "16 long responses"
START = "start"
OF_A_PROMPT = 16
ROWS_OF_A_PROMPT = 6
ROWS_OF_A_RESPONSE = 3


def read(file):
    with open(file, encoding="utf-8") as opened:
        return [json.loads(line) for line in opened]


def shapes(file):
    """Lists of pairs of prompt and response by name; START is one token, to see what a process takes without it."""
    rows = read(file)
    prompts = [row["prompt"] for row in rows]
    responses = [row["completion"] for row in rows]
    whole = [prompt + response for prompt, response in zip(prompts, responses)]
    long = " ".join(whole[:ROWS_OF_A_PROMPT])
    behind = ["".join(" " + text for text in (whole + whole)[i + 1 : i + 1 + ROWS_OF_A_RESPONSE]) for i in range(len(rows))]
    return {
        MANY: list(zip(prompts, responses)),
        SHARED: [(long, response) for response in responses[-OF_A_PROMPT:]],
        LONG: list(zip(prompts, behind))[:OF_A_PROMPT],
        START: [("It was", " so")],
    }
