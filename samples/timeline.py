# Where is the face in each frame, and how light is the picture?
"""Pure functions from the plan and a time to the picture; draw.py draws them and speak.py writes them down as the truth."""

import math


def ease(value):
    """0 to 1 without a jerk at either end."""
    value = min(1.0, max(0.0, value))
    return value * value * (3 - 2 * value)


def weight(time, span, move):
    """How much a span holds at a time: 1 inside, 0 outside, moving `move` seconds just before its start and after its end."""
    return ease((time - span["startSeconds"] + move) / move) * ease((span["endSeconds"] + move - time) / move)


def light(plan, time):
    """Brightness factor, 1 in the light and 0.02 in a dark span; the fades lie outside the span."""
    level = 1.0
    for span in plan["picture"]["dark"]:
        level *= 1 - 0.98 * weight(time, span, span["fadeSeconds"])
    return level


def pose(plan, time):
    """(x, y of the face's centre in pixels, scale of the portrait, lean in radians)."""
    picture = plan["picture"]
    x = picture["faceCentre"]["x"] * plan["width"] + 26 * math.sin(time * 0.83) + 9 * math.sin(time * 2.1 + 1)
    y = picture["faceCentre"]["y"] * plan["height"] + 7 * math.sin(time * 1.3 + 0.5) + 3 * math.sin(time * 3.1)
    scale = picture["portraitScale"] * (1 + 0.025 * math.sin(time * 0.6))
    for span in picture["offCentre"]:
        share = weight(time, span, picture["moveSeconds"])
        x += share * (span["x"] - picture["faceCentre"]["x"]) * plan["width"]
        y += share * (span["y"] - picture["faceCentre"]["y"]) * plan["height"]
        scale *= 1 + share * (span["zoom"] - 1)
    for span in picture["absent"]:
        x += weight(time, span, picture["moveSeconds"]) * plan["width"] * 1.1
    return x, y, scale, 0.025 * math.sin(time * 0.9 + 0.4)


def face_box(plan, time):
    """The face from brows to chin in shares of the picture: left, top, width, height; may lie outside it."""
    box = plan["picture"]["portraitFaceBox"]
    x, y, scale, _ = pose(plan, time)
    width, height = (box["right"] - box["left"]) * scale, (box["bottom"] - box["top"]) * scale
    return (x - width / 2) / plan["width"], (y - height / 2) / plan["height"], width / plan["width"], height / plan["height"]


def spans(plan, frames, holds):
    """The spans of frames for which `holds(time)` is true, in seconds; a span ends with the end of its last frame."""
    found, start = [], None
    for frame in range(frames + 1):
        true = frame < frames and holds(frame / plan["frameRate"])
        if true and start is None:
            start = frame
        if not true and start is not None:
            found.append({"startSeconds": round(start / plan["frameRate"], 3), "endSeconds": round(frame / plan["frameRate"], 3)})
            start = None
    return found


def picture_truth(plan, frames):
    def inside(time):
        left, top, width, height = face_box(plan, time)
        return left >= 0 and top >= 0 and left + width <= 1 and top + height <= 1

    def outside(time):
        left, _, width, _ = face_box(plan, time)
        return left >= 1 or left + width <= 0

    def off_centre(time):
        left, _, width, _ = face_box(plan, time)
        return inside(time) and not 1 / 3 <= left + width / 2 <= 2 / 3

    def dark(time):
        return light(plan, time) <= 0.03

    def lit(time):
        return light(plan, time) >= 0.9

    def box(time):
        left, top, width, height = (round(value, 4) for value in face_box(plan, time))
        return {"atSeconds": time, "left": left, "top": top, "width": width, "height": height}

    half_seconds = [index / 2 for index in range(math.ceil(frames / plan["frameRate"] * 2))]
    return {
        "facePresent": spans(plan, frames, lambda time: inside(time) and lit(time)),
        "faceAbsent": spans(plan, frames, lambda time: outside(time) or dark(time)),
        "personOut": spans(plan, frames, outside),
        "dark": spans(plan, frames, dark),
        "offCentre": spans(plan, frames, off_centre),
        "faceBoxes": [box(time) for time in half_seconds if inside(time) and lit(time)],
    }
