package io.riffle.jobs;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What this build is called. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        // only a jar has a manifest; class files out of a build folder have no version
        String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development build");
        return new String[] {"riffle " + version, "Java " + System.getProperty("java.version")};
    }
}
