package io.trunkline.sip;

import io.trunkline.sip.auth.Bans;
import io.trunkline.sip.auth.TlsCaller;
import io.trunkline.sip.jain.Door;
import io.trunkline.sip.trunk.TrunkBook;
import io.trunkline.sip.wire.Hop;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who gets in: trunks, those we have written to ourselves, and nobody else. Strangers who keep knocking are banned, and
 * so is an address that guesses passwords; both are counted and never logged. Called on the transport's threads.
 */
final class Doorman implements Door {
    private static final int MOST_PEERS = 10_000;
    private static final int KNOCKS = 16;
    private static final Duration KNOCKS_WITHIN = Duration.ofSeconds(2);
    private static final int GUESSES = 10;
    private static final Duration GUESSES_WITHIN = Duration.ofMinutes(1);

    private final TrunkBook trunks;
    private final boolean answerStrangers;
    private final Bans strangers;
    private final Bans guessers;
    private final Map<InetAddress, Boolean> peers = new ConcurrentHashMap<>();

    Doorman(TrunkBook trunks, SipConfig config) {
        this.trunks = trunks;
        this.answerStrangers = config.answerStrangers();
        this.strangers = new Bans(KNOCKS, KNOCKS_WITHIN, config.banLength(), System::nanoTime);
        this.guessers = new Bans(GUESSES, GUESSES_WITHIN, config.banLength(), System::nanoTime);
    }

    @Override
    public boolean admits(InetAddress address, int port) {
        if (guessers.banned(address)) {
            return false;
        }
        if (peers.containsKey(address) || trunks.table().admits(address, port)) {
            return true;
        }
        return !strangers.knock(address) && answerStrangers;
    }

    @Override
    public boolean admitsHandshake(InetAddress address, int port) {
        boolean mayShow = !trunks.table().tlsCallers().isEmpty() && !guessers.banned(address);
        return mayShow
                ? peers.containsKey(address) || trunks.table().admits(address, port) || !strangers.knock(address)
                : admits(address, port);
    }

    @Override
    public List<TlsCaller> tlsCallers() {
        return trunks.table().tlsCallers();
    }

    /** Whom we write to may write back. */
    Hop known(Hop hop) {
        if (peers.size() >= MOST_PEERS) {
            peers.clear(); // those in use are known again with their next message
        }
        peers.put(hop.address(), true);
        return hop;
    }

    /** A wrong answer to a challenge of ours. */
    void guessed(InetAddress address) {
        guessers.knock(address);
    }

    int banned() {
        return strangers.size() + guessers.size();
    }
}
