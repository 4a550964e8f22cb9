import { _ as corpusTooLarge, b as corpusUtf16, f as corpusLfsPointer, h as corpusNotUtf8 } from "./shared-corpus.js";
import { t as unpackedBytes } from "./shared-bytes.js";
import { isUtf8 } from "node:buffer";
// src/corpus/documents.ts
/** As many as there are groups at least, else they tell nothing. */
const FEWEST = 8;
/** Documents of a text by its lines; null: not enough to tell. `lengthOf`: characters that a line takes in the text that is encoded. */
function documentsOfText(text, lengthOf) {
	const [titles, afterBlanks] = [[], []];
	let [offset, isAfterBlank] = [0, true];
	for (let start = 0; start < text.length;) {
		const end = text.indexOf("\n", start) + 1 || text.length;
		const line = text.slice(start, end);
		const isBlank = line.trim() === "";
		if (!isBlank) {
			if (isTitle(line)) titles.push(offset);
			if (isAfterBlank) afterBlanks.push(offset);
		}
		isAfterBlank = isBlank;
		offset += lengthOf(line);
		start = end;
	}
	if (titles.length >= FEWEST) return {
		by: "titles",
		starts: fromTheBeginning(titles)
	};
	return afterBlanks.length >= FEWEST ? {
		by: "blank-lines",
		starts: fromTheBeginning(afterBlanks)
	} : null;
}
/** " = Title = ", not " = = Section = = ". */
function isTitle(line) {
	const words = line.trim();
	if (!words.startsWith("= ") || !words.endsWith(" =")) return false;
	return words.length > 4 && !words.startsWith("= =") && !words.endsWith("= =");
}
/** Documents of a token stream by the special tokens that end or begin them; null: not enough to tell. */
function documentsOfStream(stream, specialIds) {
	if (specialIds.length === 0) return null;
	const special = new Set(specialIds);
	const starts = [];
	for (let i = 1; i < stream.length; i++) if (special.has(stream[i - 1]) && !special.has(stream[i])) starts.push(i);
	return starts.length >= FEWEST ? {
		by: "end-of-text",
		starts: fromTheBeginning(starts)
	} : null;
}
/** The same documents in tokens, those beyond the last piece left out. */
function inTokens({ by, starts }, pieces) {
	const out = [];
	let piece = 0;
	for (const start of starts) {
		while (piece < pieces.characters.length && pieces.characters[piece] <= start) piece++;
		if (piece === pieces.characters.length) break;
		const [fromCharacter, fromToken] = [pieces.characters[piece - 1] ?? 0, pieces.tokens[piece - 1] ?? 0];
		const part = (start - fromCharacter) / (pieces.characters[piece] - fromCharacter);
		const token = Math.round(fromToken + part * (pieces.tokens[piece] - fromToken));
		if (token > (out[out.length - 1] ?? -1)) out.push(token);
	}
	return {
		by,
		starts: Int32Array.from(out)
	};
}
/** Records by the tokens that each begins at; null: not enough to tell. */
function documentsOfRecords(starts) {
	return starts.length >= FEWEST ? {
		by: "records",
		starts: Int32Array.from(starts)
	} : null;
}
function fromTheBeginning(starts) {
	return Int32Array.from(starts[0] === 0 ? starts : [0, ...starts]);
}
// src/corpus/line-ends.ts
function countLineEnds(text) {
	let [crlf, lf, cr] = [
		0,
		0,
		0
	];
	for (const [end] of text.matchAll(/\r\n|\r|\n/g)) if (end === "\r\n") crlf++;
	else if (end === "\n") lf++;
	else cr++;
	return {
		crlf,
		lf,
		cr
	};
}
// src/corpus/text.ts
/**
* @file Text as it goes to the tokenizer: strict UTF-8, a leading byte order mark taken off, optionally without blank lines.
*
* A byte order mark is how the file is marked, not what it says, so it is dropped; everything else stays as it is
* (line ends, other invisible characters, Unicode forms: normalising is the tokenizer's business).
*/
/** About 60 million tokens, 300 times what the method uses; a JavaScript string may not have more than 512 Mi units. */
const MAX_TEXT_BYTES = 256 * 2 ** 20;
/**
* Read a text file, packed or not. With a token budget the beginning of a text that is too large is enough, up to the end of a
* line. Errors: those of opening it, CORPUS_BROKEN, CORPUS_TOO_LARGE, CORPUS_LFS_POINTER, CORPUS_UTF16, CORPUS_NOT_UTF8.
*/
async function readTextFile(file, isBudgeted) {
	const source = await file.open();
	const { packing } = file.kind;
	const held = [];
	let length = 0;
	try {
		if (packing === null && !isBudgeted && source.byteLength > MAX_TEXT_BYTES) throw corpusTooLarge(file.name, source.byteLength, MAX_TEXT_BYTES);
		for await (const piece of unpackedBytes(source, packing)) {
			held.push(piece);
			length += piece.byteLength;
			if (length > MAX_TEXT_BYTES) break;
		}
	} finally {
		await source.close();
	}
	const bytes = Buffer.concat(held);
	if (length <= MAX_TEXT_BYTES) return {
		text: decodeText(file.name, bytes),
		isCut: false
	};
	if (!isBudgeted) throw corpusTooLarge(file.name, null, MAX_TEXT_BYTES);
	return {
		text: decodeText(file.name, bytes.subarray(0, bytes.lastIndexOf(10) + 1)),
		isCut: true
	};
}
/** What the authors' scripts put between the rows of WikiText-2, which end in a line end already (arXiv 2606.03002). */
const PAPER_BETWEEN = "\n\n";
/** A text as the tokenizer is to be given it. */
function preparedText(read, { lines, lineEnds }) {
	const ended = lineEnds === "lf" ? read.replaceAll("\r\n", "\n") : read;
	const dropsBlanks = lines !== "as-is";
	const between = lines === "paper" ? PAPER_BETWEEN : "";
	const documents = documentsOfText(ended, (line) => dropsBlanks && line.trim() === "" ? 0 : line.length + between.length);
	const kept = dropsBlanks ? dropBlankLines(ended) : ended;
	const text = between === "" ? kept : kept.replaceAll(/\n(?!$)/g, `\n${between}`);
	return {
		text,
		lineEnds: countLineEnds(text),
		documents
	};
}
/** What stands where the text would be, if its repository was cloned without Git LFS (git-lfs.com, specification of pointers). */
const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n/;
/** Errors: CORPUS_LFS_POINTER, CORPUS_UTF16, CORPUS_NOT_UTF8. */
function decodeText(path, bytes) {
	const sign = utf16Sign(bytes);
	if (sign !== null) throw corpusUtf16(path, sign);
	const text = decodeUtf8(path, bytes);
	if (LFS_POINTER.test(text)) throw corpusLfsPointer(path);
	return text;
}
/** Bytes that are looked at for UTF-16, and the share of one kind of them that is 0 in UTF-16 of any Latin text. */
const SIGN_BYTES = 4096;
const ZERO_SHARE = .4;
/** What shows that bytes are UTF-16; null: they are not. Without a mark, Latin text in it even passes for UTF-8 with zeros. */
function utf16Sign(bytes) {
	const [first, second] = bytes;
	if (first === 255 && second === 254) return "it begins with the byte order mark FF FE";
	if (first === 254 && second === 255) return "it begins with the byte order mark FE FF";
	const head = bytes.subarray(0, SIGN_BYTES);
	const zeros = [0, 0];
	head.forEach((byte, i) => {
		if (byte === 0) zeros[i % 2] += 1;
	});
	const most = Math.max(...zeros);
	const least = Math.min(...zeros);
	return most > ZERO_SHARE * head.length / 2 && least < most / 10 ? `every other byte of it is 0 (${most} of the first ${head.length})` : null;
}
/** Errors: CORPUS_NOT_UTF8 with the offset of the first bad byte. */
function decodeUtf8(path, bytes) {
	if (!isUtf8(bytes)) {
		const offset = firstInvalidByte(bytes);
		throw corpusNotUtf8(path, offset, bytes[offset] ?? 0);
	}
	return new TextDecoder("utf-8").decode(bytes);
}
/**
* Without its blank lines; what is kept keeps its own line end. The paper joins WikiText-2's non-empty lines, and the
* dataset's own reader calls a line of spaces empty.
*/
function dropBlankLines(text) {
	return text.replace(/(?<![^\n])[^\S\n]*(?:\n|$)/g, "");
}
/** Where the first character that is not UTF-8 begins: lengths, continuation bytes, overlongs, surrogates, range. */
function firstInvalidByte(bytes) {
	let at = 0;
	while (at < bytes.length) {
		const length = sequenceLength(bytes[at]);
		if (length === 0 || !isUtf8(bytes.subarray(at, at + length))) return at;
		at += length;
	}
	return at;
}
function sequenceLength(lead) {
	if (lead < 128) return 1;
	if (lead < 194) return 0;
	if (lead < 224) return 2;
	if (lead < 240) return 3;
	return lead < 245 ? 4 : 0;
}
export { countLineEnds as a, inTokens as c, readTextFile as i, MAX_TEXT_BYTES as n, documentsOfRecords as o, preparedText as r, documentsOfStream as s, LFS_POINTER as t };
