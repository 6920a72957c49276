"""One short round with every contender: all split alike, and everybody's books are right. ./test long"""

import os
import subprocess
import tempfile
import unittest

RUN = os.path.join(os.environ["GONGJI_SOURCE_DIR"], "loadtest", "compare", "run")
SECONDS_MAX = 600


class AllContenders(unittest.TestCase):
    def test_all_split_alike_and_keep_their_books(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([RUN, "--rounds", "1", "--seconds", "1", "--families", "200", "--out", folder],
                                  capture_output=True, text=True, timeout=SECONDS_MAX, check=False)
            self.assertEqual(done.returncode, 0, done.stderr[-3000:])
            self.assertIn("| HTTP: gongji to nginx that does no work |", done.stdout)


if __name__ == "__main__":
    unittest.main()
