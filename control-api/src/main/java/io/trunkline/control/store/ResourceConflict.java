package io.trunkline.control.store;

/** What is asked for stands against what is stored. */
public final class ResourceConflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ResourceConflict(String why) {
        super(why, null, false, false);
    }
}
