// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_REPLAY_HPP
#define ACS_TESTING_REPLAY_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/message/request.hpp>
#include <acs/client/transport.hpp>
#include <acs/testing/received.hpp>
#include <acs/testing/recorded_exchange.hpp>
#include <acs/testing/scrub.hpp>
#include <acs/testing/transcript.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acs::testing::inline ACS_ABI {

/// The first place where a request differs from the one that was recorded, in words; none if they ask for the same. Both are scrubbed.
/// What differs by nature does not count: date, nonce, signature, the hash of the body, who calls, and our version.
class request_comparison {
public:
    explicit request_comparison(std::set<std::string, std::less<>> const& ignored) noexcept : ignored_(&ignored) {}

    [[nodiscard]] std::optional<std::string> operator()(recorded_request const& recorded, recorded_request const& sent) const {
        auto const before = recorded.apart();
        auto const now = sent.apart();
        if (!now) return "it is not well-formed";
        if (!before) return "the recorded one is not well-formed";
        if (auto d = texts("the method", recorded.method, sent.method)) return d;
        if (auto d = texts("the scheme", recorded.scheme, sent.scheme)) return d;
        if (auto d = texts("the host", recorded.host, sent.host)) return d;
        if (auto d = texts("the path", before->path, now->path)) return d;
        if (auto d = pairs("query parameter ", relevant(before->query), relevant(now->query))) return d;
        if (auto d = pairs("header ", fields_of(recorded), fields_of(sent))) return d;
        if (recorded.has_form() && sent.has_form()) return pairs("form parameter ", relevant(before->form), relevant(now->form));
        return texts("the body", recorded.body, sent.body);
    }

private:
    using pair_list = std::vector<std::pair<std::string, std::string>>;

    /// Some of a text around a place, in quotes.
    static std::string excerpt(std::string_view text, std::size_t at) {
        constexpr std::size_t before = 8, most = 32;
        std::size_t const from = at > before ? at - before : 0;
        std::string shown = from != 0 ? "\"..." : "\"";
        for (char const c : text.substr(from, most)) shown += static_cast<unsigned char>(c) < 0x20 || c == '\x7F' ? '?' : c;
        return shown + (text.size() > from + most ? "...\"" : "\"");
    }

    static std::optional<std::string> texts(std::string const& what, std::string_view recorded, std::string_view sent) {
        if (recorded == sent) return {};
        auto const [a, b] = std::mismatch(recorded.begin(), recorded.end(), sent.begin(), sent.end());
        auto const at = static_cast<std::size_t>(a - recorded.begin());
        return what + " differs at byte " + std::to_string(at) + ": recorded " + excerpt(recorded, at) + ", sent " + excerpt(sent, at);
    }

    /// Lists in order: the first name that one of them lacks, or value that differs.
    static std::optional<std::string> pairs(std::string const& what, pair_list const& recorded, pair_list const& sent) {
        for (std::size_t i = 0; i < recorded.size() || i < sent.size(); ++i) {
            bool const lacks = i == sent.size() || (i < recorded.size() && recorded[i].first < sent[i].first);
            if (lacks) return what + recorded[i].first + " was recorded, but is not sent";
            if (i == recorded.size() || recorded[i].first != sent[i].first) return what + sent[i].first + " is sent, but was not recorded";
            if (auto d = texts(what + recorded[i].first, recorded[i].second, sent[i].second)) return d;
        }
        return {};
    }

    [[nodiscard]] pair_list relevant(pair_list all) const {
        constexpr std::array<std::string_view, 2> passing{"Timestamp", "SignatureNonce"};
        std::erase_if(all, [&](auto const& p) {
            return is_secret_name(p.first) || std::find(passing.begin(), passing.end(), p.first) != passing.end() ||
                   ignored_->contains(p.first);
        });
        std::sort(all.begin(), all.end());
        return all;
    }

    [[nodiscard]] pair_list fields_of(recorded_request const& r) const {
        constexpr std::array<std::string_view, 5> passing{"date", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256",
                                                          "user-agent"};
        pair_list all;
        for (auto const& [key, value] : r.fields) {
            std::string name;
            for (char const c : key) name += to_lower(c);
            // Of a signature its method counts. Which headers it covers depends on who calls; each of them is compared for itself.
            bool const by_whom = name == "authorization";
            bool const secret = !by_whom && is_secret_field(name);
            if (secret || std::find(passing.begin(), passing.end(), name) != passing.end() || ignored_->contains(name)) continue;
            all.emplace_back(name, by_whom ? value.substr(0, std::min(value.find(' '), value.size())) : value);
        }
        std::sort(all.begin(), all.end());
        return all;
    }

    std::set<std::string, std::less<>> const* ignored_;
};

/// A transport that answers from a transcript, in order and strictly: a request other than the one recorded at this place fails, and so
/// does every one after it. `difference()` says how it differs; the failure, which nobody tries again, says the same.
///
///     acs::testing::transcript made;
///     if (auto wrong = acs::testing::transcript::load(text, made)) ...
///     acs::testing::replay replay{made};
///     ...                                       // the same calls over `replay`
///     CHECK(replay.finished());
class replay {
public:
    explicit replay(transcript made) : made_(std::move(made)) {}

    /// Does not compare a parameter of that name, or a header by its lower-case name: such as `ClientToken`, which is made of entropy.
    replay& ignore(std::string name) {
        ignored_.insert(std::move(name));
        return *this;
    }

    template <answer_sink Sink>
    result<void> perform(request const& made, Sink& sink) {
        if (!difference_.empty()) return unexpected();
        std::string const number = "request " + std::to_string(next_ + 1);
        recorded_request sent = recorded_request::of(made);
        scrubber::scrub(sent);
        if (next_ == made_.exchanges.size()) {
            difference_ = number + ": the record is over; sent " + sent.method + " " + sent.host + " " + std::string(made.action);
            return unexpected();
        }
        recorded_exchange const& x = made_.exchanges[next_];
        recorded_request recorded = x.request;
        scrubber::scrub(recorded);
        if (auto const d = request_comparison(ignored_)(recorded, sent)) {
            difference_ = number + ": " + *d;
            return unexpected();
        }
        ++next_;
        failure f{};
        f.origin = origin::transport;
        if (x.failure) {
            f.code = x.failure->code;
            f.delivery = x.failure->delivery;
            f.status = x.failure->status;
            return f;
        }
        sink.status(x.answer.status);
        bool taken = true;
        for (auto const& [name, value] : x.answer.fields) taken = taken && sink.field(name, value);
        taken = taken && (x.answer.body.empty() || sink.body(x.answer.body));
        if (taken) return {};
        f.code = errc::reply_too_large;
        f.delivery = delivery::answered;
        f.status = x.answer.status;
        return f;
    }

    /// Whether every request came, and none that was not recorded.
    [[nodiscard]] bool finished() const noexcept { return difference_.empty() && next_ == made_.exchanges.size(); }
    /// How many requests came as they were recorded.
    [[nodiscard]] std::size_t replayed() const noexcept { return next_; }
    /// How the first unexpected request differs; empty if none came.
    [[nodiscard]] std::string const& difference() const noexcept { return difference_; }

private:
    /// A fault of the caller, so that it is not tried again. Its text views this object.
    [[nodiscard]] failure unexpected() const noexcept { return refuse(errc::transport_failed, difference_); }

    transcript made_;
    std::set<std::string, std::less<>> ignored_{};
    std::size_t next_{};
    std::string difference_{};
};

static_assert(transport<replay>);

}  // namespace acs::testing::inline ACS_ABI

#endif
