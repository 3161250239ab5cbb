// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// JSON as ours reads it, and as others do: verdicts, and everything that is met in a text. Where they differ, a row says why.
#include "differential/json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "differential/documents.hpp"
#include "differential/peers.hpp"

namespace acs_differential {

namespace {

/// One text, as one peer and ours see it.
struct pair_of_readings {
    std::string_view text;
    reading const& ours;
    bool accepted{};  ///< by the peer
    [[nodiscard]] bool ours_accepts() const { return ours.code == "none"; }
    [[nodiscard]] char at_fault() const { return ours.offset < text.size() ? text[ours.offset] : '\0'; }
};

enum class peer : std::uint8_t { nlohmann, rapidjson };
char const* name(peer p) { return p == peer::nlohmann ? "nlohmann-json" : "RapidJSON"; }

/// A kind of difference that is meant.
struct difference {
    peer of;
    char const* what;
    char const* why;
    bool (*is)(pair_of_readings const&);
};

bool has_mark(pair_of_readings const& r) { return r.text.starts_with("\xEF\xBB\xBF"); }
bool too_large(pair_of_readings const& r) { return r.ours_accepts() && r.ours.number_too_large && !r.accepted; }
bool too_deep(pair_of_readings const& r) { return r.ours.code == "json_too_deep" && r.accepted; }
bool ends_at_nul(pair_of_readings const& r) {
    return !r.ours_accepts() && r.accepted && r.ours.offset < r.text.size() && r.at_fault() == '\0';
}

/// Events that are the same, but for numbers, of which some are a few units in the last place apart.
bool are_near(std::string_view a, std::string_view b) {
    std::size_t i = 0, k = 0;
    auto const number = [](std::string_view text, std::size_t& at) {
        std::uint64_t value = 0;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) value = value * 10 + static_cast<unsigned>(text[at] - '0');
        return value;
    };
    while (i < a.size() && k < b.size() && a[i] == b[k]) {
        bool const is_number = a[i] == 'd';
        ++i, ++k;
        if (!is_number) continue;
        std::uint64_t const x = number(a, i), y = number(b, k);
        if ((x < y ? y - x : x - y) > 16) return false;
    }
    return i == a.size() && k == b.size();
}

bool has_zero(pair_of_readings const& r) { return r.ours_accepts() && r.ours.zero_with_exponent && !r.accepted; }

constexpr std::array differences{
    difference{peer::nlohmann, "numbers beyond every double", "JSON has them; whether one fits is asked when its value is", too_large},
    difference{peer::nlohmann, "depth above 512", "so that memory is bounded; the peer's grows", too_deep},
    difference{peer::nlohmann, "a NUL ends the text", "to ours it is a byte that does not belong there", ends_at_nul},
    difference{peer::rapidjson, "numbers beyond every double", "JSON has them; whether one fits is asked when its value is", too_large},
    difference{peer::rapidjson, "numbers that would round beyond every double", "the peer takes the largest instead",
               [](pair_of_readings const& r) { return r.ours_accepts() && r.ours.number_too_large && r.accepted; }},
    difference{peer::rapidjson, "zeros with a large exponent", "0e441 is 0; the peer looks at the exponent alone", has_zero},
    difference{peer::rapidjson, "depth above 512", "so that memory is bounded; the peer's grows", too_deep},
    difference{peer::rapidjson, "a byte order mark", "some services send one; the peer leaves it to its stream",
               [](pair_of_readings const& r) { return has_mark(r) && r.ours_accepts() && !r.accepted; }},
    difference{peer::rapidjson, "second halves of surrogate pairs alone", "no UTF-8 can say them; the peer makes such bytes all the same",
               [](pair_of_readings const& r) { return r.ours.code == "malformed_json" && r.accepted && r.at_fault() == '\\'; }},
};

std::string shown(std::string_view text) {
    std::string out;
    for (char const c : text.substr(0, 400)) {
        std::array<char, 8> hex{};
        auto const byte = static_cast<unsigned>(static_cast<unsigned char>(c));
        std::snprintf(hex.data(), hex.size(), "\\x%02X", byte);
        out += byte < 0x20 || byte > 0x7E ? std::string(hex.data()) : std::string(1, c);
    }
    return out;
}

class comparison {
public:
    /// One text; its value at `path` as well.
    void check(std::string_view text, std::string const& path = {}) {
        ++texts_;
        ours_events_.clear();
        other_events_.clear();
        reading const r = ours_.read(text, ours_events_), other = portable_.read(text, other_events_);
        if (r.code != other.code || r.offset != other.offset || ours_events_.text() != other_events_.text()) fail(text, "ours, portable");
        bool const one = judge(peer::nlohmann, text, r, nlohmann_reads), two = judge(peer::rapidjson, text, r, rapidjson_reads);
        if (one && two && r.code == "none" && !has_mark({text, r})) look_up(text, path);
    }

