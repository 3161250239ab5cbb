// expect: a callback world needs: template <class Done> void wait\(acs::tick until, Done done\)
#include <acs/hosted/callbacks.hpp>

struct half_a_world {
    bool look(acs::moment&);
    template <acs::answer_sink Sink, class Done>
    void carry(acs::request const&, Sink&, std::uint32_t, Done);
#ifndef REJECT
    template <class Done>
    void wait(acs::tick, Done);
#endif
};

static_assert(acs::check_callback_world<half_a_world>());
