package io.trunkline.media.sdp;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** Addresses in a stranger's text: literals alone, so that no name is ever looked up. */
final class Addresses {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private Addresses() {}

    static InetAddress literal(String text) {
        if (!IPV4.matcher(text).matches()
                && !(text.contains(":") && IPV6.matcher(text).matches())) {
            throw new SdpException("an address that is no unicast literal");
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            if (address.isMulticastAddress()) {
                throw new SdpException("a multicast address");
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw new SdpException("an address that is no unicast literal");
        }
    }
}
