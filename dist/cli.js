#!/usr/bin/env node
import { t as endOnDefect } from "./shared-last-handler.js";
import { r as removeTemporaries } from "./shared-atomic.js";
import { a as outputTo } from "./shared-host.js";
import { t as tellProblem } from "./shared-tell-problem.js";
import { createInterface } from "node:readline/promises";
// src/cli/process-host.ts
/** @file The real process as a host. */
/** The exit status where output could not be written: a report cut short must not look finished. */
const OUTPUT_LOST = 3;
function output(stream) {
	stream.on("error", (error) => {
		if (error.code === "EPIPE") return;
		process.on("exit", () => {
			process.exitCode = OUTPUT_LOST;
		});
		if (stream !== process.stderr) process.stderr.write(`saegate: writing the output failed: ${error.message}\n`);
	});
	return {
		...outputTo((text) => void stream.write(text)),
		isTTY: stream.isTTY === true,
		get columns() {
			return stream.columns || 100;
		}
	};
}
/** Ctrl-C, a request to end and a closed terminal abort; a second one ends the process at once. */
function interrupts() {
	const controller = new AbortController();
	for (const signal of [
		"SIGINT",
		"SIGTERM",
		"SIGHUP"
	]) process.on(signal, () => {
		const isSecond = controller.signal.aborted;
		controller.abort();
		removeTemporaries();
		if (isSecond) process.exit(130);
	});
	return controller.signal;
}
/** Ctrl-D ends the answers, Ctrl-C (which a terminal hands to the reader, not to the process) the program. */
async function ask(question) {
	if (!process.stdin.isTTY) return null;
	const reader = createInterface({
		input: process.stdin,
		output: process.stderr
	});
	const closed = new Promise((done) => reader.once("close", () => done(null)));
	reader.once("SIGINT", () => {
		process.emit("SIGINT");
		reader.close();
	});
	try {
		return await Promise.race([reader.question(question), closed]);
	} finally {
		reader.close();
	}
}
async function input(mostBytes) {
	const chunks = [];
	let left = mostBytes;
	for await (const chunk of process.stdin) {
		const bytes = Buffer.from(chunk);
		left -= bytes.byteLength;
		if (left < 0) return null;
		chunks.push(bytes);
	}
	return Buffer.concat(chunks).toString("utf8");
}
function processHost() {
	return {
		argv: process.argv.slice(2),
		env: process.env,
		stdout: output(process.stdout),
		stderr: output(process.stderr),
		signal: interrupts(),
		seconds: () => performance.now() / 1e3,
		ask,
		input
	};
}
// src/cli/index.ts
const host = processHost();
endOnDefect((problem, cause) => tellProblem(host, problem, cause));
const { runCli } = await import("./shared-run.js");
process.exitCode = await runCli(host);
export {};
