# How does each frame of the sample look?
"""draw.py PORTRAIT.png PLAN.json TRUTH.json: writes the frames as raw RGB24 to standard output."""

import json
import math
import sys
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter

from timeline import light, pose

# The outline of the person in the 512 x 512 portrait, drawn by hand; it leaves the frame at the bottom.
OUTLINE = [
    (26, 512), (24, 470), (20, 405), (28, 347), (44, 283), (63, 256), (86, 233), (113, 210), (115, 197), (114, 188),
    (124, 178), (132, 165), (146, 155), (165, 150), (184, 151), (183, 134), (174, 129), (170, 118), (163, 110), (156, 90),
    (155, 75), (158, 60), (169, 48), (187, 34), (202, 24), (220, 18), (235, 17), (251, 19), (269, 28), (283, 41),
    (291, 53), (297, 62), (299, 78), (299, 91), (295, 105), (288, 117), (280, 126), (272, 136), (267, 137), (261, 155),
    (256, 174), (272, 183), (286, 199), (300, 223), (305, 243), (323, 249), (337, 263), (347, 281), (356, 300), (363, 334),
    (362, 348), (375, 346), (398, 344), (421, 348), (450, 363), (473, 389), (489, 422), (497, 450), (506, 457), (511, 469),
    (511, 512),
]  # fmt: skip


def cut_out(portrait):
    """The portrait with a soft edge around the person, and clear everywhere else."""
    mask = Image.new("L", (2048, 2048))
    ImageDraw.Draw(mask).polygon([(x * 4, y * 4) for x, y in OUTLINE], fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(5)).resize((512, 512), Image.Resampling.BOX)
    return Image.merge("RGBA", (*portrait.convert("RGB").split(), mask))


def room(width, height, seed, daylight):
    """A wall in soft daylight from the left with a blurred shelf; `daylight` (0 to 1) says how strong."""
    y, x = numpy.mgrid[0:height, 0:width] / height
    wall = numpy.stack([204 - 34 * y - 12 * x, 198 - 36 * y - 13 * x, 190 - 36 * y - 12 * x], axis=-1)
    glow = numpy.exp(-(((x - 0.12) / 0.5) ** 2) - ((y - 0.3) / 0.6) ** 2)[..., None]
    wall += glow * numpy.array([26, 22, 15]) * (1 + 0.3 * daylight)
    picture = Image.fromarray(numpy.clip(wall, 0, 255).astype(numpy.uint8))
    things = picture.copy()
    draw = ImageDraw.Draw(things)
    draw.rectangle((930, 262, 1230, 274), fill=(140, 116, 92))
    books = [(58, 84, 102), (170, 98, 70), (196, 178, 142), (74, 104, 88), (122, 84, 96), (88, 100, 124), (186, 146, 84)]
    left = 962
    for index, colour in enumerate(books):
        wide, high = 22 + index * 7 % 13, 104 + index * 31 % 44
        draw.rectangle((left, 262 - high, left + wide, 262), fill=colour)
        left += wide + 3
    draw.rectangle((1166, 214, 1206, 262), fill=(182, 120, 88))
    draw.ellipse((1146, 146, 1226, 226), fill=(92, 124, 84))
    draw.rectangle((70, 96, 300, 400), fill=(236, 236, 228))
    draw.rectangle((181, 96, 189, 400), fill=(196, 192, 184))
    draw.rectangle((70, 240, 300, 248), fill=(196, 192, 184))
    blurred = numpy.asarray(things.filter(ImageFilter.GaussianBlur(9)), dtype=numpy.float64)
    # A grain of one level keeps the encoder from turning the smooth wall into bands.
    grain = numpy.random.default_rng(seed).normal(0, 1.0, (height, width, 1))
    return Image.fromarray(numpy.clip(blurred + grain, 0, 255).astype(numpy.uint8))


def place(person, plan, time):
    """The person as they stand at a time, in a clear picture of the sample's size."""
    x, y, scale, lean = pose(plan, time)
    box = plan["picture"]["portraitFaceBox"]
    face_x, face_y = (box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2
    cos, sin = math.cos(lean) / scale, math.sin(lean) / scale
    inverse = (cos, sin, face_x - cos * x - sin * y, -sin, cos, face_y + sin * x - cos * y)
    return person.transform((plan["width"], plan["height"]), Image.Transform.AFFINE, inverse, Image.Resampling.BICUBIC)


def main():
    portrait, plan, truth = Image.open(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text()), json.loads(Path(sys.argv[3]).read_text())
    person = cut_out(portrait)
    rooms = [room(plan["width"], plan["height"], plan["seed"], daylight) for daylight in (0, 1)]
    for index in range(truth["frameCount"]):
        time = index / plan["frameRate"]
        frame = Image.blend(rooms[0], rooms[1], 0.5 + 0.5 * math.sin(time * 0.5))
        posed = place(person, plan, time)
        frame.paste(posed, (0, 0), posed)
        level = light(plan, time)
        sys.stdout.buffer.write((frame if level == 1 else frame.point(lambda value: round(value * level))).tobytes())


main()
