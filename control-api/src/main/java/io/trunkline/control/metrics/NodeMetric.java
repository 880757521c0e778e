package io.trunkline.control.metrics;

import java.util.function.ToDoubleFunction;

/** Every figure of a node, each with its sentence: this list is the metrics page. */
enum NodeMetric {
    CALLS("trunkline_calls_active", "Calls that are up or being placed", now -> now.calls()),
    HELD("trunkline_calls_held", "Calls that hold a channel or money not settled yet", now -> now.held()),
    CALL_TIMERS("trunkline_call_timers", "Timers of calls that are set", now -> now.callTimers()),
    BACKLOG("trunkline_storage_backlog", "Writes that wait for a commit", now -> now.backlog()),
    JOURNALED(
            "trunkline_storage_journaled_bytes",
            "Events in the local journal until PostgreSQL is back",
            now -> now.journaledBytes()),
    FEEDS("trunkline_event_feeds", "Feeds of events that are being followed", now -> now.feeds()),
    DIALOGS("trunkline_sip_dialogs", "SIP dialogs", now -> now.sip().dialogs()),
    TRANSACTIONS(
            "trunkline_sip_transactions", "SIP transactions", now -> now.sip().transactions()),
    SIP_TIMERS(
            "trunkline_sip_timers",
            "Timers of SIP dialogs that are set",
            now -> now.sip().timers()),
    INVITES_SENT(
            "trunkline_sip_invites_sent_total", "INVITEs sent", now -> now.sip().invitesSent()),
    INVITES_RECEIVED(
            "trunkline_sip_invites_received_total",
            "INVITEs received from known addresses",
            now -> now.sip().invitesReceived()),
    STRANGERS(
            "trunkline_sip_strangers_ignored_total",
            "Requests of unknown addresses that were ignored",
            now -> now.sip().strangersIgnored()),
    PARSE_ERRORS(
            "trunkline_sip_parse_errors_total",
            "Datagrams and messages that were no SIP",
            now -> now.sip().parseErrors()),
    SIP_BANNED(
            "trunkline_sip_banned",
            "Addresses that are banned for knocking or guessing",
            now -> now.sip().banned()),
    SIP_OVERLOAD(
            "trunkline_sip_overload_refused_total",
            "Calls in that were turned away with 503 so that the others go on well",
            now -> now.sip().overloadRefused()),
    SESSIONS("trunkline_media_sessions", "Media sessions", now -> now.media().sessions()),
    PORTS(
            "trunkline_media_ports_in_use",
            "RTP ports taken by sessions",
            now -> now.media().portsInUse()),
    PORTS_FREE(
            "trunkline_media_ports_free",
            "RTP ports that a session may take",
            now -> now.media().portsFree()),
    PACKETS_IN(
            "trunkline_media_packets_in_total",
            "RTP packets received and taken",
            now -> now.media().packetsIn()),
    PACKETS_OUT(
            "trunkline_media_packets_out_total",
            "RTP packets sent",
            now -> now.media().packetsOut()),
    STRAY(
            "trunkline_media_packets_stray_total",
            "Packets dropped: from nobody we talk to, under another key, or sent again",
            now -> now.media().packetsStray()),
    SKIPPED(
            "trunkline_media_skipped_ticks_total",
            "Turns of 20 ms that no packet was sent in because the loop was late",
            now -> now.media().skippedTicks()),
    DROPPED(
            "trunkline_media_frames_dropped_total",
            "Frames dropped because a recording or a stream did not keep up",
            now -> now.media().framesDropped()),
    LOOP_FAILURES(
            "trunkline_media_loop_failures_total",
            "Sessions that were ended because they threw on a media thread",
            now -> now.media().loopFailures()),
    LATE_P50(
            "trunkline_media_lateness_p50_micros",
            "Half of all packets are sent later than this",
            now -> now.media().latenessMicros().p50()),
    LATE_P99(
            "trunkline_media_lateness_p99_micros",
            "One packet in 100 is sent later than this",
            now -> now.media().latenessMicros().p99()),
    LATE_P999(
            "trunkline_media_lateness_p999_micros",
            "One packet in 1000 is sent later than this",
            now -> now.media().latenessMicros().p999());

    final String wire;
    final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // the functions above hold nothing
    final ToDoubleFunction<NodeReading> read;

    NodeMetric(String wire, String sentence, ToDoubleFunction<NodeReading> read) {
        this.wire = wire;
        this.sentence = sentence;
        this.read = read;
    }

    boolean isCounter() {
        return wire.endsWith("_total");
    }
}
