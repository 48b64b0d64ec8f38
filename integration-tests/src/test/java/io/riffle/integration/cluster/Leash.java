package io.riffle.integration.cluster;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * What a child process starts with: the main method that it is for, and a thread that ends the process when its
 * parent is gone. The parent holds the other end of the standard input, which closes however the parent ends, by
 * {@code kill -9} too. Uses nothing but the JDK, so that it needs no class path of its own.
 */
public final class Leash {
    private static final int PARENT_GONE = 3;

    private Leash() {}

    /** @param arguments the name of a class with a main method, and the arguments of that */
    public static void main(String[] arguments) throws Throwable {
        Thread watch = new Thread(Leash::endWithParent, "leash");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // the parent says nothing; only the end matters
            }
        } catch (IOException closed) {
            // the end, too
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }
}
