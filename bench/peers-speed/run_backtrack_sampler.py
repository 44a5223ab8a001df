"""Completions by backtrack_sampler, one after another, until the model has computed 16 x LENGTH distributions; see
bench/peers.

usage: run_backtrack_sampler.py FOLDER LENGTH SEED
"""

import sys

import torch
import torch_job
import transformers
from backtrack_sampler import BacktrackSampler
from backtrack_sampler.provider.transformers_provider import TransformersProvider
from backtrack_sampler.strategy.base_strategy import BaseStrategy


class Avoid(BaseStrategy):
    """Removes a token with the letter e and forbids it at its place, as the library does with longer phrases."""

    def __init__(self, model):
        self.model = model
        self.reset()

    def reset(self):
        self.kept = 0
        self.forbidden = []

    def get_keep_index(self):
        return self.kept

    def on_logits(self, logits, continuation_tokens):
        logits[:, self.forbidden] = float("-inf")
        return logits

    def on_probs(self, probs, continuation_tokens):
        return probs

    def on_next_token(self, continuation_tokens, probs):
        pass

    def backtrack(self, continuation_tokens):
        if "e" in self.model.decode(continuation_tokens[-1:]).lower():
            self.forbidden.append(continuation_tokens.pop())
        else:
            self.forbidden = []
        self.kept = len(continuation_tokens)
        return continuation_tokens


def main(folder, length, seed):
    torch_job.prepare(seed)
    weights = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    torch_job.count(weights)
    model = TransformersProvider(weights, transformers.AutoTokenizer.from_pretrained(folder), torch.device("cpu"))
    sampler = BacktrackSampler(model, Avoid(model))
    with torch.no_grad():
        while torch_job.COUNTS["tokens"] < torch_job.WALKS * length:
            for _ in sampler.generate(prompt=torch_job.PROMPT, max_new_tokens=length, temperature=1.0, top_k=None):
                if torch_job.COUNTS["tokens"] >= torch_job.WALKS * length:
                    break
            sampler.strategy.reset()
            model.reset()
    torch_job.report()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
