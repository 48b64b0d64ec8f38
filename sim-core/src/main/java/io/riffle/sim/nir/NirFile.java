package io.riffle.sim.nir;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** NIR graphs in HDF5 files: {@code /version} and the group {@code /node}, of nodes, edges and a type. */
final class NirFile {
    private static final byte[] MAGIC = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    /** Deflate makes no more out of one byte. */
    private static final long MOST_OUT_OF_A_BYTE = 1100;

    private static final int MOST_LEVELS = 64;

    private final Path path;
    private final long size;

    private NirFile(Path path, long size) {
        this.path = path;
        this.size = size;
    }

    /** Whether a file is HDF5, whatever its name says. */
    static boolean isHdf5(Path path) {
        try (InputStream bytes = Files.newInputStream(path)) {
            return Arrays.equals(bytes.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException unreadable) {
            return false; // whoever reads it says why
        }
    }

    static NirGraph read(Path path) {
        try {
            return new NirFile(path, Files.size(path)).read();
        } catch (NoSuchFileException missing) {
            throw new RiffleException("network file %s does not exist".formatted(path), missing);
        } catch (IOException failed) {
            throw new RiffleException("%s cannot be read: %s".formatted(path, failed), failed);
        }
    }

    private NirGraph read() throws IOException {
        if (!isHdf5(path)) {
            throw new RiffleException("%s is no HDF5 file, expected a NIR graph".formatted(path));
        }
        try (HdfFile file = HdfFile.fromByteBuffer(mapped())) {
            requireWhole(file);
            if (!(file.getChildren().get("node") instanceof Group root)) {
                throw new RiffleException(
                        "%s is an HDF5 file without the group 'node', expected a NIR graph".formatted(path));
            }
            Node type = root.getChildren().get("type");
            if (type == null || !"NIRGraph".equals(text(type))) {
                throw new RiffleException("%s: the group 'node' has %s, expected the type NIRGraph"
                        .formatted(path, type == null ? "no type" : "the type " + text(type)));
            }
            return graph(root, "", 0);
        } catch (RiffleException wrong) {
            throw wrong;
        } catch (RuntimeException | StackOverflowError broken) { // whatever a damaged file makes of the library
            throw new RiffleException(
                    "%s is damaged, or no HDF5 file that can be read: %s".formatted(path, words(broken)), broken);
        }
    }

    /** Of parts of a file in memory the library takes no more than is there, whatever a damaged header claims. */
    private ByteBuffer mapped() throws IOException {
        if (size > Integer.MAX_VALUE) {
            throw new RiffleException(
                    "%s has %d bytes, expected a NIR graph of at most %d".formatted(path, size, Integer.MAX_VALUE));
        }
        try (FileChannel channel = FileChannel.open(path)) {
            return channel.map(MapMode.READ_ONLY, 0, size);
        }
    }

    /** The library reads what was cut off as zeros, and weights of zero look like weights. */
    private void requireWhole(HdfFile file) {
        long declared = file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
        if (size < declared) {
            throw new RiffleException(
                    "%s was cut: %d bytes are there, its header says %d".formatted(path, size, declared));
        }
    }

    static String words(Throwable broken) {
        return broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
    }

    private NirGraph graph(Group group, String prefix, int level) {
        if (level > MOST_LEVELS) {
            throw new RiffleException(
                    "%s: the graphs stand in each other %d deep, expected fewer levels".formatted(path, level));
        }
        if (!(group.getChildren().get("nodes") instanceof Group inside)) {
            throw new RiffleException("%s: the graph%s has no group 'nodes'".formatted(path, place(prefix)));
        }
        Map<String, NirNode> nodes = new LinkedHashMap<>();
        inside.getChildren().forEach((name, node) -> {
            if (!(node instanceof Group found)) {
                throw new RiffleException("%s: node '%s' is no group".formatted(path, prefix + name));
            }
            nodes.put(name, node(found, prefix + name, level));
        });
        return new NirGraph(nodes, edges(group, prefix), metadata(group));
    }

    private static String place(String prefix) {
        return prefix.isEmpty() ? "" : " '%s'".formatted(prefix.substring(0, prefix.length() - 1));
    }

    private NirNode node(Group group, String name, int level) {
        Map<String, Node> members = group.getChildren();
        if (!members.containsKey("type")) {
            throw new RiffleException("%s: node '%s' has no type".formatted(path, name));
        }
        String type = text(members.get("type"));
        if (type.equals("NIRGraph")) {
            return new NirNode(name, type, Map.of(), Optional.of(graph(group, name + ".", level + 1)));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        members.forEach((member, value) -> {
            if (!member.equals("type")) {
                putValues(values, member, value, "node '%s': %s".formatted(name, member));
            }
        });
        return NirNode.of(name, type, values);
    }

    /** A group of values, such as metadata, is as many values: {@code metadata.author}. */
    private void putValues(Map<String, Object> values, String member, Node value, String what) {
        if (value instanceof Dataset dataset) {
            values.put(member, value(dataset, what));
        } else if (value instanceof Group group) {
            group.getChildren().forEach((name, inside) -> {
                if (inside instanceof Dataset dataset) {
                    values.put(member + "." + name, value(dataset, what + "." + name));
                }
            });
        }
    }

    private List<NirGraph.Edge> edges(Group group, String prefix) {
        if (!(group.getChildren().get("edges") instanceof Dataset dataset)) {
            throw new RiffleException("%s: the graph%s has no edges".formatted(path, place(prefix)));
        }
        int[] shape = dataset.getDimensions();
        List<NirGraph.Edge> edges = new ArrayList<>();
        if (shape.length == 0 || shape[0] == 0) {
            return edges;
        }
        if (shape.length != 2 || shape[1] != 2) {
            throw new RiffleException("%s: the edges of the graph%s have the shape %s, expected two ends each"
                    .formatted(path, place(prefix), NirNode.text(shape)));
        }
        checkSize(dataset, "the edges");
        Object[] rows = (Object[]) dataset.getData();
        for (Object row : rows) {
            Object[] ends = (Object[]) row;
            edges.add(new NirGraph.Edge(clean(ends[0]), clean(ends[1])));
        }
        return edges;
    }

    private Map<String, Object> metadata(Group group) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (group.getChildren().get("metadata") instanceof Group inside) {
            inside.getChildren().forEach((name, value) -> {
                if (value instanceof Dataset dataset) {
                    metadata.put(name, value(dataset, "the metadata '%s'".formatted(name)));
                }
            });
        }
        return metadata;
    }

    private String text(Node node) {
        if (node instanceof Dataset dataset) {
            checkSize(dataset, "a type");
            return clean(dataset.getData());
        }
        return String.valueOf(node);
    }

    /** Old files pad their texts with zeros or blanks. */
    private static String clean(Object text) {
        String whole = text instanceof Object[] one && one.length == 1 ? String.valueOf(one[0]) : String.valueOf(text);
        int end = whole.indexOf('\0');
        return (end < 0 ? whole : whole.substring(0, end)).strip();
    }

    /** Numbers as float32, whatever they are in the file; all else as text. */
    private Object value(Dataset dataset, String what) {
        checkSize(dataset, what);
        Class<?> kind = dataset.getJavaType();
        if (kind == String.class || kind == Object.class) {
            return clean(dataset.getData());
        }
        Object flat = dataset.getDataFlat();
        int[] shape = dataset.isScalar() ? new int[0] : dataset.getDimensions();
        float[] numbers = new float[flat.getClass().isArray() ? Array.getLength(flat) : 1];
        for (int i = 0; i < numbers.length; i++) {
            Object number = flat.getClass().isArray() ? Array.get(flat, i) : flat;
            if (number instanceof Boolean flag) {
                numbers[i] = flag ? 1 : 0;
            } else if (number instanceof Number value) {
                numbers[i] = value.floatValue();
            } else {
                return clean(number);
            }
        }
        return Tensor.wrap(numbers, shape);
    }

    /** Refuses what the file cannot hold, before memory is taken for it. */
    private void checkSize(Dataset dataset, String what) {
        long bytes = dataset.getSizeInBytes();
        long stored = dataset.getFilters().isEmpty() ? size : size * MOST_OUT_OF_A_BYTE;
        if (bytes < 0 || bytes > stored || dataset.getSize() > Integer.MAX_VALUE / 4) {
            throw new RiffleException("%s: %s declares %d values, more than a file of %d bytes can hold"
                    .formatted(path, what, dataset.getSize(), size));
        }
    }
}
