// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Own kernels on the threads of a session.
#pragma once

#include <pthreadpool.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace assay::runtime {

/// Multiply-accumulates, or elements, below which waking another thread costs more than it gains.
inline constexpr std::uint64_t WORTH_A_THREAD = 1U << 17;

/// Calls work(first, last) for parts that make up [0, count), on all threads of @p pool where the
/// work pays. Each part is computed as it would be alone: the result does not depend on threads.
/// @param pool  null: one thread
/// @param cost  multiply-accumulates of all
template <typename Work>
void in_parts(pthreadpool_t pool, std::size_t count, std::uint64_t cost,
              const Work& work) noexcept {
    if (pool == nullptr || count < 2 || cost < WORTH_A_THREAD) {
        work(std::size_t{0}, count);
        return;
    }
    // Several for each thread: one that wakes late then holds up little.
    const std::size_t parts = 4 * pthreadpool_get_threads_count(pool);
    const auto run = [](void* context, std::size_t first, std::size_t size) {
        (*static_cast<const Work*>(context))(first, first + size);
    };
    pthreadpool_parallelize_1d_tile_1d(pool, run, const_cast<Work*>(&work), count,
                                       std::max<std::size_t>(1, count / parts), 0);
}

} // namespace assay::runtime
