// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_RESULT_HPP
#define ACS_CORE_RESULT_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/history.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace acs::inline ACS_ABI {

/// Whose fault a failure is.
enum class origin : std::uint8_t {
    none,       ///< nobody's: there is no failure
    caller,     ///< the request could not be made from what was given
    transport,  ///< the way to the service and back
    service,    ///< the service, or something that answered in its place
};

/// How far the request certainly came; what a retry may assume.
enum class delivery : std::uint8_t {
    not_sent,  ///< no byte of it left: it cannot have run
    unknown,   ///< it may have run
    answered,  ///< an answer came back
};

[[nodiscard]] constexpr std::string_view name(origin o) noexcept {
    switch (o) {
        case origin::none: return "none";
        case origin::caller: return "caller";
        case origin::transport: return "transport";
        case origin::service: return "service";
    }
    return "unknown";
}

[[nodiscard]] constexpr std::string_view name(delivery d) noexcept {
    switch (d) {
        case delivery::not_sent: return "not_sent";
        case delivery::unknown: return "unknown";
        case delivery::answered: return "answered";
    }
    return "unknown";
}

/// What the service said of a failed call (protocol: error envelope). Absent members are views with null data. The views point into the
/// reply's body, or into its header fields for a request id that only a header carried.
struct service_error {
    std::string_view code{};                  ///< dotted, hierarchical, such as `Throttling.User`
    std::string_view message{};               ///< for people
    std::string_view request_id{};            ///< what support asks for
    std::string_view host_id{};               ///< the host that answered
    std::string_view recommend{};             ///< a support address
    std::string_view description{};           ///< more text, on some gateways
    std::string_view detail{};                ///< more text, on some gateways
    std::string_view access_denied_detail{};  ///< the raw JSON object of a refusal by RAM
};

struct parameter_row;  // a row of an operation's table: acs/operation/table.hpp

/// What went wrong, where, whose fault it is and how far the request came. Holds views only; whoever returns it says into what.
struct failure {
    errc code{};                       ///< which kind of failure
    acs::origin origin{};              ///< whose fault
    acs::delivery delivery{};          ///< how far the request came
    std::uint16_t status{};            ///< HTTP status, 0 without an answer
    std::uint32_t wait_ms{};           ///< the wait the service asked for in milliseconds, 0 if none
    std::size_t offset{};              ///< byte offset of the fault in the text named by `where` (in the body for a reply)
    std::size_t needed{};              ///< `no_space`: how many bytes or elements it takes
    std::string_view where{};          ///< the parameter, header, member or buffer at fault
    const parameter_row* rows{};       ///< `invalid_parameters`: the operation's table, to which the two masks refer
    std::uint64_t missing{};           ///< `invalid_parameters`: bit i set: row i is required and absent
    std::uint64_t out_of_range{};      ///< `invalid_parameters`: bit i set: row i is outside its bounds
    service_error service{};           ///< what the service said, for `service_refused`
    std::string_view body{};           ///< the raw body of an answer that could not be decoded
    acs::history history{};            ///< of a call that was tried again (exchange); else of no attempts
};

/// Whether something of the caller's may go on; if not, what is wrong with it. Small, where a `failure` holds all that a service says:
/// what functions that check return to one another, and a failure where it reaches the caller.
class [[nodiscard]] verdict {
public:
    /// It may.
    constexpr verdict() noexcept = default;
    /// It may not. `number`: of no_space what is needed, else an offset.
    constexpr verdict(errc code, std::string_view where, std::size_t number) noexcept
        : where_(where), number_(number), code_(static_cast<std::size_t>(code)) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return code_ == 0; }
    constexpr explicit operator bool() const noexcept { return code_ == 0; }

    /// A failure of the caller: the request never left.
    [[nodiscard]] constexpr failure error() const noexcept {
        failure f{};
        describe(f);
        return f;
    }
    /// The same in an empty failure, where it lies already.
    ACS_NOINLINE constexpr void describe(failure& f) const noexcept {
        f.code = static_cast<errc>(code_);
        f.origin = origin::caller;
        f.where = where_;
        (f.code == errc::no_space ? f.needed : f.offset) = number_;
    }
    constexpr operator failure() const noexcept { return error(); }  // NOLINT: a refusal is a failure

