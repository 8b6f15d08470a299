// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/bn254/pairing.hpp"

#include "core/base/memo.hpp"

#include <array>
#include <cassert>

namespace assay::zk {
namespace {

constexpr std::size_t LOOP_DIGITS = 66;
/// 6 x + 2 in non-adjacent form, least significant digit first.
constexpr std::array<std::int8_t, LOOP_DIGITS> LOOP = [] {
    std::array<std::int8_t, LOOP_DIGITS> digits{};
    Number number{BN_X};
    const Number x = number;
    for (int i = 0; i < 5; ++i)
        math::add_to(number, x);
    math::add_to(number, Number{2});
    for (std::int8_t& digit : digits) {
        if ((number[0] & 1) != 0) {
            digit = (number[0] & 3) == 1 ? std::int8_t{1} : std::int8_t{-1};
            if (digit > 0)
                math::subtract_from(number, Number{1});
            else
                math::add_to(number, Number{1});
        }
        number[0] = number[0] >> 1 | number[1] << 63;
        number[1] >>= 1;
    }
    return digits;
}();
static_assert(LOOP[LOOP_DIGITS - 1] == 1);

/// A multiple of a point of G2 in homogeneous coordinates (X / Z, Y / Z), with the lines through
/// it: Costello, Lange and Naehrig, "Faster pairing computations on curves with high-degree twists"
/// (ePrint 2009/615), section 5.
class Walk {
public:
    explicit Walk(const G2& q) noexcept : x_{q.x}, y_{q.y}, z_{fp2_one()} {}

    Line double_step() noexcept {
        // Four times the coordinates of the paper: no halves.
        const auto xy = x_ * y_;
        const auto b = square(y_);
        const auto c = square(z_);
        const auto e = times<3>(c) * twist_b();
        const auto f = carry(times<3>(e));
        const auto h = times<2>(y_) * z_; // 2 Y Z
        const auto j = square(x_);
        multiply(x_, times<2>(xy), b - f);
        combine<1>(y_, square(combined<1, 1>(b, f)) - times<3>(square(carry(times<2>(e)))));
        multiply(z_, times<2>(b), times<2>(h));
        Line line;
        line.c0 = -h;
        combine<1>(line.c3, times<3>(j));
        combine<1>(line.c4, e - b);
        return line;
    }

    Line add_step(const G2& q) noexcept {
        const auto theta = shrink(y_ - q.y * z_);
        const auto lambda = shrink(x_ - q.x * z_);
        const auto c = square(theta);
        const auto d = square(lambda);
        const auto e = lambda * d;
        const auto f = z_ * c;
        const auto g = x_ * d;
        const auto h = carry(e + f - times<2>(g));
        multiply(x_, lambda, h);
        combine<1>(y_, theta * (g - h) - e * y_);
        multiply(z_, z_, e);
        Line line;
        line.c0 = lambda;
        line.c3 = -theta;
        combine<1>(line.c4, theta * q.x - lambda * q.y);
        return line;
    }

