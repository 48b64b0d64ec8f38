package io.riffle.jobs.embedded;

import java.io.File;
import java.util.List;

/** The temporary folders that servers of this process have left so far. */
final class TestingFolders {
    private TestingFolders() {}

    static List<String> of(String owner) {
        String prefix = owner + "-" + ProcessHandle.current().pid() + "-";
        return List.of(new File(System.getProperty("java.io.tmpdir")).list((folder, name) -> name.startsWith(prefix)));
    }
}
