package io.trunkline.control.stream;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Small judgements of URLs and of closing codes. */
final class Urls {
    /** RFC 6455 section 7.4.1: lost, going down for a restart, try again later, failed: not meant as an end. */
    private static final Set<Short> LOSSES = Set.of((short) 1006, (short) 1011, (short) 1012, (short) 1013);

    private Urls() {}

    static boolean isLoss(@Nullable Short code) {
        return code == null || LOSSES.contains(code);
    }

    /** As it may stand in an event: users put keys into queries. */
    static String withoutQuery(String url) {
        int end = url.indexOf('?');
        return end < 0 ? url : url.substring(0, end);
    }
}
