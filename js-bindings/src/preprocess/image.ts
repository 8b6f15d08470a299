// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// An image as the tensor that a model takes.
import { readMembers, readWord } from '../loader/input.js'
import { Tensor } from '../infer/tensor.js'
import { arrange, channelOrder, cropToRatio, invalid, readPixels, resize, side } from './pixels.js'
import type { Channels, ImageSource, Layout } from './pixels.js'

export type ImageOptions = {
  /** Pixels of the result; default those of the image. */
  readonly width?: number
  readonly height?: number
  /** `stretch` (default), or `cover`: the middle of the image in the ratio of the result. */
  readonly fit?: 'stretch' | 'cover'
  /** Default RGB; gray is Rec. 601. */
  readonly channels?: Channels
  /** Default NCHW. */
  readonly layout?: Layout
  /** `uint8` holds the pixels themselves and takes no `scale`, `mean` and `std`. Default `float32`. */
  readonly type?: 'float32' | 'uint8'
  /** An element is (pixel · scale − mean) / std, for each channel in the model's order. Defaults 1/255, 0, 1. */
  readonly scale?: number
  readonly mean?: number | readonly number[]
  readonly std?: number | readonly number[]
}

const KEYS = ['width', 'height', 'fit', 'channels', 'layout', 'type', 'scale', 'mean', 'std'] as const

function perChannel(value: unknown, count: number, otherwise: number, path: string): number[] {
  const list = value === undefined ? otherwise : value
  const items: unknown[] = Array.isArray(list) ? list : Array<unknown>(count).fill(list)
  if (items.length !== count || !items.every((item) => typeof item === 'number' && Number.isFinite(item))) {
    throw invalid(path, `a number, or ${count} of them`)
  }
  return items as number[]
}

/**
 * A batch of one image, or of several of which each is brought to the same size.
 *
 * @throws UsageError ARGUMENT_INVALID for what is no image, for options that are none, and for images of different sizes without `width` and `height`.
 */
export function imageToTensor(image: ImageSource | readonly ImageSource[], options: ImageOptions = {}): Tensor<'float32'> | Tensor<'uint8'> {
  const given = readMembers(options, KEYS, '')
  const channels = given.channels === undefined ? 'RGB' : readWord(given.channels, ['RGB', 'BGR', 'RBG', 'RGBA', 'gray'], 'channels')
  const layout = given.layout === undefined ? 'NCHW' : readWord(given.layout, ['NCHW', 'NHWC'], 'layout')
  const type = given.type === undefined ? 'float32' : readWord(given.type, ['float32', 'uint8'], 'type')
  const cover = given.fit !== undefined && readWord(given.fit, ['stretch', 'cover'], 'fit') === 'cover'
  const count = channelOrder(channels).length
  const scale = perChannel(given.scale, count, 1 / 255, 'scale')
  const mean = perChannel(given.mean, count, 0, 'mean')
  const std = perChannel(given.std, count, 1, 'std')
  if (std.includes(0)) throw invalid('std', 'must not be 0')
  if (type === 'uint8' && (given.scale !== undefined || given.mean !== undefined || given.std !== undefined)) throw invalid('type', 'uint8 holds the pixels themselves')

  const images = (Array.isArray(image) ? image : [image]).map(readPixels)
  if (images.length === 0) throw invalid('image', 'there is none')
  const width = given.width === undefined ? images[0]!.width : side(given.width, 'width')
  const height = given.height === undefined ? images[0]!.height : side(given.height, 'height')
  const size = count * width * height
  const elements = type === 'uint8' ? new Uint8Array(images.length * size) : new Float32Array(images.length * size)
  const convert = type === 'uint8' ? (value: number) => Math.round(value) : (value: number, c: number) => (value * scale[c]! - mean[c]!) / std[c]!
  images.forEach((pixels, i) => {
    if ((pixels.width !== width && given.width === undefined) || (pixels.height !== height && given.height === undefined)) {
      throw invalid(`image[${i}]`, 'is of another size; name width and height')
    }
    const resized = resize(cover ? cropToRatio(pixels, width, height) : pixels, width, height)
    arrange(resized, channels, layout, elements.subarray(i * size, (i + 1) * size), convert)
  })
  const dims = layout === 'NCHW' ? [images.length, count, height, width] : [images.length, height, width, count]
  return type === 'uint8' ? new Tensor('uint8', elements as Uint8Array, dims) : new Tensor('float32', elements as Float32Array, dims)
}
