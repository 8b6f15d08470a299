// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Architectures of the model set for peers that do not read ONNX: the layers and sizes of the models of the same name,
// weights of their own. They are measured for time, not for answers. Layout N,H,W,C.

/** Numbers in [-1, 1) that depend on the seed alone. */
function numbers(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) / 8388608 - 1
  }
}

/** Output channels, stride and repetitions of the stages of a MobileNetV2, with the widening inside. */
const INVERTED = [
  { widen: 1, out: 16, times: 1, stride: 1 }, { widen: 6, out: 24, times: 2, stride: 2 }, { widen: 6, out: 32, times: 3, stride: 2 },
  { widen: 6, out: 64, times: 4, stride: 2 }, { widen: 6, out: 96, times: 3, stride: 1 }, { widen: 6, out: 160, times: 3, stride: 2 },
  { widen: 6, out: 320, times: 1, stride: 1 },
]

/** A builder's layers with weights: `conv(x, {kernel, from, to, stride, act, valid})` and so on. */
function layers(builder, seed) {
  const next = numbers(seed)
  const constant = (shape, fan) => {
    const data = new Float32Array(shape.reduce((product, side) => product * side, 1))
    const bound = Math.sqrt(6 / fan)
    for (let i = 0; i < data.length; i += 1) data[i] = next() * bound
    return { shape, data }
  }
  const bias = (size) => constant([size], 100)
  return {
    conv: (x, { kernel = 1, from, to, stride = 1, act = 'none', valid = false }) =>
      builder.conv(x, { weights: constant([to, kernel, kernel, from], kernel * kernel * from), bias: bias(to), stride, act, valid }),
    depthwise: (x, { channels, stride, act }) => builder.depthwise(x, { weights: constant([1, 3, 3, channels], 9), bias: bias(channels), stride, act }),
    dense: (x, { from, to, act = 'none' }) => builder.dense(x, { weights: constant([to, from], from), bias: bias(to), act }),
  }
}

function dense(builder, { rows, sizes, end, seed }) {
  const { dense: layer } = layers(builder, seed)
  let x = builder.input([rows, sizes[0]])
  for (let i = 1; i < sizes.length; i += 1) x = layer(x, { from: sizes[i - 1], to: sizes[i], act: i < sizes.length - 1 ? 'relu' : 'none' })
  return builder.output(builder[end](x))
}

function mobilenet(builder) {
  const { conv, depthwise, dense: layer } = layers(builder, 11)
  let from = 32
  let x = conv(builder.input([1, 224, 224, 3]), { kernel: 3, from: 3, to: from, stride: 2, act: 'relu6' })
  for (const { widen, out, times, stride } of INVERTED) {
    for (let i = 0; i < times; i += 1) {
      const step = i === 0 ? stride : 1
      const wide = from * widen
      const inside = widen === 1 ? x : conv(x, { from, to: wide, act: 'relu6' })
      const y = conv(depthwise(inside, { channels: wide, stride: step, act: 'relu6' }), { from: wide, to: out })
      x = step === 1 && from === out ? builder.add(x, y, 'none') : y
      from = out
    }
  }
  return builder.output(layer(builder.globalMean(conv(x, { from, to: 1280, act: 'relu6' })), { from: 1280, to: 1000 }))
}

function resnet(builder) {
  const { conv, dense: layer } = layers(builder, 13)
  let from = 64
  let x = conv(builder.input([1, 224, 224, 3]), { kernel: 7, from: 3, to: from, stride: 2, act: 'relu' })
  x = builder.maxPool(x, { size: 3, stride: 2, valid: false })
  for (const to of [64, 128, 256, 512]) {
    for (const stride of [to === 64 ? 1 : 2, 1]) {
      const beside = stride === 1 && from === to ? x : conv(x, { from, to, stride })
      const y = conv(x, { kernel: 3, from, to, stride, act: 'relu' })
      x = builder.add(conv(y, { kernel: 3, from: to, to }), beside, 'relu')
      from = to
    }
  }
  return builder.output(layer(builder.globalMean(x), { from, to: 1000 }))
}

function squeezenet(builder) {
  const { conv } = layers(builder, 17)
  let from = 64
  let x = conv(builder.input([1, 224, 224, 3]), { kernel: 3, from: 3, to: from, stride: 2, act: 'relu', valid: true })
  const pool = () => builder.maxPool(x, { size: 3, stride: 2, valid: true })
  x = pool()
  for (const [i, squeeze] of [16, 16, 32, 32, 48, 48, 64, 64].entries()) {
    if (i === 2 || i === 4) x = pool()
    const to = squeeze * 4
    const y = conv(x, { from, to: squeeze, act: 'relu' })
    x = builder.concat(conv(y, { from: squeeze, to, act: 'relu' }), conv(y, { kernel: 3, from: squeeze, to, act: 'relu' }))
    from = 2 * to
  }
  return builder.output(builder.globalMean(conv(x, { from, to: 1000, act: 'relu' })))
}

const NETWORKS = {
  mlp_tabular: (builder) => dense(builder, { rows: 1, sizes: [32, 64, 64, 32, 1], end: 'sigmoid', seed: 3 }),
  mlp_b64: (builder) => dense(builder, { rows: 64, sizes: [256, 512, 512, 10], end: 'softmax', seed: 5 }),
  mobilenetv2: mobilenet,
  resnet18: resnet,
  squeezenet11: squeezenet,
}

export const NETWORK_NAMES = Object.keys(NETWORKS)

/** @returns what the builder's `output` gives. */
export const buildNetwork = (name, builder) => NETWORKS[name](builder)
