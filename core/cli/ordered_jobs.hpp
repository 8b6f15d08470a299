// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Work on a stream of tasks by several threads, with the results in the order of the tasks and
// never more than a window of them in memory.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace assay::cli {

/// @param jobs threads, at least 1, that call @p work
/// @param window most tasks that are read and not yet emitted
/// @param next fills a task, or answers false when there are no more; called by this thread
/// @param work is called once for each task, by any thread
/// @param emit is called for each task in the order of next(), by this thread
template <typename Task, typename Next, typename Work, typename Emit>
void run_in_order(unsigned jobs, std::size_t window, Next next, Work work, Emit emit) {
    struct Slot {
        Task task{};
        bool done = false;
    };
    std::deque<Slot> slots; // pushing and popping at the ends moves no slot
    std::size_t emitted = 0;
    std::size_t claimed = 0;
    bool exhausted = false;
    std::mutex mutex;
    std::condition_variable to_do;
    std::condition_variable done;

    const auto serve = [&] {
        std::unique_lock lock{mutex};
        while (true) {
            to_do.wait(lock, [&] { return claimed < emitted + slots.size() || exhausted; });
            if (claimed == emitted + slots.size()) {
                return;
            }
            Slot& slot = slots[claimed - emitted];
            ++claimed;
            lock.unlock();
            work(slot.task);
            lock.lock();
            slot.done = true;
            if (&slot == &slots.front()) {
                done.notify_one();
            }
        }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < jobs; ++i) {
        threads.emplace_back(serve);
    }

    std::unique_lock lock{mutex};
    while (!exhausted || !slots.empty()) {
        while (!slots.empty() && (exhausted || slots.size() >= window || slots.front().done)) {
            done.wait(lock, [&] { return slots.front().done; });
            Task task = std::move(slots.front().task);
            slots.pop_front();
            ++emitted;
            lock.unlock();
            emit(std::move(task));
            lock.lock();
        }
        if (exhausted) {
            continue;
        }
        lock.unlock();
        Task task{};
        const bool there = next(task);
        lock.lock();
        if (there) {
            slots.push_back({std::move(task), false});
            to_do.notify_one();
        } else {
            exhausted = true;
            to_do.notify_all();
        }
    }
    lock.unlock();
    for (std::thread& thread : threads) {
        thread.join();
    }
}

} // namespace assay::cli
