package io.riffle.jobs.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report for programs. */
final class ReportJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    static String of(Report report) {
        ObjectNode root = JSON.createObjectNode();
        machine(root.putObject("machine"), report.machine());
        root.put("repeats", report.settings().repeats());
        root.put("duration_ms", report.settings().duration().toMillis());
        ArrayNode sections = root.putArray("sections");
        report.sections().forEach(section -> section(sections.addObject(), section));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the report cannot be written as JSON", e);
        }
    }

    private static void machine(ObjectNode node, Machine machine) {
        node.put("processor", machine.processor());
        node.put("cores", machine.cores());
        node.put("system", machine.system());
        node.put("java", machine.java());
        ArrayNode flags = node.putArray("flags");
        machine.flags().forEach(flags::add);
        node.put("kernel", machine.kernel());
        node.put("load", machine.load());
    }

    private static void section(ObjectNode node, SectionReport section) {
        node.put("section", section.section().toString());
        ArrayNode figures = node.putArray("figures");
        section.figures().forEach(figure -> figure(figures.addObject(), figure));
        ArrayNode remarks = node.putArray("remarks");
        section.remarks().forEach(remarks::add);
    }

    private static void figure(ObjectNode node, Figure figure) {
        node.put("name", figure.name());
        node.put("unit", figure.unit());
        spread(node, figure.values());
        figure.ratio().ifPresent(ratio -> spread(node.putObject("ratio").put("to", ratio.to()), ratio.values()));
    }

    private static void spread(ObjectNode node, Spread spread) {
        node.put("median", spread.median());
        node.put("least", spread.least());
        node.put("greatest", spread.greatest());
        ArrayNode repeats = node.putArray("repeats");
        spread.repeats().forEach(repeats::add);
    }
}
