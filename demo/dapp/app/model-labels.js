// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the sample network's numbers are called. Its inputs are market features scaled to −1 … 1, in
// the order of samples/models/price_move.ref.json.

const signed = (value) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(2)}`;

const feature = (label, start) => ({ label, min: -1, max: 1, step: 0.01, start, text: signed });

export const MODEL = {
    url: new URL('../samples/models/price_move.onnx', import.meta.url),
    digest: 'sha256:7dc63053abbdec93a8f3eb50080e73b1531c0028875217ba3f900bb0c1e4a280',
    intro:
        'A sample ONNX network of three layers, run on this device by XNNPACK in WebAssembly. ' +
        'Its weights are seeded, not trained: the arithmetic is real, the forecast is not.',
    outputTitle: 'Output',
    outputs: ['Score, price moves up'],
    features: [
        feature('Momentum, 1 hour', 0.2),
        feature('Momentum, 24 hours', 0.1),
        feature('Volatility', -0.3),
        feature('Change of volume', 0.15),
        feature('Order imbalance', 0.05),
        feature('Funding rate', -0.1),
        feature('Spread', -0.4),
        feature('Sentiment', 0.25),
    ],
    presets: [
        { label: 'All zero', values: [0, 0, 0, 0, 0, 0, 0, 0] },
        { label: 'Calm', values: [0.05, 0.1, -0.8, -0.2, 0, 0, -0.7, 0.1] },
        { label: 'Rally', values: [0.8, 0.9, 0.3, 0.7, 0.6, 0.5, 0.1, 0.9] },
        { label: 'Sell-off', values: [-0.9, -0.7, 0.9, 0.8, -0.8, -0.6, 0.7, -0.9] },
    ],
};
