package io.trunkline.control;

/** A key or password: it travels through records and logs without ever printing itself. */
public record Secret(String value) {
    public Secret {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
