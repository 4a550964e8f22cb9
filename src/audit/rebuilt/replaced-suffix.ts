/** @file A model that goes on from a hook with other rows than its own, to its final hidden rows. */
import type { HookPoint } from '../../contract/hook-point.ts'
import type { Edit } from '../../models/body-program.ts'
import { type Boundary, firstBoundary, movedOn, runSuffix } from '../capture/boundary.ts'
import type { CaptureStores } from '../capture/capture.ts'
import type { RowStore } from '../capture/row-store.ts'
import type { Run } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'

const GIVEN = 'replaced_rows'

/** Why nothing can be put in place of what passes a hook; null: it can. */
export function whyNotReplaced({ name }: HookPoint): string | null {
  if (name === 'hook_embed') return 'the model is run from there as a whole'
  if (name === 'ln2.hook_normalized') return 'the model does not go on with that value'
  return null
}

/** The block before which the residual stream is all that the model goes on with; null: the hook is inside a block. */
function boundaryOf({ layer, name }: HookPoint): number | null {
  if (name === 'hook_resid_pre') return layer
  return name === 'hook_resid_post' ? layer + 1 : null
}

/** Blocks that are run again with each replacement, from this one on. */
export const firstReplaced = (hook: HookPoint): number => boundaryOf(hook) ?? hook.layer

/** Runs a model on from a hook. */
export interface ReplacedSuffix {
  /** `rows`: what stands at the hook. Its final hidden rows, in stores that are the caller's to close. Errors: those of running a model. */
  run(rows: RowStore): Promise<CaptureStores>
  close(): Promise<void>
}

/** Errors: those of running a model. */
export async function replacedSuffix(run: Run, model: Model, hook: HookPoint): Promise<ReplacedSuffix> {
  const block = boundaryOf(hook)
  const hidden = { hooks: [], hidden: true } as const
  if (block !== null) {
    return {
      run: (rows) => runSuffix(run, { model, block, rows }, model, hidden),
      close: async () => {},
    }
  }
  const boundary = await boundaryAt(run, model, hook.layer)
  const edits: readonly Edit[] = [
    { hook, apply: (g, rows) => g.input(GIVEN, rows.type, ['n_row', ...rows.shape.slice(1)]) },
  ]
  return {
    run: (rows) => runSuffix(run, boundary, model, { ...hidden, edits, given: new Map([[GIVEN, rows]]) }),
    close: () => boundary.rows.close(),
  }
}

async function boundaryAt(run: Run, model: Model, block: number): Promise<Boundary> {
  const first = await firstBoundary(run, model)
  try {
    return await movedOn(run, first, block)
  } catch (error) {
    await first.rows.close()
    throw error
  }
}
