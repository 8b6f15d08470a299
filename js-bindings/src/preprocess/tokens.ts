// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Text as the tensors that BERT- and GPT-like models take. WordPiece and byte-level BPE are not our code: the application
// hands in the class `Tokenizer` of the optional peer @huggingface/tokenizers (Apache-2.0), which reads the model's own
// tokenizer.json. Handed in, not imported: a page without text models needs no such package, and a service worker may not
// import() it later.
import { LoadError, UsageError } from '../errors/base.js'
import { argumentInvalid, readMembers } from '../loader/input.js'
import { Tensor } from '../infer/tensor.js'

/** The part of the library that is used. */
export type TokenizerLibrary = new (tokenizer: object, config: object) => {
  encode(
    text: string,
    options?: { text_pair?: string | null; add_special_tokens?: boolean; return_token_type_ids?: boolean | null },
  ): { ids: number[]; attention_mask: number[]; token_type_ids?: number[] }
  decode(ids: number[], options?: { skip_special_tokens?: boolean }): string
}

export type TokenizerOptions = {
  /** `import { Tokenizer } from '@huggingface/tokenizers'` */
  readonly library: TokenizerLibrary
  /** The parsed tokenizer.json of the model, and its tokenizer_config.json. */
  readonly tokenizer: object
  readonly config?: object
  /** Id that fills short rows; default that of `pad_token` in tokenizer.json, else 0. */
  readonly padId?: number
}

export type EncodeOptions = {
  /** Longer texts are cut, the closing special token is kept. */
  readonly maxLength?: number
  /** Fills every row to this length; default the longest row. */
  readonly padTo?: number
}

/** One row for each text. Names as the usual exports of such models have them. */
export type Encoded = {
  readonly input_ids: Tensor<'int64'>
  readonly attention_mask: Tensor<'int64'>
  readonly token_type_ids: Tensor<'int64'>
}

type Row = { ids: number[]; types: number[] }

function unavailable(cause?: unknown): LoadError {
  return new LoadError('TOKENIZER_UNAVAILABLE', 'No tokenizer library: pass { library: Tokenizer } of @huggingface/tokenizers.', { cause })
}

/** The id of the token that tokenizer_config.json calls pad_token. */
function padOf(tokenizer: object, config: object): number {
  const named = (config as { pad_token?: unknown }).pad_token
  const token = typeof named === 'object' && named !== null ? (named as { content?: unknown }).content : named
  const { model, added_tokens: added } = tokenizer as { model?: { vocab?: Record<string, number> }; added_tokens?: readonly { id: number; content: string }[] }
  if (typeof token !== 'string') return 0
  return added?.find(({ content }) => content === token)?.id ?? model?.vocab?.[token] ?? 0
}

export class TextTokenizer {
  readonly #tokenizer: InstanceType<TokenizerLibrary>
  readonly #padId: number

  /** @internal Use `createTokenizer`. */
  constructor(tokenizer: InstanceType<TokenizerLibrary>, padId: number) {
    this.#tokenizer = tokenizer
    this.#padId = padId
  }

  /**
   * @param texts one text or several; a pair of texts is an array of two, for models that compare.
   * @throws UsageError ARGUMENT_INVALID
   */
  encode(texts: string | readonly (string | readonly [string, string])[], options: EncodeOptions = {}): Encoded {
    const { maxLength, padTo } = readMembers(options, ['maxLength', 'padTo'], '')
    const limit = maxLength === undefined ? undefined : whole(maxLength, 'maxLength')
    const rows = (typeof texts === 'string' ? [texts] : texts).map((text, i) => this.#row(text, `texts[${i}]`, limit))
    if (rows.length === 0) throw argumentInvalid('texts', 'there is none')
    const longest = Math.max(...rows.map(({ ids }) => ids.length))
    const length = padTo === undefined ? longest : whole(padTo, 'padTo')
    if (length < longest) throw argumentInvalid('padTo', `a row has ${longest} tokens; cut them with maxLength`)
    const tensor = (pick: (row: Row, at: number) => number) => {
      const data = new BigInt64Array(rows.length * length)
      rows.forEach((row, i) => {
        for (let at = 0; at < length; at += 1) data[i * length + at] = BigInt(pick(row, at))
      })
      return new Tensor('int64', data, [rows.length, length])
    }
    return {
      input_ids: tensor(({ ids }, at) => ids[at] ?? this.#padId),
      attention_mask: tensor(({ ids }, at) => (at < ids.length ? 1 : 0)),
      token_type_ids: tensor(({ types }, at) => types[at] ?? 0),
    }
  }

  /** Text of ids, special tokens left out. */
  decode(ids: readonly (number | bigint)[] | BigInt64Array): string {
    return this.#tokenizer.decode(Array.from(ids as ArrayLike<number | bigint>, Number), { skip_special_tokens: true })
  }

  #row(text: unknown, path: string, limit: number | undefined): Row {
    const [first, second] = Array.isArray(text) ? (text as unknown[]) : [text, null]
    if (typeof first !== 'string' || (second !== null && typeof second !== 'string')) throw argumentInvalid(path, 'must be a text or a pair of texts')
    const { ids, token_type_ids: types } = this.#tokenizer.encode(first, { text_pair: second, return_token_type_ids: true })
    const row = { ids, types: types ?? ids.map(() => 0) }
    if (limit === undefined || ids.length <= limit) return row
    // Special tokens at the end, if any, are those that an empty text ends with.
    const empty = this.#tokenizer.encode('').ids
    const kept = empty.length > 1 && empty.at(-1) === ids.at(-1) ? 1 : 0
    const cut = (list: number[]) => (kept === 1 ? [...list.slice(0, limit - 1), list.at(-1)!] : list.slice(0, limit))
    return { ids: cut(row.ids), types: cut(row.types) }
  }
}

function whole(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw argumentInvalid(path, 'a whole number above 0')
  return value
}

/**
 * @throws LoadError TOKENIZER_UNAVAILABLE when the library was not handed in, or is not one; UsageError ARGUMENT_INVALID for
 *   a tokenizer.json that the library does not read.
 */
export function createTokenizer(options: TokenizerOptions): TextTokenizer {
  const { library, tokenizer, config, padId } = readMembers(options, ['library', 'tokenizer', 'config', 'padId'], '')
  if (typeof library !== 'function' || (library as TokenizerLibrary).prototype === undefined) throw unavailable()
  if (typeof tokenizer !== 'object' || tokenizer === null) throw argumentInvalid('tokenizer', 'must be the parsed tokenizer.json')
  const settings = (config ?? {}) as object
  let made: InstanceType<TokenizerLibrary>
  try {
    made = new (library as TokenizerLibrary)(tokenizer, settings)
  } catch (cause) {
    throw new UsageError('ARGUMENT_INVALID', 'tokenizer: the library does not read it', { path: 'tokenizer', cause })
  }
  if (typeof made.encode !== 'function' || typeof made.decode !== 'function') throw unavailable()
  if (padId !== undefined && (typeof padId !== 'number' || !Number.isSafeInteger(padId) || padId < 0)) throw argumentInvalid('padId', 'a token id')
  return new TextTokenizer(made, (padId as number | undefined) ?? padOf(tokenizer, settings))
}
