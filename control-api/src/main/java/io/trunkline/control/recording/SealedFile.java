package io.trunkline.control.recording;

import io.trunkline.control.keys.AesGcm;
import io.trunkline.control.keys.KeyRing;
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
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file under AES-256-GCM: a head with the file's own random key, itself sealed under a named one, then pieces of 64
 * KiB. Each piece is bound to its place and to whether it is the last, so that pieces can be neither swapped nor cut off.
 */
final class SealedFile {
    private static final byte[] MAGIC = {'T', 'L', 'S', 'E', 'A', 'L', '1', '\n'};
    private static final int PIECE = 1 << 16;

    private SealedFile() {}

    /** Durable before it returns. */
    static void seal(Path plain, Path sealed, KeyRing.Named under) throws IOException {
        byte[] fileKey = AesGcm.random(AesGcm.KEY_BYTES);
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

    private static void writeHead(DataOutputStream out, KeyRing.Named under, byte[] fileKey) throws IOException {
        byte[] nonce = AesGcm.random(AesGcm.NONCE_BYTES);
        out.write(MAGIC);
        out.writeUTF(under.name());
        out.write(nonce);
        out.write(AesGcm.seal(under.key(), nonce, MAGIC, fileKey));
    }

    private static void sealPieces(InputStream in, OutputStream out, SecretKey key) throws IOException {
        byte[] piece = in.readNBytes(PIECE);
        long number = 0;
        boolean last = false;
        while (!last) {
            byte[] next = in.readNBytes(PIECE);
            last = next.length == 0;
            out.write(AesGcm.seal(key, nonce(number), place(number, last), piece));
            piece = next;
            number++;
        }
    }

    /** @throws IOException when a key is missing or the file is not what was sealed */
    static void open(Path sealed, Path plain, KeyRing keys) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(sealed), PIECE));
                OutputStream out = Files.newOutputStream(plain)) {
            openPieces(in, out, readHead(in, keys));
        }
    }

    private static SecretKey readHead(DataInputStream in, KeyRing keys) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new IOException("not a sealed recording");
        }
        KeyRing.Named under = keys.named(in.readUTF());
        byte[] nonce = in.readNBytes(AesGcm.NONCE_BYTES);
        byte[] wrapped = in.readNBytes(AesGcm.KEY_BYTES + AesGcm.TAG_BYTES);
        return new SecretKeySpec(AesGcm.open(under.key(), nonce, MAGIC, wrapped), "AES");
    }

    private static void openPieces(InputStream in, OutputStream out, SecretKey key) throws IOException {
        byte[] piece = in.readNBytes(PIECE + AesGcm.TAG_BYTES);
        long number = 0;
        boolean last = false;
        while (!last) {
            byte[] next = in.readNBytes(PIECE + AesGcm.TAG_BYTES);
            last = next.length == 0;
            out.write(AesGcm.open(key, nonce(number), place(number, last), piece));
            piece = next;
            number++;
        }
    }

    /** Every file has a key of its own, so that the number of a piece is never used twice under one key. */
    private static byte[] nonce(long number) {
        return ByteBuffer.allocate(AesGcm.NONCE_BYTES).putLong(4, number).array();
    }

    private static byte[] place(long number, boolean last) {
        return ByteBuffer.allocate(Long.BYTES + 1)
                .putLong(number)
                .put((byte) (last ? 1 : 0))
                .array();
    }
}
