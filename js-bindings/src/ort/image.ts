// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Images in and out of tensors with onnxruntime's options: an element is (pixel + bias) / mean.
import { LoadError } from '../errors/base.js'
import { argumentInvalid, readMembers, readWord } from '../loader/input.js'
import { arrange, channelOrder, readPixels, resize, side } from '../preprocess/pixels.js'
import { Tensor } from '../infer/tensor.js'
import { unsupported } from './refuse.js'
import type { Channels, Layout } from '../preprocess/pixels.js'
import type { FromImageOptions, ToImageOptions } from './types.js'

const FORMATS = ['RGB', 'RGBA', 'BGR', 'RBG'] as const
const LAYOUTS = ['NHWC', 'NCHW'] as const

type Norm = { readonly bias: number[]; readonly mean: number[] }

function perChannel(value: unknown, otherwise: number, path: string): number[] {
  const given = value ?? otherwise
  const list = Array.isArray(given) ? (given as unknown[]) : Array<unknown>(4).fill(given)
  const full = list.length === 3 ? [...list, otherwise] : list
  if (full.length !== 4 || !full.every((item) => typeof item === 'number' && Number.isFinite(item))) throw argumentInvalid(path, 'a number, or three or four of them')
  return full as number[]
}

function readNorm(norm: unknown): Norm {
  const { bias, mean } = norm === undefined ? {} : readMembers(norm, ['bias', 'mean'], 'norm')
  const read = { bias: perChannel(bias, 0, 'norm.bias'), mean: perChannel(mean, 255, 'norm.mean') }
  if (read.mean.includes(0)) throw argumentInvalid('norm.mean', 'must not be 0')
  return read
}

const readFormat = (format: unknown, path: string): Channels => (format === undefined ? 'RGB' : readWord(format, FORMATS, path))
const readLayout = (layout: unknown): Layout => (layout === undefined ? 'NCHW' : readWord(layout, LAYOUTS, 'tensorLayout'))

async function fetchImage(address: string): Promise<ImageBitmap> {
  if (typeof createImageBitmap === 'undefined') throw unsupported('Tensor.fromImage(url)', 'There is no image decoder here; pass an ImageData.')
  try {
    const response = await fetch(address)
    if (!response.ok) throw new Error(`HTTP status ${response.status}`)
    return await createImageBitmap(await response.blob())
  } catch (cause) {
    throw new LoadError('MODEL_UNAVAILABLE', 'The image could not be fetched or decoded.', { cause })
  }
}

export async function fromImage(image: unknown, options: FromImageOptions = {}): Promise<Tensor> {
  const given = readMembers(options, ['height', 'width', 'resizedHeight', 'resizedWidth', 'tensorFormat', 'tensorLayout', 'dataType', 'norm'], '')
  const channels = readFormat(given.tensorFormat, 'tensorFormat')
  const layout = readLayout(given.tensorLayout)
  const type = given.dataType === undefined ? 'float32' : readWord(given.dataType, ['float32', 'uint8'], 'dataType')
  const { bias, mean } = readNorm(given.norm)
  const pixels = readPixels(typeof image === 'string' ? await fetchImage(image) : image)
  const size = (resized: unknown, named: unknown, own: number, path: string) => (resized !== undefined ? side(resized, path) : named !== undefined ? side(named, path) : own)
  const width = size(given.resizedWidth, given.width, pixels.width, 'resizedWidth')
  const height = size(given.resizedHeight, given.height, pixels.height, 'resizedHeight')
  const count = channelOrder(channels).length
  const dims = layout === 'NCHW' ? [1, count, height, width] : [1, height, width, count]
  const resized = resize(pixels, width, height)
  if (type === 'uint8') {
    const elements = new Uint8Array(count * width * height)
    arrange(resized, channels, layout, elements, Math.round)
    return new Tensor('uint8', elements, dims)
  }
  const elements = new Float32Array(count * width * height)
  arrange(resized, channels, layout, elements, (value, c) => (value + bias[c]!) / mean[c]!)
  return new Tensor('float32', elements, dims)
}

type Readable = { readonly type: string; readonly data: ArrayLike<unknown>; readonly dims: readonly number[] }

/** Four bytes a pixel, from the first image of the batch: a byte is (element · mean) − bias. */
function toPixels(tensor: Readable, options: ToImageOptions = {}): { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> } {
  const given = readMembers(options, ['tensorLayout', 'format', 'norm'], '')
  const layout = readLayout(given.tensorLayout)
  const { bias, mean } = readNorm(given.norm)
  const { dims, data, type } = tensor
  if (dims.length !== 4 || (type !== 'float32' && type !== 'uint8')) throw argumentInvalid('tensor', 'an image is float32 or uint8, of four dimensions')
  const [height, width, count] = layout === 'NCHW' ? [dims[2]!, dims[3]!, dims[1]!] : [dims[1]!, dims[2]!, dims[3]!]
  const order = channelOrder(given.format === undefined && count === 4 ? 'RGBA' : count === 1 && given.format === undefined ? 'gray' : readFormat(given.format, 'format'))
  if (order.length !== count || width === 0 || height === 0 || dims[0] === 0) throw argumentInvalid('tensor', `[${dims.join(', ')}] is no image of this format`)
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let i = 0; i < width * height; i += 1) {
    order.forEach((to, c) => {
      const element = Number(data[layout === 'NCHW' ? c * width * height + i : i * count + c])
      const value = type === 'uint8' ? element : element * mean[c]! - bias[c]!
      pixels[i * 4 + to] = value
      if (count === 1) pixels[i * 4 + 1] = pixels[i * 4 + 2] = value
    })
  }
  return { width, height, data: pixels }
}

export function toImageData(tensor: Readable, options?: ToImageOptions): ImageData {
  const { width, height, data } = toPixels(tensor, options)
  if (typeof ImageData === 'undefined') throw unsupported('Tensor.toImageData', 'There is no ImageData here.')
  return new ImageData(data, width, height)
}

export function toDataUrl(tensor: Readable, options?: ToImageOptions): string {
  const image = toImageData(tensor, options)
  if (typeof document === 'undefined') throw unsupported('Tensor.toDataURL', 'A worker has no canvas that answers at once; use toImageData.')
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  canvas.getContext('2d')!.putImageData(image, 0, 0)
  return canvas.toDataURL()
}
