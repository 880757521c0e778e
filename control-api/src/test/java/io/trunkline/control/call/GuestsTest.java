package io.trunkline.control.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.DtmfMethod;
import io.trunkline.media.MediaEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Streams and agents as the machine sees them. */
class GuestsTest {
    private static final LiveEvent.Ended CLOSED = new LiveEvent.Ended("s1", false, Map.of("reason", "app_closed"));

    private static Verb.Stream stream(String id, boolean twoWay) {
        return new Verb.Stream(
                id,
                new StreamSpec(
                        Optional.of("ws://app"),
                        "raw",
                        StreamSpec.Track.INBOUND,
                        twoWay,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Map.of()));
    }

    private static MachineDriver talking(Verb... verbs) {
        return new MachineDriver(MachineDriver.plan(verbs), "t1")
                .answered()
                .media(new MediaEvent.MediaConnected("peer"));
    }

    private static List<String> types(MachineDriver driver) {
        return driver.events.stream().map(CallEvent::type).toList();
    }

    @Test
    void theScriptStaysAtATwoWayStreamAndTheCallEndsWithIt() {
        MachineDriver driver = talking(stream("s1", true));
        driver.feed(new CallInput.Live(new LiveEvent.Started("s1", Map.of())));
        assertThat(driver.state.phase()).isEqualTo(CallState.Phase.TALKING);

        driver.feed(new CallInput.Live(CLOSED));
        assertThat(driver.state.phase()).isEqualTo(CallState.Phase.ENDING);
        assertThat(types(driver)).containsSubsequence("stream.started", "stream.stopped");
    }

    @Test
    void aStreamThatOnlyListensHoldsNothingUp() {
        MachineDriver driver = talking(stream("s1", false), new Verb.Pause(Duration.ofSeconds(5)));
        assertThat(driver.actions).contains(new CallAction.StartTimer(CallTimer.VERB, Duration.ofSeconds(5)));

        driver.feed(new CallInput.Timer(CallTimer.VERB));
        assertThat(driver.state.phase()).isEqualTo(CallState.Phase.ENDING);
    }

    @Test
    void aSecondTwoWayStreamIsRefusedInWords() {
        MachineDriver driver = talking(stream("s1", true)).feed(new CallInput.Command(stream("s2", true)));

        assertThat(driver.events.getLast().type()).isEqualTo("stream.failed");
        assertThat(driver.events.getLast().data())
                .containsEntry("stream_id", "s2")
                .containsEntry("reason", "too_many");
        assertThat(driver.actions).doesNotContain(new CallAction.Admit(stream("s2", true)));
    }

    @Test
    void anotherScriptTakesThePlaceOfTheStreamThatWasWaitedFor() {
        MachineDriver driver = talking(stream("s1", true));
        driver.feed(new CallInput.Command(new Verb.Script(List.of(new Verb.Pause(Duration.ofSeconds(9))))));

        assertThat(driver.actions)
                .contains(
                        new CallAction.Dismiss("s1", "replaced"),
                        new CallAction.StartTimer(CallTimer.VERB, Duration.ofSeconds(9)));
        driver.feed(new CallInput.Live(CLOSED));
        assertThat(driver.state.phase()).isEqualTo(CallState.Phase.TALKING);
    }

    @Test
    void digitsAreToldToGuestsAndAWishToHangUpIsTheGuests() {
        MachineDriver driver = talking(stream("s1", true))
                .media(new MediaEvent.DigitReceived('5', 100, DtmfMethod.RFC4733))
                .feed(new CallInput.Live(new LiveEvent.Wants("s1", new Verb.Hangup())));

        assertThat(driver.actions).contains(new CallAction.TellGuests('5', 100));
        assertThat(driver.state.end().orElseThrow().code()).isEqualTo("hangup_guest");
    }

    @Test
    void aStreamOfACallThatEndsIsToldBeforeTheCallsEnd() {
        MachineDriver driver = talking(stream("s1", true))
                .feed(new CallInput.Hangup(CallInput.HangupBy.API))
                .feed(new CallInput.Live(new LiveEvent.Ended("s1", false, Map.of("reason", "call_ended"))))
                .feed(new CallInput.Timer(CallTimer.ENDING));

        assertThat(types(driver)).endsWith("stream.stopped", "call.ended");
    }

    @Test
    void wordsOfAGuestThatIsNotThereChangeNothing() {
        MachineDriver driver = talking(stream("s1", true));
        int before = driver.events.size();
        driver.feed(
                new CallInput.Live(new LiveEvent.Wants("s9", new Verb.Hangup())),
                new CallInput.Live(new LiveEvent.Ended("s9", true, Map.of())));

        assertThat(driver.events).hasSize(before);
        assertThat(driver.state.phase()).isEqualTo(CallState.Phase.TALKING);
    }
}
