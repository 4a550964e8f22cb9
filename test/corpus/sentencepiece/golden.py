"""Small SentencePiece models and the ids that the library itself (0.1.97) gives for texts of many kinds.

Run in the repository's folder: python3 test/corpus/sentencepiece/golden.py
"""
import base64
import gzip
import json
import random
import tempfile

import sentencepiece as spm

TEXTS = [
    "The river's 42 boats, at 7 o'clock…",
    "  two  spaces\tand a tab ",
    "line one\r\nline two\n\n\nline five\r",
    "\u0000\u0001\u001b[31m\u007f\u0085 control",
    "Ärmel, naïve, Ångström, ﬁne ﬂow, ①②③ ｆｕｌｌ",
    "Здравствуй, мир: сорок два",
    "Ελληνικά γράμματα",
    "مرحبا بالعالم ١٢٣",
    "שלום עולם",
    "नमस्ते दुनिया",
    "สวัสดีชาวโลก",
    "你好，世界。三十二",
    "こんにちは世界、カタカナ ｶﾀｶﾅ",
    "안녕하세요 세계",
    "გამარჯობა მსოფლიო",
    "Բարեւ աշխարհ",
    "ሰላም ልዑል",
    "🙂 👩‍👩‍👧 🇩🇪 ❤️ e\u0301 \u200d\u00a0\u3000x",
    "▁already ▁marked <user> text<user><sep>",
    "aaaaaaaaaaaaaaaaaaaaaaaa the the the",
    "",
    " ",
    "x",
]

corpus = open("fixtures/corpus/eval.txt", encoding="utf-8").read().splitlines()[:600]
corpus += [text.replace("\0", " ") for text in TEXTS if text.strip()] * 3
random.Random(1).shuffle(corpus)

COMMON = dict(vocab_size=420, character_coverage=0.98, hard_vocab_limit=False, num_threads=1, minloglevel=2)
MODELS = {
    "bpe-llama": dict(model_type="bpe", byte_fallback=True, normalization_rule_name="identity",
                      remove_extra_whitespaces=False, split_digits=True, vocab_size=600),
    "bpe-plain": dict(model_type="bpe", user_defined_symbols=["<user>", "<sep>"]),
    "bpe-no-prefix": dict(model_type="bpe", byte_fallback=True, add_dummy_prefix=False,
                          remove_extra_whitespaces=False, normalization_rule_name="nfkc", vocab_size=600),
    "unigram-nmt": dict(model_type="unigram", user_defined_symbols=["<user>", "<sep>"]),
    "unigram-bytes": dict(model_type="unigram", byte_fallback=True, normalization_rule_name="identity", vocab_size=600),
    "unigram-suffix": dict(model_type="unigram", treat_whitespace_as_suffix=True, normalization_rule_name="nmt_nfkc_cf"),
}

golden = {"texts": TEXTS, "models": {}}
with tempfile.TemporaryDirectory() as folder:
    for name, options in MODELS.items():
        spm.SentencePieceTrainer.train(sentence_iterator=iter(corpus), model_prefix=f"{folder}/{name}", **{**COMMON, **options})
        data = open(f"{folder}/{name}.model", "rb").read()
        processor = spm.SentencePieceProcessor(model_proto=data)
        golden["models"][name] = {
            "model": base64.b64encode(data).decode(),
            "ids": [processor.encode(text) for text in TEXTS],
        }
with gzip.GzipFile("test/corpus/sentencepiece/golden.json.gz", "wb", mtime=0) as out:
    out.write(json.dumps(golden).encode())
