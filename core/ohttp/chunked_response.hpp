// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Chunked responses, media type message/ohttp-chunked-res (receipt.md §12.4,
/// draft-ietf-ohai-chunked-ohttp-08 §6.2). What a chunk releases before the final one has verified
/// is provisional: a stream that is cut looks like a whole one until then.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/ohttp/response.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace assay::ohttp {

/// Largest sealed chunk, bytes → OHTTP_LIMIT.
inline constexpr std::size_t MAX_CHUNK_BYTES = std::size_t{16} << 20;

/// Opens the chunks in their order. Holds no bytes of the stream: whoever reads it keeps what was
/// not consumed and hands it in again with what follows. After a failure the object is of no use.
class ChunkOpener {
public:
    /// @param encapsulated and @p chunked_response_secret from the ResponseContext of the request
    ChunkOpener(const Hash32& encapsulated, const Hash32& chunked_response_secret) noexcept
        : encapsulated_{encapsulated}, secret_{chunked_response_secret} {}

    struct Progress {
        std::size_t consumed;      ///< bytes that are done with
        std::size_t wanted;        ///< the next call can do nothing with fewer bytes than this
        std::vector<Bytes> chunks; ///< plaintext, provisional
    };

    /// Opens every chunk that @p pending has whole, but for the final one.
    /// @return OHTTP_MALFORMED for a chunk shorter than a tag, OHTTP_LIMIT for one above
    /// MAX_CHUNK_BYTES or a stream above MAX_RESPONSE_BYTES, OHTTP_DECRYPT_FAILED.
    [[nodiscard]] Result<Progress> read(BytesView pending) noexcept;

    /// The stream has ended behind @p pending: opens what is left of it.
    /// @return the last chunks, now verified as a whole stream; the codes of read(), and
    /// OHTTP_TRUNCATED when the final chunk has not begun; OHTTP_MALFORMED for less than a nonce.
    [[nodiscard]] Result<std::vector<Bytes>> finish(BytesView pending) noexcept;

    /// @return everything that the opener knows, which is secret.
    [[nodiscard]] Bytes save() const noexcept;
    /// @return nothing for bytes that save() does not give.
    [[nodiscard]] static std::optional<ChunkOpener> restore(BytesView saved) noexcept;

private:
    enum class Phase : std::uint8_t { nonce, chunks, final_chunk };

    ChunkOpener() noexcept = default;
    /// One step of read(): how much of @p pending it took, or nothing when more is wanted.
    [[nodiscard]] Result<std::size_t> step(BytesView pending, Progress& progress) noexcept;

    Phase phase_ = Phase::nonce;
    Hash32 encapsulated_{};
    Hash32 secret_{};
    ResponseKey key_{};
    std::uint64_t counter_ = 0;
    std::uint64_t consumed_ = 0;
};

} // namespace assay::ohttp
