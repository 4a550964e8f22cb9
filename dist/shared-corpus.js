import { i as problem } from "./shared-problem.js";
// src/errors/corpus.ts
/** @file What can go wrong between a corpus spec and sequences of token ids: the text, the tokenizer, the ids. */
const corpusUnsupported = problem("CORPUS_UNSUPPORTED", 2, (spec, kind) => ({
	message: `Corpus "${spec}": ${kind} cannot be read.`,
	fix: "Give text, JSON lines, JSON, CSV or Parquet, plain or as .gz or .zst, or tokenize it and give tokens:FILE.npy."
}));
const corpusNoFiles = problem("CORPUS_NO_FILES", 2, (spec, found) => ({
	message: `Corpus "${spec}" names no file that can be read: ${found}.`,
	fix: "Check the path or pattern; files are known by their endings (.txt, .jsonl, .json, .csv, .tsv, .parquet, each also .gz or .zst)."
}));
const corpusNoRecords = problem("CORPUS_NO_RECORDS", 2, (spec, flag) => ({
	message: `Corpus "${spec}" is text without records, and ${flag} speaks of records.`,
	fix: `Leave ${flag} out, or give JSON lines, JSON, CSV, Parquet or a dataset.`
}));
const corpusBroken = problem("CORPUS_BROKEN", 2, (file, reason) => ({
	message: `${file} cannot be read: ${reason}.`,
	fix: "Fetch or write the file again; what was read of it before that place is not used either."
}));
const corpusFieldMissing = problem("CORPUS_FIELD_MISSING", 2, (file, asked, fields) => ({
	message: asked === null ? `${file}: which field of its records is the text cannot be told; they have ${listed(fields)}.` : `${file}: its records have no field "${asked}"; they have ${listed(fields)}.`,
	fix: "Name the field that holds the text: --field NAME."
}));
const corpusFieldKind = problem("CORPUS_FIELD_KIND", 2, (file, record, field, found) => ({
	message: `${file}: record ${record} has ${found} as its "${field}"; text was expected.`,
	fix: "Name a field of text with --field NAME; conversations (lists of messages) need --template."
}));
const chatMalformed = problem("CHAT_MALFORMED", 2, (file, record, reason) => ({
	message: `${file}: record ${record} is no conversation that can be written: ${reason}.`,
	fix: "With --template the field holds a list of messages, each an object with role and content (or from and value), both text."
}));
const chatTemplateMissing = problem("CHAT_TEMPLATE_MISSING", 2, (tokenizer) => ({
	message: `--template is given, but ${tokenizer} has no chat template.`,
	fix: "Use the tokenizer of a chat model (--tokenizer PATH), or name a field of plain text with --field."
}));
const chatTemplateUnusable = problem("CHAT_TEMPLATE_UNUSABLE", 2, (tokenizer, reason) => ({
	message: `The chat template of ${tokenizer} cannot be used: ${reason}.`,
	fix: "Take the tokenizer files of the model’s authors, or write the conversations as text yourself."
}));
const recordTooLarge = problem("RECORD_TOO_LARGE", 2, (file, record, limit) => ({
	message: `${file}: record ${record} has more than ${limit} bytes.`,
	fix: "Check that the file is what its ending says; in CSV a quote that is never closed makes one record of the rest."
}));
const datasetChoice = problem("DATASET_CHOICE", 2, (spec, what, asked, there) => ({
	message: asked === null ? `Corpus "${spec}" has several ${what}s, and none is named: ${listed(there)}.` : `Corpus "${spec}" has no ${what} "${asked}": it has ${listed(there)}.`,
	fix: "Write hf:datasets/owner/name:CONFIG/SPLIT (NAME:SPLIT for wikitext-2 and other names)."
}));
const MOST_LISTED = 20;
function listed(names) {
	const shown = names.slice(0, MOST_LISTED).map((name) => name.slice(0, 80));
	const more = names.length > MOST_LISTED ? ` and ${names.length - MOST_LISTED} more` : "";
	return names.length === 0 ? "none" : `${shown.join(", ")}${more}`;
}
const corpusPathMissing = problem("CORPUS_PATH_MISSING", 2, (spec) => ({
	message: `Corpus "${spec}" names no file: a path must follow "${spec}".`,
	fix: "Name the .npy file that holds the token ids, for example tokens:./ids.npy."
}));
const corpusTooLarge = problem("CORPUS_TOO_LARGE", 2, (path, bytes, limit) => ({
	message: bytes === null ? `${path} has more than ${limit} bytes of text, the most that is read.` : `${path} has ${bytes} bytes; a text corpus may have ${limit}.`,
	fix: "Give a token budget (--tokens), cut the text to what the audit needs (200,000 tokens are about 1 MB), or give token ids as tokens:FILE.npy."
}));
const corpusNotUtf8 = problem("CORPUS_NOT_UTF8", 2, (path, offset, byte) => ({
	message: `${path} is not UTF-8 text: byte ${offset} (0x${byte.toString(16).padStart(2, "0")}) starts no valid character.`,
	fix: "Convert the file to UTF-8, for example: iconv -f LATIN1 -t UTF-8 in.txt > out.txt"
}));
const corpusUtf16 = problem("CORPUS_UTF16", 2, (path, sign) => ({
	message: `${path} is UTF-16 text, not UTF-8: ${sign}.`,
	fix: "Convert the file to UTF-8, for example: iconv -f UTF-16 -t UTF-8 in.txt > out.txt"
}));
const corpusLfsPointer = problem("CORPUS_LFS_POINTER", 2, (path) => ({
	message: `${path} is a Git LFS pointer, not the text: the file itself was not fetched.`,
	fix: "Fetch it: git lfs pull (in a workflow: actions/checkout with lfs: true)."
}));
const corpusEmpty = problem("CORPUS_EMPTY", 2, (spec, kind) => ({
	message: `Corpus "${spec}" has no tokens.`,
	fix: `Check the path and the content of the file${kind === "text" ? "; with lines: nonempty or paper, blank lines do not count" : ""}.`
}));
const corpusTooShort = problem("CORPUS_TOO_SHORT", 2, (spec, available, needed, budget) => ({
	message: `Corpus "${spec}" gives ${available} tokens${budget === available ? " (the token budget)" : ""}; one sequence needs ${needed}.`,
	fix: `Use a longer text${budget === null ? "" : ", raise --tokens"}, or lower --block-length.`
}));
const blockTooLong = problem("BLOCK_TOO_LONG", 2, (length, maxPositions) => ({
	message: `A sequence of ${length} positions is longer than the model's ${maxPositions}.`,
	fix: `Use --block-length ${maxPositions} or less.`
}));
const blockTooShort = problem("BLOCK_TOO_SHORT", 2, (length) => ({
	message: `A sequence of ${length} positions leaves nothing to predict; the least is 2.`,
	fix: "Raise --block-length."
}));
const tokenOutOfVocabulary = problem("TOKEN_OUT_OF_VOCABULARY", 2, (where, id, index, vocabulary) => ({
	message: `${where}: token id ${id} at index ${index} is not in the model's vocabulary (0 to ${vocabulary - 1}).`,
	fix: "Use the tokenizer and the token ids of this model."
}));
const tokenizerBeyondModel = problem("TOKENIZER_BEYOND_MODEL", 2, (tokenizer, id, vocabulary) => ({
	message: `${tokenizer} gives token id ${id}, which is not in the model's vocabulary (0 to ${vocabulary - 1}): it is the tokenizer of another model.`,
	fix: "Name the tokenizer.json that the model was trained with: --tokenizer PATH."
}));
const tokensMalformed = problem("TOKENS_MALFORMED", 2, (path, reason) => ({
	message: `${path} does not hold token ids: ${reason}.`,
	fix: "Save integers, as one stream (n) or as sequences (sequences, length): numpy.save(\"ids.npy\", ids.astype(\"int32\"))."
}));
const tokensRowLength = problem("TOKENS_ROW_LENGTH", 2, (path, row, blockLength, bos) => ({
	message: `${path} has rows of ${row} tokens${bos ? ", with the prepended BOS " : ", "}${row + Number(bos)} positions; sequences are to have ${blockLength}.`,
	fix: `Use --block-length ${row + Number(bos)}.`
}));
const tokenizerNeeded = problem("TOKENIZER_NEEDED", 2, (spec) => ({
	message: `Corpus "${spec}" is text, but the reference has neither tokenizer.json nor tokenizer.model.`,
	fix: "Name one with --tokenizer PATH, or give token ids as tokens:FILE.npy."
}));
const tokenizerUnsupported = problem("TOKENIZER_UNSUPPORTED", 2, (file, reason) => ({
	message: `${file} cannot be used: ${reason}.`,
	fix: "Save it again with a fast tokenizer (tokenizer.save_pretrained), or tokenize elsewhere and give tokens:FILE.npy."
}));
const tokenizerTooSlow = problem("TOKENIZER_TOO_SLOW", 2, (file, step, characters, seconds) => ({
	message: `${file} cannot be used: ${step} did not come to an end within ${seconds.toFixed(0)} s on ${characters} characters of text.`,
	fix: "A regular expression may run for ever: take the tokenizer.json of the model’s authors, or tokenize elsewhere and give tokens:FILE.npy."
}));
const tokenizerGrows = problem("TOKENIZER_GROWS", 2, (file, step, characters) => ({
	message: `${file} cannot be used: ${step} makes many times as much text of what it is given (${characters} characters).`,
	fix: "Take the tokenizer.json of the model’s authors, or tokenize elsewhere and give tokens:FILE.npy."
}));
const tokenUnknown = problem("TOKEN_UNKNOWN", 2, (file, token) => ({
	message: `${file}: the text has "${token}", which the tokenizer has no id for, not even an unknown-token id.`,
	fix: "Check that tokenizer.json is complete."
}));
const bosOfRows = problem("BOS_OF_ROWS", 2, (path) => ({
	message: `"${path}" holds sequences, and --bos stream puts one token before a text that is cut.`,
	fix: "Give the ids as one stream (n), or say --bos never or --bos always."
}));
const bosMissing = problem("BOS_MISSING", 2, (spec) => ({
	message: `bos is "always", but no beginning-of-sequence token is known for corpus "${spec}".`,
	fix: "Set bos_token in tokenizer_config.json, or use --bos never (or auto)."
}));
export { tokensMalformed as A, tokenOutOfVocabulary as C, tokenizerNeeded as D, tokenizerGrows as E, tokenizerTooSlow as O, recordTooLarge as S, tokenizerBeyondModel as T, corpusTooLarge as _, chatMalformed as a, corpusUtf16 as b, corpusBroken as c, corpusFieldMissing as d, corpusLfsPointer as f, corpusPathMissing as g, corpusNotUtf8 as h, bosOfRows as i, tokensRowLength as j, tokenizerUnsupported as k, corpusEmpty as l, corpusNoRecords as m, blockTooShort as n, chatTemplateMissing as o, corpusNoFiles as p, bosMissing as r, chatTemplateUnusable as s, blockTooLong as t, corpusFieldKind as u, corpusTooShort as v, tokenUnknown as w, datasetChoice as x, corpusUnsupported as y };
