// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/error/xml.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/effort.hpp"

namespace test_error_xml {

namespace {

constexpr std::string_view gateway =
    "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>0DCB6000-9FF2-4B5C-9C7F-5A5D5A5D5A5D</RequestId>"
    "<HostId>dataworks.cn-shanghai.aliyuncs.com</HostId><Code>SignatureDoesNotMatch</Code>"
    "<Message>Specified signature is not matched with our calculation. server string to sign is:POST&amp;%2F&amp;A%3D1</Message>"
    "<Recommend><![CDATA[https://api.aliyun.com/troubleshoot?q=SignatureDoesNotMatch&product=dataworks-public]]></Recommend></Error>";

/// What a body says; `read` is false if it says nothing, and then the body must be as it was.
struct outcome {
    explicit outcome(std::string_view text) : body(text) {
        error.code = "left over";
        read = acs::decode_xml_envelope(body, error);
        if (read) return;
        CHECK(body == text);
        CHECK(error.code.data() == nullptr);
        CHECK(error.message.data() == nullptr);
    }
    outcome(outcome const&) = delete;
    outcome& operator=(outcome const&) = delete;

    std::string body;
    acs::service_error error{};
    bool read{};
};

/// The code that a document holds in `<Code>`; `none` if it could not be read.
std::string code_of(std::string_view document) {
    outcome const o(document);
    return o.read ? std::string(o.error.code) : "none";
}

std::string in_code(std::string_view content) {
    std::string document("<Error><Code>");
    document.append(content).append("</Code></Error>");
    return code_of(document);
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all.append(text);
    return all;
}

constexpr bool in_constant_expressions() {
    constexpr std::string_view text = "<Error><Code>a&lt;b<!-- c --></Code><Message>&#x4E2D;</Message></Error>";
    std::array<char, text.size()> whole{};
    std::copy_n(text.data(), text.size(), whole.data());
    acs::service_error error{};
    return acs::decode_xml_envelope(whole, error) && error.code == "a<b" && error.message == "\xE4\xB8\xAD";
}

}  // namespace

TEST_CASE("an XML error of the gateway says what a JSON one says", "[error]") {
    outcome const o(gateway);
    REQUIRE(o.read);
    CHECK(o.error.code == "SignatureDoesNotMatch");
    CHECK(o.error.request_id == "0DCB6000-9FF2-4B5C-9C7F-5A5D5A5D5A5D");
    CHECK(o.error.host_id == "dataworks.cn-shanghai.aliyuncs.com");
    CHECK(o.error.message ==
          "Specified signature is not matched with our calculation. server string to sign is:POST&%2F&A%3D1");
    CHECK(o.error.recommend == "https://api.aliyun.com/troubleshoot?q=SignatureDoesNotMatch&product=dataworks-public");
    CHECK(o.error.description.data() == nullptr);
    CHECK(o.error.message.data() > o.body.data());
    CHECK(o.error.message.data() < o.body.data() + o.body.size());
    STATIC_REQUIRE(in_constant_expressions());
}

TEST_CASE("a document that is cut off anywhere says nothing", "[error]") {
    for (std::size_t size = 0; size < gateway.size(); ++size) {
        INFO("size " << size);
        CHECK_FALSE(outcome(gateway.substr(0, size)).read);
    }
}

TEST_CASE("the root may have any name; what stands before it and behind it does not count", "[error]") {
    CHECK(code_of("<Error><Code>A</Code></Error>") == "A");
    CHECK(code_of("<GetProjectResponse><Code>A</Code></GetProjectResponse>") == "A");
    CHECK(code_of("\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<Error>\r\n  <Code>A</Code>\r\n</Error>\r\n") == "A");
    CHECK(code_of("<?xml version='1.0'?><?style a='>'?><!DOCTYPE Error><!-- <Code>no</Code> --><Error><Code>A</Code></Error>") == "A");
    CHECK(code_of("<!DOCTYPE Error [<!ENTITY a \"b\">]><Error><Code>&a;</Code></Error>") == "&a;");  // nothing expands
    CHECK(code_of("<Error><Code>A</Code></Error><!-- end -->") == "A");
    CHECK(code_of("<Error><Code>A</Code></Error>\n<Error><Code>B</Code></Error>") == "A");
}

TEST_CASE("tags with attributes, white space, and `>` within quotes", "[error]") {
    CHECK(code_of("<Error xmlns=\"http://a/b\" xmlns:x='c'><Code>A</Code></Error>") == "A");
    CHECK(code_of("<Error><Code lang=\"a>b\">A</Code></Error>") == "A");
    CHECK(code_of("<Error><Code lang='a>b' x=\"'>'\">A</Code></Error>") == "A");
    CHECK(code_of("<Error><Code lang='</Code>'>A</Code></Error>") == "A");
    CHECK(code_of("<Error><Code\n\tlang='/'\r\n>A</Code \n></Error >") == "A");
    CHECK(code_of("<Error><Detail a='>'/><Code>A</Code></Error>") == "A");
    CHECK(code_of("<Error><Detail/><Message /><Code>A</Code></Error>") == "A");
    CHECK(code_of("<Error><Code lang='a>A</Code></Error>") == "none");  // the quote is never closed
}

TEST_CASE("references are XML's own five and numbers; others stay as they are", "[error]") {
    CHECK(in_code("&lt;&gt;&amp;&quot;&apos;") == "<>&\"'");
    CHECK(in_code("&amp;lt;") == "&lt;");  // once, not twice
    CHECK(in_code("&#65;&#x41;&#x4a;&#x4A;&#0000065;") == "AAJJA");
    CHECK(in_code("a&#10;b&#x9;c&#xD;d") == "a\nb\tc\rd");
    CHECK(in_code("&#228;&#x4E2D;&#128512;&#x10FFFF;") == "\xC3\xA4\xE4\xB8\xAD\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF");
    for (std::string_view const text :
         {"&nbsp;", "&LT;", "&lt", "&", "&;", "&#;", "&#x;", "&#X41;", "&#65", "&#6 5;", "&#xG;", "&#A;", "&#-1;", "&#+65;", "a & b", "&&",
          "&#0;", "&#x0;", "&#8;", "&#x1F;", "&#xD800;", "&#xDFFF;", "&#xFFFE;", "&#xFFFF;", "&#x110000;", "&#1114112;", "&#4294967361;",
          "&#x100000041;", "&#99999999999999999999;", "&#18446744073709551681;",
          "&#000000000000000000065;", "&#x000000000000000000041;"})
        CHECK(in_code(text) == text);
    CHECK(in_code("&&lt;") == "&<");
    CHECK(in_code("&#&#65;") == "&#A");
}

TEST_CASE("every numeric reference stands for its character, in decimal and in hex", "[error]") {
    std::array<char, 4> expected{};
    for (char32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 61) {
        bool const allowed = c == 9 || c == 10 || c == 13 || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) || c >= 0x10000;
        std::string const decimal = "&#" + std::to_string(static_cast<unsigned>(c)) + ";";
        std::string text = decimal;
        std::size_t const size = acs::unescape_xml(text, text.data());
        std::string_view const made(text.data(), size);
        if (!allowed) {
            if (made != decimal) FAIL(decimal);
        } else if (made != std::string_view(expected.data(), acs::put_utf8(c, expected.data()))) {
            FAIL(decimal);
        }
    }
}

