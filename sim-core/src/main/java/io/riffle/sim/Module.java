package io.riffle.sim;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.kernels.Noise;
import io.riffle.sim.time.TimedModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Supplier;

/**
 * A stateful network or a part of one: Rockpool's low-level Module API.
 *
 * <p>A module is a definition: its shape, its attributes, its sub-modules, all declared in its constructor. What
 * changes from step to step is not in it but in a {@link ModuleState} that is passed in, so one module serves any number
 * of streams. An own module declares with {@link #parameter}, {@link #state}, {@link #simulationParameter} and
 * {@link #module}, and implements {@link #evolve(Tensor, ModuleState, Recorder)}.
 *
 * <p>For use by hand a module also keeps a state of its own, which {@link #evolve(Tensor)} advances and {@link #state},
 * {@link #setAttributes} and {@link #resetState} read and change. A module is for one thread at a time.
 */
public abstract class Module {
    private final Shape shape;
    private final boolean spikingInput;
    private final boolean spikingOutput;
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();
    private final Map<String, Module> modules = new LinkedHashMap<>();
    private final List<Derived<?>> derived = new ArrayList<>();
    private Module parent;
    private String name;
    private int ownStateCount;
    /** Null until they are asked for, and again after anything was declared. */
    private Map<String, Part> parts;

    private int stateCount;
    private final OwnState ownState = new OwnState(this);
    /** Of the last output, as the next one's is likely the same. */
    private Shape outputShape = Shape.SCALAR;

    private String wholeRecordingsReason;

    /** A module that takes and gives real values. */
    protected Module(Shape shape) {
        this(shape, false, false);
    }

    /**
     * @param shape (N,), (Nin, Nout), or longer; the first size is taken, the last is given
     * @param spikingInput whether it expects events
     * @param spikingOutput whether it gives events
     */
    protected Module(Shape shape, boolean spikingInput, boolean spikingOutput) {
        if (shape.rank() == 0 || shape.count() == 0) {
            throw new RiffleException(
                    "%s: the shape is %s, expected sizes of at least 1".formatted(className(), shape));
        }
        this.shape = shape;
        this.spikingInput = spikingInput;
        this.spikingOutput = spikingOutput;
    }

    // ---- what a module of one's own uses

    /**
     * Computes the output of T steps and moves the state on by T steps. It must depend on nothing but its arguments and
     * the attributes, and give the same bits however the steps are cut into calls. T may be 0.
     *
     * @param input (B, T, Nin)
     * @param state of the B streams, changed in place
     * @param recorder takes what is worth watching, each (B, T, ..)
     * @return (B, T, Nout)
     */
    public abstract Tensor evolve(Tensor input, ModuleState state, Recorder recorder);

    /** Declares a parameter and returns the handle that holds its value. */
    protected final Parameter parameter(String attribute, Parameter declared) {
        return register(attribute, declared.registered(where() + ": " + attribute));
    }

    /** Declares a state and returns the handle by which {@link ModuleState} finds its values. */
    protected final State state(String attribute, State declared) {
        State registered = register(attribute, declared.registered(ownStateCount));
        ownStateCount += registered.shape().count();
        forgetParts();
        return registered;
    }

    /** Declares a simulation parameter and returns the handle that holds its value. */
    protected final <T> SimulationParameter<T> simulationParameter(String attribute, SimulationParameter<T> declared) {
        return register(attribute, declared);
    }

    private <A extends Attribute> A register(String attribute, A registered) {
        refuseTaken(attribute);
        attributes.put(attribute, registered);
        return registered;
    }

    /** Adds a sub-module under a name, which it carries from then on. */
    protected final <M extends Module> M module(String child, M module) {
        refuseTaken(child);
        Module added = requireNonNull(module, "module is null");
        if (added == root() || added.parent != null) {
            throw new RiffleException("%s: module '%s' is already attached as %s, expected one of its own"
                    .formatted(where(), child, added.where()));
        }
        added.parent = this;
        added.name = child;
        added.ownState.reset();
        modules.put(child, module);
        forgetParts();
        return module;
    }

