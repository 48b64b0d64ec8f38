#!/usr/bin/env python3
# Copyright The Riffle Authors. Licensed under the Apache License, Version 2.0; see the file LICENSE.
"""Writes networks of Rockpool's as files for Riffle. Needs Rockpool and what it brings, nothing of Riffle's.

    from rockpool_to_riffle import write_network, write_case
    write_network(net, "net.json")          # for riffle run, evolve, inspect
    write_case(net, x, "case.json")         # riffle verify case.json proves that Riffle computes the same

or from the shell, where ``mymodule:net`` is a module, or a function that makes one, in mymodule.py:

    python rockpool_to_riffle.py mymodule:net net.json --case case.json --input x.npy

A network file says what a network is, not what it remembers: Riffle's streams begin with the initial state, and so does
a recording here, whatever state the module is in (it is left as it was). What cannot be transferred is a CannotTransfer
that names the module and the reason; nothing is left out silently.
"""

import argparse
import contextlib
import importlib
import inspect
import json
import os
import re
import sys
import warnings

import numpy as np

_NEURONS = "tau_mem tau_syn bias threshold"
_SPIKES = "dt noise_std max_spikes_per_dt"
_FILTERS = "fs order use_lowpass normalize mean_subtraction"

# What a module is made of: its parameters, which Constant makes simulation parameters, and its other arguments.
_PARTS = {
    "LIF": (_NEURONS + " alpha beta dash_mem dash_syn w_rec", "leak_mode " + _SPIKES),
    "aLIF": (_NEURONS + " alpha beta dash_mem dash_syn w_rec w_ahp tau_ahp", "leak_mode " + _SPIKES),
    "LIFBitshift": (_NEURONS + " w_rec", _SPIKES),
    "LIFODE": (_NEURONS + " w_rec", _SPIKES),
    "LIFNeuron": ("tau_mem bias threshold", _SPIKES),
    "Rate": ("tau bias threshold w_rec", "dt noise_std"),
    "ExpSyn": ("tau", "dt noise_std"),
    "ExpSmooth": ("tau", "dt"),
    "Linear": ("weight bias", ""),
    "Instant": ("", ""),
    "UpDown": ("thr_up thr_down", "n_ref_steps repeat_output"),
    "BooleanState": ("", "threshold"),
    "UnitDropout": ("", "p training"),
    "TimeStepDropout": ("", "p training"),
    "ButterFilter": ("", _FILTERS + " frequency bandwidth"),
    "ButterMelFilter": ("", _FILTERS + " cutoff_fs"),
}

# Simulation parameters that have no part in what a module computes, or that are looked at where they have.
_WITHOUT_EFFECT = set(
    "_has_rec act_fn activation_fun cutoff_fs function learning_window leak_mode max_window_length n_neurons"
    " neuron_model num_workers spike_generation_fn w_rec".split()
)
_FAMILIES = ["weights", "taus", "bias", "biases", "threshold", "thresholds", "decays", "bitshifts"]  # found by identity
# What ``riffle verify`` does not hold against a case; it prints the reasons.
_DIFFERS = {
    "UpDown": "REFERENCE_LEVEL_IS_STATE",
    "ButterFilter": "FILTERS_ARE_STATE",
    "ButterMelFilter": "FILTERS_ARE_STATE",
    "LIFBitshift": "ROUNDED_ONCE",
}
_SURROGATES = ("StepPWL", "PeriodicExponential")
_INSTANT = {
    "identity": lambda x: x,
    "tanh": np.tanh,
    "abs": np.abs,
    "square": np.square,
    "relu": lambda x: np.maximum(x, 0),
}
_RATE = {
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
    "sigmoid": lambda x: (np.tanh(x) + 1) / 2,
}
_ROUNDING = 1e-5  # what float32 leaves uncertain of a membrane, relative to the largest it has had
_PROBES = np.concatenate([[0.0], np.geomspace(1e-3, 1e3, 61), -np.geomspace(1e-3, 1e3, 61)]).astype(np.float32)


class CannotTransfer(ValueError):
    """Riffle would not compute what this module computes; the message says which module, and why."""


def write_network(module, path):
    """Writes the module and all in it as a network file."""
    _write(path, network(module))


