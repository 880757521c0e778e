package io.trunkline.control.stream;

/** What a program may want of its stream, whatever words its protocol has for it. */
interface StreamOrders {
    /** Sound for the call. */
    void say(WireFormat format, byte[] audio);

    /** MP3 for the call, in whatever pieces. */
    void sayMp3(byte[] audio);

    /** Tell when everything said so far has been heard. */
    void mark(String name);

    /** Drop what is queued. */
    void clear();

    void pause(boolean wanted);

    void sendDigits(String digits);

    /** The program has had enough of the stream. */
    void stop();

    /** The program has had enough of the call. */
    void hangup();

    /** Nothing that this protocol knows. */
    void misunderstood(String why);
}
