package io.riffle.sim.network;

import static java.util.Map.entry;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.Names;
import io.riffle.sim.OwnClasses;
import io.riffle.sim.RiffleException;
import io.riffle.sim.combinators.FFwdStack;
import io.riffle.sim.combinators.Graph;
import io.riffle.sim.combinators.Residual;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.BooleanState;
import io.riffle.sim.modules.ButterFilter;
import io.riffle.sim.modules.ButterMelFilter;
import io.riffle.sim.modules.ExpSmooth;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.Instant;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.LIFBitshift;
import io.riffle.sim.modules.LIFNeuron;
import io.riffle.sim.modules.LIFODE;
import io.riffle.sim.modules.Linear;
import io.riffle.sim.modules.LogSoftmax;
import io.riffle.sim.modules.LowPass;
import io.riffle.sim.modules.Rate;
import io.riffle.sim.modules.Softmax;
import io.riffle.sim.modules.SynNet;
import io.riffle.sim.modules.TimeStepDropout;
import io.riffle.sim.modules.UnitDropout;
import io.riffle.sim.modules.UpDown;
import io.riffle.sim.modules.WaveSenseBlock;
import io.riffle.sim.modules.WaveSenseNet;
import io.riffle.sim.modules.aLIF;
import io.riffle.sim.nir.nodes.AvgPool2d;
import io.riffle.sim.nir.nodes.Conv1d;
import io.riffle.sim.nir.nodes.Conv2d;
import io.riffle.sim.nir.nodes.Delay;
import io.riffle.sim.nir.nodes.Flatten;
import io.riffle.sim.nir.nodes.NIRCubaLI;
import io.riffle.sim.nir.nodes.NIRCubaLIF;
import io.riffle.sim.nir.nodes.NIRI;
import io.riffle.sim.nir.nodes.NIRIF;
import io.riffle.sim.nir.nodes.NIRLI;
import io.riffle.sim.nir.nodes.NIRLIF;
import io.riffle.sim.nir.nodes.Scale;
import io.riffle.sim.nir.nodes.SumPool2d;
import io.riffle.sim.nir.nodes.Threshold;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which class a name in a network file means: a module of ours by its short name, with or without Rockpool's back-end
 * suffix ({@code LIF}, {@code LIFTorch}), or any other by its full Java class name, found on the class path. Such a class
 * has a public constructor that takes {@link Arguments}.
 */
final class ModuleClasses {
    private static final Map<Class<? extends Module>, Function<Arguments, Module>> OURS = Map.ofEntries(
            entry(LIF.class, LIF::new),
            entry(aLIF.class, aLIF::new),
            entry(LIFNeuron.class, LIFNeuron::new),
            entry(LIFBitshift.class, LIFBitshift::new),
            entry(LIFODE.class, LIFODE::new),
            entry(Rate.class, Rate::new),
            entry(ExpSyn.class, ExpSyn::new),
            entry(Linear.class, Linear::new),
            entry(Instant.class, Instant::new),
            entry(UpDown.class, UpDown::new),
            entry(BooleanState.class, BooleanState::new),
            entry(UnitDropout.class, UnitDropout::new),
            entry(TimeStepDropout.class, TimeStepDropout::new),
            entry(ExpSmooth.class, ExpSmooth::new),
            entry(LowPass.class, LowPass::new),
            entry(Softmax.class, Softmax::new),
            entry(LogSoftmax.class, LogSoftmax::new),
            entry(ButterFilter.class, ButterFilter::new),
            entry(ButterMelFilter.class, ButterMelFilter::new),
            entry(SynNet.class, SynNet::new),
            entry(WaveSenseNet.class, WaveSenseNet::new),
            entry(WaveSenseBlock.class, WaveSenseBlock::new),
            entry(Sequential.class, Sequential::new),
            entry(Residual.class, Residual::new),
            entry(FFwdStack.class, FFwdStack::new),
            entry(Graph.class, Graph::new),
            entry(AvgPool2d.class, AvgPool2d::new),
            entry(Conv1d.class, Conv1d::new),
            entry(Conv2d.class, Conv2d::new),
            entry(Delay.class, Delay::new),
            entry(Flatten.class, Flatten::new),
            entry(NIRCubaLI.class, NIRCubaLI::new),
            entry(NIRCubaLIF.class, NIRCubaLIF::new),
            entry(NIRI.class, NIRI::new),
            entry(NIRIF.class, NIRIF::new),
            entry(NIRLI.class, NIRLI::new),
            entry(NIRLIF.class, NIRLIF::new),
            entry(Scale.class, Scale::new),
            entry(SumPool2d.class, SumPool2d::new),
            entry(Threshold.class, Threshold::new));

    private static final Map<String, Function<Arguments, Module>> BY_NAME = byName();

    private ModuleClasses() {}

    private static Map<String, Function<Arguments, Module>> byName() {
        Map<String, Function<Arguments, Module>> byName = new TreeMap<>();
        OURS.forEach((ours, constructor) -> byName.put(ours.getSimpleName(), constructor));
        return byName;
    }

    /** The name by which {@link #construct} finds the class of a module. */
    static String nameOf(Module module) {
        return OURS.containsKey(module.getClass())
                ? module.className()
                : module.getClass().getName();
    }

    static Module construct(String name, Arguments arguments) {
        Function<Arguments, Module> ours = Stream.of(name, withoutSuffix(name))
                .map(BY_NAME::get)
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
        return ours != null ? ours.apply(arguments) : constructOther(name, arguments);
    }

    private static String withoutSuffix(String name) {
        return name.replaceFirst("(Torch|Jax)$", "");
    }

    private static Module constructOther(String name, Arguments arguments) {
        return OwnClasses.construct(name, "module", Module.class, arguments)
                .orElseThrow(() -> new RiffleException(
                        name.indexOf('.') < 0
                                ? "there is no module '%s'%s (an own module is named by its full Java class name and must be on the class path)"
                                        .formatted(name, Names.hint(name, BY_NAME.keySet()))
                                : "there is no class %s on the class path, expected an own module there"
                                        .formatted(name)));
    }
}
