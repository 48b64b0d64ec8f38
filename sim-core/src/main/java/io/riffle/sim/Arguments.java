package io.riffle.sim;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a module is constructed from, by Rockpool's argument names, in Java as in a network file:
 * {@code new LIF(Arguments.shape(4).with("tau_mem", 0.02).with("threshold", Constant.of(1)))}. Immutable.
 *
 * <p>A value is a number, a truth value, a text, a {@link Tensor} (or an array, or nested lists of numbers), a
 * {@link Constant}, a {@link Module}, a list of modules or texts, or a map of names to such values.
 */
public final class Arguments {
    private static final String SHAPE = "shape";

    private final Map<String, Object> values;
    private final String prefix;

    private Arguments(Map<String, Object> values, String prefix) {
        this.values = values;
        this.prefix = prefix;
    }

    public static Arguments none() {
        return new Arguments(Map.of(), "");
    }

    /** These arguments as those of a module, which errors name from then on. */
    public Arguments of(String module) {
        return new Arguments(values, module + ": ");
    }

    public static Arguments shape(int... sizes) {
        return shape(Shape.of(sizes));
    }

    public static Arguments shape(Shape shape) {
        return none().with(SHAPE, shape);
    }

    /** These arguments and one more, or another value in its place. */
    public Arguments with(String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(values);
        copy.put(name, requireNonNull(value, "value is null"));
        return new Arguments(Collections.unmodifiableMap(copy), prefix);
    }

    public Arguments without(String name) {
        Map<String, Object> copy = new LinkedHashMap<>(values);
        copy.remove(name);
        return new Arguments(Collections.unmodifiableMap(copy), prefix);
    }

    public Set<String> names() {
        return values.keySet();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value as it was given. */
    public Object get(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new RiffleException("%sargument '%s' is missing".formatted(prefix, name));
        }
        return value;
    }

