/* Negative control of the power-cut test: preloaded, it makes every sync say "done" and do nothing,
 * as a disk with a lying cache does. The test must then report loss. */
int fsync(int descriptor) { return (void)descriptor, 0; }
int fdatasync(int descriptor) { return (void)descriptor, 0; }
int sync_file_range(int descriptor, long long offset, long long bytes, unsigned flags) {
  return (void)descriptor, (void)offset, (void)bytes, (void)flags, 0;
}
