package io.trunkline.media.amd.synth;

import java.util.List;
import java.util.Random;

/**
 * One way of speaking: a program's voice at a pace and pitch.
 *
 * @param language the language that its texts must have
 * @param group voices of one speaker share it
 * @param pace 1 is the program's own
 * @param pitch 1 is the voice's own; moves formants as well where the program offers nothing better
 */
record Speaker(Program program, String voice, String language, String group, double pace, double pitch) {
    enum Program {
        ESPEAK,
        FLITE,
        FESTIVAL
    }

    private static final List<String> ACCENTS =
            List.of("en-us", "en-us", "en-gb", "en-gb-scotland", "en-029", "en-gb-x-rp");
    private static final List<String> LANGUAGES = List.of("fr", "es", "de", "it", "pt-br", "nl");
    private static final List<String> VARIANTS = List.of(
            "f1",
            "f3",
            "f4",
            "m1",
            "m2",
            "m4",
            "m5",
            "m6",
            "m8",
            "Alex",
            "Alicia",
            "Andy",
            "Annie",
            "Denis",
            "Diogo",
            "Gene",
            "Gene2",
            "Henrique",
            "Hugo",
            "Jacky",
            "Lee",
            "Marco",
            "Mario",
            "Michael",
            "Mike",
            "Nguyen",
            "adam",
            "anika",
            "antonio",
            "aunty",
            "belinda",
            "benjamin",
            "boris",
            "caleb",
            "david",
            "ed",
            "edward",
            "edward2",
            "grandma",
            "grandpa",
            "gustave",
            "iven",
            "iven2",
            "iven3",
            "john",
            "kaukovalta",
            "klatt",
            "klatt2",
            "linda",
            "marcelo",
            "max",
            "michel",
            "miguel",
            "norbert",
            "pablo",
            "paul",
            "pedro",
            "quincy",
            "rob",
            "robert",
            "sandro",
            "shelby",
            "steph",
            "steph2",
            "steph3",
            "travis",
            "victor",
            "zac");
    private static final List<String> FLITE = List.of("awb", "kal", "kal16", "rms", "slt");
    private static final List<String> FESTIVAL = List.of("kal_diphone", "ked_diphone", "cmu_us_slt_arctic_hts");

    /** Any speaker of those that the installed programs have. */
    static Speaker any(Random random, List<Program> installed, boolean foreign) {
        Program program = foreign ? Program.ESPEAK : installed.get(random.nextInt(installed.size()));
        double pace = 0.8 + 0.5 * random.nextDouble();
        double pitch = 0.88 + 0.26 * random.nextDouble();
        return switch (program) {
            case ESPEAK -> espeak(random, foreign, pace, pitch);
            case FLITE -> flite(pick(random, FLITE), pace, pitch);
            case FESTIVAL -> festival(pick(random, FESTIVAL), pace, pitch);
        };
    }

    private static Speaker espeak(Random random, boolean foreign, double pace, double pitch) {
        String variant = pick(random, VARIANTS);
        String accent = pick(random, foreign ? LANGUAGES : ACCENTS);
        String language = foreign ? accent.substring(0, 2) : "en";
        return new Speaker(Program.ESPEAK, accent + "+" + variant, language, "espeak+" + variant, pace, pitch);
    }

    private static Speaker flite(String voice, double pace, double pitch) {
        String person = voice.startsWith("kal") ? "kal" : voice;
        return new Speaker(Program.FLITE, voice, "en", "flite/" + person, pace, pitch);
    }

    private static Speaker festival(String voice, double pace, double pitch) {
        // the same people as in flite, recorded once
        String group =
                voice.contains("slt") ? "flite/slt" : voice.startsWith("kal") ? "flite/kal" : "festival/" + voice;
        return new Speaker(Program.FESTIVAL, voice, "en", group, pace, pitch);
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
