// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_DEADLINES_HPP
#define ACS_HOSTED_DEADLINES_HPP

#include <acs/core/config.hpp>
#include <acs/core/time.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

namespace acs::inline ACS_ABI {

/// What waits for a time. It stays where it is while it waits.
struct deadline_node {
    tick at{};
    std::size_t place = SIZE_MAX;  ///< in the heap; SIZE_MAX: it does not wait
};

/// Those that wait for a time, the earliest first: a binary heap of pointers, so that thousands wait as easily as one.
class deadlines {
public:
    /// False if there was no memory.
    [[nodiscard]] bool add(deadline_node& node) noexcept {
        if (count_ == capacity_ && !grow()) return false;
        put(count_++, node);
        up(node.place);
        return true;
    }

    void remove(deadline_node& node) noexcept {
        if (node.place == SIZE_MAX) return;
        std::size_t const hole = std::exchange(node.place, SIZE_MAX);
        deadline_node& last = *nodes_[--count_];
        if (&last == &node) return;
        put(hole, last);
        up(hole);
        down(last.place);
    }

    /// The earliest, or null.
    [[nodiscard]] deadline_node* first() const noexcept { return count_ == 0 ? nullptr : nodes_[0]; }

private:
    [[nodiscard]] bool grow() noexcept {
        std::size_t const more = capacity_ == 0 ? 64 : 2 * capacity_;
        std::unique_ptr<deadline_node*[]> moved(new (std::nothrow) deadline_node*[more]);
        if (moved == nullptr) return false;
        for (std::size_t i = 0; i < count_; ++i) moved[i] = nodes_[i];
        nodes_ = std::move(moved);
        capacity_ = more;
        return true;
    }

    void put(std::size_t place, deadline_node& node) noexcept {
        nodes_[place] = &node;
        node.place = place;
    }

    void up(std::size_t place) noexcept {
        deadline_node& node = *nodes_[place];
        for (; place != 0 && node.at < nodes_[(place - 1) / 2]->at; place = (place - 1) / 2) put(place, *nodes_[(place - 1) / 2]);
        put(place, node);
    }

    void down(std::size_t place) noexcept {
        deadline_node& node = *nodes_[place];
        for (;;) {
            std::size_t child = 2 * place + 1;
            if (child >= count_) break;
            if (child + 1 < count_ && nodes_[child + 1]->at < nodes_[child]->at) ++child;
            if (node.at <= nodes_[child]->at) break;
            put(place, *nodes_[child]);
            place = child;
        }
        put(place, node);
    }

    std::unique_ptr<deadline_node* []> nodes_ {};
    std::size_t count_{};
    std::size_t capacity_{};
};

}  // namespace acs::inline ACS_ABI

#endif
