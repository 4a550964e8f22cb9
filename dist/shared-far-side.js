import { n as engineDied } from "./shared-engine.js";
import { a as raisedAgain } from "./shared-problem.js";
import { t as crashed } from "./shared-crash.js";
// src/bridge/far-side.ts
/**
* @file A thread or process that answers requests, seen from where they are asked. One discipline for all: answers come in the
* order of the requests; an expected failure rejects its own request; the end of the far side rejects all that wait for it
* and all that come later; to cancel is to end it at once.
*/
var FarSide = class {
	#who;
	#wire;
	#waiting = /* @__PURE__ */ new Map();
	#calls = 0;
	#end = null;
	/** `who`: how messages name it, at the start of a sentence. */
	constructor(who, wire) {
		this.#who = who;
		this.#wire = wire;
		wire.listen((reply) => this.#hear(reply), (why) => this.#fail(why));
		wire.keepAlive(false);
	}
	/** Requests that are not answered yet. */
	get waiting() {
		return this.#waiting.size;
	}
	/** Errors: those of the request, as the far side raised them; ENGINE_CRASHED, ENGINE_DIED; why it was cancelled. */
	ask(request, onNote = () => {}) {
		return new Promise((resolve, reject) => {
			if (this.#end !== null) {
				reject(this.#end);
				return;
			}
			const call = this.#calls++;
			this.#waiting.set(call, {
				resolve,
				reject,
				onNote
			});
			this.#wire.keepAlive(true);
			this.#wire.post({
				call,
				request
			});
		});
	}
	/** End it whatever it is doing; whoever waits hears why. */
	cancel(why) {
		this.#wire.kill();
		this.#fail(why);
	}
	/** Let it end. */
	async close() {
		this.#fail(engineDied(this.#who, "it was closed before its work"));
		await this.#wire.close();
	}
	#hear(reply) {
		if (reply.kind === "crash") {
			this.cancel(crashed(this.#who, reply.stack));
			return;
		}
		const waiting = this.#waiting.get(reply.call);
		if (reply.kind === "note") {
			waiting?.onNote(reply.note);
			return;
		}
		this.#waiting.delete(reply.call);
		if (this.#waiting.size === 0) this.#wire.keepAlive(false);
		if (reply.kind === "answer") waiting?.resolve(reply.answer);
		else waiting?.reject(raisedAgain(reply.problem));
	}
	#fail(why) {
		this.#end ??= why;
		for (const { reject } of this.#waiting.values()) reject(this.#end);
		this.#waiting.clear();
		this.#wire.keepAlive(false);
	}
};
export { FarSide as t };
