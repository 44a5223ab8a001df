import json, sys
from math import exp
print(json.dumps({"protocol": 1, "prefixes": True}), flush=True)
RATE = 0.015  # commas a character, by guess
for line in sys.stdin:
    ask = json.loads(line)
    if "prefix" in ask:
        missing = max(0, 3 - ask["prefix"].count(","))
        mean = RATE * max(1, 60 - len(ask["prefix"]))
        below = sum(exp(-mean) * mean**i / [1, 1, 2][i] for i in range(missing))
        print(json.dumps({"id": ask["id"], "value": 1 - below + 1e-6}), flush=True)
    else:
        print(json.dumps({"id": ask["id"], "pass": ask["completion"].count(",") >= 3}), flush=True)
