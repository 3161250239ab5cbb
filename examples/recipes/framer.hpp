// The part of HTTP/1.1 that a client needs who has nothing but a stream of bytes: writes the head of a request, and takes an answer apart
// as its bytes come in, in pieces of any size. No I/O, no heap, no exceptions.
#ifndef ACS_EXAMPLES_RECIPES_FRAMER_HPP
#define ACS_EXAMPLES_RECIPES_FRAMER_HPP

#include <acs.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace recipes {

/// Writes all of a request but its body, by `write(std::string_view) -> bool`.
template <class Write>
bool write_head(acs::request const& made, Write write) {
    bool good = write(acs::name(made.verb)) && write(" ") && write(made.target) && write(" HTTP/1.1\r\n");
    for (acs::field const& f : made.fields) good = good && write(f.name) && write(": ") && write(f.value) && write("\r\n");
    acs::decimal const length(static_cast<std::int64_t>(made.body.size()));
    return good && write("content-length: ") && write(length.view()) && write("\r\nconnection: close\r\n\r\n");
}

/// Where to connect to. Views the host of a request.
struct address {
    std::string_view name{};  ///< without the brackets of IPv6
    std::string_view port = "443";
};

[[nodiscard]] constexpr address address_of(std::string_view host) noexcept {
    std::size_t const bracket = host.rfind(']'), colon = host.rfind(':');
    address to{host};
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket))
        to = {acs::first(host, colon), acs::skip(host, colon + 1)};
    if (to.name.starts_with('[') && to.name.ends_with(']')) to.name = to.name.substr(1, to.name.size() - 2);
    return to;
}

/// Takes one answer apart and hands it to a sink. Refuses what could be read in two ways: two lengths, a length beside chunks, codings
/// that it does not know or HTTP/1.0 does not have, lines that do not end in CR LF, values with CR or NUL in them.
template <acs::answer_sink Sink>
class framer {
public:
    enum class state : std::uint8_t { more, done, wrong, too_much };

    /// An answer to HEAD has no body, whatever its fields say.
    explicit framer(Sink& sink, acs::method to = acs::method::post) noexcept : sink_(&sink), bodiless_(to == acs::method::head) {}

    /// Takes the next bytes.
    state take(std::string_view bytes) noexcept {
        while (state_ == state::more && !bytes.empty()) {
            if (part_ == part::body || part_ == part::chunk) {
                take_body(bytes);
            } else if (bytes.front() != '\n') {
                if (size_ == line_.size()) return state_ = state::too_much;
                line_[size_++] = bytes.front();
                bytes.remove_prefix(1);
            } else {
                bytes.remove_prefix(1);
                take_line();
            }
        }
        return state_;
    }

    /// The connection ended: whole if the answer ends there, or was whole before.
    state take_end() noexcept {
        bool const open = part_ == part::body && until_end_;
        if (state_ == state::more) state_ = open ? state::done : state::wrong;
        return state_;
    }

    /// Whether an answer, and no interim one, began.
    [[nodiscard]] bool answered() const noexcept { return status_ >= 200; }

private:
    enum class part : std::uint8_t { status, fields, body, chunk_size, chunk, chunk_end, trailer };

    void take_line() noexcept {
        if (size_ == 0 || line_[size_ - 1] != '\r') return end(state::wrong);
        std::string_view const line(line_.data(), size_ - 1);
        size_ = 0;
        if (lines_++ == 256) return end(state::too_much);
        switch (part_) {
            case part::status: return take_status(line);
            case part::fields: return line.empty() ? end_head() : take_field(line);
            case part::chunk_size: return take_chunk_size(line);
            case part::chunk_end: return line.empty() ? go(part::chunk_size) : end(state::wrong);
            case part::trailer: return line.empty() ? end(state::done) : void();
            case part::body:
            case part::chunk: return;
        }
    }

    void take_status(std::string_view line) noexcept {
        // HTTP/1.x, a space, three digits, and nothing or a space and a reason.
        bool const shaped = line.size() >= 12 && (line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.0 "));
        if (!shaped || (line.size() > 12 && line[12] != ' ')) return end(state::wrong);
        std::int64_t const code = acs::parse_integer(line.substr(9, 3)).value_or(0);
        if (code < 100 || code > 599 || code == 101) return end(state::wrong);
        status_ = static_cast<std::uint16_t>(code);
        old_ = line[7] == '0';
        has_length_ = chunked_ = false;
        left_ = 0;
        sink_->status(status_);
        go(part::fields);
    }

    void take_field(std::string_view line) noexcept {
        std::size_t const colon = line.find(':');
        if (colon == std::string_view::npos || !acs::is_token(acs::first(line, colon))) return end(state::wrong);
        std::string_view const name = acs::first(line, colon), value = acs::trim(line.substr(colon + 1));
        if (acs::find_forbidden(value) != value.size()) return end(state::wrong);
        if (acs::equal_ignoring_case(name, "content-length")) {
            auto const length = value.find_first_not_of("0123456789") == std::string_view::npos ? acs::parse_integer(value) : std::nullopt;
            if (!length || has_length_ || chunked_) return end(state::wrong);
            has_length_ = true;
            left_ = static_cast<std::uint64_t>(*length);
        } else if (acs::equal_ignoring_case(name, "transfer-encoding")) {
            if (has_length_ || chunked_ || old_ || !acs::equal_ignoring_case(value, "chunked")) return end(state::wrong);
            chunked_ = true;
        }
        if (answered() && !sink_->field(name, value)) end(state::too_much);
    }

    void end_head() noexcept {
        if (!answered()) return go(part::status);
        if (bodiless_ || status_ == 204 || status_ == 304 || (has_length_ && left_ == 0)) return end(state::done);
        until_end_ = !has_length_ && !chunked_;
        go(chunked_ ? part::chunk_size : part::body);
    }

    void take_chunk_size(std::string_view line) noexcept {
        std::size_t digits = 0;
        std::uint64_t size = 0;
        for (int value = 0; digits < line.size() && (value = hex(line[digits])) >= 0; ++digits)
            size = size << 4 | static_cast<unsigned>(value);
        bool const ended = digits == line.size() || line[digits] == ';' || line[digits] == ' ';
        if (digits == 0 || digits > 15 || !ended) return end(state::wrong);
        left_ = size;
        go(size == 0 ? part::trailer : part::chunk);
    }

    static int hex(char c) noexcept {
        if (c >= '0' && c <= '9') return c - '0';
        char const lower = acs::to_lower(c);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    void take_body(std::string_view& bytes) noexcept {
        std::size_t const size = until_end_ || left_ > bytes.size() ? bytes.size() : static_cast<std::size_t>(left_);
        if (!sink_->body(acs::first(bytes, size))) return end(state::too_much);
        bytes.remove_prefix(size);
        if (until_end_) return;
        left_ -= size;
        if (left_ != 0) return;
        lines_ = 0;
        chunked_ ? go(part::chunk_end) : end(state::done);
    }

    void go(part next) noexcept { part_ = next; }
    void end(state how) noexcept { state_ = how; }

    Sink* sink_;
    std::array<char, 8192> line_{};
    std::size_t size_{};
    std::uint64_t left_{};
    int lines_{};
    std::uint16_t status_{};
    part part_{};
    state state_{};
    bool has_length_{};
    bool chunked_{};
    bool old_{};
    bool until_end_{};
    bool bodiless_;
};

}  // namespace recipes

#endif