def write_case(module, input, path, calls=None):
    """Records what the module gives for an input, and writes it, with the network, as a case for ``riffle verify``.

    input: (T, N) or (B, T, N); it is rounded to float32, with which Riffle computes.
    calls: evolve in calls of these many steps, with the state carried over, instead of in one.
    """
    _write(path, _Recording(module, input, calls).case(os.path.splitext(os.path.basename(path))[0]))


def network(module):
    """The module and all in it as nested dictionaries, in the form of a network file."""
    return _describe(module, "")


# ---- networks ----


def _describe(module, path):
    kind = _kind(module, path)
    if kind in ("Sequential", "Residual", "FFwdStack"):
        return _combinator(module, kind, path)
    if kind in _OTHERS:
        return _OTHERS[kind](module, path)
    parameters, settings = (names.split() for names in _PARTS[kind])
    given, simulated = _own(module.parameters()), _own(module.simulation_parameters())
    for name in [*given, *simulated]:
        if name not in parameters and name not in settings and name not in _WITHOUT_EFFECT:
            raise _cannot(module, path, f"it has '{name}', which Riffle's {kind} has not")
    described = {"module": kind, "shape": [int(n) for n in module.shape]}
    constants = []
    for name in parameters:
        if name in given:
            described[name] = _numbers(given[name], module, path, name)
        elif name in simulated and (name != "w_rec" or _recurrent(module, simulated)):
            described[name] = _numbers(simulated[name], module, path, name)
            constants.append(name)
    for name in settings:
        if name in simulated:
            described[name] = _numbers(simulated[name], module, path, name)
    if "w_rec" in described:
        described["has_rec"] = True
    if constants:
        described["constants"] = constants
    _check(module, kind, described, simulated, path)
    return described


def _kind(module, path):
    """The class of a module, by Riffle's name."""
    cls = type(module)
    if any(base.__name__ == "TimedModuleWrapper" for base in cls.__mro__):
        raise _cannot(module, path, "it is the timed form of a module; give the module itself")
    kind = _without_back_end(cls.__name__)
    if cls.__module__.split(".")[0] != "rockpool":
        why = f"its class is {cls.__module__}.{cls.__qualname__}, whose Python Riffle cannot run"
        raise _cannot(module, path, why + "; build it of Rockpool's modules, or write it as a module in Java")
    if kind not in _PARTS and kind not in _OTHERS and kind not in ("Sequential", "Residual", "FFwdStack"):
        raise _cannot(module, path, f"there is no module {kind} in Riffle")
    return kind


def _without_back_end(name):
    """LIF for LIFTorch, 1_Sequential for 1_JaxSequential."""
    name = re.sub(r"(Torch|Jax|Mod)(?=(Sequential|Residual|FFwdStack)$)", "", name)
    return re.sub(r"(Torch|Jax)$", "", name)


def _combinator(module, kind, path):
    children = module.modules()
    described = {"module": kind, "modules": [_describe(child, _join(path, name)) for name, child in children.items()]}
    names = [_without_back_end(name) for name in children]
    numbered = [f"{i}_{inner['module']}" for i, inner in enumerate(described["modules"])]
    if names != numbered:
        described["names"] = names
    if kind == "FFwdStack":
        weights = {**_own(module.simulation_parameters()), **_own(module.parameters())}
        described["weights"] = [
            _numbers(weights[name], module, path, name)
            for name in (f"{i}_{i + 1}_weight" for i in range(len(children) - 1))
        ]
    return described


def _softmax(module, path):
    linear, smooth = (_describe(module.modules()[name], _join(path, name)) for name in ("linear", "smooth"))
    described = {
        **linear,
        **smooth,
        "module": _kind(module, path),
        "shape": linear["shape"],
        "has_bias": "bias" in linear,
    }
    constants = linear.get("constants", []) + smooth.get("constants", [])
    return {**described, "constants": constants} if constants else described


def _low_pass(module, path):
    described = {"module": "LowPass", "shape": [int(module.n_neurons)]}
    for name in ("tau_mem", "dt"):
        described[name] = _numbers(getattr(module, name), module, path, name)
    return described


