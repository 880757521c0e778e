package io.trunkline.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallScreenTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aTerminalShowsHowFarPlaybackIs() throws Exception {
        CallScreen screen = screen(true);
        screen.event(ApiClient.JSON.readTree(
                "{\"type\":\"playback.started\",\"occurred_at\":\"" + START + "\",\"data\":{\"duration_ms\":2000}}"));
        screen.tick(START.plusMillis(1000));
        assertThat(text()).endsWith("\r\u001b[K   1.0 s  playing [############------------] 2.0 s");
        screen.tick(START.plusMillis(9000));
        assertThat(text()).endsWith("playing [########################] 2.0 s");
    }

    @Test
    void aPipeGetsPlainLinesAlone() throws Exception {
        CallScreen screen = screen(false);
        screen.event(ApiClient.JSON.readTree("{\"type\":\"call.ringing\",\"occurred_at\":\"" + START + "\"}"));
        screen.tick(START.plusMillis(1000));
        assertThat(text()).isEqualTo("   0.0 s  ringing" + System.lineSeparator());
    }

    private CallScreen screen(boolean live) {
        return new CallScreen(new PrintStream(printed, true, StandardCharsets.UTF_8), live);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
