/**
 * @file Which of GPTQ's two conventions a checkpoint's zero points follow: z − 1 (v1) or z (v2).
 *
 * Symmetric quantization has one zero point, 2^(b − 1), so its stored value tells the convention, and it decides over
 * checkpoint_format: tools that wrote one and declared the other exist, and the difference shifts every weight by a whole
 * step. In v1 a stored 2^b − 1 is read as 0 by some kernels and as 2^b by others; asymmetric checkpoints that hold it get a
 * warning.
 */
import type { RawTensor, RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { unpackRows } from '../codes/codes.ts'
import { readWords } from '../parts.ts'

/** What is added to a stored zero point: 1 for `gptq` (v1), 0 for `gptq_v2`. */
export type ZeroOffset = 0 | 1

/** Where the zero points of one layer lie: [G, N] codes of `bits` bits. */
export interface StoredZeros {
  readonly module: string
  readonly qzeros: RawTensor
  readonly bits: number
  readonly N: number
  readonly G: number
}

export interface DeclaredZeros {
  readonly declared: ZeroOffset
  readonly symmetric: boolean
}

export interface ReadZeros {
  readonly offset: ZeroOffset
  readonly warnings: readonly string[]
}

/** Errors: those of reading the parts. Symmetric checkpoints that are as declared cost one layer's zero points. */
export async function readZeroOffset(
  raw: RawTensorTable,
  found: readonly StoredZeros[],
  { declared, symmetric }: DeclaredZeros,
): Promise<ReadZeros> {
  if (!symmetric) return { offset: declared, warnings: declared === 1 ? await ambiguous(raw, found) : [] }
  const other: ZeroOffset = declared === 1 ? 0 : 1
  for (const stored of found) {
    const codes = await zeroCodes(raw, stored)
    if (codes.every((code) => code === middle(stored) - declared)) return { offset: declared, warnings: [] }
    if (!codes.every((code) => code === middle(stored) - other)) {
      const says = `config.json says that the quantization is symmetric, but the zero points of ${stored.module} differ`
      return { offset: declared, warnings: [`${says}; they are read as they are stored.`] }
    }
  }
  const [named, meant] =
    declared === 1 ? ['"gptq" (v1)', 'the zero point itself (v2)'] : ['"gptq_v2"', 'it less one (v1)']
  const why = `config.json says checkpoint_format ${named}, but symmetric layers store ${meant}`
  return { offset: other, warnings: [`${why}: the stored values decide.`] }
}

function middle({ bits }: StoredZeros): number {
  return 2 ** (bits - 1)
}

async function zeroCodes(raw: RawTensorTable, { qzeros, bits, N, G }: StoredZeros): Promise<Uint8Array> {
  return unpackRows(await readWords(raw, qzeros), G, N, bits, 'dense')
}

async function ambiguous(raw: RawTensorTable, found: readonly StoredZeros[]): Promise<readonly string[]> {
  let modules = 0
  for (const stored of found) {
    if ((await zeroCodes(raw, stored)).includes(2 ** stored.bits - 1)) modules++
  }
  if (modules === 0) return []
  return [
    `${modules} of ${found.length} layers store a zero point of all ones, which some GPTQ kernels read as 0 and others ` +
      'as 2^bits; it is read as 0 here.',
  ]
}
