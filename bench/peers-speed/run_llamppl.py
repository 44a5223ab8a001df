"""Particles of llamppl, with a mask observed before each token; see bench/peers.

usage: run_llamppl.py FOLDER LENGTH SEED
"""

import asyncio
import sys

import torch_job
from llamppl import CachedCausalLM, LMContext, Model, smc_standard


class Avoid(Model):
    """Continues the prompt by tokens without the letter e."""

    def __init__(self, model, allowed, length):
        super().__init__()
        self.context = LMContext(model, torch_job.PROMPT)
        self.allowed = allowed
        self.left = length
        self.end = model.tokenizer.eos_token_id

    async def step(self):
        await self.observe(self.context.mask_dist(self.allowed), True)
        token = await self.sample(self.context.next_token())
        self.left -= 1
        if self.left == 0 or token == self.end:
            self.finish()

    def immutable_properties(self):
        return {"allowed"}


async def main(folder, length, seed):
    torch_job.prepare(seed)
    model = CachedCausalLM.from_pretrained(folder, backend="hf")
    torch_job.count(model.model.model)
    allowed = {i for i, text in enumerate(model.str_vocab) if "e" not in text.lower()}
    await smc_standard(Avoid(model, allowed, length), torch_job.WALKS, ess_threshold=0.5)
    torch_job.report()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
