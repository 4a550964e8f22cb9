import { t as SaegateError } from "./shared-problem.js";
import { r as vectorsMissing } from "./shared-system-limits.js";
import { t as present } from "./shared-present.js";
import { t as refuseStandIn } from "./shared-stand-in.js";
import { a as readJsonObject, n as describeJson, o as syntaxReason, r as isJsonObject, t as MAX_JSON_BYTES } from "./shared-json.js";
import { t as toFloat32 } from "./shared-half.js";
import { r as widenBfloat16, t as narrowToBfloat16 } from "./shared-float16.js";
import { n as hasRows, r as tensorRows } from "./shared-single-experts.js";
import { t as transposedMatrix } from "./shared-transposed.js";
import { t as Wire } from "./shared-wire.js";
import { E as tokenizerGrows, O as tokenizerTooSlow, k as tokenizerUnsupported, w as tokenUnknown } from "./shared-corpus.js";
import { n as ranOut, t as endedByClock } from "./shared-clock.js";
import { E as readWide, n as asFloat32, r as asType, s as weightReader } from "./shared-weight-reader.js";
import { o as compressionShapeMismatch, t as compressionText } from "./shared-spec.js";
import { n as activationsByWeight, t as decoderOf } from "./shared-decoder.js";
import { createHash } from "node:crypto";
import { dirname } from "node:path";
// node_modules/@huggingface/tokenizers/dist/tokenizers.mjs
var DictionarySplitter = class {
	/**
	* @param dictionary The dictionary of words to use for splitting.
	*/
	constructor(dictionary) {
		this.trie = this._build_trie(dictionary);
	}
	/**
	* Builds a trie from the given dictionary.
	* @param dictionary The dictionary of words to build the trie from.
	* @returns The root node of the trie.
	* @private
	*/
	_build_trie(dictionary) {
		const trie = /* @__PURE__ */ Object.create(null);
		for (const word of dictionary) {
			let node = trie;
			for (let i = 0; i < word.length; ++i) {
				const char = word[i];
				node = node[char] ??= /* @__PURE__ */ Object.create(null);
			}
			node.end = word;
		}
		return trie;
	}
	/**
	* Splits the input text into tokens based on the dictionary.
	* @param text The input text to split.
	* @returns An array of tokens.
	*/
	split(text) {
		const result = [];
		const n = text.length;
		let start = 0;
		let i = 0;
		while (i < n) {
			let node = this.trie;
			let match = null;
			let j = i;
			while (j < n && (node = node[text[j]])) {
				if (node.end) match = node.end;
				++j;
			}
			if (match) {
				if (i > start) result.push(text.slice(start, i));
				result.push(match);
				i += match.length;
				start = i;
			} else ++i;
		}
		if (start < n) result.push(text.slice(start));
		return result;
	}
};
var DictionarySplitter_default = DictionarySplitter;
var AddedToken = class {
	/**
	* Creates a new instance of AddedToken.
	* @param config Added token configuration object.
	*/
	constructor(config) {
		this.content = config.content;
		this.id = config.id;
		this.single_word = config.single_word ?? false;
		this.lstrip = config.lstrip ?? false;
		this.rstrip = config.rstrip ?? false;
		this.special = config.special ?? false;
		this.normalized = config.normalized ?? !this.special;
	}
};
var AddedToken_default = AddedToken;
var compile_unicode_regexp = (source, flags) => {
	try {
		return new RegExp(source, flags);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		const property_names = /* @__PURE__ */ new Map();
		const rewritten = source.replace(/(\\[pP])\{([^}=]+)\}/g, (text, p, n, offset) => {
			let preceding_backslashes = 0;
			for (let i = offset - 1; i >= 0 && source[i] === "\\"; --i) ++preceding_backslashes;
			if (preceding_backslashes % 2 === 1) return text;
			let property_name = property_names.get(n);
			if (property_name === void 0) {
				try {
					new RegExp(`\\p{${n}}`, "u");
					property_name = n;
				} catch {
					property_name = `Script=${n}`;
				}
				property_names.set(n, property_name);
			}
			return `${p}{${property_name}}`;
		});
		if (rewritten === source) throw error;
		try {
			return new RegExp(rewritten, flags);
		} catch {
			throw error;
		}
	}
};
var clean_up_tokenization = (text) => text.replace(/ \./g, ".").replace(/ \?/g, "?").replace(/ \!/g, "!").replace(/ ,/g, ",").replace(/ \' /g, "'").replace(/ n't/g, "n't").replace(/ 'm/g, "'m").replace(/ 's/g, "'s").replace(/ 've/g, "'ve").replace(/ 're/g, "'re");
var create_pattern = (pattern, invert = true) => {
	if (pattern.Regex !== void 0) return compile_unicode_regexp(rewrite_oniguruma_to_js(normalize_bloom_split_char_class(pattern.Regex)), "gu");
	else if (pattern.String !== void 0) {
		const escaped = escape_reg_exp(pattern.String);
		return new RegExp(invert ? escaped : `(${escaped})`, "gu");
	} else {
		console.warn("Unknown pattern type:", pattern);
		return null;
	}
};
var UNICODE_WORD_CHARS_IN_CLASS = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}";
var UNICODE_WORD_CHARS = `${UNICODE_WORD_CHARS_IN_CLASS}\\u00B2\\u00B3\\u00B9\\u00BC-\\u00BE`;
var UNICODE_WORD_CLASS = `[${UNICODE_WORD_CHARS}]`;
var UNICODE_NON_WORD_CLASS = `[^${UNICODE_WORD_CHARS}]`;
var UNICODE_WORD_BOUNDARY = `(?:(?<!${UNICODE_WORD_CLASS})(?=${UNICODE_WORD_CLASS})|(?<=${UNICODE_WORD_CLASS})(?!${UNICODE_WORD_CLASS}))`;
var UNICODE_NON_WORD_BOUNDARY = `(?:(?<!${UNICODE_WORD_CLASS})(?!${UNICODE_WORD_CLASS})|(?<=${UNICODE_WORD_CLASS})(?=${UNICODE_WORD_CLASS}))`;
var LINE_START_ANCHOR = "(?:(?<![\\s\\S])|(?<=\\n))";
var LINE_END_ANCHOR = "(?:(?=\\n)|(?![\\s\\S]))";
var HEX_DIGIT_CHARS = "0-9A-Fa-f";
var ESCAPE_REWRITES = /* @__PURE__ */ new Map([
	["A", "(?<![\\s\\S])"],
	["z", "(?![\\s\\S])"],
	["Z", "(?=\\n?(?![\\s\\S]))"],
	["h", `[${HEX_DIGIT_CHARS}]`],
	["H", `[^${HEX_DIGIT_CHARS}]`],
	["w", UNICODE_WORD_CLASS],
	["W", UNICODE_NON_WORD_CLASS],
	["d", "\\p{Nd}"],
	["D", "\\P{Nd}"],
	["s", "\\p{White_Space}"],
	["S", "\\P{White_Space}"],
	["b", UNICODE_WORD_BOUNDARY],
	["B", UNICODE_NON_WORD_BOUNDARY],
	["a", "\\x07"],
	["e", "\\x1B"]
]);
var CLASS_ESCAPE_REWRITES = /* @__PURE__ */ new Map([
	["h", HEX_DIGIT_CHARS],
	["w", UNICODE_WORD_CHARS_IN_CLASS],
	["d", "\\p{Nd}"],
	["D", "\\P{Nd}"],
	["s", "\\p{White_Space}"],
	["S", "\\P{White_Space}"],
	["a", "\\x07"],
	["e", "\\x1B"]
]);
var CLASS_COMPLEMENT_ALTERNATIVES = /* @__PURE__ */ new Map([["W", `[^${UNICODE_WORD_CHARS_IN_CLASS}]`], ["H", `[^${HEX_DIGIT_CHARS}]`]]);
var RAW_WHITESPACE_ESCAPES = /* @__PURE__ */ new Map([
	["\n", "\\n"],
	["\r", "\\r"],
	["	", "\\t"],
	["\f", "\\f"],
	["\v", "\\v"]
]);
var POSIX_CLASS_FRAGMENTS = /* @__PURE__ */ new Map([
	["alpha", "\\p{Alphabetic}"],
	["alnum", "\\p{Alphabetic}\\p{Nd}"],
	["digit", "\\p{Nd}"],
	["lower", "\\p{Lowercase}"],
	["upper", "\\p{Uppercase}"],
	["space", "\\p{White_Space}"],
	["blank", "\\t\\p{Zs}"],
	["punct", "\\p{P}\\p{S}"],
	["cntrl", "\\p{Cc}"],
	["word", UNICODE_WORD_CHARS_IN_CLASS],
	["xdigit", HEX_DIGIT_CHARS]
]);
var JS_SYNTAX_CHARS = "^$\\.*+?()[]{}|/";
var GROUP_PREFIX_RE = /^\(\?(?:<[=!]|<[A-Za-z_][A-Za-z0-9_]*>|[:=!>])/;
var BRACED_ESCAPE_RE = /^\\([pPxu])\{([^}]*)\}/;
var QUANTIFIER_BRACE_RE = /^\{(\d+(?:,\d*)?|,\d+)\}/;
var POSIX_BRACKET_RE = /^\[:(\^?)(\p{Alphabetic}+):\]/u;
var EMPTY_NEGATED_POSIX_BRACKET_RE = /^\[:\^:\]/;
var UNSUPPORTED_POSIX_BRACKET_RE = /^\[(?:\.[^\]]*\.\]|=[^\]]*=\])/;
var FIXED_WIDTH_ESCAPE_RE = /^(?:\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\c[A-Za-z])/;
var is_ascii_letter = (char) => char >= "A" && char <= "Z" || char >= "a" && char <= "z";
var character_at = (text, index) => String.fromCodePoint(text.codePointAt(index));
var get_ascii_folded_hex_atom = (hex) => {
	if (!/^[0-9A-Fa-f]{1,8}$/.test(hex)) return null;
	const code_point = Number.parseInt(hex, 16);
	if (code_point > 127) return null;
	const letter = String.fromCharCode(code_point);
	return is_ascii_letter(letter) ? `[${letter.toLowerCase()}${letter.toUpperCase()}]` : null;
};
var normalize_bloom_split_char_class = (regex) => regex.replace(/\[\^\(\\s\|\[([^\]]+)\]\)\]/g, "[^()|\\s$1]");
var ANY_CODE_POINT = "[\\s\\S]";
var MAX_CHARACTER_CLASS_NESTING_DEPTH = 256;
var create_character_class_operand = () => ({
	fragment: "",
	alternatives: [],
	tail: null,
	contains_complex_set: false
});
var throw_character_class_range_error = (index) => {
	throw new SyntaxError(`Unsupported range with a set-valued character-class operand at index ${index}`);
};
var add_character_class_atom = (operand, atom, index, contains_complex_set = true) => {
	if (operand.tail === "range") throw_character_class_range_error(index);
	operand.alternatives.push(atom);
	operand.tail = "set";
	operand.contains_complex_set = operand.contains_complex_set || contains_complex_set;
};
var append_character_class_fragment = (operand, fragment, set_valued = false, index = -1) => {
	if (set_valued && operand.tail === "range") throw_character_class_range_error(index);
	if (operand.tail === "range") {
		operand.fragment += fragment;
		operand.tail = "complete_range";
		return;
	}
	operand.fragment += fragment;
	operand.tail = set_valued ? "set" : "scalar";
	operand.contains_complex_set = operand.contains_complex_set || set_valued;
};
var rewrite_character_class_escape = (regex, index, operand) => {
	const braced = BRACED_ESCAPE_RE.exec(regex.slice(index));
	if (braced) {
		const [text, kind, body] = braced;
		if (kind === "P" && body === "Word") add_character_class_atom(operand, `[^${UNICODE_WORD_CHARS_IN_CLASS}]`, index);
		else append_character_class_fragment(operand, kind === "x" ? `\\u{${body}}` : kind === "p" && body === "Word" ? UNICODE_WORD_CHARS_IN_CLASS : text, kind === "p" || kind === "P", index);
		return index + text.length;
	}
	const fixed_width = FIXED_WIDTH_ESCAPE_RE.exec(regex.slice(index));
	if (fixed_width) {
		append_character_class_fragment(operand, fixed_width[0]);
		return index + fixed_width[0].length;
	}
	if (index + 1 >= regex.length) throw new SyntaxError(`Unterminated escape in character class at index ${index}`);
	const next = character_at(regex, index + 1);
	const next_end = index + 1 + next.length;
	const raw_whitespace = RAW_WHITESPACE_ESCAPES.get(next);
	if (raw_whitespace !== void 0) {
		append_character_class_fragment(operand, raw_whitespace);
		return next_end;
	}
	const complement = CLASS_COMPLEMENT_ALTERNATIVES.get(next);
	if (complement !== void 0) {
		add_character_class_atom(operand, complement, index);
		return next_end;
	}
	const rewrite = CLASS_ESCAPE_REWRITES.get(next);
	let replacement;
	let set_valued = false;
	if (rewrite !== void 0) {
		replacement = rewrite;
		set_valued = next !== "a" && next !== "e";
	} else if (/[A-Za-z0-9]/.test(next)) replacement = `\\${next}`;
	else if (JS_SYNTAX_CHARS.includes(next) || next === "-") replacement = `\\${next}`;
	else replacement = next;
	append_character_class_fragment(operand, replacement, set_valued, index);
	return next_end;
};
var compile_character_set_union = (pieces) => {
	if (pieces.length === 1) return pieces[0];
	return `(?:(?=(?:${pieces.join("|")}))${ANY_CODE_POINT})`;
};
var compile_character_class_operand = (operand) => {
	return compile_character_set_union(operand.fragment.length === 0 ? operand.alternatives : [`[${operand.fragment}]`, ...operand.alternatives]);
};
var get_ascii_fold_additions = (positive_atom) => {
	const membership = compile_unicode_regexp(`^(?:${positive_atom})$`, "u");
	let additions = "";
	for (let offset = 0; offset < 26; ++offset) {
		const upper = String.fromCharCode(65 + offset);
		const lower = String.fromCharCode(97 + offset);
		const has_upper = membership.test(upper);
		if (has_upper !== membership.test(lower)) additions += has_upper ? lower : upper;
	}
	return additions;
};
var parse_character_class = (regex, start, ascii_fold, apply_ascii_fold = true, nesting_depth = 1) => {
	if (nesting_depth > MAX_CHARACTER_CLASS_NESTING_DEPTH) throw new SyntaxError(`Maximum character-class nesting depth of ${MAX_CHARACTER_CLASS_NESTING_DEPTH} exceeded at index ${start}`);
	let i = start + 1;
	const negated = regex[i] === "^";
	if (negated) ++i;
	const first_content_index = i;
	const operands = [create_character_class_operand()];
	let operand = operands[0];
	let contains_nested_negated_complex_set = false;
	while (i < regex.length) {
		const char = character_at(regex, i);
		if (char === "\\") {
			i = rewrite_character_class_escape(regex, i, operand);
			continue;
		}
		if (char === "]") {
			if (i === first_content_index) {
				append_character_class_fragment(operand, "\\]");
				++i;
				continue;
			}
			if (operand.tail === null) {
				if (operands.length > 1) throw new SyntaxError(`Malformed character-class intersection with an empty operand at index ${i}`);
				throw new SyntaxError(`Empty character class at index ${start}`);
			}
			const contains_complex_set = operands.some((candidate) => candidate.contains_complex_set);
			if (negated && operands.length > 1 && contains_nested_negated_complex_set) throw new SyntaxError(`Unsupported outer-negated character-class intersection with a nested negated class containing a Unicode property, POSIX class, or shorthand at index ${start}`);
			const first_atom = compile_character_class_operand(operands[0]);
			let positive_atom = first_atom;
			if (operands.length > 1) {
				let lookaheads = "";
				for (let j = 1; j < operands.length; ++j) lookaheads += `(?=${compile_character_class_operand(operands[j])})`;
				positive_atom = `(?:${lookaheads}${first_atom})`;
			}
			const is_direct_class = operands.length === 1 && operand.alternatives.length === 0;
			let direct_fragment = operand.fragment;
			if (ascii_fold && apply_ascii_fold) {
				const additions = get_ascii_fold_additions(positive_atom);
				if (additions.length > 0) {
					if (is_direct_class) {
						direct_fragment += additions;
						positive_atom = `[${direct_fragment}]`;
					} else positive_atom = compile_character_set_union([positive_atom, `[${additions}]`]);
				}
			}
			return {
				atom: negated ? is_direct_class ? `[^${direct_fragment}]` : `(?:(?!${positive_atom})${ANY_CODE_POINT})` : positive_atom,
				end: i + 1,
				negated,
				contains_complex_set,
				contains_nested_negated_complex_set
			};
		}
		if (regex.startsWith("&&", i)) {
			if (operand.tail === null) throw new SyntaxError(`Malformed character-class intersection with an empty operand at index ${i}`);
			operand = create_character_class_operand();
			operands.push(operand);
			i += 2;
			continue;
		}
		if (char === "[") {
			const suffix = regex.slice(i);
			if (EMPTY_NEGATED_POSIX_BRACKET_RE.test(suffix)) throw new SyntaxError(`Malformed empty negated POSIX character class at index ${i}`);
			const posix = POSIX_BRACKET_RE.exec(suffix);
			if (posix) {
				const [, posix_negated, name] = posix;
				const fragment = POSIX_CLASS_FRAGMENTS.get(name);
				if (fragment === void 0) throw new SyntaxError(`Unsupported POSIX character class "${name}" at index ${i}`);
				if (ascii_fold && posix_negated && (name === "lower" || name === "upper")) throw new SyntaxError(`Unsupported negated POSIX ${name} class inside an inline case-insensitive group`);
				if (posix_negated) add_character_class_atom(operand, `[^${fragment}]`, i);
				else append_character_class_fragment(operand, fragment, true, i);
				i += posix[0].length;
				continue;
			}
			if (UNSUPPORTED_POSIX_BRACKET_RE.test(suffix)) throw new SyntaxError(`Unsupported POSIX collating or equivalence bracket expression at index ${i}`);
			const nested = parse_character_class(regex, i, ascii_fold, false, nesting_depth + 1);
			add_character_class_atom(operand, nested.atom, i, nested.contains_complex_set);
			contains_nested_negated_complex_set ||= nested.contains_nested_negated_complex_set || nested.negated && nested.contains_complex_set;
			i = nested.end;
			continue;
		}
		if (char === "-") {
			const is_terminal_literal = regex[i + 1] === "]" || regex.startsWith("&&", i + 1);
			if (operand.tail === "set" && !is_terminal_literal) throw_character_class_range_error(i);
			if (operand.tail === null || operand.tail === "range" || operand.tail === "complete_range" || is_terminal_literal) append_character_class_fragment(operand, "\\-");
			else {
				operand.fragment += "-";
				operand.tail = "range";
			}
			++i;
			continue;
		}
		append_character_class_fragment(operand, char === "^" && operand.fragment.length === 0 ? "\\^" : char);
		i += char.length;
	}
	throw new SyntaxError(`${operands.length > 1 ? "Unterminated character-class intersection" : "Unterminated character class"} at index ${start}`);
};
var rewrite_oniguruma_to_js = (regex) => {
	let out = "";
	let atom_start = -1;
	let last_was_quantifier = false;
	let ascii_fold = false;
	const group_states = [];
	const emit_atom = (text) => {
		atom_start = out.length;
		out += text;
		last_was_quantifier = false;
	};
	for (let i = 0; i < regex.length;) {
		const char = character_at(regex, i);
		if (char === "\\") {
			const braced = BRACED_ESCAPE_RE.exec(regex.slice(i));
			if (braced) {
				const [text, kind, body] = braced;
				let replacement2 = text;
				if (kind === "x") {
					const code_point_escape = `\\u{${body}}`;
					replacement2 = ascii_fold ? get_ascii_folded_hex_atom(body) ?? code_point_escape : code_point_escape;
				} else if (body === "Word") replacement2 = kind === "p" ? UNICODE_WORD_CLASS : UNICODE_NON_WORD_CLASS;
				emit_atom(replacement2);
				i += text.length;
				continue;
			}
			const fixed_width = FIXED_WIDTH_ESCAPE_RE.exec(regex.slice(i));
			if (fixed_width) {
				const text = fixed_width[0];
				emit_atom(ascii_fold && text[1] !== "c" ? get_ascii_folded_hex_atom(text.slice(2)) ?? text : text);
				i += text.length;
				continue;
			}
			if (i + 1 >= regex.length) {
				out += char;
				break;
			}
			const next = character_at(regex, i + 1);
			i += 1 + next.length;
			if (next === "G") continue;
			const raw_whitespace = RAW_WHITESPACE_ESCAPES.get(next);
			if (raw_whitespace !== void 0) {
				emit_atom(raw_whitespace);
				continue;
			}
			const rewrite = ESCAPE_REWRITES.get(next);
			let replacement;
			if (rewrite !== void 0) replacement = rewrite;
			else if (/[A-Za-z0-9]/.test(next)) replacement = `\\${next}`;
			else if (JS_SYNTAX_CHARS.includes(next)) replacement = `\\${next}`;
			else replacement = next;
			emit_atom(replacement);
			continue;
		}
		switch (char) {
			case "[": {
				const parsed = parse_character_class(regex, i, ascii_fold);
				emit_atom(parsed.atom);
				i = parsed.end;
				continue;
			}
			case "]":
				emit_atom("\\]");
				++i;
				continue;
			case ".":
				emit_atom("[^\\n]");
				++i;
				continue;
			case "^":
				emit_atom(LINE_START_ANCHOR);
				++i;
				continue;
			case "$":
				emit_atom(LINE_END_ANCHOR);
				++i;
				continue;
			case "(": {
				const inline_case_insensitive = regex.startsWith("(?i:", i);
				const source_prefix = inline_case_insensitive ? "(?i:" : GROUP_PREFIX_RE.exec(regex.slice(i))?.[0] ?? "(";
				const output_prefix = inline_case_insensitive ? "(?:" : source_prefix === "(?>" ? "(?:" : source_prefix;
				group_states.push([out.length, ascii_fold]);
				if (inline_case_insensitive) ascii_fold = true;
				out += output_prefix;
				last_was_quantifier = false;
				i += source_prefix.length;
				continue;
			}
			case ")":
				out += char;
				[atom_start, ascii_fold] = group_states.pop() ?? [-1, false];
				last_was_quantifier = false;
				++i;
				continue;
			case "|":
				out += char;
				atom_start = -1;
				last_was_quantifier = false;
				++i;
				continue;
			case "{": {
				const quant = QUANTIFIER_BRACE_RE.exec(regex.slice(i));
				if (!quant || atom_start < 0) {
					emit_atom("\\{");
					++i;
					continue;
				}
				const body = quant[1].startsWith(",") ? `0${quant[1]}` : quant[1];
				i += quant[0].length;
				const following = regex[i];
				if (following === "+" || following === "*") {
					out = `${out.slice(0, atom_start)}(?:${out.slice(atom_start)}{${body}})${following}`;
					++i;
				} else out += `{${body}}`;
				last_was_quantifier = true;
				continue;
			}
			case "}":
				emit_atom("\\}");
				++i;
				continue;
			case "+":
				if (last_was_quantifier) {
					++i;
					continue;
				}
				out += char;
				last_was_quantifier = true;
				++i;
				continue;
			case "*":
			case "?":
				out += char;
				last_was_quantifier = true;
				++i;
				continue;
			default:
				emit_atom(ascii_fold && is_ascii_letter(char) ? `[${char.toLowerCase()}${char.toUpperCase()}]` : char);
				i += char.length;
				continue;
		}
	}
	return out;
};
var escape_reg_exp = (string) => string.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
var fuse_unk = (arr, tokens_to_ids, unk_token_id) => {
	const fused = [];
	let i = 0;
	while (i < arr.length) {
		fused.push(arr[i]);
		if ((tokens_to_ids.get(arr[i]) ?? unk_token_id) !== unk_token_id) {
			++i;
			continue;
		}
		while (++i < arr.length && (tokens_to_ids.get(arr[i]) ?? unk_token_id) === unk_token_id) if (tokens_to_ids.get(fused.at(-1)) !== unk_token_id) fused[fused.length - 1] += arr[i];
	}
	return fused;
};
var is_chinese_char = (cp) => cp >= 19968 && cp <= 40959 || cp >= 13312 && cp <= 19903 || cp >= 131072 && cp <= 173791 || cp >= 173824 && cp <= 177983 || cp >= 177984 && cp <= 178207 || cp >= 178208 && cp <= 183983 || cp >= 63744 && cp <= 64255 || cp >= 194560 && cp <= 195103;
var is_integral_number = (x) => Number.isInteger(x) || typeof x === "bigint";
var len = (s) => {
	let length = 0;
	for (const c of s) ++length;
	return length;
};
var lowercase_and_remove_accents = (text) => remove_accents(text.toLowerCase());
var merge_arrays = (...arrs) => Array.prototype.concat.apply([], arrs);
var object_to_map = (obj) => new Map(Object.entries(obj));
var regex_split = (text, regex) => {
	const result = [];
	let prev = 0;
	for (const match of text.matchAll(regex)) {
		const full_match = match[0];
		if (prev < match.index) result.push(text.slice(prev, match.index));
		if (full_match.length > 0) result.push(full_match);
		prev = match.index + full_match.length;
	}
	if (prev < text.length) result.push(text.slice(prev));
	return result;
};
var remove_accents = (text) => text.replace(/\p{M}/gu, "");
var validate_object = (obj, name, required_keys = []) => {
	if (!obj || Array.isArray(obj) || typeof obj !== "object") return `${name} must be a valid object`;
	for (const key of required_keys) if (!(key in obj)) return `${name} must contain a "${key}" property`;
	return null;
};
var whitespace_split = (text) => text.match(/\S+/g) || [];
var Callable = class {
	/**
	* Creates a new instance of the Callable class.
	*/
	constructor() {
		const closure = function(...args) {
			return closure._call(...args);
		};
		return Object.setPrototypeOf(closure, new.target.prototype);
	}
};
var Callable_default = Callable;
var Normalizer$1 = class extends Callable_default {
	/**
	* @param config The configuration object for the normalizer.
	*/
	constructor(config) {
		super();
		this.config = config;
	}
	/**
	* Alias for {@link Normalizer#normalize}.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	_call(text) {
		return this.normalize(text);
	}
};
var Normalizer_default = Normalizer$1;
var BertNormalizer = class extends Normalizer_default {
	/**
	* Adds whitespace around any CJK (Chinese, Japanese, or Korean) character in the input text.
	*
	* @param text The input text to tokenize.
	* @returns The tokenized text with whitespace added around CJK characters.
	*/
	tokenize_chinese_chars(text) {
		const output = [];
		for (let i = 0; i < text.length; ++i) {
			const char = text[i];
			if (is_chinese_char(char.charCodeAt(0))) {
				output.push(" ");
				output.push(char);
				output.push(" ");
			} else output.push(char);
		}
		return output.join("");
	}
	/**
	* Strips accents from the given text.
	* @param text The text to strip accents from.
	* @returns The text with accents removed.
	*/
	strip_accents(text) {
		return text.normalize("NFD").replace(/\p{Mn}/gu, "");
	}
	/**
	* Checks whether `char` is a control character.
	* @param char The character to check.
	* @returns Whether `char` is a control character.
	*/
	is_control(char) {
		switch (char) {
			case "	":
			case "\n":
			case "\r": return false;
			default: return /^\p{Cc}|\p{Cf}|\p{Co}|\p{Cs}$/u.test(char);
		}
	}
	/**
	* Performs invalid character removal and whitespace cleanup on text.
	* @param text The text to clean.
	* @returns The cleaned text.
	*/
	clean_text(text) {
		const output = [];
		for (const char of text) {
			const cp = char.charCodeAt(0);
			if (cp === 0 || cp === 65533 || this.is_control(char)) continue;
			if (/^\s$/.test(char)) output.push(" ");
			else output.push(char);
		}
		return output.join("");
	}
	/**
	* Normalizes the given text based on the configuration.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		if (this.config.clean_text) text = this.clean_text(text);
		if (this.config.handle_chinese_chars) text = this.tokenize_chinese_chars(text);
		if (this.config.lowercase) {
			text = text.toLowerCase();
			if (this.config.strip_accents !== false) text = this.strip_accents(text);
		} else if (this.config.strip_accents) text = this.strip_accents(text);
		return text;
	}
};
var BertNormalizer_default = BertNormalizer;
var Precompiled = class extends Normalizer_default {
	/**
	* Create a new instance of Precompiled normalizer.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.charsmap = config.precompiled_charsmap ?? null;
	}
	/**
	* Normalizes the given text by applying the precompiled charsmap.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		text = text.replace(/[\u0001-\u0008\u000B\u000E-\u001F\u007F\u008F\u009F]/gm, "");
		text = text.replace(/[\u0009\u000A\u000C\u000D\u00A0\u1680\u2000-\u200F\u2028\u2029\u202F\u205F\u2581\u3000\uFEFF\uFFFD]/gm, " ");
		if (text.includes("～")) text = text.split("～").map((part) => part.normalize("NFKC")).join("～");
		else text = text.normalize("NFKC");
		return text;
	}
};
var Precompiled_default = Precompiled;
var Sequence = class extends Normalizer_default {
	/**
	* Create a new instance of NormalizerSequence.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.normalizers = (config.normalizers ?? []).map((x) => create_normalizer_default(x));
	}
	/**
	* Apply a sequence of Normalizers to the input text.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		return this.normalizers.reduce((t, normalizer) => {
			return normalizer ? normalizer.normalize(t) : t;
		}, text);
	}
};
var Sequence_default = Sequence;
var Replace = class extends Normalizer_default {
	/**
	* @param config The configuration object for the normalizer.
	*/
	constructor(config) {
		super(config);
		this.pattern = create_pattern(this.config.pattern ?? {});
	}
	/**
	* Normalize the input text by replacing the pattern with the content.
	* @param text The input text to be normalized.
	* @returns The normalized text after replacing the pattern with the content.
	*/
	normalize(text) {
		return this.pattern === null ? text : text.replaceAll(this.pattern, this.config.content ?? "");
	}
};
var Replace_default = Replace;
var UnicodeNormalizer = class extends Normalizer_default {
	constructor() {
		super(...arguments);
		/**
		* The Unicode normalization form to apply.
		* Should be one of: 'NFC', 'NFD', 'NFKC', or 'NFKD'.
		*/
		this.form = "NFC";
	}
	/**
	* Normalize the input text by applying Unicode normalization.
	* @param text The input text to be normalized.
	* @returns The normalized text.
	*/
	normalize(text) {
		text = text.normalize(this.form);
		return text;
	}
};
var UnicodeNormalizer_default = UnicodeNormalizer;
var NFC = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFC";
	}
};
var NFC_default = NFC;
var NFD = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFD";
	}
};
var NFD_default = NFD;
var NFKC = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFKC";
	}
};
var NFKC_default = NFKC;
var NFKD = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFKD";
	}
};
var NFKD_default = NFKD;
var Strip = class extends Normalizer_default {
	/**
	* Strip leading and/or trailing whitespace from the input text.
	* @param text The input text.
	* @returns The normalized text.
	*/
	normalize(text) {
		if (this.config.strip_left && this.config.strip_right) text = text.trim();
		else {
			if (this.config.strip_left) text = text.trimStart();
			if (this.config.strip_right) text = text.trimEnd();
		}
		return text;
	}
};
var Strip_default = Strip;
var StripAccents = class extends Normalizer_default {
	/**
	* Remove all accents from the text.
	* @param text The input text.
	* @returns The normalized text without accents.
	*/
	normalize(text) {
		return remove_accents(text);
	}
};
var StripAccents_default = StripAccents;
var Lowercase = class extends Normalizer_default {
	/**
	* Lowercases the input string.
	* @param {string} text The text to normalize.
	* @returns {string} The normalized text.
	*/
	normalize(text) {
		return text.toLowerCase();
	}
};
var Lowercase_default = Lowercase;
var Prepend = class extends Normalizer_default {
	/**
	* Prepends the input string.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		text = this.config.prepend + text;
		return text;
	}
};
var Prepend_default = Prepend;
function create_normalizer(config) {
	if (config === null) return null;
	switch (config.type) {
		case "BertNormalizer": return new BertNormalizer_default(config);
		case "Precompiled": return new Precompiled_default(config);
		case "Sequence": return new Sequence_default(config);
		case "Replace": return new Replace_default(config);
		case "NFC": return new NFC_default(config);
		case "NFD": return new NFD_default(config);
		case "NFKC": return new NFKC_default(config);
		case "NFKD": return new NFKD_default(config);
		case "Strip": return new Strip_default(config);
		case "StripAccents": return new StripAccents_default(config);
		case "Lowercase": return new Lowercase_default(config);
		case "Prepend": return new Prepend_default(config);
		default: throw new Error(`Unknown Normalizer type: ${config.type}`);
	}
}
var create_normalizer_default = create_normalizer;
var PreTokenizer = class extends Callable_default {
	/**
	* Tokenizes the given text into pre-tokens.
	* @param text The text or array of texts to pre-tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of pre-tokens.
	*/
	pre_tokenize(text, options) {
		return (Array.isArray(text) ? text.map((x) => this.pre_tokenize_text(x, options)) : this.pre_tokenize_text(text, options)).flat();
	}
	/**
	* Alias for {@link PreTokenizer#pre_tokenize}.
	* @param text The text or array of texts to pre-tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of pre-tokens.
	*/
	_call(text, options) {
		return this.pre_tokenize(text, options);
	}
};
var PreTokenizer_default = PreTokenizer;
var BYTES_TO_UNICODE = (() => {
	const bs = [
		...Array.from({ length: "~".charCodeAt(0) - "!".charCodeAt(0) + 1 }, (_, i) => i + "!".charCodeAt(0)),
		...Array.from({ length: "¬".charCodeAt(0) - "¡".charCodeAt(0) + 1 }, (_, i) => i + "¡".charCodeAt(0)),
		...Array.from({ length: "ÿ".charCodeAt(0) - "®".charCodeAt(0) + 1 }, (_, i) => i + "®".charCodeAt(0))
	];
	const cs = bs.slice();
	let n = 0;
	for (let b = 0; b < 256; ++b) if (!bs.includes(b)) {
		bs.push(b);
		cs.push(256 + n);
		n += 1;
	}
	const ccs = cs.map((n2) => String.fromCharCode(n2));
	return Object.fromEntries(bs.map((b, i) => [b, ccs[i]]));
})();
var reverse_dictionary = (data) => Object.fromEntries(Object.entries(data).map(([key, value]) => [value, key]));
var UNICODE_TO_BYTES = reverse_dictionary(BYTES_TO_UNICODE);
var PUNCTUATION_REGEX = "\\p{P}\\u0021-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u007E";
var ByteLevel = class extends PreTokenizer_default {
	/**
	* Creates a new instance of the `ByteLevelPreTokenizer` class.
	* @param config The configuration object.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.add_prefix_space = this.config.add_prefix_space ?? false;
		this.trim_offsets = this.config.trim_offsets ?? false;
		this.use_regex = this.config.use_regex ?? true;
		this.pattern = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
		this.byte_encoder = BYTES_TO_UNICODE;
		this.text_encoder = new TextEncoder();
	}
	/**
	* Tokenizes a single piece of text using byte-level tokenization.
	* @param text The text to tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text, options) {
		if (this.add_prefix_space && !text.startsWith(" ")) text = " " + text;
		return (this.use_regex ? text.match(this.pattern) || [] : [text]).map((token) => Array.from(this.text_encoder.encode(token), (byte) => this.byte_encoder[byte]).join(""));
	}
};
var ByteLevel_default = ByteLevel;
var Whitespace = class extends PreTokenizer_default {
	/**
	* Pre-tokenizes the input text by splitting it on word boundaries.
	* @param text The text to be pre-tokenized.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of tokens produced by splitting the input text on whitespace.
	*/
	pre_tokenize_text(text, options) {
		return text.match(/\w+|[^\w\s]+/g) || [];
	}
};
var Whitespace_default = Whitespace;
var Metaspace = class extends PreTokenizer_default {
	/**
	* @param config The configuration object for the MetaspacePreTokenizer.
	*/
	constructor(config) {
		super();
		this.replacement = config.replacement ?? "▁";
		this.str_rep = config.str_rep || this.replacement;
		this.prepend_scheme = config.prepend_scheme ?? "always";
	}
	/**
	* This method takes a string, replaces spaces with the replacement character,
	* adds a prefix space if requested, and returns a new list of tokens.
	* @param text The text to pre-tokenize.
	* @param options The options for the pre-tokenization.
	* @returns A new list of pre-tokenized tokens.
	*/
	pre_tokenize_text(text, options) {
		const { section_index = void 0 } = options ?? {};
		let normalized = text.replaceAll(" ", this.str_rep);
		if (!normalized.startsWith(this.replacement) && (this.prepend_scheme === "always" || this.prepend_scheme === "first" && section_index === 0)) normalized = this.str_rep + normalized;
		return [normalized];
	}
};
var Metaspace_default = Metaspace;
var Split = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.pattern = create_pattern(this.config.pattern ?? {}, this.config.invert ?? true);
	}
	/**
	* Tokenizes text by splitting it using the given pattern.
	* @param text The text to tokenize.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text) {
		if (this.pattern === null) return [];
		if (this.config.invert) return (text.match(this.pattern) || []).filter((x) => x);
		else if (this.config.behavior?.toLowerCase() === "removed") return text.split(this.pattern).filter((x) => x);
		else return regex_split(text, this.pattern);
	}
};
var Split_default = Split;
var Punctuation = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.pattern = new RegExp(`[^${PUNCTUATION_REGEX}]+|[${PUNCTUATION_REGEX}]+`, "gu");
	}
	/**
	* Tokenizes text by splitting it using the given pattern.
	* @param text The text to tokenize.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text) {
		return text.match(this.pattern) || [];
	}
};
var Punctuation_default = Punctuation;
var Digits = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		const digit_pattern = `[^\\d]+|\\d${this.config.individual_digits ? "" : "+"}`;
		this.pattern = new RegExp(digit_pattern, "gu");
	}
	/**
	* Tokenizes text by splitting it using the given pattern.
	* @param text The text to tokenize.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text) {
		return text.match(this.pattern) || [];
	}
};
var Digits_default = Digits;
var BertPreTokenizer = class extends PreTokenizer_default {
	/**
	* A PreTokenizer that splits text into wordpieces using a basic tokenization scheme
	* similar to that used in the original implementation of BERT.
	*/
	constructor() {
		super();
		this.pattern = new RegExp(`[^\\s${PUNCTUATION_REGEX}]+|[${PUNCTUATION_REGEX}]`, "gu");
	}
	/**
	* Tokenizes a single text using the BERT pre-tokenization scheme.
	*
	* @param text The text to tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text, options) {
		return text.trim().match(this.pattern) || [];
	}
};
var BertPreTokenizer_default = BertPreTokenizer;
var Replace2 = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.pattern = create_pattern(this.config.pattern ?? {});
		this.content = this.config.content ?? "";
	}
	/**
	* Pre-tokenizes the input text by replacing certain characters.
	* @param text The text to be pre-tokenized.
	* @returns An array of tokens produced by replacing certain characters.
	*/
	pre_tokenize_text(text) {
		if (this.pattern === null) return [text];
		return [text.replaceAll(this.pattern, this.config.content ?? "")];
	}
};
var Replace_default2 = Replace2;
var Sequence2 = class extends PreTokenizer_default {
	/**
	* Creates an instance of PreTokenizerSequence.
	* @param config The configuration object for the pre-tokenizer sequence.
	*/
	constructor(config) {
		super();
		this.tokenizers = (config.pretokenizers ?? []).map((x) => create_pre_tokenizer_default(x));
	}
	/**
	* Applies each pre-tokenizer in the sequence to the input text in turn.
	* @param text The text to pre-tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns The pre-tokenized text.
	*/
	pre_tokenize_text(text, options) {
		return this.tokenizers.reduce((pre_tokenized_text, tokenizer) => {
			return tokenizer ? tokenizer.pre_tokenize(pre_tokenized_text, options) : pre_tokenized_text;
		}, [text]);
	}
};
var Sequence_default2 = Sequence2;
var WhitespaceSplit = class extends PreTokenizer_default {
	/**
	* Pre-tokenizes the input text by splitting it on whitespace characters.
	* @param text The text to be pre-tokenized.
	* @returns An array of tokens produced by splitting the input text on whitespace.
	*/
	pre_tokenize_text(text) {
		return whitespace_split(text);
	}
};
var WhitespaceSplit_default = WhitespaceSplit;
var FixedLength = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this._length = config.length;
	}
	/**
	* Pre-tokenizes the input text by splitting it into fixed-length tokens.
	* @param text The text to be pre-tokenized.
	* @returns An array of tokens produced by splitting the input text into fixed-length tokens.
	*/
	pre_tokenize_text(text) {
		const tokens = [];
		for (let i = 0; i < text.length; i += this._length) tokens.push(text.slice(i, i + this._length));
		return tokens;
	}
};
var FixedLength_default = FixedLength;
function create_pre_tokenizer(config) {
	if (config === null) return null;
	switch (config.type) {
		case "BertPreTokenizer": return new BertPreTokenizer_default();
		case "Sequence": return new Sequence_default2(config);
		case "Whitespace": return new Whitespace_default();
		case "WhitespaceSplit": return new WhitespaceSplit_default();
		case "Metaspace": return new Metaspace_default(config);
		case "ByteLevel": return new ByteLevel_default(config);
		case "Split": return new Split_default(config);
		case "Punctuation": return new Punctuation_default(config);
		case "Digits": return new Digits_default(config);
		case "Replace": return new Replace_default2(config);
		case "FixedLength": return new FixedLength_default(config);
		default: throw new Error(`Unknown PreTokenizer type: ${config.type}`);
	}
}
var create_pre_tokenizer_default = create_pre_tokenizer;
var TokenizerModel = class extends Callable_default {
	/**
	* Creates a new instance of TokenizerModel.
	* @param config The configuration object for the TokenizerModel.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.vocab = [];
		this.tokens_to_ids = /* @__PURE__ */ new Map();
		this.unk_token_id = void 0;
		this.unk_token = void 0;
		this.end_of_word_suffix = void 0;
		this.fuse_unk = this.config.fuse_unk ?? false;
	}
	/**
	* Internal function to call the TokenizerModel instance.
	* @param tokens The tokens to encode.
	* @returns The encoded tokens.
	*/
	_call(tokens) {
		let result = this.encode(tokens);
		if (this.fuse_unk) result = fuse_unk(result, this.tokens_to_ids, this.unk_token_id);
		return result;
	}
};
var TokenizerModel_default = TokenizerModel;
var WordPieceTokenizer = class extends TokenizerModel_default {
	/**
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		/** The maximum number of characters per word. */
		this.max_input_chars_per_word = 100;
		this.tokens_to_ids = object_to_map(config.vocab);
		this.unk_token_id = this.tokens_to_ids.get(config.unk_token);
		this.unk_token = config.unk_token;
		this.max_input_chars_per_word = config.max_input_chars_per_word ?? 100;
		this.vocab = new Array(this.tokens_to_ids.size);
		for (const [key, value] of this.tokens_to_ids) this.vocab[value] = key;
	}
	/**
	* Encodes an array of tokens using WordPiece encoding.
	* @param tokens The tokens to encode.
	* @returns An array of encoded tokens.
	*/
	encode(tokens) {
		const output_tokens = [];
		for (const token of tokens) {
			const chars = [...token];
			if (chars.length > this.max_input_chars_per_word) {
				output_tokens.push(this.unk_token);
				continue;
			}
			let is_unknown = false;
			let start = 0;
			const sub_tokens = [];
			while (start < chars.length) {
				let end = chars.length;
				let current_substring = null;
				while (start < end) {
					let substr = chars.slice(start, end).join("");
					if (start > 0) substr = this.config.continuing_subword_prefix + substr;
					if (this.tokens_to_ids.has(substr)) {
						current_substring = substr;
						break;
					}
					--end;
				}
				if (current_substring === null) {
					is_unknown = true;
					break;
				}
				sub_tokens.push(current_substring);
				start = end;
			}
			if (is_unknown) output_tokens.push(this.unk_token);
			else output_tokens.push(...sub_tokens);
		}
		return output_tokens;
	}
};
var WordPiece_default = WordPieceTokenizer;
var CharTrieNode = class _CharTrieNode {
	/**
	* Create a new CharTrieNode.
	* @param is_leaf Whether the node is a leaf node or not.
	* @param children A map containing the node's children, where the key is a character and the value is a `CharTrieNode`.
	*/
	constructor(is_leaf, children) {
		this.is_leaf = is_leaf;
		this.children = children;
	}
	/**
	* Returns a new `CharTrieNode` instance with default values.
	* @returns A new `CharTrieNode` instance with `is_leaf` set to `false` and an empty `children` map.
	*/
	static default() {
		return new _CharTrieNode(false, /* @__PURE__ */ new Map());
	}
};
var CharTrie = class {
	constructor() {
		this.root = CharTrieNode.default();
	}
	/**
	* Adds one or more `texts` to the trie.
	* @param texts The strings to add to the trie.
	*/
	extend(texts) {
		for (const text of texts) this.push(text);
	}
	/**
	* Adds text to the trie.
	* @param text The string to add to the trie.
	*/
	push(text) {
		let node = this.root;
		for (const ch of text) {
			let child = node.children.get(ch);
			if (child === void 0) {
				child = CharTrieNode.default();
				node.children.set(ch, child);
			}
			node = child;
		}
		node.is_leaf = true;
	}
	/**
	* Searches the trie for stored strings that match `chars` starting at `start`.
	* @param chars The input characters to search.
	* @param start The index to start searching from.
	* @yields Each stored string that is a prefix of `chars` starting at `start`.
	*/
	*common_prefix_search(chars, start = 0) {
		let node = this.root;
		if (node === void 0) return;
		let prefix = "";
		for (let i = start; i < chars.length; ++i) {
			const ch = chars[i];
			prefix += ch;
			node = node.children.get(ch);
			if (node === void 0) return;
			if (node.is_leaf) yield prefix;
		}
	}
};
var CharTrie_default = CharTrie;
var TokenLatticeNode = class _TokenLatticeNode {
	/**
	* Represents a node in a token lattice for a given sentence.
	* @param token_id The ID of the token associated with this node.
	* @param node_id The ID of this node.
	* @param pos The starting position of the token in the sentence.
	* @param length The length of the token.
	* @param score The score associated with the token.
	*/
	constructor(token_id, node_id, pos, length, score) {
		this.token_id = token_id;
		this.node_id = node_id;
		this.pos = pos;
		this.length = length;
		this.score = score;
		this.prev = null;
		this.backtrace_score = 0;
	}
	/**
	* Returns a clone of this node.
	* @returns A clone of this node.
	*/
	clone() {
		const n = new _TokenLatticeNode(this.token_id, this.node_id, this.pos, this.length, this.score);
		n.prev = this.prev;
		n.backtrace_score = this.backtrace_score;
		return n;
	}
};
var TokenLattice = class {
	/**
	* Creates a new TokenLattice instance.
	*
	* @param sentence The input sentence to be tokenized.
	* @param bos_token_id The beginning-of-sequence token ID.
	* @param eos_token_id The end-of-sequence token ID.
	*/
	constructor(sentence, bos_token_id, eos_token_id) {
		this.chars = Array.from(sentence);
		this.len = this.chars.length;
		this.bos_token_id = bos_token_id;
		this.eos_token_id = eos_token_id;
		this.nodes = [];
		this.begin_nodes = Array.from({ length: this.len + 1 }, () => []);
		this.end_nodes = Array.from({ length: this.len + 1 }, () => []);
		const bos = new TokenLatticeNode(this.bos_token_id ?? 0, 0, 0, 0, 0);
		const eos = new TokenLatticeNode(this.eos_token_id ?? 0, 1, this.len, 0, 0);
		this.nodes.push(bos.clone());
		this.nodes.push(eos.clone());
		this.begin_nodes[this.len].push(eos);
		this.end_nodes[0].push(bos);
	}
	/**
	* Inserts a new token node into the token lattice.
	*
	* @param pos The starting position of the token.
	* @param length The length of the token.
	* @param score The score of the token.
	* @param token_id The token ID of the token.
	*/
	insert(pos, length, score, token_id) {
		const node_id = this.nodes.length;
		const node = new TokenLatticeNode(token_id, node_id, pos, length, score);
		this.begin_nodes[pos].push(node);
		this.end_nodes[pos + length].push(node);
		this.nodes.push(node);
	}
	/**
	* Implements the Viterbi algorithm to compute the most likely sequence of tokens.
	*
	* @returns The most likely sequence of tokens.
	*/
	viterbi() {
		const len2 = this.len;
		let pos = 0;
		while (pos <= len2) {
			if (this.begin_nodes[pos].length == 0) return [];
			for (let rnode of this.begin_nodes[pos]) {
				rnode.prev = null;
				let best_score = 0;
				let best_node = null;
				for (let lnode of this.end_nodes[pos]) {
					const score = lnode.backtrace_score + rnode.score;
					if (best_node === null || score > best_score) {
						best_node = lnode.clone();
						best_score = score;
					}
				}
				if (best_node !== null) {
					rnode.prev = best_node;
					rnode.backtrace_score = best_score;
				} else return [];
			}
			++pos;
		}
		const results = [];
		const prev = this.begin_nodes[len2][0].prev;
		if (prev === null) return [];
		let node = prev.clone();
		while (node.prev !== null) {
			results.push(node.clone());
			node = node.clone().prev.clone();
		}
		results.reverse();
		return results;
	}
	/**
	* Get the text piece for a given node.
	* @param node The node to get the piece for.
	* @returns The array of nodes representing the most likely sequence of tokens.
	*/
	piece(node) {
		return this.chars.slice(node.pos, node.pos + node.length).join("");
	}
	/**
	* @returns The most likely sequence of tokens.
	*/
	tokens() {
		return this.viterbi().map((x) => this.piece(x));
	}
	/**
	* @returns The most likely sequence of token ids.
	*/
	token_ids() {
		return this.viterbi().map((x) => x.token_id);
	}
};
var TokenLattice_default = TokenLattice;
function min(arr) {
	if (arr.length === 0) throw new Error("Array must not be empty");
	let min_value = arr[0];
	let index_of_min = 0;
	for (let i = 1; i < arr.length; ++i) if (arr[i] < min_value) {
		min_value = arr[i];
		index_of_min = i;
	}
	return [min_value, index_of_min];
}
var Unigram = class extends TokenizerModel_default {
	/**
	* Create a new Unigram tokenizer model.
	* @param config The configuration object for the Unigram model.
	* @param eos_token
	*/
	constructor(config, eos_token) {
		super(config);
		const vocab_size = config.vocab.length;
		this.vocab = new Array(vocab_size);
		this.scores = new Array(vocab_size);
		for (let i = 0; i < vocab_size; ++i) [this.vocab[i], this.scores[i]] = config.vocab[i];
		this.unk_token_id = config.unk_id;
		this.unk_token = this.vocab[config.unk_id];
		this.tokens_to_ids = new Map(this.vocab.map((x, i) => [x, i]));
		this.bos_token = " ";
		this.bos_token_id = this.tokens_to_ids.get(this.bos_token);
		this.eos_token = eos_token;
		this.eos_token_id = this.tokens_to_ids.get(this.eos_token);
		this.unk_token = this.vocab[this.unk_token_id];
		this.min_score = min(this.scores)[0];
		this.unk_score = this.min_score - 10;
		this.scores[this.unk_token_id] = this.unk_score;
		this.trie = new CharTrie_default();
		this.trie.extend(this.vocab);
		this.fuse_unk = true;
	}
	/**
	* Populates lattice nodes.
	* @param lattice The token lattice to populate with nodes.
	*/
	populate_nodes(lattice) {
		const chars = lattice.chars;
		const mblen = 1;
		let begin_pos = 0;
		while (begin_pos < chars.length) {
			let has_single_node = false;
			const prefixed_tokens = this.trie.common_prefix_search(chars, begin_pos);
			for (const token of prefixed_tokens) {
				const token_id = this.tokens_to_ids.get(token);
				const token_score = this.scores[token_id];
				const n = len(token);
				lattice.insert(begin_pos, n, token_score, token_id);
				if (!has_single_node && n === mblen) has_single_node = true;
			}
			if (!has_single_node) lattice.insert(begin_pos, mblen, this.unk_score, this.unk_token_id);
			begin_pos += mblen;
		}
	}
	/**
	* Encodes an array of tokens into an array of subtokens using the unigram model.
	*
	* @param normalized The normalized string.
	* @returns An array of subtokens obtained by encoding the input tokens using the unigram model.
	*/
	tokenize(normalized) {
		const lattice = new TokenLattice_default(normalized, this.bos_token_id, this.eos_token_id);
		this.populate_nodes(lattice);
		return lattice.tokens();
	}
	/**
	* Encodes an array of tokens using Unigram encoding.
	* @param tokens The tokens to encode.
	* @returns An array of encoded tokens.
	*/
	encode(tokens) {
		const to_return = [];
		for (const token of tokens) {
			const tokenized = this.tokenize(token);
			to_return.push(...tokenized);
		}
		return to_return;
	}
};
var Unigram_default = Unigram;
var PriorityQueue = class {
	/**
	* Create a new PriorityQueue.
	* @param comparator Comparator function to determine priority. Defaults to a MaxHeap.
	* @param max_size Maximum size of the queue. Defaults to Infinity.
	*/
	constructor(comparator = (a, b) => a > b, max_size = 1e400) {
		this._heap = [];
		this._comparator = comparator;
		this._max_size = max_size;
	}
	/**
	* The size of the queue
	*/
	get size() {
		return this._heap.length;
	}
	/**
	* Check if the queue is empty.
	* @returns `true` if the queue is empty, `false` otherwise.
	*/
	is_empty() {
		return this.size === 0;
	}
	/**
	* Return the element with the highest priority in the queue.
	* @returns The highest priority element in the queue.
	*/
	peek() {
		return this._heap[0];
	}
	/**
	* Add one or more elements to the queue.
	* @param values The values to push into the queue.
	* @returns The new size of the queue.
	*/
	push(...values) {
		return this.extend(values);
	}
	/**
	* Add multiple elements to the queue.
	* @param values The values to push into the queue.
	* @returns The new size of the queue.
	*/
	extend(values) {
		for (const value of values) if (this.size < this._max_size) {
			this._heap.push(value);
			this._sift_up();
		} else {
			const smallest = this._smallest();
			if (this._comparator(value, this._heap[smallest])) {
				this._heap[smallest] = value;
				this._sift_up_from(smallest);
			}
		}
		return this.size;
	}
	/**
	* Remove and return the element with the highest priority in the queue.
	* @returns The element with the highest priority in the queue.
	*/
	pop() {
		const popped_value = this.peek();
		const bottom = this.size - 1;
		if (bottom > 0) this._swap(0, bottom);
		this._heap.pop();
		this._sift_down();
		return popped_value;
	}
	/**
	* Replace the element with the highest priority in the queue with a new value.
	* @param value The new value.
	* @returns The replaced value.
	*/
	replace(value) {
		const replaced_value = this.peek();
		this._heap[0] = value;
		this._sift_down();
		return replaced_value;
	}
	/**
	* Compute the index for the parent of the node at index `i`.
	* @param i The index of the node to get the parent of.
	* @returns The index of the parent node.
	* @private
	*/
	_parent(i) {
		return (i + 1 >>> 1) - 1;
	}
	/**
	* Compute the index for the left child of the node at index `i`.
	* @param i The index of the node to get the left child of.
	* @returns The index of the left child.
	* @private
	*/
	_left(i) {
		return (i << 1) + 1;
	}
	/**
	* Compute the index for the right child of the node at index `i`.
	* @param i The index of the node to get the right child of.
	* @returns The index of the right child.
	* @private
	*/
	_right(i) {
		return i + 1 << 1;
	}
	/**
	* Check if the element at index `i` is greater than the element at index `j`.
	* @param i The index of the first element to compare.
	* @param j The index of the second element to compare.
	* @returns `true` if the element at index `i` is greater than the element at index `j`, `false` otherwise.
	* @private
	*/
	_greater(i, j) {
		return this._comparator(this._heap[i], this._heap[j]);
	}
	/**
	* Swap the elements at indices `i` and `j`.
	* @param i The index of the first element to swap.
	* @param j The index of the second element to swap.
	* @private
	*/
	_swap(i, j) {
		const temp = this._heap[i];
		this._heap[i] = this._heap[j];
		this._heap[j] = temp;
	}
	/**
	* Maintain the heap property by updating positions in the heap,
	* starting at the last element and moving up the heap.
	* @private
	*/
	_sift_up() {
		this._sift_up_from(this.size - 1);
	}
	/**
	* Helper function to sift up from a given node.
	* @param node The index of the node to start sifting up from.
	*/
	_sift_up_from(node) {
		while (node > 0 && this._greater(node, this._parent(node))) {
			this._swap(node, this._parent(node));
			node = this._parent(node);
		}
	}
	/**
	* Maintain the heap property by updating positions in the heap,
	* starting at the first element and moving down the heap.
	* @private
	*/
	_sift_down() {
		let node = 0;
		while (this._left(node) < this.size && this._greater(this._left(node), node) || this._right(node) < this.size && this._greater(this._right(node), node)) {
			const max_child = this._right(node) < this.size && this._greater(this._right(node), this._left(node)) ? this._right(node) : this._left(node);
			this._swap(node, max_child);
			node = max_child;
		}
	}
	/**
	* Get the index of the smallest element in the heap. Since we use an array-based heap,
	* the index can be computed without needing to traverse the heap.
	* @private
	*/
	_smallest() {
		return 2 ** Math.floor(Math.log2(this.size)) - 1;
	}
};
var PriorityQueue_default = PriorityQueue;
var LRUCache = class {
	/**
	* Creates an LRUCache instance.
	* @param capacity The maximum number of items the cache can hold.
	*/
	constructor(capacity) {
		this.capacity = capacity;
		this.cache = /* @__PURE__ */ new Map();
	}
	/**
	* Retrieves the value associated with the given key and marks the key as recently used.
	* @param key The key to retrieve.
	* @returns The value associated with the key, or undefined if the key does not exist.
	*/
	get(key) {
		if (!this.cache.has(key)) return void 0;
		const value = this.cache.get(key);
		this.cache.delete(key);
		this.cache.set(key, value);
		return value;
	}
	/**
	* Inserts or updates the key-value pair in the cache.
	* If the key already exists, it is updated and marked as recently used.
	* If the cache exceeds its capacity, the least recently used item is evicted.
	* @param key The key to add or update.
	* @param value The value to associate with the key.
	*/
	put(key, value) {
		if (this.cache.has(key)) this.cache.delete(key);
		this.cache.set(key, value);
		if (this.cache.size > this.capacity) this.cache.delete(this.cache.keys().next().value);
	}
	/**
	* Clears the cache.
	*/
	clear() {
		this.cache.clear();
	}
};
var LRUCache_default = LRUCache;
var BPE = class extends TokenizerModel_default {
	/**
	* Create a BPE instance.
	* @param config The configuration object for BPE.
	*/
	constructor(config) {
		super(config);
		this.tokens_to_ids = object_to_map(config.vocab);
		this.unk_token_id = this.tokens_to_ids.get(config.unk_token);
		this.unk_token = config.unk_token;
		this.vocab = new Array(this.tokens_to_ids.size);
		for (const [key, value] of this.tokens_to_ids) this.vocab[value] = key;
		const use_new_merge_format = Array.isArray(config.merges[0]);
		this.merges = use_new_merge_format ? config.merges : config.merges.map((x) => x.split(" ", 2));
		this.bpe_ranks = new Map(this.merges.map((x, i) => [JSON.stringify(x), i]));
		this.end_of_word_suffix = config.end_of_word_suffix;
		this.continuing_subword_suffix = config.continuing_subword_suffix ?? null;
		this.byte_fallback = this.config.byte_fallback ?? false;
		if (this.byte_fallback) this.text_encoder = new TextEncoder();
		this.ignore_merges = this.config.ignore_merges ?? false;
		this.max_length_to_cache = 256;
		this.cache_capacity = 1e4;
		this.cache = new LRUCache_default(this.cache_capacity);
	}
	/**
	* Clears the cache.
	*/
	clear_cache() {
		this.cache.clear();
	}
	/**
	* Apply Byte-Pair-Encoding (BPE) to a given token. Efficient heap-based priority
	* queue implementation adapted from https://github.com/belladoreai/llama-tokenizer-js.
	* @param token The token to encode.
	* @returns The BPE encoded tokens.
	*/
	bpe(token) {
		if (token.length === 0) return [];
		const cached = this.cache.get(token);
		if (cached !== void 0) return cached;
		const word = Array.from(token);
		if (this.end_of_word_suffix) word[word.length - 1] += this.end_of_word_suffix;
		let result = [];
		if (word.length > 1) {
			const queue = new PriorityQueue_default((a, b) => a.score < b.score);
			let starting_node = {
				token: word[0],
				bias: 0,
				prev: null,
				next: null
			};
			let previous_node = starting_node;
			for (let i = 1; i < word.length; ++i) {
				const current_node = {
					bias: i / word.length,
					token: word[i],
					prev: previous_node,
					next: null
				};
				previous_node.next = current_node;
				this.add_node(queue, previous_node);
				previous_node = current_node;
			}
			while (!queue.is_empty()) {
				const node = queue.pop();
				if (node.deleted || !node.next || node.next.deleted) continue;
				node.deleted = true;
				node.next.deleted = true;
				if (node.prev) {
					const new_previous_node = { ...node.prev };
					node.prev.deleted = true;
					node.prev = new_previous_node;
					if (new_previous_node.prev) new_previous_node.prev.next = new_previous_node;
					else starting_node = new_previous_node;
				}
				const merged = {
					token: node.token + node.next.token,
					bias: node.bias,
					prev: node.prev,
					next: node.next.next
				};
				if (merged.prev) {
					merged.prev.next = merged;
					this.add_node(queue, merged.prev);
				} else starting_node = merged;
				if (merged.next) {
					merged.next.prev = merged;
					this.add_node(queue, merged);
				}
			}
			for (let current_node = starting_node; current_node !== null; current_node = current_node.next) result.push(current_node.token);
		} else result = word;
		if (this.continuing_subword_suffix) for (let i = 0; i < result.length - 1; ++i) result[i] += this.continuing_subword_suffix;
		if (token.length < this.max_length_to_cache) this.cache.put(token, result);
		return result;
	}
	/**
	* Helper function to add a node to the priority queue.
	* @param queue
	* @param node
	*/
	add_node(queue, node) {
		const rank = this.bpe_ranks.get(JSON.stringify([node.token, node.next.token]));
		if (rank !== void 0) {
			node.score = rank + node.bias;
			queue.push(node);
		}
	}
	/**
	* Encodes the input sequence of tokens using the BPE algorithm and returns the resulting subword tokens.
	* @param tokens The input sequence of tokens to encode.
	* @returns The resulting subword tokens after applying the BPE algorithm to the input sequence of tokens.
	*/
	encode(tokens) {
		const output_tokens = [];
		for (const token of tokens) {
			if (this.ignore_merges && this.tokens_to_ids.has(token)) {
				output_tokens.push(token);
				continue;
			}
			const bpe_token_list = this.bpe(token);
			for (const t of bpe_token_list) if (this.tokens_to_ids.has(t)) output_tokens.push(t);
			else if (this.byte_fallback) {
				const byte_tokens = Array.from(this.text_encoder.encode(t)).map((x) => `<0x${x.toString(16).toUpperCase().padStart(2, "0")}>`);
				if (byte_tokens.every((x) => this.tokens_to_ids.has(x))) output_tokens.push(...byte_tokens);
				else if (this.unk_token != null) output_tokens.push(this.unk_token);
			} else if (this.unk_token != null) output_tokens.push(this.unk_token);
		}
		return output_tokens;
	}
};
var BPE_default = BPE;
var Legacy = class extends TokenizerModel_default {
	/**
	* Create a Legacy tokenizer model instance.
	* @param config The configuration object for Legacy tokenizer model.
	* @param more_config Additional configuration object for the Legacy tokenizer model.
	*/
	constructor(config, more_config) {
		super(config);
		const vocab = config.vocab;
		this.tokens_to_ids = object_to_map(more_config.target_lang ? vocab[more_config.target_lang] : vocab);
		this.bos_token = more_config.bos_token;
		this.bos_token_id = this.tokens_to_ids.get(this.bos_token);
		this.eos_token = more_config.eos_token;
		this.eos_token_id = this.tokens_to_ids.get(this.eos_token);
		this.pad_token = more_config.pad_token;
		this.pad_token_id = this.tokens_to_ids.get(this.pad_token);
		this.unk_token = more_config.unk_token;
		this.unk_token_id = this.tokens_to_ids.get(this.unk_token);
		this.vocab = new Array(this.tokens_to_ids.size);
		for (const [key, value] of this.tokens_to_ids) this.vocab[value] = key;
	}
	encode(tokens) {
		return tokens;
	}
};
var Legacy_default = Legacy;
function create_tokenizer_model(model_config, config) {
	switch (model_config.type) {
		case "WordPiece": return new WordPiece_default(model_config);
		case "Unigram": return new Unigram_default(model_config, config.eos_token);
		case "BPE": return new BPE_default(model_config);
		default:
			if (model_config.vocab) {
				if (Array.isArray(model_config.vocab)) return new Unigram_default(model_config, config.eos_token);
				else if (Object.hasOwn(model_config, "continuing_subword_prefix") && Object.hasOwn(model_config, "unk_token")) {
					if (Object.hasOwn(model_config, "merges")) return new BPE_default(model_config);
					else return new WordPiece_default(model_config);
				} else return new Legacy_default(model_config, {
					target_lang: config.target_lang,
					bos_token: config.bos_token,
					eos_token: config.eos_token,
					pad_token: config.pad_token,
					unk_token: config.unk_token
				});
			}
			throw new Error(`Unknown TokenizerModel type: ${model_config?.type}`);
	}
}
var create_tokenizer_model_default = create_tokenizer_model;
var PostProcessor = class extends Callable_default {
	/**
	* @param config The configuration for the post-processor.
	*/
	constructor(config) {
		super();
		this.config = config;
	}
	/**
	* Alias for {@link PostProcessor#post_process}.
	* @param tokens The text or array of texts to post-process.
	* @param args Additional arguments required by the post-processing logic.
	* @returns The post-processed tokens.
	*/
	_call(tokens, ...args) {
		return this.post_process(tokens, ...args);
	}
};
var PostProcessor_default = PostProcessor;
var TemplateProcessing = class extends PostProcessor_default {
	/**
	* Replaces special tokens in the template with actual tokens.
	* @param tokens The list of tokens for the first sequence.
	* @param tokens_pair The list of tokens for the second sequence (optional).
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns An object containing the list of tokens with the special tokens replaced with actual tokens.
	*/
	post_process(tokens, tokens_pair = null, add_special_tokens = true) {
		const type = tokens_pair === null ? this.config.single : this.config.pair;
		let processed_tokens = [];
		let types = [];
		for (const item of type) if ("SpecialToken" in item) {
			if (add_special_tokens) {
				processed_tokens.push(item.SpecialToken.id);
				types.push(item.SpecialToken.type_id);
			}
		} else if ("Sequence" in item) {
			if (item.Sequence.id === "A") {
				processed_tokens = merge_arrays(processed_tokens, tokens);
				types = merge_arrays(types, new Array(tokens.length).fill(item.Sequence.type_id));
			} else if (item.Sequence.id === "B") {
				processed_tokens = merge_arrays(processed_tokens, tokens_pair);
				types = merge_arrays(types, new Array(tokens_pair.length).fill(item.Sequence.type_id));
			}
		}
		return {
			tokens: processed_tokens,
			token_type_ids: types
		};
	}
};
var TemplateProcessing_default = TemplateProcessing;
var ByteLevel2 = class extends PostProcessor_default {
	/**
	* Post process the given tokens.
	* @param tokens The list of tokens for the first sequence.
	* @param tokens_pair The list of tokens for the second sequence (optional).
	* @returns An object containing the post-processed tokens.
	*/
	post_process(tokens, tokens_pair = null) {
		return {
			tokens,
			tokens_pair
		};
	}
};
var ByteLevel_default2 = ByteLevel2;
var BertProcessing = class extends PostProcessor_default {
	/**
	* @param config The configuration for the post-processor.
	* @param config.cls The special tokens to add to the beginning of the input.
	* @param config.sep The special tokens to add to the end of the input.
	*/
	constructor(config) {
		super(config);
		this.sep = config.sep;
		this.cls = config.cls;
	}
	/**
	* Adds the special tokens to the beginning and end of the input.
	* @param tokens The input tokens.
	* @param tokens_pair An optional second set of input tokens.
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns The post-processed tokens with the special tokens added to the beginning and end.
	*/
	post_process(tokens, tokens_pair = null, add_special_tokens = true) {
		if (add_special_tokens) tokens = merge_arrays([this.cls[0]], tokens, [this.sep[0]]);
		let token_type_ids = new Array(tokens.length).fill(0);
		if (tokens_pair) {
			const middle = [];
			const after = add_special_tokens ? [this.sep[0]] : [];
			tokens = merge_arrays(tokens, middle, tokens_pair, after);
			token_type_ids = merge_arrays(token_type_ids, new Array(tokens_pair.length + middle.length + after.length).fill(1));
		}
		return {
			tokens,
			token_type_ids
		};
	}
};
var BertProcessing_default = BertProcessing;
var RobertaProcessing = class extends PostProcessor_default {
	/**
	* @param config The configuration for the post-processor.
	* @param config.cls The special tokens to add to the beginning of the input.
	* @param config.sep The special tokens to add to the end of the input.
	*/
	constructor(config) {
		super(config);
		this.sep = config.sep;
		this.cls = config.cls;
	}
	/**
	* Adds the special tokens to the beginning and end of the input.
	* @param tokens The input tokens.
	* @param tokens_pair An optional second set of input tokens.
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns The post-processed tokens with the special tokens added to the beginning and end.
	*/
	post_process(tokens, tokens_pair, add_special_tokens = true) {
		if (add_special_tokens) tokens = merge_arrays([this.cls[0]], tokens, [this.sep[0]]);
		let token_type_ids = new Array(tokens.length).fill(0);
		if (tokens_pair) {
			const middle = add_special_tokens ? [this.sep[0]] : [];
			const after = add_special_tokens ? [this.sep[0]] : [];
			tokens = merge_arrays(tokens, middle, tokens_pair, after);
			token_type_ids = merge_arrays(token_type_ids, new Array(tokens_pair.length + middle.length + after.length).fill(1));
		}
		return {
			tokens,
			token_type_ids
		};
	}
};
var RobertaProcessing_default = RobertaProcessing;
var Sequence3 = class extends PostProcessor_default {
	/**
	* Creates a new instance of Sequence post-processor.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.processors = (config.processors ?? []).map((x) => create_post_processor_default(x));
	}
	/**
	* Post process the given tokens.
	* @param tokens The list of tokens for the first sequence.
	* @param tokens_pair The list of tokens for the second sequence (optional).
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns An object containing the post-processed tokens.
	*/
	post_process(tokens, tokens_pair = null, add_special_tokens = true) {
		let processed_tokens = {
			tokens,
			tokens_pair
		};
		for (const processor of this.processors) processed_tokens = processor.post_process(processed_tokens.tokens, processed_tokens.tokens_pair, add_special_tokens);
		return processed_tokens;
	}
};
var Sequence_default3 = Sequence3;
function create_post_processor(config) {
	if (config === null) return null;
	switch (config.type) {
		case "TemplateProcessing": return new TemplateProcessing_default(config);
		case "ByteLevel": return new ByteLevel_default2(config);
		case "BertProcessing": return new BertProcessing_default(config);
		case "RobertaProcessing": return new RobertaProcessing_default(config);
		case "Sequence": return new Sequence_default3(config);
		default: throw new Error(`Unknown PostProcessor type: ${config.type}`);
	}
}
var create_post_processor_default = create_post_processor;
var Decoder = class extends Callable_default {
	/**
	* Creates an instance of `Decoder`.
	* @param config The configuration object.
	**/
	constructor(config) {
		super();
		this.config = config;
		this.added_tokens = [];
		this.end_of_word_suffix = null;
		this.trim_offsets = "trim_offsets" in config ? config.trim_offsets : false;
	}
	/**
	* Calls the `decode` method.
	*
	* @param tokens The list of tokens.
	* @returns The decoded string.
	*/
	_call(tokens) {
		return this.decode(tokens);
	}
	/**
	* Decodes a list of tokens.
	* @param tokens The list of tokens.
	* @returns The decoded string.
	*/
	decode(tokens) {
		return this.decode_chain(tokens).join("");
	}
};
var Decoder_default = Decoder;
var ByteLevel3 = class extends Decoder_default {
	/**
	* Create a `ByteLevelDecoder` object.
	*/
	constructor(config) {
		super(config);
		this.byte_decoder = UNICODE_TO_BYTES;
		this.text_decoder = new TextDecoder("utf-8", {
			fatal: false,
			ignoreBOM: true
		});
		this.end_of_word_suffix = null;
	}
	/**
	* Convert an array of tokens to string by decoding each byte.
	* @param tokens Array of tokens to be decoded.
	* @returns The decoded string.
	*/
	convert_tokens_to_string(tokens) {
		const text = tokens.join("");
		const byte_array = new Uint8Array([...text].map((c) => this.byte_decoder[c]));
		return this.text_decoder.decode(byte_array);
	}
	decode_chain(tokens) {
		const sub_texts = [];
		let current_sub_text = [];
		for (const token of tokens) if (this.added_tokens.find((x) => x.content === token) !== void 0) {
			if (current_sub_text.length > 0) {
				sub_texts.push(this.convert_tokens_to_string(current_sub_text));
				current_sub_text = [];
			}
			sub_texts.push(token);
		} else current_sub_text.push(token);
		if (current_sub_text.length > 0) sub_texts.push(this.convert_tokens_to_string(current_sub_text));
		return sub_texts;
	}
};
var ByteLevel_default3 = ByteLevel3;
var WordPiece = class extends Decoder_default {
	/**
	* Creates a new instance of WordPieceDecoder.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.cleanup = config.cleanup;
	}
	decode_chain(tokens) {
		return tokens.map((token, i) => {
			if (i !== 0) {
				const prefix = this.config.prefix;
				if (prefix && token.startsWith(prefix)) token = token.replace(prefix, "");
				else token = " " + token;
			}
			if (this.cleanup) token = clean_up_tokenization(token);
			return token;
		});
	}
};
var WordPiece_default2 = WordPiece;
var Metaspace2 = class extends Decoder_default {
	/**
	* Constructs a new MetaspaceDecoder object.
	* @param config The configuration object for the MetaspaceDecoder.
	*/
	constructor(config) {
		super(config);
		this.replacement = config.replacement ?? "▁";
	}
	decode_chain(tokens) {
		const result = [];
		for (let i = 0; i < tokens.length; ++i) {
			let normalized = tokens[i].replaceAll(this.replacement, " ");
			if (i == 0 && normalized.startsWith(" ")) normalized = normalized.substring(1);
			result.push(normalized);
		}
		return result;
	}
};
var Metaspace_default2 = Metaspace2;
var BPE2 = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.suffix = config.suffix ?? "";
	}
	decode_chain(tokens) {
		return tokens.map((token, i) => {
			return token.replaceAll(this.suffix, i === tokens.length - 1 ? "" : " ");
		});
	}
};
var BPE_default2 = BPE2;
var CTC = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.pad_token = config.pad_token ?? "";
		this.word_delimiter_token = config.word_delimiter_token ?? "";
		this.cleanup = config.cleanup;
	}
	/**
	* Converts a connectionist-temporal-classification (CTC) output tokens into a single string.
	* @param tokens Array of tokens to be decoded.
	* @returns The decoded string.
	*/
	convert_tokens_to_string(tokens) {
		if (tokens.length === 0) return "";
		const grouped_tokens = [tokens[0]];
		for (let i = 1; i < tokens.length; ++i) if (tokens[i] !== grouped_tokens.at(-1)) grouped_tokens.push(tokens[i]);
		let text = grouped_tokens.filter((token) => token !== this.pad_token).join("");
		if (this.cleanup) text = clean_up_tokenization(text).replaceAll(this.word_delimiter_token, " ").trim();
		return text;
	}
	decode_chain(tokens) {
		return [this.convert_tokens_to_string(tokens)];
	}
};
var CTC_default = CTC;
var Sequence4 = class extends Decoder_default {
	/**
	* Creates a new instance of DecoderSequence.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.decoders = (config.decoders ?? []).map((x) => create_decoder_default(x));
	}
	decode_chain(tokens) {
		return this.decoders.reduce((toks, decoder) => {
			return decoder.decode_chain(toks);
		}, tokens);
	}
};
var Sequence_default4 = Sequence4;
var Replace3 = class extends Decoder_default {
	/**
	* @param config The configuration object for the decoder.
	*/
	constructor(config) {
		super(config);
		this.pattern = create_pattern(this.config.pattern);
	}
	decode_chain(tokens) {
		const content = this.config.content ?? "";
		const pattern = this.pattern;
		return pattern === null ? tokens : tokens.map((token) => token.replaceAll(pattern, content));
	}
};
var Replace_default3 = Replace3;
var Fuse = class extends Decoder_default {
	decode_chain(tokens) {
		return [tokens.join("")];
	}
};
var Fuse_default = Fuse;
var Strip2 = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.content = config.content ?? "";
		this.start = config.start ?? 0;
		this.stop = config.stop ?? 0;
	}
	decode_chain(tokens) {
		return tokens.map((token) => {
			let start_cut = 0;
			for (let i = 0; i < this.start; ++i) if (token[i] === this.content) {
				start_cut = i + 1;
				continue;
			} else break;
			let stop_cut = token.length;
			for (let i = 0; i < this.stop; ++i) {
				const index = token.length - i - 1;
				if (token[index] === this.content) {
					stop_cut = index;
					continue;
				} else break;
			}
			return token.slice(start_cut, stop_cut);
		});
	}
};
var Strip_default2 = Strip2;
var ByteFallback = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.text_decoder = new TextDecoder();
	}
	decode_chain(tokens) {
		const new_tokens = [];
		let previous_byte_tokens = [];
		for (const token of tokens) {
			let bytes = null;
			if (token.length === 6 && token.startsWith("<0x") && token.endsWith(">")) {
				const byte = parseInt(token.slice(3, 5), 16);
				if (!isNaN(byte)) bytes = byte;
			}
			if (bytes !== null) previous_byte_tokens.push(bytes);
			else {
				if (previous_byte_tokens.length > 0) {
					const string = this.text_decoder.decode(Uint8Array.from(previous_byte_tokens));
					new_tokens.push(string);
					previous_byte_tokens = [];
				}
				new_tokens.push(token);
			}
		}
		if (previous_byte_tokens.length > 0) {
			const string = this.text_decoder.decode(Uint8Array.from(previous_byte_tokens));
			new_tokens.push(string);
			previous_byte_tokens = [];
		}
		return new_tokens;
	}
};
var ByteFallback_default = ByteFallback;
function create_decoder(config) {
	if (config === null) return null;
	switch (config.type) {
		case "ByteLevel": return new ByteLevel_default3(config);
		case "WordPiece": return new WordPiece_default2(config);
		case "Metaspace": return new Metaspace_default2(config);
		case "BPEDecoder": return new BPE_default2(config);
		case "CTC": return new CTC_default(config);
		case "Sequence": return new Sequence_default4(config);
		case "Replace": return new Replace_default3(config);
		case "Fuse": return new Fuse_default(config);
		case "Strip": return new Strip_default2(config);
		case "ByteFallback": return new ByteFallback_default(config);
		default: throw new Error(`Unknown Decoder type: ${config.type}`);
	}
}
var create_decoder_default = create_decoder;
var Tokenizer = class {
	constructor(tokenizer, config) {
		const tokenizer_error = validate_object(tokenizer, "Tokenizer", [
			"model",
			"decoder",
			"post_processor",
			"pre_tokenizer",
			"normalizer"
		]);
		if (tokenizer_error) throw new Error(tokenizer_error);
		const config_error = validate_object(config, "Config");
		if (config_error) throw new Error(config_error);
		this.tokenizer = tokenizer;
		this.config = config;
		this.normalizer = create_normalizer_default(this.tokenizer.normalizer);
		this.pre_tokenizer = create_pre_tokenizer_default(this.tokenizer.pre_tokenizer);
		this.model = create_tokenizer_model_default(this.tokenizer.model, this.config);
		this.post_processor = create_post_processor_default(this.tokenizer.post_processor);
		this.decoder = create_decoder_default(this.tokenizer.decoder);
		this.special_tokens = [];
		this.all_special_ids = [];
		this.added_tokens = [];
		const unnormalized_contents = [];
		const normalized_contents = [];
		this.added_tokens_map = /* @__PURE__ */ new Map();
		for (const added_token of this.tokenizer.added_tokens) {
			const token = new AddedToken_default(added_token);
			this.added_tokens.push(token);
			this.model.tokens_to_ids.set(token.content, token.id);
			this.model.vocab[token.id] = token.content;
			if (token.special) {
				this.special_tokens.push(token.content);
				this.all_special_ids.push(token.id);
			}
			this.added_tokens_map.set(token.content, token);
			if (token.normalized && this.normalizer !== null) {
				const normalized_content = this.normalizer(token.content);
				normalized_contents.push(normalized_content);
				this.added_tokens_map.set(normalized_content, token);
			} else unnormalized_contents.push(token.content);
		}
		(this.config.additional_special_tokens ?? []).forEach((token) => {
			if (!this.special_tokens.includes(token)) this.special_tokens.push(token);
		});
		if (this.decoder) {
			this.decoder.added_tokens = this.added_tokens;
			this.decoder.end_of_word_suffix = this.model.end_of_word_suffix;
		}
		this.splitter_unnormalized = new DictionarySplitter_default(unnormalized_contents);
		this.splitter_normalized = new DictionarySplitter_default(normalized_contents);
		this.remove_space = this.config.remove_space;
		this.clean_up_tokenization_spaces = this.config.clean_up_tokenization_spaces ?? true;
		this.do_lowercase_and_remove_accent = this.config.do_lowercase_and_remove_accent ?? false;
	}
	encode(text, { text_pair = null, add_special_tokens = true, return_token_type_ids = null } = {}) {
		const { tokens, token_type_ids } = this.tokenize_helper(text, {
			text_pair,
			add_special_tokens
		});
		const input_ids = tokens.map((t) => this.added_tokens_map.get(t)?.id ?? this.model.tokens_to_ids.get(t) ?? this.model.unk_token_id);
		const result = {
			ids: input_ids,
			tokens,
			attention_mask: new Array(input_ids.length).fill(1)
		};
		if (return_token_type_ids && token_type_ids) result.token_type_ids = token_type_ids;
		return result;
	}
	decode(token_ids, options = {}) {
		if (!Array.isArray(token_ids) || token_ids.length === 0 || !is_integral_number(token_ids[0])) throw Error("token_ids must be a non-empty array of integers.");
		let tokens = token_ids.map((i) => this.model.vocab[Number(i)] ?? this.model.unk_token);
		if (options.skip_special_tokens) tokens = tokens.filter((x) => !this.special_tokens.includes(x));
		let decoded = this.decoder ? this.decoder(tokens) : tokens.join(" ");
		if (this.decoder && this.decoder.end_of_word_suffix) {
			decoded = decoded.replaceAll(this.decoder.end_of_word_suffix, " ");
			if (options.skip_special_tokens) decoded = decoded.trim();
		}
		if (options.clean_up_tokenization_spaces ?? this.clean_up_tokenization_spaces) decoded = clean_up_tokenization(decoded);
		return decoded;
	}
	/**
	* Converts a string into a sequence of tokens.
	* @param text The sequence to be encoded.
	* @param options An optional object containing the following properties:
	* @returns The list of tokens.
	*/
	tokenize(text, { text_pair = null, add_special_tokens = false } = {}) {
		return this.tokenize_helper(text, {
			text_pair,
			add_special_tokens
		}).tokens;
	}
	encode_text(text) {
		if (text === null) return null;
		const sections = this.splitter_unnormalized.split(text);
		sections.forEach((section, i) => {
			const added_token = this.added_tokens_map.get(section);
			if (added_token) {
				if (added_token.lstrip && i > 0) sections[i - 1] = sections[i - 1].trimEnd();
				if (added_token.rstrip && i < sections.length - 1) sections[i + 1] = sections[i + 1].trimStart();
			}
		});
		return sections.flatMap((processed_text, section_index) => {
			if (processed_text.length === 0) return [];
			if (this.added_tokens_map.has(processed_text)) return [processed_text];
			if (this.remove_space === true) processed_text = processed_text.trim().split(/\s+/).join(" ");
			if (this.do_lowercase_and_remove_accent) processed_text = lowercase_and_remove_accents(processed_text);
			if (this.normalizer !== null) processed_text = this.normalizer(processed_text);
			if (processed_text.length === 0) return [];
			const subsections = this.splitter_normalized.split(processed_text);
			subsections.forEach((subsection, j) => {
				const added_token = this.added_tokens_map.get(subsection);
				if (added_token) {
					if (added_token.lstrip && j > 0) subsections[j - 1] = subsections[j - 1].trimEnd();
					if (added_token.rstrip && j < subsections.length - 1) subsections[j + 1] = subsections[j + 1].trimStart();
				}
			});
			return subsections.flatMap((subsection) => {
				if (subsection.length === 0) return [];
				if (this.added_tokens_map.has(subsection)) return [subsection];
				const section_tokens = this.pre_tokenizer !== null ? this.pre_tokenizer(subsection, { section_index }) : [subsection];
				return this.model(section_tokens);
			});
		});
	}
	tokenize_helper(text, { text_pair = null, add_special_tokens = true }) {
		const tokens1 = this.encode_text(text);
		const tokens2 = this.encode_text(text_pair || null);
		return this.post_processor ? this.post_processor(tokens1, tokens2, add_special_tokens) : { tokens: merge_arrays(tokens1 ?? [], tokens2 ?? []) };
	}
	/**
	* Converts a token string to its corresponding token ID.
	* @param token The token string to convert.
	* @returns The token ID, or undefined if the token is not in the vocabulary.
	*/
	token_to_id(token) {
		return this.model.tokens_to_ids.get(token);
	}
	/**
	* Converts a token ID to its corresponding token string.
	* @param id The token ID to convert.
	* @returns The token string, or undefined if the ID is not in the vocabulary.
	*/
	id_to_token(id) {
		return this.model.vocab[id];
	}
	/**
	* Returns a mapping of token IDs to AddedToken objects for all added tokens.
	* @returns A Map where keys are token IDs and values are AddedToken objects.
	*/
	get_added_tokens_decoder() {
		const decoder = /* @__PURE__ */ new Map();
		for (const token of this.added_tokens) decoder.set(token.id, token);
		return decoder;
	}
	/**
	* Get the underlying vocabulary
	* @param with_added_tokens Whether to include the added tokens
	* @returns The vocabulary
	*/
	get_vocab(with_added_tokens = true) {
		const vocab = /* @__PURE__ */ new Map();
		for (let i = 0; i < this.model.vocab.length; ++i) {
			const token = this.model.vocab[i];
			if (with_added_tokens || !this.added_tokens_map.has(token)) vocab.set(token, i);
		}
		return vocab;
	}
};
var Tokenizer_default = Tokenizer;
// src/corpus/tokenizers/chat-source.ts
/** @file Where a tokenizer keeps its chat template: chat_template.jinja, or in tokenizer_config.json. */
const TEMPLATE_FILE = "chat_template.jinja";
const MOST_BYTES = 2 ** 20;
/** Errors: those of reading. */
async function readChatSource(files, config) {
	const own = files.has(TEMPLATE_FILE) ? await textOf(files, TEMPLATE_FILE) : null;
	const tokens = Object.entries(config).flatMap(([key, value]) => {
		const token = isJsonObject(value) ? value.content : value;
		return key.endsWith("_token") && typeof token === "string" ? [[key, token]] : [];
	});
	return {
		name: files.spec,
		template: own ?? templateIn(config.chat_template),
		tokens: Object.fromEntries(tokens)
	};
}
/** One template, or several by name, of which "default" is the plain one. */
function templateIn(value) {
	if (typeof value === "string") return value;
	const plain = (Array.isArray(value) ? value : []).find((one) => isJsonObject(one) && one.name === "default");
	return isJsonObject(plain) && typeof plain.template === "string" ? plain.template : null;
}
async function textOf(files, name) {
	const source = await files.open(name);
	try {
		return new TextDecoder().decode(await source.read(0, Math.min(source.byteLength, MOST_BYTES)));
	} finally {
		await source.close();
	}
}
// src/corpus/tokenizers/token-text.ts
function tokenText(pieces, spelling) {
	return (ids) => {
		const bytes = [];
		for (const id of ids) for (const byte of bytesOf$1(pieces.get(id) ?? `#${id}`, spelling)) bytes.push(byte);
		return new TextDecoder().decode(Uint8Array.from(bytes));
	};
}
const utf8 = (text) => new TextEncoder().encode(text);
function bytesOf$1(piece, spelling) {
	if (spelling === "byte-level") {
		const bytes = [...piece].map((letter) => LETTERS$1.get(letter));
		return bytes.every((byte) => byte !== void 0) ? bytes : utf8(piece);
	}
	if (spelling === "wordpiece") return utf8(piece.startsWith("##") ? piece.slice(2) : ` ${piece}`);
	const byte = /^<0x([0-9A-F]{2})>$/.exec(piece)?.[1];
	return byte === void 0 ? utf8(piece.replaceAll("▁", " ")) : [Number.parseInt(byte, 16)];
}
/** The letter of each byte: itself where it can be printed, else the next from U+0100 on (GPT-2's `bytes_to_unicode`). */
const LETTERS$1 = (() => {
	const isShown = (byte) => byte > 32 && byte < 127 || byte > 160 && byte < 256 && byte !== 173;
	let next = 256;
	return new Map(Array.from({ length: 256 }, (_, byte) => [String.fromCharCode(isShown(byte) ? byte : next++), byte]));
})();
const encoder = new TextEncoder();
const decoder = new TextDecoder();
var Normalizer = class {
	#rules;
	#trie;
	#strings;
	#isProtected;
	constructor(rules, isProtected) {
		this.#rules = rules;
		this.#isProtected = isProtected;
		const { charsMap } = rules;
		const view = new DataView(charsMap.buffer, charsMap.byteOffset, charsMap.byteLength);
		const bytes = charsMap.byteLength < 4 ? 0 : Math.min(view.getUint32(0, true), charsMap.byteLength - 4);
		this.#trie = Uint32Array.from({ length: bytes >> 2 }, (_, i) => view.getUint32(4 + 4 * i, true));
		this.#strings = charsMap.subarray(4 + bytes);
	}
	normalize(text) {
		const { removeExtraWhitespaces: gathers, escapeWhitespaces, addDummyPrefix, whitespaceAsSuffix } = this.#rules;
		const space = escapeWhitespaces ? "▁" : " ";
		const parts = [];
		let [at, afterSpace] = [0, gathers];
		while (gathers && at < text.length) {
			const { made, length } = this.#prefix(text, at);
			if (made !== " ") break;
			at += length;
		}
		if (at >= text.length) return "";
		if (addDummyPrefix && !whitespaceAsSuffix) parts.push(space);
		while (at < text.length) {
			const { made, length } = this.#prefix(text, at);
			const kept = afterSpace ? made.replace(/^ +/, "") : made;
			if (kept !== "") {
				parts.push(escapeWhitespaces ? kept.replaceAll(" ", "▁") : kept);
				afterSpace = kept.endsWith(" ");
			}
			at += length;
			if (!gathers) afterSpace = false;
		}
		const joined = parts.join("");
		const trimmed = gathers ? withoutEnd(joined, space) : joined;
		return addDummyPrefix && whitespaceAsSuffix ? trimmed + space : trimmed;
	}
	/** What the beginning of the rest becomes, and how many units of the text that is. */
	#prefix(text, at) {
		const kept = this.#isProtected(text, at);
		if (kept !== null) return {
			made: kept,
			length: kept.length
		};
		const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
		return this.#known(text, at) ?? {
			made: /\p{Surrogate}/u.test(character) ? "�" : character,
			length: character.length
		};
	}
	/** The longest prefix that the table knows. */
	#known(text, start) {
		const trie = this.#trie;
		if (trie.length === 0) return null;
		let node = offset(trie[0] ?? 0);
		let found = null;
		for (let at = start; at < text.length;) {
			const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
			at += character.length;
			for (const byte of encoder.encode(character)) {
				node ^= byte;
				const unit = trie[node] ?? 0;
				if ((unit & 2147483903) >>> 0 !== byte) return this.#made(found);
				node ^= offset(unit);
				if ((unit >>> 8 & 1) === 1) found = {
					value: (trie[node] ?? 0) & 2147483647,
					length: at - start
				};
			}
		}
		return this.#made(found);
	}
	#made(found) {
		if (found === null) return null;
		const end = this.#strings.indexOf(0, found.value);
		const bytes = this.#strings.subarray(found.value, end < 0 ? found.value : end);
		return {
			made: decoder.decode(bytes),
			length: found.length
		};
	}
};
/** Of a unit of the double array. */
function offset(unit) {
	return unit >>> 10 << ((unit & 512) >>> 6);
}
function withoutEnd(text, space) {
	let end = text.length;
	while (end > 0 && text[end - 1] === space) end--;
	return text.slice(0, end);
}
// src/corpus/sentencepiece/encoder.ts
/** What an unknown character costs below the worst piece. */
const UNKNOWN_PENALTY = 10;
var SentencePieceEncoder = class {
	#model;
	#pieces = /* @__PURE__ */ new Map();
	#bytes = /* @__PURE__ */ new Map();
	#normalizer;
	#user;
	/** Code points of the longest piece. */
	#longest;
	/** The least and the highest of the normal pieces. */
	#scores;
	constructor(model) {
		this.#model = model;
		for (const [id, { text, score, kind }] of model.pieces.entries()) {
			if (kind === "byte") this.#bytes.set(text, id);
			if (kind === "normal" || kind === "user" || kind === "unused") this.#pieces.set(text, {
				id,
				score,
				kind
			});
		}
		this.#longest = [...this.#pieces.keys()].reduce((most, text) => Math.max(most, [...text].length), 1);
		const scores = model.pieces.flatMap(({ kind, score }) => kind === "normal" ? [score] : []);
		this.#scores = [scores.reduce((a, b) => Math.min(a, b), 0), scores.reduce((a, b) => Math.max(a, b), -1e9)];
		this.#user = userMatcher([...this.#pieces].flatMap(([text, { kind }]) => kind === "user" ? [text] : []));
		this.#normalizer = new Normalizer(model.normalizer, this.#user);
	}
	encode(text) {
		const normalized = this.#normalizer.normalize(text);
		const segments = this.#model.type === "bpe" ? this.#joined(normalized) : this.#bestPath(normalized);
		const ids = [];
		let wasUnknown = false;
		for (const { text: run, piece } of segments) {
			if (piece !== null) ids.push(piece.id);
			else if (this.#model.byteFallback) ids.push(...this.#byteIds(run));
			else if (!wasUnknown) ids.push(this.#model.unknownId);
			wasUnknown = piece === null;
		}
		return Int32Array.from(ids);
	}
	#byteIds(run) {
		return [...new TextEncoder().encode(run)].map((byte) => {
			const name = `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
			return this.#bytes.get(name) ?? this.#model.unknownId;
		});
	}
	/** Characters, with user-defined pieces whole. */
	#characters(text) {
		const found = [];
		for (let at = 0; at < text.length;) {
			const run = this.#user(text, at) ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
			found.push(run);
			at += run.length;
		}
		return found;
	}
	#joined(text) {
		const runs = [...this.#characters(text)];
		const frozen = runs.map((run) => run !== null && this.#pieces.get(run)?.kind === "user");
		const previous = Int32Array.from(runs, (_, i) => i - 1);
		const next = Int32Array.from(runs, (_, i) => i + 1 < runs.length ? i + 1 : -1);
		const agenda = new Agenda();
		const parts = /* @__PURE__ */ new Map();
		const offer = (left, right) => {
			const [first, second] = [runs[left], runs[right]];
			if (left < 0 || right < 0 || frozen[left] || frozen[right] || first == null || second == null) return;
			const joined = first + second;
			const piece = this.#pieces.get(joined);
			if (piece === void 0) return;
			agenda.push({
				left,
				right,
				score: piece.score,
				length: joined.length
			});
			if (piece.kind === "unused") parts.set(joined, [first, second]);
		};
		for (let i = 1; i < runs.length; i++) offer(i - 1, i);
		for (let best = agenda.pop(); best !== null; best = agenda.pop()) {
			const { left, right, length } = best;
			const [first, second] = [runs[left], runs[right]];
			if (first == null || second == null || first.length + second.length !== length) continue;
			runs[left] = first + second;
			runs[right] = null;
			const after = next[right] ?? -1;
			next[left] = after;
			if (after >= 0) previous[after] = left;
			offer(previous[left] ?? -1, left);
			offer(left, after);
		}
		return runs.flatMap((run) => run === null ? [] : this.#used(run, parts));
	}
	/** Pieces that are not to be used come apart again into what they were joined of. */
	#used(run, parts) {
		const piece = this.#pieces.get(run) ?? null;
		const split = piece?.kind === "unused" ? parts.get(run) : void 0;
		if (split === void 0) return [{
			text: run,
			piece
		}];
		return split.flatMap((part) => this.#used(part, parts));
	}
	#bestPath(text) {
		const characters = [...text];
		const [least, most] = this.#scores;
		const unknown = Math.fround(least - UNKNOWN_PENALTY);
		const best = new Float32Array(characters.length + 1);
		const from = new Int32Array(characters.length + 1).fill(-1);
		for (let start = 0; start < characters.length; start++) {
			const till = best[start] ?? 0;
			let [run, hasOne] = ["", false];
			const offer = (end, score) => {
				if (from[end] !== -1 && !(score > (best[end] ?? 0))) return;
				best[end] = score;
				from[end] = start;
			};
			for (let length = 1; length <= this.#longest && start + length <= characters.length; length++) {
				run += characters[start + length - 1];
				const piece = this.#pieces.get(run);
				if (piece === void 0 || piece.kind === "unused") continue;
				const bytes = new TextEncoder().encode(run).length;
				offer(start + length, till + (piece.kind === "user" ? bytes * most - .1 : piece.score));
				hasOne ||= length === 1;
			}
			if (!hasOne) offer(start + 1, till + unknown);
		}
		const segments = [];
		for (let end = characters.length; end > 0; end = from[end] ?? 0) {
			const run = characters.slice(from[end], end).join("");
			const piece = this.#pieces.get(run) ?? null;
			segments.push({
				text: run,
				piece: piece?.kind === "unused" ? null : piece
			});
		}
		return segments.reverse();
	}
};
/** The longest of some words at a place of a text. */
function userMatcher(words) {
	const byFirst = /* @__PURE__ */ new Map();
	for (const word of [...words].sort((a, b) => b.length - a.length)) {
		const first = word[0];
		if (first !== void 0) byFirst.set(first, [...byFirst.get(first) ?? [], word]);
	}
	return (text, at) => byFirst.get(text[at] ?? "")?.find((word) => text.startsWith(word, at)) ?? null;
}
/** A heap: the highest score first, then the leftmost. */
var Agenda = class {
	#heap = [];
	push(join) {
		const heap = this.#heap;
		heap.push(join);
		for (let at = heap.length - 1; at > 0;) {
			const above = at - 1 >> 1;
			if (!isBefore(heap[at], heap[above])) break;
			swap(heap, at, above);
			at = above;
		}
	}
	pop() {
		const heap = this.#heap;
		const first = heap[0] ?? null;
		const last = heap.pop();
		if (heap.length === 0 || last === void 0) return first;
		heap[0] = last;
		for (let at = 0;;) {
			let least = at;
			for (const below of [2 * at + 1, 2 * at + 2]) if (isBefore(heap[below], heap[least])) least = below;
			if (least === at) return first;
			swap(heap, at, least);
			at = least;
		}
	}
};
function isBefore(a, b) {
	if (a === void 0 || b === void 0) return false;
	return a.score > b.score || a.score === b.score && a.left < b.left;
}
function swap(heap, a, b) {
	const [first, second] = [heap[a], heap[b]];
	if (first === void 0 || second === void 0) return;
	heap[a] = second;
	heap[b] = first;
}
// src/corpus/sentencepiece/model-file.ts
/**
* @file A SentencePiece model (tokenizer.model), read as far as encoding needs it: pieces with scores and kinds, and how text is
* normalized. Field numbers: sentencepiece_model.proto. Left out: word and character models, self-test samples.
*/
const KINDS = [
	"normal",
	"normal",
	"unknown",
	"control",
	"user",
	"unused",
	"byte"
];
/** Published models reach 262,208. */
const MOST_PIECES = 2 ** 20;
/** Errors: TOKENIZER_UNSUPPORTED. */
function readModelFile(file, bytes) {
	try {
		return modelOf(file, new Wire(file, bytes));
	} catch (error) {
		if (error instanceof SaegateError && error.code.startsWith("ONNX_")) throw tokenizerUnsupported(file, "it is no SentencePiece model, or a broken one");
		throw error;
	}
}
function modelOf(file, wire) {
	const pieces = [];
	let trainer = /* @__PURE__ */ new Map();
	let rules = /* @__PURE__ */ new Map();
	for (const field of wire.fields()) {
		if (field.kind !== "bytes") continue;
		if (field.number === 1) pieces.push(pieceOf(wire, fieldsOf(wire, field)));
		if (field.number === 2) trainer = fieldsOf(wire, field);
		if (field.number === 3) rules = fieldsOf(wire, field);
		if (pieces.length > MOST_PIECES) throw tokenizerUnsupported(file, `it has more than ${MOST_PIECES} pieces`);
	}
	const type = {
		1: "unigram",
		2: "bpe"
	};
	const kind = number(trainer, 3, 1);
	if (kind !== 1 && kind !== 2) throw tokenizerUnsupported(file, `its model type ${kind} is neither Unigram nor BPE`);
	const unknownId = pieces.findIndex((piece) => piece.kind === "unknown");
	if (unknownId < 0) throw tokenizerUnsupported(file, "it has no unknown piece");
	const flag = (fields, at, absent) => number(fields, at, Number(absent)) !== 0;
	const map = rules.get(2);
	const charsMap = map?.kind === "bytes" ? wire.bytes.subarray(map.start, map.end) : /* @__PURE__ */ new Uint8Array(0);
	if (longestReplacement(charsMap) > MOST_REPLACED) throw tokenizerUnsupported(file, `its table replaces a character by more than ${MOST_REPLACED} bytes`);
	return {
		pieces,
		type: type[kind],
		unknownId,
		bosId: idOf$1(number(trainer, 41, 1), pieces),
		eosId: idOf$1(number(trainer, 42, 2), pieces),
		byteFallback: flag(trainer, 35, false),
		normalizer: {
			charsMap,
			addDummyPrefix: flag(rules, 3, true),
			removeExtraWhitespaces: flag(rules, 4, true),
			escapeWhitespaces: flag(rules, 5, true),
			whitespaceAsSuffix: flag(trainer, 24, false)
		}
	};
}
/** Compatibility forms of Unicode have at most eighteen characters. */
const MOST_REPLACED = 256;
/** Of the strings behind the double array, which end with 0. */
function longestReplacement(charsMap) {
	if (charsMap.byteLength < 4) return 0;
	const view = new DataView(charsMap.buffer, charsMap.byteOffset, charsMap.byteLength);
	const strings = charsMap.subarray(Math.min(charsMap.byteLength, 4 + view.getUint32(0, true)));
	let [longest, start] = [0, 0];
	for (let end = strings.indexOf(0); end >= 0; end = strings.indexOf(0, start)) {
		longest = Math.max(longest, end - start);
		start = end + 1;
	}
	return longest;
}
function fieldsOf(wire, { start, end }) {
	return new Map([...wire.fields(start, end)].map((field) => [field.number, field]));
}
function pieceOf(wire, fields) {
	const text = fields.get(1);
	const score = fields.get(2);
	return {
		text: text?.kind === "bytes" ? wire.string(text) : "",
		score: score?.kind === "float" ? score.value : 0,
		kind: KINDS[number(fields, 3, 1)] ?? "unused"
	};
}
function number(fields, at, absent) {
	const field = fields.get(at);
	return field?.kind === "varint" ? field.value : absent;
}
function idOf$1(id, pieces) {
	return pieces[id]?.kind === "control" ? id : null;
}
// src/corpus/sentencepiece/open.ts
/**
* @file A SentencePiece model as a model's tokenizer, where a folder has no tokenizer.json. Tokens that were added to it
* (added_tokens.json, tokenizer_config.json) are found in the text first, and what lies between is encoded by itself, as
* transformers' own slow tokenizers do.
*/
/** As transformers, and the authors of the models, call it. */
const SENTENCE_PIECE_FILE = /^(?:tokenizer|spiece|sentencepiece(?:\.bpe)?)\.model$/;
/** Tokenizers that put the BOS before a text where their config says nothing. */
const ADDS_BOS = /^(Llama|CodeLlama|Gemma|Mistral|Baichuan|InternLM2?|Yi)Tokenizer/;
/** Errors: TOKENIZER_UNSUPPORTED, those of reading. */
async function openSentencePiece(files) {
	const name = files.names.find((one) => SENTENCE_PIECE_FILE.test(one));
	if (name === void 0) return null;
	const file = `${files.spec}: ${name}`;
	const bytes = await bytesOf(files, name, file);
	const model = readModelFile(file, bytes);
	const config = await readBeside$1(files, "tokenizer_config.json");
	const added = addedTokens(model, config, await readBeside$1(files, "added_tokens.json"));
	const encoder = new SentencePieceEncoder(model);
	const named = (key) => {
		const token = config[key];
		const content = isJsonObject(token) ? token.content : token;
		return typeof content === "string" ? added.get(content) ?? idOf(model, content) : null;
	};
	const bosToken = named("bos_token") ?? model.bosId;
	return {
		file,
		encode: (text) => encodeBetween(text, added, encoder),
		cut: null,
		bosFromPostProcessor: (config.add_bos_token ?? ADDS_BOS.test(String(config.tokenizer_class ?? ""))) === true ? bosToken : null,
		bosToken,
		eosToken: named("eos_token") ?? model.eosId,
		specialIds: model.pieces.flatMap(({ kind }, id) => kind === "control" || kind === "unknown" ? [id] : []),
		text: tokenText(piecesOf$1(model, added), "metaspace"),
		sha256: createHash("sha256").update(bytes).digest("hex"),
		chat: await readChatSource(files, config)
	};
}
async function bytesOf(files, name, file) {
	const source = await files.open(name);
	try {
		if (source.byteLength > MAX_JSON_BYTES) throw tokenizerUnsupported(file, `it has ${source.byteLength} bytes, more than ${MAX_JSON_BYTES}`);
		await refuseStandIn(source);
		return await source.read(0, source.byteLength);
	} finally {
		await source.close();
	}
}
async function readBeside$1(files, name) {
	return files.has(name) ? await readJsonObject(files, name) : {};
}
function idOf({ pieces }, text) {
	const id = pieces.findIndex((piece) => piece.text === text);
	return id < 0 ? null : id;
}
const piecesOf$1 = ({ pieces }, added) => new Map([...pieces.map(({ text }, id) => [id, text]), ...[...added].map(([text, id]) => [id, text])]);
/** Content → id: the model's own control pieces are among them, since transformers finds them in the text too. */
function addedTokens(model, config, beside) {
	const tokens = /* @__PURE__ */ new Map();
	for (const [id, { text, kind }] of model.pieces.entries()) if (kind === "control") tokens.set(text, id);
	for (const [content, id] of Object.entries(beside)) if (typeof id === "number") tokens.set(content, id);
	const decoder = isJsonObject(config.added_tokens_decoder) ? config.added_tokens_decoder : {};
	for (const [id, token] of Object.entries(decoder)) if (isJsonObject(token) && typeof token.content === "string" && /^\d{1,9}$/.test(id)) tokens.set(token.content, Number(id));
	tokens.delete("");
	return tokens;
}
function encodeBetween(text, added, encoder) {
	if (added.size === 0) return encoder.encode(text);
	const contents = [...added.keys()].sort((a, b) => b.length - a.length);
	const pattern = new RegExp(`(${contents.map((one) => one.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|")})`);
	const ids = text.split(pattern).map((part) => {
		const id = added.get(part);
		return id === void 0 ? encoder.encode(part) : Int32Array.of(id);
	});
	return Int32Array.from(ids.flatMap((part) => [...part]));
}
// src/corpus/tokenizers/bounded-tokenizer.ts
/**
* @file Bounds for a tokenizer.json of unknown origin: its regular expressions may run without end, and a chain of its
* replacements may turn kilobytes of text into gigabytes. Every step of its normalizer and pre_tokenizer is counted, what runs is
* ended by the clock (V8 looks at it inside a regular expression too), and the message names the step.
*/
/**
* A hundred times what the slowest tokenizer in use takes: 200,000 characters as one word in 3 s. Tokenizers of which more is
* known (cut-points.ts) need no clock.
*/
const GENEROUS = {
	seconds: 30,
	secondsPerMillion: 300
};
/** Normalization makes eighteen characters of one in the worst case (NFKC), but not of every one. */
const MOST_GROWTH = 8;
const GROWTH_FREE = 2 ** 16;
/** Characters that one step may be about to make, were it to replace every character. */
const MOST_AT_ONCE = 2 ** 28;
const SHOWN_CHARACTERS$1 = 80;
var Bounds = class {
	#file;
	#allowance;
	#made = /* @__PURE__ */ new Map();
	#running = "its model";
	#characters = 0;
	constructor(file, allowance) {
		this.#file = file;
		this.#allowance = allowance;
	}
	/** Count what the steps of a tokenizer of this definition do. */
	watch({ normalizer, pre_tokenizer }, definition) {
		this.#watchStep(normalizer, definition.normalizer, "normalizer");
		this.#watchStep(pre_tokenizer, definition.pre_tokenizer, "pre_tokenizer");
	}
	/** Run what works on a text of so many characters. Errors: TOKENIZER_TOO_SLOW, TOKENIZER_GROWS. */
	within(characters, run) {
		const { seconds, secondsPerMillion } = this.#allowance;
		const allowed = seconds + secondsPerMillion * characters / 1e6;
		this.#made.clear();
		this.#characters = characters;
		this.#running = "its model";
		try {
			return endedByClock(allowed, run);
		} catch (error) {
			if (ranOut(error)) throw tokenizerTooSlow(this.#file, this.#running, characters, allowed);
			throw error;
		}
	}
	#watchStep(step, definition, at) {
		if (step === null || step === void 0 || !isJsonObject(definition)) return;
		const words = inWords(at, definition);
		const longest = longestInsert(definition);
		const { normalize, pre_tokenize_text: split } = step;
		if (step.normalizers === void 0 && normalize !== void 0) step.normalize = (text) => this.#counted(words, text.length, longest, () => [normalize.call(step, text)])[0] ?? "";
		if (step.tokenizers === void 0 && split !== void 0) step.pre_tokenize_text = (text, options) => this.#counted(words, text.length, longest, () => split.call(step, text, options));
		const parts = definition.normalizers ?? definition.pretokenizers;
		for (const [i, part] of (step.normalizers ?? step.tokenizers ?? []).entries()) this.#watchStep(part, Array.isArray(parts) ? parts[i] : void 0, `${at}[${i}]`);
	}
	/** What a step makes of so many characters. */
	#counted(step, characters, longest, make) {
		const before = this.#running;
		this.#running = step;
		if (characters * longest > MOST_AT_ONCE) throw tokenizerGrows(this.#file, step, this.#characters);
		const parts = make();
		const made = parts.reduce((sum, part) => sum + part.length, this.#made.get(step) ?? 0);
		this.#made.set(step, made);
		if (made > MOST_GROWTH * this.#characters + GROWTH_FREE) throw tokenizerGrows(this.#file, step, this.#characters);
		this.#running = before;
		return parts;
	}
};
/** What a step may put in the place of a character, or before a text. */
function longestInsert({ content, prepend, replacement, str_rep }) {
	return Math.max(...[
		content,
		prepend,
		replacement,
		str_rep
	].map((text) => typeof text === "string" ? text.length : 1), 1);
}
/** `normalizer[2] (Replace, pattern "(a+)+$")` */
function inWords(at, { type, pattern }) {
	const expression = isJsonObject(pattern) ? pattern.Regex ?? pattern.String : void 0;
	const text = JSON.stringify(expression) ?? "";
	const shown = text.length > SHOWN_CHARACTERS$1 ? `${text.slice(0, SHOWN_CHARACTERS$1)}…` : text;
	return `its ${at} (${String(type).slice(0, SHOWN_CHARACTERS$1)}${shown === "" ? "" : `, pattern ${shown}`})`;
}
// src/corpus/tokenizers/cut-points.ts
/**
* @file Where a text may be cut so that its pieces, encoded one by one, give exactly the ids of the whole.
*
* Pieces keep a long text from blocking the process and let a token budget stop early; wrong ids would be worse than
* either, so a cut is made only where this argument holds, else the text is encoded whole. A cut lies between an ASCII
* letter and a space before another letter. Then
* - Unicode normalisation does not reach across it: ASCII never composes with what stands before it (UAX #15);
* - the known word patterns (GPT-2, Llama 3, Qwen 2) end a match there and begin one, having no look-behind and nothing
*   that spans letter and space; words are encoded one by one;
* - without word patterns (Gemma, where the text is one word), byte-pair merges cannot cross it when no merge makes a
*   token with that letter before a space; letters for which one does are left out;
* - added tokens neither contain such a place nor strip the space after them.
*/
const WORD_PATTERNS = /* @__PURE__ */ new Set([
	"'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
]);
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/**
* @huggingface/tokenizers 0.2.0, in characters a second (2 cores): with a word pattern 0.6 million in pieces of a word,
* 1.6 million in these. As one word 0.06 million for a 200,000-character text, 0.14 million in these, and 0.7 million
* word by word, which its cache of short words then knows.
*/
const FASTEST_WITH_WORDS = 16384;
const FASTEST_AS_ONE_WORD = 1;
/** Where a text may be cut for the tokenizer of tokenizer.json and tokenizer_config.json; null: nowhere that is known. */
function cutRule(definition, config) {
	const { model, normalizer = null, pre_tokenizer: words = null } = definition;
	if (!isJsonObject(model) || model.type !== "BPE") return null;
	if (config.remove_space === true || config.do_lowercase_and_remove_accent === true) return null;
	if (!addedTokensAllow(definition.added_tokens ?? null)) return null;
	const space = spaceAfter(normalizer);
	if (space === null) return null;
	if (space === " " && splitsWords(words) && model.fuse_unk !== true) return before(LETTERS, FASTEST_WITH_WORDS);
	return words === null || space !== " " && splitsAtSpaces(words) ? before(unmergedLetters(model, space), FASTEST_AS_ONE_WORD) : null;
}
function before(letters, pieceLength) {
	return letters === "" ? null : {
		pattern: new RegExp(`[${letters}](?= [A-Za-z])`, "g"),
		pieceLength
	};
}
function addedTokensAllow(added) {
	if (!Array.isArray(added)) return false;
	return added.every((token) => isJsonObject(token) && token.rstrip !== true && typeof token.content === "string" && !/[A-Za-z][ \u2581]/.test(token.content));
}
/** What a space becomes: itself, or what the one Replace makes of it; null: a normalizer that is not understood. */
function spaceAfter(normalizer) {
	const steps = isJsonObject(normalizer) && normalizer.type === "Sequence" ? normalizer.normalizers : [normalizer];
	if (!Array.isArray(steps)) return null;
	let space = " ";
	for (const step of steps) {
		if (step === null || isJsonObject(step) && /^NFK?[CD]$/.test(String(step.type))) continue;
		const replaced = replacedSpace(step);
		if (replaced === null || space !== " ") return null;
		space = replaced;
	}
	return space;
}
/** The one character that a Replace step puts for a space. */
function replacedSpace(step) {
	if (!isJsonObject(step) || step.type !== "Replace" || !isJsonObject(step.pattern)) return null;
	const { content } = step;
	return step.pattern.String === " " && typeof content === "string" && content.length === 1 ? content : null;
}
/** ByteLevel with its own pattern, or a Split by a known pattern before ByteLevel without one. */
function splitsWords(words) {
	if (!isJsonObject(words)) return false;
	if (words.type === "ByteLevel") return words.use_regex !== false;
	if (words.type !== "Sequence" || !Array.isArray(words.pretokenizers)) return false;
	const [split, bytes, ...more] = words.pretokenizers;
	if (!isJsonObject(split) || !isJsonObject(bytes) || more.length > 0) return false;
	const known = isJsonObject(split.pattern) && WORD_PATTERNS.has(split.pattern.Regex ?? null);
	const isolates = split.type === "Split" && split.invert !== true && split.behavior === "Isolated";
	return known && isolates && bytes.type === "ByteLevel" && bytes.use_regex === false && bytes.add_prefix_space !== true;
}
/** Gemma's Split at spaces, of which there are none left. */
function splitsAtSpaces(words) {
	if (!isJsonObject(words) || words.type !== "Split" || words.invert === true) return false;
	return isJsonObject(words.pattern) && words.pattern.String === " ";
}
/** Letters that are tokens and that no merge puts before a space. */
function unmergedLetters(model, space) {
	const { vocab, merges } = model;
	const affixed = [
		model.end_of_word_suffix,
		model.continuing_subword_prefix,
		model.continuing_subword_suffix
	];
	if (!isJsonObject(vocab) || !Array.isArray(merges) || affixed.some((affix) => Boolean(affix))) return "";
	if (!Object.hasOwn(vocab, space)) return "";
	const crossed = /* @__PURE__ */ new Set();
	for (const merge of merges) {
		const token = Array.isArray(merge) ? merge.join("") : String(merge).replace(" ", "");
		for (let at = token.indexOf(space, 1); at > 0; at = token.indexOf(space, at + 1)) crossed.add(token.charAt(at - 1));
	}
	return [...LETTERS].filter((letter) => Object.hasOwn(vocab, letter) && !crossed.has(letter)).join("");
}
// src/corpus/tokenizers/tokenizer-shape.ts
/**
* @file Is a tokenizer.json what @huggingface/tokenizers takes it for? The library checks next to nothing: an id of 1.5
* is cut to 1 in silence, and a list that is missing ends in a message about JavaScript. What shapes ids is checked
* here: the vocabulary, the merges and the added tokens. One pass over each: half a second at most for 256,000 tokens.
*/
/** Ids are held as int32. */
const LARGEST_ID = 2 ** 31 - 1;
const TYPES = [
	"BPE",
	"Unigram",
	"WordPiece",
	"WordLevel"
];
/** Characters of a found value that are shown in a message. */
const SHOWN_CHARACTERS = 60;
/** Errors: TOKENIZER_UNSUPPORTED, naming the part, the token and what was found. */
function checkTokenizer(file, definition) {
	const flaw = modelFlaw(definition.model) ?? addedTokensFlaw(definition.added_tokens);
	if (flaw !== null) throw tokenizerUnsupported(file, flaw);
}
function modelFlaw(model) {
	if (!isJsonObject(model)) return `its model is ${describeJson(model)}, not an object`;
	const { vocab, merges } = model;
	const type = model.type ?? null;
	if (type !== null && !TYPES.includes(type)) return `its model.type is ${shown(type)}; ${TYPES.join(", ")} are known`;
	if (type === "Unigram" || type === null && Array.isArray(vocab)) return unigramFlaw(vocab);
	if (!isJsonObject(vocab)) return `its model.vocab is ${describeJson(vocab)}; an object that gives every token's id is needed`;
	return vocabularyFlaw(vocab) ?? (type === "BPE" || merges !== void 0 ? mergesFlaw(model, vocab) : null);
}
/** Every id is one, and no two tokens have the same: whichever came last would count. */
function vocabularyFlaw(vocab) {
	const named = /* @__PURE__ */ new Map();
	for (const [token, id] of Object.entries(vocab)) {
		if (!isId(id)) return idFlaw(token, id);
		const other = named.get(id);
		if (other !== void 0) return `its tokens ${shown(other)} and ${shown(token)} have the same id, ${shown(id)}`;
		named.set(id, token);
	}
	return null;
}
/** The ids of a Unigram model are the places in its list. */
function unigramFlaw(vocab) {
	if (!Array.isArray(vocab)) return `its model.vocab is ${describeJson(vocab)}; a list of [token, score] is needed`;
	const at = vocab.findIndex((entry) => !isScored(entry));
	return at < 0 ? null : `its model.vocab[${at}] is ${shown(vocab[at])}; [token, score] is needed`;
}
function isScored(entry) {
	return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string" && typeof entry[1] === "number";
}
/** "left right" in files of before 2024, ["left", "right"] since; the library goes by the first. */
function mergesFlaw(model, vocab) {
	const { merges, continuing_subword_prefix: prefix } = model;
	if (!Array.isArray(merges)) return `its model.merges is ${describeJson(merges)}; a list of merges is needed`;
	const pairs = Array.isArray(merges[0]);
	const at = merges.findIndex((merge) => pairs ? !isPair(merge) : !isSpaced(merge));
	if (at < 0) return missingMerge(merges, vocab, typeof prefix === "string" ? prefix : "");
	const needed = pairs ? "[\"left\", \"right\"], like the first," : "\"left right\"";
	return `its model.merges[${at}] is ${shown(merges[at])}; ${needed} is needed`;
}
/**
* A merge joins two tokens to a third, the right one without the prefix that marks it as a continuation; the library would
* take one that is missing for an unknown token.
*/
function missingMerge(merges, vocab, prefix) {
	for (const [at, merge] of merges.entries()) {
		const [left = "", right = ""] = typeof merge === "string" ? merge.split(" ") : Array.isArray(merge) ? merge.map(String) : [];
		const missing = [
			left,
			right,
			left + (right.startsWith(prefix) ? right.slice(prefix.length) : right)
		].find((token) => !Object.hasOwn(vocab, token));
		if (missing !== void 0) return `its model.merges[${at}] needs the token ${shown(missing)}, which its vocabulary does not have`;
	}
	return null;
}
function isPair(merge) {
	return Array.isArray(merge) && merge.length === 2 && merge.every((side) => typeof side === "string");
}
/** One space exactly: with more, nobody knows where the left one ends. */
function isSpaced(merge) {
	return typeof merge === "string" && merge.includes(" ") && merge.indexOf(" ") === merge.lastIndexOf(" ");
}
function addedTokensFlaw(added) {
	if (!Array.isArray(added)) return `its added_tokens is ${describeJson(added)}, not a list`;
	for (const [at, token] of added.entries()) {
		if (!isJsonObject(token) || typeof token.content !== "string") return `its added_tokens[${at}] is ${shown(token)}; an object with content and id is needed`;
		if (!isId(token.id)) return idFlaw(token.content, token.id);
	}
	return null;
}
function isId(value) {
	return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= LARGEST_ID;
}
function idFlaw(token, id) {
	return `the id of its token ${shown(token)} is ${shown(id)}; a whole number from 0 to ${LARGEST_ID} is needed`;
}
function shown(value) {
	const text = value === void 0 ? "missing" : JSON.stringify(value);
	return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
// src/corpus/tokenizers/vocabulary-entries.ts
/** @file The tokens that a tokenizer.json names, with their ids. */
/** Of its model, then those that were added. */
function vocabularyEntries({ model, added_tokens: added }) {
	return [...modelEntries(isJsonObject(model) ? model.vocab : void 0), ...addedEntries(added)];
}
/** {token: id}, or [[token, score], …] of Unigram models. */
function modelEntries(vocab) {
	if (isJsonObject(vocab)) return Object.entries(vocab).flatMap(([token, id]) => typeof id === "number" ? [[token, id]] : []);
	return (Array.isArray(vocab) ? vocab : []).flatMap((entry, id) => {
		const token = Array.isArray(entry) ? entry[0] : void 0;
		return typeof token === "string" ? [[token, id]] : [];
	});
}
function addedEntries(added) {
	return (Array.isArray(added) ? added : []).flatMap((token) => isJsonObject(token) && typeof token.content === "string" && typeof token.id === "number" ? [[token.content, token.id]] : []);
}
// src/corpus/tokenizers/tokenizer.ts
/**
* @file A model's own tokenizer, from tokenizer.json, through @huggingface/tokenizers.
*
* Text is encoded as one string, without special tokens, exactly as the library gives it. Which token a model expects
* in front is found by asking: the post-processor runs on a probe, and what it puts before it is the BOS. What is
* left out: vocab.json with merges.txt, which needs converting first. Where there is no tokenizer.json, a SentencePiece
* model is read (../sentencepiece).
*/
/** Anything that is tokenized to one token or more would do; every vocabulary has this one. */
const PROBE = "a";
/**
* The tokenizer of a model folder, or of a tokenizer.json or SentencePiece model named by itself. Null: the folder has none.
* Errors: TOKENIZER_UNSUPPORTED, TOKENIZER_TOO_SLOW, TOKENIZER_GROWS, those of reading.
*/
async function openTokenizer(files, allowance = GENEROUS) {
	const name = tokenizerFile(files);
	if (name === null) return files.names.some((one) => SENTENCE_PIECE_FILE.test(one)) ? await openSentencePiece(files) : null;
	const { definition, sha256 } = await readDefinition(files, name);
	const config = await readBeside(files, "tokenizer_config.json");
	const model = await readBeside(files, "config.json");
	const file = `${files.spec}: ${name}`;
	checkTokenizer(file, definition);
	const cut = cutRule(definition, config);
	const bounds = cut === null ? new Bounds(file, allowance) : null;
	if (bounds !== null) rehearse(file, definition, bounds);
	const tokenizer = construct(file, definition, config);
	bounds?.watch(tokenizer, definition);
	const run = (text, special) => {
		const encode = () => encodeText(tokenizer, file, text, special);
		return bounds === null ? encode() : bounds.within(text.length, encode);
	};
	const named = (key) => tokenId(tokenizer, config[key]) ?? wholeNumber(model[`${key}_id`]);
	return {
		file,
		encode: (text) => encodeWhole(run, file, text),
		cut,
		bosFromPostProcessor: prependedToken(run, file),
		bosToken: named("bos_token"),
		eosToken: named("eos_token"),
		specialIds: specialIds(tokenizer),
		text: tokenText(piecesOf(definition), spellingOf(definition)),
		sha256,
		chat: await readChatSource(files, config)
	};
}
const piecesOf = (definition) => new Map(vocabularyEntries(definition).map(([token, id]) => [id, token]));
/** Told by its decoder, or by what it cuts text with; else pieces are spelled as SentencePiece's. */
function spellingOf({ model, decoder, pre_tokenizer: words }) {
	if (isJsonObject(model) && model.type === "WordPiece") return "wordpiece";
	return /"type":"ByteLevel"/.test(JSON.stringify([decoder ?? null, words ?? null])) ? "byte-level" : "metaspace";
}
/** tokenizer.json of a folder, or the one JSON file that was named by itself; null: neither. */
function tokenizerFile(files) {
	if (files.has("tokenizer.json")) return "tokenizer.json";
	const [only, ...others] = files.names;
	return only?.endsWith(".json") && others.length === 0 ? only : null;
}
/**
* Not through `readJson`: a vocabulary is the one JSON object whose keys are arbitrary (`__proto__` is a fair token of
* a code model), and it is read by entries only.
*/
async function readDefinition(files, name) {
	const source = await files.open(name);
	try {
		if (source.byteLength > MAX_JSON_BYTES) throw tokenizerUnsupported(source.name, `it has ${source.byteLength} bytes, more than ${MAX_JSON_BYTES}`);
		await refuseStandIn(source);
		const bytes = await source.read(0, source.byteLength);
		return {
			definition: parse(source.name, bytes),
			sha256: createHash("sha256").update(bytes).digest("hex")
		};
	} finally {
		await source.close();
	}
}
function parse(name, bytes) {
	const value = parseValue(name, bytes);
	if (isJsonObject(value)) return value;
	throw tokenizerUnsupported(name, `it holds ${describeJson(value)}; a JSON object was expected`);
}
function parseValue(name, bytes) {
	let text;
	try {
		text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw tokenizerUnsupported(name, "it is not UTF-8 text");
	}
	try {
		return JSON.parse(text);
	} catch {
		throw tokenizerUnsupported(name, `it is not JSON: ${syntaxReason(text) ?? "for no reason that was found"}`);
	}
}
async function readBeside(files, name) {
	return files.has(name) ? readJsonObject(files, name) : {};
}
function construct(file, definition, config) {
	try {
		return new Tokenizer_default(definition, config);
	} catch (error) {
		throw tokenizerUnsupported(file, reasonOf(error));
	}
}
/**
* The library runs the normalizer over every added token as it is made, out of our sight: so a tokenizer of the same steps and no
* tokens runs over them first.
*/
function rehearse(file, definition, bounds) {
	const { added_tokens: added } = definition;
	const model = {
		type: "BPE",
		vocab: { a: 0 },
		merges: []
	};
	const tokenizer = construct(file, {
		...definition,
		model,
		post_processor: null,
		added_tokens: []
	}, {});
	bounds.watch(tokenizer, definition);
	const contents = (Array.isArray(added) ? added : []).flatMap((token) => isJsonObject(token) && typeof token.content === "string" ? [token.content] : []);
	const characters = contents.reduce((sum, { length }) => sum + length, 0);
	bounds.within(characters, () => {
		for (const content of contents) encodeText(tokenizer, file, content, false);
	});
}
function encodeWhole(run, file, text) {
	const { ids, tokens } = run(text, false);
	return Int32Array.from(ids, (id, at) => {
		if (id === void 0) throw tokenUnknown(file, tokens[at] ?? "");
		return id;
	});
}
function encodeText(tokenizer, file, text, special) {
	try {
		return tokenizer.encode(text, { add_special_tokens: special });
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		throw tokenizerUnsupported(file, reasonOf(error));
	}
}
/** The library's own words; where it stumbled instead, JavaScript's would help nobody. */
function reasonOf(error) {
	if (error instanceof TypeError || error instanceof RangeError) return "its normalizer, pre_tokenizer, post_processor or decoder has parts that are missing or of the wrong kind";
	return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
function prependedToken(run, file) {
	const bare = run(PROBE, false).ids;
	const dressed = run(PROBE, true).ids;
	const before = dressed.findIndex((_, at) => bare.every((id, i) => dressed[at + i] === id));
	if (before === 0) return null;
	if (before === 1) return dressed[0] ?? null;
	throw tokenizerUnsupported(file, "its post-processor puts more than one token before the text");
}
function tokenId(tokenizer, token) {
	const content = isJsonObject(token) ? token.content : token;
	return typeof content === "string" ? tokenizer.token_to_id(content) ?? null : null;
}
function wholeNumber(value) {
	return typeof value === "number" && Number.isInteger(value) ? value : null;
}
function specialIds(tokenizer) {
	return [...tokenizer.get_added_tokens_decoder()].flatMap(([id, token]) => token.special ? [id] : []).sort((a, b) => a - b);
}
// src/audit/capture/unembedding.ts
/** Bytes of float32 that are compared at a time. */
const COMPARED_BYTES = 64e6;
/** In the type that the device multiplies in. A matrix whose rows cannot be read apart is kept whole as long as this is. */
async function openUnembedding(model, device) {
	const { spec, weights } = model.decoder;
	const { weight, bias: biasRef } = weights.unembedding;
	const { n_vocab, d_model, logitScale: scale, logitSoftcap: softcap } = spec;
	const type = device.bodyType;
	const bias = biasRef === null ? null : asFloat32(await weightReader(model.tensors, [biasRef]).read(biasRef, "float32"));
	const rows = weight.layout === "out-in" && weight.channels === null ? tensorRows(model.tensors, weight.tensor) : null;
	let whole = null;
	const matrixOf = async (start, end) => {
		if (rows !== null) return asType(await rows([start, end]), type).data;
		whole ??= weightReader(model.tensors, [weight]).read(weight, type).then(({ data }) => data);
		return (await whole).subarray(start * d_model, end * d_model);
	};
	return {
		n_vocab,
		d_model,
		type,
		bias,
		scale,
		softcap,
		async tokens(start, end) {
			const matrix = await matrixOf(start, end);
			return {
				n_vocab: end - start,
				d_model,
				type,
				matrix,
				bias: bias?.subarray(start, end) ?? null,
				scale,
				softcap
			};
		}
	};
}
/** Can a range of it be read without the rest? */
function hasTiles({ decoder, tensors }) {
	const { weight } = decoder.weights.unembedding;
	return weight.layout === "out-in" && weight.channels === null && hasRows(tensors, weight.tensor);
}
/** Same numbers: then both models share one matrix product in the head. Errors: the checkpoints' own. */
async function sameUnembedding(a, b) {
	if (a.type !== b.type || a.scale !== b.scale || a.softcap !== b.softcap) return false;
	if (a.bias === null !== (b.bias === null)) return false;
	if (a.n_vocab !== b.n_vocab || a.d_model !== b.d_model) return false;
	if (a.bias !== null && b.bias !== null && !equal(a.bias, b.bias)) return false;
	const step = Math.max(1, Math.floor(COMPARED_BYTES / (4 * a.d_model)));
	for (let start = 0; start < a.n_vocab; start += step) {
		const end = Math.min(start + step, a.n_vocab);
		const [ours, theirs] = [await a.tokens(start, end), await b.tokens(start, end)];
		if (!equal(ours.matrix, theirs.matrix)) return false;
	}
	return true;
}
function equal(a, b) {
	const bytes = (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
	return Buffer.compare(bytes(a), bytes(b)) === 0;
}
// src/compression/prune.ts
/**
* @file Magnitude pruning: the given fraction of a tensor's smallest weights becomes zero (arXiv 2606.03002).
*
* k = ⌊sparsity · n⌋, the product in float64. Ties at the threshold are common in 16-bit formats; the lower row-major
* index goes first. Nothing is sorted: magnitudes of float32 order as their bit patterns do, so two counting passes
* (upper 16 bits, then the lower 15 within one bucket) find the threshold exactly, in 512 KiB beside the weights.
*/
const MAGNITUDE = 2147483647;
const LOW_BITS = 15;
const LOW_MASK = 32767;
const BUCKETS = 65536;
/** How many of n weights are zeroed. */
function prunedCount(count, sparsity) {
	return Math.floor(sparsity * count);
}
/** As pruneMagnitude, with all that is tied with the largest of those: more than prunedCount may go. */
function pruneWithTies(weight, { sparsity, arithmetic }, into) {
	const pruned = copyIn(arithmetic, weight, into);
	const zeros = prunedCount(weight.length, sparsity);
	if (zeros === 0) return pruned;
	const bits = new Uint32Array(pruned.buffer, pruned.byteOffset, pruned.length);
	zeroUpTo(bits, findThreshold(bits, zeros).threshold, Number.POSITIVE_INFINITY);
	return pruned;
}
/**
* The weight with its prunedCount smallest magnitudes set to 0. NaN counts as larger than any number. `into`: where it is put, which may
* be the weight itself; absent: a copy.
*/
function pruneMagnitude(weight, { sparsity, arithmetic }, into) {
	const pruned = copyIn(arithmetic, weight, into);
	const zeros = prunedCount(weight.length, sparsity);
	if (zeros === 0) return pruned;
	const bits = new Uint32Array(pruned.buffer, pruned.byteOffset, pruned.length);
	const { threshold, below } = findThreshold(bits, zeros);
	zeroUpTo(bits, threshold, zeros - below);
	return pruned;
}
function copyIn(arithmetic, weight, into = new Float32Array(weight.length)) {
	if (arithmetic === void 0) {
		if (into !== weight) into.set(weight);
		return into;
	}
	const narrow = new Uint16Array(weight.length);
	narrowToBfloat16(weight, narrow);
	widenBfloat16(narrow, into);
	return into;
}
function findThreshold(bits, zeros) {
	const high = new Uint32Array(BUCKETS);
	for (let i = 0; i < bits.length; i++) high[(bits[i] & MAGNITUDE) >>> LOW_BITS]++;
	const bucket = bucketOf(high, zeros);
	const low = /* @__PURE__ */ new Uint32Array(32768);
	for (let i = 0; i < bits.length; i++) {
		const magnitude = bits[i] & MAGNITUDE;
		if (magnitude >>> LOW_BITS === bucket.index) low[magnitude & LOW_MASK]++;
	}
	const exact = bucketOf(low, zeros - bucket.before);
	return {
		threshold: bucket.index * 2 ** LOW_BITS + exact.index,
		below: bucket.before + exact.before
	};
}
/** The bucket that holds the `rank`-th smallest (1-based), and how many lie in the buckets before it. */
function bucketOf(counts, rank) {
	let index = 0;
	let before = 0;
	while (before + counts[index] < rank) before += counts[index++];
	return {
		index,
		before
	};
}
/** Zero everything below the threshold, and the first `ties` weights that equal it. */
function zeroUpTo(bits, threshold, ties) {
	let left = ties;
	for (let i = 0; i < bits.length; i++) {
		const magnitude = bits[i] & MAGNITUDE;
		if (magnitude > threshold) continue;
		if (magnitude < threshold || left-- > 0) bits[i] = 0;
	}
}
// src/numbers/half-even.ts
/** @file To the nearest integer, halves to even. */
/**
* Adding and subtracting this leaves no room for a fraction, so the processor's own round-half-to-even decides: exact for |x| < 2^51. What
* rounds to 0 comes out as +0.
*/
const NO_FRACTION = 1.5 * 2 ** 52;
const halfToEven = (x) => x + NO_FRACTION - NO_FRACTION;
// src/numbers/vector-function.ts
/**
* @file Functions in WebAssembly, put together from their instructions: a way to the processor's vectors that needs neither a compiler nor
* native code, and rounds every operation as JavaScript does, on every processor. Only what the project's own loops are made of is here;
* names and codes are those of the WebAssembly specification (core 2.0, 5.4).
*/
const I32 = 127;
const V128 = 123;
const PAGE = 65536;
/** Load a function, with memory of `bytes` or a little more beside it. Errors: VECTORS_MISSING. */
function loadFunction(written, bytes) {
	const code = moduleOf(written);
	if (typeof WebAssembly === "undefined" || !WebAssembly.validate(code)) throw vectorsMissing();
	const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
	const module = new WebAssembly.Module(code);
	const { call } = new WebAssembly.Instance(module, { x: { memory } }).exports;
	if (call === void 0) throw new RangeError("a function that is not exported");
	return {
		memory: memory.buffer,
		call
	};
}
function moduleOf({ parameters, integers, vectors, body }) {
	const types = Array.from({ length: parameters }, () => [I32]);
	const locals = [[...unsigned(integers), I32], [...unsigned(vectors), V128]];
	const code = [
		...listOf(locals),
		...body.flat(),
		11
	];
	return Uint8Array.from([
		...[
			0,
			97,
			115,
			109,
			1,
			0,
			0,
			0
		],
		...section(1, listOf([[
			96,
			...listOf(types),
			0
		]])),
		...section(2, listOf([[
			...text("x"),
			...text("memory"),
			2,
			0,
			0
		]])),
		...section(3, listOf([[0]])),
		...section(7, listOf([[
			...text("call"),
			0,
			0
		]])),
		...section(10, listOf([[...unsigned(code.length), ...code]]))
	]);
}
const OPCODES = {
	"v128.load": 0,
	"v128.load64_splat": 10,
	"v128.store": 11,
	"v128.const": 12,
	"i8x16.shuffle": 13,
	"f64x2.gt": 74,
	"v128.and": 78,
	"f32x4.demote_f64x2_zero": 94,
	"f64x2.promote_low_f32x4": 95,
	"f32x4.abs": 224,
	"f32x4.pmax": 235,
	"f64x2.add": 240,
	"f64x2.sub": 241,
	"f64x2.mul": 242,
	"f64x2.div": 243
};
/** An instruction on what lies on the stack; `bytes`: what its code is followed by. */
const vector = (name, ...bytes) => [
	253,
	...unsigned(OPCODES[name]),
	...bytes
];
const get = (local) => [32, ...unsigned(local)];
/** local = what `value` leaves on the stack. */
const set = (local, ...value) => [
	...value.flat(),
	33,
	...unsigned(local)
];
/** local += bytes. */
const advance = (local, bytes) => set(local, get(local), integer(bytes), [106]);
/** Sum of two integer locals, on the stack. */
const sumOf = (a, b) => [
	...get(a),
	...get(b),
	106
];
/** The body, then again as long as integer local a < b, both without sign. */
const repeatWhileLess = (a, b, body) => [
	...[3, 64],
	...body.flat(),
	...[
		...get(a),
		...get(b),
		73
	],
	...[
		13,
		0,
		11
	]
];
/** Sixteen bytes at an integer local + offset, on the stack. */
const load = (local, offset = 0) => [...get(local), ...vector("v128.load", 0, ...unsigned(offset))];
/** Eight bytes there, twice. */
const loadTwice = (local, offset = 0) => [...get(local), ...vector("v128.load64_splat", 0, ...unsigned(offset))];
/** What `value` leaves on the stack to an integer local + offset. */
const store = (local, offset, value) => [
	...get(local),
	...value,
	...vector("v128.store", 0, ...unsigned(offset))
];
/** A float64, twice. */
const constant = (value) => vector("v128.const", ...new Uint8Array(Float64Array.of(value, value).buffer));
/** Bytes of the two vectors on the stack, by number: 0 to 15 of the lower one, 16 to 31 of the upper. */
const shuffle = (...bytes) => vector("i8x16.shuffle", ...bytes);
const integer = (value) => [65, ...signed(value)];
const section = (id, content) => [
	id,
	...unsigned(content.length),
	...content
];
const listOf = (items) => [...unsigned(items.length), ...items.flat()];
const text = (ascii) => listOf([...ascii].map((letter) => [letter.charCodeAt(0)]));
/** LEB128: seven bits at a time, the least first. */
function unsigned(value) {
	return value < 128 ? [value] : [value & 127 | 128, ...unsigned(value >>> 7)];
}
function signed(value) {
	return value >= -64 && value < 64 ? [value & 127] : [value & 127 | 128, ...signed(value >> 7)];
}
// src/compression/round-runs.ts
/**
* @file Rounding to nearest of runs of weights, each with a scale of its own, in the processor's vectors: twice as quick as a plain loop, and the
* same bits, for every step is the same (round-to-nearest.ts has it in JavaScript, for all that is no row of equal runs).
*/
/** Weights of the longest run. */
const LONGEST = 2 ** 16;
/** Weights that are rounded at a time where runs are shorter: they stay in the first-level cache. */
const PIECE = 8192;
/** Weights of a vector. */
const LANES = 4;
/** Is `size` a length of runs that `roundRuns` takes? */
function takesRuns(size) {
	return size > 0 && size % LANES === 0 && size <= LONGEST;
}
let loaded = null;
/** Behind the float64 qmax and what is left of its vector. */
const FIRST = 16;
function rounder() {
	if (loaded === null) {
		const { memory, call } = loadFunction(WRITTEN, FIRST + 4 * LONGEST);
		loaded = {
			weights: new Float32Array(memory, FIRST, LONGEST),
			top: new Float64Array(memory, 0, 1),
			call
		};
	}
	return loaded;
}
/** Every `size` weights by scale = max|w| / qmax; zeros where that is 0. `into`, as long, may be the weights themselves. */
function roundRuns(from, into, { size, qmax }) {
	const { weights, top, call } = rounder();
	top[0] = qmax;
	const step = size * Math.max(1, Math.floor(PIECE / size));
	for (let start = 0; start < from.length; start += step) {
		const piece = from.subarray(start, Math.min(start + step, from.length));
		weights.set(piece);
		call(FIRST, FIRST + 4 * piece.length, 4 * size, 0);
		into.set(weights.subarray(0, piece.length), start);
	}
}
/** Parameters: the weights and their end, bytes of a run, where qmax is. */
const [AT, LAST, RUN, TOP] = [
	0,
	1,
	2,
	3
];
/** Integers: the end of a run, and where its largest is looked for. */
const [END, SEEN] = [4, 5];
/** Vectors. */
const [LARGEST, SCALE, IS_ANY, WEIGHTS] = [
	6,
	7,
	8,
	9
];
const HALVES = [
	8,
	9,
	10,
	11,
	12,
	13,
	14,
	15,
	0,
	1,
	2,
	3,
	4,
	5,
	6,
	7
];
const NEIGHBOURS = [
	4,
	5,
	6,
	7,
	0,
	1,
	2,
	3,
	12,
	13,
	14,
	15,
	8,
	9,
	10,
	11
];
/** Eight lower bytes of both vectors. */
const LOWER = [
	0,
	1,
	2,
	3,
	4,
	5,
	6,
	7,
	16,
	17,
	18,
	19,
	20,
	21,
	22,
	23
];
const WRITTEN = {
	parameters: 4,
	integers: 2,
	vectors: 4,
	body: [repeatWhileLess(AT, LAST, [
		set(END, sumOf(AT, RUN)),
		set(SEEN, get(AT)),
		set(LARGEST, constant(0)),
		repeatWhileLess(SEEN, END, [largerOf([...load(SEEN), ...vector("f32x4.abs")]), advance(SEEN, 16)]),
		largerOf(moved(LARGEST, HALVES)),
		largerOf(moved(LARGEST, NEIGHBOURS)),
		set(SCALE, get(LARGEST), vector("f64x2.promote_low_f32x4"), loadTwice(TOP), vector("f64x2.div")),
		set(IS_ANY, get(SCALE), constant(0), vector("f64x2.gt")),
		repeatWhileLess(AT, END, [
			set(WEIGHTS, load(AT)),
			store(AT, 0, [
				...rounded(get(WEIGHTS)),
				...rounded(moved(WEIGHTS, HALVES)),
				...shuffle(...LOWER),
				...get(IS_ANY),
				...vector("v128.and")
			]),
			advance(AT, 16)
		])
	])]
};
/** A NaN is larger than nothing. */
function largerOf(weights) {
	return set(LARGEST, get(LARGEST), weights, vector("f32x4.pmax"));
}
function moved(local, bytes) {
	return [
		...get(local),
		...get(local),
		...shuffle(...bytes)
	];
}
/** Of the two lower weights, float64 until their product: ((w / scale + c) − c) · scale. */
function rounded(weights) {
	return [
		weights,
		vector("f64x2.promote_low_f32x4"),
		[...get(SCALE), ...vector("f64x2.div")],
		[...constant(NO_FRACTION), ...vector("f64x2.add")],
		[...constant(NO_FRACTION), ...vector("f64x2.sub")],
		[...get(SCALE), ...vector("f64x2.mul")],
		vector("f32x4.demote_f64x2_zero")
	].flat();
}
// src/compression/shared-scales.ts
/**
* @file Rounding as the paper's own scripts do it (arXiv 2606.03002), where that differs from ours: channels that share a scale,
* arithmetic in bfloat16.
*
* The scripts take "all axes but the last" of a tensor as TransformerLens holds it. W_Q, W_K and W_V are (head, d_model, d_head)
* there: one scale per position inside a head, shared by all heads. Of W_O (head, d_head, d_model), W_in, W_gate and W_out
* (in, out) the last axis is the output channel, as everywhere.
*/
/**
* w′ in float32. scale = max|w| / qmax, 1 where that is 0; q = round-half-even(w / scale), clamped to [−qmax − 1, qmax]; w′ = q · scale. In
* bfloat16 w, scale, quotient and product are each rounded to it, and the quotient may then pass qmax by one below zero.
*/
function roundShared(weight, { out, in: inputs, period }, { bits, arithmetic }) {
	const qmax = 2 ** (bits - 1) - 1;
	const isExact = arithmetic === void 0;
	const w = isExact ? weight : weight.map(toBfloat16);
	const scales = new Float64Array(period);
	for (let channel = 0; channel < out; channel++) {
		let largest = scales[channel % period];
		for (let i = channel * inputs; i < (channel + 1) * inputs; i++) {
			const magnitude = Math.abs(w[i]);
			if (magnitude > largest) largest = magnitude;
		}
		scales[channel % period] = largest;
	}
	for (let p = 0; p < period; p++) scales[p] = (isExact ? scales[p] / qmax : toBfloat16(scales[p] / qmax)) || 1;
	const rounded = new Float32Array(w.length);
	for (let channel = 0; channel < out; channel++) {
		const scale = scales[channel % period];
		for (let i = channel * inputs; i < (channel + 1) * inputs; i++) {
			const q = halfToEven(isExact ? w[i] / scale : toBfloat16(w[i] / scale));
			const product = Math.max(-qmax - 1, Math.min(qmax, q)) * scale;
			rounded[i] = isExact ? product : toBfloat16(product);
		}
	}
	return rounded;
}
const float = /* @__PURE__ */ new Float32Array(1);
const word = new Uint32Array(float.buffer);
/** To the nearest bfloat16, ties to even, by way of float32, in which PyTorch computes. */
function toBfloat16(x) {
	float[0] = x;
	const bits = word[0];
	word[0] = bits + 32767 + (bits >>> 16 & 1) & 4294901760;
	return float[0];
}
// src/compression/round-to-nearest.ts
/**
* @file Symmetric round-to-nearest, one scale per output channel (or per group of inputs within a channel, or for all).
*
* scale = max|w| / qmax with qmax = 2^(bits−1) − 1, q = round-half-even(w / scale) clamped to [−qmax − 1, qmax],
* w′ = q · scale (arXiv 2606.03002, compression operators; elsewhere called absmax quantization).
* All arithmetic is float64 and scales are never rounded; only the product is, once, to float32. Weights must be
* finite: a NaN or an infinity comes out as NaN, which the reader of the compressed table refuses.
*/
/**
* w′, the weight as it comes back from `bits`-bit integers. Layout as given. `into`: where it is put, which may be the weight itself.
*
* A group that does not divide the inputs leaves a shorter last group with a scale of its own: refusing would make a
* spec depend on every width in the model, and padding with zeros gives the same numbers.
*/
function roundToNearest(weight, channels, rounding, into = new Float32Array(weight.length)) {
	if (rounding.arithmetic !== void 0) {
		const rows = channelRows(weight, channels);
		const shape = {
			out: channels.out,
			in: channels.in,
			period: channels.out
		};
		into.set(storedLayout(roundShared(rows, shape, rounding), channels));
		return into;
	}
	const size = rounding.group ?? channels.in;
	if (rounding.scale !== "tensor" && channels.layout === "out-in" && channels.in % size === 0 && takesRuns(size)) roundRuns(weight, into, {
		size,
		qmax: largestCode(rounding)
	});
	else for (const strip of strips(weight, channels, rounding)) dequantize(weight, into, strip);
	return into;
}
/** w′ − float32(w′): what the last rounding took. Its own rounding leaves w′ with 48 bits. Layout as given. */
function roundingRemainder(weight, channels, rounding) {
	const remainder = new Float32Array(weight.length);
	for (const { start, end, scales } of strips(weight, channels, rounding)) for (let i = start, c = 0; i < end; i++, c = c + 1 < scales.length ? c + 1 : 0) {
		const scale = scales[c];
		if (scale === 0) continue;
		const exact = halfToEven(weight[i] / scale) * scale;
		remainder[i] = exact - Math.fround(exact);
	}
	return remainder;
}
/** Scales that one output channel needs. */
function groupsPerChannel(inputs, group) {
	return group === null ? 1 : Math.ceil(inputs / group);
}
/** (out, in) whatever the layout. */
function channelRows(weight, { layout, in: inputs, out }) {
	return layout === "out-in" ? weight : transposedMatrix(weight, inputs, out);
}
/** (out, in) back in the layout it came from. */
function storedLayout(rows, { layout, in: inputs, out }) {
	return layout === "out-in" ? rows : transposedMatrix(rows, out, inputs);
}
const largestCode = ({ bits }) => 2 ** (bits - 1) - 1;
/** All of a matrix in the order in which it lies: a run of inputs of one channel, or a run of inputs of all of them. */
function* strips(weight, channels, rounding) {
	const size = rounding.group ?? channels.in;
	const isAcross = rounding.scale !== "tensor" && channels.layout === "in-out";
	const scales = new Float64Array(isAcross ? channels.out : 1);
	for (const [start, end] of extents(weight.length, channels, rounding.scale === "tensor" ? null : size)) {
		scales.fill(0);
		addLargest(weight, {
			start,
			end,
			scales
		});
		for (let c = 0; c < scales.length; c++) scales[c] /= largestCode(rounding);
		yield {
			start,
			end,
			scales
		};
	}
}
/** Where strips of `size` inputs begin and end; null: all is one. */
function* extents(length, channels, size) {
	if (size === null) {
		yield [0, length];
		return;
	}
	const [count, width] = channels.layout === "out-in" ? [channels.out, 1] : [1, channels.out];
	for (let channel = 0; channel < count; channel++) {
		const [first, last] = [channel * channels.in * width, (channel + 1) * channels.in * width];
		for (let start = first; start < last; start += size * width) yield [start, Math.min(start + size * width, last)];
	}
}
/** The largest magnitude under each scale, in the scale's place. */
function addLargest(weight, { start, end, scales }) {
	if (scales.length === 1) {
		let largest = 0;
		for (let i = start; i < end; i++) {
			const magnitude = Math.abs(weight[i]);
			if (magnitude > largest) largest = magnitude;
		}
		scales[0] = largest;
		return;
	}
	for (let i = start; i < end; i += scales.length) for (let c = 0; c < scales.length; c++) {
		const magnitude = Math.abs(weight[i + c]);
		if (magnitude > scales[c]) scales[c] = magnitude;
	}
}
/** |w / scale| ≤ qmax · (1 + 2^−52), which is why the definition's clamp can never bind. */
function dequantize(weight, into, { start, end, scales }) {
	if (scales.length === 1) {
		const scale = scales[0];
		if (!(scale > 0)) into.fill(0, start, end);
		else for (let i = start; i < end; i++) into[i] = halfToEven(weight[i] / scale) * scale;
		return;
	}
	for (let i = start; i < end; i += scales.length) for (let c = 0; c < scales.length; c++) {
		const scale = scales[c];
		into[i + c] = scale > 0 ? halfToEven(weight[i + c] / scale) * scale : 0;
	}
}
/**
* As it comes back from its compressed form, float32. `into`: where it is put, which may be the tensor's own memory. Errors:
* COMPRESSION_SHAPE_MISMATCH.
*/
function compressTensor(target, tensor, how, into) {
	const weight = matrixOf(target, tensor, into);
	const place = into ?? (tensor.type === "float32" ? new Float32Array(weight.length) : weight);
	const data = how.method === "rtn" ? roundToNearest(weight, target.channels, how, place) : pruneMagnitude(weight, how, place);
	return {
		type: "float32",
		shape: tensor.shape,
		data
	};
}
/** What float32 takes from the rounded values: with it they add up to what the rounding says. */
function remainderOf(target, tensor, rounding) {
	if (rounding.method === "prune" || rounding.arithmetic !== void 0) return null;
	const data = roundingRemainder(matrixOf(target, tensor), target.channels, rounding);
	return {
		type: "float32",
		shape: tensor.shape,
		data
	};
}
/** Scales that a rounded matrix needs. */
function scaleCount(channels, { group, scale }) {
	if (scale === "tensor") return 1;
	return channels.scales ?? channels.out * groupsPerChannel(channels.in, group);
}
/** Bytes: integers and scales of a rounded matrix; of a pruned one those of `dense`, since what zeros save depends on the format. */
function compressedBytes(channels, dense, how) {
	if (how.method === "prune") return dense.byteLength;
	const bits = how.bits * channels.out * channels.in + 16 * scaleCount(channels, how);
	return Math.ceil(bits / 8);
}
/** Weights, their shape checked; `wide`: where they are put if they have to be widened. Errors: COMPRESSION_SHAPE_MISMATCH. */
function matrixOf({ name, channels }, tensor, wide) {
	const expected = channels.layout === "out-in" ? [channels.out, channels.in] : [channels.in, channels.out];
	if (tensor.shape.length !== 2 || tensor.shape[0] !== expected[0] || tensor.shape[1] !== expected[1]) throw compressionShapeMismatch(name, tensor.shape, expected);
	return toFloat32(tensor, wide);
}
// src/compression/plan-table.ts
/** @file A plan read: a table that makes each tensor when it is asked for and keeps none. */
/** The tensors of a plan. Closing it closes no store. Errors on read: COMPRESSION_SHAPE_MISMATCH, the stores' own. */
function planTensors(plan) {
	return {
		entries: new Map([...plan.sources].map(([name, source]) => [name, entryOf(name, source)])),
		read: async (name, allocate) => await read(name, sourceOf(plan, name), allocate),
		rowsOf: (name) => {
			return rowsOf(name, sourceOf(plan, name));
		},
		close: async () => {}
	};
}
/**
* What float32 took from rounded tensors, for runs in float64: these and the plan's tensors add up to what the plan says. It holds
* rounded tensors only. Null: nothing was taken.
*/
function planRemainder(plan) {
	const rounded = [...plan.sources].filter(([, source]) => isRounded(source));
	if (rounded.length === 0) return null;
	return {
		entries: new Map(rounded.map(([name, source]) => [name, entryOf(name, source)])),
		read: async (name) => {
			const source = sourceOf(plan, name);
			if (!isRounded(source)) throw new RangeError(`${name} has no remainder`);
			const { of, channels, how } = source;
			const remainder = remainderOf({
				name,
				channels
			}, await read(name, of), how);
			if (remainder === null) throw new RangeError(`${name} has no remainder`);
			return remainder;
		},
		close: async () => {}
	};
}
/** Bytes that each tensor takes where it is stored as its source says. */
function planBytes(plan) {
	return new Map([...plan.sources].map(([name, source]) => [name, entryOf(name, source).byteLength]));
}
function isRounded(source) {
	return source.kind === "compressed" && source.how.method === "rtn" && source.how.arithmetic === void 0;
}
function sourceOf(plan, name) {
	const source = plan.sources.get(name);
	if (source === void 0) throw new RangeError(`the plan has no ${name}`);
	return source;
}
/** Rows of what is stored so, and of matrices whose rows are rounded each by itself. */
function rowsOf(name, source) {
	if (source.kind === "stored") return source.store.table.rowsOf?.(source.tensor) ?? null;
	if (source.kind !== "compressed" || !roundsByRow(source)) return null;
	const { of, channels, how } = source;
	const rows = rowsOf(name, of);
	if (rows === null) return null;
	return async ([start, end], into) => {
		return compressTensor({
			name,
			channels: {
				...channels,
				out: end - start
			}
		}, await rows([start, end], into), how, into);
	};
}
function roundsByRow({ channels, how }) {
	return how.method === "rtn" && how.arithmetic === void 0 && how.scale !== "tensor" && channels.layout === "out-in";
}
async function read(name, source, allocate) {
	switch (source.kind) {
		case "stored": return await source.store.table.read(source.tensor);
		case "compressed": return allocate === void 0 ? compressTensor({
			name,
			channels: source.channels
		}, await read(name, source.of), source.how) : await compressedInto(name, source, allocate);
		case "joint": {
			const inputs = [];
			for (const of of source.of) inputs.push(await read(name, of));
			return {
				type: "float32",
				shape: source.shape,
				data: await source.make(inputs)
			};
		}
	}
}
/** What is compressed as a whole is read into the caller's memory and compressed there: nothing else of its size is held. */
async function compressedInto(name, { of, channels, how }, allocate) {
	let into = null;
	const remembering = (length) => {
		into = allocate(length);
		return into;
	};
	const dense = of.kind === "stored" ? await readWide(of.store.table, of.tensor, remembering) : await read(name, of, remembering);
	return compressTensor({
		name,
		channels
	}, dense, how, into ?? allocate(dense.data.length));
}
function entryOf(name, source) {
	switch (source.kind) {
		case "stored": {
			const entry = source.store.table.entries.get(source.tensor);
			if (entry === void 0) throw new RangeError(`${source.store.name} has no ${source.tensor}`);
			return {
				...entry,
				name
			};
		}
		case "compressed": {
			const dense = entryOf(name, source.of);
			const { channels, how } = source;
			return {
				...dense,
				storedAs: compressionText(how),
				byteLength: compressedBytes(channels, dense, how)
			};
		}
		case "joint": {
			const { shape, stored } = source;
			return {
				name,
				shape,
				storedAs: "F32",
				byteLength: 4 * shape.reduce((product, size) => product * size, 1),
				...stored
			};
		}
	}
}
// src/compression/tensor-plan.ts
/** Every tensor of a checkpoint as it is stored. */
function storedPlan(store) {
	const sources = [...store.table.entries.keys()].map((tensor) => [tensor, {
		kind: "stored",
		store,
		tensor
	}]);
	return {
		name: store.name,
		sources: new Map(sources)
	};
}
/** The same with the targets compressed; all else (embeddings, norms, biases, unembedding) as it was. */
function compressedPlan(name, base, targets, how) {
	const sources = [...base.sources].map(([tensor, of]) => {
		const channels = targets.get(tensor);
		return [tensor, channels === void 0 ? of : {
			kind: "compressed",
			of,
			channels,
			how
		}];
	});
	return {
		name,
		sources: new Map(sources)
	};
}
/** `base` with other sources for some of its tensors: those that another plan has for them, or functions of several. */
function withSources(name, base, changed) {
	for (const tensor of changed.keys()) if (!base.sources.has(tensor)) throw new RangeError(`${base.name} has no ${tensor}`);
	return {
		name,
		sources: new Map([...base.sources, ...changed])
	};
}
/** Do two sources hold the same values, as far as a plan can tell? */
function sameSource(a, b) {
	if (a === void 0 || b === void 0) return false;
	if (a === b) return true;
	if (a.kind === "stored" && b.kind === "stored") return a.store === b.store && a.tensor === b.tensor;
	if (a.kind === "compressed" && b.kind === "compressed") return compressedText(a) === compressedText(b) && sameSource(a.of, b.of);
	if (a.kind !== "joint" || b.kind !== "joint") return false;
	return a.text === b.text && a.of.length === b.of.length && a.of.every((of, i) => sameSource(of, b.of[i]));
}
/** A plan in words that do not depend on names of files. `digestOf`: of what a store holds. Equal texts, equal models. */
function planText(plan, digestOf) {
	return [...plan.sources.keys()].sort().map((name) => `${JSON.stringify(name)} ${sourceText(plan.sources.get(name), digestOf)}`).join("\n");
}
function sourceText(source, digestOf) {
	switch (source?.kind) {
		case "stored": return `${digestOf(source.store)} ${JSON.stringify(source.tensor)}`;
		case "compressed": return `${compressedText(source)} (${sourceText(source.of, digestOf)})`;
		case "joint": return `${JSON.stringify(source.text)} (${source.of.map((of) => sourceText(of, digestOf)).join(", ")})`;
		default: throw new RangeError("a tensor without a source");
	}
}
/** Sides count: the same bits along other channels are other values. */
function compressedText({ channels, how }) {
	return `${compressionText(how)} ${channels.layout} ${channels.out}x${channels.in}`;
}
// src/audit/subjects/model.ts
/** @file A model as the audit knows it before anything of it is loaded: described and checked, its tensors not yet read. */
/** Describe a checkpoint and check every tensor the decoder needs. `length`: longest sequence that will be run. */
function describeModel(checkpoint, length, activations) {
	const decoder = decoderOf(checkpoint, length);
	const plan = storedPlan({
		name: checkpoint.spec,
		table: checkpoint.tensors
	});
	return {
		name: checkpoint.spec,
		decoder,
		plan,
		tensors: planTensors(plan),
		remainder: null,
		unpackFrom: checkpoint.packed === null && checkpoint.gguf === null ? null : localPlace(checkpoint),
		activations: activations === "simulate" ? activationsByWeight(checkpoint) : /* @__PURE__ */ new Map(),
		basis: null,
		warnings: decoder.warnings
	};
}
/**
* The path by which another thread can open the same checkpoint; null where a path alone does not say which files are
* meant: parts of a split GGUF, files of the Hub. Those are decoded in place.
*/
function localPlace({ files, gguf, revision }) {
	if (revision !== null) return null;
	const sightings = files.sightings ?? /* @__PURE__ */ new Map();
	if (gguf !== null) {
		const path = files.names.length === 1 ? files.localPath(present(files.names[0])) : null;
		return path === null ? null : {
			path,
			sightings
		};
	}
	const config = files.localPath("config.json");
	return config === null ? null : {
		path: dirname(config),
		sightings
	};
}
export { hasTiles as A, repeatWhileLess as C, halfToEven as D, vector as E, vocabularyEntries as F, sameUnembedding as M, openTokenizer as N, pruneWithTies as O, tokenizerFile as P, loadTwice as S, store as T, advance as _, withSources as a, load as b, planTensors as c, scaleCount as d, channelRows as f, roundShared as g, storedLayout as h, sameSource as i, openUnembedding as j, prunedCount as k, compressedBytes as l, roundToNearest as m, compressedPlan as n, planBytes as o, groupsPerChannel as p, planText as r, planRemainder as s, describeModel as t, matrixOf as u, constant as v, set as w, loadFunction as x, get as y };
