package io.trunkline.sip.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The headers of a message, in order; names compare without case. Immutable: {@code with} gives a new one. */
public record Headers(List<Header> list) {
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        list = List.copyOf(list);
    }

    public Optional<String> first(String name) {
        return list.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
    }

    public List<String> all(String name) {
        return list.stream().filter(h -> h.is(name)).map(Header::value).toList();
    }

    /** Whether a comma-separated list header such as Supported holds this token. */
    public boolean lists(String name, String token) {
        return all(name).stream()
                .flatMap(v -> java.util.Arrays.stream(v.split(",", -1)))
                .anyMatch(t -> t.strip().equalsIgnoreCase(token));
    }

    public Headers with(String name, String value) {
        List<Header> more = new ArrayList<>(list);
        more.add(new Header(name, value));
        return new Headers(more);
    }

    public Headers with(String name, Optional<String> value) {
        return value.map(v -> with(name, v)).orElse(this);
    }

    public Headers withAll(String name, List<String> values) {
        Headers all = this;
        for (String value : values) {
            all = all.with(name, value);
        }
        return all;
    }

    public Headers and(Headers others) {
        List<Header> more = new ArrayList<>(list);
        more.addAll(others.list);
        return new Headers(more);
    }

    /** Lower-case names; of a repeated header the values are joined with a comma. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        list.forEach(h -> map.merge(h.name().toLowerCase(Locale.ROOT), h.value(), (a, b) -> a + ", " + b));
        return map;
    }
}
