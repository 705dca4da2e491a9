// The engine's own list, Kernel/Events/TimerTree.cs, step by step in C++: what the language costs.
#pragma once

#include <immintrin.h>
#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <utility>

template <class Workload>
class TimerTree {
public:
    static constexpr const char* kName = "TimerTree";

    explicit TimerTree(int slots)
        : lines_(std::bit_ceil(static_cast<std::uint64_t>(used(slots)))), due_count_(used(slots) * kLineWidth),
          memory_(static_cast<std::int64_t*>(allocate((due_count_ + 4 * lines_) * sizeof(std::int64_t)))),
          dues_(memory_.get()), matches_(dues_ + due_count_) {
        std::fill_n(dues_, due_count_, kNever);
        for (std::int64_t q = 2 * lines_ - 1; q >= 1; q--) {
            matches_[2 * q] = kNever;
            matches_[2 * q + 1] = q >= lines_ ? kLineWidth * (q - lines_) : matches_[4 * q + 1];
        }
    }

    std::pair<int, std::int64_t> peek() const { return {static_cast<int>(matches_[3]), matches_[2]}; }

    void rearm_earliest(std::int64_t due) { rearm(static_cast<int>(matches_[3]), due); }

    void rearm(int slot, std::int64_t due) {
        const std::int64_t* lead = matches_ + 2 * (lines_ + (slot >> kLineBits));
        if (lead[1] == slot || due < lead[0] || (due == lead[0] && slot < lead[1])) {
            climb(slot, due);
        } else {
            dues_[place(slot)] = due;
        }
    }

private:
    struct Winner {
        __m128i due;
        __m128i slot;
    };

    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
    static constexpr std::int64_t kLineBits = 4;
    static constexpr std::int64_t kLineWidth = 1 << kLineBits;
    static constexpr std::int64_t kTopMatches = 64;
    static constexpr std::int64_t kFewLines = 128;

    static std::int64_t used(int slots) { return std::max<std::int64_t>(1, (slots + kLineWidth - 1) / kLineWidth); }

    static void* allocate(std::size_t bytes) {
        constexpr std::size_t kLargePage = 2 << 20;
        std::size_t boundary = bytes < kLargePage ? 64 : kLargePage;
        std::size_t size = (bytes + boundary - 1) & ~(boundary - 1);
        void* start = std::aligned_alloc(boundary, size);
        if (boundary == kLargePage) {
            madvise(start, size, MADV_HUGEPAGE);
        }
        return start;
    }

    // A line is a square of four by four, column by column.
    static std::int64_t place(std::int64_t slot) { return (slot & -kLineWidth) | ((slot & 3) << 2) | ((slot >> 2) & 3); }

    [[gnu::noinline]] void climb(int slot, std::int64_t due) {
        std::int64_t* matches = matches_;
        __m128i self = _mm_cvtsi64_si128(slot);
        Winner best{_mm_cvtsi64_si128(due), self};
        Winner others = best_of_others(dues_ + (slot & -kLineWidth), slot);
        dues_[place(slot)] = due;
        play(others, self, best);

        std::int64_t at = 2 * (lines_ + (slot >> kLineBits));
        while (at >= 2 * kTopMatches) {
            ascend(matches, at, self, best);
        }
        if (lines_ > kFewLines) {
            std::int64_t soon = _mm_cvtsi128_si64(best.slot);
            std::int64_t match = 2 * (lines_ + (soon >> kLineBits));
            _mm_prefetch(reinterpret_cast<const char*>(dues_ + (soon & -kLineWidth)), _MM_HINT_T0);
            _mm_prefetch(reinterpret_cast<const char*>(dues_ + (soon | (kLineWidth / 2))), _MM_HINT_T0);
            for (int level = 0; level < 4; level++) {
                _mm_prefetch(reinterpret_cast<const char*>(matches + (match >> level)), _MM_HINT_T0);
            }
        }
        while (at > 2) {
            ascend(matches, at, self, best);
        }
        matches[2] = _mm_cvtsi128_si64(best.due);
        matches[3] = _mm_cvtsi128_si64(best.slot);
    }

    static Winner rival(const std::int64_t* matches, std::int64_t at) {
        const std::int64_t* rival = matches + (at ^ 2);
        return {_mm_cvtsi64_si128(rival[0]), _mm_cvtsi64_si128(rival[1])};
    }

