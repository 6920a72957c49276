# Configures and builds a preset into build/. Sourced by run and test; needs $root.

# One compiler of the CAF and Beast units takes about 1.2 GB: as many jobs as cores, fewer when
# memory is short.
build_jobs() {
  local cores memory_kb by_memory
  cores=$(nproc)
  memory_kb=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo)
  by_memory=$((memory_kb / 1200000))
  [ "$by_memory" -ge 1 ] || by_memory=1
  echo $((cores < by_memory ? cores : by_memory))
}

# build_preset PRESET [TARGET…]: all targets when none is named.
build_preset() {
  (
    cd "$root"
    [ -f "build/$1/build.ninja" ] || cmake --preset "$1"
    ninja -C "build/$1" -j "$(build_jobs)" "${@:2}"
  ) >&2
}
