// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Pixels from wherever a page has them, resampled, and as numbers in the order that a model wants.
import { UsageError } from '../errors/base.js'

/** Rows of red, green, blue, alpha, a byte each, as in an ImageData. */
export type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray | Uint8Array }

/** Pixels, or what a canvas can draw. */
export type ImageSource = Pixels | ImageData | ImageBitmap | HTMLImageElement | HTMLCanvasElement | HTMLVideoElement | OffscreenCanvas

/** Most pixels on a side: what canvases take. */
const MAX_SIDE = 32_767

export function invalid(path: string, what: string): UsageError {
  return new UsageError('ARGUMENT_INVALID', `${path}: ${what}`, { path })
}

/** A whole number of pixels. */
export function side(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > MAX_SIDE) throw invalid(path, `a whole number from 1 to ${MAX_SIDE}`)
  return value
}

type Context = { drawImage(source: unknown, x: number, y: number): void; getImageData(x: number, y: number, width: number, height: number): Pixels }

function context(width: number, height: number): Context {
  const options = { willReadFrequently: true }
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height).getContext('2d', options) as unknown as Context
  if (typeof document === 'undefined') throw invalid('image', 'there is no canvas here to draw it on; pass an ImageData')
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas.getContext('2d', options) as unknown as Context
}

/** @throws UsageError ARGUMENT_INVALID for what is no image, or cannot be read here. */
export function readPixels(source: unknown): Pixels {
  if (typeof source !== 'object' || source === null) throw invalid('image', 'must be an ImageData, an ImageBitmap or an element with an image')
  const { data, naturalWidth, naturalHeight, videoWidth, videoHeight, width, height } = source as { [name: string]: unknown }
  if (data instanceof Uint8ClampedArray || data instanceof Uint8Array) {
    const pixels = { width: side(width, 'image.width'), height: side(height, 'image.height'), data }
    if (data.length !== pixels.width * pixels.height * 4) throw invalid('image.data', `${data.length} bytes are not ${pixels.width} × ${pixels.height} pixels`)
    return pixels
  }
  const [wide, high] = [side(naturalWidth ?? videoWidth ?? width, 'image.width'), side(naturalHeight ?? videoHeight ?? height, 'image.height')]
  const canvas = context(wide, high)
  try {
    canvas.drawImage(source, 0, 0)
    return canvas.getImageData(0, 0, wide, high)
  } catch (cause) {
    throw new UsageError('ARGUMENT_INVALID', 'image: cannot be drawn and read back; one of another origin needs CORS', { path: 'image', cause })
  }
}

/** Weights of the source pixels that make one of the result: a triangle, wider where the image shrinks, as Pillow's BILINEAR. */
function taps(from: number, to: number): { start: number; weights: number[] }[] {
  const scale = from / to
  const support = Math.max(scale, 1)
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale
    const start = Math.max(0, Math.floor(centre - support + 0.5))
    const end = Math.min(from, Math.floor(centre + support + 0.5))
    const weights = Array.from({ length: end - start }, (__, k) => Math.max(0, 1 - Math.abs((start + k + 0.5 - centre) / support)))
    const sum = weights.reduce((a, b) => a + b, 0)
    return { start, weights: weights.map((weight) => weight / sum) }
  })
}

/** Four channels in float, so that nothing is rounded between the two directions. */
export type FloatPixels = { readonly width: number; readonly height: number; readonly data: Float32Array }

export function resize(pixels: Pixels, width: number, height: number): FloatPixels {
  if (width === pixels.width && height === pixels.height) return { width, height, data: Float32Array.from(pixels.data) }
  const across = new Float32Array(width * pixels.height * 4)
  const [columns, rows] = [taps(pixels.width, width), taps(pixels.height, height)]
  for (let y = 0; y < pixels.height; y += 1) {
    columns.forEach(({ start, weights }, x) => {
      for (let c = 0; c < 4; c += 1) {
        let sum = 0
        for (let k = 0; k < weights.length; k += 1) sum += weights[k]! * pixels.data[(y * pixels.width + start + k) * 4 + c]!
        across[(y * width + x) * 4 + c] = sum
      }
    })
  }
  const data = new Float32Array(width * height * 4)
  rows.forEach(({ start, weights }, y) => {
    for (let at = 0; at < width * 4; at += 1) {
      let sum = 0
      for (let k = 0; k < weights.length; k += 1) sum += weights[k]! * across[(start + k) * width * 4 + at]!
      data[y * width * 4 + at] = sum
    }
  })
  return { width, height, data }
}

/** The middle of an image in the ratio of width and height. */
export function cropToRatio(pixels: Pixels, width: number, height: number): Pixels {
  const scale = Math.min(pixels.width / width, pixels.height / height)
  const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
  const [left, top] = [(pixels.width - wide) >> 1, (pixels.height - high) >> 1]
  const data = new Uint8ClampedArray(wide * high * 4)
  for (let y = 0; y < high; y += 1) {
    const start = ((top + y) * pixels.width + left) * 4
    data.set(pixels.data.subarray(start, start + wide * 4), y * wide * 4)
  }
  return { width: wide, height: high, data }
}

/** Which channels a model takes, in its order. */
export type Channels = 'RGB' | 'BGR' | 'RBG' | 'RGBA' | 'gray'
export type Layout = 'NCHW' | 'NHWC'

const ORDER = { RGB: [0, 1, 2], BGR: [2, 1, 0], RBG: [0, 2, 1], RGBA: [0, 1, 2, 3], gray: [0] } as const

/** The channels of a form by their position among red, green, blue, alpha. */
export const channelOrder = (channels: Channels): readonly number[] => ORDER[channels]

/** Rec. 601, as image libraries convert to gray. */
const gray = (data: Float32Array, at: number) => 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!

/** Fills `out` with one image; `convert` takes a pixel of 0 to 255 and its channel in the model's order. */
export function arrange(pixels: FloatPixels, channels: Channels, layout: Layout, out: Float32Array | Uint8Array, convert: (value: number, channel: number) => number): void {
  const order = ORDER[channels]
  const count = pixels.width * pixels.height
  for (let i = 0; i < count; i += 1) {
    order.forEach((from, c) => {
      const value = channels === 'gray' ? gray(pixels.data, i * 4) : pixels.data[i * 4 + from]!
      out[layout === 'NCHW' ? c * count + i : i * order.length + c] = convert(value, c)
    })
  }
}