    static void ascend(std::int64_t* matches, std::int64_t& at, __m128i self, Winner& best) {
        Winner other = rival(matches, at);
        matches[at] = _mm_cvtsi128_si64(best.due);
        matches[at + 1] = _mm_cvtsi128_si64(best.slot);
        play(other, self, best);
        at = (at >> 1) & -2;
    }

    static void play(Winner rival, __m128i self, Winner& best) {
        __m128i minus_one_if_below = _mm_cmpgt_epi64(self, rival.slot);
        __m128i wins = _mm_cmpgt_epi64(best.due, _mm_add_epi64(rival.due, minus_one_if_below));
        best.due = earlier(best.due, rival.due, wins);
        best.slot = either(best.slot, rival.slot, wins);
    }

    // By name: of a blend g++ makes a comparison into a mask register and a masked move, some cycles more a match.
#ifdef __AVX512VL__
    static __m128i either(__m128i one, __m128i other, __m128i chooses_other) {
        return _mm_ternarylogic_epi64(chooses_other, other, one, 0xCA);
    }
    static __m256i either(__m256i one, __m256i other, __m256i chooses_other) {
        return _mm256_ternarylogic_epi64(chooses_other, other, one, 0xCA);
    }
    static __m128i earlier(__m128i one, __m128i other, __m128i) { return _mm_min_epi64(one, other); }
    static __m256i earlier(__m256i one, __m256i other, __m256i) { return _mm256_min_epi64(one, other); }
#else
    static __m128i either(__m128i one, __m128i other, __m128i chooses_other) { return _mm_blendv_epi8(one, other, chooses_other); }
    static __m256i either(__m256i one, __m256i other, __m256i chooses_other) { return _mm256_blendv_epi8(one, other, chooses_other); }
    static __m128i earlier(__m128i one, __m128i other, __m128i other_is) { return _mm_blendv_epi8(one, other, other_is); }
    static __m256i earlier(__m256i one, __m256i other, __m256i other_is) { return _mm256_blendv_epi8(one, other, other_is); }
#endif

    struct Four {
        __m256i due;
        __m256i lane;
    };

    static Winner best_of_others(const std::int64_t* line, int slot) {
        __m256i own = _mm256_set1_epi64x(slot & (kLineWidth - 1));
        Four best = meet(meet(others(line, own, _mm256_setr_epi64x(0, 4, 8, 12)), others(line + 4, own, _mm256_setr_epi64x(1, 5, 9, 13))),
                         meet(others(line + 8, own, _mm256_setr_epi64x(2, 6, 10, 14)), others(line + 12, own, _mm256_setr_epi64x(3, 7, 11, 15))));
        best = meet(best, {_mm256_unpackhi_epi64(best.due, best.due), _mm256_unpackhi_epi64(best.lane, best.lane)});

        __m128i lower = _mm256_castsi256_si128(best.due), upper = _mm256_extracti128_si256(best.due, 1);
        __m128i upper_wins = _mm_cmpgt_epi64(lower, upper);
        __m128i lane = either(_mm256_castsi256_si128(best.lane), _mm256_extracti128_si256(best.lane, 1), upper_wins);
        return {earlier(lower, upper, upper_wins), _mm_add_epi64(lane, _mm_cvtsi64_si128(slot & -kLineWidth))};
    }

    static Four others(const std::int64_t* quarter, __m256i own, __m256i lanes) {
        __m256i dues = _mm256_load_si256(reinterpret_cast<const __m256i*>(quarter));
        return {_mm256_or_si256(dues, _mm256_srli_epi64(_mm256_cmpeq_epi64(own, lanes), 1)), lanes};
    }

    static Four meet(Four one, Four other) {
        __m256i other_wins = _mm256_cmpgt_epi64(one.due, other.due);
        return {earlier(one.due, other.due, other_wins), either(one.lane, other.lane, other_wins)};
    }

    struct Free {
        void operator()(std::int64_t* memory) const { std::free(memory); }
    };

    std::int64_t lines_;
    std::int64_t due_count_;
    std::unique_ptr<std::int64_t, Free> memory_;
    std::int64_t* dues_;
    std::int64_t* matches_;
};
