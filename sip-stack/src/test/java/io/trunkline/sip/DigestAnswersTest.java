package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TrunkChange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digest answers on the wire, computed once more here from RFC 7616 3.4, with a body that is signed or is not. */
class DigestAnswersTest {
    @ParameterizedTest
    @CsvSource({
        "MD5, MD5, auth, auth",
        "MD5, MD5, auth-int, auth-int",
        "SHA-256, SHA-256, auth-int, auth-int",
        "SHA-256, SHA-256, 'auth-int,auth', auth",
        "MD5, MD5, '', ''"
    })
    void signsMethodUriAndBodyAsTheCarrierWants(String algorithm, String hash, String offered, String used)
            throws NoSuchAlgorithmException {
        try (Switchboard ours = new Switchboard("digest");
                ScriptedPhone phone = new ScriptedPhone()) {
            ours.trunks(TrunkChange.of(Trunk.peer("t", Switchboard.udp(phone.port())))
                    .auth("user", "secret")
                    .trunk());
            CallLog log = new CallLog();
            ours.call("t", "+15550100001", log);
            String qop = offered.isEmpty() ? "" : ", qop=\"" + offered + "\"";
            String challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", algorithm=" + algorithm + qop;
            phone.respond(phone.expect("INVITE"), 401, "Unauthorized", "a", "", challenge);
            phone.expect("ACK");
            RawMessage invite = phone.expect("INVITE");
            assertThat(part(invite, "qop")).isEqualTo(used);
            assertThat(part(invite, "response")).isEqualTo(expected(invite, hash, used));
            phone.respond(invite, 486, "Busy Here", "a");
            phone.expect("ACK");
            log.awaitEnd();
        }
    }

    private static String expected(RawMessage invite, String hash, String qop) throws NoSuchAlgorithmException {
        String ha1 = hex(hash, "user:r:secret");
        String body = qop.equals("auth-int") ? ":" + hex(hash, invite.body()) : "";
        String ha2 = hex(hash, "INVITE:" + invite.uri() + body);
        String middle = qop.isEmpty() ? "" : ":" + part(invite, "nc") + ":" + part(invite, "cnonce") + ":" + qop;
        return hex(hash, ha1 + ":n1" + middle + ":" + ha2);
    }

    private static String hex(String hash, String text) throws NoSuchAlgorithmException {
        byte[] bytes = MessageDigest.getInstance(hash).digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(bytes);
    }

    private static String part(RawMessage invite, String name) {
        Matcher part = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(invite.header("Authorization"));
        return part.find() ? part.group(1) : "";
    }
}
