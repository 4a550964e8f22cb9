/** @file What the tests use of a package without types. */
declare module 'ml-logistic-regression' {
  import type { Matrix } from 'ml-matrix'

  export default class LogisticRegression {
    constructor(options: { readonly numSteps: number; readonly learningRate: number })
    readonly classifiers: readonly { testScores(x: Matrix): readonly number[] }[]
    train(x: Matrix, y: Matrix): void
  }
}
