"""Networks of one back end of Rockpool's, recorded as cases: python networks.py numpy|torch|jax FOLDER.

Or with "refused" in the place of FOLDER: what cannot be transferred, and what is said about it.
"""

import sys
import warnings

warnings.simplefilter("ignore")

from rockpool.nn.modules import *  # first, as it brings an np of its own

from collections import OrderedDict

import numpy as np
from rockpool.nn.combinators import FFwdStack, Residual, Sequential
from rockpool.parameters import Constant
from rockpool_to_riffle import CannotTransfer, network, write_case

random = np.random.default_rng(3)


def weights(*shape):
    return random.uniform(-1, 1, shape).astype(np.float32) * 2 / np.sqrt(shape[0])


def taus(*shape):
    return random.uniform(0.012, 0.05, shape).astype(np.float32)


def thresholds(*shape):
    return random.uniform(0.5, 1.5, shape).astype(np.float32)


def events(steps, channels, batches=1):
    return random.poisson(0.05, (batches, steps, channels)).astype(np.float32)


def signal(steps, channels, batches=1):
    return np.cumsum(random.normal(0, 0.1, (batches, steps, channels)), axis=1).astype(np.float32)


def common(linear, lif, rate, synapse, instant, functions, value):
    """What all three back ends have, from their classes; value makes of an array what the back end takes."""
    w, t, thr = (
        (lambda *shape: value(weights(*shape))),
        (lambda *n: value(taus(*n))),
        (lambda *n: value(thresholds(*n))),
    )

    def neurons(n_in, n, **more):
        k = n_in // n
        return lif((n_in, n), tau_mem=t(n), tau_syn=t(n, k), bias=value(weights(n) / 20), threshold=thr(n), **more)

    def recurrent(n_in, n, **more):
        return neurons(n_in, n, has_rec=True, w_rec=value(weights(n, n_in) / 20), **more)

    yield "linear", linear((4, 3), weight=w(4, 3)), signal(20, 4)
    yield "linear_bias", linear((4, 3), weight=w(4, 3), has_bias=True, bias=w(3)), signal(20, 4, 2)
    yield "lif", lif(4), events(100, 4)
    yield "lif_values", neurons(4, 4), events(100, 4, 2)
    yield "lif_two_synapses", neurons(6, 3), events(100, 6)
    yield "lif_recurrent", recurrent(5, 5), events(100, 5)
    yield "lif_recurrent_two_synapses", recurrent(8, 4, max_spikes_per_dt=2), events(80, 8)
    yield "lif_scalars", lif((4, 4), tau_mem=value(np.float32(0.02)), tau_syn=value(np.float32(0.01))), events(80, 4)
    yield "lif_dt", neurons(3, 3, dt=2.5e-3), events(60, 3)
    yield "lif_calls", recurrent(4, 4), events(90, 4), [10, 1, 79]
    yield "lif_calls_of_a_batch", recurrent(4, 4), events(60, 4, 3), [25, 35]
    # Jax's own arrays cannot be Constant.
    constant = (lambda values: Constant(values)) if lif is LIFJax else (lambda values: Constant(value(values)))
    constants = {"tau_mem": constant(taus(3)), "bias": constant(weights(3))}
    yield "lif_constants", lif((3, 3), tau_syn=t(3, 1), threshold=thr(3), **constants), events(60, 3)
    yield "lif_all_constant", lif(
        (3, 3),
        tau_syn=constant(taus(3, 1)),
        threshold=constant(thresholds(3)),
        has_rec=True,
        w_rec=constant(weights(3, 3) / 20),
        **constants,
    ), events(60, 3)
    for name, function in functions.items():
        yield "rate_" + name, rate(4, tau=t(4), bias=w(4), threshold=w(4), activation_func=function), signal(60, 4)
    yield "rate_recurrent", rate(5, tau=t(5), has_rec=True, w_rec=w(5, 5)), signal(90, 5), [30, 60]
    yield "synapses", synapse(4, tau=t(4)), events(90, 4)
    yield "synapses_scalar", synapse(2, tau=value(np.float32(0.02))), events(60, 2), [20, 40]
    yield "instant", instant(3), signal(20, 3)
    for name, function in {"abs": abs, "square": lambda x: x * x, "relu": lambda x: x * (x > 0)}.items():
        yield "instant_" + name, instant(3, function), signal(20, 3)

    yield "sequential", Sequential(linear((4, 6), weight=w(4, 6)), recurrent(6, 3)), events(100, 4)
    yield "layers", Sequential(
        linear((5, 8), weight=w(5, 8)),
        neurons(8, 8),
        linear((8, 6), weight=value(weights(8, 6) / 10)),
        recurrent(6, 3),
        synapse(3, tau=t(3)),
    ), events(80, 5, 2)
    yield "layers_calls", Sequential(linear((3, 8), weight=w(3, 8)), recurrent(8, 4)), events(80, 3), [1, 40, 39]
    yield "named", Sequential(
        OrderedDict(
            [
                ("weigh", linear((3, 4), weight=value(abs(weights(3, 4))))),
                ("spike", neurons(4, 2)),
                ("smooth", synapse(2, tau=t(2))),
            ]
        )
    ), events(60, 3)
    yield "nested", Sequential(
        Sequential(linear((4, 5), weight=w(4, 5)), Residual(linear((5, 5), weight=w(5, 5)), rate(5, tau=t(5)))),
        Sequential(linear((5, 4), weight=w(5, 4), has_bias=True, bias=w(4)), neurons(4, 2)),
    ), events(80, 4, 2)
    yield "residual", Residual(linear((4, 4), weight=w(4, 4)), recurrent(4, 4)), events(80, 4)
    yield "stack", FFwdStack(
        neurons(4, 4), recurrent(5, 5), neurons(6, 3), weight_init_func=lambda shape: value(weights(*shape) / 10)
    ), events(80, 4), [50, 30]


