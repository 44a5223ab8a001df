import json, sys
for line in sys.stdin:
    ask = json.loads(line)
    print(json.dumps({"id": ask["id"], "pass": ask["completion"].count(",") >= 3}), flush=True)
