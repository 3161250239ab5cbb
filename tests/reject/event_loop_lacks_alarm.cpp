// expect: an event loop needs: void alarm\(std::uint32_t ms\) noexcept
#include <acs/curl/multi.hpp>

struct half_a_loop {
    void watch(curl_socket_t, bool, bool) noexcept {}
#ifndef REJECT
    void alarm(std::uint32_t) noexcept {}
#endif
    void no_alarm() noexcept {}
};

half_a_loop loop;
acs::curl_multi http(loop);
