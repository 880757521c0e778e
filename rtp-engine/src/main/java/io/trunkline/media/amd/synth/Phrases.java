package io.trunkline.media.amd.synth;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** What people and machines say when they answer; a bar marks where a speaker may pause. */
final class Phrases {
    private static final List<String> HELLO = List.of(
            "Hello?",
            "Hello.",
            "Hi?",
            "Yes?",
            "Yeah?",
            "Yeah, hi.",
            "Hey.",
            "Hello, yes?",
            "Speaking.",
            "Good afternoon.",
            "Good evening.",
            "Hello, who's this?",
            "Who is it?",
            "What's up?",
            "Hi, how are you?",
            "Oh, hello.",
            "Hello there.",
            "Yep, hello.",
            "Hey, what's going on?",
            "Go ahead.",
            "Uh, hello?",
            "Morning.",
            "Hello, can I help you?",
            "Ahoy.");
    private static final List<String> TWICE = List.of(
            "Hello?|Hello?",
            "Hello?|Is anybody there?",
            "Hi.|Who's there?",
            "Yes?|Hello?",
            "Hello?|Who is this?",
            "Yeah?|Hello, can you hear me?",
            "Hello.|Hello.|Anyone?",
            "Hey.|Hey, hello?",
            "Hi.|Sorry, who is calling?",
            "Hold on.|Okay, hello?",
            "One second.|Yes, hello?");
    private static final List<String> NAMED = List.of(
            "{n} speaking.",
            "This is {n}.",
            "{n} here.",
            "Hello, {n}.",
            "Hi, it's {n}.",
            "{n} {s} speaking.",
            "Hello, {n} {s}.",
            "This is {n} {s}, how can I help?",
            "You're speaking to {n}.",
            "Hi, this is {n}, who am I speaking to?",
            "{s}.",
            "Good afternoon, this is {n} {s}.",
            "{n}, hello.",
            "Yes, this is {n}.");
    private static final List<String> COMPANY = List.of(
            "{c}, hello?",
            "{c}, good afternoon.",
            "Good afternoon, {c}.",
            "{c}, how may I direct your call?",
            "{c}, {n} speaking.",
            "Hello, {c}, this is {n}.",
            "{c}, this is {n}, what can I do for you?",
            "Thanks for calling {c}, this is {n}.",
            "Thank you for calling {c}, how can I help you today?",
            "{c} reception.",
            "Front desk, {n} speaking.",
            "Sales, this is {n}.",
            "Hi, you're through to {n} at {c}.",
            "Good morning, you're speaking with {n} from {c}.",
            "{c} support, {n} here.",
            "Hello and good afternoon, {c}, how can we help?",
            "Service department, how can I help you?",
            "{c}.",
            "{c}, can you hold please?",
            "{n} at {c}, hello.",
            "Yes, {c}, who's calling?",
            "{c}, customer service.",
            "Good evening, {c}, {n} speaking, how can I help you?",
            "Hello, {c}.",
            "Thank you for calling {c}.|How can I help?");
    private static final List<String> LONG = List.of(
            "Good afternoon and thank you for calling {c}, my name is {n}, how can I help you today?",
            "Hello, who is this?|I can't really hear you, could you speak up?",
            "Hi, I'm just on the other line,|could you hold on a second?|Okay, hello?",
            "{c}, good afternoon, {n} speaking.|Hello?|Is anyone there?",
            "Hello.|Yes, this is {n}.|What is it about?",
            "Hang on, let me turn the music down.|Yes, hello?",
            "Hello, {n} speaking.|Sorry, it's a bit loud in here,|who did you say you were?",
            "Yes, hello, this is {n} {s}, I was just about to call you back actually.",
            "Hi, yeah, I'm driving at the moment,|can I call you back in ten minutes?",
            "Good morning, {c}, you are speaking with {n}, may I have your customer number please?",
            "Thank you for calling {c}, this is {n} in customer service, may I have your name please?");
    private static final List<String> SHORT_MACHINE = List.of(
            "Please leave a message.",
            "Leave me a message.",
            "It's {n}, leave a message.",
            "You know what to do.",
            "Hi, it's {n}, leave a message.",
            "Leave your name and number.",
            "Please record your message.",
            "Speak after the beep.",
            "Message after the tone, please.",
            "Not available. Leave a message.",
            "Text me instead.",
            "{n}'s voicemail.",
            "This is {n}, leave it at the beep.",
            "Mailbox {d} {d} {d}.",
            "Voicemail of {n} {s}.",
            "You've reached {n}, leave a message.",
            "Can't talk now, leave a message.",
            "Beep.",
            "Sorry, leave a message.",
            "We're out. Message, please.",
            "Call back tomorrow.",
            "After the tone.",
            "{c}. Please leave a message.",
            "Nobody is in. Speak after the tone.",
            "Missed you. Leave a message.",
            "Start recording now.");
    private static final List<String> PERSONAL = List.of(
            "Hi, this is {n}.|I'm not able to answer your call.|Please leave your name, number and a brief message after the beep.",
            "Hello, you've reached {n} {s}.|I'm away from the phone at the moment.|Leave me a message and I'll call you back.",
            "Hey, it's {n}.|I can't pick up right now,|you know what to do.|Thanks, bye.",
            "Hi.|You've got {n}'s phone.|If you leave a message I might even listen to it.|Cheers.",
            "Hello.|This is the {s} residence.|Nobody is home at the moment,|so please leave us a message and have a great day.",
            "Yo, {n} here.|Missed you.|Try me later or send a text.|Peace.",
            "This is {n} {s} with {c}.|I'm currently with a client or on the other line.|Please leave a detailed message|and I will return your call by the end of the day.",
            "Hello?|Hello?|Just joking, I'm not here.|Leave a message.",
            "Hello.|Who's this?|Only kidding, you've reached {n}.|Say something after the tone.",
            "Hi.|How are you?|Well, I'm not really here.|Leave your name and I'll ring you back.",
            "Yes?|This is {n}.|I'm afraid you have to talk to my machine.|Thank you.",
            "{n} {s}, {c}.|I'm on leave until the end of the month.|In my absence please contact the office.|Thank you for calling.",
            "So, this is {n}.|I never listen to my messages.|If it matters, write to me,|and if it doesn't,|have a nice life.",
            "Good morning.|The time is now past closing,|and all of us have gone home.|Call again tomorrow,|we will be glad to help.",
            "Hello?|I can't hear you.|Got you!|Leave a message for {n} after the beep.",
            "Good day.|You have reached the voicemail of {n} {s}.|I am travelling this week.|Your call is important to me.|Please speak slowly and clearly.",
            "Hi there, it's {n}.|Sorry I can't come to the phone.|Leave a message and I'll get back to you when I can.|Have a good one.",
            "{n} {s}.|I am in a meeting or out of the office.|For urgent matters dial zero for the front desk.|Otherwise leave a message.",
            "Hi, we can't take your call right now,|we are either out or in the garden.|Please tell us who you are|and what you would like.");
    private static final List<String> CARRIER = List.of(
            "The subscriber you have dialled is not available.|Please try again later.",
            "The mobile phone you are calling is switched off or out of coverage.|Please call back later.",
            "Welcome to the voice mailbox of|{d} {d} {d} {d} {d} {d}.|Please leave your message after the tone.",
            "You have been forwarded to a voice messaging system.|The person at extension {d} {d} {d} is unavailable.|At the tone, record your message.|You may hang up or press one for more options.",
            "We're sorry, the person you called is not accepting calls at this time.|Goodbye.",
            "The customer's mailbox is full and can not accept messages at this time.|Goodbye.",
            "Your call could not be completed as dialled.|Please check the number and call again.",
            "Hello.|No one is available to take your call.|Please leave a message after the tone.",
            "{d} {d} {d},|{d} {d} {d} {d}.|is not available.|Record your message after the beep.",
            "Welcome to {c}.|This call may be recorded for training purposes.|Please hold for the next agent.",
            "You've reached {c}.|We are closed now.|Our opening hours are eight to six, Monday to Saturday.|Please call back or visit our website.",
            "Thanks for calling {c}.|If you know your party's extension, dial it now.|For billing, press one.|For technical support, press two.",
            "All our agents are currently busy.|Your call will be answered in the order it was received.");
    private static final List<String> SCREEN = List.of(
            "The person you are calling is using a screening service.|Please say who you are and why you are calling.",
            "Hello.|Before I connect you, please tell me your name after the beep.",
            "Please say your name and the reason for your call.",
            "State your name, and stay on the line.",
            "This call is being screened.|Please say your name so that I can see if they are available.",
            "Hi, I'm a call assistant.|Can you tell me what this is about?");
    private static final Map<String, List<String>> FOREIGN_HUMAN = Map.of(
            "fr", List.of("Allô?", "Oui, allô?", "Bonjour, {n} à l'appareil.", "Allô, qui est-ce?"),
            "es", List.of("¿Diga?", "¿Bueno?", "¿Sí, dígame?", "Hola, soy {n}.", "¿Aló?|¿Quién es?"),
            "de", List.of("Ja, hallo?", "{s}.", "{n} {s}, guten Tag.", "Hallo, wer ist da?", "Ja bitte?"),
            "it", List.of("Pronto?", "Sì, pronto?", "Pronto, chi parla?"),
            "pt", List.of("Alô?", "Oi, quem fala?", "Alô, bom dia."),
            "nl", List.of("Hallo?", "Met {n}.", "Goedemiddag, met {n} {s}."));
    private static final Map<String, List<String>> FOREIGN_MACHINE = Map.of(
            "fr",
                    List.of(
                            "Vous êtes sur la messagerie de {n}.|Je ne peux pas vous répondre.|Laissez votre message après le bip sonore.",
                            "Votre correspondant n'est pas disponible.|Veuillez rappeler plus tard."),
            "es",
                    List.of(
                            "El número que usted marcó no está disponible.|Por favor, deje su mensaje después del tono.",
                            "Hola, soy {n}.|Ahora no puedo contestar.|Deja tu mensaje."),
            "de",
                    List.of(
                            "Der gewünschte Gesprächspartner ist zur Zeit nicht erreichbar.|Bitte versuchen Sie es später noch einmal.",
                            "Hallo, hier ist die Mailbox von {n}.|Bitte hinterlassen Sie eine Nachricht nach dem Ton."),
            "it",
                    List.of(
                            "Il cliente da lei chiamato non è al momento raggiungibile.|La preghiamo di richiamare più tardi.",
                            "Ciao, sono {n}.|Lascia un messaggio dopo il segnale."),
            "pt", List.of("Sua chamada está sendo encaminhada para a caixa postal.|Deixe sua mensagem após o sinal."),
            "nl",
                    List.of(
                            "Dit is de voicemail van {n}.|Spreek een bericht in na de toon.",
                            "Dit nummer is op dit moment niet bereikbaar.|Probeer het later nog eens."));
    private static final List<String> NAMES = List.of(
            "Ann", "Bill", "Carla", "Derek", "Emma", "Frank", "Grace", "Henry", "Isabel", "Jack", "Kim", "Leo",
            "Monica", "Nick", "Olivia", "Paul", "Rachel", "Steve", "Tina", "Victor");
    private static final List<String> SURNAMES = List.of(
            "Baker", "Cole", "Dawson", "Evans", "Fisher", "Gray", "Hughes", "Jensen", "Keller", "Lopez", "Morgan",
            "Novak", "Parker", "Quinn", "Reed", "Schmidt", "Turner", "Walsh");
    private static final List<String> COMPANIES = List.of(
            "Harbour Insurance",
            "Sunrise Bakery",
            "Peak Motors",
            "Oak Street Clinic",
            "Metro Cabs",
            "Silver Lake Hotel",
            "Orion Software",
            "Bright Cleaning",
            "Riverside Vets",
            "Maple Bank",
            "Union Hardware",
            "Global Freight");
    private static final List<String> DIGITS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    private final Random random;

