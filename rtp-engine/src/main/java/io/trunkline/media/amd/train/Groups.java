package io.trunkline.media.amd.train;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which clips share a voice or a text, so that a test can hold both back. A text's names and numbers are left out: "You
 * have reached Ann Lee" and "You have reached Bob Hill" are one text.
 */
final class Groups {
    private static final Pattern NUMBERS =
            Pattern.compile("\\b(zero|one|two|three|four|five|six|seven|eight|nine|\\d+)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMES = Pattern.compile("\\b\\p{Lu}\\p{L}*('s)?\\b");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]+");
    private static final Pattern ESPEAK_LANGUAGE = Pattern.compile("^espeak/[^+]*");
    private static final Pattern DIGIT_RECORDING = Pattern.compile("(\\d)_([a-z]+)_\\d+\\.wav");
    private static final Pattern WORD_RECORDING = Pattern.compile("([a-z_]+?)__([0-9a-f-]+)\\.wav");

    private Groups() {}

    /** The voice without its speed and pitch, nor the language that espeak's variant of a voice speaks. */
    static String voice(String voice) {
        int space = voice.indexOf(' ');
        return ESPEAK_LANGUAGE
                .matcher(space < 0 ? voice : voice.substring(0, space))
                .replaceFirst("espeak");
    }

    static String text(String text) {
        String plain = NUMBERS.matcher(text).replaceAll("");
        String nameless = letters(NAMES.matcher(plain).replaceAll(""));
        return nameless.isEmpty() ? letters(plain) : nameless;
    }

    /** Who speaks in a recording, from its file's name. */
    static String speaker(String source) {
        String file = source.substring(source.lastIndexOf('/') + 1);
        String folder = source.contains("/") ? source.substring(0, source.indexOf('/')) : "";
        Matcher digit = DIGIT_RECORDING.matcher(file);
        if (digit.matches()) {
            return digit.group(2);
        }
        Matcher word = WORD_RECORDING.matcher(file);
        if (word.matches()) {
            return word.group(2);
        }
        return folder.contains("Allison") ? "Allison" : folder.equals("voxserv") ? file : folder;
    }

    /** What is said in recordings, from their files' names. */
    static String words(List<String> sources) {
        TreeSet<String> words = new TreeSet<>();
        for (String source : sources) {
            String file = source.substring(source.lastIndexOf('/') + 1);
            Matcher digit = DIGIT_RECORDING.matcher(file);
            Matcher word = WORD_RECORDING.matcher(file);
            words.add(digit.matches() ? digit.group(1) : word.matches() ? word.group(1) : file);
        }
        return words.first();
    }

    private static String letters(String text) {
        return NO_LETTER.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
