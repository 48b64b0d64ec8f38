package io.riffle.schemas;

import java.util.Locale;

/**
 * One column of a schema.
 *
 * @param listSize items per row of a {@link ColumnType#FLOAT32_LIST}, else 0
 * @param typeName as pyarrow prints it, for messages
 */
record Column(String name, ColumnType type, int listSize, String typeName, boolean nullable) {
    static Column of(String name, ColumnType type) {
        return new Column(name, type, 0, type.name().toLowerCase(Locale.ROOT), false);
    }

    static Column nullable(String name, ColumnType type) {
        return new Column(name, type, 0, type.name().toLowerCase(Locale.ROOT), true);
    }

    static Column time(String name) {
        return new Column(name, ColumnType.TIMESTAMP_NS, 0, "timestamp[ns, UTC]", false);
    }

    static Column floats(String name, int listSize) {
        return new Column(name, ColumnType.FLOAT32_LIST, listSize, "fixed_size_list<float32>[" + listSize + "]", false);
    }

    @Override
    public String toString() {
        return name + ": " + typeName;
    }
}
