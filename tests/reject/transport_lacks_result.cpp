// expect: a transport needs: template <acs::answer_sink Sink> acs::result<void> perform\(acs::request const&, Sink&\)
#include <acs/client/transport.hpp>

struct my_stack {
    template <acs::answer_sink Sink>
#ifdef REJECT
    bool perform(acs::request const&, Sink&);
#else
    acs::result<void> perform(acs::request const&, Sink&);
#endif
};

static_assert(acs::check_transport<my_stack>());
