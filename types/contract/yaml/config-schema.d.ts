export type SaegateConfig = {
  /** The full-precision model: a Hugging Face folder, a GGUF file, hf:owner/name[@revision] or oci:host/repository:tag. */
  reference?: string
  /** The compressed model: a folder, a GGUF or ONNX file, hf:owner/name, oci:host/repository:tag; or made of the reference: rtn:BITS (2 to 8), prune:SPARSITY, prune:match=SPEC (an rtn or a prune), nf4, int8-outlier, or calibrated (--calibration) wanda:SPARSITY, sparsegpt:SPARSITY (or N:M), gptq:BITS, awq:BITS (with or without ,group=N) or smoothquant:8. Several may be given. */
  candidates?: string[]
  /** The sparse autoencoder that names the features: a folder or hf:owner/name/path. Several may be given, or one pattern (hf:owner/name/layer_*\/width_16k/canonical); none measures perplexity and KL alone. */
  saes?: (string | {
    source: string
    /** Where both models are read, for every SAE, in TransformerLens’ names. */
    hook?: string | null
    /** Subtract each residual’s mean before encoding, for every SAE (TransformerLens’ centred weights). */
    center?: boolean | null
  })[]
  /** The text both models read: files (text, JSON lines, JSON, CSV, Parquet; plain, .gz or .zst), a folder, a glob, several apart by commas; wikitext-2[:split], c4, pile-10k or fineweb-sample; hf:datasets/owner/name[@revision][:config][/split]; or tokens:./ids.npy. */
  corpus?: string | {
    source: string
    /** Split of a named corpus or a dataset of the Hub: wikitext-2 with split test is wikitext-2:test. */
    split?: string
    /** Encode the text as it stands, or its non-empty lines alone; paper: these with two more line ends between them, as the paper’s code joins them. */
    lines?: 'as-is' | 'nonempty' | 'paper'
    /** What the CRLF line ends of the text are: lf makes them LF (as models are trained on), keep means them as they are. */
    lineEnds?: 'lf' | 'keep'
    /** How many tokens of the corpus to use at most, or all. */
    tokens?: string | number
    /** Positions of each sequence that the model is given, a prepended beginning-of-sequence token included. */
    blockLength?: string | number
    /** Whether each sequence begins with the beginning-of-sequence token; auto does as the tokenizer does, stream puts a single one before the whole text (the paper’s sliding windows). */
    bos?: 'auto' | 'always' | 'never' | 'stream'
    /** The field of a record that holds its text (with --template: its messages); a.b is b inside a. */
    field?: string
    /** The records are conversations (messages with role and content): write each as the tokenizer’s chat template does. */
    template?: boolean
    /** Use N records drawn at random, in random order. Parquet reads only where they lie; other files are read to their end. */
    subset?: string | number
    /** Which records --subset draws: the same seed draws the same ones. */
    seed?: string | number
  }
  /** Another tokenizer.json than the reference’s own. */
  tokenizer?: string
  /** Perplexity protocols: chunked, sliding, both or none (then no KL either: nothing behind the last SAE is run). sliding=WINDOW/STRIDE sets its window, else 2048, and stride, else 512. */
  perplexity?: string | {
    chunked?: boolean
    sliding?: boolean | null | {
      window: number
      stride: number
    }
  }
  /** Which tokens a candidate prune:match=SPEC finds its sparsity on: so many after those that are audited, or (as in the paper) audited, or the first N of these as audited=N. */
  matchTokens?: string | number
  /** The text that wanda, sparsegpt, gptq, awq and smoothquant are calibrated on, named as --corpus names one; it may not be what is audited. Of artifacts: what they were calibrated on elsewhere; how much of the audited text stands in it is said, with the figures on the rest. */
  calibration?: string
  /** How many tokens these are calibrated on at most, in whole sequences. */
  calibrationTokens?: string | number
  /** Which positions of a sequence count: auto (as the SAE was trained), all, skip-first (all but position 0), skip-first=N (all but the first N), or slice=START:END:STEP (from START on, before END, every STEP-th). */
  positions?: string
  /** Whether run-time activation quantization that a candidate’s config asks for is simulated. */
  activations?: 'simulate' | 'ignore'
  /** Turn the residual stream of a rotated candidate (QuaRot, SpinQuant) back before encoding, where its embedding says how. */
  unrotate?: boolean
  /** Divide the residual stream of a candidate by the one factor that it is larger or smaller by, before encoding, where its outputs are the same. */
  rescale?: boolean
  /** The value of an ONNX candidate that is the SAE’s hook point; `saegate inspect MODEL.onnx` lists them. */
  tap?: string
  /** Also run each model on from every SAE’s hook with what the SAE rebuilds in place of the value, with zeros and with its mean: how much of the loss is recovered. Three runs of the blocks behind the hook per model and SAE, and four of the unembedding. */
  lossRecovered?: boolean
  /** Also encode each candidate with the whole SAE, as the reference is, and count the features that it fires and the reference does not. */
  newFeatures?: boolean
  /** Also tell how many features survive at each kind of predicted token (digits, code, other scripts, white space, special, rare, eighths of the sequence) and by how sure the reference was: of 512 active features, spread evenly, in another pass over the stored rows. */
  survivalByKind?: boolean
  /** Also tell, of every active feature, how much of its direction is left in what the SAE rebuilds of a candidate and in what it does not: two to three times what the features of the reference take, for each model. */
  latentScaling?: boolean
  /** How many of the features that a candidate changed most are explained, for each SAE: where they fire in the text, and which tokens they speak for; as many again of those that a rule of the policy lists; 0: none, and the report quotes nothing of the corpus. */
  explain?: string | number
  /** Most groups of consecutive sequences whose sums are kept apart for intervals: 32, 16 or 8 are used, as many as the text’s documents allow; below 8 there are no intervals. */
  groups?: string | number
  /** The policy that decides: a YAML file, the name of a shipped one, or none: then the audit measures and does not judge. The action has to be told so. */
  policy?: string
  /** An earlier report.json to compare with, for maxDrop and maxRise rules. In the action also base: the report of the pull request’s merge base, as this check measured it there. */
  baseline?: string
  /** Folder for report.json, report.html, report.md and the feature tables. */
  out?: string
  /** Where the models run: auto, cpu, cuda, webgpu, or cuda:N for one of several NVIDIA devices, as nvidia-smi counts them; cuda:0,cuda:1 shares the text out between two. */
  device?: string
  /** What the operands of matrix products are rounded to: auto is float32 on the CPU and WebGPU, and on CUDA the checkpoint’s 16-bit type. On the CPU a 16-bit type is emulated. */
  precision?: 'auto' | 'float32' | 'bfloat16' | 'float16'
  /** Threads of the engine. */
  threads?: string | number
  /** What captured activations may hold in memory before they are spilled to a temporary file. */
  memory?: string | number
  /** Whether a model is in memory whole (resident) or one block at a time (stream); auto holds it whole where there is memory for that. `saegate plan` says what it comes to. */
  weights?: 'auto' | 'resident' | 'stream'
  /** How the residual stream is stored between two blocks of a streamed model: full (32 bits) or half (16 bits, half the room; the report says what rounding took). */
  streamRows?: 'full' | 'half'
  /** Stop after a quarter or half of the text if every rule of the policy is decided by then; intervals are wider for it, so that errors over all looks stay at what the policy says. */
  untilDecided?: boolean
  /** Keep what the reference gave and every finished candidate, for this audit to go on from where it is interrupted and for later ones of the same reference and text; of all audits so much at most, what was used least recently goes first. */
  captureCacheSize?: string | number
  /** What rows of the reference are kept in: full (32 bits), or half (16 bits, half the room; the audit then measures with the rounded rows, and the report says what rounding took). */
  captureRows?: 'full' | 'half'
  /** Also compare the reference with itself: every feature must survive. */
  nullCheck?: boolean
  /** Also measure five references whose weights are moved by half a step of this format: what a lossless candidate would score. */
  noiseFloor?: 'none' | 'float16' | 'bfloat16'
  /** Also measure, for each candidate, 19 references with random errors as large as its own in every output channel: does it lose more than errors of that size do? */
  noiseNull?: boolean
  /** Go on, with a warning, when the SAE does not fit the reference. */
  allowBadFit?: boolean
}
