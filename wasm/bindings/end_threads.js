// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// --post-js of the variants with threads: lets the owner of an instance end its workers, which nothing else would.
Module['endThreads'] = () => PThread.terminateAllThreads();
