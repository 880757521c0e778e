package io.trunkline.control.call;

import io.trunkline.media.Codec;
import io.trunkline.media.DtmfMode;
import io.trunkline.media.LegSpec;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.sip.SipStack;
import io.trunkline.sip.Trunk;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The trunks as they are now, read by every call and replaced whole when one changes. */
public final class TrunkBook implements TrunkDirectory {
    private final SipStack sip;
    private final Function<Trunk, InetAddress> mediaAddress;
    private final InetAddress browserAddress;
    private final String lastResort;
    private final Predicate<String> lastResortOwns;
    private volatile Map<String, Entry> entries = Map.of();

    /**
     * A trunk with what only we know of it.
     *
     * @param accountId whose it is; empty serves every account
     */
    public record Entry(Trunk trunk, Media media, Limit limit, Optional<String> accountId) {}

    public record Media(List<Codec> codecs, DtmfMode dtmf, SrtpPolicy srtp) {
        public static final Media DEFAULT =
                new Media(List.of(Codec.PCMA, Codec.PCMU, Codec.G722, Codec.OPUS), DtmfMode.RFC4733, SrtpPolicy.OFF);
    }

    /**
     * An empty book.
     *
     * @param browserAddress where the legs of browsers bind
     * @param lastResort the trunk that steps aside for any other that matches …
     * @param lastResortOwns … save for these numbers
     */
    public TrunkBook(
            SipStack sip,
            Function<Trunk, InetAddress> mediaAddress,
            InetAddress browserAddress,
            String lastResort,
            Predicate<String> lastResortOwns) {
        this.sip = sip;
        this.mediaAddress = mediaAddress;
        this.browserAddress = browserAddress;
        this.lastResort = lastResort;
        this.lastResortOwns = lastResortOwns;
    }

    public void replace(Collection<Entry> now) {
        entries = now.stream()
                .collect(Collectors.toUnmodifiableMap(entry -> entry.trunk().id(), Function.identity()));
        sip.setTrunks(now.stream().map(Entry::trunk).toList());
    }

    @Override
    public Optional<String> find(String accountId, String reference) {
        return entries.values().stream()
                .filter(entry -> visible(entry, accountId))
                .map(Entry::trunk)
                .filter(trunk -> trunk.id().equals(reference) || trunk.name().equals(reference))
                .map(Trunk::id)
                .findFirst();
    }

    @Override
    public List<String> route(String accountId, String to) {
        List<String> all = sip.route(to).stream()
                .map(Trunk::id)
                .filter(id -> visible(entries.get(id), accountId))
                .toList();
        if (all.contains(lastResort) && lastResortOwns.test(to)) {
            return List.of(lastResort);
        }
        List<String> real = all.stream().filter(id -> !id.equals(lastResort)).toList();
        return real.isEmpty() ? all : real;
    }

    private static boolean visible(@Nullable Entry entry, String accountId) {
        return entry != null && entry.accountId().map(accountId::equals).orElse(true);
    }

    @Override
    public LegSpec leg(String trunkId, String sessionId) {
        Entry entry = require(trunkId);
        return new LegSpec(
                sessionId,
                mediaAddress.apply(entry.trunk()),
                entry.media().codecs(),
                entry.media().dtmf(),
                entry.media().srtp(),
                entry.trunk().allowedAddresses(),
                Optional.empty());
    }

    @Override
    public LegSpec browserLeg(String sessionId) {
        return new LegSpec(
                sessionId,
                browserAddress,
                List.of(Codec.OPUS, Codec.PCMU, Codec.PCMA, Codec.G722),
                DtmfMode.RFC4733,
                SrtpPolicy.DTLS,
                List.of(),
                Optional.empty());
    }

    @Override
    public Optional<String> profile(String trunkId) {
        return Optional.ofNullable(entries.get(trunkId))
                .flatMap(entry -> entry.trunk().profile());
    }

    @Override
    public Limit limit(String trunkId) {
        return require(trunkId).limit();
    }

    @Override
    public String name(String trunkId) {
        return require(trunkId).trunk().name();
    }

    private Entry require(String trunkId) {
        Entry entry = entries.get(trunkId);
        if (entry == null) {
            throw CallRefused.of(400, "no_active_trunk", "The trunk was removed while the call was being placed.");
        }
        return entry;
    }
}
