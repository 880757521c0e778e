package io.trunkline.sip.trace;

import java.util.regex.Pattern;

/** Hides what would let a reader of a trace act as us: digest responses and SRTP master keys. */
final class Masking {
    private static final Pattern DIGEST = Pattern.compile("(?im)^((?:Proxy-)?Authorization:.*?\\bresponse=)\"[^\"]*\"");
    private static final Pattern BASIC = Pattern.compile("(?im)^((?:Proxy-)?Authorization:\\s*Basic\\s+).*$");
    private static final Pattern SDES = Pattern.compile("(?im)^(a=crypto:.*?inline:)[^\\s|]+");

    private Masking() {}

    static String mask(String message) {
        String text = message;
        if (text.contains("uthorization:")) {
            text = DIGEST.matcher(text).replaceAll("$1\"***\"");
            text = BASIC.matcher(text).replaceAll("$1***");
        }
        return text.contains("a=crypto:") ? SDES.matcher(text).replaceAll("$1***") : text;
    }
}
