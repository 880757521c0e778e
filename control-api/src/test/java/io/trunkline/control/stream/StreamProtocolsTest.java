package io.trunkline.control.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.CallDirection;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallStatus;
import io.trunkline.control.call.StreamSpec;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wire as its vendor writes it: names, order, strings or numbers, byte order. */
class StreamProtocolsTest {
    private static final short[] SAMPLES = new short[160];

    static {
        SAMPLES[0] = 0x0102;
    }

    private final List<String> sent = new ArrayList<>();
    private final List<String> ordered = new ArrayList<>();

    private final Wire wire = new Wire() {
        @Override
        public void text(String message) {
            sent.add(message);
        }

        @Override
        public void binary(byte[] message) {
            sent.add(HexFormat.of().formatHex(message, 0, 2) + " of " + message.length);
        }
    };

    private final StreamOrders orders = new StreamOrders() {
        @Override
        public void say(WireFormat format, byte[] audio) {
            ordered.add("say " + audio.length + " " + format.samples() + " " + format.sampleRate());
        }

        @Override
        public void sayMp3(byte[] audio) {
            ordered.add("mp3 " + audio.length);
        }

        @Override
        public void mark(String name) {
            ordered.add("mark " + name);
        }

        @Override
        public void clear() {
            ordered.add("clear");
        }

        @Override
        public void pause(boolean wanted) {
            ordered.add("pause " + wanted);
        }

        @Override
        public void sendDigits(String digits) {
            ordered.add("digits " + digits);
        }

        @Override
        public void stop() {
            ordered.add("stop");
        }

        @Override
        public void hangup() {
            ordered.add("hangup");
        }

        @Override
        public void misunderstood(String why) {
            ordered.add("misunderstood");
        }
    };

    private static StreamProtocol protocol(String name) {
        return protocol(name, StreamSpec.Track.INBOUND, Optional.empty(), Optional.empty());
    }

    private static StreamProtocol protocol(
            String name, StreamSpec.Track track, Optional<String> encoding, Optional<Integer> rate) {
        StreamSpec spec = new StreamSpec(
                Optional.of("wss://app"), name, track, true, false, encoding, rate, Map.of(), Map.of("who", "anna"));
        return StreamProtocols.of(new StreamFacts("stream_1", call(), spec));
    }

