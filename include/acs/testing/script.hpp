// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_SCRIPT_HPP
#define ACS_TESTING_SCRIPT_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What the gateway answers, in order.
namespace acs::testing::inline ACS_ABI {

/// One answer of a script. Made by the functions below, or read from text by `script::parse`.
struct scripted {
    enum class kind : std::uint8_t {
        pending,
        success,
        fail,
        unsuccessful,
        throttle,
        error,
        body,
        cut,
        garbage,
        html,
        xml,
        drip,
        odd,
        stall,
        reset_before,
        reset_after
    };
    kind what{};
    std::uint16_t status{200};  ///< `error`, `body`, `html`, `xml`
    std::size_t number{};       ///< `throttle`: milliseconds; `cut`: bytes that are left
    std::string text{};  ///< `success`: generated configuration, empty for the documented one; `fail`, `error`: message; `body`: all of it
    std::string code{};  ///< `error`
};

/// The process goes on.
[[nodiscard]] inline scripted pending() { return {.what = scripted::kind::pending}; }
/// The documented reply, or one with this `TaskContent`.
[[nodiscard]] inline scripted success(std::string task_content = {}) {
    return {.what = scripted::kind::success, .text = std::move(task_content)};
}
/// `Data.Status` is `fail`.
[[nodiscard]] inline scripted fail(std::string message) { return {.what = scripted::kind::fail, .text = std::move(message)}; }
/// `Success` is false, at status 200.
[[nodiscard]] inline scripted unsuccessful() { return {.what = scripted::kind::unsuccessful}; }
/// Refused for now; `x-acs-retry-after` says for how long.
[[nodiscard]] inline scripted throttle(std::size_t milliseconds) { return {.what = scripted::kind::throttle, .number = milliseconds}; }
/// An error of the service.
[[nodiscard]] inline scripted error(std::uint16_t status, std::string code, std::string message = "The request was refused.") {
    return {.what = scripted::kind::error, .status = status, .text = std::move(message), .code = std::move(code)};
}
/// Any body, as it is.
[[nodiscard]] inline scripted body(std::uint16_t status, std::string text) {
    return {.what = scripted::kind::body, .status = status, .text = std::move(text)};
}
/// The documented reply, of which only the first bytes arrive.
[[nodiscard]] inline scripted cut(std::size_t bytes) { return {.what = scripted::kind::cut, .number = bytes}; }
/// Bytes that are no JSON.
[[nodiscard]] inline scripted garbage() { return {.what = scripted::kind::garbage}; }

/// A page of a proxy's in place of an answer.
[[nodiscard]] inline scripted html(std::uint16_t status) { return {.what = scripted::kind::html, .status = status}; }
/// An error in XML, as old gateways send it.
[[nodiscard]] inline scripted xml(std::uint16_t status, std::string code) {
    return {.what = scripted::kind::xml, .status = status, .code = std::move(code)};
}
/// The documented reply, byte by byte.
[[nodiscard]] inline scripted drip() { return {.what = scripted::kind::drip}; }
/// The documented reply with header fields twice, in odd case, empty and long.
[[nodiscard]] inline scripted odd() { return {.what = scripted::kind::odd}; }
/// Carried out, but no answer comes until the client gives up.
[[nodiscard]] inline scripted stall() { return {.what = scripted::kind::stall}; }
/// The connection breaks when the request has arrived, before it is carried out.
[[nodiscard]] inline scripted reset_before() { return {.what = scripted::kind::reset_before}; }
/// The connection breaks when the request has been carried out, before it is answered.
[[nodiscard]] inline scripted reset_after() { return {.what = scripted::kind::reset_after}; }

/// Whether the operation is not carried out where this is the answer.
[[nodiscard]] inline bool refuses(scripted const& line) noexcept {
    using kind = scripted::kind;
    return line.what == kind::throttle || line.what == kind::error || line.what == kind::html || line.what == kind::xml ||
           line.what == kind::unsuccessful || line.what == kind::reset_before ||
           (line.what == kind::body && (line.status < 200 || line.status > 299));
}

/// Reads a whole file for a script; none if it can't.
using file_reader = std::function<std::optional<std::string>(std::string const& path)>;

/// Answers in order; the last one repeats. Lists of their own for some actions come before the general one. A script that has no answer
/// left to give means the documented replies.
class script {
public:
    /// Adds an answer to the general list, or to an action's own.
    script& then(scripted answer) { return then({}, std::move(answer)); }
    script& then(std::string const& action, scripted answer) {
        lists_[action].answers.push_back(std::move(answer));
        return *this;
    }

    /// Asks a function for every answer, by action, in place of the lists.
    script& decide(std::function<scripted(std::string const& action)> by) {
        decide_ = std::move(by);
        return *this;
    }

    /// The next answer for an action.
    [[nodiscard]] scripted next(std::string const& action) {
        if (decide_) return decide_(action);
        auto at = lists_.find(action);
        if (at == lists_.end()) at = lists_.find({});
        if (at == lists_.end()) return success();
        list& one = at->second;
        std::size_t const index = one.given < one.answers.size() ? one.given++ : one.answers.size() - 1;
        return one.answers[index];
    }

