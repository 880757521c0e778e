package io.trunkline.control.console;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * {@code /console}: files of the class path. An address without an ending is one of the console's own pages, all of
 * which begin with the same file. The browser is told to run nothing but these files and to talk to nobody else.
 */
public final class ConsoleFiles {
    private static final Pattern NAME = Pattern.compile("([a-z0-9-]{1,40}/){0,2}[a-z0-9-]{1,40}\\.[a-z]{2,4}");
    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    /** Holds what was found, so never more than there are files. */
    private final Map<String, ConsoleFile> loaded = new ConcurrentHashMap<>();

    private ConsoleFiles() {}

    public static void mount(Router router) {
        ConsoleFiles files = new ConsoleFiles();
        router.get("/")
                .handler(context -> context.response()
                        .setStatusCode(302)
                        .putHeader("Location", "/console")
                        .end());
        router.get("/console").handler(files::serve);
        router.get("/console/*").handler(files::serve);
    }

    private void serve(RoutingContext context) {
        String path = context.request().path().replaceFirst("^/console/?", "");
        String name = path.contains(".") ? path : "index.html";
        find(name).ifPresentOrElse(file -> write(context.request(), file), context::next);
    }

    private Optional<ConsoleFile> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        ConsoleFile known = loaded.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ConsoleFile> found = ConsoleFile.load(name);
        found.ifPresent(file -> loaded.put(name, file));
        return found;
    }

    private static void write(HttpServerRequest request, ConsoleFile file) {
        HttpServerResponse response = request.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Permissions-Policy", "microphone=(self)")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("ETag", file.tag());
        if (file.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", file.type());
        String takes = request.getHeader("Accept-Encoding");
        if (takes != null && takes.contains("gzip")) {
            response.putHeader("Content-Encoding", "gzip").end(file.gzip());
        } else {
            response.end(file.plain());
        }
    }
}