    private static CallSnapshot call() {
        CallSnapshot.Times times = new CallSnapshot.Times(
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new CallSnapshot(
                "call_1",
                new CallSnapshot.Owner("acct_1", "app_1"),
                CallDirection.OUTBOUND,
                "+15550100000",
                "+15550100001",
                Optional.empty(),
                Optional.empty(),
                CallStatus.IN_PROGRESS,
                times,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                CallSnapshot.Charge.NONE,
                CallSnapshot.Callback.NONE,
                "node");
    }

    /** Opens, one frame, a digit, a mark, the end; times of day left out. */
    private List<String> life(StreamProtocol protocol) {
        protocol.open(wire);
        protocol.audio(wire, new SentFrame(true, SAMPLES, 1, 0));
        protocol.digit(wire, '5', 120);
        protocol.mark(wire, "m", true, 40);
        protocol.close(wire, "call_ended");
        return sent.stream()
                .map(text -> text.replaceAll("\"payload\":\"[^\"]*\"", "\"payload\":\"…\"")
                        .replaceAll("\"(event_time|occurred_at)\":\"[^\"]*\"", "\"$1\":\"…\""))
                .toList();
    }

    @Test
    void twilio() {
        assertThat(life(protocol("twilio")))
                .containsExactly(
                        "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}",
                        "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"streamSid\":\"stream_1\",\"start\":{\"accountSid\":\"acct_1\","
                                + "\"streamSid\":\"stream_1\",\"callSid\":\"call_1\",\"tracks\":[\"inbound\"],\"mediaFormat\":{\"encoding\":"
                                + "\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1},\"customParameters\":{\"who\":\"anna\"}}}",
                        "{\"event\":\"media\",\"sequenceNumber\":\"2\",\"streamSid\":\"stream_1\",\"media\":{\"track\":\"inbound\","
                                + "\"chunk\":\"1\",\"timestamp\":\"0\",\"payload\":\"…\"}}",
                        "{\"event\":\"dtmf\",\"sequenceNumber\":\"3\",\"streamSid\":\"stream_1\",\"dtmf\":{\"track\":\"inbound_track\","
                                + "\"digit\":\"5\"}}",
                        "{\"event\":\"mark\",\"sequenceNumber\":\"4\",\"streamSid\":\"stream_1\",\"mark\":{\"name\":\"m\",\"playedMs\":40}}",
                        "{\"event\":\"stop\",\"sequenceNumber\":\"5\",\"streamSid\":\"stream_1\",\"stop\":{\"accountSid\":\"acct_1\","
                                + "\"callSid\":\"call_1\"}}");
    }

    @Test
    void telnyx() {
        List<String> said = life(protocol("telnyx"));
        assertThat(said.get(0)).isEqualTo("{\"event\":\"connected\",\"version\":\"1.0.0\"}");
        assertThat(said.get(1))
                .contains(
                        "\"sequence_number\":\"1\"",
                        "\"stream_id\":\"stream_1\"",
                        "\"call_control_id\":\"call_1\"",
                        "\"media_format\":{\"encoding\":\"PCMU\",\"sample_rate\":8000,\"channels\":1}");
        assertThat(said.get(2))
                .isEqualTo(
                        "{\"event\":\"media\",\"sequence_number\":\"2\",\"stream_id\":\"stream_1\",\"media\":{\"track\":\"inbound\","
                                + "\"chunk\":\"1\",\"timestamp\":\"0\",\"payload\":\"…\"}}");
        assertThat(said.get(3)).contains("\"occurred_at\":\"…\",\"dtmf\":{\"digit\":\"5\"}");
        assertThat(said.get(5)).startsWith("{\"event\":\"stop\",\"sequence_number\":\"5\"");
    }

    @Test
    void plivoAndVobizDifferInTheirByteOrderAndTheirEnd() {
        List<String> plivo = List.copyOf(life(protocol("plivo")));
        assertThat(firstSample(2)).isEqualTo("0201");
        sent.clear();
        List<String> vobiz = life(protocol("vobiz"));
        assertThat(firstSample(2)).isEqualTo("0102");

        assertThat(plivo.getFirst())
                .isEqualTo("{\"sequenceNumber\":0,\"event\":\"start\",\"start\":{\"callId\":\"1\",\"streamId\":\"1\","
                        + "\"accountId\":\"acct_1\",\"tracks\":[\"inbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-l16\","
                        + "\"sampleRate\":8000}},\"extra_headers\":\"{\\\"who\\\":\\\"anna\\\"}\"}");
        assertThat(plivo.get(1)).contains("\"sequenceNumber\":1", "\"timestamp\":\"0\",\"chunk\":1,");
        assertThat(plivo.get(2))
                .contains("\"dtmf\":{\"track\":\"inbound\",\"digit\":\"5\",\"timestamp\":\"0\"}", "\"extra_headers\"");
        assertThat(plivo.get(3)).contains("\"event\":\"playedStream\",\"streamId\":\"1\",\"name\":\"m\"");
        assertThat(plivo.getLast()).contains("\"event\":\"stop\"");
        assertThat(vobiz.getLast()).contains("\"event\":\"playedStream\"");
    }

    /** The first two bytes of the payload of a frame. */
    private String firstSample(int message) {
        String payload =
                new JsonObject(sent.get(message - 1)).getJsonObject("media").getString("payload");
        return HexFormat.of().formatHex(Base64.getDecoder().decode(payload), 0, 2);
    }

    @Test
    void wavix() {
        List<String> said = life(protocol("wavix"));
        assertThat(said.get(0)).isEqualTo("{\"event\":\"connected\",\"event_time\":\"…\"}");
        assertThat(said.get(1))
                .isEqualTo(
                        "{\"event\":\"start\",\"event_time\":\"…\",\"call_id\":\"call_1\",\"stream_id\":\"stream_1\","
                                + "\"sequence_number\":1,\"stream_type\":\"twoway\",\"channel\":\"inbound\"}");
        assertThat(said.get(2)).contains("\"track\":\"inbound\",\"timestamp\":0,\"chunk\":1}");
        assertThat(protocol("wavix").format().sampleRate()).isEqualTo(24_000);
    }

    @Test
    void jambonz() {
        assertThat(protocol("jambonz").subprotocols()).startsWith("audio.jambonz.org");
        List<String> said = life(protocol("jambonz"));
        assertThat(said.get(0))
                .contains("\"callSid\":\"call_1\"", "\"sampleRate\":8000", "\"mixType\":\"mono\"", "\"who\":\"anna\"");
        assertThat(said.get(1)).isEqualTo("0201 of 320");
        assertThat(said.get(2)).isEqualTo("{\"event\":\"dtmf\",\"dtmf\":\"5\",\"duration\":\"120\"}");
    }

    @Test
    void marksThatJambonzClearedAreToldAsClearedWhenTheyAreReached() {
        StreamProtocol jambonz = protocol("jambonz");
        jambonz.onText("{\"type\":\"mark\",\"data\":{\"name\":\"a\"}}", orders);
        jambonz.onText("{\"type\":\"clearMarks\"}", orders);
        jambonz.onText("{\"type\":\"mark\",\"data\":{\"name\":\"b\"}}", orders);
        jambonz.mark(wire, "a", true, 20);
        jambonz.mark(wire, "b", true, 40);

        assertThat(sent.get(0)).contains("\"name\":\"a\",\"event\":\"cleared\"");
        assertThat(sent.get(1)).contains("\"name\":\"b\",\"event\":\"playout\"");
    }

    @Test
    void telnyxIsToldWhatWasNotUnderstood() {
        protocol("telnyx").misunderstood(wire, "an unknown event");

        assertThat(sent)
                .containsExactly("{\"event\":\"error\",\"stream_id\":\"stream_1\",\"payload\":{\"code\":100003,"
                        + "\"title\":\"malformed_frame\",\"detail\":\"an unknown event\"}}");
    }

    @Test
    void asterisk() {
        List<String> said = life(protocol("asterisk"));
        assertThat(said.get(0))
                .startsWith("MEDIA_START connection_id:stream_1")
                .endsWith("format:ulaw optimal_frame_size:160 ptime:20");
        assertThat(said.get(1)).endsWith(" of 160");
        assertThat(said.get(2)).isEqualTo("DTMF_END digit:5 duration_ms:120");
    }

    @ParameterizedTest
    @CsvSource({
        "telnyx, alaw, , PCMA, 8000",
        "telnyx, l16, 16000, L16, 16000",
        "asterisk, , , format:ulaw optimal_frame_size:160, 8000",
        "asterisk, alaw, , format:alaw optimal_frame_size:160, 8000",
        "asterisk, l16, 8000, format:slin optimal_frame_size:320, 8000",
        "asterisk, l16, 16000, format:slin16 optimal_frame_size:640, 16000",
        "asterisk, l16, 48000, format:slin48 optimal_frame_size:1920, 48000",
        "plivo, mulaw, , audio/x-mulaw, 8000",
        "plivo, l16, 24000, audio/x-l16, 24000",
        "jambonz, , 24000, sampleRate\":24000, 24000",
        "raw, l16, 48000, sample_rate\":48000, 48000",
        "raw, mulaw, , mulaw, 8000"
    })
    void whatWasAskedForIsWhatTheFirstMessageSays(
            String name, String encoding, Integer rate, String said, int carried) {
        StreamProtocol protocol =
                protocol(name, StreamSpec.Track.INBOUND, Optional.ofNullable(encoding), Optional.ofNullable(rate));
        protocol.open(wire);

        assertThat(sent.getLast()).contains(said);
        assertThat(protocol.format().sampleRate()).isEqualTo(carried);
    }

    @Test
    void telnyxOrdersTheBytesOfL16AsTheNetworkDoes() {
        StreamProtocol telnyx = protocol("telnyx", StreamSpec.Track.INBOUND, Optional.of("l16"), Optional.of(16_000));
        telnyx.audio(wire, new SentFrame(true, SAMPLES, 1, 0));

        assertThat(firstSample(1)).isEqualTo("0102");
    }

    @Test
    void bothTracksAreNumberedByThemselves() {
        StreamProtocol twilio = protocol("twilio", StreamSpec.Track.BOTH, Optional.empty(), Optional.empty());
        twilio.open(wire);
        twilio.audio(wire, new SentFrame(true, SAMPLES, 7, 120));
        twilio.audio(wire, new SentFrame(false, SAMPLES, 7, 120));

        assertThat(sent.get(1)).contains("\"tracks\":[\"inbound\",\"outbound\"]");
        assertThat(sent.get(2)).contains("\"track\":\"inbound\",\"chunk\":\"7\",\"timestamp\":\"120\"");
        assertThat(sent.get(3)).contains("\"track\":\"outbound\",\"chunk\":\"7\",\"timestamp\":\"120\"");
    }

    @Test
    void asteriskHasWordsForItsQueue() {
        StreamProtocol asterisk = protocol("asterisk");
        asterisk.onText("START_MEDIA_BUFFERING", orders);
        asterisk.onText("STOP_MEDIA_BUFFERING abc", orders);
        assertThat(ordered).hasSize(1);
        asterisk.mark(wire, ordered.getFirst().substring("mark ".length()), true, 20);
        asterisk.flow(wire, false);
        asterisk.flow(wire, true);
        asterisk.drained(wire, 20);
        asterisk.onText("REPORT_QUEUE_DRAINED", orders);
        asterisk.drained(wire, 40);
        asterisk.drained(wire, 60);

        assertThat(sent)
                .containsExactly(
                        "MEDIA_BUFFERING_COMPLETED correlation_id:abc played_ms:20",
                        "MEDIA_XOFF",
                        "MEDIA_XON",
                        "QUEUE_DRAINED");
    }

    @Test
    void bothSidesOfABinaryStreamAreTheChannelsOfStereo() {
        StreamProtocol raw = protocol("raw", StreamSpec.Track.BOTH, Optional.empty(), Optional.of(8000));
        raw.open(wire);
        raw.audio(wire, new SentFrame(true, SAMPLES, 1, 0));
        raw.audio(wire, new SentFrame(false, SAMPLES, 1, 0));

        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isEqualTo("0201 of 640");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            twilio  | {"event":"media","media":{"payload":"AAAA"}} | say 3 MULAW 8000
            twilio  | {"event":"mark","streamSid":"s","mark":{"name":"x"}} | mark x
            twilio  | {"event":"clear","streamSid":"s"} | clear
            telnyx  | {"event":"media","media":{"payload":"AAAA"}} | say 3 MULAW 8000
            plivo   | {"event":"playAudio","media":{"contentType":"audio/x-l16","sampleRate":"16000","payload":"AAAA"}} | say 3 L16_LITTLE_ENDIAN 16000
            plivo   | {"event":"playAudio","media":{"contentType":"audio/x-mulaw","sampleRate":8000,"payload":"AAAA"}} | say 3 MULAW 8000
            plivo   | {"event":"checkpoint","streamId":"s","name":"x"} | mark x
            plivo   | {"event":"sendDTMF","dtmf":"12"} | digits 12
            vobiz   | {"event":"clearAudio","streamId":"s"} | clear
            wavix   | {"event":"media","media":{"payload":"AAAA"}} | say 3 L16_LITTLE_ENDIAN 24000
            jambonz | {"type":"disconnect"} | stop
            jambonz | {"type":"killAudio"} | clear
            asterisk| FLUSH_MEDIA | clear
            asterisk| HANGUP | hangup
            asterisk| PAUSE_MEDIA | pause true
            raw     | {"type":"dtmf","digits":"5#"} | digits 5#
            raw     | {"type":"hangup"} | hangup
            """)
    void whatAProgramSaysIsUnderstood(String name, String message, String order) {
        protocol(name).onText(message, orders);

        assertThat(ordered).containsExactly(order);
    }

    @Test
    void cawmeTellsMp3FromSamplesByTheirBeginning() {
        StreamProtocol samples = protocol("cawme");
        samples.onBinary(new byte[640], orders);
        samples.onBinary(new byte[] {(byte) 0xff, (byte) 0xfb, (byte) 0x90, 0}, orders);
        StreamProtocol mp3 = protocol("cawme");
        mp3.onBinary(new byte[] {(byte) 0xff, (byte) 0xfb, (byte) 0x90, 0, 0}, orders);
        mp3.onBinary(new byte[7], orders);

        assertThat(ordered)
                .containsExactly("say 640 L16_LITTLE_ENDIAN 16000", "say 4 L16_LITTLE_ENDIAN 16000", "mp3 5", "mp3 7");
    }

    static List<String> names() {
        return StreamProtocols.names().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void nonsenseIsCountedAndHarmsNobody(String name) {
        for (String text : List.of(
                "",
                "{",
                "[1,2]",
                "null",
                "{\"event\":5}",
                "{\"event\":\"media\",\"media\":\"x\"}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"*\"}}",
                "{\"type\":null,\"data\":[]}")) {
            protocol(name).onText(text, orders);
        }

        assertThat(ordered).containsOnly("misunderstood").hasSize(8);
    }
}
