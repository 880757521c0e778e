package io.trunkline.sip.trunk;

import io.trunkline.sip.ProbeReport;
import io.trunkline.sip.ProbeReport.Step;
import io.trunkline.sip.ProbeReport.Test;
import io.trunkline.sip.Trunk;
import io.trunkline.sip.Trunk.Host;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.dialog.Ground;
import io.trunkline.sip.dialog.Solo;
import io.trunkline.sip.dialog.Strand;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Asks a trunk everything that can be asked without ringing anybody: names, OPTIONS over each transport and in each
 * name, and whether the registrar takes the password. Blocks for ten seconds at most; changes nothing at the carrier.
 */
public final class Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int MOST_HOSTS = 4;
    private static final int MOST_ADDRESSES = 4;

    private final Ground ground;
    private final Trunk trunk;

    /** Who was asked for what, and what came back. */
    private record Asked(Test test, Hop hop, String what, Solo.Result result, long millis) {
        Step step() {
            String target = hop.name() + " (" + hop + ")";
            return new Step(test, target, Probe.well(this), code(), millis, what + ": " + result.detail());
        }

        int code() {
            return result.response().map(SipResponse::code).orElse(0);
        }
    }

    public Probe(Ground ground, Trunk trunk) {
        this.ground = ground;
        this.trunk = trunk;
    }

    public ProbeReport run() {
        List<Step> steps = new ArrayList<>();
        List<Hop> hops = new ArrayList<>();
        List<Hop> others = new ArrayList<>();
        for (Host host : targets()) {
            List<Hop> found = hops(host);
            steps.add(lookup(host, found));
            hops.addAll(found);
            found.stream().findFirst().ifPresent(hop -> others.addAll(otherways(host)));
        }
        List<Asked> options = all(hops, hop -> options(Test.OPTIONS, hop, Optional.empty()));
        List<Asked> transports = all(others, hop -> options(Test.TRANSPORT, hop, Optional.empty()));
        List<Asked> asked = joined(options, transports);
        options.forEach(one -> ground.onAttempt(trunk, well(one) || (one.code() >= 400 && one.code() != 503)));
        asked.stream().filter(one -> one.code() != 0).findFirst().ifPresent(one -> asked.addAll(further(one.hop())));
        asked.forEach(one -> steps.add(one.step()));
        return new ProbeWords(trunk, steps).report();
    }

    private List<Host> targets() {
        return trunk.proxy()
                .map(List::of)
                .orElseGet(() -> trunk.hosts().stream().limit(MOST_HOSTS).toList());
    }

    private List<Hop> hops(Host host) {
        Trunk alone = trunk.edit().hosts(List.of(host)).proxy(Optional.empty()).build();
        List<Hop> found = new ArrayList<>();
        Iterator<Hop> hops = ground.hops(alone);
        while (hops.hasNext() && found.size() < MOST_ADDRESSES) {
            found.add(hops.next());
        }
        return found;
    }

    private static Step lookup(Host host, List<Hop> found) {
        String text = found.isEmpty()
                ? "no address is known for " + host.host()
                : host.host() + " is "
                        + String.join(", ", found.stream().map(Hop::toString).toList());
        return new Step(Test.LOOKUP, host.host(), !found.isEmpty(), 0, 0, text);
    }

    /** The same host by the transports it is not configured for, on their usual ports. */
    private List<Hop> otherways(Host host) {
        return Arrays.stream(Transport.values())
                .filter(t -> t != host.transport())
                .flatMap(t -> hops(new Host(host.host(), port(host, t), t, 1, 1)).stream()
                        .limit(1))
                .toList();
    }

    private static int port(Host host, Transport transport) {
        boolean crosses = (transport == Transport.TLS) != (host.transport() == Transport.TLS);
        int usual = transport == Transport.TLS ? 5061 : 5060;
        boolean customary = host.port() == 0 || host.port() == 5060 || host.port() == 5061;
        return crosses && customary ? usual : host.port();
    }

    // ---- asking

    private static List<Asked> joined(List<Asked> some, List<Asked> more) {
        List<Asked> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** Names and password, at the first hop that answered. */
    private List<Asked> further(Hop hop) {
        CompletableFuture<List<Asked>> names = CompletableFuture.supplyAsync(
                () -> all(List.copyOf(names(hop)), from -> options(Test.IDENTITY, hop, Optional.of(from))),
                ground.threads());
        List<Asked> registrar = trunk.auth().isPresent() ? List.of(register(hop)) : List.of();
        return joined(names.join(), registrar);
    }

    private Set<String> names(Hop hop) {
        Set<String> names = new LinkedHashSet<>();
        trunk.auth().ifPresent(a -> names.add("sip:" + a.username() + "@" + Solo.bracketed(hop.name())));
        names.add("sip:anonymous@anonymous.invalid");
        names.remove(Solo.defaultFrom(ground, trunk, hop));
        return names;
    }

    private Asked options(Test test, Hop hop, Optional<String> from) {
        String what = from.map(f -> "OPTIONS as " + f).orElse("OPTIONS over " + hop.transport());
        return ask(test, hop, what, (solo, then) -> solo.options(hop, from, then));
    }

    private Asked register(Hop hop) {
        return ask(Test.REGISTER, hop, "REGISTER (query)", (solo, then) -> solo.bindings(hop, then));
    }

    private <T> List<Asked> all(List<T> targets, java.util.function.Function<T, Asked> question) {
        List<CompletableFuture<Asked>> running = targets.stream()
                .map(target -> CompletableFuture.supplyAsync(() -> question.apply(target), ground.threads()))
                .toList();
        return running.stream().map(CompletableFuture::join).toList();
    }

    private Asked ask(Test test, Hop hop, String what, BiConsumer<Solo, Consumer<Solo.Result>> question) {
        Strand strand = new Strand(ground.threads());
        Solo solo = new Solo(ground, strand, trunk);
        CompletableFuture<Solo.Result> answer = new CompletableFuture<>();
        long start = System.nanoTime();
        strand.execute(() -> question.accept(solo, answer::complete));
        Solo.Result result;
        try {
            result = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            strand.execute(solo::abandon);
            result = new Solo.Result(Optional.empty(), silence(hop));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result = new Solo.Result(Optional.empty(), "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return new Asked(test, hop, what, result, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    private String silence(Hop hop) {
        return ground.wire().refuses(hop)
                ? "nobody listens on that port"
                : "no answer within " + PATIENCE.toSeconds() + " s";
    }

    /** To OPTIONS any answer that is not a proxy's "nobody there" will do; a registrar must say yes. */
    private static boolean well(Asked one) {
        int code = one.code();
        boolean yes = code >= 200 && code < 300;
        boolean alive = code == 404 || code == 405 || code == 501 || code == 480;
        return yes || (alive && one.test() != Test.REGISTER);
    }
}
