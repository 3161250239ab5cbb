# Sourced by tests/run, examples/run and .ci/run: installs Debian packages that are missing.
# install_missing PACKAGE... returns non-zero, and says what is missing, if that can't be done.

missing_of() {
    for package in "$@"; do
        status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=
        [ "$status" = installed ] || printf ' %s' "$package"
    done
}

install_missing() {
    missing=$(missing_of "$@")
    [ -z "$missing" ] && return 0
    printf 'installing%s\n' "$missing"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            printf 'missing packages, and neither root nor sudo to install them:%s\n' "$missing" >&2
            return 1
        fi
        as_root='sudo -n'
    fi
    # A caller under `set -e` goes on to hear what is missing.
    $as_root apt-get -q -o Acquire::Retries=3 update >/dev/null || printf 'apt-get update failed\n' >&2
    # shellcheck disable=SC2086 # lists of words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 \
        install --no-install-recommends $missing >/dev/null || printf 'apt-get install failed\n' >&2
    missing=$(missing_of "$@")
    [ -z "$missing" ] && return 0
    printf 'could not install:%s\n' "$missing" >&2
    return 1
}

# What building the library's programs takes, and what the quick suite takes beyond.
programs='g++ cmake ninja-build python3 ca-certificates catch2 libcurl4-openssl-dev libboost1.81-dev libssl-dev'
suite="$programs pkg-config gcc-arm-none-eabi libstdc++-arm-none-eabi-newlib libbenchmark-dev libsimdjson-dev rapidjson-dev
    nlohmann-json3-dev libcpp-httplib-dev libmbedtls-dev"

# What .ci/run takes beyond.
checks='clang clang-19 libc++-19-dev libc++abi-19-dev libclang-rt-19-dev valgrind'

# build/, optimised; a build folder that came from elsewhere is made anew.
configure() {
    cmake --preset dev >/dev/null && return 0
    rm -rf build
    cmake --preset dev
}
