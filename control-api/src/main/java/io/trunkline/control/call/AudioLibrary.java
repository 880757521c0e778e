package io.trunkline.control.call;

import io.trunkline.media.AudioSource;

/** Turns what a verb names into something that plays. Both refuse what cannot be, before anything is dialled. */
public interface AudioLibrary {
    AudioSource speech(Verb.Say say);

    AudioSource audio(Verb.AudioRef ref);
}
