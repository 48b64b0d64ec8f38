package io.riffle.schemas;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Columns and schema metadata, free of Arrow's classes. Of the metadata only the entries {@code riffle.*} are kept. */
record TableSchema(List<Column> columns, Map<String, String> metadata) {
    TableSchema {
        columns = List.copyOf(columns);
    }

    /** Index of a column, or -1. */
    int indexOf(String name) {
        for (int index = 0; index < columns.size(); index++) {
            if (columns.get(index).name().equals(name)) {
                return index;
            }
        }
        return -1;
    }

    /** Where the field nodes of a column begin; those of all columns before it come first. */
    int firstNode(int column) {
        int node = 0;
        for (int index = 0; index < column; index++) {
            node += columns.get(index).type().nodes();
        }
        return node;
    }

    /** Where the buffers of a column begin. */
    int firstBuffer(int column) {
        int buffer = 0;
        for (int index = 0; index < column; index++) {
            buffer += columns.get(index).type().buffers();
        }
        return buffer;
    }

    /** {@code step: int64, values: fixed_size_list<float32>[16]}. */
    String columnsText() {
        return columns.isEmpty()
                ? "no columns"
                : columns.stream().map(Column::toString).collect(Collectors.joining(", "));
    }
}
