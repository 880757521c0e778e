package io.trunkline.sip.trunk;

import io.trunkline.sip.ProbeReport;
import io.trunkline.sip.ProbeReport.Step;
import io.trunkline.sip.ProbeReport.Test;
import io.trunkline.sip.Trunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the trials of a probe to what they mean. Pure. */
final class ProbeWords {
    private final Trunk trunk;
    private final List<Step> steps;
    private final List<String> advice = new ArrayList<>();

    ProbeWords(Trunk trunk, List<Step> steps) {
        this.trunk = trunk;
        this.steps = steps;
    }

    ProbeReport report() {
        List<Step> options = all(Test.OPTIONS);
        Optional<Step> answered = options.stream().filter(s -> s.sipCode() != 0).findFirst();
        all(Test.LOOKUP).stream()
                .filter(s -> !s.ok())
                .forEach(s -> advice.add("Check the host name " + s.target() + ": DNS knows no address for it."));
        String summary = options.isEmpty()
                ? "No host of the trunk has an address."
                : answered.map(this::alive).orElseGet(this::dead);
        boolean partly = answered.isPresent() && options.stream().anyMatch(s -> s.sipCode() == 0);
        if (partly) {
            options.stream()
                    .filter(s -> s.sipCode() == 0)
                    .forEach(s ->
                            advice.add("One of the hosts does not answer: " + s.target() + " (" + s.text() + ")."));
        }
        boolean registers = all(Test.REGISTER).stream().allMatch(s -> s.ok() || !needed(s));
        boolean ok = options.stream().anyMatch(Step::ok) && registers;
        return new ProbeReport(trunk.id(), ok, summary, advice, steps);
    }

    private List<Step> all(Test test) {
        return steps.stream().filter(s -> s.test() == test).toList();
    }

    // ---- nobody answers as configured

    /** Java's words where the far port has no idea of TLS. */
    private static boolean speaksNoTls(String text) {
        return text.contains("SSL message") || text.contains("timed out") || text.contains("terminated");
    }

    private String dead() {
        Optional<Step> other =
                all(Test.TRANSPORT).stream().filter(s -> s.sipCode() != 0).findFirst();
        Step first = all(Test.OPTIONS).getFirst();
        if (first.text().contains("TLS with") && !speaksNoTls(first.text())) {
            advice.add(certificateAdvice(first.text()));
            return "The TLS connection to " + first.target() + " is refused: " + first.text();
        }
        if (other.isPresent()) {
            String transport = transport(other.get());
            advice.add("Set the host's transport to " + transport + ".");
            return "Nobody answers at " + first.target() + ", but the same host answers over " + transport + ".";
        }
        advice.add("Check host, port and transport with the carrier, and that its firewall lets this address in.");
        return "Nobody answers: " + first.text() + ".";
    }

    private static String certificateAdvice(String text) {
        if (text.contains("alternative")) {
            return "The certificate is for another name: use the name it carries as host, or as tls.server_name.";
        }
        if (text.contains("expired") || text.contains("NotAfter")) {
            return "The carrier's certificate has expired: only the carrier can renew it.";
        }
        return "If the carrier signs its own certificates, put its authority's certificate into tls.ca_pem.";
    }

    private static String transport(Step step) {
        String target = step.target();
        return target.substring(target.lastIndexOf('/') + 1, target.length() - 1)
                .toLowerCase(java.util.Locale.ROOT);
    }

    // ---- somebody answers

    private String alive(Step answered) {
        List<String> said = new ArrayList<>();
        said.add(answered.target() + " answers OPTIONS with " + answered.sipCode() + " in " + answered.millis()
                + " ms.");
        boolean asksWhoWeAre = answered.sipCode() == 401 || answered.sipCode() == 407;
        if (asksWhoWeAre && trunk.auth().isEmpty()) {
            advice.add("The carrier asks for a user name and a password: set auth.");
        } else if (asksWhoWeAre) {
            advice.add("The carrier refuses the user name or the password of auth, or asks in another realm.");
        }
        if (answered.sipCode() == 503) {
            advice.add("The carrier says that it is overloaded or does not serve this address.");
        }
        if (answered.sipCode() == 403) {
            refused();
        }
        all(Test.REGISTER).forEach(step -> said.add(registrar(step)));
        return String.join(" ", said);
    }

    /** 403: perhaps only to the name in which it was asked. */
    private void refused() {
        Optional<Step> better = all(Test.IDENTITY).stream().filter(Step::ok).findFirst();
        advice.add(better.map(s -> "The carrier refuses the From of the trunk, but takes " + name(s)
                        + ": set identity.from_user and identity.from_host.")
                .orElse("The carrier refuses this address or this From: ask it to allow the address of this server."));
    }

    private static String name(Step step) {
        return step.text().substring("OPTIONS as ".length()).split(": ", 2)[0];
    }

    private String registrar(Step step) {
        int code = step.sipCode();
        if (step.ok()) {
            return "The registrar takes the user name and the password.";
        }
        if (code == 401 || code == 407 || code == 403) {
            if (needed(step)) {
                advice.add("The registrar refuses the user name or the password (" + code + "): check auth.");
            }
            return "The registrar refuses them (" + code + ").";
        }
        if (trunk.register()) {
            advice.add("The registrar does not do as asked (" + step.text() + ").");
        }
        return "No registrar there (" + step.text() + ").";
    }

    /** Without registration a refusal matters only where it shows that the password is wrong. */
    private boolean needed(Step register) {
        return trunk.register() || register.sipCode() == 401 || register.sipCode() == 407;
    }
}
