"""Best-of-n and particle filtering of its_hub on llama-server; see bench/peers.

usage: run_its_hub.py TASK SERVER MODEL.gguf LENGTH SEED; TASK is best-of-n or particles
"""

import asyncio
import sys

import served_job
from its_hub import BestOfN, OpenAICompatibleLanguageModel, StepGeneration
from its_hub.api import AbstractOutcomeRewardModel, AbstractProcessRewardModel
from its_hub.core.algorithms.particle_gibbs import ParticleFiltering

STEPS = 8


class Outcome(AbstractOutcomeRewardModel):
    def score(self, messages, **_):
        return [float(not served_job.has_e(conversation[-1].content)) for conversation in messages]

    async def ascore(self, messages, orchestrator=None, **_):
        return self.score(messages)


class Process(AbstractProcessRewardModel):
    def score(self, prompt_or_messages, steps):
        return [float(not served_job.has_e(text)) for text in steps]

    async def ascore(self, prompt_or_messages, steps):
        return self.score(prompt_or_messages, steps)


class Continued(OpenAICompatibleLanguageModel):
    """Removes the beginning of the answer that llama-server repeats and vLLM, which its_hub expects, does not."""

    async def agenerate(self, messages_or_messages_lst, *positional, **named):
        answers = await super().agenerate(messages_or_messages_lst, *positional, **named)
        for messages, answer in zip(messages_or_messages_lst, answers):
            if messages[-1].role == "assistant":
                answer["content"] = (answer["content"] or "").removeprefix(messages[-1].content)
        return answers


async def infer(task, address, length):
    limit = {"max_completion_tokens": length} if task == "best-of-n" else {}
    model = Continued(
        endpoint=address + "/v1", api_key="none", model_name=served_job.MODEL, temperature=1.0, **limit
    )
    if task == "best-of-n":
        algorithm = BestOfN(Outcome())
    else:
        # It takes one step more than max_steps.
        each = max(1, length // STEPS)
        steps = StepGeneration(max_steps=length // each - 1, tokens_per_step=each, temperature=1.0)
        algorithm = ParticleFiltering(steps, Process())
    await algorithm.ainfer(model, served_job.PROMPT, served_job.WALKS)
    await model.close()


def main(task, program, file, length, seed):
    with served_job.server(program, file, seed) as address:
        asyncio.run(infer(task, address, length))


if __name__ == "__main__":
    main(*sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5]))
