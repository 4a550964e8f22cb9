/** @file What can go wrong between a corpus spec and blocks of token ids: the text, the tokenizer, the ids. */
import { problem } from './problem.ts'

export const corpusUnsupported = problem('CORPUS_UNSUPPORTED', 2, (spec: string, kind: string) => ({
  message: `Corpus "${spec}": ${kind} cannot be read yet.`,
  fix: 'Write the text to a UTF-8 .txt file and name that, or tokenize it and give tokens:FILE.npy.',
}))

export const corpusPathMissing = problem('CORPUS_PATH_MISSING', 2, (spec: string) => ({
  message: `Corpus "${spec}" names no file: a path must follow "${spec}".`,
  fix: 'Name the .npy file that holds the token ids, for example tokens:./ids.npy.',
}))

export const corpusTooLarge = problem(
  'CORPUS_TOO_LARGE',
  2,
  (path: string, bytes: number, limit: number) => ({
    message: `${path} has ${bytes} bytes; a text corpus may have ${limit}.`,
    fix: 'Cut the text to what the audit needs (200,000 tokens are about 1 MB), or give token ids as tokens:FILE.npy.',
  }),
)

export const corpusNotUtf8 = problem('CORPUS_NOT_UTF8', 2, (path: string, offset: number, byte: number) => ({
  message: `${path} is not UTF-8 text: byte ${offset} (0x${byte.toString(16).padStart(2, '0')}) starts no valid character.`,
  fix: 'Convert the file to UTF-8, for example: iconv -f LATIN1 -t UTF-8 in.txt > out.txt',
}))

export const corpusUtf16 = problem('CORPUS_UTF16', 2, (path: string, sign: string) => ({
  message: `${path} is UTF-16 text, not UTF-8: ${sign}.`,
  fix: 'Convert the file to UTF-8, for example: iconv -f UTF-16 -t UTF-8 in.txt > out.txt',
}))

export const corpusLfsPointer = problem('CORPUS_LFS_POINTER', 2, (path: string) => ({
  message: `${path} is a Git LFS pointer, not the text: the file itself was not fetched.`,
  fix: 'Fetch it: git lfs pull (in a workflow: actions/checkout with lfs: true).',
}))

export const corpusEmpty = problem('CORPUS_EMPTY', 2, (spec: string, kind: 'text' | 'ids') => ({
  message: `Corpus "${spec}" has no tokens.`,
  fix: `Check the path and the content of the file${kind === 'text' ? '; with lines: nonempty, blank lines do not count' : ''}.`,
}))

export const corpusTooShort = problem(
  'CORPUS_TOO_SHORT',
  2,
  (spec: string, available: number, needed: number, budget: number | null) => ({
    message: `Corpus "${spec}" gives ${available} tokens${budget === available ? ' (the token budget)' : ''}; one sequence needs ${needed}.`,
    fix: `Use a longer text${budget === null ? '' : ', raise --tokens'}, or lower --block-length.`,
  }),
)

export const blockTooLong = problem('BLOCK_TOO_LONG', 2, (length: number, maxPositions: number) => ({
  message: `A block of ${length} positions is longer than the model's ${maxPositions}.`,
  fix: `Use --block-length ${maxPositions} or less.`,
}))

export const blockTooShort = problem('BLOCK_TOO_SHORT', 2, (length: number) => ({
  message: `A block of ${length} positions leaves nothing to predict; the least is 2.`,
  fix: 'Raise --block-length.',
}))

export const tokenOutOfVocabulary = problem(
  'TOKEN_OUT_OF_VOCABULARY',
  2,
  (where: string, id: number | bigint, index: number, vocabulary: number) => ({
    message: `${where}: token id ${id} at index ${index} is not in the model's vocabulary (0 to ${vocabulary - 1}).`,
    fix: 'Use the tokenizer and the token ids of this model.',
  }),
)

export const tokensMalformed = problem('TOKENS_MALFORMED', 2, (path: string, reason: string) => ({
  message: `${path} does not hold token ids: ${reason}.`,
  fix: 'Save integers, as one stream (n) or as blocks (blocks, length): numpy.save("ids.npy", ids.astype("int32")).',
}))

export const tokensRowLength = problem(
  'TOKENS_ROW_LENGTH',
  2,
  (path: string, row: number, blockLength: number, bos: boolean) => ({
    message: `${path} has rows of ${row} tokens${bos ? ', with the prepended BOS ' : ', '}${row + Number(bos)} positions; the block length is ${blockLength}.`,
    fix: `Use --block-length ${row + Number(bos)}.`,
  }),
)

export const tokenizerNeeded = problem('TOKENIZER_NEEDED', 2, (spec: string) => ({
  message: `Corpus "${spec}" is text, but the reference has no tokenizer.json.`,
  fix: 'Name one with --tokenizer PATH, or give token ids as tokens:FILE.npy.',
}))

export const tokenizerUnsupported = problem('TOKENIZER_UNSUPPORTED', 2, (file: string, reason: string) => ({
  message: `${file} cannot be used: ${reason}.`,
  fix: 'Save it again with a fast tokenizer (tokenizer.save_pretrained), or tokenize elsewhere and give tokens:FILE.npy.',
}))

export const tokenizerTooSlow = problem(
  'TOKENIZER_TOO_SLOW',
  2,
  (file: string, step: string, characters: number, seconds: number) => ({
    message: `${file} cannot be used: ${step} did not come to an end within ${seconds.toFixed(0)} s on ${characters} characters of text.`,
    fix: 'A regular expression may run for ever: take the tokenizer.json of the model’s authors, or tokenize elsewhere and give tokens:FILE.npy.',
  }),
)

export const tokenizerGrows = problem(
  'TOKENIZER_GROWS',
  2,
  (file: string, step: string, characters: number) => ({
    message: `${file} cannot be used: ${step} makes many times as much text of what it is given (${characters} characters).`,
    fix: 'Take the tokenizer.json of the model’s authors, or tokenize elsewhere and give tokens:FILE.npy.',
  }),
)

export const tokenUnknown = problem('TOKEN_UNKNOWN', 2, (file: string, token: string) => ({
  message: `${file}: the text has "${token}", which the tokenizer has no id for, not even an unknown-token id.`,
  fix: 'Check that tokenizer.json is complete.',
}))

export const bosMissing = problem('BOS_MISSING', 2, (spec: string) => ({
  message: `bos is "always", but no beginning-of-sequence token is known for corpus "${spec}".`,
  fix: 'Set bos_token in tokenizer_config.json, or use --bos never (or auto).',
}))
