# Which sound does the plan give, and at which second does each word stand?
"""speak.py WORK_DIRECTORY SAMPLES_DIRECTORY: writes speech.wav into the first, the truth and the captions into the second."""

import json
import math
import re
import subprocess
import sys
import wave
from pathlib import Path

import numpy

from timeline import picture_truth

MARK = re.compile(r"\{(filler|hedge|repeat):([^}]*)\}")
LONG_PAUSE_SECONDS = 2.0
SHORTEST_PAUSE_SECONDS = 0.25


def segments(plan, text, wav):
    """The phones of a text as (name, end in seconds), in the order flite speaks them."""
    voice = ["-voice", plan["voice"], "--setf", f"duration_stretch={plan['durationStretch']}"]
    command = ["flite", *voice, "-psdur", "-t", text, "-o", str(wav)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return [(name, float(end)) for name, end in (item.rsplit(":", 1) for item in printed)]


def words_of(text):
    """The words as shown, each with the marks of the plan: [(shown, kind or None, first word of its mark)]."""
    words, position = [], 0
    for mark in MARK.finditer(text):
        words += [(word, None, True) for word in text[position : mark.start()].split()]
        words += [(word, mark.group(1), index == 0) for index, word in enumerate(mark.group(2).split())]
        position = mark.end()
    return words + [(word, None, True) for word in text[position:].split()]


def spoken(word):
    return re.sub(r"[^a-z']", "", word.lower())


def read_wav(path):
    with wave.open(str(path)) as sound:
        samples = numpy.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2").astype(numpy.float64)
        return sound.getframerate(), samples / 32768


def speak_phrase(plan, words, work):
    """One phrase without the silence flite puts around it: (rate, samples, [(start, end)] of its words in seconds)."""
    text = " ".join(spoken(word) for word, _, _ in words)
    wav = work / "phrase.wav"
    phones = segments(plan, text, wav)
    counts = [sum(name != "pau" for name, _ in segments(plan, spoken(word), work / "word.wav")) for word, _, _ in words]
    starts = [0.0] + [end for _, end in phones]
    voiced = [(starts[index], end) for index, (name, end) in enumerate(phones) if name != "pau"]
    inner = [name for name, _ in phones[1:-1] if name == "pau"]
    if sum(counts) != len(voiced) or inner:
        raise SystemExit(f"flite speaks this phrase in another way than its words alone: {text}")
    rate, samples = read_wav(wav)
    first = voiced[0][0]
    samples = samples[round(first * rate) : round(voiced[-1][1] * rate)]
    times, index = [], 0
    for count in counts:
        times.append((voiced[index][0] - first, voiced[index + count - 1][1] - first))
        index += count
    return rate, samples, times


def timestamp(seconds):
    ms = round(seconds * 1000)
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def captions(phrases):
    lines = ["WEBVTT", "Language: en", ""]
    for number, phrase in enumerate(phrases, 1):
        words = phrase["words"]
        text = " ".join([words[0]["text"]] + [f"<{timestamp(word['startSeconds'])}>{word['text']}" for word in words[1:]])
        lines += [str(number), f"{timestamp(phrase['startSeconds'])} --> {timestamp(phrase['endSeconds'])}", text, ""]
    return "\n".join(lines)


def marked(words, kind):
    """Marked words, a mark of several words joined into one."""
    found = []
    for word in words:
        if word["kind"] != kind:
            continue
        if word["opens"]:
            found.append({"word": spoken(word["text"]), "startSeconds": word["startSeconds"], "endSeconds": word["endSeconds"]})
        else:
            found[-1]["word"] += " " + spoken(word["text"])
            found[-1]["endSeconds"] = word["endSeconds"]
    return found


def shown(word):
    return {key: word[key] for key in ("text", "startSeconds", "endSeconds")}


def lay_out(plan, work):
    """The phrases one after the other with the plan's silences: (rate, sound, phrases, frame count)."""
    pieces, phrases, rate, length = [], [], 16000, 0
    for index, entry in enumerate(plan["phrases"]):
        words = words_of(entry["text"])
        rate, samples, times = speak_phrase(plan, words, work)
        gap = plan["leadInSeconds"] if index == 0 else plan["phrases"][index - 1]["pauseSeconds"]
        pieces += [numpy.zeros(round(gap * rate)), samples]
        start = (length + len(pieces[-2])) / rate
        length += len(pieces[-2]) + len(samples)
        timed = [
            {"text": word, "kind": kind, "opens": opens, "startSeconds": round(start + a, 3), "endSeconds": round(start + b, 3)}
            for (word, kind, opens), (a, b) in zip(words, times)
        ]
        phrases.append({"part": entry["part"], "startSeconds": round(start, 3), "endSeconds": round(length / rate, 3), "words": timed})
    frames = math.ceil((length / rate + plan["phrases"][-1]["pauseSeconds"]) * plan["frameRate"])
    pieces.append(numpy.zeros(round(frames / plan["frameRate"] * rate) - length))
    sound = numpy.concatenate(pieces)
    sound *= 10 ** (plan["speechPeakDbfs"] / 20) / numpy.abs(sound).max()
    noise = numpy.random.default_rng(plan["seed"]).standard_normal(len(sound))
    return rate, sound + noise * 10 ** (plan["roomNoiseDbfs"] / 20), phrases, frames


def truth_of(plan, phrases, frames):
    words = [word for phrase in phrases for word in phrase["words"]]
    duration = frames / plan["frameRate"]
    edges = [0.0] + [edge for phrase in phrases for edge in (phrase["startSeconds"], phrase["endSeconds"])] + [duration]
    silences = [{"startSeconds": a, "endSeconds": round(b, 3), "seconds": round(b - a, 3)} for a, b in zip(edges[::2], edges[1::2])]
    pauses = [pause for pause in silences[1:-1] if pause["seconds"] >= SHORTEST_PAUSE_SECONDS]
    spread = words[-1]["endSeconds"] - words[0]["startSeconds"]
    fillers = marked(words, "filler")
    return {
        "question": plan["question"],
        "language": plan["language"],
        "durationSeconds": round(duration, 3),
        "frameRate": plan["frameRate"],
        "frameCount": frames,
        "width": plan["width"],
        "height": plan["height"],
        "picture": picture_truth(plan, frames),
        "speech": {
            "text": " ".join(word["text"] for word in words),
            "wordCount": len(words),
            "speechRateWordsPerMinute": round(len(words) / spread * 60, 1),
            "silenceBefore": silences[0],
            "silenceAfter": silences[-1],
            "pauses": pauses,
            "longPauses": [pause for pause in pauses if pause["seconds"] >= LONG_PAUSE_SECONDS],
            "fillers": fillers,
            "fillersPerMinute": round(len(fillers) / spread * 60, 2),
            "hedges": marked(words, "hedge"),
            "repeats": marked(words, "repeat"),
            "phrases": [
                {
                    "part": phrase["part"],
                    "text": " ".join(word["text"] for word in phrase["words"]),
                    "startSeconds": phrase["startSeconds"],
                    "endSeconds": phrase["endSeconds"],
                }
                for phrase in phrases
            ],
            "words": [shown(word) for word in words],
        },
    }


def main():
    work, samples = Path(sys.argv[1]), Path(sys.argv[2])
    plan = json.loads((samples / "plan.json").read_text())
    rate, sound, phrases, frames = lay_out(plan, work)
    with wave.open(str(work / "speech.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((numpy.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    truth = truth_of(plan, phrases, frames)
    (samples / "interview.truth.json").write_text(json.dumps(truth, indent=2, ensure_ascii=False) + "\n")
    (samples / "interview.vtt").write_text(captions(phrases))


main()
