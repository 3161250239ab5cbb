// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_HEAP_BLOCK_HPP
#define ACS_HOSTED_HEAP_BLOCK_HPP

#include <acs/core/config.hpp>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

namespace acs::inline ACS_ABI {

/// Bytes on the heap, which grow; move-only. A heap that has no memory left is an answer, not an exception. Moving it leaves the bytes
/// where they are, so views into them hold.
class heap_block {
public:
    heap_block() noexcept = default;
    heap_block(heap_block&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)), capacity_(std::exchange(other.capacity_, 0)) {}
    heap_block& operator=(heap_block&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
        return *this;
    }
    ~heap_block() { std::free(data_); }

    /// Makes room for `capacity` bytes in all, which may move everything. False if the heap gave nothing; then all is as before.
    [[nodiscard]] bool reserve(std::size_t capacity) noexcept {
        if (capacity <= capacity_) return true;
        void* const moved = std::realloc(data_, capacity);
        if (moved == nullptr) return false;
        data_ = static_cast<char*>(moved);
        capacity_ = capacity;
        return true;
    }

    /// Appends texts in a row. False if the heap gave nothing; then all is as before.
    template <class... Text>
    [[nodiscard]] bool append(Text const&... texts) noexcept {
        std::size_t const size = (std::string_view(texts).size() + ...);
        if (size > capacity_ - size_) {
            std::size_t const wanted = size_ + size, more = capacity_ != 0 ? 2 * capacity_ : 256;
            if (!reserve(wanted > more ? wanted : more)) return false;
        }
        for (std::string_view const text : {std::string_view(texts)...}) {
            if (!text.empty()) std::memcpy(data_ + size_, text.data(), text.size());
            size_ += text.size();
        }
        return true;
    }

    void clear() noexcept { size_ = 0; }

    [[nodiscard]] char* data() const noexcept { return data_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    char* data_{};
    std::size_t size_{};
    std::size_t capacity_{};
};

}  // namespace acs::inline ACS_ABI

#endif
