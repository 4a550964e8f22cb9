import { i as problem } from "./shared-problem.js";
// src/errors/audit.ts
/** @file Problems met while an audit runs. */
const spillFailed = problem("SPILL_FAILED", 3, (folder, needed, reason) => ({
	message: `Writing captured activations to ${folder} failed: ${reason}. One of its captures alone takes ${needed} there.`,
	fix: "Free space, set TMPDIR to a larger disk, raise --memory so that less is spilled, or lower --tokens."
}));
const candidateIsReference = problem("CANDIDATE_IS_REFERENCE", 2, (candidate, reference) => ({
	message: `${candidate} is the reference: its weights and config.json are the files of ${reference}, so it would pass every rule.`,
	fix: "Name the compressed model. What an audit says of a model against itself is checked with --null-check."
}));
const groupSumsMalformed = problem("GROUP_SUMS_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a file of group sums that can be used: ${reason}.`,
	fix: "Measure it again with this version of saegate."
}));
const nullCheckFailed = problem("NULL_CHECK_FAILED", 3, (readout, feature, rho) => ({
	message: `The reference audited against itself gives ρ = ${rho} for feature ${feature} of ${readout}; it must be 1 to six decimals.`,
	fix: "The numbers of this machine cannot be trusted. Run `saegate doctor`, try --threads 1 or --device cpu, and report this message."
}));
const badFit = problem("SAE_BAD_FIT", 2, (sae, hook, unexplained, l0) => ({
	message: `${sae} does not fit ${hook} of this reference: it leaves ${unexplained} of the variance unexplained with ${l0} features firing per token. Its correlations would say nothing about the model.`,
	fix: "Check that the SAE was trained on this model and hook, and --center; --allow-bad-fit audits all the same."
}));
const residualsAlike = problem("RESIDUALS_ALIKE", 2, (corpus, hook) => ({
	message: `${corpus} gives all positions the same residual at ${hook}: without variance nothing can be correlated, and no SAE can be judged.`,
	fix: "Use real text: several paragraphs, not one word or character repeated."
}));
const positionsLeaveNothing = problem("POSITIONS_LEAVE_NOTHING", 2, (readout, positions, blockLength) => ({
	message: `At ${readout} positions are counted by ${positions}, which leaves nothing of sequences of ${blockLength}.`,
	fix: "Use longer sequences (--block-length), or leave out fewer positions (--positions)."
}));
const untilDecidedImpossible = problem("UNTIL_DECIDED_IMPOSSIBLE", 2, (why) => ({
	message: `--until-decided cannot be done here: ${why}.`,
	fix: "Leave --until-decided out, or what it does not go with."
}));
const lanesInvalid = problem("LANES_INVALID", 2, (value) => ({
	message: `SAEGATE_LANES is ${JSON.stringify(value.slice(0, 40))}, which is not a whole number of 1 or more.`,
	fix: "Unset it, or say how many copies of a graph may run side by side: 1 for the least memory."
}));
const roundsInvalid = problem("ROUNDS_INVALID", 2, (value) => ({
	message: `SAEGATE_ROUNDS is ${JSON.stringify(value.slice(0, 40))}, which is neither graph nor stages.`,
	fix: "Unset it: the plan of an audit decides how the models of a round are run."
}));
const captureNotFinite = problem("CAPTURE_NOT_FINITE", 3, (model, place, token) => ({
	message: `${model}: ${place} is not finite at token ${token}; the forward pass overflowed.`,
	fix: "On a GPU try --device cpu (float32). If it stays, the checkpoint itself is broken."
}));
const UNROTATED = "Give a checkpoint quantized without rotation (no QuaRot, SpinQuant or Hadamard transforms)";
const TURN_BACK = {
	checkpoint: "Pass --unrotate to turn its residual stream back where the embeddings say how.",
	onnx: "Give its checkpoint in place of the ONNX model: that can be turned back (--unrotate), which changes nothing for an ONNX model."
};
const candidateRotated = problem("CANDIDATE_ROTATED", 2, (name, reason, kind) => ({
	message: `${name} lives in another basis: ${reason}. A rotated model computes the same function, but a sparse autoencoder trained on the reference would see every feature gone.`,
	fix: `${TURN_BACK[kind]} ${UNROTATED} otherwise.`
}));
const rotationInexact = problem("ROTATION_INEXACT", 2, (name, reason, error, limit) => ({
	message: `${name} is rotated (${reason}) and cannot be turned back: ${error === null ? "the embeddings do not determine a rotation" : `the best rotation between the embeddings leaves ${(100 * error).toFixed(1)} % unexplained, at most ${100 * limit} % is exact enough`}.`,
	fix: `${UNROTATED}.`
}));
const rotationAtRunTime = problem("ROTATION_AT_RUN_TIME", 2, (name, which) => ({
	message: `${name} rotates activations at run time (quantization_config.transform_config: ${which}), which is not computed here.`,
	fix: `${UNROTATED}, or export it to ONNX with its transforms and give that file.`
}));
const modelTooLarge = problem("MODEL_TOO_LARGE", 2, (name, { needed, available, limitedBy, isWhole }) => ({
	message: `The audit of ${name} needs about ${needed} of memory${isWhole ? " with every model whole" : ", with one block at a time"}; ${available} are available${limitedBy === "container" ? " under the limit of this container" : ""}.`,
	fix: isWhole ? "Leave --weights to auto, or say stream." : "Lower --memory, use fewer tokens or a narrower SAE, free memory, or take a larger machine; `saegate plan` lists what is held."
}));
const diskTooSmall = problem("DISK_TOO_SMALL", 2, (folder, needed, free) => ({
	message: `The audit puts ${needed} of activations into a temporary file in ${folder}, which has ${free} left.`,
	fix: "Point TMPDIR at a disk with more room, raise --memory where there is memory, take --stream-rows half, or use fewer tokens."
}));
const digestUnexpected = problem("DIGEST_UNEXPECTED", 2, (what, found, { digests, input }) => ({
	message: `${what} ${found === null ? "has no digest of its own" : `has the sha256 ${found}`}; expected ${digests.slice(0, 4).join(" or ")}${digests.length > 4 ? " or another of those given" : ""}. Nothing was run.`,
	fix: `Give what was meant, or, where this is what is meant, its digest (report.json has it) as ${input} (on the command line --${input}).`
}));
export { untilDecidedImpossible as _, digestUnexpected as a, lanesInvalid as c, positionsLeaveNothing as d, residualsAlike as f, spillFailed as g, roundsInvalid as h, captureNotFinite as i, modelTooLarge as l, rotationInexact as m, candidateIsReference as n, diskTooSmall as o, rotationAtRunTime as p, candidateRotated as r, groupSumsMalformed as s, badFit as t, nullCheckFailed as u };
