package io.trunkline.control.config;

import java.util.Set;

/** Variables that begin like ours but are not keys of the configuration. */
final class LauncherVariables {
    /** Read by the launcher, or by the loader itself. */
    static final Set<String> NAMES =
            Set.of("TRUNKLINE_HOME", "TRUNKLINE_CONFIG", "TRUNKLINE_HEAP", "TRUNKLINE_JAVA_OPTS", "TRUNKLINE_VERSION");

    private LauncherVariables() {}

    /** Kubernetes announces a Service called trunkline to its neighbours by variables of its own. */
    static boolean isServiceLink(String name, String value) {
        return name.endsWith("_SERVICE_HOST")
                || name.contains("_SERVICE_PORT")
                || value.startsWith("tcp://")
                || value.startsWith("udp://")
                || name.matches("TRUNKLINE(_\\w+)?_PORT_\\d+_(TCP|UDP)_(PROTO|PORT|ADDR)");
    }
}
