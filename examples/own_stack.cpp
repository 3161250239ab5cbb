// The main question asked with an HTTP stack of one's own: static memory, no heap, no exceptions, no RTTI, no standard I/O. Everything that
// the board has to offer stands in the next few lines; examples/board/ offers it on a desk.
#include <dataworks.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

extern "C" {
std::int64_t board_seconds();                                   // since 1970, UTC
void board_random(std::uint8_t* out, std::size_t size);         // from the true random number generator
bool board_write(char const* data, std::size_t size);           // to the TLS connection
std::size_t board_read(char* out, std::size_t size);            // from it; 0 when the peer closed
void board_show(char const* text, std::size_t size);            // on the display
int ask_for_generated_configuration();
}

namespace {

acs::request_buffer<1024, 12, 8> memory;
std::array<char, 4096> answer;

bool write(std::string_view text) { return board_write(text.data(), text.size()); }
void show(std::string_view text) { board_show(text.data(), text.size()); }

// One HTTP/1.1 request; the body leaves in pieces.
bool send(acs::request const& request) {
    acs::decimal const length(static_cast<std::int64_t>(request.body.size()));
    bool ok = write(acs::name(request.verb)) && write(" ") && write(request.target) && write(" HTTP/1.1\r\n");
    for (acs::field const& f : request.fields) ok = ok && write(f.name) && write(": ") && write(f.value) && write("\r\n");
    ok = ok && write("content-length: ") && write(length.view()) && write("\r\nconnection: close\r\n\r\n");
    std::array<char, 256> piece{};
    acs::body_reader body(request.body);
    for (std::size_t n = body.read(piece); ok && n != 0; n = body.read(piece)) ok = write({piece.data(), n});
    return ok;
}

// The answer up to the end of the connection, split into status and body: as much of HTTP as this example needs.
bool receive(std::uint16_t& status, std::span<char>& body) {
    std::size_t size = 0;
    for (std::size_t n = 1; n != 0 && size < answer.size(); size += n) n = board_read(answer.data() + size, answer.size() - size);
    std::string_view const text(answer.data(), size);
    std::size_t const head = text.find("\r\n\r\n");
    if (size == answer.size() || head == std::string_view::npos || head < 12) return false;
    auto const code = acs::parse_integer({text.data() + 9, 3});
    if (!code) return false;
    status = static_cast<std::uint16_t>(*code);
    body = std::span(answer).subspan(head + 4, size - head - 4);
    return true;
}

}  // namespace

int ask_for_generated_configuration() {
    using query = dataworks::query_di_sync_task_config_process_result;

    acs::moment now{.wall = {board_seconds()}};
    board_random(now.random.data(), now.random.size());
    query const question{.project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10};
    auto const request = acs::prepare(question, {.host = "dataworks.cn-hangzhou.aliyuncs.com"},
                                      acs::credentials{"testid", "testsecret"}, now, memory);
    if (!request) {
        show(acs::message(request.error().code));
        return 1;
    }
    std::uint16_t status = 0;
    std::span<char> body;
    if (!send(*request) || !receive(status, body)) return 2;

    auto const reply = acs::decode<query>(status, {}, body);
    if (!reply) {
        show(acs::message(reply.error().code));
        show(reply.error().service.message);
        return 3;
    }
    show(phase_of(*reply) == dataworks::phase::pending ? "not ready yet" : reply->data.task_content);
    return 0;
}
