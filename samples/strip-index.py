# Which elements does FFmpeg write into a live WebM that a browser's MediaRecorder does not?
"""Copies a live WebM from standard input to standard output without the SeekHead, Void and Tags that stand before its first Cluster."""

import sys

SEEK_HEAD, VOID, TAGS, CLUSTER, SEGMENT = 0x114D9B74, 0xEC, 0x1254C367, 0x1F43B675, 0x18538067


def number(data, at, keeps_marker):
    """An EBML variable-length number: (value, position behind it)."""
    length = 9 - data[at].bit_length()
    value = data[at] if keeps_marker else data[at] & ((1 << (8 - length)) - 1)
    for byte in data[at + 1 : at + length]:
        value = value << 8 | byte
    return value, at + length


def main():
    data = sys.stdin.buffer.read()
    out, at = bytearray(), 0
    while True:
        element, behind_id = number(data, at, True)
        if element == CLUSTER:
            break
        size, body = number(data, behind_id, False)
        end = body if element == SEGMENT else body + size
        if element not in (SEEK_HEAD, VOID, TAGS):
            out += data[at:end]
        at = end
    sys.stdout.buffer.write(out + data[at:])


main()
