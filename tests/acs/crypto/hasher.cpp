// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/crypto/hasher.hpp>

#include <acs/crypto/block_hash.hpp>
#include <acs/crypto/sha1.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/crypto/small_hash.hpp>
#include <acs/crypto/sm3.hpp>

#include "support/catch.hpp"
#include "support/hash_checks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "conformance/hasher.hpp"
#include "support/evp_hasher.hpp"

namespace test_crypto_hasher {

namespace {

/// A model of which each of the following lacks or spoils one thing.
struct model {
    static constexpr std::size_t block_size = 64;
    static constexpr std::size_t digest_size = 32;
    using digest = std::array<std::uint8_t, 32>;
    void update(std::string_view) noexcept;
    digest finish() noexcept;
};
static_assert(acs::hasher<model> && acs::check_hasher<model>());

struct no_default : model {
    explicit no_default(int);
};
struct no_copy : model {
    no_copy() = default;
    no_copy(no_copy&&) = default;
    no_copy& operator=(no_copy&&) = default;
};
struct no_assignment : model {
    no_assignment() = default;
    no_assignment(no_assignment const&) = default;
    no_assignment& operator=(no_assignment const&) = delete;
};
struct block_size_of_zero : model {
    static constexpr std::size_t block_size = 0;
};
struct block_size_at_run_time : model {
    inline static std::size_t block_size = 64;
};
struct digest_above_block : model {
    static constexpr std::size_t block_size = 31;
};
struct digest_of_chars : model {
    using digest = std::array<char, 32>;
    digest finish() noexcept;
};
struct digest_of_other_size : model {
    using digest = std::array<std::uint8_t, 20>;
    digest finish() noexcept;
};
struct update_throws : model {
    void update(std::string_view);
};
struct update_of_bytes : model {
    void update(void const*, std::size_t) noexcept;
};
struct update_of_variables : model {
    void update(std::string_view&) noexcept;
};
struct finish_throws : model {
    digest finish();
};
struct finish_into : model {
    void finish(digest&) noexcept;
};
struct finish_of_reference : model {
    digest const& finish() noexcept;
};
static_assert(!acs::hasher<no_default> && !acs::hasher<no_copy> && !acs::hasher<no_assignment>);
static_assert(!acs::hasher<block_size_of_zero> && !acs::hasher<block_size_at_run_time> && !acs::hasher<digest_above_block>);
static_assert(!acs::hasher<digest_of_chars> && !acs::hasher<digest_of_other_size>);
static_assert(!acs::hasher<update_throws> && !acs::hasher<update_of_bytes>);
static_assert(!acs::hasher<update_of_variables>, "constant texts have to go in as well");
static_assert(!acs::hasher<finish_throws> && !acs::hasher<finish_into> && !acs::hasher<finish_of_reference>);
static_assert(!acs::hasher<int> && !acs::hasher<void>);

constexpr bool written_in_constants() {
    acs::sha256 h;
    acs::hash_sink sink(h);
    sink.write("a");
    acs::hash_sink copy = sink;
    copy.write("b");
    sink.write("c");
    return h.finish() == acs::hash<acs::sha256>("abc");
}
static_assert(written_in_constants(), "a hash_sink views its hasher");
static_assert(acs::sink<acs::hash_sink<acs::sha1>> && acs::sink<acs::hash_sink<model>>);

/// Where a report's lines go.
class lines {
public:
    [[nodiscard]] std::FILE* file() const { return file_.get(); }
    [[nodiscard]] std::string text() const {
        std::string all;
        std::rewind(file_.get());
        for (int c = std::fgetc(file_.get()); c != EOF; c = std::fgetc(file_.get())) all += static_cast<char>(c);
        return all;
    }

private:
    struct closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::unique_ptr<std::FILE, closer> file_{std::tmpfile()};
};

/// The lines of the conformance suite over a hasher.
template <acs::hasher H>
std::string suite(conformance::hash_function const& function) {
    lines to;
    conformance::report out(to.file());
    conformance::check_hasher<H>(function, out);
    bool const good = out.close();
    std::string text = to.text();
    CHECK(good == (text.find(" 0 failed") != std::string::npos));
    return text;
}

constexpr std::string_view all_passed = "16 passed, 0 failed\n";

// Faults that back ends have.

/// Views long texts that it should have hashed.
struct keeps_view : acs::sha256 {
    void update(std::string_view text) noexcept {
        acs::sha256::update(kept_);
        kept_ = text.size() > block_size ? text : std::string_view();
        if (kept_.empty()) acs::sha256::update(text);
    }
    digest finish() noexcept {
        acs::sha256::update(kept_);
        return acs::sha256::finish();
    }
    std::string_view kept_{};
};

/// Copies share one state, as a copied handle does.
struct shared_state {
    static constexpr std::size_t block_size = 64;
    static constexpr std::size_t digest_size = 32;
    using digest = acs::sha256::digest;
    void update(std::string_view text) noexcept { state->update(text); }
    digest finish() noexcept { return state->finish(); }
    std::shared_ptr<acs::sha256> state = std::make_shared<acs::sha256>();
};

/// Takes an empty piece for the end.
struct ends_early : acs::sha256 {
    void update(std::string_view text) noexcept {
        ended_ = ended_ || text.data() == nullptr;
        if (!ended_) acs::sha256::update(text);
    }
    bool ended_{};
};

/// Its assignment forgets that it was finished.
struct stays_finished : acs::sha256 {
    stays_finished() = default;
    stays_finished(stays_finished const& other) : acs::sha256(other) {}
    stays_finished& operator=(stays_finished const& other) {
        if (!finished_) acs::sha256::operator=(other);
        return *this;
    }
    ~stays_finished() = default;
    digest finish() noexcept {
        finished_ = true;
        return acs::sha256::finish();
    }
    bool finished_{};
};

/// Needs its text aligned.
struct wants_alignment : acs::sha256 {
    void update(std::string_view text) noexcept {
        bool const odd = text.size() > 100 && reinterpret_cast<std::uintptr_t>(text.data()) % 4 != 0;
        acs::sha256::update(odd ? text.substr(1) : text);
    }
};

}  // namespace

TEST_CASE("Our hashers pass the conformance suite", "[crypto]") {
    CHECK(suite<acs::sha1>(conformance::sha1) == all_passed);
    CHECK(suite<acs::sha256>(conformance::sha256) == all_passed);
    CHECK(suite<acs::sm3>(conformance::sm3) == all_passed);
}

TEST_CASE("Hashers over OpenSSL pass the conformance suite", "[crypto]") {
    CHECK(suite<acs_tests::evp_sha1>(conformance::sha1) == all_passed);
    CHECK(suite<acs_tests::evp_sha256>(conformance::sha256) == all_passed);
    CHECK(suite<acs_tests::evp_sm3>(conformance::sm3) == all_passed);
}

TEST_CASE("The conformance suite finds another function, and other sizes", "[crypto]") {
    CHECK(suite<acs::sm3>(conformance::sha256).find("SHA-256, digest of 1 times 'abc': one piece") != std::string::npos);
    CHECK(suite<acs::sha256>(conformance::sha1).find("SHA-1, sizes: digest_size") != std::string::npos);
    CHECK(suite<acs_tests::evp_sha512>(conformance::sha256).find("SHA-256, sizes: block_size") != std::string::npos);
}

TEST_CASE("The conformance suite finds the faults that back ends have", "[crypto]") {
    CHECK(suite<keeps_view>(conformance::sha256).find("SHA-256, memory: gone after update") != std::string::npos);
    CHECK(suite<shared_state>(conformance::sha256).find("SHA-256, copies in mid-message") != std::string::npos);
    CHECK(suite<ends_early>(conformance::sha256).find("SHA-256, pieces") != std::string::npos);
    CHECK(suite<stays_finished>(conformance::sha256).find("SHA-256, assignments") != std::string::npos);
    CHECK(suite<wants_alignment>(conformance::sha256).find("SHA-256, memory: begins at 1") != std::string::npos);
}

TEST_CASE("hash_sink passes every piece on as it comes", "[crypto]") {
    struct recorder {
        void update(std::string_view piece) noexcept { text.append(piece).append("|"); }
        std::string text{};
    };
    recorder r;
    acs::hash_sink sink(r);
    sink.write("one");
    sink.write("");
    sink.write("two");
    CHECK(r.text == "one||two|");
}

TEST_CASE("gathering_hash gives the digest of all that is written, in pieces of any size", "[crypto]") {
    std::mt19937_64 random(11);
    for (int round = 0; round < 400; ++round) {
        std::string const text = acs_tests::random_text(random, random() % 3000);
        acs::gathering_hash<acs::sha256> gathered;
        std::size_t const most = 1 + random() % 700;
        for (std::string_view rest = text; !rest.empty();) {
            std::size_t const n = std::min<std::size_t>(random() % (most + 1), rest.size());
            std::string_view const piece = rest.substr(0, n);
            if (char* const to = round % 2 == 0 ? gathered.next(n) : nullptr; to != nullptr) {
                piece.copy(to, n);
                gathered.wrote(n);
            } else {
                gathered.write(piece);
            }
            rest.remove_prefix(n);
            if (round % 3 == 0) gathered.advance();
        }
        REQUIRE(gathered.finish() == acs::hash<acs::sha256>(text));
    }
}

// One that drives an accelerator takes no single bytes: a call of it is dear.
struct driven : acs::block_hash<acs::sha256_compression> {
    constexpr void update(std::string_view text) noexcept {
        calls += 1;
        block_hash::update(text);
    }
    std::size_t calls{};
};

/// What a hash behind a common_sink makes of a text, of which so much goes to the hash itself, in between.
template <class H>
typename H::digest through_common_sink(std::string_view text, std::size_t direct = 0) {
    std::size_t const front = (text.size() - direct) / 2;
    acs::common_hash<H> hash;
    acs::common_sink& any = hash;
    for (char const c : text.substr(0, front)) any.put(c);
    if (direct != 0) hash.write(text.substr(front, direct));
    for (char const c : text.substr(front + direct)) any.put(c);
    return hash.finish();
}

TEST_CASE("A hash behind a common_sink takes bytes, and text itself", "[crypto]") {
    std::mt19937_64 random(12);
    for (std::size_t size = 0; size <= 300; ++size) {
        std::string const text = acs_tests::random_text(random, size);
        auto const expected = acs::hash<acs::sha256>(text);
        INFO("size " << size);
        for (std::size_t const direct : {std::size_t{0}, size / 3, size}) {
            REQUIRE(through_common_sink<driven>(text, direct) == expected);
            REQUIRE(through_common_sink<acs::small_hash<acs::sha256_compression>>(text, direct) == expected);
        }
    }
}

TEST_CASE("A hasher without single bytes gets what is written to a common_sink some bytes at a time", "[crypto]") {
    struct counting : driven {
        [[nodiscard]] digest finish() noexcept { return {static_cast<std::uint8_t>(calls)}; }
    };
    std::string const text(640, 'a');
    CHECK(through_common_sink<counting>(text)[0] == 10);
    CHECK(through_common_sink<counting>(text, 512)[0] == 3);
}

// Blocks of another size are never padded in place: what was hashed before might not be whole ones.
template <std::size_t Block>
struct in_place : acs::block_hash<acs::sha256_compression> {
    static constexpr std::size_t block_size = Block, padding_room = Block + 8;
};
static_assert(acs::pads_in_place<acs::sha256> != ACS_SMALL_CODE && acs::pads_in_place<in_place<64>> && !acs::pads_in_place<in_place<128>>);
static_assert(acs::padding_room<in_place<128>> == 0 && acs::padding_room<acs::hmac<in_place<128>>> == 0);

TEST_CASE("gathering_hash goes on from where a hash is", "[crypto]") {
    acs::hmac_key<acs::sha1> const key("key");
    acs::gathering_hash<acs::hmac<acs::sha1>> gathered(key);
    acs::write_row(gathered, std::string_view("a:"), std::string_view("b\n"));
    CHECK(gathered.finish() == acs::hmac_digest<acs::sha1>("key", "a:b\n"));
}

}  // namespace test_crypto_hasher
