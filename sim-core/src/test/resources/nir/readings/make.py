"""Records what libraries make of NIR graphs, into the files beside it: make.py norse|snntorch|sinabs, with that library and
nirtorch installed (recorded: norse 1.1.0, snntorch 1.0.0, sinabs 3.1.3, nirtorch 2.6, nir 1.0.8)."""
import json
import sys

import nir
import numpy as np
import torch

STEPS = 120
NEURONS = 4
random = np.random.default_rng(5)
inputs = (random.random((STEPS, 3)) < 0.4).astype(np.float32)


def each(first, last=None, neurons=NEURONS):
    return np.linspace(first, first if last is None else last, neurons).astype(np.float32)


def weights(*shape, scale=1.0):
    return random.normal(0, 0.7 * scale, shape).astype(np.float32)


def chain(neurons, scale, last, size):
    """Three inputs through an Affine to neurons, and behind them what else there is."""
    first = nir.Affine(weight=weights(NEURONS, 3, scale=scale), bias=weights(NEURONS))
    nodes = [nir.Input({"input": np.array([3])}), first, neurons, *last, nir.Output({"output": np.array([size])})]
    names = ["input", *(f"n{i}" for i in range(len(nodes) - 2)), "output"]
    return nir.NIRGraph(dict(zip(names, nodes)), list(zip(names, names[1:])))


def lif(tau, r, leak, threshold):
    return nir.LIF(tau=tau, r=r, v_leak=leak, v_threshold=threshold, v_reset=each(-0.1, -0.2))


def cuba(tau_syn, tau_mem, r, leak, threshold, w_in):
    return nir.CubaLIF(tau_syn=tau_syn, tau_mem=tau_mem, r=r, v_leak=leak, v_threshold=threshold, v_reset=each(-0.1, -0.2), w_in=w_in)


def integrate(r, threshold):
    return nir.IF(r=r, v_threshold=threshold, v_reset=each(-0.1))


def readout():
    return [nir.Linear(weight=weights(2, NEURONS))]


def norse():
    import norse.torch

    yield "lif", chain(lif(each(0.01, 0.04), each(1, 3), each(0.05, 0.1), each(0.5, 0.8)), 3, readout(), 2)
    yield "cuba", chain(cuba(each(0.02, 0.005), each(0.01, 0.04), each(2, 4), each(0.05, 0.1), each(0.2, 0.3), each(1, 2)), 1, readout(), 2)
    yield "if", chain(integrate(each(3), each(0.5, 0.8)), 0.4, [], NEURONS)


def snntorch():
    step = 1e-4
    tau = each(0.002)
    yield "lif", chain(lif(each(0.001), each(1), each(0), each(0.8)), 30, readout(), 2)
    yield "cuba", chain(cuba(each(0.001), tau, tau / np.float32(step), each(0), each(0.5), each(1)), 1, readout(), 2)
    yield "if", chain(integrate(each(1), each(0.8)), 0.7, [], NEURONS)


def sinabs():
    affine = nir.Affine(weight=weights(2, NEURONS), bias=weights(2))
    li = nir.LI(tau=each(10, neurons=2), r=each(1, neurons=2), v_leak=each(0, neurons=2))
    yield "lif", chain(lif(each(5, 20), each(1), each(0), each(0.8)), 1, [affine, li], 2)
    yield "if", chain(integrate(each(1), each(0.8)), 1, [], NEURONS)


def evolve(library, graph):
    x = torch.tensor(inputs)
    if library == "sinabs":
        import sinabs.nir

        return sinabs.nir.from_nir(graph, batch_size=1)(x)[0]
    if library == "norse":
        import norse.torch

        network = norse.torch.from_nir(graph, dt=1e-3)
    else:
        from snntorch.import_nir import import_from_nir

        network = import_from_nir(graph)
    state, steps = None, []
    for t in range(STEPS):
        output, state = network(x[t : t + 1], state)
        steps.append((output[0] if isinstance(output, tuple) else output).reshape(-1))
    return torch.stack(steps)


if __name__ == "__main__":
    library = sys.argv[1]
    for name, graph in globals()[library]():
        path = f"{library}_{name}"
        nir.write(path + ".nir", graph)
        output = evolve(library, nir.read(path + ".nir")).detach().numpy().reshape(STEPS, -1)
        with open(path + ".json", "w") as file:
            json.dump({"input": inputs.astype(int).tolist(), "output": [[float(f"{v:.9g}") for v in row] for row in output]}, file)
        print(path, output.shape, np.abs(output).sum())
