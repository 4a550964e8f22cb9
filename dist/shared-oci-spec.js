import { i as problem } from "./shared-problem.js";
import { a as isLoopback } from "./shared-hub-settings.js";
import { t as isHubSpec } from "./shared-hub-spec.js";
// src/errors/oci.ts
/** @file Problems with OCI registries: specs, what they hold, how they answer. No message ever holds a password or token. */
const ociSpecMalformed = problem("OCI_SPEC_MALFORMED", 2, (spec, reason) => ({
	message: `${spec} names nothing in an OCI registry: ${reason}.`,
	fix: "Write oci:HOST/REPOSITORY:TAG or oci:HOST/REPOSITORY@sha256:DIGEST, as in oci:ghcr.io/acme/llama:int4."
}));
const ociRefused = problem("OCI_REFUSED", 2, (host, status, what) => ({
	message: `${host} refuses ${what} (${status}).`,
	fix: `Log in (docker login ${host}), or set SAEGATE_OCI_HOST, SAEGATE_OCI_USERNAME and SAEGATE_OCI_PASSWORD; the account has to be allowed to do that.`
}));
const ociAbsent = problem("OCI_ABSENT", 2, (host, what) => ({
	message: `${host} has no ${what} (404).`,
	fix: "Check repository and tag; they may have been deleted, and some registries say this of what may not be seen without logging in."
}));
const ociUnreachable = problem("OCI_UNREACHABLE", 3, (host, reason) => ({
	message: `${host} cannot be asked: ${reason}.`,
	fix: "Check the network, proxy settings and the name of the host; then run again."
}));
const ociAnswer = problem("OCI_ANSWER", 3, (host, reason) => ({
	message: `The answer of ${host} cannot be used: ${reason}.`,
	fix: "Check that it is an OCI registry (distribution specification), and what stands between this machine and it."
}));
const ociDamaged = problem("OCI_DAMAGED", 3, (what, reason) => ({
	message: `${what} did not arrive as its digest says: ${reason}. It was not kept.`,
	fix: "Run again. If it stays so, something between this machine and the registry changes it."
}));
const ociUnsupported = problem("OCI_UNSUPPORTED", 2, (spec, reason) => ({
	message: `${spec} cannot be read as a model: ${reason}.`,
	fix: "Store it as ModelPack (raw or tar layers, which weights gain nothing from compressing), or with `oras push` and the names of its files."
}));
const ociCredentials = problem("OCI_CREDENTIALS", 2, (where, reason) => ({
	message: `Credentials for a registry cannot be read from ${where}: ${reason}.`,
	fix: "Log in again (docker login), or set SAEGATE_OCI_HOST, SAEGATE_OCI_USERNAME and SAEGATE_OCI_PASSWORD."
}));
// src/sources/oci/oci-spec.ts
/** @file The spec of something in an OCI registry: `oci:HOST/REPOSITORY[:TAG][@sha256:DIGEST]`. */
const PREFIX = "oci:";
/** distribution-spec, "Pulling manifests": names of repositories, tags. */
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9a-fA-F:]{2,45}\])(?::\d{1,5})?$/;
const LONGEST_REPOSITORY = 255;
const isOciSpec = (spec) => spec.startsWith(PREFIX);
/** Whether a spec leads to another machine: no path of this one. */
const isRemoteSpec = (spec) => isHubSpec(spec) || isOciSpec(spec);
/** Errors: OCI_SPEC_MALFORMED. */
function parseOciSpec(text) {
	const rest = text.slice(4).replace(/^\/\//, "");
	const match = /^([^/]+)\/([^@]+?)(?::([^:@/]*))?(?:@(.*))?$/s.exec(rest);
	if (match === null) throw ociSpecMalformed(text, "a host and a repository are needed");
	const [, host = "", repository = "", tag, digest] = match;
	if (digest !== void 0 && !DIGEST.test(digest)) throw ociSpecMalformed(text, "what follows @ is sha256: and 64 hexadecimal digits");
	if (tag !== void 0 && !TAG.test(tag)) throw ociSpecMalformed(text, `"${tag}" cannot be a tag`);
	return {
		text,
		host: checkedHost(text, host),
		repository: checkedRepository(text, repository),
		tag: tag ?? (digest === void 0 ? "latest" : null),
		digest: digest ?? null
	};
}
/** Errors: OCI_SPEC_MALFORMED. */
function checkedRepository(text, repository) {
	if (repository.length <= LONGEST_REPOSITORY && REPOSITORY.test(repository)) return repository;
	throw ociSpecMalformed(text, `"${repository}" cannot be a repository, which is lower-case`);
}
/** A name without a dot or port is a repository of some default registry to other programs; here there is none. */
function checkedHost(text, host) {
	if (HOST.test(host) && (/[.:]/.test(host) || host === "localhost")) return host;
	throw ociSpecMalformed(text, `"${host}" is no host, which has a dot or a port`);
}
/** Where its API is: over https, but for this machine itself. */
function registryOrigin(host) {
	const at = host === "docker.io" || host === "index.docker.io" ? "registry-1.docker.io" : host;
	const { hostname } = new URL(`http://${at}`);
	return `${isLoopback(hostname) ? "http" : "https"}://${at}`;
}
/** The folder of a spec's blobs below the cache: by what it is written as, so that what a night deletes is one candidate's. */
function ociFolderName({ host, repository, tag, digest }) {
	const which = digest === null ? tag ?? "" : digest.replace(":", "-").slice(0, 39);
	return `oci--${[
		host,
		...repository.split("/"),
		which
	].join("--").replace(/[^A-Za-z0-9._-]/g, "-")}`;
}
export { isRemoteSpec as a, registryOrigin as c, ociCredentials as d, ociDamaged as f, ociUnsupported as h, isOciSpec as i, ociAbsent as l, ociUnreachable as m, checkedHost as n, ociFolderName as o, ociRefused as p, checkedRepository as r, parseOciSpec as s, DIGEST as t, ociAnswer as u };
