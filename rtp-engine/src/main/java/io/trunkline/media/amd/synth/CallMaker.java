package io.trunkline.media.amd.synth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes one call of a kind. */
final class CallMaker {
    private static final int[] LONGEST_PAUSES_MS = {350, 900, 1400, 1900};

    private final Random dice;
    private final SpeechPrograms programs;
    private final Noises noises;
    private final Tones tones;
    private final double level;
    private @Nullable Speaker speaker;
    private String text = "";

    CallMaker(Random dice, SpeechPrograms programs, Noises noises) {
        this.dice = dice;
        this.programs = programs;
        this.noises = noises;
        tones = new Tones(dice);
        level = Signal.gain(-35 + 24 * dice.nextDouble());
    }

    /** Who spoke, or null where nobody did. */
    @Nullable
    Speaker speaker() {
        return speaker;
    }

    String text() {
        return text;
    }

    Scene make(String kind) throws IOException {
        String subtype = kind.substring(kind.indexOf('/') + 1);
        return switch (kind.substring(0, kind.indexOf('/'))) {
            case "human" -> human(subtype);
            case "machine" -> machine(subtype);
            case "silence" -> nobody(subtype);
            default -> signal(subtype);
        };
    }

    private Scene human(String subtype) throws IOException {
        Scene scene = new Scene();
        scene.silence(subtype.equals("slow") ? between(2000, 3200) : between(80, 1200));
        String says = subtype.equals("tv") || subtype.equals("slow") ? "hello" : subtype;
        say(scene, says, 150, 900);
        if (dice.nextBoolean()) {
            scene.silence(between(2500, 4500));
            say(scene, "hello", 200, 600);
        }
        scene.silence(between(2500, 4000));
        if (subtype.equals("tv")) {
            scene.under(noises.television(Signal.samples(scene.lengthMs())), 0, level * Signal.gain(-between(8, 20)));
        } else {
            noise(scene, 0, scene.lengthMs());
        }
        return scene;
    }

    private Scene machine(String subtype) throws IOException {
        Scene scene = new Scene();
        scene.silence(between(80, 1300));
        int recordingFrom = scene.lengthMs() - between(0, 80);
        if (subtype.equals("music")) {
            scene.put(
                    new HoldMusic(dice).play(Signal.samples(between(1500, 6000))), level * Signal.gain(between(-6, 4)));
            scene.silence(between(0, 500));
        }
        // some greetings run on, some take a breath, some stop to think
        int longestPause = LONGEST_PAUSES_MS[dice.nextInt(LONGEST_PAUSES_MS.length)];
        say(scene, subtype, 120, longestPause);
        scene.greetingEnds();
        int recordingTo = scene.lengthMs() + between(0, 250);
        if (!subtype.equals("nobeep") && dice.nextInt(5) > 0) {
            beeps(scene, subtype.equals("double") ? 2 : 1);
        }
        scene.silence(between(3500, 5500));
        noise(scene, recordingFrom, dice.nextInt(4) == 0 ? scene.lengthMs() : recordingTo);
        return scene;
    }

    private void beeps(Scene scene, int count) {
        double hertz = tones.beepHertz();
        int ms = between(110, 1000);
        scene.silence(between(120, 1800));
        for (int i = 0; i < count; i++) {
            scene.beep(tones.beep(hertz, ms), hertz, level * Signal.gain(between(-10, 4)));
            scene.silence(between(150, 400));
        }
    }

    private Scene nobody(String subtype) {
        Scene scene = new Scene();
        scene.silence(between(9000, 12_000));
        if (!subtype.equals("digital")) {
            String kind = subtype.equals("room") ? Noises.KINDS.get(dice.nextInt(Noises.KINDS.size())) : "comfort";
            scene.under(noises.of(kind, Signal.samples(scene.lengthMs())), 0, Signal.gain(-between(35, 62)));
        }
        return scene;
    }

    private Scene signal(String subtype) throws IOException {
        Scene scene = new Scene();
        scene.silence(between(80, 1400));
        scene.signal(
                switch (subtype) {
                    case "sit" -> tones.sit();
                    case "busy" -> tones.busy();
                    case "reorder" -> tones.reorder();
                    case "ringback" -> tones.ringback();
                    case "dial" -> tones.steady(350, 440);
                    case "milliwatt" -> tones.steady(1004, 1004);
                    case "cng" -> tones.cng();
                    case "ced" -> tones.ced(false);
                    case "ansam" -> tones.ced(true);
                    default -> tones.v21();
                },
                level);
        scene.silence(subtype.equals("sit") ? between(100, 600) : 2000);
        if (subtype.equals("sit")) {
            say(scene, "carrier", 100, 500);
            scene.silence(3000);
        }
        return scene;
    }

    private void say(Scene scene, String subtype, int leastPause, int mostPause) throws IOException {
        Speaker voice = speaker;
        if (voice == null) {
            voice = Speaker.any(dice, programs.installed(), dice.nextInt(6) == 0);
            speaker = voice;
        }
        List<float[]> phrases = new ArrayList<>();
        StringBuilder said = new StringBuilder();
        for (String phrase : new Phrases(dice).of(subtype, voice.language())) {
            float[] sound = programs.say(voice, phrase);
            phrases.add(Signal.scaled(sound, 1 / Math.max(1e-3, Signal.activeLevel(sound))));
            said.append(phrase).append(' ');
        }
        text = text.isEmpty() ? said.toString().strip() : text;
        int[] pauses = dice.ints(phrases.size(), leastPause, mostPause).toArray();
        scene.turn(phrases, pauses, level);
    }

    private void noise(Scene scene, int fromMs, int toMs) {
        if (dice.nextInt(5) < 2) {
            return;
        }
        String kind = Noises.KINDS.get(dice.nextInt(Noises.KINDS.size()));
        scene.under(noises.of(kind, Signal.samples(toMs - fromMs)), fromMs, level * Signal.gain(-between(6, 34)));
    }

    private int between(int least, int most) {
        return least + dice.nextInt(most - least + 1);
    }
}
