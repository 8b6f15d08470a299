/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * How many columns of a product are made for all rows before the next ones, with one thread. Upstream
 * takes all, so that large weights pass through the second cache once for each tile of rows. */
#ifndef ASSAY_COLUMN_BLOCKS_H
#define ASSAY_COLUMN_BLOCKS_H

#include <stddef.h>

/* `columns` of `column_bytes` of weights each, in tiles of `tile`, for `input_bytes` of rows. */
static inline size_t assay_column_block(size_t columns, size_t tile, size_t column_bytes,
                                        size_t input_bytes) {
    const size_t large = (size_t)256 << 10; /* smaller weights stay in the cache as they are */
    const size_t block = (size_t)128 << 10;
    const size_t weights = columns * column_bytes;
    if (weights < large || weights < input_bytes) {
        return columns;
    }
    const size_t whole = block / column_bytes / tile * tile;
    return whole < tile ? tile : whole < columns ? whole : columns;
}

#endif