    /// Any text, written as a JSON string.
    void check_quoted(std::string const& text) {
        std::string const quoted = ours_.quoted(text);
        if (quoted != portable_.quoted(text)) fail(text, "writing, portable");
        auto const read = nlohmann::json::parse(quoted, nullptr, false);
        if (!read.is_string()) return fail(text, "writing: not JSON");
        // What is no UTF-8 can't stand in JSON.
        std::string const as_json = "\"" + quoted.substr(1, quoted.size() - 2) + "\"";
        bool const was_utf8 = is_utf8(text);
        if (was_utf8 && read.get<std::string>() != text) fail(text, "writing: another text");
        if (!is_utf8(read.get<std::string>())) fail(as_json, "writing: no UTF-8");
    }

    /// Whether all is well; says how often the peers differed.
    bool close() const {
        for (std::size_t i = 0; i < differences.size(); ++i)
            std::printf("%8zu  %s: %s: %s\n", seen_[i], name(differences[i].of), differences[i].what, differences[i].why);
        std::printf("%8zu  RapidJSON: a double near the nearest: it is quick by default; nlohmann-json has the nearest, like ours\n",
                    rounded_);
        std::printf("%8zu  nlohmann-json: another value of a name that comes twice: ours is the first, the peer's the last\n", twice_);
        std::printf("%zu texts, %zu accepted, %zu values looked up, %zu unexplained differences\n", texts_, accepted_, looked_up_,
                    failures_);
        // A row that never comes true explains nothing.
        return failures_ == 0 && std::find(seen_.begin(), seen_.end(), 0) == seen_.end() && twice_ != 0 && rounded_ != 0;
    }

private:
    template <class Read>
    bool judge(peer which, std::string_view text, reading const& r, Read read) {
        events met;
        bool const accepts = read(text, met);
        pair_of_readings const both{text, r, accepts};
        if (accepts != both.ours_accepts() || (accepts && r.number_too_large)) {
            for (std::size_t i = 0; i < differences.size(); ++i)
                if (differences[i].of == which && differences[i].is(both)) return ++seen_[i], false;
            fail(text, std::string(which == peer::nlohmann ? "nlohmann-json" : "RapidJSON") +
                           (accepts ? " accepts; ours: " : " refuses; ours: ") + std::string(r.code));
            return false;
        }
        if (accepts && which == peer::nlohmann) nlohmann_events_ = met;
        if (accepts && met.text() != ours_events_.text()) {
            bool const theirs_alone = which == peer::rapidjson && nlohmann_events_.text() == ours_events_.text();
            if (!theirs_alone || !are_near(met.text(), ours_events_.text()))
                fail(text, std::string(name(which)) + " meets " + met.text() + ", ours " + ours_events_.text());
            ++rounded_;
            return false;
        }
        accepted_ += accepts && which == peer::nlohmann ? 1U : 0U;
        return accepts;
    }

