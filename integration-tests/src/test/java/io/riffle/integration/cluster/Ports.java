package io.riffle.integration.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of 127.0.0.1 on which nobody listens, for servers that come back on the same one. */
public final class Ports {
    public static final String LOOPBACK = "127.0.0.1";

    private Ports() {}

    public static int[] find(int count) {
        List<ServerSocket> open = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                open.add(new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK)));
            }
            int[] ports = open.stream().mapToInt(ServerSocket::getLocalPort).toArray();
            for (ServerSocket socket : open) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + LOOPBACK, e);
        }
    }
}
