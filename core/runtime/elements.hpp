// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Elements of any type as those of a few working types: operators are written for float, double
// and int64, and what is stored otherwise is converted around them.
#pragma once

#include "core/onnx/types.hpp"
#include "core/runtime/kernel.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace assay::runtime {

/// bfloat16, float16 and the 8- and 4-bit floats.
[[nodiscard]] bool is_small_float(onnx::ElementType type) noexcept;
/// Any binary floating-point type.
[[nodiscard]] bool is_float(onnx::ElementType type) noexcept;
/// int8 … uint64, and the 4- and 2-bit integers.
[[nodiscard]] bool is_integer(onnx::ElementType type) noexcept;

/// What a number beyond the largest of a small float becomes.
enum class Overflow : bool { to_infinity, saturate };
/// How the 8-bit exponent type rounds.
enum class Rounding : std::uint8_t { nearest, up, down };

[[nodiscard]] double decode_small(onnx::ElementType type, std::uint32_t bits) noexcept;
[[nodiscard]] std::uint32_t encode_small(onnx::ElementType type, double value,
                                         Overflow overflow = Overflow::to_infinity,
                                         Rounding rounding = Rounding::up) noexcept;

/// Converts @p count elements. Integers wrap, as a C++ conversion of unsigned numbers does; a
/// float that no integer holds becomes the nearest one, NaN 0.
void read_elements(onnx::ElementType type, const void* from, std::size_t count,
                   double* to) noexcept;
void read_elements(onnx::ElementType type, const void* from, std::size_t count, float* to) noexcept;
void read_elements(onnx::ElementType type, const void* from, std::size_t count,
                   std::int64_t* to) noexcept;
void write_elements(onnx::ElementType type, const double* from, std::size_t count,
                    void* to) noexcept;
void write_elements(onnx::ElementType type, const float* from, std::size_t count,
                    void* to) noexcept;
void write_elements(onnx::ElementType type, const std::int64_t* from, std::size_t count,
                    void* to) noexcept;

template <typename T>
inline constexpr onnx::ElementType
    ELEMENT = std::is_same_v<T, float> ? onnx::ElementType::float32
                                       : (std::is_same_v<T, double> ? onnx::ElementType::float64
                                                                    : onnx::ElementType::int64);

/// The elements of an operand as T; a copy only when they are stored otherwise.
template <typename T>
class Reading {
public:
    explicit Reading(const TensorRef& tensor) noexcept {
        if (tensor.data == nullptr) {
            return;
        }
        if (tensor.type == ELEMENT<T>) {
            data_ = tensor.as<T>();
            return;
        }
        own_.resize(tensor.count() + 1);
        read_elements(tensor.type, tensor.data, tensor.count(), own_.data());
        data_ = own_.data();
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    [[nodiscard]] const T* data() const noexcept { return data_; }
    [[nodiscard]] const T& operator[](std::size_t index) const noexcept { return data_[index]; }

private:
    const T* data_ = nullptr;
    std::vector<T> own_;
};

/// Where an operator writes T; converted to what the output stores at the end of its life.
template <typename T>
class Writing {
public:
    explicit Writing(const TensorRef& tensor) noexcept : tensor_{tensor} {
        if (tensor.type == ELEMENT<T>) {
            data_ = tensor.as<T>();
        } else {
            own_.resize(tensor.count() + 1);
            data_ = own_.data();
        }
    }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    ~Writing() {
        if (!own_.empty()) {
            write_elements(tensor_.type, data_, own_.size() - 1, tensor_.data);
        }
    }

    [[nodiscard]] T* data() noexcept { return data_; }
    [[nodiscard]] T& operator[](std::size_t index) noexcept { return data_[index]; }

private:
    const TensorRef& tensor_;
    T* data_ = nullptr;
    std::vector<T> own_;
};

/// Calls @p work with a value of the working type of @p type: float, double (also for the small
/// floats) or int64 (also for bool). @return false for strings and complex numbers.
template <typename Work>
bool with_working_type(onnx::ElementType type, Work work) noexcept {
    if (type == onnx::ElementType::float32) {
        work(float{});
    } else if (is_float(type)) {
        work(double{});
    } else if (is_integer(type) || type == onnx::ElementType::boolean) {
        work(std::int64_t{});
    } else {
        return false;
    }
    return true;
}

} // namespace assay::runtime