    /// What `find_json` finds is what the first member of each name leads to.
    void look_up(std::string_view text, std::string const& path) {
        ++looked_up_;
        std::string_view const found = ours_.find(text, path);
        if (found.data() != portable_.find(text, path).data()) return fail(text, "looking up " + path + ", portable");
        events ours_found, theirs, last;
        static_cast<void>(ours_.read(found, ours_found));
        rapidjson::Document document;
        document.Parse<rapidjson_flags>(text.data(), text.size());
        rapidjson::Value const* value = &document;
        nlohmann::ordered_json const other = nlohmann::ordered_json::parse(text);
        nlohmann::ordered_json const* at = &other;
        for (std::size_t begin = 0; begin < path.size();) {
            std::size_t const end = std::min(path.find('.', begin), path.size());
            std::string const step = path.substr(begin, end - begin);
            begin = end + 1;
            if (value != nullptr && value->IsArray()) {
                value = index_of(step) < value->Size() ? &(*value)[static_cast<rapidjson::SizeType>(index_of(step))] : nullptr;
            } else if (value != nullptr) {
                auto const none = value->IsObject() ? value->MemberEnd() : rapidjson::Value::ConstMemberIterator();
                auto const member = value->IsObject() ? value->FindMember(rapidjson::StringRef(step.data(), step.size())) : none;
                value = member != none ? &member->value : nullptr;
            }
            if (at == nullptr) continue;
            if (at->is_array() && index_of(step) < at->size())
                at = &(*at)[index_of(step)];
            else if (at->is_object() && at->contains(step))
                at = &(*at)[step];
            else
                at = nullptr;
        }
        rapidjson_reader handler(theirs);
        if (value != nullptr) value->Accept(handler);
        if (theirs.text() != ours_found.text()) return fail(text, "RapidJSON finds another value at " + path);
        if (at != nullptr) nlohmann_reads(at->dump(), last);
        if (last.text() == theirs.text()) return;
        if (names_of(other) == names_of(document)) return fail(text, "nlohmann-json finds another value at " + path);
        ++twice_;
    }

    /// Of an element; beyond every array for a step that is no index.
    static std::size_t index_of(std::string const& step) {
        std::size_t index = SIZE_MAX;
        std::from_chars(step.data(), step.data() + step.size(), index);
        return index;
    }

    static std::size_t names_of(nlohmann::ordered_json const& value) {
        std::size_t count = value.is_object() ? value.size() : 0;
        if (value.is_structured())
            for (auto const& one : value) count += names_of(one);
        return count;
    }
    static std::size_t names_of(rapidjson::Value const& value) {
        std::size_t count = 0;
        if (value.IsObject())
            for (auto const& member : value.GetObject()) count += 1 + names_of(member.value);
        if (value.IsArray())
            for (auto const& one : value.GetArray()) count += names_of(one);
        return count;
    }

    static bool is_utf8(std::string const& text) {
        try {
            return !nlohmann::json(text).dump().empty();
        } catch (nlohmann::json::exception const&) {
            return false;
        }
    }

    void fail(std::string_view text, std::string const& what) {
        if (++failures_ <= 10) std::printf("%s\n  in %s\n", what.c_str(), shown(text).c_str());
    }

    library ours_ = ours();
    library portable_ = ours_portable();
    events ours_events_{}, other_events_{}, nlohmann_events_{};
    std::array<std::size_t, differences.size()> seen_{};
    std::size_t texts_{}, accepted_{}, looked_up_{}, twice_{}, rounded_{}, failures_{};
};

std::vector<std::string> files_in(std::string const& folder) {
    std::vector<std::string> texts;
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    std::sort(texts.begin(), texts.end());
    return texts;
}

}  // namespace

bool compare_json(std::string const& folder, std::size_t rounds) {
    comparison all;
    std::vector<std::string> const files = files_in(folder);
    for (std::string const& text : files) all.check(text);
    maker make(1);
    for (std::string const& text : files)
        if (text.size() < 4096)
            for (int i = 0; i < 40; ++i) all.check(make.damaged(text));
    std::string path;
    for (std::size_t i = 0; i < rounds; ++i) {
        std::string const text = make.document(path);
        all.check(text, path);
        all.check(make.damaged(text));
        all.check_quoted(make.bytes(60));
    }
    all.check(std::string_view("[1]\0 []", 7));
    return all.close() && !files.empty();
}

}  // namespace acs_differential
