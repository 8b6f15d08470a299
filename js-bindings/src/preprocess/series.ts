// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Time series as the windows that a model takes.
import { argumentInvalid, readMembers, readWord } from '../loader/input.js'
import { Tensor } from '../infer/tensor.js'

export type WindowOptions = {
  /** Steps of a window. */
  readonly length: number
  /** Steps from one window to the next; default 1. */
  readonly stride?: number
  /** Numbers of a step; default 1. */
  readonly channels?: number
  /** `NLC` (default): steps by channels, for recurrent nets; `NCL`: channels by steps, for convolutions. */
  readonly layout?: 'NLC' | 'NCL'
  /** Within each window and channel: `zscore` to mean 0 and deviation 1, `minmax` to 0 … 1, `first` to the change against the first step. Default none. */
  readonly normalize?: 'none' | 'zscore' | 'minmax' | 'first'
}

type Options = { length: number; stride: number; channels: number; layout: 'NLC' | 'NCL'; normalize: 'none' | 'zscore' | 'minmax' | 'first' }

function whole(value: unknown, otherwise: number | undefined, path: string): number {
  const number = value === undefined ? otherwise : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) throw argumentInvalid(path, 'a whole number above 0')
  return number
}

function readOptions(options: WindowOptions): Options {
  const given = readMembers(options, ['length', 'stride', 'channels', 'layout', 'normalize'], '')
  return {
    length: whole(given.length, undefined, 'length'),
    stride: whole(given.stride, 1, 'stride'),
    channels: whole(given.channels, 1, 'channels'),
    layout: given.layout === undefined ? 'NLC' : readWord(given.layout, ['NLC', 'NCL'], 'layout'),
    normalize: given.normalize === undefined ? 'none' : readWord(given.normalize, ['none', 'zscore', 'minmax', 'first'], 'normalize'),
  }
}

/** Offset and divisor of a channel of a window; a channel that does not move has divisor 1. */
function normalization(kind: Options['normalize'], values: readonly number[]): { offset: number; divisor: number } {
  const spread = (offset: number, divisor: number) => ({ offset, divisor: divisor === 0 ? 1 : divisor })
  if (kind === 'first') return spread(values[0]!, values[0]!)
  if (kind === 'minmax') {
    // Not as arguments: a window may be longer than any list of them.
    const low = values.reduce((least, value) => Math.min(least, value), Infinity)
    return spread(low, values.reduce((most, value) => Math.max(most, value), -Infinity) - low)
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return spread(mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length))
}

function writeWindow(values: ArrayLike<number>, start: number, options: Options, out: Float32Array): void {
  const { length, channels, layout, normalize } = options
  for (let c = 0; c < channels; c += 1) {
    const column = Array.from({ length }, (_, t) => values[start + t * channels + c]!)
    const { offset, divisor } = normalize === 'none' ? { offset: 0, divisor: 1 } : normalization(normalize, column)
    column.forEach((value, t) => (out[layout === 'NLC' ? t * channels + c : c * length + t] = (value - offset) / divisor))
  }
}

const dimsOf = ({ layout, length, channels }: Options, count: number) => (layout === 'NLC' ? [count, length, channels] : [count, channels, length])

/**
 * Every window of a series.
 *
 * @param values step after step, the channels of a step together.
 * @returns a tensor with one row for each window; none when the series is shorter than a window.
 * @throws UsageError ARGUMENT_INVALID
 */
export function slidingWindows(values: readonly number[] | Float32Array | Float64Array, options: WindowOptions): Tensor<'float32'> {
  const read = readOptions(options)
  const steps = values.length / read.channels
  if (!Number.isInteger(steps)) throw argumentInvalid('values', `${values.length} numbers are no steps of ${read.channels}`)
  const count = steps < read.length ? 0 : Math.floor((steps - read.length) / read.stride) + 1
  const size = read.length * read.channels
  const out = new Float32Array(count * size)
  for (let i = 0; i < count; i += 1) writeWindow(values, i * read.stride * read.channels, read, out.subarray(i * size, (i + 1) * size))
  return new Tensor('float32', out, dimsOf(read, count))
}

/** The newest steps of a series that goes on, as the input of a model. */
export class LatestWindow {
  readonly #options: Options
  #values: number[] = []

  /** @param options `stride` has no meaning here. */
  constructor(options: Omit<WindowOptions, 'stride'>) {
    this.#options = readOptions(options)
  }

  /** Whether there are as many steps as a window has. */
  get full(): boolean {
    return this.#values.length === this.#options.length * this.#options.channels
  }

  /** Takes one step. @throws UsageError ARGUMENT_INVALID for another number of channels. */
  push(...step: readonly number[]): void {
    if (step.length !== this.#options.channels) throw argumentInvalid('step', `has ${step.length} channels, must have ${this.#options.channels}`)
    if (this.full) this.#values = this.#values.slice(this.#options.channels)
    this.#values.push(...step)
  }

  /** @throws UsageError ARGUMENT_INVALID while the window is not full. */
  tensor(): Tensor<'float32'> {
    if (!this.full) throw argumentInvalid('window', 'is not full yet')
    const out = new Float32Array(this.#values.length)
    writeWindow(this.#values, 0, this.#options, out)
    return new Tensor('float32', out, dimsOf(this.#options, 1))
  }
}
