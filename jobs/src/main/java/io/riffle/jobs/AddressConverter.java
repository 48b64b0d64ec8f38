package io.riffle.jobs;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads host:port. */
final class AddressConverter implements ITypeConverter<InetSocketAddress> {
    private static final Pattern TEXT = Pattern.compile("([\\w.-]+|\\[[0-9a-fA-F:.]+]):(\\d{1,5})");
    private static final int MAX_PORT = 65535;

    @Override
    public InetSocketAddress convert(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MAX_PORT) {
            throw new TypeConversionException("'%s' is not HOST:PORT, such as 127.0.0.1:8081".formatted(text));
        }
        return InetSocketAddress.createUnresolved(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }
}
