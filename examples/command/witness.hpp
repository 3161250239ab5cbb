// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A transport that remembers what it carried last, so that a refusal can be explained.
#ifndef EXAMPLES_COMMAND_WITNESS_HPP
#define EXAMPLES_COMMAND_WITNESS_HPP

#include <dataworks.hpp>

#include <array>
#include <cstdint>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace command {

/// Another transport, which is told everything as it is, and the last request and the date of the last answer beside it.
template <acs::transport Http>
class witness {
public:
    explicit witness(Http& http) : http_(&http) {}

    template <acs::answer_sink Sink>
    acs::result<void> perform(acs::request const& made, Sink& sink) {
        keep(made);
        date_.clear();
        observed<Sink> both{&sink, &date_};
        return http_->perform(made, both);
    }

    void limit(std::uint32_t ms) noexcept requires requires(Http& http) { http.limit(ms); }
    { http_->limit(ms); }

    /// Why the service refused what was sent last. Views this object and the failure.
    [[nodiscard]] acs::explanation explain(acs::failure const& f, std::string_view secret) const {
        std::array<acs::field, 1> const answer{{{"date", date_}}};
        return acs::explain(kept_, f, {.secret = secret, .fields = answer});
    }

private:
    template <class Sink>
    struct observed {
        Sink* to;
        std::string* date;
        void status(std::uint16_t code) noexcept { to->status(code); }
        bool field(std::string_view name, std::string_view value) noexcept {
            if (acs::equal_ignoring_case(name, "date")) date->assign(value.substr(0, 64));
            return to->field(name, value);
        }
        bool body(std::string_view piece) noexcept { return to->body(piece); }
    };

    std::string_view copy(std::string_view text) { return texts_.emplace_back(text); }

    void keep(acs::request const& made) {
        texts_.clear();
        fields_.clear();
        params_.clear();
        for (acs::field const& f : made.fields) fields_.push_back({copy(f.name), copy(f.value)});
        for (acs::param const& p : made.params) params_.push_back({copy(p.name), copy(p.value), p.in});
        kept_ = {made.scheme, made.verb, copy(made.host), copy(made.target), fields_, {}, copy(made.action), params_};
    }

    Http* http_;
    std::list<std::string> texts_{};
    std::vector<acs::field> fields_{};
    std::vector<acs::param> params_{};
    acs::request kept_{};
    std::string date_{};
};

}  // namespace command

#endif
