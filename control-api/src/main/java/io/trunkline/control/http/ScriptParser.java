package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.trunkline.control.call.AmdPolicy;
import io.trunkline.control.call.BargeIn;
import io.trunkline.control.call.Verb;
import io.trunkline.control.call.Verb.AudioRef;
import io.trunkline.control.events.UrlGuard;
import io.trunkline.control.speech.SpokenText;
import io.trunkline.control.speech.Voices;
import io.trunkline.media.AmdSpec;
import io.trunkline.media.AudioSources;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From the API's verbs to call control's. The document has checked types and names; here are the rules that a schema
 * cannot say: URLs that may be fetched, audio that can be played.
 */
public final class ScriptParser {
    private static final Set<String> WEB = Set.of("http", "https");

    private final UrlGuard guard;
    private final AudioFiles audio;
    private final Voices voices;
    private final Schemas schemas;
    private final StreamRequests streams;
    private final AgentRequests agents;

    public ScriptParser(UrlGuard guard, AudioFiles audio, Voices voices, Schemas schemas) {
        this.guard = guard;
        this.audio = audio;
        this.voices = voices;
        this.schemas = schemas;
        this.streams = new StreamRequests(guard);
        this.agents = new AgentRequests(streams, this);
    }

    /** A script from outside a request, such as an answer URL's: checked and read. Throws {@link Problem}. */
    public List<Verb> parse(String json) {
        String text = json.strip();
        JsonObject wrapped = JsonBody.parse(Buffer.buffer(
                text.startsWith("[") ? "{\"script\":" + text + "}" : text.isEmpty() ? "{\"script\":[]}" : text));
        JsonArray script = wrapped.getValue("script") instanceof JsonArray array ? array : new JsonArray();
        List<Problem.FieldError> errors = schemas.check(script, schemas.named("Script"), "script");
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return verbs(script, "script");
    }

    List<Verb> verbs(JsonArray script, String path) {
        List<Verb> verbs = new ArrayList<>();
        for (int i = 0; i < script.size(); i++) {
            JsonObject one = script.getJsonObject(i);
            String name = one.fieldNames().iterator().next();
            verbs.add(verb(name, one.getValue(name), path + "[" + i + "]." + name));
        }
        return List.copyOf(verbs);
    }

    /** One verb: of a script, or a live command of the same name. */
    Verb verb(String name, Object value, String path) {
        return switch (name) {
            case "say" -> say(value);
            case "play" -> play(value, path);
            case "gather" -> gather((JsonObject) value, path);
            case "record" -> record(value);
            case "pause" -> new Verb.Pause(seconds((Number) value));
            case "send_digits" -> new Verb.SendDigits((String) value);
            case "amd" -> new Verb.Amd(amd(value, path).orElseThrow(() -> Problem.invalid(path, "must be true")));
            case "stream" -> streams.stream(value, path);
            case "agent" -> agents.agent((JsonObject) value, path);
            case "redirect" -> redirect(value, path);
            case "set" -> new Verb.Set(PlainJson.map((JsonObject) value));
            case "hold" -> new Verb.Hold(true);
            case "resume" -> new Verb.Hold(false);
            case "mute" -> new Verb.Mute(true);
            case "unmute" -> new Verb.Mute(false);
            case "transfer" -> transfer((JsonObject) value, path);
            case "dial" -> dial((JsonObject) value, path);
            case "bridge" -> new Verb.Bridge(((JsonObject) value).getString("call_id"));
            case "conference" -> conference(value);
            case "answer" -> new Verb.Answer();
            case "stop_recording" -> new Verb.StopRecording(Optional.empty());
            case "stop_stream" -> new Verb.Dismiss("stream", Optional.empty());
            case "hangup" -> new Verb.Hangup();
            case "reject" -> reject((JsonObject) value);
            default -> throw Problem.invalid(path, "is not a known verb");
        };
    }

