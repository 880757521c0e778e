package io.trunkline.media.codec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The functions of libopus that we call, from the library that opus-java carries, through java.lang.foreign: its calls
 * leave no garbage, which the JNA binding beside it cannot promise.
 */
@SuppressWarnings("restricted")
final class OpusLibrary {
    static final MethodHandle ENCODER_CREATE;
    static final MethodHandle ENCODER_DESTROY;
    static final MethodHandle ENCODER_CTL;
    static final MethodHandle ENCODE;
    static final MethodHandle DECODER_CREATE;
    static final MethodHandle DECODER_DESTROY;
    static final MethodHandle DECODE;
    private static final MethodHandle MALLOC;
    private static final MethodHandle FREE;

    static {
        Linker linker = Linker.nativeLinker();
        SymbolLookup opus = SymbolLookup.libraryLookup(extracted(), Arena.global());
        FunctionDescriptor create = FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
        FunctionDescriptor decoderCreate = FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
        FunctionDescriptor destroy = FunctionDescriptor.ofVoid(ADDRESS);
        FunctionDescriptor ctl = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
        FunctionDescriptor encode = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
        FunctionDescriptor decode =
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
        ENCODER_CREATE = linker.downcallHandle(opus.findOrThrow("opus_encoder_create"), create);
        ENCODER_DESTROY = linker.downcallHandle(opus.findOrThrow("opus_encoder_destroy"), destroy);
        ENCODER_CTL =
                linker.downcallHandle(opus.findOrThrow("opus_encoder_ctl"), ctl, Linker.Option.firstVariadicArg(2));
        ENCODE = linker.downcallHandle(opus.findOrThrow("opus_encode"), encode);
        DECODER_CREATE = linker.downcallHandle(opus.findOrThrow("opus_decoder_create"), decoderCreate);
        DECODER_DESTROY = linker.downcallHandle(opus.findOrThrow("opus_decoder_destroy"), destroy);
        DECODE = linker.downcallHandle(opus.findOrThrow("opus_decode"), decode);
        SymbolLookup c = linker.defaultLookup();
        MALLOC = linker.downcallHandle(c.findOrThrow("malloc"), FunctionDescriptor.of(ADDRESS, JAVA_LONG));
        FREE = linker.downcallHandle(c.findOrThrow("free"), FunctionDescriptor.ofVoid(ADDRESS));
    }

    private OpusLibrary() {}

    /** Memory that any one thread may use and that is gone when told so: an arena would cost a handshake at its end. */
    static MemorySegment allocate(long bytes) {
        try {
            MemorySegment memory = (MemorySegment) MALLOC.invokeExact(bytes);
            if (memory.equals(MemorySegment.NULL)) {
                throw new OutOfMemoryError("native memory for Opus");
            }
            return memory.reinterpret(bytes);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void free(MemorySegment memory) {
        try {
            FREE.invokeExact(memory);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A downcall itself throws nothing checked; this satisfies the signature of a method handle. */
    static RuntimeException unexpected(Throwable e) {
        return switch (e) {
            case RuntimeException runtime -> runtime;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }

    /** The library as a file, for the loader; on Linux a loaded file may go, elsewhere it goes at exit. */
    private static Path extracted() {
        String resource = "/natives/" + platform();
        try (InputStream in = OpusLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new UnsatisfiedLinkError("no libopus for this platform: " + resource);
            }
            Path file = Files.createTempFile("trunkline-", resource.substring(resource.lastIndexOf('/') + 1));
            file.toFile().deleteOnExit();
            Files.write(file, in.readAllBytes());
            return file;
        } catch (IOException e) {
            throw new UnsatisfiedLinkError("libopus could not be unpacked: " + e.getMessage());
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "");
        boolean arm = arch.equals("aarch64");
        if (os.startsWith("linux")) {
            return arm ? "linux-aarch64/libopus.so" : "linux-x86-64/libopus.so";
        }
        return os.startsWith("mac") ? "darwin/libopus.dylib" : "win32-x86-64/opus.dll";
    }
}
