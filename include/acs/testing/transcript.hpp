// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_TRANSCRIPT_HPP
#define ACS_TESTING_TRANSCRIPT_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/encoding/base64.hpp>
#include <acs/encoding/utf8.hpp>
#include <acs/json/find.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/token.hpp>
#include <acs/json/value.hpp>
#include <acs/json/writer.hpp>
#include <acs/testing/received.hpp>
#include <acs/testing/recorded_exchange.hpp>
#include <acs/testing/scrub.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acs::testing::inline ACS_ABI {

/// What was recorded, and how it is kept as text: a line of JSON that says how many exchanges there are, then a line for each.
///
///     {"acs_transcript":1,"exchanges":1}
///     {"request":{"scheme":"https","method":"POST","host":"...","target":"/?...","fields":[["host","..."],...],"body":"..."},
///      "answer":{"status":200,"fields":[...],"body":"..."}}       (in one line)
///
/// In place of an answer there may be `"failure":{"code":"timed_out","delivery":"unknown","status":0}`. A body that is not UTF-8 is in
/// `body_base64`.
struct transcript {
    std::vector<recorded_exchange> exchanges{};

    /// As text, without secrets whatever is in here.
    [[nodiscard]] std::string save() const {
        std::string text = R"({"acs_transcript":1,"exchanges":)" + std::to_string(exchanges.size()) + "}\n";
        for (recorded_exchange x : exchanges) {
            scrubber::scrub(x);
            string_sink out(text);
            json_writer json(out);
            json.begin_object();
            json.name("request");
            json.begin_object();
            member(json, "scheme", x.request.scheme);
            member(json, "method", x.request.method);
            member(json, "host", x.request.host);
            member(json, "target", x.request.target);
            write_fields(json, x.request.fields);
            write_body(json, x.request.body);
            json.end_object();
            json.name(x.failure ? "failure" : "answer");
            json.begin_object();
            if (x.failure) {
                member(json, "code", name(x.failure->code));
                member(json, "delivery", name(x.failure->delivery));
            }
            json.name("status");
            json.integer(x.failure ? x.failure->status : x.answer.status);
            if (!x.failure) {
                write_fields(json, x.answer.fields);
                write_body(json, x.answer.body);
            }
            json.end_object();
            json.end_object();
            text += '\n';
        }
        return text;
    }

    /// Reads what `save` wrote. The text of what is wrong, with its line; none if it was read. A text with a fault is not read at all.
    [[nodiscard]] static std::optional<std::string> load(std::string_view text, transcript& out) {
        transcript all;
        std::size_t number = 0;
        std::optional<std::size_t> count;
        while (!text.empty()) {
            std::size_t const end = std::min(text.find('\n'), text.size());
            std::string_view const line = text.substr(0, end);
            ++number;
            auto const at = [number](std::string const& what) { return "line " + std::to_string(number) + ": " + what; };
            if (end == text.size()) return at("the line is cut off");
            text = text.substr(end + 1);
            std::size_t offset = 0;
            if (errc const code = check_json(line, offset); code != errc::none)
                return "line " + std::to_string(number) + ", column " + std::to_string(offset + 1) + ": " + std::string(message(code));
            if (!count) {
                count = number_at(line, "exchanges", SIZE_MAX >> 1);
                if (number_at(line, "acs_transcript", 1) != std::size_t{1} || !count) return at("this is no transcript of version 1");
                continue;
            }
            if (all.exchanges.size() == *count) return at("there are more exchanges than the first line says");
            if (auto wrong = read(line, all.exchanges.emplace_back())) return at(*wrong + " is missing or makes no sense");
        }
        if (!count) return "line 1: the text is empty";
        if (all.exchanges.size() != *count)
            return "line " + std::to_string(number + 1) + ": the text ends, and exchanges are missing: there are " +
                   std::to_string(all.exchanges.size()) + " of " + std::to_string(*count);
        out = std::move(all);
        return {};
    }

private:
    using json_text = json_writer<string_sink>;
    using field_list = std::vector<std::pair<std::string, std::string>>;

    static void member(json_text& json, std::string_view name, std::string_view value) {
        json.name(name);
        json.string(value);
    }

    static void write_fields(json_text& json, field_list const& fields) {
        json.name("fields");
        json.begin_array();
        for (auto const& [name, value] : fields) {
            json.begin_array();
            json.string(name);
            json.string(value);
            json.end_array();
        }
        json.end_array();
    }