def of_numpy():
    yield from common(Linear, LIF, Rate, ExpSyn, Instant, {"relu": "relu", "tanh": "tanh", "sigmoid": "s"}, np.float64)
    sound = random.normal(0, 1, (300, 1)).astype(np.float32)
    yield "butter", ButterFilter(frequency=[200.0, 900.0], bandwidth=100.0, fs=8000.0), sound
    yield "butter_order", ButterFilter(frequency=400.0, bandwidth=[80.0], fs=8000.0, order=1, use_lowpass=False), sound
    yield "mel", ButterMelFilter(shape=(1, 4), fs=16000.0), sound
    yield "mel_normalised", ButterMelFilter(shape=(1, 3), fs=16000.0, cutoff_fs=150.0, normalize=True), sound
    yield "mel_spikes", Sequential(
        ButterMelFilter(shape=(1, 4), fs=16000.0),
        Linear((4, 3), weight=np.float64(weights(4, 3) / 3)),
        LIF(3, dt=1 / 16000),
    ), sound


def of_torch():
    import torch
    from rockpool.nn.modules.torch.lif_torch import PeriodicExponential
    from rockpool.nn.networks import SynNet, WaveSenseNet

    torch.manual_seed(1)
    value = torch.tensor

    functions = {"relu": lambda x, t: torch.relu(x - t), "tanh": lambda x, t: torch.tanh(x - t)}
    yield from common(LinearTorch, LIFTorch, RateTorch, ExpSynTorch, InstantTorch, functions, value)

    def shape(n_in, n):
        return {"bias": value(weights(n) / 20), "threshold": value(thresholds(n)), "shape": (n_in, n)}

    recurrence = {"has_rec": True, "w_rec": value(weights(4, 4) / 20)}
    bumps = {"spike_generation_fn": PeriodicExponential, **shape(4, 4)}
    yield "lif_surrogate", LIFTorch(tau_mem=value(taus(4)), **bumps), events(60, 4)
    decays = {"alpha": value(thresholds(3) / 2), "beta": value(thresholds(3, 2) / 2)}
    yield "lif_decays", LIFTorch(leak_mode="decays", **decays, **shape(6, 3)), events(60, 6)
    shifts = {"dash_mem": value(np.float32([2, 3, 4, 5])), "dash_syn": value(np.float32([[1], [2], [3], [4]]))}
    yield "lif_bitshifts", LIFTorch(leak_mode="bitshifts", **shifts, **shape(4, 4), **recurrence), events(60, 4)
    adaptation = {"w_ahp": value(-thresholds(4)), "tau_ahp": value(taus(4))}
    yield "alif", aLIFTorch(**adaptation, **shape(4, 4)), events(90, 4)
    yield "alif_recurrent", aLIFTorch(**adaptation, **shape(4, 4), **recurrence), events(60, 4, 2), [20, 40]
    yield "lifneuron", LIFNeuronTorch(4, tau_mem=value(taus(4)), threshold=value(thresholds(4))), signal(90, 4) ** 2
    yield "bitshift", LIFBitshiftTorch(tau_mem=value(taus(4)), **shape(4, 4)), events(80, 4)
    yield "bitshift_recurrent", LIFBitshiftTorch(**shape(8, 4), has_rec=True, w_rec=value(weights(4, 8) / 20)), events(
        60, 8
    )
    yield "updown", UpDownTorch(3, thr_up=0.1, thr_down=0.1, repeat_output=2), signal(90, 3, 2)
    yield "updown_refractory", UpDownTorch(3, thr_up=0.05, thr_down=0.05, n_ref_steps=2), signal(90, 3)
    yield "boolean", BooleanState(3), signal(40, 3)
    yield "boolean_threshold", BooleanState(2, threshold=value(np.float32([0.1, 0.2]))), signal(40, 2), [10, 30]
    yield "dropout", Sequential(UnitDropout(3, p=0.3), TimeStepDropout(3, p=0.2)).eval(), signal(20, 3)
    yield "low_pass", LowPass(3, dt=1e-3, tau_mem=0.01), signal(40, 3)
    yield "low_pass_each", LowPass(3, dt=1e-3, tau_mem=[0.01, 0.02, 0.05]), signal(40, 3), [10, 30]
    yield "sensor", Sequential(
        UpDownTorch(2, thr_up=0.05, thr_down=0.05), LinearTorch((4, 6), weight=value(weights(4, 6) / 9)), LIFTorch(6)
    ), signal(90, 2)

    def quick(**more):
        net = SynNet(n_classes=3, n_channels=4, size_hidden_layers=[7, 6], time_constants_per_layer=[3, 2], **more)
        for layer in net.parameters("weights")["seq"].values():
            layer["weight"].data *= 4
        return net

    yield "synnet", quick(), events(80, 4)
    yield "synnet_vmem", quick(output="vmem", p_dropout=0.2).eval(), events(60, 4, 2)
    trained = quick(train_time_constants=True, train_threshold=True, quantize_time_constants=False, threshold=0.7)
    with torch.no_grad():
        for layer in trained.parameters("taus")["seq"].values():
            for tau in layer.values():
                tau *= value(random.uniform(0.8, 1.5, tau.shape).astype(np.float32))
    yield "synnet_trained", Sequential(trained, LinearTorch((3, 2), weight=value(weights(3, 2)))), events(80, 4), [
        30,
        50,
    ]
    for name, size in {"wavesense": 2, "wavesense_3": 3}.items():
        net = WaveSenseNet(
            dilations=[2, 4],
            n_classes=2,
            n_channels_in=3,
            n_channels_res=4,
            n_channels_skip=3,
            n_hidden=5,
            kernel_size=size,
        )
        net.set_attributes(boosted(net.parameters("weights")))
        yield name, net, events(60, 3, size), None if size == 3 else [20, 40]


