// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_PROBE_HPP
#define ACS_TESTING_CONFORMANCE_PROBE_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/call_head.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/request.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/operation/description.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/client/transport.hpp>
#include <acs/testing/conformance/world.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acs::conformance::inline ACS_ABI {

/// The operation that is called: one text in the query, one in the form.
struct probe {
    static constexpr call_head head{"Probe", "2020-05-18"};
    std::string_view note{};
    std::string_view content{};
    struct reply {
        std::string_view request_id{};
    };
    static consteval auto describe() {
        return description(parameters(query<&probe::note>("Note", long_text), form<&probe::content>("Content", long_text)),
                           members(member<&reply::request_id>("RequestId")));
    }
};

inline constexpr credentials probe_key{"testid", "testsecret"};

/// A signed request, in memory of its own. No two are alike.
class probe_request {
public:
    probe_request(std::string where, probe const& op, acs::scheme scheme, std::span<field const> extra = {})
        : host_(std::move(where)), op_(op), memory_(16 * (op.note.size() + op.content.size() + extra.size() * 64) + 4096) {
        moment now{{1'698'315'752}, {}, {}};
        static std::uint32_t count = 0;
        ++count;
        for (std::size_t i = 0; i < 4; ++i) now.random[i] = static_cast<std::uint8_t>(count >> 8 * i);
        auto const prepared =
            prepare(op_, endpoint{.host = host_, .scheme = scheme}, probe_key, now, {fields_, params_, memory_}, {.fields = extra});
        good_ = prepared.has_value();
        if (good_) made = *prepared;
    }
    probe_request(probe_request const&) = delete;
    probe_request& operator=(probe_request const&) = delete;

    [[nodiscard]] bool good() const noexcept { return good_; }

    request made{};

private:
    std::string host_;
    probe op_;
    std::vector<char> memory_;
    std::vector<param> params_{16};
    std::vector<field> fields_{32};
    bool good_{};
};

/// The answer as it came, of which there is room for `room` bytes of body and `slots` fields. Counts how often it began.
class answer_log {
public:
    explicit answer_log(std::size_t room = SIZE_MAX, std::size_t slots = SIZE_MAX) : room_(room), slots_(slots) {}

    void status(std::uint16_t code) noexcept {
        ++beginnings;
        said = code;
        fields.clear();
        text.clear();
    }
    bool field(std::string_view name, std::string_view value) noexcept {
        if (fields.size() == slots_) return false;
        fields.emplace_back(name, value);
        return true;
    }
    bool body(std::string_view piece) noexcept {
        if (piece.size() > room_ - text.size()) return false;
        text.append(piece);
        return true;
    }

    int beginnings{};
    std::uint16_t said{};
    std::vector<std::pair<std::string, std::string>> fields{};
    std::string text{};

private:
    std::size_t room_;
    std::size_t slots_;
};
static_assert(answer_sink<answer_log>);

}  // namespace acs::conformance::inline ACS_ABI

#endif
