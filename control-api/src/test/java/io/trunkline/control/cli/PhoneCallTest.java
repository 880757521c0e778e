package io.trunkline.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneCallTest {
    private static final List<String> COURSE = List.of(
            "call.created",
            "call.dialing",
            "call.ringing",
            "call.answered",
            "playback.started {\"duration_ms\":1500}",
            "playback.finished {\"played_ms\":1500}",
            "call.ended",
            "recording.completed {\"recording_id\":\"rec_1\",\"duration_ms\":2000}");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void tellsTheCourseOfTheCallOnceAndInOrder() throws Exception {
        try (ScriptedApi server = new ScriptedApi(COURSE, 2, call("completed"))) {
            assertThat(place(server, "+15550100001", "--say", "Hello")).isZero();
        }
        assertThat(lines())
                .containsSubsequence(
                        "   0.0 s  created call_1",
                        "   1.0 s  dialing +15550100001",
                        "   2.0 s  ringing",
                        "   3.0 s  answered",
                        "   4.0 s  playing",
                        "   5.0 s  played 1.5 s",
                        "   6.0 s  ended",
                        "completed, 6.0 s: Normal clearing")
                .doesNotHaveDuplicates();
    }

    @Test
    void asksForWhatTheOptionsSay() throws Exception {
        try (ScriptedApi server = new ScriptedApi(COURSE, 8, call("completed"))) {
            place(
                    server,
                    "+15550100001",
                    "--say",
                    "Hi",
                    "--voice",
                    "en",
                    "--from",
                    "+1555",
                    "--timeout",
                    "20",
                    "--amd");
            assertThat(server.requests)
                    .anyMatch(request -> request.startsWith("POST /v1/calls ")
                            && request.contains("\"say\":{\"text\":\"Hi\",\"voice\":\"en\"}")
                            && request.contains("\"from\":\"+1555\"")
                            && request.contains("\"timeout\":20")
                            && request.contains("\"amd\":true")
                            && !request.contains("record"));
        }
    }

    @Test
    void sendsAFileAsBase64AndAUrlAsItIs() throws Exception {
        Path audio = Files.writeString(folder.resolve("in.wav"), "abc");
        try (ScriptedApi server = new ScriptedApi(COURSE, 8, call("completed"))) {
            place(server, "+15550100001", "--play", audio.toString());
            place(server, "+15550100001", "--play", "https://example.com/a.mp3");
            assertThat(server.requests.toString())
                    .contains("\"play\":{\"audio_base64\":\"YWJj\"}")
                    .contains("\"play\":{\"url\":\"https://example.com/a.mp3\"}");
        }
    }

    @Test
    void waitsForTheRecordingAndKeepsIt() throws Exception {
        Path out = folder.resolve("out.wav");
        try (ScriptedApi server = new ScriptedApi(COURSE, 6, call("completed"))) {
            assertThat(place(server, "+15550100001", "--record", out.toString()))
                    .isZero();
        }
        assertThat(out).hasBinaryContent(ScriptedApi.AUDIO);
    }

    @ParameterizedTest
    @CsvSource({"busy,3", "no_answer,4", "rejected,5", "cancelled,6", "failed,7"})
    void theExitStatusSaysHowTheCallEnded(String status, int expected) throws Exception {
        try (ScriptedApi server = new ScriptedApi(COURSE, 8, call(status))) {
            assertThat(place(server, "+15550100003")).isEqualTo(expected);
        }
    }

    @Test
    void repeatsWhatTheServerRefused() throws Exception {
        try (ScriptedApi server = new ScriptedApi(COURSE, 8, call("completed"));
                ApiClient api = new ApiClient(server.url(), "bad")) {
            PhoneCall call = new PhoneCall(api, CallOptions.parse(List.of("+1555")), screen());
            assertThatThrownBy(call::place)
                    .isInstanceOf(ServerTrouble.class)
                    .hasMessage("401 unauthorized: no such key");
        }
    }

    private int place(ScriptedApi server, String... arguments) throws Exception {
        try (ApiClient api = new ApiClient(server.url(), "good")) {
            return new PhoneCall(api, CallOptions.parse(List.of(arguments)), screen()).place();
        }
    }

    private CallScreen screen() {
        return new CallScreen(new PrintStream(printed, true, StandardCharsets.UTF_8), false);
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String call(String status) {
        return """
                {"id":"call_1","status":"%s","answered_at":"2026-01-01T00:00:03.000Z","duration_ms":6000,\
                "cause":{"text":"Normal clearing"}}""".formatted(status);
    }
}
