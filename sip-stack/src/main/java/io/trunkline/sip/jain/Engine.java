package io.trunkline.sip.jain;

import gov.nist.core.ServerLogger;
import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.header.SIPHeaderList;
import io.trunkline.sip.SipConfig;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import javax.sip.PeerUnavailableException;
import javax.sip.address.Router;

/**
 * JAIN-SIP's stack with our parts put in by hand rather than by class name, so that two stacks in one process share
 * nothing. Built directly, because {@code SipFactory} keeps every stack it made for ever.
 */
final class Engine extends SipStackImpl {
    final LongAdder parseErrors = new LongAdder();

    Engine(SipConfig config, NetworkLayer sockets, ServerLogger tap, Router router) throws PeerUnavailableException {
        super(properties(config));
        this.networkLayer = sockets;
        this.serverLogger = tap;
        this.sipMessageValves.add(new SoundVia());
        setRouter(router);
        SIPHeaderList.setPrettyEncode(true); // a line each: some carriers cannot read a joined Record-Route
    }

    private static Properties properties(SipConfig config) {
        Properties p = new Properties();
        p.setProperty("javax.sip.STACK_NAME", config.name());
        p.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        p.setProperty("gov.nist.javax.sip.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
        p.setProperty("gov.nist.javax.sip.DELIVER_UNSOLICITED_NOTIFY", "true");
        p.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        p.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1"); // one reader keeps the order of arrival
        p.setProperty(
                "gov.nist.javax.sip.TIMER_CLASS_NAME", "gov.nist.javax.sip.stack.timers.ScheduledExecutorSipTimer");
        p.setProperty("gov.nist.javax.sip.STACK_LOGGER", QuietLogger.class.getName());
        p.setProperty("gov.nist.javax.sip.MESSAGE_PARSER_FACTORY", CountingParserFactory.class.getName());
        p.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", "65536");
        p.setProperty("gov.nist.javax.sip.READ_TIMEOUT", "10000");
        p.setProperty(
                "gov.nist.javax.sip.CONNECTION_TIMEOUT",
                Long.toString(config.connectTimeout().toMillis()));
        // No SSL_HANDSHAKE_TIMEOUT: its watchdog closes a connection whose handshake was over before it looked, as ours
        // are. TlsSide has the limits.
        p.setProperty("gov.nist.javax.sip.TLS_CLIENT_PROTOCOLS", "TLSv1.2, TLSv1.3");
        p.setProperty("gov.nist.javax.sip.TLS_CLIENT_AUTH_TYPE", "Disabled");
        p.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "4194304");
        p.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "1048576");
        p.setProperty("gov.nist.javax.sip.CONGESTION_CONTROL_TIMEOUT", "8000");
        return p;
    }
}
