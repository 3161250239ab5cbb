// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CURL_HEADER_LIST_HPP
#define ACS_CURL_HEADER_LIST_HPP

#include <acs/hosted.hpp>

#include <curl/curl.h>

#include <cstddef>
#include <cstring>
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
        text_.clear();
        count_ = 0;
        for (field const& f : made.fields) {
            // One of nothing but white space counts as empty, and has to be said in another way, or libcurl takes the field out.
            std::string_view const value = trim(f.value);
            if (!add(f.name, value.empty() ? ";" : ": ", value)) return false;
        }
        if (!made.body.empty() && !add("expect", ":")) return false;
        for (std::string_view const name : {"accept", "content-type"})
            if (find_field(made.fields, name).data() == nullptr && !add(name, ":")) return false;
        return link();
    }

    [[nodiscard]] curl_slist* get() const noexcept { return nodes_.get(); }

private:
    [[nodiscard]] bool add(std::string_view name, std::string_view between, std::string_view value = {}) noexcept {
        ++count_;
        return text_.append(name) && text_.append(between) && text_.append(value) && text_.append({"\0", 1});
    }

    /// The lines stay where they are from here on.
    [[nodiscard]] bool link() noexcept {
        if (count_ > capacity_) {
            nodes_.reset(new (std::nothrow) curl_slist[count_]);
            capacity_ = nodes_ != nullptr ? count_ : 0;
            if (nodes_ == nullptr) return false;
        }
        char* line = text_.data();
        for (std::size_t i = 0; i < count_; ++i, line += std::strlen(line) + 1)
            nodes_[i] = {line, i + 1 < count_ ? &nodes_[i + 1] : nullptr};
        return true;
    }

    heap_block text_{};
    std::unique_ptr<curl_slist[]> nodes_{};
    std::size_t count_{};
    std::size_t capacity_{};
};

}  // namespace acs::inline ACS_ABI

#endif
