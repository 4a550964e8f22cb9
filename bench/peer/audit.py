"""The same audit as a plain PyTorch pipeline, written as a careful user would write it: what saegate is compared with.

One pass over the corpus in batches of blocks: both models' forward passes (the Hugging Face modules, spelled out with
torch.nn.functional), log_softmax over the whole vocabulary for losses and KL, the SAE on both residuals, and streaming
sums in float64 for every feature's correlation. float32 on the CPU, bfloat16 on CUDA (norms, logits, SAE and sums in
float32). Runs on torch 1.13 and on 2.x, where scaled_dot_product_attention is used as Hugging Face does.

    python3 audit.py --model DIR --sae DIR --ids FILE.npy --bits 6 --tokens 40960 --threads 2     prints JSON
    python3 audit.py --shape gemma2-2b --device cuda --tokens 40960        random weights made on the device, no files
"""
import argparse
import json
import math
import struct
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

DTYPES = {"F32": (np.float32, torch.float32), "F16": (np.float16, torch.float16), "BF16": (np.int16, torch.bfloat16)}


def read_safetensors(path):
    """Name -> tensor in its stored type. Format: https://github.com/huggingface/safetensors"""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    data = np.memmap(path, np.uint8, "c", offset=8 + length)
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        numpy_type, torch_type = DTYPES[entry["dtype"]]
        tensor = torch.from_numpy(data[start:end].view(numpy_type).reshape(entry["shape"]))
        tensors[name] = tensor.view(torch.bfloat16) if torch_type is torch.bfloat16 else tensor
    return tensors


def round_to_nearest(weight, bits):
    """Symmetric, one scale per output channel."""
    weight = weight.double()
    limit = 2 ** (bits - 1) - 1
    scale = weight.abs().amax(1, keepdim=True) / limit
    scale = torch.where(scale == 0, torch.ones_like(scale), scale)
    return (torch.clamp(torch.round(weight / scale), -limit - 1, limit) * scale).float()


def is_projection(name):
    return name.endswith(".weight") and any(
        part in name for part in ("query_key_value", "attention.dense", "mlp.dense", "_proj.")
    )


def rotary_tables(length, size, base, device):
    inverse = base ** -(torch.arange(0, size, 2, dtype=torch.float64) / size)
    angles = torch.outer(torch.arange(length, dtype=torch.float64), inverse)
    angles = torch.cat([angles, angles], -1)
    return angles.cos().float().to(device), angles.sin().float().to(device)


def rotate(x, cos, sin):
    """x (batch, heads, length, head); only the first cos.shape[-1] entries of a head are turned."""
    size = cos.shape[-1]
    turned, rest = x[..., :size], x[..., size:]
    half = size // 2
    swapped = torch.cat([-turned[..., half:], turned[..., :half]], -1)
    turned = turned * cos.to(x.dtype) + swapped * sin.to(x.dtype)
    return turned if rest.shape[-1] == 0 else torch.cat([turned, rest], -1)


def attend(q, k, v, scale, softcap, mask):
    """Causal attention (batch, heads, length, head)."""
    if softcap is None and hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v, is_causal=True, scale=scale)
    scores = (q @ k.transpose(-1, -2)) * scale
    if softcap is not None:
        scores = softcap * torch.tanh(scores / softcap)
    return torch.softmax(scores.masked_fill(mask, torch.finfo(scores.dtype).min), -1) @ v


