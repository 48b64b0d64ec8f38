"""Graphs as Rockpool itself writes and reads them, each with an input and what it gives: pip install rockpool nirtorch."""
import json
import warnings

warnings.filterwarnings("ignore")
import nir
import numpy as np
import torch
from rockpool.nn.combinators import Sequential
from rockpool.nn.modules import LIFTorch, LinearTorch, from_nir, to_nir

torch.manual_seed(4)
x = (torch.rand(1, 300, 3) < 0.4).float()


def each(n, first, last=None):
    return np.linspace(first, first if last is None else last, n).astype(np.float32)


def cuba(n, dt):
    tau = each(n, 0.01, 0.04)
    return nir.CubaLIF(tau_syn=each(n, 0.02, 0.005), tau_mem=tau, r=(tau / dt - 1).astype(np.float32), v_leak=each(n, 0.01, 0.03),
                       v_threshold=each(n, 0.5, 1.5), v_reset=each(n, 0), w_in=each(n, 1))


def recurrent():
    rng = np.random.default_rng(4)
    w = lambda *shape: rng.normal(0, 0.6, shape).astype(np.float32)
    size = lambda n: {"input": np.array([n])}
    inner = nir.NIRGraph({"input": nir.Input(size(4)), "lif": cuba(4, 0.001), "w_rec": nir.Linear(weight=w(4, 4)), "output": nir.Output({"output": np.array([4])})},
                         [("input", "lif"), ("lif", "w_rec"), ("w_rec", "lif"), ("lif", "output")])
    nodes = {"input": nir.Input(size(3)), "fc": nir.Affine(weight=w(4, 3), bias=w(4)), "rnn": inner, "out": nir.Linear(weight=w(2, 4)), "last": cuba(2, 0.001),
             "output": nir.Output({"output": np.array([2])})}
    names = list(nodes)
    return nir.NIRGraph(nodes, list(zip(names, names[1:])))


own = Sequential(LinearTorch((3, 4), has_bias=True), LIFTorch(4, tau_mem=torch.tensor([0.01, 0.02, 0.03, 0.04]), tau_syn=0.01), LinearTorch((4, 2)), LIFTorch(2))
for name, graph in (("own", to_nir(own, x)), ("recurrent", recurrent())):
    nir.write(name + ".nir", graph)
    read = from_nir(nir.read(name + ".nir", type_check=False))
    print(json.dumps({"name": name, "input": x[0].tolist(), "output": read(x)[0][0].tolist()}))
