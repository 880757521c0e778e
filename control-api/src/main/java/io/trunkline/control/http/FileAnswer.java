package io.trunkline.control.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a file, or the range of it that was asked for (RFC 9110 section 14). */
final class FileAnswer {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private static final String NO_TAG = "\"\"";

    private final Vertx vertx;
    private final Path file;
    private final String type;
    private final String tag;
    private final String requestId;

    FileAnswer(Vertx vertx, Path file, String type, String tag, String requestId) {
        this.vertx = vertx;
        this.file = file;
        this.type = type;
        this.tag = '"' + tag + '"';
        this.requestId = requestId;
    }

    /** A WAV that still grows: what there is of it now, for nobody to keep. */
    static FileAnswer growing(Vertx vertx, Path file, String requestId) {
        return new FileAnswer(vertx, file, "audio/wav", "", requestId);
    }

    void write(HttpServerRequest request) {
        request.resume();
        vertx.fileSystem().props(file.toString()).onComplete(found -> {
            if (found.failed()) {
                Responses.problem(request, Problem.notFound(), requestId);
            } else {
                send(request, found.result().size());
            }
        });
    }

    private void send(HttpServerRequest request, long size) {
        HttpServerResponse response = request.response();
        response.putHeader("Accept-Ranges", "bytes");
        if (tag.equals(NO_TAG)) {
            response.putHeader("Cache-Control", "no-store");
        } else {
            response.putHeader("ETag", tag);
        }
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", type);
        String range = request.getHeader("Range");
        String ifRange = request.getHeader("If-Range");
        Matcher wanted = RANGE.matcher(range == null || (ifRange != null && !ifRange.equals(tag)) ? "" : range);
        if (!wanted.matches() || (wanted.group(1).isEmpty() && wanted.group(2).isEmpty())) {
            response.sendFile(file.toString());
            return;
        }
        sendPart(request, wanted, size);
    }

    private void sendPart(HttpServerRequest request, Matcher wanted, long size) {
        long first = wanted.group(1).isEmpty()
                ? Math.max(0, size - Long.parseLong(wanted.group(2)))
                : Long.parseLong(wanted.group(1));
        long last = wanted.group(1).isEmpty() || wanted.group(2).isEmpty()
                ? size - 1
                : Math.min(size - 1, Long.parseLong(wanted.group(2)));
        HttpServerResponse response = request.response();
        if (first > last) {
            response.putHeader("Content-Range", "bytes */" + size);
            Responses.problem(
                    request, Problem.of(416, "invalid_request", "The range lies outside the file."), requestId);
            return;
        }
        response.setStatusCode(206).putHeader("Content-Range", "bytes " + first + "-" + last + "/" + size);
        response.sendFile(file.toString(), first, last - first + 1);
    }
}
