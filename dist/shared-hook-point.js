// src/contract/hook-point.ts
/** @file Places in a decoder where activations are read, by their TransformerLens names. */
/** Of the model as a whole, before its first block. */
const MODEL_HOOKS = ["hook_embed"];
/** Of a block. */
const BLOCK_HOOKS = [
	"hook_resid_pre",
	"hook_resid_mid",
	"hook_resid_post",
	"hook_attn_out",
	"hook_mlp_out",
	"attn.hook_out",
	"mlp.hook_out",
	"attn.hook_q",
	"attn.hook_k",
	"attn.hook_v",
	"attn.hook_z",
	"mlp.hook_in",
	"ln2.hook_normalized"
];
const HOOK_NAMES = [...BLOCK_HOOKS, ...MODEL_HOOKS];
const isOfModel = (name) => MODEL_HOOKS.some((known) => known === name);
/** `blocks.4.hook_resid_post`, `hook_embed` */
function hookName(hook) {
	return isOfModel(hook.name) ? hook.name : `blocks.${hook.layer}.${hook.name}`;
}
/** The inverse of `hookName`; null when the text is no hook point that saegate can read. */
function parseHookPoint(text) {
	const ofModel = MODEL_HOOKS.find((known) => known === text);
	if (ofModel !== void 0) return {
		layer: 0,
		name: ofModel
	};
	const match = /^blocks\.(\d{1,4})\.(.+)$/.exec(text);
	const name = BLOCK_HOOKS.find((known) => known === match?.[2]);
	if (match === null || name === void 0) return null;
	return {
		layer: Number(match[1]),
		name
	};
}
/** Is it the residual stream itself, or something that is added to it? */
function isInStream({ name }) {
	return name.startsWith("hook_");
}
export { parseHookPoint as i, hookName as n, isInStream as r, HOOK_NAMES as t };
