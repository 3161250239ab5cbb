// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// All small texts, for each reader of outside bytes: none is too short to be looked at by itself.
#ifndef ACS_TESTS_FUZZ_SMALL_HPP
#define ACS_TESTS_FUZZ_SMALL_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace fuzz {

using namespace std::string_view_literals;

/// A target, what its input begins with, and the bytes of which all texts of three are tried; of one and two all are, of any byte.
struct small_domain {
    char const* target;
    std::string_view prefix;
    std::string_view letters;
};

inline constexpr std::string_view json_letters = "{}[]:,\"\\/-+.0189eEntruals \t\n\r\x00\x1F\x7F\x80\xBF\xC2\xE2\xED\xF0\xF4\xFF"sv;
inline constexpr std::string_view xml_letters = "<>/&;!?[]-=\"'#xCode09 \t\n\r\x00\x80\xC3\xFF"sv;
inline constexpr std::string_view head_letters = "HTP/1.:,;= \t\r\n\x00\x7F\x80\xFF\x61\x30\"[]"sv;
inline constexpr std::string_view number_letters = "+-.,:019TZGeEx \t\x00\xFF"sv;

inline constexpr std::array small_domains{
    small_domain{"json_reader", "", json_letters},
    // Each operation, and an untyped call.
    small_domain{"decode_reply", "\x00\x00"sv, json_letters},
    small_domain{"decode_reply", "\x01\x00"sv, json_letters},
    small_domain{"decode_reply", "\x05\x00"sv, json_letters},
    small_domain{"decode_reply", "\x06\x00"sv, json_letters},
    small_domain{"decode_reply", "\x07\x0B"sv, json_letters},
    // JSON, XML and HTML by their types, and by none.
    small_domain{"refusal", "\x05\x00\x00\n\n"sv, json_letters},
    small_domain{"refusal", "\x07\x01\x00\n\n"sv, xml_letters},
    small_domain{"refusal", "\x0B\x04\x00\n\n"sv, xml_letters},
    small_domain{"refusal", "\x09\x00\x00\n"sv, number_letters},  // the header: when to come again
    small_domain{"dates", "\x00"sv, number_letters},
    small_domain{"dates", "\x02"sv, number_letters},
    small_domain{"authorization", "\x00"sv, head_letters},
    small_domain{"authorization", "\x01"sv, head_letters},
    small_domain{"authorization", "\x02"sv, head_letters},
    small_domain{"authorization", "\x03"sv, head_letters},
    small_domain{"http_head", "\x01\x00"sv, head_letters},
    small_domain{"checkpoint", "\x00\x00"sv, json_letters},
    small_domain{"content", "\x00"sv, json_letters},
    small_domain{"content", "\x01\n"sv, json_letters},
    small_domain{"encodings", "\x00\x01"sv, ""},
    small_domain{"script", "", ""},
    small_domain{"transcript", "", ""},
    small_domain{"vectors", "", ""},
};

/// Calls `run(data, size)` with every text of a domain, each in memory of its own size. Returns how many there were.
template <class Run>
std::size_t for_all(small_domain const& domain, Run run) {
    std::size_t count = 0;
    auto const text = [&](std::string_view bytes) {
        std::size_t const size = domain.prefix.size() + bytes.size();
        std::unique_ptr<std::uint8_t[]> const input(new std::uint8_t[size]);
        std::size_t at = 0;
        for (std::string_view const part : {domain.prefix, bytes})
            for (char const c : part) input[at++] = static_cast<std::uint8_t>(c);
        run(input.get(), size);
        ++count;
    };
    text("");
    std::string bytes(1, '\0');
    for (int a = 0; a < 256; ++a) {
        bytes[0] = static_cast<char>(a);
        text(bytes);
    }
    bytes.resize(2);
    for (int pair = 0; pair < 65'536; ++pair) {
        bytes = {static_cast<char>(pair >> 8), static_cast<char>(pair & 255)};
        text(bytes);
    }
    for (char const a : domain.letters)
        for (char const b : domain.letters)
            for (char const c : domain.letters) text({std::array{a, b, c}.data(), 3});
    return count;
}

}  // namespace fuzz

#endif
