import { i as problem } from "./shared-problem.js";
// src/errors/checkpoints.ts
/** @file What can be wrong with a checkpoint: its folder, its container format, one of its tensors. */
const shown = (shape) => `[${shape.join(", ")}]`;
const safetensorsMalformed = problem("SAFETENSORS_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a valid safetensors file: ${reason}.`,
	fix: "Fetch the file again; if it stays the same, whoever wrote it has to write it anew."
}));
/** `config`: what said that there would be such a tensor. */
const tensorMissing = problem("TENSOR_MISSING", 2, (checkpoint, tensor, config = "config.json") => ({
	message: `${checkpoint} has no tensor "${tensor}".`,
	fix: `Check that ${config} belongs to these weights and that the file is complete.`
}));
const tensorNotFloat = problem("TENSOR_NOT_FLOAT", 2, (file, tensor, dtype) => ({
	message: `${file}: tensor "${tensor}" is stored as ${dtype}, which is not a floating-point weight by itself.`,
	fix: "If the model is quantized, its config.json must say how (quantization_config)."
}));
const tensorNotFinite = problem("TENSOR_NOT_FINITE", 2, (file, tensor, value, index) => ({
	message: `${file}: tensor "${tensor}" has ${value} at ${shown(index)}.`,
	fix: "Weights must be finite numbers, and below 2^60, so that their products are. Write the checkpoint again; overflow while converting is the usual cause."
}));
const indexMalformed = problem("SHARD_INDEX_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a usable index of shards: ${reason}.`,
	fix: "Fetch the index again from where the checkpoint came from."
}));
const shardMissing = problem("SHARD_MISSING", 2, (index, shard, tensors) => ({
	message: `${index} names the shard "${shard}" for ${tensors} tensors, but the file is not there.`,
	fix: "Download the missing shard into the same folder."
}));
const partMissing = problem("PART_MISSING", 2, (file, part, parts) => ({
	message: `${file} is one of ${parts} parts of a model, but "${part}" is not beside it.`,
	fix: "Download all parts into one folder, and name that folder."
}));
const tensorNotInShard = problem("TENSOR_NOT_IN_SHARD", 2, (index, tensor, shard) => ({
	message: `${index} says that tensor "${tensor}" is in "${shard}", but that file does not have it.`,
	fix: "The index and the shards are of different versions. Fetch all of them again."
}));
const npyMalformed = problem("NPY_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a usable .npy array: ${reason}.`,
	fix: "Write it again, for example with numpy.save(file, a) and a little-endian dtype of numbers."
}));
const npzMalformed = problem("NPZ_MALFORMED", 2, (file, reason) => ({
	message: `${file} is not a usable .npz archive: ${reason}.`,
	fix: "Fetch it again, or write it again with numpy.savez."
}));
/** `deeper`: folders inside that hold one. */
const noConfig = problem("NO_CONFIG", 2, (spec, deeper) => ({
	message: `${spec} has no config.json, so nothing says what model the weights make${deeper.length === 0 ? "" : `; there is one in ${deeper.slice(0, 8).join(", ")}${deeper.length > 8 ? ", …" : ""}`}.`,
	fix: deeper.length === 0 ? "Name the Hugging Face folder that holds config.json, tokenizer.json and the *.safetensors files." : `Name that folder: ${spec.replace(/\/+$/, "")}/${deeper[0]}.`
}));
const noWeights = problem("NO_WEIGHTS", 2, (spec, found) => ({
	message: `${spec} has no weights that can be read (*.safetensors, *.gguf)${found.length ? `; it has ${found.slice(0, 8).join(", ")}` : ""}.`,
	fix: "Check that the download is complete, and that the spec names the folder with the weights."
}));
const pickleRefused = problem("PICKLE_REFUSED", 2, (spec, file) => ({
	message: `${spec} has its weights only as ${file}, a Python pickle: reading one can run any code, so it is never done.`,
	fix: "Convert it once where Python is at hand: AutoModelForCausalLM.from_pretrained(folder).save_pretrained(out, safe_serialization=True)."
}));
const adapterOnly = problem("ADAPTER_ONLY", 2, (spec, sign) => ({
	message: `${spec} holds an adapter (${sign}), not a whole model.`,
	fix: "Merge the adapter into its base model, save the result, and audit that."
}));
const adapterUnmerged = problem("ADAPTER_UNMERGED", 2, (spec, tensor) => ({
	message: `${spec} stores an adapter beside the weights ("${tensor}"), which are not the model's without it.`,
	fix: "Merge the adapter into the weights (PEFT: merge_and_unload), save the result, and audit that folder."
}));
const severalWeights = problem("WEIGHTS_AMBIGUOUS", 2, (spec, files) => ({
	message: `${spec} has several weight files and no index that says which belong together: ${files.slice(0, 8).join(", ")}.`,
	fix: "Add model.safetensors.index.json, or name a folder with one checkpoint only."
}));
const notACheckpoint = problem("NOT_A_CHECKPOINT", 2, (spec, name) => ({
	message: `${spec}: "${name}" is not a checkpoint that can be read.`,
	fix: "Name a Hugging Face folder (config.json and *.safetensors), or a .gguf file."
}));
export { tensorNotInShard as _, noWeights as a, npzMalformed as c, safetensorsMalformed as d, severalWeights as f, tensorNotFloat as g, tensorNotFinite as h, noConfig as i, partMissing as l, tensorMissing as m, adapterUnmerged as n, notACheckpoint as o, shardMissing as p, indexMalformed as r, npyMalformed as s, adapterOnly as t, pickleRefused as u };
