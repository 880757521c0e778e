package io.trunkline.control;

import java.util.Optional;

/** What this build calls itself. */
public final class Version {
    private Version() {}

    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
