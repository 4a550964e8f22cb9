import { i as __toESM } from "./shared-rolldown-runtime.js";
import { g as hubSettingInvalid } from "./shared-pinned-files.js";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
// src/sources/transfer/proxy-fetch.ts
/**
* @file Requests by way of the proxy that the environment names: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not, the
* latter first, as curl and Python's tools read them. Node's own fetch looks at none of them before Node 24.
*/
/** `fetch` itself where no proxy is named. Errors: HUB_SETTING_INVALID. */
function environmentFetch(environment) {
	const httpsProxy = proxyNamed(environment, "HTTPS_PROXY");
	const httpProxy = proxyNamed(environment, "HTTP_PROXY");
	if (httpsProxy === null && httpProxy === null) return globalThis.fetch;
	const noProxy = named(environment, "NO_PROXY") ?? "";
	const proxied = /* @__PURE__ */ new Map();
	return async (input, init) => {
		const url = new URL(input instanceof Request ? input.url : input);
		const proxy = url.protocol === "https:" ? httpsProxy : httpProxy;
		if (proxy === null || isDirect(url, noProxy)) return await globalThis.fetch(input, init);
		const opened = proxied.get(proxy) ?? openProxied(proxy);
		proxied.set(proxy, opened);
		return await (await opened)(input, init);
	};
}
/** Hosts and their subdomains, with or without a dot in front and a port behind; `*`: all. */
function isDirect({ hostname, port, protocol }, noProxy) {
	return noProxy.split(/[\s,]+/).some((entry) => {
		const [, host = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
		if (entry === "*") return true;
		return host !== "" && (hostname === host || hostname.endsWith(`.${host}`)) && (only === void 0 || only === (port || (protocol === "https:" ? "443" : "80")));
	});
}
/** Loaded when wanted. */
async function openProxied(proxy) {
	const { ProxyAgent, fetch: request } = await import("./shared-undici2.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const dispatcher = new ProxyAgent(proxy);
	return async (input, init = {}) => {
		const url = input instanceof Request ? input.url : input;
		const { method, headers, signal, redirect } = init;
		const body = typeof init.body === "string" ? init.body : void 0;
		const asked = {
			method,
			headers: [...new Headers(headers)],
			signal,
			redirect,
			body
		};
		const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value != null));
		const answer = await request(url, {
			...given,
			dispatcher
		});
		const response = new Response(answer.body === null ? null : streamed(answer.body.getReader()), {
			status: answer.status,
			statusText: answer.statusText,
			headers: [...answer.headers]
		});
		return Object.defineProperty(response, "url", { value: answer.url });
	};
}
function streamed(reader) {
	return new ReadableStream({
		pull: async (controller) => {
			const { done, value } = await reader.read();
			if (done || value === void 0) controller.close();
			else controller.enqueue(value);
		},
		cancel: (reason) => reader.cancel(reason)
	});
}
function named(environment, name) {
	return environment[name.toLowerCase()]?.trim() || environment[name]?.trim() || null;
}
function proxyNamed(environment, name) {
	const text = named(environment, name);
	if (text === null) return null;
	const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
	const url = URL.canParse(address) ? new URL(address) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) throw hubSettingInvalid(name, "is not the http or https address of a proxy");
	return address;
}
// src/sources/hub-settings.ts
/** @file How the Hugging Face Hub is reached: from the environment, by the names that its own libraries use. */
/**
* Settings from HF_ENDPOINT, HF_TOKEN, HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME and HF_HUB_OFFLINE (huggingface_hub,
* "Environment variables"), and the proxy's. Errors: HUB_SETTING_INVALID.
*/
function hubSettings(environment) {
	const given = (name) => environment[name]?.trim() || null;
	const endpoint = hubEndpoint(environment);
	return {
		endpoint,
		token: checkedToken(given("HF_TOKEN") ?? given("HUGGING_FACE_HUB_TOKEN"), endpoint),
		cacheFolder: cacheFolder(given),
		proofFolder: join(homedir(), ".cache", "saegate", "verified"),
		offline: /^(1|on|yes|true)$/i.test(given("HF_HUB_OFFLINE") ?? ""),
		fetch: environmentFetch(environment),
		environment,
		wait: setTimeout,
		onProgress: () => {}
	};
}
/** Where the Hub is, unless somebody says otherwise. */
const THE_HUB = "https://huggingface.co";
/** HF_ENDPOINT, or the Hub itself. Errors: HUB_SETTING_INVALID. */
function hubEndpoint(environment) {
	const text = environment.HF_ENDPOINT?.trim() || "https://huggingface.co";
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) throw hubSettingInvalid("HF_ENDPOINT", `is "${text}", not an http or https address`);
	if (url.username !== "" || url.password !== "") throw hubSettingInvalid("HF_ENDPOINT", "holds a password; use HF_TOKEN");
	return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}
/**
* A token with a line break or other control character would be refused by fetch, in a message that quotes it. Over http
* everybody on the way reads it: only this machine itself may be asked so.
*/
function checkedToken(token, endpoint) {
	if (token === null) return null;
	if (!/^[\x21-\x7e]+$/.test(token)) throw hubSettingInvalid("HF_TOKEN", "holds spaces or characters that no token has");
	const { protocol, hostname } = new URL(endpoint);
	if (protocol !== "https:" && !isLoopback(hostname)) throw hubSettingInvalid("HF_ENDPOINT", "begins with http:, and HF_TOKEN would travel unencrypted; use https");
	return token;
}
/** This machine itself. */
function isLoopback(hostname) {
	return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
/** Where an audit keeps what it downloads: SAEGATE_CACHE stands before what the Hub's libraries go by. */
function hubCacheFolder(environment) {
	return environment.SAEGATE_CACHE?.trim() || cacheFolder((name) => environment[name]?.trim() || null);
}
function cacheFolder(given) {
	const explicit = given("HF_HUB_CACHE") ?? given("HUGGINGFACE_HUB_CACHE");
	if (explicit !== null) return explicit;
	const home = given("HF_HOME") ?? join(given("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "huggingface");
	return join(home, "hub");
}
export { isLoopback as a, hubSettings as i, hubCacheFolder as n, environmentFetch as o, hubEndpoint as r, THE_HUB as t };
