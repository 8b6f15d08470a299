// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/packed_weights.hpp"

#include <utility>

namespace assay::runtime {
namespace {

constexpr std::size_t NOT_FOUND = static_cast<std::size_t>(-1);

/// XNNPACK's offset into the cache is the address itself: no packed weights ever move.
std::size_t offset_of(onnx::Buffer& packed) noexcept {
    return reinterpret_cast<std::size_t>(packed.data());
}

} // namespace

PackedWeights::PackedWeights() noexcept
    : provider_{
          this,
          [](void* self, const xnn_weights_cache_look_up_key* key) {
              return static_cast<PackedWeights*>(self)->look_up(*key);
          },
          [](void* self, std::size_t size) {
              return static_cast<PackedWeights*>(self)->reserve(size);
          },
          [](void* self, const xnn_weights_cache_look_up_key* key, void*, std::size_t) {
              return static_cast<PackedWeights*>(self)->insert(*key);
          },
          [](void*) { return true; }, // nothing that a runtime uses is ever moved or taken away
          [](void*, std::size_t offset) { return reinterpret_cast<void*>(offset); },
          [](void*) { return xnn_status_success; },
      } {}

void PackedWeights::name(const void* address, const std::optional<WeightSource>& source,
                         Write write) noexcept {
    names_.insert_or_assign(address, Name{source, std::move(write)});
}

std::vector<onnx::Buffer> PackedWeights::end_runtime() noexcept {
    names_.clear();
    packing_ = {};
    written_ = nullptr;
    is_refused_ = false;
    has_unwritten_ = false;
    return std::exchange(unnamed_, {});
}

bool PackedWeights::find_key(const xnn_weights_cache_look_up_key& from, Key& key) const noexcept {
    const auto weights = names_.find(from.kernel);
    const auto bias = names_.find(from.bias);
    if (weights == names_.end() || !weights->second.source ||
        (from.bias != nullptr && (bias == names_.end() || !bias->second.source))) {
        return false;
    }
    key = Key{from.seed, *weights->second.source,
              from.bias == nullptr ? WeightSource{} : *bias->second.source};
    return true;
}

std::size_t PackedWeights::look_up(const xnn_weights_cache_look_up_key& from) noexcept {
    Key key;
    if (find_key(from, key)) {
        if (const auto found = kept_.find(key); found != kept_.end()) {
            return offset_of(found->second);
        }
    }
    const auto weights = names_.find(from.kernel);
    if (weights != names_.end() && weights->second.write != nullptr) {
        is_refused_ = is_refused_ || !weights->second.write();
        written_ = from.kernel;
    }
    return NOT_FOUND;
}

void* PackedWeights::reserve(std::size_t size) noexcept {
    if (is_refused_) {
        return nullptr;
    }
    Result<onnx::Buffer> memory = onnx::Buffer::allocate(size);
    packing_ = memory ? *std::move(memory) : onnx::Buffer{};
    return packing_.data();
}

/// Operators that do not look up first come with weights that may be known by now.
std::size_t PackedWeights::insert(const xnn_weights_cache_look_up_key& from) noexcept {
    const auto weights = names_.find(from.kernel);
    const bool is_written =
        weights == names_.end() || weights->second.write == nullptr || written_ == from.kernel;
    Key key;
    const bool has_key = find_key(from, key);
    if (const auto found = has_key ? kept_.find(key) : kept_.end(); found != kept_.end()) {
        packing_ = {};
        return offset_of(found->second);
    }
    has_unwritten_ = has_unwritten_ || !is_written;
    if (!has_key || !is_written) {
        return offset_of(unnamed_.emplace_back(std::exchange(packing_, {})));
    }
    onnx::Buffer& kept = kept_[key];
    kept = std::move(packing_);
    packing_ = {};
    bytes_ += kept.size();
    return offset_of(kept);
}

} // namespace assay::runtime
