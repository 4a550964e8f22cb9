/**
 * @file What a value of an exported encoder's graph is, as a function of the rows that are fed: constants go by name, and
 * numbers come later (figures.ts).
 */

/** Elementwise with a constant that is the same for every row. */
export interface Step {
  readonly op: 'Add' | 'Sub' | 'Mul' | 'Div'
  readonly by: string
}

/** A product with a constant matrix; `transposed`: it is stored (out, in). */
export interface Product {
  readonly by: string
  readonly transposed: boolean
}

/** after(product(before(x))); without a product x is only shifted and scaled. */
export interface Affine {
  readonly before: readonly Step[]
  readonly product: Product | null
  readonly after: readonly Step[]
}

/** [value > threshold], of pre-activations or of their relu. */
export interface Mask {
  readonly of: Affine
  readonly rectified: boolean
  readonly threshold: string
}

/** The k largest of a row. */
export interface Largest {
  readonly of: Affine
  readonly rectified: boolean
  /** The constant that k stands in. */
  readonly k: string
}

/** Activations before they are a dictionary's: which rule, and what they are multiplied by. */
export interface Features {
  readonly of: Affine
  readonly rectified: boolean
  readonly mask: Mask | null
  readonly largest: Largest | null
  /** Positive factors by feature, which decoder norms are. */
  readonly scaled: readonly Step[]
  /** Constants that must be zeros for this to be so. */
  readonly zeros: readonly string[]
}

export interface Rebuilt {
  readonly features: Features
  readonly product: Product
  readonly after: readonly Step[]
}

export type Traced =
  | { readonly kind: 'constant'; readonly name: string }
  | { readonly kind: 'affine'; readonly affine: Affine }
  | { readonly kind: 'mask'; readonly mask: Mask }
  | {
      readonly kind: 'largest'
      readonly part: 'values' | 'indices'
      readonly largest: Largest
      readonly rectified: boolean
    }
  | { readonly kind: 'features'; readonly features: Features }
  | { readonly kind: 'rebuilt'; readonly rebuilt: Rebuilt }
  | { readonly kind: 'unread'; readonly why: string }

export const ROWS: Affine = { before: [], product: null, after: [] }
