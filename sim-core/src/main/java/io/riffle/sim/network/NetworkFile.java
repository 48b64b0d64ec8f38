package io.riffle.sim.network;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffle.sim.Arguments;
import io.riffle.sim.Constant;
import io.riffle.sim.Module;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.json.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks as JSON: nested objects whose {@code module} names the class and whose other members are its arguments by
 * Rockpool's names, arrays as nested lists. {@code constants} lists the arguments that are {@link Constant}.
 *
 * <pre>
 * {"module": "Sequential", "modules": [
 *     {"module": "Linear", "shape": [4, 6], "weight": [[..], ..]},
 *     {"module": "LIF", "shape": [6], "tau_mem": 0.02}]}
 * </pre>
 *
 * <p>Numbers in arrays are read as float32 and written as the shortest decimal that reads back to the same bits.
 */
public final class NetworkFile {
    private static final String CONSTANTS = "constants";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private NetworkFile() {}

    /** Reads a file; an error names it, and the place inside it. */
    public static Module read(Path file) {
        return parse(JsonFile.text(file, "network file"), file.toString());
    }

    /**
     * Reads a text.
     *
     * @param source where the text is from, for messages
     */
    public static Module parse(String json, String source) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            Object value = new Reader(parser, source).value("");
            if (parser.nextToken() != null) {
                throw new RiffleException("%s: there is more text after the network".formatted(source));
            }
            if (value instanceof Module module) {
                return module;
            }
            throw new RiffleException(
                    "%s is no network, expected an object like {\"module\": \"LIF\", ..}".formatted(source));
        } catch (JsonProcessingException broken) {
            throw JsonFile.broken(source, broken);
        } catch (IOException failed) {
            throw new RiffleException("%s cannot be read: %s".formatted(source, failed), failed);
        }
    }

    /** Writes a module so that {@link #parse} gives one that evolves to the same bits. */
    public static String write(Module module) {
        try {
            return JSON.writeValueAsString(describe(module));
        } catch (JsonProcessingException failed) {
            throw new IllegalStateException("a network of numbers, lists and texts is always JSON", failed);
        }
    }

    private static Map<String, Object> describe(Module module) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("module", ModuleClasses.nameOf(module));
        Arguments arguments = module.toArguments();
        List<String> constants = new ArrayList<>();
        for (String name : arguments.names()) {
            Object value = arguments.get(name);
            if (value instanceof Constant) {
                constants.add(name);
            }
            described.put(name, plain(value));
        }
        if (!constants.isEmpty()) {
            described.put(CONSTANTS, constants);
        }
        return described;
    }

    private static Object plain(Object value) {
        if (value instanceof Module module) {
            return describe(module);
        } else if (value instanceof List<?> list) {
            return list.stream().map(NetworkFile::plain).toList();
        } else if (value instanceof Map<?, ?> named) {
            Map<Object, Object> members = new LinkedHashMap<>();
            named.forEach((name, member) -> members.put(name, plain(member)));
            return members;
        } else if (value instanceof Shape shape) {
            return shape.toArray();
        } else if (value instanceof Constant constant) {
            return nested(constant.value(), 0, 0);
        } else if (value instanceof Tensor tensor) {
            return nested(tensor, 0, 0);
        }
        return value;
    }

    private static Object nested(Tensor tensor, int dimension, int at) {
        Shape shape = tensor.shape();
        if (dimension == shape.rank()) {
            return tensor.arrayWithoutCopy()[at];
        }
        int stride = 1;
        for (int inner = dimension + 1; inner < shape.rank(); inner++) {
            stride *= shape.size(inner);
        }
        List<Object> rows = new ArrayList<>();
        for (int row = 0; row < shape.size(dimension); row++) {
            rows.add(nested(tensor, dimension + 1, at + row * stride));
        }
        return rows;
    }

    /** Reads one value after the other, numbers in arrays straight to float32. */
    private record Reader(JsonParser parser, String source) {
        /** The value at the current token; {@code at} is its place, such as {@code modules[1].tau_mem}. */
        Object value(String at) throws IOException {
            JsonToken token = parser.currentToken();
            if (token == null) {
                throw new RiffleException("%s is empty, expected a network".formatted(source));
            }
            return switch (token) {
                case START_OBJECT -> object(at);
                case START_ARRAY -> array(at);
                case VALUE_STRING -> parser.getText();
                case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_NULL -> null;
                default -> throw new RiffleException("%s: unexpected %s at %s".formatted(source, token, at));
            };
        }

        /** A module; or, without a "module", named values, which some modules take as an argument. */
        private Object object(String at) throws IOException {
            String name = null;
            Map<String, Object> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String member = parser.currentName();
                parser.nextToken();
                Object value = value(at.isEmpty() ? member : at + "." + member);
                if (members.containsKey(member) || (name != null && member.equals("module"))) {
                    throw new RiffleException("%s%s: '%s' stands there twice".formatted(source, place(at), member));
                } else if (member.equals("module") && value instanceof String text) {
                    name = text;
                } else {
                    members.put(member, value);
                }
            }
            return name == null ? members : construct(name, members, at);
        }

        private Module construct(String name, Map<String, Object> members, String at) {
            try {
                return ModuleClasses.construct(name, arguments(name, members));
            } catch (RiffleException wrong) {
                throw new RiffleException("%s%s: %s".formatted(source, place(at), wrong.getMessage()), wrong);
            }
        }

        /** The members as arguments, those that {@code constants} names being constant; null is as if not there. */
        private static Arguments arguments(String module, Map<String, Object> members) {
            Arguments arguments = Arguments.none().of(module);
            for (Map.Entry<String, Object> member : members.entrySet()) {
                if (member.getValue() != null) {
                    arguments = arguments.with(member.getKey(), member.getValue());
                }
            }
            if (!arguments.has(CONSTANTS)) {
                return arguments;
            }
            List<String> constants = arguments.list(CONSTANTS, String.class);
            arguments = arguments.without(CONSTANTS);
            for (String name : constants) {
                if (!arguments.has(name)) {
                    throw new RiffleException("%s: the constant '%s' is not given%s"
                            .formatted(module, name, Names.hint(name, arguments.names())));
                }
                arguments = arguments.with(name, Constant.of(arguments.tensor(name)));
            }
            return arguments;
        }

        private List<Object> array(String at) throws IOException {
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                boolean number = parser.currentToken().isNumeric();
                elements.add(number ? (Object) parser.getFloatValue() : value("%s[%d]".formatted(at, elements.size())));
            }
            return elements;
        }

        private static String place(String at) {
            return at.isEmpty() ? "" : " at " + at;
        }
    }
}
