package io.trunkline.control.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a request's JSON as strictly as JSON is written: UTF-8, no name twice, bounded depth, finite numbers. */
final class JsonBody {
    private static final int DEPTH = 100;
    private static final int DIGITS = 100;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(DIGITS)
                    .maxStringLength(Integer.MAX_VALUE) // the body's own limit holds
                    .maxNameLength(1000)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonBody() {}

    /** The object in the body; an empty body is an empty object. Throws {@code invalid_json}. */
    static JsonObject parse(Buffer body) {
        if (body.length() == 0) {
            return new JsonObject();
        }
        try (JsonParser parser = FACTORY.createParser(utf8(body))) {
            Object value = value(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw Problem.invalidJson("There is something after the end of the JSON.");
            }
            if (value instanceof JsonObject object) {
                return object;
            }
            throw Problem.invalidJson("The body must be a JSON object.");
        } catch (CharacterCodingException wrong) {
            throw Problem.invalidJson("The body is not UTF-8.");
        } catch (IOException wrong) {
            throw Problem.invalidJson("The body is no JSON: " + sentence(wrong));
        }
    }

    private static String utf8(Buffer body) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(body.getBytes()))
                .toString();
    }

    private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw Problem.invalidJson("The JSON ends too early.");
        };
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        JsonObject object = new JsonObject();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = text(parser.currentName());
            object.put(name, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static JsonArray array(JsonParser parser) throws IOException {
        JsonArray array = new JsonArray();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    private static Number number(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            BigInteger whole = parser.getBigIntegerValue();
            return whole.bitLength() < 64 ? (Number) whole.longValue() : (Number) finite(whole.doubleValue(), parser);
        }
        BigDecimal exact = new BigDecimal(parser.getText());
        return finite(exact.doubleValue(), parser);
    }

    private static Double finite(double number, JsonParser parser) throws IOException {
        if (!Double.isFinite(number)) {
            throw Problem.invalidJson("The number " + parser.getText() + " is too large.");
        }
        return number;
    }

    /** U+0000 and halves of surrogate pairs can be neither stored nor sent. */
    private static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw Problem.invalidJson("A string holds a character that is none: \\u%04x.".formatted((int) c));
            }
        }
        return text;
    }

    private static String sentence(IOException wrong) {
        String message = String.valueOf(wrong.getMessage());
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() > 200 ? line.substring(0, 200) : line;
    }
}
