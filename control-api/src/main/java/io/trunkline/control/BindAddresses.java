package io.trunkline.control;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves out the addresses of a family this machine does not have, so that one default suits every machine. */
final class BindAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(BindAddresses.class);

    private BindAddresses() {}

    static List<String> present(List<String> wanted) {
        List<String> present =
                wanted.stream().filter(BindAddresses::familyIsPresent).toList();
        if (present.size() < wanted.size()) {
            LOG.info("Listening on {} of {}: the machine has no other family", present, wanted);
        }
        return present;
    }

    private static boolean familyIsPresent(String address) {
        boolean version4 = InetAddress.ofLiteral(address) instanceof Inet4Address;
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(local -> local instanceof Inet4Address == version4);
        } catch (SocketException e) {
            return true;
        }
    }
}
