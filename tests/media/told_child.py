"""A child that does what it is told, for `test_child`."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from typing import Any

from media import child

LIMITS = ("RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NPROC", "RLIMIT_CPU", "RLIMIT_AS")


def done(do: str) -> Any:
    match do:
        case "read":
            return {"read": sys.stdin.read()}
        case "environment":
            return {"environment": dict(os.environ)}
        case "limits":
            return {"limits": {name: resource.getrlimit(getattr(resource, name)) for name in LIMITS}}
        case "list":
            return [1]
        case "swell":
            return {"length": len(bytes(1024 * child.MEGABYTE))}
        case "sleep":
            time.sleep(60)
    return sys.exit(do)


if __name__ == "__main__":
    child.limit(5, 512 * child.MEGABYTE)
    do = child.asked()["do"]
    sys.stdout.write("no JSON" if do == "chatter" else json.dumps(done(do)))