    Verb.Say say(Object value) {
        JsonObject say = value instanceof JsonObject object ? object : new JsonObject().put("text", value);
        if (say.getString("text").isBlank()) {
            throw Problem.invalid("say.text", "must not be blank");
        }
        Optional<String> voice = Optional.ofNullable(say.getString("voice"));
        Optional<String> language = Optional.ofNullable(say.getString("language"));
        Voices.Choice spoken = voices.choose(voice, language); // refuses what nobody speaks before anything is dialled
        SpokenText.pieces(say.getString("text"), spoken.voice().language());
        return new Verb.Say(
                Ids.next("play"),
                say.getString("text"),
                voice,
                language,
                say.getDouble("rate", 1.0),
                say.getInteger("loop", 1),
                bargeIn(say));
    }

    private static BargeIn bargeIn(JsonObject playback) {
        return BargeIn.valueOf(playback.getString("barge_in", "none").toUpperCase(Locale.ROOT));
    }

    Verb.Play play(Object value, String path) {
        JsonObject play = value instanceof JsonObject object ? object : new JsonObject().put("url", value);
        AudioRef plain = audio(play, path);
        AudioRef audio = Optional.ofNullable(play.getNumber("loudness"))
                .map(dbfs -> (AudioRef) new AudioRef.AsLoudAs(plain, dbfs.doubleValue()))
                .orElse(plain);
        return new Verb.Play(Ids.next("play"), audio, play.getInteger("loop", 1), bargeIn(play));
    }

    private AudioRef audio(JsonObject play, String path) {
        if (play.containsKey("url")) {
            return new AudioRef.Url(url(play.getString("url"), path + ".url"));
        }
        if (play.containsKey("audio_base64")) {
            return new AudioRef.Stored(audio.keep(play.getString("audio_base64"), path + ".audio_base64"));
        }
        return play.containsKey("media_id")
                ? new AudioRef.Media(play.getString("media_id"))
                : tone(play.getString("tone"), path + ".tone");
    }

    private static AudioRef tone(String name, String field) {
        try {
            AudioSources.tone(name);
            return new AudioRef.Tone(name);
        } catch (IllegalArgumentException unknown) {
            throw Problem.invalid(
                    field,
                    "must be ringback, busy or congestion (each also of a country, as busy:gb), beep, sit, fax-ced, or"
                            + " dtmf:123");
        }
    }

    private Verb.Gather gather(JsonObject gather, String path) {
        Optional<Integer> exactly = Optional.ofNullable(gather.getInteger("digits"));
        int most = exactly.orElse(gather.getInteger("max_digits", 20));
        int least = exactly.orElse(gather.getInteger("min_digits", 1));
        if (least > most) {
            throw Problem.invalid(path + ".min_digits", "must not be more than max_digits");
        }
        Object result = gather.getValue("on_result");
        return new Verb.Gather(
                least,
                most,
                seconds(gather.getNumber("timeout", 5)),
                gather.getString("terminator", "#"),
                gather.getInteger("attempts", 1),
                gather.containsKey("prompt") ? verbs(gather.getJsonArray("prompt"), path + ".prompt") : List.of(),
                result instanceof JsonArray script ? verbs(script, path + ".on_result") : List.of(),
                result instanceof String url ? Optional.of(url(url, path + ".on_result")) : Optional.empty());
    }

    /** A new leg goes to a number; where a carrier transfers to is the carrier's to allow. */
    static Verb.Transfer transfer(JsonObject transfer, String path) {
        String to = transfer.getString("to");
        boolean referral = transfer.getString("mode", "refer").equals("refer");
        if (!referral && !to.startsWith("+")) {
            throw Problem.invalid(path + ".to", "must be a phone number in this mode");
        }
        return new Verb.Transfer(Ids.next("call"), to, referral);
    }

    private Verb.Dial dial(JsonObject dial, String path) {
        Object result = dial.getValue("on_result");
        return new Verb.Dial(
                Ids.next("call"),
                dial.getString("to"),
                Optional.ofNullable(dial.getString("from")),
                Optional.ofNullable(dial.getString("trunk")),
                seconds(dial.getNumber("timeout", 30)),
                Boolean.FALSE.equals(dial.getValue("ringback"))
                        ? Optional.empty()
                        : Optional.of(ringback(dial.getValue("ringback"), path)),
                dial.containsKey("whisper") ? verbs(dial.getJsonArray("whisper"), path + ".whisper") : List.of(),
                result instanceof JsonArray script ? verbs(script, path + ".on_result") : List.of(),
                result instanceof String url ? Optional.of(url(url, path + ".on_result")) : Optional.empty());
    }