    private void refuseTaken(String taken) {
        if (taken.isEmpty() || taken.indexOf('.') >= 0) {
            throw new RiffleException(
                    "%s: '%s' cannot be a name, expected letters without a dot".formatted(where(), taken));
        }
        if (attributes.containsKey(taken) || modules.containsKey(taken)) {
            throw new RiffleException("%s: the name '%s' is taken already".formatted(where(), taken));
        }
    }

    /** A value computed from attributes, computed anew only after they were set. */
    protected final <T> Derived<T> derived(Supplier<T> rule) {
        Derived<T> added = new Derived<>(rule);
        derived.add(added);
        return added;
    }

    /** Says that this module has to see a whole recording at once, and why: then it cannot run on a stream. */
    protected final void needsWholeRecordings(String reason) {
        wholeRecordingsReason = requireNonNull(reason, "reason is null");
    }

    /** Checks an input (B, T, Nin); a single channel stands for all of them. */
    protected final Tensor accept(Tensor input) {
        if (input.shape().rank() == 3 && input.channels() == 1 && sizeIn() != 1) {
            float[] narrow = input.arrayWithoutCopy();
            float[] wide = new float[narrow.length * sizeIn()];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = narrow[i / sizeIn()];
            }
            return Tensor.wrap(wide, input.batches(), input.steps(), sizeIn());
        }
        return acceptExactly(input);
    }

    /** Checks an input (B, T, Nin). */
    protected final Tensor acceptExactly(Tensor input) {
        if (input.shape().rank() != 3) {
            throw new RiffleException(
                    "%s: the input has the shape %s, expected (B, T, %d)".formatted(where(), input.shape(), sizeIn()));
        }
        if (input.channels() != sizeIn()) {
            throw wrongChannels(input);
        }
        return input;
    }

    /**
     * What it gives for an input (B, T, Nin).
     *
     * @param values (B, T, Nout), of {@link ModuleState#newOutput}; the array is handed over
     */
    protected final Tensor output(float[] values, Tensor input) {
        boolean known = outputShape.rank() == 3
                && outputShape.size(0) == input.batches()
                && outputShape.size(1) == input.steps();
        if (!known) {
            outputShape = Shape.of(input.batches(), input.steps(), sizeOut());
        }
        return Tensor.wrap(values, outputShape);
    }

    private RiffleException wrongChannels(Tensor input) {
        return new RiffleException("%s: the input has %s, expected %d"
                .formatted(where(), Names.count(input.channels(), "channel"), sizeIn()));
    }

    // ---- evolving

    /** Evolves the module's own state, recording nothing. */
    public final Evolution evolve(Tensor input) {
        return evolve(input, Recorder.NONE);
    }

    /**
     * Evolves the module's own state. The first call with a batch fixes its size until {@link #resetState}: each element
     * keeps a state of its own.
     *
     * @param input (B, T, Nin), (T, Nin) for a batch of one, or (T,) for one channel that stands for all
     */
    public final Evolution evolve(Tensor input, Recorder recorder) {
        Tensor batched = batched(input);
        OwnState whole = root().ownState;
        ModuleState next = whole.copy(batched.batches(), where());
        ModuleState mine = within(next);
        Tensor output = root() == this ? advance(batched, mine, recorder) : evolve(batched, mine, recorder);
        whole.set(next); // only now, so that a call that fails changes nothing
        return new Evolution(output, state(), recorder.tree());
    }

    /** The part of the whole network's state that is this module's. */
    private ModuleState within(ModuleState whole) {
        return parent == null ? whole : parent.within(whole).of(name);
    }

    /**
     * The pure form, as a stream uses it: evolves the given state, checks what goes in and comes out, and counts the
     * steps. For the whole network; {@link #evolve(Tensor, ModuleState, Recorder)} is for its parts.
     */
    public final Tensor advance(Tensor input, ModuleState state, Recorder recorder) {
        if (input.batches() != state.batch()) {
            throw new RiffleException("%s: the input has a batch of %d, the state one of %d"
                    .formatted(where(), input.batches(), state.batch()));
        }
        if (input.channels() != sizeIn() && input.channels() != 1) {
            throw wrongChannels(input);
        }
        Tensor output = evolve(input, state, recorder);
        boolean fits = output.shape().rank() == 3
                && output.batches() == input.batches()
                && output.steps() == input.steps()
                && output.channels() == sizeOut();
        if (!fits) {
            throw new RiffleException("%s: evolve gave the shape %s, expected (%d, %d, %d)"
                    .formatted(where(), output.shape(), input.batches(), input.steps(), sizeOut()));
        }
        state.advance(input.steps());
        return output;
    }

    private Tensor batched(Tensor input) {
        Shape given = input.shape();
        Tensor batched =
                switch (given.rank()) {
                    case 1 -> input.reshape(1, given.size(0), 1);
                    case 2 -> input.reshape(1, given.size(0), given.size(1));
                    case 3 -> input;
                    default ->
                        throw new RiffleException(
                                "%s: the input has the shape %s, expected (T,), (T, %3$d) or (B, T, %3$d)"
                                        .formatted(where(), given, sizeIn()));
                };
        if (batched.batches() == 0) {
            throw new RiffleException("%s: the input has a batch of 0, expected at least 1".formatted(where()));
        }
        return batched;
    }

    /** Why this network cannot run on a stream, where the steps come in chunks; empty if it can, as nearly all can. */
    public final Optional<String> notStreamable() {
        if (wholeRecordingsReason != null) {
            return Optional.of("%s cannot run on a stream: %s".formatted(where(), wholeRecordingsReason));
        }
        return modules.values().stream()
                .flatMap(child -> child.notStreamable().stream())
                .findFirst();
    }

    /** A fresh state for a batch of streams. */
    public final ModuleState newState(int batch) {
        return ModuleState.initial(this, batch);
    }

    /** The paths of everything that this module records, with the shape (B, T, ..) for no steps of one stream. */
    public final Tree recordable() {
        Recorder recorder = Recorder.all();
        evolve(Tensor.zeros(Shape.of(1, 0, sizeIn())), newState(1), recorder);
        return recorder.tree();
    }

    /** A recorder of these paths: of records, or of modules for all that they record. */
    public final Recorder recorder(Collection<String> paths) {
        Tree recordable = recordable();
        for (String path : paths) {
            if (!recordable.has(path)) {
                throw new RiffleException(
                        "%s records no '%s'%s".formatted(where(), path, Names.hint(path, recordable.paths())));
            }
        }
        return Recorder.only(paths);
    }

    // ---- in seconds

    /** This network for time series, at the dt that it names. It goes on evolving the own state of this module. */
    public final TimedModule timed() {
        return TimedModule.of(this);
    }

    /** This network for time series, at this dt in seconds, which must be the one that it names, if it names one. */
    public final TimedModule timed(double dt) {
        return TimedModule.of(this, dt);
    }

    /** How many steps the own state of this network has come: the number of the step that comes next. */
    public final long nextStep() {
        return ownState().nextStep(0);
    }

    // ---- the module's own state

    private Module root() {
        return parent == null ? this : parent.root();
    }

    final ModuleState ownState() {
        return within(root().ownState.now());
    }

    // ---- layout of states, for ModuleState

    /** A sub-module, where its states stand behind those of this module, and its name as noise knows it. */
    record Part(Module module, int offset, long nameKey) {}

    final int stateCount() {
        parts();
        return stateCount;
    }

    final Part part(String child) {
        Part found = parts().get(child);
        if (found == null) {
            throw new RiffleException(
                    "%s has no module '%s'%s".formatted(where(), child, Names.hint(child, modules.keySet())));
        }
        return found;
    }

    private Map<String, Part> parts() {
        if (parts == null) {
            Map<String, Part> found = new LinkedHashMap<>();
            int offset = ownStateCount;
            for (Map.Entry<String, Module> entry : modules.entrySet()) {
                found.put(entry.getKey(), new Part(entry.getValue(), offset, Noise.key(entry.getKey())));
                offset += entry.getValue().stateCount();
            }
            stateCount = offset;
            parts = found;
        }
        return parts;
    }

    private void forgetParts() {
        parts = null;
        if (parent != null) {
            parent.forgetParts();
        }
    }

    final void writeInitialState(float[] values, int at) {
        attributes.forEach((attribute, value) -> {
            if (value instanceof State state) {
                float[] initial = state.initial(where() + ": " + attribute).arrayWithoutCopy();
                System.arraycopy(initial, 0, values, at + state.offset(), initial.length);
            }
        });
        parts().values().forEach(part -> part.module.writeInitialState(values, at + part.offset));
    }

    /**
     * Where the values of a stream's state stand.
     *
     * @param path where this module stands in the whole network, empty for the network itself
     */
    public final StateLayout stateLayout(String path) {
        List<StateLayout.Entry> entries = new ArrayList<>();
        addTo(entries, path.isEmpty() ? "" : path + ".");
        return new StateLayout(entries);
    }

    private void addTo(List<StateLayout.Entry> entries, String prefix) {
        attributes.forEach((attribute, value) -> {
            if (value instanceof State state) {
                entries.add(new StateLayout.Entry(prefix + attribute, state.shape()));
            }
        });
        modules.forEach((child, module) -> module.addTo(entries, prefix + child + "."));
    }

    // ---- looking at it

    public final Shape shape() {
        return shape;
    }

    public final int sizeIn() {
        return shape.sizeIn();
    }

    public final int sizeOut() {
        return shape.sizeOut();
    }

    public final boolean spikingInput() {
        return spikingInput;
    }

    public final boolean spikingOutput() {
        return spikingOutput;
    }

    public final String className() {
        return getClass().getSimpleName();
    }

    /** The name that its parent gave it; none for the whole network. */
    public final Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** {@code Rate } or {@code Rate 'neurons'}. */
    public final String fullName() {
        return className() + " " + name().map("'%s'"::formatted).orElse("");
    }

    /** Class and path, for messages: {@code LIF} or {@code LIF '0_Sequential.1_LIF'}. */
    public final String where() {
        return name == null ? className() : "%s '%s'".formatted(className(), path());
    }

    private String path() {
        String above = parent == null || parent.name == null ? "" : parent.path() + ".";
        return above + name;
    }

    /** The direct sub-modules by name, in order. */
    public final Map<String, Module> modules() {
        return Collections.unmodifiableMap(modules);
    }

    /** Its own attributes by name, in the order of their declaration. */
    public final Map<String, Attribute> attributes() {
        return Collections.unmodifiableMap(attributes);
    }

    public final Tree parameters() {
        return AttributeTree.ofKind(this, Attribute.Kind.PARAMETER);
    }

    /** The parameters of these families, without the modules that have none. */
    public final Tree parameters(Family... families) {
        List<Family> wanted = List.of(families);
        return AttributeTree.where(
                this,
                (attribute, value) -> value.kind() == Attribute.Kind.PARAMETER
                        && value.family().filter(wanted::contains).isPresent());
    }

    /** The parameters of families by their names, singular or plural. */
    public final Tree parameters(String... families) {
        return parameters(Arrays.stream(families).map(Family::of).toArray(Family[]::new));
    }

    /** The module's own state: a leaf has the state's shape, or (B, ..) after a batch of B. */
    public final Tree state() {
        return AttributeTree.ofKind(this, Attribute.Kind.STATE);
    }

    public final Tree simulationParameters() {
        return AttributeTree.ofKind(this, Attribute.Kind.SIMULATION_PARAMETER);
    }

    /** All attributes of these names, of any kind, wherever they are. */
    public final Tree attributesNamed(String... names) {
        List<String> wanted = List.of(names);
        return AttributeTree.where(this, (attribute, value) -> wanted.contains(attribute));
    }

    /** The time-steps, in seconds, that the modules of this network name: none, one, or several that differ. */
    public final Set<Double> timeSteps() {
        Set<Double> steps = new LinkedHashSet<>();
        if (attributes.get("dt") instanceof SimulationParameter<?> dt && dt.value() instanceof Double seconds) {
            steps.add(seconds);
        }
        modules.values().forEach(child -> steps.addAll(child.timeSteps()));
        return steps;
    }

    // ---- changing it

    /**
     * Sets the named attributes, of any kind, in this module and its sub-modules. Nothing is changed when a name is
     * unknown, a shape does not fit, or a module cannot compute with a value. A value has the shape of the one it
     * replaces; a state's may have the batch in front.
     *
     * @return this
     */
    public final Module setAttributes(Tree values) {
        AttributeChanges changes = AttributeChanges.plan(this, values);
        changes.make();
        try {
            recompute();
        } catch (RiffleException wrong) {
            changes.undo();
            recompute();
            throw wrong;
        }
        return this;
    }

    private void recompute() {
        derived.forEach(Derived::forget);
        derived.forEach(Derived::get);
        modules.values().forEach(Module::recompute);
    }

    /** Takes the module's own state back to its true initial value, and a batch back to one stream. */
    public final Module resetState() {
        if (parent == null) {
            ownState.reset();
        } else {
            ModuleState state = ownState();
            for (int i = 0; i < state.batch(); i++) {
                writeInitialState(state.valuesWithoutCopy(), state.start(i));
            }
        }
        return this;
    }

    /** Takes every parameter back to its true initial value; simulation parameters stay. */
    public final Module resetParameters() {
        attributes.forEach((attribute, value) -> {
            if (value instanceof Parameter parameter && parameter.kind() == Attribute.Kind.PARAMETER) {
                parameter.reset(where() + ": " + attribute);
            }
        });
        derived.forEach(Derived::forget);
        modules.values().forEach(Module::resetParameters);
        return this;
    }

    // ---- writing it down

    /**
     * What to construct an equal module from: the arguments of a network file. An own module whose constructor takes
     * other names than its attributes' overrides this.
     */
    public Arguments toArguments() {
        Arguments arguments = Arguments.shape(shape);
        for (Map.Entry<String, Attribute> entry : attributes.entrySet()) {
            if (entry.getValue() instanceof Parameter parameter) {
                Object value = parameter.value();
                boolean constant = parameter.kind() == Attribute.Kind.SIMULATION_PARAMETER;
                arguments = arguments.with(entry.getKey(), constant ? Constant.of(value) : value);
            } else if (entry.getValue() instanceof SimulationParameter<?> parameter) {
                arguments = arguments.with(entry.getKey(), parameter.value());
            }
        }
        for (Map.Entry<String, Module> entry : modules.entrySet()) {
            arguments = arguments.with(entry.getKey(), entry.getValue());
        }
        return arguments;
    }

    /** The way Rockpool prints it: {@code LIF '1_LIF' with shape (4, 4)}, sub-modules indented in braces. */
    @Override
    public final String toString() {
        return print("");
    }

    private String print(String indent) {
        String line = indent + fullName() + " with shape " + shape;
        if (modules.isEmpty()) {
            return line;
        }
        StringJoiner inner = new StringJoiner("\n", line + " {\n", "\n" + indent + "}");
        modules.values().forEach(child -> inner.add(child.print(indent + "    ")));
        return inner.toString();
    }
}
