package io.trunkline.sip.dialog;

import io.trunkline.sip.InviteRequest;
import io.trunkline.sip.SipCall;
import io.trunkline.sip.SipCallListener;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.TraceEntry;
import io.trunkline.sip.Trunk;
import io.trunkline.sip.trace.TraceRing;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.WireException;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call, in either direction. It passes from phase to phase ({@link OutgoingInvite} or {@link IncomingInvite}, then
 * {@link Session}, then nothing), and everything happens on its strand.
 */
public final class InviteDialog implements SipCall {
    private static final Logger LOG = LoggerFactory.getLogger(InviteDialog.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SipCallListener NOBODY = (call, event) -> {};

    final Ground ground;
    final Trunk trunk;
    final Strand strand;
    private final String callId;
    private final String localTag = randomHex(8);
    private final TraceRing trace = new TraceRing();
    private volatile SipCallListener listener;
    private volatile String snapshot = "";
    private volatile Map<String, String> headers = Map.of();
    private volatile @Nullable InviteDialog heir;
    private @Nullable Phase phase;
    private boolean ended;

    private InviteDialog(Ground ground, Trunk trunk, String callId, SipCallListener listener) {
        this.ground = ground;
        this.trunk = trunk;
        this.callId = callId;
        this.listener = listener;
        this.strand = new Strand(ground.threads());
    }

    /** A call out; it starts on its own worker. */
    public static InviteDialog call(Ground ground, Trunk trunk, InviteRequest request, SipCallListener listener) {
        InviteDialog dialog = new InviteDialog(ground, trunk, randomHex(16), listener);
        OutgoingInvite outgoing = new OutgoingInvite(dialog, request);
        dialog.phase = outgoing;
        ground.opened(dialog);
        dialog.strand.execute(outgoing::start);
        return dialog;
    }

    /** A call in; {@link #offer} must follow. */
    public static InviteDialog incoming(Ground ground, Trunk trunk, ServerTx invite) {
        InviteDialog dialog = new InviteDialog(ground, trunk, invite.request().callId(), NOBODY);
        dialog.headers = invite.request().headers().asMap();
        dialog.phase = new IncomingInvite(dialog, invite);
        dialog.onMessage(invite.arrival());
        ground.opened(dialog);
        return dialog;
    }

    /** Another process's call, to be hung up: {@code snapshot} is what that process stored. */
    public static void release(Ground ground, Trunk trunk, Snapshot snapshot) {
        InviteDialog dialog = new InviteDialog(ground, trunk, snapshot.path().callId, NOBODY);
        ground.opened(dialog);
        dialog.strand.execute(
                () -> dialog.enter(Session.released(dialog, snapshot)).hangup(SipEnd.Reason.HANGUP_LOCAL));
    }

    /** Hands the call in to the application, on the call's worker. */
    public void offer(java.util.function.Function<InviteDialog, SipCallListener> application) {
        strand.execute(() -> {
            listener = application.apply(this);
            LOG.debug("call in {} from trunk {}", callId, trunk.id());
        });
    }

    public String localTag() {
        return localTag;
    }

    public Trunk trunk() {
        return trunk;
    }

    /** A request inside the dialog, or the CANCEL of its INVITE; called by the transport. */
    public void onRequest(ServerTx request) {
        strand.execute(() -> {
            if (phase == null) {
                respond(request, SipResponse.of(481, "Call/Transaction Does Not Exist"));
            } else {
                phase.onRequest(request);
            }
        });
    }

    /** {@code invite}, which opened {@code newcomer}, names this dialog in Replaces (RFC 3891); called by the transport. */
    public void replaceBy(InviteDialog newcomer, SipRequest invite, Replaces named) {
        strand.execute(() -> {
            if (phase == null) {
                newcomer.reject(481, "Call/Transaction Does Not Exist");
            } else {
                phase.replace(new Takeover.Claim(newcomer, invite, named));
            }
        });
    }

    /** A repeated or forked 2xx; called by the transport. */
    public void onStray(SipResponse response) {
        strand.execute(() -> {
            if (phase != null) {
                phase.onStray(response);
            }
        });
    }

    /** A 2xx after the outcome: the answered call knows what it is; without one nobody wants it. */
    void late(SipResponse ok, Runnable dismiss) {
        if (phase instanceof Session session) {
            session.onStray(ok);
        } else {
            dismiss.run();
        }
    }

    public void onMessage(TraceEntry entry) {
        trace.add(entry);
    }

    @Override
    public String callId() {
        return callId;
    }

    @Override
    public void ring(String sdp) {
        command(p -> p.ring(sdp));
    }

    @Override
    public void answer(String sdp) {
        command(p -> p.answer(sdp));
    }

    @Override
    public void reject(int code, String phrase) {
        command(p -> p.reject(code, phrase));
    }

    @Override
    public void hangup(SipEnd.Reason reason) {
        command(p -> p.hangup(reason));
    }

    @Override
    public void reinvite(String sdp) {
        command(p -> p.reinvite(sdp));
    }

    @Override
    public void refer(String target) {
        command(p -> p.refer(target));
    }

    @Override
    public void referTo(SipCall other) {
        if (other instanceof InviteDialog consulted) {
            consulted.command(there -> there.replaceable(target -> command(p -> p.referReplacing(target))));
        }
    }

    @Override
    public void transferStatus(int code, String phrase) {
        command(p -> p.transferStatus(code, phrase));
    }

    @Override
    public void info(char digit, int durationMs) {
        command(p -> p.info(digit, durationMs));
    }

    void command(java.util.function.Consumer<Phase> what) {
        strand.execute(() -> {
            if (phase != null) {
                what.accept(phase);
            }
        });
    }

    @Override
    public String snapshot() {
        return snapshot;
    }

    @Override
    public List<TraceEntry> trace() {
        InviteDialog next = heir;
        return next == null
                ? trace.entries()
                : Stream.concat(trace.entries().stream(), next.trace().stream())
                        .sorted(Comparator.comparing(TraceEntry::at))
                        .toList();
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }

    // ---- for the phases, on the strand

    <P extends Phase> P enter(P next) {
        phase = next;
        return next;
    }

    void emit(SipEvent event) {
        if (!ended) {
            listener.onSipEvent(this, event);
        }
    }

    void snapshot(String now) {
        if (!now.equals(snapshot)) {
            snapshot = now;
            emit(new SipEvent.SnapshotChanged(now));
        }
    }

    /** The last event, once; housekeeping may go on after it. */
    void end(SipEnd end) {
        if (!ended) {
            emit(new SipEvent.Ended(end));
            ended = true;
            LOG.debug("call {} ended: {}", callId, end);
        }
    }

    boolean ended() {
        return ended;
    }

    /** Nothing is owed any more. */
    void close() {
        if (phase != null) {
            phase = null;
            ground.closed(this);
        }
    }

    /** The call goes on in that dialog. */
    void succeededBy(InviteDialog next) {
        heir = next;
    }

    /** Requests of the network find this dialog no more; the call may go on in another. */
    void unlist() {
        ground.closed(this);
    }

    Timers.Timer after(java.time.Duration delay, Runnable task) {
        return ground.timers().after(delay, () -> strand.execute(task));
    }

    /** Answers; a peer that cannot be reached will ask again or be gone. */
    static void respond(ServerTx request, SipResponse response) {
        try {
            request.respond(response);
        } catch (WireException e) {
            LOG.debug("an answer did not leave: {}", e.getMessage());
        }
    }

    static String allow() {
        return "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK, INFO, REFER, NOTIFY";
    }

    static Headers sdpHeaders(String sdp) {
        return sdp.isEmpty() ? Headers.NONE : Headers.NONE.with("Content-Type", "application/sdp");
    }

    static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
