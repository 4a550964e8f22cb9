"""Encoders as people write them, exported by PyTorch's own exporter, and what PyTorch computes with them.

    python3 make.py      (torch 1.13; writes *.onnx and expected.json beside itself; not run by the tests)
"""
import json
import os
import torch
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
D, F, K, ROWS = 6, 40, 7, 5
torch.manual_seed(11)


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.W_enc = nn.Parameter(torch.randn(D, F))
        self.b_enc = nn.Parameter(torch.randn(F))
        self.W_dec = nn.Parameter(torch.randn(F, D))
        self.b_dec = nn.Parameter(torch.randn(D))


class Standard(Plain):
    """SAELens' standard, decoder behind it, both given."""

    def forward(self, x):
        f = torch.relu((x - self.b_dec) @ self.W_enc + self.b_enc)
        return f, f @ self.W_dec + self.b_dec


class Linear(nn.Module):
    """nn.Linear both ways; only what is rebuilt is given; the rows are scaled first and back."""

    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = nn.Linear(D, F), nn.Linear(F, D)

    def forward(self, x):
        return self.decoder(torch.relu(self.encoder(x * 0.5))) / 0.5


class Jump(Plain):
    def __init__(self):
        super().__init__()
        self.threshold = nn.Parameter(torch.randn(F).abs())

    def forward(self, x):
        z = x @ self.W_enc + self.b_enc
        return torch.relu(z) * (z > self.threshold).float()


class JumpWhere(Jump):
    def forward(self, x):
        z = x @ self.W_enc + self.b_enc
        return torch.where(z > self.threshold, z, torch.zeros_like(z))


class BatchTopK(Plain):
    """dictionary_learning: the relu above one threshold."""

    def forward(self, x):
        f = torch.relu((x - self.b_dec) @ self.W_enc + self.b_enc)
        return f * (f > 1.5)


class TopK(Plain):
    def forward(self, x):
        z = (x - self.b_dec) @ self.W_enc + self.b_enc
        top = torch.topk(z, K, dim=-1)
        return torch.zeros_like(z).scatter(-1, top.indices, torch.relu(top.values))


class Gated(Plain):
    def __init__(self):
        super().__init__()
        self.b_gate, self.b_mag, self.r_mag = (nn.Parameter(torch.randn(F)) for _ in range(3))

    def forward(self, x):
        x = x - self.b_dec
        gate = (x @ self.W_enc + self.b_gate > 0).float()
        return gate * torch.relu(x @ (self.W_enc * self.r_mag.exp()) + self.b_mag)


class ByNorm(Plain):
    """Activations in units of the decoder's norms."""

    def forward(self, x):
        return torch.relu(x @ self.W_enc + self.b_enc) * self.W_dec.norm(dim=-1)


class Normed(Plain):
    """Rows normalised before: refused."""

    def forward(self, x):
        x = (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True) + 1e-5)
        return torch.relu(x @ self.W_enc + self.b_enc)


class Signed(Plain):
    """No ReLU: refused."""

    def forward(self, x):
        z = x @ self.W_enc + self.b_enc
        top = torch.topk(z, K, dim=-1)
        return torch.zeros_like(z).scatter(-1, top.indices, top.values)


CASES = {
    "standard": (Standard, False), "linear": (Linear, False), "linear-3d": (Linear, True), "jump": (Jump, False),
    "jump-where": (JumpWhere, True), "batch-top-k": (BatchTopK, False), "top-k": (TopK, False),
    "gated": (Gated, True), "by-norm": (ByNorm, False), "normed": (Normed, False), "signed": (Signed, False),
}

expected = {}
for name, (kind, batched) in CASES.items():
    model = kind().eval()
    x = torch.randn(ROWS, D) * 2
    fed = x[None] if batched else x
    with torch.no_grad():
        out = model(fed)
        outs = [o.reshape(-1, o.shape[-1]).tolist() for o in (out if isinstance(out, tuple) else (out,))]
    axes = {0: "batch", 1: "position"} if batched else {0: "rows"}
    torch.onnx.export(model, fed, os.path.join(HERE, name + ".onnx"), opset_version=14, input_names=["x"],
                      dynamic_axes={"x": axes}, do_constant_folding=name != "gated")
    expected[name] = {"rows": x.tolist(), "outputs": outs}
D, F = 128, 48
torch.onnx.export(Standard(), torch.randn(3, D), os.path.join(HERE, "wide.onnx"), opset_version=14, input_names=["x"],
                  dynamic_axes={"x": {0: "rows"}})
with open(os.path.join(HERE, "expected.json"), "w") as file:
    json.dump({"torch": torch.__version__, "cases": expected}, file)
