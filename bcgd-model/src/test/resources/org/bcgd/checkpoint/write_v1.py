# SPDX-License-Identifier: Apache-2.0
"""Writes v1.ckpt, a checkpoint of format version 1, by the description in the README of bcgd-model.

Written once and kept: every later version of the software must read the file as it is.

    python3 write_v1.py v1.ckpt
"""

import hashlib
import json
import struct
import sys

PARAMETERS = [
    ("conv1/W", "WEIGHT", [2, 1, 1, 3]),
    ("conv1/b", "BIAS", [2]),
    ("norm1/gamma", "NORM_SCALE", [2]),
    ("norm1/beta", "NORM_SHIFT", [2]),
    ("norm1/mean", "RUNNING_MEAN", [2]),
    ("norm1/var", "RUNNING_VARIANCE", [2]),
    ("activation1/alpha", "RESOLUTION", [1]),
]
VALUES = 17

header = json.dumps(
    {
        "network": '{"name":"golden"}',
        "parameters": [{"name": n, "role": r, "shape": s} for n, r, s in PARAMETERS],
        "step": 123456789012,
        "provenance": {"bcgd": "0.1.0", "settings": "name = golden\n", "umlaut": "ä"},
    },
    ensure_ascii=False,
).encode("utf-8")
weights = [(i - 8) / 4 for i in range(VALUES)]
momentum = [2.0 ** -i for i in range(VALUES)]
body = b"BCGDCKPT" + struct.pack(">ii", 1, len(header)) + header
body += struct.pack(f"<{VALUES}f", *weights) + struct.pack(f"<{VALUES}f", *momentum)
with open(sys.argv[1], "wb") as out:
    out.write(body + hashlib.sha256(body).digest())
