package io.camelray.chaos;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * Runs inside the program that is to be killed. When a method is entered or left for the n-th time, it says so in a file
 * and stops that thread for good, so that the SIGKILL that follows meets the program exactly there.
 */
public final class KillAgent {

    private KillAgent() {}

    /** @param argument {@code class#method#ENTER|LEAVE#n#file} */
    public static void premain(String argument, Instrumentation instrumentation) {
        String[] parts = argument.split("#");
        KillSwitch.arm(Integer.parseInt(parts[3]), Path.of(parts[4]));
        Class<?> advice = parts[2].equals("ENTER") ? OnEnter.class : OnLeave.class;
        instrumentation.addTransformer(new Stopping(parts[0], parts[1], advice));
    }

    /** Changes one class, known by its name: the other thousands of a start are let pass unread. */
    record Stopping(String type, String method, Class<?> advice) implements ClassFileTransformer {

        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
            return type.replace('.', '/').equals(name) ? stopping(loader, bytes) : null;
        }

        private byte[] stopping(ClassLoader loader, byte[] bytes) {
            ClassFileLocator classes = new ClassFileLocator.Compound(
                    ClassFileLocator.Simple.of(type, bytes), ClassFileLocator.ForClassLoader.of(loader));
            return new ByteBuddy()
                    .redefine(TypePool.Default.of(classes).describe(type).resolve(), classes)
                    .visit(Advice.to(advice).on(ElementMatchers.named(method)))
                    .make()
                    .getBytes();
        }
    }

    static final class OnEnter {
        private OnEnter() {}

        @Advice.OnMethodEnter
        static void enter() {
            KillSwitch.reached();
        }
    }

    static final class OnLeave {
        private OnLeave() {}

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void leave() {
            KillSwitch.reached();
        }
    }

    /** Packs the agent as a jar that {@code -javaagent} takes. */
    static Path jar(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(
                Attributes.Name.CLASS_PATH, origin(ByteBuddy.class).toUri().toString());
        attributes.putValue("Premain-Class", KillAgent.class.getName());
        Path jar = folder.resolve("kill-agent.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> type :
                    new Class<?>[] {KillAgent.class, Stopping.class, OnEnter.class, OnLeave.class, KillSwitch.class}) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                Files.copy(origin(type).resolve(name), out);
                out.closeEntry();
            }
        }
        return jar;
    }

    private static Path origin(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
