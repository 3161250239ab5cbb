// expect: a world needs: bool look\(acs::moment&\)
#include <acs/hosted/worlds.hpp>

struct half_a_world {
#ifndef REJECT
    bool look(acs::moment&) { return true; }
#endif
    template <acs::answer_sink Sink, class Done>
    void carry(acs::request const&, Sink&, std::uint32_t, Done) {}
    template <class Done>
    void wait(acs::tick, Done) {}
};

static_assert(acs::check_callback_world<half_a_world>());
