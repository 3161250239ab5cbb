// expect: an awaited world needs: template <acs::answer_sink Sink> awaitable carry\(acs::request const&, Sink&
#include <acs/hosted/coroutine.hpp>

struct half_a_world {
    bool look(acs::moment&);
#ifndef REJECT
    template <acs::answer_sink Sink>
    int carry(acs::request const&, Sink&, std::uint32_t);
#endif
    int wait(acs::tick);
};

static_assert(acs::check_awaited_world<half_a_world>());
