package io.riffle.jobs.offline;

import io.riffle.jobs.CommonOptions;
import io.riffle.jobs.InputOptions;
import io.riffle.jobs.NetworkArgument;
import io.riffle.jobs.RasterOptions;
import io.riffle.jobs.files.ChunkInput;
import io.riffle.jobs.files.FileInput;
import io.riffle.jobs.files.InputFile;
import io.riffle.jobs.files.InputSettings;
import io.riffle.jobs.files.OutputFile;
import io.riffle.jobs.files.SampleInput;
import io.riffle.operators.raster.RasterSettings;
import io.riffle.operators.raster.Rasteriser;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.schemas.Chunk;
import io.riffle.sim.Module;
import io.riffle.sim.Names;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code riffle evolve NETWORK --input FILE --output FILE}: what the streaming job computes, out of a file. */
@Command(
        name = "evolve",
        description = {
            "Runs a network over a file: the same bits as the streaming job, for every stream in it.",
            "Files are Arrow (.arrow, .arrows) or CSV (.csv: a header, optionally 'stream', 'run' and 'step', then "
                    + "channels). Samples, with --raster, are Arrow (samples/1) or CSV with a column 'time' (seconds "
                    + "since 1970 or ISO 8601) or 'time_ns' (whole nanoseconds since 1970) instead of 'step'."
        })
