package io.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.media.Codec;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Negotiation;
import io.trunkline.media.NoMediaPortsException;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.testing.EventLog;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions come and go by the thousand; nothing of them stays. */
class ManySessionsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path recordings;

    private MediaEngine engine(int firstPort, int lastPort, Duration quarantine) {
        MediaConfig defaults = MediaConfig.defaults(recordings);
        return MediaEngine.start(new MediaConfig(
                2,
                firstPort,
                lastPort,
                quarantine,
                Optional.empty(),
                Optional.empty(),
                defaults.mediaTimeout(),
                defaults.latchWindow(),
                recordings,
                false));
    }

    @Test
    void twoThousandSessionsLeaveNothingBehind() throws Exception {
        openAndClose(2000);
    }

    @Test
    @Tag("full")
    void aHundredThousandSessionsLeaveNothingBehind() throws Exception {
        openAndClose(100_000);
    }

    private void openAndClose(int sessions) throws Exception {
        Semaphore atOnce = new Semaphore(100);
        try (MediaEngine engine = engine(34_000, 35_999, Duration.ZERO)) {
            run(engine, 500, atOnce);
            long threads = threads();
            long descriptors = descriptors();
            run(engine, sessions, atOnce);
            assertThat(engine.stats().portsInUse()).isZero();
            assertThat(engine.stats().sessions()).isZero();
            assertThat(engine.stats().loopFailures()).isZero();
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 10);
            assertThat(threads()).isLessThanOrEqualTo(threads + 3);
        }
    }

    private static void run(MediaEngine engine, int sessions, Semaphore atOnce) throws InterruptedException {
        LegSpec spec = LegSpec.of("leg", LOOPBACK).withCodecs(List.of(Codec.PCMA));
        for (int i = 0; i < sessions; i += 2) {
            atOnce.acquire(2);
            MediaSession one = engine.open(spec, (id, event) -> onEvent(atOnce, event));
            MediaSession other = engine.open(spec, (id, event) -> onEvent(atOnce, event));
            Negotiation.Agreed answer = (Negotiation.Agreed) other.answerOffer(one.createOffer());
            one.acceptAnswer(answer.localSdp());
            if (i % 100 == 0) {
                one.record(RecordSpec.dual("r" + i + "-" + System.nanoTime()));
            }
            one.close();
            other.close();
        }
        atOnce.acquire(100);
        atOnce.release(100);
    }

    private static void onEvent(Semaphore atOnce, MediaEvent event) {
        if (event instanceof MediaEvent.MediaClosed) {
            atOnce.release();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().size();
    }

    private static long descriptors() throws Exception {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void withoutAFreePortASessionIsRefusedAndTheOthersGoOn() {
        try (MediaEngine engine = engine(36_000, 36_009, Duration.ofSeconds(5))) {
            List<MediaSession> open = new ArrayList<>();
            EventLog events = new EventLog();
            for (int i = 0; i < 5; i++) {
                open.add(engine.open(LegSpec.of("leg" + i, LOOPBACK), events));
            }
            assertThat(engine.hasFreePorts()).isFalse();
            assertThatThrownBy(() -> engine.open(LegSpec.of("one too many", LOOPBACK), events))
                    .isInstanceOf(NoMediaPortsException.class);
            open.getFirst().close();
            events.await(MediaEvent.MediaClosed.class);
            assertThat(engine.hasFreePorts()).as("the port rests").isFalse();
            assertThat(engine.stats().portsInUse()).isEqualTo(4);
        }
    }

    @Test
    void aPortThatAnotherProgramUsesIsSkipped() throws Exception {
        try (DatagramSocket busy = new DatagramSocket(new InetSocketAddress(LOOPBACK, 36_101));
                MediaEngine engine = engine(36_100, 36_103, Duration.ofSeconds(5))) {
            assertThat(busy.isBound()).isTrue();
            MediaSession session = engine.open(LegSpec.of("leg", LOOPBACK), new EventLog());
            assertThat(session.createOffer()).contains("m=audio 36102 ");
        }
    }
}
