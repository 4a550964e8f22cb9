/** @file What an audit tells while it runs. The numbers are in tokens, so that rates mean something. */
export interface Progress {
    /** What is going on, in the user's words: `reference: capture`, `rtn:6: losses`. */
    readonly stage: string;
    readonly done: number;
    readonly total: number;
    readonly unit: 'tokens' | 'tensors' | 'bytes' | 'seconds';
    /** Work of the whole audit done so far, 0..1, weighted by cost. */
    readonly overall: number;
    /** Something to be told whole, once: no stage that goes on. */
    readonly note?: string;
}
export type OnProgress = (progress: Progress) => void;
/** Counts weighted work over the stages of an audit whose costs are known ahead. */
export declare class Work {
    #private;
    constructor(total: number, onProgress: OnProgress);
    /** Open a stage that costs `cost` and is done after `total` units. */
    stage(stage: string, cost: number, total: number, unit?: Progress['unit']): (done: number) => void;
}
