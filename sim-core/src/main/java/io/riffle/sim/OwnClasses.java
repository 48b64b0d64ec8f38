package io.riffle.sim;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

/** Classes of people's own, which a network file names in full and the class path holds. */
public final class OwnClasses {
    private OwnClasses() {}

    /**
     * Constructs an object of such a class, or nothing if there is no class of this name.
     *
     * @param noun what it is, for messages
     * @param kind what it must be
     * @param arguments what its public constructor takes
     */
    public static <T> Optional<T> construct(String name, String noun, Class<T> kind, Object... arguments) {
        Class<?>[] types = Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
        try {
            Class<? extends T> found = find(name).asSubclass(kind);
            if (Modifier.isAbstract(found.getModifiers())) {
                throw new RiffleException(
                        "%s class %s is abstract, expected one that can be constructed".formatted(noun, name));
            }
            Constructor<? extends T> constructor = found.getConstructor(types);
            return Optional.of(constructor.newInstance(arguments));
        } catch (ClassNotFoundException missing) {
            return Optional.empty();
        } catch (NoSuchMethodException missing) {
            String takes = types.length == 0 ? "nothing" : types[0].getSimpleName();
            throw new RiffleException(
                    "%s class %s has no public constructor that takes %s".formatted(noun, name, takes));
        } catch (ClassCastException other) {
            throw new RiffleException(
                    "class %s is no %s, expected a subclass of %s".formatted(name, noun, kind.getName()));
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new RiffleException(
                    "%s class %s cannot be constructed: %s".formatted(noun, name, failed.getCause()), failed);
        } catch (InstantiationException | IllegalAccessException failed) {
            throw new RiffleException("%s class %s cannot be constructed: %s".formatted(noun, name, failed), failed);
        }
    }

    /** Inside a cluster a job's own classes are found by the thread's loader, not by the one of this class. */
    private static Class<?> find(String name) throws ClassNotFoundException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return Class.forName(name, false, loader == null ? OwnClasses.class.getClassLoader() : loader);
    }
}
