package io.riffle.jobs.feed;

import static java.util.Objects.requireNonNull;

/**
 * One sensor of this machine, as the rest of the stream sees it.
 *
 * @param name short, with a dot between device and quantity
 * @param meaning how 0 and 1 come about
 */
public record HostChannel(String name, String meaning) {
    public HostChannel {
        requireNonNull(name, "name is null");
        requireNonNull(meaning, "meaning is null");
    }
}
