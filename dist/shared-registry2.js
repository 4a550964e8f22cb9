import { c as registryOrigin, d as ociCredentials, f as ociDamaged, h as ociUnsupported, l as ociAbsent, m as ociUnreachable, p as ociRefused, t as DIGEST, u as ociAnswer } from "./shared-oci-spec.js";
import { t as SaegateError } from "./shared-problem.js";
import { E as registryUnreachable, _ as registryRefused, n as registryAnswer, t as registryAbsent, w as registryTokenUnencrypted } from "./shared-registry.js";
import { a as isLoopback, o as environmentFetch } from "./shared-hub-settings.js";
import { t as staysInside } from "./shared-pinned-files.js";
import { r as systemErrorCode } from "./shared-file.js";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
// src/sources/transfer/patient-fetch.ts
/**
* @file Requests to registries other than the Hub: 429, 5xx and broken connections are tried again, every other refusal is a
* problem at once. A secret goes to the origin it is meant for and nowhere else, and over https unless that is this machine.
*/
const OF_REGISTRIES = {
	unreachable: registryUnreachable,
	refused: registryRefused,
	absent: registryAbsent,
	answer: registryAnswer
};
const ATTEMPTS = 5;
const LONGEST_WAIT_MS = 3e5;
const ANSWER_MS = 6e4;
function patientFetch({ who, environment, fetch: request = environmentFetch(environment), wait = setTimeout$1, problems = OF_REGISTRIES }) {
	return async (url, init = {}, allowed = []) => {
		for (let attempt = 1;; attempt++) {
			const response = await answered(request, url, init).catch((error) => {
				if (attempt === ATTEMPTS) throw problems.unreachable(who, reasonOf(error));
				return null;
			});
			if (response !== null && (response.ok || allowed.includes(response.status))) return response;
			if (response !== null && !isPassing(response.status)) throw refusal(who, url, response.status, problems);
			if (response !== null && attempt === ATTEMPTS) throw problems.unreachable(who, `it answered ${response.status} ${ATTEMPTS} times in a row`);
			await response?.body?.cancel();
			await wait(retryAfter(response) ?? 1e3 * 2 ** (attempt - 1));
		}
	};
}
async function answered(request, url, init) {
	const aborter = new AbortController();
	const timer = setTimeout(() => aborter.abort(/* @__PURE__ */ new Error("no answer in time")), ANSWER_MS);
	try {
		return await request(url, {
			...init,
			signal: AbortSignal.any([aborter.signal, ...init.signal ? [init.signal] : []])
		});
	} finally {
		clearTimeout(timer);
	}
}
const isPassing = (status) => status === 408 || status === 429 || status >= 500;
/** The path alone: a query may hold a secret. */
function refusal(who, { pathname }, status, { absent, refused, answer }) {
	if (status === 404) return absent(who, pathname);
	if (status === 401 || status === 403) return refused(who, status, pathname);
	return answer(who, `${pathname} is answered with ${status}`);
}
function reasonOf(error) {
	if (error instanceof SaegateError) return error.message;
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	if (cause instanceof Error) return "code" in cause ? String(cause.code) : cause.message;
	return String(cause);
}
function retryAfter(response) {
	const header = response?.headers.get("Retry-After");
	if (!header || !/^\d{1,6}$/.test(header)) return null;
	return Math.min(1e3 * Number(header), LONGEST_WAIT_MS);
}
/** Errors: REGISTRY_TOKEN_UNENCRYPTED. */
function requireEncrypted(where, url) {
	if (url.protocol !== "https:" && !isLoopback(url.hostname)) throw registryTokenUnencrypted(where, url.host);
}
/** A JSON object of bounded length. Errors: REGISTRY_ANSWER. */
async function jsonOf(who, response, mostBytes = 2 ** 25) {
	const text = await textOf$2(who, response, mostBytes);
	try {
		return JSON.parse(text);
	} catch {
		throw registryAnswer(who, "it is not JSON");
	}
}
/** Errors: REGISTRY_ANSWER, REGISTRY_UNREACHABLE. */
const textOf$2 = async (who, response, mostBytes) => Buffer.from(await bytesOf(who, response, mostBytes)).toString("utf8");
/** The whole of an answer, within bounds. Errors: REGISTRY_ANSWER, REGISTRY_UNREACHABLE. */
async function bytesOf(who, response, mostBytes) {
	const chunks = [];
	let left = mostBytes;
	try {
		for await (const chunk of response.body ?? []) {
			left -= chunk.byteLength;
			if (left < 0) break;
			chunks.push(chunk);
		}
	} catch (error) {
		throw registryUnreachable(who, reasonOf(error));
	}
	if (left < 0) throw registryAnswer(who, `it has more than ${mostBytes} bytes`);
	return Buffer.concat(chunks);
}
// src/sources/oci/manifest.ts
/**
* @file What an artifact of an OCI registry holds: its manifest, checked against its digest, as files of a model.
*
* ModelPack (CNCF model-spec: application/vnd.cncf.model.*, before it vnd.cnai) has raw layers and tar layers, each perhaps packed;
* what ORAS pushes has raw layers whatever their media type says, with the file's name as title, and folders as packed tar;
* Docker's models have GGUF layers without a name. Left out: container images, whose layers are a file system.
*
* Sources: image-spec "manifest.md"; modelpack/model-spec "spec.md", "annotations.md"; oras-project/oras "How it works".
*/
const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const OCI_INDEX = "application/vnd.oci.image.index.v1+json";
const DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
const DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
const MANIFESTS_TAKEN = [
	OCI_MANIFEST,
	DOCKER_MANIFEST,
	OCI_INDEX,
	DOCKER_LIST
].join(", ");
/** The distribution specification lets registries refuse larger ones. */
const MOST_MANIFEST_BYTES = 2 ** 22;
const MOST_LAYERS = 2e4;
const TITLE = "org.opencontainers.image.title";
const FILEPATHS = ["org.cncf.model.filepath", "org.cnai.model.filepath"];
const UNPACK = "io.deis.oras.content.unpack";
const MODEL_LAYER = /^application\/vnd\.(?:cncf|cnai)\.model\.([a-z.]+)\.v1(?:\.(raw|tar(?:\+(?:gzip|zstd))?))?$/;
const GGUF_LAYER = "application/vnd.docker.ai.gguf.v3";
/** What an audit reads nothing of. */
const ASIDE = [
	"doc",
	"code",
	"dataset"
];
/** `expected`: the digest that it was asked for by, or that the registry names; null: neither. Errors: OCI_DAMAGED, OCI_ANSWER. */
function readManifest(place, bytes, expected) {
	const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
	if (expected !== null && expected !== digest) throw ociDamaged(place, `it is ${digest}, not ${expected}`);
	const fields = parsed(place, bytes);
	const layers = Array.isArray(fields.layers) ? fields.layers : [];
	if (layers.length > MOST_LAYERS) throw ociAnswer(place, `a manifest has more than ${MOST_LAYERS} layers`);
	return {
		digest,
		mediaType: textOf$1(fields.mediaType) || "application/vnd.oci.image.manifest.v1+json",
		size: bytes.byteLength,
		artifactType: textOf$1(fields.artifactType) || textOf$1(fieldsOf$1(fields.config).mediaType) || null,
		layers: layers.map((one) => descriptorOf(place, one)),
		annotations: annotationsOf(fields.annotations)
	};
}
function parsed(place, bytes) {
	try {
		return fieldsOf$1(JSON.parse(Buffer.from(bytes).toString("utf8")));
	} catch {
		throw ociAnswer(place, "a manifest is not JSON");
	}
}
/** Errors: OCI_ANSWER. */
function descriptorOf(place, value) {
	const { mediaType, digest, size, annotations } = fieldsOf$1(value);
	const isSize = typeof size === "number" && Number.isSafeInteger(size) && size >= 0;
	if (typeof digest !== "string" || !DIGEST.test(digest) || !isSize) throw ociAnswer(place, "it describes content without a usable size or sha256 digest");
	return {
		mediaType: textOf$1(mediaType),
		digest,
		size,
		annotations: annotationsOf(annotations)
	};
}
const annotationsOf = (value) => Object.fromEntries(Object.entries(fieldsOf$1(value)).map(([key, text]) => [key, textOf$1(text)]));
/** The files of a model. `spec`: for messages. Errors: OCI_UNSUPPORTED. */
function layersOf(spec, { mediaType, layers }) {
	if (mediaType === "application/vnd.oci.image.index.v1+json" || mediaType === DOCKER_LIST) throw ociUnsupported(spec, "it is an index of several artifacts; name one of them by its digest");
	const found = layers.flatMap((layer) => layerOf(spec, layer) ?? []);
	const names = found.flatMap((layer) => layer.form === "file" ? [layer.name] : []);
	const twice = names.find((name, i) => names.indexOf(name) !== i);
	if (twice !== void 0) throw ociUnsupported(spec, `it has the file "${twice}" twice`);
	if (found.length === 0) throw ociUnsupported(spec, "it has no layer of a model");
	return found;
}
/** Null: it has nothing that an audit reads. */
function layerOf(spec, blob) {
	const { mediaType, annotations } = blob;
	const [isModel, kind = "", packing = "raw"] = MODEL_LAYER.exec(mediaType) ?? [];
	const path = FILEPATHS.map((key) => annotations[key]).find((one) => one !== void 0);
	const title = annotations[TITLE];
	if (isModel !== void 0 && packing !== "raw") return tarLayer(spec, blob, {
		kind,
		packing
	});
	if (annotations[UNPACK] === "true") return tarLayer(spec, blob, {
		kind: "folder",
		packing: "tar+gzip"
	});
	const name = path ?? title ?? (mediaType === GGUF_LAYER ? "model.gguf" : void 0);
	if (name !== void 0) return {
		form: "file",
		name: checkedName(spec, name),
		blob
	};
	if (ASIDE.includes(kind)) return null;
	throw ociUnsupported(spec, `the layer ${shown(blob)} has no file name; it may be a container image`);
}
function tarLayer(spec, blob, { kind, packing }) {
	if (packing === "tar") return {
		form: "tar",
		blob
	};
	if (ASIDE.includes(kind)) return null;
	if (packing === "tar+gzip" && blob.size <= MOST_PACKED_BYTES) return {
		form: "tar+gzip",
		blob
	};
	const why = packing === "tar+gzip" ? `packed with gzip, and over ${MOST_PACKED_BYTES} bytes` : "packed with Zstandard";
	throw ociUnsupported(spec, `the layer ${shown(blob)} is ${why}, so that no part of it can be read without all of it`);
}
/** A packed layer is unpacked in memory: configurations and tokenizers, never weights. */
const MOST_PACKED_BYTES = 2 ** 26;
const shown = ({ mediaType, digest }) => `${digest.slice(0, 19)} (${mediaType.slice(0, 100)})`;
/** ORAS writes `./name` where it was told so. */
function checkedName(spec, given) {
	const name = given.replace(/^(?:\.\/)+/, "");
	if (!staysInside(name)) throw ociUnsupported(spec, `"${given.slice(0, 100)}" is no name of a file in a folder`);
	return name;
}
const fieldsOf$1 = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
const textOf$1 = (value) => typeof value === "string" ? value : "";
// src/sources/oci/challenge.ts
/**
* @file What a registry wants to see before it answers, from WWW-Authenticate: a name and password, or a token that another server
* gives for them.
*
* Source: distribution, "Token authentication" and "OAuth2"; RFC 9110, section 11.6.1.
*/
/** The first that can be met, a token before a password; null: none. */
function challengeIn(header) {
	const found = [];
	for (const [, scheme = "", parameters = ""] of (header ?? "").matchAll(/\b(basic|bearer)\s+((?:[a-z_]+\s*=\s*(?:"[^"]*"|[^\s,"]+)(?:\s*,\s*(?=[a-z_]+\s*=))?)+)/gi)) {
		const given = /* @__PURE__ */ new Map();
		for (const [, key = "", quoted, plain] of parameters.matchAll(/([a-z_]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))/gi)) given.set(key.toLowerCase(), quoted ?? plain ?? "");
		found.push({
			scheme: scheme.toLowerCase() === "basic" ? "basic" : "bearer",
			realm: given.get("realm") ?? "",
			service: given.get("service") ?? "",
			scope: given.get("scope") ?? ""
		});
	}
	return found.find(({ scheme }) => scheme === "bearer") ?? found[0] ?? null;
}
/** The Authorization that answers it. Errors: OCI_REFUSED, OCI_ANSWER, those of the server of tokens. */
async function authorization(challenge, { host, credentials, request }) {
	if (challenge.scheme === "basic") {
		if (credentials === null) throw ociRefused(host, 401, "whoever is not logged in");
		return basic(credentials);
	}
	const realm = realmOf(challenge, host);
	const own = isSameHouse(realm.hostname, new URL(`http://${host}`).hostname) ? credentials : null;
	const { service, scope } = challenge;
	const told = await jsonOf(host, own?.isIdentityToken === true ? await request(realm, refreshed(own, {
		service,
		scope
	})) : await request(asked(realm, {
		service,
		scope
	}), {
		redirect: "manual",
		headers: own === null ? {} : { Authorization: basic(own) }
	}), 2 ** 20);
	const token = (typeof told === "object" && told !== null ? Object.entries(told) : []).find(([key, value]) => /^(access_)?token$/.test(key) && value !== "")?.[1];
	if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) throw ociAnswer(realm.host, "it gives no token");
	return `Bearer ${token}`;
}
const basic = ({ username, password }) => `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
function asked(realm, { service, scope }) {
	const url = new URL(realm);
	if (service !== "") url.searchParams.set("service", service);
	for (const one of scope.split(" ").filter((part) => part !== "")) url.searchParams.append("scope", one);
	return url;
}
function refreshed({ password }, { service, scope }) {
	return {
		method: "POST",
		redirect: "manual",
		headers: { "Content-Type": "application/x-www-form-urlencoded" },
		body: new URLSearchParams({
			grant_type: "refresh_token",
			refresh_token: password,
			client_id: "saegate",
			service,
			scope
		}).toString()
	};
}
/** Passwords and tokens travel encrypted, but on this machine. */
function realmOf({ realm }, host) {
	const url = URL.canParse(realm) ? new URL(realm) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) throw ociAnswer(host, "it names no server of tokens");
	if (url.protocol !== "https:" && !isLoopback(url.hostname)) throw ociAnswer(host, `its server of tokens, ${url.host}, has no encryption`);
	return url;
}
/**
* Whether a server of tokens may be shown the password of a registry: the same host, or one of the domain around it
* (registry-1.docker.io and auth.docker.io, registry.gitlab.com and gitlab.com).
*/
function isSameHouse(realm, registry) {
	if (realm === registry) return true;
	const labels = registry.split(".");
	if (labels.length < 3 || /^[\d.]+$/.test(registry)) return realm.endsWith(`.${registry}`);
	const around = labels.slice(1).join(".");
	return realm === around || realm.endsWith(`.${around}`);
}
// src/sources/oci/credentials.ts
/**
* @file Who one is to an OCI registry: SAEGATE_OCI_HOST, _USERNAME and _PASSWORD, or what `docker login`, `oras login` and
* `podman login` left: config.json in DOCKER_CONFIG (~/.docker), or the file that REGISTRY_AUTH_FILE names. Each is for one host.
*
* Source: docker/cli, "Credential stores" and "Credential helper protocol".
*/
const HELPER_MS = 2e4;
const MOST_BYTES = 2 ** 20;
/** Helpers and config.json write it for a token in place of a name. */
const TOKEN_NAME = "<token>";
/** Null: nobody logged in. Errors: OCI_CREDENTIALS. */
async function credentialsFor(host, environment) {
	const given = (name) => environment[name]?.trim() ?? "";
	if (given("SAEGATE_OCI_HOST") === host && given("SAEGATE_OCI_PASSWORD") !== "") return made(given("SAEGATE_OCI_USERNAME"), given("SAEGATE_OCI_PASSWORD"));
	const home = given("HOME") || homedir();
	const path = given("REGISTRY_AUTH_FILE") || join(given("DOCKER_CONFIG") || join(home, ".docker"), "config.json");
	const config = await configAt(path);
	const helper = textOf(fieldsOf(config.credHelpers)[host]) || textOf(config.credsStore);
	const keys = namesOf(host);
	const auth = Object.entries(fieldsOf(config.auths)).find(([key]) => keys.includes(hostOf(key)));
	const stored = auth === void 0 ? null : storedIn(fieldsOf(auth[1]), path);
	if (stored !== null || helper === "") return stored;
	return await helped(helper, auth?.[0] ?? host, environment);
}
const made = (username, password) => ({
	username,
	password,
	isIdentityToken: username === TOKEN_NAME
});
/** Docker's own registry is known by an address of its past. */
const namesOf = (host) => /^(index\.|registry-1\.)?docker\.io$/.test(host) ? [
	"docker.io",
	"index.docker.io",
	"registry-1.docker.io"
] : [host];
/** `https://ghcr.io/v2/` → ghcr.io */
const hostOf = (key) => key.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
async function configAt(path) {
	try {
		const text = await readFile(path, "utf8");
		if (text.length > MOST_BYTES) throw ociCredentials(path, "it is too long");
		return fieldsOf(JSON.parse(text));
	} catch (error) {
		if (systemErrorCode(error) === "ENOENT" || systemErrorCode(error) === "ENOTDIR") return {};
		if (error instanceof SyntaxError) throw ociCredentials(path, "it is not JSON");
		const code = systemErrorCode(error);
		if (code !== null) throw ociCredentials(path, code);
		throw error;
	}
}
/** Null: the entry says that somebody logged in, and a helper knows with what. */
function storedIn(entry, path) {
	const token = textOf(entry.identitytoken);
	if (token !== "") return made(TOKEN_NAME, token);
	const text = Buffer.from(textOf(entry.auth), "base64").toString("utf8");
	if (text === "") return null;
	const colon = text.indexOf(":");
	if (colon < 0) throw ociCredentials(path, "an entry is no name and password");
	return made(text.slice(0, colon), text.slice(colon + 1).replace(/\0+$/, ""));
}
/** `docker-credential-NAME get`, the host on its standard input. */
async function helped(name, host, environment) {
	const program = `docker-credential-${name}`;
	if (!/^[A-Za-z0-9._-]{1,64}$/.test(name)) throw ociCredentials("config.json", "its helper has no plain name");
	const { status, text } = await answerOf(program, host, environment);
	if (/credentials not found/i.test(text)) return null;
	if (status !== 0) throw ociCredentials(program, `it ended with ${status}`);
	try {
		const { Username, Secret } = fieldsOf(JSON.parse(text));
		return textOf(Secret) === "" ? null : made(textOf(Username), textOf(Secret));
	} catch {
		throw ociCredentials(program, "its answer is not JSON");
	}
}
function answerOf(program, host, environment) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, ["get"], {
			env: { ...environment },
			stdio: [
				"pipe",
				"pipe",
				"ignore"
			],
			timeout: HELPER_MS
		});
		let text = "";
		child.stdout.setEncoding("utf8").on("data", (chunk) => {
			if (text.length < MOST_BYTES) text += chunk;
		});
		child.on("error", (error) => reject(ociCredentials(program, systemErrorCode(error) ?? "it cannot be started")));
		child.on("close", (status) => resolve({
			status,
			text
		}));
		child.stdin.on("error", () => {});
		child.stdin.end(host);
	});
}
const fieldsOf = (value) => typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
const textOf = (value) => typeof value === "string" ? value : "";
// src/sources/oci/oci-fetch.ts
/**
* @file One request to an OCI registry: the token where it belongs and a new one where it is over, patience where it helps,
* redirections to storage without either. Wrapped as a `fetch`, so that downloads use it too.
*/
const OCI_PROBLEMS = {
	unreachable: ociUnreachable,
	refused: ociRefused,
	absent: ociAbsent,
	answer: ociAnswer
};
const REDIRECTIONS = [
	301,
	302,
	303,
	307,
	308
];
const MOST_HOPS = 5;
/** Errors: OCI_*. */
function ociFetch(host, settings) {
	const { environment = {} } = settings;
	const origin = new URL(registryOrigin(host)).origin;
	const patient = patientFetch({
		...settings,
		environment,
		who: host,
		problems: OCI_PROBLEMS
	});
	let credentials = null;
	/** By what is done to which repository. */
	const known = /* @__PURE__ */ new Map();
	const login = async (response) => {
		await response.body?.cancel();
		const challenge = challengeIn(response.headers.get("WWW-Authenticate"));
		if (challenge === null) throw ociRefused(host, response.status, "whoever is not logged in");
		credentials ??= credentialsFor(host, environment);
		return await authorization(challenge, {
			host,
			credentials: await credentials,
			request: patient
		});
	};
	return async (input, init = {}, allowed = []) => {
		let url = new URL(input instanceof Request ? input.url : input);
		const place = placeOf(url, init.method);
		let isNew = false;
		for (let hop = 0; hop <= MOST_HOPS;) {
			const response = await ask(patient, url, withLogin(init, url.origin === origin ? known.get(place) : void 0), allowed);
			if (REDIRECTIONS.includes(response.status)) {
				url = await redirected(response, url, host);
				hop++;
			} else if (response.status === 401 && url.origin === origin && !isNew) {
				known.set(place, await login(response));
				isNew = true;
			} else if (response.status === 401) throw ociRefused(host, 401, url.pathname);
			else return response;
		}
		throw ociAnswer(host, `it redirects more than ${MOST_HOPS} times`);
	};
}
const ask = (patient, url, init, allowed) => patient(url, {
	...init,
	redirect: "manual"
}, [
	401,
	...REDIRECTIONS,
	...allowed
]);
function withLogin(init, shown) {
	const headers = new Headers(init.headers);
	if (shown !== void 0) headers.set("Authorization", shown);
	return {
		...init,
		headers
	};
}
async function redirected(response, from, host) {
	await response.body?.cancel();
	const location = response.headers.get("Location") ?? "";
	const to = URL.canParse(location, from) ? new URL(location, from) : null;
	if (to === null) throw ociAnswer(host, "it redirects to nowhere");
	if (to.protocol !== "https:" && !(to.protocol === "http:" && isLoopback(to.hostname) && from.protocol === "http:")) throw ociAnswer(host, `it leads to ${to.host} without encryption`);
	return to;
}
/** A token is for one repository, and for reading or writing. */
function placeOf({ pathname }, method = "GET") {
	const repository = /^\/v2\/(.+?)\/(?:manifests|blobs|tags|referrers)\//.exec(pathname)?.[1] ?? "";
	return `${method === "GET" || method === "HEAD" ? "pull" : "push"} ${repository}`;
}
// src/sources/oci/registry.ts
/**
* @file The parts of the OCI distribution specification that reading takes: manifests by tag or digest, lists of tags and of
* repositories, and blobs, whole or by range. What an answer says is of no type that anybody vouches for.
*/
const MOST_PAGES = 200;
const MOST_NAMES = 1e5;
const PAGE = 1e3;
function ociRegistry(host, settings) {
	const request = ociFetch(host, settings);
	const origin = registryOrigin(host);
	const url = (path) => new URL(`${origin}/v2/${path}`);
	const headers = { Accept: MANIFESTS_TAKEN };
	const manifest = async (repository, reference) => {
		const place = `${host}/${repository}`;
		const response = await request(url(`${repository}/manifests/${reference}`), { headers });
		const named = response.headers.get("Docker-Content-Digest");
		const expected = DIGEST.test(reference) ? reference : named !== null && DIGEST.test(named) ? named : null;
		return readManifest(`${place}:${reference}`, await bytesOf(host, response, MOST_MANIFEST_BYTES), expected);
	};
	return {
		host,
		request,
		manifest,
		async digestOf(repository, tag) {
			const asked = url(`${repository}/manifests/${tag}`);
			const response = await request(asked, {
				method: "HEAD",
				headers
			}, [404, 405]);
			await response.body?.cancel();
			if (response.status === 404) return null;
			const named = response.headers.get("Docker-Content-Digest") ?? "";
			return DIGEST.test(named) ? named : (await manifest(repository, tag)).digest;
		},
		tags: (repository) => named(request, url(`${repository}/tags/list?n=${PAGE}`), {
			host,
			key: "tags"
		}),
		repositories: () => named(request, url(`_catalog?n=${PAGE}`), {
			host,
			key: "repositories"
		}),
		blobUrl: (repository, digest) => url(`${repository}/blobs/${digest}`),
		url
	};
}
/** A list over its pages. One that is older than the page before may name something again; one without end is refused. */
async function named(request, first, { host, key }) {
	const found = /* @__PURE__ */ new Set();
	let next = first;
	for (let page = 0; next !== null; page++) {
		if (page === MOST_PAGES || found.size > MOST_NAMES) throw ociAnswer(host, "its list has no end");
		const response = await request(next);
		const list = fieldsOf$1(await jsonOf(host, response))[key];
		if (list !== null && !Array.isArray(list)) throw ociAnswer(host, `it has no list of ${key}`);
		for (const name of list ?? []) if (typeof name === "string") found.add(name);
		next = nextPage(response, next, host);
	}
	return [...found].sort();
}
/** RFC 8288, as the distribution specification has it: `</v2/x/tags/list?n=2&last=b>; rel="next"`. */
function nextPage(response, from, host) {
	const link = /<([^>]*)>\s*;\s*rel="?next"?/.exec(response.headers.get("Link") ?? "")?.[1];
	if (link === void 0) return null;
	const next = URL.canParse(link, from) ? new URL(link, from) : null;
	if (next === null) throw ociAnswer(host, "its list goes on at no address");
	return new URL(`${from.origin}${next.pathname}${next.search}`);
}
export { descriptorOf as a, textOf$1 as c, reasonOf as d, requireEncrypted as f, OCI_MANIFEST as i, jsonOf as l, MOST_MANIFEST_BYTES as n, fieldsOf$1 as o, OCI_INDEX as r, layersOf as s, ociRegistry as t, patientFetch as u };