TEST_CASE("CDATA is taken as it is, comments and processing instructions are left out", "[error]") {
    CHECK(in_code("<![CDATA[a&lt;<b>]]>") == "a&lt;<b>");
    CHECK(in_code("<![CDATA[</Code></Error>]]>") == "</Code></Error>");
    CHECK(in_code("a<![CDATA[]]>b<![CDATA[]]]]><![CDATA[>]]>c") == "ab]]>c");
    CHECK(in_code("<![CDATA[<!-- x -->]]>") == "<!-- x -->");
    CHECK(in_code("<![CDATA[a]]]>b") == "a]b");
    CHECK(in_code("a<!-- x -->b") == "ab");
    CHECK(in_code("a<!-- > </Code> & -- -->b") == "ab");
    CHECK(in_code("a<!---->b") == "ab");
    CHECK(in_code("a<!--->b-->c") == "ac");  // `<!-->` does not end a comment
    CHECK(in_code("a<!-->b-->c") == "ac");
    CHECK(in_code("a<?php echo '-->'; ?>b") == "ab");
    CHECK(in_code("a<?>?>b") == "ab");
    CHECK(in_code("a<!-- <![CDATA[ -->b<!-- ]]> -->c") == "abc");
    for (std::string_view const open : {"<!--", "<![CDATA[", "<?", "<!", "<!-- --", "<![CDATA[ ]]", "<!-"})
        CHECK(code_of("<Error><Code>a" + std::string(open) + "</Code></Error") == "none");
    CHECK(code_of("<Error><Code>a<!--</Code></Error>") == "none");
    CHECK(code_of("<Error><Code>a<![CDATA[</Code></Error>") == "none");
    CHECK(code_of("<Error><Code>a<?</Code></Error>") == "none");
}

