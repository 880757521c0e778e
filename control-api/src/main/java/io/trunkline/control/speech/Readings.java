package io.trunkline.control.speech;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What engines read badly, written as it is said: phone numbers digit by digit in every language, money and dates in
 * English words. Engines read plain numbers well in their own language, so those are left alone.
 */
final class Readings {
    private static final Pattern PHONE = Pattern.compile("(?<![\\w.])\\+\\d[\\d ()-]{5,18}\\d(?!\\w)");
    private static final Pattern MONEY = Pattern.compile("([$€£])(\\d{1,9}(?:,\\d{3})*)(?:\\.(\\d{2}))?(?![\\d.]\\d)");
    private static final Pattern DATE = Pattern.compile("(?<!\\d)(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)");

    private Readings() {}

    static String of(String text, String language) {
        String spoken = PHONE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(phone(found.group())));
        if (!isEnglish(language)) {
            return spoken;
        }
        spoken = MONEY.matcher(spoken).replaceAll(found -> Matcher.quoteReplacement(money(found)));
        return DATE.matcher(spoken).replaceAll(found -> Matcher.quoteReplacement(date(found)));
    }

    /** SSML's {@code say-as}; what it does not name is read as it stands. */
    static String as(String interpretation, String text, String language) {
        return switch (interpretation) {
            case "characters", "spell-out", "verbatim" -> spaced(text, text.codePoints());
            case "digits" -> spaced(text, text.chars().filter(Character::isDigit));
            case "telephone" -> phone(text);
            case "date" -> isEnglish(language) ? of(text.replaceAll("[./]", "-"), language) : text;
            default -> of(text, language);
        };
    }

    private static boolean isEnglish(String language) {
        return language.toLowerCase(Locale.ROOT).startsWith("en");
    }

    private static String spaced(String text, java.util.stream.IntStream characters) {
        return text.isEmpty() ? text : characters.mapToObj(Character::toString).collect(Collectors.joining(" "));
    }

    /** Digits in threes with a comma between, as people say them: the last group takes what is left. */
    private static String phone(String number) {
        String digits = number.replaceAll("\\D", "");
        StringBuilder spoken = new StringBuilder(number.startsWith("+") ? "plus " : "");
        for (int i = 0; i < digits.length(); i++) {
            boolean group = i > 0 && i % 3 == 0 && digits.length() - i > 1;
            spoken.append(i == 0 ? "" : group ? ", " : " ").append(digits.charAt(i));
        }
        return spoken.toString();
    }

    private static String money(MatchResult found) {
        String whole = found.group(2).replace(",", "");
        String parts = found.group(3);
        boolean one = whole.equals("1");
        String[] names =
                switch (found.group(1)) {
                    case "$" -> new String[] {one ? "dollar" : "dollars", "cent"};
                    case "€" -> new String[] {one ? "euro" : "euros", "cent"};
                    default -> new String[] {one ? "pound" : "pounds", "penny"};
                };
        if (parts == null || parts.equals("00")) {
            return whole + " " + names[0];
        }
        int small = Integer.parseInt(parts);
        String smallName = small == 1 ? names[1] : names[1].equals("penny") ? "pence" : "cents";
        return whole + " " + names[0] + " and " + small + " " + smallName;
    }

    private static String date(MatchResult found) {
        try {
            LocalDate date = LocalDate.of(
                    Integer.parseInt(found.group(1)),
                    Integer.parseInt(found.group(2)),
                    Integer.parseInt(found.group(3)));
            return date.getDayOfMonth() + " " + date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
                    + date.getYear();
        } catch (DateTimeException noDate) {
            return found.group();
        }
    }
}