def boosted(weights):
    """These weights, so large that spikes go through."""
    return {
        name: boosted(value) if isinstance(value, dict) else (value * 5).detach() for name, value in weights.items()
    }


def of_jax():
    import jax.numpy as jnp

    yield from common(
        LinearJax,
        LIFJax,
        RateJax,
        ExpSynJax,
        InstantJax,
        {"relu": "relu", "tanh": "tanh", "sigmoid": "sigmoid"},
        jnp.array,
    )
    recurrence = {"has_rec": True, "w_rec": jnp.array(weights(3, 6) / 20)}
    yield "lifode", LIFODEJax((4, 4), tau_mem=jnp.array(taus(4))), events(80, 4) * 40
    yield "lifode_recurrent", LIFODEJax((6, 3), threshold=jnp.array(thresholds(3)), **recurrence), events(80, 6) * 40, [
        30,
        50,
    ]
    yield "softmax", SoftmaxJax((4, 3), weight=jnp.array(weights(4, 3))), events(30, 4)
    yield "logsoftmax", LogSoftmaxJax((4, 3), has_bias=False, tau=jnp.array(0.03)), events(30, 4)
    from rockpool.nn.modules.jax.exp_smooth_jax import ExpSmoothJax

    yield "smooth", ExpSmoothJax(shape=(3,)), signal(40, 3)


