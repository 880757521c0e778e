package io.trunkline.media.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** How much memory glibc's allocator has handed out ({@code mallinfo2}); 0 where there is none. */
final class NativeHeap {
    private static final int FIELDS = 10;
    private static final int HANDED_OUT = 7;
    private static final int MAPPED = 4;

    private NativeHeap() {}

    @SuppressWarnings("restricted") // calls a function of the C library
    static long bytesInUse() {
        MemoryLayout info = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(FIELDS, ValueLayout.JAVA_LONG));
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle mallinfo = linker.downcallHandle(
                    linker.defaultLookup().find("mallinfo2").orElseThrow(), FunctionDescriptor.of(info));
            MemorySegment answer = (MemorySegment) mallinfo.invoke(arena);
            return answer.getAtIndex(ValueLayout.JAVA_LONG, HANDED_OUT)
                    + answer.getAtIndex(ValueLayout.JAVA_LONG, MAPPED);
        } catch (Throwable absent) {
            return 0;
        }
    }
}
