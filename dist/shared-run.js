import { i as __toESM, r as __require, t as __commonJSMin } from "./shared-rolldown-runtime.js";
import { r as interrupted } from "./shared-engine.js";
import { i as problem, o as plainLines, s as withoutCommands, t as SaegateError } from "./shared-problem.js";
import { n as problemOf } from "./shared-last-handler.js";
import { B as writtenDefault, E as configOfValue, M as readCount, R as readSize, S as featureNotThere, _ as attestDerived, b as attestWhich, g as tableUnreadable, h as reportJson, i as loadReport, j as readChoice, n as VERSION, p as MAX_FEATURES, s as readConfig, t as ENGINE_VERSION, u as FIRING_COLUMNS, v as attestShards, w as policyMissing, x as featureIdInvalid, y as attestUnjudged, z as readText } from "./shared-version.js";
import { a as temporaryPathIn, c as writeOutput, l as writeProblem } from "./shared-atomic.js";
import { t as jsonText } from "./shared-json-text.js";
import { _ as optionInvalid, l as readYaml, v as optionRepeated } from "./shared-recomputed.js";
import { t as firstDifference } from "./shared-differences.js";
import { A as survivalBias, L as SHIPPED_POLICY_NAMES, N as readCriteria, O as biasWords, P as readPolicy, V as resolveRequest, a as writeReport, i as withTables, j as judgeBy, k as isBiasNotable, n as runShard, o as prepareFolder, r as withPublisherToken, s as reportMarkdown, t as runAudit } from "./shared-run-audit.js";
import { d as fileTooLarge, n as openProblem, o as nearPath, p as writeRefused, r as systemErrorCode, t as fileSource, u as fileMissing } from "./shared-file.js";
import { p as quantity, s as isPart, v as metricOf } from "./shared-verdict.js";
import { n as isShardName, r as parseShard } from "./shared-shard-number.js";
import { i as shardUnsupported, n as shardMalformed, s as shardsNone, t as shardInvalid } from "./shared-shards.js";
import { F as SWAPPED_BY, N as DEFAULT_THRESHOLDS, _ as auditOptions, b as CONFIG_NAME, l as nullableNumber, u as nullableString, v as optionNamed, y as AUDIT_OPTIONS } from "./shared-causal-schema.js";
import { f as match, i as stabilityRow, p as attribution } from "./shared-report-schema.js";
import { F as number, H as signed, I as percent$2, J as alsoMeasured, K as NO_SHARE, L as percentInterval, M as decimal, N as decimalInterval, O as render, P as duration$1, R as plusMinus, S as headline, T as capital, U as signedInterval, W as signedPercent, _ as kindRows, a as ranking, at as shownPerplexity, c as methodWords, d as coursesByLayer, et as neuronpediaUrl, g as confidenceRows, h as KIND_HEADER, it as rulesToSee, j as count$3, k as bar, m as CONFIDENCE_HEADER, n as survivalLine, nt as readoutOf$1, o as measuringFlags, p as leastSurvivedOf, q as activeReadouts, rt as referencePerplexity, t as bytesWords, tt as ofActive, v as worstKindOf, w as PLAIN, z as ruleText } from "./shared-shown.js";
import { G as methodOf, H as VALUE_ALONE, I as logOdds, L as ofCorrelations, N as intervalOf, U as fewestGroups, W as groupsOfReplicates, at as classOf, ct as isActive, k as bareEstimate, lt as thresholdsOf, ot as countedRho, q as samplingOf, z as studentQuantile } from "./shared-losses.js";
import { t as unpackedBytes } from "./shared-bytes.js";
import { n as csvRecords, t as openParquet } from "./shared-parquet.js";
import { t as present$1 } from "./shared-present.js";
import { _ as ruleX, a as classBars, b as xml$1, d as dot, f as barX, g as text$1, i as dissociationMap, l as line$2, n as reportHtml, o as CLASS_COLOURS, p as rect, s as figure$1, u as lineY, v as ruleY, y as STYLE } from "./shared-page.js";
import { n as visible, t as oneLine } from "./shared-visible.js";
import { _ as readJournal, a as stateFolder, b as shardOf, c as nightText, d as columns, f as pad, g as withState, h as readState, i as reportPath, l as ascii, o as progressTo, p as wrap, t as DEFAULT_CONFIG, u as clip, v as parseShard$1, x as durationOf, y as shardName } from "./shared-state-folder.js";
import { t as measureAndKeep } from "./shared-measured.js";
import { t as TOKEN_QUANTILES } from "./shared-token-statistics.js";
import { n as VERBOSE_FLAG, o as wantsColour, s as wantsUnicode, t as QUIET_FLAGS } from "./shared-host.js";
import { t as makeFolder } from "./shared-make-folder.js";
import { _ as captureTooLarge, c as listEntries, g as capturePlace, h as captureNone, l as pullEntry, p as keptFolder, s as copyEntry, t as STAND_IN, v as captureWhich } from "./shared-stand-in2.js";
import { i as hubSettings, n as hubCacheFolder } from "./shared-hub-settings.js";
import { n as parseHubSpec, t as isHubSpec } from "./shared-hub-spec.js";
import { n as KeptEntries } from "./shared-entries.js";
import { t as openFiles } from "./shared-open-files.js";
import { C as corpusRepositories, S as corpusParts, T as namedPart, b as matchesGlob, o as requireComparable, w as datasetPart } from "./shared-readout-scope.js";
import { C as halvesOf, D as availableMemory, M as repairReferenceFails, P as repairWithoutPolicy, S as chosenFeatures, _ as pearson, a as isDerivedSpec, b as PREDICTORS, d as forecast, f as fragilityOf, g as rocCurve, h as areaUnderRoc, i as tensorPlanSchema, l as NORMAL, m as survivedOf, n as PLAN_PREFIX, p as smallerClass, r as TENSOR_PLAN_SCHEMA, t as AS_REFERENCE, u as byPredictor, v as spearman, w as equalCountBins, x as calibrationOf, y as sampleStandardDeviation } from "./shared-tensor-plan-schema.js";
import { b as median, f as sensitivityGrid, i as meanOf, o as quantileOf, t as classFraction, y as definedOrZero } from "./shared-feature-figures.js";
import { r as parseCompression } from "./shared-spec.js";
import { t as openHub } from "./shared-hub.js";
import { t as openOci } from "./shared-oci.js";
import { a as isRemoteSpec, i as isOciSpec, s as parseOciSpec } from "./shared-oci-spec.js";
import { t as usableCores } from "./shared-cores.js";
import { a as runtimeFolder, c as engineLibraries, d as isCudaPlatform, f as scriptEnvironment, l as fetchCudaProvider, o as runtimeVersion, s as cudaLibrary, u as hasCudaProvider } from "./shared-runtime.js";
import { n as openReport, t as gate$1 } from "./shared-finished.js";
import { t as require_dist } from "./shared-dist.js";
import { t as readTextFile } from "./shared-whole-file.js";
import { i as parseJson, r as isJsonObject } from "./shared-json.js";
import { a as limitWords, o as oneSided, s as ruleSubject } from "./shared-judge.js";
import { t as schemaCheck } from "./shared-schema-check.js";
import { f as registryItemUnknown, m as registryNotThere, o as registryDamaged } from "./shared-registry.js";
import { t as removeDeadTemporaries } from "./shared-leftovers.js";
import { n as mark$1, r as outcomeWord, s as retryWords, t as figureWords } from "./shared-figures.js";
import { i as runProgram, r as pullRequestComment } from "./shared-comment.js";
import { n as badgeJson } from "./shared-badge.js";
import { b as saesModelUnknown, t as RELEASES } from "./shared-table.js";
import { t as nearestName } from "./shared-nearest-name.js";
import { t as findCudaLibraries } from "./shared-cuda-libraries.js";
import { r as filesSha256, t as digestedFiles } from "./shared-file-digests.js";
import { t as tellProblem } from "./shared-tell-problem.js";
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, cp, lstat, mkdtemp, readFile, readdir, rename, rm, rmdir, stat, statfs, writeFile } from "node:fs/promises";
import { arch, availableParallelism, cpus, freemem, platform, tmpdir, totalmem } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
// node_modules/commander/lib/error.js
var require_error = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* CommanderError class
	*/
	var CommanderError = class extends Error {
		/**
		* Constructs the CommanderError class
		* @param {number} exitCode suggested exit code which could be used with process.exit
		* @param {string} code an id string representing the error
		* @param {string} message human-readable description of the error
		*/
		constructor(exitCode, code, message) {
			super(message);
			Error.captureStackTrace(this, this.constructor);
			this.name = this.constructor.name;
			this.code = code;
			this.exitCode = exitCode;
			this.nestedError = void 0;
		}
	};
	/**
	* InvalidArgumentError class
	*/
	var InvalidArgumentError = class extends CommanderError {
		/**
		* Constructs the InvalidArgumentError class
		* @param {string} [message] explanation of why argument is invalid
		*/
		constructor(message) {
			super(1, "commander.invalidArgument", message);
			Error.captureStackTrace(this, this.constructor);
			this.name = this.constructor.name;
		}
	};
	exports.CommanderError = CommanderError;
	exports.InvalidArgumentError = InvalidArgumentError;
}));
// node_modules/commander/lib/argument.js
var require_argument = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { InvalidArgumentError } = require_error();
	var Argument = class {
		/**
		* Initialize a new command argument with the given name and description.
		* The default is that the argument is required, and you can explicitly
		* indicate this with <> around the name. Put [] around the name for an optional argument.
		*
		* @param {string} name
		* @param {string} [description]
		*/
		constructor(name, description) {
			this.description = description || "";
			this.variadic = false;
			this.parseArg = void 0;
			this.defaultValue = void 0;
			this.defaultValueDescription = void 0;
			this.argChoices = void 0;
			switch (name[0]) {
				case "<":
					this.required = true;
					this._name = name.slice(1, -1);
					break;
				case "[":
					this.required = false;
					this._name = name.slice(1, -1);
					break;
				default:
					this.required = true;
					this._name = name;
			}
			if (this._name.endsWith("...")) {
				this.variadic = true;
				this._name = this._name.slice(0, -3);
			}
		}
		/**
		* Return argument name.
		*
		* @return {string}
		*/
		name() {
			return this._name;
		}
		/**
		* @package
		*/
		_collectValue(value, previous) {
			if (previous === this.defaultValue || !Array.isArray(previous)) return [value];
			previous.push(value);
			return previous;
		}
		/**
		* Set the default value, and optionally supply the description to be displayed in the help.
		*
		* @param {*} value
		* @param {string} [description]
		* @return {Argument}
		*/
		default(value, description) {
			this.defaultValue = value;
			this.defaultValueDescription = description;
			return this;
		}
		/**
		* Set the custom handler for processing CLI command arguments into argument values.
		*
		* @param {Function} [fn]
		* @return {Argument}
		*/
		argParser(fn) {
			this.parseArg = fn;
			return this;
		}
		/**
		* Only allow argument value to be one of choices.
		*
		* @param {string[]} values
		* @return {Argument}
		*/
		choices(values) {
			this.argChoices = values.slice();
			this.parseArg = (arg, previous) => {
				if (!this.argChoices.includes(arg)) throw new InvalidArgumentError(`Allowed choices are ${this.argChoices.join(", ")}.`);
				if (this.variadic) return this._collectValue(arg, previous);
				return arg;
			};
			return this;
		}
		/**
		* Make argument required.
		*
		* @returns {Argument}
		*/
		argRequired() {
			this.required = true;
			return this;
		}
		/**
		* Make argument optional.
		*
		* @returns {Argument}
		*/
		argOptional() {
			this.required = false;
			return this;
		}
	};
	/**
	* Takes an argument and returns its human readable equivalent for help usage.
	*
	* @param {Argument} arg
	* @return {string}
	* @private
	*/
	function humanReadableArgName(arg) {
		const nameOutput = arg.name() + (arg.variadic === true ? "..." : "");
		return arg.required ? "<" + nameOutput + ">" : "[" + nameOutput + "]";
	}
	exports.Argument = Argument;
	exports.humanReadableArgName = humanReadableArgName;
}));
// node_modules/commander/lib/help.js
var require_help = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { humanReadableArgName } = require_argument();
	/**
	* TypeScript import types for JSDoc, used by Visual Studio Code IntelliSense and `npm run typescript-checkJS`
	* https://www.typescriptlang.org/docs/handbook/jsdoc-supported-types.html#import-types
	* @typedef { import("./argument.js").Argument } Argument
	* @typedef { import("./command.js").Command } Command
	* @typedef { import("./option.js").Option } Option
	*/
	var Help = class {
		constructor() {
			this.helpWidth = void 0;
			this.minWidthToWrap = 40;
			this.sortSubcommands = false;
			this.sortOptions = false;
			this.showGlobalOptions = false;
		}
		/**
		* prepareContext is called by Commander after applying overrides from `Command.configureHelp()`
		* and just before calling `formatHelp()`.
		*
		* Commander just uses the helpWidth and the rest is provided for optional use by more complex subclasses.
		*
		* @param {{ error?: boolean, helpWidth?: number, outputHasColors?: boolean }} contextOptions
		*/
		prepareContext(contextOptions) {
			this.helpWidth = this.helpWidth ?? contextOptions.helpWidth ?? 80;
		}
		/**
		* Get an array of the visible subcommands. Includes a placeholder for the implicit help command, if there is one.
		*
		* @param {Command} cmd
		* @returns {Command[]}
		*/
		visibleCommands(cmd) {
			const visibleCommands = cmd.commands.filter((cmd) => !cmd._hidden);
			const helpCommand = cmd._getHelpCommand();
			if (helpCommand && !helpCommand._hidden) visibleCommands.push(helpCommand);
			if (this.sortSubcommands) visibleCommands.sort((a, b) => {
				return a.name().localeCompare(b.name());
			});
			return visibleCommands;
		}
		/**
		* Compare options for sort.
		*
		* @param {Option} a
		* @param {Option} b
		* @returns {number}
		*/
		compareOptions(a, b) {
			const getSortKey = (option) => {
				return option.short ? option.short.replace(/^-/, "") : option.long.replace(/^--/, "");
			};
			return getSortKey(a).localeCompare(getSortKey(b));
		}
		/**
		* Get an array of the visible options. Includes a placeholder for the implicit help option, if there is one.
		*
		* @param {Command} cmd
		* @returns {Option[]}
		*/
		visibleOptions(cmd) {
			const visibleOptions = cmd.options.filter((option) => !option.hidden);
			const helpOption = cmd._getHelpOption();
			if (helpOption && !helpOption.hidden) {
				const removeShort = helpOption.short && cmd._findOption(helpOption.short);
				const removeLong = helpOption.long && cmd._findOption(helpOption.long);
				if (!removeShort && !removeLong) visibleOptions.push(helpOption);
				else if (helpOption.long && !removeLong) visibleOptions.push(cmd.createOption(helpOption.long, helpOption.description));
				else if (helpOption.short && !removeShort) visibleOptions.push(cmd.createOption(helpOption.short, helpOption.description));
			}
			if (this.sortOptions) visibleOptions.sort(this.compareOptions);
			return visibleOptions;
		}
		/**
		* Get an array of the visible global options. (Not including help.)
		*
		* @param {Command} cmd
		* @returns {Option[]}
		*/
		visibleGlobalOptions(cmd) {
			if (!this.showGlobalOptions) return [];
			const globalOptions = [];
			for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
				const visibleOptions = ancestorCmd.options.filter((option) => !option.hidden);
				globalOptions.push(...visibleOptions);
			}
			if (this.sortOptions) globalOptions.sort(this.compareOptions);
			return globalOptions;
		}
		/**
		* Get an array of the arguments if any have a description.
		*
		* @param {Command} cmd
		* @returns {Argument[]}
		*/
		visibleArguments(cmd) {
			if (cmd._argsDescription) cmd.registeredArguments.forEach((argument) => {
				argument.description = argument.description || cmd._argsDescription[argument.name()] || "";
			});
			if (cmd.registeredArguments.find((argument) => argument.description)) return cmd.registeredArguments;
			return [];
		}
		/**
		* Get the command term to show in the list of subcommands.
		*
		* @param {Command} cmd
		* @returns {string}
		*/
		subcommandTerm(cmd) {
			const args = cmd.registeredArguments.map((arg) => humanReadableArgName(arg)).join(" ");
			return cmd._name + (cmd._aliases[0] ? "|" + cmd._aliases[0] : "") + (cmd.options.length ? " [options]" : "") + (args ? " " + args : "");
		}
		/**
		* Get the option term to show in the list of options.
		*
		* @param {Option} option
		* @returns {string}
		*/
		optionTerm(option) {
			return option.flags;
		}
		/**
		* Get the argument term to show in the list of arguments.
		*
		* @param {Argument} argument
		* @returns {string}
		*/
		argumentTerm(argument) {
			return argument.name();
		}
		/**
		* Get the longest command term length.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {number}
		*/
		longestSubcommandTermLength(cmd, helper) {
			return helper.visibleCommands(cmd).reduce((max, command) => {
				return Math.max(max, this.displayWidth(helper.styleSubcommandTerm(helper.subcommandTerm(command))));
			}, 0);
		}
		/**
		* Get the longest option term length.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {number}
		*/
		longestOptionTermLength(cmd, helper) {
			return helper.visibleOptions(cmd).reduce((max, option) => {
				return Math.max(max, this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option))));
			}, 0);
		}
		/**
		* Get the longest global option term length.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {number}
		*/
		longestGlobalOptionTermLength(cmd, helper) {
			return helper.visibleGlobalOptions(cmd).reduce((max, option) => {
				return Math.max(max, this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option))));
			}, 0);
		}
		/**
		* Get the longest argument term length.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {number}
		*/
		longestArgumentTermLength(cmd, helper) {
			return helper.visibleArguments(cmd).reduce((max, argument) => {
				return Math.max(max, this.displayWidth(helper.styleArgumentTerm(helper.argumentTerm(argument))));
			}, 0);
		}
		/**
		* Get the command usage to be displayed at the top of the built-in help.
		*
		* @param {Command} cmd
		* @returns {string}
		*/
		commandUsage(cmd) {
			let cmdName = cmd._name;
			if (cmd._aliases[0]) cmdName = cmdName + "|" + cmd._aliases[0];
			let ancestorCmdNames = "";
			for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) ancestorCmdNames = ancestorCmd.name() + " " + ancestorCmdNames;
			return ancestorCmdNames + cmdName + " " + cmd.usage();
		}
		/**
		* Get the description for the command.
		*
		* @param {Command} cmd
		* @returns {string}
		*/
		commandDescription(cmd) {
			return cmd.description();
		}
		/**
		* Get the subcommand summary to show in the list of subcommands.
		* (Fallback to description for backwards compatibility.)
		*
		* @param {Command} cmd
		* @returns {string}
		*/
		subcommandDescription(cmd) {
			return cmd.summary() || cmd.description();
		}
		/**
		* Get the option description to show in the list of options.
		*
		* @param {Option} option
		* @return {string}
		*/
		optionDescription(option) {
			const extraInfo = [];
			if (option.argChoices) extraInfo.push(`choices: ${option.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`);
			if (option.defaultValue !== void 0) {
				if (option.required || option.optional || option.isBoolean() && typeof option.defaultValue === "boolean") extraInfo.push(`default: ${option.defaultValueDescription || JSON.stringify(option.defaultValue)}`);
			}
			if (option.presetArg !== void 0 && option.optional) extraInfo.push(`preset: ${JSON.stringify(option.presetArg)}`);
			if (option.envVar !== void 0) extraInfo.push(`env: ${option.envVar}`);
			if (extraInfo.length > 0) {
				const extraDescription = `(${extraInfo.join(", ")})`;
				if (option.description) return `${option.description} ${extraDescription}`;
				return extraDescription;
			}
			return option.description;
		}
		/**
		* Get the argument description to show in the list of arguments.
		*
		* @param {Argument} argument
		* @return {string}
		*/
		argumentDescription(argument) {
			const extraInfo = [];
			if (argument.argChoices) extraInfo.push(`choices: ${argument.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`);
			if (argument.defaultValue !== void 0) extraInfo.push(`default: ${argument.defaultValueDescription || JSON.stringify(argument.defaultValue)}`);
			if (extraInfo.length > 0) {
				const extraDescription = `(${extraInfo.join(", ")})`;
				if (argument.description) return `${argument.description} ${extraDescription}`;
				return extraDescription;
			}
			return argument.description;
		}
		/**
		* Format a list of items, given a heading and an array of formatted items.
		*
		* @param {string} heading
		* @param {string[]} items
		* @param {Help} helper
		* @returns string[]
		*/
		formatItemList(heading, items, helper) {
			if (items.length === 0) return [];
			return [
				helper.styleTitle(heading),
				...items,
				""
			];
		}
		/**
		* Group items by their help group heading.
		*
		* @param {Command[] | Option[]} unsortedItems
		* @param {Command[] | Option[]} visibleItems
		* @param {Function} getGroup
		* @returns {Map<string, Command[] | Option[]>}
		*/
		groupItems(unsortedItems, visibleItems, getGroup) {
			const result = /* @__PURE__ */ new Map();
			unsortedItems.forEach((item) => {
				const group = getGroup(item);
				if (!result.has(group)) result.set(group, []);
			});
			visibleItems.forEach((item) => {
				const group = getGroup(item);
				if (!result.has(group)) result.set(group, []);
				result.get(group).push(item);
			});
			return result;
		}
		/**
		* Generate the built-in help text.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {string}
		*/
		formatHelp(cmd, helper) {
			const termWidth = helper.padWidth(cmd, helper);
			const helpWidth = helper.helpWidth ?? 80;
			function callFormatItem(term, description) {
				return helper.formatItem(term, termWidth, description, helper);
			}
			let output = [`${helper.styleTitle("Usage:")} ${helper.styleUsage(helper.commandUsage(cmd))}`, ""];
			const commandDescription = helper.commandDescription(cmd);
			if (commandDescription.length > 0) output = output.concat([helper.boxWrap(helper.styleCommandDescription(commandDescription), helpWidth), ""]);
			const argumentList = helper.visibleArguments(cmd).map((argument) => {
				return callFormatItem(helper.styleArgumentTerm(helper.argumentTerm(argument)), helper.styleArgumentDescription(helper.argumentDescription(argument)));
			});
			output = output.concat(this.formatItemList("Arguments:", argumentList, helper));
			this.groupItems(cmd.options, helper.visibleOptions(cmd), (option) => option.helpGroupHeading ?? "Options:").forEach((options, group) => {
				const optionList = options.map((option) => {
					return callFormatItem(helper.styleOptionTerm(helper.optionTerm(option)), helper.styleOptionDescription(helper.optionDescription(option)));
				});
				output = output.concat(this.formatItemList(group, optionList, helper));
			});
			if (helper.showGlobalOptions) {
				const globalOptionList = helper.visibleGlobalOptions(cmd).map((option) => {
					return callFormatItem(helper.styleOptionTerm(helper.optionTerm(option)), helper.styleOptionDescription(helper.optionDescription(option)));
				});
				output = output.concat(this.formatItemList("Global Options:", globalOptionList, helper));
			}
			this.groupItems(cmd.commands, helper.visibleCommands(cmd), (sub) => sub.helpGroup() || "Commands:").forEach((commands, group) => {
				const commandList = commands.map((sub) => {
					return callFormatItem(helper.styleSubcommandTerm(helper.subcommandTerm(sub)), helper.styleSubcommandDescription(helper.subcommandDescription(sub)));
				});
				output = output.concat(this.formatItemList(group, commandList, helper));
			});
			return output.join("\n");
		}
		/**
		* Return display width of string, ignoring ANSI escape sequences. Used in padding and wrapping calculations.
		*
		* @param {string} str
		* @returns {number}
		*/
		displayWidth(str) {
			return stripColor(str).length;
		}
		/**
		* Style the title for displaying in the help. Called with 'Usage:', 'Options:', etc.
		*
		* @param {string} str
		* @returns {string}
		*/
		styleTitle(str) {
			return str;
		}
		styleUsage(str) {
			return str.split(" ").map((word) => {
				if (word === "[options]") return this.styleOptionText(word);
				if (word === "[command]") return this.styleSubcommandText(word);
				if (word[0] === "[" || word[0] === "<") return this.styleArgumentText(word);
				return this.styleCommandText(word);
			}).join(" ");
		}
		styleCommandDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleOptionDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleSubcommandDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleArgumentDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleDescriptionText(str) {
			return str;
		}
		styleOptionTerm(str) {
			return this.styleOptionText(str);
		}
		styleSubcommandTerm(str) {
			return str.split(" ").map((word) => {
				if (word === "[options]") return this.styleOptionText(word);
				if (word[0] === "[" || word[0] === "<") return this.styleArgumentText(word);
				return this.styleSubcommandText(word);
			}).join(" ");
		}
		styleArgumentTerm(str) {
			return this.styleArgumentText(str);
		}
		styleOptionText(str) {
			return str;
		}
		styleArgumentText(str) {
			return str;
		}
		styleSubcommandText(str) {
			return str;
		}
		styleCommandText(str) {
			return str;
		}
		/**
		* Calculate the pad width from the maximum term length.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {number}
		*/
		padWidth(cmd, helper) {
			return Math.max(helper.longestOptionTermLength(cmd, helper), helper.longestGlobalOptionTermLength(cmd, helper), helper.longestSubcommandTermLength(cmd, helper), helper.longestArgumentTermLength(cmd, helper));
		}
		/**
		* Detect manually wrapped and indented strings by checking for line break followed by whitespace.
		*
		* @param {string} str
		* @returns {boolean}
		*/
		preformatted(str) {
			return /\n[^\S\r\n]/.test(str);
		}
		/**
		* Format the "item", which consists of a term and description. Pad the term and wrap the description, indenting the following lines.
		*
		* So "TTT", 5, "DDD DDDD DD DDD" might be formatted for this.helpWidth=17 like so:
		*   TTT  DDD DDDD
		*        DD DDD
		*
		* @param {string} term
		* @param {number} termWidth
		* @param {string} description
		* @param {Help} helper
		* @returns {string}
		*/
		formatItem(term, termWidth, description, helper) {
			const itemIndent = 2;
			const itemIndentStr = " ".repeat(itemIndent);
			if (!description) return itemIndentStr + term;
			const paddedTerm = term.padEnd(termWidth + term.length - helper.displayWidth(term));
			const spacerWidth = 2;
			const remainingWidth = (this.helpWidth ?? 80) - termWidth - spacerWidth - itemIndent;
			let formattedDescription;
			if (remainingWidth < this.minWidthToWrap || helper.preformatted(description)) formattedDescription = description;
			else formattedDescription = helper.boxWrap(description, remainingWidth).replace(/\n/g, "\n" + " ".repeat(termWidth + spacerWidth));
			return itemIndentStr + paddedTerm + " ".repeat(spacerWidth) + formattedDescription.replace(/\n/g, `\n${itemIndentStr}`);
		}
		/**
		* Wrap a string at whitespace, preserving existing line breaks.
		* Wrapping is skipped if the width is less than `minWidthToWrap`.
		*
		* @param {string} str
		* @param {number} width
		* @returns {string}
		*/
		boxWrap(str, width) {
			if (width < this.minWidthToWrap) return str;
			const rawLines = str.split(/\r\n|\n/);
			const chunkPattern = /[\s]*[^\s]+/g;
			const wrappedLines = [];
			rawLines.forEach((line) => {
				const chunks = line.match(chunkPattern);
				if (chunks === null) {
					wrappedLines.push("");
					return;
				}
				let sumChunks = [chunks.shift()];
				let sumWidth = this.displayWidth(sumChunks[0]);
				chunks.forEach((chunk) => {
					const visibleWidth = this.displayWidth(chunk);
					if (sumWidth + visibleWidth <= width) {
						sumChunks.push(chunk);
						sumWidth += visibleWidth;
						return;
					}
					wrappedLines.push(sumChunks.join(""));
					const nextChunk = chunk.trimStart();
					sumChunks = [nextChunk];
					sumWidth = this.displayWidth(nextChunk);
				});
				wrappedLines.push(sumChunks.join(""));
			});
			return wrappedLines.join("\n");
		}
	};
	/**
	* Strip style ANSI escape sequences from the string. In particular, SGR (Select Graphic Rendition) codes.
	*
	* @param {string} str
	* @returns {string}
	* @package
	*/
	function stripColor(str) {
		return str.replace(/\x1b\[\d*(;\d*)*m/g, "");
	}
	exports.Help = Help;
	exports.stripColor = stripColor;
}));
// node_modules/commander/lib/option.js
var require_option = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { InvalidArgumentError } = require_error();
	var Option = class {
		/**
		* Initialize a new `Option` with the given `flags` and `description`.
		*
		* @param {string} flags
		* @param {string} [description]
		*/
		constructor(flags, description) {
			this.flags = flags;
			this.description = description || "";
			this.required = flags.includes("<");
			this.optional = flags.includes("[");
			this.variadic = /\w\.\.\.[>\]]$/.test(flags);
			this.mandatory = false;
			const optionFlags = splitOptionFlags(flags);
			this.short = optionFlags.shortFlag;
			this.long = optionFlags.longFlag;
			this.negate = false;
			if (this.long) this.negate = this.long.startsWith("--no-");
			this.defaultValue = void 0;
			this.defaultValueDescription = void 0;
			this.presetArg = void 0;
			this.envVar = void 0;
			this.parseArg = void 0;
			this.hidden = false;
			this.argChoices = void 0;
			this.conflictsWith = [];
			this.implied = void 0;
			this.helpGroupHeading = void 0;
		}
		/**
		* Set the default value, and optionally supply the description to be displayed in the help.
		*
		* @param {*} value
		* @param {string} [description]
		* @return {Option}
		*/
		default(value, description) {
			this.defaultValue = value;
			this.defaultValueDescription = description;
			return this;
		}
		/**
		* Preset to use when option used without option-argument, especially optional but also boolean and negated.
		* The custom processing (parseArg) is called.
		*
		* @example
		* new Option('--color').default('GREYSCALE').preset('RGB');
		* new Option('--donate [amount]').preset('20').argParser(parseFloat);
		*
		* @param {*} arg
		* @return {Option}
		*/
		preset(arg) {
			this.presetArg = arg;
			return this;
		}
		/**
		* Add option name(s) that conflict with this option.
		* An error will be displayed if conflicting options are found during parsing.
		*
		* @example
		* new Option('--rgb').conflicts('cmyk');
		* new Option('--js').conflicts(['ts', 'jsx']);
		*
		* @param {(string | string[])} names
		* @return {Option}
		*/
		conflicts(names) {
			this.conflictsWith = this.conflictsWith.concat(names);
			return this;
		}
		/**
		* Specify implied option values for when this option is set and the implied options are not.
		*
		* The custom processing (parseArg) is not called on the implied values.
		*
		* @example
		* program
		*   .addOption(new Option('--log', 'write logging information to file'))
		*   .addOption(new Option('--trace', 'log extra details').implies({ log: 'trace.txt' }));
		*
		* @param {object} impliedOptionValues
		* @return {Option}
		*/
		implies(impliedOptionValues) {
			let newImplied = impliedOptionValues;
			if (typeof impliedOptionValues === "string") newImplied = { [impliedOptionValues]: true };
			this.implied = Object.assign(this.implied || {}, newImplied);
			return this;
		}
		/**
		* Set environment variable to check for option value.
		*
		* An environment variable is only used if when processed the current option value is
		* undefined, or the source of the current value is 'default' or 'config' or 'env'.
		*
		* @param {string} name
		* @return {Option}
		*/
		env(name) {
			this.envVar = name;
			return this;
		}
		/**
		* Set the custom handler for processing CLI option arguments into option values.
		*
		* @param {Function} [fn]
		* @return {Option}
		*/
		argParser(fn) {
			this.parseArg = fn;
			return this;
		}
		/**
		* Whether the option is mandatory and must have a value after parsing.
		*
		* @param {boolean} [mandatory=true]
		* @return {Option}
		*/
		makeOptionMandatory(mandatory = true) {
			this.mandatory = !!mandatory;
			return this;
		}
		/**
		* Hide option in help.
		*
		* @param {boolean} [hide=true]
		* @return {Option}
		*/
		hideHelp(hide = true) {
			this.hidden = !!hide;
			return this;
		}
		/**
		* @package
		*/
		_collectValue(value, previous) {
			if (previous === this.defaultValue || !Array.isArray(previous)) return [value];
			previous.push(value);
			return previous;
		}
		/**
		* Only allow option value to be one of choices.
		*
		* @param {string[]} values
		* @return {Option}
		*/
		choices(values) {
			this.argChoices = values.slice();
			this.parseArg = (arg, previous) => {
				if (!this.argChoices.includes(arg)) throw new InvalidArgumentError(`Allowed choices are ${this.argChoices.join(", ")}.`);
				if (this.variadic) return this._collectValue(arg, previous);
				return arg;
			};
			return this;
		}
		/**
		* Return option name.
		*
		* @return {string}
		*/
		name() {
			if (this.long) return this.long.replace(/^--/, "");
			return this.short.replace(/^-/, "");
		}
		/**
		* Return option name, in a camelcase format that can be used
		* as an object attribute key.
		*
		* @return {string}
		*/
		attributeName() {
			if (this.negate) return camelcase(this.name().replace(/^no-/, ""));
			return camelcase(this.name());
		}
		/**
		* Set the help group heading.
		*
		* @param {string} heading
		* @return {Option}
		*/
		helpGroup(heading) {
			this.helpGroupHeading = heading;
			return this;
		}
		/**
		* Check if `arg` matches the short or long flag.
		*
		* @param {string} arg
		* @return {boolean}
		* @package
		*/
		is(arg) {
			return this.short === arg || this.long === arg;
		}
		/**
		* Return whether a boolean option.
		*
		* Options are one of boolean, negated, required argument, or optional argument.
		*
		* @return {boolean}
		* @package
		*/
		isBoolean() {
			return !this.required && !this.optional && !this.negate;
		}
	};
	/**
	* This class is to make it easier to work with dual options, without changing the existing
	* implementation. We support separate dual options for separate positive and negative options,
	* like `--build` and `--no-build`, which share a single option value. This works nicely for some
	* use cases, but is tricky for others where we want separate behaviours despite
	* the single shared option value.
	*/
	var DualOptions = class {
		/**
		* @param {Option[]} options
		*/
		constructor(options) {
			this.positiveOptions = /* @__PURE__ */ new Map();
			this.negativeOptions = /* @__PURE__ */ new Map();
			this.dualOptions = /* @__PURE__ */ new Set();
			options.forEach((option) => {
				if (option.negate) this.negativeOptions.set(option.attributeName(), option);
				else this.positiveOptions.set(option.attributeName(), option);
			});
			this.negativeOptions.forEach((value, key) => {
				if (this.positiveOptions.has(key)) this.dualOptions.add(key);
			});
		}
		/**
		* Did the value come from the option, and not from possible matching dual option?
		*
		* @param {*} value
		* @param {Option} option
		* @returns {boolean}
		*/
		valueFromOption(value, option) {
			const optionKey = option.attributeName();
			if (!this.dualOptions.has(optionKey)) return true;
			const preset = this.negativeOptions.get(optionKey).presetArg;
			const negativeValue = preset !== void 0 ? preset : false;
			return option.negate === (negativeValue === value);
		}
	};
	/**
	* Convert string from kebab-case to camelCase.
	*
	* @param {string} str
	* @return {string}
	* @private
	*/
	function camelcase(str) {
		return str.split("-").reduce((str, word) => {
			return str + word[0].toUpperCase() + word.slice(1);
		});
	}
	/**
	* Split the short and long flag out of something like '-m,--mixed <value>'
	*
	* @private
	*/
	function splitOptionFlags(flags) {
		let shortFlag;
		let longFlag;
		const shortFlagExp = /^-[^-]$/;
		const longFlagExp = /^--[^-]/;
		const flagParts = flags.split(/[ |,]+/).concat("guard");
		if (shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
		if (longFlagExp.test(flagParts[0])) longFlag = flagParts.shift();
		if (!shortFlag && shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
		if (!shortFlag && longFlagExp.test(flagParts[0])) {
			shortFlag = longFlag;
			longFlag = flagParts.shift();
		}
		if (flagParts[0].startsWith("-")) {
			const unsupportedFlag = flagParts[0];
			const baseError = `option creation failed due to '${unsupportedFlag}' in option flags '${flags}'`;
			if (/^-[^-][^-]/.test(unsupportedFlag)) throw new Error(`${baseError}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`);
			if (shortFlagExp.test(unsupportedFlag)) throw new Error(`${baseError}
- too many short flags`);
			if (longFlagExp.test(unsupportedFlag)) throw new Error(`${baseError}
- too many long flags`);
			throw new Error(`${baseError}
- unrecognised flag format`);
		}
		if (shortFlag === void 0 && longFlag === void 0) throw new Error(`option creation failed due to no flags found in '${flags}'.`);
		return {
			shortFlag,
			longFlag
		};
	}
	exports.Option = Option;
	exports.DualOptions = DualOptions;
}));
// node_modules/commander/lib/suggestSimilar.js
var require_suggestSimilar = /* @__PURE__ */ __commonJSMin(((exports) => {
	const maxDistance = 3;
	function editDistance(a, b) {
		if (Math.abs(a.length - b.length) > maxDistance) return Math.max(a.length, b.length);
		const d = [];
		for (let i = 0; i <= a.length; i++) d[i] = [i];
		for (let j = 0; j <= b.length; j++) d[0][j] = j;
		for (let j = 1; j <= b.length; j++) for (let i = 1; i <= a.length; i++) {
			let cost = 1;
			if (a[i - 1] === b[j - 1]) cost = 0;
			else cost = 1;
			d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + cost);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
		}
		return d[a.length][b.length];
	}
	/**
	* Find close matches, restricted to same number of edits.
	*
	* @param {string} word
	* @param {string[]} candidates
	* @returns {string}
	*/
	function suggestSimilar(word, candidates) {
		if (!candidates || candidates.length === 0) return "";
		candidates = Array.from(new Set(candidates));
		const searchingOptions = word.startsWith("--");
		if (searchingOptions) {
			word = word.slice(2);
			candidates = candidates.map((candidate) => candidate.slice(2));
		}
		let similar = [];
		let bestDistance = maxDistance;
		const minSimilarity = .4;
		candidates.forEach((candidate) => {
			if (candidate.length <= 1) return;
			const distance = editDistance(word, candidate);
			const length = Math.max(word.length, candidate.length);
			if ((length - distance) / length > minSimilarity) {
				if (distance < bestDistance) {
					bestDistance = distance;
					similar = [candidate];
				} else if (distance === bestDistance) similar.push(candidate);
			}
		});
		similar.sort((a, b) => a.localeCompare(b));
		if (searchingOptions) similar = similar.map((candidate) => `--${candidate}`);
		if (similar.length > 1) return `\n(Did you mean one of ${similar.join(", ")}?)`;
		if (similar.length === 1) return `\n(Did you mean ${similar[0]}?)`;
		return "";
	}
	exports.suggestSimilar = suggestSimilar;
}));
// node_modules/commander/lib/command.js
var require_command = /* @__PURE__ */ __commonJSMin(((exports) => {
	const EventEmitter = __require("node:events").EventEmitter;
	const childProcess = __require("node:child_process");
	const path = __require("node:path");
	const fs = __require("node:fs");
	const process = __require("node:process");
	const { Argument, humanReadableArgName } = require_argument();
	const { CommanderError } = require_error();
	const { Help, stripColor } = require_help();
	const { Option, DualOptions } = require_option();
	const { suggestSimilar } = require_suggestSimilar();
	var Command = class Command extends EventEmitter {
		/**
		* Initialize a new `Command`.
		*
		* @param {string} [name]
		*/
		constructor(name) {
			super();
			/** @type {Command[]} */
			this.commands = [];
			/** @type {Option[]} */
			this.options = [];
			this.parent = null;
			this._allowUnknownOption = false;
			this._allowExcessArguments = false;
			/** @type {Argument[]} */
			this.registeredArguments = [];
			this._args = this.registeredArguments;
			/** @type {string[]} */
			this.args = [];
			this.rawArgs = [];
			this.processedArgs = [];
			this._scriptPath = null;
			this._name = name || "";
			this._optionValues = {};
			this._optionValueSources = {};
			this._storeOptionsAsProperties = false;
			this._actionHandler = null;
			this._executableHandler = false;
			this._executableFile = null;
			this._executableDir = null;
			this._defaultCommandName = null;
			this._exitCallback = null;
			this._aliases = [];
			this._combineFlagAndOptionalValue = true;
			this._description = "";
			this._summary = "";
			this._argsDescription = void 0;
			this._enablePositionalOptions = false;
			this._passThroughOptions = false;
			this._lifeCycleHooks = {};
			/** @type {(boolean | string)} */
			this._showHelpAfterError = false;
			this._showSuggestionAfterError = true;
			this._savedState = null;
			this._outputConfiguration = {
				writeOut: (str) => process.stdout.write(str),
				writeErr: (str) => process.stderr.write(str),
				outputError: (str, write) => write(str),
				getOutHelpWidth: () => process.stdout.isTTY ? process.stdout.columns : void 0,
				getErrHelpWidth: () => process.stderr.isTTY ? process.stderr.columns : void 0,
				getOutHasColors: () => useColor() ?? (process.stdout.isTTY && process.stdout.hasColors?.()),
				getErrHasColors: () => useColor() ?? (process.stderr.isTTY && process.stderr.hasColors?.()),
				stripColor: (str) => stripColor(str)
			};
			this._hidden = false;
			/** @type {(Option | null | undefined)} */
			this._helpOption = void 0;
			this._addImplicitHelpCommand = void 0;
			/** @type {Command} */
			this._helpCommand = void 0;
			this._helpConfiguration = {};
			/** @type {string | undefined} */
			this._helpGroupHeading = void 0;
			/** @type {string | undefined} */
			this._defaultCommandGroup = void 0;
			/** @type {string | undefined} */
			this._defaultOptionGroup = void 0;
		}
		/**
		* Copy settings that are useful to have in common across root command and subcommands.
		*
		* (Used internally when adding a command using `.command()` so subcommands inherit parent settings.)
		*
		* @param {Command} sourceCommand
		* @return {Command} `this` command for chaining
		*/
		copyInheritedSettings(sourceCommand) {
			this._outputConfiguration = sourceCommand._outputConfiguration;
			this._helpOption = sourceCommand._helpOption;
			this._helpCommand = sourceCommand._helpCommand;
			this._helpConfiguration = sourceCommand._helpConfiguration;
			this._exitCallback = sourceCommand._exitCallback;
			this._storeOptionsAsProperties = sourceCommand._storeOptionsAsProperties;
			this._combineFlagAndOptionalValue = sourceCommand._combineFlagAndOptionalValue;
			this._allowExcessArguments = sourceCommand._allowExcessArguments;
			this._enablePositionalOptions = sourceCommand._enablePositionalOptions;
			this._showHelpAfterError = sourceCommand._showHelpAfterError;
			this._showSuggestionAfterError = sourceCommand._showSuggestionAfterError;
			return this;
		}
		/**
		* @returns {Command[]}
		* @private
		*/
		_getCommandAndAncestors() {
			const result = [];
			for (let command = this; command; command = command.parent) result.push(command);
			return result;
		}
		/**
		* Define a command.
		*
		* There are two styles of command: pay attention to where to put the description.
		*
		* @example
		* // Command implemented using action handler (description is supplied separately to `.command`)
		* program
		*   .command('clone <source> [destination]')
		*   .description('clone a repository into a newly created directory')
		*   .action((source, destination) => {
		*     console.log('clone command called');
		*   });
		*
		* // Command implemented using separate executable file (description is second parameter to `.command`)
		* program
		*   .command('start <service>', 'start named service')
		*   .command('stop [service]', 'stop named service, or all if no name supplied');
		*
		* @param {string} nameAndArgs - command name and arguments, args are `<required>` or `[optional]` and last may also be `variadic...`
		* @param {(object | string)} [actionOptsOrExecDesc] - configuration options (for action), or description (for executable)
		* @param {object} [execOpts] - configuration options (for executable)
		* @return {Command} returns new command for action handler, or `this` for executable command
		*/
		command(nameAndArgs, actionOptsOrExecDesc, execOpts) {
			let desc = actionOptsOrExecDesc;
			let opts = execOpts;
			if (typeof desc === "object" && desc !== null) {
				opts = desc;
				desc = null;
			}
			opts = opts || {};
			const [, name, args] = nameAndArgs.match(/([^ ]+) *(.*)/);
			const cmd = this.createCommand(name);
			if (desc) {
				cmd.description(desc);
				cmd._executableHandler = true;
			}
			if (opts.isDefault) this._defaultCommandName = cmd._name;
			cmd._hidden = !!(opts.noHelp || opts.hidden);
			cmd._executableFile = opts.executableFile || null;
			if (args) cmd.arguments(args);
			this._registerCommand(cmd);
			cmd.parent = this;
			cmd.copyInheritedSettings(this);
			if (desc) return this;
			return cmd;
		}
		/**
		* Factory routine to create a new unattached command.
		*
		* See .command() for creating an attached subcommand, which uses this routine to
		* create the command. You can override createCommand to customise subcommands.
		*
		* @param {string} [name]
		* @return {Command} new command
		*/
		createCommand(name) {
			return new Command(name);
		}
		/**
		* You can customise the help with a subclass of Help by overriding createHelp,
		* or by overriding Help properties using configureHelp().
		*
		* @return {Help}
		*/
		createHelp() {
			return Object.assign(new Help(), this.configureHelp());
		}
		/**
		* You can customise the help by overriding Help properties using configureHelp(),
		* or with a subclass of Help by overriding createHelp().
		*
		* @param {object} [configuration] - configuration options
		* @return {(Command | object)} `this` command for chaining, or stored configuration
		*/
		configureHelp(configuration) {
			if (configuration === void 0) return this._helpConfiguration;
			this._helpConfiguration = configuration;
			return this;
		}
		/**
		* The default output goes to stdout and stderr. You can customise this for special
		* applications. You can also customise the display of errors by overriding outputError.
		*
		* The configuration properties are all functions:
		*
		*     // change how output being written, defaults to stdout and stderr
		*     writeOut(str)
		*     writeErr(str)
		*     // change how output being written for errors, defaults to writeErr
		*     outputError(str, write) // used for displaying errors and not used for displaying help
		*     // specify width for wrapping help
		*     getOutHelpWidth()
		*     getErrHelpWidth()
		*     // color support, currently only used with Help
		*     getOutHasColors()
		*     getErrHasColors()
		*     stripColor() // used to remove ANSI escape codes if output does not have colors
		*
		* @param {object} [configuration] - configuration options
		* @return {(Command | object)} `this` command for chaining, or stored configuration
		*/
		configureOutput(configuration) {
			if (configuration === void 0) return this._outputConfiguration;
			this._outputConfiguration = {
				...this._outputConfiguration,
				...configuration
			};
			return this;
		}
		/**
		* Display the help or a custom message after an error occurs.
		*
		* @param {(boolean|string)} [displayHelp]
		* @return {Command} `this` command for chaining
		*/
		showHelpAfterError(displayHelp = true) {
			if (typeof displayHelp !== "string") displayHelp = !!displayHelp;
			this._showHelpAfterError = displayHelp;
			return this;
		}
		/**
		* Display suggestion of similar commands for unknown commands, or options for unknown options.
		*
		* @param {boolean} [displaySuggestion]
		* @return {Command} `this` command for chaining
		*/
		showSuggestionAfterError(displaySuggestion = true) {
			this._showSuggestionAfterError = !!displaySuggestion;
			return this;
		}
		/**
		* Add a prepared subcommand.
		*
		* See .command() for creating an attached subcommand which inherits settings from its parent.
		*
		* @param {Command} cmd - new subcommand
		* @param {object} [opts] - configuration options
		* @return {Command} `this` command for chaining
		*/
		addCommand(cmd, opts) {
			if (!cmd._name) throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);
			opts = opts || {};
			if (opts.isDefault) this._defaultCommandName = cmd._name;
			if (opts.noHelp || opts.hidden) cmd._hidden = true;
			this._registerCommand(cmd);
			cmd.parent = this;
			cmd._checkForBrokenPassThrough();
			return this;
		}
		/**
		* Factory routine to create a new unattached argument.
		*
		* See .argument() for creating an attached argument, which uses this routine to
		* create the argument. You can override createArgument to return a custom argument.
		*
		* @param {string} name
		* @param {string} [description]
		* @return {Argument} new argument
		*/
		createArgument(name, description) {
			return new Argument(name, description);
		}
		/**
		* Define argument syntax for command.
		*
		* The default is that the argument is required, and you can explicitly
		* indicate this with <> around the name. Put [] around the name for an optional argument.
		*
		* @example
		* program.argument('<input-file>');
		* program.argument('[output-file]');
		*
		* @param {string} name
		* @param {string} [description]
		* @param {(Function|*)} [parseArg] - custom argument processing function or default value
		* @param {*} [defaultValue]
		* @return {Command} `this` command for chaining
		*/
		argument(name, description, parseArg, defaultValue) {
			const argument = this.createArgument(name, description);
			if (typeof parseArg === "function") argument.default(defaultValue).argParser(parseArg);
			else argument.default(parseArg);
			this.addArgument(argument);
			return this;
		}
		/**
		* Define argument syntax for command, adding multiple at once (without descriptions).
		*
		* See also .argument().
		*
		* @example
		* program.arguments('<cmd> [env]');
		*
		* @param {string} names
		* @return {Command} `this` command for chaining
		*/
		arguments(names) {
			names.trim().split(/ +/).forEach((detail) => {
				this.argument(detail);
			});
			return this;
		}
		/**
		* Define argument syntax for command, adding a prepared argument.
		*
		* @param {Argument} argument
		* @return {Command} `this` command for chaining
		*/
		addArgument(argument) {
			const previousArgument = this.registeredArguments.slice(-1)[0];
			if (previousArgument?.variadic) throw new Error(`only the last argument can be variadic '${previousArgument.name()}'`);
			if (argument.required && argument.defaultValue !== void 0 && argument.parseArg === void 0) throw new Error(`a default value for a required argument is never used: '${argument.name()}'`);
			this.registeredArguments.push(argument);
			return this;
		}
		/**
		* Customise or override default help command. By default a help command is automatically added if your command has subcommands.
		*
		* @example
		*    program.helpCommand('help [cmd]');
		*    program.helpCommand('help [cmd]', 'show help');
		*    program.helpCommand(false); // suppress default help command
		*    program.helpCommand(true); // add help command even if no subcommands
		*
		* @param {string|boolean} enableOrNameAndArgs - enable with custom name and/or arguments, or boolean to override whether added
		* @param {string} [description] - custom description
		* @return {Command} `this` command for chaining
		*/
		helpCommand(enableOrNameAndArgs, description) {
			if (typeof enableOrNameAndArgs === "boolean") {
				this._addImplicitHelpCommand = enableOrNameAndArgs;
				if (enableOrNameAndArgs && this._defaultCommandGroup) this._initCommandGroup(this._getHelpCommand());
				return this;
			}
			const [, helpName, helpArgs] = (enableOrNameAndArgs ?? "help [command]").match(/([^ ]+) *(.*)/);
			const helpDescription = description ?? "display help for command";
			const helpCommand = this.createCommand(helpName);
			helpCommand.helpOption(false);
			if (helpArgs) helpCommand.arguments(helpArgs);
			if (helpDescription) helpCommand.description(helpDescription);
			this._addImplicitHelpCommand = true;
			this._helpCommand = helpCommand;
			if (enableOrNameAndArgs || description) this._initCommandGroup(helpCommand);
			return this;
		}
		/**
		* Add prepared custom help command.
		*
		* @param {(Command|string|boolean)} helpCommand - custom help command, or deprecated enableOrNameAndArgs as for `.helpCommand()`
		* @param {string} [deprecatedDescription] - deprecated custom description used with custom name only
		* @return {Command} `this` command for chaining
		*/
		addHelpCommand(helpCommand, deprecatedDescription) {
			if (typeof helpCommand !== "object") {
				this.helpCommand(helpCommand, deprecatedDescription);
				return this;
			}
			this._addImplicitHelpCommand = true;
			this._helpCommand = helpCommand;
			this._initCommandGroup(helpCommand);
			return this;
		}
		/**
		* Lazy create help command.
		*
		* @return {(Command|null)}
		* @package
		*/
		_getHelpCommand() {
			if (this._addImplicitHelpCommand ?? (this.commands.length && !this._actionHandler && !this._findCommand("help"))) {
				if (this._helpCommand === void 0) this.helpCommand(void 0, void 0);
				return this._helpCommand;
			}
			return null;
		}
		/**
		* Add hook for life cycle event.
		*
		* @param {string} event
		* @param {Function} listener
		* @return {Command} `this` command for chaining
		*/
		hook(event, listener) {
			const allowedValues = [
				"preSubcommand",
				"preAction",
				"postAction"
			];
			if (!allowedValues.includes(event)) throw new Error(`Unexpected value for event passed to hook : '${event}'.
Expecting one of '${allowedValues.join("', '")}'`);
			if (this._lifeCycleHooks[event]) this._lifeCycleHooks[event].push(listener);
			else this._lifeCycleHooks[event] = [listener];
			return this;
		}
		/**
		* Register callback to use as replacement for calling process.exit.
		*
		* @param {Function} [fn] optional callback which will be passed a CommanderError, defaults to throwing
		* @return {Command} `this` command for chaining
		*/
		exitOverride(fn) {
			if (fn) this._exitCallback = fn;
			else this._exitCallback = (err) => {
				if (err.code !== "commander.executeSubCommandAsync") throw err;
			};
			return this;
		}
		/**
		* Call process.exit, and _exitCallback if defined.
		*
		* @param {number} exitCode exit code for using with process.exit
		* @param {string} code an id string representing the error
		* @param {string} message human-readable description of the error
		* @return never
		* @private
		*/
		_exit(exitCode, code, message) {
			if (this._exitCallback) this._exitCallback(new CommanderError(exitCode, code, message));
			process.exit(exitCode);
		}
		/**
		* Register callback `fn` for the command.
		*
		* @example
		* program
		*   .command('serve')
		*   .description('start service')
		*   .action(function() {
		*      // do work here
		*   });
		*
		* @param {Function} fn
		* @return {Command} `this` command for chaining
		*/
		action(fn) {
			const listener = (args) => {
				const expectedArgsCount = this.registeredArguments.length;
				const actionArgs = args.slice(0, expectedArgsCount);
				if (this._storeOptionsAsProperties) actionArgs[expectedArgsCount] = this;
				else actionArgs[expectedArgsCount] = this.opts();
				actionArgs.push(this);
				return fn.apply(this, actionArgs);
			};
			this._actionHandler = listener;
			return this;
		}
		/**
		* Factory routine to create a new unattached option.
		*
		* See .option() for creating an attached option, which uses this routine to
		* create the option. You can override createOption to return a custom option.
		*
		* @param {string} flags
		* @param {string} [description]
		* @return {Option} new option
		*/
		createOption(flags, description) {
			return new Option(flags, description);
		}
		/**
		* Wrap parseArgs to catch 'commander.invalidArgument'.
		*
		* @param {(Option | Argument)} target
		* @param {string} value
		* @param {*} previous
		* @param {string} invalidArgumentMessage
		* @private
		*/
		_callParseArg(target, value, previous, invalidArgumentMessage) {
			try {
				return target.parseArg(value, previous);
			} catch (err) {
				if (err.code === "commander.invalidArgument") {
					const message = `${invalidArgumentMessage} ${err.message}`;
					this.error(message, {
						exitCode: err.exitCode,
						code: err.code
					});
				}
				throw err;
			}
		}
		/**
		* Check for option flag conflicts.
		* Register option if no conflicts found, or throw on conflict.
		*
		* @param {Option} option
		* @private
		*/
		_registerOption(option) {
			const matchingOption = option.short && this._findOption(option.short) || option.long && this._findOption(option.long);
			if (matchingOption) {
				const matchingFlag = option.long && this._findOption(option.long) ? option.long : option.short;
				throw new Error(`Cannot add option '${option.flags}'${this._name && ` to command '${this._name}'`} due to conflicting flag '${matchingFlag}'
-  already used by option '${matchingOption.flags}'`);
			}
			this._initOptionGroup(option);
			this.options.push(option);
		}
		/**
		* Check for command name and alias conflicts with existing commands.
		* Register command if no conflicts found, or throw on conflict.
		*
		* @param {Command} command
		* @private
		*/
		_registerCommand(command) {
			const knownBy = (cmd) => {
				return [cmd.name()].concat(cmd.aliases());
			};
			const alreadyUsed = knownBy(command).find((name) => this._findCommand(name));
			if (alreadyUsed) {
				const existingCmd = knownBy(this._findCommand(alreadyUsed)).join("|");
				const newCmd = knownBy(command).join("|");
				throw new Error(`cannot add command '${newCmd}' as already have command '${existingCmd}'`);
			}
			this._initCommandGroup(command);
			this.commands.push(command);
		}
		/**
		* Add an option.
		*
		* @param {Option} option
		* @return {Command} `this` command for chaining
		*/
		addOption(option) {
			this._registerOption(option);
			const oname = option.name();
			const name = option.attributeName();
			if (option.negate) {
				const positiveLongFlag = option.long.replace(/^--no-/, "--");
				if (!this._findOption(positiveLongFlag)) this.setOptionValueWithSource(name, option.defaultValue === void 0 ? true : option.defaultValue, "default");
			} else if (option.defaultValue !== void 0) this.setOptionValueWithSource(name, option.defaultValue, "default");
			const handleOptionValue = (val, invalidValueMessage, valueSource) => {
				if (val == null && option.presetArg !== void 0) val = option.presetArg;
				const oldValue = this.getOptionValue(name);
				if (val !== null && option.parseArg) val = this._callParseArg(option, val, oldValue, invalidValueMessage);
				else if (val !== null && option.variadic) val = option._collectValue(val, oldValue);
				if (val == null) {
					if (option.negate) val = false;
					else if (option.isBoolean() || option.optional) val = true;
					else val = "";
				}
				this.setOptionValueWithSource(name, val, valueSource);
			};
			this.on("option:" + oname, (val) => {
				const invalidValueMessage = `error: option '${option.flags}' argument '${val}' is invalid.`;
				handleOptionValue(val, invalidValueMessage, "cli");
			});
			if (option.envVar) this.on("optionEnv:" + oname, (val) => {
				const invalidValueMessage = `error: option '${option.flags}' value '${val}' from env '${option.envVar}' is invalid.`;
				handleOptionValue(val, invalidValueMessage, "env");
			});
			return this;
		}
		/**
		* Internal implementation shared by .option() and .requiredOption()
		*
		* @return {Command} `this` command for chaining
		* @private
		*/
		_optionEx(config, flags, description, fn, defaultValue) {
			if (typeof flags === "object" && flags instanceof Option) throw new Error("To add an Option object use addOption() instead of option() or requiredOption()");
			const option = this.createOption(flags, description);
			option.makeOptionMandatory(!!config.mandatory);
			if (typeof fn === "function") option.default(defaultValue).argParser(fn);
			else if (fn instanceof RegExp) {
				const regex = fn;
				fn = (val, def) => {
					const m = regex.exec(val);
					return m ? m[0] : def;
				};
				option.default(defaultValue).argParser(fn);
			} else option.default(fn);
			return this.addOption(option);
		}
		/**
		* Define option with `flags`, `description`, and optional argument parsing function or `defaultValue` or both.
		*
		* The `flags` string contains the short and/or long flags, separated by comma, a pipe or space. A required
		* option-argument is indicated by `<>` and an optional option-argument by `[]`.
		*
		* See the README for more details, and see also addOption() and requiredOption().
		*
		* @example
		* program
		*     .option('-p, --pepper', 'add pepper')
		*     .option('--pt, --pizza-type <TYPE>', 'type of pizza') // required option-argument
		*     .option('-c, --cheese [CHEESE]', 'add extra cheese', 'mozzarella') // optional option-argument with default
		*     .option('-t, --tip <VALUE>', 'add tip to purchase cost', parseFloat) // custom parse function
		*
		* @param {string} flags
		* @param {string} [description]
		* @param {(Function|*)} [parseArg] - custom option processing function or default value
		* @param {*} [defaultValue]
		* @return {Command} `this` command for chaining
		*/
		option(flags, description, parseArg, defaultValue) {
			return this._optionEx({}, flags, description, parseArg, defaultValue);
		}
		/**
		* Add a required option which must have a value after parsing. This usually means
		* the option must be specified on the command line. (Otherwise the same as .option().)
		*
		* The `flags` string contains the short and/or long flags, separated by comma, a pipe or space.
		*
		* @param {string} flags
		* @param {string} [description]
		* @param {(Function|*)} [parseArg] - custom option processing function or default value
		* @param {*} [defaultValue]
		* @return {Command} `this` command for chaining
		*/
		requiredOption(flags, description, parseArg, defaultValue) {
			return this._optionEx({ mandatory: true }, flags, description, parseArg, defaultValue);
		}
		/**
		* Alter parsing of short flags with optional values.
		*
		* @example
		* // for `.option('-f,--flag [value]'):
		* program.combineFlagAndOptionalValue(true);  // `-f80` is treated like `--flag=80`, this is the default behaviour
		* program.combineFlagAndOptionalValue(false) // `-fb` is treated like `-f -b`
		*
		* @param {boolean} [combine] - if `true` or omitted, an optional value can be specified directly after the flag.
		* @return {Command} `this` command for chaining
		*/
		combineFlagAndOptionalValue(combine = true) {
			this._combineFlagAndOptionalValue = !!combine;
			return this;
		}
		/**
		* Allow unknown options on the command line.
		*
		* @param {boolean} [allowUnknown] - if `true` or omitted, no error will be thrown for unknown options.
		* @return {Command} `this` command for chaining
		*/
		allowUnknownOption(allowUnknown = true) {
			this._allowUnknownOption = !!allowUnknown;
			return this;
		}
		/**
		* Allow excess command-arguments on the command line. Pass false to make excess arguments an error.
		*
		* @param {boolean} [allowExcess] - if `true` or omitted, no error will be thrown for excess arguments.
		* @return {Command} `this` command for chaining
		*/
		allowExcessArguments(allowExcess = true) {
			this._allowExcessArguments = !!allowExcess;
			return this;
		}
		/**
		* Enable positional options. Positional means global options are specified before subcommands which lets
		* subcommands reuse the same option names, and also enables subcommands to turn on passThroughOptions.
		* The default behaviour is non-positional and global options may appear anywhere on the command line.
		*
		* @param {boolean} [positional]
		* @return {Command} `this` command for chaining
		*/
		enablePositionalOptions(positional = true) {
			this._enablePositionalOptions = !!positional;
			return this;
		}
		/**
		* Pass through options that come after command-arguments rather than treat them as command-options,
		* so actual command-options come before command-arguments. Turning this on for a subcommand requires
		* positional options to have been enabled on the program (parent commands).
		* The default behaviour is non-positional and options may appear before or after command-arguments.
		*
		* @param {boolean} [passThrough] for unknown options.
		* @return {Command} `this` command for chaining
		*/
		passThroughOptions(passThrough = true) {
			this._passThroughOptions = !!passThrough;
			this._checkForBrokenPassThrough();
			return this;
		}
		/**
		* @private
		*/
		_checkForBrokenPassThrough() {
			if (this.parent && this._passThroughOptions && !this.parent._enablePositionalOptions) throw new Error(`passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`);
		}
		/**
		* Whether to store option values as properties on command object,
		* or store separately (specify false). In both cases the option values can be accessed using .opts().
		*
		* @param {boolean} [storeAsProperties=true]
		* @return {Command} `this` command for chaining
		*/
		storeOptionsAsProperties(storeAsProperties = true) {
			if (this.options.length) throw new Error("call .storeOptionsAsProperties() before adding options");
			if (Object.keys(this._optionValues).length) throw new Error("call .storeOptionsAsProperties() before setting option values");
			this._storeOptionsAsProperties = !!storeAsProperties;
			return this;
		}
		/**
		* Retrieve option value.
		*
		* @param {string} key
		* @return {object} value
		*/
		getOptionValue(key) {
			if (this._storeOptionsAsProperties) return this[key];
			return this._optionValues[key];
		}
		/**
		* Store option value.
		*
		* @param {string} key
		* @param {object} value
		* @return {Command} `this` command for chaining
		*/
		setOptionValue(key, value) {
			return this.setOptionValueWithSource(key, value, void 0);
		}
		/**
		* Store option value and where the value came from.
		*
		* @param {string} key
		* @param {object} value
		* @param {string} source - expected values are default/config/env/cli/implied
		* @return {Command} `this` command for chaining
		*/
		setOptionValueWithSource(key, value, source) {
			if (this._storeOptionsAsProperties) this[key] = value;
			else this._optionValues[key] = value;
			this._optionValueSources[key] = source;
			return this;
		}
		/**
		* Get source of option value.
		* Expected values are default | config | env | cli | implied
		*
		* @param {string} key
		* @return {string}
		*/
		getOptionValueSource(key) {
			return this._optionValueSources[key];
		}
		/**
		* Get source of option value. See also .optsWithGlobals().
		* Expected values are default | config | env | cli | implied
		*
		* @param {string} key
		* @return {string}
		*/
		getOptionValueSourceWithGlobals(key) {
			let source;
			this._getCommandAndAncestors().forEach((cmd) => {
				if (cmd.getOptionValueSource(key) !== void 0) source = cmd.getOptionValueSource(key);
			});
			return source;
		}
		/**
		* Get user arguments from implied or explicit arguments.
		* Side-effects: set _scriptPath if args included script. Used for default program name, and subcommand searches.
		*
		* @private
		*/
		_prepareUserArgs(argv, parseOptions) {
			if (argv !== void 0 && !Array.isArray(argv)) throw new Error("first parameter to parse must be array or undefined");
			parseOptions = parseOptions || {};
			if (argv === void 0 && parseOptions.from === void 0) {
				if (process.versions?.electron) parseOptions.from = "electron";
				const execArgv = process.execArgv ?? [];
				if (execArgv.includes("-e") || execArgv.includes("--eval") || execArgv.includes("-p") || execArgv.includes("--print")) parseOptions.from = "eval";
			}
			if (argv === void 0) argv = process.argv;
			this.rawArgs = argv.slice();
			let userArgs;
			switch (parseOptions.from) {
				case void 0:
				case "node":
					this._scriptPath = argv[1];
					userArgs = argv.slice(2);
					break;
				case "electron":
					if (process.defaultApp) {
						this._scriptPath = argv[1];
						userArgs = argv.slice(2);
					} else userArgs = argv.slice(1);
					break;
				case "user":
					userArgs = argv.slice(0);
					break;
				case "eval":
					userArgs = argv.slice(1);
					break;
				default: throw new Error(`unexpected parse option { from: '${parseOptions.from}' }`);
			}
			if (!this._name && this._scriptPath) this.nameFromFilename(this._scriptPath);
			this._name = this._name || "program";
			return userArgs;
		}
		/**
		* Parse `argv`, setting options and invoking commands when defined.
		*
		* Use parseAsync instead of parse if any of your action handlers are async.
		*
		* Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
		*
		* Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
		* - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
		* - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
		* - `'user'`: just user arguments
		*
		* @example
		* program.parse(); // parse process.argv and auto-detect electron and special node flags
		* program.parse(process.argv); // assume argv[0] is app and argv[1] is script
		* program.parse(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
		*
		* @param {string[]} [argv] - optional, defaults to process.argv
		* @param {object} [parseOptions] - optionally specify style of options with from: node/user/electron
		* @param {string} [parseOptions.from] - where the args are from: 'node', 'user', 'electron'
		* @return {Command} `this` command for chaining
		*/
		parse(argv, parseOptions) {
			this._prepareForParse();
			const userArgs = this._prepareUserArgs(argv, parseOptions);
			this._parseCommand([], userArgs);
			return this;
		}
		/**
		* Parse `argv`, setting options and invoking commands when defined.
		*
		* Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
		*
		* Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
		* - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
		* - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
		* - `'user'`: just user arguments
		*
		* @example
		* await program.parseAsync(); // parse process.argv and auto-detect electron and special node flags
		* await program.parseAsync(process.argv); // assume argv[0] is app and argv[1] is script
		* await program.parseAsync(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
		*
		* @param {string[]} [argv]
		* @param {object} [parseOptions]
		* @param {string} parseOptions.from - where the args are from: 'node', 'user', 'electron'
		* @return {Promise}
		*/
		async parseAsync(argv, parseOptions) {
			this._prepareForParse();
			const userArgs = this._prepareUserArgs(argv, parseOptions);
			await this._parseCommand([], userArgs);
			return this;
		}
		_prepareForParse() {
			if (this._savedState === null) this.saveStateBeforeParse();
			else this.restoreStateBeforeParse();
		}
		/**
		* Called the first time parse is called to save state and allow a restore before subsequent calls to parse.
		* Not usually called directly, but available for subclasses to save their custom state.
		*
		* This is called in a lazy way. Only commands used in parsing chain will have state saved.
		*/
		saveStateBeforeParse() {
			this._savedState = {
				_name: this._name,
				_optionValues: { ...this._optionValues },
				_optionValueSources: { ...this._optionValueSources }
			};
		}
		/**
		* Restore state before parse for calls after the first.
		* Not usually called directly, but available for subclasses to save their custom state.
		*
		* This is called in a lazy way. Only commands used in parsing chain will have state restored.
		*/
		restoreStateBeforeParse() {
			if (this._storeOptionsAsProperties) throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);
			this._name = this._savedState._name;
			this._scriptPath = null;
			this.rawArgs = [];
			this._optionValues = { ...this._savedState._optionValues };
			this._optionValueSources = { ...this._savedState._optionValueSources };
			this.args = [];
			this.processedArgs = [];
		}
		/**
		* Throw if expected executable is missing. Add lots of help for author.
		*
		* @param {string} executableFile
		* @param {string} executableDir
		* @param {string} subcommandName
		*/
		_checkForMissingExecutable(executableFile, executableDir, subcommandName) {
			if (fs.existsSync(executableFile)) return;
			const executableMissing = `'${executableFile}' does not exist
 - if '${subcommandName}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${executableDir ? `searched for local subcommand relative to directory '${executableDir}'` : "no directory for search for local subcommand, use .executableDir() to supply a custom directory"}`;
			throw new Error(executableMissing);
		}
		/**
		* Execute a sub-command executable.
		*
		* @private
		*/
		_executeSubCommand(subcommand, args) {
			args = args.slice();
			let launchWithNode = false;
			const sourceExt = [
				".js",
				".ts",
				".tsx",
				".mjs",
				".cjs"
			];
			function findFile(baseDir, baseName) {
				const localBin = path.resolve(baseDir, baseName);
				if (fs.existsSync(localBin)) return localBin;
				if (sourceExt.includes(path.extname(baseName))) return void 0;
				const foundExt = sourceExt.find((ext) => fs.existsSync(`${localBin}${ext}`));
				if (foundExt) return `${localBin}${foundExt}`;
			}
			this._checkForMissingMandatoryOptions();
			this._checkForConflictingOptions();
			let executableFile = subcommand._executableFile || `${this._name}-${subcommand._name}`;
			let executableDir = this._executableDir || "";
			if (this._scriptPath) {
				let resolvedScriptPath;
				try {
					resolvedScriptPath = fs.realpathSync(this._scriptPath);
				} catch {
					resolvedScriptPath = this._scriptPath;
				}
				executableDir = path.resolve(path.dirname(resolvedScriptPath), executableDir);
			}
			if (executableDir) {
				let localFile = findFile(executableDir, executableFile);
				if (!localFile && !subcommand._executableFile && this._scriptPath) {
					const legacyName = path.basename(this._scriptPath, path.extname(this._scriptPath));
					if (legacyName !== this._name) localFile = findFile(executableDir, `${legacyName}-${subcommand._name}`);
				}
				executableFile = localFile || executableFile;
			}
			launchWithNode = sourceExt.includes(path.extname(executableFile));
			let proc;
			if (process.platform !== "win32") {
				if (launchWithNode) {
					args.unshift(executableFile);
					args = incrementNodeInspectorPort(process.execArgv).concat(args);
					proc = childProcess.spawn(process.argv[0], args, { stdio: "inherit" });
				} else proc = childProcess.spawn(executableFile, args, { stdio: "inherit" });
			} else {
				this._checkForMissingExecutable(executableFile, executableDir, subcommand._name);
				args.unshift(executableFile);
				args = incrementNodeInspectorPort(process.execArgv).concat(args);
				proc = childProcess.spawn(process.execPath, args, { stdio: "inherit" });
			}
			if (!proc.killed) [
				"SIGUSR1",
				"SIGUSR2",
				"SIGTERM",
				"SIGINT",
				"SIGHUP"
			].forEach((signal) => {
				process.on(signal, () => {
					if (proc.killed === false && proc.exitCode === null) proc.kill(signal);
				});
			});
			const exitCallback = this._exitCallback;
			proc.on("close", (code) => {
				code = code ?? 1;
				if (!exitCallback) process.exit(code);
				else exitCallback(new CommanderError(code, "commander.executeSubCommandAsync", "(close)"));
			});
			proc.on("error", (err) => {
				if (err.code === "ENOENT") this._checkForMissingExecutable(executableFile, executableDir, subcommand._name);
				else if (err.code === "EACCES") throw new Error(`'${executableFile}' not executable`);
				if (!exitCallback) process.exit(1);
				else {
					const wrappedError = new CommanderError(1, "commander.executeSubCommandAsync", "(error)");
					wrappedError.nestedError = err;
					exitCallback(wrappedError);
				}
			});
			this.runningCommand = proc;
		}
		/**
		* @private
		*/
		_dispatchSubcommand(commandName, operands, unknown) {
			const subCommand = this._findCommand(commandName);
			if (!subCommand) this.help({ error: true });
			subCommand._prepareForParse();
			let promiseChain;
			promiseChain = this._chainOrCallSubCommandHook(promiseChain, subCommand, "preSubcommand");
			promiseChain = this._chainOrCall(promiseChain, () => {
				if (subCommand._executableHandler) this._executeSubCommand(subCommand, operands.concat(unknown));
				else return subCommand._parseCommand(operands, unknown);
			});
			return promiseChain;
		}
		/**
		* Invoke help directly if possible, or dispatch if necessary.
		* e.g. help foo
		*
		* @private
		*/
		_dispatchHelpCommand(subcommandName) {
			if (!subcommandName) this.help();
			const subCommand = this._findCommand(subcommandName);
			if (subCommand && !subCommand._executableHandler) subCommand.help();
			return this._dispatchSubcommand(subcommandName, [], [this._getHelpOption()?.long ?? this._getHelpOption()?.short ?? "--help"]);
		}
		/**
		* Check this.args against expected this.registeredArguments.
		*
		* @private
		*/
		_checkNumberOfArguments() {
			this.registeredArguments.forEach((arg, i) => {
				if (arg.required && this.args[i] == null) this.missingArgument(arg.name());
			});
			if (this.registeredArguments.length > 0 && this.registeredArguments[this.registeredArguments.length - 1].variadic) return;
			if (this.args.length > this.registeredArguments.length) this._excessArguments(this.args);
		}
		/**
		* Process this.args using this.registeredArguments and save as this.processedArgs!
		*
		* @private
		*/
		_processArguments() {
			const myParseArg = (argument, value, previous) => {
				let parsedValue = value;
				if (value !== null && argument.parseArg) {
					const invalidValueMessage = `error: command-argument value '${value}' is invalid for argument '${argument.name()}'.`;
					parsedValue = this._callParseArg(argument, value, previous, invalidValueMessage);
				}
				return parsedValue;
			};
			this._checkNumberOfArguments();
			const processedArgs = [];
			this.registeredArguments.forEach((declaredArg, index) => {
				let value = declaredArg.defaultValue;
				if (declaredArg.variadic) {
					if (index < this.args.length) {
						value = this.args.slice(index);
						if (declaredArg.parseArg) value = value.reduce((processed, v) => {
							return myParseArg(declaredArg, v, processed);
						}, declaredArg.defaultValue);
					} else if (value === void 0) value = [];
				} else if (index < this.args.length) {
					value = this.args[index];
					if (declaredArg.parseArg) value = myParseArg(declaredArg, value, declaredArg.defaultValue);
				}
				processedArgs[index] = value;
			});
			this.processedArgs = processedArgs;
		}
		/**
		* Once we have a promise we chain, but call synchronously until then.
		*
		* @param {(Promise|undefined)} promise
		* @param {Function} fn
		* @return {(Promise|undefined)}
		* @private
		*/
		_chainOrCall(promise, fn) {
			if (promise?.then && typeof promise.then === "function") return promise.then(() => fn());
			return fn();
		}
		/**
		*
		* @param {(Promise|undefined)} promise
		* @param {string} event
		* @return {(Promise|undefined)}
		* @private
		*/
		_chainOrCallHooks(promise, event) {
			let result = promise;
			const hooks = [];
			this._getCommandAndAncestors().reverse().filter((cmd) => cmd._lifeCycleHooks[event] !== void 0).forEach((hookedCommand) => {
				hookedCommand._lifeCycleHooks[event].forEach((callback) => {
					hooks.push({
						hookedCommand,
						callback
					});
				});
			});
			if (event === "postAction") hooks.reverse();
			hooks.forEach((hookDetail) => {
				result = this._chainOrCall(result, () => {
					return hookDetail.callback(hookDetail.hookedCommand, this);
				});
			});
			return result;
		}
		/**
		*
		* @param {(Promise|undefined)} promise
		* @param {Command} subCommand
		* @param {string} event
		* @return {(Promise|undefined)}
		* @private
		*/
		_chainOrCallSubCommandHook(promise, subCommand, event) {
			let result = promise;
			if (this._lifeCycleHooks[event] !== void 0) this._lifeCycleHooks[event].forEach((hook) => {
				result = this._chainOrCall(result, () => {
					return hook(this, subCommand);
				});
			});
			return result;
		}
		/**
		* Process arguments in context of this command.
		* Returns action result, in case it is a promise.
		*
		* @private
		*/
		_parseCommand(operands, unknown) {
			const parsed = this.parseOptions(unknown);
			this._parseOptionsEnv();
			this._parseOptionsImplied();
			operands = operands.concat(parsed.operands);
			unknown = parsed.unknown;
			this.args = operands.concat(unknown);
			if (operands && this._findCommand(operands[0])) return this._dispatchSubcommand(operands[0], operands.slice(1), unknown);
			if (this._getHelpCommand() && operands[0] === this._getHelpCommand().name()) return this._dispatchHelpCommand(operands[1]);
			if (this._defaultCommandName) {
				this._outputHelpIfRequested(unknown);
				return this._dispatchSubcommand(this._defaultCommandName, operands, unknown);
			}
			if (this.commands.length && this.args.length === 0 && !this._actionHandler && !this._defaultCommandName) this.help({ error: true });
			this._outputHelpIfRequested(parsed.unknown);
			this._checkForMissingMandatoryOptions();
			this._checkForConflictingOptions();
			const checkForUnknownOptions = () => {
				if (parsed.unknown.length > 0) this.unknownOption(parsed.unknown[0]);
			};
			const commandEvent = `command:${this.name()}`;
			if (this._actionHandler) {
				checkForUnknownOptions();
				this._processArguments();
				let promiseChain;
				promiseChain = this._chainOrCallHooks(promiseChain, "preAction");
				promiseChain = this._chainOrCall(promiseChain, () => this._actionHandler(this.processedArgs));
				if (this.parent) promiseChain = this._chainOrCall(promiseChain, () => {
					this.parent.emit(commandEvent, operands, unknown);
				});
				promiseChain = this._chainOrCallHooks(promiseChain, "postAction");
				return promiseChain;
			}
			if (this.parent?.listenerCount(commandEvent)) {
				checkForUnknownOptions();
				this._processArguments();
				this.parent.emit(commandEvent, operands, unknown);
			} else if (operands.length) {
				if (this._findCommand("*")) return this._dispatchSubcommand("*", operands, unknown);
				if (this.listenerCount("command:*")) this.emit("command:*", operands, unknown);
				else if (this.commands.length) this.unknownCommand();
				else {
					checkForUnknownOptions();
					this._processArguments();
				}
			} else if (this.commands.length) {
				checkForUnknownOptions();
				this.help({ error: true });
			} else {
				checkForUnknownOptions();
				this._processArguments();
			}
		}
		/**
		* Find matching command.
		*
		* @private
		* @return {Command | undefined}
		*/
		_findCommand(name) {
			if (!name) return void 0;
			return this.commands.find((cmd) => cmd._name === name || cmd._aliases.includes(name));
		}
		/**
		* Return an option matching `arg` if any.
		*
		* @param {string} arg
		* @return {Option}
		* @package
		*/
		_findOption(arg) {
			return this.options.find((option) => option.is(arg));
		}
		/**
		* Display an error message if a mandatory option does not have a value.
		* Called after checking for help flags in leaf subcommand.
		*
		* @private
		*/
		_checkForMissingMandatoryOptions() {
			this._getCommandAndAncestors().forEach((cmd) => {
				cmd.options.forEach((anOption) => {
					if (anOption.mandatory && cmd.getOptionValue(anOption.attributeName()) === void 0) cmd.missingMandatoryOptionValue(anOption);
				});
			});
		}
		/**
		* Display an error message if conflicting options are used together in this.
		*
		* @private
		*/
		_checkForConflictingLocalOptions() {
			const definedNonDefaultOptions = this.options.filter((option) => {
				const optionKey = option.attributeName();
				if (this.getOptionValue(optionKey) === void 0) return false;
				return this.getOptionValueSource(optionKey) !== "default";
			});
			definedNonDefaultOptions.filter((option) => option.conflictsWith.length > 0).forEach((option) => {
				const conflictingAndDefined = definedNonDefaultOptions.find((defined) => option.conflictsWith.includes(defined.attributeName()));
				if (conflictingAndDefined) this._conflictingOption(option, conflictingAndDefined);
			});
		}
		/**
		* Display an error message if conflicting options are used together.
		* Called after checking for help flags in leaf subcommand.
		*
		* @private
		*/
		_checkForConflictingOptions() {
			this._getCommandAndAncestors().forEach((cmd) => {
				cmd._checkForConflictingLocalOptions();
			});
		}
		/**
		* Parse options from `argv` removing known options,
		* and return argv split into operands and unknown arguments.
		*
		* Side effects: modifies command by storing options. Does not reset state if called again.
		*
		* Examples:
		*
		*     argv => operands, unknown
		*     --known kkk op => [op], []
		*     op --known kkk => [op], []
		*     sub --unknown uuu op => [sub], [--unknown uuu op]
		*     sub -- --unknown uuu op => [sub --unknown uuu op], []
		*
		* @param {string[]} args
		* @return {{operands: string[], unknown: string[]}}
		*/
		parseOptions(args) {
			const operands = [];
			const unknown = [];
			let dest = operands;
			function maybeOption(arg) {
				return arg.length > 1 && arg[0] === "-";
			}
			const negativeNumberArg = (arg) => {
				if (!/^-(\d+|\d*\.\d+)(e[+-]?\d+)?$/.test(arg)) return false;
				return !this._getCommandAndAncestors().some((cmd) => cmd.options.map((opt) => opt.short).some((short) => /^-\d$/.test(short)));
			};
			let activeVariadicOption = null;
			let activeGroup = null;
			let i = 0;
			while (i < args.length || activeGroup) {
				const arg = activeGroup ?? args[i++];
				activeGroup = null;
				if (arg === "--") {
					if (dest === unknown) dest.push(arg);
					dest.push(...args.slice(i));
					break;
				}
				if (activeVariadicOption && (!maybeOption(arg) || negativeNumberArg(arg))) {
					this.emit(`option:${activeVariadicOption.name()}`, arg);
					continue;
				}
				activeVariadicOption = null;
				if (maybeOption(arg)) {
					const option = this._findOption(arg);
					if (option) {
						if (option.required) {
							const value = args[i++];
							if (value === void 0) this.optionMissingArgument(option);
							this.emit(`option:${option.name()}`, value);
						} else if (option.optional) {
							let value = null;
							if (i < args.length && (!maybeOption(args[i]) || negativeNumberArg(args[i]))) value = args[i++];
							this.emit(`option:${option.name()}`, value);
						} else this.emit(`option:${option.name()}`);
						activeVariadicOption = option.variadic ? option : null;
						continue;
					}
				}
				if (arg.length > 2 && arg[0] === "-" && arg[1] !== "-") {
					const option = this._findOption(`-${arg[1]}`);
					if (option) {
						if (option.required || option.optional && this._combineFlagAndOptionalValue) this.emit(`option:${option.name()}`, arg.slice(2));
						else {
							this.emit(`option:${option.name()}`);
							activeGroup = `-${arg.slice(2)}`;
						}
						continue;
					}
				}
				if (/^--[^=]+=/.test(arg)) {
					const index = arg.indexOf("=");
					const option = this._findOption(arg.slice(0, index));
					if (option && (option.required || option.optional)) {
						this.emit(`option:${option.name()}`, arg.slice(index + 1));
						continue;
					}
				}
				if (dest === operands && maybeOption(arg) && !(this.commands.length === 0 && negativeNumberArg(arg))) dest = unknown;
				if ((this._enablePositionalOptions || this._passThroughOptions) && operands.length === 0 && unknown.length === 0) {
					if (this._findCommand(arg)) {
						operands.push(arg);
						unknown.push(...args.slice(i));
						break;
					} else if (this._getHelpCommand() && arg === this._getHelpCommand().name()) {
						operands.push(arg, ...args.slice(i));
						break;
					} else if (this._defaultCommandName) {
						unknown.push(arg, ...args.slice(i));
						break;
					}
				}
				if (this._passThroughOptions) {
					dest.push(arg, ...args.slice(i));
					break;
				}
				dest.push(arg);
			}
			return {
				operands,
				unknown
			};
		}
		/**
		* Return an object containing local option values as key-value pairs.
		*
		* @return {object}
		*/
		opts() {
			if (this._storeOptionsAsProperties) {
				const result = {};
				const len = this.options.length;
				for (let i = 0; i < len; i++) {
					const key = this.options[i].attributeName();
					result[key] = key === this._versionOptionName ? this._version : this[key];
				}
				return result;
			}
			return this._optionValues;
		}
		/**
		* Return an object containing merged local and global option values as key-value pairs.
		*
		* @return {object}
		*/
		optsWithGlobals() {
			return this._getCommandAndAncestors().reduce((combinedOptions, cmd) => Object.assign(combinedOptions, cmd.opts()), {});
		}
		/**
		* Display error message and exit (or call exitOverride).
		*
		* @param {string} message
		* @param {object} [errorOptions]
		* @param {string} [errorOptions.code] - an id string representing the error
		* @param {number} [errorOptions.exitCode] - used with process.exit
		*/
		error(message, errorOptions) {
			this._outputConfiguration.outputError(`${message}\n`, this._outputConfiguration.writeErr);
			if (typeof this._showHelpAfterError === "string") this._outputConfiguration.writeErr(`${this._showHelpAfterError}\n`);
			else if (this._showHelpAfterError) {
				this._outputConfiguration.writeErr("\n");
				this.outputHelp({ error: true });
			}
			const config = errorOptions || {};
			const exitCode = config.exitCode || 1;
			const code = config.code || "commander.error";
			this._exit(exitCode, code, message);
		}
		/**
		* Apply any option related environment variables, if option does
		* not have a value from cli or client code.
		*
		* @private
		*/
		_parseOptionsEnv() {
			this.options.forEach((option) => {
				if (option.envVar && option.envVar in process.env) {
					const optionKey = option.attributeName();
					if (this.getOptionValue(optionKey) === void 0 || [
						"default",
						"config",
						"env"
					].includes(this.getOptionValueSource(optionKey))) {
						if (option.required || option.optional) this.emit(`optionEnv:${option.name()}`, process.env[option.envVar]);
						else this.emit(`optionEnv:${option.name()}`);
					}
				}
			});
		}
		/**
		* Apply any implied option values, if option is undefined or default value.
		*
		* @private
		*/
		_parseOptionsImplied() {
			const dualHelper = new DualOptions(this.options);
			const hasCustomOptionValue = (optionKey) => {
				return this.getOptionValue(optionKey) !== void 0 && !["default", "implied"].includes(this.getOptionValueSource(optionKey));
			};
			this.options.filter((option) => option.implied !== void 0 && hasCustomOptionValue(option.attributeName()) && dualHelper.valueFromOption(this.getOptionValue(option.attributeName()), option)).forEach((option) => {
				Object.keys(option.implied).filter((impliedKey) => !hasCustomOptionValue(impliedKey)).forEach((impliedKey) => {
					this.setOptionValueWithSource(impliedKey, option.implied[impliedKey], "implied");
				});
			});
		}
		/**
		* Argument `name` is missing.
		*
		* @param {string} name
		* @private
		*/
		missingArgument(name) {
			const message = `error: missing required argument '${name}'`;
			this.error(message, { code: "commander.missingArgument" });
		}
		/**
		* `Option` is missing an argument.
		*
		* @param {Option} option
		* @private
		*/
		optionMissingArgument(option) {
			const message = `error: option '${option.flags}' argument missing`;
			this.error(message, { code: "commander.optionMissingArgument" });
		}
		/**
		* `Option` does not have a value, and is a mandatory option.
		*
		* @param {Option} option
		* @private
		*/
		missingMandatoryOptionValue(option) {
			const message = `error: required option '${option.flags}' not specified`;
			this.error(message, { code: "commander.missingMandatoryOptionValue" });
		}
		/**
		* `Option` conflicts with another option.
		*
		* @param {Option} option
		* @param {Option} conflictingOption
		* @private
		*/
		_conflictingOption(option, conflictingOption) {
			const findBestOptionFromValue = (option) => {
				const optionKey = option.attributeName();
				const optionValue = this.getOptionValue(optionKey);
				const negativeOption = this.options.find((target) => target.negate && optionKey === target.attributeName());
				const positiveOption = this.options.find((target) => !target.negate && optionKey === target.attributeName());
				if (negativeOption && (negativeOption.presetArg === void 0 && optionValue === false || negativeOption.presetArg !== void 0 && optionValue === negativeOption.presetArg)) return negativeOption;
				return positiveOption || option;
			};
			const getErrorMessage = (option) => {
				const bestOption = findBestOptionFromValue(option);
				const optionKey = bestOption.attributeName();
				if (this.getOptionValueSource(optionKey) === "env") return `environment variable '${bestOption.envVar}'`;
				return `option '${bestOption.flags}'`;
			};
			const message = `error: ${getErrorMessage(option)} cannot be used with ${getErrorMessage(conflictingOption)}`;
			this.error(message, { code: "commander.conflictingOption" });
		}
		/**
		* Unknown option `flag`.
		*
		* @param {string} flag
		* @private
		*/
		unknownOption(flag) {
			if (this._allowUnknownOption) return;
			let suggestion = "";
			if (flag.startsWith("--") && this._showSuggestionAfterError) {
				let candidateFlags = [];
				let command = this;
				do {
					const moreFlags = command.createHelp().visibleOptions(command).filter((option) => option.long).map((option) => option.long);
					candidateFlags = candidateFlags.concat(moreFlags);
					command = command.parent;
				} while (command && !command._enablePositionalOptions);
				suggestion = suggestSimilar(flag, candidateFlags);
			}
			const message = `error: unknown option '${flag}'${suggestion}`;
			this.error(message, { code: "commander.unknownOption" });
		}
		/**
		* Excess arguments, more than expected.
		*
		* @param {string[]} receivedArgs
		* @private
		*/
		_excessArguments(receivedArgs) {
			if (this._allowExcessArguments) return;
			const expected = this.registeredArguments.length;
			const s = expected === 1 ? "" : "s";
			const message = `error: too many arguments${this.parent ? ` for '${this.name()}'` : ""}. Expected ${expected} argument${s} but got ${receivedArgs.length}.`;
			this.error(message, { code: "commander.excessArguments" });
		}
		/**
		* Unknown command.
		*
		* @private
		*/
		unknownCommand() {
			const unknownName = this.args[0];
			let suggestion = "";
			if (this._showSuggestionAfterError) {
				const candidateNames = [];
				this.createHelp().visibleCommands(this).forEach((command) => {
					candidateNames.push(command.name());
					if (command.alias()) candidateNames.push(command.alias());
				});
				suggestion = suggestSimilar(unknownName, candidateNames);
			}
			const message = `error: unknown command '${unknownName}'${suggestion}`;
			this.error(message, { code: "commander.unknownCommand" });
		}
		/**
		* Get or set the program version.
		*
		* This method auto-registers the "-V, --version" option which will print the version number.
		*
		* You can optionally supply the flags and description to override the defaults.
		*
		* @param {string} [str]
		* @param {string} [flags]
		* @param {string} [description]
		* @return {(this | string | undefined)} `this` command for chaining, or version string if no arguments
		*/
		version(str, flags, description) {
			if (str === void 0) return this._version;
			this._version = str;
			flags = flags || "-V, --version";
			description = description || "output the version number";
			const versionOption = this.createOption(flags, description);
			this._versionOptionName = versionOption.attributeName();
			this._registerOption(versionOption);
			this.on("option:" + versionOption.name(), () => {
				this._outputConfiguration.writeOut(`${str}\n`);
				this._exit(0, "commander.version", str);
			});
			return this;
		}
		/**
		* Set the description.
		*
		* @param {string} [str]
		* @param {object} [argsDescription]
		* @return {(string|Command)}
		*/
		description(str, argsDescription) {
			if (str === void 0 && argsDescription === void 0) return this._description;
			this._description = str;
			if (argsDescription) this._argsDescription = argsDescription;
			return this;
		}
		/**
		* Set the summary. Used when listed as subcommand of parent.
		*
		* @param {string} [str]
		* @return {(string|Command)}
		*/
		summary(str) {
			if (str === void 0) return this._summary;
			this._summary = str;
			return this;
		}
		/**
		* Set an alias for the command.
		*
		* You may call more than once to add multiple aliases. Only the first alias is shown in the auto-generated help.
		*
		* @param {string} [alias]
		* @return {(string|Command)}
		*/
		alias(alias) {
			if (alias === void 0) return this._aliases[0];
			/** @type {Command} */
			let command = this;
			if (this.commands.length !== 0 && this.commands[this.commands.length - 1]._executableHandler) command = this.commands[this.commands.length - 1];
			if (alias === command._name) throw new Error("Command alias can't be the same as its name");
			const matchingCommand = this.parent?._findCommand(alias);
			if (matchingCommand) {
				const existingCmd = [matchingCommand.name()].concat(matchingCommand.aliases()).join("|");
				throw new Error(`cannot add alias '${alias}' to command '${this.name()}' as already have command '${existingCmd}'`);
			}
			command._aliases.push(alias);
			return this;
		}
		/**
		* Set aliases for the command.
		*
		* Only the first alias is shown in the auto-generated help.
		*
		* @param {string[]} [aliases]
		* @return {(string[]|Command)}
		*/
		aliases(aliases) {
			if (aliases === void 0) return this._aliases;
			aliases.forEach((alias) => this.alias(alias));
			return this;
		}
		/**
		* Set / get the command usage `str`.
		*
		* @param {string} [str]
		* @return {(string|Command)}
		*/
		usage(str) {
			if (str === void 0) {
				if (this._usage) return this._usage;
				const args = this.registeredArguments.map((arg) => {
					return humanReadableArgName(arg);
				});
				return [].concat(this.options.length || this._helpOption !== null ? "[options]" : [], this.commands.length ? "[command]" : [], this.registeredArguments.length ? args : []).join(" ");
			}
			this._usage = str;
			return this;
		}
		/**
		* Get or set the name of the command.
		*
		* @param {string} [str]
		* @return {(string|Command)}
		*/
		name(str) {
			if (str === void 0) return this._name;
			this._name = str;
			return this;
		}
		/**
		* Set/get the help group heading for this subcommand in parent command's help.
		*
		* @param {string} [heading]
		* @return {Command | string}
		*/
		helpGroup(heading) {
			if (heading === void 0) return this._helpGroupHeading ?? "";
			this._helpGroupHeading = heading;
			return this;
		}
		/**
		* Set/get the default help group heading for subcommands added to this command.
		* (This does not override a group set directly on the subcommand using .helpGroup().)
		*
		* @example
		* program.commandsGroup('Development Commands:);
		* program.command('watch')...
		* program.command('lint')...
		* ...
		*
		* @param {string} [heading]
		* @returns {Command | string}
		*/
		commandsGroup(heading) {
			if (heading === void 0) return this._defaultCommandGroup ?? "";
			this._defaultCommandGroup = heading;
			return this;
		}
		/**
		* Set/get the default help group heading for options added to this command.
		* (This does not override a group set directly on the option using .helpGroup().)
		*
		* @example
		* program
		*   .optionsGroup('Development Options:')
		*   .option('-d, --debug', 'output extra debugging')
		*   .option('-p, --profile', 'output profiling information')
		*
		* @param {string} [heading]
		* @returns {Command | string}
		*/
		optionsGroup(heading) {
			if (heading === void 0) return this._defaultOptionGroup ?? "";
			this._defaultOptionGroup = heading;
			return this;
		}
		/**
		* @param {Option} option
		* @private
		*/
		_initOptionGroup(option) {
			if (this._defaultOptionGroup && !option.helpGroupHeading) option.helpGroup(this._defaultOptionGroup);
		}
		/**
		* @param {Command} cmd
		* @private
		*/
		_initCommandGroup(cmd) {
			if (this._defaultCommandGroup && !cmd.helpGroup()) cmd.helpGroup(this._defaultCommandGroup);
		}
		/**
		* Set the name of the command from script filename, such as process.argv[1],
		* or require.main.filename, or __filename.
		*
		* (Used internally and public although not documented in README.)
		*
		* @example
		* program.nameFromFilename(require.main.filename);
		*
		* @param {string} filename
		* @return {Command}
		*/
		nameFromFilename(filename) {
			this._name = path.basename(filename, path.extname(filename));
			return this;
		}
		/**
		* Get or set the directory for searching for executable subcommands of this command.
		*
		* @example
		* program.executableDir(__dirname);
		* // or
		* program.executableDir('subcommands');
		*
		* @param {string} [path]
		* @return {(string|null|Command)}
		*/
		executableDir(path) {
			if (path === void 0) return this._executableDir;
			this._executableDir = path;
			return this;
		}
		/**
		* Return program help documentation.
		*
		* @param {{ error: boolean }} [contextOptions] - pass {error:true} to wrap for stderr instead of stdout
		* @return {string}
		*/
		helpInformation(contextOptions) {
			const helper = this.createHelp();
			const context = this._getOutputContext(contextOptions);
			helper.prepareContext({
				error: context.error,
				helpWidth: context.helpWidth,
				outputHasColors: context.hasColors
			});
			const text = helper.formatHelp(this, helper);
			if (context.hasColors) return text;
			return this._outputConfiguration.stripColor(text);
		}
		/**
		* @typedef HelpContext
		* @type {object}
		* @property {boolean} error
		* @property {number} helpWidth
		* @property {boolean} hasColors
		* @property {function} write - includes stripColor if needed
		*
		* @returns {HelpContext}
		* @private
		*/
		_getOutputContext(contextOptions) {
			contextOptions = contextOptions || {};
			const error = !!contextOptions.error;
			let baseWrite;
			let hasColors;
			let helpWidth;
			if (error) {
				baseWrite = (str) => this._outputConfiguration.writeErr(str);
				hasColors = this._outputConfiguration.getErrHasColors();
				helpWidth = this._outputConfiguration.getErrHelpWidth();
			} else {
				baseWrite = (str) => this._outputConfiguration.writeOut(str);
				hasColors = this._outputConfiguration.getOutHasColors();
				helpWidth = this._outputConfiguration.getOutHelpWidth();
			}
			const write = (str) => {
				if (!hasColors) str = this._outputConfiguration.stripColor(str);
				return baseWrite(str);
			};
			return {
				error,
				write,
				hasColors,
				helpWidth
			};
		}
		/**
		* Output help information for this command.
		*
		* Outputs built-in help, and custom text added using `.addHelpText()`.
		*
		* @param {{ error: boolean } | Function} [contextOptions] - pass {error:true} to write to stderr instead of stdout
		*/
		outputHelp(contextOptions) {
			let deprecatedCallback;
			if (typeof contextOptions === "function") {
				deprecatedCallback = contextOptions;
				contextOptions = void 0;
			}
			const outputContext = this._getOutputContext(contextOptions);
			/** @type {HelpTextEventContext} */
			const eventContext = {
				error: outputContext.error,
				write: outputContext.write,
				command: this
			};
			this._getCommandAndAncestors().reverse().forEach((command) => command.emit("beforeAllHelp", eventContext));
			this.emit("beforeHelp", eventContext);
			let helpInformation = this.helpInformation({ error: outputContext.error });
			if (deprecatedCallback) {
				helpInformation = deprecatedCallback(helpInformation);
				if (typeof helpInformation !== "string" && !Buffer.isBuffer(helpInformation)) throw new Error("outputHelp callback must return a string or a Buffer");
			}
			outputContext.write(helpInformation);
			if (this._getHelpOption()?.long) this.emit(this._getHelpOption().long);
			this.emit("afterHelp", eventContext);
			this._getCommandAndAncestors().forEach((command) => command.emit("afterAllHelp", eventContext));
		}
		/**
		* You can pass in flags and a description to customise the built-in help option.
		* Pass in false to disable the built-in help option.
		*
		* @example
		* program.helpOption('-?, --help' 'show help'); // customise
		* program.helpOption(false); // disable
		*
		* @param {(string | boolean)} flags
		* @param {string} [description]
		* @return {Command} `this` command for chaining
		*/
		helpOption(flags, description) {
			if (typeof flags === "boolean") {
				if (flags) {
					if (this._helpOption === null) this._helpOption = void 0;
					if (this._defaultOptionGroup) this._initOptionGroup(this._getHelpOption());
				} else this._helpOption = null;
				return this;
			}
			this._helpOption = this.createOption(flags ?? "-h, --help", description ?? "display help for command");
			if (flags || description) this._initOptionGroup(this._helpOption);
			return this;
		}
		/**
		* Lazy create help option.
		* Returns null if has been disabled with .helpOption(false).
		*
		* @returns {(Option | null)} the help option
		* @package
		*/
		_getHelpOption() {
			if (this._helpOption === void 0) this.helpOption(void 0, void 0);
			return this._helpOption;
		}
		/**
		* Supply your own option to use for the built-in help option.
		* This is an alternative to using helpOption() to customise the flags and description etc.
		*
		* @param {Option} option
		* @return {Command} `this` command for chaining
		*/
		addHelpOption(option) {
			this._helpOption = option;
			this._initOptionGroup(option);
			return this;
		}
		/**
		* Output help information and exit.
		*
		* Outputs built-in help, and custom text added using `.addHelpText()`.
		*
		* @param {{ error: boolean }} [contextOptions] - pass {error:true} to write to stderr instead of stdout
		*/
		help(contextOptions) {
			this.outputHelp(contextOptions);
			let exitCode = Number(process.exitCode ?? 0);
			if (exitCode === 0 && contextOptions && typeof contextOptions !== "function" && contextOptions.error) exitCode = 1;
			this._exit(exitCode, "commander.help", "(outputHelp)");
		}
		/**
		* // Do a little typing to coordinate emit and listener for the help text events.
		* @typedef HelpTextEventContext
		* @type {object}
		* @property {boolean} error
		* @property {Command} command
		* @property {function} write
		*/
		/**
		* Add additional text to be displayed with the built-in help.
		*
		* Position is 'before' or 'after' to affect just this command,
		* and 'beforeAll' or 'afterAll' to affect this command and all its subcommands.
		*
		* @param {string} position - before or after built-in help
		* @param {(string | Function)} text - string to add, or a function returning a string
		* @return {Command} `this` command for chaining
		*/
		addHelpText(position, text) {
			const allowedValues = [
				"beforeAll",
				"before",
				"after",
				"afterAll"
			];
			if (!allowedValues.includes(position)) throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${allowedValues.join("', '")}'`);
			const helpEvent = `${position}Help`;
			this.on(helpEvent, (context) => {
				let helpStr;
				if (typeof text === "function") helpStr = text({
					error: context.error,
					command: context.command
				});
				else helpStr = text;
				if (helpStr) context.write(`${helpStr}\n`);
			});
			return this;
		}
		/**
		* Output help information if help flags specified
		*
		* @param {Array} args - array of options to search for help flags
		* @private
		*/
		_outputHelpIfRequested(args) {
			const helpOption = this._getHelpOption();
			if (helpOption && args.find((arg) => helpOption.is(arg))) {
				this.outputHelp();
				this._exit(0, "commander.helpDisplayed", "(outputHelp)");
			}
		}
	};
	/**
	* Scan arguments and increment port number for inspect calls (to avoid conflicts when spawning new command).
	*
	* @param {string[]} args - array of arguments from node.execArgv
	* @returns {string[]}
	* @private
	*/
	function incrementNodeInspectorPort(args) {
		return args.map((arg) => {
			if (!arg.startsWith("--inspect")) return arg;
			let debugOption;
			let debugHost = "127.0.0.1";
			let debugPort = "9229";
			let match;
			if ((match = arg.match(/^(--inspect(-brk)?)$/)) !== null) debugOption = match[1];
			else if ((match = arg.match(/^(--inspect(-brk|-port)?)=([^:]+)$/)) !== null) {
				debugOption = match[1];
				if (/^\d+$/.test(match[3])) debugPort = match[3];
				else debugHost = match[3];
			} else if ((match = arg.match(/^(--inspect(-brk|-port)?)=([^:]+):(\d+)$/)) !== null) {
				debugOption = match[1];
				debugHost = match[3];
				debugPort = match[4];
			}
			if (debugOption && debugPort !== "0") return `${debugOption}=${debugHost}:${parseInt(debugPort) + 1}`;
			return arg;
		});
	}
	/**
	* @returns {boolean | undefined}
	* @package
	*/
	function useColor() {
		if (process.env.NO_COLOR || process.env.FORCE_COLOR === "0" || process.env.FORCE_COLOR === "false") return false;
		if (process.env.FORCE_COLOR || process.env.CLICOLOR_FORCE !== void 0) return true;
	}
	exports.Command = Command;
	exports.useColor = useColor;
}));
const { program, createCommand, createArgument, createOption, CommanderError, InvalidArgumentError, InvalidOptionArgumentError, Command, Argument, Option, Help } = (/* @__PURE__ */ __toESM((/* @__PURE__ */ __commonJSMin(((exports) => {
	const { Argument } = require_argument();
	const { Command } = require_command();
	const { CommanderError, InvalidArgumentError } = require_error();
	const { Help } = require_help();
	const { Option } = require_option();
	exports.program = new Command();
	exports.createCommand = (name) => new Command(name);
	exports.createOption = (flags, description) => new Option(flags, description);
	exports.createArgument = (name, description) => new Argument(name, description);
	/**
	* Expose classes
	*/
	exports.Command = Command;
	exports.Option = Option;
	exports.Argument = Argument;
	exports.Help = Help;
	exports.CommanderError = CommanderError;
	exports.InvalidArgumentError = InvalidArgumentError;
	exports.InvalidOptionArgumentError = InvalidArgumentError;
})))(), 1)).default;
// src/report/formats/attestation.ts
const ATTESTATION_TYPES = {
	"test-result": "https://in-toto.io/attestation/test-result/v0.1",
	svr: "https://in-toto.io/attestation/svr/v0.1"
};
/** Raised where what a property of an SVR stands for changes. */
const VERIFIER = "https://github.com/saegate/saegate/attest/v1";
/** Errors: ATTEST_DERIVED (it has no files), ATTEST_UNJUDGED. */
function statement(attested, type) {
	const { report, candidate } = attested;
	const subject = subjects(candidate);
	const { policy } = report;
	if (policy === null || candidate.verdict === null) throw attestUnjudged(candidate.name);
	return {
		_type: "https://in-toto.io/Statement/v1",
		subject,
		predicateType: ATTESTATION_TYPES[type],
		predicate: type === "svr" ? verification(attested, policy) : testResult(attested, policy)
	};
}
/** Every file of a candidate with its sha256. Errors: ATTEST_DERIVED. */
function subjects({ name, files }) {
	const entries = Object.entries(files ?? {});
	if (entries.length === 0) throw attestDerived(name);
	return entries.map(([file, sha256]) => ({
		name: file,
		digest: { sha256 }
	}));
}
/** An informational policy requires nothing: that it "passes" is no result that a cluster should admit. */
const passes = ({ candidate }, policy) => candidate.verdict === "pass" && !policy.informational;
function testResult(attested, policy) {
	const { candidate, url } = attested;
	const failed = namesOf(candidate, ({ status, level }) => level === "error" && isBad(status));
	const warned = namesOf(candidate, ({ status, level }) => status === "waived" || level === "warning" && isBad(status));
	const passed = namesOf(candidate, ({ status }) => status === "pass");
	const passing = warned.length === 0 ? "PASSED" : "WARNED";
	return {
		result: passes(attested, policy) ? passing : "FAILED",
		configuration: configuration(attested, policy),
		...url === null ? {} : { url },
		passedTests: passed,
		warnedTests: warned,
		failedTests: failed
	};
}
function verification(attested, policy) {
	const { report, candidate } = attested;
	const rules = namesOf(candidate, ({ status }) => status === "pass").map((name) => `SAEGATE_RULE_${name}`);
	return {
		verifier: {
			id: VERIFIER,
			version: { saegate: report.tool.version },
			policy: {
				name: policy.name,
				digest: { sha256: policy.sha256 }
			}
		},
		timeCreated: report.createdAt,
		properties: passes(attested, policy) ? [`SAEGATE_POLICY_PASSED_${policy.name}`, ...rules] : rules
	};
}
/** All that the figures and the verdict hang on. */
function configuration({ report, measuredFrom = [] }, policy) {
	const named = (name, sha256) => ({
		name,
		digest: { sha256 }
	});
	return [
		named(`policy ${policy.name}`, policy.sha256),
		named(`reference ${report.reference.spec}`, report.reference.sha256),
		named(`corpus ${report.corpus.spec} (token ids)`, report.corpus.sha256),
		...report.readouts.map(({ id, sha256 }) => named(`sae ${id}`, sha256)),
		...measuredFrom
	];
}
const isBad = (status) => status === "fail" || status === "inconclusive";
function namesOf({ rules }, holds) {
	return rules.filter(holds).map(({ id, scope }) => scope === null ? id : `${id} @ ${scope}`);
}
// src/cli/repeats.ts
/** Refuse a second use of any of the command's options. Call it when all are declared. Errors: OPTION_REPEATED. */
function refuseRepeats(command) {
	const counts = /* @__PURE__ */ new Map();
	for (const option of command.options) {
		const flag = option.long ?? option.flags;
		command.on(`option:${option.name()}`, () => void counts.set(flag, (counts.get(flag) ?? 0) + 1));
	}
	command.hook("preAction", () => {
		for (const [flag, count] of counts) if (count > 1) throw optionRepeated(flag, count);
	});
}
// src/cli/shards/check-shards.ts
/**
* @file Do these shards give this report? They are merged again, and everything that was measured has to be the same, the tables by
* their digests; times apart. What the policy makes of it is left out: it is judged again elsewhere.
*/
/** `merged`: what the shards at hand give; `files`: how many they are. */
async function checkShards(stored, merged, files) {
	const again = await withTables(merged, async () => {});
	const found = firstDifference(measuredOf$1(stored, stored.report), measuredOf$1(merged, again));
	if (found === null) return {
		holds: true,
		text: `${files === 1 ? "the shard gives" : `the ${files} shards give`} this report again`
	};
	const [said, given] = found.values;
	return {
		holds: false,
		text: `the shards do not give this report: ${found.path} is ${said} in it and ${given} by them`
	};
}
/** What was measured, as JSON has it. `digested`: the same report with the digests of its tables. */
function measuredOf$1({ evidence }, digested) {
	const { report } = judgeBy({
		report: digested,
		evidence
	}, {
		policy: null,
		baseline: null
	}).measurement;
	const { contents: _contents, ...rest } = report;
	const { streamed: _streamed, ...tool } = rest.tool;
	const plain = {
		...rest,
		createdAt: "",
		tool: {
			...tool,
			elapsedSeconds: 0
		},
		candidates: rest.candidates.map((candidate) => ({
			...candidate,
			features: candidate.features.map((one) => ({
				...one,
				table: "",
				replicates: one.replicates === null ? null : ""
			}))
		}))
	};
	return JSON.parse(reportJson(plain));
}
// src/cli/shards/read-shards.ts
/** @file Shards for `saegate merge`, named one by one or by the folder that they lie in. */
/** Errors: SHARDS_NONE, SHARD_MALFORMED (of another version, too), those of reading, INTERRUPTED. */
async function readShards(paths, signal) {
	const { readShard } = await import("./shared-shard-file2.js");
	const shards = [];
	for (const file of (await Promise.all(paths.map(filesOf$1))).flat()) {
		if (signal.aborted) throw interrupted();
		const shard = await readShard(await fileSource(file));
		const { version } = shard.frame.tool;
		if (version !== VERSION) throw shardMalformed(file, `saegate ${version} measured it, and this is ${VERSION}`);
		shards.push({
			...shard,
			file
		});
	}
	return shards;
}
/** The file itself, or the shards of a folder. */
async function filesOf$1(path) {
	if (!await stat(path).then((found) => found.isDirectory(), () => false)) return [path];
	const shards = (await readdir(path).catch((error) => {
		throw openProblem(path, error);
	})).filter(isShardName).sort();
	if (shards.length === 0) throw shardsNone(path);
	return shards.map((name) => join(path, name));
}
// src/cli/shards/merged-again.ts
/** @file The shards of a report that is there already, merged again: to hold the report against them. */
/** A report that says that shards are missing is made of those that are there. Errors: those of reading and merging. */
async function mergedAgain(report, paths, signal) {
	const { mergeShards } = await import("./shared-merge-shards.js");
	const shards = await readShards(paths, signal);
	return {
		merged: mergeShards(shards, {
			allowMissing: isPart(report),
			createdAt: report.createdAt
		}),
		files: shards.map(({ file, shard, shards: of }) => ({
			file,
			shard,
			shards: of
		}))
	};
}
const PIECE_BYTES = 2 ** 20;
/** Hex. Errors: those of reading. */
async function fileSha256(path) {
	const source = await fileSource(path);
	const hash = createHash("sha256");
	try {
		for (let start = 0; start < source.byteLength; start += PIECE_BYTES) hash.update(await source.read(start, Math.min(start + PIECE_BYTES, source.byteLength)));
		return hash.digest("hex");
	} finally {
		await source.close();
	}
}
// src/cli/commands/attest.ts
/** @file `saegate attest`: a report's word on one artifact, in the form that supply chains sign and check. */
const EXAMPLES$10 = `
The subjects are the candidate's files by sha256. A statement is signed whole (cosign attest-blob, model registries); actions/attest
takes the predicate and the subjects apart. The report's tables are held against it; the verdict is the one it has.

Examples:
  $ saegate attest saegate-report/report.json > statement.json
  $ saegate attest report.json --part predicate --out predicate.json   # predicate-path of actions/attest
  $ saegate attest report.json --part subjects --out subjects.sha256   # subject-checksums; also: sha256sum -c
  $ saegate attest report.json --type svr --candidate int6
  $ saegate attest report.json --shards shards   # of a merged report: they give it again, and their digests are in the statement
`;
const PARTS = [
	"statement",
	"predicate",
	"subjects"
];
function attestCommand(host, setStatus) {
	const command = new Command("attest").description("Say what a report found of an artifact as an in-toto statement, to be signed.").argument("<report.json>", "a judged report, with the folder that it names beside it").addOption(new Option("--type <TYPE>", "rules by name, or verified properties").choices(Object.keys(ATTESTATION_TYPES)).default("test-result")).addOption(new Option("--part <PART>", "all of it, or what actions/attest takes").choices(PARTS).default("statement")).option("--candidate <NAME>", "of several artifacts, the one that is meant").option("--url <URL>", "where the run that judged it can be looked at").option("--shards <PATH>", "shards that were merged to the report, a file or their folder; may be repeated", (path, before) => [...before, path], []).option("--out <FILE>", "write to a file instead of standard output").addHelpText("after", EXAMPLES$10);
	refuseRepeats(command);
	return command.action(async (path, given) => {
		const stored = await loadReport(path);
		const { report } = stored;
		const text = partOf({
			report,
			candidate: artifact(report, given.candidate ?? null),
			url: given.url ?? null,
			measuredFrom: given.shards.length === 0 ? [] : await shardDigests(path, stored, given.shards, host)
		}, given);
		if (host.signal.aborted) throw interrupted();
		if (given.out === void 0) host.stdout.data(text);
		else await writeOutput(given.out, text);
		setStatus(0);
	});
}
/** Shards by their sha256, once they have given the report again. Errors: ATTEST_SHARDS, those of merging. */
async function shardDigests(path, stored, paths, { signal }) {
	const { merged, files } = await mergedAgain(stored.report, paths, signal);
	const { holds, text } = await checkShards(stored, merged, files.length);
	if (!holds) throw attestShards(path, text);
	const digests = [];
	for (const { file, shard, shards } of files) digests.push({
		name: `shard ${shard}/${shards}`,
		digest: { sha256: await fileSha256(file) }
	});
	return digests;
}
/** Errors: ATTEST_WHICH. */
function artifact({ candidates }, asked) {
	const artifacts = candidates.filter(({ sha256 }) => sha256 !== null);
	const names = artifacts.map(({ name }) => name);
	const [only, ...others] = asked === null ? artifacts : candidates.filter(({ name }) => name === asked);
	const found = only ?? (asked === null ? candidates[0] : void 0);
	if (found === void 0 || others.length > 0) throw attestWhich(asked, names);
	return found;
}
function partOf(attested, { type, part }) {
	if (part === "subjects") return subjects(attested.candidate).map(({ name, digest }) => checksumLine(digest.sha256, name)).join("");
	const whole = statement(attested, type);
	return `${jsonText(part === "predicate" ? whole.predicate : whole, true)}\n`;
}
/** As GNU sha256sum writes and reads it: a name that would end the line is escaped, and a backslash before the digest says so. */
function checksumLine(sha256, name) {
	const escaped = name.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
	return `${escaped === name ? "" : "\\"}${sha256}  ${escaped}\n`;
}
// src/errors/experiments.ts
/** @file What can be wrong with what `compare` and `predict` are given. */
const NAMING = "Write PATH#CANDIDATE, for example saegate-report/report.json#rtn-6, and --readout ID where there are several.";
const candidateUnnamed = problem("CANDIDATE_UNNAMED", 2, (path, names) => ({
	message: `${path} has ${names.length} candidates (${names.slice(0, 20).join(", ")}), and it is not said which is meant.`,
	fix: NAMING
}));
const candidateUnknown = problem("CANDIDATE_UNKNOWN", 2, (path, name, names) => ({
	message: `${path} has no candidate "${name}" but ${names.slice(0, 20).join(", ") || "none"}.`,
	fix: NAMING
}));
const candidatesNotTwo = problem("CANDIDATES_NOT_TWO", 2, (path, names) => ({
	message: `${path} has ${names.length} candidates (${names.slice(0, 20).join(", ")}), and two are compared.`,
	fix: "Name both: saegate compare PATH#ONE PATH#OTHER."
}));
const readoutUnnamed = problem("READOUT_UNNAMED", 2, (path, asked, ids) => ({
	message: `${path} has ${ids.length === 0 ? "no read-out of features" : `the read-outs ${ids.slice(0, 20).join(", ")}`}${asked === null ? ", and it is not said which is meant" : `, not "${asked}"`}.`,
	fix: "Name one of them with --readout, or audit with an SAE."
}));
const onlyRescaled = problem("ONLY_RESCALED", 2, (path, candidate) => ({
	message: `${path}: the residual stream of ${candidate} is the reference's times one factor, and nothing is said of its features.`,
	fix: "Audit it again with --rescale."
}));
const noActiveFeatures = problem("NO_ACTIVE_FEATURES", 2, (path, threshold) => ({
	message: `${path} has no active feature: none fires in the reference at more than ${threshold} of positions.`,
	fix: "Give a table of an audit with more text, or a lower --active."
}));
const tableColumnMissing = problem("TABLE_COLUMN_MISSING", 2, (path, column, found) => ({
	message: `${path} has no column "${column}"; it has ${found.slice(0, 20).join(", ") || "none"}.`,
	fix: "Give a table with the columns feature, correlation, firing_rate, mean and peak, under these names."
}));
const tableValue = problem("TABLE_VALUE", 2, (path, row, column, value, expected) => ({
	message: `${path}, row ${row}: ${column} is "${value.slice(0, 60)}", not ${expected}.`,
	fix: "Correct the table: feature ids once each, firing rates from 0 to 1, all else plain numbers."
}));
const incomparable = problem("INCOMPARABLE", 2, (path, field, there, here) => ({
	message: `${path} cannot be compared with the first: ${field} is ${String(there)} there and ${String(here)} in the first.`,
	fix: "Compare candidates that were measured against the same reference on the same tokens through the same SAE."
}));
const nothingShared = problem("NOTHING_SHARED", 2, (path) => ({
	message: `${path} and the first have no active feature in common.`,
	fix: "Compare candidates that were measured through the same SAE."
}));
const ratioOutside = problem("RATIO_OUTSIDE", 2, (flag, value) => ({
	message: `${flag} is "${value}", not a number from 0 to 1.`,
	fix: "Give a number such as 0.9."
}));
const tooFewOfAClass = problem("TOO_FEW_OF_A_CLASS", 2, (path, survived, features, fewest) => ({
	message: `${path}: ${survived} of ${features} active features survived; a fit needs at least ${fewest} that did and ${fewest} that did not.`,
	fix: "Predict for a candidate that loses some features and keeps some, or measure on more text."
}));
const predictorVersion = problem("PREDICTOR_VERSION", 2, (path, found, known) => ({
	message: `${path} is "${found}"; this version reads ${known}.`,
	fix: "Save the predictor again with this version of saegate: predict --save."
}));
const predictorInvalid = problem("PREDICTOR_INVALID", 2, (path, what) => ({
	message: `${path} is not a predictor that saegate saved: ${what}.`,
	fix: "Save it again with predict --save."
}));
const saveWithApply = problem("SAVE_WITH_APPLY", 2, () => ({
	message: "--save keeps a fit, and --apply makes none.",
	fix: "Leave one of them out."
}));
const sweepGranularity = problem("SWEEP_GRANULARITY", 2, (given) => ({
	message: `--granularity "${given}" is none of channel, tensor, group=N and transformerlens.`,
	fix: "Give one or several of these, apart by commas: --granularity channel,group=128."
}));
const measuredAlready = problem("MEASURED_ALREADY", 2, (flag) => ({
	message: `${flag} says what to measure, and a finished report is measured already.`,
	fix: "Leave the report out to measure, or the flag to look at the report."
}));
const tableUnknown = problem("TABLE_UNKNOWN", 2, (given, known) => ({
	message: `--only "${given}" is no table of the preset.`,
	fix: `Name some of ${known.join(", ")}, apart by commas.`
}));
const stabilityMissing = problem("STABILITY_MISSING", 2, (path) => ({
	message: `${path} has no parts of its text that were looked at again.`,
	fix: "Measure them: saegate stability --candidate rtn:6 with the reference, the SAE and the corpus."
}));
const attributionOfOne = problem("ATTRIBUTION_OF_ONE", 2, (names) => ({
	message: `Tensors of one candidate are told apart at a time, and ${names.length} are given: ${names.slice(0, 20).join(", ")}.`,
	fix: "Name one, with --candidate or as REPORT.json#CANDIDATE."
}));
const diagnosisMissing = problem("DIAGNOSIS_MISSING", 2, (path) => ({
	message: `${path} holds no diagnosis: it is not of saegate diagnose.`,
	fix: "Give the report.json that saegate diagnose wrote, or measure with saegate diagnose and the flags of an audit."
}));
// src/contract/predictor/predictor-schema.ts
const PREDICTOR_SCHEMA = "saegate/predictor@1";
/** A forecast holds one too. */
const predictor = {
	type: "object",
	additionalProperties: false,
	required: [
		"schema",
		"of",
		"thresholds",
		"c",
		"features",
		"survived",
		"intercept",
		"coefficients",
		"auc"
	],
	properties: {
		schema: { const: PREDICTOR_SCHEMA },
		of: {
			type: "object",
			additionalProperties: false,
			required: [
				"path",
				"candidate",
				"readout"
			],
			properties: {
				path: { type: "string" },
				candidate: { type: "string" },
				readout: { anyOf: [{ type: "null" }, { type: "string" }] }
			},
			description: "What it was fitted to."
		},
		thresholds: {
			type: "object",
			additionalProperties: false,
			required: [
				"survived",
				"above",
				"active"
			],
			properties: {
				survived: {
					type: "number",
					minimum: 0,
					maximum: 1
				},
				above: {
					type: "boolean",
					description: "Survived is ρ above the threshold, not at it."
				},
				active: {
					type: "number",
					minimum: 0,
					maximum: 1
				}
			}
		},
		c: {
			type: "number",
			exclusiveMinimum: 0,
			description: "C of the penalty: ½‖w‖² + C Σ loss."
		},
		features: {
			type: "integer",
			minimum: 1
		},
		survived: {
			type: "integer",
			minimum: 0,
			description: "How many of them."
		},
		intercept: { type: "number" },
		coefficients: {
			type: "object",
			additionalProperties: false,
			required: [
				"rarity",
				"log mean",
				"log peak",
				"log concentration"
			],
			properties: {
				rarity: { type: "number" },
				"log mean": { type: "number" },
				"log peak": { type: "number" },
				"log concentration": { type: "number" }
			},
			description: "Per standard deviation of the predictor over the features it is used on."
		},
		auc: {
			type: "number",
			description: "Cross-validated, where it was fitted."
		}
	}
};
const predictorSchema = {
	$schema: "http://json-schema.org/draft-07/schema#",
	$id: "https://saegate.dev/schemas/predictor.schema.json",
	title: "saegate predictor",
	...predictor
};
// src/contract/experiments/parts.ts
/** @file What several parts of the experiments' JSON are made of. */
/** An object that has all of these and nothing else. */
function whole(properties) {
	return {
		type: "object",
		additionalProperties: false,
		required: Object.keys(properties),
		properties
	};
}
const count$2 = {
	type: "integer",
	minimum: 0
};
/** Of features. */
const fraction = {
	type: "number",
	minimum: 0,
	maximum: 1
};
const ends = {
	type: "array",
	items: { type: "number" },
	minItems: 2,
	maxItems: 2
};
/** By half-samples of the token groups. */
const halvesInterval = {
	description: "[low, high] at `confidence`; null: there are no token groups to tell it from.",
	anyOf: [{ type: "null" }, ends]
};
const wilsonInterval = {
	...ends,
	description: "Wilson's score interval at `confidence`."
};
/** What every document says of its subject. */
const subject = {
	path: { type: "string" },
	candidate: { type: "string" },
	readout: {
		...nullableString,
		description: "null: the table names none."
	}
};
const confidence = {
	type: "number",
	exclusiveMinimum: 0,
	exclusiveMaximum: 1,
	description: "Level of the intervals."
};
const survivalRule = whole({
	survived: {
		...fraction,
		description: "ρ from which a feature counts as survived."
	},
	damaged: {
		...fraction,
		description: "ρ below which it counts as damaged."
	},
	above: {
		type: "boolean",
		description: "Survived is ρ above the threshold, not at it."
	},
	active: {
		...fraction,
		description: "Features that fire more often than this are looked at."
	}
});
const calibration = whole({
	brier: {
		type: "number",
		minimum: 0,
		description: "Mean squared error of the probabilities."
	},
	skill: {
		anyOf: [{ type: "null" }, { type: "number" }],
		description: "1 − Brier score over that of the base rate; null: all are of one class."
	},
	reliability: {
		type: "array",
		description: "Features in bins of equal count by prediction, lowest first.",
		items: whole({
			predicted: {
				type: "number",
				description: "Mean prediction."
			},
			observed: {
				...fraction,
				description: "That survived."
			},
			ci: wilsonInterval,
			count: count$2
		})
	}
});
const roc = {
	type: "array",
	description: "A point for each distinct prediction, highest first, from (0, 0) to (1, 1).",
	items: whole({
		falsePositive: fraction,
		truePositive: fraction
	})
};
const predictorName = { enum: predictor.properties.coefficients.required };
/** One value of each of the four predictors. */
function perPredictor(value) {
	const names = predictor.properties.coefficients.required;
	return whole(Object.fromEntries(names.map((name) => [name, value])));
}
// src/contract/experiments/attribution-schema.ts
/** @file What `saegate attribute --format json` prints: which tensors of a candidate damage which features. */
const ATTRIBUTION_SCHEMA = "saegate/attribution@1";
({ ...whole({
	schema: { const: ATTRIBUTION_SCHEMA },
	path: {
		type: "string",
		description: "The report that it is of."
	},
	reference: { type: "string" },
	candidate: { type: "string" },
	spec: {
		type: "string",
		description: "As the candidate was named."
	},
	thresholds: whole({
		survived: fraction,
		damaged: fraction,
		active: fraction
	}),
	confidence,
	...attribution.properties
}) });
// src/experiments/attribution.ts
/** @file The swaps of one candidate of a report, and the audit that would measure them. */
/** Null: it was measured without. */
function attributionOf(path, { reference, readouts, confidence }, { name, spec, attribution }) {
	if (attribution === void 0) return null;
	return {
		schema: ATTRIBUTION_SCHEMA,
		path,
		reference: reference.spec,
		candidate: name,
		spec,
		thresholds: readouts[0]?.thresholds ?? DEFAULT_THRESHOLDS,
		confidence,
		...attribution
	};
}
/** The one that is named, or the only one. Errors: CANDIDATE_UNKNOWN, ATTRIBUTION_OF_ONE. */
function chosenCandidate(path, { candidates }, name) {
	const names = candidates.map((one) => one.name);
	const [only] = name === null ? candidates : candidates.filter((one) => one.name === name);
	if (only === void 0) throw candidateUnknown(path, name ?? "", names);
	if (name === null && candidates.length > 1) throw attributionOfOne(names);
	return only;
}
/** What swaps do without: losses, unless they are asked for, and what judges. */
const LEFT_OUT$1 = ["--perplexity", "--baseline"];
/** As flags would ask for the audit of that one candidate. */
function askedAgain(report, candidate) {
	const flags = measuringFlags({
		...report,
		candidates: [candidate]
	});
	const values = /* @__PURE__ */ new Map();
	for (const [flag, value] of flags) {
		const row = auditOptions.find((one) => one.flag === flag);
		if (row !== void 0 && !LEFT_OUT$1.includes(flag)) values.set(row.name, [...values.get(row.name) ?? [], value]);
	}
	return Object.fromEntries(values);
}
// src/experiments/feature-rows.ts
/**
* @file Rows of a feature table, whoever wrote it: which features are active, and what intervals of theirs can be made from.
*/
/** The rows of a report's own table. */
function rowsOfEvidence(path, { table }) {
	return {
		path,
		ids: Int32Array.from({ length: table.width }, (_, j) => j),
		hasCorrelations: true,
		correlation: table.correlation,
		firingRate: table.firingRate,
		mean: table.mean,
		peak: table.peak,
		active: table.active,
		measured: table.measured
	};
}
/**
* The active features: as the table says, unless a threshold is given. Errors: NO_ACTIVE_FEATURES; TABLE_VALUE where one of them
* was not measured.
*/
function activeFeatures(rows, threshold, kept) {
	const limit = threshold ?? DEFAULT_THRESHOLDS.active;
	const isCounted = (k) => threshold === null && rows.active !== null ? rows.active[k] === 1 : isActive(rows.firingRate[k], limit);
	const places = Array.from(rows.ids.keys()).filter(isCounted);
	if (places.length === 0) throw noActiveFeatures(rows.path, limit);
	const missing = places.find((k) => rows.measured !== null && rows.measured[k] !== 1);
	if (missing !== void 0) throw tableValue(rows.path, missing + 1, "correlation", "not measured", "a number: the feature is active");
	const take = (column) => Float64Array.from(places, (k) => column[k]);
	const ids = Int32Array.from(places, (k) => rows.ids[k]);
	return {
		ids,
		rho: take(rows.correlation),
		firingRate: take(rows.firingRate),
		mean: take(rows.mean),
		peak: take(rows.peak),
		halves: kept && halvesOfReport(kept, ids)
	};
}
/** Null where the report kept none, or was measured before half-samples. */
function halvesOfReport({ replicates, sampling }, ids) {
	const { method, features, correlations } = replicates;
	if (method !== "half-samples" || correlations.length === 0) return null;
	const column = new Map(Array.from(features, (id, k) => [id, k]));
	const columns = Array.from(ids, (id) => column.get(id) ?? -1);
	if (columns.includes(-1)) return null;
	const sizes = new Float64Array(groupsOfReplicates(method, correlations.length));
	return {
		resampling: {
			...sampling,
			sizes
		},
		rho: correlations.map((row) => Float64Array.from(columns, (k) => row[k]))
	};
}
// src/experiments/read-table.ts
/**
* @file Feature tables from files that need not be ours: Parquet, CSV or TSV with the columns feature, correlation, firing_rate,
* mean and peak. Columns that we write besides (active, measured, candidate, readout) are used where they are there;
* others are passed over. An empty correlation is an undefined one.
*/
/** A table of 2²⁰ features takes about 200 MB as CSV. */
const MOST_BYTES$1 = 2 ** 30;
/** A CSV of ours has the rows of all candidates and read-outs. */
const MOST_ROWS = 4 * MAX_FEATURES;
const NEEDED = ["feature", ...[
	"correlation",
	"firing_rate",
	"mean",
	"peak"
]];
/** A table of a model that nobody has quantized yet has no correlations. */
const OF_REFERENCE = NEEDED.filter((name) => name !== "correlation");
const OTHERS = [
	"active",
	"measured",
	"candidate",
	"readout"
];
/** By the ending of its name, is it a table? */
function isTable(path) {
	return /\.(csv|tsv|parquet)$/i.test(path);
}
/** Everything in a table. `isTruthNeeded`: it has to have correlations. Errors: TABLE_COLUMN_MISSING, TABLE_VALUE, TABLE_UNREADABLE, CORPUS_BROKEN, those of reading. */
async function readTable(path, isTruthNeeded) {
	const source = await fileSource(path);
	try {
		return await tableOf(source, isTruthNeeded);
	} finally {
		await source.close();
	}
}
/** The same of bytes from anywhere; which kind of table they are the source's name says. */
async function tableOf(source, isTruthNeeded) {
	const path = source.name;
	const needed = isTruthNeeded ? NEEDED : OF_REFERENCE;
	const table = await (/\.parquet$/i.test(path) ? parquetColumns : csvColumns)(path, source, needed);
	const at = /* @__PURE__ */ new Map();
	const [candidates, readouts] = [table.get("candidate"), table.get("readout")];
	const count = table.get("feature")?.length ?? 0;
	for (let row = 0; row < count; row++) {
		const key = JSON.stringify([nameIn(candidates, row), nameIn(readouts, row)]);
		const own = at.get(key);
		if (own === void 0) at.set(key, [row]);
		else own.push(row);
	}
	return [...at.values()].map((rows) => ({
		candidate: nameIn(candidates, rows[0] ?? 0),
		readout: nameIn(readouts, rows[0] ?? 0),
		rows: typedRows(path, table, rows)
	}));
}
function nameIn(column, row) {
	return column === void 0 ? null : String(column[row] ?? "");
}
async function csvColumns(path, source, needed) {
	if (source.byteLength > MOST_BYTES$1) throw fileTooLarge(path, source.byteLength, MOST_BYTES$1);
	const columns = /* @__PURE__ */ new Map();
	let count = 0;
	const delimiter = /\.tsv$/i.test(path) ? "	" : ",";
	for await (const record of csvRecords(path, unpackedBytes(source, null), delimiter)) {
		if (count === 0) {
			const found = record === null || typeof record !== "object" ? [] : Object.keys(record);
			for (const name of present(path, found, needed)) columns.set(name, []);
		}
		if (++count > MOST_ROWS) throw tableUnreadable(path, `it has more than ${MOST_ROWS} rows`);
		const cells = new Map(Object.entries(record ?? {}));
		for (const [name, column] of columns) column.push(cells.get(name) ?? null);
	}
	if (count === 0) throw tableUnreadable(path, "it has no rows");
	return columns;
}
async function parquetColumns(path, source, needed) {
	const file = await openParquet(source);
	if (file.rows > MOST_ROWS) throw tableUnreadable(path, `it has ${file.rows} rows, at most ${MOST_ROWS} are read`);
	if (file.rows === 0) throw tableUnreadable(path, "it has no rows");
	const names = present(path, file.columns.map(({ name }) => name), needed);
	const table = /* @__PURE__ */ new Map();
	for (const name of names) {
		const column = [];
		for (let group = 0; group < file.groupStarts.length - 1; group++) for (const value of await file.readGroup(group, name)) column.push(value);
		table.set(name, column);
	}
	return table;
}
/** Those of our columns that a file has. Errors: TABLE_COLUMN_MISSING. */
function present(path, found, needed) {
	const missing = needed.find((name) => !found.includes(name));
	if (missing !== void 0) throw tableColumnMissing(path, missing, found);
	return [...NEEDED, ...OTHERS].filter((name) => found.includes(name));
}
/** The rows at `places`, by feature id. */
function typedRows(path, table, places) {
	const at = (name, row) => table.get(name)?.[row];
	const ids = new Map(places.map((row) => [row, featureId(path, row, at("feature", row))]));
	const order = [...places].sort((a, b) => (ids.get(a) ?? 0) - (ids.get(b) ?? 0));
	const twice = order.find((row, i) => i > 0 && ids.get(row) === ids.get(order[i - 1] ?? -1));
	if (twice !== void 0) throw tableValue(path, twice + 1, "feature", String(ids.get(twice)), "there a first time: ids stand once each");
	const numbers = (name) => Float64Array.from(order, (row) => numberIn(path, {
		name,
		row,
		value: at(name, row)
	}));
	const flags = (name) => table.has(name) ? Uint8Array.from(order, (row) => flagIn(path, {
		name,
		row,
		value: at(name, row)
	})) : null;
	return {
		path,
		ids: Int32Array.from(order, (row) => ids.get(row) ?? 0),
		hasCorrelations: table.has("correlation"),
		correlation: numbers("correlation"),
		firingRate: numbers("firing_rate"),
		mean: numbers("mean"),
		peak: numbers("peak"),
		active: flags("active"),
		measured: flags("measured")
	};
}
function featureId(path, row, value) {
	const id = asNumber(value);
	if (!(Number.isInteger(id) && id >= 0 && id < 2 ** 31)) throw tableValue(path, row + 1, "feature", String(value), "a feature id");
	return id;
}
function numberIn(path, { name, row, value }) {
	if (name === "correlation" && (value === null || value === void 0 || value === "" || /^nan$/i.test(String(value)))) return NaN;
	const number = asNumber(value);
	const most = name === "correlation" || name === "firing_rate" ? 1 : Number.MAX_VALUE;
	const least = name === "correlation" ? -1 : name === "firing_rate" ? 0 : -Number.MAX_VALUE;
	if (number >= least && number <= most) return number;
	const range = most === 1 ? `a number from ${least} to 1` : "a finite number";
	throw tableValue(path, row + 1, name, String(value), range);
}
function flagIn(path, { name, row, value }) {
	const text = String(value).toLowerCase();
	if (text === "true" || text === "1") return 1;
	if (text === "false" || text === "0") return 0;
	throw tableValue(path, row + 1, name, String(value), "true, false, 1 or 0");
}
/** NaN: none. */
function asNumber(value) {
	if (typeof value === "number") return value;
	if (typeof value === "bigint") return Number(value);
	return typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
}
// src/experiments/subject.ts
/**
* @file What `compare` and `predict` look at, as the user names it: `PATH` or `PATH#CANDIDATE`, a report.json or a feature table.
*/
/** `PATH#CANDIDATE`, unless a file is called so. Errors: those of reading, CANDIDATE_UNNAMED, CANDIDATE_UNKNOWN, those of choosing. */
async function openSubject(spec, asked) {
	const { path, candidate } = await partsOf(spec);
	const opened = await openFile(path, asked);
	const [only, second] = opened.candidates;
	if (candidate === null) {
		if (only === void 0 || second !== void 0) throw candidateUnnamed(path, opened.candidates);
		return opened.choose(only, asked);
	}
	if (!opened.candidates.includes(candidate)) throw candidateUnknown(path, candidate, opened.candidates);
	return opened.choose(candidate, asked);
}
/** `PATH#CANDIDATE`, unless a file is called so. */
async function partsOf(spec) {
	const at = spec.lastIndexOf("#");
	return at < 0 || await stat(spec).catch(() => null) !== null ? {
		path: spec,
		candidate: null
	} : {
		path: spec.slice(0, at),
		candidate: spec.slice(at + 1)
	};
}
/** Errors: those of reports and of tables. */
async function openFile(path, asked) {
	return isTable(path) ? await openTable(path, asked) : openMeasurement(path, await loadReport(path));
}
/** Of a report that is at hand; `path`: as it is called. */
function openMeasurement(path, measurement) {
	const { report, evidence } = measurement;
	const choose = (name, asked) => {
		const sections = report.candidates.find((one) => one.name === name)?.features ?? [];
		const ids = sections.map((one) => one.readout);
		const features = sections.find((one) => one.readout === chosenReadout(path, ids, asked.readout));
		const own = evidence.find(({ table }) => table.candidate === name && table.readout === features?.readout);
		if (features === void 0 || own === void 0) throw readoutUnnamed(path, asked.readout, ids);
		if (features.rescaled !== void 0) throw onlyRescaled(path, name);
		const kept = {
			replicates: own.replicates,
			sampling: samplingOf(report.corpus)
		};
		return subjectOf$1({
			path,
			candidate: name,
			readout: features.readout,
			report
		}, asked, {
			rows: rowsOfEvidence(path, own),
			kept,
			thresholds: features.thresholds
		});
	};
	return {
		path,
		candidates: report.candidates.map(({ name }) => name),
		choose
	};
}
async function openTable(path, { truth }) {
	const tables = await readTable(path, truth === "needed");
	const nameOf = (candidate) => candidate ?? basename(path).replace(/\.\w+$/, "");
	const choose = (name, asked) => {
		const own = tables.filter((one) => nameOf(one.candidate) === name);
		const ids = own.flatMap(({ readout }) => readout ?? []);
		const readout = ids.length === 0 ? null : chosenReadout(path, ids, asked.readout);
		const found = own.find((one) => one.readout === readout);
		if (found === void 0) throw readoutUnnamed(path, asked.readout, ids);
		return subjectOf$1({
			path,
			candidate: name,
			readout,
			report: null
		}, asked, {
			rows: found.rows,
			kept: null,
			thresholds: DEFAULT_THRESHOLDS
		});
	};
	return {
		path,
		candidates: [...new Set(tables.map((one) => nameOf(one.candidate)))],
		choose
	};
}
function chosenReadout(path, ids, asked) {
	const [only, second] = ids;
	if (asked !== null && ids.includes(asked)) return asked;
	if (asked !== null || only === void 0 || second !== void 0) throw readoutUnnamed(path, asked, ids);
	return only;
}
/** Level of intervals where no report says one; without token groups there are none. */
const CONFIDENCE = .95;
function subjectOf$1(named, asked, { rows, kept, thresholds }) {
	return {
		...named,
		active: activeFeatures(rows, asked.active, kept),
		rule: {
			survived: asked.survived ?? thresholds.survived,
			damaged: asked.damaged ?? thresholds.damaged,
			above: asked.survivedAbove
		},
		isTruthKnown: rows.hasCorrelations,
		activeAbove: asked.active ?? thresholds.active,
		confidence: named.report?.confidence ?? CONFIDENCE
	};
}
// src/report/experiments/experiment-page.ts
/** @file The page of an experiment: one file without scripts that needs no network, in the style of report.html. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
function experimentPage({ title, lines, sections }) {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>saegate ${xml$1(visible(title, 120))}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h2>${xml$1(visible(title, 200))}</h2>
${lines.map((line) => `<p>${xml$1(visible(line, 400))}</p>`).join("\n")}
${sections.join("\n")}
</main>
<footer>Written by saegate ${xml$1(VERSION)}. Numbers here are rounded for reading; --format json has them whole.</footer>
</body>
</html>
`;
}
/** A table in a card; cells are HTML, escaped. */
function pageTable(title, rows) {
	const [header = [], ...body] = rows;
	const head = header.map((cell) => `<th scope="col">${cell}</th>`).join("");
	const lines = body.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
	return `<section><h2>${xml$1(title)}</h2><div class="card wide"><table aria-label="${xml$1(title)}"><thead><tr>${head}</tr></thead><tbody>${lines.join("")}</tbody></table></div></section>`;
}
// src/report/experiments/text-table.ts
/** @file Rows of text in aligned columns, for the experiments' text form: the first column to the left, all others to the right. */
function textTable(rows) {
	const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => columns(row[i] ?? "")))) ?? [];
	return rows.map((row) => row.map((cell, i) => {
		const space = " ".repeat(Math.max(0, (widths[i] ?? 0) - columns(cell)));
		return i === 0 ? cell + space : space + cell;
	}).join("  ").trimEnd());
}
// src/report/experiments/attribution/attribution-text.ts
function attributionText(attribution) {
	return `${[
		attributionLines(attribution),
		block$2("worst first", tensorRows(attribution)),
		block$2("the ten that do most to single features", lostRows(attribution)),
		block$2("the whole candidate beside the sum of the swaps", placeRows(attribution)),
		block$2("watched features", watchedRows(attribution))
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
const block$2 = (title, rows) => rows.length < 2 ? [] : [title, ...textTable(rows)];
const WORDS$11 = {
	tensor: "tensors",
	block: "blocks",
	kind: "kinds of matrix"
};
function attributionLines(attribution) {
	const { by, candidate, reference, tensors, skipped, notSwapped, notes, thresholds, confidence } = attribution;
	const left = [...skipped.length === 0 ? [] : [`${skipped.length} tensors lie behind the last hook, cannot matter for its features and were not swapped (--kl swaps them)`], ...notSwapped.length === 0 ? [] : [`${notSwapped.length} more were left out by the screen`]];
	return [
		`${count$3(new Set(tensors.map(({ tensor }) => tensor)).size)} ${WORDS$11[by]} of ${visible(candidate, 60)}, each put alone into ${visible(reference, 80)}`,
		`survived: ρ ≥ ${number(thresholds.survived)}; intervals at ${percent$2(confidence, 0)}, paired; restored: the reference's put into the candidate; control: random errors of the same size in every output channel`,
		...left,
		...notes.map((note) => visible(note, 600))
	];
}
/** A change of a fraction in percentage points, with its interval. */
function points(change, ci) {
	const own = `${signed(100 * change, 1)} pp`;
	const [low, high] = ci ?? [];
	if (low === void 0 || high === void 0) return own;
	return `${own} [${signed(100 * low, 1)}, ${signed(100 * high, 1)}]`;
}
function tensorRows({ tensors, kl }) {
	if (tensors.length === 0) return [];
	const hasRestored = tensors.some(({ restored }) => restored !== null);
	const hasControls = tensors.some(({ control }) => control !== null);
	const ofTensor = (row) => [
		visible(row.tensor, 60),
		row.readout === null ? "–" : visible(row.readout, 40),
		count$3(row.lost),
		points(row.deltaSurvived, row.deltaSurvivedCi),
		decimal(row.meanCorrelation, 4),
		percent$2(row.residualErrorChange, 1),
		...kl ? [number(row.klChange)] : [],
		...hasRestored ? [row.restored === null ? "–" : count$3(row.restored.gained), row.restored === null ? "–" : points(row.restored.deltaSurvived, row.restored.deltaSurvivedCi)] : [],
		...hasControls ? [row.control === null ? "–" : points(row.control.deltaSurvived, null)] : [],
		count$3(row.bytes.candidate),
		count$3(row.bytes.reference),
		String(row.screen.rank)
	];
	return [[
		"",
		"read-out",
		"lost",
		"survived",
		"mean ρ",
		"residual error",
		...kl ? ["KL"] : [],
		...hasRestored ? ["restored: gained", "survived"] : [],
		...hasControls ? ["control"] : [],
		"bytes",
		"of the reference",
		"screen"
	], ...tensors.map(ofTensor)];
}
/** Ids that fit a line. */
const MOST_IDS = 12;
function lostRows({ tensors }) {
	const rows = tensors.filter(({ lost }) => lost > 0).slice(0, 10).map(({ tensor, readout, lost, lostFeatures }) => [
		visible(tensor, 60),
		visible(readout ?? "–", 40),
		`${lostFeatures.slice(0, MOST_IDS).join(" ")}${lost > MOST_IDS ? ` … ${count$3(lost)} in all` : ""}`
	]);
	return rows.length === 0 ? [] : [[
		"",
		"read-out",
		"features lost"
	], ...rows];
}
function placeRows({ places }) {
	return [[
		"",
		"features",
		"survived",
		"residual error",
		"squared error ÷ sum",
		"of controls",
		"lost ÷ sum",
		"screen and mean ρ"
	], ...places.map(({ readout, features, survived, residualError, additivity, screen }) => [
		visible(readout, 40),
		count$3(features),
		percent$2(survived, 1),
		percent$2(residualError, 1),
		decimal(additivity.squaredError, 3),
		decimal(additivity.control, 3),
		decimal(additivity.lost, 3),
		decimal(screen.meanCorrelation, 2)
	])];
}
const STATES = {
	active: "",
	constant: "does not vary on this text",
	inactive: "fires too seldom to be counted",
	silent: "never fires on this text"
};
function watchedRows({ watched }) {
	return [[
		"",
		"read-out",
		"ρ",
		"three worst tensors, and ρ with each alone"
	], ...watched.map(({ readout, feature, correlation, state, worst }) => [
		String(feature),
		visible(readout, 40),
		decimal(correlation, 3),
		state === "active" ? worst.map((one) => `${visible(one.tensor, 50)} ${decimal(one.correlation, 3)}`).join(", ") : `${STATES[state]}: nothing is told`
	])];
}
// src/report/experiments/attribution/attribution-page.ts
/** @file `saegate attribute` as a page. */
function attributionPage(attribution) {
	const table = (title, rows) => rows.length < 2 ? [] : [pageTable(title, rows.map((row) => row.map((cell) => xml$1(cell))))];
	return experimentPage({
		title: "Which tensors damage which features",
		lines: attributionLines(attribution),
		sections: [
			...table("Worst first", tensorRows(attribution)),
			...table("The whole candidate beside the sum of the swaps", placeRows(attribution)),
			...table("Watched features", watchedRows(attribution))
		]
	});
}
// src/cli/flags.ts
/** @file Flags made from rows of the table of options, and what was given for them. */
/** Of commands whose output is a report: `command.option(...JSON_FLAG)`. */
const JSON_FLAG = ["--json", "print report.json instead of words"];
/** Those of `saegate audit`. `tellsDefaults` false: something else says what holds where they are not given. */
const auditFlags = (tellsDefaults = true) => auditOptions.flatMap((row) => row.flag === null ? [] : [collected(row, row.flag, tellsDefaults)]);
/** Every value that is given is kept, so that a second one can be refused. */
function collected(row, flag, tellsDefault) {
	const shown = row.type.kind === "switch" || !tellsDefault ? null : row.absent ?? writtenDefault(row);
	const choices = row.type.kind === "choice" ? ` One of ${row.type.choices.join(", ")}.` : "";
	const words = `${row.description}${choices}${shown === null ? "" : ` (default: ${shown})`}`;
	if (row.type.kind === "switch") return new Option(flag, words);
	return new Option(`${flag} <${row.metavar}>`, words).argParser((given, before) => [...before ?? [], given]);
}
/** The same flag on another command, which says itself what it is for there. */
function sharedFlag(row, words = row.description) {
	const option = new Option(`${row.flag} <${row.metavar}>`, words);
	return row.type.kind === "choice" ? option.choices([...row.type.choices]) : option;
}
/** What commander collected, under the names of the option table. */
function givenValues$1(given) {
	const values = {};
	for (const { name, flag } of auditOptions) {
		const value = flag === null ? void 0 : given[camelCase(flag)];
		if (value === true) values[name] = true;
		if (Array.isArray(value)) values[name] = value.map(String);
	}
	return values;
}
/** Read before the other flags are looked at. Errors: OPTION_REPEATED. */
function onlyConfig(given) {
	if (!Array.isArray(given)) return null;
	if (given.length > 1) throw optionRepeated("--config", given.length);
	return String(given[0]);
}
function camelCase(flag) {
	return flag.replace(/^--/, "").replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}
// src/cli/measure-request.ts
/** Errors: those of the request, of the audit and of writing, INTERRUPTED. */
async function measureRequest(host, request) {
	const progress = progressTo(host);
	const criteria = await readCriteria(request);
	const options = {
		onProgress: progress.show,
		signal: host.signal,
		toolVersion: VERSION
	};
	const { judged, kept } = await measureAndKeep(request, criteria, options, async ({ measurement }) => {
		progress.clear();
		return await writeReport(measurement, request.out, host.signal);
	}).finally(progress.clear);
	return {
		judged,
		written: kept
	};
}
/** One shard of it, written to its folder. Errors: as well those of shards. */
async function measureShardRequest(host, request, shard) {
	const progress = progressTo(host);
	const criteria = await readCriteria(request);
	const options = {
		onProgress: progress.show,
		signal: host.signal,
		toolVersion: VERSION
	};
	return await runShard(request, shard, criteria, options).finally(progress.clear);
}
// src/cli/commands/attribute.ts
/** @file `saegate attribute`: which tensors of a candidate damage which features. */
const WORDS$10 = `
Each target tensor (or block, or kind of matrix) of the candidate is put alone into the reference, and only the blocks from it
to the SAEs' hooks are run; the ones that a first-order estimate puts first are also restored: the reference's put into the candidate.
A REPORT that has its swaps is shown; any other is measured again as it was asked for, with these flags before its own. Losses are
measured only with --kl, which runs every swap to the end. Nothing is judged.

Examples:
  $ saegate attribute --reference ./pythia-70m --candidate ./pythia-70m-int4 --sae ./4-res-sm --corpus wikitext-2 --tokens 50k
  $ saegate attribute saegate-report/report.json#rtn-4 --by block
  $ saegate attribute saegate-report/report.json --watch 1204,88 --format json
`;
const FORMS$7 = {
	text: attributionText,
	json: (attribution) => `${jsonText(attribution, true)}\n`,
	html: attributionPage
};
function attributeCommand(host) {
	const command = new Command("attribute").description("Tell which tensors of a candidate damage which features.").argument("[REPORT]", "report.json or report.json#CANDIDATE: with swaps to be shown, or to be measured again").addOption(new Option("--by <WHAT>", "what is swapped at a time").choices(SWAPPED_BY).default("tensor")).option("--first <N>", "only so many, those that the first-order estimate puts first, or all", "all").option("--restored <N>", "… so many are restored into the candidate, too, or all", "10").option("--controls <N>", "… so many are set beside random errors of the same size, or all", "3").option("--kl", "run every swap to the end, for its KL divergence; tensors behind the hooks are swapped, too").option("--draw <SEED>", "seed of the controls and of the estimate", "0").option("--watch <IDS>", "features whose three worst tensors are told, apart by commas, beside the policy’s").addOption(new Option("--format <FORMAT>", "the form").choices(Object.keys(FORMS$7)).default("text")).addHelpText("after", WORDS$10);
	for (const flag of auditFlags()) command.addOption(flag);
	return command.action(async (spec, given) => {
		const attribution = await told$1(host, spec, given);
		if (host.signal.aborted) throw interrupted();
		host.stdout.data(FORMS$7[given.format](attribution));
	});
}
/** Errors: those of reports and of an audit, ATTRIBUTION_OF_ONE, MEASURED_ALREADY. */
async function told$1(host, spec, given) {
	const values = givenValues$1(given);
	if (spec === void 0) return await measured$1(host, given, values);
	const { path, candidate } = await partsOf(spec);
	const { report } = await loadReport(path);
	const chosen = chosenCandidate(path, report, candidate);
	const found = attributionOf(path, report, chosen);
	if (found === null) return await measured$1(host, given, {
		...askedAgain(report, chosen),
		...values
	});
	const flag = auditOptions.find(({ name }) => values[name] !== void 0)?.flag;
	if (flag != null) throw measuredAlready(flag);
	return found;
}
async function measured$1(host, given, values) {
	const file = await readConfig(onlyConfig(values.config));
	const overrides = {
		origin: "flag",
		values: {
			perplexity: given.kl === true ? "chunked" : "none",
			...values
		}
	};
	const request = resolveRequest(overrides, file);
	if (given.kl === true && !request.perplexity.chunked) throw optionInvalid("--perplexity", "without chunked", "chunked, where --kl is asked for");
	if (request.candidates.length > 1) throw attributionOfOne(request.candidates);
	const { judged, written } = await measureRequest(host, asked(given, request));
	host.stderr.write(`Report: ${written.json}\n`);
	const { report } = judged.measurement;
	return present$1(attributionOf(written.json, report, present$1(report.candidates[0])), "an attribution");
}
const UNITS = {
	kind: "count",
	min: 0,
	max: 1e6,
	all: true
};
const FEATURE = {
	kind: "count",
	min: 0,
	max: 1e8,
	all: false
};
/** Errors: OPTION_INVALID. */
function asked(given, request) {
	const units = (flag, text) => text === "all" ? null : readCount(flag, text, UNITS);
	const attribution = {
		by: given.by,
		first: units("--first", given.first),
		restored: units("--restored", given.restored),
		controls: units("--controls", given.controls),
		kl: given.kl ?? false,
		seed: readCount("--draw", given.draw, AUDIT_OPTIONS.seed.type)
	};
	const ids = given.watch?.split(",").map((text) => readCount("--watch", text.trim(), FEATURE)) ?? [];
	const watched = ids.length === 0 ? [] : [{
		ids,
		readouts: null,
		layers: null
	}];
	return {
		...request,
		attribution,
		watched,
		explain: 0
	};
}
// src/report/formats/layer-lines.ts
const MOST_CANDIDATES = 5;
const COLUMN = 16;
/** Nothing where no place is read in three blocks. */
function layerLines(report) {
	return coursesByLayer(report).flatMap(({ place, candidates, rows }) => {
		const names = candidates.slice(0, MOST_CANDIDATES).map((name) => visible(name, 14));
		return [
			"",
			`survived by layer, ${visible(place, 40)}`,
			`  layer${names.map((name) => name.padStart(COLUMN)).join("")}`,
			...rows.map(({ layer, figures }) => {
				const shares = names.map((_, c) => percent$2(figures[c]?.survived.fraction).padStart(COLUMN));
				return `${String(layer).padStart(7)}${shares.join("")}`;
			})
		];
	});
}
// src/report/formats/token-statistics.ts
/** Nothing of reports that have none. */
function tokenLines(report) {
	return report.candidates.flatMap((candidate) => {
		const statistics = candidate.divergence?.tokenStatistics;
		const rows = confidenceRows(candidate);
		const kinds = kindRows(candidate);
		const name = visible(candidate.name, 60);
		return [
			...rows.length === 0 ? [] : [
				"",
				`${name} by how sure the reference was`,
				...inColumns(CONFIDENCE_HEADER, rows)
			],
			...kinds.length === 0 ? [] : [
				"",
				`${name} by kind of token`,
				...inColumns(KIND_HEADER, kinds)
			],
			...statistics === void 0 ? [] : ["", `${name}, statistics of llama.cpp’s perplexity tool (± as if tokens were independent)`],
			...statistics === void 0 ? [] : llamaLines(statistics)
		];
	});
}
const WIDTHS = [
	28,
	9,
	9,
	18,
	15,
	16
];
function inColumns(header, rows) {
	const line = (cells) => cells.map((cell, i) => cell.padStart(WIDTHS[i] ?? 0)).join(" ");
	return [header, ...rows].map(line);
}
function llamaLines(of) {
	const correlation = of.correlation === null ? "none" : `${decimal(100 * of.correlation, 2)}%`;
	return [
		"====== Perplexity statistics ======",
		row$1("Mean PPL(Q)", of.perplexity),
		row$1("Mean PPL(base)", of.basePerplexity),
		`${"Cor(ln(PPL(Q)), ln(PPL(base)))".padEnd(NAME)}: ${correlation.padStart(7)}`,
		row$1("Mean ln(PPL(Q)/PPL(base))", of.logRatio),
		row$1("Mean PPL(Q)/PPL(base)", of.ratio),
		row$1("Mean PPL(Q)-PPL(base)", of.difference),
		"====== KL divergence statistics ======",
		row$1("Mean    KLD", of.kl),
		...quantileRows("KLD", of.klQuantiles, (value) => decimal(value, 6).padStart(10)),
		"====== Token probability statistics ======",
		percentRow("Mean    Δp", of.deltaP),
		...quantileRows("Δp", of.deltaPQuantiles, (value) => `${decimal(100 * value, 3).padStart(7)}%`),
		percentRow("RMS Δp", of.deltaPRms),
		percentRow("Same top p", of.sameTop)
	];
}
const NAME = 30;
function row$1(name, { value, error }) {
	return `${name.padEnd(NAME)}: ${decimal(value, 6).padStart(10)} ± ${decimal(error, 6).padStart(10)}`;
}
function percentRow(name, { value, error }) {
	const inPercent = error === null ? null : 100 * error;
	return `${name.padEnd(NAME)}: ${decimal(100 * value, 3).padStart(7)} ± ${decimal(inPercent, 3).padStart(6)} %`;
}
function quantileRows(of, values, show) {
	return TOKEN_QUANTILES.map((q, i) => {
		return `${`${(q === .5 ? "Median" : q === 1 ? "Maximum" : q === 0 ? "Minimum" : `${decimal(100 * q, 1)}%`).padStart(q === .5 ? 6 : 5).padEnd(7)} ${of}`.padEnd(NAME)}: ${show(values[i] ?? NaN)}`;
	});
}
// src/report/formats/terminal.ts
const WIDTH$3 = 100;
const CANDIDATE_WIDTH = 18;
const BAR_WIDTH = 9;
/** The whole report as lines for a terminal, ending with the verdict and a newline. */
function terminalReport(report, style) {
	const text = [
		...setup(report),
		...report.readouts.flatMap((readout) => ["", ...readoutBlock(report, readout.id, style)]),
		...report.readouts.length === 0 ? ["", ...behaviourBlock(report, style)] : [],
		...layerLines(report),
		...style.tokens === true ? tokenLines(report) : [],
		...rulesBlock(report, style),
		...warningLines(report),
		...verdictLines(report, style)
	].map((line) => line.trimEnd()).join("\n");
	const plain = withoutCommands(text);
	return `${style.unicode ? plain : ascii(plain)}\n`;
}
const CODES = {
	red: 31,
	green: 32,
	yellow: 33,
	grey: 90,
	bold: 1,
	alarm: "1;97;41"
};
function paint(text, colour, style) {
	return style.colour && text !== "" ? `\u001B[${CODES[colour]}m${text}\u001B[0m` : text;
}
const MARKS = {
	pass: "✓",
	fail: "✗",
	inconclusive: "?",
	waived: "○",
	skipped: "–"
};
const MARK_COLOURS = {
	pass: "green",
	fail: "red",
	inconclusive: "yellow",
	waived: "grey",
	skipped: "grey"
};
function mark(status, style) {
	return status === null ? " " : paint(MARKS[status], MARK_COLOURS[status], style);
}
function setup(report) {
	const { reference, corpus, policy, tool } = report;
	const own = referencePerplexity(report);
	const perplexity = own === null ? "" : `, ${own.protocol} perplexity ${number(own.value)}`;
	const bos = corpus.bos === null ? "" : `, beginning-of-sequence ${corpus.bos}`;
	const level = policy?.confidence === void 0 ? "" : ` (rules at ${decimal(100 * policy.confidence, 0)} %)`;
	return [
		clip(`reference  ${visible(reference.spec, 50)} (${visible(reference.family, 20)}, ${count$3(reference.parameters)} parameters)${perplexity}`, WIDTH$3),
		clip(`corpus     ${visible(corpus.spec, 40)}: ${count$3(corpus.tokens)} tokens, ${count$3(corpus.blocks)} sequences of ${corpus.blockLength}${bos}`, WIDTH$3),
		clip(`policy     ${policy === null ? "none" : visible(policy.name, 40)}${level}; ${visible(tool.device, 20)}, ${duration$1(tool.elapsedSeconds)}`, WIDTH$3),
		...intervalLines(report)
	];
}
/** What the intervals are made of, and what such intervals cover. */
function intervalLines({ corpus, confidence }) {
	const words = corpus.groups < fewestGroups(methodOf(corpus)) ? "none (too few groups of sequences)" : `${decimal(100 * confidence, 0)} %, ${methodWords(corpus)}`;
	const label = "intervals  ";
	return wrap(words, 89).map((part, i) => `${i === 0 ? label : " ".repeat(11)}${part}`);
}
/** Of what an audit without SAEs has, too. */
const BEHAVIOUR_HEADER = [
	`  ${"candidate".padEnd(CANDIDATE_WIDTH)}`,
	`${"perplexity".padStart(10)}${" ".repeat(7)}`,
	"KL".padStart(8)
];
const HEADER$3 = [
	...BEHAVIOUR_HEADER,
	"survived".padStart(9).padEnd(25),
	"degraded".padStart(9),
	"damaged".padStart(9),
	"mean ρ"
].join(" ");
function readoutBlock(report, id, style) {
	const readout = readoutOf$1(report, id);
	const title = `${visible(id, 60)}: ${count$3(readout?.active ?? 0)} of ${count$3(readout?.width ?? 0)} features active`;
	const rows = report.candidates.flatMap((candidate) => {
		const features = candidate.features.find((one) => one.readout === id);
		return features ? [row(candidate, features, style), ...slidingLine(candidate, style)] : [];
	});
	return [
		paint(clip(title, WIDTH$3), "bold", style),
		...saeLine(report, readout),
		paint(HEADER$3, "grey", style),
		...rows
	];
}
/** Which SAE it is, where several read one hook. */
function saeLine({ readouts }, readout) {
	if (readout === void 0 || readouts.filter(({ hook }) => hook === readout.hook).length < 2) return [];
	const { sae } = readout;
	const most = 98;
	return [`  ${visible(sae.length > most ? `…${sae.slice(-97)}` : sae, most)}`];
}
/** Perplexity and KL, where no SAE names any features. */
function behaviourBlock(report, style) {
	const header = [...BEHAVIOUR_HEADER, "top-1 agreement".padStart(17)].join(" ");
	const rows = report.candidates.flatMap((candidate) => {
		const agreement = percent$2(candidate.divergence?.top1Agreement);
		return [[...behaviour(candidate, style), agreement.padStart(17)].join(" "), ...slidingLine(candidate, style)];
	});
	return [paint(header, "grey", style), ...rows];
}
/** The columns that every table of candidates begins with. */
function behaviour(candidate, style) {
	const figure = shownPerplexity(candidate)?.figure;
	const change = signedPercent(figure?.deltaPercent, Math.abs(figure?.deltaPercent ?? 0) < 1e3 ? 1 : 0);
	const name = pad(visible(candidate.name, CANDIDATE_WIDTH), CANDIDATE_WIDTH);
	return [
		`${mark(candidate.verdict, style)} ${candidate.dissociation.flag ? paint(name, "red", style) : name}`,
		`${change.padStart(10)} ${plusMinus(figure?.ci, 1, Math.abs(figure?.deltaPercent ?? 0) < 100 ? 1 : 0).padEnd(6)}`,
		(candidate.divergence ? decimal(candidate.divergence.klMean, 4) : "–").padStart(8)
	];
}
function row(candidate, features, style) {
	const shown = ofActive(features);
	const survived = shown?.survived ?? NO_SHARE;
	const full = style.unicode ? "█" : "#";
	const empty = style.unicode ? "░" : ".";
	const survival = survived.fraction === null ? " ".repeat(BAR_WIDTH) : bar(survived.fraction, BAR_WIDTH, full, empty);
	return [
		...behaviour(candidate, style),
		`${percent$2(survived.fraction).padStart(9)} ${plusMinus(survived.ci, 100).padEnd(5)} ${paint(survival, barColour(candidate), style)}`,
		percent$2(shown?.degraded.fraction).padStart(9),
		percent$2(shown?.damaged.fraction).padStart(9),
		decimal(shown?.meanCorrelation, 3).padStart(6)
	].join(" ");
}
/** The perplexity that the columns leave out, where a dissociation may quote it. */
function slidingLine(candidate, style) {
	const also = alsoMeasured(candidate);
	if (!also) return [];
	const change = signedPercent(also.deltaPercent);
	return [paint(`${"  sliding".padEnd(20)} ${change.padStart(10)} ${plusMinus(also.ci, 1)}`, "grey", style)];
}
function barColour(candidate) {
	return candidate.verdict === null ? "grey" : MARK_COLOURS[candidate.verdict];
}
/** Per candidate: the rules that need a look, and how many passed. */
function rulesBlock(report, style) {
	if (report.policy === null) return [];
	const all = report.candidates.flatMap(rulesToSee);
	const idWidth = Math.min(24, Math.max(0, ...all.map((rule) => columns(visible(rule.id)))));
	const whereWidth = Math.min(31, Math.max(0, ...all.map((rule) => columns(visible(rule.scope ?? rule.metric)))));
	const lines = report.candidates.flatMap((candidate) => {
		const shown = rulesToSee(candidate);
		if (shown.length === 0) return [];
		const passes = candidate.rules.length - shown.length;
		return [paint(`${visible(candidate.name, 60)}: ${passes} of ${candidate.rules.length} rules pass`, "bold", style), ...shown.flatMap((rule) => ruleLines(rule, idWidth, whereWidth, style))];
	});
	return lines.length === 0 ? [] : ["", ...lines];
}
function ruleLines(rule, idWidth, whereWidth, style) {
	const { observed, interval, limit } = ruleText(rule);
	const where = pad(visible(rule.scope ?? rule.metric), whereWidth);
	const level = rule.level === "warning" ? " (warning)" : "";
	const facts = `${`${observed} ${interval}`.trim()}; ${limit}${level}`;
	return [`  ${mark(rule.status, style)} ${clip(`${pad(visible(rule.id), idWidth)} ${where} ${facts}`, 96)}`, ...[
		...rule.status === "skipped" || rule.observed === null ? [rule.message] : [],
		...rule.waiver ? [`waived until ${rule.waiver.expires}: ${rule.waiver.reason}`] : [],
		...rule.advice === void 0 ? [] : [rule.advice]
	].flatMap((note) => wrap(capital(visible(note, 600)), 94).map((part) => paint(`      ${part}`, "grey", style)))];
}
/** Warnings with their mark; then notes, which are nothing to act on and have none. */
function warningLines(report) {
	const lines = [...report.warnings, ...report.candidates.flatMap((one) => one.warnings.map((text) => `${one.name}: ${text}`))].flatMap((text) => wrap(`! ${visible(text, 600)}`, WIDTH$3));
	const notes = (report.notes ?? []).flatMap((text) => wrap(capital(visible(text, 600)), WIDTH$3));
	const both = [
		...lines,
		...notes,
		...biasLines(report)
	];
	return both.length === 0 ? [] : ["", ...both];
}
/** Where finite text shifts figures by a part of their intervals worth knowing of: the read-out whose survival it shifts most, and how many more. */
function biasLines(report) {
	const [first, ...rest] = report.candidates.flatMap(({ name, features }) => features.filter(isBiasNotable).map((readout) => ({
		name,
		readout
	}))).sort((a, b) => survivalBias(b.readout) - survivalBias(a.readout));
	if (first === void 0) return [];
	const where = report.readouts.length === 1 ? "" : ` at ${visible(first.readout.readout, 40)}`;
	const more = rest.length === 0 ? "" : ` ${rest.length} more such: survived moves by less (bias in report.json).`;
	return wrap(`Estimated bias from finite text, in the intervals: ${visible(first.name, 60)}${where}: ${biasWords(first.readout) ?? ""}.${more}`, WIDTH$3);
}
function verdictLines(report, style) {
	const { verdict, word, reason, dissociations, alarm } = headline(report);
	const label = ` ${alarm.toUpperCase()} `;
	const alarms = dissociations.flatMap((one) => {
		const [first = "", ...rest] = wrap(`${render(one, PLAIN)}.`, WIDTH$3 - label.length - 1);
		return [`${paint(label, "alarm", style)} ${paint(first, "bold", style)}`, ...rest.map((part) => `${" ".repeat(label.length + 1)}${paint(part, "bold", style)}`)];
	});
	const kinds = [worstKindOf(report), leastSurvivedOf(report)];
	const [first = "", ...rest] = wrap(render(reason, PLAIN), WIDTH$3 - word.length - 2);
	const colour = verdict === null ? "bold" : MARK_COLOURS[verdict];
	const indent = " ".repeat(word.length + 2);
	return [
		"",
		...alarms,
		...alarms.length > 0 ? [""] : [],
		...kinds.flatMap((kind) => kind === null ? [] : wrap(`${render(kind, PLAIN)}.`, WIDTH$3)),
		`${paint(word, colour, style)}  ${first}`,
		...rest.map((part) => indent + part)
	];
}
// src/cli/shards/shard-flag.ts
/** @file `--shard I/N`, which `audit` and `plan` have. */
const shardOption = (words) => new Option("--shard <I/N>", words).argParser(oneShard);
/** Errors: SHARD_INVALID, OPTION_REPEATED. */
function oneShard(given, before) {
	if (before !== void 0) throw optionRepeated("--shard", 2);
	const shard = parseShard(given);
	if (shard === null) throw shardInvalid(given);
	return shard;
}
/** What commander has of it; null: it was not given. */
const givenShard = (value) => isShard(value) ? value : null;
const isShard = (value) => typeof value === "object" && value !== null && "shard" in value && "shards" in value;
// src/cli/commands/audit.ts
/** @file `saegate audit`: measure, judge, write, tell. */
const EXAMPLES$9 = `
Candidates: a checkpoint folder, or one derived from the reference: rtn:6, rtn:4,group=128, prune:0.175,
prune:match=rtn:6 (pruned to the perplexity of rtn:6), rtn:6,layout=transformerlens.
Flags override saegate.yaml, which is read where it lies unless --config names another.

Examples:
  $ saegate audit --reference ./pythia-70m --candidate rtn:8 --candidate rtn:6 \\
      --sae ./4-res-sm --corpus ./wikitext.txt --lines nonempty --policy default
  $ saegate audit --config saegate.yaml --candidate ./quantized/int6 --out report
  $ saegate audit --quiet --json | jq .verdict
  $ saegate audit --config saegate.yaml --explain 0 --shard 2/4 --out shards      # on the second of four machines
  $ saegate merge shards --policy default --out saegate-report                    # and then on any of them
`;
function auditCommand(host, setStatus) {
	const command = new Command("audit").description("Measure candidates against the reference, judge them by a policy, write a report.").addHelpText("after", EXAMPLES$9);
	for (const flag of auditFlags()) command.addOption(flag);
	command.option(...JSON_FLAG);
	command.addOption(shardOption("measure the I-th of N parts of the text alone and write its sums to --out, for `saegate merge`; every feature is summed for every candidate, since which of them count all parts together tell"));
	return command.action(async (given) => {
		const overrides = {
			origin: "flag",
			values: givenValues$1(given)
		};
		const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)));
		const number = givenShard(given.shard);
		if (number !== null) {
			if (given.json === true) throw shardUnsupported("--json", "a shard is no report yet");
			const { path, bytes, groups, of } = await measureShardRequest(host, request, number);
			host.stdout.write(`Shard ${number.shard} of ${number.shards}: token groups ${groups[0] + 1} to ${groups[1]} of ${of}, every feature summed (one pass). ${(bytes / 1e6).toFixed(1)} MB: ${path}\n`);
			return;
		}
		const { judged, written } = await measureRequest(host, request);
		setStatus(judged.blocks ? 1 : 0);
		if (given.json === true) {
			host.stdout.data(await readFile(written.json, "utf8"));
			return;
		}
		const style = {
			colour: wantsColour(host),
			unicode: wantsUnicode(host)
		};
		host.stdout.data(terminalReport(judged.measurement.report, style));
		host.stdout.write(`Report: ${written.json}\n`);
	});
}
// src/sources/kept/licence.ts
/** @file The licence that a model's card names, for whoever hands on what was made with the model. */
const CARD = "README.md";
const MOST_CARD_BYTES = 2 ** 20;
const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?(?:\n|$)/;
/** As the Hub's cards have it: `apache-2.0`, or the name of one of its own; null: the card names none. Errors: those of reading. */
async function licenceOf(files) {
	if (!files.has(CARD)) return null;
	const file = await files.open(CARD);
	try {
		if (file.byteLength > MOST_CARD_BYTES) return null;
		const text = new TextDecoder().decode(await file.read(0, file.byteLength));
		const front = FRONT_MATTER.exec(text)?.[1];
		return front === void 0 ? null : licenceIn(front);
	} finally {
		await file.close();
	}
}
/** A card that cannot be read names none. */
function licenceIn(front) {
	try {
		const { value } = readYaml(CARD, front);
		const { license, license_name: own } = Object(value);
		const said = license === "other" && typeof own === "string" ? own : license;
		return typeof said === "string" && said.length <= 200 ? said : null;
	} catch {
		return null;
	}
}
// src/cli/commands/capture.ts
/** @file `saegate capture`: what references gave and audits kept, handed on to others and taken from them. */
const EXAMPLES$8 = `
A capture is what a reference gave on one text: residual rows at the hooks, final hidden rows, sums of every feature. Whoever has it
needs no run of the reference for another candidate. With push --reference its config, tokenizer and unembedding go along, and an artifact
is audited without the reference: --reference capture:SHA256, with the first digits that list shows. rtn: and the like, and close calls of JumpReLU
SAEs, still need it. An entry is told by digests of all that it depends on, the
version of saegate and the device among them, so that it is used where it fits and nowhere else. That it is true is the word of
whoever pushed it.

Examples:
  $ saegate audit --config saegate.yaml --capture-cache-size 20GB     # keeps it
  $ saegate capture list
  $ saegate capture push hf:datasets/acme/captures --reference hf:acme/base    # says what would go, and under which licence; --yes does it
  $ saegate capture pull hf:datasets/acme/captures                    # on another machine
  $ saegate audit --reference capture:9f86d081884c --candidate ./int4 --sae ./sae --corpus ./eval.txt --capture-cache-size 20GB
  $ saegate capture push /mnt/captures                                # or by a folder
`;
const SIZE$2 = {
	kind: "size",
	min: 2 ** 20,
	max: 0x38d7ea4c68000
};
function captureCommand(host) {
	const command = new Command("capture").description("Hand on what an audit kept of its reference, or take what others kept.").addHelpText("after", EXAMPLES$8);
	for (const one of [
		listCommand(host),
		pushCommand(host),
		pullCommand(host)
	]) command.addCommand(one);
	return command;
}
function listCommand(host) {
	return new Command("list").description("What is kept of references, here or elsewhere.").argument("[PLACE]", "a folder, or hf:datasets/OWNER/NAME; else the cache").option("--json", "as JSON").action(async (place, { json }) => {
		const entries = await using(place ?? keptFolder(host.env), host, listEntries);
		if (json === true) {
			const told = entries.map(({ name, kind, reference, bytes, key }) => ({
				name,
				kind,
				reference,
				bytes,
				key
			}));
			host.stdout.data(`${jsonText(told, true)}\n`);
		} else host.stdout.write(`${entries.map(line$1).join("\n")}\n`);
	});
}
const line$1 = ({ name, kind, reference, bytes }) => `${name.slice(0, 12)}  ${bytesWords(bytes).padStart(9)}  reference ${reference.slice(0, 12)}  ${visible(kind)}`;
function pushCommand(host) {
	return new Command("push").description("Copy captures of one reference to a folder, or to a dataset of the Hugging Face Hub.").argument("<PLACE>", "a folder, or hf:datasets/OWNER/NAME").option("--of <SHA256>", "of which reference, by the first digits of its sha256").option("--reference <SPEC>", "the reference itself: its config, tokenizer and unembedding go along, so that artifacts are audited without it").option("--card <SPEC>", "the reference, for the licence that its card names").option("--yes", "write to the Hub; else it is only said what would be").action(async (place, given) => {
		const dataset = datasetOf(place);
		const of = given.reference === void 0 ? given.of : await withStandIn(given.reference, host);
		const card = given.card ?? given.reference;
		await using(keptFolder(host.env), host, async (files) => {
			const entries = chosen(await listEntries(files), of ?? null, true);
			const licence = card === void 0 ? null : await using(card, host, licenceOf);
			const withWeights = entries.some(({ kind }) => kind === STAND_IN);
			host.stdout.write(`${entries.map(line$1).join("\n")}\n${notice(licence, card, withWeights)}\n`);
			if (dataset === null) host.stdout.write(await copied(files, entries, place, host));
			else if (given.yes === true) host.stdout.write(await committed(entries, dataset, licence, host));
			else host.stdout.write(`Nothing was written: say --yes to put it into the dataset ${dataset}.\n`);
		});
	});
}
/** What of the model goes along, for whoever answers for that. */
function notice(licence, card, withWeights) {
	const said = licence !== null ? `its card names the licence ${visible(licence)}` : card === void 0 ? "say --card SPEC to be told the licence that its card names" : "its card names no licence";
	return `These are activations of the reference: with its unembedding they give its logits on every token of the text, and its text can be told from them. ${withWeights ? "A part of its weights goes along, the unembedding" : "No weight of it goes along"}; ${said}.`;
}
/** The reference's files as far as an audit reads them, into the cache; the digest that the reference is known by. */
async function withStandIn(spec, host) {
	const { keepStandIn } = await import("./shared-stand-in3.js");
	const folder = keptFolder(host.env);
	const entries = await using(folder, host, listEntries);
	const cache = await KeptEntries.open(folder, Number.MAX_SAFE_INTEGER, (note) => host.stderr.write(`${note}\n`));
	return await using(spec, host, (files) => keepStandIn(files, new Set(entries.map(({ reference }) => reference)), cache));
}
async function copied(files, entries, folder, { signal }) {
	await makeFolder(folder).catch((error) => {
		throw writeProblem(folder, error);
	});
	let written = 0;
	for (const entry of entries) {
		if (signal.aborted) throw interrupted("what was copied is whole");
		if (await copyEntry(files, entry, folder)) written++;
	}
	return `${written} written, ${entries.length - written} there already.\n`;
}
/** Errors: HUB_*. */
async function committed(entries, dataset, licence, host) {
	const { commitFiles } = await import("./shared-hub-commits.js");
	const place = `hf:datasets/${dataset}`;
	const there = new Set(await using(place, host, async ({ names }) => names));
	const news = entries.filter(({ name }) => !there.has(`${name}/manifest.json`));
	if (news.length === 0) return `All of it is there already.\n`;
	const cache = keptFolder(host.env);
	const files = news.flatMap(({ name, parts }) => [...parts.map((part) => part.name), "manifest.json"].map((file) => ({
		path: `${name}/${file}`,
		from: join(cache, name, file)
	})));
	const card = there.has("README.md") ? [] : [{
		path: "README.md",
		text: cardText(licence)
	}];
	const commit = await commitFiles({
		repository: place,
		files: [...files, ...card],
		parent: null,
		title: "Add captures of a reference"
	}, hubSettings(host.env));
	return `${news.length} written to ${place}${commit === "" ? "" : `@${visible(commit, 40)}`}.\n`;
}
const cardText = (licence) => `${licence === null ? "" : `---\nlicense: ${/^[a-z0-9.-]+$/.test(licence) ? licence : "other"}\n---\n`}# Captures\n\nActivations of full-precision models on texts, for audits by [saegate](https://github.com/saegate/saegate): \`saegate capture pull\` takes them.\n`;
function pullCommand(host) {
	return new Command("pull").description("Take captures into the cache, each held against its digests.").argument("<PLACE>", "a folder, or hf:datasets/OWNER/NAME[@COMMIT]").option("--of <SHA256>", "only of this reference, by the first digits of its sha256").option("--capture-cache-size <SIZE>", "what the cache may have; what was used least recently goes first", "20GB").action(async (place, given) => {
		datasetOf(place);
		const mostBytes = readSize("--capture-cache-size", given.captureCacheSize, SIZE$2);
		const cache = await KeptEntries.open(keptFolder(host.env), mostBytes, (note) => host.stderr.write(`${note}\n`));
		await using(place, host, async (files) => {
			const entries = chosen(await listEntries(files), given.of ?? null, false);
			const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
			if (bytes > mostBytes) throw captureTooLarge(`What ${place} holds`, bytes, mostBytes);
			for (const entry of entries) {
				if (host.signal.aborted) throw interrupted("what was taken is whole");
				await pullEntry(files, entry, {
					cache,
					mostBytes
				});
				host.stdout.write(`${line$1(entry)}\n`);
			}
		});
	});
}
/** Of a dataset of the Hub; null: a folder. Errors: CAPTURE_PLACE. */
function datasetOf(place) {
	if (!isHubSpec(place)) return null;
	const { type, name, path } = parseHubSpec(place);
	if (type !== "dataset" || path !== "") throw capturePlace(place);
	return name;
}
/** `isOne`: of one reference alone. Errors: CAPTURE_WHICH. */
function chosen(entries, of, isOne) {
	const known = [...new Set(entries.map(({ reference }) => reference.slice(0, 12)))].sort();
	const found = entries.filter(({ reference }) => of === null || reference.startsWith(of.toLowerCase()));
	const references = new Set(found.map(({ reference }) => reference));
	if (found.length === 0 || isOne && references.size > 1) throw captureWhich(of, known);
	return found;
}
/** Errors: those of opening, CAPTURE_NONE where the cache is not there. */
async function using(place, host, use) {
	const files = await openFiles(place, hubSettings(host.env)).catch((error) => {
		if (place === keptFolder(host.env)) throw captureNone(place);
		throw error;
	});
	try {
		return await use(files);
	} finally {
		await files.close();
	}
}
// src/report/experiments/causal-text.ts
/** Rows of features that are shown; report.json has all. */
const MOST_FEATURES = 40;
function causalText({ candidates }) {
	return `${candidates.flatMap(({ name, features }) => features.flatMap(({ readout, causal }) => causal === void 0 ? [] : [partText(`${visible(name, 40)} at ${visible(readout, 80)}`, causal)])).join("\n\n")}\n`;
}
function partText(title, causal) {
	return [
		title,
		predictionLine(causal),
		"",
		...textTable(tableRows(causal)),
		`${causal.noEffect} of ${causal.features.length} features have no effect above ${causal.controls.vectors} random vectors as long, and are in neither row`,
		`the reference against itself: C = ${decimal(causal.controls.selfAgreement ?? void 0, 6)}`,
		"",
		...textTable(featureRows(causal.features))
	].join("\n");
}
function predictionLine({ prediction }) {
	if (prediction === null) return "Does ρ predict the effect? Too few features with an effect to say.";
	const { spearman, ci, features } = prediction;
	return `Does ρ predict the effect? Spearman ${decimal(spearman, 3)} ${decimalInterval(ci, 3)} between ρ and C over ${features} features`;
}
function tableRows({ table }) {
	const row = (name, of) => [
		name,
		String(of.survived),
		String(of.changed),
		String(of.undecided)
	];
	return [
		[
			"",
			"acts the same",
			"changed",
			"undecided"
		],
		row("ρ survived", table.survived),
		row("ρ did not", table.notSurvived)
	];
}
const VERDICTS$1 = {
	survived: "acts the same",
	changed: "changed",
	undecided: "undecided",
	none: "no effect"
};
function featureRows(features) {
	const header = [
		"feature",
		"ρ",
		"C",
		"",
		"B",
		"",
		"C, reference’s f",
		"C, steered",
		"KL",
		"in candidate",
		""
	];
	const rows = features.slice(0, MOST_FEATURES).map(({ feature, correlation, effects, verdict }) => {
		const [ablated, moved] = effects;
		const steered = effects.find(({ strength }) => strength === 1);
		return [
			String(feature),
			correlation === null ? "none" : decimal(correlation, 3),
			decimal(ablated?.agreement, 3),
			decimalInterval(ablated?.agreementCi ?? null, 3),
			decimal(ablated?.slope, 3),
			decimalInterval(ablated?.slopeCi ?? null, 3),
			decimal(moved?.agreement, 3),
			decimal(steered?.agreement, 3),
			ablated === void 0 ? "–" : number(ablated.referenceKl),
			ablated === void 0 ? "–" : number(ablated.candidateKl),
			VERDICTS$1[verdict]
		];
	});
	const left = features.length - rows.length;
	return [
		header,
		...rows,
		...left > 0 ? [[`${left} more`, ...header.slice(1).map(() => "")]] : []
	];
}
// src/cli/commands/causal.ts
/** @file `saegate causal`: does a feature that survives still act the same? */
const WORDS$9 = `
Takes the flags of \`saegate audit\`, and measures what it does. Then features are taken away where the reference fires them, and pushed
to 0.5, 1 and 2 times their peak, in both models, from the SAE's hook on: those that the policy lists, those of lowest ρ, and some
of every ρ. Do next-token distributions change alike? Random vectors as long say which effects are none. The SAE reads the
residual stream before or after a block; the report is written to --out, and judged where a policy is given (features.causal).

Example:
  $ saegate causal --reference ./pythia-70m --candidate rtn:6 --sae ./4-res-sm --corpus wikitext-2 --block-length 256
`;
const FEATURES = {
	kind: "count",
	min: 1,
	max: 4096,
	all: false
};
const SEQUENCES = {
	kind: "count",
	min: 1,
	max: 1024,
	all: false
};
const CONTROLS = {
	kind: "count",
	min: 0,
	max: 1e3,
	all: false
};
function causalCommand(host, setStatus) {
	const command = new Command("causal").description("Say whether features still act the same: ablated and steered in both models.").option("--features <N>", "features of each candidate and SAE", "64").option("--sequences <N>", "sequences of each in which the reference fires it; below 8 no interval", "16").option("--controls <N>", "random vectors beside each feature; 0: every effect counts as one", "20").addOption(new Option("--format <FORMAT>", "the form").choices(["text", "json"]).default("text")).addHelpText("after", WORDS$9);
	for (const flag of auditFlags()) command.addOption(flag);
	return command.action(async (given) => {
		const overrides = {
			origin: "flag",
			values: givenValues$1(given)
		};
		const causal = {
			features: readCount("--features", given.features, FEATURES),
			sequences: readCount("--sequences", given.sequences, SEQUENCES),
			controls: readCount("--controls", given.controls, CONTROLS)
		};
		const { judged, written } = await measureRequest(host, {
			...resolveRequest(overrides, await readConfig(onlyConfig(given.config))),
			causal
		});
		if (host.signal.aborted) throw interrupted();
		host.stderr.write(`Report: ${written.json}\n`);
		const { report } = judged.measurement;
		const found = report.candidates.map(({ name, features }) => ({
			name,
			readouts: features.map(({ readout, causal }) => ({
				readout,
				causal
			}))
		}));
		host.stdout.data(given.format === "json" ? `${jsonText(found, true)}\n` : causalText(report));
		setStatus(judged.blocks ? 1 : 0);
	});
}
// src/contract/experiments/comparison-schema.ts
/** @file What `saegate compare --format json` prints: whether two candidates damage the same features. */
const COMPARISON_SCHEMA = "saegate/comparison@1";
const side = whole({
	...subject,
	active: {
		...count$2,
		description: "Its active features."
	},
	leftOut: {
		...count$2,
		description: "Those that are not active in the other, and are in no figure."
	}
});
const figure = whole({
	value: nullableNumber,
	ci: halvesInterval
});
const sets = whole({
	a: count$2,
	b: count$2,
	both: {
		...count$2,
		description: "In both sets."
	},
	either: {
		...count$2,
		description: "In one of them at least."
	},
	jaccard: {
		...figure,
		description: "both ÷ either; the value is null where both sets are empty."
	},
	jaccardExpected: {
		...nullableNumber,
		description: "Jaccard index of sets of these sizes that know nothing of each other."
	}
});
({ ...whole({
	schema: { const: COMPARISON_SCHEMA },
	a: side,
	b: side,
	thresholds: survivalRule,
	confidence,
	overlap: whole({
		features: {
			...count$2,
			description: "Active in both."
		},
		nonSurvived: sets,
		damaged: sets,
		pearson: {
			...figure,
			description: "Of damage scores 1 − ρ."
		},
		spearman: {
			...figure,
			description: "The same of their ranks, equal scores sharing the mean of theirs."
		},
		acrossHalves: {
			description: "The same with one candidate from one half of the text and the other from the other; null: no token groups.",
			anyOf: [{ type: "null" }, whole({
				pearson: nullableNumber,
				spearman: nullableNumber
			})]
		},
		quadrants: {
			...whole({
				both: count$2,
				onlyA: count$2,
				onlyB: count$2,
				neither: count$2
			}),
			description: "Features that survived in both, in one alone, in neither."
		},
		deciles: {
			type: "array",
			maxItems: 10,
			description: "Bins of equal count by firing rate, rarest first.",
			items: whole({
				low: fraction,
				high: fraction,
				meanRate: { type: "number" },
				features: count$2,
				nonSurvivedA: fraction,
				nonSurvivedB: fraction
			})
		}
	})
}) });
// src/statistics/overlap/overlap.ts
/**
* @file Do two candidates damage the same features? Overlap of what did not survive, agreement of damage scores 1 − ρ, and
* non-survival by firing rate (arXiv 2606.03002, Table 4 and Appendix E), with intervals where there are token groups.
*
* Damage scores of two candidates that were run on the same tokens share those tokens' noise. So the correlations are also
* told across disjoint halves of the text, one candidate from one half and the other from the other: what then remains is
* not shared noise (though each score is noisier for being made of half the text).
*/
const DECILES = 10;
/** RangeError where the features are not the same. */
function overlapOf$1(pair, thresholds, confidence) {
	const { a, b } = pair;
	if (a.ids.length !== b.ids.length || a.ids.some((id, k) => id !== b.ids[k])) throw new RangeError("two candidates with other features");
	const isLost = (rho) => classOf(rho, thresholds) !== "survived";
	const isDamaged = (rho) => classOf(rho, thresholds) === "damaged";
	const known = (estimate) => Number.isFinite(estimate.value) ? {
		value: estimate.value,
		ci: intervalOf(estimate, confidence)
	} : {
		value: null,
		ci: null
	};
	const sets = (isIn) => {
		const counts = countsOf(pair.a.rho, pair.b.rho, isIn);
		const functional = (x, y) => jaccard(countsOf(x, y, isIn));
		const estimate = estimateOf(pair, functional, logOdds(Math.max(1, counts.either)));
		return {
			...counts,
			jaccard: known({
				...estimate,
				range: [0, 1]
			}),
			jaccardExpected: expectedJaccard(counts, a.ids.length)
		};
	};
	const nonSurvived = sets(isLost);
	return {
		features: a.ids.length,
		nonSurvived,
		damaged: sets(isDamaged),
		pearson: known({
			...estimateOf(pair, pearson, ofCorrelations),
			range: [-1, 1]
		}),
		spearman: known({
			...estimateOf(pair, spearman, ofCorrelations),
			range: [-1, 1]
		}),
		acrossHalves: acrossHalves(pair),
		quadrants: {
			both: a.ids.length - nonSurvived.either,
			onlyA: nonSurvived.b - nonSurvived.both,
			onlyB: nonSurvived.a - nonSurvived.both,
			neither: nonSurvived.both
		},
		deciles: rateDeciles(pair, isLost)
	};
}
function estimateOf({ a, b }, functional, scale) {
	const value = functional(definedOrZero(a.rho), definedOrZero(b.rho));
	const [ofA, ofB] = [halvesOf(a), halvesOf(b)];
	if (ofA === null || ofB === null || a.halves === null || ofA.length !== ofB.length || Number.isNaN(value)) return bareEstimate(value);
	const documents = Math.min(a.halves.resampling.documents, b.halves?.resampling.documents ?? 0);
	const values = ofA.map((half, r) => {
		const own = functional(half, ofB[r]);
		return Number.isNaN(own) ? own : scale.to(own);
	});
	const resampling = {
		...a.halves.resampling,
		documents
	};
	return {
		...bareEstimate(value),
		error: {
			kind: "replicates",
			resampling,
			scale: scale.from,
			centre: scale.to(value),
			values
		}
	};
}
/** Halves stand in pairs that share nothing. */
function acrossHalves({ a, b }) {
	const [ofA, ofB] = [halvesOf(a), halvesOf(b)];
	if (ofA === null || ofB === null || ofA.length === 0 || ofA.length !== ofB.length) return null;
	const mean = (functional) => {
		const sum = ofA.reduce((total, half, r) => total + functional(half, ofB[r ^ 1]), 0);
		return Number.isFinite(sum) ? sum / ofA.length : null;
	};
	return {
		pearson: mean(pearson),
		spearman: mean(spearman)
	};
}
function countsOf(rhoA, rhoB, isIn) {
	let [a, b, both] = [
		0,
		0,
		0
	];
	for (let k = 0; k < rhoA.length; k++) {
		const [inA, inB] = [isIn(rhoA[k]), isIn(rhoB[k])];
		a += Number(inA);
		b += Number(inB);
		both += Number(inA && inB);
	}
	return {
		a,
		b,
		both,
		either: a + b - both
	};
}
const jaccard = ({ both, either }) => either === 0 ? NaN : both / either;
function expectedJaccard({ a, b }, features) {
	if (a + b === 0) return null;
	const [p, q] = [a / features, b / features];
	return p * q / (p + q - p * q);
}
function rateDeciles({ a, b }, isLost) {
	return equalCountBins(a.firingRate, DECILES).map(({ low, high, members }) => {
		const lost = (rho) => members.filter((k) => isLost(rho[k])).length / members.length;
		return {
			low,
			high,
			meanRate: members.reduce((sum, k) => sum + a.firingRate[k], 0) / members.length,
			features: members.length,
			nonSurvivedA: lost(a.rho),
			nonSurvivedB: lost(b.rho)
		};
	});
}
// src/experiments/compare.ts
/**
* @file Two candidates beside each other: they are checked to have been measured alike, their active features are joined by
* id, and what fell out is counted.
*/
/** `b` null: the two candidates of one file. Errors: those of subjects, CANDIDATES_NOT_TWO, INCOMPARABLE, NOTHING_SHARED. */
async function compare(a, b, asked) {
	if (b !== null) return compareSubjects(await openSubject(a, asked), await openSubject(b, asked));
	const opened = await openFile(a, asked);
	const [first, second, third] = opened.candidates;
	if (first === void 0 || second === void 0 || third !== void 0) throw candidatesNotTwo(a, opened.candidates);
	return compareSubjects(opened.choose(first, asked), opened.choose(second, asked));
}
function compareSubjects(a, b) {
	requireAlike(a, b);
	const pair = joined(a, b);
	requireSameReference(pair, b.path);
	const side = ({ path, candidate, readout, active }) => ({
		path,
		candidate,
		readout,
		active: active.ids.length,
		leftOut: active.ids.length - pair.a.ids.length
	});
	const confidence = Math.min(a.confidence, b.confidence);
	return {
		comparison: {
			schema: COMPARISON_SCHEMA,
			a: side(a),
			b: side(b),
			thresholds: {
				...a.rule,
				active: a.activeAbove
			},
			confidence,
			overlap: overlapOf$1(pair, thresholdsOf(a.rule), confidence)
		},
		pair
	};
}
/** What reports say. Errors: INCOMPARABLE. */
function requireAlike(a, b) {
	const same = (field, there, here) => {
		if (there !== here) throw incomparable(b.path, field, there, here);
	};
	if (a.readout !== null && b.readout !== null) same("readout", b.readout, a.readout);
	same("thresholds.survived", b.rule.survived, a.rule.survived);
	same("thresholds.damaged", b.rule.damaged, a.rule.damaged);
	same("thresholds.active", b.activeAbove, a.activeAbove);
	if (a.report === null || b.report === null || a.report === b.report) return;
	const [here, there] = [onlyReadout(a.report, a.readout), onlyReadout(b.report, b.readout)];
	requireComparable(here, {
		...there,
		path: b.path
	}, incomparable);
	same("corpus.groups", b.report.corpus.groups, a.report.corpus.groups);
	same("corpus.resampling", b.report.corpus.resampling, a.report.corpus.resampling);
}
/** Other read-outs of the two may differ. */
function onlyReadout(report, id) {
	return {
		...report,
		readouts: report.readouts.filter((one) => one.id === id)
	};
}
/** Errors: NOTHING_SHARED. */
function joined(a, b) {
	const placeInB = new Map(Array.from(b.active.ids, (id, k) => [id, k]));
	const shared = Array.from(a.active.ids, (id, k) => [k, placeInB.get(id) ?? -1]).filter(([, inB]) => inB >= 0);
	if (shared.length === 0) throw nothingShared(b.path);
	return {
		a: chosenFeatures(a.active, shared.map(([inA]) => inA)),
		b: chosenFeatures(b.active, shared.map(([, inB]) => inB))
	};
}
/** Two devices agree to 1e-6; another text, or another SAE, is off by percents. */
const ALIKE = .001;
/** A table says nothing of its reference and tokens, but what the reference did on them. Errors: INCOMPARABLE. */
function requireSameReference({ a, b }, path) {
	for (const [field, key] of [
		["firing_rate", "firingRate"],
		["mean", "mean"],
		["peak", "peak"]
	]) {
		const differences = a[key].map((here, k) => {
			const there = b[key][k] ?? 0;
			return here === there ? 0 : Math.abs(there - here) / Math.max(Math.abs(here), Math.abs(there));
		});
		if (median(differences) <= ALIKE) continue;
		const worst = differences.reduce((most, one, k) => one > (differences[most] ?? 0) ? k : most, 0);
		throw incomparable(path, `${field} of feature ${a.ids[worst]}`, b[key][worst], a[key][worst]);
	}
}
// src/report/experiments/comparison.ts
/** The two as they are called: by candidate, and by file where both candidates have one name. */
function sideNames({ a, b }) {
	if (a.candidate !== b.candidate) return [a.candidate, b.candidate];
	return [`${a.path}#${a.candidate}`, `${b.path}#${b.candidate}`];
}
// src/report/experiments/comparison-text.ts
/** @file `saegate compare` for a terminal or a log. */
function comparisonText(comparison) {
	const { a, overlap } = comparison;
	const [nameA, nameB] = sideNames(comparison).map((name) => visible(name, 40));
	const { both, onlyA, onlyB, neither } = overlap.quadrants;
	return `${[
		`${nameA} against ${nameB}${a.readout === null ? "" : ` at ${visible(a.readout, 60)}`}`,
		...protocolLines(comparison),
		"",
		...textTable([
			[
				"",
				nameA,
				nameB,
				"both",
				"either",
				"Jaccard",
				"interval",
				"by chance"
			],
			setRow("not survived", overlap.nonSurvived),
			setRow("damaged", overlap.damaged)
		]),
		"",
		...textTable([
			[
				"damage scores",
				"correlation",
				"interval",
				"across halves"
			],
			[
				"Pearson",
				...figureCells(overlap.pearson),
				decimal(overlap.acrossHalves?.pearson, 3)
			],
			[
				"Spearman",
				...figureCells(overlap.spearman),
				decimal(overlap.acrossHalves?.spearman, 3)
			]
		]),
		"",
		`Survived in both ${count$3(both)}, in ${nameA} alone ${count$3(onlyA)}, in ${nameB} alone ${count$3(onlyB)}, in neither ${count$3(neither)}.`,
		"",
		...textTable([[
			"not survived, by firing rate",
			"mean rate",
			"features",
			nameA,
			nameB
		], ...overlap.deciles.map((bin) => [
			`up to ${percent$2(bin.high, 3)}`,
			percent$2(bin.meanRate, 3),
			count$3(bin.features),
			percent$2(bin.nonSurvivedA, 2),
			percent$2(bin.nonSurvivedB, 2)
		])])
	].join("\n")}\n`;
}
/** What was compared, and by which rule. */
function protocolLines({ a, b, thresholds, confidence, overlap }) {
	const left = a.leftOut + b.leftOut;
	const intervals = overlap.pearson.ci === null ? "no intervals: these come with the token groups of a report" : `intervals at ${percent$2(confidence, 0)}`;
	return [`${count$3(overlap.features)} features active in both${left === 0 ? "" : `; left out: ${count$3(a.leftOut)} active in the first alone, ${count$3(b.leftOut)} in the second alone`}`, `survived: ρ ${thresholds.above ? ">" : "≥"} ${number(thresholds.survived)}; damaged: ρ < ${number(thresholds.damaged)}; ${intervals}`];
}
function setRow(name, { a, b, both, either, jaccard, jaccardExpected }) {
	return [
		name,
		...[
			a,
			b,
			both,
			either
		].map(count$3),
		...figureCells(jaccard),
		decimal(jaccardExpected, 3)
	];
}
/** Value and interval. */
function figureCells({ value, ci }) {
	return [decimal(value, 3), decimalInterval(ci, 3)];
}
// src/report/experiments/comparison-page.ts
/** @file `saegate compare` as a page: its tables, and the features of both as a plot of ρ against ρ. */
function comparisonPage({ comparison, pair }) {
	const [nameA, nameB] = sideNames(comparison).map((name) => xml$1(visible(name, 60)));
	const { overlap, a } = comparison;
	const halves = overlap.acrossHalves;
	const setCells = (name, set) => [
		name,
		...[
			set.a,
			set.b,
			set.both,
			set.either
		].map(count$3),
		...figureCells(set.jaccard),
		decimal(set.jaccardExpected, 3)
	];
	const quadrant = overlap.quadrants;
	return experimentPage({
		title: `${sideNames(comparison).join(" against ")}${a.readout === null ? "" : ` at ${a.readout}`}`,
		lines: protocolLines(comparison),
		sections: [
			pageTable("Which features are lost", [
				[
					"",
					nameA,
					nameB,
					"Both",
					"Either",
					"Jaccard",
					"Interval",
					"By chance"
				],
				setCells("Not survived", overlap.nonSurvived),
				setCells("Damaged", overlap.damaged)
			]),
			pageTable("Damage scores", [
				[
					"",
					"Correlation",
					"Interval",
					"Across disjoint halves of the text"
				],
				[
					"Pearson",
					...figureCells(overlap.pearson),
					decimal(halves?.pearson, 3)
				],
				[
					"Spearman",
					...figureCells(overlap.spearman),
					decimal(halves?.spearman, 3)
				]
			]),
			pageTable("Survived", [[
				"In both",
				`In ${nameA} alone`,
				`In ${nameB} alone`,
				"In neither"
			], [
				quadrant.both,
				quadrant.onlyA,
				quadrant.onlyB,
				quadrant.neither
			].map(count$3)]),
			`<section><h2>Features</h2><div class="grid">${scatter({
				comparison,
				pair
			}, [nameA, nameB])}
${byRate(overlap.deciles, [nameA, nameB])}</div></section>`
		]
	});
}
const SIZE$1 = {
	width: 520,
	height: 420,
	marginLeft: 52,
	marginRight: 16,
	marginTop: 24,
	marginBottom: 42
};
const CELLS = 48;
/** Counted into cells, so that the picture does not grow with the dictionary. */
function scatter({ comparison, pair }, [nameA, nameB]) {
	const { thresholds, overlap } = comparison;
	const [a, b] = [Array.from(pair.a.rho, countedRho), Array.from(pair.b.rho, countedRho)];
	const least = a.concat(b).reduce((low, rho) => Math.min(low, rho), 0);
	const step = (1 - least) / CELLS;
	const placeOf = (rho) => Math.min(47, Math.floor((rho - least) / step));
	const counts = /* @__PURE__ */ new Map();
	a.forEach((rho, k) => {
		const cell = placeOf(rho) * CELLS + placeOf(b[k] ?? 0);
		counts.set(cell, (counts.get(cell) ?? 0) + 1);
	});
	const cells = [...counts].map(([cell, n]) => ({
		x1: least + Math.floor(cell / CELLS) * step,
		y1: least + cell % CELLS * step,
		n
	}));
	const most = cells.reduce((top, cell) => Math.max(top, cell.n), 1);
	const { both, onlyA, onlyB, neither } = overlap.quadrants;
	return figure$1({
		...SIZE$1,
		x: {
			domain: [least, 1],
			label: "ρ of the first →",
			ticks: 6
		},
		y: {
			domain: [least, 1],
			label: "↑ ρ of the second",
			ticks: 6
		},
		opacity: {
			type: "sqrt",
			domain: [0, most],
			range: [.25, 1]
		},
		marks: [rect(cells, {
			x1: "x1",
			x2: (cell) => cell.x1 + step,
			y1: "y1",
			y2: (cell) => cell.y1 + step,
			fill: "var(--accent)",
			fillOpacity: "n",
			inset: .3
		}), ...limitRules(thresholds)]
	}, {
		id: "scatter",
		title: "ρ against ρ",
		description: `Features by their ρ in ${nameA} (across) and in ${nameB} (up). Stronger colour: more features. Dashed: survived from ${number(thresholds.survived)}, damaged below ${number(thresholds.damaged)}.`,
		header: [
			"Survived",
			"Features",
			"Share"
		],
		rows: [
			["in both", both],
			[`in ${nameA} alone`, onlyA],
			[`in ${nameB} alone`, onlyB],
			["in neither", neither]
		].map(([name, n]) => [
			name,
			count$3(n),
			percent$2(n / overlap.features)
		])
	});
}
function limitRules({ survived, damaged }) {
	const style = {
		stroke: "var(--ink)",
		strokeDasharray: "4 3",
		strokeOpacity: .6
	};
	return [ruleX([damaged, survived], style), ruleY([damaged, survived], style)];
}
function byRate(deciles, [nameA, nameB]) {
	const lines = deciles.flatMap((bin, i) => [{
		tenth: i + 1,
		lost: bin.nonSurvivedA,
		side: "a"
	}, {
		tenth: i + 1,
		lost: bin.nonSurvivedB,
		side: "b"
	}]);
	const ofSide = (side) => lines.filter((point) => point.side === side);
	return figure$1({
		...SIZE$1,
		x: {
			label: "Firing rate, tenths: rarest → most frequent",
			ticks: deciles.length
		},
		y: {
			label: "↑ Not survived",
			zero: true,
			tickFormat: (value) => percent$2(value, 0),
			grid: true
		},
		marks: [lineY(ofSide("a"), {
			x: "tenth",
			y: "lost",
			stroke: "var(--accent)",
			marker: "circle"
		}), lineY(ofSide("b"), {
			x: "tenth",
			y: "lost",
			stroke: "var(--damaged)",
			strokeDasharray: "5 3",
			marker: "circle"
		})]
	}, {
		id: "rate",
		title: "Not survived, by firing rate",
		description: `Active features in tenths of equal count. Whole line: ${nameA}; dashed: ${nameB}.`,
		header: [
			"Tenth",
			"Fires on up to",
			"Mean rate",
			"Features",
			nameA,
			nameB
		],
		rows: deciles.map((bin, i) => [
			String(i + 1),
			percent$2(bin.high, 3),
			percent$2(bin.meanRate, 3),
			count$3(bin.features),
			percent$2(bin.nonSurvivedA, 2),
			percent$2(bin.nonSurvivedB, 2)
		])
	});
}
// src/cli/feature-flags.ts
/** @file The flags of `compare` and `predict` that say which features are looked at, and which of them survived. */
function featureFlags() {
	const { active, survived, damaged } = DEFAULT_THRESHOLDS;
	const usual = (value) => `(default: as the report has it; of a table ${value})`;
	return [
		new Option("--readout <ID>", "the read-out, where there are several"),
		new Option("--active <RATE>", `features that fire at more than this part of positions ${usual(active)}`),
		new Option("--survived <RHO>", `survived from this correlation on ${usual(survived)}`),
		new Option("--damaged <RHO>", `damaged below this correlation ${usual(damaged)}`),
		new Option("--survived-above", "survived above that correlation, not at it: the rule of the paper’s code")
	];
}
/** Errors: RATIO_OUTSIDE. */
function askedFor({ readout, active, survived, damaged, survivedAbove }) {
	return {
		readout: readout ?? null,
		active: ratio("--active", active),
		survived: ratio("--survived", survived),
		damaged: ratio("--damaged", damaged),
		survivedAbove: survivedAbove ?? false,
		truth: "needed"
	};
}
function ratio(flag, given) {
	if (given === void 0) return null;
	const value = given.trim() === "" ? NaN : Number(given);
	if (!(value >= 0 && value <= 1)) throw ratioOutside(flag, given);
	return value;
}
// src/cli/commands/compare.ts
/** @file `saegate compare`: do two candidates damage the same features? No model is run. */
const WORDS$8 = `
A and B are candidates of one report (REPORT.json#NAME), of two reports of the same reference, tokens and SAE, or feature
tables: Parquet or CSV with the columns feature, correlation, firing_rate, mean and peak. Where B is left out, A has to hold two
candidates. Features that are active in both are compared; the others are counted. Intervals come with a report's token groups.

Examples:
  $ saegate compare saegate-report/report.json#rtn-6 saegate-report/report.json#prune-0.175
  $ saegate compare int6.csv pruned.csv --survived-above --format html --out overlap.html
`;
const FORMS$6 = {
	text: ({ comparison }) => comparisonText(comparison),
	json: ({ comparison }) => `${jsonText(comparison, true)}\n`,
	html: comparisonPage
};
function compareCommand(host, setStatus) {
	const command = new Command("compare").description("Say whether two candidates damage the same features; no model is run.").argument("<A>", "a report.json with #CANDIDATE, or a feature table").argument("[B]", "the other").addOption(new Option("--format <FORMAT>", "the form").choices(Object.keys(FORMS$6)).default("text")).option("--out <FILE>", "write to a file instead of standard output").addHelpText("after", WORDS$8);
	for (const flag of featureFlags()) command.addOption(flag);
	refuseRepeats(command);
	return command.action(async (a, b, given) => {
		const text = FORMS$6[given.format](await compare(a, b ?? null, askedFor(given)));
		if (host.signal.aborted) throw interrupted();
		if (given.out === void 0) host.stdout.data(text);
		else await writeOutput(given.out, text);
		setStatus(0);
	});
}
// src/cli/completion/scripts.ts
const SHELLS = {
	bash,
	zsh,
	fish
};
const SHELL_NAMES = Object.keys(SHELLS);
const isShell = (name) => Object.hasOwn(SHELLS, name);
/** The script that `shell` sources. */
function completionScript(shell, program) {
	return SHELLS[shell](program.commands.map(completed));
}
const completed = (command) => ({
	name: command.name(),
	words: firstSentence(command.description()),
	flags: [...command.options.filter(({ hidden }) => !hidden).map(completedFlag), HELP],
	inner: command.commands.map((one) => one.name())
});
const HELP = {
	names: ["--help"],
	words: "display help",
	choices: [],
	takesValue: false
};
const completedFlag = ({ short, long, description, argChoices, required }) => ({
	names: [long, short].filter((name) => name !== void 0 && name !== null),
	words: firstSentence(description),
	choices: argChoices ?? [],
	takesValue: required
});
const firstSentence = (text) => text.split(/[.;:\n]/)[0]?.trim() ?? "";
const quoted$1 = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
function bash(commands) {
	const cases = commands.map(({ name, flags, inner }) => {
		const words = [...inner, ...flags.flatMap(({ names }) => names)].join(" ");
		const values = flags.filter(({ choices }) => choices.length > 0).map(({ names, choices }) => `        ${names.join("|")}) words=${quoted$1(choices.join(" "))} ;;`);
		const files = flags.filter(({ takesValue, choices }) => takesValue && choices.length === 0);
		const asFile = files.length === 0 ? [] : [`        ${files.flatMap(({ names }) => names).join("|")}) words= ;;`];
		return [
			`    ${name})`,
			`      words=${quoted$1(words)}`,
			"      case \"$before\" in",
			...values,
			...asFile,
			"      esac ;;"
		].join("\n");
	});
	return `# saegate completion for bash: source <(saegate completion bash)
_saegate() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=${quoted$1(commands.map(({ name }) => name).join(" "))}
  else
    case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _saegate saegate
`;
}
function zsh(commands) {
	const bracketed = (text) => text.replaceAll(/[[\]\\:]/g, "\\$&");
	const list = commands.map(({ name, words }) => `    ${quoted$1(`${name}:${bracketed(words)}`)}`);
	const cases = commands.map(({ name, flags, inner }) => {
		const specs = flags.flatMap(({ names, words, choices, takesValue }) => {
			const value = choices.length > 0 ? `:value:(${choices.join(" ")})` : takesValue ? ":value:_files" : "";
			return names.map((flag) => `        ${quoted$1(`*${flag}[${bracketed(words)}]${value}`)}`);
		});
		const rest = inner.length > 0 ? `'1:command:(${inner.join(" ")})'` : "'*:file:_files'";
		return [
			`    ${name})`,
			"      _arguments \\",
			...specs.map((one) => `${one} \\`),
			`        ${rest} ;;`
		].join("\n");
	});
	return `#compdef saegate
# saegate completion for zsh: source <(saegate completion zsh), or write it into a folder of $fpath as _saegate
_saegate() {
  local -a commands
  commands=(
${list.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join("\n")}
  esac
}
compdef _saegate saegate
`;
}
function fish(commands) {
	return `# saegate completion for fish: saegate completion fish | source\n${commands.flatMap(({ name, words, flags, inner }) => {
		const inside = `__fish_seen_subcommand_from ${name}`;
		return [
			`complete -c saegate -n __fish_use_subcommand -f -a ${name} -d ${fishQuoted(words)}`,
			...inner.length === 0 ? [] : [`complete -c saegate -n ${fishQuoted(inside)} -f -a ${fishQuoted(inner.join(" "))}`],
			...flags.map(({ names, words: what, choices, takesValue }) => {
				const spelled = names.map((flag) => flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`);
				const value = choices.length > 0 ? ` -x -a ${fishQuoted(choices.join(" "))}` : takesValue ? " -r" : "";
				return `complete -c saegate -n ${fishQuoted(inside)} ${spelled.join(" ")}${value} -d ${fishQuoted(what)}`;
			})
		];
	}).join("\n")}\n`;
}
const fishQuoted = (text) => `'${text.replaceAll(/['\\]/g, "\\$&")}'`;
// src/cli/commands/completion.ts
/** @file `saegate completion`: the script by which a shell completes commands, flags and their choices. */
const EXAMPLES$7 = `
Examples:
  $ source <(saegate completion bash)                                    # in ~/.bashrc
  $ saegate completion zsh > "\${fpath[1]}/_saegate"
  $ saegate completion fish > ~/.config/fish/completions/saegate.fish
`;
function completionCommand(host) {
	const command = new Command("completion").description("Print the script by which bash, zsh or fish completes commands and flags.").addArgument(new Argument("<shell>", "the shell").choices([...SHELL_NAMES])).addHelpText("after", EXAMPLES$7);
	return command.action((shell) => {
		if (command.parent !== null && isShell(shell)) host.stdout.data(completionScript(shell, command.parent));
	});
}
// src/experiments/conditions.ts
/** @file The candidates that a sweep stands for: every bit-width and every pruning in every granularity. */
/** One scale per output channel, as everywhere. */
const USUAL_GRANULARITY = "channel";
const PAPER_BITS = [
	"8",
	"7",
	"6",
	"5",
	"4"
];
/** What a granularity adds to a spec of rounding; pruning has a layout alone. */
const RULES = [
	[
		/^channel$/,
		"",
		""
	],
	[
		/^tensor$/,
		",scale=tensor",
		""
	],
	[
		/^group=\d+$/,
		",$&",
		""
	],
	[
		/^transformerlens$/,
		",layout=$&",
		",layout=$&"
	]
];
/** Candidate specs, each once. Errors: SWEEP_GRANULARITY, COMPRESSION_SPEC_MALFORMED. */
function sweptCandidates({ bits, prune, granularities }) {
	const specs = granularities.flatMap((granularity) => {
		const rule = RULES.find(([pattern]) => pattern.test(granularity));
		if (rule === void 0) throw sweepGranularity(granularity);
		const [pattern, rounding, pruning] = rule;
		const added = (how) => granularity.replace(pattern, how);
		return [...bits.map((width) => `rtn:${width}${added(rounding)}`), ...prune.map((how) => `prune:${how}${how.includes(",layout=") ? "" : added(pruning)}`)];
	});
	for (const spec of specs) parseCompression(spec);
	return [...new Set(specs)];
}
// src/report/experiments/diagnosis-text.ts
function diagnosisText(report) {
	return `${diagnosisTables(report).map(([title, rows]) => [title, ...textTable(rows)].join("\n")).join("\n\n")}\n`;
}
/** Title and rows, the first of them their header. */
function diagnosisTables({ candidates, corpus }) {
	return [
		["weights, means over the tensors; output: ‖X(ŵ − w)ᵀ‖ over ‖Xwᵀ‖ on the reference’s inputs", weightRows(candidates)],
		[`logits and loss, mean and standard deviation over ${corpus.blocks} sequences`, logitRows(candidates)],
		[subsetTitle(candidates), subsetRows(candidates)]
	];
}
const named$1 = ({ name }) => visible(name, 40);
function weightRows(candidates) {
	const header = [
		"candidate",
		"tensors",
		"MSE",
		"MAE",
		"relative MAE",
		"cosine",
		"output",
		"codes"
	];
	return [header, ...candidates.map((candidate) => {
		const of = candidate.diagnosis?.weights;
		if (of == null) return [named$1(candidate), ...header.slice(1).map(() => "–")];
		const codes = of.codes === null ? "–" : `${number(of.codes[0])} to ${number(of.codes[1])}`;
		return [
			named$1(candidate),
			String(of.tensors),
			number(of.meanSquared),
			number(of.meanAbsolute),
			number(of.relative),
			decimal(of.cosine, 6),
			of.output === void 0 ? "–" : percent$2(of.output, 2),
			codes
		];
	})];
}
function logitRows(candidates) {
	const header = [
		"candidate",
		"MSE",
		"MAE",
		"cosine",
		"loss change, nats"
	];
	return [header, ...candidates.map((candidate) => {
		const of = candidate.diagnosis?.logits;
		if (of == null) return [named$1(candidate), ...header.slice(1).map(() => "–")];
		return [
			named$1(candidate),
			...[of.meanSquared, of.meanAbsolute].map((one) => spread(one, (value) => number(value))),
			...[of.cosine, of.lossChange].map((one) => spread(one, (value) => decimal(value, 5)))
		];
	})];
}
function subsetTitle(candidates) {
	const first = candidates.find(({ diagnosis }) => diagnosis?.subsets != null)?.diagnosis?.subsets;
	return `chunked perplexity on parts of the text${first == null ? "" : `: ${first.seeds} draws of ${first.sequences} sequences`}`;
}
function subsetRows(candidates) {
	const header = [
		"candidate",
		"reference",
		"candidate",
		"change"
	];
	return [header, ...candidates.map((candidate) => {
		const of = candidate.diagnosis?.subsets;
		if (of == null) return [named$1(candidate), ...header.slice(1).map(() => "–")];
		return [
			named$1(candidate),
			spread(of.reference, (value) => number(value, 5)),
			spread(of.candidate, (value) => number(value, 5)),
			spread(of.deltaPercent, (value) => signedPercent(value, 2))
		];
	})];
}
function spread({ mean, sd }, show) {
	return sd === null ? show(mean) : `${show(mean)} ± ${number(sd, 3)}`;
}
// src/report/experiments/diagnosis-page.ts
/** @file `saegate diagnose` as a page. */
function diagnosisPage(report) {
	const plot = outputErrors(report);
	return experimentPage({
		title: "Diagnosis",
		lines: [`${count$3(report.candidates.length)} candidates of ${visible(report.reference.spec, 80)} on ${count$3(report.corpus.tokens)} tokens`],
		sections: [...plot === "" ? [] : [`<section><h2>Layers</h2><div class="grid">${plot}</div></section>`], ...diagnosisTables(report).map(([title, rows]) => pageTable(title, rows.map((row) => row.map((cell) => xml$1(cell)))))]
	});
}
/** '' where no errors of layers were measured. */
function outputErrors({ candidates }) {
	const points = candidates.flatMap(({ name, diagnosis }) => {
		const output = diagnosis?.weights?.output;
		return output === void 0 ? [] : [{
			name: visible(name, 40),
			output
		}];
	});
	if (points.length === 0) return "";
	return figure$1({
		width: 520,
		height: 60 + 26 * points.length,
		marginLeft: 150,
		marginRight: 60,
		marginBottom: 42,
		x: {
			label: "Error of layers’ outputs →",
			grid: true,
			tickFormat: (value) => percent$2(value, 0)
		},
		y: {
			domain: points.map(({ name }) => name),
			label: null
		},
		marks: [
			barX(points, {
				x: "output",
				y: "name",
				fill: CLASS_COLOURS.degraded
			}),
			text$1(points, {
				x: "output",
				y: "name",
				text: ({ output }) => percent$2(output, 1),
				dx: 6,
				textAnchor: "start",
				fill: "var(--ink)"
			}),
			ruleX([0])
		]
	}, {
		id: "layers",
		title: "What layers make of the reference’s inputs",
		description: "‖X(ŵ − w)ᵀ‖ over ‖Xwᵀ‖, X the inputs of a target matrix in the reference, averaged over these matrices.",
		header: ["Candidate", "Error"],
		rows: points.map(({ name, output }) => [xml$1(name), percent$2(output, 2)])
	});
}
// src/cli/commands/diagnose.ts
/** @file `saegate diagnose`: a candidate beside its features: weights, logits sequence by sequence, perplexity on parts of the text. */
const WORDS$7 = `
Takes the flags of \`saegate audit\`; without --candidate the bit-widths ${PAPER_BITS.join(", ")} are diagnosed, without --sae no features are
looked at. The report is written to --out, with the figures in it. Nothing is judged.

Example:
  $ saegate diagnose --reference ./pythia-70m --corpus wikitext-2 --tokens 50k
`;
const FORMS$5 = {
	text: diagnosisText,
	json: ({ candidates }) => `${jsonText(candidates.map(({ name, spec, diagnosis }) => ({
		name,
		spec,
		diagnosis
	})), true)}\n`,
	html: diagnosisPage
};
function diagnoseCommand(host) {
	const command = new Command("diagnose").description("Tell how far weights, logits and losses of candidates are off, beside their features.").argument("[REPORT]", "a report.json of such a run, to be shown again").addOption(new Option("--format <FORMAT>", "the form").choices(Object.keys(FORMS$5)).default("text")).addHelpText("after", WORDS$7);
	for (const flag of auditFlags()) command.addOption(flag);
	return command.action(async (path, given) => {
		const values = givenValues$1(given);
		if (path !== void 0) {
			const flag = auditOptions.find(({ name }) => values[name] !== void 0)?.flag;
			if (flag != null) throw measuredAlready(flag);
			const { report } = await loadReport(path);
			if (report.candidates.every(({ diagnosis }) => diagnosis === void 0)) throw diagnosisMissing(path);
			host.stdout.data(FORMS$5[given.format](report));
			return;
		}
		const file = await readConfig(onlyConfig(given.config));
		const overrides = {
			origin: "flag",
			values: {
				...file?.values.candidates === void 0 ? { candidate: PAPER_BITS.map((bits) => `rtn:${bits}`) } : {},
				...file?.values.saes === void 0 ? { sae: ["none"] } : {},
				...values
			}
		};
		const { judged, written } = await measureRequest(host, {
			...resolveRequest(overrides, file),
			policy: null,
			diagnose: true
		});
		if (host.signal.aborted) throw interrupted();
		host.stderr.write(`Report: ${written.json}\n`);
		host.stdout.data(FORMS$5[given.format](judged.measurement.report));
	});
}
// src/cli/doctor/check.ts
/** @file One thing that doctor has looked at, and how it is told. */
const ok = (what, found) => ({
	what,
	state: "ok",
	found,
	fix: null
});
const note = (what, found, fix = null) => ({
	what,
	state: "note",
	found,
	fix
});
const trouble = (what, found, fix) => ({
	what,
	state: "problem",
	found,
	fix
});
/** What `look` finds, or the problem that it meets. Throws what is no problem of the user's. */
async function checked$1(what, look) {
	try {
		return ok(what, await look());
	} catch (error) {
		if (error instanceof SaegateError) return trouble(what, error.message, error.fix);
		throw error;
	}
}
const WIDTH$2 = 12;
/** Two columns; what is to be done stands under what was found. */
const checkLine = ({ what, state, found, fix }) => [
	`${what.padEnd(WIDTH$2)} ${state === "problem" ? "PROBLEM: " : ""}${found}`,
	...fix === null ? [] : [`${" ".repeat(WIDTH$2)} → ${fix}`],
	""
].join("\n");
// src/cli/doctor/folder.ts
/**
* @file What the audit of this folder's saegate.yaml would look for: the file itself, its policy and baseline, local models, SAEs and texts,
* repositories on the Hub (asked for, so that a token that may not read one is told), and whether the report can be written.
*/
const TOKENS$1 = "tokens:";
/** `config`: another file than saegate.yaml. `settings`: of the Hub. Nothing is downloaded. */
async function folderChecks(config, settings) {
	const read = await request(config);
	if ("what" in read) return [read];
	const { policy, baseline, out } = read;
	return [
		ok(config ?? "saegate.yaml", "names an audit"),
		await checked$1("policy", async () => {
			await readCriteria({
				policy,
				baseline
			});
			return policy ?? "none: the audit measures and does not judge";
		}),
		...await subjectChecks(read, settings),
		await checked$1("report", async () => {
			const { abandon } = await prepareFolder(out);
			await abandon();
			return `goes to ${out}`;
		})
	];
}
/** The audit that saegate.yaml says, or why there is none. */
async function request(config) {
	try {
		const file = await readConfig(config);
		if (file === null) return note(CONFIG_NAME, "not in this folder", "`saegate init` writes one; without it, `saegate audit` takes flags.");
		return resolveRequest({
			origin: "flag",
			values: {}
		}, file);
	} catch (error) {
		if (error instanceof SaegateError) return trouble(config ?? "saegate.yaml", error.message, error.fix);
		throw error;
	}
}
/** Each thing that the audit opens, once. */
async function subjectChecks(asked, settings) {
	const { reference, candidates, saes, corpus } = asked;
	const named = [
		["reference", reference],
		...candidates.filter((spec) => !isDerivedSpec(spec)).map((spec) => ["candidate", spec]),
		...saes.map(({ source }) => ["SAE", source]),
		...textsOf(corpus.source).map((spec) => ["corpus", spec])
	];
	const known = /* @__PURE__ */ new Map();
	for (const [what, spec] of named) if (!known.has(spec)) known.set(spec, await checked$1(what, () => lookFor(spec, settings)));
	return [...known.values()];
}
/** Parts of a corpus: repositories as `hf:` specs, everything else as it is written. */
function textsOf(source) {
	if (source.startsWith(TOKENS$1)) return [source.slice(7)];
	return [...corpusParts(source).filter((part) => namedPart(part) === null && !isHubSpec(part)), ...corpusRepositories(source)];
}
/** A path that is there, or a repository that may be read. Errors: FILE_MISSING, HUB_*. */
async function lookFor(spec, settings) {
	const path = spec.replace(/^plan:/, "");
	const fixed = path.replace(/(^|\/)[^/]*[*?[{].*$/s, "");
	if (isOciSpec(path)) {
		const { revision, close } = await openOci(path, settings);
		await close();
		return `${path}, at ${revision?.slice(0, 19)}`;
	}
	if (!isHubSpec(path)) {
		if (await stat(fixed === "" ? "." : fixed).catch(() => null) === null) throw fileMissing(fixed, nearPath(fixed));
		return path;
	}
	const { revision, close } = await openHub(fixed, settings);
	await close();
	return revision === null ? path : `${path}, at ${revision.slice(0, 12)}`;
}
// src/cli/doctor/machine.ts
/** @file What this machine is: versions, cores, memory, disk, and the devices that models can run on. */
/** Below this a download or a spilled capture soon ends for want of room. */
const SHORT_OF_DISK = 5e9;
const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
async function machineChecks(env) {
	return [
		ok("saegate", VERSION),
		ok("node", `${process.version} on ${platform()} ${arch()}`),
		await checked$1("engine", async () => engine()),
		ok("cores", `${cores()} (${cpus()[0]?.model.trim() ?? "unknown"})`),
		ok("memory", memory()),
		await temporary(),
		await hubCache(env)
	];
}
/** Every kind of device, after running a decoder's operators on it where it is there. */
async function deviceChecks() {
	const { probeDevice } = await import("./shared-device2.js");
	const checks = [];
	for (const kind of [
		"cpu",
		"cuda",
		"webgpu"
	]) {
		const { problem } = await probeDevice(kind);
		checks.push(problem === null ? ok(kind, "works") : kind === "cpu" ? trouble(kind, problem, "Without it nothing can be measured: run npm ci again.") : note(kind, `not available: ${problem}`));
	}
	return checks;
}
/** Errors: RUNTIME_MISSING. */
function engine() {
	const version = runtimeVersion();
	return `onnxruntime-node ${version === ENGINE_VERSION ? version : `${version} (built and tested with ${ENGINE_VERSION})`} in ${runtimeFolder()}`;
}
/** What the engine may use, and what the machine has where that is more. */
function cores() {
	const [usable, all] = [usableCores(), availableParallelism()];
	return usable === all ? `${all}` : `${usable} of ${all}, a quota allows no more`;
}
function memory() {
	const [usable, all] = [availableMemory(), totalmem()];
	return `${usable === all ? gigabytes(all) : `${gigabytes(usable)} of ${gigabytes(all)}, a limit allows no more`}, ${gigabytes(freemem())} free`;
}
/** Where captured rows go that do not fit into --memory. */
async function temporary() {
	const folder = tmpdir();
	try {
		await rmdir(await mkdtemp(join(folder, "saegate-doctor-")));
	} catch {
		return trouble("temporary", `${folder}: no file can be made there`, "Name another folder in TMPDIR.");
	}
	return room("temporary", folder, "Name another folder in TMPDIR, or raise --memory.");
}
async function hubCache(env) {
	return await room("Hub cache", hubCacheFolder(env), "Name another folder in HF_HOME, or remove from it what is not needed.");
}
/** Free bytes of the disk that the folder is on, or will be. */
async function room(what, folder, fix) {
	let place = folder;
	for (;;) try {
		const { bavail, bsize } = await statfs(place);
		const found = `${folder}, ${gigabytes(bavail * bsize)} free`;
		return bavail * bsize < SHORT_OF_DISK ? note(what, found, fix) : ok(what, found);
	} catch {
		const parent = dirname(place);
		if (parent === place) return note(what, `${folder}: its disk cannot be asked`);
		place = parent;
	}
}
// src/cli/commands/doctor.ts
/** @file `saegate doctor`: what this machine has, what an audit of this folder would miss, and how to get it. */
const EPILOGUE$1 = `
Nothing is downloaded. Where saegate.yaml names repositories of the Hub, they are asked for, with HF_TOKEN where it is set.
Exit status 1: an audit of this folder would not get far.

Examples:
  $ saegate doctor
  $ saegate doctor --json
  $ saegate doctor --families
`;
function doctorCommand(host, setStatus) {
	return new Command("doctor").description("Show what this machine has and what an audit of this folder would miss, each with its fix.").option("--families", "list the decoder families that can be audited, and of those that cannot what is missing").option("--config <PATH>", "the audit to look after (default: saegate.yaml where present)").option("--json", "print the checks as JSON").addHelpText("after", EPILOGUE$1).action(async (given) => {
		if (given.families === true) {
			host.stdout.write(await families());
			return;
		}
		const told = [];
		const tell = (checks) => {
			told.push(...checks);
			if (given.json !== true) for (const check of checks) host.stdout.write(checkLine(check));
		};
		tell(await machineChecks(host.env));
		tell(await deviceChecks());
		tell(await folderChecks(given.config ?? null, hubSettings(host.env)));
		if (given.json === true) host.stdout.data(`${jsonText(told, true)}\n`);
		setStatus(told.some(({ state }) => state === "problem") ? 1 : 0);
	});
}
/** model_type, then which models; and what cannot be run, why. */
async function families() {
	const { familyList, REFUSED_FAMILIES } = await import("./shared-families2.js");
	const width = Math.max(...familyList.map(({ modelType }) => modelType.length));
	const known = familyList.map(({ modelType, models }) => `  ${modelType.padEnd(width)}  ${models}`);
	const refused = REFUSED_FAMILIES.map(({ modelTypes, models, missing }) => `  ${models} (${modelTypes.join(", ")}): ${missing}`);
	return [
		"model_type of config.json",
		...known,
		"cannot be run, for what their blocks have",
		...refused,
		""
	].join("\n");
}
// src/cli/feature-text.ts
/** In every candidate and read-out whose dictionary has so many features, in the report's order. */
function featureIn({ report, evidence }, feature) {
	return evidence.filter(({ table }) => feature < table.width).map(({ table }) => {
		const of = report.candidates.find(({ name }) => name === table.candidate)?.features.find(({ readout }) => readout === table.readout);
		const finite = (value) => value === void 0 || Number.isNaN(value) ? null : value;
		const [low, high] = [finite(table.correlationLow[feature]), finite(table.correlationHigh[feature])];
		return {
			candidate: table.candidate,
			readout: table.readout,
			feature,
			active: table.active[feature] === 1,
			correlation: finite(table.correlation[feature]),
			interval: low === null || high === null ? null : [low, high],
			firingRate: table.firingRate[feature] ?? 0,
			peak: table.peak[feature] ?? 0,
			neuronpedia: neuronpediaUrl(readoutOf$1(report, table.readout), feature),
			explained: of?.explained?.find((one) => one.feature === feature) ?? null
		};
	});
}
function featureText(found) {
	return found.map(oneText).join("\n");
}
function oneText(one) {
	const rho = one.correlation === null ? "no ρ" : `ρ ${decimal(one.correlation, 3)}`;
	const interval = one.interval === null ? "" : ` [${one.interval.map((end) => decimal(end, 3)).join(", ")}]`;
	const fires = `fires on ${percent$2(one.firingRate, 2)} of tokens, peak ${number(one.peak, 3)}`;
	return `${[
		`${visible(one.candidate)} at ${visible(one.readout)}: feature ${one.feature}${one.active ? "" : " (not active)"}`,
		`  ${rho}${interval}; ${fires}`,
		...one.neuronpedia === null ? [] : [`  ${one.neuronpedia}`],
		...one.explained === null ? [] : explainedLines(one.explained)
	].join("\n")}\n`;
}
function explainedLines({ contexts, promotes, watched = false }) {
	const listed = watched ? ["  a list of the policy names it"] : [];
	const speaks = promotes.length === 0 ? [] : [`  speaks for ${promotes.map((token) => visible(token)).join(" | ")}`];
	const rows = contexts.map(({ before, token, after, reference, candidate }) => {
		const text = `${visible(before, 400)}»${visible(token)}«${visible(after, 400)}`;
		return `  ${number(reference, 3).padStart(8)} → ${number(candidate, 3).padStart(8)}  ${text}`;
	});
	return [
		...listed,
		...speaks,
		...rows.length === 0 ? [] : ["  reference → candidate, where it fires most:", ...rows]
	];
}
// src/cli/commands/feature.ts
/** @file `saegate feature`: one feature of a finished report, in every candidate. */
const EXAMPLES$6 = `
Examples:
  $ saegate feature 1234 saegate-report
  $ saegate feature 1234 saegate-report/report.json --readout blocks.4.hook_resid_post --format json
`;
function featureCommand(host, setStatus) {
	const command = new Command("feature").description("Show one feature of a finished report: its ρ in every candidate, and what it is about.").argument("<id>", "its number in the dictionary, from 0").argument("<report>", "the folder that `saegate audit` wrote, or its report.json").option("--readout <ID>", "of this read-out alone").addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text")).addHelpText("after", EXAMPLES$6);
	refuseRepeats(command);
	return command.action(async (id, path, given) => {
		if (!/^\d{1,9}$/.test(id)) throw featureIdInvalid(id);
		const measurement = await openReport(path);
		const found = featureIn(measurement, Number(id)).filter(({ readout }) => given.readout === void 0 || readout === given.readout);
		if (found.length === 0) throw featureNotThere(Number(id), measurement.report.readouts.map((one) => `${one.id} (${one.width} features)`));
		if (given.format === "json") host.stdout.data(`${jsonText(found, true)}\n`);
		else host.stdout.write(featureText(found));
		setStatus(0);
	});
}
// src/cli/commands/gate.ts
/** @file `saegate gate`: judge a finished report again. No model is run. */
function gateCommand(host, setStatus) {
	const command = new Command("gate").description("Judge a finished report by a policy; no model is run.").argument("<report.json>", "a report that `saegate audit` wrote, with the folder that it names beside it").addOption(sharedFlag(AUDIT_OPTIONS.policy, `${SHIPPED_POLICY_NAMES.join(", ")} or a YAML file`)).addOption(sharedFlag(AUDIT_OPTIONS.baseline)).addOption(sharedFlag(AUDIT_OPTIONS.out, "write the report with its new verdict there")).option(...JSON_FLAG).addHelpText("after", "\nExamples:\n  $ saegate gate saegate-report/report.json --policy strict\n");
	refuseRepeats(command);
	return command.action(async (path, given) => {
		if (given.policy === void 0) throw policyMissing();
		const { policy, baseline, out } = given;
		const { report, blocks } = await gate$1(path, {
			policy,
			baseline,
			out,
			signal: host.signal
		});
		setStatus(blocks ? 1 : 0);
		if (given.json === true) {
			host.stdout.data(reportJson(report));
			return;
		}
		const style = {
			colour: wantsColour(host),
			unicode: wantsUnicode(host)
		};
		host.stdout.data(terminalReport(report, style));
	});
}
// src/errors/init.ts
/** @file Problems of `saegate init`. */
const initUnanswered = problem("INIT_UNANSWERED", 2, (missing, defaults) => ({
	message: `Nobody can be asked here, and ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not given.`,
	fix: `Give ${missing.length === 1 ? "it" : "them"} as ${missing.length === 1 ? "a flag" : "flags"}${defaults.length === 0 ? "" : `, or --yes for the defaults: ${defaults.join(" ")}`}.`
}));
const initNoDefault = problem("INIT_NO_DEFAULT", 2, (missing) => ({
	message: `--yes has no default for ${missing.join(", ")} with this reference: it depends on the model.`,
	fix: `Give ${missing.join(", ")} too.`
}));
const initAllExist = problem("INIT_ALL_EXIST", 2, (paths) => ({
	message: `Nothing was written: ${paths.join(", ")} ${paths.length === 1 ? "exists" : "exist"} already, and init never overwrites.`,
	fix: "Edit them, remove what should be written anew, or name another folder with --dir."
}));
const initValueRefused = problem("INIT_VALUE_REFUSED", 2, (where, value) => ({
	message: `${where} is ${JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}…` : value)}: line breaks and control characters cannot be in it.`,
	fix: `Give ${where} as one line of text.`
}));
// src/cli/init/answers.ts
/** @file What `saegate init` has to know: from flags, from questions, else from defaults. */
const DEVICES = AUDIT_OPTIONS.device.type.choices;
/** A small public model with a public SAE, so that the first audit needs no more than a text. */
const DEFAULTS = {
	reference: optionNamed("reference").example,
	candidate: "rtn:8",
	sae: optionNamed("sae").example,
	corpus: optionNamed("corpus").example
};
/** What of a repository stands for which question. */
const FOUND = {
	reference: "references",
	candidate: "candidates",
	sae: "saes",
	corpus: "corpora"
};
/** More of what was found are not named. */
const MOST_NAMED = 5;
/** A slip of the finger is asked about again; a program that answers the same thing for ever is not. */
const MAX_ATTEMPTS = 5;
/** `here`: what is offered where no flag says. */
function interview(host, flags, here) {
	const ask = async (question) => {
		const answer = await host.ask(question);
		if (host.signal.aborted) throw interrupted();
		return answer;
	};
	/** An answer that `read` takes; what it refuses is said and asked again. `preset` null: an answer is needed. */
	const answered = async (question, preset, read) => {
		if (flags.yes === true) return preset === null ? null : read(preset);
		for (let attempt = 1;; attempt++) {
			const line = await ask(`${question}${preset === null || preset === "" ? "" : ` [${preset}]`}: `);
			if (line === null) return null;
			try {
				return read(line.trim() === "" && preset !== null ? preset : line);
			} catch (error) {
				if (!(error instanceof SaegateError) || attempt === MAX_ATTEMPTS) throw error;
				host.stderr.write(`${error.message} ${error.fix}\n`);
			}
		}
	};
	const choice = async (name, question, choices, preset) => {
		const read = (text) => readChoice(`--${name}`, text, choices);
		const given = flags[name];
		if (given !== void 0) return read(given);
		return await answered(question, preset, (text) => read(text.trim())) ?? preset;
	};
	return {
		subjects: () => askSubjects(flags, here, answered),
		policy: () => choice("policy", `Policy to start from: ${SHIPPED_POLICY_NAMES.join(", ")}`, SHIPPED_POLICY_NAMES, "default"),
		device: () => choice("device", `Device: ${DEVICES.join(", ")} (cuda: the workflow runs on a runner of your own with a GPU)`, DEVICES, AUDIT_OPTIONS.device.default)
	};
}
async function askSubjects(flags, here, answered) {
	const found = givenValues(flags);
	const missing = () => NAMES.filter((name) => found[name].length === 0);
	for (const name of missing()) {
		const preset = presetOf(name, found.reference[0], here);
		const answer = await answered(questionOf(name, here), preset, (text) => readSpec(name, text));
		if (answer === null && flags.yes === true) continue;
		if (answer === null) break;
		found[name].push(answer);
		if (name === "candidate" || name === "sae") found[name].push(...await askMore(name, answered));
	}
	if (flags.yes === true && missing().length > 0) throw initNoDefault(missing().map((name) => `--${name}`));
	return complete(found, missing(), here);
}
function questionOf(name, here) {
	const { description } = optionNamed(name);
	const question = description.replace(" Several may be given.", "").replace(/\.$/, "");
	const found = here[FOUND[name]];
	const more = found.length > MOST_NAMED ? ", …" : "";
	return found.length < 2 ? question : `${question} (here: ${found.slice(0, MOST_NAMED).join(", ")}${more})`;
}
/** An empty line says that there is no other. */
async function askMore(name, answered) {
	const more = [];
	for (;;) {
		const another = await answered("Another one (nothing: no more)", "", (text) => text === "" ? "" : readSpec(name, text));
		if (another === null || another === "") return more;
		more.push(another);
	}
}
const NAMES = [
	"reference",
	"candidate",
	"sae",
	"corpus"
];
function givenValues(flags) {
	const read = (name, values) => values.map((value) => readSpec(name, value));
	return {
		reference: read("reference", flags.reference === void 0 ? [] : [flags.reference]),
		candidate: read("candidate", flags.candidate ?? []),
		sae: read("sae", flags.sae ?? []),
		corpus: read("corpus", flags.corpus === void 0 ? [] : [flags.corpus])
	};
}
function complete(found, missing, here) {
	const [[reference], [corpus]] = [found.reference, found.corpus];
	if (missing.length > 0 || reference === void 0 || corpus === void 0) {
		const defaults = missing.map((name) => [name, presetOf(name, reference, here)]);
		const all = defaults.every(([, preset]) => preset !== null);
		throw initUnanswered(missing.map((name) => `--${name}`), all ? defaults.map(([name, preset]) => `--${name} ${preset}`) : []);
	}
	return {
		reference,
		candidates: found.candidate,
		saes: found.sae,
		corpus
	};
}
/** What lies here, else the defaults. The default SAE belongs to the default reference: for any other model there is none. */
function presetOf(name, reference, here) {
	const isDefault = reference === DEFAULTS.reference;
	const [found] = here[FOUND[name]];
	if (found !== void 0 && !(name === "sae" && isDefault)) return found;
	return name === "sae" && reference !== void 0 && !isDefault ? null : DEFAULTS[name];
}
/** As far as it can be checked without opening anything. */
function readSpec(name, text) {
	const where = `--${name}`;
	if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) throw initValueRefused(where, text);
	const spec = readText(where, text, optionNamed(name).type);
	if (name === "candidate") parseCompression(spec);
	if (isHubSpec(spec)) parseHubSpec(spec);
	if (isOciSpec(spec)) parseOciSpec(spec);
	return spec;
}
// src/cli/init/block-length.ts
/** @file How long sequences may be: no longer than the reference's own positions, where its files are at hand. */
/** The default, or what the reference holds where that is less. A model that cannot be read is the dry run's to tell. */
async function fittingBlockLength(folder, reference) {
	const usual = AUDIT_OPTIONS.blockLength.default;
	if (isRemoteSpec(reference)) return usual;
	const { sourceOpener } = await import("./shared-open-source.js");
	const { inspectCheckpoint } = await import("./shared-inspection.js");
	const { openCheckpoint } = await import("./shared-open3.js");
	try {
		const files = await sourceOpener({}, () => void 0)(resolve(folder, reference));
		try {
			const checkpoint = await openCheckpoint(reference, files);
			const { decoder } = inspectCheckpoint(checkpoint);
			await checkpoint.close();
			return Math.min(usual, decoder?.maxPositions ?? usual);
		} finally {
			await files.close();
		}
	} catch (error) {
		if (error instanceof SaegateError) return usual;
		throw error;
	}
}
// src/cli/plan-text.ts
const size = (bytes) => bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
/** Everything that is held, then what it comes to and how long it takes, ending with a newline. */
function planText(plan, perHour) {
	const { weights, saes, rounds, memory, held, reading, temporary, time, looks, policy } = plan;
	const rows = held.map(({ what, bytes, where, detail }) => [
		visible(what, 40).padEnd(40),
		size(bytes).padStart(10),
		where.padEnd(14),
		detail ?? ""
	]);
	const how = weights.held === "resident" ? "every model whole" : "one range of blocks at a time";
	const why = weights.chosen === "asked" ? "as --weights says" : "chosen by the memory there is";
	return `${[
		...[
			...rows.map((columns) => columns.join("  ").trimEnd()),
			"",
			`weights    ${how} (${why})${weights.readsAhead ? "; the next range is read while one runs" : ""}`,
			...saes.ranges === 1 ? [] : [`SAEs       one range of features at a time, of ${saes.ranges} (${why})`],
			`rounds     ${roundsText(rounds)}`,
			`memory     ${size(memory.peak)} at most, ${size(memory.available)} available${memory.limitedBy === "container" ? " under the limit of this container" : ""}; whole ${size(memory.peakResident)}, streamed ${size(memory.peakStreamed)}`,
			`temporary  ${size(temporary.bytes)} in ${visible(temporary.folder, 60)}${temporary.free === null ? "" : `, ${size(temporary.free)} free`}`,
			`reading    ${size(reading.bytes)}${reading.seconds === null || reading.bytesPerSecond === null ? "" : `, about ${Math.ceil(reading.seconds)} s at ${size(reading.bytesPerSecond)}/s, measured now`}`
		],
		...timeLines(time, perHour),
		...looksLines(looks),
		...policyLines(policy)
	].join("\n")}\n`;
}
function timeLines(time, perHour) {
	if (time === void 0) return [];
	const { operationsPerSecond, stages, seconds } = time;
	const cost = perHour === null ? "" : `, ${(seconds / 3600 * perHour).toPrecision(2)} at ${perHour} an hour`;
	return [`time       about ${duration(seconds)}${cost}: ${(operationsPerSecond / 1e9).toFixed(0)} GFLOP/s of products, measured now`, ...stages.map((one) => `  ${visible(one.stage, 50).padEnd(50)}  ${duration(one.seconds).padStart(8)}`)];
}
/** The last is the whole text. */
function looksLines(looks) {
	const before = looks?.slice(0, -1) ?? [];
	if (looks === void 0) return [];
	return [before.length === 0 ? "looks      at the whole text alone: it has too few token groups to stop before its end" : `looks      the audit stops after ${before.map((tokens) => tokens.toLocaleString("en")).join(" or ")} tokens where every rule is decided; the time is that of looking once at all of it`];
}
function policyLines(policy) {
	if (policy === void 0) return [];
	const { tokens, decided, undecided } = policy;
	return [`policy     ${decided} of ${decided + undecided.length} rules were decided on the ${tokens.toLocaleString("en")} tokens of the baseline`, ...undecided.map((one) => `  ${visible(`${one.rule} (${one.candidate})`, 80)}: ${visible(one.advice, 300)}`)];
}
/** 40 s, 12 min, 3.5 h. */
function duration(seconds) {
	if (seconds < 100) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
	return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
function roundsText({ inOneGraph, why, candidates, onDevice, deviceFree }) {
	if (!inOneGraph) return `stage by stage, up to ${candidates} candidates at a time (${visible(why, 120)})`;
	const room = deviceFree === null ? "" : `; ${size(onDevice)} of the device, ${size(deviceFree)} free`;
	const asked = why === "" ? "" : ` (${visible(why, 120)})`;
	return `in one graph, reference and up to ${candidates} candidate${candidates === 1 ? "" : "s"} at a time${asked}${room}`;
}
// src/cli/init/dry-run.ts
/**
* @file What an audit of the chosen subjects would take, without running one: models, SAEs and text are opened and held against each
* other, so that a hook, a width or a length that does not fit is said before the first audit.
*/
/** Lines of a plan that say whether an audit can be waited for. */
const TOLD = /^(?:memory|time) /;
/** Lines to show; empty where something has to be fetched first. `folder`: where the audit would run. */
async function dryRun(folder, subjects, blockLength) {
	if (isFetched(subjects)) return [];
	try {
		const request = resolveRequest({
			origin: "flag",
			values: valuesOf(folder, subjects, blockLength)
		}, null);
		const { measurePlan } = await import("./shared-opened-run2.js");
		return ["Dry run: an audit can begin.", ...planText(await measurePlan(request, null, () => void 0), null).split("\n").filter((line) => TOLD.test(line))];
	} catch (error) {
		if (!(error instanceof SaegateError)) throw error;
		return [`Dry run: an audit cannot begin yet. ${error.message}`, error.fix];
	}
}
function isFetched({ reference, candidates, saes, corpus }) {
	const isElsewhere = (part) => isRemoteSpec(part) || namedPart(part) !== null || datasetPart(part) !== null;
	return [
		reference,
		...candidates,
		...saes
	].some(isRemoteSpec) || corpusParts(corpus).some(isElsewhere);
}
function valuesOf(folder, { reference, candidates, saes, corpus }, blockLength) {
	const here = (spec) => spec === "none" || isDerivedSpec(spec) ? spec : resolve(folder, spec);
	const [, scheme = "", path = corpus] = /^(tokens:)(.*)$/s.exec(corpus) ?? [];
	return {
		reference: [here(reference)],
		candidate: candidates.map(here),
		sae: saes.map(here),
		corpus: [`${scheme}${here(path)}`],
		blockLength: [String(blockLength)]
	};
}
// src/cli/init/files.ts
var import_dist = require_dist();
/** .gitignore, where there is none. */
const gitignore = () => `# What saegate writes.\n${reportFolder()}/\n`;
/** Where an audit writes unless it is told otherwise. */
const reportFolder = () => preset("out");
const CONFIG_PATH = CONFIG_NAME;
const POLICY_PATH = "policies/saegate-policy.yaml";
/** One YAML scalar on one line, quoted where it needs to be. Only the line's end goes: a no-break space may end a name. */
const scalar = (value) => (0, import_dist.stringify)(value, { lineWidth: 0 }).replace(/\n$/, "");
const preset = (name) => writtenDefault(optionNamed(name)) ?? "";
const explained = (name) => `# ${optionNamed(name).description}`;
/** saegate.yaml. `blockLength`: tokens of a sequence. */
function configYaml(subjects, device, blockLength) {
	return `# What \`saegate audit\` measures. Flags override this file; \`saegate audit --help\` lists them.
# Paths start from the folder that the command runs in.

${explained("reference")}
# Pin a model of the Hub to a commit (hf:owner/name@COMMIT), so that the same audit gives the same figures next year.
reference: ${scalar(subjects.reference)}

${explained("candidate")}
candidates:
${subjects.candidates.map((candidate) => `  - ${scalar(candidate)}`).join("\n")}
#  - rtn:6
#  - rtn:4,group=128

${explained("sae")}
saes:
${subjects.saes.map((source) => `  - source: ${scalar(source)}`).join("\n")}
    # Where both models are read, and whether residuals are centred; without these the SAE's own config says.
#    hook: ${optionNamed("hook").example}
#    center: false

${explained("corpus")}
corpus:
  source: ${scalar(subjects.corpus)}
  # More tokens give narrower intervals. The report says how many an inconclusive rule needs.
  tokens: ${preset("tokens")}
  blockLength: ${blockLength}
#  bos: ${preset("bos")}

${explained("perplexity")}
perplexity: ${preset("perplexity")}

${explained("positions")}
#positions: ${preset("positions")}

${explained("policy")}
policy: ${POLICY_PATH}

${explained("baseline")}
#baseline: baseline/report.json

# Where the models run: auto takes CUDA where it works, else the CPU.
device: ${device}

${explained("memory")}
#memory: 4GB

${explained("out")}
out: ${preset("out")}
`;
}
/** A policy of the repository's own, which builds on a shipped one. `waivedUntil` (YYYY-MM-DD) is the day that its example of a waiver shows. */
function policyYaml(base, waivedUntil) {
	return `# The policy that decides whether a candidate ships. It begins as the shipped one named below; what is written here
# overrides that. In words: saegate policy explain ${POLICY_PATH}
version: 1
name: saegate-policy
extends: ${base}

# Report everything and never fail: for the first weeks, to learn what is normal.
#informational: true

# What the gate does when an interval straddles a limit: fail, warn or pass.
#onInconclusive: fail

# A rule with an inherited id replaces that rule; any other is added.
#rules:
  # How many of the active features must survive.
#  - {id: feature-survival, metric: features.survived, at: 0.90, min: 0.85}
  # The same for the features in use, counted by how often they fire.
#  - {id: features-in-use, metric: features.survived, weight: firing-rate, min: 0.90}
  # Against an earlier report, given with --baseline.
#  - {id: no-regression, metric: features.survived, maxDrop: 0.02}
  # Fail what looks fine by perplexity and has lost its features.
#  - {id: dissociation, metric: dissociation, equals: false}

# A rule can be waived for a candidate, with a reason and a last day. Waivers are counted and shown, run for a year at
# most, and fail once expired.
#exceptions:
#  - {rule: feature-survival, candidate: 'rtn:6', reason: why it may pass, expires: '${waivedUntil}'}
`;
}
// src/cli/init/found-here.ts
/** Looking round is no search: a model lies near the top, and what lies deeper is given by a flag. */
const DEEPEST = 4;
const MOST_FOLDERS = 2e3;
const MOST_CONFIG_BYTES = 2 ** 20;
/** Smaller ones are notes, not corpora. */
const LEAST_CORPUS_BYTES = 2e4;
/** Such a name can be no spec. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const SKIPPED = /^(?:\..*|node_modules|saegate-report|__pycache__|venv)$/;
const WEIGHTS = /\.(?:safetensors|bin|pt|pth)$/;
const SAE_FILES = /^(?:sae_weights\.safetensors|params\.(?:npz|safetensors)|ae\.pt|sae\.safetensors)$/;
const CORPUS = /\.(?:txt|jsonl|parquet)$/;
const NO_CORPUS = /^(?:readme|license|licence|notice|requirements|constraints|cmakelists)\b/i;
/** Errors: none; what cannot be read is not found. */
async function findHere(folder) {
	const found = {
		references: [],
		candidates: [],
		saes: [],
		corpora: []
	};
	let visited = 0;
	const visit = async (inside, depth) => {
		if (visited++ >= MOST_FOLDERS) return;
		const entries = (await readdir(join(folder, inside), { withFileTypes: true }).catch(() => [])).filter(({ name }) => !UNPRINTABLE.test(name));
		const names = entries.filter((one) => one.isFile()).map(({ name }) => name);
		const path = (name = "") => `./${[inside, name].filter((part) => part !== "").join("/")}`;
		found.candidates.push(...names.filter((name) => name.endsWith(".gguf")).map(path));
		if (names.some((name) => SAE_FILES.test(name))) found.saes.push(path());
		else if (names.includes("config.json") && names.some((name) => WEIGHTS.test(name))) {
			const kind = await kindOf(join(folder, inside, "config.json"));
			if (kind !== null) found[kind].push(path());
		} else for (const name of names) if (await isCorpus(join(folder, inside), name)) found.corpora.push(path(name));
		if (depth === DEEPEST) return;
		const folders = entries.filter((one) => one.isDirectory() && !SKIPPED.test(one.name));
		for (const { name } of folders) await visit(inside === "" ? name : `${inside}/${name}`, depth + 1);
	};
	await visit("", 0);
	for (const list of Object.values(found)) list.sort();
	return found;
}
/** Of a folder with weights: what its config says that it is; null: no language model. */
async function kindOf(config) {
	const text = await readTextFile(config, MOST_CONFIG_BYTES).catch(() => null);
	const outcome = text === null ? null : parseJson(new TextEncoder().encode(text));
	if (outcome === null || !("value" in outcome) || !isJsonObject(outcome.value)) return null;
	if (typeof outcome.value.model_type !== "string") return null;
	return outcome.value.quantization_config === void 0 ? "references" : "candidates";
}
async function isCorpus(folder, name) {
	if (!CORPUS.test(name) || NO_CORPUS.test(name)) return false;
	const { size } = await stat(join(folder, name)).catch(() => ({ size: 0 }));
	return size >= LEAST_CORPUS_BYTES;
}
// src/cli/init/new-file.ts
/** @file A file that is written where there is none: nothing that exists is ever touched. */
/** A link that leads nowhere counts: writing would follow it. */
async function exists(path) {
	return await lstat(path).then(() => true, () => false);
}
/** False: something has that name already. Errors: WRITE_REFUSED, DISK_FULL, WRITE_FAILED. */
async function writeNewFile(path, text) {
	try {
		await makeFolder(dirname(path));
		await writeFile(path, text, { flag: "wx" });
		return true;
	} catch (error) {
		const code = systemErrorCode(error);
		if (code === "EEXIST") {
			if (await exists(path)) return false;
			throw writeRefused(path, "its folder has the name of a file");
		}
		if (code === "ENOSPC" || code === "EDQUOT") await rm(path, { force: true });
		throw writeProblem(path, error);
	}
}
// src/cli/init/workflow.ts
const WORKFLOW_PATH = ".github/workflows/saegate.yml";
/** `subjects` null: saegate.yaml was there already, and says itself what is compared. */
function workflowYaml(subjects, device) {
	return device === "cuda" ? selfHosted(pathsOf(subjects)) : hosted(pathsOf(subjects));
}
const hosted = (paths) => `# A pull request that changes what ships is measured on GitHub's CPU runners and judged by the policy in saegate.yaml.
# The job's own exit status is the gate. Pull requests from forks get a token that only reads: there the verdict stands
# without a comment.
${opening(paths)}
jobs:
  gate:
    runs-on: ubuntu-24.04
    timeout-minutes: 180
    steps:
${CHECKOUT}
      - name: Keep downloads and the last report between runs
        uses: actions/cache@668228422ae6a00e4ad889ee87cd7109ec5666a7 # v5.0.4
        with:
          path: \${{ runner.temp }}/saegate-cache
          key: saegate-\${{ runner.os }}-\${{ github.run_id }}
          restore-keys: saegate-\${{ runner.os }}-

${gate("cpu", "${{ runner.temp }}/saegate-cache")}`;
const selfHosted = (paths) => `# A pull request that changes what ships is measured on a self-hosted CUDA runner and judged by the policy in saegate.yaml.
# The job's own exit status is the gate. The runner needs an NVIDIA driver, CUDA 12 and cuDNN 9; the engine is installed
# into its tool cache by the first run. Pull requests from forks are left out: their code has no business on your machine.
${opening(paths)}
jobs:
  gate:
    if: github.event.pull_request.head.repo.full_name == github.repository
    runs-on: [self-hosted, linux, x64, cuda]
    timeout-minutes: 120
    steps:
${CHECKOUT}
${gate("cuda", "${{ runner.temp }}/../saegate-cache")}`;
const opening = (paths) => `name: saegate

on:
  pull_request:
    # GitHub leaves a required check waiting for ever when paths skip its workflow: take them away before requiring this.
    paths:
${paths}

permissions:
  # skip-unchanged asks GitHub for the run that measured last, and for its report.
  actions: read
  contents: read
  pull-requests: write

concurrency:
  group: saegate-\${{ github.event.pull_request.number }}
  cancel-in-progress: true
`;
const CHECKOUT = `      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          lfs: true
          persist-credentials: false
`;
const gate = (device, cache) => `      - name: Measure and judge
        id: gate
        uses: saegate/saegate@v${VERSION}
        with:
          config: saegate.yaml
          # saegate.yaml and the policy decide as the base branch has them: merge these files first, they count from then on.
          config-from: base
          device: ${device}
          skip-unchanged: true
          cache-path: ${cache}
          # Only for gated or private repositories of the Hugging Face Hub.
          hf-token: \${{ secrets.HF_TOKEN }}

      - name: Keep the report
        if: always() && steps.gate.outputs.report-path != ''
        uses: actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0
        with:
          name: saegate-report
          path: \${{ steps.gate.outputs.report-path }}
          retention-days: 30
`;
/** What a pull request must touch for the gate to run. */
function pathsOf(subjects) {
	const specs = subjects === null ? [] : [
		subjects.reference,
		...subjects.candidates,
		...subjects.saes
	];
	const corpus = subjects === null || !/[/\\]|\.\w+$/.test(subjects.corpus) ? [] : [subjects.corpus];
	const own = [...specs, ...corpus].flatMap((spec) => localPattern(spec) ?? []);
	return [.../* @__PURE__ */ new Set([
		"saegate.yaml",
		"policies/**",
		".github/workflows/saegate.yml",
		...own
	])].map((pattern) => `      - ${pattern}`).join("\n");
}
const FILE = /\.(?:gguf|onnx|safetensors|npz|npy|txt|jsonl|parquet|json|gz)$/i;
/** A pattern for a path inside the repository; null for anything else, or where a name would not mean itself. */
function localPattern(spec) {
	const path = spec.replace(/^tokens:/, "").replace(/^(?:\.\/)+/, "").replace(/\/+$/, "");
	if (isRemoteSpec(spec) || path.startsWith("-") || path.split("/").includes("..")) return null;
	if (!/^\w[\w.-]*(?:\/[\w.-]+)*$/.test(path)) return null;
	return FILE.test(path) ? path : `${path}/**`;
}
// src/cli/commands/init.ts
/** @file `saegate init`: saegate.yaml, a policy, a workflow and a .gitignore for a repository that has none, and a dry run of the audit. */
/** Three months: what mending a candidate may take. */
const WAIVER_SHOWN_MS = 7776e6;
const EXAMPLES$5 = `
Asks for what no flag says, and offers what lies in the folder. An existing file is left as it is. Ends with a dry run of the audit, where
nothing has to be fetched for it.

Examples:
  $ saegate init
  $ saegate init --yes
  $ saegate init --reference ./model --candidate ./model-int8 --sae ./sae --corpus ./eval.txt --policy strict --device cuda
`;
function initCommand(host) {
	const several = (value, before) => [...before ?? [], value];
	return new Command("init").description("Write saegate.yaml, a policy and a GitHub workflow, commented.").addOption(sharedFlag(AUDIT_OPTIONS.reference)).addOption(sharedFlag(AUDIT_OPTIONS.candidate).argParser(several)).addOption(sharedFlag(AUDIT_OPTIONS.sae).argParser(several)).addOption(sharedFlag(AUDIT_OPTIONS.corpus)).addOption(sharedFlag(AUDIT_OPTIONS.policy, "shipped policy to start from").choices(SHIPPED_POLICY_NAMES)).addOption(sharedFlag(AUDIT_OPTIONS.device, "where the models run; cuda also chooses a self-hosted runner")).option("--yes", "ask nothing and take the defaults").option("--dir <DIR>", "top folder of the repository to write into", ".").option("--no-workflow", "write no workflow").addHelpText("after", EXAMPLES$5).action(async (given) => await initialize(host, given));
}
async function initialize(host, given) {
	const paths = [
		CONFIG_PATH,
		POLICY_PATH,
		...given.workflow ? [WORKFLOW_PATH] : []
	];
	const taken = /* @__PURE__ */ new Set();
	for (const path of paths) if (await exists(join(given.dir, path))) taken.add(path);
	if (taken.size === paths.length) throw initAllExist(paths.map((path) => join(given.dir, path)));
	const questions = interview(host, given, await findHere(given.dir));
	const subjects = taken.has(CONFIG_PATH) ? null : await questions.subjects();
	const base = taken.has("policies/saegate-policy.yaml") ? "default" : await questions.policy();
	const device = subjects !== null || given.workflow && !taken.has(".github/workflows/saegate.yml") ? await questions.device() : AUDIT_OPTIONS.device.default;
	const blockLength = subjects === null ? AUDIT_OPTIONS.blockLength.default : await fittingBlockLength(given.dir, subjects.reference);
	const texts = {
		...subjects === null ? {} : { [CONFIG_PATH]: configYaml(subjects, device, blockLength) },
		[POLICY_PATH]: policyYaml(base, new Date(Date.now() + WAIVER_SHOWN_MS).toISOString().slice(0, 10)),
		[WORKFLOW_PATH]: workflowYaml(subjects, device)
	};
	for (const path of paths) {
		const text = taken.has(path) ? void 0 : texts[path];
		const isNew = text !== void 0 && await writeNewFile(join(given.dir, path), text);
		host.stdout.write(isNew ? `Wrote ${join(given.dir, path)}\n` : `Left ${join(given.dir, path)} as it is.\n`);
	}
	if (taken.has(CONFIG_PATH) && !taken.has("policies/saegate-policy.yaml")) host.stdout.write(`To judge by the new policy, write policy: ${POLICY_PATH} into ${CONFIG_PATH}.\n`);
	await ignoreReports(host, given.dir);
	const absent = subjects === null ? [] : await absentFiles(given.dir, subjects);
	if (absent.length > 0) host.stdout.write(`Not there yet: ${absent.join(", ")}\n`);
	else if (subjects !== null) for (const line of await dryRun(given.dir, subjects, blockLength)) host.stdout.write(`${oneLine(line)}\n`);
	host.stdout.write(nextStep(given.dir, device));
}
/** Reports are made anew by every run. A .gitignore that is there is its owner's. */
async function ignoreReports(host, folder) {
	const path = join(folder, ".gitignore");
	if (await writeNewFile(path, gitignore())) host.stdout.write(`Wrote ${path}\n`);
	else host.stdout.write(`Left ${path} as it is; add ${reportFolder()}/ to it unless it is there.\n`);
}
/** What the audit would look for in this folder and not find. */
async function absentFiles(folder, subjects) {
	const { reference, candidates, saes, corpus } = subjects;
	const paths = [
		reference,
		...candidates.filter((spec) => !isDerivedSpec(spec)),
		...saes,
		corpus
	].filter((spec) => !isRemoteSpec(spec)).map((spec) => spec.replace(/^tokens:/, ""));
	const found = await Promise.all(paths.map((path) => exists(resolve(folder, path))));
	return paths.filter((_, index) => found[index] === false);
}
function nextStep(folder, device) {
	const command = device === "cuda" ? "saegate setup --cuda, then saegate audit" : "saegate audit";
	return folder === "." ? `Next: ${command}\n` : `Next, in ${folder}: ${command}\n`;
}
// src/cli/inspection-text.ts
/** Names of modules shown, each standing for all blocks. */
const MOST_MODULES = 20;
const MOST_OPERATORS = 12;
function inspectionText(found) {
	const { decoder, quantization, unquantized } = found;
	const size = decoder === null ? "" : `${decoder.blocks} blocks of width ${decoder.width}, `;
	const shape = decoder === null ? `cannot be audited: ${found.problem}` : `${size}vocabulary ${count$3(decoder.vocabulary)}${decoder.tiedEmbeddings ? " (tied)" : ""}, ${decoder.maxPositions === null ? "any length" : `at most ${count$3(decoder.maxPositions)} positions`}`;
	return lines([
		["checkpoint", `${found.spec} (${found.format})`],
		...found.revision === null ? [] : [["revision", found.revision]],
		["family", found.family],
		["decoder", shape],
		...found.fix === null ? [] : [["", found.fix]],
		["parameters", count$3(found.parameters)],
		["size", bytesText(found.bytes)],
		...listed$1("stored as", found.types.map(({ type, tensors, parameters, bytes }) => {
			return `${type}: ${count$3(tensors)} tensors, ${count$3(parameters)} values, ${bytesText(bytes)}`;
		})),
		["quantized", quantizationText(quantization)],
		...quantization?.activations == null ? [] : [["activations", quantization.activations]],
		...quantization?.rotation == null ? [] : [["rotation", quantization.rotation]],
		...listed$1("left plain", quantization === null ? [] : summarized(unquantized)),
		...listed$1("warning", found.warnings)
	]);
}
function onnxText(spec, found) {
	const { quantized, quantization, operators } = found;
	return lines([
		["model", `${spec} (onnx${found.producer === "" ? "" : `, made by ${found.producer}`})`],
		["opsets", found.opsets.join(", ")],
		...listed$1("input", found.inputs),
		...listed$1("output", found.outputs),
		...listed$1("stored as", found.types.map(({ type, tensors, byteLength }) => `${type}: ${count$3(tensors)} tensors, ${bytesText(byteLength)}`)),
		["quantized", quantizationText(quantized ? {
			...quantization,
			groupSize: null
		} : null)],
		...quantization.activations === null ? [] : [["activations", quantization.activations]],
		["operators", operators.slice(0, MOST_OPERATORS).map(([op, n]) => `${op} ${n}`).join(", ")],
		...listed$1("tap", found.taps)
	]);
}
function quantizationText(quantization) {
	if (quantization === null) return "no";
	const { method, bits, groupSize, tensors, parameters } = quantization;
	const group = groupSize === null ? "" : `, groups of ${groupSize}`;
	return `${method}${bits === null ? "" : `, ${bits.toFixed(2)} bits per weight with scales`}${group}: ${count$3(tensors)} tensors, ${count$3(parameters)} weights`;
}
/** `model.layers.*.mlp.gate (24)`: blocks put together. */
function summarized(modules) {
	const counts = /* @__PURE__ */ new Map();
	for (const module of modules) {
		const pattern = module.replace(/\.\d+(?=\.|$)/g, ".*");
		counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
	}
	const all = [...counts].map(([pattern, n]) => n === 1 ? pattern : `${pattern} (${n})`);
	const more = all.length - MOST_MODULES;
	return more > 0 ? [...all.slice(0, MOST_MODULES), `and ${more} more`] : all;
}
/** Only the first line says what they are. */
function listed$1(what, texts) {
	return texts.map((text, i) => [i === 0 ? what : "", text]);
}
function lines(all) {
	return all.map(([what, text]) => `${what.padEnd(12)} ${oneLine(text)}\n`).join("");
}
function bytesText(bytes) {
	if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
	return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
// src/cli/commands/inspect.ts
/** @file `saegate inspect`: what a checkpoint is, without running it. */
const EXAMPLES$4 = `
Examples:
  $ saegate inspect ./model-Q4_K_M.gguf
  $ saegate inspect ./int4/model.onnx
  $ saegate inspect hf:owner/name --json
`;
function inspectCommand(host) {
	return new Command("inspect").description("Say what a checkpoint is: family, tensors, quantization; of an ONNX model also what --tap takes.").argument("<spec>", "a Hugging Face folder, a .gguf file, an ONNX model, or hf:owner/name of one").option("--json", "as JSON").addHelpText("after", EXAMPLES$4).action(async (spec, given) => {
		const progress = progressTo(host);
		const environment = isHubSpec(spec) ? await withPublisherToken(host.env) : host.env;
		const { sourceOpener } = await import("./shared-open-source.js");
		const { data, text } = await inspected(spec, sourceOpener(environment, progress.show)).finally(progress.clear);
		if (given.json === true) host.stdout.data(`${jsonText(data, true)}\n`);
		else host.stdout.write(text);
	});
}
async function inspected(spec, open) {
	const { inspectCheckpoint } = await import("./shared-inspection.js");
	const { openCheckpoint } = await import("./shared-open3.js");
	const { describeOnnx } = await import("./shared-describe.js");
	const files = await open(spec);
	try {
		const onnx = await describeOnnx(files, open);
		if (onnx !== null) return {
			data: onnx,
			text: onnxText(spec, onnx)
		};
		const checkpoint = await openCheckpoint(spec, files);
		const found = inspectCheckpoint(checkpoint);
		await checkpoint.close();
		return {
			data: found,
			text: inspectionText(found)
		};
	} finally {
		await files.close();
	}
}
// src/cli/commands/merge.ts
/** @file `saegate merge`: shards of one audit put together, judged and written. No model is run. */
const WORDS$6 = `
The report is that of one run of the whole text, byte for byte but for times, where the shards ran on machines of one kind with as
many threads. Shards that differ in version, files, flags or machine are refused, with what differs. Give the policy that they were
measured with: thresholds of features are in the sums' reading.

Examples:
  $ saegate merge shards --policy default --out saegate-report
  $ saegate merge shards/*.safetensors --allow-missing    # a report of what is there; nothing passes, exit status 1
`;
function mergeCommand(host, setStatus) {
	const command = new Command("merge").description("Put the shards of one audit together, judge and write the report; no model is run.").argument("<SHARD...>", "files that `saegate audit --shard` wrote, all of one audit, or the folder that they lie in").addOption(sharedFlag(AUDIT_OPTIONS.policy, `${SHIPPED_POLICY_NAMES.join(", ")} or a YAML file`)).addOption(sharedFlag(AUDIT_OPTIONS.baseline)).addOption(sharedFlag(AUDIT_OPTIONS.out).default(AUDIT_OPTIONS.out.default)).option("--allow-missing", "make a report of the shards that are there, which is inconclusive at best").option(...JSON_FLAG).addHelpText("after", WORDS$6);
	refuseRepeats(command);
	return command.action(async (paths, given) => {
		const criteria = await readCriteria({
			policy: given.policy ?? null,
			baseline: given.baseline ?? null
		});
		const { mergeShards } = await import("./shared-merge-shards.js");
		const merged = mergeShards(await readShards(paths, host.signal), {
			allowMissing: given.allowMissing ?? false,
			createdAt: (/* @__PURE__ */ new Date()).toISOString()
		});
		const { measurement, blocks } = judgeBy(merged, criteria);
		if (host.signal.aborted) throw interrupted();
		const written = await writeReport(measurement, given.out, host.signal);
		setStatus(blocks || isPart(measurement.report) ? 1 : 0);
		if (given.json === true) {
			host.stdout.data(reportJson(measurement.report));
			return;
		}
		const style = {
			colour: wantsColour(host),
			unicode: wantsUnicode(host)
		};
		host.stdout.data(terminalReport(measurement.report, style));
		for (const { id, width, active } of measurement.report.readouts) if (active > 0) host.stdout.write(`${id}: shards summed ${width} features for every candidate where a single run sums the ${active} active ones, ${(width / active).toFixed(1)} times its SAE products.\n`);
		host.stdout.write(`Report: ${written.json}\n`);
	});
}
// src/gate/margins.ts
/** Null: there is no policy, or no earlier report to tell it from. */
function marginsOf({ policy, baseline }) {
	if (policy === null || baseline === null) return null;
	const { report } = judgeBy(baseline.measurement, {
		policy,
		baseline: null
	}).measurement;
	const rules = report.candidates.flatMap(({ name, rules: ofCandidate }) => ofCandidate.map((rule) => ({
		candidate: name,
		rule
	})));
	const open = rules.filter(({ rule }) => rule.status === "inconclusive");
	return {
		tokens: report.corpus.tokens,
		decided: rules.filter(({ rule }) => rule.status === "pass" || rule.status === "fail").length,
		undecided: open.map(({ candidate, rule: { id, scope, advice } }) => ({
			candidate,
			rule: scope === null ? id : `${id} @ ${scope}`,
			advice: advice ?? "what it asks for was not measured there"
		}))
	};
}
// src/cli/commands/plan.ts
/** @file `saegate plan`: what the audit would hold where, without running it. */
const EXAMPLES$3 = `
Exit status: 0 the audit fits, 2 it does not (the message names the number that is short) or is not fully said.

Examples:
  $ saegate plan --config saegate.yaml
  $ saegate plan --config saegate.yaml --rate 2.50
  $ saegate plan --config saegate.yaml --explain 0 --shard 1/4       # what the first of four machines would hold
  $ saegate plan --config saegate.yaml --policy strict --baseline last/report.json   # tokens that the rules take
  $ saegate plan --reference ./llama-8b --candidate rtn:4 --sae none --corpus ./wikitext.txt --format json
`;
function planCommand(host) {
	const command = new Command("plan").description("Say what an audit would hold where, in which memory, and how long it takes; run no model.").addHelpText("after", EXAMPLES$3);
	for (const flag of auditFlags()) command.addOption(flag);
	command.addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"));
	command.addOption(new Option("--rate <PRICE>", "what an hour of this machine costs: say what the audit would").argParser(price));
	command.addOption(shardOption("of the I-th of N parts of the text alone, as `saegate audit --shard` measures it"));
	return command.action(async (given) => {
		const overrides = {
			origin: "flag",
			values: givenValues$1(given)
		};
		const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)));
		const margins = marginsOf(await readCriteria(request));
		const { measurePlan } = await import("./shared-opened-run2.js");
		const { requireFit } = await import("./shared-plan-fit.js");
		const progress = progressTo(host);
		const measured = await measurePlan(request, givenShard(given.shard), progress.show).finally(progress.clear);
		const plan = margins === null ? measured : {
			...measured,
			policy: margins
		};
		host.stdout.data(given.format === "json" ? `${jsonText(plan, true)}\n` : planText(plan, typeof given.rate === "number" ? given.rate : null));
		requireFit(request.reference, plan);
	});
}
/** Errors: of bad usage, as commander tells it. */
function price(given) {
	const found = Number(given);
	if (given.trim() === "" || !Number.isFinite(found) || found < 0) throw new InvalidArgumentError("A number from 0 was expected, such as 2.50.");
	return found;
}
// src/policy/check.ts
/**
* @file What `saegate policy check` says of a policy that is valid: that it is, and what may not be meant. Faults proper are
* errors and never get here.
*/
/** `today` is YYYY-MM-DD. */
function checkPolicy(policy, today) {
	const { rules, exceptions } = policy;
	const errors = rules.filter((rule) => rule.level === "error");
	const waived = exceptions.length === 0 ? "" : `, ${counted(exceptions.length, "exception")}`;
	return {
		summary: `${policy.path ?? policy.name}: valid; ${counted(rules.length, "rule")}, ${errors.length} of level error${waived}`,
		hints: [
			...policy.informational ? ["informational is on: this policy never fails."] : [],
			...errors.length === 0 && !policy.informational ? ["every rule is a warning: nothing is required, so that nothing can pass; informational: true is a policy that reports."] : [],
			...policy.onInconclusive === "pass" ? ["onInconclusive is pass: with too little text one rule that passes is enough."] : [],
			...rules.flatMap((rule) => hints(rule)),
			...exceptions.filter(({ expires }) => today > expires).map(({ path, line, rule, expires }) => `${path}:${line}: the waiver of ${rule} expired on ${expires}: remove it.`)
		]
	};
}
function hints(rule) {
	const where = `${rule.path}:${rule.line}: rule ${rule.id}`;
	const found = [];
	if (rule.features !== null && rule.readouts === null && rule.layers === null) found.push(`${where} lists features without readouts: ids belong to one SAE, and it looks at all of them.`);
	const { words, better, unit } = metricOf(rule.metric);
	const [limit, second] = rule.limits;
	if (limit === void 0 || second !== void 0) return found;
	if (limit.operator === "min" && better === "lower") found.push(`${where} asks ${words} to be at least something (min); lower is better, so max was probably meant.`);
	if (limit.operator === "max" && better === "higher") found.push(`${where} asks ${words} to be at most something (max); higher is better, so min was probably meant.`);
	if (limit.operator === "min" && better === "higher" && unit === "fraction" && limit.value === 1) found.push(`${where} asks for all of it: one in thousands that is hard to measure fails it.`);
	return found;
}
function counted(count, noun) {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
// src/policy/explain.ts
/** @file A policy in plain words: what `saegate policy explain` prints. */
/** Characters of a description or a reason. */
const MOST = 1e3;
const percent$1 = (fraction) => `${Number((100 * fraction).toPrecision(6))} %`;
/** Lines of text without markup, ending in a line break. */
function explainPolicy(policy) {
	const { rules, exceptions } = policy;
	const text = [
		[`Policy "${visible(policy.name)}"${policy.description === null ? "" : `: ${visible(policy.description, MOST)}`}`],
		general(policy),
		[`Rules (${rules.length}):`, ...rules.flatMap((rule) => explainRule(rule, policy))],
		exceptions.length === 0 ? [] : [`Exceptions (${exceptions.length}):`, ...exceptions.map(explainException)]
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
	return `${plainLines(text)}\n`;
}
const UNDECIDED = {
	fail: "fails the gate",
	warn: "is reported as inconclusive and does not fail the gate",
	pass: "is let through where another rule passes"
};
function general(policy) {
	const { features, confidence, dissociation } = policy;
	return [
		...policy.informational ? ["Informational: everything is reported, nothing fails the gate."] : [],
		`Features count when they fire in more than ${percent$1(features.active)} of the reference's positions. They survive at ρ ≥ ${features.survived}, are damaged below ρ = ${features.damaged} and degraded between.`,
		`A rule passes when its whole ${percent$1(confidence)} interval keeps the limit and fails when the whole interval breaks it. Anything between ${UNDECIDED[policy.onInconclusive]}. A number exactly on its limit passes falsely in ${oneSided(confidence)} of audits, and fails falsely in ${oneSided(confidence)}.`,
		`A candidate is dissociated when its perplexity changes by ${quantity(dissociation.perplexityDeltaPercent, "percent")} or less while fewer than ${percent$1(dissociation.survived)} of the features survive.`,
		...policy.rules.some(isRelative) ? [policy.baseline === "required" ? "Rules about changes need a baseline report: without one they fail." : "Rules about changes are skipped where no baseline report is given."] : []
	];
}
const isRelative = (rule) => rule.limits.some(({ operator }) => operator === "maxDrop" || operator === "maxRise");
function explainRule(rule, policy) {
	return [
		`  ${visible(rule.id)}: ${oneLine(sentence(rule, policy))}.${rule.level === "warning" ? " A warning: it never fails the gate." : ""}`,
		...rule.description === null ? [] : [`    ${visible(rule.description, MOST)}`],
		...rule.features === null ? [] : [`    Features: ${oneLine(featureNames(rule))}.`]
	];
}
function sentence(rule, policy) {
	const where = `For ${scope(rule)}`;
	if (metricOf(rule.metric).unit === "flag") return `${where}, behaviour and features must ${rule.limits[0]?.value === true ? "" : "not "}be dissociated`;
	const subject = ruleSubject(rule, policy);
	const allowance = rule.allow === 0 ? "" : `; ${rule.allow} of the ${rule.features?.ids.length ?? 0} may miss it`;
	return `${where}, ${subject} ${demand(rule)}${allowance}`;
}
function demand(rule) {
	const change = rule.limits.find(({ operator }) => operator === "maxDrop" || operator === "maxRise");
	if (change !== void 0) return `may not show more than ${limitWords(rule, change).replace(" of at most", " of")}`;
	return `must be ${rule.limits.map((limit) => limitWords(rule, limit)).join(" and ")}`;
}
function scope(rule) {
	const candidates = rule.candidates === null ? "every candidate" : `candidates matching ${rule.candidates.join(" or ")}`;
	if (metricOf(rule.metric).scope === "candidate") return candidates;
	const readouts = rule.readouts === null ? "" : ` matching ${rule.readouts.join(" or ")}`;
	const layers = rule.layers === null ? "" : ` of layer ${rule.layers.join(" or ")}`;
	return `${candidates} and ${readouts === "" && layers === "" ? "every read-out" : `read-outs${readouts}${layers}`}`;
}
const FEATURES_NAMED = 10;
function featureNames(rule) {
	const { ids, labels } = rule.features ?? {
		ids: [],
		labels: /* @__PURE__ */ new Map()
	};
	const named = ids.slice(0, FEATURES_NAMED).map((id) => {
		const label = labels.get(id);
		return label === void 0 ? String(id) : `${id} (${label})`;
	});
	return `${named.join(", ")}${ids.length > named.length ? ` and ${ids.length - named.length} more` : ""}`;
}
function explainException({ rule, candidate, reason, expires }) {
	return `  ${visible(rule)} is waived for ${visible(candidate)} through ${expires}: ${visible(reason, MOST)}`;
}
// src/cli/commands/policy.ts
/** @file `saegate policy check` and `saegate policy explain`. */
function policyCommand(host) {
	const command = new Command("policy").description("Check a policy file, or say in words what it demands.");
	command.command("check").description("Check a policy: syntax, limits, dates. Exit status 2 when it is wrong.").argument("<file>", "a YAML file, or default, strict, research").action(async (file) => {
		const { summary, hints } = checkPolicy(await readPolicy(file), (/* @__PURE__ */ new Date()).toISOString().slice(0, 10));
		host.stdout.write(`${[summary, ...hints].join("\n")}\n`);
	});
	command.command("explain").description("Say in words what a policy demands.").argument("<file>", "a YAML file, or default, strict, research").action(async (file) => host.stdout.write(`${explainPolicy(await readPolicy(file)).trimEnd()}\n`));
	return command;
}
// src/contract/experiments/forecast-schema.ts
/** @file What `saegate predict --apply --format json` prints: what a fit that was kept says of other features. */
const FORECAST_SCHEMA = "saegate/forecast@1";
({ ...whole({
	schema: { const: FORECAST_SCHEMA },
	...subject,
	thresholds: survivalRule,
	predictor: {
		...predictor,
		description: "The fit that forecasts."
	},
	features: {
		...count$2,
		description: "Active features."
	},
	expected: {
		type: "number",
		description: "Part of them that is expected to survive: the mean prediction."
	},
	standardised: {
		type: "string",
		description: "Over which features predictors were standardised."
	},
	truth: {
		description: "How it did; null: what came of the features is not known.",
		anyOf: [{ type: "null" }, whole({
			survived: count$2,
			auc: {
				...nullableNumber,
				description: "Area under the ROC curve; null: all are of one class."
			},
			calibration,
			roc
		})]
	}
}) });
// src/contract/experiments/fragility-schema.ts
/** @file What `saegate predict --format json` prints of a fit: can survival be told from the reference alone? */
const FRAGILITY_SCHEMA = "saegate/fragility@1";
const model = whole({
	coefficients: {
		type: "array",
		items: whole({
			predictor: predictorName,
			value: {
				type: "number",
				description: "Per standard deviation of the predictor."
			},
			ci: halvesInterval
		})
	},
	intercept: { type: "number" }
});
const crossValidated = {
	...whole({
		auc: {
			type: "number",
			description: "Area under the ROC curve, mean over folds and seeds."
		},
		foldSd: {
			type: "number",
			minimum: 0,
			description: "Of the folds of one seed, mean over the seeds."
		},
		seedSd: {
			type: "number",
			minimum: 0,
			description: "Of the seeds' means."
		},
		folds: count$2,
		seeds: count$2
	}),
	description: "Of predictions for features that were left out of the fit."
};
({ ...whole({
	schema: { const: FRAGILITY_SCHEMA },
	...subject,
	thresholds: survivalRule,
	confidence,
	fragility: whole({
		features: count$2,
		survived: {
			...count$2,
			description: "How many of them."
		},
		c: predictor.properties.c,
		model: {
			...model,
			description: "With all four predictors, which determine one another."
		},
		crossValidated,
		independent: {
			...whole({
				model,
				crossValidated
			}),
			description: "With log concentration left out."
		},
		standard: perPredictor(whole({
			mean: { type: "number" },
			sd: {
				type: "number",
				minimum: 0
			}
		})),
		calibration,
		roc,
		quarters: {
			...perPredictor({
				type: "array",
				maxItems: 4,
				items: whole({
					low: { type: "number" },
					high: { type: "number" },
					features: count$2,
					survived: fraction,
					ci: halvesInterval
				})
			}),
			description: "Survival in bins of equal count by each predictor, lowest first."
		}
	})
}) });
// src/experiments/predictor-file.ts
/** @file A fit kept in a file, and read again. */
/** It has some twenty numbers. */
const MOST_BYTES = 2 ** 20;
function predictorOf(subject, fragility) {
	const { path, candidate, readout, rule, activeAbove } = subject;
	const { model, crossValidated, features, survived, c } = fragility;
	const coefficientOf = (name) => model.coefficients.find((one) => one.predictor === name)?.value ?? 0;
	return {
		schema: PREDICTOR_SCHEMA,
		of: {
			path,
			candidate,
			readout
		},
		thresholds: {
			survived: rule.survived,
			above: rule.above,
			active: activeAbove
		},
		c,
		features,
		survived,
		intercept: model.intercept,
		coefficients: byPredictor(coefficientOf),
		auc: crossValidated.auc
	};
}
/** Coefficients in the order of PREDICTORS. */
function fitOfFile({ coefficients, intercept }) {
	return {
		coefficients: PREDICTORS.map((name) => coefficients[name]),
		intercept
	};
}
const check = schemaCheck(predictorSchema);
/** Errors: PREDICTOR_VERSION, PREDICTOR_INVALID, those of reading. */
async function readPredictor(path) {
	const text = await readTextFile(path, MOST_BYTES);
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw predictorInvalid(path, "it is not JSON");
	}
	const schema = typeof value === "object" && value !== null && "schema" in value ? value.schema : void 0;
	if (typeof schema === "string" && schema !== "saegate/predictor@1") throw predictorVersion(path, schema.slice(0, 60), PREDICTOR_SCHEMA);
	const checked = check();
	if (checked(value)) return value;
	const [error] = checked.errors ?? [];
	throw predictorInvalid(path, `${error?.instancePath || "it"} ${error?.message ?? "does not fit its schema"}`);
}
// src/experiments/predict.ts
/** @file Survival told from the reference alone: a fit to one candidate, or a fit that was saved applied to another model. */
/** Errors: those of subjects, TOO_FEW_OF_A_CLASS. */
async function predict(spec, asked, applied) {
	if (applied === null) return fitted(await openSubject(spec, asked));
	const { survived, above } = applied.thresholds;
	return {
		prediction: forecastOf(await openSubject(spec, {
			...asked,
			survived: asked.survived ?? survived,
			survivedAbove: asked.survivedAbove || above,
			truth: "where-known"
		}), applied),
		predictor: null
	};
}
function subjectDocument({ path, candidate, readout, rule, activeAbove }) {
	return {
		path,
		candidate,
		readout,
		thresholds: {
			...rule,
			active: activeAbove
		}
	};
}
/** Errors: TOO_FEW_OF_A_CLASS. */
function fitted(subject) {
	const { active: features, path, confidence } = subject;
	const thresholds = thresholdsOf(subject.rule);
	const fewest = 25;
	const survived = survivedOf(features.rho, thresholds);
	if (smallerClass(features, thresholds) < fewest) throw tooFewOfAClass(path, survived.reduce((sum, one) => sum + one, 0), survived.length, fewest);
	const { fragility, predicted } = fragilityOf(features, thresholds, confidence);
	return {
		predictor: predictorOf(subject, fragility),
		prediction: {
			kind: "fit",
			features: {
				ids: features.ids,
				predicted,
				survived
			},
			document: {
				schema: FRAGILITY_SCHEMA,
				...subjectDocument(subject),
				confidence,
				fragility
			}
		}
	};
}
function forecastOf(subject, predictor) {
	const { active: features } = subject;
	const { predicted, expected } = forecast(fitOfFile(predictor), features);
	const survived = subject.isTruthKnown ? survivedOf(features.rho, thresholdsOf(subject.rule)) : null;
	return {
		kind: "forecast",
		features: {
			ids: features.ids,
			predicted,
			survived
		},
		document: {
			schema: FORECAST_SCHEMA,
			...subjectDocument(subject),
			predictor,
			features: features.ids.length,
			expected,
			standardised: "z-scores by mean and standard deviation of the features that are forecast, not of those of the fit",
			truth: survived && truthOf(predicted, survived, subject.confidence)
		}
	};
}
function truthOf(predicted, survived, confidence) {
	const auc = areaUnderRoc(predicted, survived);
	const isTold = !Number.isNaN(auc);
	return {
		survived: survived.reduce((sum, one) => sum + one, 0),
		auc: isTold ? auc : null,
		calibration: calibrationOf(predicted, survived, studentQuantile(confidence, NORMAL)),
		roc: isTold ? rocCurve(predicted, survived) : []
	};
}
// src/report/experiments/prediction.ts
const COLLINEAR = "log concentration is log peak − log mean: the four predictors determine one another, and single coefficients exist through the penalty alone. Predictions do not depend on that; the fit beside it leaves log concentration out.";
// src/report/experiments/prediction-text.ts
/** @file `saegate predict` for a terminal or a log, and its features as CSV. */
const WIDTH$1 = 100;
function predictionText({ kind, document }) {
	return `${(kind === "fit" ? fitLines(document) : forecastLines(document)).join("\n")}\n`;
}
/** The features with what is predicted of them; `survived` empty where it is not known. */
function predictionCsv({ ids, predicted, survived }) {
	return `${["feature,predicted,survived", ...Array.from(ids, (id, k) => `${id},${predicted[k]},${survived?.[k] ?? ""}`)].join("\n")}\n`;
}
function subjectWords({ candidate, readout }) {
	return `${visible(candidate, 60)}${readout === null ? "" : ` at ${visible(readout, 60)}`}`;
}
function ruleWords({ thresholds: { survived, above, active } }) {
	return `survived: ρ ${above ? ">" : "≥"} ${number(survived)}; active: fires at more than ${number(active)} of positions`;
}
function aucWords({ crossValidated }) {
	const { auc, foldSd, seedSd, folds, seeds } = crossValidated;
	return `AUC ${decimal(auc, 4)} ± ${decimal(foldSd, 4)} over ${folds} folds (mean over ${seeds} seeds, which differ by ${decimal(seedSd, 4)})`;
}
function fitLines(document) {
	const { fragility } = document;
	return [
		`survival told from the reference: ${subjectWords(document)}`,
		`${count$3(fragility.survived)} of ${count$3(fragility.features)} active features survived (${percent$2(fragility.survived / fragility.features)})`,
		ruleWords(document),
		"",
		aucWords(fragility),
		`without log concentration: ${aucWords(fragility.independent)}`,
		"",
		...textTable(coefficientRows(fragility)),
		...wrap(COLLINEAR, WIDTH$1),
		"",
		...textTable(quarterRows(fragility)),
		"",
		...calibrationLines(fragility.calibration)
	];
}
/** Header and rows, plain text. */
function coefficientRows({ model, independent }) {
	return [[
		"coefficient per sd",
		"of four",
		"interval",
		"of three",
		"interval"
	], ...model.coefficients.map(({ predictor, value, ci }) => {
		const other = independent.model.coefficients.find((one) => one.predictor === predictor);
		return [
			predictor,
			decimal(value, 4),
			decimalInterval(ci, 2),
			decimal(other?.value, 4),
			decimalInterval(other?.ci, 2)
		];
	})];
}
/** Header and rows, plain text. */
function quarterRows({ quarters }) {
	const rows = PREDICTORS.map((name) => [name, ...quarters[name].map(({ survived, ci }) => `${percent$2(survived)}${ci === null ? "" : ` ${percentInterval(ci)}`}`)]);
	const most = rows.reduce((widest, row) => Math.max(widest, row.length - 1), 0);
	return [["survived", ...[
		"lowest quarter",
		"second",
		"third",
		"highest"
	].slice(0, most)], ...rows];
}
function forecastLines(document) {
	const { features, expected, predictor, standardised, truth } = document;
	const known = truth === null ? ["what came of them is not known here"] : [
		`survived: ${percent$2(truth.survived / features)} (${count$3(truth.survived)}); AUC ${decimal(truth.auc, 4)}`,
		"",
		...calibrationLines(truth.calibration)
	];
	return [
		`forecast for ${subjectWords(document)}`,
		`expected to survive: ${percent$2(expected)} of ${count$3(features)} active features`,
		ruleWords(document),
		`by the fit to ${visible(predictor.of.candidate, 60)} (${visible(predictor.of.path, 80)}; AUC ${decimal(predictor.auc, 4)} there)`,
		...wrap(standardised, WIDTH$1),
		...known
	];
}
function skillWords({ brier, skill }) {
	return `Brier score ${decimal(brier, 4)}, skill over the base rate ${decimal(skill, 3)}`;
}
function calibrationLines(calibration) {
	return [skillWords(calibration), ...textTable(reliabilityRows(calibration))];
}
/** Header and rows, plain text. */
function reliabilityRows({ reliability }) {
	return [[
		"predicted",
		"survived",
		"interval",
		"features"
	], ...reliability.map((bin) => [
		percent$2(bin.predicted),
		percent$2(bin.observed),
		percentInterval(bin.ci),
		count$3(bin.count)
	])];
}
// src/report/experiments/prediction-page.ts
/** @file `saegate predict` as a page: its tables, the ROC curve and the reliability curve. */
function predictionPage({ kind, document }) {
	if (kind === "fit") {
		const { fragility } = document;
		return experimentPage({
			title: `Survival told from the reference: ${subjectWords(document)}`,
			lines: [
				`${count$3(fragility.survived)} of ${count$3(fragility.features)} active features survived.`,
				ruleWords(document),
				aucWords(fragility),
				`Without log concentration: ${aucWords(fragility.independent)}`,
				skillWords(fragility.calibration),
				COLLINEAR
			],
			sections: [
				pageTable("Coefficients", escaped$1(coefficientRows(fragility))),
				pageTable("Survival by quarters of each predictor", escaped$1(quarterRows(fragility))),
				plots(fragility.roc, fragility.calibration)
			]
		});
	}
	const { truth, features, expected, standardised } = document;
	return experimentPage({
		title: `Forecast for ${subjectWords(document)}`,
		lines: [
			`Expected to survive: ${percent$2(expected)} of ${count$3(features)} active features.`,
			ruleWords(document),
			standardised,
			truth === null ? "What came of them is not known here." : `Survived: ${percent$2(truth.survived / features)}; AUC ${decimal(truth.auc, 4)}; ${skillWords(truth.calibration)}`
		],
		sections: truth === null ? [] : [plots(truth.roc, truth.calibration)]
	});
}
const escaped$1 = (rows) => rows.map((row) => row.map(xml$1));
const SIZE = {
	width: 420,
	height: 380,
	marginLeft: 48,
	marginRight: 16,
	marginTop: 24,
	marginBottom: 42
};
const DIAGONAL = [{
	x: 0,
	y: 0
}, {
	x: 1,
	y: 1
}];
function plots(roc, calibration) {
	return `<section><h2>Predictions</h2><div class="grid">${rocPlot(roc)}\n${reliabilityPlot(calibration)}</div></section>`;
}
/** More points than this are not seen apart. */
const MOST_POINTS = 400;
function thinned(roc) {
	const step = Math.max(1, Math.ceil(roc.length / MOST_POINTS));
	return roc.filter((_, i) => i % step === 0 || i === roc.length - 1);
}
function chance() {
	return line$2(DIAGONAL, {
		x: "x",
		y: "y",
		stroke: "var(--muted)",
		strokeDasharray: "4 3"
	});
}
function rocPlot(roc) {
	const points = thinned(roc);
	const at = (rate) => roc.reduce((best, one) => one.falsePositive <= rate ? Math.max(best, one.truePositive) : best, 0);
	return figure$1({
		...SIZE,
		x: {
			domain: [0, 1],
			label: "Lost, called survivors →",
			ticks: 5
		},
		y: {
			domain: [0, 1],
			label: "↑ Survivors, called survivors",
			ticks: 5,
			grid: true
		},
		marks: [chance(), line$2([...points], {
			x: "falsePositive",
			y: "truePositive",
			stroke: "var(--accent)"
		})]
	}, {
		id: "roc",
		title: "ROC curve",
		description: "Predictions for features that were not fitted to. Dashed: chance.",
		header: ["Lost, called survivors", "Survivors, called survivors"],
		rows: [
			.01,
			.05,
			.1,
			.2,
			.5
		].map((rate) => [percent$2(rate, 0), percent$2(at(rate))])
	});
}
function reliabilityPlot(calibration) {
	const bins = calibration.reliability.map((bin) => ({
		...bin,
		low: bin.ci[0],
		high: bin.ci[1]
	}));
	const [header = [], ...rows] = reliabilityRows(calibration);
	return figure$1({
		...SIZE,
		x: {
			domain: [0, 1],
			label: "Predicted →",
			ticks: 5
		},
		y: {
			domain: [0, 1],
			label: "↑ Survived",
			ticks: 5,
			grid: true
		},
		marks: [
			chance(),
			ruleX(bins, {
				x: "predicted",
				y1: "low",
				y2: "high",
				stroke: "var(--accent)"
			}),
			dot(bins, {
				x: "predicted",
				y: "observed",
				fill: "var(--accent)",
				r: 4
			})
		]
	}, {
		id: "reliability",
		title: "Are predictions true?",
		description: "Features in tenths by prediction, with Wilson intervals. On the dashed line they are.",
		header,
		rows
	});
}
// src/cli/commands/predict.ts
/** @file `saegate predict`: can survival be told from the reference alone? No model is run. */
const WORDS$5 = `
A penalised logistic regression of "survived" on rarity, log mean, log peak and log concentration of each active feature in the
reference, cross-validated; survival by quarters of each; a reliability curve. With --apply no fit is made: the saved one
forecasts, and where the table has correlations it is told how well. A table for --apply needs none.

Examples:
  $ saegate predict saegate-report/report.json#rtn-6 --save fragile.json
  $ saegate predict other-model.csv --apply fragile.json --format csv --out forecast.csv
`;
const FORMS$4 = {
	text: predictionText,
	json: ({ document }) => `${jsonText(document, true)}\n`,
	html: predictionPage,
	csv: ({ features }) => predictionCsv(features)
};
function predictCommand(host, setStatus) {
	const command = new Command("predict").description("Tell from the reference alone which features survive; no model is run.").argument("<REPORT|TABLE>", "a report.json with #CANDIDATE, or a feature table").addOption(new Option("--format <FORMAT>", "the form").choices(Object.keys(FORMS$4)).default("text")).option("--out <FILE>", "write to a file instead of standard output").option("--save <FILE>", "keep the fit").option("--apply <FILE>", "forecast with a fit that was kept").addHelpText("after", WORDS$5);
	for (const flag of featureFlags()) command.addOption(flag);
	refuseRepeats(command);
	return command.action(async (spec, given) => {
		if (given.save !== void 0 && given.apply !== void 0) throw saveWithApply();
		const applied = given.apply === void 0 ? null : await readPredictor(given.apply);
		const { prediction, predictor } = await predict(spec, askedFor(given), applied);
		const text = FORMS$4[given.format](prediction);
		if (host.signal.aborted) throw interrupted();
		if (given.save !== void 0 && predictor !== null) await writeOutput(given.save, `${jsonText(predictor, true)}\n`);
		if (given.out === void 0) host.stdout.data(text);
		else await writeOutput(given.out, text);
		setStatus(0);
	});
}
// src/registry/night/result.ts
/** 1: a candidate that was audited now does not pass; 3: none of these, but something could not be looked at; 0: else. */
function nightStatus({ done, sourceErrors }) {
	if (done.some(({ outcome }) => outcome.kind === "verdict" && outcome.blocks)) return 1;
	return sourceErrors.length > 0 || done.some(({ outcome }) => outcome.kind === "error") ? 3 : 0;
}
// src/registry/state/collect.ts
/** @file What runs on other machines found, brought together: their reports first, then what their journals say of them. */
/** Where the next listing begins is each machine's own. */
const OWN = ["history", "cursor"];
/**
* Take over what the states in `folders` say and this one does not, once, however often they are given. Errors:
* REGISTRY_NOT_THERE, REGISTRY_DAMAGED (a report is not the one that its journal speaks of), those of reading and writing.
*/
async function collect$1(here, state, parts) {
	let [audits, reports] = [0, 0];
	const shards = /* @__PURE__ */ new Set();
	for (const folder of parts.folders) {
		const text = await readJournal(folder);
		if (text === null) throw registryNotThere(folder);
		const news = text.records.filter(({ id, what }) => !state.history.ids.has(id) && !OWN.includes(what.type));
		for (const { what } of news) {
			if (what.type === "run" && what.shard !== null) shards.add(what.shard);
			if (what.type !== "finished") continue;
			audits++;
			if (what.folder !== null && what.outcome.kind === "verdict") reports += await bring(folder, here, {
				name: what.folder,
				sha256: what.outcome.report
			}) ? 1 : 0;
		}
		await take(state, news);
	}
	const missing = parts.shards?.filter((shard) => !shards.has(shard)) ?? missingOf(shards);
	return {
		schema: "saegate/registry-collect@1",
		audits,
		reports,
		missing
	};
}
async function take(state, news) {
	await state.adopt(news);
	state.history.add(news);
}
/** False: it is here already. */
async function bring(from, to, { name, sha256 }) {
	const [source, target] = [join(from, "reports", name), join(to, "reports", name)];
	if (await digestOf(join(target, "report.json")) === sha256) return false;
	const found = await digestOf(join(source, "report.json"));
	if (found === null) throw fileMissing(join(source, "report.json"));
	if (found !== sha256) throw registryDamaged(join(source, "report.json"), found, sha256);
	try {
		await makeFolder(join(to, "reports"));
		const { path, forget } = temporaryPathIn(join(to, "reports"), name);
		await cp(source, path, { recursive: true });
		await rm(target, {
			recursive: true,
			force: true
		});
		await rename(path, target);
		forget();
	} catch (error) {
		throw writeProblem(target, error);
	}
	return true;
}
async function digestOf(path) {
	const bytes = await readFile(path).catch(() => null);
	return bytes === null ? null : createHash("sha256").update(bytes).digest("hex");
}
/** Of every number of shards that was met, those that were not. */
function missingOf(shards) {
	return [...new Set([...shards].map((shard) => Number(shard.split("/")[1])))].flatMap((count) => Array.from({ length: count }, (_, i) => `${i + 1}/${count}`).filter((shard) => !shards.has(shard)));
}
// src/registry/state/sweep-up.ts
/** @file What of a registry's folder nobody needs any more: reports of older audits, and of runs that were killed. */
/**
* Delete the reports of all but the last `keep` audits of each candidate, and all downloads where that is asked for. The history
* itself stays: what an audit found is known without its report.
*/
async function sweepUp(folder, history, { keep, downloads }) {
	const needed = /* @__PURE__ */ new Set();
	const counted = /* @__PURE__ */ new Map();
	for (const { what } of [...history.audits].reverse()) {
		const before = counted.get(what.item) ?? 0;
		if (what.folder === null || before >= keep) continue;
		counted.set(what.item, before + 1);
		needed.add(what.folder);
	}
	const open = [...history.items.values()].flatMap((known) => known.open === null ? [] : [known.open.key]);
	const isNeeded = (name) => needed.has(name) || open.some((key) => name.startsWith(key));
	const reports = join(folder, "reports");
	await removeDeadTemporaries(reports);
	const deletedReports = (await namesIn(reports)).filter((name) => !isNeeded(name));
	for (const name of deletedReports) await rm(join(reports, name), {
		recursive: true,
		force: true
	});
	const deletedDownloads = downloads ? await namesIn(join(folder, "downloads")) : [];
	for (const name of deletedDownloads) await rm(join(folder, "downloads", name), {
		recursive: true,
		force: true
	});
	return {
		schema: "saegate/registry-gc@1",
		deletedReports,
		deletedDownloads
	};
}
const namesIn = (folder) => readdir(folder).then((names) => names.filter((name) => !name.startsWith(".")).sort(), () => []);
// src/registry/words/history-text.ts
/** @file The history of candidates, for a terminal. Pure. */
const dayOf = (at) => at.slice(0, 16).replace("T", " ");
const found = ({ outcome, isJudgedAgain }) => {
	if (outcome.kind === "error") return outcome.message;
	return `${figureWords(outcome.figures)}${isJudgedAgain === true ? ", judged again by another policy" : ""}`;
};
/** Every candidate with its last outcome. */
function statusText({ items, audits }) {
	const all = [...items].sort(([a], [b]) => a < b ? -1 : 1);
	const width = Math.min(50, Math.max(10, ...all.map(([id]) => id.length)));
	const rows = all.map(([id, known]) => {
		const last = known.last?.what ?? null;
		const outcome = last?.outcome ?? null;
		return `${mark$1(outcome)} ${pad(id, width)}  ${pad(outcomeWord(outcome), 15)} ${last === null ? "" : found(last)}${notes(known)}`.trimEnd();
	});
	return `${[`${all.filter(([, { isListed }]) => isListed).length} candidates listed, ${audits.length} audits made`, ...rows].join("\n")}\n`;
}
function notes({ isListed, isWanted, open }) {
	const said = [
		isListed ? null : "no longer listed",
		isWanted ? "asked for again" : null,
		open === null ? null : "begun, and not ended"
	].filter((note) => note !== null);
	return said.length === 0 ? "" : ` (${said.join(", ")})`;
}
/** Every audit, the last one first. */
function historyText(audits) {
	const rows = [...audits].reverse().map(({ at, what }) => {
		const { outcome, item, revision } = what;
		return `${dayOf(at)}  ${mark$1(outcome)} ${item}@${revision.slice(0, 12)}  ${outcomeWord(outcome)}  ${found(what)}`;
	});
	return `${rows.length === 0 ? "No audit yet." : rows.join("\n")}\n`;
}
/** All that is known of one candidate; `reportOf`: where a report is. */
function showText(id, known, audits, reportOf) {
	const { item, last } = known;
	const lines = [
		`${id}${notes(known)}`,
		`revision  ${item.revision}${item.when === null ? "" : `, ${dayOf(item.when)}`}`,
		...item.base === null ? [] : [`made of   ${item.base}`]
	];
	if (last !== null) {
		const { outcome, inputs, folder, tries } = last.what;
		lines.push(`verdict   ${outcomeWord(outcome)}: ${found(last.what)}`);
		if (outcome.kind === "error") lines.push(`          ${outcome.fix} (${outcome.code}; ${retryWords(outcome.class, tries)})`);
		if (folder !== null) lines.push(`report    ${reportOf(folder)}`);
		for (const [name, digest] of Object.entries(inputs)) lines.push(`${pad(name, 9)} ${digest}`);
	}
	return `${lines.join("\n")}\n\n${historyText(audits)}`;
}
// src/cli/registry/history-commands.ts
/** @file `saegate registry status|history|show|retry|collect|gc|page`: what the state says, and what may be done to it. */
/** The flags by which every one of them finds its state. */
function stateCommand(name, description) {
	return new Command(name).description(description).option("--config <FILE>", "registry.yaml, which names the state", DEFAULT_CONFIG).option("--state <DIR>", "the folder of the state, instead");
}
function historyCommands(host, setStatus) {
	const print = (given, value, text) => given.json === true ? host.stdout.data(`${jsonText(value, true)}\n`) : host.stdout.write(text);
	return [
		stateCommand("status", "Every candidate and what its last audit found.").option("--json", "as JSON").action(async (given) => {
			const history = await readState(await stateFolder(given));
			print(given, [...history.items.values()], statusText(history));
		}),
		stateCommand("history", "Every audit ever made, the last one first.").argument("[CANDIDATE]", "SOURCE:NAME, with * and ? for several").option("--json", "as JSON").action(async (asked, given) => {
			const history = await readState(await stateFolder(given));
			const ids = new Set(asked === void 0 ? history.items.keys() : idsOf(history, asked));
			const audits = history.audits.filter(({ what }) => ids.has(what.item));
			print(given, audits, historyText(audits));
		}),
		stateCommand("show", "All that is known of a candidate: verdict, report, digests of what it was measured with.").argument("<CANDIDATE>", "SOURCE:NAME, with * and ? for several").option("--json", "as JSON").action(async (asked, given) => {
			const folder = await stateFolder(given);
			const history = await readState(folder);
			const shown = idsOf(history, asked).flatMap((id) => {
				const known = history.items.get(id);
				const audits = history.audits.filter(({ what }) => what.item === id);
				return known === void 0 ? [] : [{
					id,
					known,
					audits
				}];
			});
			const where = (name) => reportPath(folder, name);
			print(given, shown, shown.map(({ id, known, audits }) => showText(id, known, audits, where)).join("\n"));
		}),
		retryCommand(host),
		collectCommand(host, setStatus),
		gcCommand(host),
		pageCommand(host)
	];
}
function retryCommand(host) {
	return stateCommand("retry", "Have the next run audit candidates again, whatever their last outcome.").argument("<CANDIDATE...>", "SOURCE:NAME, with * and ? for several").action(async (asked, given) => {
		const folder = await stateFolder(given);
		await readState(folder);
		const items = await withState(folder, async ({ history, note }) => {
			const ids = [...new Set(asked.flatMap((one) => idsOf(history, one)))];
			await note({
				type: "retry",
				items: ids
			});
			return ids;
		});
		host.stdout.write(`The next run audits ${items.join(", ")} again.\n`);
	});
}
function collectCommand(host, setStatus) {
	return stateCommand("collect", "Take over what runs of shards on other machines found.").argument("<DIR...>", "their states").option("--shards <LIST>", "those that were to run, as matrix named them: 1/4,3/4; else all", shardList).addHelpText("after", "\nExit status: 0 all these shards are there, 3 one is missing (its candidates are audited by the next run).\n").action(async (folders, given) => {
		const folder = await stateFolder(given);
		const { shards = null } = given;
		const collected = await withState(folder, (state) => collect$1(folder, state, {
			folders,
			shards
		}));
		host.stdout.write(`${collected.audits} audits and ${collected.reports} reports taken over.\n`);
		for (const shard of collected.missing) host.stderr.write(`Shard ${shard} is missing.\n`);
		setStatus(collected.missing.length === 0 ? 0 : 3);
	});
}
function gcCommand(host) {
	return stateCommand("gc", "Delete reports of older audits and what killed runs left; the history stays.").option("--keep <N>", "reports to keep of each candidate", count$1, 3).option("--downloads", "delete all downloads too").action(async (given) => {
		const folder = await stateFolder(given);
		await readState(folder);
		const { keep, downloads = false } = given;
		const swept = await withState(folder, ({ history }) => sweepUp(folder, history, {
			keep,
			downloads
		}));
		host.stdout.write(`${swept.deletedReports.length} reports and ${swept.deletedDownloads.length} downloads deleted.\n`);
	});
}
function pageCommand(host) {
	return stateCommand("page", "Write a static site: every model, its history, its badge, and models beside each other.").option("--out <DIR>", "where", "saegate-site").option("--title <TEXT>", "what it is called", "Quantized models").option("--with-reports", "copy the page of each last report too, with every path that it names").action(async (given) => {
		const state = await stateFolder(given);
		const history = await readState(state);
		const { makeSite } = await import("./shared-site.js");
		const { out, title, withReports = false } = given;
		const made = await makeSite(history, {
			state,
			out,
			title,
			withReports,
			tool: VERSION
		});
		host.stdout.write(`${made.models} models: ${made.written} files written, ${made.unchanged} as they were, ${made.removed} removed. Open ${join(out, "index.html")}.\n`);
	});
}
/** Errors: REGISTRY_SHARD_INVALID. */
const shardList = (given) => given.split(",").map((one) => shardName(parseShard$1(one)));
/** A whole number from 1. */
function count$1(given) {
	if (!/^[1-9]\d{0,5}$/.test(given)) throw new InvalidArgumentError("A whole number from 1 was expected.");
	return Number(given);
}
/** Candidates by their names. Errors: REGISTRY_ITEM_UNKNOWN. */
function idsOf({ items }, asked) {
	const ids = [...items.keys()].filter((id) => matchesGlob(asked, id)).sort();
	if (ids.length > 0) return ids;
	const near = [...items.keys()].filter((id) => id.includes(asked.slice(asked.indexOf(":") + 1)));
	throw registryItemUnknown(asked.slice(0, 100), near.sort().slice(0, 5));
}
// src/cli/commands/registry.ts
/** @file `saegate registry`: audits of every new or changed candidate of a registry, night after night. */
const EXAMPLES$2 = `
Exit status: 0 nothing that was audited is blocked, 1 something is, 2 bad usage or input, 3 something could not be audited.

Examples:
  $ saegate registry run --config registry.yaml --dry-run     # what would be audited, and why
  $ saegate registry run --config registry.yaml --max-hours 6 --publish
  $ saegate registry status
  $ saegate registry retry 'hub:acme/llama-*'
docs/registry.md walks through it.
`;
function registryCommand(host, setStatus) {
	const command = new Command("registry").description("Audit every new or changed candidate of a registry, and keep the history.").addHelpText("after", EXAMPLES$2);
	for (const one of [
		runCommand(host, setStatus),
		matrixCommand(host),
		...historyCommands(host, setStatus)
	]) command.addCommand(one);
	return command;
}
function runCommand(host, setStatus) {
	return new Command("run").description("List the sources, audit what is new or changed, tell the verdicts.").option("--config <FILE>", "sources, rules, and where verdicts go", DEFAULT_CONFIG).option("--state <DIR>", "the folder of the state, instead of the one that the file names").option("--dry-run", "say what would be audited, and write nothing").option("--max-hours <N>", "begin no audit after that, and end those that run then: 6, or 90m; 0: none").option("--max-disk <SIZE>", "keep downloads apart, and within this size: 200GB").option("--jobs <N>", "audits at once", count$1, 1).option("--shard <I/N>", "only the candidates of one of N machines: 1/4").option("--event <FILE>", "only what this event speaks of: {\"headers\": {…}, \"body\": \"…\"} of a webhook, or $GITHUB_EVENT_PATH of a repository_dispatch; -: standard input").option("--event-header <NAME: VALUE>", "a header of the webhook, for each that it came with; the file is then its body alone", (one, all = []) => [...all, one]).option("--publish", "tell the verdicts where the file says; else it is only said where they would go").addOption(new Option("--format <format>", "how to print the summary").choices(["text", "json"]).default("text")).action(async (given) => {
		const { maxHours, maxDisk, shard } = given;
		const { night, summarise } = await import("./shared-night.js");
		const result = await night(host, {
			config: given.config,
			...given.state === void 0 ? {} : { state: given.state },
			...given.event === void 0 ? {} : { event: given.event },
			...given.eventHeader === void 0 ? {} : { eventHeaders: given.eventHeader },
			isDryRun: given.dryRun === true,
			most: maxHours === void 0 ? null : hours(maxHours),
			mostDisk: maxDisk === void 0 ? null : readSize("--max-disk", maxDisk, DISK),
			atOnce: given.jobs,
			shard: shard === void 0 ? null : parseShard$1(shard),
			publishes: given.publish === true
		});
		if (given.format === "json") host.stdout.data(`${jsonText(result, true)}\n`);
		else host.stdout.write(nightText(result));
		await summarise(host, result);
		if (host.signal.aborted) throw interrupted("what was finished is kept");
		setStatus(nightStatus(result));
	});
}
const DISK = {
	kind: "size",
	min: 2 ** 20,
	max: 0x38d7ea4c68000
};
/** `6` and `6h` are the same; 0 is a run that lists and tells, and audits nothing. */
function hours(given) {
	if (given.trim() === "0") return 0;
	return durationOf("--max-hours", /[smh]$/.test(given.trim()) ? given : `${given}h`);
}
const MOST_SHARDS = 256;
function matrixCommand(host) {
	return new Command("matrix").description("Print which shards have work, as the matrix of a GitHub workflow; nothing is written.").option("--config <FILE>", "sources and rules", DEFAULT_CONFIG).option("--state <DIR>", "the folder of the state, instead of the one that the file names").option("--shards <N>", "machines at most", shards, 4).action(async (given) => {
		const { night } = await import("./shared-night.js");
		const { due } = await night(host, {
			config: given.config,
			...given.state === void 0 ? {} : { state: given.state },
			isDryRun: true,
			most: null,
			mostDisk: null,
			atOnce: 1,
			shard: null,
			publishes: false
		});
		const named = [...new Set(due.map(({ item }) => shardOf(item, given.shards)))].sort((a, b) => a - b).map((index) => `${index}/${given.shards}`);
		host.stdout.data(`${jsonText({
			shard: named,
			due: due.length
		}, false)}\n`);
	});
}
function shards(given) {
	const found = count$1(given);
	if (found > MOST_SHARDS) throw new InvalidArgumentError(`At most ${MOST_SHARDS}.`);
	return found;
}
// src/contract/experiments/repair-schema.ts
/** @file What `saegate repair --format json` prints: which tensors to keep, what that costs, and what judged it. */
const REPAIR_SCHEMA = "saegate/repair@1";
const names = {
	type: "array",
	items: { type: "string" }
};
const verdict = { enum: [
	"pass",
	"fail",
	"inconclusive"
] };
const plan = whole({
	units: {
		...names,
		description: "Tensors, blocks or kinds that are given back."
	},
	extraBytes: {
		...count$2,
		description: "More than the candidate takes."
	},
	bytes: {
		...count$2,
		description: "Of all target matrices."
	},
	bitsPerWeight: {
		type: "number",
		description: "Of all target matrices, scales included."
	},
	verdict: {
		...verdict,
		description: "On the tokens that were searched on."
	},
	survived: {
		...nullableNumber,
		description: "The least of the read-outs."
	},
	kl: nullableNumber
});
({ ...whole({
	schema: { const: REPAIR_SCHEMA },
	reference: { type: "string" },
	candidate: { type: "string" },
	policy: { type: "string" },
	by: { enum: [
		"tensor",
		"block",
		"kind"
	] },
	becomes: { const: "reference" },
	tokens: whole({
		search: count$2,
		judged: { anyOf: [{ type: "null" }, count$2] }
	}),
	plansTried: count$2,
	exhaustive: {
		type: "boolean",
		description: "Every cheaper set was tried."
	},
	plan,
	spec: {
		type: "string",
		description: "The plan as a candidate: plan:FILE."
	},
	file: whole(tensorPlanSchema.properties),
	judged: {
		description: "On tokens that the search has not seen; null: no plan passed on those that it has.",
		anyOf: [{ type: "null" }, whole({
			verdict,
			survived: nullableNumber,
			kl: nullableNumber,
			failing: names,
			report: { type: "string" }
		})]
	},
	frontier: {
		type: "array",
		items: plan
	},
	exports: whole({
		llamaQuantize: names,
		llamaQuantizeUnnamed: names,
		llmCompressor: whole({
			ignore: names,
			config_groups: {
				type: "object",
				maxProperties: 0
			}
		}),
		gptqModel: whole({ dynamic: {
			type: "object",
			additionalProperties: { type: "object" }
		} }),
		autoRound: whole({ layer_config: {
			type: "object",
			additionalProperties: whole({
				bits: count$2,
				data_type: { type: "string" }
			})
		} })
	}),
	notes: names
}) });
// src/experiments/repair/exports.ts
/** Ends of module names, and llama.cpp's name for them in a block. */
const GGUF_NAMES = [
	[/(^|\.)q_proj$/, "attn_q"],
	[/(^|\.)k_proj$/, "attn_k"],
	[/(^|\.)v_proj$/, "attn_v"],
	[/(^|\.)(qkv_proj|query_key_value|c_attn)$/, "attn_qkv"],
	[/(^|\.)(o_proj|attention\.dense|self_attention\.dense|self_attn\.dense|attn\.c_proj|out_proj)$/, "attn_output"],
	[/(^|\.)gate_proj$/, "ffn_gate"],
	[/(^|\.)(up_proj|gate_up_proj|dense_h_to_4h|c_fc|fc1)$/, "ffn_up"],
	[/(^|\.)(down_proj|dense_4h_to_h|mlp\.c_proj|fc2)$/, "ffn_down"]
];
const moduleOf = (tensor) => tensor.replace(/\.weight$/, "");
/** `blk.3.ffn_down`; null: llama.cpp has no name for it alone. */
function ggufName(tensor) {
	const name = moduleOf(tensor);
	if (/\.experts\./.test(name)) return null;
	const block = /\.(\d+)\./.exec(name)?.[1];
	const known = GGUF_NAMES.find(([end]) => end.test(name));
	return block === void 0 || known === void 0 ? null : `blk.${block}.${known[1]}`;
}
/** A pattern that means this text. */
const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** `storedAs`: the reference's type (F16, BF16, F32). */
function exportsOf(tensors, storedAs) {
	const type = /BF16/.test(storedAs) ? "bf16" : /F32/.test(storedAs) ? "f32" : "f16";
	const modules = tensors.map(moduleOf);
	const named = tensors.map((tensor) => ({
		tensor,
		name: ggufName(tensor)
	}));
	return {
		llamaQuantize: named.flatMap(({ name }) => name === null ? [] : [`--tensor-type '^${literally(name)}\\.weight$=${type}'`]),
		llamaQuantizeUnnamed: named.flatMap(({ tensor, name }) => name === null ? [tensor] : []),
		llmCompressor: {
			ignore: modules,
			config_groups: {}
		},
		gptqModel: { dynamic: Object.fromEntries(modules.map((name) => [`-:^${literally(name)}$`, {}])) },
		autoRound: { layer_config: Object.fromEntries(modules.map((name) => [name, {
			bits: type === "f32" ? 32 : 16,
			data_type: "float"
		}])) }
	};
}
// src/experiments/repair/pieces.ts
/** One for each unit that was swapped. Lost features, lowered ρ and KL count alike, each as a share of what all units do together. */
function piecesOf({ tensors: rows }) {
	const units = [...new Set(rows.map(({ tensor }) => tensor))].flatMap((name) => {
		const own = rows.filter(({ tensor }) => tensor === name);
		const [first] = own;
		if (first === void 0) return [];
		return [{
			name,
			tensors: first.tensors,
			bytes: first.bytes.reference - first.bytes.candidate,
			harm: [
				own.reduce((sum, { lost }) => sum + lost, 0),
				own.reduce((sum, { meanCorrelation }) => sum + 1 - meanCorrelation, 0),
				Math.max(0, first.klChange ?? 0)
			]
		}];
	});
	const totals = [
		0,
		1,
		2
	].map((i) => units.reduce((sum, { harm }) => sum + (harm[i] ?? 0), 0));
	return units.map(({ name, tensors, bytes, harm }) => ({
		name,
		tensors,
		bytes: Math.max(0, bytes),
		benefit: harm.reduce((sum, one, i) => sum + (totals[i] ? one / totals[i] : 0), 0)
	}));
}
/** Sets that are measured at once. */
const TOGETHER = 16;
/** Points between two prefixes that are looked at at once. */
const POINTS = 4;
/** Rounds of exchanges: each makes the set cheaper. */
const MOST_EXCHANGES = 6;
const bytesOf = (pieces) => pieces.reduce((sum, { bytes }) => sum + bytes, 0);
/** Most benefit per byte first; what costs nothing before all. */
function byBenefit(pieces) {
	const worth = ({ benefit, bytes }) => benefit / Math.max(1, bytes);
	return [...pieces].sort((a, b) => worth(b) - worth(a) || a.bytes - b.bytes);
}
/** Errors: those of measuring. */
async function searchPlan(pieces, measure) {
	const memory = new SetMemory(pieces, measure);
	const order = byBenefit(pieces);
	const prefix = (length) => order.slice(0, length);
	const [none, all] = await memory.tryAll([prefix(0), prefix(order.length)]);
	if (none === void 0 || all === void 0) throw new RangeError("no set was measured");
	if (none.verdict === "pass") return {
		best: none,
		all,
		tried: memory.tried,
		isExhaustive: true
	};
	if (all.verdict !== "pass") return {
		best: null,
		all,
		tried: memory.tried,
		isExhaustive: false
	};
	let best = await cheapestPrefix(memory, prefix, order.length, all);
	best = await exchanged(memory, order, best);
	const isExhaustive = pieces.length <= 10;
	if (isExhaustive) best = await cheapestOfAll(memory, pieces, best);
	return {
		best,
		all,
		tried: memory.tried,
		isExhaustive
	};
}
var SetMemory = class {
	#known = /* @__PURE__ */ new Map();
	#order;
	#measure;
	constructor(pieces, measure) {
		this.#order = new Map(pieces.map((piece, i) => [piece, i]));
		this.#measure = measure;
	}
	get tried() {
		return [...this.#known.values()];
	}
	#key(set) {
		return set.map((piece) => this.#order.get(piece) ?? -1).sort((a, b) => a - b).join();
	}
	/** Each set is measured once. */
	async tryAll(sets) {
		const unknown = [...new Map(sets.map((set) => [this.#key(set), set])).entries()].filter(([key]) => !this.#known.has(key));
		for (let start = 0; start < unknown.length; start += TOGETHER) {
			const some = unknown.slice(start, start + TOGETHER);
			const found = await this.#measure(some.map(([, set]) => set));
			for (const [i, [key, pieces]] of some.entries()) {
				const measured = found[i];
				if (measured === void 0) throw new RangeError("a set was not measured");
				this.#known.set(key, {
					pieces,
					bytes: bytesOf(pieces),
					...measured
				});
			}
		}
		return sets.flatMap((set) => this.#known.get(this.#key(set)) ?? []);
	}
};
/** The shortest prefix that passes, where longer ones do; a few points between the last that fails and the first that passes at a time. */
async function cheapestPrefix(memory, prefix, length, all) {
	let [fails, passes, best] = [
		0,
		length,
		all
	];
	while (passes - fails > 1) {
		const step = (passes - fails) / 5;
		const between = Array.from({ length: POINTS }, (_, i) => Math.round(fails + step * (i + 1)));
		const lengths = [...new Set(between)].filter((at) => at > fails && at < passes);
		const tried = await memory.tryAll(lengths.map(prefix));
		const first = tried.findIndex(({ verdict }) => verdict === "pass");
		const found = tried[first];
		if (found === void 0) fails = lengths.at(-1) ?? passes;
		else {
			best = found;
			passes = lengths[first] ?? passes;
			fails = lengths[first - 1] ?? fails;
		}
	}
	return best;
}
/** One piece left out, or one for a cheaper one, as long as the policy passes and it costs less. */
async function exchanged(memory, pieces, start) {
	let best = start;
	for (let round = 0; round < MOST_EXCHANGES; round++) {
		const { pieces: own } = best;
		const outside = pieces.filter((piece) => !own.includes(piece));
		const without = (left) => own.filter((piece) => piece !== left);
		const largest = [...own].sort((a, b) => b.bytes - a.bytes);
		const steps = [...largest.map(without), ...largest.flatMap((left) => outside.filter(({ bytes }) => bytes < left.bytes).map((taken) => [...without(left), taken]))];
		const found = cheapest((await memory.tryAll(steps.slice(0, 32))).filter(({ verdict, bytes }) => verdict === "pass" && bytes < best.bytes));
		if (found === null) return best;
		best = found;
	}
	return best;
}
function cheapest(sets) {
	const [first] = [...sets].sort((a, b) => a.bytes - b.bytes || (b.survived ?? 0) - (a.survived ?? 0));
	return first ?? null;
}
/** Every set that costs less, cheapest first: the first that passes is the answer. */
async function cheapestOfAll(memory, pieces, best) {
	const cheaper = Array.from({ length: 2 ** pieces.length }, (_, bits) => pieces.filter((_, i) => bits >> i & 1)).filter((set) => bytesOf(set) < best.bytes).sort((a, b) => bytesOf(a) - bytesOf(b));
	for (let start = 0; start < cheaper.length; start += TOGETHER) {
		const found = cheapest((await memory.tryAll(cheaper.slice(start, start + TOGETHER))).filter(({ verdict }) => verdict === "pass"));
		if (found !== null) return found;
	}
	return best;
}
/** Those that no other is both as cheap and as good as; cheapest first. */
function frontierOf(tried) {
	const sorted = [...tried].sort((a, b) => a.bytes - b.bytes || worth(b) - worth(a));
	const kept = [];
	for (const one of sorted) {
		const before = kept.at(-1);
		if (before === void 0 || worth(one) > worth(before)) kept.push(one);
	}
	return kept;
}
/** By what survives; where no feature is looked at, by KL. */
const worth = ({ survived, kl }) => survived ?? -(kl ?? 0);
// src/experiments/repair/repair.ts
/**
* @file From a candidate that fails to the cheapest plan that passes: swaps, search and exchanges on one half of the text, one
* judgement on the other, which nobody has looked at before.
*/
/** `request`: of one candidate, with a policy. Errors: those of audits, REPAIR_REFERENCE_FAILS. */
async function repair(host, request, by) {
	const [base] = request.candidates;
	if (base === void 0) throw new RangeError("nothing to repair");
	const bare = {
		explain: 0,
		nullCheck: false,
		noiseFloor: "none",
		noiseNull: false,
		baseline: null
	};
	const searching = {
		...request,
		...bare,
		half: "first"
	};
	const swaps = {
		by,
		first: null,
		restored: 0,
		controls: 0,
		seed: 0,
		kl: request.perplexity.chunked
	};
	const attributed = await host.measure({
		...searching,
		attribution: swaps
	});
	const attribution = present$1(attributed.candidates[0]?.attribution, "an attribution");
	const fileOf = (pieces) => ({
		schema: TENSOR_PLAN_SCHEMA,
		base,
		tensors: Object.fromEntries(pieces.flatMap(({ tensors }) => tensors.map((name) => [name, AS_REFERENCE])))
	});
	const search = await searchPlan(piecesOf(attribution), async (sets) => {
		const candidates = [];
		for (const set of sets) candidates.push(await host.keep(fileOf(set)));
		const { candidates: measured } = await host.measure({
			...searching,
			candidates
		});
		return measured.map(measuredOf);
	});
	if (search.best === null && search.all.verdict === "fail") throw repairReferenceFails(search.all.failing);
	const chosen = search.best ?? bestOf(search);
	const spec = await host.offer(fileOf(chosen.pieces));
	return told({
		request,
		by,
		base,
		attributed,
		attribution,
		search,
		chosen,
		judged: search.best === null ? null : await host.measureAndWrite({
			...request,
			baseline: null,
			half: "second",
			candidates: [spec]
		})
	}, {
		spec,
		file: fileOf(chosen.pieces)
	});
}
const UNJUDGED = "inconclusive";
function measuredOf({ verdict, features, divergence, rules }) {
	const survived = features.map((one) => one.survived.fraction);
	return {
		verdict: verdict ?? UNJUDGED,
		survived: survived.length === 0 ? null : Math.min(...survived),
		kl: divergence?.klMean ?? null,
		failing: rules.filter(({ level, status }) => level === "error" && (status === "fail" || status === "inconclusive")).map(({ id }) => id)
	};
}
/** Where none passes. */
function bestOf({ tried, all }) {
	return frontierOf(tried).at(-1) ?? all;
}
function told(found, offered) {
	const { request, by, base, attributed, attribution, search, chosen, judged } = found;
	const plan = (tried) => planReport(attribution, tried);
	const result = judged === null ? null : measuredOf(present$1(judged.report.candidates[0]));
	const tensors = Object.keys(offered.file.tensors);
	return {
		schema: REPAIR_SCHEMA,
		reference: request.reference,
		candidate: base,
		policy: request.policy ?? "",
		by,
		becomes: AS_REFERENCE,
		tokens: {
			search: attributed.corpus.tokens,
			judged: judged?.report.corpus.tokens ?? null
		},
		plansTried: search.tried.length,
		exhaustive: search.isExhaustive,
		plan: plan(chosen),
		...offered,
		judged: result === null || judged === null ? null : {
			...result,
			report: judged.path
		},
		frontier: frontierOf(search.tried).map(plan),
		exports: exportsOf(tensors, attributed.reference.storedAs),
		notes: [...request.baseline === null ? [] : ["rules against a baseline were left out: a half of the text is another text"], ...attribution.notes]
	};
}
/** Of all target matrices that were swapped; those behind the last hook are none of them, and stay as they are. */
function planReport({ tensors: rows }, { pieces, bytes, verdict, survived, kl }) {
	const units = [...new Map(rows.map((row) => [row.tensor, row])).values()];
	const own = units.reduce((sum, row) => sum + row.bytes.candidate, 0) + bytes;
	const parameters = units.reduce((sum, row) => sum + row.parameters, 0);
	return {
		units: pieces.map(({ name }) => name),
		extraBytes: bytes,
		bytes: own,
		bitsPerWeight: 8 * own / parameters,
		verdict,
		survived,
		kl
	};
}
// src/report/experiments/repair/repair-text.ts
/** @file `saegate repair` for a terminal or a log. */
function repairText(repair) {
	return `${[
		answerLines(repair),
		["plans that no other is as cheap and as good as, on the tokens searched on", ...textTable(frontierRows(repair))],
		...Object.keys(repair.file.tensors).length === 0 ? [] : exportLines(repair)
	].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
const VERDICTS = {
	pass: "passes",
	fail: "fails",
	inconclusive: "is undecided"
};
function answerLines(repair) {
	const { candidate, policy, plan, judged, tokens, plansTried, exhaustive, becomes, notes } = repair;
	const kept = plan.units.length === 0 ? "nothing" : plan.units.map((name) => visible(name, 60)).join(", ");
	const price = `${count$3(plan.extraBytes)} bytes more, ${decimal(plan.bitsPerWeight, 3)} bits per weight`;
	const found = judged === null ? `No plan makes ${visible(candidate, 60)} pass ${visible(policy, 60)}. The best found keeps ${kept}: ${price}.` : `Keep ${kept} as the ${becomes} has ${plan.units.length === 1 ? "it" : "them"}: ${price}.`;
	const search = `${count$3(plansTried)} plans were measured on ${count$3(tokens.search)} tokens${exhaustive ? ", every cheaper one among them" : ""}`;
	return [
		found,
		judged === null ? `${search}.` : `${search}; on ${count$3(tokens.judged ?? 0)} others, judged once, the policy ${VERDICTS[judged.verdict]}${judged.failing.length === 0 ? "" : ` (${judged.failing.map((id) => visible(id, 40)).join(", ")})`}.`,
		`As a candidate: ${visible(repair.spec, 200)}`,
		...notes.map((note) => visible(note, 600))
	];
}
function frontierRows({ frontier }) {
	const row = (plan) => [
		plan.units.length === 0 ? "nothing kept" : `${count$3(plan.units.length)} kept`,
		count$3(plan.bytes),
		decimal(plan.bitsPerWeight, 3),
		percent$2(plan.survived, 1),
		number(plan.kl),
		plan.verdict
	];
	return [[
		"",
		"bytes",
		"bits per weight",
		"survived",
		"KL",
		"policy"
	], ...frontier.map(row)];
}
function exportLines({ exports }) {
	const { llamaQuantize, llamaQuantizeUnnamed, llmCompressor, gptqModel, autoRound } = exports;
	const json = (value) => visible(JSON.stringify(value), 4e3);
	return [
		[
			"llama-quantize",
			...llamaQuantize.map((line) => `  ${visible(line, 200)}`),
			...llamaQuantizeUnnamed.map((name) => `  no name of its own in llama.cpp: ${visible(name, 100)}`)
		],
		["llm-compressor", `  ${json(llmCompressor)}`],
		["GPTQModel", `  ${json(gptqModel)}`],
		["AutoRound", `  ${json(autoRound)}`]
	];
}
// src/cli/commands/repair.ts
/** @file `saegate repair`: the fewest bytes to give back for which a policy passes. */
const WORDS$4 = `
Tensors are given back as the reference stores them, those first that mend most per byte by \`saegate attribute\`; then single ones are left
out or exchanged while the policy passes; of ten tensors (or blocks, or kinds) or fewer every cheaper set is tried. All of that
sees the first half of the text. The plan that is offered is judged once, on the second half. It is written to --out/plan.json, which is
a candidate: plan:FILE. Rules against a baseline are left out.

Exit status: 0 a plan was found and the policy passes on the second half, 1 not, 2 bad usage or input, 3 the run failed.

Examples:
  $ saegate repair --reference ./pythia-70m --candidate rtn:4 --sae ./4-res-sm --corpus wikitext-2 --policy default
  $ saegate repair --config saegate.yaml --by block --format json
`;
const FORMS$3 = {
	text: repairText,
	json: (found) => `${jsonText(found, true)}\n`
};
function repairCommand(host, setStatus) {
	const command = new Command("repair").description("Find the smallest change of a candidate that makes a policy pass.").addOption(new Option("--by <WHAT>", "what is given back at a time").choices(SWAPPED_BY).default("tensor")).addOption(new Option("--format <FORMAT>", "the form").choices(Object.keys(FORMS$3)).default("text")).addHelpText("after", WORDS$4);
	for (const flag of auditFlags()) command.addOption(flag);
	return command.action(async (given) => {
		const overrides = {
			origin: "flag",
			values: givenValues$1(given)
		};
		const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)));
		if (request.policy === null) throw repairWithoutPolicy();
		if (request.candidates.length > 1) throw attributionOfOne(request.candidates);
		const folder = await mkdtemp(join(tmpdir(), "saegate-repair-"));
		try {
			const found = await repair(await repairHost(host, request, folder), request, given.by);
			if (host.signal.aborted) throw interrupted();
			host.stdout.data(FORMS$3[given.format](found));
			setStatus(found.judged?.verdict === "pass" ? 0 : 1);
		} finally {
			await rm(folder, {
				recursive: true,
				force: true
			});
		}
	});
}
/** `folder`: for plans that are tried. */
async function repairHost(host, request, folder) {
	const criteria = await readCriteria({
		...request,
		baseline: null
	});
	let kept = 0;
	return {
		measure: async (asked) => {
			const progress = progressTo(host);
			const options = {
				onProgress: progress.show,
				signal: host.signal,
				toolVersion: VERSION
			};
			const { measurement } = await runAudit(asked, criteria, options).finally(progress.clear);
			return judgeBy(measurement, criteria).measurement.report;
		},
		measureAndWrite: async (asked) => {
			const { judged, written } = await measureRequest(host, asked);
			host.stderr.write(`Report: ${written.json}\n`);
			return {
				report: judged.measurement.report,
				path: written.json
			};
		},
		keep: async (file) => await written(join(folder, `${kept++}.json`), file),
		offer: async (file) => {
			await prepareFolder(request.out);
			return await written(join(request.out, "plan.json"), file);
		}
	};
}
async function written(path, file) {
	await writeOutput(path, `${jsonText(file, true)}\n`);
	return `${PLAN_PREFIX}${path}`;
}
// src/report/tables/feature-csv.ts
const HEADER$2 = `candidate,readout,feature,active,measured,firing_rate,mean,mean_square,peak,decoder_norm,correlation,correlation_low,correlation_high,class,${Object.keys(FIRING_COLUMNS).join(",")}`;
/** Where any of the tables has them. */
const LATENTS = ",latent_scaling_reconstruction,latent_scaling_error";
function featureTablesCsv(tables) {
	const hasLatents = tables.some(({ latents }) => latents !== void 0);
	return `${[hasLatents ? HEADER$2 + LATENTS : HEADER$2, ...tables.flatMap((table) => rows(table, hasLatents))].join("\n")}\n`;
}
function rows(table, hasLatents) {
	const of = `${quoted(table.candidate)},${quoted(table.readout)}`;
	return Array.from({ length: table.width }, (_, j) => {
		const numbers = [
			table.firingRate,
			table.mean,
			table.meanSquare,
			table.peak,
			table.decoderNorm,
			table.correlation,
			table.correlationLow,
			table.correlationHigh
		].map((column) => field(column[j]));
		const firing = Object.values(FIRING_COLUMNS).map((key) => field(table.firing?.[key][j]));
		const latents = hasLatents ? [field(table.latents?.reconstruction[j]), field(table.latents?.error[j])] : [];
		return [
			of,
			j,
			table.active[j],
			table.measured[j],
			...numbers,
			table.class[j],
			...firing,
			...latents
		].join(",");
	});
}
/**
* Names come from outside; a spreadsheet takes a text that begins with = + - or @ for a formula, also after a space, a tab or
* a line end that it drops, and in the wide forms of these. A field that begins with a colon is quoted, so that no line does.
*/
function quoted(name) {
	const shown = oneLine(name);
	const harmless = /^\s*[=+\-@＝＋－＠]/.test(name) ? `'${shown}` : shown;
	return /[",]|^\s*:/.test(harmless) ? `"${harmless.replaceAll("\"", "\"\"")}"` : harmless;
}
function field(value) {
	return value === void 0 || Number.isNaN(value) ? "" : String(value);
}
// src/report/formats/benchmark.ts
function benchmarkJson(report, direction) {
	const entries = report.candidates.flatMap((candidate) => [...candidateFigures(candidate, direction), ...activeReadouts(candidate).flatMap((features) => featureFigures(candidate.name, features, direction))]);
	return `${jsonText(entries, true)}\n`;
}
function candidateFigures(candidate, direction) {
	const { name, divergence } = candidate;
	const shown = shownPerplexity(candidate);
	if (direction === "bigger") {
		if (!divergence) return [];
		return [{
			name: `${name} · top-1 agreement`,
			unit: "%",
			value: 100 * divergence.top1Agreement,
			...range$1(divergence.top1AgreementCi, 100)
		}];
	}
	const perplexity = shown ? [{
		name: `${name} · perplexity (${shown.protocol})`,
		unit: "perplexity",
		value: shown.figure.candidate,
		extra: `change ${shown.figure.deltaPercent} %`
	}] : [];
	const kl = divergence ? [{
		name: `${name} · KL`,
		unit: "nats",
		value: divergence.klMean,
		...range$1(divergence.klMeanCi, 1)
	}] : [];
	return [...perplexity, ...kl];
}
function featureFigures(candidate, features, direction) {
	const name = `${candidate} · ${features.readout}`;
	const { survived } = features;
	const extra = `${survived.count} of ${features.active} active features at ρ ≥ ${features.thresholds.survived}`;
	if (direction === "smaller") {
		const lost = 100 * (1 - survived.fraction);
		return [{
			name: `${name} · features lost`,
			unit: "%",
			value: lost,
			...range$1(survived.ci, 100),
			extra
		}];
	}
	return [{
		name: `${name} · features survived`,
		unit: "%",
		value: 100 * survived.fraction,
		...range$1(survived.ci, 100),
		extra
	}, {
		name: `${name} · mean ρ`,
		unit: "ρ",
		value: features.meanCorrelation,
		...range$1(features.meanCorrelationCi, 1)
	}];
}
function range$1(ci, factor) {
	const [low, high] = ci ?? [];
	return low === void 0 || high === void 0 ? {} : { range: `± ${factor * (high - low) / 2}` };
}
// src/report/formats/junit.ts
/** Texts of several lines keep them; nothing in them hides or reorders. */
const xml = (text) => xml$1(plainLines(text));
function junitXml(report) {
	const suites = report.candidates.map((candidate) => suite(candidate, report));
	return [
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
		`<testsuites name="saegate" ${counts(report.candidates.flatMap((one) => one.rules.map((rule) => outcome(one, rule, report))))}>`,
		...suites,
		"</testsuites>",
		""
	].join("\n");
}
function counts(outcomes) {
	const of = (wanted) => outcomes.filter((one) => one === wanted).length;
	return `tests="${outcomes.length}" failures="${of("failure")}" errors="0" skipped="${of("skipped")}"`;
}
function outcome(candidate, rule, { policy, claim }) {
	if (rule.status === "waived" || rule.status === "skipped") return "skipped";
	if (rule.status === "pass" || rule.level === "warning") return claim === void 0 ? "passed" : "skipped";
	if (policy?.informational === true || rule.status === "inconclusive" && candidate.verdict === "pass") return "skipped";
	return "failure";
}
function suite(candidate, report) {
	const outcomes = candidate.rules.map((rule) => outcome(candidate, rule, report));
	const cases = candidate.rules.map((rule, i) => testCase(candidate, rule, outcomes[i] ?? "passed"));
	return [
		`  <testsuite name="${xml(visible(candidate.name))}" ${counts(outcomes)}>`,
		...cases,
		"  </testsuite>"
	].join("\n");
}
function testCase(candidate, rule, result) {
	const where = rule.scope === null ? "" : ` (${rule.scope})`;
	const open = `    <testcase classname="${xml(visible(`saegate.${candidate.name}`))}" name="${xml(visible(rule.id + where, 300))}">`;
	const body = caseBody(rule, result);
	return body === "" ? `${open}</testcase>` : `${open}\n      ${body}\n    </testcase>`;
}
function caseBody(rule, result) {
	const { observed, interval, limit } = ruleText(rule);
	const advice = rule.advice === void 0 ? "" : `\n${rule.advice}`;
	const text = `${rule.message}\n${rule.metric}: ${`${observed} ${interval}`.trim()}, ${limit}${advice}`;
	if (result === "failure") return `<failure type="${rule.status}" message="${xml(rule.message)}">${xml(text)}</failure>`;
	if (result === "skipped") {
		const waiver = rule.waiver ? `waived until ${rule.waiver.expires}: ${rule.waiver.reason}. ` : "";
		return `<skipped message="${xml(waiver + rule.message)}"/>`;
	}
	return rule.status === "pass" ? "" : `<system-out>${xml(`${rule.level}, ${rule.status}: ${text}`)}</system-out>`;
}
// src/report/formats/ranking.ts
const NAME_WIDTH = 20;
const HEADER$1 = [
	`  ${"candidate".padEnd(NAME_WIDTH)}`,
	"bytes".padStart(9),
	"bits".padStart(6),
	"blocks".padStart(6),
	"KL".padStart(8),
	`${"survived".padStart(9)}${" ".repeat(6)}`,
	"0 %                       100 %"
].join(" ");
/** The table, its legend and a newline. */
function rankingText(report) {
	const rows = ranking(report);
	const lines = [
		HEADER$1,
		...rows.map(line),
		"",
		...LEGEND,
		...uncounted(rows)
	];
	return `${withoutCommands(lines.map((one) => one.trimEnd()).join("\n"))}\n`;
}
const LEGEND = ["◆ no other candidate takes as few bytes and keeps as much. bits: stored bits per parameter of all tensors that", "are run, with scales and zero points; blocks: without embeddings and unembedding. survived: at the worst read-out."];
function line({ candidate, bits, survived, isOnFrontier }) {
	const { size, divergence } = candidate;
	return [
		`${isOnFrontier === true ? "◆" : " "} ${pad(visible(candidate.name, NAME_WIDTH), NAME_WIDTH)}`,
		(size === void 0 ? "–" : bytesWords(size.bytes)).padStart(9),
		decimal(bits?.all, 2).padStart(6),
		decimal(bits?.blocks, 2).padStart(6),
		decimal(divergence?.klMean, 4).padStart(8),
		`${percent$2(survived?.fraction).padStart(9)} ${plusMinus(survived?.ci, 100).padEnd(5)}`,
		survivalLine(survived)
	].join(" ");
}
/** Which rows are no part of the comparison. */
function uncounted(rows) {
	const names = rows.filter(({ isOnFrontier }) => isOnFrontier === null).map(({ candidate }) => candidate.name);
	return names.length === 0 ? [] : [`Not compared, for want of counted bytes or of survival: ${visible(names.join(", "), 300)}.`];
}
// src/report/formats/sarif.ts
/** GitHub shows at most 5,000 results of an upload and refuses more than 25,000. */
const MAX_RESULTS = 5e3;
function sarif(report) {
	const concerned = report.candidates.flatMap((candidate) => candidate.rules.filter((rule) => rule.status !== "pass" && rule.status !== "skipped").map((rule) => ({
		candidate,
		rule
	})));
	const ids = [.../* @__PURE__ */ new Set([...concerned.map(({ rule }) => rule.id), ...silent(report).map(() => "dissociation")])];
	const results = [...silent(report).map((candidate) => dissociationResult(report, candidate, ids)), ...concerned.map(({ candidate, rule }) => ruleResult(report, candidate, rule, ids))];
	const log = {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [{
			tool: { driver: {
				name: "saegate",
				version: report.tool.version,
				rules: ids.map((id) => descriptor(report, id))
			} },
			columnKind: "utf16CodeUnits",
			automationDetails: { id: `saegate/${visible(report.policy?.name ?? "none")}/` },
			results: results.slice(0, MAX_RESULTS)
		}]
	};
	return `${jsonText(log, true)}\n`;
}
const named = (text) => text === null ? null : oneLine(text);
/** Dissociated candidates whose policy has no rule that says so: the gate says it all the same. */
function silent(report) {
	return report.candidates.filter((one) => one.dissociation.flag && !one.rules.some((rule) => rule.metric === "dissociation"));
}
function descriptor(report, id) {
	const rule = report.candidates.flatMap((one) => one.rules).find((one) => one.id === id);
	const text = rule ? `${rule.metric}: ${ruleText(rule).limit}` : "Perplexity looks fine, features are gone";
	return {
		id: oneLine(id),
		shortDescription: { text: visible(text, 200) },
		defaultConfiguration: { level: rule?.level ?? "warning" },
		properties: { tags: ["model", "quantization"] }
	};
}
function ruleResult(report, candidate, rule, ids) {
	const { observed, interval, limit } = ruleText(rule);
	const where = rule.scope === null ? "" : ` at ${visible(rule.scope)}`;
	const figures = `${`${observed} ${interval}`.trim()}, ${limit}`;
	const advice = rule.advice === void 0 ? "" : ` ${rule.advice}`;
	const isUndecided = rule.status === "inconclusive" && candidate.verdict === "pass";
	return {
		ruleId: oneLine(rule.id),
		ruleIndex: ids.indexOf(rule.id),
		level: report.policy?.informational || isUndecided ? "note" : rule.level,
		kind: "fail",
		message: { text: visible(`${candidate.name}${where}: ${rule.message} (${figures}; ${rule.status})${advice}`, 2e3) },
		locations: [location(report, rule.line ?? 1)],
		partialFingerprints: { "saegateRule/v1": JSON.stringify([
			rule.id,
			rule.metric,
			rule.scope,
			candidate.name
		].map(named)) },
		...rule.waiver ? { suppressions: [{
			kind: "external",
			status: "accepted",
			justification: visible(`${rule.waiver.reason} (until ${rule.waiver.expires})`, 1e3)
		}] } : {}
	};
}
function dissociationResult(report, candidate, ids) {
	return {
		ruleId: "dissociation",
		ruleIndex: ids.indexOf("dissociation"),
		level: "warning",
		kind: "fail",
		message: { text: visible(`${candidate.name}: ${candidate.dissociation.reason}`, 2e3) },
		locations: [location(report, 1)],
		partialFingerprints: { "saegateRule/v1": JSON.stringify(["dissociation", oneLine(candidate.name)]) }
	};
}
/** The rule's line in the policy; without a policy file, the report itself: GitHub takes no result without a place. */
function location(report, line) {
	return { physicalLocation: {
		artifactLocation: { uri: uri(report.policy?.path ?? "report.json") },
		region: { startLine: Math.max(1, line) }
	} };
}
/** A relative URI reference with forward slashes (3.10.2); a leading ./ is dropped, a colon cannot be a scheme. */
function uri(path) {
	return path.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "").split("/").map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, "�"))).join("/");
}
// src/report/formats/index.ts
/** By the name that the command line gives it. */
const FORMATS = {
	html: ({ report, evidence }) => reportHtml(report, evidence),
	md: ({ report, evidence }) => reportMarkdown(report, evidence),
	json: ({ report }) => reportJson(report),
	text: ({ report }) => terminalReport(report, {
		colour: false,
		unicode: true,
		tokens: true
	}),
	comment: ({ report, evidence }) => pullRequestComment(report, evidence, {
		checkName: "saegate",
		reportUrl: null
	}),
	junit: ({ report }) => junitXml(report),
	sarif: ({ report }) => sarif(report),
	benchmark: ({ report }) => benchmarkJson(report, "smaller"),
	"benchmark-bigger": ({ report }) => benchmarkJson(report, "bigger"),
	badge: ({ report }) => badgeJson(report),
	ranking: ({ report }) => rankingText(report),
	csv: ({ evidence }) => featureTablesCsv(evidence.map(({ table }) => table))
};
// src/cli/commands/report.ts
/** @file `saegate report`: a finished report in another form. */
function reportCommand(host, setStatus) {
	const command = new Command("report").description("Show a finished report in another form.").argument("<report.json>", "a report that `saegate audit` wrote, with the folder that it names beside it").addOption(new Option("--format <FORMAT>", "the form").choices(Object.keys(FORMATS)).default("md")).option("--out <FILE>", "write to a file instead of standard output").addHelpText("after", "\nExamples:\n  $ saegate report saegate-report/report.json --format junit --out junit.xml\n");
	refuseRepeats(command);
	return command.action(async (path, given) => {
		const text = FORMATS[given.format](await loadReport(path));
		if (host.signal.aborted) throw interrupted();
		if (given.out === void 0) host.stdout.data(text);
		else await writeOutput(given.out, text);
		setStatus(0);
	});
}
// src/contract/presets/preset-schema.ts
/** What is set side by side. `withBos` stands beside the paper's figures. */
const PAPER_TABLES = [
	"table1",
	"perplexities",
	"table2",
	"table3",
	"table4",
	"correlation",
	"deciles",
	"appendixF",
	"layer2",
	"withBos"
];
const text = {
	type: "string",
	minLength: 1
};
const presetSchema = {
	type: "object",
	additionalProperties: false,
	required: [
		"version",
		"name",
		"runs"
	],
	properties: {
		version: { const: 1 },
		name: text,
		runs: {
			type: "array",
			minItems: 1,
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"name",
					"why",
					"audit",
					"conditions",
					"survivedAbove",
					"tables"
				],
				properties: {
					name: text,
					why: text,
					audit: {
						type: "object",
						description: "As saegate.yaml says it, candidates apart."
					},
					conditions: {
						type: "object",
						description: "What the paper calls a condition, and its candidate.",
						additionalProperties: text
					},
					batchSequences: {
						type: "integer",
						minimum: 1
					},
					survivedAbove: { type: "boolean" },
					tables: {
						type: "array",
						items: { enum: PAPER_TABLES }
					}
				}
			}
		}
	}
};
/** Of one model: table → columns and a row for each condition, every figure as the paper prints it. */
const figuresSchema = {
	type: "object",
	additionalProperties: {
		type: "object",
		additionalProperties: {
			type: "object",
			required: ["columns"],
			properties: { columns: {
				type: "array",
				items: text
			} },
			additionalProperties: {
				type: "array",
				items: {
					type: "string",
					pattern: "^-?\\d+(\\.\\d+)?$"
				}
			}
		}
	}
};
// src/contract/experiments/reproduction-schema.ts
/** @file What `saegate reproduce --format json` prints: a paper's figures beside what was measured here. */
const REPRODUCTION_SCHEMA = "saegate/reproduction@1";
const table$1 = { enum: PAPER_TABLES };
({ ...whole({
	schema: { const: REPRODUCTION_SCHEMA },
	preset: { type: "string" },
	overridden: {
		type: "array",
		items: { type: "string" },
		description: "Flags by which the runs differ from the preset: then nothing is the paper’s procedure."
	},
	runs: {
		type: "array",
		items: whole({
			name: { type: "string" },
			why: { type: "string" },
			report: {
				type: "string",
				description: "Path of its report.json."
			}
		})
	},
	rows: {
		type: "array",
		items: whole({
			table: table$1,
			run: { type: "string" },
			condition: { type: "string" },
			figure: { type: "string" },
			paper: {
				...nullableString,
				description: "As the paper prints it; null: it has none."
			},
			ours: {
				...nullableNumber,
				description: "null: it could not be told."
			},
			difference: nullableNumber,
			outside: {
				type: ["boolean", "null"],
				description: "Further from the paper’s than half of its last digit."
			}
		})
	},
	notes: {
		type: "array",
		items: whole({
			table: table$1,
			run: { type: "string" },
			message: { type: "string" }
		}),
		description: "Why figures of a table could not be told."
	}
}) });
// policies/presets/figures.yaml
var figures_default = "# The figures of arXiv 2606.03002, as text so that every digit stays: of its tables (table1, layer2, appendixF), and to more digits of the\n# tables that its authors published beside their scripts (all others). Columns once, then a row for each condition.\npythia-70m:\n  table1:\n    columns: [deltaPercent, meanCorrelation, survivedPercent, degradedPercent, damagedPercent]\n    INT8: ['1.020', '0.981', '98.312', '1.688', '0.000']\n    INT7: ['2.258', '0.957', '86.322', '13.678', '0.000']\n    INT6: ['14.722', '0.888', '62.395', '36.586', '1.020']\n    INT5: ['71.208', '0.777', '37.957', '49.455', '12.588']\n    INT4: ['371.112', '0.583', '14.504', '47.785', '37.711']\n    pruned: ['13.488', '0.891', '60.970', '38.731', '0.299']\n  perplexities:\n    columns: [active, reference, perplexity, medianCorrelation]\n    INT8: ['5688', '67.840', '68.532', '0.992']\n    INT7: ['5688', '67.840', '69.372', '0.980']\n    INT6: ['5688', '67.840', '77.828', '0.940']\n    INT5: ['5688', '67.840', '116.148', '0.850']\n    INT4: ['5688', '67.840', '319.602', '0.636']\n    pruned: ['5688', '67.840', '76.990', '0.933']\n  table2:\n    columns: [features, survived, auc, rarity, logMean, logConcentration, logPeak]\n    INT6: ['5688', '0.62394515', '0.92418183', '4.51740732', '2.72364434', '-1.67411081', '1.66492914']\n  table4:\n    columns: [a, b, both, either, jaccard]\n    non-survived: ['2139', '2220', '2016', '2343', '0.86043534']\n    damaged: ['58', '17', '13', '62', '0.20967742']\n  correlation:\n    columns: [pearson, spearman]\n    scores: ['0.95082756', '0.97557989']\n  deciles:\n    columns: [features, roundedPercent, prunedPercent]\n    1: ['573', '32.11', '35.60']\n    2: ['567', '29.63', '31.75']\n    3: ['567', '25.93', '29.45']\n    4: ['570', '29.30', '32.63']\n    5: ['567', '31.92', '33.86']\n    6: ['569', '38.31', '39.02']\n    7: ['568', '40.85', '42.08']\n    8: ['569', '39.19', '40.42']\n    9: ['569', '50.09', '49.56']\n    10: ['569', '58.70', '55.89']\n  appendixF:\n    columns: [sparsity]\n    pruned: ['0.175']\n  layer2:\n    columns: [active, survivedPercent]\n    INT6: ['6139', '99.95']\ngemma-2-2b:\n  table1:\n    columns: [deltaPercent, meanCorrelation, survivedPercent, degradedPercent, damagedPercent]\n    INT8: ['2.624', '0.966', '99.090', '0.910', '0.000']\n    INT7: ['-5.648', '0.943', '81.257', '18.743', '0.000']\n    INT6: ['3.989', '0.891', '51.302', '48.698', '0.000']\n    INT5: ['17.716', '0.764', '27.716', '66.363', '5.921']\n    INT4: ['46.081', '0.494', '12.402', '32.895', '54.703']\n    pruned: ['6.126', '0.841', '38.578', '61.184', '0.238']\n  perplexities:\n    columns: [active, reference, perplexity, medianCorrelation]\n    INT8: ['7144', '458.535', '470.565', '0.971']\n    INT7: ['7144', '458.535', '432.636', '0.950']\n    INT6: ['7144', '458.535', '476.824', '0.903']\n    INT5: ['7144', '458.535', '539.768', '0.778']\n    INT4: ['7144', '458.535', '669.833', '0.451']\n    pruned: ['7144', '458.535', '486.626', '0.855']\n  table2:\n    columns: [features, survived, auc, rarity, logMean, logConcentration, logPeak]\n    INT6: ['7144', '0.51301792', '0.97124632', '17.84289760', '9.79367057', '-8.16411101', '4.13550264']\n  table3:\n    columns: [reference, perplexity, deltaPercent]\n    INT8: ['46.39398655', '46.77530801', '0.82192000']\n    INT7: ['46.39398655', '43.38219344', '-6.49177477']\n    INT6: ['46.39398655', '44.79189132', '-3.45323899']\n  table4:\n    columns: [a, b, both, either, jaccard]\n    non-survived: ['3479', '4388', '3478', '4389', '0.79243563']\n    damaged: ['0', '17', '0', '17', '0']\n  correlation:\n    columns: [pearson, spearman]\n    scores: ['0.95900660', '0.97816314']\n  deciles:\n    columns: [features, roundedPercent, prunedPercent]\n    1: ['718', '43.59', '55.57']\n    2: ['712', '44.66', '55.90']\n    3: ['715', '44.06', '55.66']\n    4: ['714', '50.14', '62.18']\n    5: ['713', '46.98', '59.47']\n    6: ['714', '50.42', '63.59']\n    7: ['715', '46.01', '57.76']\n    8: ['714', '48.88', '63.87']\n    9: ['714', '54.48', '67.93']\n    10: ['715', '57.76', '72.31']\n  appendixF:\n    columns: [sparsity]\n    pruned: ['0.1625']\n";
// policies/presets/gemma-2-2b.yaml
var gemma_2_2b_default = "# Gemma-2-2B of arXiv 2606.03002, measured as its authors' own scripts do. The paper's figures come of two runs that differ in layout,\n# text and BOS; a third, which the paper does not have, stands beside them.\n# `saegate reproduce gemma-2-2b` prints the paper's figures beside what these measure.\nversion: 1\nname: gemma-2-2b\nruns:\n  - name: features\n    why: >-\n      Weights as TransformerLens' from_pretrained_no_processing holds them, everything in bfloat16, no BOS anywhere: the model is then out of\n      its element, and its perplexity of 458 is not Gemma-2-2B's (8 to 12 with a BOS in each window). So a change of it says\n      nothing of the model in its element; the third run has that. 1,953 sequences of 256 tokens of WikiText-2's train split; pruning is\n      matched on the first 100,000 of them. Weights are pruned in bfloat16, too, in which many tie and go together: a little more\n      is pruned than is asked for (there 0.16293 for 0.1625).\n    audit:\n      reference: hf:google/gemma-2-2b\n      saes:\n        - {source: 'hf:google/gemma-scope-2b-pt-res/layer_12/width_16k/canonical', hook: blocks.12.hook_resid_post}\n      corpus: {source: wikitext-2, split: train, lines: paper, tokens: 499968, blockLength: 256, bos: never}\n      perplexity: chunked\n      positions: all\n      precision: bfloat16\n      matchTokens: audited=100k\n      explain: 0\n    conditions:\n      INT8: rtn:8,layout=transformerlens,arithmetic=bfloat16\n      INT7: rtn:7,layout=transformerlens,arithmetic=bfloat16\n      INT6: rtn:6,layout=transformerlens,arithmetic=bfloat16\n      INT5: rtn:5,layout=transformerlens,arithmetic=bfloat16\n      INT4: rtn:4,layout=transformerlens,arithmetic=bfloat16\n      pruned: prune:match=rtn:6,layout=transformerlens,arithmetic=bfloat16\n    batchSequences: 1\n    survivedAbove: true\n    tables: [table1, perplexities, table2, table4, correlation, deciles, appendixF]\n  - name: sliding\n    why: >-\n      The Hugging Face model itself: one scale per row, bfloat16, the test split. Special tokens were added once to the whole stream, so\n      that the first window alone begins with a BOS.\n    audit:\n      reference: hf:google/gemma-2-2b\n      saes: [none]\n      corpus: {source: wikitext-2, split: test, lines: paper, tokens: all, blockLength: 256, bos: stream}\n      perplexity: {chunked: false, sliding: {window: 2048, stride: 512}}\n      positions: all\n      precision: bfloat16\n      explain: 0\n    conditions:\n      INT8: rtn:8,arithmetic=bfloat16\n      INT7: rtn:7,arithmetic=bfloat16\n      INT6: rtn:6,arithmetic=bfloat16\n    survivedAbove: true\n    tables: [table3]\n  - name: with BOS\n    why: >-\n      Not in the paper: the same with a BOS before every sequence and window, as the model was trained. Whether perplexity and\n      features part there too is what these figures tell; nothing of the paper's stands beside them.\n    audit:\n      reference: hf:google/gemma-2-2b\n      saes:\n        - {source: 'hf:google/gemma-scope-2b-pt-res/layer_12/width_16k/canonical', hook: blocks.12.hook_resid_post}\n      corpus: {source: wikitext-2, split: test, lines: paper, tokens: all, blockLength: 256, bos: always}\n      perplexity: {chunked: true, sliding: {window: 2048, stride: 512}}\n      positions: skip-first\n      precision: bfloat16\n      explain: 0\n    conditions:\n      INT8: rtn:8,layout=transformerlens,arithmetic=bfloat16\n      INT7: rtn:7,layout=transformerlens,arithmetic=bfloat16\n      INT6: rtn:6,layout=transformerlens,arithmetic=bfloat16\n    survivedAbove: true\n    tables: [withBos]\n";
// policies/presets/pythia-70m.yaml
var pythia_70m_default = "# Pythia-70M of arXiv 2606.03002, measured as its authors' own scripts do, which differs in places from the paper's words.\n# `saegate reproduce pythia-70m` prints the paper's figures beside what this measures.\nversion: 1\nname: pythia-70m\nruns:\n  - name: features\n    why: >-\n      TransformerLens' from_pretrained folds the norms of this model and centres what it writes before anything is rounded, with one\n      scale per position inside a head; so the layout is TransformerLens' and the residual stream is read centred. No BOS stands\n      anywhere; rows of WikiText-2's train split that are blank are dropped and the others joined by two line ends. Pruning is\n      matched on the audited tokens themselves. Perplexity is the exponential of the mean of batches of four sequences.\n    audit:\n      reference: hf:EleutherAI/pythia-70m-deduped\n      saes:\n        - {source: 'hf:ctigges/pythia-70m-deduped__res-sm_processed/4-res-sm', hook: blocks.4.hook_resid_post, center: true}\n      corpus: {source: wikitext-2, split: train, lines: paper, tokens: 199680, blockLength: 512, bos: never}\n      perplexity: chunked\n      positions: all\n      matchTokens: audited\n      explain: 0\n    conditions:\n      INT8: rtn:8,layout=transformerlens\n      INT7: rtn:7,layout=transformerlens\n      INT6: rtn:6,layout=transformerlens\n      INT5: rtn:5,layout=transformerlens\n      INT4: rtn:4,layout=transformerlens\n      pruned: prune:match=rtn:6,layout=transformerlens\n    batchSequences: 4\n    survivedAbove: true\n    tables: [table1, perplexities, table2, table4, correlation, deciles, appendixF]\n  - name: layer 2\n    why: A second layer at six bits, where hardly a feature is lost, on the same tokens.\n    audit:\n      reference: hf:EleutherAI/pythia-70m-deduped\n      saes:\n        - {source: 'hf:ctigges/pythia-70m-deduped__res-sm_processed/2-res-sm', hook: blocks.2.hook_resid_post, center: true}\n      corpus: {source: wikitext-2, split: train, lines: paper, tokens: 199680, blockLength: 512, bos: never}\n      perplexity: none\n      positions: all\n      explain: 0\n    conditions: {INT6: 'rtn:6,layout=transformerlens'}\n    survivedAbove: true\n    tables: [layer2]\n";
// src/experiments/presets.ts
/** @file The presets that come with the tool, and the paper's figures: policies/presets/*.yaml, bundled as text. */
const PRESET_NAMES = ["pythia-70m", "gemma-2-2b"];
const TEXTS = {
	"pythia-70m": pythia_70m_default,
	"gemma-2-2b": gemma_2_2b_default
};
const isPreset = schemaCheck(presetSchema);
/** RangeError where the shipped text is no preset, which the tests hold it to be. */
function presetNamed(name) {
	const { value } = readYaml(`${name}.yaml`, TEXTS[name]);
	if (!isPreset()(value)) throw new RangeError(`${name}.yaml is no preset`);
	return value;
}
const isFigures = schemaCheck(figuresSchema);
/** Null: the paper has no such table of that model. */
function printedTable(name, table) {
	const { value } = readYaml("figures.yaml", figures_default);
	if (!isFigures()(value)) throw new RangeError("figures.yaml holds no figures");
	const found = value[name]?.[table];
	if (found === void 0) return null;
	const { columns = [], ...rows } = found;
	return {
		columns,
		rows: new Map(Object.entries(rows))
	};
}
// src/report/experiments/reproduction/reproduction-text.ts
const WIDTH = 100;
/** Digits of figures that the paper does not have. */
const DIGITS = 5;
const TITLES = {
	table1: "Table 1: survival and perplexity",
	perplexities: "Perplexities, active features and median ρ (the authors’ tables)",
	table2: "Table 2: survival told from the reference (AUC there is of one shuffle, here the mean over 20)",
	table3: "Table 3: sliding perplexity",
	table4: "Table 4: features that rounding to 6 bits and matched pruning lose",
	correlation: "Table 4: agreement of damage scores",
	deciles: "Appendix E: not survived by firing rate, rarest tenth first",
	appendixF: "Appendix F: sparsity of the matched pruning",
	layer2: "Appendix B: a second layer",
	withBos: "Beside the paper: a BOS before every sequence and window"
};
/** The figures, as they are called in the data. */
const WORDS$3 = {
	deltaPercent: "perplexity, change in %",
	slidingDeltaPercent: "sliding perplexity, change in %",
	reference: "perplexity of the reference",
	perplexity: "perplexity",
	meanCorrelation: "mean ρ",
	medianCorrelation: "median ρ",
	survivedPercent: "survived, %",
	degradedPercent: "degraded, %",
	damagedPercent: "damaged, %",
	active: "active features",
	features: "features",
	survived: "survived, part",
	auc: "AUC",
	rarity: "coefficient of rarity",
	logMean: "coefficient of log mean",
	logConcentration: "coefficient of log concentration",
	logPeak: "coefficient of log peak",
	a: "lost to rounding",
	b: "lost to pruning",
	both: "lost to both",
	either: "lost to either",
	jaccard: "Jaccard",
	pearson: "Pearson",
	spearman: "Spearman",
	roundedPercent: "not survived rounding, %",
	prunedPercent: "not survived pruning, %",
	sparsity: "sparsity"
};
function reproductionText(reproduction) {
	return `${[
		reproductionTitle(reproduction),
		...overriddenLines(reproduction),
		...reproduction.runs.flatMap(({ name, why, report }) => [
			"",
			...wrap(`${name}: ${why.trim()}`, WIDTH),
			`report: ${visible(report, 200)}`
		]),
		...toldTables(reproduction).flatMap(({ title, rows, notTold }) => [
			"",
			title,
			...textTable(rows),
			...notTold.flatMap((line) => wrap(line, WIDTH))
		]),
		"",
		outsideLine(reproduction)
	].join("\n")}\n`;
}
const reproductionTitle = ({ preset }) => `${preset}: figures of arXiv 2606.03002 beside what was measured here`;
/** None where the preset decided everything. */
function overriddenLines({ overridden }) {
	if (overridden.length === 0) return [];
	return [`not the paper's procedure: ${overridden.map((flag) => visible(flag, 40)).join(", ")} ${overridden.length === 1 ? "differs" : "differ"} from the preset`];
}
function outsideLine({ rows }) {
	const compared = rows.filter(({ outside }) => outside !== null);
	const outside = compared.filter((row) => row.outside).length;
	return `${count$3(outside)} of ${count$3(compared.length)} figures lie outside the paper's rounding.`;
}
function toldTables({ rows, notes }) {
	return [...new Set([...rows, ...notes].map(({ table }) => table))].map((table) => ({
		table,
		title: TITLES[table],
		rows: [HEADER, ...rows.filter((row) => row.table === table).map(cells)],
		notTold: notes.filter((note) => note.table === table).map(({ message }) => `not told: ${visible(message, 400)}`)
	}));
}
const HEADER = [
	"",
	"figure",
	"paper",
	"here",
	"difference",
	""
];
function cells({ condition, figure, paper, ours, difference, outside }) {
	const digits = paper === null ? DIGITS : digitsOf(paper);
	return [
		visible(condition, 30),
		WORDS$3[figure] ?? figure,
		paper?.replace("-", "−") ?? "–",
		paper === null ? number(ours, DIGITS) : decimal(ours, digits),
		difference === null ? "–" : signed(difference, digits),
		outside ? "outside rounding" : ""
	];
}
/** Behind the point, as it is printed. */
const digitsOf = (printed) => printed.split(".")[1]?.length ?? 0;
// src/contract/experiments/sweep-schema.ts
/** @file What `saegate sweep --format json` prints: every condition of a sweep beside the others. */
const SWEEP_SCHEMA = "saegate/sweep@1";
const share = whole({
	count: count$2,
	fraction,
	ci: halvesInterval
});
const perplexity = {
	anyOf: [{ type: "null" }, whole({
		reference: { type: "number" },
		candidate: { type: "number" },
		deltaPercent: {
			type: "number",
			description: "100 · (PPL_candidate / PPL_reference − 1)"
		},
		ci: {
			...halvesInterval,
			description: "Of the change, in percent."
		}
	})],
	description: "null: not measured."
};
const readout = whole({
	readout: { type: "string" },
	active: count$2,
	survived: share,
	degraded: share,
	damaged: share,
	meanCorrelation: { type: "number" },
	meanCorrelationCi: halvesInterval,
	medianCorrelation: { type: "number" },
	sensitivity: {
		type: "array",
		description: "Fractions at other thresholds, by the same rule.",
		items: whole({
			survivedAt: fraction,
			damagedAt: fraction,
			survived: fraction,
			degraded: fraction,
			damaged: fraction
		})
	}
});
({ ...whole({
	schema: { const: SWEEP_SCHEMA },
	path: {
		type: "string",
		description: "The report that it is of."
	},
	reference: { type: "string" },
	tokens: count$2,
	thresholds: survivalRule,
	confidence,
	conditions: {
		type: "array",
		items: whole({
			candidate: { type: "string" },
			spec: { type: "string" },
			method: {
				type: ["string", "null"],
				description: "null: nothing is said to be compressed."
			},
			bits: {
				...nullableNumber,
				description: "Mean stored bits per compressed weight."
			},
			sparsity: nullableNumber,
			match: { anyOf: [{ type: "null" }, match] },
			chunked: perplexity,
			sliding: perplexity,
			ratio: {
				...nullableNumber,
				description: "Chunked over sliding perplexity of the candidate; null: both were not measured."
			},
			shift: {
				...nullableNumber,
				description: "Change of sliding less that of chunked perplexity, percentage points."
			},
			klMean: nullableNumber,
			readouts: {
				type: "array",
				items: readout
			}
		})
	}
}) });
// src/experiments/sweep.ts
/** @file The conditions of a report side by side: their figures by one rule of survival, perplexities of both protocols beside each other. */
/** `path`: of the report, as it is called. Errors: those of choosing a candidate. */
function sweepOf(path, measurement, asked) {
	const { report } = measurement;
	const opened = openMeasurement(path, measurement);
	const thresholds = report.readouts[0]?.thresholds;
	const subjectsOf = ({ name, features }) => features.filter(({ active, rescaled }) => active > 0 && rescaled === void 0).map(({ readout }) => opened.choose(name, {
		...asked,
		readout,
		truth: "needed"
	}));
	const [first] = report.candidates.flatMap(subjectsOf);
	const rule = first?.rule ?? {
		survived: 0,
		damaged: 0,
		above: asked.survivedAbove,
		...thresholds
	};
	return {
		schema: SWEEP_SCHEMA,
		path,
		reference: report.reference.spec,
		tokens: report.corpus.tokens,
		thresholds: {
			survived: rule.survived,
			damaged: rule.damaged,
			above: rule.above,
			active: asked.active ?? thresholds?.active ?? 0
		},
		confidence: report.confidence,
		conditions: report.candidates.map((candidate) => conditionOf(candidate, subjectsOf(candidate).map(readoutOf)))
	};
}
function conditionOf(candidate, readouts) {
	const { name, spec, compression, perplexity, divergence } = candidate;
	const [chunked, sliding] = [perplexityOf(perplexity.chunked), perplexityOf(perplexity.sliding)];
	const both = chunked === null || sliding === null ? null : {
		chunked,
		sliding
	};
	return {
		candidate: name,
		spec,
		method: compression?.method ?? null,
		bits: compression?.bits ?? null,
		sparsity: compression?.sparsity ?? null,
		match: compression?.match ?? null,
		chunked,
		sliding,
		ratio: both && both.chunked.candidate / both.sliding.candidate,
		shift: both && both.sliding.deltaPercent - both.chunked.deltaPercent,
		klMean: divergence?.klMean ?? null,
		readouts
	};
}
function perplexityOf(figure) {
	if (figure === null) return null;
	const { reference, candidate, deltaPercent, ci } = figure;
	return {
		reference,
		candidate,
		deltaPercent,
		ci: ci === null ? null : [ci[0] ?? 0, ci[1] ?? 0]
	};
}
function readoutOf(subject) {
	const { active, rule, readout, confidence } = subject;
	const features = correlationsOf(subject);
	const thresholds = thresholdsOf(rule);
	const share = (name) => {
		const fraction = classFraction(features, name, thresholds, null);
		return {
			count: Math.round(fraction.value * active.rho.length),
			fraction: fraction.value,
			ci: intervalOf(fraction, confidence)
		};
	};
	const mean = meanOf(features, null);
	return {
		readout: readout ?? "",
		active: active.ids.length,
		survived: share("survived"),
		degraded: share("degraded"),
		damaged: share("damaged"),
		meanCorrelation: mean.value,
		meanCorrelationCi: intervalOf(mean, confidence),
		medianCorrelation: quantileOf(features, .5).value,
		sensitivity: sensitivityGrid(active.rho, rule.above)
	};
}
/** As the estimators of figures take them. */
function correlationsOf({ active: { rho, halves } }) {
	return {
		rho,
		replicates: halves?.rho ?? null,
		resampling: halves?.resampling ?? {
			...VALUE_ALONE,
			sizes: /* @__PURE__ */ new Float64Array(0)
		},
		accuracy: new Float64Array(rho.length)
	};
}
// src/experiments/reproduce.ts
/** The tables of a run: figures beside those of `preset`, and why some could not be told. */
function tablesOf(preset, measured, tables) {
	const rows = [];
	const notes = [];
	const run = measured.run.name;
	for (const table of tables) try {
		rows.push(...besides(TABLES[table](measured), printedTable(preset, table), {
			table,
			run
		}));
	} catch (error) {
		if (!(error instanceof SaegateError)) throw error;
		notes.push({
			table,
			run,
			message: error.message
		});
	}
	return {
		rows,
		notes
	};
}
function besides(told, printed, place) {
	return Object.entries(told).flatMap(([condition, figures]) => Object.entries(figures).map(([figure, ours]) => {
		const column = printed?.columns.indexOf(figure) ?? -1;
		const paper = printed?.rows.get(condition)?.[column] ?? null;
		const difference = paper === null || ours === null ? null : ours - Number(paper);
		return {
			...place,
			condition,
			figure,
			paper,
			ours,
			difference,
			outside: difference === null || paper === null ? null : Math.abs(difference) > .5 * 10 ** -digitsOf(paper) * (1 + 1e-9)
		};
	}));
}
const TABLES = {
	table1: (measured) => perCondition(measured, ({ sweep: { readouts }, chunked }) => ({
		deltaPercent: (chunked?.batched ?? chunked)?.deltaPercent ?? null,
		meanCorrelation: readouts[0]?.meanCorrelation ?? null,
		survivedPercent: percent(readouts[0]?.survived.fraction),
		degradedPercent: percent(readouts[0]?.degraded.fraction),
		damagedPercent: percent(readouts[0]?.damaged.fraction)
	})),
	perplexities: (measured) => perCondition(measured, ({ sweep: { readouts }, chunked }) => ({
		active: readouts[0]?.active ?? null,
		reference: (chunked?.batched ?? chunked)?.reference ?? null,
		perplexity: (chunked?.batched ?? chunked)?.candidate ?? null,
		medianCorrelation: readouts[0]?.medianCorrelation ?? null
	})),
	table2: (measured) => ({ [ROUNDED]: predictorFigures(subjectOf(measured, ROUNDED)) }),
	table3: (measured) => perCondition(measured, ({ sliding }) => ({
		reference: sliding?.reference ?? null,
		perplexity: sliding?.candidate ?? null,
		deltaPercent: sliding?.deltaPercent ?? null
	})),
	table4: (measured) => {
		const { nonSurvived, damaged } = overlapOf(measured);
		const sets = ({ a, b, both, either, jaccard }) => ({
			a,
			b,
			both,
			either,
			jaccard: jaccard.value
		});
		return {
			"non-survived": sets(nonSurvived),
			damaged: sets(damaged)
		};
	},
	correlation: (measured) => {
		const { pearson, spearman } = overlapOf(measured);
		return { scores: {
			pearson: pearson.value,
			spearman: spearman.value
		} };
	},
	deciles: (measured) => Object.fromEntries(overlapOf(measured).deciles.map(({ features, nonSurvivedA, nonSurvivedB }, i) => [String(i + 1), {
		features,
		roundedPercent: 100 * nonSurvivedA,
		prunedPercent: 100 * nonSurvivedB
	}])),
	appendixF: (measured) => ({ [PRUNED]: { sparsity: candidateOf(measured, PRUNED).compression?.sparsity ?? null } }),
	layer2: (measured) => perCondition(measured, ({ sweep: { readouts } }) => ({
		active: readouts[0]?.active ?? null,
		survivedPercent: percent(readouts[0]?.survived.fraction)
	})),
	withBos: (measured) => perCondition(measured, ({ sweep: { readouts }, chunked, sliding }) => ({
		reference: chunked?.reference ?? null,
		deltaPercent: chunked?.deltaPercent ?? null,
		slidingDeltaPercent: sliding?.deltaPercent ?? null,
		survivedPercent: percent(readouts[0]?.survived.fraction)
	}))
};
/** The conditions that Tables 2 and 4 are about. */
const ROUNDED = "INT6";
const PRUNED = "pruned";
const percent = (fraction) => fraction === void 0 ? null : 100 * fraction;
function perCondition(measured, figures) {
	const { run, measurement, path } = measured;
	const { conditions } = sweepOf(path, measurement, {
		...RULE,
		survivedAbove: run.survivedAbove
	});
	return Object.fromEntries(Object.keys(run.conditions).flatMap((name) => {
		const { spec, perplexity } = candidateOf(measured, name);
		const sweep = conditions.find((one) => one.spec === spec);
		return sweep === void 0 ? [] : [[name, figures({
			...perplexity,
			sweep
		})]];
	}));
}
/** As the audit had them. */
const RULE = {
	active: null,
	survived: null,
	damaged: null
};
/** RangeError where the run has no such condition, which the tests of the presets rule out. */
function candidateOf({ run, measurement }, condition) {
	const spec = run.conditions[condition];
	const found = measurement.report.candidates.find((one) => one.spec === spec);
	if (found === void 0) throw new RangeError(`${run.name} has no ${condition}`);
	return found;
}
function subjectOf(measured, condition) {
	const { run, measurement, path } = measured;
	const asked = {
		...RULE,
		survivedAbove: run.survivedAbove,
		readout: null,
		truth: "needed"
	};
	return openMeasurement(path, measurement).choose(candidateOf(measured, condition).name, asked);
}
const overlapOf = (measured) => compareSubjects(subjectOf(measured, ROUNDED), subjectOf(measured, PRUNED)).comparison.overlap;
/** Errors: TOO_FEW_OF_A_CLASS. */
function predictorFigures(subject) {
	const { prediction } = fitted(subject);
	if (prediction.kind !== "fit") throw new RangeError("a forecast, where a fit was made");
	const { fragility } = prediction.document;
	const coefficient = (name) => fragility.model.coefficients.find(({ predictor }) => predictor === name)?.value ?? null;
	return {
		features: fragility.features,
		survived: fragility.survived / fragility.features,
		auc: fragility.crossValidated.auc,
		rarity: coefficient("rarity"),
		logMean: coefficient("log mean"),
		logConcentration: coefficient("log concentration"),
		logPeak: coefficient("log peak")
	};
}
// src/report/experiments/reproduction/reproduction-page.ts
/** @file `saegate reproduce` as a page. */
function reproductionPage(reproduction) {
	const { runs } = reproduction;
	const plot = survivalBesidePaper(reproduction);
	return experimentPage({
		title: reproductionTitle(reproduction),
		lines: [outsideLine(reproduction), ...overriddenLines(reproduction)],
		sections: [
			...plot === "" ? [] : [`<section><h2>Features</h2><div class="grid">${plot}</div></section>`],
			...toldTables(reproduction).map(({ title, rows, notTold }) => {
				const notes = notTold.map((line) => `<p>${xml$1(line)}</p>`).join("");
				return pageTable(title, rows.map((row) => row.map((cell) => xml$1(cell)))) + notes;
			}),
			`<section><h2>Runs</h2>${runs.map(runWords).join("")}</section>`
		]
	});
}
const runWords = ({ name, why, report }) => `<p><b>${xml$1(visible(name, 40))}</b>: ${xml$1(visible(why.trim(), 1e3))} Report: <code>${xml$1(visible(report, 200))}</code></p>`;
/** '' without the paper's first table. */
function survivalBesidePaper({ rows }) {
	const points = rows.filter(({ table, figure: name }) => table === "table1" && name === "survivedPercent").map(({ condition, paper, ours }) => ({
		condition: visible(condition, 30),
		paper: paper === null ? null : Number(paper),
		ours
	}));
	if (points.length === 0) return "";
	return figure$1({
		width: 520,
		height: 360,
		marginLeft: 52,
		marginBottom: 42,
		x: {
			domain: points.map(({ condition }) => condition),
			type: "point",
			label: "Condition",
			padding: .5
		},
		y: {
			domain: [0, 100],
			grid: true,
			label: "↑ Active features that survive, %"
		},
		marks: [
			ruleX(points, {
				x: "condition",
				y1: "paper",
				y2: "ours",
				stroke: "var(--ink)",
				strokeOpacity: .3
			}),
			dot(points, {
				x: "condition",
				y: "paper",
				r: 5,
				stroke: "var(--accent)"
			}),
			dot(points, {
				x: "condition",
				y: "ours",
				r: 4,
				fill: CLASS_COLOURS.survived
			})
		]
	}, {
		id: "paper",
		title: "Survival, the paper’s and ours",
		description: "Rings: the paper. Dots: measured here. The line between them is the difference.",
		header: [
			"Condition",
			"Paper, %",
			"Here, %"
		],
		rows: points.map(({ condition, paper, ours }) => [
			xml$1(condition),
			paper === null ? "–" : decimal(paper, 3),
			decimal(ours, 3)
		])
	});
}
// src/cli/commands/reproduce.ts
/** @file `saegate reproduce`: a paper's figures, measured by the paper's own procedure and printed beside the paper's. */
const WORDS$2 = `
A preset says all that decides the numbers, and why: models, SAEs, text, layout, BOS, how perplexity is averaged, where survival ends.
policies/presets/ has them, and the paper's figures. Flags override a preset; what then differs from it is said. A report of each
run is written below --out. Tables: ${PAPER_TABLES.join(", ")}.

Examples:
  $ saegate reproduce pythia-70m
  $ saegate reproduce gemma-2-2b --only table1 --device cuda
`;
const FORMS$2 = {
	text: reproductionText,
	json: (reproduction) => `${jsonText(reproduction, true)}\n`,
	html: reproductionPage
};
/** The preset's own business, or none of it. */
const LEFT_OUT = [
	"candidate",
	"policy",
	"baseline",
	"config",
	"explain",
	"expectPolicy"
];
function reproduceCommand(host, setStatus) {
	const command = new Command("reproduce").description("Measure by a paper’s own procedure and print its figures beside ours.").addArgument(new Argument("<PRESET>", "the model").choices(PRESET_NAMES)).option("--only <TABLES>", "of these tables alone, apart by commas, and only the runs that they need").addOption(new Option("--format <FORMAT>", "the form").choices(Object.keys(FORMS$2)).default("text")).addHelpText("after", WORDS$2);
	const own = auditOptions.filter(({ name }) => LEFT_OUT.some((one) => one === name)).map(({ flag }) => flag);
	for (const flag of auditFlags(false)) if (!own.includes(flag.long ?? null)) command.addOption(flag);
	return command.action(async (name, given) => {
		const reproduction = await reproduced(host, name, wanted(given.only), given);
		if (host.signal.aborted) throw interrupted();
		host.stdout.data(FORMS$2[given.format](reproduction));
		setStatus(0);
	});
}
/** Errors: TABLE_UNKNOWN. */
function wanted(only) {
	if (only === void 0) return PAPER_TABLES;
	return only.split(",").map((text) => {
		const found = PAPER_TABLES.find((table) => table === text.trim());
		if (found === void 0) throw tableUnknown(text, PAPER_TABLES);
		return found;
	});
}
async function reproduced(host, name, tables, given) {
	const preset = presetNamed(name);
	const values = givenValues$1(given);
	const told = {
		runs: [],
		rows: [],
		notes: []
	};
	const runs = preset.runs.filter((run) => run.tables.some((table) => tables.includes(table))).map((run) => ({
		run,
		request: requestOf(name, run, values)
	}));
	if (runs.length === 0) throw tableUnknown(tables.join(", "), [...new Set(preset.runs.flatMap((run) => run.tables))]);
	for (const { run, request } of runs) {
		const { judged, written } = await measureRequest(host, request).catch((error) => {
			if (!host.signal.aborted || told.runs.length === 0) throw error;
			throw interrupted(`whole reports: ${told.runs.map(({ report }) => visible(report, 200)).join(", ")}`);
		});
		host.stderr.write(`Report: ${visible(written.json, 200)}\n`);
		const { rows, notes } = tablesOf(name, {
			run,
			measurement: judged.measurement,
			path: written.json
		}, run.tables.filter((table) => tables.includes(table)));
		told.runs.push({
			name: run.name,
			why: run.why,
			report: written.json
		});
		told.rows.push(...rows);
		told.notes.push(...notes);
	}
	return {
		schema: REPRODUCTION_SCHEMA,
		preset: name,
		overridden: overriding(values),
		...told
	};
}
/** What changes figures; where and with how much it runs does not. */
const HARMLESS = [
	"out",
	"device",
	"threads",
	"memory",
	"weights",
	"expectReference",
	"expectSae",
	"expectCorpus"
];
const overriding = (values) => auditOptions.flatMap(({ name, flag }) => flag === null || values[name] === void 0 || HARMLESS.some((one) => one === name) ? [] : [flag]);
/** Errors: those of options. */
function requestOf(name, run, values) {
	const file = configOfValue(`${name}.yaml, ${run.name}`, run.audit);
	const request = resolveRequest({
		origin: "flag",
		values: {
			...values,
			candidate: Object.values(run.conditions)
		}
	}, file);
	return {
		...request,
		...run.batchSequences === void 0 ? {} : { batchSequences: run.batchSequences },
		policy: null,
		config: null,
		out: join(request.out, run.name.replaceAll(" ", "-"))
	};
}
// src/sae/known/listing.ts
/** Models that have names beside those on the Hub. */
const OTHER_NAMES = {
	"gpt2-small": "openai-community/gpt2",
	"gemma-3-270m": "google/gemma-3-270m-pt"
};
/** Every model that a dictionary is known of, in the table's order. */
function knownModels() {
	return [...new Set(RELEASES.map(({ model }) => model))].sort();
}
/**
* The model that a user means: `hf:owner/name[@revision]`, `owner/name` or the name alone, in any case. Null: no dictionary is
* known of it.
*/
function modelNamed(text) {
	const name = text.replace(/^hf:/, "").replace(/@.*$/, "").toLowerCase();
	const other = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : void 0;
	const isMeant = (model) => model.toLowerCase() === name || model.toLowerCase().endsWith(`/${name}`);
	return other ?? knownModels().find(isMeant) ?? null;
}
/** Of one model, or of all: release by release, layer by layer. Training checkpoints are left out. */
function knownDictionaries(model) {
	return RELEASES.filter((release) => (model === null || release.model === model) && !release.path.includes("{S}")).flatMap((release) => release.layers.map((layer, i) => entry(release, layer, i)));
}
function entry({ repository, path, model, hook, width, ...rest }, layer, i) {
	const l0 = typeof rest.l0 === "object" ? rest.l0[i] ?? null : rest.l0 ?? null;
	const at = (text) => text.replaceAll("{L}", String(layer));
	const inside = at(path).replace(/canonical$/, `average_l0_${l0 ?? "*"}`).replaceAll(/\{[A-Z]\}/g, "*");
	const neuronpedia = rest.neuronpedia === void 0 ? null : at(rest.neuronpedia);
	return {
		model,
		spec: `hf:${repository}/${inside}`,
		hook: at(hook),
		layer,
		width,
		l0,
		neuronpedia: neuronpedia?.includes("{") ? null : neuronpedia
	};
}
// src/cli/commands/saes.ts
/** @file `saegate saes`: which published dictionaries are known of a model, and how each is named. Nothing is fetched. */
const EXAMPLES$1 = `
A * in what --sae takes stands for several; "…/layer_*/width_16k/canonical" names one of each layer of Gemma Scope.

Examples:
  $ saegate saes
  $ saegate saes --model hf:google/gemma-2-2b
  $ saegate saes --model gpt2 --format json
`;
function saesCommand(host, setStatus) {
	const command = new Command("saes").description("List the published dictionaries that are known of a model, with what --sae takes.").option("--model <MODEL>", "hf:owner/name of the reference; without it models are counted").addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text")).addHelpText("after", EXAMPLES$1);
	refuseRepeats(command);
	return command.action((given) => {
		const model = given.model === void 0 ? null : known(given.model);
		const found = knownDictionaries(model);
		if (given.format === "json") host.stdout.data(`${jsonText(found, true)}\n`);
		else host.stdout.write(model === null ? modelsText(found) : dictionariesText(model, found));
		setStatus(0);
	});
}
/** Errors: SAES_MODEL_UNKNOWN. */
function known(text) {
	const model = modelNamed(text);
	if (model === null) throw saesModelUnknown(text, nearestName(text.replace(/^hf:/, ""), knownModels()) ?? "");
	return model;
}
function modelsText(all) {
	return table([
		"model",
		"dictionaries",
		"layers",
		"features"
	], knownModels().map((model) => {
		const own = all.filter((one) => one.model === model);
		return [
			model,
			String(own.length),
			range(own.map(({ layer }) => layer)),
			widths(own)
		];
	}));
}
function dictionariesText(model, found) {
	const rows = found.map(({ spec, hook, width, l0, neuronpedia }) => [
		spec,
		hook,
		String(width),
		l0 === null ? "–" : String(l0),
		neuronpedia ?? "–"
	]);
	return `${model}: ${found.length} dictionaries\n${table([
		"--sae",
		"hook",
		"features",
		"L0",
		"Neuronpedia"
	], rows)}`;
}
const range = (numbers) => `${Math.min(...numbers)} to ${Math.max(...numbers)}`;
function widths(found) {
	const all = [...new Set(found.map(({ width }) => width))].sort((a, b) => a - b);
	return all.length === 1 ? String(all[0]) : `${all[0]} to ${all.at(-1)}`;
}
function table(header, rows) {
	const all = [header, ...rows];
	const sizes = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
	return all.map((row) => `${row.map((cell, column) => cell.padEnd(sizes[column] ?? 0)).join("  ").trimEnd()}\n`).join("");
}
// src/errors/setup.ts
/** @file Problems of `saegate setup`. */
const setupNoCuda = problem("SETUP_NO_CUDA", 2, (version, platform) => ({
	message: `onnxruntime-node ${version} has a CUDA provider for Linux x64 only; this is ${platform}.`,
	fix: "Use --device cpu or --device webgpu here, or run on Linux x64 with an NVIDIA driver (on Windows: in WSL 2). For Linux arm64 nobody publishes the provider: it can be built from onnxruntime’s source (--use_cuda --build_nodejs), and SAEGATE_RUNTIME names the folder whose node_modules hold that build."
}));
const setupFolderRefused = problem("SETUP_FOLDER_REFUSED", 2, (folder) => ({
	message: `The CUDA provider belongs into ${folder}, where this user may not write.`,
	fix: "Run `saegate setup --cuda` as the user who installed saegate, or install saegate in a folder of your own."
}));
const setupFailed = problem("SETUP_FAILED", 3, (script, status, reason) => ({
	message: `onnxruntime’s install script ${status === null ? "was stopped or took too long" : `ended with ${status}`}: ${reason}. The CUDA provider is not installed (${script}).`,
	fix: "It downloads 300 MB from NuGet: check the network, and name a proxy with HTTPS_PROXY. Without network, install on a machine that has it and copy the folder of onnxruntime-node (SAEGATE_RUNTIME names the folder whose node_modules hold it)."
}));
// src/cli/commands/setup.ts
/** @file `saegate setup`: what this program needs beyond npm's packages. So far: onnxruntime's CUDA provider. */
const NEXT = "Next: saegate doctor\n";
const SUMMARY = `Nothing to do without a flag. What can be set up:

  saegate setup --cuda   download onnxruntime's CUDA provider (300 MB, Linux x64)

CPU works as installed, and WebGPU where there is a GPU driver. saegate doctor shows what works on this machine.
`;
const thisInstallation = () => ({
	platform: process.platform,
	arch: process.arch,
	engineFolder: runtimeFolder,
	node: process.execPath,
	root: ""
});
function setupCommand(host, installation = thisInstallation()) {
	return new Command("setup").description("Install what npm does not bring: the CUDA provider.").option("--cuda", "download onnxruntime’s CUDA provider (Linux x64, CUDA 12)").addHelpText("after", "\nExamples:\n  $ saegate setup --cuda\n").action(async (given) => {
		if (given.cuda === true) await setUpCuda(host, installation);
		else host.stdout.write(SUMMARY);
	});
}
async function setUpCuda(host, installation) {
	const { platform, arch } = installation;
	if (!isCudaPlatform(installation)) throw setupNoCuda(ENGINE_VERSION, `${platform} ${arch}`);
	const engine = installation.engineFolder();
	const folder = engineLibraries(engine, installation);
	host.stdout.write(libraryNotes(host, installation, join(folder, cudaLibrary(installation))));
	if (hasCudaProvider(engine, installation)) {
		host.stdout.write(`The CUDA provider is already installed: ${join(folder, cudaLibrary(installation))}\nRemove that file to download it again.\n${NEXT}`);
		return;
	}
	await access(folder, constants.W_OK).catch(() => {
		throw setupFolderRefused(folder);
	});
	host.stderr.write(`Downloading the CUDA provider of onnxruntime-node ${ENGINE_VERSION} (300 MB) …\n`);
	const failure = await fetchCudaProvider(engine, installation, (args) => runProgram(installation.node, args, scriptEnvironment(host.env)));
	if (host.signal.aborted) throw interrupted();
	if (failure !== null) throw failed(host, engine, failure);
	host.stdout.write(`The CUDA provider is installed: ${join(folder, cudaLibrary(installation))}\n${NEXT}`);
}
/** Empty where everything is found. */
function libraryNotes(host, { root }, provider) {
	const paths = {
		libraryPath: host.env.LD_LIBRARY_PATH,
		root
	};
	const { missing, unsearched, otherVersions } = findCudaLibraries(paths, provider);
	return [
		...missing.length === 0 ? [] : [`Probably missing on this machine: ${missing.join(", ")}. CUDA will not work until they are installed.`],
		...otherVersions.length === 0 ? [] : [`This machine has ${otherVersions.join(", ")}, and the provider of onnxruntime-node ${ENGINE_VERSION} is built for CUDA 12: install the runtime libraries of CUDA 12 beside them (cuda-libraries-12-8 of NVIDIA’s repositories); the driver serves both.`],
		...unsearched.map((folder) => `The loader does not look into ${folder}: export LD_LIBRARY_PATH=${folder} before saegate.`)
	].map((note) => `${note}\n`).join("");
}
/** What the script wrote is shown as it came, but for control characters. */
function failed(host, engine, { status, output }) {
	const lines = output.split(/\r?\n/).map((line) => line.replaceAll(/(?!\t)\p{Cc}/gu, "").trimEnd()).filter((line) => line !== "");
	for (const line of lines) host.stderr.write(`  | ${line}\n`);
	const reason = lines.find((line) => /^(?:\w*Error|npm error)\b/.test(line)) ?? lines.at(-1) ?? "it said nothing";
	return setupFailed(join(engine, "script", "install.js"), status, reason.replace(/[.]$/, ""));
}
// src/contract/experiments/stability-schema.ts
/** @file What `saegate stability --format json` prints: how much figures depend on how much text was read, and which. */
const STABILITY_SCHEMA = "saegate/stability@1";
({ ...whole({
	schema: { const: STABILITY_SCHEMA },
	path: {
		type: "string",
		description: "The report that it is of."
	},
	reference: { type: "string" },
	thresholds: survivalRule,
	confidence,
	rows: {
		type: "array",
		items: stabilityRow
	},
	spread: {
		type: "array",
		description: "Of the drawn subsets.",
		items: whole({
			candidate: { type: "string" },
			readout: { type: "string" },
			subsets: count$2,
			tokens: count$2,
			survivedSd: {
				...nullableNumber,
				description: "Standard deviation of the fractions, n − 1; null of one."
			},
			damagedSd: nullableNumber,
			meanCorrelationSd: nullableNumber
		})
	},
	sensitivity: {
		type: "array",
		description: "Fractions of the whole audited text at other thresholds, by the same rule.",
		items: whole({
			candidate: { type: "string" },
			readout: { type: "string" },
			cells: {
				type: "array",
				items: whole({
					survivedAt: fraction,
					damagedAt: fraction,
					survived: fraction,
					degraded: fraction,
					damaged: fraction
				})
			}
		})
	}
}) });
// src/experiments/stability.ts
/** @file The parts of the text that an audit looked at again, with the spread of the drawn ones and the whole text's threshold grid. */
/** `above`: the rule that the audit counted by. Errors: STABILITY_MISSING. */
function stabilityOf(path, measurement, above) {
	const rows = measurement.report.candidates.flatMap(({ stability = [] }) => stability);
	if (rows.length === 0) throw stabilityMissing(path);
	const isFirst = (row, i) => row.kind !== "itself" || rows.findIndex(({ kind, readout }) => kind === "itself" && readout === row.readout) === i;
	const sweep = sweepOf(path, measurement, {
		active: null,
		survived: null,
		damaged: null,
		survivedAbove: above
	});
	return {
		schema: STABILITY_SCHEMA,
		path,
		reference: sweep.reference,
		thresholds: sweep.thresholds,
		confidence: sweep.confidence,
		rows: rows.filter(isFirst),
		spread: spreadOf(rows.filter(({ kind }) => kind === "subset")),
		sensitivity: sweep.conditions.flatMap(({ candidate, readouts }) => readouts.map(({ readout, sensitivity }) => ({
			candidate,
			readout,
			cells: sensitivity
		})))
	};
}
function spreadOf(rows) {
	const places = /* @__PURE__ */ new Map();
	for (const row of rows) {
		const key = JSON.stringify([row.candidate, row.readout]);
		places.set(key, [...places.get(key) ?? [], row]);
	}
	return [...places.values()].flatMap((own) => {
		const [first] = own;
		if (first === void 0) return [];
		return [{
			candidate: first.candidate,
			readout: first.readout,
			subsets: own.length,
			tokens: first.tokens,
			survivedSd: sampleSd(own.map(({ survived }) => survived.fraction)),
			damagedSd: sampleSd(own.map(({ damaged }) => damaged.fraction)),
			meanCorrelationSd: sampleSd(own.map(({ meanCorrelation }) => meanCorrelation))
		}];
	});
}
/** n − 1; null of one. */
const sampleSd = (values) => values.length < 2 ? null : sampleStandardDeviation([...values]);
// src/report/experiments/stability/stability-text.ts
/** @file `saegate stability` for a terminal or a log, and its tables for the page. */
function stabilityText(stability) {
	return `${[
		...stabilityLines(stability),
		...block$1("beginnings, drawn subsets, and the reference against itself", partRows(stability)),
		...block$1("spread of the drawn subsets (standard deviation)", spreadRows(stability)),
		...block$1("the whole text at other thresholds", gridRows(stability))
	].join("\n")}\n`;
}
const block$1 = (title, rows) => rows.length < 2 ? [] : [
	"",
	title,
	...textTable(rows)
];
function stabilityLines({ reference, thresholds, confidence }) {
	return [`stability of survival against ${visible(reference, 80)}`, `survived: ρ ${thresholds.above ? ">" : "≥"} ${number(thresholds.survived)}; damaged: ρ < ${number(thresholds.damaged)}; active: fires at more than ${number(thresholds.active)} of positions, of each part of the text; intervals at ${percent$2(confidence, 0)}`];
}
const KINDS = {
	budget: "first",
	subset: "drawn",
	itself: "itself"
};
function partRows({ rows }) {
	return [[
		"",
		"read-out",
		"text",
		"seed",
		"tokens",
		"active",
		"mean ρ",
		"survived",
		"interval",
		"damaged"
	], ...rows.map((row) => [
		visible(row.candidate, 40),
		visible(row.readout, 40),
		KINDS[row.kind],
		row.seed === null ? "–" : String(row.seed),
		count$3(row.tokens),
		count$3(row.active),
		decimal(row.meanCorrelation, row.kind === "itself" ? 6 : 4),
		percent$2(row.survived.fraction, 2),
		percentInterval(row.survived.ci, 1),
		percent$2(row.damaged.fraction, 2)
	])];
}
function spreadRows({ spread }) {
	return [[
		"",
		"read-out",
		"subsets",
		"tokens",
		"survived",
		"damaged",
		"mean ρ"
	], ...spread.map((one) => [
		visible(one.candidate, 40),
		visible(one.readout, 40),
		count$3(one.subsets),
		count$3(one.tokens),
		percent$2(one.survivedSd, 3),
		percent$2(one.damagedSd, 3),
		decimal(one.meanCorrelationSd, 4)
	])];
}
function gridRows({ sensitivity, thresholds }) {
	const survivedAt = [...new Set(sensitivity[0]?.cells.map((cell) => cell.survivedAt))];
	const damagedAt = [...new Set(sensitivity[0]?.cells.map((cell) => cell.damagedAt))];
	return [[
		"",
		"read-out",
		...survivedAt.map((value) => `ρ ${thresholds.above ? ">" : "≥"} ${decimal(value, 2)}`),
		...damagedAt.map((value) => `ρ < ${decimal(value, 1)}`)
	], ...sensitivity.map(({ candidate, readout, cells }) => [
		visible(candidate, 40),
		visible(readout, 40),
		...survivedAt.map((value) => percent$2(cells.find((cell) => cell.survivedAt === value)?.survived, 2)),
		...damagedAt.map((value) => percent$2(cells.find((cell) => cell.damagedAt === value)?.damaged, 2))
	])];
}
// src/report/experiments/stability/stability-page.ts
/** @file `saegate stability` as a page. */
function stabilityPage(stability) {
	const table = (title, rows) => rows.length < 2 ? [] : [pageTable(title, rows.map((row) => row.map((cell) => xml$1(cell))))];
	return experimentPage({
		title: "Stability",
		lines: stabilityLines(stability),
		sections: [
			`<section><h2>Features</h2><div class="grid">${survivalByTokens(stability)}</div></section>`,
			...table("Parts of the text", partRows(stability)),
			...table("Spread of the drawn subsets", spreadRows(stability)),
			...table("Other thresholds", gridRows(stability))
		]
	});
}
const shown = ({ candidate, readout }) => `${visible(candidate, 30)} at ${visible(readout, 40)}`;
/** Survival of beginnings, with intervals, and of drawn subsets as rings. */
function survivalByTokens({ rows }) {
	const points = rows.filter(({ kind }) => kind !== "itself").map((row) => {
		const [low = row.survived.fraction, high = row.survived.fraction] = row.survived.ci ?? [];
		return {
			...row,
			series: shown(row),
			share: row.survived.fraction,
			low,
			high
		};
	});
	const first = points.filter(({ kind }) => kind === "budget");
	const drawn = points.filter(({ kind }) => kind === "subset");
	return figure$1({
		width: 520,
		height: 360,
		marginLeft: 52,
		marginRight: 24,
		marginBottom: 42,
		x: {
			label: "Tokens →",
			tickFormat: (value) => count$3(value),
			ticks: 5,
			zero: true
		},
		y: {
			label: "↑ Active features that survive",
			grid: true,
			tickFormat: (value) => percent$2(value, 0)
		},
		marks: [
			ruleX(first, {
				x: "tokens",
				y1: "low",
				y2: "high",
				stroke: CLASS_COLOURS.survived,
				strokeOpacity: .5
			}),
			lineY(first, {
				x: "tokens",
				y: "share",
				z: "series",
				stroke: CLASS_COLOURS.survived,
				marker: "circle"
			}),
			dot(drawn, {
				x: "tokens",
				y: "share",
				r: 4,
				stroke: "var(--accent)"
			})
		]
	}, {
		id: "tokens",
		title: "Survival by how much text was read",
		description: "Points on lines: the first tokens of the text, with intervals. Rings: sequences drawn from it.",
		header: [
			"Candidate and read-out",
			"Text",
			"Tokens",
			"Survived",
			"Interval"
		],
		rows: points.map((point) => [
			xml$1(point.series),
			point.kind === "budget" ? "first" : `drawn by ${point.seed}`,
			count$3(point.tokens),
			percent$2(point.share, 2),
			percentInterval(point.survived.ci, 1)
		])
	});
}
// src/cli/commands/stability.ts
/** @file `saegate stability`: how much survival depends on how much text was read, and which. */
const WORDS$1 = `
Each model is run once, over all tokens; its beginnings and subsets of its sequences, drawn by seeds, are then read again through
every SAE, and so is the reference in the candidate's place. A second layer is a second --sae. Losses are measured only where
--perplexity asks for them.

Examples:
  $ saegate stability --candidate rtn:6 --tokens 200k --budgets 50k,100k,200k --subsets 3 --subset-tokens 100k \\
      --reference ./pythia-70m --sae ./4-res-sm --sae ./2-res-sm --corpus wikitext-2:train
`;
const FORMS$1 = {
	text: stabilityText,
	json: (stability) => `${jsonText(stability, true)}\n`,
	html: stabilityPage
};
function stabilityCommand(host, setStatus) {
	const command = new Command("stability").description("Say how much survival depends on how much text was read, and which.").argument("[REPORT]", "a report.json of such a run, to be shown again").option("--budgets <TOKENS>", "beginnings, apart by commas (default: a quarter, half and all of --tokens)").option("--subsets <N>", "how many subsets of sequences are drawn", "3").option("--subset-tokens <N>", "tokens of each (default: half of --tokens)").option("--draw <SEED>", "seed of the first; the others count on", "0").option("--survived-above", "survived above the threshold, not at it: the rule of the paper’s code").addOption(new Option("--format <FORMAT>", "the form").choices(Object.keys(FORMS$1)).default("text")).addHelpText("after", WORDS$1);
	for (const flag of auditFlags()) command.addOption(flag);
	return command.action(async (path, given) => {
		const show = (found) => {
			if (host.signal.aborted) throw interrupted();
			host.stdout.data(FORMS$1[given.format](found));
		};
		const values = givenValues$1(given);
		if (path !== void 0) {
			const flag = auditOptions.find(({ name }) => values[name] !== void 0)?.flag;
			if (flag != null) throw measuredAlready(flag);
			show(stabilityOf(path, await loadReport(path), given.survivedAbove ?? false));
			return setStatus(0);
		}
		const overrides = {
			origin: "flag",
			values: {
				perplexity: "none",
				...values
			}
		};
		const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)));
		const stability = stabilityAsked(given, request);
		const { judged, written } = await measureRequest(host, {
			...request,
			stability
		});
		show(stabilityOf(written.json, judged.measurement, stability.above));
		host.stderr.write(`Report: ${written.json}\n`);
		setStatus(judged.blocks ? 1 : 0);
	});
}
const TOKENS = {
	kind: "count",
	min: 1,
	max: AUDIT_OPTIONS.tokens.type.max,
	all: false
};
const SUBSETS = {
	kind: "count",
	min: 0,
	max: 100,
	all: false
};
const SEED = AUDIT_OPTIONS.seed.type;
/** Errors: OPTION_INVALID. */
function stabilityAsked(given, { corpus }) {
	const all = corpus.tokens ?? AUDIT_OPTIONS.tokens.default;
	return {
		budgets: given.budgets?.split(",").map((text) => readCount("--budgets", text.trim(), TOKENS)) ?? [
			all / 4,
			all / 2,
			all
		],
		subsets: readCount("--subsets", given.subsets, SUBSETS),
		subsetTokens: given.subsetTokens === void 0 ? all / 2 : readCount("--subset-tokens", given.subsetTokens, TOKENS),
		seed: readCount("--draw", given.draw, SEED),
		above: given.survivedAbove ?? false
	};
}
// src/report/experiments/sweep/sweep.ts
/** Read-outs of the sweep, in the order of the report. */
const sweptReadouts = ({ conditions }) => [...new Set(conditions.flatMap(({ readouts }) => readouts.map(({ readout }) => readout)))];
// src/report/experiments/sweep/sweep-text.ts
/** @file `saegate sweep` for a terminal or a log: the tables of arXiv 2606.03002 over the conditions of one report. */
function sweepText(sweep) {
	return `${[
		...sweepLines(sweep),
		...sweptReadouts(sweep).flatMap((readout) => [
			"",
			`at ${visible(readout, 60)}`,
			...textTable(survivalRows(sweep, readout)),
			"",
			"survived at other thresholds, and damaged below others",
			...textTable(sensitivityRows(sweep, readout))
		]),
		...block("perplexity by both protocols", perplexityRows(sweep)),
		...block("pruning matched to another compression", matchRows(sweep))
	].join("\n")}\n`;
}
const block = (title, rows) => rows.length < 2 ? [] : [
	"",
	title,
	...textTable(rows)
];
/** What was swept, and by which rule. */
function sweepLines(sweep) {
	const { reference, tokens, thresholds, confidence } = sweep;
	return [`${sweep.conditions.length} conditions of ${visible(reference, 80)} on ${count$3(tokens)} tokens`, `survived: ρ ${thresholds.above ? ">" : "≥"} ${number(thresholds.survived)}; damaged: ρ < ${number(thresholds.damaged)}; active: fires at more than ${number(thresholds.active)} of positions; intervals at ${percent$2(confidence, 0)}`];
}
const nameOf = ({ candidate }) => visible(candidate, 40);
const at = ({ readouts }, readout) => readouts.find((one) => one.readout === readout);
/** Table 1: change of perplexity, mean and median ρ, the three classes. */
function survivalRows(sweep, readout) {
	return [[
		"",
		"perplexity",
		"mean ρ",
		"median ρ",
		"survived",
		"interval",
		"degraded",
		"damaged",
		"KL"
	], ...sweep.conditions.map((one) => {
		const found = at(one, readout);
		const perplexity = one.chunked ?? one.sliding;
		return [
			nameOf(one),
			signedPercent(perplexity?.deltaPercent, 3),
			decimal(found?.meanCorrelation, 3),
			decimal(found?.medianCorrelation, 3),
			percent$2(found?.survived.fraction, 3),
			percentInterval(found?.survived.ci, 1),
			percent$2(found?.degraded.fraction, 3),
			percent$2(found?.damaged.fraction, 3),
			number(one.klMean)
		];
	})];
}
/** Appendix A: how much the classes depend on where they end. */
function sensitivityRows(sweep, readout) {
	const [first] = sweep.conditions.flatMap((one) => at(one, readout) ?? []);
	const survivedAt = [...new Set(first?.sensitivity.map((cell) => cell.survivedAt))];
	const damagedAt = [...new Set(first?.sensitivity.map((cell) => cell.damagedAt))];
	const sign = sweep.thresholds.above ? ">" : "≥";
	return [[
		"",
		...survivedAt.map((value) => `ρ ${sign} ${decimal(value, 2)}`),
		...damagedAt.map((value) => `ρ < ${decimal(value, 1)}`)
	], ...sweep.conditions.map((one) => {
		const cells = at(one, readout)?.sensitivity ?? [];
		return [
			nameOf(one),
			...survivedAt.map((value) => percent$2(cells.find((cell) => cell.survivedAt === value)?.survived, 2)),
			...damagedAt.map((value) => percent$2(cells.find((cell) => cell.damagedAt === value)?.damaged, 2))
		];
	})];
}
/** Table 3 and Appendix D: both perplexities and their changes side by side. A header alone where one was not measured. */
function perplexityRows(sweep) {
	const [first] = sweep.conditions;
	const header = [
		"",
		"chunked",
		"change",
		"interval",
		"sliding",
		"change",
		"interval",
		"ratio",
		"shift"
	];
	if (first?.chunked == null || first.sliding === null) return [header];
	return [
		header,
		[
			"reference",
			decimal(first.chunked.reference, 4),
			"–",
			"",
			decimal(first.sliding.reference, 4),
			"–",
			"",
			decimal(first.chunked.reference / first.sliding.reference, 4),
			"–"
		],
		...sweep.conditions.map((one) => [
			nameOf(one),
			decimal(one.chunked?.candidate, 4),
			signedPercent(one.chunked?.deltaPercent, 3),
			signedInterval(one.chunked?.ci, 2),
			decimal(one.sliding?.candidate, 4),
			signedPercent(one.sliding?.deltaPercent, 3),
			signedInterval(one.sliding?.ci, 2),
			decimal(one.ratio, 4),
			one.shift === null ? "–" : signed(one.shift, 3)
		])
	];
}
/** Appendix F: every step of every match. */
function matchRows(sweep) {
	return [[
		"",
		"step",
		"sparsity",
		"perplexity",
		"target",
		"taken"
	], ...sweep.conditions.flatMap((one) => (one.match?.trace ?? []).map((step, i) => [
		i === 0 ? nameOf(one) : "",
		String(i + 1),
		percent$2(step.sparsity, 2),
		decimal(step.perplexity, 4),
		i === 0 ? decimal(one.match?.targetPerplexity, 4) : "",
		step.sparsity === one.sparsity ? one.match?.reached ? "taken" : "nearest, not reached" : ""
	]))];
}
// src/report/experiments/sweep/sweep-page.ts
/** @file `saegate sweep` as a page: the plots and tables of arXiv 2606.03002 over the conditions of one report. */
function sweepPage({ sweep, report }) {
	const own = byRule(report, sweep);
	const tables = sweptReadouts(sweep).flatMap((readout) => [pageTable(`Survival at ${visible(readout, 60)}`, escaped(survivalRows(sweep, readout))), pageTable(`Other thresholds at ${visible(readout, 60)}`, escaped(sensitivityRows(sweep, readout)))]);
	return experimentPage({
		title: "Sweep",
		lines: sweepLines(sweep),
		sections: [
			`<section><h2>Features</h2><div class="grid">${sweepFigures(sweep, own).join("\n")}</div></section>`,
			...tables,
			...some("Perplexity by both protocols", perplexityRows(sweep)),
			...some("Pruning matched to another compression", matchRows(sweep))
		]
	});
}
/** The plots, each a figure; those that nothing is known for are left out. */
function sweepFigures(sweep, report) {
	return [
		survivalByBits(sweep),
		dissociationMap(report),
		classBars(report)
	].filter((one) => one !== "");
}
const escaped = (rows) => rows.map((row) => row.map((cell) => xml$1(cell)));
const some = (title, rows) => rows.length < 2 ? [] : [pageTable(title, escaped(rows))];
/** The report with the sweep's own shares, so that plots and tables follow one rule. */
function byRule(report, { conditions }) {
	const shares = (candidate, features) => {
		const own = conditions.find((one) => one.candidate === candidate)?.readouts.find(({ readout }) => readout === features.readout);
		if (own === void 0) return features;
		const { survived, degraded, damaged } = own;
		const plain = ({ count, fraction, ci }) => ({
			count,
			fraction,
			ci: ci === null ? null : [...ci]
		});
		return {
			...features,
			survived: plain(survived),
			degraded: plain(degraded),
			damaged: plain(damaged)
		};
	};
	return {
		...report,
		candidates: report.candidates.map((candidate) => ({
			...candidate,
			features: candidate.features.map((features) => shares(candidate.name, features))
		}))
	};
}
/** Roundings of one granularity at one read-out are a line. Whole bits: scales take their part of a stored weight, not of its precision. */
function pointsOf(sweep) {
	const seriesOf = ({ spec }, readout) => `${spec.replace(/^rtn:\d+/, "rtn")} at ${visible(readout, 40)}`;
	return sweep.conditions.flatMap((one) => {
		const bits = Number(/^rtn:(\d+)/.exec(one.spec)?.[1] ?? NaN);
		if (Number.isNaN(bits)) return [];
		return one.readouts.map(({ readout, survived: { fraction, ci } }) => {
			const [low = fraction, high = fraction] = ci ?? [];
			return {
				bits,
				series: seriesOf(one, readout),
				survived: fraction,
				low,
				high
			};
		});
	});
}
/** '' with fewer than two bit-widths. */
function survivalByBits(sweep) {
	const points = pointsOf(sweep);
	const widths = [...new Set(points.map(({ bits }) => bits))].sort((a, b) => b - a);
	if (widths.length < 2) return "";
	return figure$1({
		width: 520,
		height: 394,
		marginLeft: 52,
		marginRight: 150,
		marginBottom: 44,
		x: {
			domain: widths,
			type: "point",
			label: "Bits"
		},
		y: {
			domain: [0, 1],
			grid: true,
			label: "↑ Active features that survive",
			tickFormat: (value) => percent$2(value, 0)
		},
		marks: [
			ruleX(points, {
				x: "bits",
				y1: "low",
				y2: "high",
				stroke: CLASS_COLOURS.survived,
				strokeOpacity: .5
			}),
			lineY(points, {
				x: "bits",
				y: "survived",
				z: "series",
				stroke: CLASS_COLOURS.survived,
				marker: "circle",
				sort: {
					channel: "bits",
					order: "descending"
				}
			}),
			text$1(points.filter(({ bits }) => bits === widths.at(-1)), {
				x: "bits",
				y: "survived",
				text: "series",
				dx: 10,
				textAnchor: "start",
				fill: "var(--ink)"
			})
		]
	}, {
		id: "bits",
		title: "Survival by bit-width",
		description: "Part of the active features that survive rounding, with its interval, for each read-out.",
		header: [
			"Rounding",
			"Bits",
			"Survived",
			"Low",
			"High"
		],
		rows: points.map(({ series, bits, survived, low, high }) => [
			xml$1(series),
			number(bits),
			percent$2(survived, 3),
			percent$2(low, 1),
			percent$2(high, 1)
		])
	});
}
// src/cli/commands/sweep.ts
/** @file `saegate sweep`: many conditions and several SAEs over one run of the reference, and their tables side by side. */
const WORDS = `
Without REPORT.json the conditions are measured as \`saegate audit\` measures candidates, in one run of the reference for all of
them and every SAE, and the report is written to --out; with it, the candidates of that report are laid side by side. --candidate
adds candidates of its own. With a policy the exit status is that of the gate.

Examples:
  $ saegate sweep --bits 8,7,6,5,4 --prune match=rtn:6 --reference ./pythia-70m --sae ./4-res-sm --corpus wikitext-2:train
  $ saegate sweep --bits 4,3 --granularity channel,group=128,tensor --config saegate.yaml
  $ saegate sweep saegate-report/report.json --survived-above --format html > sweep.html
`;
const FORMS = {
	text: ({ sweep }) => sweepText(sweep),
	json: ({ sweep }) => `${jsonText(sweep, true)}\n`,
	html: sweepPage
};
function sweepCommand(host, setStatus) {
	const command = new Command("sweep").description("Measure many bit-widths and prunings at once and show them side by side.").argument("[REPORT]", "a report.json that was measured before").addOption(listed("--bits <WIDTHS>", `roundings, apart by commas (default: ${PAPER_BITS.join(",")})`)).addOption(repeated("--prune <SPEC>", "a pruning: a sparsity, or match=SPEC; may be given several times")).addOption(listed("--granularity <KINDS>", `what shares a scale: channel, tensor, group=N, transformerlens (its layout); several apart by commas (default: ${USUAL_GRANULARITY})`)).option("--survived-above", "survived above the threshold, not at it: the rule of the paper’s code").addOption(new Option("--format <FORMAT>", "the form").choices(Object.keys(FORMS)).default("text")).addHelpText("after", WORDS);
	for (const flag of auditFlags()) command.addOption(flag);
	return command.action(async (path, given) => {
		const told = path === void 0 ? await measured(host, given) : await finished(path, given);
		const { report } = told.measurement;
		const asked = {
			active: null,
			survived: null,
			damaged: null,
			survivedAbove: given.survivedAbove ?? false
		};
		const text = FORMS[given.format]({
			sweep: sweepOf(told.path, told.measurement, asked),
			report
		});
		if (host.signal.aborted) throw interrupted();
		host.stdout.data(text);
		setStatus(told.blocks ? 1 : 0);
	});
}
/** Commas part values, but not those within one: group=128 has none. */
const listed = (flags, words) => new Option(flags, words).argParser((given, before) => [...before ?? [], ...given.split(",").map((one) => one.trim())]);
const repeated = (flags, words) => new Option(flags, words).argParser((given, before) => [...before ?? [], given.trim()]);
/** Errors: MEASURED_ALREADY, those of reading a report. */
async function finished(path, given) {
	const values = givenValues$1(given);
	const measuring = auditOptions.find(({ name }) => values[name] !== void 0)?.flag;
	const own = [
		"bits",
		"prune",
		"granularity"
	].find((name) => given[name] !== void 0);
	const flag = own === void 0 ? measuring : `--${own}`;
	if (flag != null) throw measuredAlready(flag);
	return {
		path,
		measurement: await loadReport(path),
		blocks: false
	};
}
/** Errors: those of an audit. */
async function measured(host, given) {
	const { bits, prune = [], granularity = [USUAL_GRANULARITY] } = given;
	const values = givenValues$1(given);
	const own = Array.isArray(values.candidate) ? values.candidate.map(String) : [];
	const usual = prune.length === 0 && own.length === 0 ? PAPER_BITS : [];
	const swept = sweptCandidates({
		bits: bits ?? usual,
		prune,
		granularities: granularity
	});
	const overrides = {
		origin: "flag",
		values: {
			...values,
			candidate: [...swept, ...own]
		}
	};
	const { judged, written } = await measureRequest(host, resolveRequest(overrides, await readConfig(onlyConfig(given.config))));
	host.stderr.write(`Report: ${written.json}\n`);
	return {
		path: written.json,
		measurement: judged.measurement,
		blocks: judged.blocks
	};
}
// src/gate/verify.ts
/** `stored` as it was read, `judged` the same judged now by the policy that the verifier trusts. */
function checkVerdict(stored, judged) {
	const samePolicy = stored.policy?.sha256 === judged.policy?.sha256;
	const policy = {
		holds: samePolicy,
		text: samePolicy ? `the report was judged by this text of policy ${judged.policy?.name ?? ""}` : `the report was judged by ${stored.policy === null ? "no policy" : `another text of policy ${stored.policy.name}`}, not by this one`
	};
	const same = stored.verdict === judged.verdict;
	return [policy, {
		holds: same && judged.verdict === "pass" && judged.policy?.informational !== true,
		text: same ? `the verdict made again from the tables is the report's: ${judged.verdict}${judged.policy?.informational === true ? ", by an informational policy, which requires nothing" : ""}` : `the report says ${stored.verdict ?? "no verdict"}, and its tables give ${judged.verdict ?? "no verdict"}`
	}];
}
/**
* Every file that the report names must be there and be the same, and no other weights or code beside them; what else lies there
* is named. `report` as it is judged now. Errors: those of reading.
*/
async function checkFiles(report, { role, spec, files }) {
	if (files.vouchedSha256 !== void 0) return {
		holds: false,
		text: `${role} ${spec} is a capture, whose files are not here to be hashed`
	};
	const digested = digestedFiles(files);
	const compare = async ({ sha256: whole, files: said }) => {
		if (said === void 0) return ["the report has no digests of its files: audit again with this version"];
		const wrong = [];
		if (report.digests !== void 0 && filesSha256(said) !== whole) wrong.push("its one digest in the report is not that of its files there");
		for (const [name, sha256] of Object.entries(said)) if (!files.has(name)) wrong.push(`${name} is not there`);
		else if (await digested.sha256(name) !== sha256) wrong.push(`${name} differs`);
		const added = files.names.filter((name) => DECISIVE.test(name) && said[name] === void 0);
		return [...wrong, ...added.map((name) => `${name} was not read by the audit`)];
	};
	if (role === "reference") return checked(`reference ${spec}`, report.reference.files, await compare(report.reference));
	const stored = report.candidates.filter(({ sha256 }) => sha256 !== null);
	if (stored.length === 0) return {
		holds: false,
		text: `candidate ${spec}: the report judged no artifact, only what it derived from the reference`
	};
	const [nearest] = (await Promise.all(stored.map(async (one) => ({
		one,
		wrong: await compare(one)
	})))).sort((a, b) => a.wrong.length - b.wrong.length);
	if (nearest === void 0 || nearest.wrong.length > 0) return checked(`candidate ${spec}`, void 0, nearest?.wrong ?? []);
	const { files: said = {} } = nearest.one;
	const unread = files.names.filter((name) => said[name] === void 0);
	return {
		...candidateCheck(spec, nearest.one),
		...unread.length === 0 ? {} : { unread }
	};
}
/** What a runtime may load in place of, or beside, what was measured. */
const DECISIVE = /\.(safetensors|bin|pt|pth|gguf|onnx|npz|h5|msgpack|py|so)$/i;
function candidateCheck(spec, { name, verdict, files }) {
	return {
		holds: verdict === "pass",
		text: `candidate ${spec} is ${name} of the report, ${count(files)} the same; its verdict is ${verdict ?? "missing: no rule looked at it"}`
	};
}
function checked(what, said, wrong) {
	if (wrong.length === 0) return {
		holds: true,
		text: `${what}: ${count(said)} as the report has them`
	};
	const more = wrong.length > 5 ? `, and ${wrong.length - 5} more` : "";
	return {
		holds: false,
		text: `${what} is not what was judged: ${wrong.slice(0, 5).join(", ")}${more}`
	};
}
function count(files) {
	const n = Object.keys(files ?? {}).length;
	return n === 1 ? "its file" : `all ${n} files`;
}
// src/cli/commands/verify.ts
/** @file `saegate verify`: before shipping, is the verdict what the policy gives, and are these the files that were judged? */
const EXAMPLES = `
The tables beside the report are held against it, the verdict is made again from them by the policy given here, and every file
of the model is hashed. With --shards, those of a merged report are merged again and have to give it. What was measured, and how truly, is the word of whoever ran the audit: attest the report there.

Exit status: 0 all of it holds, 1 something does not, 2 bad usage or input.

Examples:
  $ saegate verify saegate-report/report.json --policy policies/release.yaml --candidate ./quantized
  $ saegate verify report.json --policy default --shards shards --candidate ./quantized
  $ saegate verify report.json --policy default --candidate hf:owner/name@COMMIT --reference hf:owner/base@COMMIT
`;
function verifyCommand(host, setStatus) {
	return new Command("verify").description("Check that a report passes a policy and that a model at hand is the one it judged; no model is run.").argument("<report.json>", "a report that `saegate audit` wrote, with its tables").addOption(sharedFlag(AUDIT_OPTIONS.policy, `${SHIPPED_POLICY_NAMES.join(", ")} or a YAML file: the one that you trust`)).addOption(sharedFlag(AUDIT_OPTIONS.baseline)).option("--candidate <SPEC>", "files that are to be shipped; may be repeated", collect, []).option("--reference <SPEC>", "the full-precision model that they are to have been measured against").option("--shards <PATH>", "shards that are to give this report, a file or their folder; may be repeated", collect, []).option("--json", "as JSON").addHelpText("after", EXAMPLES).action(async (path, given) => {
		const checks = await verified(path, given, host);
		if (host.signal.aborted) throw interrupted();
		const holds = checks.every((check) => check.holds);
		if (given.json === true) host.stdout.data(`${jsonText({
			holds,
			checks
		}, true)}\n`);
		else host.stdout.write(words(checks, holds));
		setStatus(holds ? 0 : 1);
	});
}
const collect = (spec, before) => [...before, spec];
async function verified(path, given, host) {
	if (given.policy === void 0) throw policyMissing();
	const stored = await loadReport(path);
	const criteria = await readCriteria({
		policy: given.policy,
		baseline: given.baseline ?? null
	});
	const judged = judgeBy(stored, criteria).measurement.report;
	const checks = [...checkVerdict(stored.report, judged)];
	if (given.shards.length > 0) checks.push(await shardsGive(stored, given.shards, host.signal));
	const environment = [...given.candidate, ...given.reference === void 0 ? [] : [given.reference]].some(isHubSpec) ? await withPublisherToken(host.env) : host.env;
	const progress = progressTo(host);
	const { sourceOpener } = await import("./shared-open-source.js");
	const open = sourceOpener(environment, progress.show);
	try {
		for (const spec of given.candidate) checks.push(await filesOf(judged, "candidate", spec, open));
		if (given.reference !== void 0) checks.push(await filesOf(judged, "reference", given.reference, open));
	} finally {
		progress.clear();
	}
	return checks;
}
/** Errors: those of merging. */
async function shardsGive(stored, paths, signal) {
	const { merged, files } = await mergedAgain(stored.report, paths, signal);
	return await checkShards(stored, merged, files.length);
}
async function filesOf(report, role, spec, open) {
	const files = await open(spec);
	try {
		return await checkFiles(report, {
			role,
			spec,
			files
		});
	} finally {
		await files.close();
	}
}
/** A folder may hold thousands. */
const MOST_NAMES = 20;
/** A chat template or generation_config.json changes what people get, and no figure of the audit. */
function unreadLine(names) {
	const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
	return `note  the audit did not read, and so nothing holds: ${names.slice(0, MOST_NAMES).join(", ")}${more}.`;
}
function words(checks, holds) {
	return `${checks.flatMap((check) => [`${check.holds ? "ok  " : "FAIL"}  ${check.text}.`, ...check.unread === void 0 ? [] : [unreadLine(check.unread)]]).join("\n")}\n${holds ? "All of it holds." : "Do not ship it."}\n`;
}
// src/cli/program.ts
/** @file The commands and their help. Options of `audit` come from the one table in contract/options/options.ts. */
const EPILOGUE = `
Exit status: 0 the policy passes (or none was given), 1 it does not, 2 bad usage or input, 3 the run failed, 130 interrupted.

Examples:
  $ saegate audit --reference ./pythia-70m --candidate ./pythia-70m-int6 --candidate rtn:8 \\
      --sae ./sae/blocks.4.hook_resid_post --corpus ./wikitext.txt --policy default
  $ saegate gate saegate-report/report.json --policy strict
  $ saegate report saegate-report/report.json --format md
  $ saegate doctor
`;
/** The program, which writes to the host and tells its exit status through `setStatus`. */
function buildProgram(host, setStatus) {
	const program = new Command("saegate").description("Stops a quantized language model from shipping when perplexity looks fine and its features are gone.").version(VERSION, "-V, --version").addHelpText("after", EPILOGUE).showHelpAfterError("Run the command with --help to see what it takes.").exitOverride().configureOutput({
		writeOut: (text) => host.stdout.write(text),
		writeErr: (text) => host.stderr.write(text),
		outputError: (text, write) => write(text.replace(/^error: (.)/, (_, first) => `saegate: ${first.toUpperCase()}`)),
		getOutHelpWidth: () => Math.min(host.stdout.columns, 110),
		getErrHelpWidth: () => Math.min(host.stderr.columns, 110)
	});
	for (const [heading, commands] of commandGroups(host, setStatus)) for (const command of commands) program.addCommand(command.helpGroup(heading));
	for (const command of program.commands.filter((one) => TELLS_PROGRESS.has(one.name()))) command.option(QUIET_FLAGS, "tell no progress").option(VERBOSE_FLAG, "also tell how long each stage took");
	inherit(program);
	return program;
}
/** Commands that read models or large files. */
const TELLS_PROGRESS = /* @__PURE__ */ new Set([
	"attribute",
	"audit",
	"causal",
	"diagnose",
	"inspect",
	"plan",
	"repair",
	"reproduce",
	"stability",
	"sweep",
	"verify"
]);
/** Commands of commands too. */
function inherit(parent) {
	for (const command of parent.commands) {
		command.copyInheritedSettings(parent).exitOverride();
		inherit(command);
	}
}
/** By what one wants, the everyday ones first. */
function commandGroups(host, setStatus) {
	return [
		["Gate a model:", [
			initCommand(host),
			auditCommand(host, setStatus),
			mergeCommand(host, setStatus),
			gateCommand(host, setStatus),
			reportCommand(host, setStatus),
			verifyCommand(host, setStatus),
			attestCommand(host, setStatus),
			registryCommand(host, setStatus)
		]],
		["Explain what happened:", [
			featureCommand(host, setStatus),
			attributeCommand(host),
			causalCommand(host, setStatus),
			diagnoseCommand(host)
		]],
		["Choose among candidates:", [
			planCommand(host),
			repairCommand(host, setStatus),
			compareCommand(host, setStatus)
		]],
		["Experiments:", [
			sweepCommand(host, setStatus),
			stabilityCommand(host, setStatus),
			predictCommand(host, setStatus),
			reproduceCommand(host, setStatus)
		]],
		["Look up and set up:", [
			inspectCommand(host),
			saesCommand(host, setStatus),
			policyCommand(host),
			doctorCommand(host, setStatus),
			setupCommand(host),
			captureCommand(host),
			completionCommand(host)
		]]
	];
}
// src/cli/run.ts
/** @file The command line as a whole: arguments in, exit status out, every expected failure as one message. */
const INTERRUPTED = 130;
/** Never throws. */
async function runCli(host) {
	let status = null;
	const program = buildProgram(host, (next) => {
		status = next;
	});
	try {
		await program.parseAsync([...host.argv], { from: "user" });
		return status ?? (host.signal.aborted ? INTERRUPTED : 0);
	} catch (error) {
		return tell(host, error);
	}
}
function tell(host, error) {
	if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
	if (host.signal.aborted || error instanceof SaegateError && error.code === interrupted.code) {
		const { message } = error instanceof SaegateError && error.code === interrupted.code ? error : interrupted();
		host.stderr.write(`\n${message}\n`);
		return INTERRUPTED;
	}
	const problem = problemOf(error);
	tellProblem(host, problem, error);
	return problem.exitStatus;
}
export { runCli };