class GptNeoX:
    def __init__(self, config, weights, hook_layer, length, device):
        self.config, self.w, self.hook_layer = config, weights, hook_layer
        self.heads = config["num_attention_heads"]
        self.size = config["hidden_size"] // self.heads
        rotary = int(self.size * config["rotary_pct"])
        self.cos, self.sin = rotary_tables(length, rotary, config["rotary_emb_base"], device)
        self.mask = torch.ones(length, length, dtype=torch.bool, device=device).triu(1)
        self.unembedding, self.logit_softcap = weights["embed_out.weight"], None

    def norm(self, x, name):
        w, b = self.w[name + ".weight"], self.w[name + ".bias"]
        return F.layer_norm(x, (x.shape[-1],), w, b, self.config["layer_norm_eps"])

    def linear(self, x, name):
        return F.linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def forward(self, ids):
        """ids (batch, length) -> final hidden state and the tapped residual, (batch, length, d)."""
        batch, length = ids.shape
        x, tap = self.w["gpt_neox.embed_in.weight"][ids], None
        for layer in range(self.config["num_hidden_layers"]):
            at = "gpt_neox.layers.%d." % layer
            fused = self.linear(self.norm(x, at + "input_layernorm"), at + "attention.query_key_value")
            fused = fused.view(batch, length, self.heads, 3 * self.size).transpose(1, 2)
            q, k, v = fused.chunk(3, -1)
            q, k = rotate(q, self.cos, self.sin), rotate(k, self.cos, self.sin)
            z = attend(q, k, v, self.size**-0.5, None, self.mask)
            z = z.transpose(1, 2).reshape(batch, length, -1)
            mlp = F.gelu(self.linear(self.norm(x, at + "post_attention_layernorm"), at + "mlp.dense_h_to_4h"))
            x = x + self.linear(z, at + "attention.dense") + self.linear(mlp, at + "mlp.dense_4h_to_h")
            if layer == self.hook_layer:
                tap = x
        return self.norm(x, "gpt_neox.final_layer_norm"), tap


