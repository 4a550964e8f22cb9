export type Report = {
  schema: 'saegate/report@1'
  /** null: measured, not judged (no policy). */
  verdict: null | 'pass' | 'fail' | 'inconclusive'
  createdAt: string
  /** The folder beside report.json with its tables and pages. Absent: before it is written, or older. */
  contents?: string
  /** What sha256 of reference, candidates and read-outs is of: every file that was read, weights, their index, config, tokenizer. Of one file its own; of several that of the lines "HASH  NAME" in the order of names, as `sha256sum FILE… | LC_ALL=C sort -k 2 | sha256sum` prints it. Absent in older reports: of weight files alone. */
  digests?: 'files-read'
  /** Handed on from elsewhere and not verified: the verdict is then never a pass. Absent: measured where it was judged. */
  claim?: {
    /** Who measured: a fork’s run, another run of this repository, or an earlier step or job of a pull request’s run. */
    by: 'fork' | 'run' | 'step'
    /** What it was measured with that the configuration here does not ask for. */
    differences: string[]
  }
  /** How the audit was asked for, in the words of its options. Absent in older reports. */
  asked?: {
    /** Tokens of the text at most; null: all of it. */
    tokens: null | number
    lines: string
    lineEnds: null | string
    bos: string
    /** Of records: which holds the text; null: found. */
    field: null | string
    template: boolean
    subset: null | number
    seed: number
    tokenizer: null | string
    perplexity: string
    /** Which tokens matched prunings find their sparsity on. Absent: there were none. */
    matchTokens?: string
    positions: string
    activations: string
    groups: number
    unrotate: boolean
    rescale: boolean
    tap: null | string
    allowBadFit: boolean
    precision: string
    streamRows: string
    /** Absent: no. */
    untilDecided?: boolean
  }
  tool: {
    name: 'saegate'
    version: string
    engine: string
    device: string
    threads: number
    /** Number type in which the models were computed. Absent in older reports. */
    operands?: 'float32' | 'float16' | 'bfloat16'
    /** The NVIDIA device, as its driver tells. Absent: another device, or it is not known. */
    accelerator?: {
      name: string
      /** Compute capability. */
      capability: string
      driver: string
      /** Devices like it that shared the text. Absent: one. */
      count?: number
    }
    /** Number type in which products of operands are summed. Absent in older reports. */
    accumulation?: 'float32'
    /** The rounding of operands was emulated on the CPU. Absent: it was not. */
    emulated?: boolean
    /** The reference as this audit computed it against the reference in float32 on the CPU, on some sequences. Absent: the audit was in float32 on the CPU, or the report is older. */
    engineNoise?: {
      /** Positions that were computed both ways. */
      tokens: number
      /** KL(float32‖this), nats per token; null: no losses were measured. */
      klMean: null | number
      top1Agreement: null | number
      readouts: ({
        id: string
        /** ‖x_this − x_float32‖ / ‖x_float32‖ at the hook, over all positions. */
        residualError: number
        /** Active features that vary on these positions: those of the correlations. */
        features: number
        /** Mean over them of ρ with themselves. */
        meanCorrelation: null | number
        /** The ρ that 95 % of them are above. */
        fifthPercentile: null | number
        /** Of all active features at these positions, in float32; null: features of this SAE activate by the row. */
        firings: null | number
        /** Positions and active features that fire in one of the two only: pre-activations nearer to their threshold than this arithmetic can tell. */
        changedFirings: null | number
      })[]
    }
    /** Models were run one range of blocks at a time, over all models of the audit. Absent: each was whole in memory, or the report is older. */
    streamed?: {
      /** Of the model that was cut into most, its embedding included. */
      ranges: number
      /** Of the residual stream that waited between two ranges, at once, by where it waited. */
      rowBytes: {
        memory: number
        file: number
      }
      /** That models took range by range, waiting included. */
      seconds: number
      /** Of these, in which the weights of a range were read and unpacked and nothing ran. */
      secondsWaited: number
      /** Of weights, as they are stored. */
      bytesRead: number
      /** ‖x − stored x‖ / ‖x‖ over all rows that waited. Absent: they waited in float32 (--stream-rows full). */
      rowError?: number
    }
    elapsedSeconds: number
  }
  /** Level of every interval in the report. */
  confidence: number
  /** The audit was to stop at the first look at which every rule is decided. Absent: all of the text was measured at once. */
  looks?: {
    /** Token groups of each look, ascending; the last has the whole text. */
    planned: number[]
    /** How many were taken: the report is of the last of these. */
    taken: number
    /** Of all looks together; `confidence` of the report is that of one. */
    confidence: number
  }
  reference: {
    spec: string
    revision: null | string
    family: string
    parameters: number
    storedAs: string
    sha256: string
    /** sha256 of every file that was read, by name: weights, config, tokenizer. */
    files?: { [key: string]: string }
  }
  corpus: {
    spec: string
    /** Positions given to the model: sequences (blocks) · blockLength. */
    tokens: number
    /** Sequences that the model was given. */
    blocks: number
    blockLength: number
    /** Groups of consecutive sequences whose sums are kept apart, for intervals. */
    groups: number
    /** How intervals are made: from balanced half-samples of the groups. Absent: delete-one-group jackknife, as in older reports. */
    resampling?: 'half-samples'
    /** How degrees of freedom of half-samples are found: from the documents, and from the part of the error that all features share. Absent: from the documents alone, as in older reports. */
    degrees?: 'shared-part'
    /** Documents that the text was seen to consist of; groups end where they end. Absent: not known. */
    documents?: {
      count: number
      /** Length of the document in which a token finds itself on average. */
      tokens: number
      by: 'end-of-text' | 'titles' | 'blank-lines' | 'records'
    }
    /** The prepended token id, or null. */
    bos: null | number
    /** Of the token ids as little-endian int32. */
    sha256: string
    /** The text that was read. Absent: token ids were given, or an older report. */
    text?: {
      /** Of the text as it went to the tokenizer, in order: a file whole, of records those that were read. */
      sha256: string
      /** The same whatever the order of the records: the sum of their digests. */
      unordered: string
      /** null: a text file. */
      records: null | {
        field: string
        /** Records that were read. */
        read: number
        /** Of these, records that have no such field, or null there: left out. */
        without: number
        /** Drawn at random; null: in order. */
        subset: null | number
        seed: number
      }
      /** Commit on the Hub; null: files of this machine, or several sources. */
      revision: null | string
      /** Files that were read from, in order. */
      files: string[]
    }
    /** sha256 of the tokenizer file that made the ids (tokenizer.json, tokenizer.model). Absent: ids were given. */
    tokenizer?: string
  }
  policy: null | {
    name: string
    sha256: string
    path: null | string
    informational: boolean
    /** Level of the rules’ intervals, where it is not the report’s. */
    confidence?: number
    /** Perplexity looks fine up to this change, features are gone below this fraction. */
    dissociation?: {
      perplexityDeltaPercent: number
      survived: number
    }
    /** Features that rules of the policy list, by rule. Absent: none does, or an older report. */
    watched?: {
      rule: string
      /** Features of the list. */
      count: number
      /** The first of them, in the order of the list. */
      features: {
        feature: number
        /** As the list calls it. Absent: it does not. */
        label?: string
      }[]
    }[]
  }
  baseline: null | {
    path: string
    sha256: string
    createdAt: string
  }
  readouts: ({
    /** Unique in the report: the hook, and the SAE where a hook has several. */
    id: string
    /** The SAE spec as given, or as a pattern was expanded to. */
    sae: string
    /** The spec as given, where it stands for several SAEs. */
    pattern?: string
    /** TransformerLens hook point. */
    hook: string
    layer: number
    /** d_sae */
    width: number
    /** d_in */
    modelWidth: number
    architecture: string
    /** Of the SAE’s files, as `digests` of the report says; before, of its weights file. */
    sha256: string
    /** The residual minus its mean over d was encoded. */
    center: boolean
    /** Which positions of a sequence count: all, all but the first (N), or a slice (start:end:step, the end left out where it is the sequence’s). */
    positions: string
    /** Positions counted. */
    tokens: number
    /** Mean number of features firing per counted position. */
    l0: number
    varianceUnexplained: null | number
    /** Features that never fired. */
    dead: number
    active: number
    thresholds: {
      /** ρ at or above: survived */
      survived: number
      /** ρ below: damaged */
      damaged: number
      /** reference firing rate above: active */
      active: number
    }
    /** model/source id for links, from the SAE config. */
    neuronpedia: null | string
  })[]
  candidates: ({
    /** Unique in the report; a safe file name. */
    name: string
    spec: string
    revision: null | string
    /** Of the candidate’s files, as `digests` of the report says; null for one derived from the reference. */
    sha256: null | string
    /** sha256 of every file that was read, by name: weights, config, tokenizer. */
    files?: { [key: string]: string }
    verdict: null | 'pass' | 'fail' | 'inconclusive'
    compression: null | {
      method: string
      /** Mean stored bits per compressed weight. */
      bits: null | number
      sparsity?: number
      groupSize?: number
      tensors: number
      parameters: number
      /** How tensors were held when they were compressed. Absent: as they are stored, one scale per output channel or group. */
      layout?: 'transformerlens'
      /** What weights were rounded to before they were compressed, and scales, quotients and products on the way. Absent: float64. */
      arithmetic?: 'bfloat16'
      /** What shares a scale where it is neither a channel nor a group. Absent: a channel or group. */
      scale?: 'tensor'
      /** The sparsity was found by six halvings of [0, 0.8], as the one whose perplexity is closest to that of another compression. Absent: it was given. */
      match?: {
        /** The compression whose perplexity is matched. */
        target: string
        targetPerplexity: number
        /** At the sparsity that was taken, on the same tokens. */
        perplexity: number
        /** Steps lie on both sides of the target, or one within 1 % of it. Else no sparsity reaches it, and no rule passes on this candidate. */
        reached: boolean
        /** What perplexities were measured on. */
        tokens: {
          /** After the audited tokens, or the first of these. */
          where: 'held-out' | 'audited'
          /** Positions given to the model. */
          count: number
          /** Of the token ids as little-endian int32. */
          sha256: string
        }
        /** Every step, in the order it was tried. */
        trace: {
          sparsity: number
          perplexity: number
        }[]
      }
      /** The text that the compression was calibrated on. Absent: it needs none. */
      calibration?: {
        source: string
        /** What the audited corpus has after the audited tokens, or a text of its own. */
        where: 'after-audited' | 'other-text'
        tokens: number
        /** Of the token ids. */
        sha256: string
      }
      /** How inputs of linear layers are quantized at run time, or null. */
      activations?: null | string
    }
    /** Of all tensors that the model is run with. Absent: they cannot be counted (a user’s ONNX model, weights changed as TransformerLens holds them), or an older report. */
    size?: {
      parameters: number
      /** With what decodes them (scales, zero points). 8 · bytes / parameters are the effective bits. */
      bytes: number
      /** As they lie in the files, or, of weights that are compressed on the way, what the compression’s bits come to. */
      counted: 'stored' | 'by its bits'
      /** Of them: token and position embeddings. */
      embeddings: {
        parameters: number
        bytes: number
      }
      /** Of them: the unembedding; nothing where it is the embedding. */
      head: {
        parameters: number
        bytes: number
      }
    }
    /** saegate diagnose: Appendix C of arXiv 2606.03002. Absent: not asked for. */
    diagnosis?: {
      weights: null | {
        tensors: number
        meanSquared: number
        meanAbsolute: number
        /** Mean absolute error over mean |w|. */
        relative: number
        cosine: number
        /** Norm of the error of a matrix’s output over that of the output, on what the reference gives the matrix over the audited sequences. Absent: not measured. */
        output?: number
        /** Least and greatest integer; null: not of integers with a scale per row or group. */
        codes: null | number[]
      }
      logits: null | {
        sequences: number
        meanSquared: {
          mean: number
          /** Standard deviation over n − 1; null of one alone. */
          sd: null | number
        }
        meanAbsolute: {
          mean: number
          /** Standard deviation over n − 1; null of one alone. */
          sd: null | number
        }
        /** Of the logits of a token, averaged over a sequence. */
        cosine: {
          mean: number
          /** Standard deviation over n − 1; null of one alone. */
          sd: null | number
        }
        /** Nats per token. */
        lossChange: {
          mean: number
          /** Standard deviation over n − 1; null of one alone. */
          sd: null | number
        }
      }
      subsets: null | {
        seeds: number
        sequences: number
        reference: {
          mean: number
          /** Standard deviation over n − 1; null of one alone. */
          sd: null | number
        }
        candidate: {
          mean: number
          /** Standard deviation over n − 1; null of one alone. */
          sd: null | number
        }
        deltaPercent: {
          mean: number
          /** Standard deviation over n − 1; null of one alone. */
          sd: null | number
        }
      }
    }
    /** What each tensor alone does to the features. Absent: nobody asked. */
    attribution?: {
      by: 'tensor' | 'block' | 'kind'
      /** Was every swap run to the end? */
      kl: boolean
      /** Worst first. */
      tensors: ({
        /** The tensor, `blocks.3`, or a kind. */
        tensor: string
        /** Null: no SAE was asked, or none sees it. */
        readout: null | string
        /** All that are swapped with it. */
        tensors: string[]
        /** The first that it changes. */
        block: number
        /** `q`, `q+k+v` where they are stored as one; of several tensors: all kinds, apart by commas. */
        kind: string
        parameters: number
        bytes: {
          /** As the reference stores them. */
          reference: number
          /** As the candidate stores them. */
          candidate: number
        }
        /** Features that survived before and do not after. */
        lost: number
        /** Features that survive after and did not before. */
        gained: number
        lostFeatures: number[]
        gainedFeatures: number[]
        /** Survived fraction after, less that before. */
        deltaSurvived: number
        /** By half-samples, paired. */
        deltaSurvivedCi: null | number[]
        /** After. */
        meanCorrelation: number
        /** ‖x − x_reference‖ / ‖x_reference‖ at the hook after, less that before. */
        residualErrorChange: number
        /** Mean KL to the reference after, less that before; null: not asked for. */
        klChange: null | number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        klChangeCi: null | number[]
        screen: {
          /** First-order estimate of the squared error in active features. */
          score: number
          /** By the score over all read-outs, from 1. */
          rank: number
        }
        /** Errors of the same norm in every output channel, in random directions; null: not drawn. */
        control: null | {
          lost: number
          deltaSurvived: number
          residualError: number
        }
        /** The reference’s put into the candidate; null: not done. */
        restored: null | {
          /** Features that survived before and do not after. */
          lost: number
          /** Features that survive after and did not before. */
          gained: number
          lostFeatures: number[]
          gainedFeatures: number[]
          /** Survived fraction after, less that before. */
          deltaSurvived: number
          /** By half-samples, paired. */
          deltaSurvivedCi: null | number[]
          /** After. */
          meanCorrelation: number
          /** ‖x − x_reference‖ / ‖x_reference‖ at the hook after, less that before. */
          residualErrorChange: number
          /** Mean KL to the reference after, less that before; null: not asked for. */
          klChange: null | number
          /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
          klChangeCi: null | number[]
        }
      })[]
      places: ({
        readout: string
        /** Active, and varying in the reference. */
        features: number
        /** Of them, in the candidate. */
        survived: number
        residualError: number
        additivity: {
          /** Of the whole candidate, over the sum of the swaps; null: no swap changed anything, or some were left out. */
          squaredError: null | number
          /** Of the whole candidate, over the sum of the swaps; null: no swap changed anything, or some were left out. */
          lost: null | number
          /** Of the squared error where all tensors have random errors of the same size; null: not drawn. */
          control: null | number
        }
        screen: {
          /** Spearman’s ρ of its scores and what the swaps lose; null: too few differ. */
          deltaSurvived: null | number
          /** … and how far the swaps’ mean ρ is below 1. */
          meanCorrelation: null | number
          /** … and the swaps’ residual error. */
          residualError: null | number
        }
      })[]
      watched: ({
        readout: string
        feature: number
        /** In the candidate; null: undefined, or the feature is not active. */
        correlation: null | number
        /** In the reference on this text; only of an active one something is told. */
        state: 'active' | 'constant' | 'inactive' | 'silent'
        /** Its ρ where the tensor alone is the candidate’s, lowest first. */
        worst: ({
          tensor: string
          correlation: null | number
        })[]
      })[]
      /** Behind the last hook, where they cannot matter for features. */
      skipped: string[]
      /** Left out by the screen. */
      notSwapped: string[]
      notes: string[]
    }
    perplexity: {
      chunked: null | {
        reference: number
        candidate: number
        /** Mean cross-entropy, nats per scored token. */
        referenceLoss: number
        candidateLoss: number
        /** 100 · (PPL_candidate / PPL_reference − 1) */
        deltaPercent: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        ci: null | number[]
        scoredTokens: number
        /** As the paper’s code has it: exponential of the mean over batches of so many sequences of their mean loss, the last batch shorter and of equal weight. Absent: it was not asked for. */
        batched?: {
          sequences: number
          reference: number
          candidate: number
          deltaPercent: number
        }
        window?: number
        stride?: number
        groups: {
          tokens: number[]
          /** Σ cross-entropy, nats */
          referenceLoss: number[]
          candidateLoss: number[]
        }
      }
      sliding: null | {
        reference: number
        candidate: number
        /** Mean cross-entropy, nats per scored token. */
        referenceLoss: number
        candidateLoss: number
        /** 100 · (PPL_candidate / PPL_reference − 1) */
        deltaPercent: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        ci: null | number[]
        scoredTokens: number
        /** As the paper’s code has it: exponential of the mean over batches of so many sequences of their mean loss, the last batch shorter and of equal weight. Absent: it was not asked for. */
        batched?: {
          sequences: number
          reference: number
          candidate: number
          deltaPercent: number
        }
        window?: number
        stride?: number
        groups: {
          tokens: number[]
          /** Σ cross-entropy, nats */
          referenceLoss: number[]
          candidateLoss: number[]
        }
      }
    }
    divergence: null | {
      /** KL(reference‖candidate), nats per scored token. */
      klMean: number
      /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
      klMeanCi: null | number[]
      klP99: number
      /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
      klP99Ci?: null | number[]
      top1Agreement: number
      /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
      top1AgreementCi: null | number[]
      scoredTokens: number
      /** KL and agreement by the probability of the reference’s likeliest token, in buckets. Absent in older reports. */
      byConfidence?: ({
        from: number
        to: number
        scoredTokens: number
        /** Null: no token fell into it. */
        klMean: null | number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        klMeanCi: null | number[]
        top1Agreement: null | number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        top1AgreementCi: null | number[]
        groups: {
          tokens: number[]
          /** Σ KL, nats */
          kl: number[]
          agreements: number[]
        }
      })[]
      /** KL and agreement by the kind of the token that is predicted; a token may be of several. `rare`: its id stands once in the audited text; `position-N`: the Nth eighth of what a sequence predicts. Kinds that nobody could tell, without a tokenizer, are left out. Absent in older reports. */
      byKind?: ({
        kind: 'digits' | 'code-punctuation' | 'non-latin' | 'white-space' | 'special' | 'rare' | 'position-1' | 'position-2' | 'position-3' | 'position-4' | 'position-5' | 'position-6' | 'position-7' | 'position-8'
        scoredTokens: number
        /** Null: no token fell into it. */
        klMean: null | number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        klMeanCi: null | number[]
        top1Agreement: null | number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        top1AgreementCi: null | number[]
        groups: {
          tokens: number[]
          /** Σ KL, nats */
          kl: number[]
          agreements: number[]
        }
      })[]
      /** Of single tokens, by the definitions of llama.cpp’s perplexity tool with --kl-divergence. Δp is of the correct token’s probability, as a fraction. Absent in older reports. */
      tokenStatistics?: {
        perplexity: {
          value: number
          /** Standard error, tokens taken as independent. */
          error: null | number
        }
        basePerplexity: {
          value: number
          /** Standard error, tokens taken as independent. */
          error: null | number
        }
        /** Of ln PPL(Q) with ln PPL(base), 0..1; null where one does not vary. */
        correlation: null | number
        logRatio: {
          value: number
          /** Standard error, tokens taken as independent. */
          error: null | number
        }
        ratio: {
          value: number
          /** Standard error, tokens taken as independent. */
          error: null | number
        }
        difference: {
          value: number
          /** Standard error, tokens taken as independent. */
          error: null | number
        }
        kl: {
          value: number
          /** Standard error, tokens taken as independent. */
          error: null | number
        }
        /** At 1, .999, .99, .95, .9, .75, .5, .25, .1, .05, .01, .001 and 0. */
        klQuantiles: number[]
        deltaP: {
          value: number
          /** Standard error, tokens taken as independent. */
          error: null | number
        }
        deltaPRms: {
          value: number
          /** Standard error, tokens taken as independent. */
          error: null | number
        }
        /** At 1, .999, .99, .95, .9, .75, .5, .25, .1, .05, .01, .001 and 0. */
        deltaPQuantiles: number[]
        sameTop: {
          value: number
          /** Standard error, tokens taken as independent. */
          error: null | number
        }
      }
      groups: {
        tokens: number[]
        /** Σ KL, nats */
        kl: number[]
        /** Per group, how many tokens have a KL above each of 64 levels, log-spaced from 1e-6 to 100 nats. Absent in older reports. */
        klAbove?: number[][]
        agreements: number[]
      }
    }
    features: ({
      readout: string
      sae: string
      hook: string
      width: number
      active: number
      thresholds: {
        /** ρ at or above: survived */
        survived: number
        /** ρ below: damaged */
        damaged: number
        /** reference firing rate above: active */
        active: number
      }
      survived: {
        count: number
        fraction: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        ci: null | number[]
        /** Estimated bias of the figure from finite text, in its own unit; it is in the interval, not taken off the figure. */
        bias?: number
      }
      degraded: {
        count: number
        fraction: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        ci: null | number[]
        /** Estimated bias of the figure from finite text, in its own unit; it is in the interval, not taken off the figure. */
        bias?: number
      }
      damaged: {
        count: number
        fraction: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        ci: null | number[]
        /** Estimated bias of the figure from finite text, in its own unit; it is in the interval, not taken off the figure. */
        bias?: number
      }
      /** Active features without variance in the candidate; they count as ρ = 0. */
      undefined: number
      /** Features that fire often enough, but alike at every position in both models: not among the active ones. Absent: none. */
      constant?: number
      meanCorrelation: number
      /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
      meanCorrelationCi: null | number[]
      /** Estimated bias of the figure from finite text, in its own unit; it is in the interval, not taken off the figure. */
      meanCorrelationBias?: number
      /** How alike neighbouring token groups are: lag-1 autocorrelation of their influence on ρ, averaged over the active features. About −1/groups where they are independent; above 0.1 intervals are too narrow. */
      neighbourCorrelation?: number
      medianCorrelation: number
      /** Σab / Σa², the factor between a feature’s activations in reference and candidate, over the active features. */
      gain?: {
        mean: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        ci: null | number[]
      }
      /** At which positions the active features fire (activation above 0) in reference and candidate: means over these features. */
      firing?: {
        /** Positions where both fire, of those where either does. */
        jaccard: number
        /** Of the mean index. Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        ci: null | number[]
        /** Positions where both fire, of those where the candidate does; 0 of a feature that never does. */
        precision: number
        /** Positions where both fire, of those where the reference does. */
        recall: number
        /** Features active in the reference that the candidate fires no more often than the threshold. */
        lost: number
      }
      /** Features that the candidate fires on more than the active threshold of the counted positions and the reference does not (--new-features). Absent: not asked for. */
      newFeatures?: {
        count: number
        /** Of them, those that the reference fires nowhere. */
        dead: number
        /** Those that the candidate fires most often. */
        most: {
          feature: number
          /** Part of the positions where the reference fires it. */
          referenceRate: number
          /** The same of the candidate. */
          candidateRate: number
          /** Largest activation in the candidate. */
          candidatePeak: number
        }[]
      }
      /** Which part of the features survives at the positions that predict each kind of token (--survival-by-kind), of at most 512 active features that are spread evenly over all of them. A token may be of several kinds. Absent: not asked for. */
      survivalByKind?: {
        /** That were looked at. */
        features: number
        /** At all positions that predict a token. */
        whole: {
          /** That count and predict a token of the kind. */
          positions: number
          /** Of the features looked at, those that the reference fires on more than the active threshold of these positions, and at 20 of them at least. */
          features: number
          /** The part of them with ρ at or above the threshold, ρ over these positions. */
          survived: null | number
          /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
          survivedCi: null | number[]
          meanCorrelation: null | number
        }
        kinds: ({
          kind: 'digits' | 'code-punctuation' | 'non-latin' | 'white-space' | 'special' | 'rare' | 'position-1' | 'position-2' | 'position-3' | 'position-4' | 'position-5' | 'position-6' | 'position-7' | 'position-8'
          /** That count and predict a token of the kind. */
          positions: number
          /** Of the features looked at, those that the reference fires on more than the active threshold of these positions, and at 20 of them at least. */
          features: number
          /** The part of them with ρ at or above the threshold, ρ over these positions. */
          survived: null | number
          /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
          survivedCi: null | number[]
          meanCorrelation: null | number
        })[]
        /** The same by the probability of the reference’s likeliest token, in the buckets of divergence.byConfidence. Absent: no losses were measured. */
        byConfidence?: ({
          from: number
          to: number
          /** That count and predict a token of the kind. */
          positions: number
          /** Of the features looked at, those that the reference fires on more than the active threshold of these positions, and at 20 of them at least. */
          features: number
          /** The part of them with ρ at or above the threshold, ρ over these positions. */
          survived: null | number
          /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
          survivedCi: null | number[]
          meanCorrelation: null | number
        })[]
      }
      /** ν = β of the candidate / β of the reference over the active features, quantiles: by how much of itself a feature’s direction is there in what the SAE rebuilds, and in what it leaves with the feature’s own part (--latent-scaling). Each feature’s is in the table. Absent: not asked for. */
      latentScaling?: {
        reconstruction: {
          features: number
          p05: null | number
          p25: null | number
          p50: null | number
          p75: null | number
          p95: null | number
        }
        error: {
          features: number
          p05: null | number
          p25: null | number
          p50: null | number
          p75: null | number
          p95: null | number
        }
      }
      /** The mean ρ with every position of each sequence, and without the first (without those that do not count; where all count, without position 0): how much the choice matters. */
      meanCorrelationByPositions: {
        all: number
        skipFirst: number
      }
      /** The candidate’s residual stream is this many times the reference’s and otherwise the same, and was not divided by it (--rescale): the figures stay as measured, say nothing about damage, and no rule on them is decided. Absent: it is not. */
      rescaled?: number
      /** The reference with random errors as large as the candidate’s in every output channel. Absent: not asked for, or the candidate’s matrices are not held as the reference’s. */
      equalErrors?: {
        perturbations: number
        /** Fraction of the active features that survive, over the perturbations. */
        survived: {
          mean: number
          least: number
          most: number
        }
        /** Mean ρ of the active features, over the perturbations. */
        meanCorrelation: {
          mean: number
          least: number
          most: number
        }
        /** Perturbations of which fewer features survive than of the candidate. */
        fewer: number
        /** One-sided rank test: random errors of its size let no more features survive than the candidate does. */
        pLower: number
        /** The same of no fewer. */
        pUpper: number
      }
      /** ‖x_candidate − x_reference‖ / ‖x_reference‖ over all positions, not centred. */
      residualError: number
      /** Fractions at other thresholds. */
      sensitivity: {
        survivedAt: number
        damagedAt: number
        survived: number
        degraded: number
        damaged: number
      }[]
      /** The active features that the candidate changed most, lowest ρ first, then those of the policy’s lists that are not among them, and where they fire: the highest activations in the reference, of different sequences. Absent in older reports, and where none is below the survived threshold and none is listed. */
      explained?: ({
        feature: number
        /** A rule of the policy lists it. Absent in older reports: it was not looked at. */
        watched?: boolean
        /** ρ; null: it no longer varies in the candidate. */
        correlation: null | number
        contexts: {
          sequence: number
          /** Of the token in its sequence. */
          position: number
          /** The tokens before it. */
          before: string
          /** Where the feature fires. */
          token: string
          after: string
          /** Activation in the reference. */
          reference: number
          /** Activation in the candidate at the same position. */
          candidate: number
        }[]
        /** Tokens whose logits its decoder row raises most, through the final norm’s gain and the unembedding. Empty: what it rebuilds is no part of the residual stream. */
        promotes: string[]
      })[]
      /** Do features still act the same? Each is taken away and pushed in both models where the reference fires it. Absent: not asked for. */
      causal?: {
        features: ({
          feature: number
          chosen: 'watched' | 'damaged' | 'sampled'
          /** ρ; null: undefined. */
          correlation: null | number
          /** In which the reference fires it, of those looked at. */
          sequences: number
          /** Scored positions from the first firing to the end of each sequence. */
          positions: number
          /** By the ablation: C’s interval from 0.9 on and B’s within [0.8, 1.25]; all of either elsewhere; between; no effect above the controls’. */
          verdict: 'survived' | 'changed' | 'undecided' | 'none'
          effects: ({
            /** ablate: x − f d, each model’s own f. ablate-reference: the reference’s f in both. steer: x + strength · peak · d. */
            edit: 'ablate' | 'ablate-reference' | 'steer'
            /** Of the reference’s peak; null: the feature is taken away. */
            strength: null | number
            /** C = Σ p e_r e_c / √(Σ p e_r² · Σ p e_c²), e = ln p^do − ln p, p the reference’s. */
            agreement: number
            /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
            agreementCi: null | number[]
            /** B = Σ p e_r e_c / Σ p e_r². */
            slope: number
            /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
            slopeCi: null | number[]
            /** KL(p ‖ p^do) in the reference, nats per position. */
            referenceKl: number
            /** The same in the candidate. */
            candidateKl: number
            /** Change of the loss, nats per token. */
            referenceLoss: number
            candidateLoss: number
          })[]
          /** 95 % quantile of KL(p ‖ p^do) of random vectors as long; null: no controls. */
          controlKl: null | number
        })[]
        /** Does ρ predict C? Spearman over the features with an effect; null: too few. */
        prediction: null | {
          spearman: number
          /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
          ci: null | number[]
          features: number
        }
        /** Features with an effect: ρ survived or not, and what they cause. */
        table: {
          survived: {
            survived: number
            changed: number
            undecided: number
          }
          notSurvived: {
            survived: number
            changed: number
            undecided: number
          }
        }
        /** Features whose effect is not above the controls’: in neither row. */
        noEffect: number
        /** Part of the features with an effect that act the same, by the values; sure: by the intervals. */
        survived: {
          fraction: null | number
          /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
          ci: null | number[]
        }
        controls: {
          /** Random vectors per feature. */
          vectors: number
          /** C of the reference against itself: 1. */
          selfAgreement: null | number
        }
        /** Per feature, at most. */
        sequences: number
      }
      /** How well each model goes on with what the SAE rebuilds in place of the hook’s value, at the positions that count. Absent: not asked for. */
      lossRecovered?: {
        /** The hook whose value is replaced. */
        replaced: string
        /** Scored tokens by token group. */
        tokens: number[]
        figures: ({
          /** What is recovered: loss, or KL from the model as it is (of which nothing is lost there). */
          of: 'loss' | 'kl'
          /** What stands in place of the value: zeros, or its mean. */
          ablation: 'zero' | 'mean'
          /** S = (L_ablated − L_sae) / (L_ablated − L_clean); null: the ablation costs nothing. */
          reference: null | number
          /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
          referenceCi: null | number[]
          candidate: null | number
          /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
          candidateCi: null | number[]
          /** S of the candidate less that of the reference. */
          delta: null | number
          /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
          deltaCi: null | number[]
        })[]
        /** Sums over the scored tokens by token group, nats, from which the figures can be had again. */
        groups: {
          reference: {
            cleanLoss: number[]
            saeLoss: number[]
            zeroLoss: number[]
            meanLoss: number[]
            saeKl: number[]
            zeroKl: number[]
            meanKl: number[]
          }
          candidate: {
            cleanLoss: number[]
            saeLoss: number[]
            zeroLoss: number[]
            meanLoss: number[]
            saeKl: number[]
            zeroKl: number[]
            meanKl: number[]
          }
        }
      }
      /** Features that a list of the policy gives a threshold. Absent: none. */
      monitors?: ({
        feature: number
        /** An activation above it raises the alarm. */
        threshold: number
        /** Positions counted. */
        positions: number
        /** Alarms in the reference. */
        before: number
        /** Alarms in the candidate. */
        after: number
        /** Alarms of the reference that the candidate does not raise. */
        missed: number
        /** Alarms of the candidate that the reference does not raise. */
        falseAlarms: number
        /** Missed alarms, of those of the reference; null: it raises none. */
        missedRate: null | number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        missedCi: null | number[]
        /** The counts by token group. */
        groups: {
          positions: number[]
          before: number[]
          after: number[]
          missed: number[]
        }
      })[]
      /** Parquet, one row per feature, relative to report.json. */
      table: string
      /** Of the table file; null before it is written. */
      tableSha256?: null | string
      /** Of the replicates file; null before it is written. */
      replicatesSha256?: null | string
      /** Parquet, one row per active feature: its ρ on every half-sample of the token groups (older reports: without each group), from which any interval can be had again. */
      replicates: null | string
    })[]
    /** The figures on the token groups whose text no calibration saw. Absent: there is nothing that it saw, or too few groups are left for an interval. */
    clean?: {
      scoredTokens: number
      perplexity: null | {
        reference: number
        candidate: number
        deltaPercent: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        ci: null | number[]
      }
      divergence: null | {
        klMean: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        klMeanCi: null | number[]
        top1Agreement: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        top1AgreementCi: null | number[]
      }
      /** Of the features that are active in the whole text. */
      features: ({
        readout: string
        survived: {
          count: number
          fraction: number
          /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
          ci: null | number[]
          /** Estimated bias of the figure from finite text, in its own unit; it is in the interval, not taken off the figure. */
          bias?: number
        }
        damaged: {
          count: number
          fraction: number
          /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
          ci: null | number[]
          /** Estimated bias of the figure from finite text, in its own unit; it is in the interval, not taken off the figure. */
          bias?: number
        }
        meanCorrelation: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        meanCorrelationCi: null | number[]
      })[]
    }
    dissociation: {
      /** By the measured values. */
      flag: boolean
      /** The intervals leave the flag undecided: possibly dissociated. Absent: they do not. */
      undecided?: boolean
      reason: string
    }
    /** Parts of the text that were looked at again. Absent: none was asked for. */
    stability?: ({
      /** The beginning of the audited text, sequences drawn from it, or its beginning with the reference in the candidate’s place. */
      kind: 'budget' | 'subset' | 'itself'
      /** Of the draw. */
      seed: null | number
      /** Positions given to the model. */
      tokens: number
      candidate: string
      readout: string
      /** By the firing rates of this part of the text. */
      active: number
      meanCorrelation: number
      medianCorrelation: number
      survived: {
        count: number
        fraction: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        ci: null | number[]
      }
      damaged: {
        count: number
        fraction: number
        /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
        ci: null | number[]
      }
    })[]
    rules: ({
      id: string
      metric: string
      /** Read-out id for feature metrics. */
      scope: null | string
      status: 'pass' | 'fail' | 'inconclusive' | 'waived' | 'skipped'
      level: 'error' | 'warning'
      operator: 'min' | 'max' | 'equals' | 'maxDrop' | 'maxRise'
      observed: null | number | boolean
      /** Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured. */
      ci: null | number[]
      limit: number | boolean
      message: string
      /** What would change it. */
      advice?: string
      waiver?: {
        reason: string
        expires: string
      }
      /** Line of the rule in the policy file, 1-based. */
      line?: number
    })[]
    /** Changes against the baseline report, one per metric and read-out. */
    baseline?: ({
      metric: string
      readout: null | string
      baseline: number
      current: number
      delta: number
    })[]
    /** Features that survived in the baseline and do not here. */
    newlyLost?: {
      readout: string
      features: number[]
    }[]
    warnings: string[]
  })[]
  warnings: string[]
  /** What the protocol check found, worst first. Absent: an older report, which was not checked. */
  protocol?: ({
    check: 'shards-missing' | 'reference-loss' | 'line-ends' | 'carriage-returns' | 'bos-left-out' | 'repeated-token' | 'special-tokens' | 'records-without-text' | 'first-position'
    /** not-evaluable: perplexity, divergence and dissociation stay as measured, and no rule on them passes. */
    grade: 'not-evaluable' | 'warning'
    /** The figure that the check goes by; what it is, the message says. */
    value: number
    message: string
  })[]
  /** The reference with every target weight moved by half a step of a 16-bit format, up or down by a seed: what a lossless scheme would score. Absent: not asked for. */
  noiseFloor?: {
    format: 'float16' | 'bfloat16'
    perturbations: number
    klMean: null | {
      mean: number
      least: number
      most: number
    }
    readouts: {
      id: string
      /** Fraction of the active features that survive, over the perturbations. */
      survived: {
        mean: number
        least: number
        most: number
      }
      /** Mean ρ of the active features, over the perturbations. */
      meanCorrelation: {
        mean: number
        least: number
        most: number
      }
    }[]
  }
  /** What of the audited text stands in the text that artifacts were calibrated on (--calibration). Absent: nobody said which that is. */
  contamination?: {
    /** The text, as it was named. */
    calibration: string
    /** Of the calibration text that were read. */
    tokens: number
    /** Of their ids. */
    sha256: string
    /** Tokens in a row that are looked for. */
    ngram: number
    /** Mean part of a sequence’s n-grams that stand there, too. */
    containment: number
    sequences: number
    /** Sequences of which a twentieth or more stands there. */
    contained: number
    /** Token groups without any of these. */
    cleanGroups: number
  }
  /** What was asked for and found in order: the null check. Absent: nothing. */
  notes?: string[]
}
export type CandidateReport = Report['candidates'][number]
export type FeaturesReport = CandidateReport['features'][number]
export type ReadoutReport = Report['readouts'][number]
export type RuleResult = CandidateReport['rules'][number]
export type ProtocolFinding = NonNullable<Report['protocol']>[number]
export type Interval = readonly [low: number, high: number] | null
export type Verdict = 'pass' | 'fail' | 'inconclusive'