    /** Refuses every argument but these and {@code shape}, naming the nearest that is known; and see {@link #of}. */
    public Arguments expect(String module, String... known) {
        List<String> names = new ArrayList<>(List.of(known));
        names.add(SHAPE);
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new RiffleException("%s has no argument '%s'%s".formatted(module, name, Names.hint(name, names)));
            }
        }
        return of(module);
    }

    /** The shape, which must be there: a number or a list of numbers. */
    public Shape shape() {
        if (get(SHAPE) instanceof Shape shape) {
            return shape;
        }
        Tensor sizes = tensor(SHAPE);
        int[] whole = new int[sizes.shape().count()];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = wholeNumber(SHAPE, (Number) sizes.arrayWithoutCopy()[i]);
        }
        return Shape.of(whole);
    }

    /**
     * A parameter: the given value, or else what {@code init} makes of the first shape.
     *
     * @param shapes the permitted shapes, the default first
     */
    public Parameter parameter(String name, Family family, Init init, Shape... shapes) {
        Shape[] others = Arrays.copyOfRange(shapes, 1, shapes.length);
        Parameter declared = has(name)
                ? Parameter.of(get(name) instanceof Constant ? get(name) : tensor(name))
                        .shape(shapes[0], others)
                : Parameter.withShape(shapes[0], others).init(init);
        return declared.family(family);
    }

    public double number(String name, double otherwise) {
        Object value = values.getOrDefault(name, otherwise);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        Tensor tensor = tensor(name);
        if (tensor.shape().count() != 1) {
            throw new RiffleException(
                    "%sargument '%s' has the shape %s, expected one number".formatted(prefix, name, tensor.shape()));
        }
        return tensor.reshape().decimal();
    }

    /** A number or an array of numbers, also a constant one. */
    public Tensor tensor(String name) {
        Object value = get(name);
        try {
            return toTensor(value);
        } catch (RiffleException wrong) {
            throw new RiffleException("%sargument '%s': %s".formatted(prefix, name, wrong.getMessage()), wrong);
        }
    }

    public int wholeNumber(String name, int otherwise) {
        return wholeNumber(name, (Number) number(name, otherwise));
    }

    /** The seed from which random initial values are drawn: the argument {@code seed}, or 0. */
    public long seed() {
        return wholeNumber("seed", 0);
    }

    private int wholeNumber(String name, Number number) {
        if (number.doubleValue() != number.intValue()) {
            throw new RiffleException("%sargument '%s' is %s, expected a whole number".formatted(prefix, name, number));
        }
        return number.intValue();
    }

    public boolean flag(String name, boolean otherwise) {
        Object value = values.getOrDefault(name, otherwise);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw unexpected(name, value, "true or false");
    }

    public String text(String name, String otherwise) {
        Object value = values.getOrDefault(name, otherwise);
        if (value instanceof String text) {
            return text;
        }
        throw unexpected(name, value, "a text");
    }

    public Module module(String name) {
        if (get(name) instanceof Module module) {
            return module;
        }
        throw unexpected(name, get(name), "a module");
    }

    /** The elements of a list argument, each of one class. */
    public <T> List<T> list(String name, Class<T> elements) {
        Object value = get(name);
        String noun = elements.getSimpleName().toLowerCase(Locale.ROOT);
        if (!(value instanceof List<?> list)) {
            throw unexpected(name, value, "a list of %ss".formatted(noun));
        }
        List<T> cast = new ArrayList<>();
        for (Object element : list) {
            if (!elements.isInstance(element)) {
                throw unexpected("%s[%d]".formatted(name, cast.size()), element, "a " + noun);
            }
            cast.add(elements.cast(element));
        }
        return cast;
    }

    private RiffleException unexpected(String name, Object value, String expected) {
        return new RiffleException(
                "%sargument '%s' is %s, expected %s".formatted(prefix, name, described(value), expected));
    }

    /** Short, whatever it is. */
    private static String described(Object value) {
        if (value instanceof Map<?, ?>) {
            return "an object without \"module\"";
        } else if (value instanceof List<?> list) {
            return "a list of %d".formatted(list.size());
        } else if (value instanceof String text) {
            return "'%s'".formatted(text);
        } else if (value instanceof Module module) {
            return "a module " + module.className();
        }
        return String.valueOf(value);
    }

    /** Numbers, arrays and nested lists of numbers as a tensor; ragged rows are an error that names the row. */
    static Tensor toTensor(Object value) {
        if (value instanceof Tensor tensor) {
            return tensor;
        } else if (value instanceof Constant constant) {
            return constant.value();
        } else if (value instanceof Number number) {
            return Tensor.scalar(number.doubleValue());
        } else if (value instanceof float[] array) {
            return Tensor.of(array);
        } else if (value instanceof double[] array) {
            return Tensor.of(array);
        } else if (value instanceof int[] array) {
            return Tensor.of(Arrays.stream(array).asDoubleStream().toArray());
        } else if (value instanceof Object[] array) {
            return stack(List.of(array));
        } else if (value instanceof List<?> list) {
            return stack(list);
        }
        throw new RiffleException("%s is no number and no array of numbers".formatted(described(value)));
    }

    private static Tensor stack(List<?> rows) {
        List<Tensor> parts = rows.stream().map(Arguments::toTensor).toList();
        Shape part = parts.isEmpty() ? Shape.SCALAR : parts.get(0).shape();
        float[] values = new float[parts.size() * part.count()];
        for (int row = 0; row < parts.size(); row++) {
            if (!parts.get(row).shape().equals(part)) {
                throw new RiffleException("row %d has the shape %s, expected %s like row 0"
                        .formatted(row, parts.get(row).shape(), part));
            }
            System.arraycopy(parts.get(row).arrayWithoutCopy(), 0, values, row * part.count(), part.count());
        }
        return Tensor.wrap(values, part.within(parts.size()));
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
