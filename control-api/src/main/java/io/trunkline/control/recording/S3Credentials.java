package io.trunkline.control.recording;

import io.trunkline.control.Secret;

/** Who we are to the bucket's server. */
public record S3Credentials(String region, String accessKey, Secret secretKey) {}