    private Verb.Play ringback(@Nullable Object given, String path) {
        JsonObject play = given instanceof JsonObject object ? object.copy() : new JsonObject().put("tone", "ringback");
        return play(play.put("loop", 0), path + ".ringback");
    }

    private static Verb.Conference conference(Object value) {
        JsonObject conference = value instanceof JsonObject object ? object : new JsonObject().put("name", value);
        return new Verb.Conference(
                conference.getString("name"),
                conference.getBoolean("muted", false),
                conference.getBoolean("end_on_exit", false));
    }

    /** Empty when it is {@code false}. */
    static Optional<Verb.StartRecording> recordAtAll(Object value) {
        return Boolean.FALSE.equals(value) ? Optional.empty() : Optional.of(record(value));
    }

    static Verb.StartRecording record(Object value) {
        JsonObject record = value instanceof JsonObject object ? object : new JsonObject();
        return new Verb.StartRecording(
                Ids.next("rec"),
                record.getString("channels", "dual").equals("dual"),
                record.getString("format", "wav"),
                record.getString("start", "answer").equals("ringing"),
                Optional.ofNullable(record.getNumber("max_seconds")).map(ScriptParser::seconds),
                true,
                record.getBoolean("trim", false),
                Optional.ofNullable(record.getNumber("beep_every")).map(ScriptParser::seconds));
    }

    /** Empty when it is {@code false}. */
    Optional<AmdPolicy> amd(Object value, String path) {
        if (Boolean.FALSE.equals(value)) {
            return Optional.empty();
        }
        JsonObject amd = value instanceof JsonObject object ? object : new JsonObject();
        AmdSpec plain = AmdSpec.DEFAULT;
        AmdSpec spec = new AmdSpec(
                amd.getDouble("threshold", plain.threshold()),
                Duration.ofMillis(
                        amd.getLong("decide_within_ms", plain.decideWithin().toMillis())),
                amd.getBoolean("hypotheses", plain.hypotheses()));
        return Optional.of(new AmdPolicy(
                spec,
                amd.getString("mode", "async").equals("wait"),
                onVerdict(amd, "on_human", path),
                onVerdict(amd, "on_machine", path),
                amd.getBoolean("wait_for_beep", false),
                Optional.ofNullable(amd.getJsonObject("comfort")).map(comfort -> comfort(comfort, path + ".comfort"))));
    }

    private AmdPolicy.Comfort comfort(JsonObject comfort, String path) {
        return new AmdPolicy.Comfort(
                Duration.ofMillis(comfort.getLong("after_ms", 1500L)),
                comfort.containsKey("play")
                        ? play(comfort.getValue("play"), path + ".play")
                        : say(comfort.getValue("say")));
    }

    private Optional<List<Verb>> onVerdict(JsonObject amd, String field, String path) {
        return switch (amd.getValue(field)) {
            case JsonArray script -> Optional.of(verbs(script, path + "." + field));
            case String word when word.equals("hangup") -> Optional.of(List.of(new Verb.Hangup()));
            case null, default -> Optional.empty();
        };
    }

    static Verb.Reject reject(JsonObject reject) {
        return new Verb.Reject(reject.getInteger("status", 603), reject.getString("reason", "Decline"));
    }

    private Verb.Redirect redirect(Object value, String path) {
        return value instanceof JsonObject object
                ? new Verb.Redirect(
                        url(object.getString("url"), path + ".url"),
                        object.getString("method", "POST").equals("GET"))
                : new Verb.Redirect(url((String) value, path));
    }

    /** Refuses what would never be fetched; names are looked up only when it is. */
    String url(String url, String path) {
        guard.objection(url, WEB).ifPresent(why -> {
            throw Problem.invalid(path, why);
        });
        return url;
    }

    static Duration seconds(Number seconds) {
        return Duration.ofMillis(Math.round(seconds.doubleValue() * 1000));
    }
}
