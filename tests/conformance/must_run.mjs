// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the package must run; a new operator is added here with its lowering.

/** Models by folder: the demo's own, and those of the shared collection. */
export const MODELS = {
  demo: ['chart_pattern', 'price_move'],
  shared: ['cnn1d', 'mlp_tabular'],
}

/** Operators that the runtime lowers: every node test of one of them must pass. */
export const OPERATORS = (
  'Add AveragePool BatchNormalization Constant Conv Div Flatten Gemm GlobalAveragePool Identity MatMul MaxPool Mul Relu Reshape ' +
  'Sigmoid Softmax Sub Tanh'
).split(' ')

/** Node tests of these operators that are refused: training, and values that are not tensors. */
export const NODE_EXCEPTIONS = [
  'test_batchnorm_epsilon_training_mode',
  'test_batchnorm_example_training_mode',
  'test_identity_opt',
  'test_identity_sequence',
]
