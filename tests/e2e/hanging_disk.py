"""A disk whose syncs do not come back, for a gongjid that is started with it."""

import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


def hanging_disk(folder):
    """Environment of a gongjid whose syncs hang while a file exists, and the file."""
    library, switch = (os.path.join(folder, name) for name in ("hanging_sync.so", "hang"))
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, os.path.join(HERE, "hanging_sync.c")], check=True)
    return {"LD_PRELOAD": library, "GONGJI_HANG": switch}, switch
