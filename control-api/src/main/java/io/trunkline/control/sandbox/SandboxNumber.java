package io.trunkline.control.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The sandbox's phones, by the last two digits of +155501000xx; every other number answers as {@link #HUMAN}. */
enum SandboxNumber {
    HUMAN("01", List.of(ring(), new Step.Answer(), new Step.Speak("Hello?"), stay())),
    VOICEMAIL(
            "02",
            List.of(
                    ring(),
                    new Step.Answer(),
                    new Step.Speak("Hi, you have reached the voicemail of Alex Miller. I cannot come to the phone right"
                            + " now. Please leave a message after the tone, and I will call you back."),
                    new Step.Tone("beep"),
                    new Step.Listen(Duration.ofMinutes(2)),
                    new Step.HangUp())),
    BUSY("03", List.of(new Step.Reject(486, "Busy Here"))),
    RINGS_FOR_EVER("04", List.of(new Step.RingForever())),
    DECLINES("05", List.of(ring(), new Step.Reject(603, "Decline"))),
    ECHO("06", List.of(ring(), new Step.Answer(), new Step.Echo())),
    MENU(
            "07",
            List.of(
                    ring(),
                    new Step.Answer(),
                    new Step.Speak("Press one for sales, two for support, or star to repeat."),
                    new Step.Menu())),
    SCREENER(
            "08",
            List.of(
                    ring(),
                    new Step.Answer(),
                    new Step.Speak("The person you are calling is using a screening service and will get a copy of this"
                            + " conversation. Go ahead and say your name, and why you are calling."),
                    new Step.Listen(Duration.ofSeconds(12)),
                    new Step.Speak("Thanks. Please stay on the line."),
                    stay())),
    FAX("09", List.of(ring(), new Step.Answer(), new Step.Tone("fax-ced"), stay())),
    EARLY_MEDIA(
            "10",
            List.of(new Step.EarlyRing(Duration.ofSeconds(2)), new Step.Answer(), new Step.Speak("Hello?"), stay())),
    HOLDS(
            "11",
            List.of(
                    ring(),
                    new Step.Answer(),
                    new Step.Speak("Hello? One moment please."),
                    new Step.Listen(Duration.ofSeconds(4)),
                    new Step.HoldCaller(Duration.ofSeconds(5)),
                    new Step.Speak("I am back."),
                    stay())),
    UNAVAILABLE("12", List.of(new Step.Reject(503, "Service Unavailable"))),
    HANGS_UP_AT_ONCE("13", List.of(ring(), new Step.Answer(), new Step.HangUp())),
    VOICEMAIL_WITHOUT_BEEP(
            "14",
            List.of(
                    ring(),
                    new Step.Answer(),
                    new Step.Speak(
                            "You have reached Miller and Sons. We are closed at the moment. Our opening hours are"
                                    + " Monday to Friday, nine to five. Please leave your name and number."),
                    new Step.Listen(Duration.ofMinutes(2)),
                    new Step.HangUp())),
    BAD_LINE("15", List.of(ring(), new Step.AnswerLossy(), new Step.Speak("Hello? The line is bad."), stay())),
    NO_RTP("16", List.of(ring(), new Step.AnswerMute(), stay()));

    /** The numbers that are the sandbox's whatever other trunk matches. */
    static final String PREFIX = "+155501000";

    private final String suffix;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of out of records
    private final List<Step> steps;

    SandboxNumber(String suffix, List<Step> steps) {
        this.suffix = suffix;
        this.steps = steps;
    }

    List<Step> steps() {
        return steps;
    }

    static SandboxNumber of(String dialled) {
        return Arrays.stream(values())
                .filter(number -> dialled.equals(PREFIX + number.suffix))
                .findFirst()
                .orElse(HUMAN);
    }

    private static Step ring() {
        return new Step.Ring(Duration.ofSeconds(1));
    }

    private static Step stay() {
        return new Step.Listen(Duration.ofMinutes(10));
    }
}
