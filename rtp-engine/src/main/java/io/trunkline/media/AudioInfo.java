package io.trunkline.media;

/**
 * What an audio file holds.
 *
 * @param format {@code wav}, {@code mp3} or {@code opus}, by its content
 * @param levelDbfs its loudness while it sounds, against a full-scale sine
 */
public record AudioInfo(String format, int sampleRate, long durationMs, double levelDbfs) {}