public final class EvolveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private NetworkArgument networkArgument;

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "What the network is given.")
    private Path input;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "Where its output goes.")
    private Path output;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "Where recorded state goes; of several paths each has a file of its own, with the path before "
                            + "the name's ending.")
    private Optional<Path> record = Optional.empty();

    @Option(
            names = "--record-only",
            paramLabel = "PATH",
            description = "What to record, such as 1_LIF.vmem; 'riffle inspect' lists the paths. Repeatable. "
                    + "Default: everything.")
    private List<String> recordOnly = new ArrayList<>();

    @Option(names = "--state-in", paramLabel = "FILE", description = "Continues with the states of an earlier call.")
    private Optional<Path> stateIn = Optional.empty();

    @Option(names = "--state-out", paramLabel = "FILE", description = "Where the states go at the end (JSON).")
    private Optional<Path> stateOut = Optional.empty();

    @Option(
            names = "--chunk",
            paramLabel = "N",
            description = "Cuts the input into chunks of at most N steps, which changes no bit. Default: as it comes.")
    private Optional<Integer> chunk = Optional.empty();

    @Mixin
    private InputOptions inputOptions;

    @Mixin
    private RasterOptions rasterOptions;

    @Mixin
    private GapOptions gapOptions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of the noise. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "Name of the stream of a file that names none. Default: " + InputSettings.UNNAMED
                    + "; of several streams without names 0, 1, ..., or NAME-0, NAME-1, ...")
    private Optional<String> stream = Optional.empty();

    @Override
    public Integer call() {
        checkOptions();
        Module network = networkArgument.read();
        Set<String> recordPaths = recordPaths(network);
        network.notStreamable().ifPresent(this::checkWhole);
        OfflineStreams streams = new OfflineStreams(network, seed);
        stateIn.ifPresent(streams::read);
        Optional<RasterSettings> raster = rasterOptions.settings(gapOptions.maxGap(), 0);
        Optional<SequenceSettings> sequence = gapOptions.settings();
        Path shown = InputFile.shown(input);
        try (Remarks remarks = new Remarks(shown, spec.commandLine().getErr(), gapOptions.notices());
                ChunkInput chunks = open(network, streams, raster, remarks)) {
            checkInput(chunks, network);
            double step = TimeStep.of(network, networkArgument.dt(), shown, chunks.dt());
            boolean samples = chunks instanceof RasterisedInput;
            Admission admission = sequence.<Admission>map(
                            settings -> new SequencedOrder(chunks, samples, shown, settings, step, streams, remarks))
                    .orElseGet(() -> new FileOrder(chunks, shown));
            try (OutputFile outputs = new OutputFile(output, step, Optional.empty(), chunks.hasRuns());
                    RecordFiles records = new RecordFiles(record.orElse(output), recordPaths, step, chunks.hasRuns())) {
                evolve(admission, chunks, streams, recordPaths, outputs, records);
                outputs.finish();
                records.finish();
            }
        }
        stateOut.ifPresent(streams::write);
        return 0;
    }

    private void evolve(
            Admission admission,
            ChunkInput chunks,
            OfflineStreams streams,
            Set<String> recordPaths,
            OutputFile outputs,
            RecordFiles records) {
        Progress progress = new Progress(spec.commandLine().getErr(), System::nanoTime, "steps");
        long steps = 0;
        while (admission.hasNext()) {
            Admission.Steps next = admission.next();
            for (Chunk piece : cut(next.chunk())) {
                Recorder recorder = Recorder.only(recordPaths);
                boolean fresh =
                        next.fresh() && piece.firstStep() == next.chunk().firstStep();
                Tensor result = streams.advance(piece, fresh, recorder, InputFile.shown(input));
                outputs.append(piece, result);
                records.append(piece, recorder.tree());
                steps += piece.steps();
                progress.at(steps, chunks.share());
            }
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s of %s in %.1f s -> %s%n",
                        Names.count(steps, "step"),
                        Names.count(streams.count(), "stream"),
                        progress.seconds(),
                        output);
        spec.commandLine().getOut().flush();
    }

    private List<Chunk> cut(Chunk whole) {
        int most = Math.max(1, chunk.orElse(whole.steps()));
        List<Chunk> pieces = new ArrayList<>();
        for (int from = 0; from < whole.steps(); from += most) {
            int steps = Math.min(most, whole.steps() - from);
            int width = whole.channels();
            float[] values = Arrays.copyOfRange(whole.values(), from * width, (from + steps) * width);
            pieces.add(new Chunk(whole.stream(), whole.run(), whole.firstStep() + from, steps, width, values));
        }
        return pieces;
    }

    private void checkOptions() {
        if (chunk.isPresent() && chunk.get() < 1) {
            throw wrongCall("--chunk is %d, expected 1 or more".formatted(chunk.get()));
        }
        if (!recordOnly.isEmpty() && record.isEmpty()) {
            throw wrongCall("--record-only needs --record FILE to write to");
        }
        if (stream.filter(String::isEmpty).isPresent()) {
            throw wrongCall("--stream is empty, expected a name");
        }
        checkFiles();
    }

    /** Every file that is written is one of its own; only the state may be replaced by the state. */
    private void checkFiles() {
        Map<Path, String> taken = new HashMap<>();
        taken.put(place(networkArgument.file()), "the network");
        taken.put(place(input), "--input");
        Map<String, Optional<Path>> written = new LinkedHashMap<>();
        written.put("--output", Optional.of(output));
        written.put("--record", record);
        written.put("--state-out", stateOut);
        written.put("--notices", gapOptions.notices());
        written.forEach((option, file) -> file.ifPresent(path -> {
            String other = taken.putIfAbsent(place(path), option);
            if (other != null) {
                throw wrongCall("%s is %s, which is %s already, expected another file".formatted(option, path, other));
            }
        }));
    }

    private static Path place(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.toAbsolutePath().normalize();
        }
    }

    private ParameterException wrongCall(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** The single paths of what is to be recorded; a module stands for all that it records. */
    private Set<String> recordPaths(Module network) {
        if (record.isEmpty()) {
            return Set.of();
        }
        Set<String> recordable = network.recordable().paths();
        if (recordable.isEmpty()) {
            throw new RiffleException("%s records nothing, expected no --record".formatted(network.className()));
        }
        if (recordOnly.isEmpty()) {
            return recordable;
        }
        network.recorder(recordOnly); // refuses paths that nobody records
        Set<String> paths = new LinkedHashSet<>();
        for (String path : recordable) {
            boolean wanted = recordOnly.stream().anyMatch(only -> path.equals(only) || path.startsWith(only + "."));
            if (wanted) {
                paths.add(path);
            }
        }
        return paths;
    }

    private ChunkInput open(Module network, OfflineStreams streams, Optional<RasterSettings> raster, Remarks remarks) {
        OptionalDouble step = TimeStep.of(network, networkArgument.dt());
        FileInput opened = new InputFile(input, inputOptions.settings(stream, step)).open(streams::nextStep);
        ChunkInput chunks = opened instanceof SampleInput samples
                ? rasterised(samples, network, raster, remarks)
                : (ChunkInput) opened;
        return network.notStreamable().isPresent() ? new WholeRecordings(chunks, InputFile.shown(input)) : chunks;
    }

    private ChunkInput rasterised(
            SampleInput samples, Module network, Optional<RasterSettings> raster, Remarks remarks) {
        Path shown = InputFile.shown(input);
        RasterSettings settings = raster.orElseThrow(() -> new RiffleException(
                "%s holds samples at any times, expected --raster RULE to make steps of them".formatted(shown)));
        Rasteriser rasteriser =
                new Rasteriser(settings, TimeStep.of(network, networkArgument.dt(), shown, OptionalDouble.empty()));
        return new RasterisedInput(samples, rasteriser, remarks);
    }

    private void checkWhole(String reason) {
        if (chunk.isPresent() || stateIn.isPresent() || stateOut.isPresent() || gapOptions.isGiven()) {
            throw wrongCall("%s; expected no --chunk, --gap, --state-in or --state-out".formatted(reason));
        }
    }

    private void checkInput(ChunkInput chunks, Module network) {
        if (!chunks.hasNext()) {
            throw new RiffleException("%s holds no steps, expected at least one".formatted(InputFile.shown(input)));
        }
        if (chunks.channels() != network.sizeIn()) {
            throw new RiffleException("%s has %s, expected %d as the network takes"
                    .formatted(InputFile.shown(input), Names.count(chunks.channels(), "channel"), network.sizeIn()));
        }
    }
}
