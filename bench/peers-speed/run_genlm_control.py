"""Particles of genlm-control with its adaptive weighted rejection; see bench/peers.

usage: run_genlm_control.py FOLDER LENGTH SEED
"""

import asyncio
import math
import sys

import torch_job
from genlm.control import AWRS, SMC, Potential, PromptedLLM


class Avoid(Potential):
    """Zero for sequences with the letter e."""

    async def prefix(self, context):
        return -math.inf if any(b"e" in bytes(token).lower() for token in context) else 0.0

    async def complete(self, context):
        return await self.prefix(context)


async def main(folder, length, seed):
    torch_job.prepare(seed)
    model = PromptedLLM.from_name(folder, backend="hf")
    model.set_prompt_from_str(torch_job.PROMPT)
    torch_job.count(model.model.model)
    sampler = AWRS(model, Avoid(model.vocab), seed=seed)
    # The end of a sequence counts as a token there.
    await SMC(sampler)(n_particles=torch_job.WALKS, ess_threshold=0.5, max_tokens=length + 1)
    torch_job.report()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
