"""Makes the files beside it, which stand for what the current reference library does not write: pip install h5py numpy."""
import h5py
import numpy as np


def write(name, nodes, edges, version=b"0.1.1", text=lambda t: np.bytes_(t.encode().ljust(24, b"\0")), meta=None, **how):
    def group(into, nodes, edges):
        into["type"] = text("NIRGraph")
        inside = into.create_group("nodes")
        for node, values in nodes.items():
            made = inside.create_group(node)
            if "nodes" in values:
                group(made, values["nodes"], values["edges"])
                continue
            for key, value in values.items():
                if isinstance(value, dict):
                    inner = made.create_group(key)
                    for k, v in value.items():
                        inner[k] = v
                elif isinstance(value, str):
                    made[key] = text(value)
                else:
                    made.create_dataset(key, data=value, **(how if np.ndim(value) else {}))
        into["edges"] = np.array([[text(a), text(b)] for a, b in edges])

    with h5py.File(name, "w") as file:
        file["version"] = version
        root = file.create_group("node")
        group(root, nodes, edges)
        if meta:
            for key, value in meta.items():
                root.create_group("metadata") if "metadata" not in root else None
                root["metadata"][key] = value


def ends(n_in, n_out, **more):
    return {"input": {"type": "Input", "shape": np.array(n_in)}, **more, "output": {"type": "Output", "shape": np.array(n_out)}}


f = np.float32
# The first generation: contiguous, texts padded with zeros, no v_reset, one number for all neurons, names with dots,
# types that disagree with the weights.
write(
    "old.nir",
    ends(
        [1, 1, 2],
        [1, 1, 1],
        **{
            "fc.0": {"type": "Linear", "weight": np.array([[1, 2], [3, -1], [0.5, 0.5]], f)},
            "fc.1": {"type": "LIF", "tau": f(0.01), "r": f(1), "v_leak": f(0), "v_threshold": f(0.2), "input_type": {"input": np.array([7])}},
        },
    ),
    [("input", "fc.0"), ("fc.0", "fc.1"), ("fc.1", "output")],
)
# Two branches that are summed, a graph in a graph in a graph, float64 values, metadata.
inner = {"nodes": ends([2], [2], s={"type": "Scale", "scale": np.array([2.0, 3.0])}), "edges": [("input", "s"), ("s", "output")]}
middle = {"nodes": ends([2], [2], inner=inner, t={"type": "Scale", "scale": np.array([10.0, 10.0])}), "edges": [("input", "inner"), ("inner", "t"), ("t", "output")]}
write(
    "branches.nir",
    ends([2], [2], middle=middle, other={"type": "Scale", "scale": np.array([0.5, -1.0])}),
    [("input", "middle"), ("input", "other"), ("middle", "output"), ("other", "output")],
    version="1.0.4",
    text=lambda t: t.encode(),
    meta={"riffle.dt": "0.002"},
)
# A file of some thousand bytes that declares 10^9 weights.
with h5py.File("huge.nir", "w") as file:
    file["version"] = "1.0"
    root = file.create_group("node")
    root["type"] = "NIRGraph"
    nodes = root.create_group("nodes")
    for node, kind in (("input", "Input"), ("output", "Output")):
        nodes.create_group(node)["type"] = kind
        nodes[node]["shape"] = np.array([10])
    fc = nodes.create_group("fc")
    fc["type"] = "Linear"
    fc.create_dataset("weight", shape=(100000, 10000), dtype="f4", chunks=(10, 10), compression="gzip")[0, :10] = 1
    root["edges"] = np.array([[b"input", b"fc"], [b"fc", b"output"]])
with h5py.File("other.h5", "w") as file:
    file["measurements"] = np.arange(5)
# Metadata of a graph and of a node, and what no LIF has.
write(
    "metadata.nir",
    ends([2], [2], lif={"type": "LIF", **{k: np.full(2, v, f) for k, v in (("tau", 0.01), ("r", 1), ("v_leak", 0), ("v_threshold", 1), ("v_reset", 0))},
                        "metadata": {"trained": "yes"}, "note": "fast", "surrogate": np.ones(5, f)}),
    [("input", "lif"), ("lif", "output")],
    version="1.0.8",
    text=lambda t: t.encode(),
    meta={"author": "somebody", "year": 2024},
)
