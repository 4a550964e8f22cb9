import { t as endOnDefect } from "./shared-last-handler.js";
// src/action/index.ts
/** @file The action's entry: what it cannot foresee is an annotation too, made by hand because nothing may be loaded yet. */
const escaped = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
endOnDefect(({ code, message, fix }, cause) => {
	process.stdout.write(`::error title=saegate%3A ${code}::${escaped(`${message}\n${fix}`)}\n`);
	if (cause instanceof Error) process.stdout.write(`::debug::${escaped(cause.stack ?? "")}\n`);
});
const { start } = await import("./shared-start.js");
await start();
export {};