private:
    std::string_view where_{};
    std::size_t number_{};
    std::size_t code_{};  // an errc, as wide as the others: so a copy is one of whole words
};

/// A refusal, of what `where` names.
[[nodiscard]] constexpr verdict refuse(errc code, std::string_view where = {}, std::size_t offset = 0) noexcept {
    return {code, where, offset};
}

/// A buffer of the caller's is too small: `needed` bytes or elements of what `where` names.
[[nodiscard]] constexpr verdict refuse_space(std::string_view where, std::size_t needed) noexcept {
    return {errc::no_space, where, needed};
}

/// What results of every type have in common: whether there is a value, and the failure if there is none. What fails fills it in where it
/// lies, whatever the type of the value that it did not make.
class [[nodiscard]] fallible {
public:
    [[nodiscard]] constexpr bool has_value() const noexcept { return !failed_; }
    constexpr explicit operator bool() const noexcept { return !failed_; }

    /// Makes it an empty failure, to be filled in where it lies. Any value is gone.
    ACS_OUTLINE constexpr failure& fail() noexcept {
        constexpr failure empty{};  // of a constant, small code is made
        if (std::is_constant_evaluated())
            *this = fallible(empty);  // only so does the other member of the union come alive there
        else
            error_ = empty;
        failed_ = true;
        return error_;
    }

    [[nodiscard]] constexpr failure const& error() const noexcept {
        ACS_ASSERT(failed_);
        return error_;
    }
    /// The failure that it is, to be changed.
    [[nodiscard]] constexpr failure& failed() noexcept {
        ACS_ASSERT(failed_);
        return error_;
    }

protected:
    constexpr fallible() noexcept : nothing_(), failed_(false) {}
    constexpr explicit fallible(failure const& error) noexcept : error_(error), failed_(true) {}

private:
    union {
        char nothing_;
        failure error_;
    };
    bool failed_;  // not the other way round: a result of nothing but zeros is the smallest code
};

/// A value or a failure. Never throws, never allocates; nothing in it owns anything.
/// Pre: `*` and `->` need a value, `error()` needs a failure.
template <class T>
class [[nodiscard]] result : public fallible {
    static_assert(std::is_trivially_copyable_v<T>, "acs::result holds plain values and views only");

public:
    using value_type = T;

    constexpr result(T const& value) noexcept : value_(value) {}  // NOLINT: a value is a result
    constexpr result(failure const& error) noexcept : fallible(error), nothing_() {}  // NOLINT: so is a failure
    constexpr result(verdict const& refusal) noexcept : fallible(refusal.error()), nothing_() {}  // NOLINT: and what becomes one

    [[nodiscard]] constexpr T& operator*() noexcept {
        ACS_ASSERT(has_value());
        return value_;
    }
    [[nodiscard]] constexpr T const& operator*() const noexcept {
        ACS_ASSERT(has_value());
        return value_;
    }
    [[nodiscard]] constexpr T* operator->() noexcept {
        ACS_ASSERT(has_value());
        return &value_;
    }
    [[nodiscard]] constexpr T const* operator->() const noexcept {
        ACS_ASSERT(has_value());
        return &value_;
    }

private:
    union {
        char nothing_;
        T value_;
    };

public:
    /// The member that is the value: how far behind the beginning it lies is asked of it.
    static constexpr T result::*value_member() noexcept { return &result::value_; }
};

/// Success without a value, or a failure.
template <>
class [[nodiscard]] result<void> : public fallible {
public:
    using value_type = void;

    constexpr result() noexcept = default;
    constexpr result(failure const& error) noexcept : fallible(error) {}  // NOLINT: a failure is a result
    constexpr result(verdict const& v) noexcept : result(v ? result() : result(v.error())) {}  // NOLINT: and a verdict becomes one
};

}  // namespace acs::inline ACS_ABI

#endif
