# How does the server end with the tests that started it? When its standard input ends, however they end.
import os
import sys
import threading

from moto.server import main


def leave_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=leave_with_parent, daemon=True).start()
main(["-p", "0"])