    /// @return whether this multiple is @p q; false when an addition met equal or opposite points:
    /// then Z = 0, and stays so.
    [[nodiscard]] bool is(const G2& q) const noexcept {
        return !z_.is_zero() && (x_ - q.x * z_).is_zero() && (y_ - q.y * z_).is_zero();
    }

private:
    Fp2 x_, y_, z_;
};

constexpr std::size_t LOOP_LINES = [] {
    std::size_t count = LOOP_DIGITS + 1; // doublings, psi(Q) and -psi^2(Q)
    for (const std::int8_t digit : LOOP)
        count += digit != 0 ? 1 : 0;
    return count - 1; // the highest digit is where the walk starts
}();

/// The lines of the loop through @p q, a point of the twist.
/// @return whether it is of order r: [6x + 2] Q + psi(Q) - psi^2(Q) = -psi^3(Q). All points of
/// G2 satisfy this (Vercauteren, section IV). No other does: on the twist psi^2 = t psi - p, by
/// which the sum of both sides is (a + b psi) Q = 0 with integers a and b; so [a^2 + a b t + b^2 p]
/// Q = 0, and the greatest common divisor of that number and of the twist's order r (2p - r) is r
/// (compare El Housni, Guillevic and Piellard, ePrint 2022/352, section 3).
bool walk_loop(const G2& q, std::vector<Line>& lines) noexcept {
    const G2 minus_q = -q;
    const G2 once = psi(q);
    const G2 twice = psi(once);
    Walk walk{q};
    lines.reserve(LOOP_LINES);
    for (std::size_t i = LOOP_DIGITS - 1; i-- > 0;) {
        lines.push_back(walk.double_step());
        if (LOOP[i] != 0)
            lines.push_back(walk.add_step(LOOP[i] > 0 ? q : minus_q));
    }
    lines.push_back(walk.add_step(once));
    lines.push_back(walk.add_step(-twice));
    return walk.is(-psi(twice));
}

/// a^x for an a in the cyclotomic subgroup, by windows of four bits, odd digits below 8.
Fp12 power_of_x(const Fp12& a) noexcept {
    constexpr int WINDOW = 8;
    constexpr std::size_t DIGITS = 64;
    static constexpr std::array<std::int8_t, DIGITS> FORM = [] {
        std::array<std::int8_t, DIGITS> digits{};
        std::uint64_t rest = BN_X;
        for (std::int8_t& digit : digits) {
            if ((rest & 1) != 0) {
                int value = static_cast<int>(rest & 15);
                if (value >= WINDOW)
                    value -= 2 * WINDOW;
                digit = static_cast<std::int8_t>(value);
                rest -= static_cast<std::uint64_t>(value);
            }
            rest >>= 1;
        }
        return digits;
    }();
    std::array<Fp12, 4> odd;
    odd[0] = a;
    Fp12 squared = a;
    cyclotomic_square(squared);
    for (std::size_t i = 1; i < odd.size(); ++i)
        multiply(odd[i], odd[i - 1], squared);
    Fp12 result = fp12_one();
    bool started = false;
    for (std::size_t i = DIGITS; i-- > 0;) {
        if (started)
            cyclotomic_square(result);
        if (FORM[i] == 0)
            continue;
        const auto& factor = odd[static_cast<std::size_t>(FORM[i] < 0 ? -FORM[i] : FORM[i]) / 2];
        if (started)
            multiply(result, result, FORM[i] < 0 ? conjugate(factor) : factor);
        else
            result = factor; // the highest digit is positive
        started = true;
    }
    return result;
}

Fp12 product(const Fp12& a, const Fp12& b) noexcept {
    Fp12 out;
    multiply(out, a, b);
    return out;
}

Fp12 squared(Fp12 a) noexcept {
    cyclotomic_square(a);
    return a;
}

} // namespace

PreparedG2::PreparedG2(const G2& of_order_r) noexcept : point_{of_order_r} {
    if (point_.infinity)
        return;
    [[maybe_unused]] const bool good = walk_loop(point_, lines_);
    assert(good);
}

std::optional<PreparedG2> g2_from(const Fp2Number& x, const Fp2Number& y) noexcept {
    const auto point = twist_point_from(x, y);
    if (!point)
        return std::nullopt;
    PreparedG2 out;
    out.point_ = *point;
    if (!walk_loop(*point, out.lines_))
        return std::nullopt;
    return out;
}

FixedG2::FixedG2(const PreparedG2& point) noexcept {
    // One inversion for all first coefficients: none is 0, or the point would not be of order r.
    const std::span<const Line> lines = point.lines();
    std::vector<Fp2> before;
    before.reserve(lines.size());
    Fp2 all = fp2_one();
    for (const Line& line : lines) {
        before.push_back(all);
        all = all * line.c0;
    }
    Fp2 inverse = invert(all);
    lines_.resize(lines.size());
    for (std::size_t i = lines.size(); i-- > 0;) {
        const Fp2 own = inverse * before[i];
        lines_[i] = {lines[i].c3 * own, lines[i].c4 * own};
        inverse = inverse * lines[i].c0;
    }
}

const FixedG2Pointer& fixed_g2_generator() noexcept {
    static const FixedG2Pointer generator = std::make_shared<const FixedG2>(g2_generator());
    return generator;
}

FixedG2Pointer fixed_g2_from(const Fp2Number& x, const Fp2Number& y) noexcept {
    constexpr std::size_t KEPT = 8; // two Groth16 keys and a ceremony; 14 kB each
    thread_local Memo<std::array<Fp2Number, 2>, FixedG2, KEPT> memo;
    const std::array<Fp2Number, 2> key{x, y};
    if (auto known = memo.find(key))
        return known;
    const auto point = g2_from(x, y);
    if (!point)
        return nullptr;
    auto fixed = std::make_shared<const FixedG2>(*point);
    memo.keep(key, fixed);
    return fixed;
}

Fp12 miller_loop(std::span<const FixedPair> fixed, std::span<const Pair> pairs) noexcept {
    struct Prepared {
        std::span<const UnitLine> lines;
        Fp x_over_y, one_over_y;
    };
    std::vector<Prepared> prepared;
    Fp12 known = fp12_one();
    for (const FixedPair& pair : fixed) {
        if (pair.loop) {
            multiply(known, known, *pair.loop);
        } else if (!pair.p.infinity && !pair.q->lines().empty()) {
            const Fp inverse = invert(pair.p.y); // not 0: no point has order two
            prepared.push_back({pair.q->lines(), pair.p.x * inverse, inverse});
        }
    }
    Fp12 f = fp12_one();
    std::size_t at = 0;
    const auto multiply_lines = [&] {
        for (const Prepared& each : prepared) {
            const UnitLine& line = each.lines[at];
            multiply_line(f, {scale(line.c3, each.x_over_y), scale(line.c4, each.one_over_y)});
        }
        for (const Pair& pair : pairs) {
            if (pair.p.infinity || pair.q.lines().empty())
                continue;
            const Line& line = pair.q.lines()[at];
            multiply_line(f, scale(line.c0, pair.p.y), scale(line.c3, pair.p.x), line.c4);
        }
        ++at;
    };
    for (std::size_t i = LOOP_DIGITS - 1; i-- > 0;) {
        if (at > 0) // before: the square of 1
            square(f);
        multiply_lines();
        if (LOOP[i] != 0)
            multiply_lines();
    }
    multiply_lines(); // psi(Q)
    multiply_lines(); // -psi^2(Q)
    multiply(f, f, known);
    return f;
}

Fp12 final_exponentiation(const Fp12& a) noexcept {
    // The easy part, (p^6 - 1)(p^2 + 1).
    const Fp12 r0 = product(conjugate(a), invert(a));
    const Fp12 r = product(frobenius(r0, 2), r0);
    // The hard part: Fuentes-Castaneda, Knapp and Rodriguez-Henriquez, "Faster hashing to G2"
    // (SAC 2011), section 5.2, a multiple of (p^4 - p^2 + 1) / r.
    const Fp12 y0 = conjugate(power_of_x(r));
    const Fp12 y1 = squared(y0);
    const Fp12 y3 = product(squared(y1), y1);
    const Fp12 y4 = conjugate(power_of_x(y3));
    const Fp12 y6 = power_of_x(squared(y4));
    const Fp12 y8 = product(product(y6, y4), conjugate(y3));
    const Fp12 y9 = product(y8, y1);
    const Fp12 y11 = product(product(y8, y4), r);
    const Fp12 y13 = product(frobenius(y9, 1), y11);
    const Fp12 y14 = product(frobenius(y8, 2), y13);
    return product(frobenius(product(conjugate(r), y9), 3), y14);
}

bool product_is_one(std::span<const FixedPair> fixed, std::span<const Pair> pairs) noexcept {
    return is_one(final_exponentiation(miller_loop(fixed, pairs)));
}

} // namespace assay::zk