def _syn_net(module, path):
    layers = module.modules()["seq"].modules()
    neurons = [name for name in layers if name.endswith("_neurons") and name != "out_neurons"]
    dropout = [layer.p for name, layer in layers.items() if name.endswith("_dropout")]
    dt = float(module.dt)
    return {
        "module": "SynNet",
        "n_channels": int(module.size_in),
        "n_classes": int(module.size_out),
        "size_hidden_layers": [int(layers[name].size_out) for name in neurons],
        "time_constants_per_layer": [1] * len(neurons),
        "tau_syn_base": 2 * dt,
        "p_dropout": float(dropout[0]) if dropout else 0.0,
        "dt": dt,
        "output": module.output,
        "seq": _describe(module.modules()["seq"], _join(path, "seq")),
    }


def _wave_sense_net(module, path):
    parts = {name: _describe(part, _join(path, name)) for name, part in module.modules().items()}
    blocks = [name for name in parts if name.startswith("wave")]
    first = parts[blocks[0]]
    return {
        "module": "WaveSenseNet",
        "dilations": [1] * len(blocks),
        "n_classes": int(module.size_out),
        "n_channels_in": int(module.size_in),
        "n_channels_res": first["shape"][0],
        "n_channels_skip": first["n_channels_skip"],
        "n_hidden": parts["hidden"]["shape"][1],
        "kernel_size": first["kernel_size"],
        "dt": float(module.dt),
        **parts,
    }


def _wave_sense_block(module, path):
    parts = {name: _describe(part, _join(path, name)) for name, part in module.modules().items()}
    channels, wide = parts["lin1"]["shape"]
    return {
        "module": "WaveSenseBlock",
        "shape": [channels],
        "n_channels_skip": parts["lin2_skip"]["shape"][1],
        "kernel_size": wide // channels,
        "dt": parts["spk1"]["dt"],
        **parts,
    }


_OTHERS = {
    "Softmax": _softmax,
    "LogSoftmax": _softmax,
    "LowPass": _low_pass,
    "SynNet": _syn_net,
    "WaveSenseNet": _wave_sense_net,
    "WaveSenseBlock": _wave_sense_block,
}


def _own(values):
    """A module's own attributes, without those of the modules in it."""
    return {name: value for name, value in values.items() if not isinstance(value, dict)}


def _recurrent(module, simulated):
    return bool(simulated["_has_rec"]) if "_has_rec" in simulated else bool(np.any(_array(simulated["w_rec"])))


def _check(module, kind, described, simulated, path):
    """Completes what stands in no plain number, and refuses what would not be computed as it is here."""
    if kind == "Instant":
        inputs = np.tile(_PROBES[:, None], (1, module.size_in))[None]
        outputs = _array(module(_like(module, inputs))[0])[0, :, 0]
        described["function"] = _function(module, path, outputs, _INSTANT)
    if kind == "Rate":
        outputs = _array(simulated["act_fn"](_like(module, _PROBES + 0.5), _like(module, np.float32([0.5]))))
        described["activation_func"] = _function(module, path, outputs, _RATE)
        if _back_end(module) == "numpy" and np.any(_array(described["tau"]) < 10 * described["dt"]):
            why = "a tau is below 10 dt, where Rockpool's numpy back end computes with 10 dt instead"
            raise _cannot(module, path, why + "; set it to what you mean, or take RateTorch, which computes with tau")
    if kind == "ExpSmooth":
        _function(module, path, _array(simulated["activation_fun"](_PROBES)), {"identity": _INSTANT["identity"]})
    if simulated.get("max_window_length", np.inf) < 10 * np.max(described.get("tau", 0)) / described.get("dt", 1):
        raise _cannot(module, path, "its max_window_length is below 10 tau / dt, but Riffle's synapses forget nothing")
    if "spike_generation_fn" in simulated:
        function = simulated["spike_generation_fn"]
        name = getattr(getattr(function, "__self__", None), "__name__", str(function))
        if name not in _SURROGATES:
            raise _cannot(module, path, f"its spike_generation_fn is {name}, expected {' or '.join(_SURROGATES)}")
    if kind in ("LIF", "aLIF") and simulated.get("leak_mode") == "taus" and {"alpha", "beta"} & set(vars(module)):
        why = "its alpha or beta was set beside tau_mem and tau_syn, and Rockpool computes with either"
        raise _cannot(module, path, why)
    if kind.endswith("Dropout") and described["training"]:
        raise _cannot(module, path, "it is in training mode; call .eval() first")
    if kind == "ButterMelFilter":
        usual = {name: value for name, value in simulated.items() if name != "num_workers"}
        click = np.zeros((256, 1))
        click[0] = 1
        if not np.allclose(module(click)[0], type(module)(shape=tuple(module.shape), **usual)(click)[0]):
            raise _cannot(module, path, "its filter_width is not the usual 2, and Rockpool does not keep what it is")


