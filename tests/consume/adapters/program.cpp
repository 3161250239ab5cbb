// Both adapters in one program: a transport each, which refuses plain http, and an event loop with nothing to do.
#include <acs/beast.hpp>
#include <acs/curl.hpp>

#include <boost/asio/io_context.hpp>

int main() {
    struct unheard {
        void status(std::uint16_t) noexcept {}
        bool field(std::string_view, std::string_view) noexcept { return true; }
        bool body(std::string_view) noexcept { return true; }
    } sink;
    acs::request const plain{.scheme = acs::scheme::http, .host = "example.com", .target = "/"};
    acs::curl one;
    acs::beast two;
    boost::asio::io_context loop;
    acs::beast_client three{loop};
    acs::curl_multi four;
    loop.run();
    four.run();
    auto const refused = [](acs::result<void> const& how) { return !how && how.error().code == acs::errc::insecure_transport; };
    return refused(one.perform(plain, sink)) && refused(two.perform(plain, sink)) ? 0 : 1;
}
