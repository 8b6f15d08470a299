// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// One exchange as other implementations make it: @hpke/core 1 with @hpke/chacha20poly1305 for the
// request, node:crypto for the replies. The recipient's key comes from 32 bytes of 11, the
// ephemeral key from 32 bytes of 22; key id 7.
#pragma once

#include <string_view>

namespace assay::test {

inline constexpr std::string_view RECIPIENT_SECRET =
    "91e2dd577c3ed6d08ef5432abb9589d4e81fca0942a4decd4c29458124830733";
inline constexpr std::string_view RECIPIENT_KEY =
    "1a239249ea74403babc01f32df9931a16f71ac8972c461d69fed15640e310639";
inline constexpr std::string_view EPHEMERAL_KEY =
    "e3b9708aaa21a7f1e62a95ee28d1e5d60b0fceed6c68599013a54b318e9e0b15";
inline constexpr std::string_view INFO =
    "6d6573736167652f626874747020726571756573740007002000010003";
inline constexpr std::string_view PLAINTEXT = R"({"messages":[]})";
/// Message 0, PLAINTEXT without associated data.
inline constexpr std::string_view WIRE =
    "07002000010003e3b9708aaa21a7f1e62a95ee28d1e5d60b0fceed6c68599013a54b318e9e0b15"
    "c66fb902cfba770ab06136e93ca87d30c79701e4d38b124c8f671c4f8ebfa6";
/// Message 1, "second" with associated data "aad".
inline constexpr std::string_view SECOND = "8e50241c262dbb4a78630f0fda0d1d70fcd4a6529237";
inline constexpr std::string_view RESPONSE_SECRET =
    "175e4ffc4c6abc9b2076e33d179575948592b4ee7df2adf71373b4125efdf756";
inline constexpr std::string_view CHUNKED_RESPONSE_SECRET =
    "bd32737be8b1432f6ac98244b8098e30802f286b32477edaf1f8ed10b14c5016";
/// Exporter context "x", 40 bytes.
inline constexpr std::string_view EXPORT =
    "a291a1ddba25540a69a93017e68e8f097b401d45d6ecc8aebe6894646093adc492cc6e291817d15b";
/// {"status":200}
inline constexpr std::string_view RESPONSE =
    "3333333333333333333333333333333333333333333333333333333333333333"
    "939b3a77349f1cf86e7d9a907502c2e09404c748aec36b20112ea1469c05";
inline constexpr std::string_view RESPONSE_NONCE =
    "3333333333333333333333333333333333333333333333333333333333333333";
/// "data: 1\n\n", nothing, and last "data: [DONE]\n\n".
inline constexpr std::string_view CHUNK_0 = "7332f66c69cc61c8bd58b2b115670d07151f43525c0a81d027";
inline constexpr std::string_view CHUNK_1 = "372ad6c872b683a8bde6b31d2785642d";
inline constexpr std::string_view CHUNK_LAST =
    "45371f383691aaf69a833ebd87fa3329012ab9b0ebad33f816c0ec279bdb";

} // namespace assay::test
