import { i as __toESM, n as __exportAll } from "./shared-rolldown-runtime.js";
import { A as readBoolean, D as parseConfig, M as readCount, T as tableWithoutDigest, c as readReportText, i as loadReport, j as readChoice, l as readSmallText, m as parseReport, n as VERSION, s as readConfig, t as ENGINE_VERSION, z as readText } from "./shared-version.js";
import { n as require_tunnel, t as connectGitHub } from "./shared-github.js";
import { t as require_undici } from "./shared-undici.js";
import { i as problem, o as plainLines, t as SaegateError } from "./shared-problem.js";
import { i as runProgram, n as fitted, t as commentMarker } from "./shared-comment.js";
import { n as nvidiaDevices } from "./shared-nvidia.js";
import { n as realPath, t as isWithin } from "./shared-real-path.js";
import { B as resolveJudging, D as prose, F as requireReport, I as loadPolicy, N as readCriteria, R as isShippedPolicy, T as fenced, V as resolveRequest, a as writeReport, j as judgeBy, m as VERDICT_ICONS, t as runAudit, w as code, z as isPolicySaid } from "./shared-run-audit.js";
import { n as hubCacheFolder } from "./shared-hub-settings.js";
import { a as commentsTooMany, c as writeDenied, d as fitSummary, f as shortenedTo, i as patience, l as COMMENT_LIMIT, n as isDenied, o as deliveryFailed, r as messageOf, s as pullRequestUnknown, t as httpFailure, u as fitComment } from "./shared-patience.js";
import { n as problemOf$1 } from "./shared-last-handler.js";
import { c as identityAt, i as bytesSource, r as systemErrorCode, s as difference, u as fileMissing } from "./shared-file.js";
import { n as temporariesIn } from "./shared-leftovers.js";
import { _ as auditOptions, v as optionNamed, x as ACTION_OPTIONS, y as AUDIT_OPTIONS } from "./shared-causal-schema.js";
import { _ as optionInvalid, y as optionsMissing } from "./shared-recomputed.js";
import { S as corpusParts, T as namedPart, w as datasetPart } from "./shared-readout-scope.js";
import { r as isGlob, t as globFolder } from "./shared-globs.js";
import { r as patternRoot, t as isSaePattern } from "./shared-patterns.js";
import { a as isRemoteSpec, i as isOciSpec } from "./shared-oci-spec.js";
import { m as askedOf } from "./shared-report-schema.js";
import { n as visible, t as oneLine } from "./shared-visible.js";
import { S as headline, q as activeReadouts } from "./shared-shown.js";
import { t as schemaCheck } from "./shared-schema-check.js";
import { t as makeFolder } from "./shared-make-folder.js";
import { s as writeFileWhole } from "./shared-atomic.js";
import { n as openZip } from "./shared-open.js";
import { t as findCudaLibraries } from "./shared-cuda-libraries.js";
import { c as engineLibraries, d as isCudaPlatform, f as scriptEnvironment, l as fetchCudaProvider, s as cudaLibrary, u as hasCudaProvider } from "./shared-runtime.js";
import { t as ProgressText } from "./shared-progress-text.js";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, lstatSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { lstat as lstat$1, mkdtemp, readFile, readdir as readdir$1, rename as rename$1, rm as rm$1, writeFile as writeFile$1 } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import * as fs from "fs";
import { constants as constants$1, promises } from "fs";
import { spawn } from "node:child_process";
import * as crypto from "crypto";
import { StringDecoder } from "string_decoder";
import * as os from "os";
import os$1, { EOL } from "os";
import * as path from "path";
import * as http from "http";
import * as https from "https";
import * as events from "events";
import * as child from "child_process";
import { setTimeout as setTimeout$1 } from "timers";
// node_modules/@actions/core/lib/utils.js
/**
* Sanitizes an input into a string so it can be passed into issueCommand safely
* @param input input to sanitize into a string
*/
function toCommandValue(input) {
	if (input === null || input === void 0) return "";
	else if (typeof input === "string" || input instanceof String) return input;
	return JSON.stringify(input);
}
/**
*
* @param annotationProperties
* @returns The command properties to send with the actual annotation command
* See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
*/
function toCommandProperties(annotationProperties) {
	if (!Object.keys(annotationProperties).length) return {};
	return {
		title: annotationProperties.title,
		file: annotationProperties.file,
		line: annotationProperties.startLine,
		endLine: annotationProperties.endLine,
		col: annotationProperties.startColumn,
		endColumn: annotationProperties.endColumn
	};
}
// node_modules/@actions/core/lib/command.js
/**
* Issues a command to the GitHub Actions runner
*
* @param command - The command name to issue
* @param properties - Additional properties for the command (key-value pairs)
* @param message - The message to include with the command
* @remarks
* This function outputs a specially formatted string to stdout that the Actions
* runner interprets as a command. These commands can control workflow behavior,
* set outputs, create annotations, mask values, and more.
*
* Command Format:
*   ::name key=value,key=value::message
*
* @example
* ```typescript
* // Issue a warning annotation
* issueCommand('warning', {}, 'This is a warning message');
* // Output: ::warning::This is a warning message
*
* // Set an environment variable
* issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
* // Output: ::set-env name=MY_VAR::some value
*
* // Add a secret mask
* issueCommand('add-mask', {}, 'secretValue123');
* // Output: ::add-mask::secretValue123
* ```
*
* @internal
* This is an internal utility function that powers the public API functions
* such as setSecret, warning, error, and exportVariable.
*/
function issueCommand(command, properties, message) {
	const cmd = new Command(command, properties, message);
	process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name, message = "") {
	issueCommand(name, {}, message);
}
const CMD_STRING = "::";
var Command = class {
	constructor(command, properties, message) {
		if (!command) command = "missing.command";
		this.command = command;
		this.properties = properties;
		this.message = message;
	}
	toString() {
		let cmdStr = CMD_STRING + this.command;
		if (this.properties && Object.keys(this.properties).length > 0) {
			cmdStr += " ";
			let first = true;
			for (const key in this.properties) if (this.properties.hasOwnProperty(key)) {
				const val = this.properties[key];
				if (val) {
					if (first) first = false;
					else cmdStr += ",";
					cmdStr += `${key}=${escapeProperty(val)}`;
				}
			}
		}
		cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
		return cmdStr;
	}
};
function escapeData(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}
// node_modules/@actions/core/lib/file-command.js
function issueFileCommand(command, message) {
	const filePath = process.env[`GITHUB_${command}`];
	if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
	if (!fs.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
	fs.appendFileSync(filePath, `${toCommandValue(message)}${os.EOL}`, { encoding: "utf8" });
}
function prepareKeyValueMessage(key, value) {
	const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
	const convertedValue = toCommandValue(value);
	if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
	if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
	return `${key}<<${delimiter}${os.EOL}${convertedValue}${os.EOL}${delimiter}`;
}
// node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
	const usingSsl = reqUrl.protocol === "https:";
	if (checkBypass(reqUrl)) return;
	const proxyVar = (() => {
		if (usingSsl) return process.env["https_proxy"] || process.env["HTTPS_PROXY"];
		else return process.env["http_proxy"] || process.env["HTTP_PROXY"];
	})();
	if (proxyVar) try {
		return new DecodedURL(proxyVar);
	} catch (_a) {
		if (!proxyVar.startsWith("http://") && !proxyVar.startsWith("https://")) return new DecodedURL(`http://${proxyVar}`);
	}
	else return;
}
function checkBypass(reqUrl) {
	if (!reqUrl.hostname) return false;
	const reqHost = reqUrl.hostname;
	if (isLoopbackAddress(reqHost)) return true;
	const noProxy = process.env["no_proxy"] || process.env["NO_PROXY"] || "";
	if (!noProxy) return false;
	let reqPort;
	if (reqUrl.port) reqPort = Number(reqUrl.port);
	else if (reqUrl.protocol === "http:") reqPort = 80;
	else if (reqUrl.protocol === "https:") reqPort = 443;
	const upperReqHosts = [reqUrl.hostname.toUpperCase()];
	if (typeof reqPort === "number") upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
	for (const upperNoProxyItem of noProxy.split(",").map((x) => x.trim().toUpperCase()).filter((x) => x)) if (upperNoProxyItem === "*" || upperReqHosts.some((x) => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || upperNoProxyItem.startsWith(".") && x.endsWith(`${upperNoProxyItem}`))) return true;
	return false;
}
function isLoopbackAddress(host) {
	const hostLower = host.toLowerCase();
	return hostLower === "localhost" || hostLower.startsWith("127.") || hostLower.startsWith("[::1]") || hostLower.startsWith("[0:0:0:0:0:0:0:1]");
}
var DecodedURL = class extends URL {
	constructor(url, base) {
		super(url, base);
		this._decodedUsername = decodeURIComponent(super.username);
		this._decodedPassword = decodeURIComponent(super.password);
	}
	get username() {
		return this._decodedUsername;
	}
	get password() {
		return this._decodedPassword;
	}
};
// node_modules/@actions/http-client/lib/index.js
var import_tunnel = /* @__PURE__ */ __toESM(require_tunnel(), 1);
var import_undici = require_undici();
var __awaiter$9 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
var HttpCodes;
(function(HttpCodes) {
	HttpCodes[HttpCodes["OK"] = 200] = "OK";
	HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
	HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
	HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
	HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
	HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
	HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
	HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
	HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
	HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
	HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
	HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
	HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
	HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
	HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
	HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
	HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
	HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
	HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
	HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
	HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
	HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
	HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
	HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
	HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
	HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
	HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function(Headers) {
	Headers["Accept"] = "accept";
	Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function(MediaTypes) {
	MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
const HttpRedirectCodes = [
	HttpCodes.MovedPermanently,
	HttpCodes.ResourceMoved,
	HttpCodes.SeeOther,
	HttpCodes.TemporaryRedirect,
	HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
	HttpCodes.BadGateway,
	HttpCodes.ServiceUnavailable,
	HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = [
	"OPTIONS",
	"GET",
	"DELETE",
	"HEAD"
];
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
var HttpClientError = class HttpClientError extends Error {
	constructor(message, statusCode) {
		super(message);
		this.name = "HttpClientError";
		this.statusCode = statusCode;
		Object.setPrototypeOf(this, HttpClientError.prototype);
	}
};
var HttpClientResponse = class {
	constructor(message) {
		this.message = message;
	}
	readBody() {
		return __awaiter$9(this, void 0, void 0, function* () {
			return new Promise((resolve) => __awaiter$9(this, void 0, void 0, function* () {
				let output = Buffer.alloc(0);
				this.message.on("data", (chunk) => {
					output = Buffer.concat([output, chunk]);
				});
				this.message.on("end", () => {
					resolve(output.toString());
				});
			}));
		});
	}
	readBodyBuffer() {
		return __awaiter$9(this, void 0, void 0, function* () {
			return new Promise((resolve) => __awaiter$9(this, void 0, void 0, function* () {
				const chunks = [];
				this.message.on("data", (chunk) => {
					chunks.push(chunk);
				});
				this.message.on("end", () => {
					resolve(Buffer.concat(chunks));
				});
			}));
		});
	}
};
var HttpClient = class {
	constructor(userAgent, handlers, requestOptions) {
		this._ignoreSslError = false;
		this._allowRedirects = true;
		this._allowRedirectDowngrade = false;
		this._maxRedirects = 50;
		this._allowRetries = false;
		this._maxRetries = 1;
		this._keepAlive = false;
		this._disposed = false;
		this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
		this.handlers = handlers || [];
		this.requestOptions = requestOptions;
		if (requestOptions) {
			if (requestOptions.ignoreSslError != null) this._ignoreSslError = requestOptions.ignoreSslError;
			this._socketTimeout = requestOptions.socketTimeout;
			if (requestOptions.allowRedirects != null) this._allowRedirects = requestOptions.allowRedirects;
			if (requestOptions.allowRedirectDowngrade != null) this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
			if (requestOptions.maxRedirects != null) this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
			if (requestOptions.keepAlive != null) this._keepAlive = requestOptions.keepAlive;
			if (requestOptions.allowRetries != null) this._allowRetries = requestOptions.allowRetries;
			if (requestOptions.maxRetries != null) this._maxRetries = requestOptions.maxRetries;
		}
	}
	options(requestUrl, additionalHeaders) {
		return __awaiter$9(this, void 0, void 0, function* () {
			return this.request("OPTIONS", requestUrl, null, additionalHeaders || {});
		});
	}
	get(requestUrl, additionalHeaders) {
		return __awaiter$9(this, void 0, void 0, function* () {
			return this.request("GET", requestUrl, null, additionalHeaders || {});
		});
	}
	del(requestUrl, additionalHeaders) {
		return __awaiter$9(this, void 0, void 0, function* () {
			return this.request("DELETE", requestUrl, null, additionalHeaders || {});
		});
	}
	post(requestUrl, data, additionalHeaders) {
		return __awaiter$9(this, void 0, void 0, function* () {
			return this.request("POST", requestUrl, data, additionalHeaders || {});
		});
	}
	patch(requestUrl, data, additionalHeaders) {
		return __awaiter$9(this, void 0, void 0, function* () {
			return this.request("PATCH", requestUrl, data, additionalHeaders || {});
		});
	}
	put(requestUrl, data, additionalHeaders) {
		return __awaiter$9(this, void 0, void 0, function* () {
			return this.request("PUT", requestUrl, data, additionalHeaders || {});
		});
	}
	head(requestUrl, additionalHeaders) {
		return __awaiter$9(this, void 0, void 0, function* () {
			return this.request("HEAD", requestUrl, null, additionalHeaders || {});
		});
	}
	sendStream(verb, requestUrl, stream, additionalHeaders) {
		return __awaiter$9(this, void 0, void 0, function* () {
			return this.request(verb, requestUrl, stream, additionalHeaders);
		});
	}
	/**
	* Gets a typed object from an endpoint
	* Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
	*/
	getJson(requestUrl_1) {
		return __awaiter$9(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
			additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
			const res = yield this.get(requestUrl, additionalHeaders);
			return this._processResponse(res, this.requestOptions);
		});
	}
	postJson(requestUrl_1, obj_1) {
		return __awaiter$9(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
			const data = JSON.stringify(obj, null, 2);
			additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
			additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
			const res = yield this.post(requestUrl, data, additionalHeaders);
			return this._processResponse(res, this.requestOptions);
		});
	}
	putJson(requestUrl_1, obj_1) {
		return __awaiter$9(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
			const data = JSON.stringify(obj, null, 2);
			additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
			additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
			const res = yield this.put(requestUrl, data, additionalHeaders);
			return this._processResponse(res, this.requestOptions);
		});
	}
	patchJson(requestUrl_1, obj_1) {
		return __awaiter$9(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
			const data = JSON.stringify(obj, null, 2);
			additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
			additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
			const res = yield this.patch(requestUrl, data, additionalHeaders);
			return this._processResponse(res, this.requestOptions);
		});
	}
	/**
	* Makes a raw http request.
	* All other methods such as get, post, patch, and request ultimately call this.
	* Prefer get, del, post and patch
	*/
	request(verb, requestUrl, data, headers) {
		return __awaiter$9(this, void 0, void 0, function* () {
			if (this._disposed) throw new Error("Client has already been disposed.");
			const parsedUrl = new URL(requestUrl);
			let info = this._prepareRequest(verb, parsedUrl, headers);
			const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb) ? this._maxRetries + 1 : 1;
			let numTries = 0;
			let response;
			do {
				response = yield this.requestRaw(info, data);
				if (response && response.message && response.message.statusCode === HttpCodes.Unauthorized) {
					let authenticationHandler;
					for (const handler of this.handlers) if (handler.canHandleAuthentication(response)) {
						authenticationHandler = handler;
						break;
					}
					if (authenticationHandler) return authenticationHandler.handleAuthentication(this, info, data);
					else return response;
				}
				let redirectsRemaining = this._maxRedirects;
				while (response.message.statusCode && HttpRedirectCodes.includes(response.message.statusCode) && this._allowRedirects && redirectsRemaining > 0) {
					const redirectUrl = response.message.headers["location"];
					if (!redirectUrl) break;
					const parsedRedirectUrl = new URL(redirectUrl);
					if (parsedUrl.protocol === "https:" && parsedUrl.protocol !== parsedRedirectUrl.protocol && !this._allowRedirectDowngrade) throw new Error("Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.");
					yield response.readBody();
					if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
						for (const header in headers) if (header.toLowerCase() === "authorization") delete headers[header];
					}
					info = this._prepareRequest(verb, parsedRedirectUrl, headers);
					response = yield this.requestRaw(info, data);
					redirectsRemaining--;
				}
				if (!response.message.statusCode || !HttpResponseRetryCodes.includes(response.message.statusCode)) return response;
				numTries += 1;
				if (numTries < maxTries) {
					yield response.readBody();
					yield this._performExponentialBackoff(numTries);
				}
			} while (numTries < maxTries);
			return response;
		});
	}
	/**
	* Needs to be called if keepAlive is set to true in request options.
	*/
	dispose() {
		if (this._agent) this._agent.destroy();
		this._disposed = true;
	}
	/**
	* Raw request.
	* @param info
	* @param data
	*/
	requestRaw(info, data) {
		return __awaiter$9(this, void 0, void 0, function* () {
			return new Promise((resolve, reject) => {
				function callbackForResult(err, res) {
					if (err) reject(err);
					else if (!res) reject(/* @__PURE__ */ new Error("Unknown error"));
					else resolve(res);
				}
				this.requestRawWithCallback(info, data, callbackForResult);
			});
		});
	}
	/**
	* Raw request with callback.
	* @param info
	* @param data
	* @param onResult
	*/
	requestRawWithCallback(info, data, onResult) {
		if (typeof data === "string") {
			if (!info.options.headers) info.options.headers = {};
			info.options.headers["Content-Length"] = Buffer.byteLength(data, "utf8");
		}
		let callbackCalled = false;
		function handleResult(err, res) {
			if (!callbackCalled) {
				callbackCalled = true;
				onResult(err, res);
			}
		}
		const req = info.httpModule.request(info.options, (msg) => {
			handleResult(void 0, new HttpClientResponse(msg));
		});
		let socket;
		req.on("socket", (sock) => {
			socket = sock;
		});
		req.setTimeout(this._socketTimeout || 18e4, () => {
			if (socket) socket.end();
			handleResult(/* @__PURE__ */ new Error(`Request timeout: ${info.options.path}`));
		});
		req.on("error", function(err) {
			handleResult(err);
		});
		if (data && typeof data === "string") req.write(data, "utf8");
		if (data && typeof data !== "string") {
			data.on("close", function() {
				req.end();
			});
			data.pipe(req);
		} else req.end();
	}
	/**
	* Gets an http agent. This function is useful when you need an http agent that handles
	* routing through a proxy server - depending upon the url and proxy environment variables.
	* @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
	*/
	getAgent(serverUrl) {
		const parsedUrl = new URL(serverUrl);
		return this._getAgent(parsedUrl);
	}
	getAgentDispatcher(serverUrl) {
		const parsedUrl = new URL(serverUrl);
		const proxyUrl = getProxyUrl(parsedUrl);
		if (!(proxyUrl && proxyUrl.hostname)) return;
		return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
	}
	_prepareRequest(method, requestUrl, headers) {
		const info = {};
		info.parsedUrl = requestUrl;
		const usingSsl = info.parsedUrl.protocol === "https:";
		info.httpModule = usingSsl ? https : http;
		const defaultPort = usingSsl ? 443 : 80;
		info.options = {};
		info.options.host = info.parsedUrl.hostname;
		info.options.port = info.parsedUrl.port ? parseInt(info.parsedUrl.port) : defaultPort;
		info.options.path = (info.parsedUrl.pathname || "") + (info.parsedUrl.search || "");
		info.options.method = method;
		info.options.headers = this._mergeHeaders(headers);
		if (this.userAgent != null) info.options.headers["user-agent"] = this.userAgent;
		info.options.agent = this._getAgent(info.parsedUrl);
		if (this.handlers) for (const handler of this.handlers) handler.prepareRequest(info.options);
		return info;
	}
	_mergeHeaders(headers) {
		if (this.requestOptions && this.requestOptions.headers) return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
		return lowercaseKeys(headers || {});
	}
	/**
	* Gets an existing header value or returns a default.
	* Handles converting number header values to strings since HTTP headers must be strings.
	* Note: This returns string | string[] since some headers can have multiple values.
	* For headers that must always be a single string (like Content-Type), use the
	* specialized _getExistingOrDefaultContentTypeHeader method instead.
	*/
	_getExistingOrDefaultHeader(additionalHeaders, header, _default) {
		let clientHeader;
		if (this.requestOptions && this.requestOptions.headers) {
			const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
			if (headerValue) clientHeader = typeof headerValue === "number" ? headerValue.toString() : headerValue;
		}
		const additionalValue = additionalHeaders[header];
		if (additionalValue !== void 0) return typeof additionalValue === "number" ? additionalValue.toString() : additionalValue;
		if (clientHeader !== void 0) return clientHeader;
		return _default;
	}
	/**
	* Specialized version of _getExistingOrDefaultHeader for Content-Type header.
	* Always returns a single string (not an array) since Content-Type should be a single value.
	* Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
	* This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
	* that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
	*/
	_getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
		let clientHeader;
		if (this.requestOptions && this.requestOptions.headers) {
			const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
			if (headerValue) {
				if (typeof headerValue === "number") clientHeader = String(headerValue);
				else if (Array.isArray(headerValue)) clientHeader = headerValue.join(", ");
				else clientHeader = headerValue;
			}
		}
		const additionalValue = additionalHeaders[Headers.ContentType];
		if (additionalValue !== void 0) {
			if (typeof additionalValue === "number") return String(additionalValue);
			else if (Array.isArray(additionalValue)) return additionalValue.join(", ");
			else return additionalValue;
		}
		if (clientHeader !== void 0) return clientHeader;
		return _default;
	}
	_getAgent(parsedUrl) {
		let agent;
		const proxyUrl = getProxyUrl(parsedUrl);
		const useProxy = proxyUrl && proxyUrl.hostname;
		if (this._keepAlive && useProxy) agent = this._proxyAgent;
		if (!useProxy) agent = this._agent;
		if (agent) return agent;
		const usingSsl = parsedUrl.protocol === "https:";
		let maxSockets = 100;
		if (this.requestOptions) maxSockets = this.requestOptions.maxSockets || http.globalAgent.maxSockets;
		if (proxyUrl && proxyUrl.hostname) {
			const agentOptions = {
				maxSockets,
				keepAlive: this._keepAlive,
				proxy: Object.assign(Object.assign({}, (proxyUrl.username || proxyUrl.password) && { proxyAuth: `${proxyUrl.username}:${proxyUrl.password}` }), {
					host: proxyUrl.hostname,
					port: proxyUrl.port
				})
			};
			let tunnelAgent;
			const overHttps = proxyUrl.protocol === "https:";
			if (usingSsl) tunnelAgent = overHttps ? import_tunnel.httpsOverHttps : import_tunnel.httpsOverHttp;
			else tunnelAgent = overHttps ? import_tunnel.httpOverHttps : import_tunnel.httpOverHttp;
			agent = tunnelAgent(agentOptions);
			this._proxyAgent = agent;
		}
		if (!agent) {
			const options = {
				keepAlive: this._keepAlive,
				maxSockets
			};
			agent = usingSsl ? new https.Agent(options) : new http.Agent(options);
			this._agent = agent;
		}
		if (usingSsl && this._ignoreSslError) agent.options = Object.assign(agent.options || {}, { rejectUnauthorized: false });
		return agent;
	}
	_getProxyAgentDispatcher(parsedUrl, proxyUrl) {
		let proxyAgent;
		if (this._keepAlive) proxyAgent = this._proxyAgentDispatcher;
		if (proxyAgent) return proxyAgent;
		const usingSsl = parsedUrl.protocol === "https:";
		proxyAgent = new import_undici.ProxyAgent(Object.assign({
			uri: proxyUrl.href,
			pipelining: !this._keepAlive ? 0 : 1
		}, (proxyUrl.username || proxyUrl.password) && { token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString("base64")}` }));
		this._proxyAgentDispatcher = proxyAgent;
		if (usingSsl && this._ignoreSslError) proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, { rejectUnauthorized: false });
		return proxyAgent;
	}
	_getUserAgentWithOrchestrationId(userAgent) {
		const baseUserAgent = userAgent || "actions/http-client";
		const orchId = process.env["ACTIONS_ORCHESTRATION_ID"];
		if (orchId) return `${baseUserAgent} actions_orchestration_id/${orchId.replace(/[^a-z0-9_.-]/gi, "_")}`;
		return baseUserAgent;
	}
	_performExponentialBackoff(retryNumber) {
		return __awaiter$9(this, void 0, void 0, function* () {
			retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
			const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
			return new Promise((resolve) => setTimeout(() => resolve(), ms));
		});
	}
	_processResponse(res, options) {
		return __awaiter$9(this, void 0, void 0, function* () {
			return new Promise((resolve, reject) => __awaiter$9(this, void 0, void 0, function* () {
				const statusCode = res.message.statusCode || 0;
				const response = {
					statusCode,
					result: null,
					headers: {}
				};
				if (statusCode === HttpCodes.NotFound) resolve(response);
				function dateTimeDeserializer(key, value) {
					if (typeof value === "string") {
						const a = new Date(value);
						if (!isNaN(a.valueOf())) return a;
					}
					return value;
				}
				let obj;
				let contents;
				try {
					contents = yield res.readBody();
					if (contents && contents.length > 0) {
						if (options && options.deserializeDates) obj = JSON.parse(contents, dateTimeDeserializer);
						else obj = JSON.parse(contents);
						response.result = obj;
					}
					response.headers = res.message.headers;
				} catch (err) {}
				if (statusCode > 299) {
					let msg;
					if (obj && obj.message) msg = obj.message;
					else if (contents && contents.length > 0) msg = contents;
					else msg = `Failed request: (${statusCode})`;
					const err = new HttpClientError(msg, statusCode);
					err.result = response.result;
					reject(err);
				} else resolve(response);
			}));
		});
	}
};
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => (c[k.toLowerCase()] = obj[k], c), {});
// node_modules/@actions/http-client/lib/auth.js
var __awaiter$8 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
var BearerCredentialHandler = class {
	constructor(token) {
		this.token = token;
	}
	prepareRequest(options) {
		if (!options.headers) throw Error("The request has no headers");
		options.headers["Authorization"] = `Bearer ${this.token}`;
	}
	canHandleAuthentication() {
		return false;
	}
	handleAuthentication() {
		return __awaiter$8(this, void 0, void 0, function* () {
			throw new Error("not implemented");
		});
	}
};
// node_modules/@actions/core/lib/oidc-utils.js
var __awaiter$7 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
var OidcClient = class OidcClient {
	static createHttpClient(allowRetry = true, maxRetry = 10) {
		const requestOptions = {
			allowRetries: allowRetry,
			maxRetries: maxRetry
		};
		return new HttpClient("actions/oidc-client", [new BearerCredentialHandler(OidcClient.getRequestToken())], requestOptions);
	}
	static getRequestToken() {
		const token = process.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"];
		if (!token) throw new Error("Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable");
		return token;
	}
	static getIDTokenUrl() {
		const runtimeUrl = process.env["ACTIONS_ID_TOKEN_REQUEST_URL"];
		if (!runtimeUrl) throw new Error("Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable");
		return runtimeUrl;
	}
	static getCall(id_token_url) {
		return __awaiter$7(this, void 0, void 0, function* () {
			var _a;
			const id_token = (_a = (yield OidcClient.createHttpClient().getJson(id_token_url).catch((error) => {
				throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
			})).result) === null || _a === void 0 ? void 0 : _a.value;
			if (!id_token) throw new Error("Response json body do not have ID Token field");
			return id_token;
		});
	}
	static getIDToken(audience) {
		return __awaiter$7(this, void 0, void 0, function* () {
			try {
				let id_token_url = OidcClient.getIDTokenUrl();
				if (audience) {
					const encodedAudience = encodeURIComponent(audience);
					id_token_url = `${id_token_url}&audience=${encodedAudience}`;
				}
				debug(`ID token url is ${id_token_url}`);
				const id_token = yield OidcClient.getCall(id_token_url);
				setSecret(id_token);
				return id_token;
			} catch (error) {
				throw new Error(`Error message: ${error.message}`);
			}
		});
	}
};
// node_modules/@actions/core/lib/summary.js
var __awaiter$6 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const { access, appendFile, writeFile } = promises;
const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
	constructor() {
		this._buffer = "";
	}
	/**
	* Finds the summary file path from the environment, rejects if env var is not found or file does not exist
	* Also checks r/w permissions.
	*
	* @returns step summary file path
	*/
	filePath() {
		return __awaiter$6(this, void 0, void 0, function* () {
			if (this._filePath) return this._filePath;
			const pathFromEnv = process.env[SUMMARY_ENV_VAR];
			if (!pathFromEnv) throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
			try {
				yield access(pathFromEnv, constants$1.R_OK | constants$1.W_OK);
			} catch (_a) {
				throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
			}
			this._filePath = pathFromEnv;
			return this._filePath;
		});
	}
	/**
	* Wraps content in an HTML tag, adding any HTML attributes
	*
	* @param {string} tag HTML tag to wrap
	* @param {string | null} content content within the tag
	* @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
	*
	* @returns {string} content wrapped in HTML element
	*/
	wrap(tag, content, attrs = {}) {
		const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
		if (!content) return `<${tag}${htmlAttrs}>`;
		return `<${tag}${htmlAttrs}>${content}</${tag}>`;
	}
	/**
	* Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
	*
	* @param {SummaryWriteOptions} [options] (optional) options for write operation
	*
	* @returns {Promise<Summary>} summary instance
	*/
	write(options) {
		return __awaiter$6(this, void 0, void 0, function* () {
			const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
			const filePath = yield this.filePath();
			yield (overwrite ? writeFile : appendFile)(filePath, this._buffer, { encoding: "utf8" });
			return this.emptyBuffer();
		});
	}
	/**
	* Clears the summary buffer and wipes the summary file
	*
	* @returns {Summary} summary instance
	*/
	clear() {
		return __awaiter$6(this, void 0, void 0, function* () {
			return this.emptyBuffer().write({ overwrite: true });
		});
	}
	/**
	* Returns the current summary buffer as a string
	*
	* @returns {string} string of summary buffer
	*/
	stringify() {
		return this._buffer;
	}
	/**
	* If the summary buffer is empty
	*
	* @returns {boolen} true if the buffer is empty
	*/
	isEmptyBuffer() {
		return this._buffer.length === 0;
	}
	/**
	* Resets the summary buffer without writing to summary file
	*
	* @returns {Summary} summary instance
	*/
	emptyBuffer() {
		this._buffer = "";
		return this;
	}
	/**
	* Adds raw text to the summary buffer
	*
	* @param {string} text content to add
	* @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
	*
	* @returns {Summary} summary instance
	*/
	addRaw(text, addEOL = false) {
		this._buffer += text;
		return addEOL ? this.addEOL() : this;
	}
	/**
	* Adds the operating system-specific end-of-line marker to the buffer
	*
	* @returns {Summary} summary instance
	*/
	addEOL() {
		return this.addRaw(EOL);
	}
	/**
	* Adds an HTML codeblock to the summary buffer
	*
	* @param {string} code content to render within fenced code block
	* @param {string} lang (optional) language to syntax highlight code
	*
	* @returns {Summary} summary instance
	*/
	addCodeBlock(code, lang) {
		const attrs = Object.assign({}, lang && { lang });
		const element = this.wrap("pre", this.wrap("code", code), attrs);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML list to the summary buffer
	*
	* @param {string[]} items list of items to render
	* @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
	*
	* @returns {Summary} summary instance
	*/
	addList(items, ordered = false) {
		const tag = ordered ? "ol" : "ul";
		const listItems = items.map((item) => this.wrap("li", item)).join("");
		const element = this.wrap(tag, listItems);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML table to the summary buffer
	*
	* @param {SummaryTableCell[]} rows table rows
	*
	* @returns {Summary} summary instance
	*/
	addTable(rows) {
		const tableBody = rows.map((row) => {
			const cells = row.map((cell) => {
				if (typeof cell === "string") return this.wrap("td", cell);
				const { header, data, colspan, rowspan } = cell;
				const tag = header ? "th" : "td";
				const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
				return this.wrap(tag, data, attrs);
			}).join("");
			return this.wrap("tr", cells);
		}).join("");
		const element = this.wrap("table", tableBody);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds a collapsable HTML details element to the summary buffer
	*
	* @param {string} label text for the closed state
	* @param {string} content collapsable content
	*
	* @returns {Summary} summary instance
	*/
	addDetails(label, content) {
		const element = this.wrap("details", this.wrap("summary", label) + content);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML image tag to the summary buffer
	*
	* @param {string} src path to the image you to embed
	* @param {string} alt text description of the image
	* @param {SummaryImageOptions} options (optional) addition image attributes
	*
	* @returns {Summary} summary instance
	*/
	addImage(src, alt, options) {
		const { width, height } = options || {};
		const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
		const element = this.wrap("img", null, Object.assign({
			src,
			alt
		}, attrs));
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML section heading element
	*
	* @param {string} text heading text
	* @param {number | string} [level=1] (optional) the heading level, default: 1
	*
	* @returns {Summary} summary instance
	*/
	addHeading(text, level) {
		const tag = `h${level}`;
		const allowedTag = [
			"h1",
			"h2",
			"h3",
			"h4",
			"h5",
			"h6"
		].includes(tag) ? tag : "h1";
		const element = this.wrap(allowedTag, text);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML thematic break (<hr>) to the summary buffer
	*
	* @returns {Summary} summary instance
	*/
	addSeparator() {
		const element = this.wrap("hr", null);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML line break (<br>) to the summary buffer
	*
	* @returns {Summary} summary instance
	*/
	addBreak() {
		const element = this.wrap("br", null);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML blockquote to the summary buffer
	*
	* @param {string} text quote text
	* @param {string} cite (optional) citation url
	*
	* @returns {Summary} summary instance
	*/
	addQuote(text, cite) {
		const attrs = Object.assign({}, cite && { cite });
		const element = this.wrap("blockquote", text, attrs);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML anchor tag to the summary buffer
	*
	* @param {string} text link text/content
	* @param {string} href hyperlink
	*
	* @returns {Summary} summary instance
	*/
	addLink(text, href) {
		const element = this.wrap("a", text, { href });
		return this.addRaw(element).addEOL();
	}
};
const _summary = new Summary();
/**
* @deprecated use `core.summary`
*/
const markdownSummary = _summary;
const summary = _summary;
// node_modules/@actions/core/lib/path-utils.js
/**
* toPosixPath converts the given path to the posix form. On Windows, \\ will be
* replaced with /.
*
* @param pth. Path to transform.
* @return string Posix path.
*/
function toPosixPath(pth) {
	return pth.replace(/[\\]/g, "/");
}
/**
* toWin32Path converts the given path to the win32 form. On Linux, / will be
* replaced with \\.
*
* @param pth. Path to transform.
* @return string Win32 path.
*/
function toWin32Path(pth) {
	return pth.replace(/[/]/g, "\\");
}
/**
* toPlatformPath converts the given path to a platform-specific path. It does
* this by replacing instances of / and \ with the platform-specific path
* separator.
*
* @param pth The path to platformize.
* @return string The platform-specific path.
*/
function toPlatformPath(pth) {
	return pth.replace(/[/\\]/g, path.sep);
}
// node_modules/@actions/io/lib/io-util.js
var __awaiter$5 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs.promises;
const IS_WINDOWS$1 = process.platform === "win32";
fs.constants.O_RDONLY;
function exists(fsPath) {
	return __awaiter$5(this, void 0, void 0, function* () {
		try {
			yield stat(fsPath);
		} catch (err) {
			if (err.code === "ENOENT") return false;
			throw err;
		}
		return true;
	});
}
/**
* On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
* \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
*/
function isRooted(p) {
	p = normalizeSeparators(p);
	if (!p) throw new Error("isRooted() parameter \"p\" cannot be empty");
	if (IS_WINDOWS$1) return p.startsWith("\\") || /^[A-Z]:/i.test(p);
	return p.startsWith("/");
}
/**
* Best effort attempt to determine whether a file exists and is executable.
* @param filePath    file path to check
* @param extensions  additional file extensions to try
* @return if file exists and is executable, returns the file path. otherwise empty string.
*/
function tryGetExecutablePath(filePath, extensions) {
	return __awaiter$5(this, void 0, void 0, function* () {
		let stats = void 0;
		try {
			stats = yield stat(filePath);
		} catch (err) {
			if (err.code !== "ENOENT") console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
		}
		if (stats && stats.isFile()) {
			if (IS_WINDOWS$1) {
				const upperExt = path.extname(filePath).toUpperCase();
				if (extensions.some((validExt) => validExt.toUpperCase() === upperExt)) return filePath;
			} else if (isUnixExecutable(stats)) return filePath;
		}
		const originalFilePath = filePath;
		for (const extension of extensions) {
			filePath = originalFilePath + extension;
			stats = void 0;
			try {
				stats = yield stat(filePath);
			} catch (err) {
				if (err.code !== "ENOENT") console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
			}
			if (stats && stats.isFile()) {
				if (IS_WINDOWS$1) {
					try {
						const directory = path.dirname(filePath);
						const upperName = path.basename(filePath).toUpperCase();
						for (const actualName of yield readdir(directory)) if (upperName === actualName.toUpperCase()) {
							filePath = path.join(directory, actualName);
							break;
						}
					} catch (err) {
						console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
					}
					return filePath;
				} else if (isUnixExecutable(stats)) return filePath;
			}
		}
		return "";
	});
}
function normalizeSeparators(p) {
	p = p || "";
	if (IS_WINDOWS$1) {
		p = p.replace(/\//g, "\\");
		return p.replace(/\\\\+/g, "\\");
	}
	return p.replace(/\/\/+/g, "/");
}
function isUnixExecutable(stats) {
	return (stats.mode & 1) > 0 || (stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid() || (stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid();
}
// node_modules/@actions/io/lib/io.js
var __awaiter$4 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
/**
* Returns path of a tool had the tool actually been invoked.  Resolves via paths.
* If you check and the tool does not exist, it will throw.
*
* @param     tool              name of the tool
* @param     check             whether to check if tool exists
* @returns   Promise<string>   path to tool
*/
function which(tool, check) {
	return __awaiter$4(this, void 0, void 0, function* () {
		if (!tool) throw new Error("parameter 'tool' is required");
		if (check) {
			const result = yield which(tool, false);
			if (!result) {
				if (IS_WINDOWS$1) throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
				else throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
			}
			return result;
		}
		const matches = yield findInPath(tool);
		if (matches && matches.length > 0) return matches[0];
		return "";
	});
}
/**
* Returns a list of all occurrences of the given tool on the system path.
*
* @returns   Promise<string[]>  the paths of the tool
*/
function findInPath(tool) {
	return __awaiter$4(this, void 0, void 0, function* () {
		if (!tool) throw new Error("parameter 'tool' is required");
		const extensions = [];
		if (IS_WINDOWS$1 && process.env["PATHEXT"]) {
			for (const extension of process.env["PATHEXT"].split(path.delimiter)) if (extension) extensions.push(extension);
		}
		if (isRooted(tool)) {
			const filePath = yield tryGetExecutablePath(tool, extensions);
			if (filePath) return [filePath];
			return [];
		}
		if (tool.includes(path.sep)) return [];
		const directories = [];
		if (process.env.PATH) {
			for (const p of process.env.PATH.split(path.delimiter)) if (p) directories.push(p);
		}
		const matches = [];
		for (const directory of directories) {
			const filePath = yield tryGetExecutablePath(path.join(directory, tool), extensions);
			if (filePath) matches.push(filePath);
		}
		return matches;
	});
}
// node_modules/@actions/exec/lib/toolrunner.js
var __awaiter$3 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const IS_WINDOWS = process.platform === "win32";
var ToolRunner = class extends events.EventEmitter {
	constructor(toolPath, args, options) {
		super();
		if (!toolPath) throw new Error("Parameter 'toolPath' cannot be null or empty.");
		this.toolPath = toolPath;
		this.args = args || [];
		this.options = options || {};
	}
	_debug(message) {
		if (this.options.listeners && this.options.listeners.debug) this.options.listeners.debug(message);
	}
	_getCommandString(options, noPrefix) {
		const toolPath = this._getSpawnFileName();
		const args = this._getSpawnArgs(options);
		let cmd = noPrefix ? "" : "[command]";
		if (IS_WINDOWS) {
			if (this._isCmdFile()) {
				cmd += toolPath;
				for (const a of args) cmd += ` ${a}`;
			} else if (options.windowsVerbatimArguments) {
				cmd += `"${toolPath}"`;
				for (const a of args) cmd += ` ${a}`;
			} else {
				cmd += this._windowsQuoteCmdArg(toolPath);
				for (const a of args) cmd += ` ${this._windowsQuoteCmdArg(a)}`;
			}
		} else {
			cmd += toolPath;
			for (const a of args) cmd += ` ${a}`;
		}
		return cmd;
	}
	_processLineBuffer(data, strBuffer, onLine) {
		try {
			let s = strBuffer + data.toString();
			let n = s.indexOf(os.EOL);
			while (n > -1) {
				onLine(s.substring(0, n));
				s = s.substring(n + os.EOL.length);
				n = s.indexOf(os.EOL);
			}
			return s;
		} catch (err) {
			this._debug(`error processing line. Failed with error ${err}`);
			return "";
		}
	}
	_getSpawnFileName() {
		if (IS_WINDOWS) {
			if (this._isCmdFile()) return process.env["COMSPEC"] || "cmd.exe";
		}
		return this.toolPath;
	}
	_getSpawnArgs(options) {
		if (IS_WINDOWS) {
			if (this._isCmdFile()) {
				let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
				for (const a of this.args) {
					argline += " ";
					argline += options.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
				}
				argline += "\"";
				return [argline];
			}
		}
		return this.args;
	}
	_endsWith(str, end) {
		return str.endsWith(end);
	}
	_isCmdFile() {
		const upperToolPath = this.toolPath.toUpperCase();
		return this._endsWith(upperToolPath, ".CMD") || this._endsWith(upperToolPath, ".BAT");
	}
	_windowsQuoteCmdArg(arg) {
		if (!this._isCmdFile()) return this._uvQuoteCmdArg(arg);
		if (!arg) return "\"\"";
		const cmdSpecialChars = [
			" ",
			"	",
			"&",
			"(",
			")",
			"[",
			"]",
			"{",
			"}",
			"^",
			"=",
			";",
			"!",
			"'",
			"+",
			",",
			"`",
			"~",
			"|",
			"<",
			">",
			"\""
		];
		let needsQuotes = false;
		for (const char of arg) if (cmdSpecialChars.some((x) => x === char)) {
			needsQuotes = true;
			break;
		}
		if (!needsQuotes) return arg;
		let reverse = "\"";
		let quoteHit = true;
		for (let i = arg.length; i > 0; i--) {
			reverse += arg[i - 1];
			if (quoteHit && arg[i - 1] === "\\") reverse += "\\";
			else if (arg[i - 1] === "\"") {
				quoteHit = true;
				reverse += "\"";
			} else quoteHit = false;
		}
		reverse += "\"";
		return reverse.split("").reverse().join("");
	}
	_uvQuoteCmdArg(arg) {
		if (!arg) return "\"\"";
		if (!arg.includes(" ") && !arg.includes("	") && !arg.includes("\"")) return arg;
		if (!arg.includes("\"") && !arg.includes("\\")) return `"${arg}"`;
		let reverse = "\"";
		let quoteHit = true;
		for (let i = arg.length; i > 0; i--) {
			reverse += arg[i - 1];
			if (quoteHit && arg[i - 1] === "\\") reverse += "\\";
			else if (arg[i - 1] === "\"") {
				quoteHit = true;
				reverse += "\\";
			} else quoteHit = false;
		}
		reverse += "\"";
		return reverse.split("").reverse().join("");
	}
	_cloneExecOptions(options) {
		options = options || {};
		const result = {
			cwd: options.cwd || process.cwd(),
			env: options.env || process.env,
			silent: options.silent || false,
			windowsVerbatimArguments: options.windowsVerbatimArguments || false,
			failOnStdErr: options.failOnStdErr || false,
			ignoreReturnCode: options.ignoreReturnCode || false,
			delay: options.delay || 1e4
		};
		result.outStream = options.outStream || process.stdout;
		result.errStream = options.errStream || process.stderr;
		return result;
	}
	_getSpawnOptions(options, toolPath) {
		options = options || {};
		const result = {};
		result.cwd = options.cwd;
		result.env = options.env;
		result["windowsVerbatimArguments"] = options.windowsVerbatimArguments || this._isCmdFile();
		if (options.windowsVerbatimArguments) result.argv0 = `"${toolPath}"`;
		return result;
	}
	/**
	* Exec a tool.
	* Output will be streamed to the live console.
	* Returns promise with return code
	*
	* @param     tool     path to tool to exec
	* @param     options  optional exec options.  See ExecOptions
	* @returns   number
	*/
	exec() {
		return __awaiter$3(this, void 0, void 0, function* () {
			if (!isRooted(this.toolPath) && (this.toolPath.includes("/") || IS_WINDOWS && this.toolPath.includes("\\"))) this.toolPath = path.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
			this.toolPath = yield which(this.toolPath, true);
			return new Promise((resolve, reject) => __awaiter$3(this, void 0, void 0, function* () {
				this._debug(`exec tool: ${this.toolPath}`);
				this._debug("arguments:");
				for (const arg of this.args) this._debug(`   ${arg}`);
				const optionsNonNull = this._cloneExecOptions(this.options);
				if (!optionsNonNull.silent && optionsNonNull.outStream) optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + os.EOL);
				const state = new ExecState(optionsNonNull, this.toolPath);
				state.on("debug", (message) => {
					this._debug(message);
				});
				if (this.options.cwd && !(yield exists(this.options.cwd))) return reject(/* @__PURE__ */ new Error(`The cwd: ${this.options.cwd} does not exist!`));
				const fileName = this._getSpawnFileName();
				const cp = child.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
				let stdbuffer = "";
				if (cp.stdout) cp.stdout.on("data", (data) => {
					if (this.options.listeners && this.options.listeners.stdout) this.options.listeners.stdout(data);
					if (!optionsNonNull.silent && optionsNonNull.outStream) optionsNonNull.outStream.write(data);
					stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
						if (this.options.listeners && this.options.listeners.stdline) this.options.listeners.stdline(line);
					});
				});
				let errbuffer = "";
				if (cp.stderr) cp.stderr.on("data", (data) => {
					state.processStderr = true;
					if (this.options.listeners && this.options.listeners.stderr) this.options.listeners.stderr(data);
					if (!optionsNonNull.silent && optionsNonNull.errStream && optionsNonNull.outStream) (optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream).write(data);
					errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
						if (this.options.listeners && this.options.listeners.errline) this.options.listeners.errline(line);
					});
				});
				cp.on("error", (err) => {
					state.processError = err.message;
					state.processExited = true;
					state.processClosed = true;
					state.CheckComplete();
				});
				cp.on("exit", (code) => {
					state.processExitCode = code;
					state.processExited = true;
					this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
					state.CheckComplete();
				});
				cp.on("close", (code) => {
					state.processExitCode = code;
					state.processExited = true;
					state.processClosed = true;
					this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
					state.CheckComplete();
				});
				state.on("done", (error, exitCode) => {
					if (stdbuffer.length > 0) this.emit("stdline", stdbuffer);
					if (errbuffer.length > 0) this.emit("errline", errbuffer);
					cp.removeAllListeners();
					if (error) reject(error);
					else resolve(exitCode);
				});
				if (this.options.input) {
					if (!cp.stdin) throw new Error("child process missing stdin");
					cp.stdin.end(this.options.input);
				}
			}));
		});
	}
};
/**
* Convert an arg string to an array of args. Handles escaping
*
* @param    argString   string of arguments
* @returns  string[]    array of arguments
*/
function argStringToArray(argString) {
	const args = [];
	let inQuotes = false;
	let escaped = false;
	let arg = "";
	function append(c) {
		if (escaped && c !== "\"") arg += "\\";
		arg += c;
		escaped = false;
	}
	for (let i = 0; i < argString.length; i++) {
		const c = argString.charAt(i);
		if (c === "\"") {
			if (!escaped) inQuotes = !inQuotes;
			else append(c);
			continue;
		}
		if (c === "\\" && escaped) {
			append(c);
			continue;
		}
		if (c === "\\" && inQuotes) {
			escaped = true;
			continue;
		}
		if (c === " " && !inQuotes) {
			if (arg.length > 0) {
				args.push(arg);
				arg = "";
			}
			continue;
		}
		append(c);
	}
	if (arg.length > 0) args.push(arg.trim());
	return args;
}
var ExecState = class ExecState extends events.EventEmitter {
	constructor(options, toolPath) {
		super();
		this.processClosed = false;
		this.processError = "";
		this.processExitCode = 0;
		this.processExited = false;
		this.processStderr = false;
		this.delay = 1e4;
		this.done = false;
		this.timeout = null;
		if (!toolPath) throw new Error("toolPath must not be empty");
		this.options = options;
		this.toolPath = toolPath;
		if (options.delay) this.delay = options.delay;
	}
	CheckComplete() {
		if (this.done) return;
		if (this.processClosed) this._setResult();
		else if (this.processExited) this.timeout = setTimeout$1(ExecState.HandleTimeout, this.delay, this);
	}
	_debug(message) {
		this.emit("debug", message);
	}
	_setResult() {
		let error;
		if (this.processExited) {
			if (this.processError) error = /* @__PURE__ */ new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
			else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) error = /* @__PURE__ */ new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
			else if (this.processStderr && this.options.failOnStdErr) error = /* @__PURE__ */ new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
		}
		if (this.timeout) {
			clearTimeout(this.timeout);
			this.timeout = null;
		}
		this.done = true;
		this.emit("done", error, this.processExitCode);
	}
	static HandleTimeout(state) {
		if (state.done) return;
		if (!state.processClosed && state.processExited) {
			const message = `The STDIO streams did not close within ${state.delay / 1e3} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
			state._debug(message);
		}
		state._setResult();
	}
};
// node_modules/@actions/exec/lib/exec.js
var __awaiter$2 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
/**
* Exec a command.
* Output will be streamed to the live console.
* Returns promise with return code
*
* @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
* @param     args               optional arguments for tool. Escaping is handled by the lib.
* @param     options            optional exec options.  See ExecOptions
* @returns   Promise<number>    exit code
*/
function exec(commandLine, args, options) {
	return __awaiter$2(this, void 0, void 0, function* () {
		const commandArgs = argStringToArray(commandLine);
		if (commandArgs.length === 0) throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
		const toolPath = commandArgs[0];
		args = commandArgs.slice(1).concat(args || []);
		return new ToolRunner(toolPath, args, options).exec();
	});
}
/**
* Exec a command and get the output.
* Output will be streamed to the live console.
* Returns promise with the exit code and collected stdout and stderr
*
* @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
* @param     args                  optional arguments for tool. Escaping is handled by the lib.
* @param     options               optional exec options.  See ExecOptions
* @returns   Promise<ExecOutput>   exit code, stdout, and stderr
*/
function getExecOutput(commandLine, args, options) {
	return __awaiter$2(this, void 0, void 0, function* () {
		var _a, _b;
		let stdout = "";
		let stderr = "";
		const stdoutDecoder = new StringDecoder("utf8");
		const stderrDecoder = new StringDecoder("utf8");
		const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
		const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
		const stdErrListener = (data) => {
			stderr += stderrDecoder.write(data);
			if (originalStdErrListener) originalStdErrListener(data);
		};
		const stdOutListener = (data) => {
			stdout += stdoutDecoder.write(data);
			if (originalStdoutListener) originalStdoutListener(data);
		};
		const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), {
			stdout: stdOutListener,
			stderr: stdErrListener
		});
		const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
		stdout += stdoutDecoder.end();
		stderr += stderrDecoder.end();
		return {
			exitCode,
			stdout,
			stderr
		};
	});
}
// node_modules/@actions/core/lib/platform.js
var platform_exports = /* @__PURE__ */ __exportAll({
	arch: () => arch,
	getDetails: () => getDetails,
	isLinux: () => isLinux,
	isMacOS: () => isMacOS,
	isWindows: () => isWindows,
	platform: () => platform
});
var __awaiter$1 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const getWindowsInfo = () => __awaiter$1(void 0, void 0, void 0, function* () {
	const { stdout: version } = yield getExecOutput("powershell -command \"(Get-CimInstance -ClassName Win32_OperatingSystem).Version\"", void 0, { silent: true });
	const { stdout: name } = yield getExecOutput("powershell -command \"(Get-CimInstance -ClassName Win32_OperatingSystem).Caption\"", void 0, { silent: true });
	return {
		name: name.trim(),
		version: version.trim()
	};
});
const getMacOsInfo = () => __awaiter$1(void 0, void 0, void 0, function* () {
	var _a, _b, _c, _d;
	const { stdout } = yield getExecOutput("sw_vers", void 0, { silent: true });
	const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : "";
	return {
		name: (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : "",
		version
	};
});
const getLinuxInfo = () => __awaiter$1(void 0, void 0, void 0, function* () {
	const { stdout } = yield getExecOutput("lsb_release", [
		"-i",
		"-r",
		"-s"
	], { silent: true });
	const [name, version] = stdout.trim().split("\n");
	return {
		name,
		version
	};
});
const platform = os$1.platform();
const arch = os$1.arch();
const isWindows = platform === "win32";
const isMacOS = platform === "darwin";
const isLinux = platform === "linux";
function getDetails() {
	return __awaiter$1(this, void 0, void 0, function* () {
		return Object.assign(Object.assign({}, yield isWindows ? getWindowsInfo() : isMacOS ? getMacOsInfo() : getLinuxInfo()), {
			platform,
			arch,
			isWindows,
			isMacOS,
			isLinux
		});
	});
}
// node_modules/@actions/core/lib/core.js
var core_exports = /* @__PURE__ */ __exportAll({
	ExitCode: () => ExitCode,
	addPath: () => addPath,
	debug: () => debug,
	endGroup: () => endGroup,
	error: () => error,
	exportVariable: () => exportVariable,
	getBooleanInput: () => getBooleanInput,
	getIDToken: () => getIDToken,
	getInput: () => getInput,
	getMultilineInput: () => getMultilineInput,
	getState: () => getState,
	group: () => group,
	info: () => info,
	isDebug: () => isDebug,
	markdownSummary: () => markdownSummary,
	notice: () => notice,
	platform: () => platform_exports,
	saveState: () => saveState,
	setCommandEcho: () => setCommandEcho,
	setFailed: () => setFailed,
	setOutput: () => setOutput,
	setSecret: () => setSecret,
	startGroup: () => startGroup,
	summary: () => summary,
	toPlatformPath: () => toPlatformPath,
	toPosixPath: () => toPosixPath,
	toWin32Path: () => toWin32Path,
	warning: () => warning
});
var __awaiter = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
/**
* The code to exit an action
*/
var ExitCode;
(function(ExitCode) {
	/**
	* A code indicating that the action was successful
	*/
	ExitCode[ExitCode["Success"] = 0] = "Success";
	/**
	* A code indicating that the action was a failure
	*/
	ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
/**
* Sets env variable for this action and future actions in the job
* @param name the name of the variable to set
* @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
*/
function exportVariable(name, val) {
	const convertedVal = toCommandValue(val);
	process.env[name] = convertedVal;
	if (process.env["GITHUB_ENV"] || "") return issueFileCommand("ENV", prepareKeyValueMessage(name, val));
	issueCommand("set-env", { name }, convertedVal);
}
/**
* Registers a secret which will get masked from logs
*
* @param secret - Value of the secret to be masked
* @remarks
* This function instructs the Actions runner to mask the specified value in any
* logs produced during the workflow run. Once registered, the secret value will
* be replaced with asterisks (***) whenever it appears in console output, logs,
* or error messages.
*
* This is useful for protecting sensitive information such as:
* - API keys
* - Access tokens
* - Authentication credentials
* - URL parameters containing signatures (SAS tokens)
*
* Note that masking only affects future logs; any previous appearances of the
* secret in logs before calling this function will remain unmasked.
*
* @example
* ```typescript
* // Register an API token as a secret
* const apiToken = "abc123xyz456";
* setSecret(apiToken);
*
* // Now any logs containing this value will show *** instead
* console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
* ```
*/
function setSecret(secret) {
	issueCommand("add-mask", {}, secret);
}
/**
* Prepends inputPath to the PATH (for this action and future actions)
* @param inputPath
*/
function addPath(inputPath) {
	if (process.env["GITHUB_PATH"] || "") issueFileCommand("PATH", inputPath);
	else issueCommand("add-path", {}, inputPath);
	process.env["PATH"] = `${inputPath}${path.delimiter}${process.env["PATH"]}`;
}
/**
* Gets the value of an input.
* Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
* Returns an empty string if the value is not defined.
*
* @param     name     name of the input to get
* @param     options  optional. See InputOptions.
* @returns   string
*/
function getInput(name, options) {
	const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
	if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
	if (options && options.trimWhitespace === false) return val;
	return val.trim();
}
/**
* Gets the values of an multiline input.  Each value is also trimmed.
*
* @param     name     name of the input to get
* @param     options  optional. See InputOptions.
* @returns   string[]
*
*/
function getMultilineInput(name, options) {
	const inputs = getInput(name, options).split("\n").filter((x) => x !== "");
	if (options && options.trimWhitespace === false) return inputs;
	return inputs.map((input) => input.trim());
}
/**
* Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
* Support boolean input list: `true | True | TRUE | false | False | FALSE` .
* The return value is also in boolean type.
* ref: https://yaml.org/spec/1.2/spec.html#id2804923
*
* @param     name     name of the input to get
* @param     options  optional. See InputOptions.
* @returns   boolean
*/
function getBooleanInput(name, options) {
	const trueValue = [
		"true",
		"True",
		"TRUE"
	];
	const falseValue = [
		"false",
		"False",
		"FALSE"
	];
	const val = getInput(name, options);
	if (trueValue.includes(val)) return true;
	if (falseValue.includes(val)) return false;
	throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\nSupport boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
* Sets the value of an output.
*
* @param     name     name of the output to set
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function setOutput(name, value) {
	if (process.env["GITHUB_OUTPUT"] || "") return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
	process.stdout.write(os.EOL);
	issueCommand("set-output", { name }, toCommandValue(value));
}
/**
* Enables or disables the echoing of commands into stdout for the rest of the step.
* Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
*
*/
function setCommandEcho(enabled) {
	issue("echo", enabled ? "on" : "off");
}
/**
* Sets the action status to failed.
* When the action exits it will be with an exit code of 1
* @param message add error issue message
*/
function setFailed(message) {
	process.exitCode = ExitCode.Failure;
	error(message);
}
/**
* Gets whether Actions Step Debug is on or not
*/
function isDebug() {
	return process.env["RUNNER_DEBUG"] === "1";
}
/**
* Writes debug message to user log
* @param message debug message
*/
function debug(message) {
	issueCommand("debug", {}, message);
}
/**
* Adds an error issue
* @param message error issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function error(message, properties = {}) {
	issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Adds a warning issue
* @param message warning issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function warning(message, properties = {}) {
	issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Adds a notice issue
* @param message notice issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function notice(message, properties = {}) {
	issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Writes info to log with console.log.
* @param message info message
*/
function info(message) {
	process.stdout.write(message + os.EOL);
}
/**
* Begin an output group.
*
* Output until the next `groupEnd` will be foldable in this group
*
* @param name The name of the output group
*/
function startGroup(name) {
	issue("group", name);
}
/**
* End an output group.
*/
function endGroup() {
	issue("endgroup");
}
/**
* Wrap an asynchronous function call in a group.
*
* Returns the same type as the function itself.
*
* @param name The name of the group
* @param fn The function to wrap in the group
*/
function group(name, fn) {
	return __awaiter(this, void 0, void 0, function* () {
		startGroup(name);
		let result;
		try {
			result = yield fn();
		} finally {
			endGroup();
		}
		return result;
	});
}
/**
* Saves state for current action, the state can only be retrieved by this action's post job execution.
*
* @param     name     name of the state to store
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function saveState(name, value) {
	if (process.env["GITHUB_STATE"] || "") return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
	issueCommand("save-state", { name }, toCommandValue(value));
}
/**
* Gets the value of an state set by this action's main execution.
*
* @param     name     name of the state to get
* @returns   string
*/
function getState(name) {
	return process.env[`STATE_${name}`] || "";
}
function getIDToken(aud) {
	return __awaiter(this, void 0, void 0, function* () {
		return yield OidcClient.getIDToken(aud);
	});
}
// src/action/host.ts
/** @file The world the action runs in, as one value: what tests replace and the entry takes from the process. */
function processHost() {
	return {
		core: {
			...core_exports,
			info: (message) => info(plainLines(message))
		},
		env: process.env,
		clock: {
			now: Date.now,
			sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))
		},
		signal: cancelled(),
		connect: connectGitHub,
		runtime: {
			platform: process.platform,
			arch: process.arch,
			execPath: process.execPath,
			run: runProgram,
			hasNvidiaDriver: () => (nvidiaDevices() ?? []).length > 0
		},
		enter: (folder) => process.chdir(folder)
	};
}
/** The runner interrupts a cancelled step, and kills it some seconds later. */
function cancelled() {
	const controller = new AbortController();
	for (const signal of [
		"SIGINT",
		"SIGTERM",
		"SIGHUP"
	]) process.once(signal, () => controller.abort());
	return controller.signal;
}
// src/errors/action.ts
/** @file Problems of the GitHub Action before and around the audit: its inputs, its event, the engine it installs. */
const fileUnreadable = problem("ACTION_FILE_UNREADABLE", 2, (what, path, reason) => ({
	message: `${what} ${path} can't be read: ${reason}.`,
	fix: `Check the input and working-directory; the repository must be checked out before this step.`
}));
const eventUnreadable = problem("ACTION_EVENT_UNREADABLE", 3, (reason) => ({
	message: `The event that started this run can't be read: ${reason}.`,
	fix: "Run this action on GitHub Actions, or set GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_REPOSITORY and GITHUB_SHA as it does."
}));
const cachePathInside = problem("ACTION_CACHE_PATH", 2, (path) => ({
	message: `cache-path ${path} lies inside the workspace, where a pull request can put whatever it likes.`,
	fix: "Use a folder outside the checkout: saegate-cache in runner.temp, kept by actions/cache, or a disk of the runner’s own."
}));
const outOutside = problem("ACTION_OUT_OUTSIDE", 2, (path) => ({
	message: `out is ${path}, which does not lie below the workspace or the runner’s temporary folder (links are followed).`,
	fix: "Name a folder of the checkout for the report, such as saegate-report; later steps find it by the output report-path."
}));
const outForeign = problem("ACTION_OUT_FOREIGN", 2, (out, found) => ({
	message: `out ${out} holds ${found}, which no step of this workflow has measured: a later step would upload it with the report.`,
	fix: "Name a folder for the report that no commit has anything in, or remove what lies there."
}));
const hubCacheInside = problem("ACTION_HUB_CACHE", 2, (path) => ({
	message: `The Hub’s cache ${path} lies inside the workspace, where a pull request can put links and files of its own.`,
	fix: "Set cache-path, or HF_HOME, to a folder outside the checkout: one in runner.temp, kept by actions/cache."
}));
const pathOutside = problem("ACTION_PATH_OUTSIDE", 2, (what, path, why) => ({
	message: `${what} ${path} ${why}: nothing of it is read.`,
	fix: "What a pull request brings is read inside the workspace only, links followed. Files of the runner’s own are named in an input of the workflow."
}));
const reportCommitted = problem("ACTION_REPORT_COMMITTED", 2, (path, commit) => ({
	message: `report ${path} is a file of the checked out commit ${commit.slice(0, 12)}: whoever wrote the commit wrote it, and nobody measured it here. Nothing of it is read.`,
	fix: "Name the report that an earlier step or job of this workflow measured, in a folder that no commit has (the output report-json of that step)."
}));
const runtimePlatform = problem("ACTION_RUNTIME_PLATFORM", 2, (version, platform) => ({
	message: `onnxruntime-node ${version} has no build for ${platform}.`,
	fix: "Use a runner with Linux (x64, arm64), macOS (arm64) or Windows (x64, arm64)."
}));
const runtimeVersion = problem("ACTION_RUNTIME_VERSION", 2, (folder, found, needed) => ({
	message: `runtime-path ${folder} holds onnxruntime-node ${found}; this version of saegate needs exactly ${needed}.`,
	fix: `Install it there: npm install --ignore-scripts --prefix ${folder} onnxruntime-node@${needed}`
}));
const runtimeCuda = problem("ACTION_RUNTIME_CUDA", 2, (where) => ({
	message: `device is cuda, but ${where}.`,
	fix: "Use a Linux x64 runner with an NVIDIA driver, or set device to cpu; where runtime-path is used, run onnxruntime-node’s script/install.js --onnxruntime-node-install=cuda12 there first."
}));
const runtimeNpm = problem("ACTION_RUNTIME_NPM", 3, () => ({
	message: "npm was not found on the runner, and the engine (onnxruntime-node) is not in its tool cache yet.",
	fix: "Add actions/setup-node before this step, or install the engine yourself and name its folder with runtime-path."
}));
const runtimeInstall = problem("ACTION_RUNTIME_INSTALL", 3, (step, status, output) => ({
	message: `Installing the engine failed: ${step} ${status === null ? "did not finish in time" : `ended with ${status}`}. ${output.slice(-400).trim()}`,
	fix: "Check the runner’s network and npm configuration, or install the engine yourself and name its folder with runtime-path."
}));
const runtimeIntegrity = problem("ACTION_RUNTIME_INTEGRITY", 3, (flaw) => ({
	message: `The engine is not the one that this action ships the hashes of: ${flaw}.`,
	fix: "Check which registry npm uses on this runner and what else writes to its tool cache; do not go on with another engine."
}));
const baseUnknown = problem("ACTION_BASE_UNKNOWN", 2, (why) => ({
	message: `config-from is base, but this run's base commit is not known: ${why}.`,
	fix: "Run on pull_request, merge_group or workflow_run, or say config-from: head, which takes the rules from the checkout and says so."
}));
const baseUnreadable = problem("ACTION_BASE_UNREADABLE", 3, (what, why) => ({
	message: `The rules can't be read where they are to come from: ${what}: ${why}.`,
	fix: "Give the job permissions: contents: read and this action a github-token, or check out with fetch-depth: 0."
}));
const baseRefused = problem("ACTION_BASE_REFUSED", 2, (path, whose, why) => ({
	message: `${path} ${why}, in ${whose}: it is not read.`,
	fix: "Keep saegate.yaml, policies and lists as plain files of the repository itself."
}));
const baseWithoutRules = problem("ACTION_BASE_WITHOUT_RULES", 2, (path, whose) => ({
	message: `Nothing was judged: ${whose} has no ${path}. The pull request brings it, and is not judged by a file of its own.`,
	fix: `Have the owner of the base branch merge ${path} first, in a pull request of its own: it counts from then on. To measure this one by its own rules, say config-from: head, which the summary then names.`
}));
const baseFileDiffers = problem("ACTION_BASE_DIFFERS", 2, (what, path, how, whose) => ({
	message: `${what} ${path} is not what ${whose} has: ${how}. Only the candidate may come from the pull request.`,
	fix: `Change it in a pull request of its own, name a model of the Hub at its commit, or pin it in the workflow with the expect-…-sha256 of what it is to be. Files whose line ends the checkout changes need -text in .gitattributes.`
}));
const policyRepositoryInvalid = problem("ACTION_POLICY_REPOSITORY", 2, (value, why) => ({
	message: `policy-repository ${value}: ${why}.`,
	fix: "Write owner/name@ref (ref: a commit, tag or branch), and give policy-token where the repository is not public."
}));
const policyMissing = problem("ACTION_POLICY_MISSING", 2, () => ({
	message: "No policy is named, by the input policy or in saegate.yaml, so that nothing would be required of the candidate. Nothing was run.",
	fix: "Name one (policy: default is shipped), or say policy: none to measure without a verdict."
}));
/** Candidates named in one annotation. */
const MAX_NAMED$1 = 5;
/** Most serious first; one per rule, however many candidates and read-outs it struck. */
function annotationsOf(report, files) {
	const all = [...dissociations(report, files), ...struckRules(report, files)];
	const ordered = [...all.filter((one) => one.level === "error"), ...all.filter((one) => one.level === "warning")];
	if (ordered.length <= 10) return ordered;
	const rest = ordered.slice(9);
	const names = rest.map((one) => one.title).slice(0, MAX_NAMED$1);
	const level = rest.some((one) => one.level === "error") ? "error" : "warning";
	const message = `${rest.length} more: ${names.join("; ")}${rest.length > MAX_NAMED$1 ? "; …" : ""}. The job summary has them all.`;
	return [...ordered.slice(0, 9), {
		level,
		title: "saegate: more findings",
		message,
		place: null
	}];
}
function struckRules(report, files) {
	const byRule = /* @__PURE__ */ new Map();
	for (const [index, candidate] of report.candidates.entries()) for (const rule of candidate.rules) {
		if (rule.status !== "fail" && rule.status !== "inconclusive") continue;
		const key = JSON.stringify([
			rule.id,
			rule.status,
			rule.line ?? index
		]);
		byRule.set(key, [...byRule.get(key) ?? [], {
			rule,
			candidate,
			index
		}]);
	}
	return [...byRule.values()].map((struck) => ofRule(struck, files, report.policy?.informational === true));
}
function ofRule(struck, files, informational) {
	const { rule, index } = struck[0];
	const named = struck.slice(0, MAX_NAMED$1).map(({ rule, candidate }) => {
		const scope = rule.scope === null ? "" : ` (${rule.scope})`;
		return `${candidate.name}${scope}: ${rule.message}`;
	});
	const more = struck.length > MAX_NAMED$1 ? [`and ${struck.length - MAX_NAMED$1} more`] : [];
	return {
		level: rule.level === "error" && rule.status === "fail" && !informational ? "error" : "warning",
		title: `saegate: ${rule.id} ${rule.status === "fail" ? "fails" : "is inconclusive"}`,
		message: [...named, ...more].join("\n"),
		place: rulePlace(rule.line, files) ?? candidatePlace(index, files)
	};
}
function dissociations(report, files) {
	return report.candidates.flatMap((candidate, index) => candidate.dissociation.flag ? [{
		level: "warning",
		title: `saegate: ${candidate.name} ${candidate.dissociation.undecided === true ? "possibly " : ""}dissociates`,
		message: candidate.dissociation.reason,
		place: candidatePlace(index, files)
	}] : []);
}
const rulePlace = (line, { policy }) => policy !== null && line !== void 0 ? {
	file: policy,
	line
} : null;
function candidatePlace(index, files) {
	const line = files.candidateLine(index);
	return files.config !== null && line !== null ? {
		file: files.config,
		line
	} : null;
}
// src/report/markdown/summary.ts
/** 1 MiB counts bytes; a character of ours is at most 4. Half of it leaves room for other writers of the same step. */
const MAX_SUMMARY_CHARACTERS = 2 ** 17;
function jobSummary(report, evidence, place) {
	return fitted(report, evidence, place, MAX_SUMMARY_CHARACTERS).slice(commentMarker(place.checkName).length).trimStart();
}
// src/action/announce.ts
/** @file What the job itself shows: log lines, annotations beside the policy's and saegate.yaml's lines, job summary. */
/** One line in the log for the verdict, and at most ten annotations. `placed`: lines of the rules are those of the checkout. */
function announce({ host, file }, report, placed) {
	const { core, env } = host;
	const claimed = report.claim === void 0 ? "" : ", claimed elsewhere and not verified";
	core.info(`saegate: ${report.verdict ?? "measured, no policy"}${claimed}`);
	const annotations = annotationsOf(report, {
		policy: placed ? inRepository(report.policy?.path ?? null, env) : null,
		config: placed ? inRepository(file?.name ?? null, env) : null,
		candidateLine: (index) => file?.values.candidates?.[index] === void 0 ? null : file.lineOf(["candidates", index])
	});
	for (const { level, title, message, place } of annotations) {
		const properties = place === null ? { title } : {
			title,
			file: place.file,
			startLine: place.line
		};
		if (level === "error") core.error(message, properties);
		else core.warning(message, properties);
	}
}
/** GitHub places annotations by path from the repository's root; null: outside it, or no file at all. */
function inRepository(path, env) {
	if (path === null) return null;
	const from = relative(env.GITHUB_WORKSPACE || ".", resolve(path));
	return from === "" || from.startsWith("..") || resolve(from) === from ? null : from.replaceAll(sep, "/");
}
/** The Markdown that was written, for the check run. */
async function writeSummary({ host, inputs, event }, { report, evidence }, { banner, note }) {
	const place = {
		checkName: inputs.checkName,
		reportUrl: event.runUrl
	};
	const under = note === null ? "" : `\n<sub>${note}</sub>\n`;
	const summary = `${banner === null ? "" : `${banner}\n\n`}${jobSummary(report, evidence, place)}${under}`;
	await addSummary(host, summary);
	return summary;
}
async function addSummary({ core }, markdown) {
	try {
		await core.summary.addRaw(fitSummary(markdown), true).write();
	} catch (error) {
		core.info(`No job summary: ${error instanceof Error ? error.message : String(error)}`);
	}
}
/** Message and fix of whatever ended the run. */
function problemText(error) {
	const { message, fix } = problemOf$1(error);
	return `${message}\n${fix}`;
}
/** Message and fix, once as an annotation and once in the summary; a stack trace only for those who debug the run. */
async function announceProblem(host, error) {
	const { code, exitStatus, message, fix } = problemOf$1(error);
	const text = `${message}\n${fix}`;
	host.core.error(text, {
		title: `saegate: ${code}`,
		...placeIn(text, host.env)
	});
	if (error instanceof Error) host.core.debug(error.stack ?? "");
	await addSummary(host, `## saegate: the audit did not finish\n\n\`\`\`text\n${text.replaceAll("```", "` ` `")}\n\`\`\`\n`);
	return exitStatus;
}
/** Problems of YAML files begin with file:line:column. */
function placeIn(message, env) {
	const match = /^([^\n:]+\.ya?ml):(\d+):(\d+)/.exec(message);
	const file = inRepository(match?.[1] ?? null, env);
	return match === null || file === null ? {} : {
		file,
		startLine: Number(match[2]),
		startColumn: Number(match[3])
	};
}
// src/action/asked/audience.ts
/**
* @file Which commit a verdict is about, and on which pull request it is said: for every event that may start a run, with
* the reason where it is said on none. Pure but for the file that tells what is checked out.
*/
/** `checkedOut`: the workspace's HEAD; null: there is no repository. `hasReport`: it is judged, and nothing measured. */
function subjectOf(event, hasReport, checkedOut) {
	const { name, sha, pullRequest, measured } = event;
	const nobody = (why, askForPulls = false) => ({
		commit: sha,
		audience: {
			kind: "nobody",
			why,
			askForPulls
		}
	});
	const short = sha.slice(0, 12);
	switch (name) {
		case "pull_request": return ofPull$1(event);
		case "pull_request_target":
			if (hasReport || pullRequest !== null && checkedOut === pullRequest.headSha) return ofPull$1(event);
			return nobody(`pull_request_target checks out the base branch (${short}), so that is what was measured, and not the pull request. Run on pull_request; for forks, hand the report on as examples/workflows/fork-measure.yml and fork-comment.yml do`);
		case "workflow_run":
			if (!hasReport) return nobody(`workflow_run measures the default branch (${short}), not what the run before it was about: the input report hands that run's report on`);
			if (measured === null) return nobody(`the run that this one follows was started by ${event.followed}, not by pull_request`);
			return {
				commit: measured.sha,
				audience: {
					kind: "head",
					measured
				}
			};
		case "merge_group": return nobody(`merge_group measures what the queue is about to merge (${short}), which may be several pull requests at once: the job's exit status tells the queue`);
		case "push": return nobody(`this run was started by push and is about the commit ${short}`, true);
		default: return nobody(`this run was started by ${name || "no event"}, not by a pull request`);
	}
}
function ofPull$1({ sha, pullRequest }) {
	if (pullRequest === null) return {
		commit: sha,
		audience: {
			kind: "nobody",
			why: "the event names no pull request",
			askForPulls: false
		}
	};
	const { number, headSha, fork } = pullRequest;
	return {
		commit: headSha,
		audience: {
			kind: "pull-request",
			number,
			fork
		}
	};
}
/** The commit that a workspace has checked out; null: none that can be told. */
function checkedOutCommit(workspace) {
	const read = (name) => {
		try {
			return readFileSync(join(workspace, ".git", name), "utf8").trim();
		} catch {
			return null;
		}
	};
	const head = read("HEAD");
	const branch = /^ref: (refs\/[\w./-]+)$/.exec(head ?? "")?.[1];
	const found = branch === void 0 || branch.includes("..") ? head : read(branch);
	return found !== null && /^[0-9a-f]{40,64}$/.test(found) ? found : null;
}
// src/action/asked/developer-settings.ts
const UNHEARD = /^(?:SAEGATE_.*|ORT_.*|NVIDIA_TF32_OVERRIDE|NODE_TLS_REJECT_UNAUTHORIZED)$/i;
/** Copies of the model in memory: speed alone. */
const HEARD = /^SAEGATE_LANES$/;
/** Takes them out of the environment, and says so. */
function dropDeveloperSettings({ env, core }) {
	const names = Object.keys(env).filter((name) => UNHEARD.test(name) && !HEARD.test(name));
	if (names.length === 0) return;
	for (const name of names) delete env[name];
	core.warning(`Not heard in the action: ${names.sort().join(", ")}. A step before this one, or env: in the workflow, has set it. What there is to choose is an input (cache-path, runtime-path).`, { title: "saegate: environment" });
}
// src/action/asked/event.ts
/**
* @file What started this run, read from GITHUB_* and the event file: the repository, the commit, the pull request where
* there is one, and the run that a `workflow_run` follows. What is made of it is audience.ts' business.
*/
const PULL_EVENTS = ["pull_request", "pull_request_target"];
/** Errors: ACTION_EVENT_UNREADABLE. */
function readEvent(env) {
	const name = env.GITHUB_EVENT_NAME ?? "";
	const [owner, repo, ...rest] = (env.GITHUB_REPOSITORY ?? "").split("/");
	if (!owner || !repo || rest.length > 0) throw eventUnreadable("GITHUB_REPOSITORY is not owner/name");
	const payload = readPayload(env.GITHUB_EVENT_PATH);
	const server = env.GITHUB_SERVER_URL ?? "https://github.com";
	return {
		name,
		repository: {
			owner,
			repo
		},
		sha: env.GITHUB_SHA ?? "",
		ref: env.GITHUB_REF ?? "",
		pullRequest: PULL_EVENTS.includes(name) ? pullOf(payload, `${owner}/${repo}`) : null,
		measured: name === "workflow_run" ? measuredBy(payload) : null,
		followed: name === "workflow_run" ? String(at(payload, "workflow_run", "event")) : null,
		groupBase: shaOrNull(at(payload, "merge_group", "base_sha")),
		defaultBranch: branchOf(payload),
		isProtected: env.GITHUB_REF_PROTECTED === "true",
		apiUrl: env.GITHUB_API_URL ?? "https://api.github.com",
		runUrl: `${server}/${owner}/${repo}/actions/runs/${env.GITHUB_RUN_ID ?? ""}`
	};
}
function readPayload(path) {
	if (path === void 0 || path === "") return {};
	try {
		return JSON.parse(readFileSync(path, "utf8"));
	} catch (error) {
		throw eventUnreadable(error instanceof Error ? error.message : String(error));
	}
}
function pullOf(payload, here) {
	const number = at(payload, "pull_request", "number");
	const headSha = at(payload, "pull_request", "head", "sha");
	const baseSha = at(payload, "pull_request", "base", "sha");
	if (!isPullNumber(number) || !isSha(headSha)) throw eventUnreadable("pull_request has no number or head commit");
	const fork = at(payload, "pull_request", "head", "repo", "full_name") !== here;
	return {
		number,
		headSha,
		baseSha: shaOrNull(baseSha),
		fork
	};
}
function measuredBy(payload) {
	const run = at(payload, "workflow_run");
	if (at(run, "event") !== "pull_request") return null;
	const [sha, branch] = [at(run, "head_sha"), at(run, "head_branch")];
	const owner = at(run, "head_repository", "owner", "login");
	if (!isSha(sha) || typeof branch !== "string" || typeof owner !== "string") throw eventUnreadable("workflow_run has no head commit, branch or repository");
	const number = at(run, "pull_requests", "0", "number");
	return {
		head: `${owner}:${branch}`,
		sha,
		number: isPullNumber(number) ? number : null
	};
}
const isPullNumber = (value) => Number.isSafeInteger(value) && Number(value) > 0;
const isSha = (value) => typeof value === "string" && /^[0-9a-f]{40,64}$/.test(value);
const shaOrNull = (value) => isSha(value) ? value : null;
function branchOf(payload) {
	const name = at(payload, "repository", "default_branch");
	return typeof name === "string" && name !== "" && name.length <= 255 ? name : null;
}
function at(value, ...path) {
	let found = value;
	for (const key of path) {
		if (typeof found !== "object" || found === null) return void 0;
		found = Object.entries(found).find(([name]) => name === key)?.[1];
	}
	return found;
}
// src/action/asked/foreign-files.ts
/** What a report is made of, by path inside its folder; folders end with a slash. */
const OURS = /^(?:report\.json|origin\.json|(?:report-[0-9a-f]{16}\/)?(?:report\.md|report\.html|features\/(?:[^/]+\.parquet)?)?)$/;
/** The first of them by its path inside the folder, links included; null: there is none. Errors: those of listing. */
async function foreignFile(folder) {
	const { dead } = await temporariesIn(folder);
	return await foreignIn(folder, "", new Set(dead));
}
async function foreignIn(folder, prefix, dead) {
	for (const entry of await entriesOf(join(folder, prefix))) {
		const path = `${prefix}${entry.name}`;
		if (dead.has(join(folder, path))) continue;
		if (entry.isDirectory() ? !OURS.test(`${path}/`) : !entry.isFile() || !OURS.test(path)) return path;
		const inside = entry.isDirectory() ? await foreignIn(folder, `${path}/`, dead) : null;
		if (inside !== null) return inside;
	}
	return null;
}
/** Sorted, so that the same one is named each time. None where there is no such folder. */
async function entriesOf(folder) {
	try {
		return (await readdir$1(folder, { withFileTypes: true })).sort((a, b) => a.name < b.name ? -1 : 1);
	} catch (error) {
		if (systemErrorCode(error) === "ENOENT") return [];
		throw error;
	}
}
// src/action/asked/inputs.ts
/**
* @file The action's inputs as one plain object, read by the same readers as flags. Tokens are masked as they are read,
* before anything can be printed.
*/
/** An input that is not set is the empty string: absent. Errors: OPTION_INVALID. */
function readInputs(core) {
	const [githubToken, hfToken] = [secret(core, "githubToken"), secret(core, "hfToken")];
	const policyToken = secret(core, "policyToken");
	const given = (name) => {
		const { input } = optionNamed(name);
		const value = input === null ? "" : core.getInput(input);
		return value.trim() === "" ? null : value;
	};
	const label = (name) => `input ${optionNamed(name).input}`;
	const text = (name) => {
		const value = given(name);
		return value === null ? null : readText(label(name), value, optionNamed(name).type);
	};
	const flag = (name) => {
		const value = given(name);
		const { type, default: absent } = ACTION_OPTIONS[name];
		return value === null ? absent : readBoolean(label(name), value, type);
	};
	const { comment, configFrom, failOn, checkName, workingDirectory, jobTotal } = ACTION_OPTIONS;
	const from = given("configFrom");
	return {
		audit: auditInputs(given),
		config: text("config"),
		configFrom: from === null ? null : readChoice(label("configFrom"), from, configFrom.type.choices),
		policyRepository: text("policyRepository"),
		policyToken: policyToken ?? githubToken,
		report: text("report"),
		comment: readChoice(label("comment"), given("comment") ?? comment.default, comment.type.choices),
		checkName: (text("checkName") ?? checkName.default).slice(0, 100),
		checkRun: flag("checkRun"),
		failOn: readChoice(label("failOn"), given("failOn") ?? failOn.default, failOn.type.choices),
		skipUnchanged: flag("skipUnchanged"),
		workingDirectory: text("workingDirectory") ?? workingDirectory.default,
		matrix: text("matrix"),
		jobTotal: readCount(label("jobTotal"), given("jobTotal") ?? 1, jobTotal.type),
		cachePath: text("cachePath"),
		runtimePath: text("runtimePath"),
		githubToken,
		hfToken
	};
}
/** Several values stand on a line each. */
function auditInputs(given) {
	const values = auditOptions.flatMap(({ name, multi }) => {
		const value = name === "config" ? null : given(name);
		if (value === null) return [];
		const lines = value.split(/\r?\n/).map((line) => line.trim());
		return [[name, multi ? lines.filter((line) => line !== "") : value]];
	});
	return {
		origin: "input",
		values: Object.fromEntries(values)
	};
}
function secret(core, name) {
	const value = core.getInput(optionNamed(name).input ?? "").trim();
	if (value === "") return null;
	core.setSecret(value);
	return value;
}
// src/action/digest.ts
/** @file Digests of texts and files. */
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
/** Of a file's bytes, read in pieces. */
async function sha256File(path) {
	const hash = createHash("sha256");
	for await (const chunk of createReadStream(path)) hash.update(chunk);
	return hash.digest("hex");
}
// src/action/asked/job.ts
/**
* @file Which job this is, of which run: jobs that report under one check-name are told apart by it, places of a matrix
* included. From GITHUB_* and the `matrix` and `job-total` inputs, whose defaults are GitHub's own expressions.
*/
const MAX_TITLE = 100;
/** Errors: OPTION_INVALID. */
function readJob(env, { checkName, matrix, jobTotal }) {
	const [repository, job, step] = [
		env.GITHUB_REPOSITORY ?? "",
		env.GITHUB_JOB ?? "",
		env.GITHUB_ACTION ?? ""
	];
	const workflow = (env.GITHUB_WORKFLOW_REF ?? "").replace(`${repository}/`, "").replace(/@.*$/, "");
	const values = matrixValues(matrix);
	const leg = values.length === 0 ? "" : JSON.stringify(values);
	const title = `${[job || "job", ...step === "" || step.startsWith("__") ? [] : [step]].join(", ")}${placeOf$2(values)}`;
	return {
		key: sha256(JSON.stringify([
			workflow,
			job,
			step,
			leg
		])).slice(0, 12),
		group: sha256(JSON.stringify([
			workflow,
			job,
			step
		])).slice(0, 12),
		leg,
		legs: leg === "" || isPerLeg(checkName, values) ? 1 : Math.max(1, jobTotal),
		title: title.length > MAX_TITLE ? `${title.slice(0, 99)}…` : title,
		workflow,
		run: wholeNumber(env.GITHUB_RUN_ID),
		attempt: wholeNumber(env.GITHUB_RUN_ATTEMPT) || 1
	};
}
const placeOf$2 = (values) => values.length === 0 ? "" : ` (${values.map(([, value]) => value).join(", ")})`;
/** A name that says the place in the matrix is that place's alone: nobody else is waited for under it. */
const isPerLeg = (checkName, values) => values.some(([, value]) => value !== "" && checkName.includes(value));
/** The matrix' values in words, by key; empty: there is none. */
function matrixValues(text) {
	if (text === null) return [];
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw optionInvalid("input matrix", text, "the JSON of the matrix, as its default gives it");
	}
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).map(([key, one]) => [key, typeof one === "object" ? JSON.stringify(one) : String(one)]).sort(([a], [b]) => a < b ? -1 : 1);
}
function wholeNumber(text) {
	const value = Number(text);
	return Number.isSafeInteger(value) && value > 0 ? value : 0;
}
// src/corpus/places/local-paths.ts
/** @file Which paths of this machine a corpus spec may read, for whoever has to look at them before they are opened. */
/**
* The spec as one path, because a file of that very name comes before any other reading, then its parts: files and
* folders, and of a glob the folder before its first wildcard. None for what lies on the Hub.
*/
function corpusPaths(source) {
	if (source.startsWith("tokens:")) return [source.slice(7)];
	const parts = corpusParts(source).filter((part) => namedPart(part) === null && datasetPart(part) === null);
	const paths = parts.map((part) => isGlob(part) ? globFolder(part) || "." : part);
	return parts.length === 0 ? [] : [.../* @__PURE__ */ new Set([source, ...paths])];
}
// src/action/asked/own-paths.ts
/**
* @file What a pull request brings is read inside the workspace only: links are followed first, and .git, where a checkout may
* keep a token, is no part of it. What an input says of files outside is the base's word.
*
* Links inside a model's folder are the stages' business (sources/local-folder.ts): none leaves it.
*/
/** Is what is checked out somebody's who is to be judged? */
const bringsFiles = ({ name, pullRequest }) => pullRequest !== null || name === "merge_group";
/** Errors: ACTION_PATH_OUTSIDE. */
function requireOwnPath({ what, path, byHead }, workspace) {
	const full = resolve(path);
	if (![resolve(workspace), realPath(resolve(workspace))].some((top) => `${full}${sep}`.startsWith(`${top}${sep}`))) {
		if (byHead) throw pathOutside(what, path, "lies outside the workspace");
		return;
	}
	if (!isWithin(full, workspace)) throw pathOutside(what, path, "is a link, or is reached through one, that leaves the workspace");
	if (relative(realPath(resolve(workspace)), realPath(full)).split(sep).some(isGitFolder)) throw pathOutside(what, path, "lies in .git");
}
/** Under every name that some disk takes for .git: capitals, invisible characters, dots and spaces at the end, short names, streams. */
const isGitFolder = (name) => /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(name.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ""));
/** `headDecides`: saegate.yaml is the pull request's own; else `added` candidates alone are. */
function ownPaths(request, { audit }, { headDecides, added }) {
	const byHead = (name) => headDecides && audit.values[name] === void 0;
	const of = (name, specs) => specs.flatMap((spec) => {
		if (spec === null) return [];
		const isHead = byHead(name) || name === "candidate" && added.includes(spec);
		return (name === "corpus" ? corpusPaths(spec) : localPaths(spec)).map((path) => ({
			what: AUDIT_OPTIONS[name].input ?? name,
			path,
			byHead: isHead
		}));
	});
	return [
		...of("reference", [request.reference]),
		...of("candidate", request.candidates),
		...of("sae", request.saes.flatMap(({ source }) => isSaePattern(source) ? [source, patternRoot(source)] : [source])),
		...of("corpus", [request.corpus.source]),
		...of("tokenizer", [request.tokenizer]),
		...of("baseline", [request.baseline === "base" ? null : request.baseline])
	];
}
/** None: no file of this machine. */
function localPaths(spec) {
	return isRemoteSpec(spec) || /^(rtn|prune):/.test(spec) ? [] : [spec];
}
// src/action/asked/kept-captures.ts
/** The request without them where they may not be used, which is told. */
function ownCaptures(request, event, tell) {
	if (request.captures === void 0 || !bringsFiles(event)) return request;
	const { captures: _left, ...rest } = request;
	tell("saegate: captureCacheSize is left unused here: whoever can write to the cache would decide what was measured of a pull request");
	return rest;
}
// src/gate/as-asked.ts
const MOST = 50;
const MOST_CHARACTERS = 300;
/** One clause per difference, `what: X is asked for, and the report has Y`; none: as asked. `config` null: nothing here says what to measure. */
function differencesFrom(report, config) {
	if (config === null) return ["nothing here says which reference, SAE and corpus to measure with"];
	const all = [
		...differs("reference", config.reference, report.reference.spec),
		...ofCandidates(report, config),
		...ofSaes(report, config),
		...ofCorpus(report, config),
		...ofSettings(report, config)
	];
	const more = all.length > MOST ? [`and ${all.length - MOST} more`] : [];
	return [...all.slice(0, MOST), ...more].map((text) => oneLine(text).slice(0, MOST_CHARACTERS));
}
const words = (value) => value === null ? "none" : String(value);
const differs = (what, asked, found) => asked === found ? [] : [`${what}: ${words(asked)} is asked for, and the report has ${words(found)}`];
/** More than are asked for may be judged; none may be left out. */
function ofCandidates({ candidates }, config) {
	return config.candidates.filter((asked) => !candidates.some(({ spec }) => spec === asked)).map((asked) => `candidates: ${asked} is asked for, and the report has none of it`);
}
/** The spec that named a read-out. */
const givenFor = ({ sae, pattern }) => pattern ?? sae;
function ofSaes({ readouts }, { saes, positions }) {
	const missing = saes.flatMap(({ source, hook, center }, i) => {
		const found = readouts.filter((one) => givenFor(one) === source);
		if (found.length === 0) return [`saes[${i}]: ${source} is asked for, and the report has none of it`];
		const [first] = found;
		const here = hook === null ? first : found.find((one) => one.hook === hook) ?? first;
		return (here === void 0 ? [] : here.pattern === void 0 ? [here] : found).flatMap((here) => [
			...hook === null ? [] : differs(`saes[${i}].hook`, hook, here.hook),
			...center === null ? [] : differs(`saes[${i}].center`, center, here.center),
			...positions === "auto" ? [] : differs(`saes[${i}]: positions`, positions, here.positions)
		]);
	});
	const asked = new Set(saes.map(({ source }) => source));
	const added = readouts.filter((one) => !asked.has(givenFor(one))).map(({ sae }) => `saes: ${sae} is not asked for`);
	return [...missing, ...added];
}
function ofCorpus({ corpus, asked }, config) {
	const { source, blockLength, tokens, bos } = config.corpus;
	const perSequence = corpus.blockLength - (corpus.bos === null ? 0 : 1);
	const used = corpus.blocks * perSequence;
	const isShort = asked === void 0 && tokens !== null && used + perSequence <= tokens;
	return [
		...differs("corpus", source, corpus.spec),
		...differs("corpus.blockLength", blockLength, corpus.blockLength),
		...bos === "auto" ? [] : differs("corpus.bos", bos, corpus.bos === null ? "never" : "always"),
		...isShort || tokens !== null && used > tokens ? differs("corpus.tokens", tokens, used) : [],
		...corpus.tokens === corpus.blocks * corpus.blockLength ? [] : [`corpus.tokens: the report has ${corpus.tokens} in ${corpus.blocks} sequences of ${corpus.blockLength}`]
	];
}
function ofSettings(report, config) {
	if (report.asked === void 0) return ["settings: the report is of an older version and does not say how it was asked for"];
	const here = askedOf(config);
	const there = new Map(Object.entries(report.asked));
	return [...Object.entries(here).flatMap(([name, value]) => differs(name, value, there.get(name) ?? null)), ...ofProtocol(report, config)];
}
/** What was asked for shows in the figures that are there. */
function ofProtocol({ candidates }, { perplexity }) {
	return candidates.flatMap(({ name, perplexity: { chunked, sliding } }) => [...perplexity.chunked && chunked === null ? [`perplexity: ${name} has no chunked one`] : [], ...perplexity.sliding !== null && (sliding?.window !== perplexity.sliding.window || sliding.stride !== perplexity.sliding.stride) ? [`perplexity: ${name} has no sliding=${perplexity.sliding.window}/${perplexity.sliding.stride}`] : []]);
}
// src/action/claim.ts
/** `measurement` as it was handed on, marked as a claim where it is one. Errors: TABLE_WITHOUT_DIGEST, OPTION_*. */
function handedOn(run, measurement) {
	const by = claimantOf(run.event);
	if (by === null) return measurement;
	const { report } = measurement;
	for (const { features } of report.candidates) for (const { table, tableSha256, replicates, replicatesSha256 } of features) {
		if (typeof tableSha256 !== "string") throw tableWithoutDigest(table);
		if (replicates !== null && typeof replicatesSha256 !== "string") throw tableWithoutDigest(replicates);
	}
	const claim = {
		by,
		differences: [...differencesFrom(report, askedHere(run))]
	};
	return {
		...measurement,
		report: {
			...report,
			claim
		}
	};
}
/**
* Who measured what these events hand on. A step before this one has run in the pull request's checkout, by whatever
* saegate.yaml lies there; null: nobody's who is to be judged.
*/
function claimantOf(event) {
	if (event.name === "pull_request_target") return event.pullRequest?.fork === false ? "run" : "fork";
	if (event.name === "workflow_run") return event.measured?.head.startsWith(`${event.repository.owner}:`) === false ? "fork" : "run";
	return bringsFiles(event) ? "step" : null;
}
/** What would be measured here; null: nobody says. Errors: OPTION_*. */
function askedHere({ inputs, file }) {
	try {
		return resolveRequest(inputs.audit, file);
	} catch (error) {
		if (error instanceof SaegateError && error.code === optionsMissing.code) return null;
		throw error;
	}
}
// src/delivery/check-run.ts
/**
* @file A check run on request. It is opened before the audit and closed after it, so that a run that dies is not left
* green. GitHub may file it under another workflow; the job's exit status stays the gate.
*/
/** Never throws: the problem is handed back, and the run goes on without a check run. */
async function openCheckRun(github, patience, head) {
	const problemOf = (error) => {
		const failure = httpFailure(error);
		return isDenied(failure) ? writeDenied("check run", failure?.status ?? 403, head.fork, true) : deliveryFailed("check run", messageOf(error));
	};
	try {
		const id = await patience.with(() => github.startCheckRun(head.name, head.sha));
		return { async finish(content) {
			const fitted = {
				...content,
				summary: fitComment(content.summary)
			};
			try {
				await patience.with(() => github.finishCheckRun(id, fitted));
				return null;
			} catch (error) {
				return problemOf(error);
			}
		} };
	} catch (error) {
		return problemOf(error);
	}
}
// src/delivery/pull-request.ts
/**
* @file Which pull request a `workflow_run` is about. Its event comes from GitHub, not from the fork; still the answer is
* checked: an open pull request of this repository whose head is exactly the commit that was measured.
*
* GitHub leaves `workflow_run.pull_requests` empty for forks, so the head repository and branch are asked for instead.
*/
/** Errors: DELIVERY_PULL_REQUEST_UNKNOWN, and what GitHub answers. */
async function findPullRequest(github, patience, measured) {
	const { number, head, sha } = measured;
	const found = number === null ? await patience.with(() => github.pullRequestsFrom(head)) : [await patience.with(() => github.pullRequest(number))];
	const matching = found.filter((pull) => pull.open && pull.headSha === sha);
	if (matching.length === 1) return matching[0].number;
	const reason = matching.length === 0 ? `${found.length} found, none at that commit` : `${matching.length} found`;
	throw pullRequestUnknown(head, sha, reason);
}
const KEY = "^[0-9a-f]{12}$";
const whole$1 = {
	type: "integer",
	minimum: 0,
	maximum: Number.MAX_SAFE_INTEGER
};
const key = {
	type: "string",
	pattern: KEY
};
const stateSchema = {
	type: "object",
	additionalProperties: false,
	required: ["check", "sections"],
	properties: {
		check: { type: "string" },
		sections: {
			type: "array",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"key",
					"job",
					"of",
					"title",
					"commit",
					"run",
					"attempt",
					"digest",
					"verdict"
				],
				properties: {
					key: {
						...key,
						description: "Of the job: workflow, job, step and place in the matrix."
					},
					job: {
						...key,
						description: "The same but for the place in the matrix."
					},
					of: {
						...whole$1,
						description: "How many places of the matrix report under this name."
					},
					title: {
						type: "string",
						maxLength: 200
					},
					commit: {
						type: "string",
						maxLength: 64
					},
					run: whole$1,
					attempt: whole$1,
					digest: {
						type: "string",
						maxLength: 64,
						description: "Of what the section says, volatile parts aside."
					},
					verdict: { enum: [
						"pass",
						"fail",
						"inconclusive",
						"unfinished",
						null
					] }
				}
			},
			maxItems: 256
		}
	}
};
const check$1 = schemaCheck(stateSchema);
const OPEN = "<!-- saegate-state ";
const CLOSE = " -->";
/** More than a comment may have. */
const MAX_STATE = 65536;
const ESCAPES = {
	"-": "\\u002d",
	"<": "\\u003c",
	">": "\\u003e"
};
/** The first two lines of a comment: its check's marker and its state. */
function stateLines(state) {
	const text = JSON.stringify(state).replace(/(?<=-)-|[<>]/g, (char) => ESCAPES[char]);
	return `${commentMarker(state.check)}\n${OPEN}${text}${CLOSE}\n`;
}
/** Whether a comment is this check's: nothing but its first line counts, so that a quotation is none. */
const isCommentOf = (body, checkName) => body.startsWith(commentMarker(checkName));
/** The state of this check's comment; null where there is none, or another version's. */
function readState(body, checkName) {
	const start = commentMarker(checkName).length + 1;
	const end = body.indexOf(CLOSE, start);
	if (!isCommentOf(body, checkName) || !body.startsWith(OPEN, start) || end < 0) return null;
	const state = parseState(body.slice(start + 19, end));
	return state?.check === checkName ? state : null;
}
/** A state from its text; null when it is none. */
function parseState(text) {
	const value = text.length > MAX_STATE ? null : parsed$1(text);
	return check$1()(value) ? value : null;
}
function parsed$1(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
// src/delivery/sections.ts
/**
* @file What one comment says for all jobs that report under its name: whose sections are kept, and how they are put
* together. Pure.
*
* Sections of the same commit stand side by side; a job's newer run replaces its older one; another commit's sections go
* when a newer run reports, and a run that is older than what stands there says nothing. The heading is that of the worst
* section, and never a tick before every place of the matrix has reported.
*/
/** The sections of one or several comments of a check: of the same job the newest. */
function sectionsIn(bodies, checkName) {
	const newest = /* @__PURE__ */ new Map();
	for (const body of bodies) {
		if (!isCommentOf(body, checkName)) continue;
		for (const state of readState(body, checkName)?.sections ?? []) {
			const section = {
				state,
				body: bodyOf(body, state.key)
			};
			const known = newest.get(state.key);
			if (known === void 0 || isNewer(state, known.state)) newest.set(state.key, section);
		}
	}
	return [...newest.values()];
}
const isNewer = (a, b) => a.run === b.run ? a.attempt > b.attempt : a.run > b.run;
const begin = (key) => `<!-- saegate-section ${key} -->\n`;
const end = (key) => `\n<!-- saegate-end ${key} -->`;
/** What a section quotes is no mark of ours: U+2060 WORD JOINER has no width. */
const withoutMarks = (body) => body.replaceAll("<!-- saegate-", "<!--⁠ saegate-");
function bodyOf(comment, key) {
	const from = comment.indexOf(begin(key));
	const to = comment.indexOf(end(key), from);
	return from < 0 || to < 0 ? "" : comment.slice(from + begin(key).length, to);
}
/** What stands there after `own` has reported; null: what stands there is newer, and stays. */
function merged(there, own) {
	const { key, commit } = own.state;
	if (there.some(({ state }) => (state.commit !== commit || state.key === key) && isNewer(state, own.state))) return null;
	return [...there.filter(({ state }) => state.commit === commit && state.key !== key), own].sort((a, b) => a.state.title < b.state.title ? -1 : 1).slice(0, 256);
}
/** Places of the matrix that are yet to report. */
function awaited(sections) {
	return [...new Set(sections.map(({ state }) => state.job))].reduce((sum, job) => {
		const legs = sections.filter(({ state }) => state.job === job);
		return sum + Math.max(0, Math.max(...legs.map(({ state }) => state.of)) - legs.length);
	}, 0);
}
/** From the most serious on. */
const ORDER = [
	"fail",
	"unfinished",
	"inconclusive",
	null,
	"pass"
];
/** The whole comment, under GitHub's limit: the worst first. */
function composed(checkName, all) {
	const sections = [...all].sort((a, b) => ORDER.indexOf(a.state.verdict) - ORDER.indexOf(b.state.verdict));
	const head = stateLines({
		check: checkName,
		sections: sections.map((one) => one.state)
	});
	const overall = sections.length === 1 && awaited(sections) === 0 ? "" : `${warnings(sections)}${overview(checkName, sections)}`;
	const wrapping = sections.reduce((sum, { state }) => sum + begin(state.key).length + end(state.key).length + 8, 0);
	const bodies = sharing(sections.map((one) => withoutMarks(one.body)), COMMENT_LIMIT - head.length - overall.length - wrapping);
	const wrapped = sections.flatMap(({ state: { key } }, index) => {
		const body = bodies[index] ?? "";
		return body === "" ? [] : [`${begin(key)}${body}${end(key)}`];
	});
	return `${[head + overall, ...wrapped].join("\n").trimEnd()}\n`;
}
/** Least characters that a section is worth. */
const LEAST_SHARE = 300;
/** Texts shortened to fit together: what short ones leave, long ones share. Empty where there is not enough for any. */
function sharing(texts, room) {
	const shares = /* @__PURE__ */ new Map();
	const byLength = texts.map((text, index) => ({
		index,
		length: text.length
	}));
	byLength.sort((a, b) => a.length - b.length);
	let [left, remaining] = [room, texts.length];
	for (const { index, length } of byLength) {
		const share = Math.min(length, Math.floor(left / remaining));
		shares.set(index, share);
		left -= share;
		remaining -= 1;
	}
	return texts.map((text, index) => {
		const share = shares.get(index) ?? 0;
		if (text.length <= share) return text;
		return share < LEAST_SHARE ? "" : shortenedTo(text, share);
	});
}
/** A section that begins with a quoted line has something to say before any verdict: it comes first. */
const MAX_WARNINGS = 3;
const MAX_WARNING = 3e3;
function warnings(sections) {
	const first = sections.map(({ body }) => (/^> .*/.exec(body)?.[0] ?? "").slice(0, MAX_WARNING));
	return [...new Set(first.filter((line) => line !== ""))].slice(0, MAX_WARNINGS).map((line) => `${line}\n\n`).join("");
}
/** Words and sign of a verdict; `null`: measured, no policy. */
const WORDS$1 = {
	pass: "passes",
	fail: "fails",
	inconclusive: "is inconclusive",
	unfinished: "did not finish"
};
const signOf = (verdict) => verdict === null ? "📏" : verdict === "unfinished" ? "❌" : VERDICT_ICONS[verdict];
function overview(checkName, sections) {
	const counts = ORDER.map((verdict) => ({
		verdict,
		count: sections.filter(({ state }) => state.verdict === verdict).length
	})).filter(({ count }) => count > 0);
	const missing = awaited(sections);
	const worst = counts[0]?.verdict ?? null;
	const sign = missing > 0 && !(worst === "fail" || worst === "unfinished") ? "⏳" : signOf(worst);
	const words = counts.map(({ verdict, count }) => `${count} ${verdict === null ? "measured" : WORDS$1[verdict]}`);
	const wait = missing === 0 ? [] : [`${missing} still to report`];
	const rows = sections.map(({ state }) => `| ${signOf(state.verdict)} | ${code(state.title)} | ${state.verdict ?? "measured"} |`);
	return `## ${sign} ${code(checkName)}: ${[...words, ...wait].join(", ")}

| | job | verdict |
| --- | --- | --- |
${rows.join("\n")}

`;
}
/** Between looks, where other jobs write too: looking and writing takes them well under a second. */
const SETTLE_MS = 1500;
/** Never throws: a comment that can't be written is reported, and changes nothing else. */
async function deliverComment(connection, request) {
	if (request.when === "never") return { kind: "not-wanted" };
	try {
		return await write(connection, request);
	} catch (error) {
		if (error instanceof SaegateError) return {
			kind: "failed",
			problem: error
		};
		const failure = httpFailure(error);
		return {
			kind: "failed",
			problem: isDenied(failure) ? writeDenied("pull-request comment", failure?.status ?? 403, request.fork, request.checkRun) : deliveryFailed("pull-request comment", messageOf(error))
		};
	}
}
function planFor({ when, checkName, section }, there) {
	const { verdict, key, digest, commit } = section.state;
	const [first, ...extra] = there;
	if (when === "never") return { kind: "not-wanted" };
	if (first === void 0) return when !== "on-failure" || verdict !== "pass" && verdict !== null ? {
		kind: "create",
		body: composed(checkName, [section])
	} : { kind: "not-wanted" };
	const standing = sectionsIn(there.map((comment) => comment.body), checkName);
	const next = merged(standing, section);
	const remove = extra.map((comment) => comment.id);
	const update = (sections) => ({
		kind: "update",
		id: first.id,
		body: composed(checkName, sections),
		remove
	});
	if (next === null) return extra.length === 0 ? { kind: "newer-stands" } : update(standing);
	const same = standing.find(({ state }) => state.key === key)?.state;
	return same?.digest === digest && same.commit === commit && standing.length === next.length && extra.length === 0 && when !== "always" ? { kind: "unchanged" } : update(next);
}
async function write(connection, request) {
	const { patience, clock } = connection;
	let done;
	for (let look = 0; look < 8; look++) {
		const when = done !== void 0 && request.when === "always" ? "on-change" : request.when;
		const next = await patience.with(() => step(connection, {
			...request,
			when
		}));
		if (!isWritten(next)) return done ?? next;
		const isAlone = !next.isShared && next.kind === "updated";
		done = {
			...next,
			kind: done?.kind ?? next.kind
		};
		if (isAlone) break;
		if (next.isShared) await clock.sleep(SETTLE_MS);
	}
	return done ?? { kind: "unchanged" };
}
const isWritten = (result) => "url" in result;
/** Look once, and write where something is to be written. */
async function step(connection, request) {
	const { github, patience } = connection;
	const plan = planFor(request, await findComments(connection, request.pullRequest, request.checkName));
	if (plan.kind === "create") return {
		kind: "created",
		url: await github.createComment(request.pullRequest, plan.body),
		isShared: isShared([request.section])
	};
	if (plan.kind !== "update") return { kind: plan.kind };
	const url = await github.updateComment(plan.id, plan.body);
	for (const id of plan.remove) await patience.with(() => github.deleteComment(id));
	const all = sectionsIn([plan.body], request.checkName);
	return {
		kind: "updated",
		url,
		isShared: isShared(all) || plan.remove.length > 0
	};
}
const isShared = (sections) => sections.length > 1 || awaited(sections) > 0;
/** Our comments for a check, oldest first. Errors: DELIVERY_COMMENTS_TOO_MANY, and what GitHub answers. */
async function findComments({ github, patience }, number, checkName) {
	const viewer = await viewerOrNull(github, patience);
	const found = [];
	for (let page = 1; page <= 100; page++) {
		const { comments, more } = await patience.with(() => github.commentPage(number, page));
		found.push(...comments.filter((comment) => isOurs(comment, viewer) && isCommentOf(comment.body, checkName)));
		if (!more) return found.sort((a, b) => a.id - b.id);
	}
	throw commentsTooMany(number, 100);
}
/** Where the token may not ask who it is, ours are taken to be a bot's: nobody else's comment is ever overwritten. */
const isOurs = (comment, viewer) => viewer === null ? comment.bot : comment.author === viewer;
async function viewerOrNull(github, patience) {
	try {
		return await patience.with(() => github.viewer());
	} catch {
		return null;
	}
}
// src/action/outcome.ts
/** The worst over candidates and read-outs. */
function outcomeOf(report, blocks) {
	const features = report.candidates.flatMap(activeReadouts);
	const changes = report.candidates.flatMap(({ perplexity }) => perplexity.chunked ?? perplexity.sliding ?? []);
	const rules = report.candidates.flatMap((candidate) => candidate.rules);
	return {
		verdict: report.verdict,
		blocks,
		warns: rules.some((rule) => rule.level === "warning" && rule.status === "fail"),
		survived: least(features.map((one) => one.survived.fraction)),
		degraded: most(features.map((one) => one.degraded.fraction)),
		damaged: most(features.map((one) => one.damaged.fraction)),
		perplexityDelta: most(changes.map((one) => one.deltaPercent)),
		dissociation: report.candidates.some((candidate) => candidate.dissociation.flag),
		referenceSha256: report.reference.sha256,
		candidateSha256: report.candidates.flatMap(({ sha256 }) => sha256 ?? []),
		binding: report.policy !== null && !report.policy.informational && report.claim === void 0,
		claimed: report.claim !== void 0
	};
}
const finite = (values) => values.filter(Number.isFinite);
const least = (values) => finite(values).length === 0 ? null : Math.min(...finite(values));
const most = (values) => finite(values).length === 0 ? null : Math.max(...finite(values));
/** 0 or 1; an audit that could not run has a status of its own, whatever fail-on says. */
function exitStatus(outcome, failOn) {
	if (failOn === "never") return 0;
	return outcome.blocks || failOn === "warning" && outcome.warns ? 1 : 0;
}
/** Could another verdict have stopped the job? A green one that could not says nothing of the candidate. */
const isEnforced = (outcome, failOn) => outcome.binding && failOn !== "never";
/** What a check run says: green is a pass alone, whatever let the job go on. */
function checkConclusion(outcome, status) {
	if (status === 1) return "failure";
	return outcome.verdict === "pass" ? "success" : "neutral";
}
function outputsOf(outcome, failOn) {
	const number = (value) => value === null ? "" : String(value);
	return {
		verdict: outcome.verdict ?? "",
		survived: number(outcome.survived),
		degraded: number(outcome.degraded),
		damaged: number(outcome.damaged),
		"perplexity-delta": number(outcome.perplexityDelta),
		dissociation: String(outcome.dissociation),
		"reference-sha256": outcome.referenceSha256,
		"candidate-sha256": outcome.candidateSha256.join("\n"),
		claimed: String(outcome.claimed),
		enforced: String(isEnforced(outcome, failOn))
	};
}
/** Of what a comment says: four significant digits of every figure; time, device and speed left out. */
function digestOf(report) {
	const { createdAt: _, tool, ...rest } = report;
	const rounded = (_key, value) => typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
	return sha256(JSON.stringify({
		version: tool.version,
		...rest
	}, rounded)).slice(0, 16);
}
// src/action/deliver.ts
const noCheck = { finish: async () => {} };
function warn({ core }, problem) {
	core.warning(`${problem.message}\n${problem.fix}`, { title: `saegate: ${problem.code}` });
}
/** null: there is no token. Its patience is for one delivery. */
const connectionOf = (started) => connectionTo(started, started.inputs.githubToken, started.event.repository);
function connectionTo({ host, event }, token, repository) {
	if (token === null) return null;
	return {
		github: host.connect(token, event.apiUrl, repository),
		patience: patience(host.clock, host.core.info),
		clock: host.clock
	};
}
/**
* Opened before the audit, so that a run that dies does not leave the commit green. Of check runs with one name GitHub shows
* the last one only, so each place of a matrix has a name of its own.
*/
async function openCheck(started) {
	const { host, inputs, event, job, subject } = started;
	if (!inputs.checkRun) return noCheck;
	const link = connectionOf(started);
	if (link === null) {
		host.core.info("No check run: github-token is empty");
		return noCheck;
	}
	const head = {
		name: job.legs > 1 ? `${inputs.checkName}: ${job.title}` : inputs.checkName,
		sha: subject.commit,
		fork: event.pullRequest?.fork ?? false
	};
	const opened = await openCheckRun(link.github, link.patience, head);
	if (opened instanceof SaegateError) {
		warn(host, opened);
		return noCheck;
	}
	return { async finish(content) {
		const problem = await opened.finish(content);
		if (problem !== null) warn(host, problem);
	} };
}
/** The pull request to speak on; null: none, and the log says why. */
async function targetOf({ host, subject }, { github, patience }) {
	const { audience } = subject;
	if (audience.kind === "pull-request") return audience;
	if (audience.kind === "head") return {
		number: await findPullRequest(github, patience, audience.measured),
		fork: false
	};
	const open = audience.askForPulls ? (await patience.with(() => github.pullRequestsWith(subject.commit))).filter((pull) => pull.open) : [];
	const others = open.length === 0 ? "" : `; ${open.map(({ number }) => `#${number}`).join(", ")} ${open.length === 1 ? "is" : "are"} open with that commit, and a run on pull_request comments there`;
	host.core.info(`No comment: ${audience.why}${others}`);
	return null;
}
/** Characters of a section; GitHub's 65,536 also hold the state and what other jobs say. */
const BODY_LIMIT = 62e3;
/** What this job says in the comment. */
function sectionOf(run, { report, evidence }, { banner, note }) {
	const place = {
		checkName: run.inputs.checkName,
		reportUrl: run.event.runUrl
	};
	const above = banner === null ? "" : `${banner}\n\n`;
	const room = BODY_LIMIT - above.length;
	const body = `${fitted(report, evidence, place, room)}${footer(run, note)}`;
	return {
		state: stateOf(run, report.verdict, sha256(above + digestOf(report)).slice(0, 16)),
		body: above + body.slice(commentMarker(run.inputs.checkName).length).trim()
	};
}
/** The same where the base has no gate yet, so that nothing was judged. */
function unjudgedSection(started, why) {
	const heading = `## ❔ ${code(started.inputs.checkName)}: inconclusive, nothing was judged`;
	return {
		state: stateOf(started, "inconclusive", sha256(why).slice(0, 16)),
		body: `${heading}\n\n${prose(why, MAX_PROBLEM)}\n\n${footer(started, null)}`
	};
}
/** The same where the audit ended in a problem: what a comment says of an earlier commit must not stay. */
function unfinishedSection(started, problem) {
	const heading = `## ❌ ${code(started.inputs.checkName)}: the audit did not finish`;
	return {
		state: stateOf(started, "unfinished", sha256(problem).slice(0, 16)),
		body: `${heading}\n\n${fenced(problem.slice(0, MAX_PROBLEM), "text")}\n\n${footer(started, null)}`
	};
}
const MAX_PROBLEM = 4e3;
function stateOf({ job, subject, inputs }, verdict, digest) {
	const { key, group, legs, title, run, attempt } = job;
	return {
		key,
		job: group,
		of: inputs.comment === "on-failure" ? 1 : legs,
		title,
		commit: subject.commit,
		run,
		attempt,
		digest,
		verdict
	};
}
/** Never throws, and changes no verdict. */
async function postComment(started, section) {
	const { host, inputs } = started;
	if (inputs.comment === "never") return;
	const { audience } = started.subject;
	if (audience.kind === "nobody" && !audience.askForPulls) {
		host.core.info(`No comment: ${audience.why}`);
		return;
	}
	const link = connectionOf(started);
	if (link === null) {
		host.core.info("No comment: github-token is empty");
		return;
	}
	try {
		const target = await targetOf(started, link);
		if (target === null) return;
		const outcome = await deliverComment(link, {
			pullRequest: target.number,
			fork: target.fork,
			checkRun: inputs.checkRun,
			when: inputs.comment,
			checkName: inputs.checkName,
			section
		});
		if (outcome.kind === "failed") warn(host, outcome.problem);
		else host.core.info(`Comment: ${WORDS[outcome.kind]}${"url" in outcome ? ` ${outcome.url}` : ""}`);
	} catch (error) {
		warn(host, error instanceof SaegateError ? error : deliveryFailed("pull-request comment", messageOf(error)));
	}
}
const WORDS = {
	created: "created",
	updated: "updated",
	unchanged: "unchanged",
	"not-wanted": "not wanted",
	"newer-stands": "left alone, because a newer run has reported"
};
function footer({ event, inputs, subject }, note) {
	const name = inputs.checkName.replaceAll(/[^\p{L}\p{N} ._-]/gu, "");
	const notes = [...subject.audience.kind === "head" ? ["measured by an unprivileged run of the fork"] : [], ...note === null ? [] : [note]].map((text) => ` · ${text}`).join("");
	return `<sub>${name} · commit ${subject.commit.slice(0, 12)} · [run and artifacts](${event.runUrl})${notes}</sub>`;
}
// src/action/earlier/origin.ts
/**
* @file Where a report comes from: origin.json beside report.json, written by the action that measured it. It goes with
* the report into artifacts and caches, where a later run asks whose it is. It proves nothing by itself: what is taken
* by it is confirmed with GitHub, or belongs to nobody who could gain by it.
*/
const ORIGIN_FILE = "origin.json";
const text = {
	type: "string",
	maxLength: 1e3
};
const whole = {
	type: "integer",
	minimum: 0,
	maximum: Number.MAX_SAFE_INTEGER
};
const check = schemaCheck({
	type: "object",
	additionalProperties: false,
	required: [
		"version",
		"repository",
		"workflow",
		"check",
		"leg",
		"run",
		"attempt",
		"commit",
		"pull",
		"fork",
		"fingerprint",
		"reportSha256"
	],
	properties: {
		version: { const: 1 },
		repository: text,
		workflow: text,
		check: text,
		leg: {
			type: "string",
			maxLength: 1e5
		},
		run: whole,
		attempt: whole,
		commit: text,
		pull: {
			type: ["integer", "null"],
			description: "The pull request; null: the run was for a branch."
		},
		fork: { type: "boolean" },
		fingerprint: {
			type: ["string", "null"],
			maxLength: 64,
			description: "Of what was measured; null: not known."
		},
		reportSha256: text
	}
});
const MAX_ORIGIN = 2 ** 20;
/** null: none. */
function parseOrigin(json) {
	if (json.length > MAX_ORIGIN) return null;
	try {
		const value = JSON.parse(json);
		return check()(value) ? value : null;
	} catch {
		return null;
	}
}
/** null: none, or none that can be read. */
function readOrigin(folder) {
	try {
		return parseOrigin(readFileSync(join(folder, ORIGIN_FILE), "utf8"));
	} catch {
		return null;
	}
}
async function writeOrigin(folder, origin) {
	await writeFileWhole(join(folder, ORIGIN_FILE), `${JSON.stringify(origin, null, 2)}\n`);
}
// src/action/earlier/memory.ts
/**
* @file What is kept under cache-path of each pull request or branch: the origin of its last report. It only says where to
* look: the report itself is an artifact of that run, and whatever somebody writes here decides nothing.
*/
const textOf = (scope) => scope.kind === "pull" ? `pull ${scope.number}` : `ref ${scope.name}`;
const folderOf = ({ cachePath, check, leg }, scope) => join(cachePath, "reports", scope.kind, sha256(JSON.stringify([
	check,
	leg,
	textOf(scope)
])).slice(0, 24));
/** null: none, or none that can be read. */
function recall(place, scope) {
	const origin = readOrigin(folderOf(place, scope));
	return origin === null || origin.check !== place.check || origin.leg !== place.leg ? null : origin;
}
/** What cannot be kept is not kept: `note` is told. */
async function remember(place, scope, origin, note) {
	try {
		const folder = folderOf(place, scope);
		await makeFolder(folder);
		await writeOrigin(folder, origin);
	} catch (error) {
		note(`cache-path: what was measured is not kept: ${error instanceof Error ? error.message : String(error)}`);
	}
}
// src/action/rules/git-objects.ts
/**
* @file Objects of a checkout, by one git that stays as long as it is asked: a process for each object is most of what reading rules costs.
*
* Nothing is fetched, and no program of the checkout is run.
*/
/** No lazy fetch of a partial clone, no repository that files of the checkout make up, no replaced objects, no refusal because the checkout is somebody else's in a container. */
const SETTINGS = [
	"-c",
	"protocol.allow=never",
	"-c",
	"safe.directory=*",
	"-c",
	"safe.bareRepository=explicit"
];
const LIMIT_MS = 6e4;
/** Then it is let go; the next object starts another one. */
const IDLE_MS = 100;
const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/** `ID TYPE SIZE` */
const HEADER = /^[0-9a-f]+ (commit|tree|blob|tag) (\d{1,15})$/;
const MOST_HEADER_BYTES = 256;
/** One object at a time, in the order asked for. */
function gitObjects(folder) {
	let git = null;
	let last = Promise.resolve();
	const answer = async (type, id, maxBytes) => {
		if (!ID.test(id)) return null;
		if (git === null || git.isDone()) git = new RunningGit(folder);
		return await git.object(type, id, maxBytes);
	};
	return { read(type, id, maxBytes) {
		const next = last.then(() => answer(type, id, maxBytes));
		last = next;
		return next;
	} };
}
/** `git cat-file --batch`: for an id on its input a header, the object, and a line end. */
var RunningGit = class {
	#child;
	#asked = null;
	#arrived = [];
	#size = 0;
	#done = false;
	#timer = null;
	constructor(folder) {
		const env = {
			PATH: process.env.PATH,
			GIT_NO_REPLACE_OBJECTS: "1",
			GIT_NO_LAZY_FETCH: "1",
			GIT_TERMINAL_PROMPT: "0",
			GIT_OPTIONAL_LOCKS: "0"
		};
		this.#child = spawn("git", [
			...SETTINGS,
			"-C",
			folder,
			"cat-file",
			"--batch"
		], { env });
		this.#child.stdout.on("data", (bytes) => this.#take(bytes));
		this.#child.stderr.resume();
		for (const stream of [this.#child, this.#child.stdin]) stream.on("error", () => this.#end());
		this.#child.on("close", () => this.#end());
	}
	isDone() {
		return this.#done;
	}
	object(type, id, maxBytes) {
		this.#wait(LIMIT_MS, () => this.#end());
		return new Promise((done) => {
			this.#asked = {
				type,
				maxBytes,
				done
			};
			this.#child.stdin.write(`${id}\n`);
		});
	}
	#take(bytes) {
		this.#arrived.push(bytes);
		this.#size += bytes.length;
		if (!(this.#asked !== null && this.#read(this.#asked))) this.#end();
	}
	/** False: git is of no more use. What is too large is not waited for. */
	#read({ type, maxBytes }) {
		const [first = this.#join()] = this.#arrived;
		const head = first.includes(10) ? first : this.#join();
		const end = head.indexOf(10);
		if (end < 0) return this.#size < MOST_HEADER_BYTES;
		const [, found = null, written = ""] = HEADER.exec(head.toString("latin1", 0, end)) ?? [];
		const size = Number(written);
		if (found !== null && (found !== type || size > maxBytes)) return false;
		if (found === null) this.#answer(null);
		else if (this.#size > end + 1 + size) this.#answer(new Uint8Array(this.#join().subarray(end + 1, end + 1 + size)));
		return true;
	}
	#join() {
		const whole = Buffer.concat(this.#arrived);
		this.#arrived = [whole];
		return whole;
	}
	#answer(bytes) {
		const asked = this.#asked;
		this.#asked = null;
		this.#arrived = [];
		this.#size = 0;
		this.#wait(IDLE_MS, () => {
			this.#done = true;
			this.#child.stdin.end();
		});
		asked?.done(bytes);
	}
	/** Nothing more comes of it. */
	#end() {
		if (!this.#done) this.#child.kill();
		this.#done = true;
		this.#answer(null);
	}
	#wait(milliseconds, then) {
		if (this.#timer !== null) clearTimeout(this.#timer);
		if (!this.#done) this.#timer = setTimeout(then, milliseconds);
	}
};
// src/action/rules/objects.ts
/**
* @file Commits, trees and blobs of a repository by their ids: from the objects that the checkout has, and what is not among
* them (a checkout has one commit only, unless it is told otherwise) from GitHub's API.
*
* An id is a hash of what it names, so that what is read is held against it, wherever it comes from (trees of the API come
* as a list, over https). Nothing is fetched by git, and no program of the checkout is run.
*/
/** A commit's text; a tree of 100,000 entries. */
const MAX_META_BYTES = 16 * 2 ** 20;
/** `folder`: a checkout, null: there is none. `api`: null: there is no token. Errors: ACTION_BASE_UNREADABLE. */
function objectsOf(folder, api) {
	const git = folder === null ? null : gitObjects(folder);
	const used = /* @__PURE__ */ new Set();
	const local = async (type, id, maxBytes) => {
		const bytes = git === null ? null : await git.read(type, id, maxBytes);
		if (bytes === null || hashOf$1(type, bytes, id) !== id) return null;
		used.add("the checkout’s objects");
		return bytes;
	};
	const remote = async (what, ask) => {
		if (api === null) throw baseUnreadable(what, "the checkout does not have it, and github-token is empty");
		try {
			const answer = await api.patience.with(() => ask(api.github));
			used.add("GitHub’s API");
			return answer;
		} catch (error) {
			throw baseUnreadable(what, `the checkout does not have it, and GitHub answers: ${messageOf(error)}`);
		}
	};
	const blob = async (id, maxBytes) => {
		const found = await local("blob", id, maxBytes);
		if (found !== null) return found;
		const bytes = await remote(`blob ${id}`, (github) => github.blobObject(id));
		if (hashOf$1("blob", bytes, id) !== id) throw baseUnreadable(`blob ${id}`, "GitHub answers with another one");
		return bytes.length > maxBytes ? null : bytes;
	};
	return {
		commit: remembered(async (id) => {
			const bytes = await local("commit", id, MAX_META_BYTES);
			if (bytes !== null) return parseCommit(bytes);
			return remote(`commit ${id}`, (github) => github.commitObject(id));
		}),
		tree: remembered(async (id) => {
			const bytes = await local("tree", id, MAX_META_BYTES);
			if (bytes !== null) return parseTree(bytes, id.length / 2);
			const { lines, whole } = await remote(`folder ${id}`, (github) => github.treeObject(id));
			if (!whole) throw baseUnreadable(`folder ${id}`, "it has too many entries for GitHub’s API");
			return lines.map(({ path, mode, sha }) => ({
				name: path,
				kind: kindOf(mode),
				id: sha
			}));
		}),
		blob,
		used: () => [...used].sort().join(" and ")
	};
}
/** Each id is asked for once; what has failed is asked for again. */
function remembered(read) {
	const known = /* @__PURE__ */ new Map();
	return async (id) => {
		const there = known.get(id);
		if (there !== void 0) return there;
		const value = await read(id);
		known.set(id, value);
		return value;
	};
}
/** git's name for some content: sha1, or sha256 where `like` is such a one. */
function hashOf$1(type, bytes, like) {
	return createHash(like.length === 64 ? "sha256" : "sha1").update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
}
function parseCommit(bytes) {
	const head = Buffer.from(bytes).toString("utf8").split("\n\n")[0] ?? "";
	const named = (word) => head.split("\n").flatMap((line) => line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []);
	return {
		tree: named("tree")[0] ?? "",
		parents: named("parent")
	};
}
/** `mode name\0id`, again and again. */
function parseTree(bytes, idLength) {
	const entries = [];
	const buffer = Buffer.from(bytes);
	for (let at = 0; at < buffer.length;) {
		const [space, end] = [buffer.indexOf(32, at), buffer.indexOf(0, at)];
		const next = end + 1 + idLength;
		entries.push({
			name: buffer.toString("utf8", space + 1, end),
			kind: kindOf(buffer.toString("latin1", at, space)),
			id: buffer.toString("hex", end + 1, next)
		});
		at = next;
	}
	return entries;
}
function kindOf(mode) {
	if (/^0?40000$/.test(mode)) return "folder";
	if (mode === "120000") return "link";
	return mode === "160000" ? "submodule" : "file";
}
// src/action/earlier/artifact.ts
/**
* @file A report out of a run's artifact: the zip as GitHub gives it, unpacked as far as it is a report of one's own check.
* What is in it is believed no further than its digests reach.
*/
/** Bytes of one artifact, packed or not: tables of a million features in every read-out. */
const MAX_ARTIFACT_BYTES = 2 ** 30;
/** The folder with report.json, its tables and its origin below `into`; null: no report that `isWanted`. Errors: NPZ_MALFORMED, those of writing. */
async function unpackReport(zip, name, into, isWanted) {
	const archive = await openZip(bytesSource(name, zip));
	const folder = await wantedFolder(archive, isWanted);
	if (folder === null) return null;
	let left = MAX_ARTIFACT_BYTES;
	for (const member of archive.members.values()) {
		if (!member.name.startsWith(folder) || !isOfReport(member.name.slice(folder.length))) continue;
		left -= member.byteLength;
		if (left < 0) return null;
		const path = join(into, member.name.slice(folder.length));
		await makeFolder(dirname(path));
		await writeFile$1(path, await archive.readMember(member));
	}
	return into;
}
const isOfReport = (name) => name === "report.json" || name === "origin.json" || /^(?:report-[0-9a-f]{16}\/)?features\/[^/]+$/.test(name);
/** The prefix of the first origin that is wanted: several folders may have been kept together. */
async function wantedFolder(archive, isWanted) {
	for (const member of archive.members.values()) {
		if (member.name !== "origin.json" && !member.name.endsWith(`/origin.json`)) continue;
		const origin = parseOrigin(new TextDecoder().decode(await archive.readMember(member)));
		if (origin !== null && isWanted(origin)) return member.name.slice(0, -11);
	}
	return null;
}
// src/action/earlier/uploaded.ts
/**
* @file The report that a run uploaded, out of its artifacts: only the jobs of a run can add to them, so that who writes into
* caches or comments has no say in what it measured.
*/
/** Artifacts of other runs are never looked into. Throws what GitHub's refusal to list them throws. */
async function uploadedBy(run, link, wanted) {
	const { github, patience } = link;
	const artifacts = await patience.with(() => github.artifactsOf(wanted.run));
	let count = 0;
	for (const artifact of likeliest(artifacts, run.inputs.checkName).slice(0, wanted.most)) {
		count += 1;
		const found = await inArtifact(run, link, artifact, wanted);
		if (found !== null) return {
			found,
			count
		};
	}
	return {
		found: null,
		count
	};
}
/** Those whose name tells of us first: each is downloaded whole to see what is in it. */
function likeliest(artifacts, checkName) {
	const rank = ({ name }) => name.includes(checkName) || /saegate/i.test(name) ? 0 : 1;
	return artifacts.filter(({ byteLength }) => byteLength <= MAX_ARTIFACT_BYTES).sort((a, b) => rank(a) - rank(b) || b.id - a.id);
}
async function inArtifact(run, { github, patience }, artifact, wanted) {
	try {
		const zip = await patience.with(() => github.artifactZip(artifact.id));
		const into = await mkdtemp(join(run.host.env.RUNNER_TEMP || tmpdir(), "saegate-earlier-"));
		let origin = null;
		const isWanted = (one) => {
			if (one.run !== wanted.run || !wanted.isOwn(one)) return false;
			origin = one;
			return true;
		};
		const folder = await unpackReport(zip, `artifact ${artifact.name}`, into, isWanted);
		return folder === null || origin === null ? null : await asStored(folder, origin, artifact.name);
	} catch (error) {
		run.host.core.info(`artifact ${artifact.name} of run ${wanted.run} is passed over: ${messageOf(error)}`);
		return null;
	}
}
/** null: it is another report than its origin speaks of. */
async function asStored(folder, origin, artifact) {
	const json = join(folder, "report.json");
	return await sha256File(json) === origin.reportSha256 ? {
		json,
		origin,
		artifact
	} : null;
}
// src/action/earlier/reuse.ts
/** Artifacts of the run that are looked into. */
const MAX_ARTIFACTS$1 = 20;
/** What this run's pull request, or else its branch, is kept under. Another one's never speaks for it. */
function scopeOf({ event }) {
	return event.pullRequest === null ? {
		kind: "ref",
		name: event.ref
	} : {
		kind: "pull",
		number: event.pullRequest.number
	};
}
function placeOf$1({ inputs, job }) {
	return inputs.cachePath === null ? null : {
		cachePath: inputs.cachePath,
		check: inputs.checkName,
		leg: job.leg
	};
}
/** null: something has changed, or nobody can tell; the log says which. */
async function unchanged(run, fingerprint) {
	try {
		return await reused(run, fingerprint);
	} catch (error) {
		if (!(error instanceof Anew)) throw error;
		run.host.core.info(`skip-unchanged: measured anew, because ${error.message}`);
		return null;
	}
}
/** Why it is measured anew. */
var Anew = class extends Error {};
async function reused(run, fingerprint) {
	const place = placeOf$1(run);
	if (place === null) throw new Anew("cache-path is not set, so it is not known which run measured it");
	const kept = recall(place, scopeOf(run));
	if (kept === null) throw new Anew("no run of this check is known that measured it");
	if (kept.fingerprint !== fingerprint) throw new Anew("what the verdict depends on has changed");
	const link = connectionOf(run);
	if (link === null) throw new Anew(`github-token is empty, so nobody confirms run ${kept.run}`);
	const ended = await confirmed(run, link, kept);
	const isOwn = (origin) => JSON.stringify(origin) === JSON.stringify(kept);
	const { found, count } = await asked(kept, () => uploadedBy(run, link, {
		run: ended.id,
		isOwn,
		most: MAX_ARTIFACTS$1
	}));
	if (found === null) throw new Anew(`none of the ${count} artifacts of run ${ended.id} holds the report that it is to have made: upload its report-path`);
	try {
		return {
			measurement: await run.tools.load(found.json),
			run: ended.id,
			commit: kept.commit,
			succeeded: ended.conclusion === "success"
		};
	} catch (error) {
		throw new Anew(`the report of run ${ended.id} can't be read: ${messageOf(error)}`);
	}
}
/** What GitHub does not answer is not confirmed. */
async function asked({ run }, ask) {
	try {
		return await ask();
	} catch (error) {
		throw new Anew(isDenied(httpFailure(error)) ? `GitHub does not confirm run ${run}: the workflow needs permissions: actions: read` : `GitHub does not confirm run ${run}: ${messageOf(error)}`);
	}
}
/** The run as GitHub knows it: of this workflow, for that commit, with a verdict. */
async function confirmed(run, link, kept) {
	const { event, job } = run;
	const found = await asked(kept, () => link.patience.with(() => link.github.workflowRun(kept.run)));
	const here = `${event.repository.owner}/${event.repository.repo}`;
	if (found.path !== job.workflow || found.event !== event.name) throw new Anew(`run ${kept.run} is one of another workflow, or of another event`);
	if (found.headSha !== kept.commit) throw new Anew(`run ${kept.run} was for another commit than it is to have measured`);
	if (kept.repository !== here || found.headRepository !== here !== kept.fork) throw new Anew(`run ${kept.run} was for another repository than it is to have measured`);
	if (found.status !== "completed" || found.conclusion !== "success" && found.conclusion !== "failure") throw new Anew(`run ${kept.run} has not ended with a verdict (${found.conclusion ?? found.status})`);
	if (!await asked(kept, () => hasSameWorkflows(run, link, found))) throw new Anew(`.github is another now than at the commit that run ${kept.run} was for`);
	return found;
}
/**
* An earlier commit of the same branch may have had a workflow of its author's, under the same name: what it uploaded is then
* no measurement. One that brings the same .github as this one was run by the same files, unless its base was another.
*/
async function hasSameWorkflows({ subject }, link, { headSha }) {
	if (headSha === subject.commit) return true;
	const objects = objectsOf(null, link);
	const folderAt = async (commit) => {
		const { tree } = await objects.commit(commit);
		return (await objects.tree(tree)).find(({ name }) => name === ".github")?.id ?? null;
	};
	return await folderAt(headSha) === await folderAt(subject.commit);
}
// src/action/conclude.ts
/** @file A verdict told: report and origin written, outputs, summary and annotations; what comment and check run are to say. */
/** Report, outputs, summary and annotations come before anything GitHub is asked, so that no answer can take them away. */
async function conclude(run, conclusion) {
	const { host, tools, inputs } = run;
	const { judged, notes, said } = conclusion;
	const { report } = judged.measurement;
	const written = await tools.write(judged.measurement, conclusion.out, host.signal);
	if (!conclusion.handedOn) await keep(run, conclusion, written);
	const outcome = outcomeOf(report, judged.blocks);
	const status = exitStatus(outcome, inputs.failOn);
	const changed = { "gate-changed": said?.changed == null ? "" : String(said.changed) };
	const paths = {
		"report-path": resolve(written.folder),
		"report-json": resolve(written.json)
	};
	const outputs = {
		...outputsOf(outcome, inputs.failOn),
		...changed,
		...paths
	};
	for (const [name, value] of Object.entries(outputs)) host.core.setOutput(name, value);
	const note = notes.length === 0 ? null : notes.join(" · ");
	const banner = said?.banner ?? null;
	const summary = await writeSummary(run, judged.measurement, {
		banner,
		note
	});
	announce(run, report, said?.placed ?? run.rules.note === null);
	return {
		status,
		section: sectionOf(run, judged.measurement, {
			banner,
			note
		}),
		check: {
			conclusion: checkConclusion(outcome, status),
			title: titleOf(report),
			summary
		}
	};
}
/** There is no gate at the base yet: nothing is judged by the file of whoever is to be judged, and nothing passes. */
async function concludeUnjudged(started, problem) {
	const { host, inputs } = started;
	const status = inputs.failOn === "never" ? 0 : 1;
	for (const [name, value] of Object.entries({
		verdict: "inconclusive",
		"gate-changed": "true",
		enforced: "false"
	})) host.core.setOutput(name, value);
	host.core.warning(`${problem.message}\n${problem.fix}`, { title: `saegate: ${problem.code}` });
	const section = unjudgedSection(started, `${problem.message} ${problem.fix}`);
	await addSummary(host, `${section.body}\n`);
	return {
		status,
		section,
		check: {
			title: "Verdict: inconclusive, nothing was judged",
			summary: section.body,
			conclusion: status === 1 ? "failure" : "neutral"
		}
	};
}
function titleOf(report) {
	if (report.claim !== void 0) return headline(report).word.toLowerCase().replace(/^./, (first) => first.toUpperCase());
	return `Verdict: ${report.verdict ?? "measured, no policy"}`;
}
/** The report says whose it is, and this pull request or branch finds which run made it. */
async function keep(run, { fingerprint }, written) {
	const { event, inputs, job, subject, host } = run;
	const text = await readReportText(written.json);
	const origin = {
		version: 1,
		repository: `${event.repository.owner}/${event.repository.repo}`,
		workflow: job.workflow,
		check: inputs.checkName,
		leg: job.leg,
		run: job.run,
		attempt: job.attempt,
		commit: subject.commit,
		pull: event.pullRequest?.number ?? null,
		fork: event.pullRequest?.fork ?? false,
		fingerprint,
		reportSha256: sha256(text)
	};
	await writeOrigin(written.folder, origin);
	const place = placeOf$1(run);
	if (place !== null) await remember(place, scopeOf(run), origin, host.core.info);
}
// src/action/earlier/cache-path.ts
/**
* @file Where files are kept: cache-path lies outside the checkout, for what a pull request could commit there would be taken
* for a download, or for the report of an earlier run; the report lies inside it, or in the runner's temporary folder.
*/
/** Errors: ACTION_CACHE_PATH. Links are followed before it is decided. */
function requireOutside(cachePath, workspace) {
	if (isWithin(cachePath, workspace)) throw cachePathInside(cachePath);
}
/** The report's folder lies in one of these, below it: else it would take another one's place. Errors: ACTION_OUT_OUTSIDE. */
function requireBelow(out, folders) {
	const isBelow = (folder) => isWithin(out, folder) && realPath(resolve(out)) !== realPath(resolve(folder));
	if (!folders.some(isBelow)) throw outOutside(out);
}
// src/action/earlier/fingerprint.ts
/**
* @file Whether the last report still holds: one hash of everything a verdict depends on. Files are hashed by content;
* a Hub repository must be pinned to a commit; anything else that may change unseen makes the fingerprint null, and
* nothing is skipped.
*/
/** Files below one spec. A sharded 400 GB checkpoint has a few hundred. */
const MAX_FILES$1 = 1e4;
/** null: something is not pinned, so that nobody can tell. */
async function fingerprintOf(request, { version, policy, baselineSha256, today }) {
	const specs = [
		request.reference,
		...request.candidates,
		...request.saes.map((sae) => sae.source),
		...corpusParts(request.corpus.source),
		...request.tokenizer === null ? [] : [request.tokenizer]
	];
	const identities = [];
	for (const spec of specs) {
		const identity = await identityOf(spec);
		if (identity === null) return null;
		identities.push(identity);
	}
	const { out: _, device: __, threads: ___, memoryBytes: ____, weights: _____, ...settings } = request;
	const expires = policy?.exceptions.length ? today : null;
	const all = [
		version,
		identities,
		settings,
		policy?.sources ?? null,
		baselineSha256,
		expires
	];
	return sha256(JSON.stringify(all)).slice(0, 32);
}
/** What a spec stands for, by content; null where that may change without being seen from here. */
async function identityOf(spec) {
	if (/^(rtn|prune):/.test(spec) || namedPart(spec) !== null) return spec;
	if (spec.startsWith("hf:")) return /@[0-9a-f]{40}(\/|$)/.test(spec) ? spec : null;
	if (isOciSpec(spec)) return /@sha256:[0-9a-f]{64}$/.test(spec) ? spec : null;
	const path = resolve(spec.replace(/^tokens:/, ""));
	try {
		const hash = createHash("sha256");
		const files = { left: MAX_FILES$1 };
		for (const read of [path, ...await readBeside(path)]) if (!await addTo(hash, read, basename(read), files)) return null;
		return hash.digest("hex");
	} catch {
		return null;
	}
}
/** What is opened beside a file that is named alone: the parts of a split GGUF, whatever an ONNX graph keeps its weights in. */
async function readBeside(path) {
	const [folder, name] = [dirname(path), basename(path)];
	const parts = /^(.*)-\d{5}-of-(\d{5})\.gguf$/i.exec(name);
	if (parts === null && !/\.onnx$/i.test(name)) return [];
	const isOpened = (other) => parts === null || other.startsWith(`${parts[1]}-`) && other.toLowerCase().endsWith(`-of-${parts[2]}.gguf`);
	return (await readdir$1(folder)).filter((other) => other !== name && isOpened(other)).sort().map((other) => join(folder, other));
}
/** Depth first, names sorted; links are not followed. false: too many files, or something that is not a file. */
async function addTo(hash, path, name, files) {
	const found = await lstat$1(path);
	if (found.isDirectory()) {
		for (const entry of (await readdir$1(path)).sort()) if (!await addTo(hash, join(path, entry), `${name}/${entry}`, files)) return false;
		return true;
	}
	files.left -= 1;
	if (!found.isFile() || files.left < 0) return false;
	hash.update(`${name.length}:${name}:${found.size}:`);
	for await (const chunk of createReadStream(path)) hash.update(chunk);
	return true;
}
// src/action/earlier/merge-base.ts
/** What the input or key `baseline` says for it. */
const BASE = "base";
/** Runs and artifacts that are looked into. */
const MAX_RUNS = 10;
const MAX_ARTIFACTS = 20;
/** Their workflows are as the commit has them. Of a pull request's runs they are as merged into whatever branch it names. */
const OF_THE_COMMIT = [
	"push",
	"merge_group",
	"schedule",
	"workflow_dispatch",
	"repository_dispatch"
];
const none = (why) => ({
	kind: "none",
	why
});
/** Never throws: where there is none, the reason is handed back. */
async function baseReport(run) {
	const { pullRequest } = run.event;
	if (pullRequest === null || pullRequest.baseSha === null) return none(`${run.event.name || "this run"} is no pull request's run, so it has no merge base`);
	const link = connectionOf(run);
	if (link === null) return none("github-token is empty, so the merge base can’t be asked for");
	const { baseSha, headSha } = pullRequest;
	try {
		return await uploadedFor(run, link, await link.patience.with(() => link.github.mergeBase(baseSha, headSha)));
	} catch (error) {
		return none(isDenied(httpFailure(error)) ? "the token may not ask GitHub for it: the workflow needs permissions: contents: read and actions: read" : `GitHub can’t be asked for it: ${messageOf(error)}`);
	}
}
const hereOf = ({ event }) => `${event.repository.owner}/${event.repository.repo}`;
async function uploadedFor(run, link, commit) {
	const isOfCommit = (one) => one.headRepository === hereOf(run) && one.headSha === commit && OF_THE_COMMIT.includes(one.event);
	const isOwn = ({ check, leg, commit: of, repository, fork }) => check === run.inputs.checkName && leg === run.job.leg && of === commit && repository === hereOf(run) && !fork;
	const runs = (await link.patience.with(() => link.github.workflowRunsAt(commit))).filter(isOfCommit).slice(0, MAX_RUNS);
	let left = MAX_ARTIFACTS;
	for (const { id } of runs) {
		const { found, count } = await uploadedBy(run, link, {
			run: id,
			isOwn,
			most: left
		});
		left -= count;
		if (found !== null) return {
			kind: "found",
			json: found.json,
			commit,
			where: `artifact ${found.artifact} of run ${id}`
		};
	}
	return none(`check ${run.inputs.checkName} has no report for the merge base ${commit.slice(0, 12)}: looked into ${MAX_ARTIFACTS - left} artifacts of ${runs.length} runs for that commit. Run this check on pushes to the base branch, and upload its report-path`);
}
// src/action/engine/kept.ts
/**
* @file Is the engine that was verified the one that was used all along? Node and the dynamic linker open its files by their paths,
* some of them when they are first needed: who exchanges one after it was looked at, and puts it back, moves its time of change.
*/
/** Look at the engine below `folder` now, for a second look after it was used. */
async function engineKept(folder) {
	const before = await filesBelow(join(folder, "node_modules"));
	return async () => {
		const after = await filesBelow(join(folder, "node_modules"));
		for (const [path, identity] of before) {
			const what = difference(identity, after.get(path) ?? null);
			if (what !== null) throw runtimeIntegrity(`${path} changed while it was used: ${what}`);
		}
		for (const path of after.keys()) if (!before.has(path)) throw runtimeIntegrity(`${path} came while the engine was used`);
	};
}
/** Of the engine's two packages alone: a folder of one's own may hold many others. */
async function filesBelow(modules) {
	const found = /* @__PURE__ */ new Map();
	for (const name of ["onnxruntime-node", "onnxruntime-common"]) {
		const folder = join(modules, name);
		if (!await isFolder(folder)) continue;
		for (const entry of await readdir$1(folder, {
			recursive: true,
			withFileTypes: true
		})) {
			const path = join(entry.parentPath, entry.name);
			const identity = entry.isDirectory() ? null : await identityAt(path);
			if (identity !== null) found.set(path, identity);
		}
	}
	return found;
}
async function isFolder(path) {
	return await lstat$1(path).then((found) => found.isDirectory(), () => false);
}
// src/action/rules/commit-files.ts
/** @file The files of one commit, by path: what a name stands for there, and texts, none of them reached through a link. */
/** Policies, lists and configurations: what is longer is refused by their parsers. */
const MAX_TEXT = 64 * 2 ** 20;
/** `whose`: what to call the commit in a message. */
function commitFiles(objects, commit, whose) {
	const root = async () => ({
		name: "",
		kind: "folder",
		id: (await objects.commit(commit)).tree
	});
	const reached = async (path) => {
		let last = await root();
		for (const [index, name] of path.entries()) {
			if (last.kind !== "folder") return {
				last,
				left: path.length - index
			};
			const next = (await objects.tree(last.id)).find((one) => one.name === name);
			if (next === void 0) return {
				last: null,
				left: path.length - index
			};
			last = next;
		}
		return {
			last,
			left: 0
		};
	};
	return {
		commit,
		objects,
		async entry(path) {
			const { last, left } = await reached(path);
			return left === 0 ? last : null;
		},
		async submodule(path) {
			const { last } = await reached(path);
			return last?.kind === "submodule" ? last : null;
		},
		async text(path, shown) {
			const { last, left } = await reached(path);
			const refuse = (why) => baseRefused(shown, whose, why);
			if (last === null) throw fileMissing(shown);
			if (last.kind === "link") throw refuse("is a link, or is reached through one");
			if (last.kind === "submodule") throw refuse("lies in a submodule, which is another repository");
			if (last.kind === "folder") throw refuse("is a folder");
			if (left > 0) throw fileMissing(shown);
			const bytes = await objects.blob(last.id, MAX_TEXT);
			if (bytes === null) throw refuse(`is larger than ${MAX_TEXT} bytes`);
			return Buffer.from(bytes).toString("utf8");
		}
	};
}
// src/action/rules/committed.ts
/**
* @file What the checked out commit has in a place where only this workflow's steps are to put something: the report that is
* judged, and the folder of the one that is written. Whatever lies there was written by the pull request's author, or by whoever
* merged such a file before: nobody measured it here.
*
* By where links lead. What a program of the checkout writes while the workflow runs it cannot be told from a measurement.
*/
/** Errors: ACTION_REPORT_COMMITTED, ACTION_BASE_UNREADABLE where the commit can't be read. */
async function requireMade(report, checkouts) {
	const commit = await committedAt(report, checkouts);
	if (commit !== null) throw reportCommitted(report, commit);
}
/**
* The commit that has the file or folder of that path, or a submodule that it lies in; null: none has, or nothing lies there.
* Errors: ACTION_BASE_UNREADABLE.
*/
async function committedAt(path, checkouts) {
	const real = realPath(path);
	if (lstatSync(real, { throwIfNoEntry: false }) === void 0) return null;
	for (const root of repositoriesAbove(real, realPath(checkouts.workspace))) {
		const commit = checkedOutCommit(root) ?? checkouts.commit;
		const files = commitFiles(checkouts.objects(root), commit, "the checkout");
		const parts = relative(root, real).split(sep);
		if (await files.entry(parts) !== null || await files.submodule(parts) !== null) return commit;
	}
	return null;
}
/** Checkouts that a path lies in, from the workspace to the innermost: a submodule is seen before it is looked into. */
function repositoriesAbove(path, workspace) {
	const found = [];
	for (let folder = dirname(path); `${folder}${sep}`.startsWith(`${workspace}${sep}`); folder = dirname(folder)) {
		if (lstatSync(join(folder, ".git"), { throwIfNoEntry: false }) !== void 0) found.unshift(folder);
		if (folder === dirname(folder)) break;
	}
	return found;
}
// src/contract/request/request-changes.ts
/**
* @file What one saegate.yaml asks for otherwise than another, after inputs and defaults: as values, so that another way to
* write the same is no change. Candidates that come in addition are none either: more is judged then, not less. Pure.
*/
/** Characters of a value that are shown. */
const MAX_SHOWN = 60;
/** A value from outside, in short. A limit has two decimals at least, as policies write them. */
function shownValue(value) {
	if (value === null || value === void 0) return "none";
	if (typeof value === "number") return Number.isInteger(value) || /\.\d\d/.test(String(value)) ? String(value) : value.toFixed(2);
	return visible(typeof value === "string" ? value : JSON.stringify(value), MAX_SHOWN);
}
/** None where both are the same, as JSON. */
function changed(what, from, to) {
	if (JSON.stringify(from ?? null) === JSON.stringify(to ?? null)) return [];
	if (typeof from === "number" && typeof to === "number" && Math.abs(from) <= 1 && Math.abs(to) <= 1) return [{
		what: visible(what),
		from: fraction(from),
		to: fraction(to)
	}];
	return [{
		what: visible(what),
		from: shownValue(from),
		to: shownValue(to)
	}];
}
/** 0.8 and 0 are 0.80 and 0.00; 0.125 stays. */
const fraction = (value) => Number(value.toFixed(2)) === value ? value.toFixed(2) : String(value);
/** Told by hand below, or of the call and not of the file. */
const APART = [
	"candidates",
	"saes",
	"corpus",
	"config",
	"expected",
	"expectPolicy",
	"thresholds",
	"confidence"
];
/** What a file calls otherwise. */
const NAMES = { memoryBytes: "memory" };
/** In the order of the request, so that a new key is not overlooked. */
function requestChanges(base, head) {
	const plain = (one) => Object.entries(one).filter(([key]) => !APART.some((name) => name === key));
	const after = new Map(plain(head));
	return [..."reference" in base && "reference" in head ? subjectChanges(base, head) : [], ...plain(base).filter(([key]) => key !== "reference").flatMap(([key, value]) => changed(NAMES[key] ?? key, value, after.get(key)))];
}
function subjectChanges(base, head) {
	return [
		...changed("reference", base.reference, head.reference),
		...base.candidates.filter((spec) => !head.candidates.includes(spec)).map((spec) => ({
			what: `candidate ${shownValue(spec)}`,
			how: "removed"
		})),
		...saeChanges(base.saes, head.saes),
		...corpusChanges(base.corpus, head.corpus)
	];
}
function corpusChanges(base, head) {
	const shown = ({ tokens, ...rest }) => Object.entries({
		...rest,
		tokens: tokens ?? "all"
	});
	const after = new Map(shown(head));
	return shown(base).flatMap(([key, value]) => changed(`corpus.${key}`, value, after.get(key)));
}
function saeChanges(base, head) {
	return Array.from({ length: Math.max(base.length, head.length) }, (_, index) => {
		const [from, to, what] = [
			base[index],
			head[index],
			`saes[${index}]`
		];
		if (from === void 0 || to === void 0) return [{
			what: `${what} ${shownValue((from ?? to)?.source)}`,
			how: from === void 0 ? "added" : "removed"
		}];
		return [
			...changed(`${what}.source`, from.source, to.source),
			...changed(`${what}.hook`, from.hook, to.hook),
			...changed(`${what}.center`, from.center, to.center)
		];
	}).flat();
}
// src/policy/changes.ts
function policyChanges(base, head) {
	return [
		...settings(base, head),
		...byKey(base.rules, head.rules, ({ id }) => id).flatMap(({ key, from, to }) => ruleChanges(key, from, to)),
		...waivers(base.exceptions, head.exceptions)
	];
}
function settings(base, head) {
	const both = (what, read) => changed(what, read(base), read(head));
	return [
		...both("informational", (one) => one.informational),
		...both("onInconclusive", (one) => one.onInconclusive),
		...both("unjudged", (one) => one.unjudged),
		...both("confidence", (one) => one.confidence),
		...both("policy’s baseline", (one) => one.baseline),
		...both("features.survived", (one) => one.features.survived),
		...both("features.damaged", (one) => one.features.damaged),
		...both("features.active", (one) => one.features.active),
		...both("dissociation.perplexityDeltaPercent", (one) => one.dissociation.perplexityDeltaPercent),
		...both("dissociation.survived", (one) => one.dissociation.survived)
	];
}
function ruleChanges(id, from, to) {
	if (from === null) return [{
		what: id,
		how: "added"
	}];
	if (to === null) return [{
		what: id,
		how: "removed"
	}];
	const both = (what, read) => changed(`${id} ${what}`, read(from), read(to));
	const operators = new Set([...from.limits, ...to.limits].map(({ operator }) => operator));
	return [
		...both("metric", (rule) => rule.metric),
		...both("level", (rule) => rule.level),
		...[...operators].flatMap((operator) => both(operator, (rule) => rule.limits.find((limit) => limit.operator === operator)?.value ?? null)),
		...both("at", (rule) => rule.at),
		...both("quantile", (rule) => rule.quantile),
		...both("mean", (rule) => rule.mean),
		...both("weight", (rule) => rule.weight),
		...both("allow", (rule) => String(rule.allow)),
		...both("candidates", (rule) => rule.candidates),
		...both("readouts", (rule) => rule.readouts),
		...both("layers", (rule) => rule.layers),
		...lists(id, from.features, to.features)
	];
}
/** A watch-list by its features: their order and labels decide nothing. */
function lists(id, from, to) {
	const what = `${id} watch-list`;
	if (from === null && to === null) return [];
	if (from === null || to === null) return [{
		what,
		how: from === null ? "added" : "removed"
	}];
	const [before, after] = [new Set(from.ids), new Set(to.ids)];
	const gone = from.ids.filter((feature) => !after.has(feature)).length;
	const come = to.ids.filter((feature) => !before.has(feature)).length;
	if (gone === 0 && come === 0) return [];
	return [{
		what,
		how: `${gone === 0 ? "lengthened" : come === 0 ? "shortened" : "changed"}: ${gone} features left out, ${come} added`
	}];
}
function waivers(base, head) {
	const keyOf = ({ rule, candidate }) => JSON.stringify([rule, candidate]);
	return byKey(base, head, keyOf).flatMap(({ from, to }) => {
		const one = to ?? from;
		if (one === null) return [];
		const what = `waiver of ${shownValue(one.rule)} for ${shownValue(one.candidate)}`;
		if (from === null) return [{
			what,
			how: `added, until ${one.expires}`
		}];
		if (to === null) return [{
			what,
			how: "removed"
		}];
		return changed(`${what} until`, from.expires, to.expires);
	});
}
function byKey(base, head, keyOf) {
	const [before, after] = [base, head].map((all) => new Map(all.map((one) => [keyOf(one), one])));
	return [.../* @__PURE__ */ new Set([...before?.keys() ?? [], ...after?.keys() ?? []])].map((key) => ({
		key,
		from: before?.get(key) ?? null,
		to: after?.get(key) ?? null
	}));
}
// src/action/rules/place.ts
/**
* @file Where a path that somebody names lies in the repository, by its words alone: links of the checkout are the pull
* request's and have no say in it. The repository is the outermost checkout on the way from the workspace to the path.
*/
function groundsOf(workspace, workingDirectory) {
	const top = resolve(workspace);
	return {
		workspace: top,
		folder: resolve(top, workingDirectory)
	};
}
/** Errors: ACTION_BASE_REFUSED where the folder that paths start from is reached through a link. */
function requirePlainFolder({ workspace, folder }) {
	const names = namesBelow(workspace, folder) ?? [];
	for (const [index] of names.entries()) if (isLink$1(join(workspace, ...names.slice(0, index + 1)))) throw baseRefused("working-directory", "the checkout", "is a link, or is reached through one");
}
/** The checkout that a path lies in; the workspace, where it lies in none. */
function rootOf(grounds, path) {
	const names = namesBelow(grounds.workspace, resolve(grounds.folder, path));
	return names === null ? grounds.workspace : join(grounds.workspace, ...names.slice(0, depthOf(grounds, names)));
}
/** Errors: ACTION_BASE_REFUSED where a path outside leads back inside by a link. */
function placeOf({ workspace, folder }, path) {
	const full = resolve(folder, path);
	const names = namesBelow(workspace, full);
	if (names === null) {
		if (namesBelow(realOr(workspace), realOr(full)) !== null) throw baseRefused(path, "the checkout", "is reached through a link from outside");
		return {
			kind: "outside",
			path: full
		};
	}
	const depth = depthOf({
		workspace,
		folder
	}, names);
	return {
		kind: "inside",
		root: join(workspace, ...names.slice(0, depth)),
		parts: names.slice(depth)
	};
}
/** How many names down the outermost checkout lies. */
function depthOf({ workspace }, names) {
	return Math.max(0, names.findIndex((_, index) => hasRepository(join(workspace, ...names.slice(0, index)))));
}
/** null: it lies elsewhere. */
function namesBelow(top, path) {
	const below = relative(top, path);
	if (below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below)) return null;
	return below === "" ? [] : below.split(sep);
}
function isLink$1(path) {
	return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
const hasRepository = (folder) => lstatSync(join(folder, ".git"), { throwIfNoEntry: false }) !== void 0;
function realOr(path) {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
// src/action/rules/base-commit.ts
/** Events whose checkout is, or may be, somebody's who may not change the gate. */
const GUARDED = [
	"pull_request",
	"pull_request_target",
	"merge_group",
	"workflow_run"
];
/** `given` null: the input is not set. Errors: ACTION_BASE_UNKNOWN, and what asking ends with. */
async function commitsOf(event, given, ask) {
	const guarded = GUARDED.includes(event.name);
	if ((given ?? (guarded ? "base" : "head")) === "base") return await fromBase(event, ask);
	const words = guarded ? "from the pull request itself (config-from: head)" : "from the checkout";
	const there = guarded ? await fromBase(event, ask).catch(() => null) : null;
	return {
		decides: "checkout",
		base: there?.base ?? null,
		head: there?.head ?? null,
		words,
		guarded
	};
}
async function fromBase(event, ask) {
	const from = (sha, head, why) => ({
		decides: "base",
		base: {
			sha,
			name: `the base commit ${sha.slice(0, 12)}`
		},
		head,
		words: `from the base commit ${sha.slice(0, 12)} (${why})`,
		guarded: GUARDED.includes(event.name)
	});
	const { pullRequest, sha } = event;
	switch (event.name) {
		case "pull_request": return await ofPull(event, ask, from);
		case "pull_request_target":
			if (pullRequest?.baseSha == null) throw baseUnknown("the event names no base commit");
			return from(pullRequest.baseSha, pullRequest.headSha, "the base that the event names");
		case "merge_group":
			if (event.groupBase === null) throw baseUnknown("the event names no base commit");
			return from(event.groupBase, sha, "what the merge group is queued upon");
		case "workflow_run":
		case "schedule": return from(sha, null, "the tip of the default branch");
		default: return await ofBranch(event, ask, from);
	}
}
/**
* On pull_request GITHUB_SHA is GitHub's own merge of the head into its base: its first parent is the base that is really
* merged into. The event's base may be older, where the base branch has moved since.
*/
async function ofPull({ sha, pullRequest }, ask, from) {
	if (pullRequest === null) throw baseUnknown("the event names no pull request");
	const parents = await ask.commit(sha).then((merge) => merge.parents, () => []);
	const [base, head] = parents;
	if (parents.length === 2 && base !== void 0 && head === pullRequest.headSha) return from(base, sha, "what GitHub merges the head into");
	if (pullRequest.baseSha === null) throw baseUnknown("the event names no base commit");
	return from(pullRequest.baseSha, pullRequest.headSha, "the base that the event names");
}
/** A commit on the default branch, or on a protected one, has the word itself; any other branch is somebody's draft. */
async function ofBranch(event, ask, from) {
	const { defaultBranch, ref, sha, isProtected } = event;
	if (isProtected || defaultBranch !== null && ref === `refs/heads/${defaultBranch}`) return from(sha, null, `it stands on ${isProtected ? "a protected" : "the default"} branch`);
	if (defaultBranch === null) throw baseUnknown(`${event.name || "the event"} names no default branch`);
	return from(await ask.tip(defaultBranch), sha, `the tip of ${defaultBranch}`);
}
// src/action/rules/held-files.ts
/**
* @file Files of the checkout that are the gate's own (reference, SAEs, corpus, tokenizer, baseline), held against the base
* commit: byte for byte, or by the sha256 of its Git LFS pointer. Folders hold the same names, links lead to the same place,
* submodules are at the same commit.
*
* What neither the base nor the checked out commit has was put there by a step of the workflow, and is the workflow's word.
*/
/** Files below one path. */
const MAX_FILES = 2e4;
/** Links that lead to links. */
const MAX_LINKS = 8;
/** A pointer of Git LFS has some 130 bytes. */
const MAX_POINTER = 1024;
/** The paths that no commit has. Errors: ACTION_BASE_DIFFERS, ACTION_BASE_REFUSED, ACTION_BASE_UNREADABLE. */
async function requireBaseFiles(holding, files) {
	const untracked = [];
	for (const file of files) {
		const place = placeOf(holding.grounds, file.path);
		if (place.kind === "outside") continue;
		if (!await new HeldCheck(holding, place.root, file).path(place.parts, MAX_LINKS)) untracked.push(file.path);
	}
	return untracked;
}
/** One named path, from its repository's root down. */
var HeldCheck = class {
	#holding;
	#root;
	#file;
	#left = MAX_FILES;
	constructor(holding, root, file) {
		this.#holding = holding;
		this.#root = root;
		this.#file = file;
	}
	/** No folder on the way may be a link of the pull request's. false: no commit has it. */
	async path(parts, links) {
		const { base } = this.#holding;
		for (let depth = 1; depth < parts.length; depth++) {
			const above = parts.slice(0, depth);
			if (!isLink(this.#below(above))) continue;
			this.#requireLink(above, await base.entry(above), links);
			return await this.#followed(above, parts.slice(depth), links);
		}
		return await this.#one(parts, await base.entry(parts), links);
	}
	async #one(parts, entry, links) {
		const found = lstatSync(this.#below(parts), { throwIfNoEntry: false });
		if (found === void 0) {
			if (entry === null) return true;
			throw this.#differs(`${shown(parts)} is missing`);
		}
		this.#left -= 1;
		if (this.#left < 0) throw this.#differs(`it has more than ${MAX_FILES} files`);
		if (await this.#isInSameSubmodule(parts)) return true;
		if (entry === null) {
			if (await this.#holding.head(this.#root).entry(parts) !== null) throw this.#differs(`${shown(parts)} is there, and the base has no such file`);
			return false;
		}
		if (found.isSymbolicLink()) {
			this.#requireLink(parts, entry, links);
			return await this.#followed(parts, [], links);
		}
		if (found.isDirectory()) await this.#folder(parts, entry, links);
		else if (!found.isFile() || entry.kind !== "file" || !await this.#isSame(parts, found.size, entry)) throw this.#differs(`${shown(parts)} has other content`);
		return true;
	}
	/** The files of a submodule are those of its commit, which has to be the base's; false: it is in none. */
	async #isInSameSubmodule(parts) {
		const inBase = await this.#holding.base.submodule(parts);
		const here = await this.#holding.head(this.#root).submodule(parts);
		if (inBase === null && here === null) return false;
		if (inBase?.id !== here?.id) throw this.#differs(`${shown(parts)} is of a submodule, which is at another commit than in the base`);
		return true;
	}
	async #folder(parts, entry, links) {
		if (entry.kind !== "folder") throw this.#differs(`${shown(parts)} is a folder now`);
		const there = await this.#holding.base.objects.tree(entry.id);
		for (const inBase of there) await this.#one([...parts, inBase.name], inBase, links);
		const known = new Set(there.map(({ name }) => name));
		for (const name of await readdir$1(this.#below(parts))) if (!known.has(name) && name !== ".git") await this.#one([...parts, name], null, links);
	}
	#requireLink(parts, entry, links) {
		const target = Buffer.from(readlinkSync(this.#below(parts)));
		if (!(entry?.kind === "link" && hashOf$1("blob", target, entry.id) === entry.id)) throw this.#differs(`${shown(parts)} is a link, which the base does not have`);
		if (links <= 0) throw this.#differs(`${shown(parts)} is a link to links without end`);
	}
	/** Where the base's own link leads is held against the base too, unless that lies outside the workspace. */
	async #followed(parts, rest, links) {
		const link = this.#below(parts);
		const target = resolve(dirname(link), readlinkSync(link), ...rest);
		const place = placeOf(this.#holding.grounds, target);
		if (place.kind === "outside") return true;
		if (place.root !== this.#root) throw this.#differs(`${shown(parts)} leads into another repository`);
		return await this.path(place.parts, links - 1);
	}
	async #isSame(parts, byteLength, entry) {
		const { git, sha256 } = await digests(this.#below(parts), byteLength, entry.id);
		if (git === entry.id) return true;
		const pointer = await this.#holding.base.objects.blob(entry.id, MAX_POINTER);
		return pointer !== null && pointerDigest(Buffer.from(pointer).toString("utf8")) === sha256;
	}
	#below(parts) {
		return join(this.#root, ...parts);
	}
	#differs(how) {
		return baseFileDiffers(this.#file.what, this.#file.path, how, this.#holding.baseName);
	}
};
const shown = (parts) => parts.join("/");
const isLink = (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
/** git's name for a file's bytes, and their sha256, both of one read. */
async function digests(path, byteLength, like) {
	const [git, sha256] = [createHash(like.length === 64 ? "sha256" : "sha1"), createHash("sha256")];
	git.update(`blob ${byteLength}\0`);
	for await (const chunk of createReadStream(path)) {
		git.update(chunk);
		sha256.update(chunk);
	}
	return {
		git: git.digest("hex"),
		sha256: sha256.digest("hex")
	};
}
/** Of what a pointer of Git LFS stands for; null: it is none. */
function pointerDigest(text) {
	if (!text.startsWith("version https://git-lfs.github.com/spec/v1\n")) return null;
	return /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1] ?? null;
}
// src/action/rules/policy-repository.ts
/** @file Rules kept in a repository of their own: owner/name@ref, at the commit that the ref stands for. */
/** Errors: ACTION_POLICY_REPOSITORY. */
async function openPolicyRepository(started, spec) {
	const [, owner = "", repo = "", ref = ""] = /^([\w.-]{1,100})\/([\w.-]{1,100})@([\w./-]{1,255})$/.exec(spec) ?? [];
	if (owner === "" || ref.includes("..")) throw policyRepositoryInvalid(spec, "it is not owner/name@ref");
	const link = connectionTo(started, started.inputs.policyToken, {
		owner,
		repo
	});
	if (link === null) throw policyRepositoryInvalid(spec, "policy-token and github-token are empty");
	const commit = await resolved(link, spec, ref);
	const name = `${owner}/${repo}@${commit}`;
	return {
		name,
		files: commitFiles(objectsOf(null, link), commit, name)
	};
}
async function resolved({ github, patience }, spec, ref) {
	if (/^[0-9a-f]{40}$/.test(ref)) return ref;
	let sha;
	try {
		sha = await patience.with(() => github.commitOf(ref));
	} catch (error) {
		throw policyRepositoryInvalid(spec, `GitHub can't say what ${ref} is: ${messageOf(error)}`);
	}
	if (!/^[0-9a-f]{40,64}$/.test(sha)) throw policyRepositoryInvalid(spec, `GitHub names no commit for ${ref}`);
	return sha;
}
/** Names from its root down. Errors: ACTION_POLICY_REPOSITORY. */
function partsIn({ name }, path) {
	if (!isPathInside(path)) throw policyRepositoryInvalid(name, `${path} is no path inside it`);
	return path.split("/").filter((part) => part !== "." && part !== "");
}
const isPathInside = (path) => path.trim() !== "" && !path.startsWith("/") && !path.includes("\\") && !path.split("/").includes("..");
/** A baseline is taken from there where it is there. */
const hasReport = async (repository, path) => isPathInside(path) && await repository.files.entry(partsIn(repository, path)) !== null;
/** A table of a report: GitHub's API has blobs of up to 100 MB. */
const MAX_TABLE = 100 * 2 ** 20;
/** A report and its tables, copied into the runner's temporary folder; null: it has no such report. */
async function copyReport(repository, path, temporary) {
	if (!await hasReport(repository, path)) return null;
	const { files } = repository;
	const parts = partsIn(repository, path);
	const text = await files.text(parts, `${repository.name}/${path}`);
	const folder = await mkdtemp(join(temporary || tmpdir(), "saegate-baseline-"));
	const tables = parseReport(text, path).candidates.flatMap(({ features }) => features.flatMap(({ table, replicates }) => replicates === null ? [table] : [table, replicates]));
	for (const table of tables) {
		const inside = partsIn(repository, table);
		const entry = await files.entry([...parts.slice(0, -1), ...inside]);
		const bytes = entry === null ? null : await files.objects.blob(entry.id, MAX_TABLE);
		if (bytes === null) continue;
		await makeFolder(dirname(join(folder, ...inside)));
		await writeFile$1(join(folder, ...inside), bytes);
	}
	await writeFile$1(join(folder, "report.json"), text);
	return join(folder, "report.json");
}
// src/action/rules/read-rules.ts
/**
* @file The gate's rules, read where they are to come from: the base commit, a repository of their own, or (where nobody
* else's commit is checked out, or the workflow says so) the checkout.
*/
/** Errors: ACTION_BASE_*, ACTION_POLICY_REPOSITORY. */
async function openSources(started) {
	const { inputs, event, host } = started;
	const grounds = groundsOf(host.env.GITHUB_WORKSPACE || ".", inputs.workingDirectory);
	const link = connectionOf(started);
	const objects = objectsOf(rootOf(grounds, inputs.config ?? "saegate.yaml"), link);
	const commits = await commitsOf(event, inputs.configFrom, {
		commit: objects.commit,
		tip: async (branch) => {
			if (link === null) throw fileUnreadable("the tip of", branch, "github-token is empty");
			return await link.patience.with(() => link.github.commitOf(`heads/${branch}`));
		}
	});
	if (commits.decides === "base") requirePlainFolder(grounds);
	const { base, head } = commits;
	const spec = inputs.policyRepository;
	return {
		grounds,
		objects,
		commits,
		base: base === null ? null : commitFiles(objects, base.sha, base.name),
		head: head === null ? null : commitFiles(objects, head, "the pull request"),
		repository: spec === null ? null : await openPolicyRepository(started, spec)
	};
}
/** Errors: the same, those of reading, YAML_*, CONFIG_*. */
async function readRules(started, sources) {
	const { commits, repository } = sources;
	const { file, added } = await withCandidates(started, sources, await configOf(started, sources));
	const words = repository === null ? commits.words : `from ${repository.name}; what it does not have, ${commits.words}`;
	started.host.core.info(`Rules: saegate.yaml, policy, lists and baseline ${words}`);
	if (commits.decides === "base") started.host.core.info(`Rules: read through ${sources.objects.used() || "nothing yet"}; of the pull request's saegate.yaml only further candidates are taken${added.length === 0 ? "" : `: ${visible(added.join(", "), 600)}`}`);
	const notes = [...repository === null ? [] : [`policy of ${repository.name}`], ...commits.decides === "base" && commits.guarded && commits.base !== null ? [`rules of ${commits.base.name}`] : []];
	return {
		file,
		added,
		policySpec: (spec) => repository === null || isShippedPolicy(spec) ? spec : `${repository.name}/${partsIn(repository, spec).join("/")}`,
		readText: readerOf(sources, "in force"),
		baseline: async (path) => (repository === null ? null : await copyReport(repository, path, started.host.env.RUNNER_TEMP)) ?? path,
		hold: async (request) => {
			await hold(started, sources, request);
			await holdBaseline(started, sources, request.baseline);
		},
		holdBaseline: async (baseline) => await holdBaseline(started, sources, baseline),
		note: notes.length === 0 ? null : notes.join(", ")
	};
}
/** How a policy's texts are read: those in force, or as the other side of a comparison has them. */
function readerOf(sources, which) {
	const { commits, base, head, repository, grounds } = sources;
	const decides = commits.decides === "base";
	return async (path) => {
		if (repository !== null && path.startsWith(`${repository.name}/`)) return await repository.files.text(partsIn(repository, path.slice(repository.name.length + 1)), path);
		if (which === "in force") return decides ? await textOfBase(sources, path) : await readSmallText(path);
		const [place, files] = [placeOf(grounds, path), decides ? head : base];
		return files === null || place.kind === "outside" ? await readSmallText(path) : await files.text(place.parts, path);
	};
}
/** Errors: ACTION_BASE_WITHOUT_RULES where the pull request brings what the base has not. */
async function textOfBase({ base, head, grounds, commits }, path) {
	const place = placeOf(grounds, path);
	if (base === null || place.kind === "outside") return await readSmallText(path);
	try {
		return await base.text(place.parts, path);
	} catch (error) {
		throw error instanceof SaegateError && error.code === fileMissing.code && head !== null && await head.entry(place.parts).catch(() => null) !== null ? baseWithoutRules(path, commits.base?.name ?? "the base") : error;
	}
}
/** A named file that is not there is most often a step without a checkout before it. */
async function configOf(started, sources) {
	const { inputs } = started;
	const path = inputs.config ?? "saegate.yaml";
	const inRepository = sources.repository === null ? null : await configIn(sources.repository, path);
	if (inRepository !== null) return inRepository;
	try {
		if (sources.commits.decides === "checkout") {
			if (bringsFiles(started.event)) requireOwnPath({
				what: "config",
				path,
				byHead: false
			}, sources.grounds.workspace);
			return await readConfig(inputs.config);
		}
		return parseConfig(path, await textOfBase(sources, path));
	} catch (error) {
		if (!(error instanceof SaegateError)) throw error;
		const missing = error.code === fileMissing.code;
		if (missing && inputs.config === null) return null;
		if (error.code === baseWithoutRules.code && inputs.config === null && isFullySaid(started)) return null;
		throw missing ? fileUnreadable("config", path, "it does not exist") : error;
	}
}
const isFullySaid = ({ inputs }) => inputs.report !== null || [
	"reference",
	"candidate",
	"sae",
	"corpus"
].every((name) => inputs.audit.values[name] !== void 0);
/** null: that repository leaves it to the base. */
async function configIn(repository, path) {
	const shown = `${repository.name}/${path}`;
	const parts = partsIn(repository, path);
	return await repository.files.entry(parts) === null ? null : parseConfig(shown, await repository.files.text(parts, shown));
}
/** The base's candidates are all judged; those that the pull request's own file adds are judged beside them. */
async function withCandidates({ inputs }, { commits, head, grounds }, file) {
	const isAsked = inputs.audit.values.candidate === void 0;
	if (file === null || head === null || commits.decides !== "base" || !isAsked) return {
		file,
		added: []
	};
	const path = inputs.config ?? "saegate.yaml";
	const place = placeOf(grounds, path);
	if (place.kind === "outside") return {
		file,
		added: []
	};
	const own = file.values.candidates ?? [];
	const added = (await head.text(place.parts, path).then((text) => parseConfig(path, text).values.candidates ?? []).catch(() => [])).filter((spec) => !own.includes(spec));
	if (added.length === 0) return {
		file,
		added
	};
	const values = {
		...file.values,
		candidates: [...own, ...added]
	};
	return {
		file: {
			...file,
			values
		},
		added
	};
}
async function hold(started, sources, request) {
	const holding = holdingOf(started, sources);
	if (holding === null) return;
	tellUntracked(started, await requireBaseFiles(holding, await heldFiles(request)));
}
/** What it says is read when it is known to be the base's. */
async function holdBaseline(started, sources, baseline) {
	const { repository } = sources;
	const holding = holdingOf(started, sources);
	if (holding === null || baseline === null || baseline === "base") return;
	if (repository !== null && await hasReport(repository, baseline)) return;
	tellUntracked(started, await requireBaseFiles(holding, [{
		what: BASELINE,
		path: baseline
	}]));
	tellUntracked(started, await requireBaseFiles(holding, await tablesOf(baseline)));
}
/** null: the checkout decides, and there is nothing to hold. */
function holdingOf(started, { commits, base, grounds, objects }) {
	if (commits.decides !== "base" || base === null || commits.base === null) return null;
	return {
		grounds,
		base,
		baseName: commits.base.name,
		head: (root) => commitFiles(objects, checkedOutCommit(root) ?? started.event.sha, "the checkout")
	};
}
function tellUntracked({ host }, paths) {
	for (const path of paths) host.core.info(`Rules: ${path} is in no commit: a step of this workflow has put it there`);
}
/** What is named by path and is no candidate. What the workflow expects by digest needs no other proof. */
async function heldFiles(request) {
	const { expected, reference, saes, corpus, tokenizer } = request;
	const named = [
		[
			"The reference",
			[reference],
			expected.reference
		],
		[
			"The SAE",
			saes.map(({ source }) => source),
			expected.saes
		],
		[
			"The corpus",
			corpusPaths(corpus.source),
			expected.corpus
		],
		[
			"The tokenizer",
			tokenizer === null ? [] : [tokenizer],
			expected.corpus
		]
	];
	const held = [];
	for (const [what, specs, pinned] of named) {
		if (pinned.length > 0) continue;
		for (const path of specs.filter((spec) => !isRemoteSpec(spec))) {
			const beside = await readBeside(path).catch(() => []);
			held.push(...[path, ...beside].map((one) => ({
				what,
				path: one
			})));
		}
	}
	return held;
}
const BASELINE = "The baseline";
/** The tables that a report names. */
async function tablesOf(path) {
	const report = parseReport(await readReportText(path), path);
	const folder = path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
	return report.candidates.flatMap(({ features }) => features.flatMap(({ table, replicates }) => replicates === null ? [table] : [table, replicates])).map((table) => ({
		what: BASELINE,
		path: folder + table
	}));
}
// src/action/rules/compare.ts
/**
* @file The rules in force beside those of the other side: what a pull request would change of its gate, or (where its own are
* in force) has changed. Both are read as far as judging goes and compared as values.
*/
/** Never throws: what can't be compared is said. */
async function saidOfRules(started, sources, inForce) {
	const { commits, base, head } = sources;
	if (base === null || head === null) return commits.decides === "checkout" && commits.guarded ? worded(OWN, "what its base says could not be read", null, true) : {
		banner: null,
		warning: null,
		changed: null,
		placed: inForce.rules.note === null
	};
	let compared;
	try {
		compared = await compare(started, sources, inForce);
	} catch (error) {
		const why = `the two can’t be compared: ${reason(error)}`;
		return commits.decides === "base" ? worded("The rules are those of the base.", why, null, false) : worded(OWN, why, null, true);
	}
	const { changes, sameTexts } = compared;
	const isOwn = commits.decides === "checkout";
	const placed = isOwn || sameTexts;
	if (changes.length > 0) return worded(isOwn ? `${OWN} They differ from its base’s:` : OTHERS, changes, true, placed);
	return isOwn ? worded(OWN, "they say the same as its base’s", false, placed) : {
		banner: null,
		warning: null,
		changed: false,
		placed
	};
}
const OWN = "This gate’s rules come from the pull request itself (config-from: head).";
const OTHERS = "This pull request brings other rules than its base’s, which decide here:";
/** Differences that are named. */
const MAX_NAMED = 12;
function worded(opening, rest, changed, placed) {
	const lines = typeof rest === "string" ? [] : rest.slice(0, MAX_NAMED);
	const more = typeof rest === "string" || rest.length <= MAX_NAMED ? [] : [`${rest.length - MAX_NAMED} more`];
	const plain = lines.map((one) => "how" in one ? `${one.what}: ${one.how}` : `${one.what} ${one.from} → ${one.to}`);
	const marked = lines.map((one) => "how" in one ? `${code(one.what)} ${prose(one.how)}` : `${code(one.what)} ${code(one.from)} → ${code(one.to)}`);
	const text = typeof rest === "string" ? [rest] : [];
	return {
		banner: `> ⚠️ **${opening}** ${[
			...text.map((words) => prose(words)),
			...marked,
			...more
		].join("; ")}`,
		warning: `${opening} ${[
			...text,
			...plain,
			...more
		].join("; ")}`,
		changed,
		placed
	};
}
async function compare(started, sources, inForce) {
	const other = await otherSide(started, sources, inForce);
	if ("problem" in other) return {
		changes: [other.problem],
		sameTexts: false
	};
	const [before, after] = sources.commits.decides === "base" ? [inForce, other] : [other, inForce];
	return {
		changes: [...requestChanges(before.request, after.request), ...before.policy === null || after.policy === null ? [] : policyChanges(before.policy, after.policy)],
		sameTexts: other.sameConfig && JSON.stringify(before.policy?.sources) === JSON.stringify(after.policy?.sources)
	};
}
/** Of the other side's file, by whose is in force. */
const ABSENT = {
	base: "is not there",
	checkout: "is not in the base"
};
async function otherSide(started, sources, inForce) {
	const { inputs } = started;
	const path = inputs.config ?? "saegate.yaml";
	const read = readerOf(sources, "other");
	const isTheirs = sources.repository === null || !(inForce.rules.file?.name ?? "").startsWith(sources.repository.name);
	const config = isTheirs ? await attempt(path, async () => await configText(sources, path)) : { value: null };
	if ("problem" in config) return config;
	if (isTheirs && config.value === null && inForce.rules.file !== null) return { problem: {
		what: visible(path),
		how: ABSENT[sources.commits.decides]
	} };
	const file = isTheirs ? parsed(path, config.value) : { value: inForce.rules.file };
	if ("problem" in file) return file;
	const resolve = "reference" in inForce.request ? resolveRequest : resolveJudging;
	const request = await attempt(path, async () => resolve(inputs.audit, file.value));
	if ("problem" in request) return request;
	const spec = request.value.policy;
	const policy = await attempt(spec ?? "policy", async () => spec === null ? null : await loadPolicy(inForce.rules.policySpec(spec), read));
	if ("problem" in policy) return policy;
	const sameConfig = inForce.rules.added.length === 0 && config.value === await textInForce(sources, path);
	return {
		request: request.value,
		policy: policy.value,
		sameConfig
	};
}
const parsed = (path, text) => text === null ? { value: null } : attemptNow(path, () => parseConfig(path, text));
/** null: that side has none, and none was named. */
async function configText(sources, path) {
	const place = placeOf(sources.grounds, path);
	const files = sources.commits.decides === "base" ? sources.head : sources.base;
	if (place.kind === "outside" || files === null) return null;
	return await files.entry(place.parts) === null ? null : await files.text(place.parts, path);
}
async function textInForce(sources, path) {
	return await readerOf(sources, "in force")(path).catch(() => null);
}
/** What the other side can't say is a difference by itself. */
async function attempt(what, work) {
	try {
		return { value: await work() };
	} catch (error) {
		return problemOf(what, error);
	}
}
function attemptNow(what, work) {
	try {
		return { value: work() };
	} catch (error) {
		return problemOf(what, error);
	}
}
/** What is no problem of those files is thrown on. */
function problemOf(what, error) {
	if (!(error instanceof SaegateError) || error.exitStatus !== 2) throw error;
	const missing = error.code === fileMissing.code;
	return { problem: {
		what: visible(what),
		how: missing ? "is not there" : `can’t be used: ${reason(error)}`
	} };
}
const reason = (error) => visible(error instanceof Error ? error.message : String(error), 300);
// src/action/engine/check.ts
/**
* @file Is what lies in a folder the engine, file by file? The hashes ship with the action (files.ts), so that neither a
* registry nor another job on the machine can put something else in its place: looked at after installing and before every
* reuse.
*/
/** What Node or the dynamic linker may load. */
const LOADABLE = /(\.(c|m)?js|\.json|\.node|\.dll|\.dylib|\.so(\.\d+)*)$/;
/** Downloaded on demand, and of no package: cudaHashes() tells them. */
const CUDA_LIBRARY = /^bin\/napi-v6\/linux\/x64\/libonnxruntime_providers_\w+\.so$/;
const PLATFORM = /^bin\/napi-v6\/([^/]+)\/([^/]+)\//;
/** What is wrong in node_modules, in words; null: nothing. Other platforms' libraries need not be there. */
async function engineFlaw(modules, at, files) {
	for (const [name, listed] of Object.entries(files)) {
		const folder = join(modules, name);
		for (const [path, sha256] of Object.entries(listed)) {
			if (!isOf(path, at)) continue;
			const found = await hashOf(join(folder, path));
			if (found === null) return `${name}/${path} is not there`;
			if (found !== sha256) return `${name}/${path} has another sha256, ${found}`;
		}
		for (const path of await loadableFiles(folder)) if (!(listed[path] !== void 0 || CUDA_LIBRARY.test(path) || !isOf(path, at))) return `${name}/${path} is not of the package`;
	}
	return null;
}
/** sha256 of each downloaded CUDA library, by name. */
async function cudaHashes(modules) {
	const folder = join(modules, "onnxruntime-node");
	const paths = (await loadableFiles(folder)).filter((path) => CUDA_LIBRARY.test(path));
	const hashes = await Promise.all(paths.map(async (path) => [path, await hashOf(join(folder, path)) ?? ""]));
	return Object.fromEntries(hashes);
}
function isOf(path, { platform, arch }) {
	const match = PLATFORM.exec(path);
	return match === null || match[1] === platform && match[2] === arch;
}
/** A link counts as a file that is not of the package: it leads where nobody looked. */
async function loadableFiles(folder) {
	try {
		return (await readdir$1(folder, {
			recursive: true,
			withFileTypes: true
		})).filter((entry) => !entry.isDirectory()).map((entry) => ({
			entry,
			path: join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll("\\", "/")
		})).filter(({ entry, path }) => entry.isSymbolicLink() || LOADABLE.test(path)).map(({ path }) => path).sort();
	} catch (error) {
		if (systemErrorCode(error) === "ENOENT") return [];
		throw error;
	}
}
/** Null: no plain file. */
async function hashOf(path) {
	try {
		if (!(await lstat$1(path)).isFile()) return null;
		const hash = createHash("sha256");
		for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk);
		return hash.digest("hex");
	} catch (error) {
		if (systemErrorCode(error) === "ENOENT") return null;
		throw error;
	}
}
// src/action/engine/files.ts
/** Name → package: the engine and all that its own installation script needs. */
const ENGINE_PACKAGES = {
	"adm-zip": {
		version: "0.6.1",
		integrity: "sha512-Xwrja8nx9e5o2N1my4DsKCeKpdrnACyr1wtbPxBDgGzKzKyE9kRtBFA8mWldI+RVlD7CBZNWY/wQ2+ydwOR6kQ==",
		dependencies: {}
	},
	"define-data-property": {
		version: "1.1.4",
		integrity: "sha512-rBMvIzlpA8v6E+SJZoo++HAYqsLrkg7MSfIinMPFhmkorw7X+dOXVJQs+QT69zGkzMyfDnIMN2Wid1+NbL3T+A==",
		dependencies: {
			"es-define-property": "^1.0.0",
			"es-errors": "^1.3.0",
			gopd: "^1.0.1"
		}
	},
	"define-properties": {
		version: "1.2.1",
		integrity: "sha512-8QmQKqEASLd5nx0U1B1okLElbUuuttJ/AnYmRXbbbGDWh6uS208EjD4Xqq/I9wK7u0v6O08XhTWnt5XtEbR6Dg==",
		dependencies: {
			"define-data-property": "^1.0.1",
			"has-property-descriptors": "^1.0.0",
			"object-keys": "^1.1.1"
		}
	},
	"es-define-property": {
		version: "1.0.1",
		integrity: "sha512-e3nRfgfUZ4rNGL232gUgX06QNyyez04KdjFrF+LTRoOXmrOgFKDg4BCdsjW8EnT69eqdYGmRpJwiPVYNrCaW3g==",
		dependencies: {}
	},
	"es-errors": {
		version: "1.3.0",
		integrity: "sha512-Zf5H2Kxt2xjTvbJvP2ZWLEICxA6j+hAmMzIlypy4xcBg1vKVnx89Wy0GbS+kf5cwCVFFzdCFh2XSCFNULS6csw==",
		dependencies: {}
	},
	"escape-string-regexp": {
		version: "4.0.0",
		integrity: "sha512-TtpcNJ3XAzx3Gq8sWRzJaVajRs0uVxA2YAkdb1jm2YkPz4G6egUFAyA3n5vtEIZefPk5Wa4UXbKuS5fKkJWdgA==",
		dependencies: {}
	},
	"global-agent": {
		version: "4.1.3",
		integrity: "sha512-KUJEViiuFT3I97t+GYMikLPJS2Lfo/S2F+DQuBWzuzaMPnvt5yyZePzArx36fBzpGTxZjIpDbXLeySLgh+k76g==",
		dependencies: {
			globalthis: "^1.0.2",
			matcher: "^4.0.0",
			semver: "^7.3.5",
			"serialize-error": "^8.1.0"
		}
	},
	globalthis: {
		version: "1.0.4",
		integrity: "sha512-DpLKbNU4WylpxJykQujfCcwYWiV/Jhm50Goo0wrVILAv5jOr9d+H+UR3PhSCD2rCCEIg0uc+G+muBTwD54JhDQ==",
		dependencies: {
			"define-properties": "^1.2.1",
			gopd: "^1.0.1"
		}
	},
	gopd: {
		version: "1.2.0",
		integrity: "sha512-ZUKRh6/kUFoAiTAtTYPZJ3hw9wNxx+BIBOijnlG9PnrJsCcSjs1wyyD6vJpaYtgnzDrKYRSqf3OO6Rfa93xsRg==",
		dependencies: {}
	},
	"has-property-descriptors": {
		version: "1.0.2",
		integrity: "sha512-55JNKuIW+vq4Ke1BjOTjM2YctQIvCT7GFzHwmfZPGo5wnrgkid0YQtnAleFSqumZm4az3n2BS+erby5ipJdgrg==",
		dependencies: { "es-define-property": "^1.0.0" }
	},
	matcher: {
		version: "4.0.0",
		integrity: "sha512-S6x5wmcDmsDRRU/c2dkccDwQPXoFczc5+HpQ2lON8pnvHlnvHAHj5WlLVvw6n6vNyHuVugYrFohYxbS+pvFpKQ==",
		dependencies: { "escape-string-regexp": "^4.0.0" }
	},
	"object-keys": {
		version: "1.1.1",
		integrity: "sha512-NuAESUOUMrlIXOfHKzD6bpPu3tYt3xvjNdRIQ+FeT0lNb4K8WR70CaDxhuNguS2XG+GjkyMwOzsN5ZktImfhLA==",
		dependencies: {}
	},
	"onnxruntime-common": {
		version: "1.30.0",
		integrity: "sha512-7fdVWjAID1dVhH/G8qK3APARunV4VkBFoCQAP7qp4Wkab0mrorvmc+sqiT+mKXOzDqdjN5j+/Z9nb4gzNPWcyA==",
		dependencies: {}
	},
	"onnxruntime-node": {
		version: "1.30.0",
		integrity: "sha512-twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw==",
		dependencies: {
			"adm-zip": "^0.6.0",
			"global-agent": "^4.1.3",
			"onnxruntime-common": "1.30.0"
		}
	},
	semver: {
		version: "7.8.6",
		integrity: "sha512-9lpSSU4Mly3mrtruwLs1eLK6+gzbzqeBFwRNjIjE+9LuDpWdYctrQlQ3ej1Ilgi7gknpsTRnPoLP8DpCHqHIJw==",
		dependencies: {}
	},
	"serialize-error": {
		version: "8.1.0",
		integrity: "sha512-3NnuWfM6vBYoy5gZFvHiYsVbafvI9vZv/+jlIigFn4oP4zjNPK3LhcY0xSCgeb1a5L8jO71Mit9LlNoi2UfDDQ==",
		dependencies: { "type-fest": "^0.20.2" }
	},
	"type-fest": {
		version: "0.20.2",
		integrity: "sha512-Ne+eE4r0/iWnpAxD852z3A+N0Bt5RN//NjJwRd2VFHEmrywxf5vsZlh4R6lixl6B+wz/8d+maTSAkN1FIkI3LQ==",
		dependencies: {}
	}
};
/** Package → path inside it → sha256: every file that can be loaded, of all platforms. */
const ENGINE_FILES = {
	"onnxruntime-common": {
		"dist/cjs/backend-impl.js": "3d25321895995f7e9480570b9a88f121049adf152e1829d0ecb11218da02d487",
		"dist/cjs/backend.js": "325aaee7a2649ea27629666f3ca01c0d80b9751e704ce502e43a8352390749b4",
		"dist/cjs/env-impl.js": "35cd8cac33973538eab471b68622c86c35a6896f4307d1a74c9ca0eda7abbac6",
		"dist/cjs/env.js": "22c7647f8ca1c1b83b437a92b95fee1457fcb72866fa029616b8f146dc609be8",
		"dist/cjs/index.js": "d7dd6cc9790e87299099fcd1b0ccb4969c01591d7eec0383a1c64dbea133dd1a",
		"dist/cjs/inference-session-impl.js": "88d90723a169297855ad3b564b134c6b685b2661316c81f71fc80da1e203bae0",
		"dist/cjs/inference-session.js": "458be26f316c5068d32a56ddbc30ca0aa687c636e079b3d161a69f0f14a683f1",
		"dist/cjs/onnx-model.js": "667f5fdac4b6df25e17f8a864d4dc619507f541f9fa0aafb6d3572fcca1e25e5",
		"dist/cjs/onnx-value.js": "8446854766f4955ce438a7338216f49223767ecc508bb502b73a3dc1a1f1998e",
		"dist/cjs/package.json": "091a04fa67c7907b98e106fcff8b964e13129754fce72d24f3025b97c4887fa3",
		"dist/cjs/tensor-conversion-impl.js": "9815e72c0bb91896035de93b3113a2256a1a998bc53c7b5e6bf5fb4e93714766",
		"dist/cjs/tensor-conversion.js": "28cc462d4a9ea556ecc86c0e6d16a51d61b58d5bc5b4b7b48976b14bc8035bdc",
		"dist/cjs/tensor-factory-impl.js": "a3204838a2c14416e4e61c968dc17c663ab3c9b8b2c4a8b7f2a1c5b06e3e5173",
		"dist/cjs/tensor-factory.js": "13b8d735350b828a49bda8aeec50b1dac888cf42268006efc4312f50a88b6906",
		"dist/cjs/tensor-impl-type-mapping.js": "333110edbbffdb7575ea340cb341bcaf691862d6594a649db28097f7d8cb19b7",
		"dist/cjs/tensor-impl.js": "11645352ba5d08971344717d3339f86aac560f84f29229b2ebe07f1ec8aa8905",
		"dist/cjs/tensor-utils-impl.js": "e7b1db989d33d54bdd1807b080a0989ff0b10d5f7dd8c93b92bbf293103aa4d5",
		"dist/cjs/tensor-utils.js": "d3f577e90dc2257c72ac728e5e6355c34af0342d971158d9f22b69d22aa97b8d",
		"dist/cjs/tensor.js": "9097114de356750f36f28776fa6ccd08d13694f0f9aac9e7669c30b6c43153f7",
		"dist/cjs/trace.js": "faecd0df94998d786e2085d56aa6003449f1ac3b35c350e0d2762498604e5d72",
		"dist/cjs/type-helper.js": "7f786da8d2a611ad751c70a74edf4d9acfccd26be8e5c6b1cb730f982892bf32",
		"dist/cjs/version.js": "0a1a7f532f4455ead0678966815c3114730150aa4368ebb5ebd9727425e9003b",
		"dist/esm/backend-impl.js": "97dd81b055a06f61120f09468fe59f046a9262b7b87bf5d05bceb085bf4f5558",
		"dist/esm/backend.js": "017ce2ec9dc2021ebc1ef2c4f04e1bc74276c65921b0297e7ed8cc16e640495b",
		"dist/esm/env-impl.js": "0da4c562a49fe147e19320a64cbb456184eb0e6242b1fe69c65c8368c55f3d97",
		"dist/esm/env.js": "b2bbd3d3b00a95765713c57cd0f5ef73718ae5b8322e07cb47a43e2accb21f15",
		"dist/esm/index.js": "ad23f6d6ce2c99c449031f24a5181f259516c64a9a67428c98a8539b857729bd",
		"dist/esm/inference-session-impl.js": "0446814a392c147b5c38ba242d9911ee54002b5d01a8e19fb4895fb8f8a0cdd3",
		"dist/esm/inference-session.js": "3ad4271a88edb3d242dc1e0e7bbf66510f9a56eff874c433b3b37f900ac007b1",
		"dist/esm/onnx-model.js": "9e9dc8678be0ea04575a542894508db355a4f9f2155ac7f4c17a697c5f843382",
		"dist/esm/onnx-value.js": "33dc232498753fc9026dfa44c99440cb1a6d29f3e53e1ad2fb8b696705158f06",
		"dist/esm/package.json": "e3d5a4a2d8551aa52c5a01d2a0efb2e06a2d9711b4f5c5f1d20de6e21807e2cd",
		"dist/esm/tensor-conversion-impl.js": "df6fa3cd1813c2d3e588cc07973cfe5ea2ab8647c957168200caa58e51440161",
		"dist/esm/tensor-conversion.js": "8c43ec1d061ab71032a1b28f45d85ef95f8d7bd2d4cd71d059e96d83e3a8f422",
		"dist/esm/tensor-factory-impl.js": "cf5606fe23461e01bff59c2d72ac47d74e652548718f1e5fab07a22b441379b4",
		"dist/esm/tensor-factory.js": "68b9f4f4573f25012ce8a4f73c9a2cee3a28db91de8bbb0a20ddb08bcba33c4b",
		"dist/esm/tensor-impl-type-mapping.js": "20bd5ddb858954cf071bace6c7a6628c8e311433798ec172f4c778bebd81d407",
		"dist/esm/tensor-impl.js": "6a749be63055f9d21069566b1515412484a3a03448ca20427c8f8d29328a2843",
		"dist/esm/tensor-utils-impl.js": "87d3e07c153616138c2f57846545eea9c47957c714d50c0264696bdc293e6732",
		"dist/esm/tensor-utils.js": "7acfdb2f8403ae84b7ae62d55d6eeb01519108be8874337b317b911ed60190cd",
		"dist/esm/tensor.js": "721d24a538de5333057bfc423bc00c3453a1c483f4495c857d0a6f9b8f2d330e",
		"dist/esm/trace.js": "9b87e6309a1c502b03558aa94b0a65c8ea1e8eb59cb46090f54f6eacd191b841",
		"dist/esm/type-helper.js": "3e2588c6a5ee7b9755e199eef10c6aa2e777d0366ea47d27953657a5638deeae",
		"dist/esm/version.js": "71c36bdc106472438d3f6c865c0e7ffd0f957524dceb0750738c451098c5ef13",
		"package.json": "4266741a80346e25820ccc494fbffb95e2f652b6dfb5585025be44df3b0d6722"
	},
	"onnxruntime-node": {
		"bin/napi-v6/darwin/arm64/libonnxruntime.1.30.0.dylib": "685d2be5dba1309c89d3a5324b7fd06a5c42f1a61bfea32d14c4cc28d072121d",
		"bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib": "685d2be5dba1309c89d3a5324b7fd06a5c42f1a61bfea32d14c4cc28d072121d",
		"bin/napi-v6/darwin/arm64/onnxruntime_binding.node": "a3f993357759b06ae2411f70af60f5e041d04521ea7f0d12cb7546e411a527dd",
		"bin/napi-v6/linux/arm64/libonnxruntime.so.1": "1f549d46250b005580b597f4164984aaf75b3bcb9f3aeb07c7f8a8fe60b23c76",
		"bin/napi-v6/linux/arm64/onnxruntime_binding.node": "afec78dc11d38dc81605b068cefe1fc73ffe77ca240c15468aa40786150beac8",
		"bin/napi-v6/linux/x64/libonnxruntime.so.1": "ffb75a925ba05e47b235bb66e3e3911714a80b328a9c9425539feb204aa32a23",
		"bin/napi-v6/linux/x64/onnxruntime_binding.node": "ccdc60b981d93a490cf9513d3f583547252b6e285b72988a96a494f2f006c7b8",
		"bin/napi-v6/win32/arm64/DirectML.dll": "aaf72a9d55aa123e0708d957d30dd4fbeb7a2e335ec6257ed5ff4261a402b9ee",
		"bin/napi-v6/win32/arm64/dxcompiler.dll": "442a995492579e1048cf1f05a86ab00f476c46b7f9d0996e588884040a543bbe",
		"bin/napi-v6/win32/arm64/dxil.dll": "859b6d638c5ca3df39e9cab2a602cb0f63d0e63d750f84bb2a9ec9031319b73e",
		"bin/napi-v6/win32/arm64/onnxruntime.dll": "6c3a2abf5c6aca11c48a0d338a91af309f2266f25ce2e4084e6a87bbcb0fbfd0",
		"bin/napi-v6/win32/arm64/onnxruntime_binding.node": "d8179924f15c2d3c1c8a75c50adf1671ec28c7f1cb0da9fc28b17daa02c5ecf5",
		"bin/napi-v6/win32/x64/DirectML.dll": "234e8898778cdec88d3cb0539508273494082812c968699f3de665a018971625",
		"bin/napi-v6/win32/x64/dxcompiler.dll": "593d42df78c7f9cbd97c1374af107cfe20985759f98b77afc1448fe41ee3cc76",
		"bin/napi-v6/win32/x64/dxil.dll": "cf9a3981263f8ec30c9905d136eeaf4b4573209c602198671b958ec86905dea8",
		"bin/napi-v6/win32/x64/onnxruntime.dll": "508c362f5673483dd3a086379c392795b2e42d10d5e6f3f90ebd7ac21c97af67",
		"bin/napi-v6/win32/x64/onnxruntime_binding.node": "ddd428464069b84414d34ec1796c7c2a69c33a976e4b0390692629e394f92fa1",
		"dist/backend.js": "a79e8019e7276a282987023f9d38d41063a99e563e5e1a6f38a73a7d39ea83ab",
		"dist/binding.js": "2a85ac5de943c7222aae5ca2897f52d73891f528d4295b701fab077470c668c0",
		"dist/index.js": "019eb02133b94b1f7fdf2d89eb93b590ce1288d271f7b280647fb3978e6391fa",
		"dist/version.js": "0a1a7f532f4455ead0678966815c3114730150aa4368ebb5ebd9727425e9003b",
		"package.json": "0871cd56ac2b9c9dfc834c7eabba819e5d4f966f005388515abb3402b14e0874",
		"script/build.js": "4a47ab592ed226f36be187a3210667f38950d4408f181f8eaa487c42c9c28842",
		"script/install-metadata-versions.js": "51b6f12f514b6181daf3f3097bb09d960573465670b4d3cd41d6cbfc53789519",
		"script/install-metadata.js": "2cfbb2fcf1f170d5da564c0be3222821050bcbd282c9e0493e9433649ac2f130",
		"script/install-utils.js": "b8890f3eb40b50b5e4ca61d6b6b328d017660319ee326ca3db00709de1218579",
		"script/install.js": "241c40edfafd2cac6abdcc6138207ffb41bd2d0f661c3bb3d422e5f8cb24fe88",
		"script/prepack.js": "890bf2498519fdc7ffd6f6fe2c44c16925ec9091d4b1419bf54a5fd9478e2d5b"
	}
};
// src/action/engine/install.ts
/**
* @file npm, asked for the engine's packages exactly as they are locked (files.ts): version and integrity of each, the
* ones that its own installation script needs included. No install scripts run. Left out: writing around npm's
* configuration, so that a registry of one's own serves.
*/
/** Lay down node_modules in `staging`. Errors: ACTION_RUNTIME_INSTALL, ACTION_RUNTIME_NPM. */
async function installEngine(host, staging) {
	await writeFile$1(join(staging, "package.json"), JSON.stringify(manifest));
	await writeFile$1(join(staging, "package-lock.json"), JSON.stringify(lockfile()));
	const npm = npmOf(host);
	const flags = [
		"--ignore-scripts",
		"--no-audit",
		"--no-fund",
		"--omit=dev",
		"--loglevel=error"
	];
	const { status, output } = await host.run(npm.command, [
		...npm.args,
		"ci",
		...flags,
		"--prefix",
		staging
	]);
	if (status !== 0) throw runtimeInstall(`npm ci of onnxruntime-node ${ENGINE_VERSION}`, status, output);
}
const manifest = {
	name: "saegate-engine",
	private: true,
	dependencies: { "onnxruntime-node": ENGINE_VERSION }
};
/** npm holds what it downloads against the hashes in here. */
function lockfile() {
	const packages = Object.entries(ENGINE_PACKAGES).map(([name, locked]) => [`node_modules/${name}`, locked]);
	return {
		name: manifest.name,
		lockfileVersion: 3,
		packages: {
			"": manifest,
			...Object.fromEntries(packages)
		}
	};
}
/**
* npm as a script for our own Node: beside it (Linux and macOS runners carry it), else on PATH. Never npm.cmd, which
* Node starts only through a shell.
*/
function npmOf({ env, execPath }) {
	const folders = [dirname(execPath), ...(env.PATH ?? env.Path ?? "").split(delimiter).filter((folder) => folder !== "")];
	for (const folder of folders) {
		for (const modules of [join(folder, "..", "lib", "node_modules"), join(folder, "node_modules")]) {
			const script = join(modules, "npm", "bin", "npm-cli.js");
			if (existsSync(script)) return {
				command: execPath,
				args: [script]
			};
		}
		if (existsSync(join(folder, "npm")) && process.platform !== "win32") return {
			command: join(folder, "npm"),
			args: []
		};
	}
	throw runtimeNpm();
}
// src/action/runtime.ts
/**
* @file The engine for the action. onnxruntime-node is a native module and not in the bundle: it is found at
* `runtime-path`, or in the runner's tool cache, where the first run puts it with npm.
*
* Layout after @actions/tool-cache: <RUNNER_TOOL_CACHE>/saegate-runtime/<version>/<arch>[-cuda12] and a `.complete` file
* beside it. Installed into a folder of its own and renamed at the end, so that jobs side by side never see half of it.
* Every file is held against the hashes that ship with the action, after installing and at every reuse. The CUDA provider
* is no part of the package and its hashes are not known beforehand: those of the first download are written to
* `.complete`, shown, and held against at every reuse. No install scripts run but onnxruntime's own, and that only for CUDA.
*/
const RUNTIME_VERSION = ENGINE_VERSION;
/** The folder whose node_modules hold the engine, its files as in `files`. Errors: ACTION_RUNTIME_*. */
async function ensureRuntime(host, device, runtimePath, files = ENGINE_FILES) {
	const cuda = device === "cuda" || device.startsWith("cuda:");
	if (runtimePath !== null) return preinstalled(host, resolve(runtimePath), cuda, files);
	if (cuda && !isCudaPlatform(host)) throw runtimeCuda(noProviderHere(host));
	if (device !== "auto" || !wantsCuda(host)) return await cached(host, {
		cuda,
		files
	});
	try {
		return await cached(host, {
			cuda: true,
			files
		});
	} catch (error) {
		if (!(error instanceof SaegateError)) throw error;
		host.info(`Engine: this runner has an NVIDIA driver, but CUDA is not installed: ${error.message}`);
		return await cached(host, {
			cuda: false,
			files
		});
	}
}
const noProviderHere = ({ platform, arch }) => `onnxruntime-node ${RUNTIME_VERSION} has a CUDA provider for Linux x64 only, not ${platform} ${arch}`;
/** Where `auto` was asked for: is there a device to be had, and what it takes besides the provider? Says why not. */
function wantsCuda(host) {
	if (!host.hasNvidiaDriver()) return false;
	const refuse = (why) => {
		host.info(`Engine: this runner has an NVIDIA driver, but the audit will run on the CPU: ${why}`);
		return false;
	};
	if (!isCudaPlatform(host)) return refuse(noProviderHere(host));
	const { missing } = findCudaLibraries({
		libraryPath: host.env.LD_LIBRARY_PATH,
		root: host.root ?? ""
	});
	return missing.length === 0 || refuse(`${missing.join(", ")} not found; device cuda would say more`);
}
/** From the tool cache, or installed into it. */
async function cached(host, wanted) {
	const { cuda, files } = wanted;
	const root = host.env.RUNNER_TOOL_CACHE || join(host.env.RUNNER_TEMP || ".", "tool-cache");
	const folder = join(root, "saegate-runtime", RUNTIME_VERSION, `${host.arch}${cuda ? "-cuda12" : ""}`);
	const flaw = existsSync(`${folder}.complete`) ? await cachedFlaw(host, folder, files) : "none there yet";
	if (flaw === null) {
		host.info(`Engine: onnxruntime-node ${RUNTIME_VERSION}, from the tool cache, every file verified`);
		return folder;
	}
	if (existsSync(`${folder}.complete`)) {
		host.info(`Engine: what lies in ${folder} is not used: ${flaw}`);
		await rm$1(`${folder}.complete`, { force: true });
	}
	host.info(`Engine: installing onnxruntime-node ${RUNTIME_VERSION} into ${folder}`);
	await install(host, folder, wanted);
	return folder;
}
/** Why a folder of the tool cache is not to be used; null: it is as it was installed. */
async function cachedFlaw(host, folder, files) {
	const flaw = await engineFlaw(join(folder, "node_modules"), host, files);
	if (flaw !== null) return flaw;
	return await readFile(`${folder}.complete`, "utf8").catch(() => null) === cudaText(await cudaHashes(join(folder, "node_modules"))) ? null : "its CUDA libraries are not those that were downloaded";
}
const cudaText = (hashes) => `${JSON.stringify(hashes, null, 2)}\n`;
/** One that the checkout brings is the pull request's: it must be the package file by file. Elsewhere a build of one's own may lie. */
async function preinstalled(host, folder, cuda, files) {
	const version = await readVersion(join(packageFolder(folder), "package.json"));
	if (version !== RUNTIME_VERSION) throw runtimeVersion(folder, version, RUNTIME_VERSION);
	if (!hasBinding(host, folder)) throw runtimePlatform(RUNTIME_VERSION, `${host.platform} ${host.arch}`);
	if (cuda && !hasCudaProvider(packageFolder(folder), host)) throw runtimeCuda(`runtime-path ${folder} has no ${cudaLibrary(host)}`);
	if (isInWorkspace(host, folder)) {
		const modules = join(folder, "node_modules");
		const flaw = await engineFlaw(modules, host, files) ?? await unknownCuda(modules);
		if (flaw !== null) throw runtimeIntegrity(flaw);
	}
	host.info(`Engine: onnxruntime-node ${version}, from ${folder}`);
	return folder;
}
/** Of CUDA libraries in the checkout nobody knows the hashes, so that anything could be one. */
async function unknownCuda(modules) {
	const [first] = Object.keys(await cudaHashes(modules));
	return first === void 0 ? null : `${first} lies in the workspace, and its hash is not known`;
}
function isInWorkspace({ env }, folder) {
	if (!env.GITHUB_WORKSPACE) return false;
	const below = relative(resolve(env.GITHUB_WORKSPACE), folder);
	return !below.startsWith("..") && !below.startsWith("/") && !/^[A-Za-z]:/.test(below);
}
async function readVersion(manifest) {
	try {
		const { version } = JSON.parse(await readFile(manifest, "utf8"));
		return String(version);
	} catch (error) {
		throw fileUnreadable("runtime-path:", manifest, error instanceof Error ? error.message : String(error));
	}
}
const packageFolder = (folder) => join(folder, "node_modules", "onnxruntime-node");
const hasBinding = (host, folder) => existsSync(join(engineLibraries(packageFolder(folder), host), "onnxruntime_binding.node"));
async function install(host, folder, { cuda, files }) {
	await makeFolder(dirname(folder));
	const staging = await mkdtemp(`${folder}.partial-`);
	const modules = join(staging, "node_modules");
	try {
		await installEngine(host, staging);
		if (!hasBinding(host, staging)) throw runtimePlatform(RUNTIME_VERSION, `${host.platform} ${host.arch}`);
		await dropOtherPlatforms(host, staging);
		if (cuda) await fetchCuda(host, staging);
		const flaw = await engineFlaw(modules, host, files);
		if (flaw !== null) throw runtimeIntegrity(flaw);
		const hashes = await cudaHashes(modules);
		for (const [path, sha256] of Object.entries(hashes)) host.info(`Engine: downloaded ${path}, sha256 ${sha256}`);
		await moveInto(staging, folder);
		await writeFile$1(`${folder}.complete`, cudaText(hashes));
	} finally {
		await rm$1(staging, {
			recursive: true,
			force: true
		});
	}
}
/** The package carries every platform's library; a tool cache needs its own only. */
async function dropOtherPlatforms(host, staging) {
	const bin = join(packageFolder(staging), "bin", "napi-v6");
	for (const platform of await readdir$1(bin)) for (const arch of await readdir$1(join(bin, platform))) if (platform !== host.platform || arch !== host.arch) await rm$1(join(bin, platform, arch), { recursive: true });
}
async function fetchCuda(host, staging) {
	const failure = await fetchCudaProvider(packageFolder(staging), host, (args) => host.run(host.execPath, args, scriptEnvironment(host.env)));
	if (failure !== null) throw runtimeInstall("onnxruntime’s CUDA provider", failure.status, failure.output);
}
/** A job beside this one may have been first: then its folder is as good. */
async function moveInto(staging, folder) {
	if (existsSync(`${folder}.complete`)) return;
	await rm$1(folder, {
		recursive: true,
		force: true
	});
	try {
		await rename$1(staging, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	}
}
// src/action/main.ts
/**
* @file The action: inputs in; the shared audit, verdict and report; summary, comment, annotations, outputs and exit
* status out. The exit status is the gate: 0 passes, 1 blocks, 2 and 3 the audit could not be asked for or run.
*/
/** Never throws. */
async function runAction(host, tools) {
	try {
		return await deliver(start$1(host, tools));
	} catch (error) {
		return announceProblem(host, error);
	}
}
/** Errors: OPTION_INVALID, ACTION_EVENT_UNREADABLE, ACTION_CACHE_PATH. */
function start$1(host, tools) {
	dropDeveloperSettings(host);
	const inputs = readInputs(host.core);
	const event = readEvent(host.env);
	const workspace = host.env.GITHUB_WORKSPACE || ".";
	const subject = subjectOf(event, inputs.report !== null, checkedOutCommit(workspace));
	host.enter(inputs.workingDirectory);
	if (inputs.cachePath !== null) requireOutside(inputs.cachePath, workspace);
	return {
		host,
		tools,
		inputs,
		event,
		job: readJob(host.env, inputs),
		subject
	};
}
async function deliver(started) {
	const check = await openCheck(started);
	let concluded;
	try {
		concluded = await ruled(started);
	} catch (error) {
		await check.finish({
			conclusion: "failure",
			title: "The audit did not finish",
			summary: "See the job’s log."
		});
		if (!started.host.signal.aborted) await postComment(started, unfinishedSection(started, problemText(error)));
		throw error;
	}
	await postComment(started, concluded.section);
	await check.finish(concluded.check);
	return concluded.status;
}
/** A pull request that brings the gate itself is not judged by it. */
async function ruled(started) {
	try {
		const sources = await openSources(started);
		const rules = await readRules(started, sources);
		return await gate({
			...started,
			file: rules.file,
			rules: ownTexts(started, sources, rules)
		}, sources);
	} catch (error) {
		if (error instanceof SaegateError && error.code === baseWithoutRules.code) return await concludeUnjudged(started, error);
		throw error;
	}
}
async function gate(run, sources) {
	const { host, tools, inputs, file, rules } = run;
	if (inputs.report !== null) {
		const request = resolveJudging(inputs.audit, file);
		await requireOut(run, request.out);
		await rules.holdBaseline(request.baseline);
		await requireOwnReport(run, inputs.report);
		const { criteria, notes } = await criteriaOf(run, request);
		const measurement = handedOn(run, await tools.load(inputs.report));
		requireReport(measurement.report, request.expected);
		const said = await ownRules(run, sources, {
			request: askedHere(run) ?? request,
			policy: criteria.policy
		});
		return conclude(run, {
			judged: tools.judge(measurement, criteria),
			out: request.out,
			fingerprint: null,
			handedOn: true,
			said,
			notes
		});
	}
	const request = resolveRequest(inputs.audit, file);
	await requireOut(run, request.out);
	requireHubCache(run);
	await rules.hold(request);
	requireOwn(run, sources, request);
	const { criteria, notes } = await criteriaOf(run, request);
	const said = await ownRules(run, sources, {
		request,
		policy: criteria.policy
	});
	const fingerprint = await currentFingerprint(run, request, criteria);
	const reused = await unchangedVerdict(run, fingerprint, criteria);
	if (reused !== null) {
		const { judged, note } = reused;
		const all = [...notes, note];
		return conclude(run, {
			judged,
			out: request.out,
			fingerprint,
			handedOn: false,
			said,
			notes: all
		});
	}
	const requireKept = await prepare(run, request);
	const measurement = await tools.audit(ownCaptures(request, run.event, host.core.info), criteria, {
		onProgress: host.core.info,
		signal: host.signal
	});
	await requireKept();
	const after = fingerprint === null ? null : await currentFingerprint(run, request, criteria);
	return conclude(run, {
		judged: tools.judge(measurement, criteria),
		out: request.out,
		fingerprint: after === fingerprint ? fingerprint : null,
		handedOn: false,
		said,
		notes
	});
}
/** What a pull request would change of the gate is said before it is measured. */
async function ownRules(run, sources, inForce) {
	const said = await saidOfRules(run, sources, {
		...inForce,
		rules: run.rules
	});
	if (said.warning !== null) run.host.core.warning(said.warning, { title: "saegate: the gate’s rules" });
	return said;
}
/**
* saegate.yaml may be the pull request's: it has no say over folders that are not, nor does what it commits there become a part of
* the report. Errors: ACTION_OUT_OUTSIDE, ACTION_OUT_FOREIGN.
*/
async function requireOut(run, out) {
	const { host, event } = run;
	const { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temporary } = host.env;
	requireBelow(out, [workspace || ".", ...temporary ? [temporary] : []]);
	if (!bringsFiles(event)) return;
	const foreign = await foreignFile(out);
	if (foreign !== null) throw outForeign(out, foreign);
	const commit = await committedAt(out, checkoutsOf(run));
	if (commit !== null) throw outForeign(out, `what the commit ${commit.slice(0, 12)} has there`);
}
/** Links that a pull request commits into the cache would be written through. Errors: ACTION_HUB_CACHE. */
function requireHubCache(run) {
	const { host, inputs, event } = run;
	if (inputs.cachePath !== null || !bringsFiles(event)) return;
	const folder = hubCacheFolder(host.env);
	if (isWithin(folder, workspaceOf(run))) throw hubCacheInside(folder);
}
const workspaceOf = ({ host }) => host.env.GITHUB_WORKSPACE || ".";
const headDecides = ({ commits }) => commits.decides === "checkout";
/** Errors: ACTION_PATH_OUTSIDE. */
function requireOwn(run, sources, request) {
	if (!bringsFiles(run.event)) return;
	const whose = {
		headDecides: headDecides(sources),
		added: run.rules.added
	};
	for (const named of ownPaths(request, run.inputs, whose)) requireOwnPath(named, workspaceOf(run));
}
/** Errors: ACTION_PATH_OUTSIDE, ACTION_REPORT_COMMITTED. */
async function requireOwnReport(run, path) {
	if (!bringsFiles(run.event)) return;
	requireOwnPath({
		what: "report",
		path,
		byHead: false
	}, workspaceOf(run));
	await requireMade(path, checkoutsOf(run));
}
function checkoutsOf(run) {
	const link = connectionOf(run);
	const objects = (root) => objectsOf(root, link);
	return {
		workspace: workspaceOf(run),
		objects,
		commit: run.event.sha
	};
}
/** Policies and watch-lists of the checkout are read where they lie in the workspace, links followed. */
function ownTexts(started, sources, rules) {
	if (!bringsFiles(started.event) || !headDecides(sources)) return rules;
	const byHead = started.inputs.audit.values.policy === void 0;
	return {
		...rules,
		readText: async (path) => {
			requireOwnPath({
				what: "policy",
				path,
				byHead
			}, workspaceOf(started));
			return await rules.readText(path);
		}
	};
}
/** What is judged by; `baseline: base` is looked up first. Errors: those of policies and of baselines. */
async function criteriaOf(run, request) {
	const { rules, inputs } = run;
	if (!isPolicySaid(inputs.audit, run.file)) throw policyMissing();
	const from = rules.note === null ? [] : [rules.note];
	const read = async (baseline) => {
		const policy = request.policy === null ? null : rules.policySpec(request.policy);
		return await readCriteria({
			policy,
			expectPolicy: request.expectPolicy,
			baseline
		}, rules.readText);
	};
	const { baseline } = request;
	if (baseline !== "base") return {
		criteria: await read(baseline === null ? null : await rules.baseline(baseline)),
		notes: from
	};
	const found = await baseReport(run);
	if (found.kind === "none") {
		run.host.core.warning(`No baseline: ${found.why}.`, { title: "saegate: no baseline" });
		return {
			criteria: await read(null),
			notes: [...from, "no baseline was found"]
		};
	}
	const short = found.commit.slice(0, 12);
	run.host.core.info(`Baseline: the report of the merge base ${short}, from ${found.where}`);
	const criteria = await read(found.json);
	const named = criteria.baseline === null ? null : {
		...criteria.baseline,
		path: `${BASE}@${short}`
	};
	return {
		criteria: {
			...criteria,
			baseline: named
		},
		notes: [...from, `compared with the merge base ${short}`]
	};
}
/** An earlier run's measurement, judged as it would be now; null: it has to be measured. */
async function unchangedVerdict(run, fingerprint, criteria) {
	if (!run.inputs.skipUnchanged || fingerprint === null) return null;
	const reused = await unchanged(run, fingerprint);
	if (reused === null) return null;
	const judged = run.tools.judge(reused.measurement, criteria);
	if (!judged.blocks && !reused.succeeded) {
		run.host.core.info(`skip-unchanged: measured anew, because run ${reused.run} failed and its report would pass`);
		return null;
	}
	const note = `unchanged, measured by run ${reused.run} at commit ${reused.commit.slice(0, 12)}`;
	run.host.core.info(`saegate: ${note}`);
	return {
		judged,
		note
	};
}
/** Where the stages find engine, cache and token. To be called when the engine was used: was it that one all along? */
async function prepare({ host, inputs }, request) {
	const { core, env, runtime } = host;
	if (inputs.hfToken !== null) env.HF_TOKEN = inputs.hfToken;
	if (inputs.cachePath !== null) env.SAEGATE_CACHE = inputs.cachePath;
	const engine = await ensureRuntime({
		...runtime,
		env,
		info: core.info
	}, request.device, inputs.runtimePath);
	env.SAEGATE_RUNTIME = engine;
	return await engineKept(engine);
}
/** Only asked for where somebody could use it. */
async function currentFingerprint({ host, tools, inputs }, request, { policy, baseline }) {
	if (!inputs.skipUnchanged) return null;
	const today = new Date(host.clock.now()).toISOString().slice(0, 10);
	const fingerprint = await fingerprintOf(request, {
		version: tools.version,
		policy,
		baselineSha256: baseline?.sha256 ?? null,
		today
	});
	if (fingerprint === null) host.core.info("skip-unchanged: a model, SAE or corpus is not pinned to a commit, so nothing is skipped");
	return fingerprint;
}
// src/action/tools.ts
function realTools(version) {
	return {
		version,
		audit: async (request, criteria, { onProgress, signal }) => {
			const options = {
				onProgress: seldom(onProgress),
				signal,
				toolVersion: version
			};
			return (await runAudit(request, criteria, options)).measurement;
		},
		load: loadReport,
		judge: judgeBy,
		write: writeReport
	};
}
/** A job's log keeps every line: one at each new stage, else one every 20 s. */
const SECONDS_BETWEEN_LINES = 20;
function seldom(write) {
	const seconds = () => performance.now() / 1e3;
	const words = new ProgressText(seconds);
	let [stage, written] = ["", Number.NEGATIVE_INFINITY];
	return (progress) => {
		const line = words.line(progress);
		if (progress.stage === stage && seconds() - written < SECONDS_BETWEEN_LINES) return;
		[stage, written] = [progress.stage, seconds()];
		write(line);
	};
}
// src/action/start.ts
/** @file The action as the runner starts it: the process in, an exit status out. */
async function start() {
	process.exitCode = await runAction(processHost(), realTools(VERSION));
}
export { start };