    Phrases(Random random) {
        this.random = random;
    }

    /** Phrases of a kind of call, ready to be said with pauses between them. */
    List<String> of(String subtype, String language) {
        List<String> texts = language.equals("en") ? english(subtype) : foreign(subtype, language);
        return List.of(filled(pick(texts)).split("\\|", -1));
    }

    private static List<String> english(String subtype) {
        return switch (subtype) {
            case "hello" -> HELLO;
            case "hello2" -> TWICE;
            case "named" -> NAMED;
            case "company" -> COMPANY;
            case "longish" -> LONG;
            case "short" -> SHORT_MACHINE;
            case "carrier" -> CARRIER;
            case "screen" -> SCREEN;
            default -> PERSONAL;
        };
    }

    private static List<String> foreign(String subtype, String language) {
        boolean person =
                List.of("hello", "hello2", "named", "company", "longish").contains(subtype);
        List<String> texts = (person ? FOREIGN_HUMAN : FOREIGN_MACHINE).get(language);
        return texts == null ? HELLO : texts;
    }

    private String filled(String template) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            if (template.startsWith("{", at)) {
                out.append(slot(template.charAt(at + 1)));
                at += 3;
            } else {
                out.append(template.charAt(at++));
            }
        }
        return out.toString();
    }

    private String slot(char name) {
        return switch (name) {
            case 'n' -> pick(NAMES);
            case 's' -> pick(SURNAMES);
            case 'c' -> pick(COMPANIES);
            default -> pick(DIGITS);
        };
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
