// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Any text as a script of the gateway: it is refused with a place that it has, or the gateway answers by it.
#include <acs/json/reader.hpp>
#include <acs/testing/replies.hpp>
#include <acs/testing/script.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fuzz/input.hpp"

namespace fuzz_script {

namespace {

using acs::testing::scripted;
using fuzz::require;

/// `line N, column M: what`, of which the text has line and column.
void check_place(std::string const& wrong, std::string_view text) {
    fuzz::input in(reinterpret_cast<std::uint8_t const*>(wrong.data()), wrong.size());
    require(in.until(' ') == "line");
    auto const line = acs::parse_integer(in.until(','));
    require(in.until(' ').empty() && in.until(' ') == "column");
    auto const column = acs::parse_integer(in.until(':'));
    require(line && column && *line >= 1 && *column >= 1 && in.rest().size() > 1);
    fuzz::input lines(reinterpret_cast<std::uint8_t const*>(text.data()), text.size());
    for (std::int64_t i = 1; i < *line; ++i) static_cast<void>(lines.line());
    require(!lines.empty() && static_cast<std::size_t>(*column) <= lines.line().size() + 1);
}

/// An answer as a client could get it.
void check_answer(scripted const& line, std::string const& action) {
    using kind = scripted::kind;
    acs::testing::http_answer const answer = acs::testing::scripted_answer(line, action, "h.example", 1);
    require(answer.status >= 200 && answer.status <= 599);
    bool const json = line.what != kind::body && line.what != kind::cut && line.what != kind::garbage && line.what != kind::html &&
                      line.what != kind::xml;
    std::size_t offset = 0;
    if (json) require(acs::check_json(answer.body, offset) == acs::errc::none);
    require(answer.how == acs::testing::passage::whole || !acs::testing::refuses(line) || line.what == kind::reset_before);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::owned_text const text({reinterpret_cast<char const*>(data), size});
    acs::testing::file_reader const read = [](std::string const& path) -> std::optional<std::string> {
        if (path.find("no") != std::string::npos) return {};
        return "content of " + path;
    };
    acs::testing::script made;
    made.then(acs::testing::cut(7));
    if (auto const wrong = acs::testing::script::parse(text.view(), read, made)) {
        check_place(*wrong, text.view());
        require(made.next("Any").what == scripted::kind::cut && made.next("Any").number == 7);  // as it was
        return 0;
    }
    for (std::string const action : {"Any", "CreateDISyncTask"})
        for (int i = 0; i < 4; ++i) check_answer(made.next(action), action);
    return 0;
}

}  // namespace fuzz_script
