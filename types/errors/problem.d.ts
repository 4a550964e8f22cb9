/** 2: bad usage or bad input, nothing was measured. 3: the run itself failed (disk full, engine died). */
export type FailureStatus = 2 | 3;
/** An expected failure. Shown as message and fix, never with a stack trace. */
export declare class SaegateError extends Error {
    readonly name = "SaegateError";
    readonly code: string;
    readonly fix: string;
    readonly exitStatus: FailureStatus;
    constructor(code: string, exitStatus: FailureStatus, message: string, fix: string);
}
/** An expected failure as plain data: classes do not survive the border between threads or processes. */
export interface PlainProblem {
    readonly code: string;
    readonly exitStatus: FailureStatus;
    readonly message: string;
    readonly fix: string;
}
export declare function plainProblem({ code, exitStatus, message, fix }: SaegateError): PlainProblem;
/** The error again, on the other side. */
export declare function raisedAgain({ code, exitStatus, message, fix }: PlainProblem): SaegateError;
/** The same problem, its message begun with where it lies; as it is where that is said already. */
export declare function located(where: string, error: SaegateError): SaegateError;
export interface ProblemText {
    /** What happened and where: file, key, tensor, the number found and the number allowed. */
    readonly message: string;
    /** What to do next, in the imperative. */
    readonly fix: string;
}
export interface Problem<Args extends readonly unknown[]> {
    (...args: Args): SaegateError;
    readonly code: string;
}
/** Declare a problem; the result makes the error: `throw tensorMissing(file, name)`. */
export declare function problem<Args extends readonly unknown[]>(code: string, exitStatus: FailureStatus, describe: (...args: Args) => ProblemText): Problem<Args>;
