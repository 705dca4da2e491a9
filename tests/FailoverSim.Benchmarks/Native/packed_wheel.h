// The limit to compare with: a wheel of buckets as wide as a few events, its width given, entries of one word, a bucket sorted
// by ranks when its turn comes. A timer that is moved to later keeps its entry, which moves on when it surfaces.
#pragma once

#include <immintrin.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

template <class Workload>
class PackedWheel {
public:
    static constexpr const char* kName = "packed wheel";

    explicit PackedWheel(int slots)
        : shift_(std::bit_width(static_cast<std::uint64_t>(kPerBucket * Workload::spacing(slots))) - 1),
          buckets_(static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(std::max(64.0, kHorizon * slots / kPerBucket))))),
          counts_(buckets_), entries_(buckets_ * kRoom + 8), dues_(Workload::kMoves ? slots : 0, kNever),
          queued_(Workload::kMoves ? slots : 0, kNever) {
        next_far_ = buckets_ / 4;
    }

    std::pair<int, std::int64_t> peek() {
        while (true) {
            std::int64_t entry = *head_;
            if (entry == kNever) [[unlikely]] {
                if (head_ < end_) {
                    head_++;
                    continue;
                }
                if ((spill_due_ >> shift_) <= current_) {
                    return from_spill();
                }
                advance();
                continue;
            }
            std::int64_t due = start_ + (entry >> kSlotBits);
            int slot = static_cast<int>(entry & kSlotMask);
            if (spill_due_ < due) [[unlikely]] {
                auto earliest = from_spill();
                if (earliest.second < due) {
                    return earliest;
                }
                continue;
            }
            if constexpr (Workload::kMoves) {
                if (dues_[slot] != due) {
                    head_++;
                    requeue(slot, due);
                    continue;
                }
            }
            spilled_ = false;
            slot_ = slot;
            return {slot, due};
        }
    }

    void rearm_earliest(std::int64_t due) {
        if (spilled_) [[unlikely]] {
            pop_spill();
        } else {
            head_++;
        }
        if constexpr (Workload::kMoves) {
            dues_[slot_] = queued_[slot_] = due;
        }
        insert(slot_, due);
    }

    void rearm(int slot, std::int64_t due) {
        if constexpr (Workload::kMoves) {
            dues_[slot] = due;
            if (due >= queued_[slot]) {
                return;
            }
            queued_[slot] = due;
        }
        insert(slot, due);
    }

private:
    struct Entry {
        std::int64_t due;
        int slot;
        bool operator>(const Entry& other) const { return due > other.due; }
    };

    static constexpr int kSlotBits = 20;
    static constexpr std::int64_t kSlotMask = (1 << kSlotBits) - 1;
    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
    // Found by trial: 12 to 24 entries a bucket, as its width is a power of two, and a turn of four times the mean delay.
    static constexpr double kPerBucket = 24;
    static constexpr double kHorizon = 4;
    static constexpr int kRoom = 40;

    // An entry that is not the timer's any more, or not yet due.
    void requeue(int slot, std::int64_t due) {
        if (queued_[slot] == due) {
            queued_[slot] = dues_[slot];
            insert(slot, dues_[slot]);
        }
    }

    void insert(int slot, std::int64_t due) {
        std::int64_t bucket = due >> shift_;
        std::uint64_t ahead = static_cast<std::uint64_t>(bucket - current_);
        if (ahead - 1 < static_cast<std::uint64_t>(buckets_ - 1)) [[likely]] {
            std::int64_t place = bucket & (buckets_ - 1);
            int count = counts_[place];
            if (count < kRoom) [[likely]] {
                counts_[place] = static_cast<std::uint8_t>(count + 1);
                entries_[place * kRoom + count] = pack(slot, due);
                return;
            }
            push_spill(slot, due);
        } else if (ahead == 0 && end_ - sorted_ < kRoom && head_ <= end_) {
            insert_sorted(pack(slot, due));
        } else if (bucket <= current_) {
            push_spill(slot, due);
        } else {
            far_.push_back({due, slot});
            far_due_ = std::min(far_due_, due);
        }
    }

    std::int64_t pack(int slot, std::int64_t due) const {
        return ((due & ((std::int64_t{1} << shift_) - 1)) << kSlotBits) | slot;
    }

    void insert_sorted(std::int64_t entry) {
        std::int64_t* at = end_++;
        *end_ = kNever;
        for (; at > head_ && at[-1] > entry; at--) {
            *at = at[-1];
        }
        *at = entry;
    }

    // On to the next bucket that holds anything.
    __attribute__((noinline)) void advance() {
        std::int64_t last = current_ + buckets_;
        do {
            if (++current_ >= next_far_) [[unlikely]] {
                collect_far();
            }
            if (current_ > last) {
                // Nothing within the wheel's reach.
                current_ = std::min(far_due_, spill_due_) >> shift_;
                collect_far();
                last = current_ + buckets_;
            }
        } while (counts_[current_ & (buckets_ - 1)] == 0 && (spill_due_ >> shift_) > current_);
        std::int64_t place = current_ & (buckets_ - 1);
        start_ = current_ << shift_;
        int count = std::exchange(counts_[place], 0);
        head_ = sorted_;
        end_ = sorted_ + count;
        std::int64_t next = (current_ + 1) & (buckets_ - 1);
        for (int line = 0; line < 2; line++) {
            _mm_prefetch(reinterpret_cast<const char*>(&entries_[next * kRoom + 8 * line]), _MM_HINT_T0);
        }
        sort(&entries_[place * kRoom], count);
        *end_ = kNever;
    }

    // Each entry goes where the number of smaller ones says; of equal ones, which are stale, a gap remains that is skipped.
    void sort(const std::int64_t* entries, int count) {
#if defined(__AVX512F__)
        __m512i never = _mm512_set1_epi64(kNever);
        int vectors = (count + 7) / 8;
        __m512i all[kRoom / 8];
        for (int v = 0; v < kRoom / 8; v++) {
            if (v < vectors) {
                int left = count - 8 * v;
                all[v] = _mm512_mask_loadu_epi64(never, left >= 8 ? 0xFF : (1 << left) - 1, entries + 8 * v);
                _mm512_storeu_si512(sorted_ + 8 * v, never);
            }
        }
        if (vectors <= 1) {
            place<1>(all, entries, count);
        } else if (vectors == 2) {
            place<2>(all, entries, count);
        } else if (vectors == 3) {
            place<3>(all, entries, count);
        } else {
            for (int v = vectors; v < kRoom / 8; v++) {
                all[v] = never;
            }
            place<kRoom / 8>(all, entries, count);
        }
#else
        std::copy(entries, entries + count, sorted_);
        std::sort(sorted_, sorted_ + count);
#endif
    }

