package io.trunkline.sip.dialog;

import io.trunkline.sip.auth.DigestClient;
import io.trunkline.sip.wire.ClientTx;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.Replies;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.Wire;
import io.trunkline.sip.wire.WireException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One request to one hop and its final outcome; digest challenges on the way are answered here. */
public final class Exchange implements Replies {
    private static final int MOST_TRIES = 5;

    private final Wire wire;
    private final Executor strand;
    private final Hop hop;
    private final DigestClient digest;
    private final Supplier<SipRequest> build;
    private final Consumer<Outcome> then;
    private BiConsumer<SipRequest, SipResponse> onProvisional = (request, response) -> {};
    private Optional<SipRequest> request = Optional.empty();
    private Optional<ClientTx> transaction = Optional.empty();
    private Consumer<SipResponse> onLate = response -> {};
    private int tries;
    private boolean done;
    private boolean orphan;

    /** {@code build} makes the request anew, with a new CSeq, for each try. */
    Exchange(
            Wire wire,
            Executor strand,
            Hop hop,
            DigestClient digest,
            Supplier<SipRequest> build,
            Consumer<Outcome> then) {
        this.wire = wire;
        this.strand = strand;
        this.hop = hop;
        this.digest = digest;
        this.build = build;
        this.then = then;
    }

    Exchange onProvisional(BiConsumer<SipRequest, SipResponse> handler) {
        onProvisional = handler;
        return this;
    }

    /** Hears every 2xx after the outcome: a repetition, another branch of a fork, or the answer of an orphan. */
    Exchange onLate(Consumer<SipResponse> handler) {
        onLate = handler;
        return this;
    }

    Exchange start() {
        tries++;
        try {
            SipRequest plain = build.get();
            SipRequest full = plain.with(digest.answer(plain.method(), plain.uri(), plain.body()));
            request = Optional.of(full);
            transaction = Optional.of(wire.send(full, hop, on(strand)));
        } catch (WireException e) {
            finish(new Outcome.Broken(String.valueOf(e.getMessage()), e.tls()));
        }
        return this;
    }

    boolean sent() {
        return transaction.isPresent();
    }

    /** CANCEL; a transport that fails here is the final response's business. */
    void cancel(Headers extra) {
        try {
            if (transaction.isPresent() && !done) {
                transaction.get().cancel(extra);
            }
        } catch (WireException e) {
            finish(new Outcome.Broken(String.valueOf(e.getMessage()), e.tls()));
        }
    }

    /** No further word of it. */
    void abandon() {
        done = true;
        transaction.ifPresent(ClientTx::abandon);
    }

    /** Given up without a word from the peer: should it wake up after all, its call is cancelled. */
    void orphan() {
        done = true;
        orphan = true;
    }

    @Override
    public void onResponse(SipResponse response) {
        SipRequest asked = request.orElseThrow();
        if (response.cseq() != asked.cseq()) {
            return;
        }
        if (done) {
            late(response);
        } else if (response.provisional()) {
            onProvisional.accept(asked, response);
        } else if (isChallenge(response) && tries < MOST_TRIES && digest.challenged(asked, response)) {
            start();
        } else {
            finish(new Outcome.Answered(asked, response));
        }
    }

    private void late(SipResponse response) {
        if (response.success()) {
            onLate.accept(response);
        } else if (orphan && response.provisional()) {
            orphan = false;
            transaction.ifPresent(this::cancelQuietly);
        }
    }

    private void cancelQuietly(ClientTx tx) {
        try {
            tx.cancel(Headers.NONE);
        } catch (WireException e) {
            onLate = response -> {}; // it cannot be reached: nothing more to do for it
        }
    }

    private static boolean isChallenge(SipResponse response) {
        return response.code() == 401 || response.code() == 407;
    }

    @Override
    public void onTimeout() {
        finish(new Outcome.Silent());
    }

    @Override
    public void onBroken(String why) {
        finish(new Outcome.Broken(why, false));
    }

    private void finish(Outcome outcome) {
        if (!done) {
            done = true;
            then.accept(outcome);
        }
    }
}