def _function(module, path, outputs, known):
    """Which of Riffle's functions this is. Told by what it gives, as most have no name."""
    for name, function in known.items():
        if np.allclose(outputs, function(_PROBES), rtol=1e-5, atol=1e-6):
            return name
    raise _cannot(module, path, f"its function is none of those that Riffle has: {', '.join(known)}")


# ---- recordings ----


class _Recording:
    """One run of a module from its initial state, and in what Riffle differs from it on purpose."""

    def __init__(self, module, input, calls):
        self.module = module
        self.network = network(module)
        self.kinds = {_kind(inner, path) for path, inner in _tree(module, "")}
        self.back_end = _back_end(module)
        self.deviations = {_DIFFERS[kind] for kind in self.kinds if kind in _DIFFERS}
        if "ExpSyn" in self.kinds and self.back_end == "numpy":
            self.deviations.add("RECURSION_WITHOUT_END")
        self.time = 1
        self._refuse_noise()
        self.input = self._shaped(np.asarray(input, dtype=np.float32))
        self.calls = self._checked(calls)
        self._run()
        self._cut()

    def _refuse_noise(self):
        for path, inner in _tree(self.module, ""):
            noise = _own(inner.simulation_parameters()).get("noise_std", 0)
            if np.any(_array(noise)):
                raise _cannot(
                    inner, path, "its noise_std is not 0, and no two libraries draw the same noise; record it with 0"
                )

    def _shaped(self, values):
        """As the back end takes it; (B, T, N) but for what knows no batch."""
        if values.ndim not in (2, 3) or 0 in values.shape:
            raise CannotTransfer(f"the input has the shape {values.shape}, expected (T, N) or (B, T, N), nothing empty")
        values = values if values.ndim == 3 else values[None]
        alone = self.kinds & {"ButterFilter", "ButterMelFilter", "ExpSmooth", "LowPass", "Softmax", "LogSoftmax"}
        if alone and len(values) > 1:
            raise CannotTransfer(f"the input has a batch of {len(values)}, but Rockpool's {alone.pop()} takes no batch")
        if "LowPass" in self.kinds:
            self.deviations.add("TIME_AFTER_BATCH")
            self.time = 0
            return values.transpose(1, 0, 2)
        if alone - {"Softmax", "LogSoftmax"}:
            self.deviations.add("BATCH_AXIS_ALWAYS")
            self.time = 0
            return values[0]
        return values

    def _checked(self, calls):
        steps = self.input.shape[self.time]
        stateless = self.kinds & {"UpDown", "ButterFilter", "ButterMelFilter"}
        if self.kinds & {"Softmax", "LogSoftmax"}:
            # Rockpool's normalises over the whole call, so calls of one step give what a stream gives.
            calls = [1] * steps
        if calls is None:
            calls = [steps]
        if sum(calls) != steps or min(calls) < 1:
            raise CannotTransfer(f"the calls are {list(calls)}, expected steps that add up to the input's {steps}")
        if len(calls) > 1 and stateless:
            raise CannotTransfer(
                f"Rockpool's {stateless.pop()} forgets all after a call, so it is recorded in one call only"
            )
        if len(calls) > 1 and self.back_end == "jax" and not hasattr(self.module, "tree_flatten"):
            why = f"Rockpool's {type(self.module).__name__} loses the state of Jax modules after a call"
            raise CannotTransfer(why + "; make it without an OrderedDict, or record it in one call")
        if len(calls) > 1 and self.time == 1 and len(self.input) > 1:
            self.deviations.add("OWN_STATE_IN_A_BATCH")
        return [int(steps) for steps in calls]

    def _run(self):
        kept = _copied(self.module.state())
        module = self.module.reset_state()
        outputs, records, at = [], [], 0
        try:
            with _no_gradients():
                for steps in self.calls:
                    part = np.take(self.input, range(at, at + steps), axis=self.time)
                    output, state, record = module(_like(module, part), record=True)
                    if self.back_end == "jax":
                        module = module.set_attributes(state)
                    else:
                        state = module.state()
                    # At once: some modules return the same record again with the next call.
                    outputs.append(_array(output))
                    records.append(_arrays(_honest(self.module, record)))
                    at += steps
            self.state = _leaves(state)
        finally:
            self.module.set_attributes(kept)
        self.output = self._joined([{"output": output} for output in outputs])["output"]
        self.record = self._joined(records)

    def _cut(self):
        """Ends the recording before the step in which a membrane is so near its threshold that rounding decides."""
        steps = sum(self.calls)
        certain, where = min(_certain(self.module, self.record, ""), default=(steps, ""))
        if certain == steps:
            return
        why = f"in step {certain} a membrane of {where or 'the network'} meets its threshold but for rounding"
        if certain == 0:
            raise CannotTransfer(f"{why}; record another input")
        warnings.warn(f"recorded {certain} of {steps} steps: {why}, from where on two libraries may differ")
        self.input = np.take(self.input, range(certain), axis=self.time)
        ends = np.minimum(np.cumsum(self.calls), certain)
        self.calls = [int(steps) for steps in np.diff(ends, prepend=0) if steps > 0]
        self._run()

    def _joined(self, records):
        """What several calls gave, one after the other in time."""
        joined = {}
        for name, value in records[0].items():
            parts = [record[name] for record in records]
            if isinstance(value, dict):
                joined[name] = self._joined(parts)
            else:
                joined[name] = np.concatenate(parts, axis=0 if value.ndim == 2 or "LowPass" in self.kinds else 1)
        return joined

    def case(self, name):
        module = self.module
        return {
            "name": f"{name}__{self.back_end}",
            "case": name,
            "backend": self.back_end,
            "source": f"{type(module).__module__}.{type(module).__qualname__}",
            "dtype": str(self.output.dtype),
            "deviations": sorted(self.deviations),
            "network": self.network,
            "calls": self.calls,
            "input": _leaf(self.input),
            "output": _leaf(self.output),
            "state": self.state,
            "record": _leaves(self.record),
            "parameters": _leaves(module.parameters()),
            "simulation_parameters": _leaves(module.simulation_parameters()),
            "repr": str(module),
            "shape": [size if size is None else int(size) for size in module.shape],
            "size_in": module.size_in,
            "size_out": module.size_out,
            "spiking_input": bool(module.spiking_input),
            "spiking_output": bool(module.spiking_output),
            "families": {family: _paths(module.parameters(family)) for family in _FAMILIES},
        }


