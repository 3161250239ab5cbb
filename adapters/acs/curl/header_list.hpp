// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_HEADER_LIST_HPP
#define ACS_CURL_HEADER_LIST_HPP

#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <new>
#include <string_view>

namespace acs::inline ACS_ABI {

/// The header fields of a request in libcurl's shape, with those switched off that it would add by itself. The memory is used again, so
/// that a call in a row takes none.
class curl_header_list {
public:
    /// False if there was no memory.
    [[nodiscard]] bool set(request const& made) noexcept {
        std::size_t size = 0;
        for (field const& f : made.fields) size += f.name.size() + 2 + f.value.size() + 1;
        text_.clear();
        count_ = 0;
        if (!text_.reserve(size + most_switched_off) || !reserve(made.fields.size() + 3)) return false;

        bool has_accept = false, has_type = false;
        for (field const& f : made.fields) {
            // One of nothing but white space counts as empty, and has to be said in another way, or libcurl takes the field out.
            std::string_view const value = trim(f.value);
            add(f.name, value.empty() ? ";" : ": ", value);
            has_accept = has_accept || equal_ignoring_case(f.name, "accept");
            has_type = has_type || equal_ignoring_case(f.name, "content-type");
        }
        if (!made.body.empty()) add("expect", ":", {});
        if (!has_accept) add("accept", ":", {});
        if (!has_type) add("content-type", ":", {});
        return true;
    }

    [[nodiscard]] curl_slist* get() const noexcept { return count_ != 0 ? nodes_.get() : nullptr; }

private:
    static constexpr std::size_t most_switched_off = 64;

    /// Pre: there is room.
    void add(std::string_view name, std::string_view between, std::string_view value) noexcept {
        char* const line = text_.data() + text_.size();
        static_cast<void>(text_.append(name, between, value, std::string_view("\0", 1)));
        nodes_[count_] = {line, nullptr};
        if (count_ != 0) nodes_[count_ - 1].next = &nodes_[count_];
        ++count_;
    }

    [[nodiscard]] bool reserve(std::size_t count) noexcept {
        if (count <= capacity_) return true;
        nodes_.reset(new (std::nothrow) curl_slist[count]);
        capacity_ = nodes_ != nullptr ? count : 0;
        return capacity_ != 0;
    }

    heap_block text_{};
    std::unique_ptr<curl_slist[]> nodes_{};
    std::size_t count_{};
    std::size_t capacity_{};
};

}  // namespace acs::inline ACS_ABI

#endif