TEST_CASE("a section at the front of a text is taken whole, one without an end is all of the text", "[error]") {
    CHECK(acs::xml_section_size("<!-- x -->y") == 10);
    CHECK(acs::xml_section_size("<!-- x") == 6);
    for (std::string_view const text : {"", "<", "<a>", "a<!-- x -->"}) CHECK(acs::xml_section_size(text) == 0);
    CHECK(acs::xml_section_size({}) == 0);  // of no text at all nothing is read
}

TEST_CASE("white space around a text is not part of it, within it is", "[error]") {
    CHECK(in_code(" \r\n\tA B\n") == "A B");
    CHECK(in_code("<![CDATA[ A ]]>") == " A ");
    CHECK(in_code("&#32;A") == " A");
}

TEST_CASE("empty texts are missing, whatever makes them empty", "[error]") {
    for (std::string_view const empty : {"", " \n", "<![CDATA[]]>", "<!-- none -->", "<?none?>", "<![CDATA[]]><!---->"}) {
        CHECK(in_code(empty) == "none");
        outcome const o("<Error><Code>" + std::string(empty) + "</Code><Message>m</Message></Error>");
        REQUIRE(o.read);
        CHECK(o.error.code.data() == nullptr);
        CHECK(o.error.message == "m");
    }
    CHECK(code_of("<Error><Code></Code><code>b</code></Error>") == "b");
    CHECK(code_of("<Error><Code/><code>b</code></Error>") == "b");
}

TEST_CASE("spellings are those of JSON, and the best of them wins wherever it stands", "[error]") {
    CHECK(code_of("<Error><errorCode>d</errorCode><ErrorCode>c</ErrorCode><code>b</code><Code>a</Code></Error>") == "a");
    CHECK(code_of("<Error><Code>a</Code><code>b</code></Error>") == "a");
    CHECK(code_of("<Error><Code>a</Code><Code>b</Code></Error>") == "a");
    CHECK(code_of("<Error><CODE>a</CODE></Error>") == "none");
    CHECK(code_of("<Error><x:Code>a</x:Code></Error>") == "none");
    outcome const o("<Error><errorMsg>m</errorMsg><requestId>r</requestId><hostId>h</hostId><detail>d</detail></Error>");
    REQUIRE(o.read);
    CHECK(o.error.message == "m");
    CHECK(o.error.request_id == "r");
    CHECK(o.error.host_id == "h");
    CHECK(o.error.detail == "d");
}

TEST_CASE("only children of the root count, and only those that hold plain text", "[error]") {
    CHECK(code_of("<Code>A</Code>") == "none");
    CHECK(code_of("<Error><Error><Code>A</Code></Error></Error>") == "none");
    CHECK(code_of("<Error><Data><Code>A</Code></Data><Code>B</Code></Error>") == "B");
    CHECK(code_of("<Error><Code>A<b/></Code><code>B</code></Error>") == "B");
    CHECK(code_of("<Error><Code>A<b/>C</Code><code>B</code></Error>") == "B");
    CHECK(code_of("<Error><Code>A<b>C</b>D</Code><code>B</code></Error>") == "B");
    CHECK(code_of("<Error><Code><b>A</b></Code><code>B</code></Error>") == "B");
    CHECK(code_of("<Error><Code><Code>A</Code></Code><code>B</code></Error>") == "B");
    CHECK(code_of("<Error>" + repeated("<a>", 100'000) + repeated("</a>", 100'000) + "<Code>A</Code></Error>") == "A");
}

