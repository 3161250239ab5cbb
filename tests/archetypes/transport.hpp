// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Types that model what a client needs of the world, and nothing more: whatever is instantiated with them uses no more than the concepts
// promise.
#ifndef ACS_TESTS_ARCHETYPES_TRANSPORT_HPP
#define ACS_TESTS_ARCHETYPES_TRANSPORT_HPP

#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/field.hpp>
#include <acs/message/reply.hpp>
#include <acs/message/request.hpp>
#include <acs/client/run.hpp>
#include <acs/client/transport.hpp>

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acs_tests {

/// Stays where it is.
class archetype {
public:
    archetype() = default;
    archetype(archetype const&) = delete;
    archetype& operator=(archetype const&) = delete;
};

/// An answer as it came: `beginnings` counts the statuses.
struct heard {
    int beginnings{};
    std::uint16_t status{};
    std::vector<std::pair<std::string, std::string>> fields{};
    std::string body{};

    void begin(std::uint16_t code) {
        ++beginnings;
        status = code;
        fields.clear();
        body.clear();
    }
};

/// The least of an answer sink: takes the very types, and an answer by value only. It takes `room` bytes of body and `slots` fields.
class sink_archetype final : archetype {
public:
    explicit sink_archetype(std::size_t room = SIZE_MAX, std::size_t slots = SIZE_MAX) : room_(room), slots_(slots) {}

    struct unusable {
        unusable() = default;
        unusable(unusable const&) = delete;
        unusable& operator=(unusable const&) = delete;
    };

    unusable status(std::same_as<std::uint16_t> auto code) & noexcept {
        said_.begin(code);
        return {};
    }
    bool field(std::same_as<std::string_view> auto name, std::same_as<std::string_view> auto value) & noexcept {
        if (said_.fields.size() == slots_) return false;
        said_.fields.emplace_back(name, value);
        return true;
    }
    bool body(std::same_as<std::string_view> auto piece) & noexcept {
        if (piece.size() > room_ - said_.body.size()) return false;
        said_.body.append(piece);
        return true;
    }

    [[nodiscard]] heard const& said() const noexcept { return said_; }

private:
    heard said_{};
    std::size_t room_;
    std::size_t slots_;
};
static_assert(acs::answer_sink<sink_archetype>);

/// The least of a box.
class box_archetype final : archetype {
public:
    void status(std::same_as<std::uint16_t> auto code) & noexcept { said_.begin(code); }
    bool field(std::same_as<std::string_view> auto name, std::same_as<std::string_view> auto value) & noexcept {
        said_.fields.emplace_back(name, value);
        return true;
    }
    bool body(std::same_as<std::string_view> auto piece) & noexcept {
        said_.body.append(piece);
        return true;
    }
    acs::reply answer() & noexcept {
        fields_.clear();
        for (auto const& [name, value] : said_.fields) fields_.push_back({name, value});
        return {said_.status, fields_, said_.body};
    }

private:
    heard said_{};
    std::vector<acs::field> fields_{};
};
static_assert(acs::answer_box<box_archetype>);

/// The least of a transport, over another one.
template <acs::transport Under>
class transport_archetype final : archetype {
public:
    explicit transport_archetype(Under& under) : under_(under) {}

    template <acs::answer_sink Sink>
    acs::result<void> perform(acs::request const& made, Sink& sink) & noexcept(false) {
        return under_.perform(made, sink);
    }

private:
    Under& under_;
};

/// The least of a clock. Its time is the test's.
class clock_archetype : archetype {
public:
    acs::wall_time wall() & noexcept { return {wall_}; }
    acs::tick now() & noexcept { return {now_}; }

protected:
    std::int64_t wall_ = 1'698'315'752;  // 2023-10-26T10:22:32Z
    std::uint64_t now_ = 1000;
};
static_assert(acs::clock<clock_archetype> && !acs::waiting_clock<clock_archetype>);

/// The least of a clock that waits, which takes no time here.
class waiting_clock_archetype final : public clock_archetype {
public:
    bool wait(std::same_as<acs::tick> auto until) & noexcept {
        if (until.ms > now_) {
            wall_ += static_cast<std::int64_t>((until.ms - now_) / 1000);
            now_ = until.ms;
        }
        return true;
    }
};
static_assert(acs::waiting_clock<waiting_clock_archetype>);

/// The least of a source of entropy; every byte of a run differs from those of the next.
class entropy_archetype final : archetype {
public:
    bool fill(std::same_as<std::span<std::uint8_t>> auto out) & noexcept {
        for (std::uint8_t& byte : out) byte = count_;
        ++count_;
        return true;
    }

private:
    std::uint8_t count_ = 1;
};
static_assert(acs::entropy<entropy_archetype>);

}  // namespace acs_tests

#endif
