package io.riffle.jobs.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffle.jobs.CommonOptions;
import io.riffle.jobs.LoadedNetwork;
import io.riffle.jobs.NetworkArgument;
import io.riffle.sim.Family;
import io.riffle.sim.Module;
import io.riffle.sim.Names;
import io.riffle.sim.Shape;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code riffle inspect NETWORK}: what is in it. */
@Command(
        name = "inspect",
        description =
                "Prints a network the way Rockpool does, with its parameters, states, sizes and what can be recorded.")
public final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private NetworkArgument network;

    @Option(names = "--json", description = "Prints it as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        LoadedNetwork loaded = network.load();
        NetworkSummary summary = NetworkSummary.of(loaded.module());
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(summary, loaded.report()) : text(summary, loaded.report()));
        out.flush();
        return 0;
    }

    private static String text(NetworkSummary summary, List<String> report) {
        Module network = summary.network();
        TextTable parameters = new TextTable("PARAMETER", "SHAPE", "FAMILY", "VALUES");
        summary.parameters()
                .forEach(values ->
                        parameters.add(values.path(), values.shape().toString(), family(values), values.range()));
        TextTable states = new TextTable("STATE", "SHAPE");
        summary.states()
                .entries()
                .forEach(entry -> states.add(entry.path(), entry.shape().toString()));
        TextTable settings = new TextTable("SIMULATION PARAMETER", "VALUE");
        summary.settings().forEach(setting -> settings.add(setting.path(), setting.text()));
        TextTable recordable = new TextTable("RECORD", "SHAPE OF A STEP");
        summary.recordable().forEach((path, shape) -> recordable.add(path, shape.toString()));

        List<String> parts = new ArrayList<>();
        parts.add(network + "\n");
        parts.add(
                """
                in           %s%s
                out          %s%s
                time-step    %s
                parameters   %d values
                state        %d values, %d bytes per stream
                """
                        .formatted(
                                Names.count(network.sizeIn(), "channel"),
                                network.spikingInput() ? " of events" : "",
                                Names.count(network.sizeOut(), "channel"),
                                network.spikingOutput() ? " of events" : "",
                                timeStep(network),
                                summary.parameterCount(),
                                summary.states().count(),
                                summary.stateBytes()));
        for (TextTable table : List.of(parameters, states, settings, recordable)) {
            if (!table.isEmpty()) {
                parts.add(table.toString());
            }
        }
        if (!report.isEmpty()) {
            parts.add("ASSUMED\n" + String.join("\n", report));
        }
        return String.join("\n", parts).stripTrailing();
    }

    private static String timeStep(Module network) {
        return network.timeSteps().isEmpty()
                ? "any"
                : network.timeSteps().stream().map(dt -> dt + " s").collect(Collectors.joining(" and "));
    }

    private static String family(NetworkSummary.Values values) {
        return values.family().map(Family::name).orElse("");
    }

    private static String json(NetworkSummary summary, List<String> report) {
        Module network = summary.network();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("text", network.toString());
        all.put("size_in", network.sizeIn());
        all.put("size_out", network.sizeOut());
        all.put("spiking_input", network.spikingInput());
        all.put("spiking_output", network.spikingOutput());
        all.put("dt", network.timeSteps());
        all.put("parameter_values", summary.parameterCount());
        all.put("state_values", summary.states().count());
        all.put("state_bytes", summary.stateBytes());
        all.put(
                "parameters",
                summary.parameters().stream().map(InspectCommand::values).toList());
        all.put(
                "states",
                summary.states().entries().stream()
                        .map(entry -> shape(entry.path(), entry.shape()))
                        .toList());
        Map<String, Object> settings = new LinkedHashMap<>();
        summary.settings()
                .forEach(setting -> settings.put(
                        setting.path(),
                        setting.value() instanceof NetworkSummary.Values values ? values(values) : setting.value()));
        all.put("simulation_parameters", settings);
        all.put(
                "recordable",
                summary.recordable().entrySet().stream()
                        .map(entry -> shape(entry.getKey(), entry.getValue()))
                        .toList());
        all.put("assumed", report);
        try {
            return JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(all);
        } catch (JsonProcessingException failed) {
            throw new IllegalStateException("maps, lists, numbers and texts are always JSON", failed);
        }
    }

    private static Map<String, Object> shape(String path, Shape shape) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("path", path);
        described.put("shape", shape.toArray());
        return described;
    }

    private static Map<String, Object> values(NetworkSummary.Values values) {
        Map<String, Object> described = shape(values.path(), values.shape());
        described.put("family", family(values));
        described.put("min", values.smallest());
        described.put("max", values.largest());
        return described;
    }
}
