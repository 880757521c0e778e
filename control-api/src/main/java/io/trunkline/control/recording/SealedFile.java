package io.trunkline.control.recording;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file under AES-256-GCM: a head with the file's own random key, itself sealed under a named one, then pieces of 64
 * KiB. Each piece is bound to its place and to whether it is the last, so that pieces can be neither swapped nor cut off.
 */
final class SealedFile {
    private static final byte[] MAGIC = {'T', 'L', 'S', 'E', 'A', 'L', '1', '\n'};
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int PIECE = 1 << 16;
    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SealedFile() {}

    /** Durable before it returns. */
    static void seal(Path plain, Path sealed, RecordingKeys.Named under) throws IOException {
        byte[] fileKey = random(KEY_BYTES);
        try (InputStream in = Files.newInputStream(plain);
                FileChannel channel = FileChannel.open(
                        sealed,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel))) {
            writeHead(out, under, fileKey);
            sealPieces(in, out, new SecretKeySpec(fileKey, "AES"));
            channel.force(true);
        } finally {
            Arrays.fill(fileKey, (byte) 0);
        }
    }

    private static void writeHead(DataOutputStream out, RecordingKeys.Named under, byte[] fileKey) throws IOException {
        byte[] nonce = random(NONCE_BYTES);
        out.write(MAGIC);
        out.writeUTF(under.name());
        out.write(nonce);
        out.write(run(Cipher.ENCRYPT_MODE, under.key(), nonce, MAGIC, fileKey, fileKey.length));
    }

    private static void sealPieces(InputStream in, OutputStream out, SecretKey key) throws IOException {
        byte[] piece = in.readNBytes(PIECE);
        long number = 0;
        boolean last = false;
        while (!last) {
            byte[] next = in.readNBytes(PIECE);
            last = next.length == 0;
            out.write(run(Cipher.ENCRYPT_MODE, key, nonce(number), place(number, last), piece, piece.length));
            piece = next;
            number++;
        }
    }

    /** @throws IOException when a key is missing or the file is not what was sealed */
    static void open(Path sealed, Path plain, RecordingKeys keys) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(sealed), PIECE));
                OutputStream out = Files.newOutputStream(plain)) {
            openPieces(in, out, readHead(in, keys));
        }
    }

    private static SecretKey readHead(DataInputStream in, RecordingKeys keys) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new IOException("not a sealed recording");
        }
        RecordingKeys.Named under = keys.named(in.readUTF());
        byte[] nonce = in.readNBytes(NONCE_BYTES);
        byte[] wrapped = in.readNBytes(KEY_BYTES + TAG_BYTES);
        return new SecretKeySpec(run(Cipher.DECRYPT_MODE, under.key(), nonce, MAGIC, wrapped, wrapped.length), "AES");
    }

    private static void openPieces(InputStream in, OutputStream out, SecretKey key) throws IOException {
        byte[] piece = in.readNBytes(PIECE + TAG_BYTES);
        long number = 0;
        boolean last = false;
        while (!last) {
            byte[] next = in.readNBytes(PIECE + TAG_BYTES);
            last = next.length == 0;
            out.write(run(Cipher.DECRYPT_MODE, key, nonce(number), place(number, last), piece, piece.length));
            piece = next;
            number++;
        }
    }

    /** Every file has a key of its own, so that the number of a piece is never used twice under one key. */
    private static byte[] nonce(long number) {
        return ByteBuffer.allocate(NONCE_BYTES).putLong(4, number).array();
    }

    private static byte[] place(long number, boolean last) {
        return ByteBuffer.allocate(Long.BYTES + 1)
                .putLong(number)
                .put((byte) (last ? 1 : 0))
                .array();
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] bound, byte[] data, int length)
            throws IOException {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(bound);
            return cipher.doFinal(data, 0, length);
        } catch (GeneralSecurityException damaged) {
            throw new IOException("the sealed recording is damaged, or its key is another one", damaged);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
