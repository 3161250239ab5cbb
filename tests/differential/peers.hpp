// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// JSON readers of others: whether a text is JSON for them, and what they meet in it.
#ifndef ACS_TESTS_DIFFERENTIAL_PEERS_HPP
#define ACS_TESTS_DIFFERENTIAL_PEERS_HPP

#include <nlohmann/json.hpp>
#include <rapidjson/document.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "differential/library.hpp"

namespace acs_differential {

/// nlohmann-json by its events.
class nlohmann_reader {
public:
    using json = nlohmann::json;
    explicit nlohmann_reader(events& out) : out_(&out) {}

    bool null() { return out_->word("null"), true; }
    bool boolean(bool value) { return out_->word(value ? "true" : "false"), true; }
    bool number_integer(json::number_integer_t value) { return out_->integer(value), true; }
    bool number_unsigned(json::number_unsigned_t value) {
        if (value <= INT64_MAX)
            out_->integer(static_cast<std::int64_t>(value));
        else
            out_->number(static_cast<double>(value));
        return true;
    }
    bool number_float(json::number_float_t value, json::string_t const&) { return out_->number(value), true; }
    bool string(json::string_t& text) { return out_->string(text), true; }
    bool binary(json::binary_t&) { return false; }
    bool start_object(std::size_t) { return out_->open('{'), true; }
    bool key(json::string_t& text) { return out_->name(text), true; }
    bool end_object() { return out_->open('}'), true; }
    bool start_array(std::size_t) { return out_->open('['), true; }
    bool end_array() { return out_->open(']'), true; }
    bool parse_error(std::size_t, std::string const&, json::exception const&) { return false; }

private:
    events* out_;
};

inline bool nlohmann_reads(std::string_view text, events& out) {
    nlohmann_reader reader(out);
    return nlohmann::json::sax_parse(text.begin(), text.end(), &reader);
}

/// RapidJSON by its events.
class rapidjson_reader {
public:
    explicit rapidjson_reader(events& out) : out_(&out) {}

    bool Null() { return out_->word("null"), true; }
    bool Bool(bool value) { return out_->word(value ? "true" : "false"), true; }
    bool Int(int value) { return out_->integer(value), true; }
    bool Uint(unsigned value) { return out_->integer(value), true; }
    bool Int64(std::int64_t value) { return out_->integer(value), true; }
    bool Uint64(std::uint64_t value) {
        if (value <= INT64_MAX)
            out_->integer(static_cast<std::int64_t>(value));
        else
            out_->number(static_cast<double>(value));
        return true;
    }
    bool Double(double value) { return out_->number(value), true; }
    bool RawNumber(char const*, rapidjson::SizeType, bool) { return false; }
    bool String(char const* text, rapidjson::SizeType size, bool) { return out_->string({text, size}), true; }
    bool StartObject() { return out_->open('{'), true; }
    bool Key(char const* text, rapidjson::SizeType size, bool) { return out_->name({text, size}), true; }
    bool EndObject(rapidjson::SizeType) { return out_->open('}'), true; }
    bool StartArray() { return out_->open('['), true; }
    bool EndArray(rapidjson::SizeType) { return out_->open(']'), true; }

private:
    events* out_;
};

/// Not kParseFullPrecisionFlag: with that, 1.1.0 reads in front of its memory for zeros such as `0e57`.
inline constexpr unsigned rapidjson_flags = rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag;

inline bool rapidjson_reads(std::string_view text, events& out) {
    rapidjson_reader handler(out);
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::Reader reader;
    // What ends at a NUL is not read to its end.
    return !reader.Parse<rapidjson_flags>(stream, handler).IsError() && stream.Tell() == text.size();
}

}  // namespace acs_differential

#endif
