// expect: a clock needs: acs::tick now\(\) noexcept
#include <acs/client/transport.hpp>

struct my_clock {
    acs::wall_time wall() noexcept;
#ifdef REJECT
    long now() noexcept;
#else
    acs::tick now() noexcept;
#endif
    bool wait(acs::tick) noexcept;
};

static_assert(acs::check_waiting_clock<my_clock>());
