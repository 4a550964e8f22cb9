import { r as plainProblem, t as SaegateError } from "./shared-problem.js";
import { n as stackOf } from "./shared-crash.js";
// src/bridge/serve.ts
/** @file The far side: answers requests one after the other, through whatever port it was given. */
function serve(port, service) {
	let last = Promise.resolve();
	port.listen((order) => {
		last = last.then(() => answerTo(order, port, service));
	});
}
async function answerTo({ call, request }, port, service) {
	try {
		const answer = await service.answer(request, (note) => port.post({
			kind: "note",
			call,
			note
		}, []));
		port.post({
			kind: "answer",
			call,
			answer
		}, service.handOver?.(answer) ?? []);
	} catch (error) {
		if (error instanceof SaegateError) port.post({
			kind: "problem",
			call,
			problem: plainProblem(error)
		}, []);
		else port.post({
			kind: "crash",
			stack: stackOf(error)
		}, []);
	}
}
export { serve as t };
