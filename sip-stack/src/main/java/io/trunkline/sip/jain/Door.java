package io.trunkline.sip.jain;

import java.net.InetAddress;

/** Decides by the source address alone, before a byte is parsed. */
public interface Door {
    boolean admits(InetAddress address);
}
