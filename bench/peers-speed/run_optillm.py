"""Best-of-n of optillm on llama-server, whose model also rates each completion; see bench/peers.

usage: run_optillm.py SERVER MODEL.gguf LENGTH SEED
"""

import logging
import sys

import openai
import served_job
from optillm.bon import best_of_n_sampling


def main(program, file, length, seed):
    logging.disable(logging.CRITICAL)
    with served_job.server(program, file, seed) as address:
        client = openai.OpenAI(base_url=address + "/v1", api_key="none")
        # Ratings have their own length, so the run that shows what a start takes has one.
        walks = served_job.WALKS if length > 1 else 1
        limit = {"max_tokens": length}
        best_of_n_sampling("", served_job.PROMPT, client, served_job.MODEL, n=walks, request_config=limit)


if __name__ == "__main__":
    main(*sys.argv[1:3], int(sys.argv[3]), int(sys.argv[4]))
