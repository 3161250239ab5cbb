// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_HEAP_BOX_HPP
#define ACS_HOSTED_HEAP_BOX_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/time.hpp>
#include <acs/message/reply.hpp>
#include <acs/exchange/step.hpp>
#include <acs/client/run.hpp>
#include <acs/client/transport.hpp>
#include <acs/hosted/answer.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace acs::inline ACS_ABI {

/// Takes one answer after the other, on the heap; the memory is used again.
class heap_box {
public:
    heap_box() noexcept : heap_box(64U * 1024U * 1024U) {}
    explicit heap_box(std::size_t max_body) noexcept : receiver_(max_body) {}

    void status(std::uint16_t code) noexcept {
        receiver_.reuse(std::move(held_.block));
        held_ = {};
        receiver_.status(code);
    }
    bool field(std::string_view name, std::string_view value) noexcept { return receiver_.field(name, value); }
    bool body(std::string_view piece) noexcept { return receiver_.body(piece); }

    /// The answer, until the next one begins.
    [[nodiscard]] reply answer() noexcept { return held_.answer; }

    /// Hands the answer over with what holds it.
    [[nodiscard]] answer_receiver::layout take() noexcept { return std::exchange(held_, {}); }

    template <class Machine>
    friend step deliver(Machine& machine, heap_box& box, result<void> const& carried, moment const& now) noexcept {
        bool const out_of_memory = box.receiver_.ran_out_of_memory();
        if (!carried) {
            box.held_.answer = {};  // if no answer began: the one before is no longer the last
            return out_of_memory ? machine.cancel(errc::out_of_memory) : machine.on_lost(carried.error(), now);
        }
        if (!box.receiver_.finish(Machine::arrays_size(box.receiver_.peek()), box.held_)) return machine.cancel(errc::out_of_memory);
        return machine.on_reply(box.held_.answer, now, box.held_.extra);
    }

private:
    answer_receiver receiver_;
    answer_receiver::layout held_{};
};

static_assert(answer_box<heap_box>);

}  // namespace acs::inline ACS_ABI

#endif
