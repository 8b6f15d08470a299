// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay-wasm/preprocess`: what goes into a model, from what a page has. Importing does nothing.
export { imageToTensor } from './image.js'
export type { ImageOptions } from './image.js'
export type { Channels, ImageSource, Layout, Pixels } from './pixels.js'
export { LatestWindow, slidingWindows } from './series.js'
export type { WindowOptions } from './series.js'
export { TextTokenizer, createTokenizer } from './tokens.js'
export type { EncodeOptions, Encoded, TokenizerLibrary, TokenizerOptions } from './tokens.js'
