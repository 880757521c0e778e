package io.trunkline.control.store;

import io.trunkline.control.call.TrunkBook;
import io.trunkline.media.Codec;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.sip.Trunk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The habits of a carrier by its name: what a trunk's {@code profile} sets, whatever else it says. */
final class TrunkProfiles {
    static final String WHATSAPP = "whatsapp";

    private TrunkProfiles() {}

    /**
     * WhatsApp takes TLS alone, no REGISTER, no OPTIONS and no request inside the dialog but BYE: nothing of ours may
     * refresh, hold or transfer. It answers our challenge with the number's password, its user name being digits.
     */
    static Trunk applied(Trunk trunk) {
        if (trunk.profile().filter(WHATSAPP::equals).isEmpty()) {
            return trunk;
        }
        return trunk.edit()
                .hosts(trunk.hosts().stream().map(TrunkProfiles::overTls).toList())
                .auth(trunk.auth().map(TrunkProfiles::digits))
                .challenge(trunk.auth().isPresent())
                .register(false)
                .optionsPing(Duration.ZERO)
                .sessionTimer(new Trunk.SessionTimer(
                        false,
                        trunk.sessionTimer().expires(),
                        trunk.sessionTimer().minimum()))
                .allowTransfer(false)
                .allowRedirect(false)
                .build();
    }

    private static Trunk.Host overTls(Trunk.Host host) {
        return new Trunk.Host(host.host(), host.port(), Trunk.Transport.TLS, host.priority(), host.weight());
    }

    private static Trunk.Auth digits(Trunk.Auth auth) {
        String name = auth.username();
        return new Trunk.Auth(name.startsWith("+") ? name.substring(1) : name, auth.password(), auth.realm());
    }

    /** Opus, unless the number has more codecs; encrypted, by DTLS unless SDES is asked for. */
    static TrunkBook.Media applied(TrunkBook.Media media, JsonObject doc) {
        if (!Optional.ofNullable(doc.getString("profile")).equals(Optional.of(WHATSAPP))) {
            return media;
        }
        boolean chosen = !doc.getJsonArray("codecs", new JsonArray()).isEmpty();
        return new TrunkBook.Media(
                chosen ? media.codecs() : List.of(Codec.OPUS),
                media.dtmf(),
                media.srtp() == SrtpPolicy.SDES ? SrtpPolicy.SDES : SrtpPolicy.DTLS);
    }
}
