package io.riffle.jobs.embedded;

import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of 127.0.0.1 that nobody listens on. */
final class FreePorts {
    static final String LOOPBACK = "127.0.0.1";

    private FreePorts() {}

    /** Different ports, because all are held open until the last one is found. */
    static int[] find(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK)));
            }
            return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + LOOPBACK, e);
        } finally {
            sockets.forEach(FreePorts::closeQuietly);
        }
    }

    static int orFind(int port, String server) {
        if (port == 0) {
            return find(1)[0];
        }
        try (ServerSocket socket = new ServerSocket()) {
            // connections of a server that ended a moment ago may linger on the port; the servers bind in spite of them
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return port;
        } catch (IOException | IllegalArgumentException e) {
            throw new RiffleException(
                    "%s cannot listen on %s:%d: %s".formatted(server, LOOPBACK, port, e.getMessage()), e);
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // a probe that will not close leaves its port to the next one
        }
    }
}