#if defined(__AVX512F__)
    template <int kVectors>
    void place(const __m512i* all, const std::int64_t* entries, int count) {
        for (int i = 0; i < count; i++) {
            __m512i own = _mm512_set1_epi64(entries[i]);
            std::uint64_t smaller = 0;
            for (int v = 0; v < kVectors; v++) {
                smaller |= static_cast<std::uint64_t>(_mm512_cmpgt_epi64_mask(own, all[v])) << (8 * v);
            }
            sorted_[std::popcount(smaller)] = entries[i];
        }
    }
#endif

    // What has come within reach moves into the wheel; looked at four times a turn, so that nothing is late.
    void collect_far() {
        next_far_ = current_ + buckets_ / 4;
        if ((far_due_ >> shift_) - current_ >= buckets_) {
            return;
        }
        std::vector<Entry> waiting;
        waiting.swap(far_);
        far_due_ = kNever;
        // Inserting at the current bucket would be too late: it counts as the one before until its turn has come.
        current_--;
        for (const Entry& entry : waiting) {
            insert(entry.slot, entry.due);
        }
        current_++;
    }

    std::pair<int, std::int64_t> from_spill() {
        while (true) {
            auto [due, slot] = spill_.top();
            if constexpr (Workload::kMoves) {
                if (dues_[slot] != due) {
                    pop_spill();
                    requeue(slot, due);
                    if (spill_.empty()) {
                        return {0, kNever};
                    }
                    continue;
                }
            }
            spilled_ = true;
            slot_ = slot;
            return {slot, due};
        }
    }

    void push_spill(int slot, std::int64_t due) {
        spill_.push({due, slot});
        spill_due_ = spill_.top().due;
    }

    void pop_spill() {
        spill_.pop();
        spill_due_ = spill_.empty() ? kNever : spill_.top().due;
    }

    int shift_;
    std::int64_t buckets_;
    std::int64_t current_ = -1;
    std::int64_t start_ = 0;
    std::int64_t next_far_;
    std::int64_t far_due_ = kNever;
    std::int64_t spill_due_ = kNever;
    int slot_ = 0;
    bool spilled_ = false;
    std::int64_t* head_ = sorted_;
    std::int64_t* end_ = sorted_;
    alignas(64) std::int64_t sorted_[kRoom + 16] = {kNever};
    std::vector<std::uint8_t> counts_;
    std::vector<std::int64_t> entries_;
    std::vector<std::int64_t> dues_;
    std::vector<std::int64_t> queued_;
    std::vector<Entry> far_;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> spill_;
};
