// One list under one workload, run block by block as the other side says: a number of operations per line comes in, and the processor
// time of the thread in nanoseconds and the simulated clock go out.
//
//     event_lists TABLES WORKLOAD LIST SLOTS
#include <ctime>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "packed_wheel.h"
#include "standard_heap.h"
#include "timer_tree.h"
#include "workloads.h"

namespace {

std::int64_t cpu_nanoseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

template <class List, class Workload>
[[gnu::noinline]] std::int64_t block(List& list, DrawTable& draws, long operations) {
    std::int64_t now = 0;
    for (long i = 0; i < operations; i++) {
        now = Workload::step(list, draws);
    }
    return now;
}

template <class List, class Workload>
int serve(DrawTable draws) {
    List list(draws.slots());
    for (int slot = 0; slot < draws.slots(); slot++) {
        list.rearm(slot, Workload::first(draws, slot));
    }
    long operations = 0;
    while (std::scanf("%ld", &operations) == 1) {
        std::int64_t start = cpu_nanoseconds();
        std::int64_t now = block<List, Workload>(list, draws, operations);
        std::printf("%lld %lld\n", static_cast<long long>(cpu_nanoseconds() - start), static_cast<long long>(now));
        std::fflush(stdout);
    }
    return 0;
}

// A list is a class with peek, rearm_earliest and rearm; another one is one more line here, and one in EventLists/NativeProgram.cs.
template <class Workload>
int with_list(std::string_view name, const DrawTable& draws) {
    if (name == PackedWheel<Workload>::kName) return serve<PackedWheel<Workload>, Workload>(draws);
    if (name == TimerTree<Workload>::kName) return serve<TimerTree<Workload>, Workload>(draws);
    if (name == StandardHeap<Workload>::kName) return serve<StandardHeap<Workload>, Workload>(draws);
    return 2;
}

int with_workload(std::string_view name, std::string_view list, const DrawTable& draws) {
    if (name == Hold::kName) return with_list<Hold>(list, draws);
    if (name == MachineRepair::kName) return with_list<MachineRepair>(list, draws);
    if (name == TimerChurn::kName) return with_list<TimerChurn>(list, draws);
    if (name == MixedHorizons::kName) return with_list<MixedHorizons>(list, draws);
    return 2;
}

}  // namespace

int main(int count, char** values) {
    if (count != 5) return 2;
    std::vector<double> tables(2 * DrawTable::kSize);
    std::FILE* file = std::fopen(values[1], "rb");
    if (file == nullptr || std::fread(tables.data(), sizeof(double), tables.size(), file) != tables.size()) return 1;
    std::fclose(file);
    return with_workload(values[2], values[3], DrawTable(tables.data(), tables.data() + DrawTable::kSize, std::atoi(values[4])));
}
