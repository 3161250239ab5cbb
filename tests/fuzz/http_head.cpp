// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Any bytes as an answer in HTTP/1.1, for the two readers of ours: the framer of the recipes, and what the adapter for libcurl checks heads
// with. The first byte chooses the method and the size of the pieces; the rest is what the server sends.
#include "../../examples/recipes/framer.hpp"

#include "../../adapters/acs/curl/head_check.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/input.hpp"

namespace fuzz_http_head {

namespace {

using fuzz::require;

/// Keeps what it is told. Takes so much, and no more.
struct answer_log {
    std::string head{};
    std::string body{};
    std::size_t most{SIZE_MAX};

    void status(std::uint16_t code) noexcept { head += std::to_string(code) + "\n"; }
    bool field(std::string_view name, std::string_view value) noexcept {
        require(acs::is_token(name) && acs::find_forbidden(value) == value.size() && acs::trim(value) == value);
        head.append(name).append(":").append(value).append("\n");
        return true;
    }
    bool body_fits(std::size_t more) const noexcept { return more <= most - body.size(); }
    bool take_body(std::string_view piece) noexcept {
        if (!body_fits(piece.size())) return false;
        body.append(piece);
        return true;
    }
};

/// The same as an answer sink.
struct log_sink {
    answer_log* log;
    void status(std::uint16_t code) noexcept { log->status(code); }
    bool field(std::string_view name, std::string_view value) noexcept { return log->field(name, value); }
    bool body(std::string_view piece) noexcept { return log->take_body(piece); }
};

using framer = recipes::framer<log_sink>;

struct framed {
    answer_log log{};
    framer::state state{}, at_end{};
    bool answered{};
    friend bool operator==(framed const& a, framed const& b) {
        return a.log.head == b.log.head && a.log.body == b.log.body && a.state == b.state && a.at_end == b.at_end &&
               a.answered == b.answered;
    }
};

framed frame(std::string_view bytes, acs::method to, std::size_t piece) {
    framed f;
    log_sink sink{&f.log};
    framer reader(sink, to);
    for (std::string_view left = bytes; !left.empty(); left.remove_prefix(std::min(piece, left.size())))
        f.state = reader.take(left.substr(0, piece));
    f.answered = reader.answered();
    f.at_end = reader.take_end();
    require(f.at_end != framer::state::more && (f.state == framer::state::more || f.at_end == f.state));
    require(f.at_end != framer::state::done || f.answered);
    std::string const head = f.log.head, body = f.log.body;
    require(reader.take("HTTP/1.1 200 OK\r\n\r\n") == f.at_end && f.log.head == head && f.log.body == body);  // the end is for ever
    return f;
}

/// The head by lines, as libcurl hands them over.
struct checked {
    answer_log log{};
    bool wrong{}, complete{}, same_length_twice{}, long_length{};
};

checked check_head(std::string_view bytes) {
    checked c;
    acs::head_check reader(1 << 20);
    bool length = false;
    while (!bytes.empty() && !c.wrong && !c.complete) {
        std::size_t const end = bytes.find('\n');
        if (end == std::string_view::npos) break;
        auto const what = reader.take(bytes.substr(0, end + 1));
        c.wrong = what == acs::head_check::line::wrong || what == acs::head_check::line::too_much;
        if (what == acs::head_check::line::status) {
            c.log.status(reader.status());
            length = false;
        }
        bool const names_length = acs::starts_with_ignoring_case(bytes, "content-length:");
        c.long_length = c.long_length || (names_length && end > 15 + 18);
        if (what == acs::head_check::line::field || what == acs::head_check::line::passed_over) {
            c.same_length_twice = c.same_length_twice || (names_length && length);
            length = length || names_length;
        }
        if (what == acs::head_check::line::field) c.log.field(reader.name(), reader.value());
        c.complete = reader.complete();
        bytes.remove_prefix(end + 1);
    }
    return c;
}

/// Where they differ, they differ on purpose: the framer knows no length twice, and bounds lines; the other one bounds digits.
void check_both(std::string_view bytes) {
    checked const c = check_head(bytes);
    framed const f = frame(bytes, acs::method::head, bytes.size() + 1);
    if (f.state == framer::state::too_much || c.same_length_twice || c.long_length) return;
    require(!c.wrong || f.state == framer::state::wrong);
    require(!c.complete || (f.state == framer::state::done && c.log.head == f.log.head));
    require(f.state != framer::state::done || c.complete);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input in(data, size);
    acs::method const to = in.coin() ? acs::method::head : acs::method::post;
    std::size_t const piece = 2 + in.below(64);
    fuzz::owned_text const bytes(in.rest());
    framed const whole = frame(bytes.view(), to, bytes.view().size() + 1);
    require(frame(bytes.view(), to, 1) == whole && frame(bytes.view(), to, piece) == whole);
    check_both(bytes.view());

    // An answer that is cut off is never whole, unless it lasts until the connection ends.
    if (whole.state == framer::state::done && whole.log.body.size() > 1) {
        framed const cut = frame(bytes.view().substr(0, bytes.view().size() - 1), to, piece);
        require(cut.state == framer::state::done || cut.at_end == framer::state::wrong);
    }
    return 0;
}

}  // namespace fuzz_http_head