class Gemma2:
    def __init__(self, config, weights, hook_layer, length, device):
        self.config, self.w, self.hook_layer = config, weights, hook_layer
        self.cos, self.sin = rotary_tables(length, config["head_dim"], config["rope_theta"], device)
        rows = torch.arange(length, device=device)
        causal = rows[None, :] > rows[:, None]
        self.masks = [causal | (rows[None, :] <= rows[:, None] - config["sliding_window"]), causal]
        self.unembedding = weights["model.embed_tokens.weight"]
        self.logit_softcap = config["final_logit_softcapping"]

    def norm(self, x, name):
        wide = x.float()
        wide = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + self.config["rms_norm_eps"])
        return (wide * (1 + self.w[name + ".weight"].float())).to(x.dtype)

    def linear(self, x, name):
        return F.linear(x, self.w[name + ".weight"])

    def attention(self, x, at, mask):
        batch, length, _ = x.shape
        heads, kv, size = (self.config[k] for k in ("num_attention_heads", "num_key_value_heads", "head_dim"))
        split = lambda name, n: self.linear(x, at + name).view(batch, length, n, size).transpose(1, 2)
        q = rotate(split("self_attn.q_proj", heads), self.cos, self.sin)
        k = rotate(split("self_attn.k_proj", kv), self.cos, self.sin).repeat_interleave(heads // kv, 1)
        v = split("self_attn.v_proj", kv).repeat_interleave(heads // kv, 1)
        scale = self.config["query_pre_attn_scalar"] ** -0.5
        z = attend(q, k, v, scale, self.config["attn_logit_softcapping"], mask)
        return self.linear(z.transpose(1, 2).reshape(batch, length, -1), at + "self_attn.o_proj")

    def forward(self, ids):
        x, tap = self.w["model.embed_tokens.weight"][ids], None
        x = x * torch.tensor(self.config["hidden_size"] ** 0.5, dtype=x.dtype)
        for layer in range(self.config["num_hidden_layers"]):
            at = "model.layers.%d." % layer
            mask = self.masks[layer % 2]
            z = self.attention(self.norm(x, at + "input_layernorm"), at, mask)
            x = x + self.norm(z, at + "post_attention_layernorm")
            h = self.norm(x, at + "pre_feedforward_layernorm")
            gate = F.gelu(self.linear(h, at + "mlp.gate_proj"), approximate="tanh")
            h = self.linear(gate * self.linear(h, at + "mlp.up_proj"), at + "mlp.down_proj")
            x = x + self.norm(h, at + "post_feedforward_layernorm")
            if layer == self.hook_layer:
                tap = x
        return self.norm(x, "model.norm"), tap


def log_probabilities(model, hidden):
    logits = F.linear(hidden, model.unembedding).float()
    if model.logit_softcap is not None:
        logits = model.logit_softcap * torch.tanh(logits / model.logit_softcap)
    return F.log_softmax(logits, -1)


def encode(x, sae):
    pre = torch.addmm(sae["b_enc"], x.float(), sae["W_enc"])
    a = F.relu(pre)
    return a if "threshold" not in sae else a * (pre > sae["threshold"])


class Sums:
    """Streaming sums of one SAE: float32 over a chunk, float64 over the corpus."""

    def __init__(self, width, device):
        self.all = {k: torch.zeros(width, dtype=torch.float64, device=device) for k in ("a", "b", "aa", "bb", "ab", "n")}
        self.rows = 0

    def add(self, a, b):
        for key, values in (("a", a), ("b", b), ("aa", a * a), ("bb", b * b), ("ab", a * b), ("n", (a > 0).float())):
            self.all[key] += values.sum(0).double()
        self.rows += a.shape[0]

    def correlations(self, threshold):
        s = {k: v.cpu().numpy() for k, v in self.all.items()}
        n = self.rows
        covariance = s["ab"] - s["a"] * s["b"] / n
        va, vb = s["aa"] - s["a"] ** 2 / n, s["bb"] - s["b"] ** 2 / n
        with np.errstate(all="ignore"):
            rho = np.where((va > 0) & (vb > 1e-12 * s["bb"]), covariance / np.sqrt(va * vb), 0.0)
        return rho[s["n"] / n > threshold]


class Clock:
    """Seconds by stage; waits for the GPU before it looks."""

    def __init__(self, device):
        self.device, self.seconds, self.last = device, {}, time.perf_counter()

    def note(self, stage):
        if self.device.type == "cuda":
            torch.cuda.synchronize()
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self.last
        self.last = now


def audit(models, sae, ids, batch, chunk, clock):
    device = ids.device
    totals = {"loss": [0.0, 0.0], "kl": 0.0, "agree": 0, "scored": 0}
    sums = Sums(sae["W_enc"].shape[1], device)
    for start in range(0, ids.shape[0], batch):
        blocks = ids[start : start + batch]
        targets = blocks[:, 1:].reshape(-1)
        outputs = [model.forward(blocks) for model in models]
        clock.note("body")
        p, q = (log_probabilities(m, h[:, :-1].flatten(0, 1)) for m, (h, _) in zip(models, outputs))
        for i, log in enumerate((p, q)):
            totals["loss"][i] -= log.gather(1, targets[:, None]).double().sum().item()
        totals["kl"] += (p.exp() * (p - q)).sum(-1).double().sum().item()
        totals["agree"] += (p.argmax(-1) == q.argmax(-1)).sum().item()
        totals["scored"] += targets.numel()
        del p, q
        clock.note("head")
        taps = [tap.flatten(0, 1) for _, tap in outputs]
        for row in range(0, taps[0].shape[0], chunk):
            sums.add(*(encode(tap[row : row + chunk], sae) for tap in taps))
        clock.note("features")
    return totals, sums


def random_gemma(device):
    config = dict(hidden_size=2304, num_hidden_layers=26, num_attention_heads=8, num_key_value_heads=4, head_dim=256)
    config.update(intermediate_size=9216, vocab_size=256000, query_pre_attn_scalar=256, sliding_window=4096)
    config.update(attn_logit_softcapping=50.0, final_logit_softcapping=30.0, rms_norm_eps=1e-6, rope_theta=10000.0)
    config["model_type"] = "gemma2"
    torch.manual_seed(2)
    make = lambda out, fan_in: torch.randn(out, fan_in, device=device, dtype=torch.bfloat16) * fan_in**-0.5
    zeros = lambda: torch.zeros(2304, device=device, dtype=torch.bfloat16)
    weights = {"model.embed_tokens.weight": make(256000, 2304), "model.norm.weight": zeros()}
    shapes = {"self_attn.q_proj": (2048, 2304), "self_attn.k_proj": (1024, 2304), "self_attn.v_proj": (1024, 2304)}
    shapes.update({"self_attn.o_proj": (2304, 2048), "mlp.gate_proj": (9216, 2304), "mlp.up_proj": (9216, 2304)})
    shapes["mlp.down_proj"] = (2304, 9216)
    for layer in range(26):
        for name, (out, fan_in) in shapes.items():
            weights["model.layers.%d.%s.weight" % (layer, name)] = make(out, fan_in)
        for norm in ("input", "post_attention", "pre_feedforward", "post_feedforward"):
            weights["model.layers.%d.%s_layernorm.weight" % (layer, norm)] = zeros()
    sae = {"W_enc": torch.randn(2304, 16384, device=device) / (2304 * 27) ** 0.5, "b_enc": -torch.rand(16384, device=device) * 5}
    return config, weights, sae


def load(arguments, device, dtype):
    if arguments.model is None:
        return random_gemma(device)
    with open(arguments.model + "/config.json") as file:
        config = json.load(file)
    weights = {k: v.to(device, dtype) for k, v in read_safetensors(arguments.model + "/model.safetensors").items()}
    sae = {k: v.to(device).float() for k, v in read_safetensors(arguments.sae + "/sae_weights.safetensors").items()}
    del sae["W_dec"]
    return config, weights, sae


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model")
    parser.add_argument("--sae")
    parser.add_argument("--ids")
    parser.add_argument("--shape", choices=["pythia-70m", "gemma2-2b"], default="pythia-70m")
    parser.add_argument("--bits", type=int, default=6)
    parser.add_argument("--tokens", type=int, default=40960)
    parser.add_argument("--block-length", type=int)
    parser.add_argument("--hook-layer", type=int)
    parser.add_argument("--batch", type=int, help="blocks at a time")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--active", type=float, default=0.001)
    arguments = parser.parse_args()
    gemma = arguments.shape == "gemma2-2b"
    if arguments.model is None and not gemma:
        sys.exit("audit.py: --model, --sae and --ids are needed (without them only --shape gemma2-2b runs)")
    arguments.block_length = arguments.block_length or (256 if gemma else 512)
    arguments.hook_layer = arguments.hook_layer or (12 if gemma else 4)
    arguments.batch = arguments.batch or (4 if arguments.device == "cpu" else 8)
    return arguments


def main():
    arguments = parse()
    started = time.perf_counter()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    device = torch.device(arguments.device)
    dtype = torch.float32 if device.type == "cpu" else torch.bfloat16
    clock = Clock(device)
    with torch.no_grad():
        config, weights, sae = load(arguments, device, dtype)
        rounded = {
            name: round_to_nearest(w, arguments.bits).to(dtype) if is_projection(name) else w
            for name, w in weights.items()
        }
        make = Gemma2 if config["model_type"] == "gemma2" else GptNeoX
        length = arguments.block_length
        models = [make(config, w, arguments.hook_layer, length, device) for w in (weights, rounded)]
        count = arguments.tokens // length
        if arguments.ids is None:
            ids = torch.randint(config["vocab_size"], (count, length), device=device)
        else:
            ids = torch.from_numpy(np.load(arguments.ids)[: count * length].astype(np.int64)).view(count, length).to(device)
        clock.note("load")
        totals, sums = audit(models, sae, ids, arguments.batch, 2048, clock)
        rho = sums.correlations(arguments.active)
        clock.note("statistics")
    scored = totals["scored"]
    result = {
        "torch": torch.__version__,
        "device": "cpu" if device.type == "cpu" else torch.cuda.get_device_name(),
        "threads": torch.get_num_threads(),
        "tokens": int(ids.numel()),
        "perplexity": [math.exp(loss / scored) for loss in totals["loss"]],
        "loss": [loss / scored for loss in totals["loss"]],
        "kl": totals["kl"] / scored,
        "top1Agreement": totals["agree"] / scored,
        "active": int(rho.size),
        "survived": int((rho >= 0.9).sum()),
        "meanCorrelation": float(rho.mean()) if rho.size else None,
        "seconds": clock.seconds,
        "total": time.perf_counter() - started,
    }
    print(json.dumps(result))


main()
