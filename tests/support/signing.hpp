// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Drafts for the tests of the signature methods, in memory that notices who writes beside it.
#ifndef ACS_TESTS_SUPPORT_SIGNING_HPP
#define ACS_TESTS_SUPPORT_SIGNING_HPP

#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/draft.hpp>
#include <acs/signing/extra_fields.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace acs_tests {

/// A moment by its date and nonce, as the documents print them.
constexpr acs::moment moment_of(std::string_view date, std::string_view nonce) {
    acs::moment now{};
    now.wall = *acs::parse_iso8601(date);
    static_cast<void>(acs::hex_decode(nonce, now.random));
    return now;
}

inline constexpr acs::moment vector_moment = moment_of("2023-10-26T10:22:32Z", "3156853299f313e23d1673dc12e1703d");

/// What a draft is made of.
struct draft_parts {
    acs::call_head head{"GetProject", "2020-05-18"};
    acs::endpoint to{.host = "dataworks.cn-shanghai.aliyuncs.com"};
    acs::moment now = vector_moment;
    std::string_view user_agent{};
    std::span<acs::field const> extra_fields{};
    std::string_view bytes{};
    std::string_view content_type{};
    std::span<acs::param const> params{};  ///< in canonical order
};

inline constexpr draft_parts usual_parts{};

/// Memory for a draft.
struct draft_room {
    std::span<acs::field> fields{};
    std::span<acs::param> params{};
    std::span<char> text{};
};

/// The draft refers to the parts.
constexpr acs::draft draft_of(draft_parts const& p, draft_room const& room) {
    acs::draft d{.head = p.head,
                 .to = p.to,
                 .now = p.now,
                 .user_agent = p.user_agent,
                 .extra_fields = p.extra_fields,
                 .add_extra = acs::add_extra_fields,
                 .bytes = p.bytes,
                 .content_type = p.content_type,
                 .params = acs::span_list<acs::param>(room.params),
                 .fields = acs::span_list<acs::field>(room.fields),
                 .text = acs::span_sink(room.text)};
    for (acs::param const& one : p.params) d.params.push(one);
    return d;
}

/// `use(draft)` after the method was applied in ample memory; false if it was refused.
template <class Signer, class Use>
constexpr bool signed_draft(Signer const& signer, draft_parts const& parts, Use use) {
    std::array<acs::field, 24> fields{};
    std::array<acs::param, 32> params{};
    std::array<char, 4096> text{};
    acs::draft d = draft_of(parts, {fields, params, text});
    if (!acs::check_draft(d) || !signer.apply(d)) return false;
    return use(std::as_const(d));
}

/// Items with others before and behind them.
template <class T>
class guarded {
public:
    guarded(std::size_t size, T const& guard) : items_(size + 2 * margin, guard), guard_(guard), size_(size) {}

    [[nodiscard]] std::span<T> room() { return {items_.data() + margin, size_}; }

    template <class Equal>
    [[nodiscard]] bool intact(Equal equal) const {
        for (std::size_t i = 0; i < margin; ++i)
            if (!equal(items_[i], guard_) || !equal(items_[items_.size() - 1 - i], guard_)) return false;
        return true;
    }

private:
    static constexpr std::size_t margin = 16;
    std::vector<T> items_;
    T guard_;
    std::size_t size_;
};

/// Memory for a draft or a request of exactly these sizes.
class guarded_room {
public:
    guarded_room(std::size_t fields, std::size_t params, std::size_t text)
        : fields_(fields, {"guard", "guard"}), params_(params, {"guard", "guard"}), text_(text, '\x5A') {}

    [[nodiscard]] draft_room room() { return {fields_.room(), params_.room(), text_.room()}; }
    [[nodiscard]] bool intact() const {
        return fields_.intact([](acs::field const& a, acs::field const& b) { return a.name.data() == b.name.data(); }) &&
               params_.intact([](acs::param const& a, acs::param const& b) { return a.name.data() == b.name.data(); }) &&
               text_.intact([](char a, char b) { return a == b; });
    }

private:
    guarded<acs::field> fields_;
    guarded<acs::param> params_;
    guarded<char> text_;
};

/// All of a draft or request that travels in the request line and the headers, as text.
inline std::string wire_of(std::string_view target, std::span<acs::field const> fields) {
    std::string text(target);
    for (acs::field const& f : fields) {
        text.append("\n").append(f.name).append(": ");
        text.append(f.value);
    }
    return text;
}

/// Applies the method in every size of memory around what it takes: too small by any number of slots or bytes is no_space with the exact
/// need, nothing is written beside the memory, the exact size is enough, and gives what ample memory gives.
template <class Signer>
void check_every_size(Signer const& signer, draft_parts const& parts) {
    guarded_room ample(32, 32, 1 << 16);
    acs::draft full = draft_of(parts, ample.room());
    REQUIRE(acs::check_draft(full));
    REQUIRE(signer.apply(full));
    REQUIRE(ample.intact());
    std::string const wire = wire_of(full.target, full.fields.items());
    std::size_t const fields = full.fields.needed(), params = full.params.needed(), text = full.text.needed();

    auto const refused = [&](std::size_t f, std::size_t p, std::size_t t, std::string_view where, std::size_t needed) {
        guarded_room small(f, p, t);
        acs::draft d = draft_of(parts, small.room());
        auto const made = signer.apply(d);
        INFO("fields " << f << " params " << p << " text " << t);
        REQUIRE_FALSE(made);
        CHECK(acs::name(made.error().code) == "no_space");
        CHECK(made.error().origin == acs::origin::caller);
        CHECK(made.error().where == where);
        CHECK(made.error().needed == needed);
        CHECK(d.target.empty());
        CHECK(small.intact());
    };
    for (std::size_t n = 0; n < text; ++n) refused(fields, params, n, "text", text);
    for (std::size_t n = 0; n < fields; ++n) refused(n, params, text, "fields", fields);
    for (std::size_t n = 0; n < params; ++n) refused(fields, n, text, "params", params);

    for (std::size_t extra = 0; extra < 2; ++extra) {
        guarded_room exact(fields + extra, params + extra, text + extra);
        acs::draft d = draft_of(parts, exact.room());
        REQUIRE(signer.apply(d));
        CHECK(wire_of(d.target, d.fields.items()) == wire);
        CHECK(exact.intact());
    }
}

/// The failure of a method that must refuse these parts.
template <class Signer>
acs::failure refusal_of(Signer const& signer, draft_parts const& parts) {
    guarded_room ample(32, 32, 4096);
    acs::draft d = draft_of(parts, ample.room());
    if (auto const ok = acs::check_draft(d); !ok) return ok.error();
    auto const made = signer.apply(d);
    REQUIRE_FALSE(made);
    CHECK(d.target.empty());
    CHECK(made.error().origin == acs::origin::caller);
    CHECK(made.error().delivery == acs::delivery::not_sent);
    return made.error();
}

/// A text with one of CR, LF and NUL at each place: `use(text, offset)`.
template <class Use>
void for_each_forbidden(std::string_view plain, Use use) {
    for (char const c : {'\r', '\n', '\0'})
        for (std::size_t at = 0; at <= plain.size(); ++at) {
            std::string text(plain);
            text.insert(at, 1, c);
            use(std::string_view(text), at);
        }
}

}  // namespace acs_tests

#endif