def _certain(module, record, path):
    """For each module with spikes: how many steps there are until one depends on rounding, and the module's path."""
    for name, child in module.modules().items():
        yield from _certain(child, record.get(name, {}), _join(path, name))
    if "vmem" in record and "spikes" in record:
        membrane = record["vmem"] / _array(module.threshold) + record["spikes"]  # before the reset
        distance = np.abs(membrane - np.maximum(np.rint(membrane), 1))
        near = distance < _ROUNDING * np.maximum(np.maximum.accumulate(membrane, axis=1), 1)
        if near.any():
            yield int(near.any(axis=(0, 2)).argmax()), path


def _honest(module, record):
    """The records but those that hold something else than their name says, see SynNet and WaveSenseBlock."""
    kept = {}
    for name, value in record.items():
        child = module.modules().get(name)
        if child is not None:
            kept[name] = _honest(child, value)
        elif not (
            type(module).__name__ == "SynNet"
            and name.endswith("_output")
            or type(module).__name__ == "WaveSenseBlock"
            and name == "spk1_output"
        ):
            kept[name] = value
    return kept


def _tree(module, path):
    """A module and all in it, with their paths."""
    yield path, module
    for name, child in module.modules().items():
        yield from _tree(child, _join(path, name))


def _back_end(module):
    bases = {base.__name__ for _, inner in _tree(module, "") for base in type(inner).__mro__}
    return "torch" if "TorchModule" in bases else "jax" if "JaxModule" in bases else "numpy"


