"""What the jobs on Transformers share: one thread, fixed seeds, and counts of what the model computes."""

import json
import random

import numpy
import torch

PROMPT = "Once upon a time"
WALKS = 16
# Distributions of next tokens that the model computed, and positions (tokens of its input, with padding).
COUNTS = {"tokens": 0, "positions": 0}


def prepare(seed):
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    numpy.random.seed(seed)
    random.seed(seed)


def count(model):
    """Counts each call of a Transformers model: a distribution for each row of the batch."""

    def before(_, positional, named):
        tokens = named["input_ids"] if "input_ids" in named else positional[0]
        COUNTS["tokens"] += tokens.shape[0]
        COUNTS["positions"] += tokens.numel()

    model.register_forward_pre_hook(before, with_kwargs=True)


def report():
    print(json.dumps(COUNTS))
