# What is linked into ffmpeg, in the words that scanners read (CycloneDX)? A static library is invisible to them.
#   write-sbom.py components.tsv > sbom.cdx.json
import csv
import json
import sys

with open(sys.argv[1], newline="") as file:
    rows = list(csv.DictReader(file, delimiter="\t"))
ffmpeg = next(row for row in rows if row["name"] == "ffmpeg")


def component(row):
    debian = row["origin"].startswith("Debian package")
    kind = "application" if row is ffmpeg else "library"
    purl = f"pkg:deb/debian/{row['name']}@{row['version']}" if debian else f"pkg:generic/{row['name']}@{row['version']}"
    return {
        "type": kind,
        "bom-ref": purl,
        "name": row["name"],
        "version": row["version"],
        "purl": purl,
        "licenses": [{"license": {"id": row["licence"]}}],
        "description": row["origin"],
    }


json.dump(
    {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component(ffmpeg)},
        "components": [component(row) for row in rows if row is not ffmpeg],
    },
    sys.stdout,
    indent=2,
)
