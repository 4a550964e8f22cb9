// src/errors/problem.ts
/** An expected failure. Shown as message and fix, never with a stack trace. */
var SaegateError = class extends Error {
	name = "SaegateError";
	code;
	fix;
	exitStatus;
	constructor(code, exitStatus, message, fix) {
		super(message);
		this.code = code;
		this.exitStatus = exitStatus;
		this.fix = fix;
	}
};
function plainProblem({ code, exitStatus, message, fix }) {
	return {
		code,
		exitStatus,
		message,
		fix
	};
}
/** The error again, on the other side. */
function raisedAgain({ code, exitStatus, message, fix }) {
	return new SaegateError(code, exitStatus, message, fix);
}
/** Declare a problem; the result makes the error: `throw tensorMissing(file, name)`. */
function problem(code, exitStatus, describe) {
	const make = (...args) => {
		const { message, fix } = describe(...args);
		return new SaegateError(code, exitStatus, message, fix);
	};
	return Object.assign(make, { code });
}
export { raisedAgain as i, plainProblem as n, problem as r, SaegateError as t };
