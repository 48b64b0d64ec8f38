package io.riffle.operators;

import io.riffle.sim.StateLayout;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * What the operator of one module keeps of each stream, and how a savepoint names it.
 *
 * @param operator the operator's name, such as {@code 1_LIF}
 * @param prefix of everything inside the module, such as {@code 1_LIF.}, empty for a module that is the whole network
 * @param layout the states by their full paths, such as {@code 1_LIF.vmem}
 */
public record ModuleStates(String operator, String prefix, StateLayout layout) {
    private static final String UID = "module ";
    private static final String STATE = "module";

    /** The uid of a module's operator. */
    public static String uid(String operator) {
        return UID + operator;
    }

    /** The module's operator of this uid, if it is one. */
    public static Optional<String> operatorOf(String uid) {
        return uid.startsWith(UID) ? Optional.of(uid.substring(UID.length())) : Optional.empty();
    }

    /** The keyed state of a module's operator as it was stored. */
    public static ValueStateDescriptor<StreamState> descriptor(StateLayout stored) {
        return new ModuleStates("", "", stored).descriptor();
    }

    /** The keyed state of this module's operator. */
    public ValueStateDescriptor<StreamState> descriptor() {
        return new ValueStateDescriptor<>(STATE, new StreamStateSerializer(layout, prefix));
    }

    /**
     * Whether stored states can be gone on with: inside the module they have the same names, with the same shapes and in
     * the same order. Where the module stood in its network does not matter.
     */
    public boolean continues(StateLayout stored) {
        List<StateLayout.Entry> mine = layout.entries();
        if (mine.size() != stored.entries().size()) {
            return false;
        }
        if (mine.isEmpty()) {
            return true;
        }
        String first = inside(mine.get(0));
        String firstStored = stored.entries().get(0).path();
        if (!firstStored.endsWith(first)) {
            return false;
        }
        String storedPrefix = firstStored.substring(0, firstStored.length() - first.length());
        if (!storedPrefix.isEmpty() && !storedPrefix.endsWith(".")) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            StateLayout.Entry expected = new StateLayout.Entry(
                    storedPrefix + inside(mine.get(i)), mine.get(i).shape());
            if (!expected.equals(stored.entries().get(i))) {
                return false;
            }
        }
        return true;
    }

    private String inside(StateLayout.Entry entry) {
        return entry.path().substring(prefix.length());
    }

    /** {@code [1_LIF.vmem (4,), 1_LIF.isyn (4, 1)]}. */
    public static String text(StateLayout layout) {
        return layout.entries().stream()
                .map(entry -> entry.path() + " " + entry.shape())
                .toList()
                .toString();
    }
}