    static void write_body(json_text& json, std::string_view body) {
        if (find_invalid_utf8(body) == body.size()) return member(json, "body", body);
        std::string encoded;
        string_sink out(encoded);
        base64_encode({reinterpret_cast<std::uint8_t const*>(body.data()), body.size()}, out);
        member(json, "body_base64", encoded);
    }

    static std::string plain(json_token const& token) {
        std::string text(token.text);
        if (token.escaped) text.resize(json_unescape(text, text.data()));
        return text;
    }

    /// The value at a path; of the kind `end` if there is none. `load` has checked the line, so that it can be read.
    static json_token value_at(std::string_view json, std::string_view path) {
        auto const found = find_json(json, path);
        return found ? *found : json_token{};
    }

    static std::optional<std::string> text_at(std::string_view json, std::string_view path) {
        auto const found = value_at(json, path);
        if (found.kind != json_kind::string) return {};
        return plain(found);
    }

    static std::optional<std::size_t> number_at(std::string_view json, std::string_view path, std::size_t max) {
        auto const found = value_at(json, path);
        auto const value = found.kind == json_kind::number ? parse_integer(found.text) : std::nullopt;
        if (!value || *value < 0 || static_cast<std::uint64_t>(*value) > max) return {};
        return static_cast<std::size_t>(*value);
    }

    /// The value of an enumeration by its name, up to the last one.
    template <class E>
    static bool value_of(std::optional<std::string> const& text, E last, E& out) {
        for (unsigned i = 0; text && i <= static_cast<unsigned>(last); ++i)
            if (name(static_cast<E>(i)) == *text) {
                out = static_cast<E>(i);
                return true;
            }
        return false;
    }

    static bool read_fields(std::string_view json, std::string_view path, field_list& out) {
        auto const list = value_at(json, path);
        if (list.kind != json_kind::array_begin) return false;
        json_reader reader(list.text);
        json_token token;
        static_cast<void>(reader.next(token));
        for (;;) {
            static_cast<void>(reader.next(token));
            if (token.kind == json_kind::array_end) return true;
            if (token.kind != json_kind::array_begin) return false;
            auto& [name, value] = out.emplace_back();
            for (std::string* const to : {&name, &value}) {
                static_cast<void>(reader.next(token));
                if (token.kind != json_kind::string) return false;
                *to = plain(token);
            }
            static_cast<void>(reader.next(token));
            if (token.kind != json_kind::array_end) return false;
        }
    }

    static bool read_body(std::string_view json, std::string const& path, std::string& out) {
        auto const body = text_at(json, path);
        if (body) {
            out = *body;
            return true;
        }
        auto const encoded = text_at(json, path + "_base64");
        if (!encoded) return false;
        std::vector<std::uint8_t> bytes(encoded->size());
        auto const size = base64_decode(*encoded, bytes);
        if (!size) return false;
        out.assign(reinterpret_cast<char const*>(bytes.data()), *size);
        return true;
    }

    /// The path of the first member that is missing or makes no sense; none if all is well.
    static std::optional<std::string> read(std::string_view line, recorded_exchange& x) {
        for (auto const& [path, to] : {std::pair{"request.scheme", &x.request.scheme},
                                       {"request.method", &x.request.method},
                                       {"request.host", &x.request.host},
                                       {"request.target", &x.request.target}}) {
            auto found = text_at(line, path);
            if (!found) return path;
            *to = std::move(*found);
        }
        if (!read_fields(line, "request.fields", x.request.fields)) return "request.fields";
        if (!read_body(line, "request.body", x.request.body)) return "request.body";
        bool const has_failure = value_at(line, "failure").kind == json_kind::object_begin;
        auto const status = number_at(line, has_failure ? "failure.status" : "answer.status", 999);
        if (!status) return has_failure ? "failure.status" : "answer.status";
        x.answer.status = static_cast<std::uint16_t>(*status);
        if (has_failure) {
            recorded_failure f{{}, {}, std::exchange(x.answer.status, std::uint16_t{0})};
            if (!value_of(text_at(line, "failure.code"), errc::malformed_text, f.code) || f.code == errc::none) return "failure.code";
            if (!value_of(text_at(line, "failure.delivery"), delivery::answered, f.delivery)) return "failure.delivery";
            x.failure = f;
            return {};
        }
        if (!read_fields(line, "answer.fields", x.answer.fields)) return "answer.fields";
        if (!read_body(line, "answer.body", x.answer.body)) return "answer.body";
        return {};
    }
};

}  // namespace acs::testing::inline ACS_ABI

#endif
