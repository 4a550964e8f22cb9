import { t as hubSpecOf } from "./shared-hub-urls.js";
import { m as hubPrefixMissing } from "./shared-pinned-files.js";
import { t as SaegateError } from "./shared-problem.js";
import { i as hubSettings } from "./shared-hub-settings.js";
import { t as isHubSpec } from "./shared-hub-spec.js";
import { a as openStandIn, i as isCaptureSpec } from "./shared-stand-in2.js";
import { t as openLocal } from "./shared-local-folder.js";
import { i as isOciSpec } from "./shared-oci-spec.js";
// src/sources/open-files.ts
/**
* @file The one door from a spec string to files: a local path, `hf:owner/name[@revision][/sub/path]` or that page's address,
* `oci:host/repository[:tag][@digest]`, `capture:SHA256`.
*/
/**
* Resolve a spec. `hub` says how the Hugging Face Hub is reached, by default as the environment says.
* Errors: FILE_MISSING and those of opening a folder; for `hf:` those of the Hub, for `oci:` OCI_*.
*/
async function openFiles(given, hub) {
	const spec = hubSpecOf(given);
	if (isOciSpec(spec)) {
		const { openOci } = await import("./shared-oci2.js");
		return openOci(spec, hub ?? hubSettings(process.env));
	}
	if (isCaptureSpec(spec)) return await openStandIn(spec, process.env);
	if (!isHubSpec(spec)) return await openPath(spec);
	const { openHub } = await import("./shared-hub2.js");
	return openHub(spec, hub ?? hubSettings(process.env));
}
/** Errors: those of opening; HUB_PREFIX_MISSING where nothing is there and the path reads like a repository. */
async function openPath(path) {
	try {
		return await openLocal(path);
	} catch (error) {
		if (error instanceof SaegateError && error.code === "FILE_MISSING" && LIKE_REPOSITORY.test(path)) throw hubPrefixMissing(path);
		throw error;
	}
}
/** `owner/name`, and no more than that. */
const LIKE_REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9][A-Za-z0-9._-]*(?:@[^/]+)?$/;
export { openFiles as t };