    /// Reads a script, one answer a line: `[Action:] what [arguments]`, where what is `pending`, `success [FILE]`, `fail TEXT`,
    /// `unsuccessful`, `throttle MS`, `error STATUS CODE [TEXT]`, `body STATUS FILE`, `cut N`, `garbage`, `html STATUS`,
    /// `xml STATUS CODE`, `drip`, `odd`, `stall`, `reset before` or `reset after`. `#` at the beginning of a line or after white space
    /// begins a comment, but for a TEXT, which may hold one. The text of what is wrong, with its line and column in bytes; none if it was
    /// read. A script with a fault is not read at all.
    [[nodiscard]] static std::optional<std::string> parse(std::string_view text, file_reader const& read, script& out) {
        script all = out;
        for (std::size_t line = 1; !text.empty(); ++line) {
            std::size_t const end = text.find('\n') < text.size() ? text.find('\n') : text.size();
            char const* at = text.data();
            if (auto wrong = parse_line(trim(first(text, end)), read, all, at)) {
                auto const column = static_cast<std::size_t>(at - text.data()) + 1;
                return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + *wrong;
            }
            text = skip(text, end < text.size() ? end + 1 : end);
        }
        out = std::move(all);
        return {};
    }

private:
    struct list {
        std::vector<scripted> answers{};
        std::size_t given{};
    };

    /// Takes the first word off the text.
    static std::string_view word(std::string_view& text) noexcept {
        std::size_t size = 0;
        while (size < text.size() && !is_space(text[size])) ++size;
        std::string_view const taken = first(text, size);
        text = trim(skip(text, size));
        return taken;
    }

    static std::string_view without_comment(std::string_view text) noexcept {
        for (std::size_t i = 0; i < text.size(); ++i)
            if (text[i] == '#' && (i == 0 || is_space(text[i - 1]))) return trim(first(text, i));
        return text;
    }

    /// The answers that are one word.
    static std::optional<scripted::kind> single_word(std::string_view what) noexcept {
        using kind = scripted::kind;
        if (what == "pending") return kind::pending;
        if (what == "unsuccessful") return kind::unsuccessful;
        if (what == "garbage") return kind::garbage;
        if (what == "drip") return kind::drip;
        if (what == "odd") return kind::odd;
        if (what == "stall") return kind::stall;
        return {};
    }

    static std::optional<std::size_t> number(std::string_view text, std::size_t max) noexcept {
        auto const value = parse_integer(text);
        if (!value || *value < 0 || static_cast<std::uint64_t>(*value) > max) return {};
        return static_cast<std::size_t>(*value);
    }

    /// Reads one line. `at` is where a fault is.
    static std::optional<std::string> parse_line(std::string_view line, file_reader const& read, script& out, char const*& at) {
        if (line.empty() || line.front() == '#') return {};
        std::string action;
        at = line.data();
        // Behind a prefix there may be a space.
        std::string_view const begin = first(line, std::min(line.find_first_of(" \t"), line.size()));
        if (std::size_t const colon = begin.find(':'); colon != std::string_view::npos) {
            action = first(line, colon);
            line = trim(skip(line, colon + 1));
            if (action.empty()) return "an action is missing";
            at = line.data();
            if (line.empty()) return "an answer is missing";
        }
        std::string_view const what = word(line);
        scripted answer;
        auto const kind = single_word(what);
        bool const known = kind || what == "reset" || what == "html" || what == "success" || what == "body" || what == "fail" ||
                           what == "throttle" || what == "cut" || what == "error" || what == "xml";
        if (!known) return "no such answer: " + std::string(what);
        if (what != "fail" && what != "error") line = without_comment(line);
        at = line.data();
        if (kind) {
            answer.what = *kind;
            if (!line.empty()) return std::string(what) + " takes nothing more";
        } else if (what == "reset") {
            if (line != "before" && line != "after") return "reset takes before or after";
            answer = line == "before" ? reset_before() : reset_after();
        } else if (what == "html") {
            auto const status = number(line, 599);
            if (!status || *status < 200) return "html takes a status of 200 to 599";
            answer = html(static_cast<std::uint16_t>(*status));
        } else if (what == "success" || what == "body") {
            answer = success();
            if (what == "body") {
                auto const status = number(word(line), 599);
                if (!status || *status < 200) return "body takes a status of 200 to 599, then a file";
                answer = body(static_cast<std::uint16_t>(*status), {});
                at = line.data();
                if (line.empty()) return "body takes a file";
            }
            if (!line.empty()) {
                auto content = read ? read(std::string(line)) : std::nullopt;
                if (!content) return "cannot read " + std::string(line);
                answer.text = std::move(*content);
            }
        } else if (what == "fail") {
            if (line.empty()) return "fail takes a text";
            answer = fail(std::string(line));
        } else if (what == "throttle" || what == "cut") {
            auto const value = number(line, 0xFFFF'FFFF);
            if (!value) return std::string(what) + " takes a number";
            answer = what == "cut" ? cut(*value) : throttle(*value);
        } else {
            auto const status = number(word(line), 599);
            bool const good = status && *status >= 200;
            if (good) at = line.data();
            std::string const code(word(line));
            if (!good || code.empty()) return std::string(what) + " takes a status of 200 to 599, then a code";
            at = line.data();
            if (what == "xml" && !line.empty()) return "xml takes nothing more";
            answer = what == "xml"  ? xml(static_cast<std::uint16_t>(*status), code)
                     : line.empty() ? error(static_cast<std::uint16_t>(*status), code)
                                    : error(static_cast<std::uint16_t>(*status), code, std::string(line));
        }
        out.then(action, std::move(answer));
        return {};
    }

    std::map<std::string, list> lists_{};
    std::function<scripted(std::string const&)> decide_{};
};

}  // namespace acs::testing::inline ACS_ABI

#endif
