// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXPLAIN_SECRETS_HPP
#define ACS_EXPLAIN_SECRETS_HPP

#include <acs/core/config.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/text.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/message/request.hpp>
#include <acs/message/secret_name.hpp>

#include <array>
#include <cstddef>
#include <string_view>

// What an explanation must never show (protocol 5).
namespace acs::inline ACS_ABI {

/// The secret texts of a request, to be recognised where they have no business to be. Views the request and the secret.
class request_secrets {
public:
    constexpr request_secrets(request const& made, std::string_view secret) noexcept {
        add(secret);
        for (param const& p : made.params)
            if (is_secret_name(p.name)) add(p.value);
        for (field const& f : made.fields) {
            if (equal_ignoring_case(f.name, "authorization"))
                add_authorization(f.value);
            else if (is_secret_name(f.name))
                add(f.value);
        }
        if (std::size_t const at = made.target.find("&Signature="); at < made.target.size()) add(skip(made.target, at + 11));
    }

    /// Whether a name that the service tells is plain, and shares no run of 8 bytes with a secret, nor holds a shorter one. None may be
    /// shown where there were so many secrets that not all of them may have had room.
    [[nodiscard]] constexpr bool may_show(std::string_view name) const noexcept {
        if (name.empty() || name.size() > 64 || count_ == secrets_.size()) return false;
        for (char const c : name) {
            bool const letter = to_lower(c) >= 'a' && to_lower(c) <= 'z';
            if (!letter && !is_digit(c) && std::string_view(".-_:*").find(c) == std::string_view::npos) return false;
        }
        for (std::size_t i = 0; i < count_; ++i)
            if (shares_run(name, secrets_[i])) return false;
        return true;
    }

private:
    constexpr void add(std::string_view secret) noexcept {
        if (secret.size() >= 4 && count_ < secrets_.size()) secrets_[count_++] = secret;
    }

    /// Key id and signature; the rest of the header is public.
    constexpr void add_authorization(std::string_view text) noexcept {
        for (std::string_view const label : {std::string_view("Credential="), std::string_view("Signature="), std::string_view("acs ")}) {
            std::size_t const at = text.find(label);
            if (at == std::string_view::npos) continue;
            std::string_view const value = skip(text, at + label.size());
            std::size_t const end = value.find_first_of(",:");
            add(first(value, end < value.size() ? end : value.size()));
            if (end < value.size() && value[end] == ':') add(skip(value, end + 1));
        }
    }

    [[nodiscard]] static constexpr bool shares_run(std::string_view name, std::string_view secret) noexcept {
        std::size_t const run = smaller<std::size_t>(8, secret.size());
        for (std::size_t i = 0; i + run <= name.size(); ++i)
            if (secret.find(std::string_view(name.data() + i, run)) != std::string_view::npos) return true;
        return false;
    }

    std::array<std::string_view, 12> secrets_{};
    std::size_t count_{};
};

}  // namespace acs::inline ACS_ABI

#endif
