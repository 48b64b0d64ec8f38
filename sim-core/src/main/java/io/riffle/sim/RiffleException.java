package io.riffle.sim;

/**
 * A mistake of whoever called: a wrong shape, an unknown name, a file that does not say what was expected.
 *
 * <p>The message is one clear sentence for that person: what was got, what was expected, and where. The command line
 * prints it as it is, without a stack trace.
 */
public class RiffleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public RiffleException(String message) {
        super(message);
    }

    public RiffleException(String message, Throwable cause) {
        super(message, cause);
    }
}