def refused_of_numpy():
    class Mine(LIF):
        pass

    yield Sequential(Linear((2, 2)), Mine(2))
    yield LIF(2).timed()
    yield Instant(2, np.cos)
    yield Rate(2, activation_func=lambda x, threshold: np.cos(x))
    yield Rate(2, tau=0.002)
    yield ExpSyn(2, max_window_length=50)
    yield Sequential(Linear((2, 2)), LIF(2, bias=np.array([0, np.nan])))
    yield ButterMelFilter(shape=(1, 3), fs=16000.0, filter_width=1.0)
    yield LIF(2, noise_std=0.1), events(5, 2)
    yield LIF(2), np.zeros(5)
    yield LIF(2), np.zeros((5, 2)), [2, 2]
    yield ButterFilter(frequency=[200.0], bandwidth=100.0, fs=8000.0), np.zeros((9, 1)), [4, 5]
    meets = Sequential(
        Linear((1, 1), weight=np.array([[1.0]])), LIF(1, tau_mem=1e-6, tau_syn=1.0, threshold=np.exp(-1e-3))
    )
    yield meets, np.array([[0], [0], [1]])
    yield meets, np.array([[1], [0]])


def refused_of_torch():
    import torch

    class Wave(torch.autograd.Function):
        pass

    yield Sequential(LinearTorch((2, 2)), TimeStepDropout(2))
    yield LIFTorch(2, spike_generation_fn=Wave)
    pinned = LIFTorch(2)
    pinned.alpha = torch.tensor([0.5, 0.5])
    yield pinned
    yield torch.nn.Linear(2, 2)
    yield UpDownTorch(2), np.zeros((5, 2)), [2, 3]


def refused_of_jax():
    yield RateJax(2, activation_func=lambda x, threshold: x)
    yield SoftmaxJax((2, 2)), np.zeros((2, 5, 2))
    yield Sequential(OrderedDict(one=LIFJax(2))), np.zeros((5, 2)), [2, 3]


def refusals(back_end):
    for item in globals()["refused_of_" + back_end]():
        module, *recording = item if isinstance(item, tuple) else [item]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", UserWarning)
                write_case(module, recording[0], "none.json", *recording[1:]) if recording else network(module)
            print("not refused:", module)
        except (CannotTransfer, UserWarning) as refusal:
            print(refusal)


def record(back_end, folder):
    for name, module, values, *calls in globals()["of_" + back_end]():
        file = f"{folder}/{name}.json"
        if name == "lif_calls":
            if back_end != "jax":
                module(values if back_end == "numpy" else module.vmem.new_tensor(values))
            before = str(module.state())
            write_case(module, values, file, *calls)
            assert str(module.state()) == before, "a recording leaves a module as it was"
        else:
            write_case(module, values, file, *calls)


back_end, folder = sys.argv[1:]
refusals(back_end) if folder == "refused" else record(back_end, folder)
