# Is everything compiled in that was asked for, and nothing else?
#   compare-components.py config_components.h components.json implied.json
import json
import re
import sys

header, wanted_path, implied_path = sys.argv[1:]
kinds = ("protocols", "demuxers", "muxers", "encoders", "decoders", "parsers", "bsfs", "filters")


def names(path):
    with open(path) as file:
        lists = json.load(file)
    return {f"{name}_{kind[:-1]}" for kind in kinds for name in lists.get(kind, {})}


with open(header) as file:
    enabled = re.findall(r"^#define CONFIG_([A-Z0-9_]+) 1$", file.read(), re.MULTILINE)
endings = tuple(f"_{kind[:-1]}" for kind in (*kinds, "hwaccels", "indevs", "outdevs"))
found = {name.lower() for name in enabled if name.lower().endswith(endings)}
wanted = names(wanted_path) | names(implied_path)
for name in sorted(wanted - found):
    print(f"asked for, but not there: {name}", file=sys.stderr)
for name in sorted(found - wanted):
    print(f"there, but not asked for: {name}", file=sys.stderr)
sys.exit(0 if found == wanted else 1)
