// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Checks what the concept `acs::hasher` cannot: that a back end computes the function it stands for, however it is driven.
//
//     conformance::report out(stdout);
//     conformance::check_hasher<my_sha256>(conformance::sha256, out);
//     return out.close() ? 0 : 1;
#ifndef ACS_TESTS_CONFORMANCE_HASHER_HPP
#define ACS_TESTS_CONFORMANCE_HASHER_HPP

#include <acs/core/sink.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/crypto/hmac.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/testing/conformance/report.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>


namespace conformance {

using acs::conformance::report;

/// `piece`, `times` in a row, and its digest.
struct hash_vector {
    std::string_view piece{};
    std::size_t times{};
    std::string_view digest{};
};

/// A hash function: its name, its sizes and what its standard prints. Digests of `a` in a row are there for the ends of padding.
struct hash_function {
    std::string_view name{};
    std::size_t block_size{};
    std::size_t digest_size{};
    std::array<hash_vector, 10> vectors{};
    std::string_view code_short_key{};  ///< the HMAC of RFC 2202 and RFC 4231, test case 2
    std::string_view code_long_key{};   ///< the HMAC of RFC 4231, test case 6: a key of 131 bytes
};

inline constexpr std::string_view two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

inline constexpr hash_function sha1{"SHA-1",
                                    64,
                                    20,
                                    {{
                                        {"", 1, "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
                                        {"abc", 1, "a9993e364706816aba3e25717850c26c9cd0d89d"},
                                        {two_blocks, 1, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
                                        {"abcd", 16, "37d21e4333301406f68bde5ca7a4ac4e116bb95a"},
                                        {"a", 55, "c1c8bbdc22796e28c0e15163d20899b65621d65a"},
                                        {"a", 56, "c2db330f6083854c99d4b5bfb6e8f29f201be699"},
                                        {"a", 63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5"},
                                        {"a", 64, "0098ba824b5c16427bd7a1122a5a442a25ec644d"},
                                        {"a", 65, "11655326c708d70319be2610e8a57d9a5b959d3b"},
                                        {"a", 1'000'000, "34aa973cd4c4daa4f61eeb2bdbad27316534016f"},
                                    }},
                                    "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
                                    "90d0dace1c1bdc957339307803160335bde6df2b"};

inline constexpr hash_function sha256{"SHA-256",
                                      64,
                                      32,
                                      {{
                                          {"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
                                          {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
                                          {two_blocks, 1, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
                                          {"abcd", 16, "625b41490b883891943c5fa54ad45d7c900b9b6e91e159334e320b1f5215a209"},
                                          {"a", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
                                          {"a", 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
                                          {"a", 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
                                          {"a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
                                          {"a", 65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"},
                                          {"a", 1'000'000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
                                      }},
                                      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                                      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"};

inline constexpr hash_function sm3{"SM3",
                                   64,
                                   32,
                                   {{
                                       {"", 1, "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"},
                                       {"abc", 1, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
                                       {two_blocks, 1, "639b6cc5e64d9e37a390b192df4fa1ea0720ab747ff692b9f38c4e66ad7b8c05"},
                                       {"abcd", 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
                                       {"a", 55, "288337eef51eec62e7544d7270424c8dbe656254c99852870a73b2453a6a7fb1"},
                                       {"a", 56, "ba00ebedaab54065a5fd4f9f56326016203166bcee3eed44ea868d59d67aa3c8"},
                                       {"a", 63, "587308543551881ebd70d27ad358ff5dcdf24ac54822e2f7b7c3edce0985d21b"},
                                       {"a", 64, "616ec433c359e7c2b19f360e2b8f2a1b6e9ed76b8dc1a7d207b31a5341c611e9"},
                                       {"a", 65, "3d1d94afa238ec3e2bbc20ad504702b24c16f2889c94973f2f8da3526c44e4bc"},
                                       {"a", 1'000'000, "c8aaf89429554029e231941a2acc0ad61ff2a5acd8fadd25847a3a732b3b02c3"},
                                   }},
                                   "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882",
                                   "b4fd844e13342002f0b2e0690ea7741f1497d993a70494cea601e657bedf67a0"};

/// The cases, over a hasher.
template <acs::hasher H>
class hasher_case {
public:
    hasher_case(hash_function const& function, report& out) : function_(&function), out_(&out) {
        for (std::size_t i = 0; i < 3 * H::block_size + 7; ++i) text_ += static_cast<char>(i * 167 + 13);
    }

    void run() {
        begin("sizes");
        equal("block_size", std::to_string(function_->block_size), std::to_string(H::block_size));
        equal("digest_size", std::to_string(function_->digest_size), std::to_string(H::digest_size));
        out_->end();
        vectors();
        pieces();
        memory();
        copies();
        assignments();
        begin("HMAC");
        equal("short key", function_->code_short_key, code("Jefe", "what do ya want for nothing?"));
        equal("long key", function_->code_long_key,
              code(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"));
        out_->end();
    }

private:
    void vectors() {
        for (hash_vector const& v : function_->vectors) {
            begin("digest of " + std::to_string(v.times) + " times '" + std::string(v.piece) + "'");
            std::string text;
            for (std::size_t i = 0; i < v.times; ++i) text += v.piece;
            equal("one piece", v.digest, of(text));
            H h;
            for (std::size_t i = 0; i < v.times; ++i) feed(h, v.piece);
            equal("many pieces", v.digest, finish(h));
            out_->end();
        }
    }

    /// Every text of up to three blocks split in two, with empty pieces; one byte at a time.
    void pieces() {
        begin("pieces");
        for (std::size_t size = 0; size <= text_.size(); ++size) {
            std::string_view const text = part(0, size);
            std::string const expected = of(text);
            for (std::size_t split = 0; split <= size; ++split) {
                H h;
                feed(h, acs::first(text, split));
                feed(h, std::string_view());
                feed(h, acs::skip(text, split));
                equal("split at " + std::to_string(split) + " of " + std::to_string(size), expected, finish(h));
            }
            H bytes;
            for (char const& c : text) feed(bytes, std::string_view(&c, 1));
            equal("byte by byte, " + std::to_string(size), expected, finish(bytes));
        }
        out_->end();
    }

    /// The text may begin anywhere, and be gone after `update`.
    void memory() {
        begin("memory");
        std::string const expected = of(text_);
        for (std::size_t at = 0; at < 16; ++at) {
            std::string moved(at, '#');
            moved += text_;
            std::string_view const text = acs::skip(moved, at);
            H h;
            feed(h, text);
            equal("begins at " + std::to_string(at), expected, finish(h));

            H after;
            feed(after, acs::first(text, H::block_size + at));
            std::string const rest(acs::skip(text, H::block_size + at));
            moved.assign(moved.size(), '#');
            feed(after, rest);
            equal("gone after update", expected, finish(after));
        }
        out_->end();
    }

    /// A copy goes on from where the original was, whatever becomes of that; two at once don't know of each other.
    void copies() {
        begin("copies in mid-message");
        std::string const expected = of(text_);
        std::string const other = of(std::string(text_) + "x");
        for (std::size_t at = 0; at <= text_.size(); ++at) {
            H original;
            feed(original, part(0, at));
            H copy = original;
            H const kept = original;
            feed(original, acs::skip(text_, at));
            feed(original, "x");
            equal("original", other, finish(original));
            feed(copy, acs::skip(text_, at));
            equal("copy", expected, finish(copy));
            H late = kept;
            feed(late, acs::skip(text_, at));
            equal("late copy", expected, finish(late));
            H second = kept;
            H moved = std::move(second);
            feed(moved, acs::skip(text_, at));
            equal("moved", expected, finish(moved));
        }
        out_->end();
    }

    /// What was used or finished can be assigned to.
    void assignments() {
        begin("assignments");
        std::string const expected = of(text_);
        for (std::size_t at = 0; at <= text_.size(); ++at) {
            H original;
            feed(original, part(0, at));
            H used;
            feed(used, "something else");
            H finished;
            feed(finished, text_);
            static_cast<void>(finished.finish());
            used = original;
            finished = original;
            H& self = original;
            original = self;
            for (H* h : {&used, &finished, &original}) {
                feed(*h, acs::skip(text_, at));
                equal("assigned at " + std::to_string(at), expected, finish(*h));
                *h = H{};
                feed(*h, text_);
                equal("new again", expected, finish(*h));
            }
        }
        out_->end();
    }

    void begin(std::string const& what) { out_->begin(std::string(function_->name) + ", " + what); }
    void equal(std::string_view stage, std::string_view expected, std::string_view got) { out_->equal(stage, expected, got); }

    [[nodiscard]] std::string_view part(std::size_t at, std::size_t size) const { return acs::first(acs::skip(text_, at), size); }

    // `update` itself need not take what converts to a std::string_view.
    static void feed(H& h, std::string_view text) { h.update(text); }
    static std::string hex(typename H::digest const& digest) {
        std::string text(2 * digest.size(), '\0');
        acs::span_sink out(text);
        acs::hex_encode(digest, out);
        return text;
    }
    static std::string finish(H& h) { return hex(h.finish()); }
    static std::string of(std::string_view text) { return hex(acs::hash<H>(text)); }
    static std::string code(std::string_view key, std::string_view text) { return hex(acs::hmac_digest<H>(key, text)); }

    hash_function const* function_;
    report* out_;
    std::string text_{};  // three blocks and a bit, no two bytes in a row alike
};

/// Runs every case; each counts as one in the report.
template <acs::hasher H>
void check_hasher(hash_function const& function, report& out) {
    hasher_case<H>(function, out).run();
}

}  // namespace conformance

#endif
