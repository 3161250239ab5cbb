// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What the command shows: requests without secrets, failures, and the exit code that goes with each class.
#ifndef EXAMPLES_COMMAND_REPORT_HPP
#define EXAMPLES_COMMAND_REPORT_HPP

#include <dataworks.hpp>
#include <acs/hosted.hpp>
#include <acs/testing.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace command {

enum exit_code : int {
    ok = 0,
    process = 1,      // the service carried it out, and says that it failed
    usage = 2,        // the command line
    credentials = 3,  // key, token, signature, clock
    request = 4,      // the request: parameters, names, permissions
    throttled = 5,    // too many calls, or a quota
    transport = 6,    // the way to the service
    server = 7,       // the service failed, or what it said can't be read
    unknown = 8,      // it may have run: look before repeating it
    interrupted = 130
};

inline exit_code exit_code_of(acs::failure const& f) {
    if (f.code == acs::errc::cancelled) return interrupted;
    if (f.code == acs::errc::process_failed) return process;
    if (f.code == acs::errc::outcome_unknown || f.history.why == acs::end_reason::may_have_run) return unknown;
    if (f.code == acs::errc::missing_credentials || f.code == acs::errc::missing_access_key || f.code == acs::errc::missing_secret)
        return credentials;
    switch (acs::advise(f, dataworks::error_codes).what) {
        case acs::error_class::auth:
        case acs::error_class::signature:
        case acs::error_class::clock: return credentials;
        case acs::error_class::throttling: return throttled;
        case acs::error_class::server: return server;
        case acs::error_class::transport: return transport;
        case acs::error_class::request:
        case acs::error_class::permission:
        case acs::error_class::not_found: break;
        case acs::error_class::caller: return f.history.why == acs::end_reason::budget ? throttled : request;
    }
    return request;
}

/// A sink over a C stream that changes nothing: for JSON, which is escaped already.
struct raw_sink {
    std::FILE* to{};
    void write(std::string_view text) noexcept { std::fwrite(text.data(), 1, text.size(), to); }
};

/// Shows a failure to people or to machines, and why the service refused, where that is known; the exit code.
inline exit_code show(acs::failure const& f, bool as_json, acs::explanation const& why = {}) {
    if (as_json) {
        raw_sink out{stdout};
        out.write(R"({"ok":false,"failure":)");
        acs::write_failure(f, out, dataworks::error_codes);
        if (why.why != acs::cause::none) {
            std::string text;
            acs::testing::string_sink sentences(text);
            acs::write_explanation(why, sentences);
            out.write(R"(,"explanation":)");
            acs::json_writer json(out);
            json.begin_object();
            json.name("cause");
            json.string(name(why.why));
            json.name("part");
            json.string(name(why.part));
            json.name("name");
            json.string(why.name);
            json.name("text");
            json.string(text);
            json.end_object();
        }
        out.write("}\n");
    } else {
        acs::print(stderr, f, dataworks::error_codes);
        acs::file_sink out(stderr, true);
        acs::write_explanation(why, out);
    }
    return exit_code_of(f);
}

/// Shows a reply: to machines as one line of JSON, to people member by member.
template <class Op>
void show(typename Op::reply const& reply, bool as_json) {
    std::string text;
    struct string_sink {
        std::string* to;
        void write(std::string_view piece) noexcept { to->append(piece); }
    } sink{&text};
    acs::write_json<Op>(reply, sink);
    if (as_json) {
        std::printf("{\"ok\":true,\"reply\":%s}\n", text.c_str());
        return;
    }
    acs::file_sink shown(stdout, true);
    acs::json_reader json(text);
    acs::json_token token;
    std::string name;
    while (json.next(token) == acs::errc::none && token.kind != acs::json_kind::end) {
        if (token.kind == acs::json_kind::name) {
            name = std::string(token.text);
        } else if (token.kind != acs::json_kind::object_begin && token.kind != acs::json_kind::object_end) {
            std::string value(token.text);
            value.resize(acs::json_unescape(value, value.data()));
            std::printf("%-12s ", name.c_str());
            shown.write(value);
            std::fputc('\n', stdout);
        }
    }
}

/// Shows the request that would be sent, with its signature, token and key left out.
inline void show(acs::request const& made) {
    acs::file_sink out(stdout);
    out.write(acs::name(made.verb));
    out.write(" ");
    out.write(made.target);
    out.write(" HTTP/1.1");
    for (acs::field const& f : made.fields) {
        std::fputc('\n', stdout);
        out.write(f.name);
        out.write(": ");
        out.write(acs::is_secret_name(f.name) ? std::string_view("***") : f.value);
    }
    std::printf("\ncontent-length: %zu\n\n", made.body.size());
    acs::body_reader body(made.body);
    std::array<char, 4096> piece{};
    std::size_t size = 0;
    for (std::size_t shown = 0; (size = body.read(piece)) != 0; shown += size) {
        if (shown >= 65'536) {
            std::puts("\n... cut here");
            return;
        }
        out.write({piece.data(), size});
    }
    if (made.body.size() != 0) std::fputc('\n', stdout);
}

/// What a signature covers, the token left out.
inline std::string canonical_of(acs::request const& made) {
    std::vector<acs::field> fields(made.fields.begin(), made.fields.end());
    std::vector<acs::field> room(fields.size());
    for (acs::field& f : fields)
        if (acs::is_secret_name(f.name)) f.value = "***";
    acs::request shown = made;
    shown.fields = fields;
    std::string text;
    acs::testing::string_sink out(text);
    acs::write_canonical_request(acs::parts_of(shown, room), out);
    return text;
}

/// The same for machines, as one line of JSON; the body is cut as above.
inline void show_as_json(acs::request const& made) {
    std::string body;
    acs::body_reader reader(made.body);
    std::array<char, 4096> piece{};
    for (std::size_t size = 0; body.size() < 65'536 && (size = reader.read(piece)) != 0;) body.append(piece.data(), size);
    raw_sink out{stdout};
    out.write(R"({"ok":true,"request":)");
    acs::json_writer json(out);
    auto const text = [&json](std::string_view name, std::string_view value) {
        json.name(name);
        json.string(value);
    };
    json.begin_object();
    text("method", acs::name(made.verb));
    text("host", made.host);
    text("target", made.target);
    json.name("headers");
    json.begin_object();
    for (acs::field const& f : made.fields) text(f.name, acs::is_secret_name(f.name) ? std::string_view("***") : f.value);
    json.end_object();
    json.name("body_size");
    json.integer(static_cast<std::int64_t>(made.body.size()));
    text("body", body);
    text("canonical_request", canonical_of(made));
    json.end_object();
    out.write("}\n");
}

}  // namespace command

#endif
