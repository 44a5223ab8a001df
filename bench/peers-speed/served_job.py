"""What the jobs that call a server share: llama-server on one thread, as a child process, and its counts."""

import contextlib
import json
import random
import resource
import re
import socket
import subprocess
import sys
import time
import urllib.request

PROMPT = "Once upon a time"
WALKS = 16
MODEL = "model"
# Cells of the cache that all sequences share: enough for each prompt and 32 tokens, and for a conversation with a rating.
CELLS = 4096


def free_port():
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


def read(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


@contextlib.contextmanager
def server(program, file, seed):
    """Starts the server, yields its address, and prints what it computed and the memory of both processes."""
    random.seed(seed)
    address = f"http://127.0.0.1:{free_port()}"
    words = [program, "-m", file, "--host", "127.0.0.1", "--port", address.rsplit(":", 1)[1], "--metrics"]
    words += ["-t", "1", "-tb", "1", "-np", str(WALKS), "--seed", str(seed)]
    words += ["--kv-unified", "-c", str(CELLS), "--cache-ram", "0", "--no-webui"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            if process.poll() is not None:
                sys.exit(f"{program} ended with {process.returncode}")
            try:
                read(address + "/health")
                break
            except OSError:
                time.sleep(0.2)
        yield address
        counts = dict(re.findall(r"^llamacpp:(\w+_total) (\S+)$", read(address + "/metrics"), re.MULTILINE))
    finally:
        process.terminate()
        process.wait()
    drawn = int(float(counts["tokens_predicted_total"]))
    memory = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    prompt = int(float(counts["prompt_tokens_total"]))
    print(json.dumps({"tokens": drawn, "positions": drawn + prompt, "memory": sum(memory)}))


def has_e(text):
    return "e" in (text or "").lower()
