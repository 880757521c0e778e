package io.trunkline.control.recording;

import java.io.IOException;
import java.nio.file.Path;

/** Storage away from this machine. Every call blocks. */
public interface Bucket {
    void put(String name, Path file) throws IOException, InterruptedException;

    /** False when there is nothing of this name. */
    boolean get(String name, Path into) throws IOException, InterruptedException;

    /** What is not there is gone already. */
    void delete(String name) throws IOException, InterruptedException;
}