def _like(module, values):
    """An array as the module's back end takes it."""
    if _back_end(module) == "torch":
        import torch

        values = torch.tensor(values)
        for tensor in [*_flat(module.parameters()), *_flat(module.state())]:
            if isinstance(tensor, torch.Tensor) and tensor.is_floating_point():
                return values.to(tensor)
    return values


def _no_gradients():
    torch = sys.modules.get("torch")
    return torch.no_grad() if torch else contextlib.nullcontext()


# ---- values ----


def _array(value):
    return np.asarray(value.detach().cpu() if hasattr(value, "detach") else value)


def _arrays(values):
    return {name: _arrays(value) if isinstance(value, dict) else _array(value) for name, value in values.items()}


def _copied(values):
    copied = {}
    for name, value in values.items():
        if isinstance(value, dict):
            copied[name] = _copied(value)
        else:
            copied[name] = value.detach().clone() if hasattr(value, "detach") else value.copy()
    return copied


def _flat(values):
    for value in values.values():
        yield from _flat(value) if isinstance(value, dict) else [value]


def _paths(values, path=()):
    """Where the leaves of nested dictionaries are."""
    return [
        found
        for name, value in values.items()
        for found in (_paths(value, (*path, name)) if isinstance(value, dict) else [[*path, name]])
    ]


def _decimals(array):
    """The shortest decimals that read back to the same bits."""
    return float(str(array)) if array.ndim == 0 else [_decimals(part) for part in array]


def _numbers(value, module, path, name):
    """A value as nested lists of numbers; what is no number (a name, a switch) as it is."""
    if isinstance(value, (bool, str, int)):
        return value
    array = _array(value)
    if array.dtype == bool and array.ndim == 0:
        return bool(array)
    if not np.all(np.isfinite(array)):
        raise _cannot(module, path, f"its {name} holds NaN or infinity")
    return _decimals(array)


def _leaf(array):
    if not np.all(np.isfinite(array)):
        raise CannotTransfer("the recording holds NaN or infinity")
    leaf = {"shape": list(array.shape), "data": [_decimals(value) for value in array.astype(_kept(array)).ravel()]}
    return {**leaf, "dtype": "bool"} if array.dtype == bool else leaf


def _kept(array):
    return array.dtype if array.dtype in (np.float32, np.float64) else np.float64


def _leaves(values):
    """Nested dictionaries of values in the form of a case file."""
    leaves = {}
    for name, value in values.items():
        if isinstance(value, dict):
            leaves[name] = _leaves(value)
        elif isinstance(value, (bool, str)):
            leaves[name] = value
        elif callable(value) and not hasattr(value, "dtype"):
            leaves[name] = {"function": "<lambda>"}
        elif name != "rng_key":
            leaves[name] = _leaf(_array(value))
    return leaves


def _join(path, name):
    return f"{path}.{name}" if path else name


def _cannot(module, path, why):
    return CannotTransfer(f"{path or 'the network'} ({type(module).__name__}): {why}")


def _write(path, content):
    text = json.dumps(content, allow_nan=False)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text + "\n")


def _main():
    parser = argparse.ArgumentParser(description="Writes a network of Rockpool's as files for Riffle.")
    parser.add_argument("module", metavar="PYTHONMODULE:NAME", help="a Rockpool module, or a function that makes one")
    parser.add_argument("network", metavar="NET.json", help="the network file to write")
    parser.add_argument("--case", metavar="CASE.json", help="also record a case, for riffle verify")
    parser.add_argument("--input", metavar="X.npy", help="what the case is given, (T, N) or (B, T, N)")
    options = parser.parse_args()
    if (options.case is None) != (options.input is None):
        parser.error("--case and --input go together")
    name, _, member = options.module.partition(":")
    if not member:
        parser.error(f"'{options.module}' names no module, expected PYTHONMODULE:NAME")
    sys.path.insert(0, os.getcwd())
    try:
        found = getattr(importlib.import_module(name), member)
    except (ImportError, AttributeError) as missing:
        parser.error(str(missing))
    module = found() if inspect.isfunction(found) or inspect.isclass(found) else found
    try:
        write_network(module, options.network)
        if options.case:
            write_case(module, np.load(options.input), options.case)
    except (CannotTransfer, OSError) as wrong:
        sys.exit(f"rockpool_to_riffle: {wrong}")


if __name__ == "__main__":
    _main()
