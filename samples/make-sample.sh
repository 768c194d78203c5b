#!/usr/bin/env bash
# How is the bundled sample recording made? Writes interview.webm, interview.truth.json and interview.vtt from plan.json.
set -euo pipefail

samples="$(cd "$(dirname "$0")" && pwd)"
# The system's own Python, because that is the one for which Debian's python3-skimage is installed.
python="${PYTHON:-/usr/bin/python3}"
portrait="${PORTRAIT:-/usr/lib/python3/dist-packages/skimage/data/astronaut.png}"

missing=()
for tool in ffmpeg ffprobe; do command -v "$tool" >/dev/null || missing+=(ffmpeg); done
command -v flite >/dev/null || missing+=(flite)
[[ -f $portrait ]] && "$python" -c 'import numpy, PIL' 2>/dev/null || missing+=(python3-skimage python3-pil)
if ((${#missing[@]})); then
  printf 'make-sample.sh needs what is not installed: %s\n' "${missing[*]}" >&2
  printf 'On Debian or Ubuntu: sudo apt-get install --no-install-recommends %s\n' "${missing[*]}" >&2
  exit 1
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1

"$python" "$samples/speak.py" "$work" "$samples"

field() { "$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$samples/plan.json" "$1"; }
size="$(field width)x$(field height)"
rate="$(field frameRate)"
key_frames="$(field keyFrameEveryFrames)"

# -live into a pipe gives what MediaRecorder gives: a Segment and Clusters of unknown size, no Duration, no Cues; the
# SeekHead and the Tags, which MediaRecorder does not write, are taken out afterwards. Equal -g and -keyint_min take the encoder's own choice of key frames away; one thread and +bitexact make two runs equal.
"$python" "$samples/draw.py" "$portrait" "$samples/plan.json" "$samples/interview.truth.json" |
  ffmpeg -nostdin -hide_banner -loglevel error -y \
    -f rawvideo -pixel_format rgb24 -video_size "$size" -framerate "$rate" -i pipe:0 -i "$work/speech.wav" \
    -map 0:v -map 1:a -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact \
    -vf 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p' -colorspace bt709 -color_primaries bt709 -color_trc bt709 \
    -c:v libvpx -deadline good -cpu-used 2 -threads 1 -auto-alt-ref 0 -lag-in-frames 0 \
    -b:v 480k -maxrate 1200k -bufsize 1600k -qmin 4 -qmax 48 -g "$key_frames" -keyint_min "$key_frames" \
    -metadata:s:v alpha_mode=1 \
    -c:a libopus -b:a 48k -ar 48000 -ac 1 -application voip \
    -f webm -live 1 -cluster_time_limit 3400 pipe:1 |
  "$python" "$samples/strip-index.py" >"$work/interview.webm"

mv "$work/interview.webm" "$samples/interview.webm"
echo "made $samples/interview.webm ($(stat -c %s "$samples/interview.webm") bytes), interview.truth.json and interview.vtt"
