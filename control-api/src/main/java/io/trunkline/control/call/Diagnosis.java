package io.trunkline.control.call;

import io.trunkline.media.LegStats;
import io.trunkline.sip.TraceEntry;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in plain words why a call failed or sounded bad, from what was signalled, heard and told. Pure. */
public final class Diagnosis {
    private static final Pattern CONNECTION = Pattern.compile("(?m)^c=IN IP[46] (\\S+)");
    private static final double AUDIBLE_LOSS = 0.02;
    private static final double AUDIBLE_JITTER_MS = 50;
    private static final double POOR_MOS = 3.1;
    private static final long UNNOTICED_DELAY_MS = 300;

    private Diagnosis() {}

    /**
     * One thing that was found.
     *
     * @param code stable
     * @param text what it means and what to do
     */
    public record Finding(String code, String text) {}

    public static List<Finding> of(CallSnapshot call, List<CallEvent> events, List<TraceEntry> trace) {
        List<Finding> found = new ArrayList<>();
        signalling(call, trace, found);
        call.quality().ifPresent(stats -> media(call, stats, trace, found));
        playbacks(events, found);
        recordings(events, found);
        if (found.isEmpty()) {
            found.add(new Finding("healthy", "Nothing wrong was found with this call."));
        }
        return found;
    }

    private static void signalling(CallSnapshot call, List<TraceEntry> trace, List<Finding> found) {
        call.cause()
                .filter(_ -> call.status() != CallStatus.COMPLETED && call.status() != CallStatus.CANCELLED)
                .ifPresent(cause -> found.add(new Finding(
                        cause.code(),
                        cause.text() + " The fault is " + cause.fault().name().toLowerCase(Locale.ROOT) + ".")));
        if (!trace.isEmpty() && trace.stream().allMatch(TraceEntry::sent)) {
            found.add(new Finding(
                    "carrier_silent",
                    "The carrier answered none of our " + trace.size()
                            + " messages: check its address, its port and transport, and that it knows ours."));
        }
        first(trace, "401", "407").ifPresent(_ -> repeatedChallenge(trace, found));
    }

    private static void repeatedChallenge(List<TraceEntry> trace, List<Finding> found) {
        long challenges = trace.stream()
                .filter(entry -> !entry.sent() && isStatus(entry, "401", "407"))
                .count();
        if (challenges > 1) {
            found.add(new Finding(
                    "credentials_refused",
                    "The carrier asked for credentials " + challenges
                            + " times: the trunk's username, password or realm is wrong."));
        }
    }

    private static void media(CallSnapshot call, LegStats stats, List<TraceEntry> trace, List<Finding> found) {
        boolean answered = call.times().answeredAt().isPresent();
        if (answered && stats.packetsIn() == 0) {
            found.add(new Finding("no_audio_from_callee", "The far side sent no audio." + unreachable(trace)));
        } else if (stats.lossIn() > AUDIBLE_LOSS) {
            found.add(new Finding(
                    "loss_in", percent(stats.lossIn()) + " of the far side's audio was lost on its way to us."));
        }
        if (stats.lossOut() > AUDIBLE_LOSS) {
            found.add(new Finding(
                    "loss_out", percent(stats.lossOut()) + " of our audio was lost on its way to the far side."));
        }
        if (stats.jitterMs() > AUDIBLE_JITTER_MS) {
            found.add(new Finding(
                    "jitter",
                    "The far side's packets came unevenly: " + Math.round(stats.jitterMs()) + " ms of jitter."));
        }
        if (stats.rttMs() > UNNOTICED_DELAY_MS) {
            found.add(new Finding(
                    "delay",
                    "The round trip takes " + Math.round(stats.rttMs()) + " ms: people will talk over each other."));
        }
        if (stats.packetsStray() > 0) {
            found.add(new Finding(
                    "stray_packets",
                    stats.packetsStray()
                            + " packets that are not the far side's were dropped: from another address, under another key,"
                            + " or sent again."));
        }
        if (stats.mos() > 0 && stats.mos() < POOR_MOS) {
            found.add(new Finding("poor_quality", "The estimated quality is poor: MOS " + stats.mos() + "."));
        }
    }

    /** The commonest reason for silence: we told the carrier to send where it cannot reach us. */
    private static String unreachable(List<TraceEntry> trace) {
        return trace.stream()
                .filter(TraceEntry::sent)
                .map(entry -> CONNECTION.matcher(entry.message()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .filter(Diagnosis::isPrivate)
                .findFirst()
                .filter(_ -> trace.stream().anyMatch(entry -> !entry.sent() && !isPrivate(host(entry.remote()))))
                .map(address ->
                        " We advertised " + address + ", which the carrier cannot reach: set TRUNKLINE_PUBLIC_ADDRESS.")
                .orElse("");
    }

    private static void playbacks(List<CallEvent> events, List<Finding> found) {
        events.stream()
                .filter(event -> event.type().equals("playback.finished"))
                .filter(event -> "failed".equals(event.data().get("reason")))
                .findFirst()
                .ifPresent(event -> found.add(new Finding(
                        "playback_failed",
                        "Something could not be played: " + event.data().getOrDefault("detail", "?"))));
    }

    private static void recordings(List<CallEvent> events, List<Finding> found) {
        events.stream()
                .filter(event -> event.type().equals("recording.absent"))
                .findFirst()
                .ifPresent(event -> found.add(new Finding(
                        "recording_absent",
                        "There is no recording: " + event.data().getOrDefault("reason", "?"))));
    }

    private static Optional<TraceEntry> first(List<TraceEntry> trace, String... codes) {
        return trace.stream()
                .filter(entry -> !entry.sent() && isStatus(entry, codes))
                .findFirst();
    }

    private static boolean isStatus(TraceEntry entry, String... codes) {
        for (String code : codes) {
            if (entry.message().startsWith("SIP/2.0 " + code)) {
                return true;
            }
        }
        return false;
    }

    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Only literal addresses are judged; a name is never looked up here. */
    private static boolean isPrivate(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed.isSiteLocalAddress() || parsed.isLoopbackAddress() || parsed.isLinkLocalAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String percent(double fraction) {
        return Math.round(fraction * 1000) / 10.0 + " %";
    }
}