TEST_CASE("wrong nesting, and what is no tag, says nothing", "[error]") {
    for (std::string_view const text :
         {"", " ", "<", ">", "<>", "</>", "< >", "</", "<Error", "<Error/>", "<Error></Error>", "</Error>", "Error", "&lt;Error&gt;",
          "<Error><Code>A</Code>", "<Error><Code>A</Error>", "<Error><Code>A</Error></Code>", "<Error><Code>A</code></Error>",
          "<Error><Code>A</Code></error>", "<Error><Code>A</Code></Code></Error>", "<Error></Code>A<Code></Error>",
          "<Error>< Code>A</Code></Error>",
          "<Error><Code>A</ Code></Error>", "<Error><Code>A<</Code></Error>", "<Error><Code>A</Code><</Error>",
          "<Error><Code>A</Code</Error>",
          "<Error><A><B></A></B><Code>A</Code></Error>", "<Error><Code>A</Code><></></Error>", "<!--<Error><Code>A</Code></Error>-->",
          "<![CDATA[<Error><Code>A</Code></Error>]]>", "<html><body><h1>502 Bad Gateway</h1></body></html>",
          "<!DOCTYPE html><html><head><title>Error</title><meta charset=utf-8></head><body><p>Message<br></body></html>"}) {
        INFO(text);
        CHECK_FALSE(outcome(text).read);
    }
}

TEST_CASE("long documents of any kind take time in proportion to their size", "[error]") {
    constexpr std::size_t many = 200'000 / acs_tests::thinned;
    constexpr std::array<std::string_view, 24> pieces{"<",     "<<",      "&",     "&#",    "&#x",    "&lt",     "<!--", "<!-- -->",
                                                      "<!-->", "<?",      "<? ?>", "<![CDATA[", "<![CDATA[]]>", "<!",  "<! >", "]]>",
                                                      "-->",   "<a b='",  "<a b=\"'", "'",     "<a>",    "</a>",     "<a/>", "\xFF"};
    for (std::string_view const piece : pieces) {
        std::string const all = repeated(piece, many);
        for (std::string const& text : {all, "<Error>" + all + "</Error>", "<Error><Code>" + all + "</Code></Error>",
                                        "<Error><Code>A</Code>" + all, "<Error><Code a='" + all + "'>A</Code></Error>"}) {
            std::string body = text;
            acs::service_error error{};
            static_cast<void>(acs::decode_xml_envelope(body, error));
        }
    }
    CHECK(in_code(repeated("&amp;", many)) == std::string(many, '&'));
}

TEST_CASE("random documents: views stay inside the body, and what could not be read is unchanged", "[error]") {
    constexpr std::array<std::string_view, 22> pieces{"<Error>", "</Error>", "<Code>", "</Code>", "<code>", "</code>", "<Message>",
                                                      "</Message>",
                                                      "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "&lt;", "&#x4E2D;", "a", " ", "<",
                                                      ">", "'", "/"};
    std::mt19937 random(11);
    std::size_t read = 0;
    for (int round = 0; round < 40'000; ++round) {
        std::string text = "<Error><Code>A</Code>";
        for (std::size_t n = random() % 12; n > 0; --n) text.append(pieces[random() % pieces.size()]);
        text.append("</Error>");
        outcome const o(text);
        if (!o.read) continue;
        ++read;
        for (std::string_view const view : {o.error.code, o.error.message}) {
            if (view.data() == nullptr) continue;
            CHECK(!view.empty());
            CHECK(view.data() >= o.body.data());
            CHECK(view.data() + view.size() <= o.body.data() + o.body.size());
        }
        CHECK(o.error.code == "A");
    }
    CHECK(read > 1000);
}

TEST_CASE("what looks like XML begins with a declaration or an error", "[error]") {
    for (std::string_view const text : {"<?xml ", "<?xml version='1.0'?>", "<Error>", "<Error xmlns=''>", "<ErrorResponse>"})
        CHECK(acs::looks_like_xml(text));
    for (std::string_view const text : {"", "<", "<?xml", "<Erro>", "<error>", "<html>", "<!DOCTYPE html>", " <Error>", "{\"Code\":1}",
                                        "Error>"})
        CHECK_FALSE(acs::looks_like_xml(text));
}

TEST_CASE("reading XML allocates nothing", "[error]") {
    std::string body(gateway);
    acs::service_error error{};
    acs_tests::no_allocations watch;
    bool const read = acs::decode_xml_envelope(body, error);
    watch.check();
    CHECK(read);
}

}  // namespace test_error_xml
