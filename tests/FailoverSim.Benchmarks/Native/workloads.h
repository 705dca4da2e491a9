// The streams of operations of EventLists/Workloads.cs, number by number: a list that ends at another clock is wrong.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

// Pre-drawn numbers; the low 20 bits of an instant are its slot, so that no two are equal.
class DrawTable {
public:
    static constexpr int kSize = 1 << 15;
    static constexpr std::int64_t kSlotMask = (1 << 20) - 1;

    DrawTable(const double* exponentials, const double* uniforms, int slots)
        : exponentials_(exponentials), uniforms_(uniforms), slots_(slots), down_(slots) {}

    double exponential() { return exponentials_[position_++ & (kSize - 1)]; }
    double uniform() { return uniforms_[position_++ & (kSize - 1)]; }
    int slots() const { return slots_; }

    // 1 if the slot is down after the change, 0 if it is up.
    int turn(int slot) { return down_[slot] ^= 1; }

    static std::int64_t at(std::int64_t now, double delay, int slot) {
        return (((now + static_cast<std::int64_t>(delay) + kSlotMask) & ~kSlotMask) + kSlotMask + 1) | slot;
    }

private:
    const double* exponentials_;
    const double* uniforms_;
    int slots_;
    std::uint32_t position_ = 0;
    std::vector<std::uint8_t> down_;
};

// The earliest fires and is armed again Exp(1) later.
struct Hold {
    static constexpr const char* kName = "hold";
    static constexpr bool kMoves = false;
    static constexpr double kUnit = 1e12;

    // Mean time between two events, for lists that must be told how wide to be.
    static double spacing(int slots) { return kUnit / slots; }
    static std::int64_t first(DrawTable& draws, int slot) { return DrawTable::at(0, draws.exponential() * kUnit, slot); }

    template <class List>
    static std::int64_t step(List& list, DrawTable& draws) {
        auto [slot, now] = list.peek();
        list.rearm_earliest(DrawTable::at(now, draws.exponential() * kUnit, slot));
        return now;
    }
};

// Up for Exp(1000), down for Exp(10).
struct MachineRepair {
    static constexpr const char* kName = "machine repair";
    static constexpr bool kMoves = false;
    static constexpr double kUnit = 1e11;

    static double spacing(int slots) { return 505 * kUnit / slots; }
    static std::int64_t first(DrawTable& draws, int slot) { return DrawTable::at(0, draws.exponential() * 1000 * kUnit, slot); }

    template <class List>
    static std::int64_t step(List& list, DrawTable& draws) {
        static constexpr double kMeans[] = {1000 * kUnit, 10 * kUnit};
        auto [slot, now] = list.peek();
        double mean = kMeans[draws.turn(slot)];
        list.rearm_earliest(DrawTable::at(now, draws.exponential() * mean, slot));
        return now;
    }
};

// Nine of ten operations move a random timer to U(1, 2) from now, the tenth fires the earliest.
struct TimerChurn {
    static constexpr const char* kName = "timer churn";
    static constexpr bool kMoves = true;
    static constexpr double kUnit = 1e12;

    static double spacing(int slots) { return kUnit / slots; }
    static std::int64_t first(DrawTable& draws, int slot) { return DrawTable::at(0, (1 + draws.uniform()) * kUnit, slot); }

    template <class List>
    static std::int64_t step(List& list, DrawTable& draws) {
        auto [slot, now] = list.peek();
        double pick = draws.uniform() * 10;
        double delay = (1 + draws.uniform()) * kUnit;
        if (pick < 1) {
            list.rearm_earliest(DrawTable::at(now, delay, slot));
        } else {
            int moved = std::min(draws.slots() - 1, static_cast<int>((pick - 1) * (1.0 / 9) * draws.slots()));
            list.rearm(moved, DrawTable::at(now, delay, moved));
        }
        return now;
    }
};

// One slot in a hundred cycles in Exp(100 ms), the others in Exp(5 years).
struct MixedHorizons {
    static constexpr const char* kName = "mixed horizons";
    static constexpr bool kMoves = false;
    static constexpr double kShort = 1e8;
    static constexpr double kLong = 1.577e17;

    static double spacing(int slots) { return kShort / (slots / 100); }
    static std::int64_t first(DrawTable& draws, int slot) { return DrawTable::at(0, delay(draws, slot), slot); }

    template <class List>
    static std::int64_t step(List& list, DrawTable& draws) {
        auto [slot, now] = list.peek();
        list.rearm_earliest(DrawTable::at(now, delay(draws, slot), slot));
        return now;
    }

private:
    static double delay(DrawTable& draws, int slot) { return draws.exponential() * (slot % 100 == 0 ? kShort : kLong); }
};
