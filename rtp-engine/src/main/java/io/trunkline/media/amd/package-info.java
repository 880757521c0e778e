/**
 * Who answered: person, machine, fax, tone or nobody. {@link io.trunkline.media.amd.Detector} hears one call's frames
 * and says what it takes them for; {@link io.trunkline.media.amd.SpeechActivity} only says when speech starts and stops.
 *
 * <p>Threads: an instance belongs to the media loop that owns the leg; nothing here locks, logs, blocks or allocates a
 * frame. Models are immutable and shared by all calls. {@code AmdCommand} and the {@code train} package are programs
 * for a shell and run on threads of their own.
 */
@NullMarked
package io.trunkline.media.amd;

import org.jspecify.annotations.NullMarked;
