// expect: a credential provider needs: a machine refresh\(\) noexcept
#include <acs/exchange/credential_provider.hpp>

#include <optional>

struct provider {
    acs::result<acs::credentials> current() const noexcept { return acs::credentials{}; }
    std::optional<acs::wall_time> expiry() const noexcept { return {}; }
    bool due(acs::wall_time) const noexcept { return false; }
#ifndef REJECT
    acs::no_refresh refresh() noexcept { return {}; }
#endif
};

static_assert(acs::check_credential_provider<provider>());
