// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/nist_curve.hpp"

#include "core/math/modulus.hpp"
#include "core/math/nist_curves.hpp"
#include "core/signatures/public_modulus.hpp"

namespace assay::signatures {
namespace {

template <class C>
class Ecdsa {
public:
    static constexpr std::size_t SCALAR_BYTES = 8 * C::W;
    using Curve = math::Weierstrass<C>;
    using Number = typename Curve::Number;

    static bool read_key(BytesView key, typename Curve::Affine& out) {
        constexpr std::uint8_t UNCOMPRESSED = 0x04;
        return key.size() == 1 + 2 * SCALAR_BYTES && key[0] == UNCOMPRESSED &&
               Curve::read_point(number(key.subspan(1, SCALAR_BYTES)),
                                 number(key.last(SCALAR_BYTES)), out);
    }

    static bool read_signature(BytesView signature, Number& r, Number& s) {
        if (signature.size() != 2 * SCALAR_BYTES)
            return false;
        r = number(signature.first(SCALAR_BYTES));
        s = number(signature.last(SCALAR_BYTES));
        return !math::is_zero(r) && math::less(r, C::ORDER) && !math::is_zero(s) &&
               math::less(s, C::ORDER);
    }

    static Result<void> verify(BytesView public_key, BytesView digest, BytesView signature) {
        typename Curve::Affine q;
        if (!read_key(public_key, q) || digest.size() != SCALAR_BYTES ||
            signature.size() != 2 * SCALAR_BYTES)
            return ErrorCode::SIGNATURE_MALFORMED;
        Number r;
        Number s;
        if (!read_signature(signature, r, s) || !equation_holds(q, number(digest), r, s))
            return ErrorCode::SIGNATURE_INVALID;
        return Result<void>::ok();
    }

private:
    static Number number(BytesView bytes) { return math::read_big_endian<C::W>(bytes); }

    /// FIPS 186-5 §6.4.2, steps 3 to 8. r and s are in [1, n-1].
    static bool equation_holds(const typename Curve::Affine& q, const Number& e, const Number& r,
                               const Number& s) {
        static const PublicModulus order{C::ORDER};
        Number inverse = s;
        math::invert_var(inverse, C::ORDER);
        const auto w = order.lift(order.split(inverse));
        const auto times_w = [&](const Number& factor) {
            auto product = order.split(factor); // e < 2^BITS < 2 n
            order.multiply(product, product, w);
            Number out;
            order.join(product, out);
            return out;
        };
        const auto point = Curve::multiply(times_w(e), times_w(r), q);
        if (point.infinity)
            return false;
        // Step 8 compares x modulo n with r: x is r, or r + n where that is still below p.
        if (Curve::has_x(point, r))
            return true;
        Number wrapped = r;
        return math::add_to(wrapped, C::ORDER) == 0 && math::less(wrapped, C::Prime::WORDS) &&
               Curve::has_x(point, wrapped);
    }
};

using EcdsaP256 = Ecdsa<math::P256>;
using EcdsaP384 = Ecdsa<math::P384>;

template <class E>
bool is_point(BytesView point) {
    typename E::Curve::Affine ignored;
    return E::read_key(point, ignored);
}

template <class E>
bool has_scalars(BytesView signature) {
    typename E::Number r;
    typename E::Number s;
    return E::read_signature(signature, r, s);
}

} // namespace

bool is_point_on_curve(NistCurve curve, BytesView point) noexcept {
    return curve == NistCurve::p256 ? is_point<EcdsaP256>(point) : is_point<EcdsaP384>(point);
}

bool has_nist_scalars(NistCurve curve, BytesView signature) noexcept {
    return curve == NistCurve::p256 ? has_scalars<EcdsaP256>(signature)
                                    : has_scalars<EcdsaP384>(signature);
}

Result<void> verify_nist_ecdsa(NistCurve curve, BytesView public_key, BytesView digest,
                               BytesView signature) noexcept {
    return curve == NistCurve::p256 ? EcdsaP256::verify(public_key, digest, signature)
                                    : EcdsaP384::verify(public_key, digest, signature);
}

} // namespace assay::signatures
