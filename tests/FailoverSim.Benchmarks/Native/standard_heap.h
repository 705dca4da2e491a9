// std::priority_queue, which cannot move an entry: a moved timer enters again, and its old entry is skipped when it surfaces.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

template <class Workload>
class StandardHeap {
public:
    static constexpr const char* kName = "std::priority_queue";

    explicit StandardHeap(int slots) : dues_(slots, std::numeric_limits<std::int64_t>::max()) {}

    std::pair<int, std::int64_t> peek() {
        while (Workload::kMoves && dues_[heap_.top().second] != heap_.top().first) {
            heap_.pop();
        }
        return {heap_.top().second, heap_.top().first};
    }

    void rearm_earliest(std::int64_t due) {
        int slot = heap_.top().second;
        heap_.pop();
        rearm(slot, due);
    }

    void rearm(int slot, std::int64_t due) {
        dues_[slot] = due;
        heap_.emplace(due, slot);
    }

private:
    using Entry = std::pair<std::int64_t, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap_;
    std::vector<std::int64_t> dues_;
};
